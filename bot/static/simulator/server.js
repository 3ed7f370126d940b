// What the page asks of the simulator, in the name of one person.

const KEY = "person";

function newPerson() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "U" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// sessionStorage belongs to a tab: it outlives a reload, and two tabs are two people.
let person = sessionStorage.getItem(KEY) || newPerson();
sessionStorage.setItem(KEY, person);

const listeners = [];

/** Calls back after each act, so that the page looks what came of it. */
export function onAct(listener) {
  listeners.push(listener);
}

export function becomeSomebodyElse() {
  person = newPerson();
  sessionStorage.setItem(KEY, person);
}

export async function news(after) {
  const response = await fetch(`/simulator/talks/${person}?after=${after}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

/** Does something as the person: `{type: "text", text}`, `{type: "postback", data}`; false where it failed. */
export async function act(body) {
  const sent = fetch(`/simulator/talks/${person}/acts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const taken = await sent.then((response) => response.ok, () => false);
  for (const listener of listeners) listener();
  return taken;
}
