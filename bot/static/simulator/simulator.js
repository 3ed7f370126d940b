// The page: composing, settings, and asking the server for news.

import { whenInputIsAsked } from "./actions.js";
import { openRichMenu, quickReplies, richMenu } from "./below.js";
import { open } from "./dialogs.js";
import { find, words } from "./dom.js";
import { act, becomeSomebodyElse, news, onAct } from "./server.js";
import { append, clear } from "./talk.js";

// While an answer is due the page asks often; otherwise seldom.
const OFTEN = 250;
const SELDOM = 2000;
const HIDDEN = 15000;
const EAGER = 30000;

let started = "";
let after = 0;
let eagerUntil = Date.now() + EAGER;
let next = 0;
let asking = Promise.resolve();

async function look() {
  try {
    show(await news(after));
    find("offline").hidden = true;
  } catch {
    find("offline").hidden = false;
  }
  clearTimeout(next);
  next = setTimeout(lookNow, document.hidden ? HIDDEN : Date.now() < eagerUntil ? OFTEN : SELDOM);
}

/** One question at a time, or an answer would be shown twice. */
function lookNow() {
  clearTimeout(next);
  asking = asking.then(look);
  return asking;
}

function show(talk) {
  if (started && started !== talk.started) {
    clear();
    started = "";
    after = 0; // the server has started anew, and with it the numbers
    return void lookNow();
  }
  append(talk.entries, started !== "");
  started = talk.started;
  quickReplies(talk.entries);
  after = talk.entries.at(-1)?.number ?? after;
  find("welcome").hidden = after > 0;
  standing(talk.standing);
  richMenu(talk.richMenu);
}

function standing(state) {
  const blocking = state === "blocking";
  find("blocked").hidden = !blocking;
  find("composer").hidden = blocking;
  document.body.classList.toggle("blocking", blocking);
  const toggle = find("toggle-block");
  toggle.textContent = { stranger: words.add, friend: words.block, blocking: words.unblock }[state];
  toggle.dataset.act = state === "friend" ? "unfollow" : "follow";
}

onAct(() => {
  eagerUntil = Date.now() + EAGER;
  lookNow();
});
document.addEventListener("visibilitychange", () => document.hidden || lookNow());

// Composing ---------------------------------------------------------------------------------------

const text = find("text");

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
  find("send").disabled = !text.value.trim();
}

async function send() {
  const said = text.value;
  if (!said.trim()) return;
  text.value = "";
  fit();
  if (await act({ type: "text", text: said })) return;
  text.value = said + text.value; // nothing that somebody typed is lost
  fit();
}

text.addEventListener("input", () => {
  fit();
  openRichMenu(false); // as on a telephone, where the keyboard takes its place
});
text.addEventListener("keydown", (event) => {
  // While a Japanese input method composes, Enter chooses a word. Safari says so only by the key code.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
});
find("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
  text.focus();
});
whenInputIsAsked((option, words) => {
  if (option === "openRichMenu" || option === "closeRichMenu") openRichMenu(option === "openRichMenu");
  if (option !== "openKeyboard") return;
  text.value = words;
  fit();
  text.focus();
});

// Around it ---------------------------------------------------------------------------------------

for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => {
    act({ type: "text", text: example.textContent });
    text.focus();
  });
}
for (const id of ["add-friend", "unblock"]) find(id).addEventListener("click", () => act({ type: "follow" }));
for (const id of ["attach", "stickers", "settings"]) find(`open-${id}`).addEventListener("click", () => open(id));
find("open-location").addEventListener("click", () => open("location"));

find("toggle-block").addEventListener("click", (event) => {
  find("settings").close();
  act({ type: event.target.dataset.act });
});
find("new-person").addEventListener("click", () => {
  becomeSomebodyElse();
  location.reload();
});

const pc = find("pc");
function showAsPc() {
  document.body.classList.toggle("pc", pc.checked);
  sessionStorage.setItem("pc", pc.checked ? "yes" : "");
}
pc.checked = sessionStorage.getItem("pc") === "yes";
pc.addEventListener("change", showAsPc);
showAsPc();
lookNow();
