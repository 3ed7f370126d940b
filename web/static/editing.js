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
