// What the dashboard is the better for, and does not need: files dropped anywhere on the form, and
// parts of a page that keep up with the ledger. Without it every page works as well.
"use strict";

for (const form of document.querySelectorAll("form.drop")) {
  const input = form.querySelector("input[type=file]");
  const hint = form.querySelector("[data-with-script]");
  if (hint) hint.hidden = false;
  let depth = 0;
  const over = (is) => form.classList.toggle("over", is);
  form.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; over(true); });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; over(false); } });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  // A file that misses the form would be opened in its place.
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => event.preventDefault());
}

// Asked again while somebody looks; never under a reader's hands.
const live = () => document.querySelectorAll("[data-live]");
const every = Number(document.documentElement.dataset.every || 0);
if (every > 0 && live().length > 0) {
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of live()) {
        const fresh = next.getElementById(old.id);
        const busy = old.contains(document.activeElement) || old.querySelector("details[open]");
        if (fresh && !busy && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The daemon is away for a moment; the page stays as it is.
    }
  };
  setInterval(ask, every * 1000);
}
