// Keys of one letter, outside of fields: each presses the button that bears it (data-press). They can be switched off
// (WCAG 2.1.4), for this account in this browser.
const keys = document.getElementById("keys");
const letters = document.getElementById("letters");
const switchedOff = `operators-keys.${desk.dataset.account}`;

letters.checked = !localStorage.getItem(switchedOff);
letters.addEventListener("change", () => {
  if (letters.checked) localStorage.removeItem(switchedOff);
  else localStorage.setItem(switchedOff, "yes");
  mark();
});

// Assistive technology is told of a key only while it acts.
function mark() {
  document.body.classList.toggle("keys-on", letters.checked);
  for (const at of document.querySelectorAll("[data-press]")) {
    if (letters.checked) at.setAttribute("aria-keyshortcuts", at.dataset.press);
    else at.removeAttribute("aria-keyshortcuts");
  }
}

// A key that is held down acts once, and is no letter in the line to which it led.
let held = "";
document.addEventListener("keyup", () => {
  held = "";
});

document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === held) event.preventDefault();
  if (isComposed(event) || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") escape(event);
  else if (letters.checked && !isField(event.target)) press(event);
});

function isField(at) {
  return at.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

function escape(event) {
  event.preventDefault();
  const isInLine = event.target === line;
  if (isInLine ? isEmpty() : isField(event.target)) leave("");
  else clear();
}

function press(event) {
  const key = event.key.normalize("NFKC").toLowerCase(); // as the keyboard of an input method gives it too
  const at = [...document.querySelectorAll("[data-press]")].find((each) => each.dataset.press === key && each.checkVisibility());
  if (!at) return;
  event.preventDefault();
  held = event.key;
  if (!at.dispatchEvent(new Event("keyed", { bubbles: true, cancelable: true }))) return;
  if (isField(at)) at.focus();
  else at.click();
}

const canned = document.getElementById("canned");
document.getElementById("ask-canned").addEventListener("click", () => canned.showModal());
document.getElementById("close-canned").addEventListener("click", () => canned.close());
document.getElementById("ask-keys").addEventListener("click", () => keys.showModal());
document.getElementById("close-keys").addEventListener("click", () => keys.close());
// What comes into the page later bears keys too.
new MutationObserver(mark).observe(document.getElementById("main"), { childList: true, subtree: true });
mark();
