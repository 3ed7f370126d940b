// Logging a call without leaving the page: its outcome, to whom it was handed on, and taking it back.
const log = document.getElementById("log");
const undo = document.getElementById("undo");
const transfer = document.getElementById("transfer");
const to = document.getElementById("to");
const targets = document.getElementById("targets");
const section = document.getElementById("section");
const more = ["channel", "sort", "uncounted"].map((name) => log.elements.namedItem(name));
let last = null; // the call that was logged just now
let logging = false;

log.addEventListener("submit", (event) => {
  event.preventDefault();
  const outcome = event.submitter.value;
  if (outcome === "transferred" && !section.value) offer();
  else record(outcome, section.value || ofShown(outcome));
});

// A key hit by a slip, while nothing is asked yet, is the beginning of a question rather than a call.
log.addEventListener("keyed", (event) => {
  if (event.target.name !== "outcome" || !isEmpty()) return;
  event.preventDefault();
  line.focus();
  tell(log.dataset.empty);
});

function likely() {
  return document.getElementById("shown")?.dataset.sections.split(" ").filter(Boolean) ?? [];
}

// Who is in charge of what was answered, where that is one section alone.
function ofShown(outcome) {
  const found = outcome === "none" ? [] : likely();
  return found.length === 1 ? found[0] : "";
}

async function record(outcome, handedTo) {
  if (logging) return;
  logging = true;
  const body = new URLSearchParams(new FormData(log));
  const told = {
    outcome,
    section: handedTo,
    text: line.value,
    entry: document.getElementById("shown")?.dataset.entry ?? "",
    once: call.once || log.elements.once.value,
    began: call.began,
  };
  for (const [name, value] of Object.entries(told)) body.set(name, value);
  const answer = await sent(log.action, body, { headers: { "HX-Request": "true" } });
  logging = false;
  if (!answer) return;
  if (!answer.ok) return tell(answer.status === 422 ? answer.words : desk.dataset.away, true);
  last = structuredClone(call);
  log.elements.once.value += "+"; // what is logged with nothing typed is another call the next time
  nextCall();
  undo.innerHTML = answer.words;
  countDown();
  tell(undo.firstElementChild.dataset.says);
}

function nextCall() {
  cleared = null;
  log.querySelector("details").open = false;
  turnTo(begun());
  toLine();
}

// What goes on after the call takes its words along; the call stays in this tab.
document.getElementById("onward").addEventListener("submit", ({ target }) => {
  target.elements.about.value = line.value;
  target.elements.entry.value = document.getElementById("shown")?.dataset.entry ?? "";
  target.elements.section.value = section.value || ofShown("");
});

// Channel and the like --------------------------------------------------------------------------------------

const usual = document.getElementById("log-kind").textContent;

function keepMore() {
  const changed = more.filter((field) => valueOf(field) !== defaultOf(field));
  call.more = Object.fromEntries(changed.map((field) => [field.name, valueOf(field)]));
  sayMore();
  keep();
}

function sayMore() {
  const changed = more.filter((field) => valueOf(field) !== defaultOf(field));
  const said = changed.map((field) => field.selectedOptions?.[0].text ?? field.dataset.says);
  document.getElementById("log-kind").textContent = said.length ? `${usual}：${said.join("、")}` : usual;
}

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function defaultOf(field) {
  return field.type === "checkbox" ? false : field.options[0].value;
}

for (const field of more) field.addEventListener("change", keepMore);
log.querySelector("details").addEventListener("toggle", ({ target }) => {
  if (!target.open) return;
  more[0].focus({ preventScroll: true }); // the bar is in sight, but where the window is too low for it to stay
  if (more[0].getBoundingClientRect().bottom > innerHeight) more[0].scrollIntoView();
});

document.addEventListener("call", ({ detail }) => {
  for (const field of more) {
    const value = detail.more[field.name] ?? defaultOf(field);
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  section.value = "";
  sayMore();
});

// To whom it is handed on ------------------------------------------------------------------------------------

const offered = chooser(to, () => [...targets.children]);
const transferSays = document.getElementById("transfer-says");

function offer() {
  to.value = "";
  transfer.showModal();
  narrow();
  to.focus();
  askWhoIsOpen();
}

// A desk stays open for hours. Without an answer the list says nothing of hours.
const openNow = new Map();

async function askWhoIsOpen() {
  openNow.clear();
  try {
    const answer = await fetch(transfer.dataset.now, { redirect: "manual" });
    if (!answer.ok) return;
    const told = document.createElement("template");
    told.innerHTML = await answer.text();
    for (const each of told.content.children) openNow.set(each.dataset.section, each);
  } catch {
    return;
  }
  for (const option of targets.children) sayWhetherOpen(option);
}

function sayWhetherOpen(option) {
  const said = openNow.get(option.dataset.value);
  if (said) option.append(said.cloneNode(true));
}

// In hiragana, without spaces between letters, as the server writes what a section is found by.
function folded(text) {
  const even = text.normalize("NFKC").toLowerCase();
  return even.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

function narrow() {
  // kumi, of which the input method has made くm so far: the letter says nothing yet
  const words = folded(to.value).replace(/(?<=[ぁ-ん])[a-z]{1,2}$/, "").split(/\s+/).filter(Boolean);
  const fits = (option) => words.every((word) => folded(option.text).includes(word) || option.dataset.sought?.includes(word));
  const sounds = (option) => isWithin(words.join(""), option.dataset.read ?? "");
  const first = likely();
  const rank = (option) => (option.value ? (first.indexOf(option.value) + 1 || first.length + 1) : Infinity);
  const all = [...section.options].sort((a, b) => rank(a) - rank(b));
  const fitting = all.filter(fits);
  const found = fitting.length ? fitting : all.filter(sounds);
  targets.replaceChildren(...found.map(asOption));
  offered.choose(words.length || first.length ? 0 : -1);
  transferSays.textContent = found.length ? "" : transferSays.dataset.none;
}

// Whether the letters stand in the text in their order: ひがしふくし in ひがしくやくしょふくしか.
function isWithin(letters, text) {
  let at = -1;
  return [...letters].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

function asOption(option, at) {
  const made = document.createElement("div");
  made.id = `target-${at}`;
  made.setAttribute("role", "option");
  made.className = "found";
  made.dataset.value = option.value;
  const name = document.createElement("span");
  name.className = "found-title";
  name.textContent = option.text;
  const telephone = document.createElement("span");
  telephone.className = "found-about phone";
  telephone.textContent = option.dataset.telephone ?? "";
  made.append(name, telephone);
  sayWhetherOpen(made);
  return made;
}

function handOn() {
  const chosen = offered.chosen();
  if (!chosen) return;
  transfer.close();
  record("transferred", chosen.dataset.value);
}

to.addEventListener("input", narrow);
to.addEventListener("keydown", (event) => {
  if (isComposed(event)) return;
  if (event.key === "ArrowDown") offered.step(1);
  else if (event.key === "ArrowUp") offered.step(-1);
  else if (event.key === "Enter") handOn();
  else return;
  event.preventDefault();
});
targets.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  offered.choose(offered.all().indexOf(option));
  handOn();
});
document.getElementById("transfer-yes").addEventListener("click", handOn);
document.getElementById("transfer-no").addEventListener("click", () => transfer.close());

// Taking it back ---------------------------------------------------------------------------------------------

let counting = 0;

function countDown() {
  clearInterval(counting);
  const form = undo.querySelector("form");
  if (!form) return;
  const until = performance.now() + form.dataset.seconds * 1000;
  const left = form.querySelector(".undo-left");
  const words = left.textContent;
  counting = setInterval(() => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    left.textContent = words.replace(form.dataset.seconds, seconds);
    if (seconds <= 0) endUndo();
  }, 250);
}

function endUndo() {
  clearInterval(counting);
  const hadFocus = undo.contains(document.activeElement);
  undo.replaceChildren();
  if (hadFocus) line.focus();
}

undo.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await sent(form.action, new URLSearchParams(new FormData(form)), { headers: { "HX-Request": "true" } });
  if (!answer) return;
  endUndo();
  if (answer.ok && last && isEmpty()) await turnTo({ ...last, once: "" });
  last = null;
  (call.shown ? pane : line).focus({ preventScroll: true });
  tell(answer.ok || answer.status === 409 ? answer.words : desk.dataset.away, !answer.ok);
});

line.addEventListener("keydown", (event) => {
  const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!isUndo || line.value || isComposed(event)) return;
  event.preventDefault();
  if (cleared) turnTo(cleared);
  else undo.querySelector("button")?.click();
  cleared = null;
});

countDown();
