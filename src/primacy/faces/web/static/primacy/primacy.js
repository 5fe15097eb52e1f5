// Comfort on top of pages that work without it: theme, as-of date, menus, tables, drafts.
import { startDrafts } from "./drafts.js";
import { startTables } from "./tables.js";

const root = document.documentElement;

const startTheme = () => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => root.dataset.theme || (dark.matches ? "dark" : "light");
  document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
    const tell = () => button.setAttribute("aria-pressed", String(now() === "dark"));
    button.hidden = false;
    tell();
    dark.addEventListener("change", tell);
    button.addEventListener("click", () => {
      root.dataset.theme = now() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("primacy.theme", root.dataset.theme);
      } catch {
        // The choice holds for this page only.
      }
      tell();
      document.dispatchEvent(new CustomEvent("primacy:theme"));
    });
  });
};

// Typing a year passes through valid dates (0002, 0020, 0201): wait, and let `min` refuse them.
const startAsOf = () => {
  document.querySelectorAll("form[data-auto-submit]").forEach((form) => {
    let timer = 0;
    form.addEventListener("change", () => {
      clearTimeout(timer);
      timer = setTimeout(() => form.checkValidity() && form.requestSubmit(), 900);
    });
    form.addEventListener("input", () => clearTimeout(timer));
    form.addEventListener("submit", () => clearTimeout(timer));
  });
};

const startMenus = () => {
  const open = () => document.querySelectorAll("details:is(.menu, .pop)[open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });
};

const startNavigation = () => {
  const strip = document.querySelector(".nav");
  const here = strip?.querySelector("[aria-current]");
  if (here && strip.scrollWidth > strip.clientWidth) {
    strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }
};

const startErrors = () => {
  document.querySelector(".error-summary")?.focus();
  const say = (words) => {
    const place = document.getElementById("live");
    if (place) {
      place.textContent = words;
      place.hidden = false;
    }
  };
  document.addEventListener("htmx:sendError", () => say(root.dataset.offlineWords));
  document.addEventListener("htmx:responseError", () => say(root.dataset.failedWords));
};

startTheme();
startAsOf();
startMenus();
startNavigation();
startErrors();
startTables();
startDrafts();
document.addEventListener("htmx:load", (event) => startTables(event.target));
