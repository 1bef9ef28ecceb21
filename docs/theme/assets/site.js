// What Material does not do: copy TeX, filter the list of equations, keep the place when the language changes, and find
// pages when the site is opened as files. Without this file everything can still be read.
"use strict";

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(source.textContent);
      const said = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 1500);
    } catch {
      getSelection().selectAllChildren(source); // no clipboard here: selected is the next best
    }
  });
}

const filter = document.querySelector(".filter");
if (filter) {
  const entries = [...document.querySelectorAll(".entry")].map((entry) => [entry, entry.textContent.toLowerCase()]);
  const none = document.querySelector(".none");
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const [entry, text] of entries) entry.hidden = !words.every((word) => text.includes(word));
    none.textContent = entries.every(([entry]) => entry.hidden) ? none.dataset.none : "";
  });
}

for (const link of document.querySelectorAll("a.language, a.md-select__link")) {
  link.addEventListener("click", () => { link.hash = location.hash; });
}

// Material searches when a key is let go; what an input method or the mouse put in counts too.
document.querySelector(".md-search__input")?.addEventListener("input", (event) => {
  event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
});

if (location.protocol === "file:") { // a folder's page is its index.html
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
}
