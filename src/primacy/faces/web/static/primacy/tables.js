// Sorts tables marked data-sortable in place. Tables whose headers are links sort on the server
// and are left alone.
const valueOf = (row, column) => {
  const cell = row.cells[column];
  return cell ? (cell.dataset.value ?? cell.textContent).trim() : "";
};

const compare = (a, b) => {
  const [x, y] = [a, b].map((text) => Number(text.replace(/[,\s\u00a0]/g, "").replace("−", "-")));
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
};

const sort = (table, header) => {
  const down = header.getAttribute("aria-sort") === "ascending";
  const way = down ? -1 : 1;
  table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row, header.cellIndex), row]);
  // Empty cells stay last whichever way the rest runs: not known is neither high nor low.
  rows.sort(([a], [b]) => (a === "" || b === "" ? (a === "") - (b === "") : way * compare(a, b)));
  body.append(...rows.map(([, row]) => row));
};

export const startTables = (root = document) => {
  root.querySelectorAll("table[data-sortable]:not([data-ready])").forEach((table) => {
    table.dataset.ready = "";
    table.querySelectorAll("thead th:not([data-unsorted])").forEach((header) => {
      if (header.querySelector("a, button") || header.colSpan > 1) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sort(table, header));
      header.append(button);
    });
  });
};
