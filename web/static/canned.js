// Sentences with blanks: found while one types, filled in where they stand, copied. Nothing of it leaves the browser.
// The list may come into the page later, so the page listens, not the list.

const ready = () => {
  for (const hidden of document.querySelectorAll(".canned .scripted[hidden]")) hidden.hidden = false;
};
ready();
new MutationObserver(ready).observe(document.body, { childList: true, subtree: true });

// Hiragana, small letters, no spaces or marks: as the service folds what is sought in.
function folded(text) {
  const even = text.normalize("NFKC").toLowerCase();
  const kana = even.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
  return kana.replace(/[^\p{L}\p{N}ー]/gu, "");
}

function find(list, typed) {
  const sought = folded(typed);
  let found = 0;
  for (const line of list.querySelectorAll("[data-found-by]")) {
    line.hidden = !line.dataset.foundBy.replaceAll(" ", "").includes(sought);
    found += line.hidden ? 0 : 1;
  }
  say(list, found ? "" : list.dataset.none);
}

function fill(blank) {
  const text = blank.closest("details").querySelector(".canned-words");
  for (const place of text.querySelectorAll(".blank")) {
    if (place.dataset.name !== blank.dataset.blank) continue;
    place.textContent = blank.value || `｛${place.dataset.name}｝`;
    place.classList.toggle("is-filled", blank.value !== "");
  }
}

async function copy(button) {
  const list = button.closest(".canned");
  const text = button.closest("details").querySelector(".canned-words").textContent;
  try {
    await navigator.clipboard.writeText(text);
    say(list, list.dataset.copied);
  } catch {
    getSelection().selectAllChildren(button.closest("details").querySelector(".canned-words"));
    say(list, list.dataset.notCopied);
  }
}

function say(list, words) {
  list.querySelector("#canned-says").textContent = words;
}

document.addEventListener("input", (event) => {
  if (event.target.id === "canned-find") find(event.target.closest(".canned"), event.target.value);
  if (event.target.dataset?.blank) fill(event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".canned-copy");
  if (button) copy(button);
});

// Opening one leads to its first blank; Enter in the field that seeks opens the first that was found, Enter in the last
// blank copies.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".canned details") || !event.target.open) return;
  (event.target.querySelector("[data-blank]") ?? event.target.querySelector(".canned-copy")).focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return;
  if (event.target.id === "canned-find") {
    const first = event.target.closest(".canned").querySelector("[data-found-by]:not([hidden]) details");
    if (first) first.open = true;
  } else if (event.target.dataset?.blank) {
    const all = [...event.target.closest("details").querySelectorAll("[data-blank]")];
    const next = all[all.indexOf(event.target) + 1];
    if (next) next.focus();
    else copy(event.target.closest("details").querySelector(".canned-copy"));
  } else return;
  event.preventDefault();
});
