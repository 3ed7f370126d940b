// What stands below the talk on a telephone: quick replies and the rich menu. LINE for PC shows neither.

import { actionElement, press } from "./actions.js";
import { find, make } from "./dom.js";

const row = find("quick-replies");
const menu = find("rich-menu");
const areas = find("rich-menu-areas");
const bar = find("rich-menu-bar");

// On a lower screen (a telephone on its side, a page at 200 %) the menu would leave no room for the talk.
const LOW = 520;

let shownMenu = "";

/** Shows the quick replies of the last bubble, or none where it has none. */
export function quickReplies(entries) {
  const last = entries.filter((entry) => entry.kind === "spoken").at(-1);
  if (!last) return;
  const items = last.speaker === "bot" ? last.message.quickReply?.items ?? [] : [];
  row.replaceChildren(...items.map((item) => actionElement(item.action, "quick-reply")));
  row.hidden = items.length === 0;
  row.scrollLeft = 0;
}

row.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  // A button that opens a screen leaves the row: the person may close the screen again.
  if (!pressed || document.querySelector("dialog[open]")) return;
  row.hidden = true;
  find("text").focus({ preventScroll: true });
});

export function richMenu(definition) {
  if ((definition?.id ?? "") === shownMenu) return;
  shownMenu = definition?.id ?? "";
  menu.hidden = !definition;
  if (!definition) return;
  const { size, chatBarText, selected } = definition;
  find("rich-menu-image").src = `/simulator/rich-menus/${definition.id}`;
  areas.style.aspectRatio = `${size.width} / ${size.height}`;
  areas.style.width = `min(100%, var(--most-menu) * ${size.width / size.height})`;
  areas.replaceChildren(find("rich-menu-image"), ...definition.areas.map((area) => areaButton(area, size)));
  bar.textContent = chatBarText;
  openRichMenu(selected && window.innerHeight >= LOW);
}

function areaButton({ bounds, action }, size) {
  const label = action.label ?? action.displayText ?? action.text ?? action.uri ?? "";
  const button = make("button", "rich-menu-area", { type: "button", "aria-label": label });
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  button.style.left = percent(bounds.x, size.width);
  button.style.top = percent(bounds.y, size.height);
  button.style.width = percent(bounds.width, size.width);
  button.style.height = percent(bounds.height, size.height);
  button.addEventListener("click", () => press(action));
  return button;
}

export function openRichMenu(open) {
  areas.hidden = !open;
  bar.setAttribute("aria-expanded", String(open));
}

bar.addEventListener("click", () => openRichMenu(areas.hidden));
