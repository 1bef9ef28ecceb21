// Shows what this browser keeps of the site, to be read without a network (site.js, and the worker offline.js), keeps more of it, and removes it.
const place = document.querySelector(".kept"), words = JSON.parse(place.dataset.words), { lang } = document.documentElement, status = place.querySelector("[role=status]");
const address = new URL(place.dataset.list, location.href).href, root = new URL(".", address).href, ours = `likelihood ${root} `, off = "likelihood-offline";
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const number = (value, digits = 0) => !value ? "0" : value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });
const button = (name) => place.querySelector(`.${name}`);

const stores = async () => Promise.all((await caches.keys()).filter((each) => each.startsWith(ours)).map((each) => caches.open(each)));
let full = false; // whether the worker has said that there is no room for more
const wanted = () => localStorage.getItem(off) !== "no";
async function show() {
  const opened = await stores(), requests = (await Promise.all(opened.map((each) => each.keys()))).flat();
  const there = new Set(requests.map(({ url }) => url.slice(root.length)));
  const groups = await (await opened.at(-1)?.match(address) ?? await fetch(address)).json();
  let count = 0, bytes = 0;
  for (const row of place.querySelectorAll("[data-groups]")) {
    const files = row.dataset.groups.split(",").flatMap((group) => Object.entries(groups[group])), kept = files.filter(([name]) => there.has(name));
    const [some, all] = [kept, files].map((each) => each.reduce((sum, [, [size]]) => sum + size, 0)), [, , counted, size] = row.children;
    counted.textContent = filled(words.of, { some: number(kept.length), all: number(files.length) });
    size.textContent = filled(words.of, { some: number(some / 1e6, 1), all: number(all / 1e6, 1) });
    count += kept.length;
    bytes += some;
  }
  const said = !wanted() ? [words.off] : [...(count ? [words.kept] : full ? [] : [words.nothing]), ...(full ? [words.full] : [])];
  status.innerText = filled(said.join("\n"), { count: number(count), size: number(bytes / 1e6, 1) });
  for (const [name, shown] of [["more", wanted()], ["none", wanted()], ["again", !wanted()]]) button(name).hidden = !shown;
  return count;
}
async function follow() { // as long as more comes
  for (let before = -1, still = 0; still < 4; await new Promise((go) => setTimeout(go, 500))) {
    const now = await show();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}
async function remove() {
  await (await navigator.serviceWorker.getRegistration(root))?.unregister();
  for (const each of await caches.keys()) if (each.startsWith(ours)) await caches.delete(each);
}
button("more").addEventListener("click", async () => {
  full = false;
  (await navigator.serviceWorker.ready).active.postMessage([`equations ${lang.slice(0, 2)}`, "records"]);
  follow();
});
button("none").addEventListener("click", async () => {
  localStorage.setItem(off, "no");
  await remove();
  location.reload(); // only then is the worker gone
});
button("again").addEventListener("click", () => {
  localStorage.removeItem(off);
  location.reload();
});
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data !== "full" || full) return;
  full = true;
  show();
});
addEventListener("load", () => setTimeout(() => dispatchEvent(new Event("keep")))); // whoever comes here need not wait until it begins by itself (site.js)
try {
  await show();
  if (wanted()) await navigator.serviceWorker.ready; else await remove(); // what another window has kept meanwhile
  await follow();
} catch {
  status.textContent = words.unable;
}
