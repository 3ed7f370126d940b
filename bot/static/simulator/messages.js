// What a bubble holds, for each kind of message.

import { actionElement, link, makePressable } from "./actions.js";
import { make, words } from "./dom.js";
import { carousel, flex } from "./flex.js";

const KINDS = {
  text: (message) => plain(message.text),
  textV2: (message) => plain(message.text.replace(/\{\{|\}\}|\{\w+\}/g, (found) => ({ "{{": "{", "}}": "}" })[found] ?? "☺")),
  sticker,
  location,
  image: medium,
  video: medium,
  audio: medium,
  file: medium,
  flex: (message) => flex(message.contents),
  template: (message) => template(message.template),
};

export function content(message) {
  const draw = KINDS[message.type];
  return draw ? draw(message) : make("div", "bubble unknown", {}, words.unknown);
}

const LINKS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|\b0\d{1,4}-\d{1,4}-\d{3,4}\b/g;

function plain(text) {
  const bubble = make("div", "bubble text");
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINKS)) {
    const address = found.replace(/[.,;:!?)\]']+$/, "");
    bubble.append(text.slice(end, index));
    bubble.append(link(address.startsWith("http") ? address : `tel:${address}`, "", address));
    end = index + address.length;
  }
  bubble.append(text.slice(end));
  return bubble;
}

/** A sticker's drawing belongs to LINE: a face and a word stand for it. */
function sticker(message) {
  const known = document.querySelector(`[data-sticker="${CSS.escape(message.stickerId)}"]`);
  const face = make("span", "sticker-picture", { "aria-hidden": "true" }, known?.firstChild.textContent ?? "🙂");
  return make("div", "sticker", {}, face, make("span", "sticker-name", {}, known?.dataset.name ?? words.sticker));
}

function location(message) {
  const where = `${message.latitude.toFixed(4)}, ${message.longitude.toFixed(4)}`;
  const map = make("div", "location-map", { "aria-hidden": "true" }, "📍");
  const title = make("strong", "", {}, message.title ?? words.location);
  return make("div", "bubble location", {}, map, title, make("span", "", {}, message.address ?? where));
}

function medium(message) {
  const label = message.fileName ?? words[message.type];
  const icon = { image: "🖼️", video: "🎞️", audio: "🎤", file: "📄" }[message.type];
  return make("div", `bubble medium ${message.type}`, {}, make("span", "", { "aria-hidden": "true" }, icon), label);
}

// Templates ---------------------------------------------------------------------------------------

function template(content) {
  if (content.type === "carousel") return carousel(content.columns.map(card));
  if (content.type === "image_carousel") {
    return carousel(content.columns.map((column) => card({ thumbnailImageUrl: column.imageUrl, actions: [column.action] })));
  }
  return card(content);
}

function card(content) {
  const element = make("div", `template ${content.type ?? "column"}`);
  if (content.thumbnailImageUrl) {
    element.append(make("div", "flex-image", { role: "img", "aria-label": words.picture }));
  }
  const body = make("div", "template-body");
  if (content.title) body.append(make("strong", "", {}, content.title));
  if (content.text) body.append(make("p", "", {}, content.text));
  if (body.childNodes.length) element.append(body);
  if (content.defaultAction) makePressable(body, content.defaultAction);
  const actions = content.actions.map((action) => actionElement(action, "template-action"));
  element.append(make("div", "template-actions", {}, ...actions));
  return element;
}
