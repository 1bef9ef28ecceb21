// Checks proofs in the reader's browser, from the records that this site offers to everybody's programs. Loaded where somebody asks, and nothing is fetched before.
import { Kernel, Refused, cited, inOrder } from "./kernel.js";

const records = new Map();
export function fetched(address) {
  if (!records.has(address)) {
    records.set(address, fetch(address).then((answer) => { if (!answer.ok) throw new Error(answer.statusText); return answer.json(); }));
    records.get(address).catch(() => records.delete(address));
  }
  return records.get(address);
}
function said(place, words, values) {
  place.querySelector("[role=status]").textContent = words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}
const shown = (milliseconds, language) => (milliseconds < 9.95 ? milliseconds.toLocaleString(language, { maximumSignificantDigits: milliseconds < 1 ? 1 : 2 }) : Math.round(milliseconds).toLocaleString(language));

// One equation's proof, what it cites taken as it is stated. `place`: the element that asks, as seen from the page at `address`.
export async function checkOne(place, address) {
  const words = JSON.parse(place.dataset.words), { lang } = document.documentElement;
  try {
    const record = (id) => fetched(new URL(`${place.dataset.records}${id}.json`, address).href), own = await record(place.dataset.of);
    const others = await Promise.all([...new Set(cited(own.equation.proof.steps))].map(record)), began = performance.now();
    const kernel = new Kernel(Object.assign({}, ...[...others, own].map(({ names }) => names)));
    for (const { equation } of others) kernel.suppose(equation);
    const lines = kernel.check(own.equation);
    place.dataset.verdict = "accepted";
    said(place, words.done, { lines, time: shown(performance.now() - began, lang) });
  } catch (problem) {
    place.dataset.verdict = problem instanceof Refused ? "refused" : "unreachable";
    said(place, words[place.dataset.verdict], { why: problem.message });
  }
}

// All of them, a few milliseconds at a time, so that the page answers meanwhile.
export async function checkAll(place) {
  const words = JSON.parse(place.dataset.words), { lang } = document.documentElement, bar = place.querySelector("progress"), button = place.querySelector("button");
  button.disabled = true;
  bar.hidden = false;
  bar.removeAttribute("value"); // under way
  delete place.dataset.verdict;
  said(place, words.fetching, {});
  try {
    const { names, equations } = await fetched(new URL(place.dataset.catalogue, location.href).href), kernel = new Kernel(names), refused = [];
    let lines = 0, worked = 0, done = 0, since = performance.now();
    bar.max = equations.length;
    for (const equation of inOrder(equations)) {
      try { lines += kernel.check(equation); } catch (problem) {
        if (!(problem instanceof Refused)) throw problem;
        refused.push(`${equation.id}: ${problem.message}`);
      }
      bar.value = ++done;
      const now = performance.now();
      if (now - since < 30 && done < equations.length) continue;
      worked += now - since;
      await new Promise((go) => { setTimeout(go); });
      since = performance.now();
    }
    const values = { all: equations.length.toLocaleString(lang), accepted: (done - refused.length).toLocaleString(lang), lines: lines.toLocaleString(lang), time: shown(worked, lang), why: refused.slice(0, 5).join("; ") };
    place.dataset.verdict = refused.length || kernel.undefined.length ? "refused" : "accepted";
    said(place, refused.length ? words.refused : words.done, values);
  } catch {
    place.dataset.verdict = "unreachable";
    said(place, words.unreachable, {});
  }
  bar.hidden = true;
  button.disabled = false;
}
