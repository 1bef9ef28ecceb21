// Copies TeX, opens what proves an equation, keeps the place when the language changes, shows where one is, changes the
// colours, finds pages when the site is opened as files, and brings the search. Without this file everything can still be read.
"use strict";

// When the page has nothing else to do; in two seconds at the latest, since Chromium sometimes never finds a page idle on which nothing happens.
const whenIdle = (work) => (window.requestIdleCallback ?? setTimeout)(work, window.requestIdleCallback && { timeout: 2000 });

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
for (const code of document.querySelectorAll("code[data-from]")) { // what the formula says to screen readers, and where this page is, to be copied
  const said = code.dataset.from === "mathml" ? document.querySelector(".statement math")?.outerHTML
    : location.protocol !== "file:" && `[${code.dataset.title}](${location.href.split("#")[0]})`;
  if (!said) continue;
  code.textContent = said;
  for (const each of [code.parentElement, code.parentElement.previousElementSibling]) each.hidden = false;
}
offerCopies(document);

// A narrow page is first laid out as far as one sees (book.css), and the rest here, a little at a time.
{
  const later = matchMedia("(max-width: 76.2344em)").matches && window.requestIdleCallback
    ? [...document.querySelectorAll(":is(.md-content__inner, .notebook) > :nth-child(n + 14)")] : [];
  const goOn = () => {
    for (const end = performance.now() + 5; later.length && performance.now() < end;) {
      const each = later.shift();
      each.classList.add("laid");
      each.offsetHeight; // lays it out now
    }
    if (later.length) whenIdle(goOn); else document.documentElement.classList.add("laid");
  };
  if (later.length) addEventListener("load", () => whenIdle(goOn)); else goOn();
}

// A formula too wide for its place goes on in the next lines by CSS (mathematics.css) where the browser lets that speak of formulas; elsewhere it becomes several here, one for
// each part, which then goes on like words.
const breaks = CSS.supports("width: calc-size(auto, size)");
function inPieces(parts) {
  const row = Object.assign(document.createElement("span"), { className: "parts" });
  for (const each of [...parts.children]) {
    const piece = each.matches(".parts") ? inPieces(each) : document.createElementNS(parts.namespaceURI, "math");
    if (piece.localName === "math") { piece.setAttribute("display", "block"); piece.append(each); }
    row.append(piece);
  }
  return row;
}

// A formula hardly wider than its place is set smaller. What scrolls by itself can be reached by the keyboard, and nothing else is a stop on the way.
const measured = new ResizeObserver((each) => {
  for (const { target } of each) {
    target.style.fontSize = "";
    const whole = !breaks && target.scrollWidth > target.clientWidth && target.querySelector(":scope > math.parts");
    if (whole) whole.replaceWith(inPieces(whole));
    const over = target.scrollWidth / target.clientWidth;
    if (over > 1 && over < 1.2 && target.matches(".formula")) target.style.fontSize = `${Math.floor(990 * parseFloat(getComputedStyle(target).fontSize) / over) / 1000}px`;
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0; else target.removeAttribute("tabindex");
  }
});
function measure(within) {
  for (const each of within.querySelectorAll(".formula, .line .term, pre > code, table.rows, table.totals")) measured.observe(each);
}
measure(document);

// A mark is a link to its equation's own page. Here it opens what that page says of why: nothing is fetched before somebody asks.
const fetched = new Map();
function pageOf(address) {
  if (!fetched.has(address)) {
    fetched.set(address, fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    }));
    fetched.get(address).catch(() => fetched.delete(address));
  }
  return fetched.get(address);
}
function adopted(element, address) { // an element of another page, for this one: links lead where they led, what stands here is named by its number
  const made = document.importNode(element, true);
  for (const each of [made, ...made.querySelectorAll("[id]")]) each.removeAttribute("id");
  for (const link of made.querySelectorAll("a[href]")) {
    link.href = new URL(link.getAttribute("href"), address);
    const here = link.dataset.equation && document.getElementById(link.dataset.equation)?.querySelector(":scope > .number");
    if (here) { link.href = `#${link.dataset.equation}`; link.textContent = here.textContent; }
  }
  return made;
}
for (const mark of document.querySelectorAll("a.proof")) {
  mark.setAttribute("role", "button");
  mark.setAttribute("aria-expanded", "false");
}
async function turn(mark) {
  let opened = mark.nextElementSibling;
  if (!opened?.matches(".opened")) {
    try {
      opened = adopted((await pageOf(mark.href)).getElementById("why"), mark.href);
    } catch { // opened as files, or offline: the page itself, then
      location.assign(mark.href);
      return;
    }
    if (mark.nextElementSibling?.matches(".opened")) return; // asked for twice while it came
    opened.hidden = true;
    opened.prepend(...opened.querySelectorAll(":scope > .lines")); // why it is true comes first
    mark.after(opened);
    offerCopies(opened);
    measure(opened);
    straighten(opened);
    for (const place of opened.querySelectorAll(".check")) {
      place.querySelector("button").remove(); // whoever opens it has asked
      import("./checking.js").then(({ checkOne }) => checkOne(place, mark.href), () => {});
    }
  }
  opened.hidden = !opened.hidden;
  mark.setAttribute("aria-expanded", String(!opened.hidden));
}
document.addEventListener("click", (event) => { // on an equation's own page, and on `trust`
  const place = event.target.closest?.(".check button, .check-all button")?.parentElement;
  const own = event.target.closest?.(".try > button")?.parentElement;
  if (own) import("./trying.js").then(({ offer }) => offer(own, own.closest(".opened").previousElementSibling.href ?? location.href), () => {});
  if (place) import("./checking.js").then(({ checkOne, checkAll }) => (place.matches(".check") ? checkOne(place, location.href) : checkAll(place)), () => {});
  const runs = event.target.closest?.(".run > button")?.parentElement;
  if (runs) import("./run.js").then(({ open }) => open(runs)).catch(() => { runs.querySelector("[role=status]").textContent = runs.dataset.unreachable; });
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.proof");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  turn(mark);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("a.proof")) return;
  event.preventDefault();
  turn(event.target);
});

// Pointed at or focused, a link to an equation shows it.
const { base } = JSON.parse(document.getElementById("__config").textContent); // the folder of this language
{
  const preview = Object.assign(document.createElement("div"), { className: "preview", id: "preview", hidden: true });
  preview.setAttribute("role", "tooltip");
  let asked = null, wait = 0;
  async function show(link) {
    const address = new URL(`${base}/equations/${link.dataset.equation}/`, location.href).href;
    let page;
    try { page = await pageOf(address); } catch { return; }
    if (asked !== link) return;
    preview.replaceChildren(...[...page.querySelectorAll("article h1, article .statement")].map((each) => adopted(each, address)));
    preview.firstElementChild?.replaceWith(Object.assign(document.createElement("p"), { textContent: preview.firstElementChild.textContent }));
    if (!preview.isConnected) document.querySelector(".md-typeset")?.append(preview);
    preview.hidden = false;
    const place = link.getBoundingClientRect(), box = preview.getBoundingClientRect(), under = place.bottom + box.height + 12 < innerHeight;
    preview.style.left = `${Math.max(8, Math.min(place.left, document.documentElement.clientWidth - box.width - 8))}px`;
    preview.style.top = `${under ? place.bottom + 6 : Math.max(8, place.top - box.height - 6)}px`;
    link.setAttribute("aria-describedby", "preview");
  }
  function hide() {
    clearTimeout(wait);
    asked?.removeAttribute("aria-describedby");
    asked = null;
    preview.hidden = true;
  }
  const consider = (event) => {
    const link = event.target.closest?.("a[data-equation]");
    if (link === asked) return;
    hide();
    if (!link || document.getElementById(link.dataset.equation)?.contains(link)) return;
    asked = link;
    wait = setTimeout(() => show(link), event.type === "focusin" ? 0 : 250);
  };
  document.addEventListener("mouseover", consider);
  document.addEventListener("focusin", consider);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
}

// A figure to play with asks for its script when it comes near the screen.
{
  const near = new IntersectionObserver((seen) => {
    const figure = seen.find((each) => each.isIntersecting)?.target;
    if (!figure) return;
    near.disconnect();
    document.head.append(Object.assign(document.createElement("script"), { src: figure.dataset.play }));
  }, { rootMargin: "75%" });
  for (const figure of document.querySelectorAll("[data-play]")) near.observe(figure);
}

// Where the page is wide, the notes beside the text are open; the style sheet shows them there without this, but readers of screens should hear it too.
{
  const wide = matchMedia("(min-width: 84em)"), turnAll = () => { for (const aside of document.querySelectorAll("details.aside")) aside.open = wide.matches; };
  if (wide.matches) turnAll();
  wide.addEventListener("change", turnAll);
}

for (const link of document.querySelectorAll(".section .md-nav__link--active[href]")) { // a long section scrolls by itself: to this page
  const list = link.closest(".section > ul");
  list.scrollTop = link.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
}

for (const link of document.querySelectorAll("a.language, a.md-select__link")) {
  link.addEventListener("click", () => { link.search = location.search; link.hash = location.hash; });
}

// The colours that a reader chooses stay chosen.
{
  const page = document.documentElement, turn = { system: "light", light: "dark", dark: "system" };
  const paint = () => { // the browser's own bar too
    const colour = getComputedStyle(page).backgroundColor;
    for (const each of document.querySelectorAll("[name=theme-color]")) each.content = colour;
  };
  if (page.dataset.theme) paint();
  for (const button of document.querySelectorAll(".theme")) {
    button.addEventListener("click", () => {
      const theme = turn[button.value];
      if (theme === "system") delete page.dataset.theme; else page.dataset.theme = theme;
      try { localStorage.setItem("likelihood-theme", page.dataset.theme ?? ""); } catch {} // some browsers keep nothing
      document.querySelector(`.theme[value=${theme}]`).focus();
      paint();
    });
  }
}

// Where one is: marked in the contents; in the bar, the page's title once it is out of sight.
{
  const links = [...document.querySelectorAll(".md-nav--secondary a[href^='#']")], bar = document.querySelector(".md-header__title");
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))), title = document.querySelector("article h1");
  let waiting = false;
  const look = () => {
    waiting = false;
    const here = places.findLastIndex((place) => place?.getBoundingClientRect().top < innerHeight / 4);
    links.forEach((link, index) => link.classList.toggle("md-nav__link--active", index === here));
    bar?.classList.toggle("md-header__title--active", title?.getBoundingClientRect().bottom < bar.offsetHeight);
  };
  addEventListener("scroll", () => { waiting ||= !!requestAnimationFrame(look); }, { passive: true });
  if (scrollY) look();
}

// What is folded opens for whoever is sent to something in it, and the navigation closes behind whoever follows a link.
function reveal() {
  const folded = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  folded.scrollIntoView();
}
reveal();
addEventListener("hashchange", reveal);
document.querySelector(".md-sidebar")?.addEventListener("click", (event) => { if (event.target.closest("a")) document.getElementById("__drawer").checked = false; });

// What was read can be read again without a network, unless the reader wants nothing kept (kept.js). The worker that keeps it would slow down a page that is still being
// laid out: it begins when the reader first does something, or is still there after a while.
if (navigator.serviceWorker && /^http/.test(location.protocol) && !document.querySelector("script[data-state]")) { // `make serve` shows what is edited, and keeps nothing
  const home = new URL(`${base}/../`, location.href), language = document.documentElement.lang.slice(0, 2);
  let wanted = true;
  try { wanted = localStorage.getItem("likelihood-offline") !== "no"; } catch {} // some browsers keep nothing
  const begun = new Promise((begin) => addEventListener("load", () => {
    setTimeout(begin, 10_000);
    for (const kind of ["pointerdown", "keydown", "scroll", "keep"]) addEventListener(kind, begin, { once: true, passive: true });
  }));
  const worker = new Promise((ready) => begun.then(() => whenIdle(async () => {
    if (wanted) await navigator.serviceWorker.register(new URL("offline.js", home), { updateViaCache: "none" }).then(() => navigator.serviceWorker.ready.then(ready), () => {});
  })));
  const keep = (...groups) => worker.then(({ active }) => active.postMessage(groups));
  keep(...(navigator.connection?.saveData ? [] : ["shared", `pages ${language}`]));
  addEventListener("python", () => keep("python")); // when it has been used
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data === "newer") location.reload(); }); // what was shown was kept, and the network had something newer after all
}

// The search is Material's, with all of Material's script, which comes when somebody wants to search: a page would else be laid out for it before it is read.
{
  const source = document.querySelector("script[type='text/search']"), input = document.querySelector(".md-search__input"), shown = document.getElementById("__search");
  let asked = false, brought = false;
  const bring = () => {
    if (asked || location.protocol === "file:") return;
    asked = true;
    const script = Object.assign(document.createElement("script"), { src: source.src });
    const stay = (event) => { if (!shown.checked && document.activeElement === input) event.preventDefault(); };
    shown.addEventListener("click", stay); // it begins by closing the search where an address ends in an anchor
    script.addEventListener("load", () => {
      brought = true;
      setTimeout(() => shown.removeEventListener("click", stay), 300);
    });
    document.body.append(script);
  };
  const asks = (event) => { if (event.target.closest?.(".md-search, [for=__search]")) bring(); };
  if (source && input) {
    for (const kind of ["focusin", "pointerdown"]) addEventListener(kind, asks, { passive: true });
    document.querySelector("header [for=__search]").addEventListener("click", () => input.focus());
    input.addEventListener("focus", () => { if (!brought) shown.checked = true; });
    // Material searches when a key is let go; what an input method or the mouse put in counts too.
    input.addEventListener("input", () => { input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })); });
    if (document.activeElement === input || shown.checked || new URLSearchParams(location.search).has("q")) bring();
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    const turned = { p: "prev", ",": "prev", n: "next", ".": "next" }[event.key];
    const neighbour = turned && !brought && document.querySelector(`link[rel=${turned}]`);
    if (neighbour) location.assign(neighbour.href);
    if (!/^[fs/]$/.test(event.key) || !input) return;
    event.preventDefault();
    input.focus();
  });
}

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
