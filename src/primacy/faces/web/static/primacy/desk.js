// The keys of the screening desk. Everything is also a plain form with plain links.
// They work while the card has the focus, which it is given: a key pressed elsewhere does nothing.
const form = document.querySelector("form[data-desk]");
const card = form?.closest(".desk-card");
const COLOURS = { g: "green", y: "yellow", r: "red", p: "pending" };
const PAGES = { n: "next", b: "prev" };

const typing = (target) =>
  target.closest("textarea, select, input:not([type='radio'], [type='checkbox'])");

const choose = (colour) => {
  const field = form?.querySelector(`input[name="colour"][value="${colour}"]`);
  if (!field) return;
  field.checked = true;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.reason.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Enter" && event.target === form?.elements.reason && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (!card?.contains(event.target)) return;
  if (event.key === "Escape") card.focus();
  if (typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (COLOURS[key]) {
    event.preventDefault();
    choose(COLOURS[key]);
  } else if (PAGES[key]) {
    document.querySelector(`.main a[rel="${PAGES[key]}"]`)?.click();
  }
});

if (card && !document.querySelector(".error-summary")) card.focus({ preventScroll: true });
