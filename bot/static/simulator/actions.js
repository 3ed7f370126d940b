// Buttons of every kind: LINE's action objects.

import { make, say, words } from "./dom.js";
import { askLocation, askMoment } from "./dialogs.js";
import { act } from "./server.js";

const LINKS = /^(https?:\/\/|tel:|line:\/\/)/;

let onInput = () => {};

/** Who opens the keyboard or the rich menu when a postback asks for it. */
export function whenInputIsAsked(listener) {
  onInput = listener;
}

/** An element that does what the action says: a link for a URI, otherwise a button. */
export function actionElement(action, className, ...content) {
  const inside = content.length ? content : [action.label ?? ""];
  if (action.type === "uri" && LINKS.test(action.uri)) return link(action.uri, className, ...inside);
  const button = make("button", className, { type: "button" }, ...inside);
  button.addEventListener("click", () => press(action));
  return button;
}

export function link(uri, className, ...content) {
  const anchor = make("a", className, { href: uri }, ...content);
  if (uri.startsWith("http")) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.append(make("span", "unseen", {}, words.newWindow));
  }
  return anchor;
}

/** Makes an element that cannot be a button (it holds blocks) act like one. */
export function makePressable(element, action) {
  if (action.type === "uri") {
    if (!LINKS.test(action.uri)) return;
    element.setAttribute("role", "link");
    listen(element, () => follow(action.uri));
  } else {
    element.setAttribute("role", "button");
    listen(element, () => press(action));
  }
  if (action.label) element.setAttribute("aria-label", action.label);
}

function listen(element, go) {
  element.tabIndex = 0;
  element.classList.add("pressable");
  element.addEventListener("click", go);
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    go();
  });
}

export async function press(action) {
  switch (action.type) {
    case "message":
      return act({ type: "text", text: action.text });
    case "postback":
      onInput(action.inputOption ?? "", action.fillInText ?? "");
      return act({ type: "postback", data: action.data, shown: action.displayText ?? action.text ?? "" });
    case "datetimepicker":
      return askMoment(action);
    case "location":
      return askLocation();
    case "camera":
    case "cameraRoll":
      return act({ type: "media", kind: "image" });
    case "clipboard":
      await navigator.clipboard.writeText(action.clipboardText);
      return say(words.copied);
    case "uri":
      return follow(action.uri);
  }
}

/** Opens a page beside the talk; a telephone number opens no page. */
function follow(uri) {
  if (!LINKS.test(uri)) return;
  if (uri.startsWith("http")) window.open(uri, "_blank", "noopener,noreferrer");
  else location.href = uri;
}
