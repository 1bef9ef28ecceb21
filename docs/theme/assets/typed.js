// Statements as they are typed, and as trees: the words of a derivation, and the grammar of derivations/engine/parser.py. Nothing is ever evaluated.
// A text that is no statement is refused with its place, what was given there and what is allowed; `told` is the key of the words for it.

const LONGEST = 2000, DEEPEST = 40, LARGEST = 1100, BIGGEST = 1e12;
const TAKES = { log: 1, exp: 1, sqrt: 1, abs: 1, max: 2, binomial: 2, indicator: 2 }, HEADS = { binomial: "binom", indicator: "is" };
const BINDING = { d: [2, 3], d2: [2, 3], sum: [4, 4], prod: [4, 4], lim: [3, 4], argmax: [2, 4, 5], argmin: [2, 4, 5], roots: [2, 4, 5] }; // so many parts
export const FUNCTIONS = [...Object.keys(TAKES), ...Object.keys(BINDING)];
const SIGNS = { "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "≈": "~", "≤": "<=", "≥": ">=", "∞": "oo", "，": ",", "（": "(", "）": ")", "＝": "=", "**": "^" }; // as pages show them
const RELATIONS = ["=", "<", ">", "<=", ">=", "~"], SHOWN = { "~": "≈" };
const MARK = /\s*(?:(\d+\.\d*|\.\d+|\d+)|([\p{L}_][\p{L}\p{N}_]*)|("[^"]*")|(\*\*|<=|>=|=!|[-+*/^()[\]{},=<>~−–·×÷≈≤≥∞，（）＝])|(\S))/uy;
const NEITHER_LOW_NOR_HIGH = [["inf", "-"], ["inf", "+"]];

export class Unread extends Error {
  constructor(told, place, given = "", allowed = "") { super(told); Object.assign(this, { told, place, given, allowed }); }
}
const refuse = (when, ...why) => { if (when) throw new Unread(...why); };
const far = (tree) => tree[0] === "inf";

function marks(text) {
  const found = [];
  refuse(text.length > LONGEST, "long", LONGEST, text.length, LONGEST);
  for (MARK.lastIndex = 0; MARK.lastIndex < text.trimEnd().length;) {
    const [all, number, name, quoted, sign, other] = MARK.exec(text), said = number ?? name ?? quoted ?? sign, place = MARK.lastIndex - all.trimStart().length;
    refuse(other, "sign", place, other, "+ - * / ^ ( ) { } , = < > <= >= ~");
    refuse(/^0\d/.test(number), "sign", place, number, "0");
    const read = SIGNS[said] ?? said;
    found.push({ kind: number ? "number" : name || read === "oo" ? "name" : quoted ? "quoted" : "sign", said: read, given: said, place, end: MARK.lastIndex });
  }
  return [...found, { kind: "end", said: "", given: "", place: text.trimEnd().length }];
}

// --- what stands where: nodes [kind, …] with the place in the text ---

class Grammar {
  constructor(text) { Object.assign(this, { marks: marks(text), at: 0, depth: 0 }); }
  get now() { return this.marks[this.at]; }
  is(...signs) { return this.now.kind === "sign" && signs.includes(this.now.said); }
  take(sign) { if (!this.is(sign)) this.fail(sign); return this.marks[this.at++]; }
  fail(allowed) { throw new Unread(this.now.kind === "end" ? "ends" : "sign", this.now.place, this.now.given, allowed); }
  chain() { // [terms, relations]; a text may begin with its relation
    const terms = [], relations = [];
    if (!this.is(...RELATIONS)) terms.push(this.sum()); else terms.push(null);
    while (this.now.kind !== "end") {
      refuse(this.is("=!"), "sign", this.now.place, "=!", "=");
      if (!this.is(...RELATIONS)) this.fail("+ - * / ^ = < > <= >= ~");
      relations.push(this.marks[this.at++].said);
      terms.push(this.sum());
    }
    return [terms, relations];
  }
  sum() { return this.row(["+", "-"], () => this.row(["*", "/"], () => this.signed())); }
  row(signs, part) {
    let left = part();
    while (this.is(...signs)) { const { said, place } = this.marks[this.at++]; left = { kind: "two", sign: said, left, right: part(), place }; }
    return left;
  }
  signed() {
    refuse(this.depth > DEEPEST, "deep", this.now.place, this.now.given, DEEPEST);
    if (!this.is("-")) return this.power();
    this.depth++;
    const { place } = this.marks[this.at++], of = this.signed();
    this.depth--;
    return { kind: "minus", of, place };
  }
  power() {
    const base = this.part();
    if (!this.is("^")) return base;
    const { place } = this.marks[this.at++];
    return { kind: "two", sign: "^", left: base, right: this.signed(), place };
  }
  part() {
    const mark = this.now, { kind, place, said } = mark;
    if (kind === "number" || kind === "quoted") { this.at++; return { kind, said, place }; }
    if (kind === "name") {
      this.at++;
      return this.is("(") ? { kind: "call", said, place, parts: this.list("(", ")") } : { kind, said, place };
    }
    if (this.is("(")) {
      const parts = this.list("(", ")");
      refuse(!parts.length, "sign", place + 1, ")", "…");
      return parts.length === 1 && !parts.open ? { ...parts[0], bracketed: true } : { kind: "tuple", parts, place };
    }
    if (this.is("[")) { const parts = this.list("[", "]"); refuse(parts.length !== 1, "sign", place, "[", "("); return { kind: "brackets", of: parts[0], place }; }
    if (this.is("{")) return { kind: "set", parts: this.list("{", "}"), place };
    return this.fail("…");
  }
  list(open, close) {
    const parts = [];
    this.take(open);
    refuse(++this.depth > DEEPEST, "deep", this.now.place, this.now.given, DEEPEST);
    while (!this.is(close)) {
      parts.push(this.sum());
      parts.open = this.is(",");
      if (!this.is(close)) { if (!this.is(",")) this.fail(close); this.at++; }
    }
    this.depth--;
    this.take(close);
    return parts;
  }
}

// --- trees ---

const letters = (tree) => (tree[0] === "sym" ? [tree[1]] : tree.slice(1).filter(Array.isArray).flatMap(letters));
class Reader {
  constructor(words, bound = []) { Object.assign(this, { words, bound }); }
  tree(node) {
    const { kind, said, place } = node, of = (part) => this.tree(part);
    if (kind === "number") {
      const [before, after] = said.split("."), value = Number(before + (after ?? ""));
      refuse(value >= BIGGEST, "large", place, said, `10^${Math.log10(BIGGEST)}`);
      return after === undefined ? ["num", value] : ["dec", value, after.length];
    }
    if (kind === "minus") { const inner = of(node.of); return inner[0] === "inf" && inner[1] === "+" ? ["inf", "-"] : ["neg", inner]; }
    if (kind === "two") return this.two(node);
    if (kind === "brackets") return ["[]", of(node.of)];
    if (kind === "set" || kind === "tuple") return [kind, ...node.parts.map(of)];
    if (kind === "name") return this.name(node);
    return kind === "call" ? this.call(node) : refuse(true, "sign", place, said, "…");
  }
  two({ sign, left, right }) { // what is not in brackets of its own goes on with its sum or product, and a minus before a product is the product's
    const one = this.tree(left), other = this.tree(right), goesOn = left.kind === "two" && !left.bracketed;
    if (sign === "+" || sign === "-") return ["+", ...(one[0] === "+" && goesOn ? one.slice(1) : [one]), sign === "-" ? ["neg", other] : other];
    if (sign !== "^" && one[0] === "neg" && !left.bracketed) return ["neg", [sign, ...(sign === "*" && one[1][0] === "*" && goesOn ? one[1].slice(1) : [one[1]]), other]];
    return sign === "*" && one[0] === "*" && goesOn ? [...one, other] : [sign, one, other];
  }
  name({ said, place }) {
    const { quantities, applied } = this.words;
    if (said === "oo") return ["inf", "+"];
    if (said === "pi") return ["pi"];
    if (this.bound.includes(said) || (Object.hasOwn(quantities, said) && !Object.hasOwn(applied, said))) return ["sym", said];
    return Object.hasOwn(applied, said) ? this.application(said, [], place) : refuse(true, "unknown", place, said);
  }
  call(node) {
    const said = node.said === "ln" && !Object.hasOwn(this.words.applied, "ln") ? "log" : node.said, { parts, place } = node;
    if (Object.hasOwn(this.words.applied, said)) return this.application(said, parts.map((part) => this.tree(part)), place);
    if (Object.hasOwn(TAKES, said)) {
      refuse(parts.length !== TAKES[said], "parts", place, said, TAKES[said]);
      return [HEADS[said] ?? said, ...parts.map((part) => this.tree(part))];
    }
    refuse(!Object.hasOwn(BINDING, said), "unknown", place, said);
    refuse(!BINDING[said].includes(parts.length), "parts", place, said, BINDING[said].join(" / "));
    return this.binder(said, parts);
  }
  application(word, given, place) {
    const { key, parameters, hidden } = this.words.applied[word], shown = parameters.slice(hidden), all = [...parameters.slice(0, hidden).map((each) => ["sym", each]), ...given];
    if (given.length === shown.length) return ["app", key, ...all];
    refuse(given.length !== shown.length - 1, "parts", place, word, `${shown.length} (${shown.join(", ")})`);
    let last = shown.at(-1);
    while (all.some((each) => letters(each).includes(last))) last += "'";
    return ["fn", last, ["app", key, ...all, ["sym", last]]];
  }
  binder(said, [of, binds, ...rest]) {
    const names = binds.kind === "tuple" ? binds.parts : [binds], own = names.map((each) => each.said), open = said.startsWith("arg");
    for (const each of names) refuse(each.kind !== "name", "letter", each.place, each.said ?? "(");
    refuse(own.length !== 1 && (!open || new Set(own).size < own.length), "letter", binds.place, own.join(", "));
    const body = new Reader(this.words, [...this.bound, ...own]).tree(of), variable = own.join(), quoted = rest.find((each) => each.kind === "quoted");
    const side = quoted && quoted.said.slice(1, -1), trees = rest.filter((each) => each !== quoted).map((each) => this.tree(each));
    if (said === "d" || said === "d2") return ["d", variable, said === "d" ? body : ["d", variable, body, ["sym", variable]], trees[0] ?? ["sym", variable]];
    if (said === "sum" || said === "prod") { refuse(quoted, "sign", quoted?.place, quoted?.said, "…"); return [said, variable, body, ...trees]; }
    if (said === "lim") {
      const from = trees[0] && far(trees[0]) ? (trees[0][1] === "+" ? "-" : "+") : side;
      refuse(trees.length !== 1 || !["+", "-"].includes(from), "side", binds.place, variable, '"+" / "-"');
      return ["lim", variable, body, trees[0], from];
    }
    const given = side ?? (said === "roots" || trees.length < 2 ? "()" : "[]"), [low, high] = trees.length ? trees : NEITHER_LOW_NOR_HIGH;
    refuse(!high || !["()", "[]", "(]", "[)"].includes(given), "sign", quoted?.place ?? binds.place, side ?? variable, '"()" "[]" "(]" "[)"');
    return [said, variable, body, low, high, (far(low) ? "(" : given[0]) + (far(high) ? ")" : given[1])];
  }
}
function largest(tree) { // an upper bound for the size of what has no letters; 1 for what has
  const [head, one, two] = tree;
  if (head === "num") return one;
  if (head === "dec") return one / 10 ** two + 1;
  if (head === "neg" || head === "/") return largest(one);
  if (head === "+") return tree.slice(1).reduce((sum, each) => sum + largest(each), 0);
  if (head === "*") return tree.slice(1).reduce((all, each) => all * Math.max(1, largest(each)), 1);
  return head === "^" ? Math.min(BIGGEST, Math.max(1, largest(one)) ** Math.min(50, Math.max(1, largest(two)))) : 1;
}
function degree(tree) { // how large powers grow; refuses what would take for ever
  const [head, one, two] = tree;
  if (head === "num" || head === "dec") return String(one).length - 1;
  const inner = tree.slice(1).filter((part) => Array.isArray(part) && !far(part)).map(degree);
  const found = head === "^" ? Math.max(1, inner[0]) * Math.max(1, largest(two)) : head === "binom" ? largest(one) : head === "*" ? inner.reduce((a, b) => a + b, 0) : Math.max(1, ...inner);
  refuse(!(found <= LARGEST), "large", 0, head, LARGEST);
  return found;
}

// What a text states of an equation: a right-hand side, one with its relation before it, or a whole statement. `own`: the terms and relations of the equation.
export function stated(text, words, own) {
  const [nodes, relations] = new Grammar(text).chain(), reader = new Reader(words);
  if (!relations.length) {
    const decimal = /^\s*[-−]?\s*\d+\.\d+\s*$/.test(text), begins = own.relations[decimal ? own.relations.length - 1 : 0];
    nodes.unshift(null);
    relations.push({ "≈": "~", "=!": "=" }[begins] ?? begins);
  }
  const terms = nodes.map((node) => (node ? reader.tree(node) : own.terms[0]));
  terms.forEach(degree);
  return { terms, relations: relations.map((each) => SHOWN[each] ?? each) };
}

// The ranges, and the single values, that a text gives to quantities: 0 < p < 1/2, n >= 2, p = 1/2. `known`: all quantities with their ranges.
export function domains(text, words, known) {
  const ranges = {}, values = {}, own = { ...words, quantities: { ...words.quantities, ...known } };
  let place = 0;
  for (const part of text.split(/[,;，；]/)) {
    const from = place;
    place += part.length + 1;
    if (!part.trim()) continue;
    try {
      let [nodes, signs] = new Grammar(part).chain();
      refuse(!nodes[0], "domain", 0, part.trim());
      let terms = nodes.map((node) => new Reader(own).tree(node));
      terms.forEach(degree);
      if (signs.every((each) => each[0] === ">")) [terms, signs] = [terms.reverse(), signs.reverse().map((each) => each.replace(">", "<"))];
      const at = terms.findIndex(([head, name], place) => head === "sym" && Object.hasOwn(own.quantities, name) && (terms.length < 3 || place === 1)), name = terms[at]?.[1], old = own.quantities[name];
      const fits = at >= 0 && signs.length && terms.length <= 3 && (terms.length < 3 || at === 1) && (signs.every((each) => each[0] === "<") || signs.join() === "=") && !old.point;
      const ends = fits ? [at ? terms[0] : null, terms[at + 1] ?? null] : [];
      refuse(!fits || ends.some((end) => end && (letters(end).includes(name) || ["set", "tuple"].includes(end[0]))), "domain", 0, part.trim());
      if (signs[0] === "=") { values[name] = ends[0] ?? ends[1]; continue; }
      const [low, high] = ends.map((end) => (end && far(end) ? null : end));
      ranges[name] = { low, high, low_in: low !== null && signs[0] === "<=", high_in: high !== null && signs.at(-1) === "<=", whole: old.whole, point: false };
    } catch (problem) {
      if (problem instanceof Unread) problem.place += from;
      throw problem;
    }
  }
  return { ranges, values };
}

// --- and back ---

const NAMES = { binom: "binomial", is: "indicator" }, SUM = 1, PRODUCT = 2, POWER = 3, PART = 4;
const LEVEL = { "+": SUM, neg: SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER, eq: 0 };
// A tree as it is typed; null for what this derivation has no word for.
export function written(tree, words) {
  const wrong = {}, of = (each, level = 0) => { const text = one(each); return (LEVEL[each[0]] ?? PART) < level ? `(${text})` : text; };
  const applied = ([, key, ...given]) => {
    for (const [word, form] of Object.entries(words.applied)) {
      const { hidden, parameters } = form;
      if (form.key === key && parameters.slice(0, hidden).every((each, at) => given[at]?.[0] === "sym" && given[at][1] === each)) return [word, given.slice(hidden), parameters.length - hidden];
    }
    throw wrong;
  };
  const listed = (head, parts) => `${head}(${parts.map((each) => (typeof each === "string" ? each : of(each))).join(", ")})`;
  function one(each) {
    const [head, first, ...rest] = each;
    if (head === "num") return String(first);
    if (head === "dec") return `${String(first).padStart(rest[0] + 1, "0").replace(new RegExp(`(\\d{${rest[0]}})$`), ".$1")}`;
    if (head === "sym") return first;
    if (head === "pi") return "pi";
    if (head === "inf") return first === "+" ? "oo" : "-oo";
    if (head === "+") return rest.reduce((text, part) => text + (part[0] === "neg" ? ` - ${of(part[1], PRODUCT)}` : ` + ${of(part, PRODUCT)}`), of(first, first[0] === "+" ? PRODUCT : SUM));
    if (head === "neg") return `-${of(first, PRODUCT)}`;
    if (head === "*") return [of(first, first[0] === "*" ? POWER : PRODUCT), ...rest.map((part) => of(part, POWER))].join("*");
    if (head === "/") return `${of(first, PRODUCT)}/${of(rest[0], POWER)}`;
    if (head === "^") return `${of(first, PART)}^${of(rest[0], PART)}`;
    if (head === "eq") return `${of(first)} = ${of(rest[0])}`;
    if (head === "[]") return `[${of(first)}]`;
    if (head === "set") return `{${each.slice(1).map((part) => of(part)).join(", ")}}`;
    if (head === "tuple") return `(${each.slice(1).map((part) => of(part)).join(", ")})`;
    if (head === "app") { const [word, given, all] = applied(each); if (given.length !== all) throw wrong; return given.length ? listed(word, given) : word; }
    if (head === "fn") {
      const [body] = rest, [word, given, all] = body[0] === "app" ? applied(body) : [], last = given?.pop();
      if (!word || last[0] !== "sym" || last[1] !== first || given.length !== all - 1) throw wrong;
      return given.length ? listed(word, given) : word;
    }
    if (head === "d") { const [body, at] = rest; return listed("d", [body, first, ...(at[0] === "sym" && at[1] === first ? [] : [at])]); }
    if (head === "sum" || head === "prod") return listed(head, [rest[0], first, rest[1], rest[2]]);
    if (head === "lim") return listed(head, [rest[0], first, rest[1], ...(far(rest[1]) ? [] : [`"${rest[2]}"`])]);
    if (["argmax", "argmin", "roots"].includes(head)) {
      const [body, low, high, ends] = rest, usual = head === "roots" ? "()" : "[]", variable = first.includes(",") ? `(${first.replaceAll(",", ", ")})` : first;
      if (far(low) && far(high)) return listed(head, [body, variable]);
      return listed(head, [body, variable, low, high, ...(ends === (far(low) ? "(" : usual[0]) + (far(high) ? ")" : usual[1]) ? [] : [`"${ends}"`])]);
    }
    return listed(NAMES[head] ?? head, each.slice(1));
  }
  try { return of(tree); } catch (problem) { if (problem === wrong) return null; throw problem; }
}
// A whole chain, without a last `= 0` that only asks.
export function statement(terms, relations, words) {
  const texts = terms.map((each) => written(each, words)), until = relations.at(-1) === "=!" ? terms.length - 1 : terms.length;
  return texts.includes(null) ? null : texts.slice(0, until).reduce((all, each, at) => `${all} ${relations[at - 1]} ${each}`);
}
// A range as it is typed: 0 < p <= 1.
export function range(name, over, words) {
  const low = over.low && written(over.low, words), high = over.high && written(over.high, words);
  if (over.point || (over.low && low === null) || (over.high && high === null)) return null;
  if (!over.low && !over.high) return `-oo < ${name} < oo`;
  const right = high === null ? "" : ` ${over.high_in ? "<=" : "<"} ${high}`;
  return low === null ? `${name}${right}` : high === null ? `${name} ${over.low_in ? ">=" : ">"} ${low}` : `${low} ${over.low_in ? "<=" : "<"} ${name}${right}`;
}
