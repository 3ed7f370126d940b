// Parts of a page that stay fresh by themselves: <div data-fresh="/operators/rising" data-seconds="60">.
// Only what is in their places (elements with an id) is exchanged, and only where it is another: the places stay, so
// that a screen reader tells what comes into them.

async function refresh(part) {
  let answer;
  try {
    answer = await fetch(part.dataset.fresh, { redirect: "manual", headers: { "X-By-Itself": "yes" } });
  } catch {
    return; // away for a moment; the next time comes soon
  }
  if (answer.type === "opaqueredirect") location.reload(); // signed out: the page itself leads to the sign-in
  if (answer.ok) exchange(await answer.text());
}

function exchange(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const place of fresh.querySelectorAll("[data-fresh] > [id]")) {
    const here = document.getElementById(place.id);
    if (here && plain(here) !== plain(place)) here.innerHTML = place.innerHTML;
  }
}

// The token of a form is another each time, and means the same.
function plain(place) {
  const copy = place.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrf_token]")) token.remove();
  return copy.innerHTML;
}

for (const part of document.querySelectorAll("[data-fresh]")) {
  setInterval(refresh, 1000 * part.dataset.seconds, part);
}

document.addEventListener("starred", () => {
  for (const part of document.querySelectorAll(".favourites[data-fresh]")) refresh(part);
});

// That a notice was read is sent without leaving the page.
document.addEventListener("submit", async (event) => {
  const part = event.target.closest(".bulletins");
  if (!part) return;
  event.preventDefault();
  try {
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    await fetch(event.target.action, { method: "POST", body, redirect: "manual" });
  } catch {
    event.target.submit(); // the browser says what is wrong
    return;
  }
  await refresh(part);
});
