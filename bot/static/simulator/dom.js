// Building the page without HTML strings: whatever a bot says is text, never markup.

export const words = document.getElementById("words").dataset;

export const find = (id) => document.getElementById(id);

/** An element with a class, attributes and children; strings among the children become text. */
export function make(tag, className = "", attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function say(text) {
  find("announcement").textContent = text;
}
