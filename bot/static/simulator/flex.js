// Flex messages: bubbles and carousels of boxes, text, buttons and separators.

import { actionElement, makePressable } from "./actions.js";
import { make, words } from "./dom.js";
import { styleBox, styleImage, stylePlace, styleText } from "./flex_style.js";

export function flex(container) {
  if (container.type === "carousel") return carousel(container.contents.map(bubble));
  return bubble(container);
}

/** Cards side by side, which scroll within themselves. */
export function carousel(cards) {
  return make("div", "carousel", { role: "group", "aria-label": words.sideBySide }, ...cards);
}

function bubble(content) {
  const card = make("div", `flex-bubble ${content.size ?? "mega"}`);
  for (const name of ["header", "hero", "body", "footer"]) {
    if (content[name]) card.append(block(name, content));
  }
  if (content.action) makePressable(card, content.action);
  return card;
}

function block(name, content) {
  const { backgroundColor, separator, separatorColor } = content.styles?.[name] ?? {};
  const section = make("div", `flex-block ${name}`);
  if (separator) section.append(styled(make("div", "flex-separator"), "backgroundColor", separatorColor));
  section.append(component(content[name], { layout: "vertical" }, 0));
  return styled(section, "backgroundColor", backgroundColor);
}

function styled(element, property, value) {
  if (value) element.style[property] = value;
  return element;
}

const COMPONENTS = { box, button, image, icon: image, text, separator, filler, video: (content) => image(content) };

function component(content, parent, index) {
  const draw = COMPONENTS[content.type] ?? filler;
  const element = draw(content);
  stylePlace(element, content, parent, index);
  return element;
}

function box(content) {
  const element = make("div", `flex-box ${content.layout}`);
  styleBox(element, content);
  element.append(...content.contents.map((each, index) => component(each, content, index)));
  if (content.action) makePressable(element, content.action);
  return element;
}

function text(content) {
  const parts = content.contents?.length ? content.contents.map(span) : [content.text];
  const element = make("div", content.wrap ? "flex-text wrap" : "flex-text", {}, ...parts);
  if (content.maxLines) element.classList.add("clamped");
  styleText(element, content);
  if (content.action) makePressable(element, content.action);
  return element;
}

function span(content) {
  const element = make("span", "", {}, content.text);
  styleText(element, content);
  return element;
}

function button(content) {
  const style = content.style ?? "link";
  const element = actionElement(content.action, `flex-button ${style} ${content.height ?? "md"}`);
  if (content.color) element.style[style === "link" ? "color" : "backgroundColor"] = content.color;
  return element;
}

/** Pictures come from other hosts, which the content security policy keeps out: a grey field stands for them. */
function image(content) {
  const element = make("div", `flex-image ${content.type}`, { role: "img", "aria-label": words.picture });
  styleImage(element, content);
  if (content.action) makePressable(element, content.action);
  return element;
}

function separator(content) {
  return styled(make("div", "flex-separator"), "backgroundColor", content.color);
}

function filler() {
  return make("div", "flex-filler");
}
