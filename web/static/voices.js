// The page on which a voice is made ready. Words that are selected on the left go into the field that replaces them;
// after a decision the next open mark has the focus, and Escape leaves a mark as it is. Without scripts all of it is forms.
const making = document.getElementById("making");

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const text = selection.toString().trim();
  const sought = document.getElementById("sought");
  if (!text || !sought || !selection.anchorNode) return;
  const side = selection.anchorNode.parentElement?.closest("[data-sought]");
  if (side && side.contains(selection.focusNode)) {
    const range = selection.getRangeAt(0).cloneContents();
    for (const number of range.querySelectorAll(".mark-number")) number.remove();
    sought.value = range.textContent.trim();
  }
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-mark]");
  if (!form || event.key !== "Escape" || event.isComposing) return;
  form.querySelector("button[value=leave]")?.click();
});

document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("[data-open] input[name=words]");
  if (making && document.activeElement?.closest?.("#making, body") && next) next.focus({ preventScroll: false });
});
