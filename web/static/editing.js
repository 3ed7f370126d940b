// Writing at a record: how many letters are left in a long text. Without this the limit is told by the form that comes back.
for (const field of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const counter = document.createElement("p");
  counter.className = "counter";
  field.after(counter);
  const count = () => {
    const left = limit - [...field.value].length;
    counter.textContent = left < 0 ? field.dataset.over.replace("#", -left) : field.dataset.left.replace("#", left);
    counter.classList.toggle("wrong", left < 0);
  };
  field.addEventListener("input", count);
  count();
}

// Remarks on how plain a text is: a button puts its words into the field, as if they were typed, so that they can be
// undone and the caret stays where it was. Places are counted in characters, as Python counts them.
const units = (text, characters) => [...text].slice(0, characters).join("").length;

const replace = (field, start, was, instead) => {
  const from = units(field.value, start);
  if (!field.value.startsWith(was, from)) return field.dispatchEvent(new Event("input", { bubbles: true }));
  const moved = (place) => (place <= from ? place : Math.max(from, place + instead.length - was.length));
  const [left, right] = [moved(field.selectionStart), moved(field.selectionEnd)];
  field.focus();
  field.setSelectionRange(from, from + was.length);
  if (!document.execCommand("insertText", false, instead)) {
    field.setRangeText(instead);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(left, right);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-replace]");
  if (!button) return;
  const field = document.getElementById(button.dataset.replace);
  replace(field, Number(button.dataset.start), button.dataset.was, button.dataset.instead);
});

// What was unfolded stays so when the remarks are made anew.
const unfolded = new Set();
document.addEventListener("toggle", (event) => {
  if (!event.target.id?.startsWith("plain-")) return;
  if (event.target.open) unfolded.add(event.target.id);
  else if (event.target.isConnected) unfolded.delete(event.target.id);
}, true);
document.addEventListener("htmx:after:swap", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
});
document.documentElement.classList.add("has-scripts");
