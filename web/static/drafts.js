// A form that is half filled in stays in this tab, for its account alone, until it is sent or cleared (data-draft).
// It is sent once it is certain that the session goes on: what a form sends to the sign-in is lost.
const form = document.querySelector("form[data-draft]");
const name = `operators.${form.dataset.account}.${form.dataset.draft}`;
const note = document.getElementById("draft");
const says = document.getElementById("draft-says");
const NOT_KEPT = new Set(["csrf_token", "once", "back"]);
const first = values(); // as the page came: what another page knew, or what was sent and is wrong

function values() {
  return Object.fromEntries([...new FormData(form)].filter(([field]) => !NOT_KEPT.has(field)));
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function store() {
  sessionStorage.setItem(name, JSON.stringify({ from: first, to: values() }));
}

function fill(kept) {
  for (const [field, value] of Object.entries(kept)) {
    const at = form.elements.namedItem(field);
    if (at) at.value = value;
  }
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = box.name in kept;
  form.dispatchEvent(new Event("filled"));
}

// What was begun for this case, or for the one that was left for the sign-in: then the page comes empty.
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(name));
  if (!kept || note.dataset.wrong === "yes") return;
  if (!form.elements.about.defaultValue || same(kept.from, first)) {
    fill(kept.to);
    tell(note.dataset.restored, "clear");
  } else {
    sessionStorage.removeItem(name); // of another caller
  }
}

function tell(words, button) {
  says.textContent = words;
  document.getElementById("draft-clear").hidden = button !== "clear";
  document.getElementById("draft-sign-in").hidden = button !== "sign-in";
  note.hidden = false;
}

form.addEventListener("input", store);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  let answer;
  try {
    answer = await fetch(form.dataset.alive, { redirect: "manual" });
  } catch {
    return tell(note.dataset.away);
  }
  if (answer.type === "opaqueredirect") {
    store();
    return tell(note.dataset.signedOut, "sign-in");
  }
  sessionStorage.removeItem(name);
  form.submit();
});
document.getElementById("draft-clear").addEventListener("click", () => {
  fill(first);
  sessionStorage.removeItem(name);
  note.hidden = true;
  form.querySelector("input:not([type=hidden]), select").focus();
});
for (const away of form.querySelectorAll(".actions a")) {
  away.addEventListener("click", () => sessionStorage.removeItem(name));
}
addEventListener("load", restore); // once what follows the fields listens
