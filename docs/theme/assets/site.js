// What Material does not do: copy TeX, filter the list of equations, keep the place when the language changes, and find
// pages when the site is opened as files. Without this file everything can still be read.
"use strict";

function offerCopies(within) {
  for (const button of within.querySelectorAll(".copy")) {
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
}
offerCopies(document);

// A proof stands in its page as the text of a noscript element; opened, it becomes part of the page.
function unfold(proof) {
  const kept = proof.querySelector(":scope > noscript");
  if (!kept) return;
  kept.insertAdjacentHTML("afterend", kept.textContent);
  offerCopies(kept.nextElementSibling);
  straighten(kept.nextElementSibling);
  kept.remove();
}
document.addEventListener("toggle", ({ target }) => { if (target.open && target.matches("details.proof")) unfold(target); }, true);

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

function straighten(within) { // opened as files, a folder's page is its index.html
  if (location.protocol !== "file:") return;
  for (const link of within.querySelectorAll("a[href]")) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
}
straighten(document);
if (location.protocol === "file:") { // no script may read the index from a file, and Material waits for it
  const say = () => { for (const each of document.querySelectorAll(".md-search-result__meta")) each.textContent = document.querySelector("[name=search-needs-server]").content; };
  document.querySelector(".md-search")?.addEventListener("focusin", say);
  say();
}
