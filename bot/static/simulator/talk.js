// The talk itself: days, bubbles, read marks, typing dots, and what happened between the bubbles.

import { find, make, words } from "./dom.js";
import { content } from "./messages.js";
import { act } from "./server.js";

const talk = find("talk");
const list = find("entries");
const ZONE = { timeZone: "Asia/Tokyo" };
const clock = new Intl.DateTimeFormat("ja-JP", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const dayKey = new Intl.DateTimeFormat("sv-SE", ZONE);
const dayName = new Intl.DateTimeFormat("ja-JP", { ...ZONE, month: "long", day: "numeric", weekday: "short" });
const DAY = 24 * 60 * 60 * 1000;

let lastDay = "";
let lastSpeaker = "";
let typing = null;
let typingEnds = 0;

export function clear() {
  list.replaceChildren();
  lastDay = lastSpeaker = "";
  stopTyping();
}

/** Puts entries at the end, oldest first; `aloud` where they are news. */
export function append(entries, aloud) {
  if (!entries.length) return;
  list.setAttribute("aria-live", aloud ? "polite" : "off");
  for (const entry of entries) KINDS[entry.kind]?.(entry);
  atEnd = true;
  toEnd();
}

// The end of the talk stays in sight when a keyboard, a menu or quick replies take room from it; whoever has
// scrolled up to read is left there.
let atEnd = false;
let room = 0;
const toEnd = () => atEnd && (talk.scrollTop = talk.scrollHeight);
talk.addEventListener("scroll", () => {
  if (talk.clientHeight !== room) return; // not scrolled but squeezed
  atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 40;
});
new ResizeObserver(() => {
  room = talk.clientHeight;
  toEnd();
}).observe(talk);

const KINDS = {
  spoken,
  typing: startTyping,
  read: () => list.querySelectorAll(".person .read").forEach((mark) => (mark.textContent = words.read)),
  "taken-back": takenBack,
  friendship: (entry) => {
    stopTyping();
    note(entry, words[entry.state]);
  },
  undelivered: (entry) => note(entry, words.undelivered.replace("{reason}", entry.reason), "failure"),
};

function spoken(entry) {
  const { speaker, message } = entry;
  day(entry.at);
  if (speaker === "bot") stopTyping();
  const bubble = content(message);
  const row = make("li", `row ${speaker}`, { "data-message": entry.message_id });
  if (speaker !== lastSpeaker) row.classList.add("first");
  row.append(make("span", "unseen", {}, `${speaker === "bot" ? words.bot : words.me}: `));
  if (speaker === "bot" && speaker !== lastSpeaker) {
    row.append(make("span", "avatar", { "aria-hidden": "true" }), make("span", "name", { "aria-hidden": "true" }, words.bot));
  }
  row.append(make("div", "line", {}, bubble, meta(entry)));
  if (bubble.classList.contains("carousel")) row.classList.add("wide");
  list.append(row);
  lastSpeaker = speaker;
}

function meta(entry) {
  const time = make("time", "", { datetime: new Date(entry.at).toISOString() }, clock.format(entry.at));
  if (entry.speaker === "bot") return make("div", "meta", {}, time);
  const side = make("div", "meta", {}, make("span", "read"), time);
  if (entry.message_id) side.prepend(unsendButton(entry.message_id));
  return side;
}

function unsendButton(messageId) {
  const button = make("button", "unsend", { type: "button", "aria-label": words.unsend, title: words.unsend }, "⋯");
  button.addEventListener("click", () => act({ type: "unsend", messageId }));
  return button;
}

function takenBack(entry) {
  const kept = focusStays();
  list.querySelector(`[data-message="${CSS.escape(entry.message_id)}"]`)?.remove();
  note(entry, words.takenBack);
  kept();
}

/** Removing the row that has the focus would throw a keyboard back to the top of the page. */
function focusStays() {
  const inside = list.contains(document.activeElement);
  return () => inside && !list.contains(document.activeElement) && talk.focus();
}

function note(entry, text, className = "") {
  day(entry.at);
  list.append(make("li", `note ${className}`, {}, make("span", "", {}, text)));
  lastSpeaker = "";
}

function day(at) {
  const key = dayKey.format(at);
  if (key === lastDay) return;
  const name = { [dayKey.format(Date.now())]: words.today, [dayKey.format(Date.now() - DAY)]: words.yesterday }[key];
  list.append(make("li", "note day", {}, make("span", "", {}, name ?? dayName.format(at))));
  lastDay = key;
  lastSpeaker = "";
}

function startTyping(entry) {
  stopTyping();
  const left = entry.at + entry.seconds * 1000 - Date.now();
  if (left <= 0) return;
  const dots = make("div", "bubble typing", { role: "img", "aria-label": words.typing }, make("i"), make("i"), make("i"));
  typing = make("li", "row bot first", {}, make("span", "avatar", { "aria-hidden": "true" }), make("div", "line", {}, dots));
  list.append(typing);
  typingEnds = setTimeout(stopTyping, left);
}

function stopTyping() {
  clearTimeout(typingEnds);
  typing?.remove();
  typing = null;
}
