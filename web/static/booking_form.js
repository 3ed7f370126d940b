// Says when the time for which a seat is held is nearly over. The form works without.
const box = document.getElementById("until");
if (box) {
  const soon = document.getElementById("soon");
  const left = Number(box.dataset.seconds) * 1000;
  setTimeout(() => {
    box.classList.add("warn");
    soon.textContent = soon.dataset.says;
  }, Math.max(0, left - 2 * 60 * 1000));
}
document.getElementById("wrongs")?.focus();
