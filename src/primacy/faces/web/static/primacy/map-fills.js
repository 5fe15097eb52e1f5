// Patterns and signs of the map, drawn to match the fills of the server's drawings: colour is
// never alone.
const FILLS = {
  mission: ["#005f8a", "#005f8a", "solid"],
  joint: ["#fbe9bf", "#8cc7e6", "halves"],
  local_supported: ["#fbe9bf", "#dd9b1c", "stripes"],
  local_overseen: ["#fbe9bf", "#dd9b1c", "dots"],
  local: ["#dd9b1c", "#dd9b1c", "solid"],
  ready: ["#1d6b50", "#1d6b50", "solid"],
  ready_with_conditions: ["#d9efe5", "#1d6b50", "stripes"],
  not_ready: ["#ffffff", "#7d8894", "dots"],
  unknown: ["#e3e8ec", "#7d8894", "cross"],
};
const LEADS = ["mission", "joint", "local_supported", "local_overseen", "local"];
const READINESS = ["ready", "ready_with_conditions", "not_ready"];
const SIDE = 16;

const match = (property, codes) =>
  ["match", ["get", property], ...codes.flatMap((code) => [code, `fill-${code}`]), "fill-unknown"];

export const fillOf = (show) => match(show, show === "lead" ? LEADS : READINESS);
export const READINESS_LETTERS =
  ["match", ["get", "readiness"], "ready", "●", "ready_with_conditions", "◐", "not_ready", "○", "?"];

const canvas = (size) => {
  const sheet = document.createElement("canvas");
  sheet.width = size;
  sheet.height = size;
  return sheet.getContext("2d", { willReadFrequently: true });
};

// Diagonals are drawn three times, shifted by a tile, so that tiles meet without a seam.
const diagonal = (pen, width) => {
  pen.lineWidth = width;
  for (const shift of [-SIDE, 0, SIDE]) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIDE + 2);
    pen.lineTo(shift + SIDE + 2, -2);
    pen.stroke();
  }
};

const DRAW = {
  solid: () => {},
  halves: (pen) => diagonal(pen, SIDE * Math.SQRT1_2 * 0.5),
  stripes: (pen) => diagonal(pen, 4),
  dots: (pen) => {
    for (const [x, y] of [[4, 4], [12, 12]]) {
      pen.beginPath();
      pen.arc(x, y, 2, 0, 7);
      pen.fill();
    }
  },
  cross: (pen) => {
    pen.fillRect(0, 7, SIDE, 1);
    pen.fillRect(7, 0, 1, SIDE);
  },
};

const SIGNS = {
  "site-mission": ["#005f8a", (pen) => pen.rect(4, 4, 16, 16)],
  "site-local": ["#dd9b1c", (pen) => pen.arc(12, 12, 9, 0, 7)],
  "site-both": ["#8cc7e6", (pen) => polygon(pen, [[12, 2], [22, 12], [12, 22], [2, 12]])],
  "site-other": ["#ffffff", (pen) => pen.rect(5, 5, 14, 14)],
  incident: ["#a5281b", (pen) => polygon(pen, [[12, 3], [22, 21], [2, 21]])],
};

const polygon = (pen, points) => {
  points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
};

export const addFills = (map) => {
  for (const [code, [ground, ink, pattern]] of Object.entries(FILLS)) {
    const pen = canvas(SIDE);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.fillStyle = ink;
    pen.strokeStyle = ink;
    DRAW[pattern](pen);
    map.addImage(`fill-${code}`, pen.getImageData(0, 0, SIDE, SIDE), { pixelRatio: 2 });
  }
  for (const [name, [fill, shape]] of Object.entries(SIGNS)) {
    const pen = canvas(24);
    pen.beginPath();
    shape(pen);
    pen.fillStyle = fill;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = "#14191f";
    pen.stroke();
    map.addImage(name, pen.getImageData(0, 0, 24, 24), { pixelRatio: 2 });
  }
};
