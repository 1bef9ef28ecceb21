// Statements tried in Node as readers' browsers try them: `node attack.mjs ASSETS CATALOGUE`. Each line of JSON on standard input, {id, text, domain}, gets one on standard output:
// the answer, or {unread: …}. {id, all: true} asks for the texts of an equation: its statement, its wrong variants, its domain, each with the trees that are read from it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [assets, path] = process.argv.slice(2), { derivations, names, equations } = JSON.parse(readFileSync(path, "utf8"));
const modules = new Map();
function address(name) { // their names do not say that they are modules
  if (!modules.has(name)) modules.set(name, `data:text/javascript,${encodeURIComponent(readFileSync(join(assets, name), "utf8").replace(/(?<=")\.\/([\w-]+\.js)(?=")/g, (_, other) => address(other)))}`);
  return modules.get(name);
}
const { attempt, sources } = await import(address("attacking.js")), { Unread, range, stated, statement } = await import(address("typed.js"));
const records = new Map(equations.map((each) => [each.id, each]));

function wordsOf(own) {
  const { words } = derivations.find(({ name }) => name === own.derivation);
  return { ...words, names: Object.fromEntries(words.names.map((name) => [name, names[name]])) };
}
function texts(own) {
  const words = wordsOf(own), [{ terms, relations }] = own.rows;
  const chains = [terms, ...(own.evidence?.wrong ?? []).map(({ place, term }) => terms.map((each, at) => (at === place ? term : each)))];
  const read = (text) => { try { return stated(text, words, own.rows[0]); } catch (problem) { if (problem instanceof Unread) return { unread: problem.told }; throw problem; } };
  return { statements: chains.map((chain) => { const text = statement(chain, relations, words); return { text, read: text === null ? null : read(text) }; }), domain: Object.entries(own.context.quantities).map(([name, over]) => range(name, over, words)) };
}
function answer({ id, text, domain, all }) {
  const own = records.get(id);
  if (all) return texts(own);
  const words = wordsOf(own), began = performance.now();
  try {
    const others = sources(own, words).map((each) => records.get(each));
    return { ...attempt({ own, words, others, names }, text, domain ?? ""), took: performance.now() - began };
  } catch (problem) {
    if (!(problem instanceof Unread)) throw problem;
    return { unread: problem.told, place: problem.place, given: problem.given, allowed: problem.allowed };
  }
}
for await (const line of createInterface({ input: process.stdin })) if (line) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
