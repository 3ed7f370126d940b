// The star on a pane is set without leaving the page. `parts.js` then asks for the list anew.

document.addEventListener("submit", async (event) => {
  if (!event.target.matches(".star")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  body.delete("back");
  try {
    const answer = await fetch(event.target.action, { method: "POST", body, redirect: "manual" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const pressed = document.createElement("template");
    pressed.innerHTML = await answer.text();
    const star = pressed.content.querySelector(".star");
    event.target.replaceWith(star);
    star.querySelector("button").focus();
    document.dispatchEvent(new Event("starred"));
  } catch {
    event.target.submit(); // the browser says what is wrong
  }
});
