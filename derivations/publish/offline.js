// Keeps what was read of this site, so that it can be read again without a network. The build puts before this RELEASE, the hash of the list of all that may be kept.
// A file is kept only if its content is what the list says: all that is kept is of one release, and nothing of it is an error, cut short, or changed on the way.
// Pages come from the network as long as it answers; only what is named by its content comes from here first.
const ROOT = registration.scope, OURS = `likelihood ${ROOT} `, KEPT = OURS + RELEASE, LIST = "offline.json", INSTEAD = "offline.html";
const PATIENCE = 4000; // milliseconds in which the network has to begin its answer, where something is kept
const BY_CONTENT = /^(python|\w+\/assets)\//;

const at = (name) => new URL(name, ROOT).href;
const named = (address) => address.slice(ROOT.length).replace(/[?#].*/s, "").replace(/(^|\/)index\.html$/, "$1");
const kept = (name) => caches.match(at(name), { cacheName: KEPT, ignoreVary: true });
const hash = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8), (each) => each.toString(16).padStart(2, "0")).join("");

let list = null;
async function listed() {
  if (!list) {
    const groups = await (await kept(LIST))?.json() ?? {};
    list = { groups, files: Object.assign({}, ...Object.values(groups)) };
  }
  return list;
}
let full = false; // whether there was no room for something
const room = () => { if (full) throw new Error("There is no room for more."); };
async function put(name, answer) {
  await (await caches.open(KEPT)).put(at(name), answer).catch(async () => {
    full = true;
    for (const each of await clients.matchAll({ includeUncontrolled: true })) each.postMessage("full");
  });
}
async function begin() {
  full = false;
  if (await kept(LIST)) return;
  const answer = await fetch(at(LIST), { cache: "no-cache" });
  if (await hash(await answer.clone().arrayBuffer()) !== RELEASE) throw new Error("The list is of another release: only a part of the site has been uploaded.");
  await put(LIST, answer);
  room();
  list = null;
}

// Keeps an answer, if there is room; whether it is what this release has there.
async function keep(name, answer) {
  const [, content] = (await listed()).files[name] ?? [];
  if (!content || !answer.ok || answer.redirected || await hash(await answer.clone().arrayBuffer()) !== content) return false;
  if (await caches.has(KEPT) && !await kept(name)) await put(name, answer);
  return true;
}

// Fetches and keeps what is missing of these, two at a time, after whatever the page itself asks for; nothing more once there is no room.
let filling = Promise.resolve();
const fill = (names) => filling = filling.catch(() => {}).then(async () => {
  if (!await caches.has(KEPT)) return;
  full = false;
  const { files } = await listed(), there = new Set((await (await caches.open(KEPT)).keys()).map(({ url }) => named(url)));
  const missing = [...new Set(names)].filter((name) => name in files && !there.has(name));
  await Promise.all([1, 2].map(async () => {
    for (let name; !full && (name = missing.shift()) !== undefined;) await keep(name, await fetch(at(name), { cache: BY_CONTENT.test(name) ? "default" : "no-cache", priority: "low" }));
  }));
  room();
});
const cited = (steps) => steps.flatMap(({ cites, parts = [] }) => [...cites, ...parts.flatMap((part) => cited(part.steps))]);
async function fillFor(name) { // the records by which the proof of an equation, whose own page this is, is checked and attacked
  const of = /^\w+\/equations\/([^/]+)\/$/.exec(name)?.[1], record = (each) => `equations/${each}.json`;
  if (!of) return;
  await fill([record(of)]);
  const { equation } = await (await kept(record(of)))?.json() ?? {};
  if (equation) await fill([...cited(equation.proof.steps), `words/${equation.derivation}`, "laws"].map(record));
}

// A new release takes over what has not changed, and fetches the rest of what was kept. Where that fails, or has no room, the old one stays: it shows nothing old as long as there is a network.
addEventListener("install", (event) => event.waitUntil((async () => {
  await event.addRoutes?.({ condition: { urlPattern: `${ROOT}python/*` }, source: { cacheName: KEPT } }); // else the network; a browser that can does both without asking here
  await begin();
  const { groups } = await listed(), wanted = [INSTEAD];
  for (const each of await caches.keys()) {
    if (!each.startsWith(OURS) || each === KEPT) continue;
    const before = await caches.open(each);
    for (const { url } of await before.keys()) {
      const name = named(url);
      const same = await keep(name, await before.match(url, { ignoreVary: true }));
      room();
      if (same || navigator.connection?.saveData) continue;
      wanted.push(name, ...Object.keys(groups[`pages ${name.split("/")[0]}`] ?? {}));
    }
  }
  await fill(wanted);
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const each of await caches.keys()) if (each.startsWith(OURS) && each !== KEPT) await caches.delete(each);
  await clients.claim();
})()));

// A page says which groups are to be kept; it belongs to them itself.
addEventListener("message", (event) => event.waitUntil((async () => {
  await begin();
  const { groups } = await listed(), own = named(event.source.url);
  await fill([own, ...event.data.flatMap((group) => Object.keys(groups[group] ?? {}))]);
  await fillFor(own);
})().catch(() => {}))); // no network, or no room: the rest comes with the next page

let another = false; // whether the page that was shown last is of another release: then no part of it is one that is kept, and the network has all the time that it takes
addEventListener("fetch", (event) => {
  const { method, url, headers } = event.request;
  if (method === "GET" && url.startsWith(ROOT) && !headers.has("range")) event.respondWith(answered(event, named(url)));
});
async function answered(event, name) {
  const { request } = event, page = request.mode === "navigate", copy = await kept(name);
  if (BY_CONTENT.test(name) && (copy || name.startsWith("python/"))) return copy ?? fetch(request); // Python is kept when it has been used
  let late = false;
  const network = fetch(request); // no navigation preload: where that fails, Firefox shows its own page of errors, whatever it is answered
  event.waitUntil(network.then((answer) => Promise.all([answer.ok, keep(name, answer.clone())])).then(async ([ok, ours]) => {
    if (page) another = ok && !ours;
    if (page && late && another) (await clients.get(event.resultingClientId))?.postMessage("newer");
    if (ours) await fillFor(name);
  }).catch(() => {}));
  const usable = network.then((answer) => { if (copy && answer.status >= 500) throw new Error(answer.statusText); return answer; });
  if (!copy || (another && !page)) return page ? usable.catch(() => instead(name)) : usable;
  const answer = await Promise.race([usable, ...(another ? [] : [new Promise((over) => setTimeout(over, PATIENCE))])]).catch(() => null);
  if (answer) return answer;
  late = true;
  another = false;
  return copy;
}
async function instead(name) { // nothing is kept of this address
  if (await kept(`${name}/`)) return Response.redirect(at(`${name}/`));
  const answer = await kept(INSTEAD), text = await answer?.text() ?? "";
  return new Response(text.replace(/href="[^"]*"(?= data-to="([^"]*)")/g, (all, to) => `href="${at(to)}"`), { status: 503, headers: answer?.headers });
}
