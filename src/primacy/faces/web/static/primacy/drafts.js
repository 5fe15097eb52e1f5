// Keeps what was typed into forms marked data-draft="name", on this device and for this account
// only, until the server has taken it. Forms about persons carry no data-draft.
import { keys, read, remove, write } from "./store.js";

const PREFIX = "primacy.draft.";
const SENT = "primacy.sent";
const KEEP_DAYS = 14;
const NEVER = new Set(["password", "file", "submit", "button", "hidden"]);

const keyOf = (form) =>
  `${PREFIX}${document.body.dataset.account || "guest"}.${location.pathname}.${form.dataset.draft}`;

const fields = (form) =>
  [...form.elements].filter((el) => el.name && !NEVER.has(el.type) && !("noDraft" in el.dataset));

const valuesOf = (form) => fields(form).map((el) => {
  if (el.type === "checkbox" || el.type === "radio") return [el.name, el.value, el.checked];
  if (el.multiple) return [el.name, [...el.selectedOptions].map((o) => o.value)];
  return [el.name, el.value];
});

const putBack = (form, values) => {
  fields(form).forEach((el, at) => {
    const [name, value, checked] = values[at] || [];
    if (name !== el.name) return;
    if (el.type === "checkbox" || el.type === "radio") {
      if (el.value === value) el.checked = checked;
    } else if (el.multiple) {
      for (const option of el.options) option.selected = value.includes(option.value);
    } else {
      el.value = value;
    }
  });
};

const note = (form, kept, initial) => {
  const words = document.createElement("p");
  words.className = "draft-note";
  words.setAttribute("role", "status");
  const when = new Date(kept.at).toLocaleString(document.documentElement.lang || undefined);
  words.textContent = `${document.documentElement.dataset.restoredWords} (${when}). `;
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "linklike";
  discard.textContent = document.documentElement.dataset.discardWords;
  discard.addEventListener("click", () => {
    putBack(form, initial);
    remove(keyOf(form));
    words.remove();
  });
  words.append(discard);
  form.prepend(words);
};

const watch = (form) => {
  const key = keyOf(form);
  const initial = valuesOf(form);
  const kept = read(key);
  const refused = form.querySelector('[aria-invalid="true"]');
  if (kept && !refused && JSON.stringify(kept.values) !== JSON.stringify(initial)) {
    putBack(form, kept.values);
    note(form, kept, initial);
  }
  let timer = 0;
  const save = () => write(key, { at: Date.now(), values: valuesOf(form) });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save();
    write(SENT, { key, from: location.pathname });
  });
};

// A page of ours that was reached from the form, without refusal, means the server took it. The
// back button, a typed address, an error page and the sign-in page prove nothing: the draft stays.
const settle = () => {
  const sent = read(SENT);
  if (!sent) return;
  const entry = performance.getEntriesByType("navigation")[0];
  const cameFromForm =
    entry?.type === "navigate" &&
    document.referrer.startsWith(location.origin) &&
    new URL(document.referrer).pathname === sent.from;
  if (!cameFromForm) return;
  remove(SENT);
  const failed = (entry.responseStatus || 200) >= 400 || document.body.dataset.outcome === "failed";
  const refused = document.querySelector('form[data-draft] [aria-invalid="true"], .error-summary');
  if (!failed && !refused && !location.pathname.startsWith("/accounts/")) remove(sent.key);
};

const forgetOld = () => {
  const oldest = Date.now() - KEEP_DAYS * 86400e3;
  for (const key of keys(PREFIX)) if (!((read(key)?.at || 0) > oldest)) remove(key);
};

export const startDrafts = () => {
  settle();
  forgetOld();
  document.querySelectorAll("form[data-draft]").forEach(watch);
  document.querySelectorAll("form[data-sign-out]").forEach((form) =>
    form.addEventListener("submit", () => keys(PREFIX).forEach(remove)));
};
