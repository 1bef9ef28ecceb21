// Finds equations: by identifier, by words and what else people call the same, by a formula in TeX or Python whatever its letters, by a number of a release.
// It does what derivations/catalogue/finding.py does, from the index that was worked out there; a test asks both the same.
"use strict";

const POINTS = [[0.3719, 0.6143, 0.8271, 0.1563, 0.4517], [0.8837, 0.2371, 0.5519, 0.7043, 0.3361], [5.3813, 2.1731, 3.6197, 7.2911, 1.4423]];
const MOST_LETTERS = 5, SAME = 1e-9, NEAR = 0.4;
const LETTER = "[\\p{L}\\p{Nl}\\p{No}]";
const TOKEN = new RegExp(String.raw`\s*(?:([0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(\\[A-Za-z]+)|(${LETTER}+(?:_[\p{L}\p{N}_]+)*)|(\*\*|[-+*/^_(){}[\]=,|!])|(\S))`, "uy");
const SPACING = /\\(?:[,;:! ]|(?:quad|qquad|left|right|big|Big|bigl|bigr|displaystyle|limits)(?![A-Za-z]))|[&~]|\\\\/g;
const OPENING = { "(": ")", "[": "]", "{": "}" };
const FUNCTIONS = { log: "log", ln: "log", exp: "exp", sqrt: "sqrt", abs: "abs" };
const APPLIED = new Set(["f", "g", "h", "L", "H", "J", "I", "E", "V", "P", "\\sigma", "sigma", "σ"]);
const MATHEMATICS = new RegExp(String.raw`[\\^*/=+]|[([].*[)\]]|(?<!${LETTER}{2})\s*-|-\s*(?!${LETTER}{2})`, "u");
const NUMBER = /^v?(\d+(?:\.\d+)*)\s+([a-z0-9-]+)\s+\(?(\d+)\)?$/;

class NotRead extends Error {}

class Reader { // letters that stand together are a product in TeX, a name in Python
  constructor(text) {
    this.tex = text.includes("\\");
    const plain = text.trim().replace(/^\$+|\$+$/g, "").replace(SPACING, " ").replaceAll("−", "-").replace(/[·]/g, "*").replaceAll("×", "*")
      .replace(/\\rbrace|\\\}/g, ")").replace(/\\lbrace|\\\{/g, "(");
    this.tokens = [];
    this.at = 0;
    TOKEN.lastIndex = 0;
    for (let found; (found = TOKEN.exec(plain));) {
      if (found[5]) throw new NotRead(found[5]);
      if (found[3] && this.tex) this.tokens.push(...found[3]);
      else if (found[0].trim()) this.tokens.push(found[0].trim());
    }
  }
  get now() { return this.tokens[this.at] ?? ""; }
  take(...expected) { return this.now && expected.includes(this.now) ? this.tokens[this.at++] : ""; }
  need(expected) { if (!this.take(expected)) throw new NotRead(this.now); }
  sides() {
    const sides = [this.sum()];
    while (this.take("=")) sides.push(this.sum());
    if (this.now) throw new NotRead(this.now);
    return sides;
  }
  sum() {
    const terms = [this.signed()];
    for (let sign; (sign = this.take("+", "-"));) {
      const term = this.product();
      terms.push(sign === "-" ? ["neg", term] : term);
    }
    return terms.length > 1 ? ["+", ...terms] : terms[0];
  }
  signed() {
    if (this.take("-")) return ["neg", this.product()];
    this.take("+");
    return this.product();
  }
  product() {
    let made = this.power();
    for (;;) {
      if (this.take("*", "\\cdot", "\\times")) made = ["*", made, this.unary()];
      else if (this.take("/")) made = ["/", made, this.unary()];
      else if (/^[\p{L}\p{N}\\([{.]/u.test(this.now) && !["\\cdot", "\\times"].includes(this.now)) made = ["*", made, this.power()];
      else return made;
    }
  }
  unary() { return this.take("-") ? ["neg", this.unary()] : this.power(); }
  power() {
    const base = this.primary();
    if (!this.take("^", "**")) return base;
    const index = this.now === "{" ? this.group() : this.unary();
    if (base[0] === "sym" && base[1] === "e") return ["exp", index];
    return base[0] === "sym" && base[1].startsWith("\\hat") ? ["sym", `${base[1]}^${JSON.stringify(index)}`] : ["^", base, index];
  }
  group() {
    const closing = OPENING[this.now];
    if (!closing) throw new NotRead(this.now);
    this.at += 1;
    const inner = this.sum();
    this.need(closing);
    return inner;
  }
  primary() {
    if (Object.hasOwn(OPENING, this.now)) return this.group();
    if (this.take("|")) {
      const inner = this.sum();
      this.need("|");
      return ["abs", inner];
    }
    const token = this.now;
    if (!/^[\p{L}\p{N}\\.]/u.test(token)) throw new NotRead(token);
    this.at += 1;
    if (/^[\d.]/.test(token)) return ["num", Number(token)];
    const name = token.replace(/^\\+/, "");
    if (["frac", "tfrac", "dfrac"].includes(name)) return ["/", this.argument(), this.argument()];
    if (["binom", "binomial", "comb"].includes(name)) return this.now === "(" ? ["binom", ...this.pair()] : ["binom", this.argument(), this.argument()];
    if (Object.hasOwn(FUNCTIONS, name)) return this.applied(FUNCTIONS[name]);
    if (["hat", "bar", "tilde"].includes(name)) return ["sym", `\\hat${JSON.stringify(this.argument())}`];
    if (name === "pi") return ["pi"];
    return this.letter(token);
  }
  applied(name) {
    const base = this.take("_") ? this.argument() : null;
    const power = this.take("^", "**") ? this.argument() : null;
    let inner = [name, this.power()];
    if (base) inner = ["/", inner, ["log", base]];
    return power ? ["^", inner, power] : inner;
  }
  letter(token) {
    let index = "";
    while (this.take("_")) index += JSON.stringify(this.now === "{" ? this.listed("{", "}", ",") : [this.primary()]);
    if (this.now !== "(" || !APPLIED.has(token)) return ["sym", token + index];
    const inner = this.listed("(", ")", ",", ";", "|");
    if (["\\sigma", "sigma", "σ"].includes(token) && inner.length === 1) return ["/", ["num", 1], ["+", ["num", 1], ["exp", ["neg", inner[0]]]]];
    return ["sym", `${token}${index}${JSON.stringify(inner)}`];
  }
  argument() { return this.now === "{" ? this.group() : this.primary(); }
  pair() {
    const inner = this.listed("(", ")", ",", ";", "|");
    if (inner.length !== 2) throw new NotRead(this.now);
    return inner;
  }
  listed(opening, closing, ...between) {
    this.need(opening);
    const inner = [this.sum()];
    while (this.take(...between)) inner.push(this.sum());
    this.need(closing);
    return inner;
  }
}

class NoValue extends Error {}
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
function logGamma(x) {
  if (x < 0.5) return Math.log(Math.abs(Math.PI / Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x + 6.5, sum = LANCZOS.reduce((made, term, place) => made + (place ? term / (x - 1 + place) : term));
  return Math.log(Math.sqrt(2 * Math.PI) * sum) + (x - 0.5) * Math.log(shifted) - shifted;
}
const VALUE = {
  "+": (...parts) => parts.reduce((made, part) => made + part, 0),
  "*": (...parts) => parts.reduce((made, part) => made * part, 1),
  neg: (part) => -part, "/": (above, below) => above / below, "^": (base, index) => base ** index,
  log: (part) => (part > 0 ? Math.log(part) : NaN), exp: Math.exp, sqrt: Math.sqrt, abs: Math.abs, pi: () => Math.PI,
  binom: (n, k) => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)),
};
function value(tree, given) {
  if (tree[0] === "sym") return given.get(tree[1]);
  if (tree[0] === "num") return tree[1];
  const found = VALUE[tree[0]](...tree.slice(1).map((part) => value(part, given)));
  if (!Number.isFinite(found)) throw new NoValue(tree[0]);
  return found;
}
function letters(tree, found = new Set()) {
  if (tree[0] === "sym") found.add(tree[1]);
  else if (tree[0] !== "num") tree.slice(1).forEach((part) => letters(part, found));
  return found;
}
function* orders(list, chosen = []) {
  if (!list.length) yield chosen;
  for (const each of list) yield* orders(list.filter((other) => other !== each), [...chosen, each]);
}
function everyOrder(tree) {
  const own = [...letters(tree)];
  if (own.length > MOST_LETTERS) return [];
  return [...orders(own)].map((order) => POINTS.map((point) => {
    try { return value(tree, new Map(order.map((letter, place) => [letter, point[place]]))); } catch (problem) {
      if (problem instanceof NoValue) return null;
      throw problem;
    }
  }));
}
const close = (one, other) => Math.abs(one - other) <= Math.max(SAME * Math.max(Math.abs(one), Math.abs(other)), 1e-12);
const same = (one, other) => {
  const pairs = one.map((number, place) => [number, other[place]]).filter(([a, b]) => a !== null || b !== null);
  return pairs.length > 0 && pairs.every(([a, b]) => a !== null && b !== null && close(a, b));
};
function brief(number) { // six digits, as Python's :g
  const [digits, power] = number.toExponential(5).split("e");
  return power < -4 || power > 5 ? `${Number(digits)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}` : String(Number(number.toPrecision(6)));
}
function shape(tree) {
  const own = [...letters(tree)], said = [""];
  (function walk(each) {
    if (each[0] === "sym") said.push("abcdefghijklmnopqrstuvwxyz"[Math.min(own.indexOf(each[1]), 25)]);
    else if (each[0] === "num") said.push(brief(each[1]));
    else { said.push(each[0]); each.slice(1).forEach(walk); }
  })(tree);
  said.push("");
  return said.slice(1).map((each, place) => `${said[place]} ${each}`);
}

function byFormula(sides, equations) {
  const asked = sides.filter((side) => side.length > 1 && side[0] !== "sym").map((side) => [letters(side).size, everyOrder(side)]);
  const hits = equations.map((equation, place) => [
    asked.filter(([count, given]) => equation.sides.some(([own, values]) => own === count && given.some((each) => same(values, each)))).length, place, equation.id,
  ]).filter(([count]) => count).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  if (hits.length) return { by: "formula", identifiers: hits.map((hit) => hit[2]) };
  const looks = counted(sides.flatMap(shape));
  return { by: "nearest", identifiers: firstThree(equations.map((each) => [alike(looks, each.shape), each.id])) };
}
function counted(steps) {
  const counts = Object.create(null);
  for (const step of steps) counts[step] = (counts[step] ?? 0) + 1;
  return counts;
}
const total = (counts) => Object.values(counts).reduce((made, count) => made + count, 0);
function alike(one, other) { // how much two have in common, from 0 to 1
  const shared = Object.entries(one).reduce((made, [step, count]) => made + Math.min(count, other[step] ?? 0), 0);
  return 2 * shared / Math.max(total(one) + total(other), 1);
}
const firstThree = (ranked) => ranked.filter(([most]) => most).sort((a, b) => b[0] - a[0]).slice(0, 3).map(([, identifier]) => identifier);
const pairs = (text) => { const signs = [..." " + text + " "]; return counted(signs.slice(1).map((sign, place) => signs[place] + sign)); };
function nearest(asked, named) { // by the pairs of letters that follow each other; named: [identifier, names]
  const looks = pairs(asked.toLowerCase());
  return firstThree(named.map(([identifier, names]) => [Math.max(...names.map((name) => alike(looks, pairs(name)))), identifier]).filter(([most]) => most >= NEAR));
}

function has(text, word) { // Latin words whole or at their beginning, Chinese ones anywhere
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/^[\x00-\x7f]/.test(word) || at === 0 || !/[A-Za-z0-9]/.test(text[at - 1])) return true;
  }
  return false;
}
function byWords(asked, { equations, groups }) {
  let left = asked.toLowerCase();
  const wanted = [];
  const longest = (group) => Math.max(...group.map((word) => [...word].length));
  for (const group of [...groups].sort((a, b) => longest(b) - longest(a))) {
    const word = [...group].sort((a, b) => b.length - a.length).find((each) => has(left, each));
    if (word) { wanted.push(group); left = left.replaceAll(word, " "); }
  }
  for (const word of left.match(/[\p{L}\p{N}_.-]+/gu) ?? []) wanted.push([word]);
  const found = [];
  equations.forEach((equation, place) => {
    const words = equation.names.join(" "), had = wanted.filter((group) => group.some((word) => has(words, word)));
    if (2 * had.length > wanted.length) {
      const best = had.reduce((made, group) => made + (group.some((word) => has(equation.id, word.replaceAll(" ", "-"))) ? 2 : 1), 0);
      found.push([had.length, best, place, equation.id]);
    }
  });
  found.sort((a, b) => b[0] - a[0] || b[1] - a[1] || a[2] - b[2]);
  return found.filter((hit) => hit[0] === found[0][0]).map((hit) => hit[3]);
}

// What somebody looks for: { by: "identifier" | "number" | "formula" | "words" | "nearest" | "nothing", identifiers }.
function findEquations(asked, index) {
  const text = asked.trim(), numbered = text.match(NUMBER), nothing = { by: "nothing", identifiers: [] };
  if (index.equations.some((equation) => equation.id === text)) return { by: "identifier", identifiers: [text] };
  if (numbered) {
    const identifier = index.numbers[numbered[1]]?.[numbered[2]]?.[numbered[3] - 1];
    return identifier ? { by: "number", identifiers: [identifier] } : nothing;
  }
  if (!text) return nothing;
  if (MATHEMATICS.test(text)) {
    try { return byFormula(new Reader(text).sides(), index.equations); } catch (problem) { if (!(problem instanceof NotRead)) throw problem; }
  }
  const found = byWords(text, index);
  if (found.length) return { by: "words", identifiers: found };
  const near = nearest(text, index.equations.map((equation) => [equation.id, equation.names]));
  return near.length ? { by: "nearest", identifiers: near } : nothing;
}

// --- the page of all equations ---

const search = globalThis.document?.querySelector(".find");
if (search) {
  const MANY = 24;
  const field = search.querySelector("input"), status = search.querySelector("[role=status]");
  const list = document.querySelector(".found"), everything = document.querySelector(".catalogue");
  const entries = new Map([...everything.querySelectorAll(".entry")].map((entry) => [entry.querySelector(".name").id, entry]));
  let index = null, asked = 0, wait = 0;

  function fromPage() { // opened as files, or offline: the words of the page itself can still be looked through
    index = null;
    return { equations: [...entries].map(([id, entry]) => ({ id, names: [id, entry.textContent.toLowerCase()], sides: [], shape: {} })), groups: [], numbers: {} };
  }
  const known = () => location.protocol === "file:" ? fromPage() : (index ??= fetch(search.dataset.index).then((answer) => { if (!answer.ok) throw new Error(answer.statusText); return answer.json(); })).catch(fromPage);
  function row(identifier) { // what the list of all has of it; a number of an early release may stand for one that was given up
    const made = document.createElement("li"), entry = entries.get(identifier)?.cloneNode(true);
    if (!entry) made.textContent = `${identifier} · ${search.dataset.retired}`;
    else made.append(...entry.childNodes);
    made.className = "entry";
    made.querySelector("[id]")?.removeAttribute("id");
    return made;
  }
  async function show() {
    clearTimeout(wait);
    const text = field.value.trim(), turn = ++asked;
    const { by, identifiers } = text ? findEquations(text, await known()) : { by: "", identifiers: [] };
    if (turn !== asked) return;
    const say = identifiers.length ? (by === "nearest" ? "nearest" : identifiers.length > MANY ? "first" : "all") : "nothing";
    status.textContent = text ? search.dataset[say].replace("{}", identifiers.length).replace("{}", MANY) : "";
    list.replaceChildren(...identifiers.slice(0, MANY).map(row));
    list.hidden = !identifiers.length;
    everything.hidden = text !== "";
    search.ariaBusy = "false";
  }
  field.addEventListener("focus", known, { once: true });
  field.addEventListener("input", () => { search.ariaBusy = "true"; clearTimeout(wait); wait = setTimeout(show, 150); });
  search.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  addEventListener("hashchange", () => { if (everything.hidden) { field.value = ""; show(); } });
}
