// The operators' page: suggestions as one types, everything by keyboard. Without this the line is a plain form.
const form = document.getElementById("desk");
const line = document.getElementById("q");
const pane = document.getElementById("pane");
const says = document.getElementById("says");
const keys = document.getElementById("keys");
const draft = `operators.${form.dataset.account}`;
let list = document.getElementById("suggestions");
let chosen = -1;
let asking = null; // what is under way, to be called off

// The line ----------------------------------------------------------------------------------------------

line.setAttribute("role", "combobox");
line.setAttribute("aria-controls", "suggestions");
line.setAttribute("aria-autocomplete", "list");
line.setAttribute("aria-expanded", "false");
for (const button of document.querySelectorAll(".scripted")) button.hidden = false;

// While an input method composes, the line holds the kana so far: they are followed like any other letters.
let shown = "";
let following = false;
async function follow() {
  keep();
  if (following) return; // one question at a time: a slow answer never comes after a newer one
  following = true;
  try {
    while (shown !== line.value) {
      const words = line.value;
      const found = words.trim() ? await ask(form.dataset.list, {}) : "";
      if (found === null) break;
      shown = words;
      if (words === line.value) put(found);
    }
  } finally {
    following = false;
  }
}

async function search() {
  callOff();
  const words = line.value;
  if (!words.trim()) return;
  const found = await ask(form.dataset.list, { whole: "yes" });
  if (found === null || words !== line.value) return;
  shown = words;
  put(found);
  choose(0);
  if (list.dataset.sure === "yes") await open();
}

line.addEventListener("input", follow);
line.addEventListener("compositionend", follow);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  act();
});

function act() {
  return chosen >= 0 ? open() : search();
}

function clear() {
  callOff();
  line.value = "";
  keep();
  shown = "";
  put("");
  pane.hidden = true;
  pane.replaceChildren();
  line.focus();
}

// The list ----------------------------------------------------------------------------------------------

function put(found) {
  document.getElementById("found")?.remove();
  if (found) list.outerHTML = found;
  else list.hidden = true;
  list = document.getElementById("suggestions");
  tell(found ? list.dataset.says : "");
  line.setAttribute("aria-expanded", String(!list.hidden));
  choose(-1);
}

function options() {
  return list.hidden ? [] : [...list.querySelectorAll("[role=option]")];
}

function choose(place) {
  const all = options();
  chosen = place < all.length ? place : -1;
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  all[chosen]?.scrollIntoView({ block: "nearest" });
  if (chosen >= 0) line.setAttribute("aria-activedescendant", all[chosen].id);
  else line.removeAttribute("aria-activedescendant");
}

function step(by) {
  const count = options().length;
  if (count) choose(chosen < 0 ? (by > 0 ? 0 : count - 1) : (chosen + by + count) % count);
}

async function open() {
  const option = options()[chosen];
  if (!option) return;
  const told = await ask(form.dataset.answer, { chosen: option.dataset.key });
  if (told === null) return;
  pane.innerHTML = told;
  pane.hidden = false;
  pane.focus({ preventScroll: true }); // the line stays in sight, but where the answer is below it
  if (pane.getBoundingClientRect().top > innerHeight / 2) pane.scrollIntoView();
}

document.querySelector(".desk-list").addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  choose(options().indexOf(option));
  open();
});

// Keys --------------------------------------------------------------------------------------------------

line.addEventListener("keydown", (event) => {
  // 229: Safari ends the composition before the key that ended it comes.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Enter") act();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
  if (keys.open) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape") clear();
  else if (event.key === "/" && !typing) line.focus();
  else if (event.key === "?" && !typing) keys.showModal();
  else return;
  event.preventDefault();
});

document.getElementById("clear").addEventListener("click", clear);
document.getElementById("ask-keys").addEventListener("click", () => keys.showModal());
document.getElementById("close-keys").addEventListener("click", () => keys.close());

// Asking the service ------------------------------------------------------------------------------------

// The words go in the body: they may name the caller, and addresses stand in logs and histories.
async function ask(address, more) {
  const calling = new AbortController();
  asking = calling;
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  try {
    const answer = await fetch(address, { method: "POST", body, redirect: "manual", signal: calling.signal });
    if (answer.ok) return await answer.text();
    tell(answer.type === "opaqueredirect" || answer.status === 400 ? form.dataset.signedOut : form.dataset.away, true);
  } catch (error) {
    if (error.name !== "AbortError") tell(form.dataset.away, true);
  }
  return null;
}

function callOff() {
  asking?.abort();
}

function tell(words, wrong = false) {
  says.textContent = words;
  says.classList.toggle("is-wrong", wrong);
}

// What is typed stays in this tab, for this account alone, until it is cleared or the tab is closed.
function keep() {
  sessionStorage.setItem(draft, line.value);
}

for (const name of Object.keys(sessionStorage)) {
  if (name.startsWith("operators.") && name !== draft) sessionStorage.removeItem(name);
}
const kept = sessionStorage.getItem(draft);
if (kept && !line.value) {
  line.value = kept;
  follow();
}
