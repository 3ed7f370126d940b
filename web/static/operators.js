// The operators' page: suggestions as one types, everything by keyboard. Without this the line is a plain form.
// Read with it: operators_log.js (logging the call), operators_keys.js (keys of one letter).
const desk = document.getElementById("desk");
const line = document.getElementById("q");
const pane = document.getElementById("pane");
const says = document.getElementById("says");
const alarm = document.getElementById("alarm");
let list = document.getElementById("suggestions");
let asking = null; // what is under way, to be called off

// The call ----------------------------------------------------------------------------------------------

// What is typed stays in this tab, for this account alone, until it is logged or cleared or the tab is closed.
const draft = `operators.${desk.dataset.account}`;
let call = begun();
let cleared = null; // what Esc took away

function begun() {
  return { words: "", shown: "", began: "", once: "", more: {} };
}

// The call itself, and the forms that were begun for it (drafts.js).
function isMine(name) {
  return name === draft || name.startsWith(`${draft}.`);
}

function isEmpty() {
  return !line.value.trim() && !call.shown;
}

function keep() {
  call.words = line.value;
  if (isEmpty() && !Object.keys(call.more).length) {
    call = begun();
    for (const name of Object.keys(sessionStorage)) if (isMine(name)) sessionStorage.removeItem(name);
    return;
  }
  call.began ||= new Date().toISOString();
  call.once ||= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");
  sessionStorage.setItem(draft, JSON.stringify(call));
}

// Another call in the place of this one: a new one, or one that was put away.
async function turnTo(other) {
  callOff();
  call = other;
  line.value = other.words;
  document.dispatchEvent(new CustomEvent("call", { detail: other }));
  keep();
  put("");
  listed = "";
  pane.hidden = true;
  pane.replaceChildren();
  await Promise.all([follow(), other.shown && show(other.shown)]);
}

// With what was open in sight, and keys of one letter at hand.
async function resume(kept) {
  await turnTo(kept);
  if (!pane.hidden && line.value === kept.words) pane.focus({ preventScroll: true });
}

function clear() {
  if (!isEmpty()) cleared = structuredClone(call);
  turnTo(begun());
  tell("");
  toLine();
}

// To the line; in a narrow window with what stands around it out of the way.
function toLine() {
  line.focus({ preventScroll: true });
  const top = matchMedia("(max-width: 40rem)").matches ? document.getElementById("main") : document.body;
  top.scrollIntoView();
}

function restored() {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("operators.") && !isMine(name)) sessionStorage.removeItem(name);
  }
  try {
    const kept = JSON.parse(sessionStorage.getItem(draft));
    if (kept && !line.value) resume({ ...begun(), ...kept });
  } catch {
    sessionStorage.removeItem(draft);
  }
}

// The line ----------------------------------------------------------------------------------------------

line.setAttribute("role", "combobox");
line.setAttribute("aria-controls", "suggestions");
line.setAttribute("aria-autocomplete", "list");
line.setAttribute("aria-expanded", "false");
for (const button of document.querySelectorAll(".scripted")) button.hidden = false;

// While an input method composes, the line holds the kana so far: they are followed like any other letters.
let listed = "";
let following = false;
async function follow() {
  keep();
  if (following) return; // one question at a time: a slow answer never comes after a newer one
  following = true;
  try {
    while (listed !== line.value) {
      const words = line.value;
      const found = words.trim() ? await ask(desk.dataset.list, {}) : "";
      if (found === null && words === line.value) break;
      if (found === null) continue;
      listed = words;
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
  listed = words; // what is still being followed ends here
  const found = await ask(desk.dataset.list, { whole: "yes" });
  if (words !== line.value) return;
  if (found === null) {
    listed = "";
    return;
  }
  put(found);
  choices.choose(0);
  if (list.dataset.sure === "yes") await open();
  else if (!choices.all().length) leave(desk.dataset.nothing);
}

// Out of the line, where keys of one letter act.
function leave(words) {
  if (words) tell(words);
  says.tabIndex = -1;
  says.focus();
}

line.addEventListener("input", follow);
line.addEventListener("compositionend", follow);
desk.addEventListener("submit", (event) => {
  event.preventDefault();
  act();
});

function act() {
  return choices.at >= 0 ? open() : search();
}

line.addEventListener("keydown", (event) => {
  if (isComposed(event)) return;
  if (event.key === "ArrowDown") line.value ? choices.step(1) : starters()[0]?.focus();
  else if (event.key === "ArrowUp") choices.step(-1);
  else if (event.key === "Enter") act();
  else return;
  event.preventDefault();
});

// A key that the input method takes for itself. 229: Safari ends the composition before the key that ended it comes.
function isComposed(event) {
  return event.isComposing || event.keyCode === 229;
}

// The list ----------------------------------------------------------------------------------------------

// A list under a line, of which the arrows choose one; `all` gives its options.
function chooser(field, all) {
  const chosen = {
    at: -1,
    all,
    choose(place) {
      const options = all();
      chosen.at = place < options.length ? place : -1;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen.at)));
      options[chosen.at]?.scrollIntoView({ block: "nearest" });
      if (chosen.at >= 0) field.setAttribute("aria-activedescendant", options[chosen.at].id);
      else field.removeAttribute("aria-activedescendant");
    },
    step(by) {
      const count = all().length;
      if (count) chosen.choose(chosen.at < 0 ? (by > 0 ? 0 : count - 1) : (chosen.at + by + count) % count);
    },
    chosen: () => all()[chosen.at],
  };
  return chosen;
}

const choices = chooser(line, () => (list.hidden ? [] : [...list.querySelectorAll("[role=option]")]));

function put(found) {
  document.getElementById("found")?.remove();
  if (found) list.outerHTML = found;
  else list.hidden = true;
  list = document.getElementById("suggestions");
  tell(found ? list.dataset.says : "");
  warn(found ? list.dataset.alarm : "");
  line.setAttribute("aria-expanded", String(!list.hidden));
  choices.choose(-1);
}

// A caller in danger; what stands there already is not read out again.
function warn(words) {
  if (alarm.textContent !== words) alarm.textContent = words;
  alarm.hidden = !words;
}

async function open() {
  const option = choices.chosen();
  if (option && (await show(option.dataset.key))) face();
}

function face() {
  pane.focus({ preventScroll: true }); // the line stays in sight, but where the answer is below it
  if (pane.getBoundingClientRect().top > innerHeight / 2) pane.scrollIntoView();
}

async function show(key) {
  const told = await ask(desk.dataset.answer, { chosen: key });
  if (told === null) return false;
  pane.innerHTML = told;
  pane.hidden = false;
  call.shown = key;
  keep();
  return true;
}

document.querySelector(".desk-list").addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  choices.choose(choices.all().indexOf(option));
  open();
});

// Before anything is typed: what is asked now, and one's own stars. Arrows lead through them, and back to the line.
const start = document.querySelector(".desk-start");

function starters() {
  return [...start.querySelectorAll("[data-key]")].filter((each) => each.checkVisibility());
}

start.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await show(event.submitter.dataset.key)) face();
});
start.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const all = starters();
  const at = all.indexOf(event.target) + by;
  (all[Math.min(at, all.length - 1)] ?? line).focus();
});

// Asking the service ------------------------------------------------------------------------------------

// The words go in the body: they may name the caller, and addresses stand in logs and histories.
async function ask(address, more) {
  const calling = new AbortController();
  asking = calling;
  const body = new URLSearchParams(new FormData(desk));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const answer = await sent(address, body, { signal: calling.signal });
  if (answer?.ok) return answer.words;
  if (answer) tell(answer.status === 404 ? desk.dataset.gone : desk.dataset.away, true);
  return null;
}

// The answer, read; null where none came, or the session is over: that is told here.
async function sent(address, body, options = {}) {
  try {
    const answer = await fetch(address, { method: "POST", body, redirect: "manual", ...options });
    const isOut = answer.type === "opaqueredirect" || answer.status === 204 || answer.status === 400;
    if (!isOut) return { ok: answer.ok, status: answer.status, words: await answer.text() };
    document.getElementById("sign-in").hidden = false;
    tell(desk.dataset.signedOut, true);
  } catch (error) {
    if (error.name !== "AbortError") tell(desk.dataset.away, true);
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

document.getElementById("clear").addEventListener("click", clear);
// Once the other scripts listen.
document.addEventListener("DOMContentLoaded", () => {
  toLine();
  restored();
});
