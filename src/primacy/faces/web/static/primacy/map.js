// The map page. Reads its settings from <script type="application/json" id="map-config">:
//   areas, sites, incidents, basemap   addresses of GeoJSON; all but basemap take ?as_of=YYYY-MM-DD
//   bounds                             [west, south, east, north]
//   as_of                              the day shown first
//   dates                              {from, to}: ends of the date slider; absent: no slider
//   tile_url                           optional raster tiles of an own server
// Properties read: areas: name, lead, letter, readiness, panel; sites: name, holder, panel;
// incidents: panel, count (how many stand at the point). `panel` is the address of an HTML fragment for the side panel.
import * as maplibre from "../vendor/maplibre-gl/maplibre-gl.mjs";
import { READINESS_LETTERS, addFills, fillOf } from "./map-fills.js";

const config = JSON.parse(document.getElementById("map-config").textContent);
const tools = document.getElementById("map-tools");
const panel = document.getElementById("map-panel");
const trouble = document.getElementById("map-trouble");
const DAY = 86400e3;
const EMPTY = { type: "FeatureCollection", features: [] };
const DATED = ["areas", "sites", "incidents"].filter((name) => config[name]);
const LAYERS = {
  sites: ["sites"],
  incidents: ["incident-clusters", "incident-counts", "incidents"],
};

const SEVERAL = [">", ["coalesce", ["get", "count"], 1], 1];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const complain = (words) => {
  trouble.textContent = words;
  trouble.hidden = !words;
};

const sources = () => {
  const found = {};
  for (const name of [...DATED, "basemap"]) found[name] = { type: "geojson", data: EMPTY };
  if (config.basemap) found.basemap.data = new URL(config.basemap, location.href).href;
  if (found.incidents) Object.assign(found.incidents, { cluster: true, clusterRadius: 44, clusterMaxZoom: 11, clusterProperties: { count: ["+", ["coalesce", ["get", "count"], 1]] } });
  if (config.tile_url) found.tiles = { type: "raster", tiles: [config.tile_url], tileSize: 256 };
  return found;
};

const text = (field, size, more = {}) => ({
  "text-field": field,
  "text-font": ["Noto Sans", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif"],
  "text-size": size,
  ...more,
});

const layers = () => {
  const halo = { "text-color": "#14191f", "text-halo-color": "#ffffff", "text-halo-width": 1.6 };
  const list = [
    { id: "water", type: "background", paint: { "background-color": colour("--panel") } },
    { id: "land", source: "basemap", type: "fill", paint: { "fill-color": colour("--ground") } },
    { id: "borders", source: "basemap", type: "line", paint: { "line-color": colour("--edge"), "line-width": 0.7, "line-dasharray": [3, 2] } },
  ];
  if (config.tile_url) list.splice(1, 0, { id: "tiles", source: "tiles", type: "raster" });
  if (config.areas) {
    list.push(
      { id: "areas", source: "areas", type: "fill", paint: { "fill-pattern": fillOf("lead"), "fill-opacity": 0.9 } },
      { id: "area-edges", source: "areas", type: "line", paint: { "line-color": "#56616c", "line-width": 1 } },
    );
  }
  if (config.sites) {
    list.push({ id: "sites", source: "sites", type: "symbol", layout: {
      "icon-image": ["match", ["get", "holder"], "mission", "site-mission", "local", "site-local", "both", "site-both", "site-other"],
      "icon-allow-overlap": true,
      ...text(["step", ["zoom"], "", 8, ["get", "name"]], 11, { "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true }),
    }, paint: halo });
  }
  if (config.incidents) {
    list.push(
      { id: "incident-clusters", source: "incidents", type: "circle", filter: SEVERAL, paint: { "circle-color": "#a5281b", "circle-opacity": 0.88, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 11, 30, 30], "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } },
      { id: "incident-counts", source: "incidents", type: "symbol", filter: SEVERAL, layout: text(["to-string", ["get", "count"]], 12, { "text-allow-overlap": true }), paint: { "text-color": "#ffffff" } },
      { id: "incidents", source: "incidents", type: "symbol", filter: ["!", SEVERAL], layout: { "icon-image": "incident", "icon-allow-overlap": true } },
    );
  }
  // On top, and never dropped for a sign below: the letter carries what the fill says.
  if (config.areas) {
    list.push({ id: "area-names", source: "areas", type: "symbol", layout: text(nameAnd("lead"), 13, { "text-allow-overlap": true, "text-ignore-placement": true }), paint: { ...halo, "text-halo-width": 2 } });
  }
  return list;
};

// Far out only the letter, which always fits; nearer the name under it.
const nameAnd = (show) => {
  const letter = show === "lead" ? ["coalesce", ["get", "letter"], "?"] : READINESS_LETTERS;
  const both = ["format", letter, { "font-scale": 1.1 }, "\n", {}, ["get", "name"], { "font-scale": 0.85 }];
  return ["step", ["zoom"], ["format", letter, {}], 6.8, both];
};

const dated = (address, day) => {
  const url = new URL(address, location.href);
  url.searchParams.set("as_of", day);
  return url;
};

let asked = 0;
const load = async (map, day) => {
  const turn = ++asked;
  const answers = await Promise.allSettled(DATED.map(async (name) => {
    const answer = await fetch(dated(config[name], day), { headers: { Accept: "application/geo+json, application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }));
  if (turn !== asked) return;
  answers.forEach((answer, at) => {
    if (answer.status !== "fulfilled") return;
    map.getSource(DATED[at]).setData(answer.value);
    const count = tools.querySelector(`[data-count="${DATED[at]}"]`);
    if (count) count.textContent = (answer.value.total ?? answer.value.features.length).toLocaleString(document.documentElement.lang === "fr" ? "fr" : "en");
  });
  const notes = answers.map((answer) => answer.value?.note).filter(Boolean);
  const failed = DATED.filter((_, at) => answers[at].status !== "fulfilled");
  complain(failed.length ? trouble.dataset.failedWords : notes.join(" "));
};

const openPanel = async (address) => {
  if (!address) return;
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return;
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    globalThis.htmx?.process(panel);
  } catch {
    panel.textContent = panel.dataset.failedWords;
  }
  panel.focus({ preventScroll: matchMedia("(min-width: 1101px)").matches });
};

const startClicks = (map) => {
  const targets = ["incident-clusters", "incidents", "sites", "areas"].filter((id) => map.getLayer(id));
  map.on("click", async (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: targets });
    if (!hit) return;
    if (hit.properties.cluster) {
      const zoom = await map.getSource("incidents").getClusterExpansionZoom(hit.properties.cluster_id);
      map.easeTo({ center: hit.geometry.coordinates, zoom });
    } else {
      openPanel(hit.properties.panel);
    }
  });
  map.on("mousemove", (event) => {
    const over = map.queryRenderedFeatures(event.point, { layers: targets }).length > 0;
    map.getCanvas().style.cursor = over ? "pointer" : "";
  });
};

const startTools = (map) => {
  const apply = () => {
    const show = tools.elements.show?.value || "lead";
    if (map.getLayer("areas")) {
      map.setPaintProperty("areas", "fill-pattern", fillOf(show));
      map.setLayoutProperty("area-names", "text-field", nameAnd(show));
    }
    tools.querySelectorAll('[name="layer"]').forEach((box) => {
      for (const id of LAYERS[box.value] || []) {
        if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
      }
    });
  };
  tools.addEventListener("change", apply);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;
  apply();
};

const startDates = (map) => {
  const slider = document.getElementById("map-date");
  const shown = document.getElementById("map-day");
  if (!slider || !config.dates) return;
  const start = Date.parse(config.dates.from);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const words = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const dayAt = () => new Date(start + Number(slider.value) * DAY);
  slider.max = Math.max(Math.round((Date.parse(config.dates.to) - start) / DAY), 1);
  slider.value = Math.round((Date.parse(config.as_of) - start) / DAY);
  const tell = () => {
    shown.value = words.format(dayAt());
    slider.setAttribute("aria-valuetext", shown.value);
  };
  tell();
  let timer = 0;
  slider.addEventListener("input", () => {
    tell();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const day = dayAt().toISOString().slice(0, 10);
      const address = new URL(location.href);
      address.searchParams.set("as_of", day);
      history.replaceState(null, "", address);
      load(map, day);
    }, 250);
  });
};

const start = () => {
  const [west, south, east, north] = config.bounds || [-180, -60, 180, 75];
  const map = new maplibre.Map({
    container: "map",
    style: { version: 8, sources: sources(), layers: layers() },
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl(), "bottom-left");
  map.on("load", async () => {
    addFills(map);
    startTools(map);
    startDates(map);
    startClicks(map);
    await load(map, config.as_of);
    // The server's drawing stands until the map shows as much: no blank moment between them.
    map.once("idle", () => document.querySelector(".map-frame > .chart")?.remove());
    map.triggerRepaint();
  });
  document.addEventListener("primacy:theme", () => {
    map.setPaintProperty("water", "background-color", colour("--panel"));
    map.setPaintProperty("land", "fill-color", colour("--ground"));
    map.setPaintProperty("borders", "line-color", colour("--edge"));
  });
};

try {
  start();
} catch {
  // No WebGL: the drawing from the server stays, with its links.
  complain(trouble.dataset.unableWords);
}
