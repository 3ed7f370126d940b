// The page of a case: a reply that is half written stays in this tab until it is sent, and quotes and sentences go into
// it where the caret is. Without scripts the form does the same by its buttons, one page after another.
const form = document.querySelector("form[data-draft]");
const reply = document.getElementById("reply-words");

function insert(words) {
  const before = reply.value.slice(0, reply.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n\n" : "";
  reply.focus();
  if (!document.execCommand("insertText", false, gap + words)) {
    reply.setRangeText(gap + words, reply.selectionStart, reply.selectionEnd, "end");
    reply.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

if (form) {
  const name = `cases.${form.dataset.draft}`;
  const note = document.getElementById("reply-restored");
  if (form.dataset.done === "yes") {
    sessionStorage.removeItem(name);
    history.replaceState(null, "", location.pathname); // looked at again, it clears nothing
  }
  const kept = sessionStorage.getItem(name);
  if (kept && form.dataset.own === "no" && !reply.value) {
    reply.value = kept;
    reply.dispatchEvent(new Event("input", { bubbles: true }));
    note.textContent = form.dataset.restored;
    note.hidden = false;
  }
  reply.addEventListener("input", () => {
    if (reply.value) sessionStorage.setItem(name, reply.value);
    else sessionStorage.removeItem(name);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    if (!button) return;
    event.preventDefault();
    insert(button.dataset.insert);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".canned-insert");
    if (button) insert(button.closest("details").querySelector(".canned-words").textContent);
  });
}
