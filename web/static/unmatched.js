// The inbox by keyboard: j and k, or the arrows, go from row to row; Enter opens, as any link.
const rows = [...document.querySelectorAll("[data-row]")];

document.addEventListener("keydown", (event) => {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const elsewhere = event.target.closest("input, select, textarea, button, [contenteditable]");
  if (!step || !rows.length || elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  event.preventDefault();
});
