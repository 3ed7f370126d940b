// What a telephone would open as a screen of its own: attachments, stickers, location, date.

import { find, words } from "./dom.js";
import { act } from "./server.js";

const dialogs = document.querySelectorAll("dialog");
for (const dialog of dialogs) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".close")) dialog.close();
  });
}

export function open(id) {
  for (const dialog of dialogs) dialog.close();
  find(id).showModal();
}

function sendAndClose(id, body) {
  find(id).close();
  act(body);
}

for (const button of document.querySelectorAll("[data-media]")) {
  button.addEventListener("click", () => sendAndClose("attach", { type: "media", kind: button.dataset.media }));
}

find("picture").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const data = await inBase64(file);
  target.value = "";
  sendAndClose("attach", { type: "media", kind: "image", data, mimeType: file.type });
});

function inBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

for (const button of document.querySelectorAll("[data-sticker]")) {
  const { sticker, name } = button.dataset;
  button.addEventListener("click", () =>
    sendAndClose("stickers", { type: "sticker", packageId: "446", stickerId: sticker, name }));
}

for (const button of document.querySelectorAll("[data-latitude]")) {
  const { latitude, longitude, title, address } = button.dataset;
  button.addEventListener("click", () => sendLocation({ title, address }, latitude, longitude));
}

find("coordinates").addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(event.target);
  sendLocation({}, fields.get("latitude"), fields.get("longitude"));
});

function sendLocation(names, latitude, longitude) {
  sendAndClose("location", { type: "location", ...names, latitude: Number(latitude), longitude: Number(longitude) });
}

export function askLocation() {
  open("location");
}

// LINE's picker -----------------------------------------------------------------------------------

const INPUTS = { date: "date", time: "time", datetime: "datetime-local" };
let asking = null;

export function askMoment(action) {
  asking = action;
  const input = find("picker-input");
  input.type = INPUTS[action.mode];
  for (const bound of ["min", "max"]) {
    if (action[bound]) input.setAttribute(bound, action[bound].replace("t", "T"));
    else input.removeAttribute(bound);
  }
  input.value = (action.initial ?? "").replace("t", "T");
  find("picker-label").textContent = words[action.mode];
  find("picker-title").textContent = action.label ?? words[action.mode];
  open("picker");
}

find("moment").addEventListener("submit", (event) => {
  event.preventDefault();
  const picked = find("picker-input").value;
  sendAndClose("picker", { type: "postback", data: asking.data, mode: asking.mode, picked });
});
