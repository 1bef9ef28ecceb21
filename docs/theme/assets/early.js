// What has to happen before the page is drawn. It stands in the page itself.

// The first drawing waits, a second at most (book.css), for the faces that the page needs: else formulas change
// their width when their letters come, and lines move under the reader's eyes.
document.documentElement.classList.add("scripted");
Promise.allSettled([...document.querySelectorAll("link[data-face]")].map((link) => document.fonts.load(link.dataset.face)))
  .then(() => document.documentElement.classList.add("set"));

// Material opens every proof for printing, and the coin's article filled 21 sheets. What the reader opened is printed open, and nothing else.
(() => {
  const { matchMedia } = window;
  window.matchMedia = (query) => matchMedia.call(window, query === "print" ? "not all" : query);
  addEventListener("beforeprint", (event) => event.stopImmediatePropagation());
})();

// Material fetches its search index and its worker with every page. Here both wait until somebody wants to search.
(() => {
  const wanted = new Promise((start) => {
    const ask = (event) => { if (event.target.closest?.(".md-search, [for=__search]") || /^[fs/]$/.test(event.key || "")) start(); };
    for (const kind of ["focusin", "pointerdown", "keydown"]) addEventListener(kind, ask, { capture: true, passive: true });
    if (new URLSearchParams(location.search).has("q")) start();
  });
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.waits = String(url).endsWith("search/search_index.json");
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (this.waits) wanted.then(() => send.call(this, body)); else send.call(this, body);
  };
  const ready = window.Worker;
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.made = wanted.then(() => {
        const worker = new ready(url);
        worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
        return worker;
      });
    }
    postMessage(message) { this.made.then((worker) => worker.postMessage(message)); }
  };
  // Material would also fetch the other language's sitemap to find this page in it; our links already lead there.
  for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel = "alternate ";
})();
