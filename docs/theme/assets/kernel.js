// A second kernel: it checks the proofs of the catalogue again, from the documented form alone (derivations/catalogue/PROOFS.md), in the reader's browser or under Node.
// It shares no code with the first, which is Python, and does much in other ways: trees are made once each, signs are sets, ends of ranges are weights, digits are fixed-point
// intervals. Exact throughout, and it needs nothing else. What it does not know it refuses: a proof that is refused may be right, one that is accepted holds.

export class Refused extends Error {}
const refuse = (when, why) => { if (when) throw new Refused(typeof why === "function" ? why() : why); };
function unless(make, otherwise) { // what is made, or if that is refused, the other
  try { return make(); } catch (problem) { if (problem instanceof Refused) return otherwise(problem); throw problem; }
}

// --- trees: equal ones are one object ---

const FORMS = { // what stands in a tree: t a tree, * any number of trees, n a whole number, v a letter, b letters bound in the next tree, a a name, s + or -, e the ends of an interval
  num: "n", dec: "nn", sym: "v", "+": "tt*", "*": "tt*", neg: "t", "/": "tt", "^": "tt", log: "t", exp: "t", sqrt: "t", abs: "t", max: "tt", binom: "tt", pi: "", is: "tt",
  app: "a*", sum: "bttt", prod: "bttt", d: "btt", lim: "btts", argmax: "bttte", argmin: "bttte", roots: "bttte", fn: "bt", inf: "s", set: "*", tuple: "t*", "[]": "t", eq: "tt",
};
const BIT = Object.fromEntries(Object.keys(FORMS).map((head, place) => [head, 1 << place])); // for sets of heads
const LETTER = /^[\p{L}_][\p{L}\p{N}_]*('\d*)*$/u, NAME = /^[^\s#?]+$/, EMPTY = new Set(), pool = new Map();
let serial = 0;

class Tree {
  constructor(head, parts) {
    Object.assign(this, { head, parts, id: ++serial, letters: FORMS[head][0] === "b" ? parts[0].split(",") : null, scope: null });
    const below = parts.filter((part) => part instanceof Tree), all = (kind) => below.length === 1 ? below[0][kind] : new Set(below.flatMap((part) => [...part[kind]]));
    this.heads = below.reduce((found, part) => found | part.heads, BIT[head]);
    this.names = head === "app" ? new Set([parts[0], ...all("names")]) : below.length ? all("names") : EMPTY;
    this.free = head === "sym" ? new Set(parts) : !below.length ? EMPTY : all("free");
    if (this.letters) this.free = new Set([...below[0].free].filter((name) => !this.letters.includes(name)).concat(...below.slice(1).map((part) => [...part.free])));
  }
  get trees() { return this.parts.filter((part) => part instanceof Tree); }
  get body() { return this.parts[1]; }
}
function tree(head, ...parts) {
  let key = head;
  for (const part of parts) key += part instanceof Tree ? ` #${part.id}` : ` ${typeof part}${part}`;
  let found = pool.get(key);
  if (!found) pool.set(key, (found = new Tree(head, parts)));
  return found;
}
function read(said) { // a tree as JSON has it, without the brackets that only readers see
  refuse(!Array.isArray(said) || !Object.hasOwn(FORMS, said[0]), "what is said is no tree");
  const [head, ...parts] = said, form = FORMS[head], open = form.endsWith("*"), least = open ? form.slice(0, -1) : form;
  refuse(open ? parts.length < least.length : parts.length !== least.length, `${head} has too many parts, or too few`);
  const found = parts.map((part, at) => {
    const kind = least[at] ?? "t";
    if (kind === "t") return read(part);
    if (kind === "n") { refuse(!Number.isSafeInteger(part) || part < 0, "a number that is not whole, or too large"); return BigInt(part); }
    const letters = String(part).split(",");
    const fits = kind === "a" ? NAME.test(part) : kind === "s" ? part === "+" || part === "-" : kind === "e" ? ["()", "[]", "(]", "[)"].includes(part)
      : letters.every((each) => LETTER.test(each)) && (letters.length === 1 || (kind === "b" && head.startsWith("arg") && new Set(letters).size === letters.length));
    refuse(typeof part !== "string" || !fits, `${JSON.stringify(part)} does not fit in ${head}`);
    return part;
  });
  return head === "[]" ? found[0] : tree(head, ...found);
}
const num = (value) => (value < 0 ? tree("neg", num(-value)) : tree("num", BigInt(value))), sym = (name) => tree("sym", name), NOUGHT = num(0), UNIT = num(1);
const neg = (term) => tree("neg", term), minus = (one, other) => tree("+", one, neg(other)), div = (one, other) => tree("/", one, other), log = (term) => tree("log", term);
const many = (head, parts) => (parts.length > 1 ? tree(head, ...parts) : parts[0] ?? (head === "+" ? NOUGHT : UNIT)), times = (...parts) => many("*", parts);
const others = (parts, ...places) => parts.filter((_, at) => !places.includes(at));
const at = (term, place, part) => tree(term.head, ...term.parts.map((each, here) => (here === place ? part : each)));
const changed = (term, change) => tree(term.head, ...term.parts.map((part) => (part instanceof Tree ? change(part) : part)));

function put(term, values) { // values for free letters, and for names that are parameters; what is bound and would capture one gets another letter
  if (![...values.keys()].some((name) => term.free.has(name) || term.names.has(name))) return term;
  if (term.head === "sym") return values.get(term.parts[0]) ?? term;
  if (term.head === "app" && values.has(term.parts[0])) {
    const of = values.get(term.parts[0]), given = term.trees.map((part) => put(part, values));
    refuse(of.head !== "sym" && (of.head !== "fn" || given.length !== 1), "a number stands where a distribution is asked for");
    return of.head === "sym" ? tree("app", of.parts[0], ...given) : put(of.body, new Map([[of.parts[0], given[0]]]));
  }
  if (!term.letters) return changed(term, (part) => put(part, values));
  const inner = new Map([...values].filter(([name]) => !term.letters.includes(name) && (term.body.free.has(name) || term.body.names.has(name))));
  const taken = term.letters.filter((letter) => [...inner.values()].some((value) => value.free.has(letter)));
  const fresh = new Map(taken.map((letter) => [letter, sym(`${letter}#${++serial}`)]));
  const letters = term.letters.map((letter) => fresh.get(letter)?.parts[0] ?? letter).join(), [, , ...rest] = term.parts;
  return tree(term.head, letters, put(put(term.body, fresh), inner), ...rest.map((part) => (part instanceof Tree ? put(part, values) : part)));
}
const put1 = (term, name, value) => put(term, new Map([[name, value]]));
// What such a letter runs over is said by the context and not by the tree: it keeps its name.
const overSpace = (t) => t.head === "lim" || (["argmax", "argmin", "roots"].includes(t.head) && (t.letters.length > 1 || (t.parts[2].head === "inf" && t.parts[3].head === "inf")));
const spaces = (t) => [...(t.letters && overSpace(t) ? t.letters : []), ...t.trees.flatMap(spaces)];

// What to put for `open` letters of a pattern so that it is the term, up to the names of what is bound; null if nothing does.
function match(pattern, term, open = EMPTY, found = new Map(), inner = []) {
  if (pattern.head === "sym") {
    const [name] = pattern.parts, pair = inner.findLast(([one, other]) => one === name || (term.head === "sym" && other === term.parts[0]));
    if (pair) return term.head === "sym" && pair[0] === name && pair[1] === term.parts[0] ? found : null;
    if (!open.has(name)) return pattern === term ? found : null;
    if (inner.some(([, other]) => term.free.has(other))) return null;
    return !found.has(name) ? new Map(found).set(name, term) : match(found.get(name), term) && found;
  }
  if (pattern === term && !inner.length && !open.size) return found;
  if (pattern.head !== term.head || pattern.parts.length !== term.parts.length) return null;
  let own = inner;
  if (pattern.letters) {
    if (pattern.letters.length !== term.letters.length || (overSpace(pattern) && pattern.parts[0] !== term.parts[0])) return null;
    own = [...inner, ...pattern.letters.map((letter, place) => [letter, term.letters[place]])];
  }
  for (let place = pattern.letters ? 1 : 0; place < pattern.parts.length; place++) {
    const one = pattern.parts[place], other = term.parts[place];
    found = one instanceof Tree && other instanceof Tree ? match(one, other, open, found, place === 1 ? own : inner) : one === other ? found : null;
    if (!found) return null;
  }
  return found;
}
const alike = (one, other) => one === other || match(one, other) !== null;

// --- what a statement is about ---

const range = (low = null, high = null, lowIn = false, highIn = false, whole = false, point = false) => ({ low, high, lowIn, highIn, whole, point });
const ends = (over) => [over.low, over.high].filter(Boolean);
const moved = (over, values) => ({ ...over, low: over.low && put(over.low, values), high: over.high && put(over.high, values) });
const sameRange = (one, other) => Boolean(one && other) && Object.keys(one).every((key) => one[key] === other[key]);
const speaks = (over, letter) => ends(over).some((end) => end.free.has(letter));
const interior = (over) => ({ ...over, lowIn: false, highIn: false });

class Context {
  constructor(said) { Object.assign(this, { bound: EMPTY, ...said, memo: new Map() }); }
  kept(key, make) {
    if (!this.memo.has(key)) this.memo.set(key, make());
    return this.memo.get(key);
  }
  with(changes) { return new Context({ ...this, ...changes }); }
  extended(name, over, bound) {
    const key = `with ${name} ${Object.values(over).map((each) => each?.id ?? each)} ${bound}`;
    return this.kept(key, () => this.with({ quantities: new Map(this.quantities).set(name, over), bound: bound ? new Set([...this.bound, name]) : this.bound }));
  }
  isPoint(term) { return term.head === "tuple" || Boolean((term.head === "sym" ? this.quantities : term.head === "app" ? this.families : EMPTY_MAP).get(term.parts[0])?.point); }
  states(premise) { return ![...this.bound].some((letter) => premise.about.has(letter)); }
  knows(term) { return term.head === "app" && this.names.has(term.parts[0]); }
}
const EMPTY_MAP = new Map();

function inside(term, context) { // the context in which the body of a binder stands
  return context.kept((term.scope ??= `${term.head} ${term.parts.map((part, place) => (place === 1 ? "" : part.id ?? part)).join(" ")}`), () => {
    const { letters, head, parts: [, , first, last, side] } = term;
    for (const letter of letters) refuse(context.names.has(letter) || context.families.has(letter), `${letter} is a name, and nothing to be bound`);
    for (const [name, over] of [...context.quantities, ...context.families]) refuse(!letters.includes(name) && letters.some((each) => speaks(over, each)), `the range of ${name} speaks of what is bound here`);
    for (const letter of letters) {
      let over = context.quantities.get(letter);
      const everywhere = first?.head === "inf" && last?.head === "inf";
      if (head === "sum" || head === "prod") over = range(first, last, true, true, true);
      else if (head === "fn") over = range(null, null, false, false, true);
      else if (head === "d" && first.head === "sym") over = context.quantities.get(first.parts[0]);
      else if (head === "lim" && over) over = interior(over);
      else if (head !== "d" && head !== "lim" && letters.length === 1 && !over?.point) {
        refuse(over && (over.whole || (everywhere && ends(over).length)), `${letter} ranges over something else than this interval`);
        over = range(first.head === "inf" ? null : first, last.head === "inf" ? null : last, side[0] === "[", side[1] === "]");
      }
      refuse(!over, `nothing says what ${letter} ranges over`);
      refuse((head === "d" || head === "lim") && (over.whole || over.point), `${letter} does not vary continuously`);
      refuse(over.point && letters.length === 1 && !everywhere, `${letter} is a point, and there are no intervals of points`);
      context = context.extended(letter, over, true);
    }
    return context;
  });
}
const within = (term, place, context) => (term.letters && place === 1 ? inside(term, context) : context);

const readRange = (said) => range(said.low && read(said.low), said.high && read(said.high), said.low_in === true, said.high_in === true, said.whole === true, said.point === true);
const readRanges = (said) => new Map(Object.entries(said).map(([name, over]) => [name, readRange(over)]));
function readContext(said, names) {
  const hypotheses = said.hypotheses.map((each) => {
    const every = readRanges(each.every), left = read(each.left), right = read(each.right);
    const about = new Set([left, right, ...[...every.values()].flatMap(ends)].flatMap((side) => [...side.free]).filter((name) => !every.has(name)));
    return { left, right, relation: each.relation, every, about };
  });
  for (const name of said.names) refuse(!names.has(name), `${name} has no meaning`);
  return new Context({ quantities: readRanges(said.quantities), families: readRanges(said.families), names: new Map(said.names.map((name) => [name, names.get(name)])), hypotheses, conventions: new Set(said.conventions) });
}
function readMeaning({ parameters, body }) {
  const table = body[0] === "table", bodies = (table ? body.slice(2) : [body]).map(read);
  refuse(table && (!Number.isSafeInteger(body[1]) || !bodies.length || !parameters.length), "no table");
  return { parameters, bodies, first: table ? body[1] : null, names: new Set(bodies.flatMap((each) => [...each.names])) };
}
function unfold(term, context) { // what a name stands for at its arguments; null for an entry of a table that is not known
  const meaning = context.names.get(term.parts[0]), given = term.trees;
  refuse(given.length !== meaning.parameters.length, `${term.parts[0]} is given too many arguments, or too few`);
  let [body] = meaning.bodies;
  if (meaning.first !== null) {
    const last = given.at(-1), value = last.free.size || last.names.size ? null : number(last, context);
    if (!value) return null;
    refuse(value[1] !== 1n || !meaning.bodies[Number(value[0]) - meaning.first], `${term.parts[0]} has no such entry`);
    body = meaning.bodies[Number(value[0]) - meaning.first];
  }
  return put(body, new Map(meaning.parameters.map((name, place) => [name, given[place]])));
}
function entries(term, context) { // all that a name may stand for
  const meaning = context.names.get(term.parts[0]), whole = unfold(term, context);
  return whole ? [whole] : meaning.bodies.map((body) => put(body, new Map(meaning.parameters.map((name, place) => [name, term.trees[place]]))));
}

// --- fractions of polynomials with whole coefficients, over atoms: what arithmetic does not look into ---

let monomials, monomialOf, products, atoms, told;
function begin() { [monomials, monomialOf, products, atoms, told] = [[[]], new Map([["", 0]]), new Map(), new Map(), 0]; }
begin();
function monomial(list) { // [atom, exponent, …], by a number
  const key = list.join();
  if (!monomialOf.has(key)) monomialOf.set(key, monomials.push(list) - 1);
  return monomialOf.get(key);
}
function together(one, other) {
  if (!one || !other) return one || other;
  const key = one < other ? one * 4194304 + other : other * 4194304 + one;
  if (!products.has(key)) {
    const powers = new Map();
    for (const list of [monomials[one], monomials[other]]) for (let place = 0; place < list.length; place += 2) powers.set(list[place], (powers.get(list[place]) ?? 0) + list[place + 1]);
    products.set(key, monomial([...powers].sort(([a], [b]) => a - b).flat()));
  }
  return products.get(key);
}
const tidy = (poly) => { for (const [key, value] of poly) if (!value) poly.delete(key); return poly; };
function multiplied(one, other) {
  refuse(one.size * other.size > 200000, "too many terms to multiply out");
  const found = new Map();
  for (const [left, a] of one) for (const [right, b] of other) {
    const key = together(left, right);
    found.set(key, (found.get(key) ?? 0n) + a * b);
  }
  return tidy(found);
}
function added(one, other) {
  const found = new Map(one);
  for (const [key, value] of other) found.set(key, (found.get(key) ?? 0n) + value);
  return tidy(found);
}
const samePoly = (one, other) => one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
const abs = (value) => (value < 0n ? -value : value);
const common = (a, b) => { for (a = abs(a), b = abs(b); b;) [a, b] = [b, a % b]; return a; };
function fraction(above, below) { // numbers that all coefficients have in common are taken out, and nothing else
  let shared = 0n;
  for (const poly of [above, below]) for (const value of poly.values()) if ((shared = common(shared, value)) === 1n) return { above, below };
  const less = (poly) => new Map([...poly].map(([key, value]) => [key, value / shared]));
  return { above: less(above), below: less(below) };
}
const constant = (above, below = 1n) => fraction(above ? new Map([[0, above]]) : new Map(), new Map([[0, below]]));
const ONE = constant(1n);
const add = (a, b) => (samePoly(a.below, b.below) ? fraction(added(a.above, b.above), a.below)
  : fraction(added(multiplied(a.above, b.below), multiplied(b.above, a.below)), multiplied(a.below, b.below)));
const multiply = (a, b) => fraction(multiplied(a.above, b.above), multiplied(a.below, b.below));
const negative = ({ above, below }) => ({ above: new Map([...above].map(([key, value]) => [key, -value])), below });
function inverse({ above, below }) { refuse(!above.size, "division by zero"); return { above: below, below: above }; }
const equal = (a, b) => (samePoly(a.below, b.below) ? samePoly(a.above, b.above) : samePoly(multiplied(a.above, b.below), multiplied(b.above, a.below)));
function asNumber({ above, below }) { // [above, below], whole numbers, below > 0; null if it is no number
  if (above.size > 1 || below.size > 1 || (above.size && !above.has(0)) || !below.has(0)) return null;
  const [a, b] = [above.get(0) ?? 0n, below.get(0)], shared = common(a, b) * (b < 0n ? -1n : 1n);
  return [a / shared, b / shared];
}
function power(base, exponent) {
  const size = asNumber(base)?.reduce((most, each) => Math.max(most, abs(each).toString(2).length - 1), 0) ?? 250;
  refuse(BigInt(size) * abs(exponent) > 100000n, "a power too large to be worked out");
  let found = ONE;
  for (let left = abs(exponent), square = exponent < 0n ? inverse(base) : base; left; left >>= 1n, square = left ? multiply(square, square) : square) if (left & 1n) found = multiply(found, square);
  return found;
}
function atom(kind, ...inner) { // the same number for what is the same by arithmetic
  const known = atoms.get(kind) ?? atoms.set(kind, []).get(kind);
  const found = known.find(([other]) => other.length === inner.length && inner.every((part, place) => (typeof part === "string" || typeof other[place] === "string" ? part === other[place] : equal(part, other[place]))));
  if (found) return found[1];
  known.push([inner, ++told]);
  return told;
}
const ofAtom = (index) => ({ above: new Map([[monomial([index, 1]), 1n]]), below: ONE.below });

// --- signs: which of "below 0", 0, "above 0" are possible ---

const [BELOW, NIL, ABOVE, ANY] = [1, 2, 4, 7], UP = NIL | ABOVE, DOWN = NIL | BELOW;
const only = (sign, allowed) => (sign & ~allowed) === 0;
const turned = (sign) => (sign & NIL) | (sign & BELOW ? ABOVE : 0) | (sign & ABOVE ? BELOW : 0);
const signOfProduct = (a, b) => ((a | b) & NIL) | ((a & b & ABOVE) || (a & b & BELOW) ? ABOVE : 0) | ((a & ABOVE && b & BELOW) || (a & BELOW && b & ABOVE) ? BELOW : 0);
const signOfSum = (a, b) => (a & b & NIL) | ((a | b) & ABOVE) | ((a | b) & BELOW) | ((a | b) & ABOVE && (a | b) & BELOW ? NIL : 0);

// Reads trees as fractions. As a chart, it writes what has a range by parameters that are never negative, so that coefficients of one sign decide: x from a to b is
// (a s + b t)/(s + t), where s may be 0 if b belongs to the range, and t if a does, but not both; one with a single end is a + t or b - t.
class Reader {
  constructor(context, chart) { Object.assign(this, { context, chart, memo: new Map(), mayVanish: new Map(), pairs: new Map() }); }
  plain(term) { return plainly(term, this.context); }
  of(term) {
    if (!this.memo.has(term)) this.memo.set(term, this.worked(term));
    return this.memo.get(term);
  }
  signed(index, sign) { // in a chart, minus the atom where that is never negative
    if (!this.chart) return ofAtom(index);
    if (!this.mayVanish.has(index)) this.mayVanish.set(index, only(sign, UP) ? [1, sign !== ABOVE] : only(sign, DOWN) ? [-1, sign !== BELOW] : [0, true]);
    return this.mayVanish.get(index)[0] < 0 ? negative(ofAtom(index)) : ofAtom(index);
  }
  atomOf(term, ...inner) { return this.signed(atom(...inner), this.chart ? structure(term, this.context) : ANY); }
  ranged(over, ...inner) {
    refuse(over?.point, "a point is no number");
    if (!this.chart || !over || !ends(over).length) return this.signed(atom(...inner), ANY);
    const [low, high] = [over.low, over.high].map((end) => end && this.of(end)), parameter = (side, vanishes) => this.signed(atom(`${side} ${inner[0]}`, ...inner.slice(1)), vanishes ? UP : ABOVE);
    const t = parameter("t", low ? over.lowIn : over.highIn);
    if (!low || !high) return low ? add(low, t) : add(high, negative(t));
    const s = over.highIn ? parameter("s", true) : ONE;
    if (over.lowIn && over.highIn) this.pairs.set(`${[...s.above.keys()]}`, [...s.above.keys(), ...t.above.keys()].map((key) => monomials[key][0]));
    return multiply(add(multiply(low, s), multiply(high, t)), inverse(add(s, t)));
  }
  worked(term) {
    const { head, parts: [one, two], trees } = term, { context } = this;
    if (head === "num") return constant(one);
    if (head === "dec") return constant(one, 10n ** two);
    if (head === "+" || head === "*") return trees.map((part) => this.of(part)).reduce(head === "+" ? add : multiply);
    if (head === "neg") return negative(this.of(one));
    if (head === "/") return multiply(this.of(one), inverse(this.of(two)));
    if (head === "^" || head === "exp") return this.raised(term);
    if (head === "pi" || head === "inf") return this.signed(atom(head, ...term.parts), head === "pi" ? ABOVE : ANY);
    if (head === "sym") {
      const over = context.quantities.get(one);
      return over?.low && over.low === over.high && over.lowIn && over.highIn ? this.of(over.low) : this.ranged(over, "sym", one);
    }
    if (head === "app") {
      const inner = trees.map((part) => (context.isPoint(part) ? `#${part.id}` : this.plain(part)));
      if (!context.names.has(one)) return this.ranged(context.families.get(one), `app ${one}`, ...inner);
      const meant = this.chart && unfold(term, context);
      return meant ? this.of(meant) : this.atomOf(term, `app ${one}`, ...inner);
    }
    if (head === "is") {
      const apart = minus(one, two), value = number(apart, context);
      if (value || nonzero(apart, context)) return constant(value && !value[0] ? 1n : 0n);
    }
    if (["log", "sqrt", "abs", "binom", "is", "max"].includes(head)) return this.atomOf(term, head, ...trees.map((part) => this.plain(part)));
    refuse(!term.letters, `no arithmetic for ${head}`);
    // what is bound is called by how deep it stands: sums are the same when their bodies are
    const depth = [...context.quantities.keys()].filter((name) => name.startsWith("#")).length, values = new Map(term.letters.map((letter, place) => [letter, sym(`#${depth + place}`)]));
    let inner = inside(term, context);
    for (const [letter, value] of values) inner = inner.extended(value.parts[0], inner.quantities.get(letter), true);
    const rest = term.parts.slice(2).map((part) => (part instanceof Tree ? this.plain(part) : part)), key = [`${head} ${overSpace(term) ? one : term.letters.length}`, plainly(put(two, values), inner), ...rest];
    return this.atomOf(term, ...key);
  }
  raised(term) { // b^(m + k/2 + 3) = b^m (b^(k/2)) b^3 where b > 0
    const { context } = this, natural = term.head === "exp", base = natural ? null : term.parts[0], exponent = this.plain(term.parts.at(-1)), whole = asNumber(exponent);
    if (base && whole?.[1] === 1n) return power(this.of(base), whole[0]);
    const value = base && number(base, context);
    if (value && !value[0] && positive(term.parts[1], context)) return constant(0n);
    if (value && value[0] > 0n) {
      let found = ONE;
      for (const [side, sign] of [[value[0], 1n], [value[1], -1n]]) for (const [prime, often] of primes(side)) {
        found = multiply(found, this.split(["root", constant(prime)], multiply(exponent, constant(sign * often)), constant(prime)));
      }
      return found;
    }
    const key = natural ? ["e"] : ["base", this.plain(base)];
    if (!natural && !positive(base, context)) return this.signed(atom("power", key[1], exponent), ANY);
    return this.split(key, exponent, natural ? null : this.of(base));
  }
  split(key, exponent, own) {
    if (exponent.below.size !== 1 || !exponent.below.has(0)) return this.signed(atom(...key, exponent), ABOVE);
    let found = ONE;
    for (const [of, value] of exponent.above) {
      const shared = common(value, exponent.below.get(0)) * (exponent.below.get(0) < 0n ? -1n : 1n), [count, parts] = [value / shared, exponent.below.get(0) / shared];
      const unit = () => this.signed(atom(...key, fraction(new Map([[of, 1n]]), new Map([[0, parts]]))), ABOVE);
      found = multiply(found, power(own && !of && parts === 1n ? own : unit(), count));
    }
    return found;
  }
  signOf(poly) {
    let found = 0;
    const list = [...poly].map(([key, value]) => {
      const zeros = [];
      let odd = false;
      for (let place = 0; place < monomials[key].length; place += 2) {
        const [sign, vanishes] = this.mayVanish.get(monomials[key][place]) ?? [0, true];
        odd ||= sign === 0 && monomials[key][place + 1] % 2 === 1;
        if (vanishes) zeros.push(monomials[key][place]);
      }
      found |= odd ? ANY : value > 0n ? ABOVE : BELOW;
      return zeros;
    });
    if (!poly.size) return NIL;
    if (found !== ABOVE && found !== BELOW) return ANY;
    const pairs = [...this.pairs.values()].filter((pair) => list.some((zeros) => pair.some((each) => zeros.includes(each))));
    if (pairs.length > 8) return found | NIL;
    for (let choice = 0; choice < 2 ** pairs.length; choice++) { // one of each pair is not 0: is a term left, whichever it is?
      const left = new Set(pairs.map((pair, place) => pair[(choice >> place) & 1]));
      if (!list.some((zeros) => zeros.every((each) => left.has(each)))) return found | NIL;
    }
    return found;
  }
}
function primes(value) {
  const found = [];
  for (let prime = 2n; prime < 1000n && prime * prime <= value; prime++) {
    let often = 0n;
    for (; value % prime === 0n; value /= prime) often++;
    if (often) found.push([prime, often]);
  }
  return value > 1n ? [...found, [value, 1n]] : found;
}
const plainly = (term, context) => context.kept("plain", () => new Reader(context, false)).of(term);
const number = (term, context) => asNumber(plainly(term, context));
const same = (one, other, context) => one === other || equal(plainly(one, context), plainly(other, context));

function signOf(term, context) {
  const known = context.kept("signs", () => new Map());
  if (!known.has(term)) {
    let found = structure(term, context);
    if (![BELOW, NIL, ABOVE].includes(found)) found = (found & charted(term, context)) || found;
    known.set(term, found);
  }
  return known.get(term);
}
function structure(term, context) {
  const { head, parts: [one, two, low, high] } = term, of = (part) => signOf(part, context);
  switch (head) {
    case "num": case "dec": return one ? ABOVE : NIL;
    case "neg": return turned(of(one));
    case "pi": case "exp": return ABOVE;
    case "+": return term.parts.map(of).reduce(signOfSum);
    case "*": return term.parts.map(of).reduce(signOfProduct);
    case "/": return of(two) & NIL ? ANY : signOfProduct(of(one), of(two));
    case "^": {
      const base = of(one), even = two.head === "num" && two.parts[0] % 2n === 0n;
      if (base === ABOVE) return ABOVE;
      if (two.head === "num") return even ? (base & NIL ? UP : ABOVE) : only(base, UP) || only(base, DOWN) ? base : ANY;
      return only(base, UP) && only(of(two), UP) ? UP : ANY;
    }
    case "log": return of(minus(one, UNIT));
    case "sqrt": return only(of(one), UP) ? of(one) : ANY;
    case "abs": return of(one) & NIL ? UP : ABOVE;
    case "max": return [one, two].some((part) => of(part) === ABOVE) ? ABOVE : [one, two].some((part) => only(of(part), UP)) ? UP : ANY;
    case "binom": return chooses(term, context) ? ABOVE : ANY;
    case "is": return UP;
    case "sum": case "prod": {
      const body = signOf(two, inside(term, context));
      if (head === "prod") return body !== NIL && only(body, UP) ? body : ANY;
      return body === NIL ? NIL : !only(body, UP) && !only(body, DOWN) ? ANY : atLeast(high, low, context) ? body : body | NIL;
    }
    case "app": return context.names.has(one) ? entries(term, context).map(of).reduce((a, b) => a | b) : ANY;
    default: return ANY;
  }
}
function charted(term, context) {
  return unless(() => {
    term = laidOpen(term, context);
    const open = looseEntry(term, context); // of a table, at a place that is not known: each in turn
    if (open) return entries(open, context).map((value) => signOf(exchanged(term, open, value), context)).reduce((a, b) => a | b);
    const chart = context.kept("chart", () => new Reader(context, true)), { above, below } = chart.of(term), under = chart.signOf(below);
    return under & NIL ? ANY : signOfProduct(chart.signOf(above), under);
  }, () => ANY);
}
function laidOpen(term, context) { // names by what they mean, where they stand under no binder
  for (let meant; context.knows(term) && (meant = unfold(term, context));) term = meant;
  return term.letters ? term : changed(term, (part) => laidOpen(part, context));
}
function looseEntry(term, context) {
  if (context.knows(term)) return term;
  for (const part of term.letters ? [] : term.trees) { const found = looseEntry(part, context); if (found) return found; }
  return null;
}
const exchanged = (term, old, other) => (term === old ? other : term.letters?.some((letter) => old.free.has(letter) || other.free.has(letter)) ? term : changed(term, (part) => exchanged(part, old, other)));
const positive = (term, context) => signOf(term, context) === ABOVE, nonzero = (term, context) => !(signOf(term, context) & NIL);
const neverNegative = (term, context) => only(signOf(term, context), UP), atLeast = (one, other, context) => neverNegative(minus(one, other), context);
const allPositive = (terms, context) => terms.every((each) => positive(each, context));
const chooses = ({ parts: [of, chosen] }, context) => whole(of, context) && whole(chosen, context) && neverNegative(chosen, context) && atLeast(of, chosen, context);
function whole(term, context) {
  const { head, parts: [one, two] } = term;
  if (head === "num" || head === "is") return true;
  if (head === "sym") return context.quantities.get(one)?.whole === true;
  if (head === "app") return context.names.has(one) ? entries(term, context).every((each) => whole(each, context)) : context.families.get(one)?.whole === true;
  if (head === "+" || head === "*" || head === "neg") return term.parts.every((part) => whole(part, context));
  if (head === "sum" || head === "prod") return whole(two, inside(term, context));
  return head === "binom" && chooses(term, context);
}
function lies(term, over, context) { // in a range, everywhere in the context
  if (over.point) return context.isPoint(term);
  const fits = (sign, included) => sign === ABOVE || (included && only(sign, UP));
  return (!over.whole || whole(term, context)) && (!over.low || fits(signOf(minus(term, over.low), context), over.lowIn)) && (!over.high || fits(signOf(minus(over.high, term), context), over.highIn));
}

// --- whether a tree is defined on the whole of its domain ---

const ALONE = new Set(["lim", "argmax", "argmin", "roots", "inf", "set", "tuple", "eq"]); // no numbers: they stand alone on their side

function defined(term, context) {
  const done = context.kept("defined", () => new Set());
  if (!done.has(term)) { checkDefined(term, context); done.add(term); }
}
function checkDefined(term, context) {
  const { head, parts: [one, two], trees } = term;
  if (head === "sym") return refuse(!context.quantities.has(one) || context.quantities.get(one).point, `${one} is no number here`);
  if (head === "app") return applicationDefined(term, context);
  refuse(head === "fn" || ALONE.has(head), `${head} is no number to go on with`);
  if (term.letters) return binderDefined(term, context);
  for (const part of trees) {
    const spared = head === "*" && part.head === "log" && context.conventions.has("0 log 0 = 0") && [NIL, UP].includes(signOf(part.parts[0], context)) && vanishesToo(part.parts[0], trees, context);
    defined(spared ? part.parts[0] : part, context);
  }
  refuse(head === "/" && !nonzero(two, context), "a denominator may be 0");
  refuse(head === "log" && !positive(one, context), "the logarithm of what may not be positive");
  refuse(head === "sqrt" && !neverNegative(one, context), "the root of what may be negative");
  refuse(head === "binom" && !chooses(term, context), "a binomial coefficient outside of 0 <= k <= n");
  if (head !== "^" || positive(one, context)) return;
  refuse(!whole(two, context), "a power, not a whole one, of what may not be positive");
  refuse(!nonzero(one, context) && !(context.conventions.has("0^0 = 1") ? neverNegative(two, context) : positive(two, context)), "0^0 or 1/0");
}
function vanishesToo(of, factors, context) {
  const above = of.head === "/" ? of.parts[0] : of;
  return factors.some((each) => each === above || signOf(each, context) === NIL);
}
function applicationDefined(term, context) {
  const [name] = term.parts, given = term.trees;
  if (context.families.has(name)) return given.forEach((part) => argumentDefined(part, context));
  refuse(!context.names.has(name), `${name} has no meaning here`);
  const { first, bodies } = context.names.get(name), meant = unfold(term, context);
  refuse(!meant && !lies(given.at(-1), range(num(first), num(first + bodies.length - 1), true, true, true), context), `${name} may have no such entry`);
  for (const each of entries(term, context)) defined(each, context);
}
function argumentDefined(term, context) {
  if (term.head === "fn") binderDefined(term, context);
  else if (term.head === "tuple") term.trees.forEach((part) => argumentDefined(part, context));
  else if (!context.isPoint(term)) defined(term, context);
  else if (term.head === "app") applicationDefined(term, context);
}
function wide(over, context) { refuse(over.low && over.high && !positive(minus(over.high, over.low), context), "an interval that may be empty"); }
function binderDefined(term, context) {
  const { head, parts: [, body, first, last] } = term, inner = inside(term, context), over = inner.quantities.get(term.letters[0]);
  let where = inner;
  if (head === "sum" || head === "prod") {
    for (const end of [first, last]) { defined(end, context); refuse(!whole(end, context), "a sum from or to what may not be whole"); }
    refuse(!atLeast(tree("+", last, UNIT), first, context), "a sum that may end before it begins");
  } else if (head === "d") {
    defined(first, context);
    refuse(first.head !== "sym" && !lies(first, over, context), "a derivative outside of the range");
    wide(over, context);
    regular(body, term.letters[0], inner, true);
    where = inner.with({ conventions: new Set([...inner.conventions].filter((each) => each !== "0 log 0 = 0")) }); // p log p has no slope at 0
  } else if (head === "lim") {
    const end = last === "-" || (first.head === "inf" && first.parts[0] === "+") ? over.high : over.low, far = last === "-" ? over.low : over.high;
    if (first.head === "inf") refuse(end, "the letter does not grow without bound");
    else {
      defined(first, context);
      refuse(!lies(first, { ...over, lowIn: true, highIn: true }, context) || (far && !nonzero(minus(first, far), context)), "the letter does not come there from this side");
    }
  } else if (head !== "fn" && term.letters.length === 1) {
    for (const each of [first, last]) if (each.head !== "inf") defined(each, context);
    wide(over, context);
  }
  defined(body, where);
}
function regular(term, letter, context, smooth) { // continuous in a letter (smooth: differentiable) wherever it is defined
  if (!term.free.has(letter)) return;
  const { head, parts: [one, two, low, high], trees } = term, inner = (part, where = context) => regular(part, letter, where, smooth);
  if (context.knows(term) && (unfold(term, context) || !trees.at(-1).free.has(letter))) return entries(term, context).forEach((each) => inner(each));
  if ((head === "sum" || head === "prod") && !low.free.has(letter) && !high.free.has(letter)) return inner(two, inside(term, context));
  if (head === "d" && one === letter && low === sym(letter)) return regular(two, one, inside(term, context), true);
  const power = head === "^" && (!two.free.has(letter) || positive(one, context)), root = head === "sqrt" && (!smooth || positive(one, context));
  refuse(!power && !root && !["sym", "+", "*", "neg", "/", "log", "exp", ...(smooth ? [] : ["abs", "max"])].includes(head), `${head} is not known to be regular in ${letter}`);
  trees.forEach((part) => inner(part));
}
function wellPlaced(term, context) { // a whole side
  const meant = context.knows(term) && unfold(term, context);
  if (meant) wellPlaced(meant, context);
  else if (term.head === "inf" || term.head === "set") term.trees.forEach((part) => defined(part, context));
  else if (term.head === "tuple") term.trees.forEach((part) => context.isPoint(part) || defined(part, context));
  else if (term.head !== "eq" && ALONE.has(term.head)) binderDefined(term, context);
  else defined(term, context);
}
function placed(term, context, library) { // defined as it is written, or as what is cited says it: equals are defined together
  unless(() => wellPlaced(term, context), (problem) => {
    const other = rewritten(term, [...library.values()].filter((each) => !each.name).map(citation), context);
    if (other === term || oneSided(term, context)) throw problem;
    wellPlaced(other, context);
  });
}
function oneSided(term, context) { // a slope at an end that belongs to its interval: what is equal on one side of a kink says nothing about it
  const inner = term.letters ? inside(term, context) : context, over = term.head === "d" && inner.quantities.get(term.letters[0]);
  return (over && (over.lowIn || over.highIn)) || term.parts.some((part, place) => part instanceof Tree && part.head !== "inf" && oneSided(part, within(term, place, context)));
}

// --- laws: each a partial function from a tree to one that it equals ---

const apart = (term, letters) => { // factors that do not, and that do, speak of letters
  const factors = term.head === "*" ? term.parts : [term], speak = (each) => letters.some((letter) => each.free.has(letter));
  return [factors.filter((each) => !speak(each)), factors.filter(speak)];
};
const slope = (term, part) => tree("d", term.parts[0], part, term.parts[2]), there = (term, part) => put1(part, term.parts[0], term.parts[2]);
const bind = (term, body) => at(term, 1, body);
const text = (term) => JSON.stringify(term, (key, value) => (value instanceof Tree ? [value.head, ...value.parts] : typeof value === "bigint" ? Number(value) : value));
const chain = (head, outer) => ["d", (term, context) => {
  const { parts: [letter, body] } = term;
  if (body.head !== head || !body.free.has(letter) || (head === "^" && body.parts[1].free.has(letter))) return null;
  const found = outer(body, inside(term, context));
  return found && times(there(term, found), slope(term, body.parts[0]));
}];
const LAWS = {
  "hypothesis": ["", (term, context) => {
    for (const premise of context.hypotheses) {
      if (premise.relation !== "=" || !context.states(premise)) continue;
      const found = match(premise.left, term, new Set(premise.every.keys()));
      if (!found || ![...premise.every].every(([name, over]) => found.has(name) && lies(found.get(name), moved(over, found), context))) continue;
      const result = put(premise.right, found);
      if (result !== term) return result;
    }
    return null;
  }],
  "log-product": ["log", ({ parts: [of] }, context) => (of.head === "*" && allPositive(of.parts, context) ? many("+", of.parts.map(log))
    : of.head === "prod" && positive(of.body, inside(of, context)) ? tree("sum", of.parts[0], log(of.body), ...of.parts.slice(2)) : null)],
  "log-quotient": ["log", ({ parts: [{ head, parts }] }, context) => (head !== "/" || !allPositive(parts, context) ? null : parts[0] === UNIT ? neg(log(parts[1])) : minus(log(parts[0]), log(parts[1])))],
  "zero-log-zero": ["*", ({ parts }, context) => {
    for (const [place, { head, parts: [of] }] of parts.entries()) {
      const rest = others(parts, place);
      if (head === "log" && of.head === "/" && context.conventions.has("0 log 0 = 0") && rest.includes(of.parts[0]) && neverNegative(of.parts[0], context) && positive(of.parts[1], context))
        return minus(times(...rest, log(of.parts[0])), times(...rest, log(of.parts[1])));
    }
    return null;
  }],
  "log-reciprocal": ["log", ({ parts: [{ head, parts }] }, context) => (head === "/" && allPositive(parts, context) && text(parts[0]) > text(parts[1]) ? neg(log(div(parts[1], parts[0]))) : null)],
  "log-power": ["log", ({ parts: [{ head, parts }] }, context) => (!["^", "sqrt"].includes(head) || !positive(parts[0], context) ? null : head === "^" ? times(parts[1], log(parts[0])) : div(log(parts[0]), num(2)))],
  "log-exp": ["log exp", ({ head, parts: [of] }) => {
    if (head === "log") return of.head === "exp" ? of.parts[0] : null;
    if (of.head === "log") return of.parts[0];
    if (of.head === "neg" && of.parts[0].head === "log") return div(UNIT, of.parts[0].parts[0]);
    return of.head === "*" && of.parts.length === 2 && of.parts[1].head === "log" ? tree("^", of.parts[1].parts[0], of.parts[0]) : null;
  }],
  "log-one": ["log", ({ parts: [of] }, context) => (same(of, UNIT, context) ? NOUGHT : null)],
  "power-one": ["^", ({ parts: [of] }, context) => (same(of, UNIT, context) ? UNIT : null)],
  "power-product": ["^", ({ parts: [{ head, parts }, exponent] }, context) => (["*", "/"].includes(head) && allPositive(parts, context) ? tree(head, ...parts.map((each) => tree("^", each, exponent))) : null)],
  "root-quotient": ["/", ({ parts: [above, below] }, context) => {
    if (below.head !== "sqrt" || !positive(below.parts[0], context)) return null;
    const top = above === UNIT ? UNIT : above.head === "sqrt" && positive(above.parts[0], context) ? above.parts[0] : null;
    return top && tree("sqrt", div(top, below.parts[0]));
  }],
  "root-square": ["^ sqrt", ({ head, parts: [of, exponent] }, context) => (head === "^" ? (of.head === "sqrt" && exponent === num(2) ? of.parts[0] : null)
    : of.head === "^" && of.parts[1] === num(2) && neverNegative(of.parts[0], context) ? of.parts[0] : null)],
  "by-sign": ["abs max", ({ head, parts: [one, two] }, context) => {
    const other = head === "abs" ? neg(one) : two, sign = signOf(minus(one, other), context);
    return only(sign, UP) ? one : only(sign, DOWN) ? other : null;
  }],
  "choose": ["binom", (term, context) => {
    if (!chooses(term, context)) return null;
    if (same(term.parts[1], NOUGHT, context) || same(...term.parts, context)) return UNIT;
    const [of, chosen] = term.parts.map((part) => number(part, context)?.[0]);
    if (of === undefined || chosen === undefined || of > 60n) return null;
    const few = chosen < of - chosen ? chosen : of - chosen, [above, below] = [of, few].map((top) => times(...Array.from({ length: Number(few) }, (_, step) => num(top - BigInt(step)))));
    return below === UNIT ? above : div(above, below);
  }],
  "derivative-linear": ["d", (term) => {
    const { parts: [letter, body, place] } = term, [one, two, low, high] = body.parts;
    if (!body.free.has(letter)) return NOUGHT;
    if (body === sym(letter)) return UNIT;
    if (body.head === "+" || body.head === "neg") return changed(body, (part) => slope(term, part));
    if (body.head === "sum" && !low.free.has(letter) && !high.free.has(letter) && !place.free.has(one)) return bind(body, slope(term, two));
    if (body.head === "/" && !two.free.has(letter)) return div(slope(term, one), two);
    const [steady, rest] = body.head === "*" ? apart(body, [letter]) : [[]];
    return steady.length ? times(...steady, slope(term, times(...rest))) : null;
  }],
  "derivative-log": chain("log", ({ parts: [of] }) => div(UNIT, of)),
  "derivative-exp": chain("exp", (body) => body),
  "derivative-power": chain("^", ({ parts: [of, exponent] }) => times(exponent, tree("^", of, minus(exponent, UNIT)))),
  "derivative-root": chain("sqrt", (body, context) => (positive(body.parts[0], context) ? div(UNIT, times(num(2), body)) : null)),
  "derivative-product": ["d", (term) => {
    const { parts: [letter, body] } = term, [first, ...rest] = body.parts;
    if (body.head !== "*" || !body.free.has(letter)) return null;
    return tree("+", times(slope(term, first), there(term, times(...rest))), times(there(term, first), slope(term, times(...rest))));
  }],
  "derivative-quotient": ["d", (term) => {
    const { parts: [letter, body] } = term, [above, below] = body.parts;
    if (body.head !== "/" || !below.free.has(letter)) return null;
    const falls = times(there(term, above), slope(term, below)), square = tree("^", there(term, below), num(2));
    return above.free.has(letter) ? div(minus(times(slope(term, above), there(term, below)), falls), square) : neg(div(falls, square));
  }],
  "sum-linear": ["sum", (term) => {
    const { parts: [index, body] } = term;
    if (body.head === "+" || body.head === "neg") return changed(body, (part) => bind(term, part));
    if (body.head === "/" && !body.parts[1].free.has(index) && body.parts[0].head !== "num") return div(bind(term, body.parts[0]), body.parts[1]);
    if (body.head !== "*") return null;
    const minused = body.parts.findIndex((each) => each.head === "neg");
    if (minused >= 0) return neg(bind(term, at(body, minused, body.parts[minused].parts[0])));
    const [steady, rest] = apart(body, [index]);
    return steady.length && rest.length ? times(...steady, bind(term, times(...rest))) : null;
  }],
  "sum-exchange": ["sum", ({ parts: [index, body, low, high] }) => {
    const [inner, of, first, last] = body.parts;
    if (body.head !== "sum" || inner === index || [first, last].some((end) => end.free.has(index)) || [low, high].some((end) => end.free.has(inner)) || text([low, high]) <= text([first, last])) return null;
    return tree("sum", inner, tree("sum", index, of, low, high), first, last);
  }],
  "equal-terms": ["sum prod", ({ head, parts: [index, body, low, high] }, context) => {
    if (body.free.has(index)) return null;
    const count = same(low, UNIT, context) ? high : tree("+", minus(high, low), UNIT);
    return head === "sum" ? times(count, body) : tree("^", body, count);
  }],
  "write-out": ["sum prod", ({ head, parts: [index, body, low, high] }, context) => {
    const [first, last] = [low, high].map((end) => number(end, context));
    if (!first || !last || first[1] !== 1n || last[0] < first[0] || last[0] - first[0] >= 60n) return null;
    return many(head === "sum" ? "+" : "*", Array.from({ length: Number(last[0] - first[0]) + 1 }, (_, step) => put1(body, index, num(first[0] + BigInt(step)))));
  }],
  "split-first": ["sum prod", ({ head, parts: [index, body, low, high] }, context) => {
    const start = number(low, context);
    if (!start || number(high, context) || !atLeast(high, low, context)) return null;
    return tree(head === "sum" ? "+" : "*", put1(body, index, low), tree(head, index, body, num(start[0] + 1n), high));
  }],
  "split-last": ["sum prod", ({ head, parts: [index, body, low, high] }, context) => {
    if (high.head !== "+" || high.parts.at(-1) !== UNIT || !atLeast(high, low, context)) return null;
    return tree(head === "sum" ? "+" : "*", tree(head, index, body, low, many("+", high.parts.slice(0, -1))), put1(body, index, high));
  }],
  "one-term": ["sum", ({ parts: [index, body, low, high] }, context) => {
    const factors = body.head === "*" ? body.parts : [body];
    for (const [place, { head, parts }] of factors.entries()) {
      if (head !== "is" || !parts.includes(sym(index))) continue;
      const where = parts[parts[0] === sym(index) ? 1 : 0];
      if (!where.free.has(index) && lies(where, range(low, high, true, true, true), context)) return put1(times(...others(factors, place)), index, where);
    }
    return null;
  }],
  "zero-term": ["sum", ({ parts: [index, body, low, high] }, context) => {
    if (!atLeast(high, low, context) || !same(put1(body, index, low), NOUGHT, context)) return null;
    const start = number(low, context);
    return tree("sum", index, body, start ? num(start[0] + 1n) : tree("+", low, UNIT), high);
  }],
  "shift-index": ["sum", ({ parts: [index, body, low, high] }, context) => (same(low, UNIT, context) ? tree("sum", index, put1(body, index, tree("+", sym(index), UNIT)), NOUGHT, minus(high, UNIT)) : null)],
  "absorption": ["*", ({ parts }, context) => {
    for (const [place, { head, parts: [of, chosen] }] of parts.entries()) {
      const other = parts.indexOf(chosen);
      if (head === "binom" && other >= 0 && atLeast(of, chosen, context) && atLeast(chosen, UNIT, context)) return times(of, tree("binom", minus(of, UNIT), minus(chosen, UNIT)), ...others(parts, place, other));
    }
    return null;
  }],
  "binomial-theorem": ["sum", (term, context) => {
    const { parts: [index, body, low, high] } = term, [ways, one, other] = body.parts;
    if (low !== NOUGHT || body.head !== "*" || body.parts.length !== 3 || ways !== tree("binom", high, sym(index)) || one.head !== "^" || other.head !== "^") return null;
    const [a, first] = one.parts, [b, second] = other.parts;
    if (first !== sym(index) || a.free.has(index) || b.free.has(index) || !same(second, minus(high, sym(index)), inside(term, context))) return null;
    return tree("^", tree("+", a, b), high);
  }],
  "limit": ["lim", (term, context) => {
    const inner = inside(term, context), found = limit(term.body, term, inner, context);
    if (found || term.body.head !== "log") return found;
    const [of] = term.body.parts, end = limit(of, term, inner, context);
    return end && same(end, NOUGHT, context) && positive(of, inner) ? tree("inf", "-") : null;
  }],
  "positive-factor": ["argmax argmin", (term, context) => {
    const withMinus = term.body.head === "neg", body = withMinus ? term.body.parts[0] : term.body, back = (of) => bind(term, withMinus ? neg(of) : of);
    const speaks = (each) => term.letters.some((letter) => each.free.has(letter));
    if (body.head === "/" && !speaks(body.parts[1]) && positive(body.parts[1], context)) return back(body.parts[0]);
    const [steady, rest] = body.head === "*" ? apart(body, term.letters) : [[]];
    return steady.length && allPositive(steady, context) ? back(times(...rest)) : null;
  }],
  "added-constant": ["argmax argmin", (term) => {
    const rest = term.body.head === "+" ? term.body.parts.filter((each) => term.letters.some((letter) => each.free.has(letter))) : [];
    return rest.length && rest.length < term.body.parts.length ? bind(term, many("+", rest)) : null;
  }],
  "minus-swaps": ["argmax argmin", ({ head, parts: [letters, body, ...rest] }) => (body.head === "neg" ? tree(head === "argmax" ? "argmin" : "argmax", letters, body.parts[0], ...rest) : null)],
  "log-keeps-order": ["argmax argmin", (term, context) => (term.body.head === "log" && positive(term.body.parts[0], inside(term, context)) ? bind(term, term.body.parts[0]) : null)],
};
function limit(body, term, inner, context) { // by continuity; e^u -> 0 as u -> -oo; t log t -> 0 as t -> 0 from above
  const { parts: [letter, , goal] } = term, { head, parts: [one, two, low, high] } = body, of = (part) => limit(part, term, inner, context);
  if (!body.free.has(letter)) return body;
  if (body === sym(letter)) return goal.head === "inf" ? null : goal;
  if (goal.head === "inf" && head === "exp") {
    const up = goal.parts[0] === "+", [steady, rest] = apart(up && one.head === "neg" ? one.parts[0] : one, [letter]);
    if ((!up || one.head === "neg") && rest.length === 1 && rest[0] === sym(letter) && allPositive(steady, context)) return NOUGHT;
  }
  if (head === "*") for (const [place, factor] of body.parts.entries()) {
    const [inLog] = factor.parts, other = factor.head === "log" ? body.parts.indexOf(inLog) : -1, end = other >= 0 && positive(inLog, inner) && of(inLog);
    if (end && same(end, NOUGHT, context)) return others(body.parts, place, other).every(of) ? NOUGHT : null;
  }
  if ((head === "sum" || head === "prod") && !low.free.has(letter) && !high.free.has(letter) && !goal.free.has(one)) {
    const each = limit(two, term, inside(body, inner), inside(body, context));
    return each && bind(body, each);
  }
  const ends = ["+", "*", "neg", "/", "log", "exp", "^"].includes(head) ? body.parts.map(of) : [null];
  if (!ends.every(Boolean) || (head === "^" && two.free.has(letter) && !positive(ends[0], context))) return null;
  const found = tree(head, ...ends);
  return unless(() => { defined(found, context); return found; }, () => null);
}

// --- rewriting, and what has to hold before something is cited ---

const lawOf = (name) => ({ heads: LAWS[name][0] ? LAWS[name][0].split(" ").reduce((found, head) => found | BIT[head], 0) : -1, move: LAWS[name][1] });
const citation = (cited) => (cited.name ? { heads: BIT.app, move: (term, context) => (term.parts[0] === cited.name && context.names.has(cited.name) ? unfold(term, context) : null) }
  : { heads: cited.terms.slice(0, cited.equals).reduce((found, left) => found | BIT[left.head], 0), move: (term, context) => asCited(cited, term, context) });
function rewritten(term, moves, context) { // outside in, until none applies
  const wanted = moves.reduce((found, each) => found | each.heads, 0), known = new Map();
  let left = 6000;
  const worked = (term, context) => {
    if (!(wanted & term.heads)) return term;
    const memo = known.get(context) ?? known.set(context, new Map()).get(context), from = term;
    if (memo.has(from)) return memo.get(from);
    for (;;) {
      let found = null;
      for (const { heads, move } of moves) if ((heads & BIT[term.head]) && (found = move(term, context)) && found !== term) break; else found = null;
      if (!found) {
        const parts = term.parts.map((part, place) => (part instanceof Tree && part.heads & wanted && part.head !== "inf" ? worked(part, within(term, place, context)) : part));
        found = parts.every((part, place) => part === term.parts[place]) ? term : tree(term.head, ...parts);
      }
      if (found === term) { memo.set(from, term); return term; }
      refuse(--left < 0, "the laws come to no end here");
      term = found;
    }
  };
  return worked(term, context);
}
function asCited(cited, term, context) { // the last term of a chain of equals, for an earlier one
  for (const left of cited.terms.slice(0, cited.equals)) {
    if (["sym", "num", "dec", "neg"].includes(left.head) && !left.names.size) continue;
    const found = match(left, term, new Set(cited.context.quantities.keys()));
    if (found && mayCite(cited, found, context)) return put(cited.terms[cited.equals], found);
  }
  return null;
}
function closure(names, context, found = new Set()) {
  for (const name of names) if (!found.has(name)) { found.add(name); closure(context.names.get(name)?.names ?? [], context, found); }
  return found;
}
function mayCite({ terms, context: theirs }, given, context) {
  const found = new Map(given), used = (name) => terms.some((term) => term.free.has(name));
  const spoken = (name) => [...theirs.quantities.values(), ...theirs.families.values()].some((over) => speaks(over, name)) || theirs.hypotheses.some((each) => each.about.has(name));
  if (![...theirs.conventions].every((each) => context.conventions.has(each))) return false;
  for (const name of theirs.quantities.keys()) {
    if (found.has(name)) continue;
    if (used(name) || (spoken(name) && !context.quantities.has(name))) return false;
    if (spoken(name)) found.set(name, sym(name)); // in ranges and premises alone: the quantity of that name here
  }
  if (terms.flatMap(spaces).some((each) => !(theirs.quantities.get(each) === context.quantities.get(each) || sameRange(theirs.quantities.get(each), context.quantities.get(each))))) return false;
  const fits = ([name, over]) => { (over.point ? argumentDefined : defined)(found.get(name), context); return lies(found.get(name), moved(over, found), context); };
  if (!unless(() => [...theirs.quantities].filter(([name]) => found.has(name)).every(fits), () => false)) return false;
  const asked = [...[...theirs.quantities].filter(([name]) => found.has(name)).map(([, over]) => over), ...theirs.families.values(), ...theirs.hypotheses.flatMap((each) => [...each.every.values()])];
  const said = [...terms, ...theirs.hypotheses.flatMap((each) => [each.left, each.right]), ...asked.flatMap(ends)], mentioned = closure(said.flatMap((each) => [...each.names]), theirs);
  for (const name of mentioned) {
    if (theirs.families.has(name) ? !sameRange(context.families.get(name), moved(theirs.families.get(name), found)) : theirs.names.has(name) && theirs.names.get(name) !== context.names.get(name)) return false;
  }
  return theirs.hypotheses.every((premise) => premiseHolds(premise, found, context));
}
function premiseHolds(premise, found, context) {
  const fresh = new Map([...premise.every.keys()].map((name) => [name, sym(`${name}#${++serial}`)]));
  const [left, right] = [premise.left, premise.right].map((side) => put(put(side, fresh), found)), letters = new Map([...premise.every].map(([name, over]) => [fresh.get(name).parts[0], moved(moved(over, fresh), found)]));
  if ([left, right].some((side) => [...side.free].some((name) => !letters.has(name) && !context.quantities.has(name)))) return false;
  const inner = context.with({ quantities: new Map([...context.quantities, ...letters]) });
  return context.hypotheses.some((own) => {
    const given = own.relation === premise.relation && context.states(own) && match(own.left, left, new Set(own.every.keys()));
    return given && alike(put(own.right, given), right) && [...own.every].every(([name, over]) => given.has(name) && lies(given.get(name), moved(over, given), inner));
  });
}
const composed = (one, other) => { // the relation of the ends of two steps
  if (one === "=" || other === "=") return one === "=" ? other : one;
  refuse(one[0] !== other[0] || !"<>".includes(one[0]), `${one} and ${other} run both ways`);
  return one.length + other.length < 4 ? one[0] : one;
};
const implies = (one, other) => one === other || (["<=", ">="].includes(other) && ["=", other[0]].includes(one));

// --- digits: values between two whole numbers of units of 2^-bits ---

const floorDiv = (a, b) => { const found = a / b; return a % b !== 0n && (a < 0n) !== (b < 0n) ? found - 1n : found; }, ceilDiv = (a, b) => -floorDiv(-a, b);
const least = (list) => list.reduce((a, b) => (b < a ? b : a)), most = (list) => list.reduce((a, b) => (b > a ? b : a));
function root(value) { // the whole part of a square root
  if (value < 2n) return value;
  let found = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (let next = (found + value / found) >> 1n; next < found; next = (found + value / found) >> 1n) found = next;
  return found;
}
class Digits {
  constructor(context, bits) { Object.assign(this, { context, bits: BigInt(bits), unit: 1n << BigInt(bits) }); }
  ratio(a, b) { return [floorDiv(a * this.unit, b), ceilDiv(a * this.unit, b)]; }
  times(one, other) {
    const all = one.flatMap((a) => other.map((b) => a * b));
    return [least(all) >> this.bits, -(-most(all) >> this.bits)];
  }
  of(term) {
    const { head, parts: [one, two, low, high], trees } = term, of = (part) => this.of(part);
    if (head === "num") return [one * this.unit, one * this.unit];
    if (head === "dec") return this.ratio(one, 10n ** two);
    if (head === "neg") return of(one).map((end) => -end).reverse();
    if (head === "+") return trees.map(of).reduce((a, b) => [a[0] + b[0], a[1] + b[1]]);
    if (head === "*") return trees.map(of).reduce((a, b) => this.times(a, b));
    if (head === "/") {
      const [a, b] = [of(one), of(two)];
      refuse(b[0] <= 0n && b[1] >= 0n, "a denominator that may be 0");
      const all = a.flatMap((above) => b.map((below) => [floorDiv(above * this.unit, below), ceilDiv(above * this.unit, below)]));
      return [least(all.map((each) => each[0])), most(all.map((each) => each[1]))];
    }
    if (head === "^") {
      const [times, other] = of(two);
      refuse(times !== other || times % this.unit || times < 0n || times > 10000n * this.unit, "no digits for such a power");
      let found = [this.unit, this.unit], base = of(one);
      for (let left = times / this.unit; left; left >>= 1n, base = left ? this.times(base, base) : base) if (left & 1n) found = this.times(found, base);
      return found;
    }
    if (head === "sqrt") { const [a, b] = of(one); refuse(b < 0n, "a root of what is negative"); return [root(a < 0n ? 0n : a << this.bits), root(b << this.bits) + 1n]; }
    if (head === "log") { const [a, b] = of(one); refuse(a <= 0n, "a logarithm of what may not be positive"); return [this.log(a)[0], this.log(b)[1]]; }
    if (head === "exp") { const [a, b] = of(one); refuse(b > 1000n * this.unit || a < -1000n * this.unit, "no digits for such an exponent"); return [this.exp(a)[0], this.exp(b)[1]]; }
    if (head === "binom" && one.head === "num" && two.head === "num" && one.parts[0] <= 10000n) {
      let found = 1n;
      for (let step = 0n; step < two.parts[0]; step++) found = (found * (one.parts[0] - step)) / (step + 1n);
      return [found * this.unit, found * this.unit];
    }
    if ((head === "sum" || head === "prod") && low.head === "num" && high.head === "num" && high.parts[0] >= low.parts[0] && high.parts[0] - low.parts[0] < 100n) {
      return of(LAWS["write-out"][1](term, this.context) ?? refuse(true, "too many terms"));
    }
    const meant = this.context.knows(term) && unfold(term, this.context);
    refuse(!meant, `no digits for ${head}`);
    return of(meant);
  }
  log(value) { // v = u 2^k with 1 <= u < 2: k log 2 + 2 artanh((u - 1)/(u + 1)), in finer units
    const extra = 40n, fine = this.bits + extra, shift = BigInt(value.toString(2).length) - 1n - this.bits, one = 1n << fine;
    const u = shift + this.bits > fine ? value >> (shift + this.bits - fine) : value << (fine - shift - this.bits);
    const artanh = (x) => {
      let total = 0n, count = 0n;
      for (let power = x, odd = 1n; power; power = (((power * x) >> fine) * x) >> fine, odd += 2n, count++) total += power / odd;
      return [total, count];
    };
    const [near, a] = artanh(((u - one) << fine) / (u + one)), [third, b] = artanh(one / 3n), found = 2n * near + 2n * third * shift, off = 8n * (a + 2n) + 8n * (b + 2n) * (abs(shift) + 1n);
    return [(found - off) >> extra, -((-found - off) >> extra)];
  }
  exp(value) { // e^v = 2^k e^r with 0 <= r < log 2
    const finer = new Digits(this.context, this.bits + 40n), two = finer.log(2n * finer.unit), [v] = [value << 40n], k = floorDiv(v, two[1]), r = v - k * two[0];
    refuse(r < 0n || r > finer.unit, "an exponent that is not brought near 0");
    let total = 0n, count = 1n;
    for (let term = finer.unit; term; term = ((term * r) >> finer.bits) / count++) total += term;
    const off = 4n * count + 4n + 8n * (abs(k) + 1n) * (two[1] - two[0] + 1n), shift = 40n - k;
    const scaled = (each, up) => (shift >= 0n ? (up ? -(-each >> shift) : each >> shift) : each << -shift);
    return [scaled(total - off, false), scaled(total + off, true)];
  }
}
// What is decided by some bits, by ever more of them: `decide` is given the two ends and the unit, and answers undefined where it needs closer ones.
function decided(term, context, decide, bits = 4096) {
  for (let some = 128; some <= bits; some *= 2) {
    const found = decide(...new Digits(context, some).of(term), 1n << BigInt(some));
    if (found !== undefined) return found;
  }
  return false;
}
const isBelow = (less, more, context) => decided(minus(more, less), context, (low, high) => (low > 0n ? true : high <= 0n ? false : undefined), 128);
function roundsTo(exact, shown, context) { // each decimal is the correct rounding of what stands in its place, or of the whole
  const minused = shown.head === "neg", decimal = minused ? shown.parts[0] : shown;
  if (decimal.head === "dec") {
    const [units, places] = decimal.parts, scale = 2n * 10n ** places, middle = 2n * (minused ? -units : units);
    return decided(exact, context, (low, high, unit) => ((middle - 1n) * unit < low * scale && high * scale < (middle + 1n) * unit ? true : high * scale <= (middle - 1n) * unit || low * scale >= (middle + 1n) * unit ? false : undefined));
  }
  return ["+", "neg"].includes(shown.head) && shown.head === exact.head && shown.parts.length === exact.parts.length && shown.parts.every((part, place) => roundsTo(exact.parts[place], part, context));
}

// --- laws of whole lines: what each asks of the line above and of the line ---

const zeroIs = (term, context) => context.hypotheses.some((own) => own.relation === "=" && own.right === NOUGHT && !own.every.size && context.states(own) && alike(own.left, term));
const asIs = (cited, context) => mayCite(cited, new Map([...cited.context.quantities.keys()].map((name) => [name, sym(name)])), context);
const theorems = (line, library) => line.cites.map((name) => library.get(name)).filter((each) => !each.name);
const pairs = (cited, relation) => cited.relations.flatMap((own, place) => (own === relation ? [[cited.terms[place], cited.terms[place + 1]]] : []));
function optimum(now, context) { // of argmax, argmin on an interval
  refuse(!now.head.startsWith("arg") || now.letters.length > 1, "no place of a maximum on an interval");
  const over = inside(now, context).quantities.get(now.letters[0]);
  return { letter: now.letters[0], body: now.body, over, largest: now.head === "argmax", on: (part) => context.extended(now.letters[0], part, true) };
}
function slopeHas(part, now, over, relation, context, library) { // the slope of the body, or of its logarithm where it is positive, on an open interval
  const { letter, body, over: all, on } = optimum(now, context), [plain, ofLog] = [body, log(body)].map((of) => tree("d", letter, of, sym(letter)));
  refuse(part?.first !== plain && (part?.first !== ofLog || !positive(body, on(interior(all)))), "not the slope of the body, nor of its logarithm");
  refuse(!implies(follow(part, on(over), library), relation) || part.lines.at(-1).term !== NOUGHT, `the slope is to be shown ${relation} 0`);
}
function raised(term, context, up) { // log t <= t - 1 for every logarithm, where the tree rises (falls) with it
  const { head, parts: [one], trees } = term;
  if (!(term.heads & BIT.log)) return term;
  if (head === "log") { refuse(!up || !positive(one, context), "log t <= t - 1 bounds from the other side"); return minus(one, UNIT); }
  if (head === "neg") return neg(raised(one, context, !up));
  if (head === "+") return changed(term, (part) => raised(part, context, up));
  if (head === "*" && trees.slice(0, -1).every((part) => !(part.heads & BIT.log) && neverNegative(part, context))) return at(term, trees.length - 1, raised(trees.at(-1), context, up));
  return head === "sum" ? bind(term, raised(term.body, inside(term, context), up)) : refuse(true, "log t <= t - 1 is of no use here");
}
function roots(equation, letter, context) { // of v = root, or of a product of factors = 0, each linear in v or nowhere 0
  const [left, right] = equation.parts, found = [];
  if (left === sym(letter) && !right.free.has(letter)) return [right];
  refuse(right !== NOUGHT, "neither solved nor a product = 0");
  for (const factor of left.head === "*" ? left.parts : [left]) {
    const inner = factor.head === "^" && factor.parts[1].head === "num" && factor.parts[1] !== NOUGHT ? factor.parts[0] : factor;
    if (nonzero(inner, context)) continue;
    const [start, next] = [NOUGHT, UNIT].map((value) => put1(inner, letter, value)), rate = minus(next, start), zero = div(neg(start), rate);
    refuse(!same(inner, tree("+", start, times(rate, sym(letter))), context) || !nonzero(rate, context), "a factor that is neither linear nor nowhere 0");
    if (!found.some((each) => same(each, zero, context))) found.push(zero);
  }
  return found;
}
function judgeEquation(before, step, context, library) { // the same solutions
  refuse(step.relation !== "<=>" || step.term.head !== "eq" || step.parts.length, "an equation follows from an equation by <=>");
  step.term.parts.forEach((side) => defined(side, context));
  const [old, now] = [before, step.term].map((each) => minus(...each.parts)), [law] = step.laws.length === 1 && !step.cites.length ? step.laws : [];
  if (law === "multiply" && step.by) {
    defined(step.by, context);
    refuse(!nonzero(step.by, context) || !same(times(step.by, old), now, context), "not the equation above times what is not 0");
  } else if (law === "collect") refuse(!same(old, now, context) && !same(old, neg(now), context), "not the equation above rearranged");
  else before.parts.forEach((side, place) => side === step.term.parts[place] || equalBy(side, step.term.parts[place], step, context, library));
}
const partsOf = (line, count) => { refuse(line.parts.length !== count, `${count} parts are asked for`); return line.parts; };
const runs = (part, first, last) => refuse(part.first !== first || part.lines.at(-1)?.term !== last, "a part that begins or ends with something else");
const ORDER = { "<": BELOW, ">": ABOVE, "<=": DOWN, ">=": UP };
const monotone = (rises) => (now, line, context, library) => {
  const { letter, body, over, largest, on } = optimum(now, context), [part] = partsOf(line, 1);
  regular(body, letter, on(over), false);
  slopeHas(part, now, interior(over), rises ? ">" : "<", context, library);
  const up = rises === largest;
  refuse(line.term !== ((up ? over.highIn : over.lowIn) ? (up ? over.high : over.low) : tree("set")), "the place is another end, or nowhere");
};
const solved = (law) => (now, line, context, library) => {
  refuse(now.head !== "roots" || line.term.head !== "set", "the roots of an equation and their set are asked for");
  const [{ first, lines }] = partsOf(line, 1), inner = inside(now, context), [letter] = now.letters, listed = line.term.parts;
  refuse(first !== tree("eq", now.body, NOUGHT) || !lines.length, "the equation to begin with is another");
  defined(now.body, inner);
  const last = lines.reduce((before, step) => { judgeEquation(before, step, inner, library); return step.term; }, first);
  refuse((last.parts[0] === sym(letter)) !== (law === "solve"), "not what this law ends with");
  const found = roots(last, letter, inner), has = (these, one) => these.some((other) => same(one, other, context));
  refuse(!found.every((each) => lies(each, inner.quantities.get(letter), context)), "a root that is not known to lie in the interval");
  refuse(found.length !== listed.length || !found.every((each) => has(listed, each)) || !listed.every((each) => has(found, each)), "the roots are others");
};
const JUDGES = {
  "collect": (now, line, context) => refuse(line.relation !== "=" || !(alike(now, line.term) || (comparable(now, line.term) && same(now, line.term, context))), "not equal by arithmetic"),
  "sign": (now, line, context) => refuse(!only(signOf(line.term === NOUGHT ? now : now === NOUGHT ? neg(line.term) : minus(now, line.term), context), ORDER[line.relation] ?? 0), "the sign is not known to be so"),
  "tangent": (now, line, context) => refuse(!["<=", ">="].includes(line.relation) || !(now.heads & BIT.log) || !same(raised(now, context, line.relation === "<="), line.term, context), "not by log t <= t - 1"),
  "below-one": (now, line, context) => {
    const { head, parts: [one, two, low, high] } = now, [inner, body] = head === "prod" ? [inside(now, context), two] : [context, one];
    refuse(line.relation !== "<" || line.term !== UNIT || !["prod", "^"].includes(head), "no product of many factors is shown < 1");
    refuse(head === "prod" ? !positive(tree("+", minus(high, low), UNIT), context) : !positive(two, context) || !whole(two, context), "there may be no factor");
    refuse(!positive(body, inner) || !positive(minus(UNIT, body), inner), "not every factor is known to lie between 0 and 1");
  },
  "rounding": (now, line, context) => refuse(line.relation !== "≈" || !roundsTo(now, line.term, context), "not the rounding"),
  "digits": (now, line, context) => refuse(!["<", ">"].includes(line.relation) || !isBelow(...(line.relation === "<" ? [now, line.term] : [line.term, now]), context), "not seen in the digits"),
  "touches": (now, line, context, library) => refuse(line.relation !== "=" || !theorems(line, library).some((cited) => pairs(cited, "=").some(([total, gaps]) => {
    if (gaps.head !== "sum" || !zeroIs(total, context)) return false;
    const [index, body, low, high] = gaps.parts, factors = body.head === "*" ? body.parts : [body], [gap, weights] = [factors.at(-1), factors.slice(0, -1)], of = gap.head === "+" ? gap.parts[0] : NOUGHT;
    const found = gap === tree("+", of, neg(UNIT), neg(log(of))) && match(of, div(now, line.term), new Set([index]));
    return found && found.has(index) && allPositive([...weights, of], inside(gaps, context)) && lies(found.get(index), range(low, high, true, true, true), context) && asIs(cited, context);
  })), "no sum of t - 1 - log t, for this t among others, is supposed to be 0"),
  "only-root": (now, line, context, library) => refuse(now.head !== "sym" || context.bound.has(now.parts[0]) || line.relation !== "=" || !theorems(line, library).some((cited) => pairs(cited, "=").some(([asked, found]) =>
    asked.head === "roots" && found.head === "set" && found.parts.length === 1 && asIs(cited, context) && zeroIs(put1(asked.body, asked.letters[0], now), context)
      && lies(now, inside(asked, context).quantities.get(asked.letters[0]), context) && same(found.parts[0], line.term, context))), "not supposed to satisfy the equation, or its root is another"),
  "rises-falls": (now, line, context, library) => {
    const { letter, body, over, largest, on } = optimum(now, context), place = line.term, [before, after] = partsOf(line, 2);
    refuse(place.free.has(letter) || !lies(place, interior(over), context), "a place inside of the interval is asked for");
    regular(body, letter, on(over), false);
    slopeHas(before, now, range(over.low, place), largest ? ">" : "<", context, library);
    slopeHas(after, now, range(place, over.high), largest ? "<" : ">", context, library);
  },
  "rises": monotone(true),
  "falls": monotone(false),
  "gap": (now, line, context, library) => {
    const { letter, body, over, largest, on } = optimum(now, context), place = line.term, [part] = partsOf(line, 1), best = put1(body, letter, place);
    refuse(place.free.has(letter) || !lies(place, over, context), "a place in the interval is asked for");
    refuse(part.first !== (largest ? minus(best, body) : minus(body, best)) || follow(part, on(over), library) !== "=", "the gap is the value there minus the value anywhere");
    for (const side of [range(over.low, place, over.lowIn, false), range(place, over.high, false, over.highIn)]) {
      refuse(!(side.low && side.high && same(side.low, side.high, context)) && !positive(part.lines.at(-1).term, on(side)), "not known to be positive everywhere else");
    }
  },
  "solve": solved("solve"),
  "zero-product": solved("zero-product"),
  "never-zero": (now, line, context, library) => {
    const [part] = partsOf(line, 1);
    refuse(now.head !== "roots" || line.term !== tree("set") || part.first !== now.body, "the roots of an equation, none, are asked for");
    refuse(!["<", ">"].includes(follow(part, inside(now, context), library)) || part.lines.at(-1).term !== NOUGHT, "what is never 0 is to be shown < 0 or > 0");
  },
  "root-rounding": (now, line, context, library) => { // a slope that keeps its sign, and a body that changes its own within the rounding
    const [part] = partsOf(line, 1), [shown] = line.term.parts, decimal = shown?.head === "neg" ? shown.parts[0] : shown;
    refuse(now.head !== "roots" || now.parts.at(-1) !== "()" || line.relation !== "≈" || line.term.head !== "set" || line.term.parts.length !== 1 || decimal.head !== "dec", "roots in an open interval and one decimal are asked for");
    const inner = inside(now, context), [letter] = now.letters, [units, places] = decimal.parts;
    refuse(part.first !== tree("d", letter, now.body, sym(letter)), "not the slope of the body");
    regular(now.body, letter, inner, false);
    const way = follow(part, inner, library), sides = [-1n, 1n].map((half) => div(num(2n * (shown === decimal ? units : -units) + half), num(2n * 10n ** places)));
    refuse(!["<", ">"].includes(way) || part.lines.at(-1).term !== NOUGHT, "the slope is to be shown < 0 or > 0");
    refuse(!sides.every((side) => lies(side, inner.quantities.get(letter), context)), "not well inside of the interval");
    const [first, last] = sides.map((side) => put1(now.body, letter, side)), [low, high] = way === ">" ? [first, last] : [last, first];
    refuse(!isBelow(low, NOUGHT, context) || !isBelow(NOUGHT, high, context), "not where the sign changes");
  },
  "cases": (now, line, context, library) => {
    const split = line.by?.head === "tuple", [of, place] = split ? line.by.parts : [line.by], over = of?.head === "sym" && context.quantities.get(of.parts[0]), cases = [];
    refuse(!over || context.bound.has(of.parts[0]) || (split && line.by.parts.length !== 2), "cases of what is no quantity of the statement");
    const [name] = of.parts;
    if (split) { // from a point on, and below it
      defined(place, context);
      refuse(place.free.has(name) || over.point || (over.whole && !whole(place, context)), "the cases part at a number that does not vary");
      refuse((over.low && !positive(minus(place, over.low), context)) || (over.high && !positive(minus(over.high, place), context)), "the cases part outside of the range");
      const below = { ...over, high: over.whole ? minus(place, UNIT) : place, highIn: over.whole };
      cases.push([context.extended(name, { ...over, low: place, lowIn: true }, false), new Map()]);
      cases.push(over.whole && over.low && same(over.low, below.high, context) ? [context, new Map([[name, over.low]])] : [context.extended(name, below, false), new Map()]);
    } else {
      const [first, last] = ends(over).map((end) => number(end, context));
      refuse(!over.whole || !first || !last || !over.lowIn || !over.highIn || last[0] - first[0] > 9n, "not a few values");
      for (let value = first[0]; value <= last[0]; value++) cases.push([context, new Map([[name, num(value)]])]);
    }
    partsOf(line, cases.length).forEach((part, which) => {
      const [inner, values] = cases[which];
      runs(part, put(now, values), put(line.term, values));
      refuse(!implies(follow(part, inner, library), line.relation), "a case does not show it");
    });
  },
  "induction": (now, line, context, library) => {
    const [base, step] = partsOf(line, 2), name = line.by?.head === "sym" && line.by.parts[0], over = context.quantities.get(name);
    refuse(line.relation !== "=" || !over?.whole || !over.low || !over.lowIn || !whole(over.low, context) || over.high || context.bound.has(name), "not the whole numbers from a first one on");
    refuse([...context.quantities.values(), ...context.families.values()].some((each) => speaks(each, name)) || context.hypotheses.some((each) => each.about.has(name)), "a premise or a range speaks of it");
    const supposed = { left: now, relation: "=", right: line.term, every: new Map(), about: new Set([...now.free, ...line.term.free]) };
    for (const [part, inner, value] of [[base, context, over.low], [step, context.with({ hypotheses: [...context.hypotheses, supposed] }), tree("+", sym(name), UNIT)]]) {
      runs(part, put1(now, name, value), put1(line.term, name, value));
      refuse(follow(part, inner, library) !== "=", "base and step are to show =");
    }
  },
};
const NESTED = ["rises-falls", "rises", "falls", "gap", "solve", "zero-product", "never-zero", "root-rounding", "cases", "induction"];
const COMPARE = ["cases", "sign", "tangent", "below-one", "rounding", "root-rounding", "digits"];
const comparable = (...terms) => terms.every((term) => term.head !== "tuple" && term.head !== "set");

function holds(now, line, context, library) { // the line follows from the term above
  const { relation, term, laws, cites } = line, judge = laws.find((name) => Object.hasOwn(JUDGES, name));
  for (const name of laws) refuse(!Object.hasOwn(JUDGES, name) && !Object.hasOwn(LAWS, name), `no law of the name ${name}`);
  for (const name of cites) refuse(!library.has(name), `no equation of the name ${name}`);
  refuse(!laws.length && !cites.length, "a line without a law");
  refuse(new Set(laws).size < laws.length || new Set(cites).size < cites.length, "a law, or an equation, is named twice");
  refuse(judge && (laws.length > 1 || (cites.length && judge !== "only-root" && judge !== "touches")), `${judge} is a line of its own`);
  refuse((line.by && judge !== "cases" && judge !== "induction") || (line.parts.length && !NESTED.includes(judge)), "the law takes neither parts nor anything to be used with");
  refuse(relation !== "=" && (laws.length ? !COMPARE.includes(judge) : false), `no law shows ${relation} here`);
  refuse(relation !== "=" && !cites.length && judge !== "root-rounding" && (ALONE.has(now.head) || ALONE.has(term.head)), "only numbers are smaller and larger");
  if (judge) JUDGES[judge](now, line, context, library);
  else if (relation === "=") equalBy(now, term, line, context, library);
  else refuse(!theorems(line, library).some((cited) => says(cited, now, relation, term, context)), "not what is cited");
}
function says(cited, now, relation, term, context) { // a chain, from one of its terms to another
  const letters = new Set(cited.context.quantities.keys());
  for (const [start, left] of cited.terms.entries()) {
    let own = "=";
    for (let place = start; place < cited.relations.length && cited.relations[place] !== "≈"; place++) {
      own = unless(() => composed(own, cited.relations[place]), () => null);
      if (!own) break;
      const first = match(left, now, letters), found = first && match(cited.terms[place + 1], term, letters, first);
      if (found && implies(own, relation) && mayCite(cited, found, context)) return true;
    }
  }
  return false;
}
function equalBy(now, term, { laws, cites }, context, library) {
  refuse(laws.some((name) => !Object.hasOwn(LAWS, name)) || cites.some((name) => !library.has(name)) || !(laws.length + cites.length), "no law between these");
  const named = [...laws.map(lawOf), ...cites.map((name) => citation(library.get(name)))];
  const proves = (moves) => { const [one, other] = [now, term].map((side) => rewritten(side, moves, context)); return alike(one, other) || (comparable(one, other) && same(one, other, context)); };
  refuse(!proves(named), () => `it does not follow by ${[...laws, ...cites].join(", ")}`);
  named.forEach((_, place) => refuse(proves(others(named, place)), "something is named and not needed"));
}
function follow({ first, lines }, context, library) { // lines one after the other; the relation of their two ends
  refuse(!lines.length, "an empty proof");
  placed(first, context, library);
  return lines.reduce(([now, since], line) => {
    refuse(!["=", "<", ">", "<=", ">="].includes(line.relation), "no such relation inside of a proof");
    placed(line.term, context, library);
    holds(now, line, context, library);
    return [line.term, composed(since, line.relation)];
  }, [first, "="])[1];
}

// --- contexts that are not empty: the point that is shown lies in every range and satisfies every premise ---

const fractionOf = (said) => { const found = /^(-?\d+)(?:\/([1-9]\d*))?$/.exec(said); refuse(!found, `${said} is no fraction`); return constant(BigInt(found[1]), BigInt(found[2] ?? 1)); };
class Point {
  constructor(context, values) { Object.assign(this, { context, values }); }
  number(term) { return asNumber(this.of(term)); }
  natural(term) { const [value, below] = this.number(term); refuse(below !== 1n, "not a whole number at the point"); return value; }
  of(term) { // a number, as a fraction
    const { head, parts: [one, two, low, high], trees } = term, { context } = this, of = (part) => this.of(part);
    if (head === "num" || head === "dec") return plainly(term, context);
    if (head === "sym" && this.values.get(one)?.above) return this.values.get(one);
    if (head === "+" || head === "*") return trees.map(of).reduce(head === "+" ? add : multiply);
    if (head === "neg") return negative(of(one));
    if (head === "/") return multiply(of(one), inverse(of(two)));
    if (head === "exp" && !this.number(one)[0]) return ONE;
    if (head === "log" && equal(of(one), ONE)) return constant(0n);
    if (head === "is") return constant(equal(of(one), of(two)) ? 1n : 0n);
    if (head === "^") {
      const base = of(one), times = this.natural(two);
      refuse(times <= 0n && !base.above.size && !(times === 0n && context.conventions.has("0^0 = 1")), "0^0 or 1/0");
      return power(base, times);
    }
    if (head === "binom") {
      const [n, k] = [this.natural(one), this.natural(two)];
      refuse(k < 0n || k > n || n > 10000n, "a binomial coefficient out of range");
      return constant(new Digits(context, 0).of(tree("binom", num(n), num(k)))[0]);
    }
    if (head === "sum" || head === "prod") {
      const [first, last] = [this.natural(low), this.natural(high)];
      refuse(last - first + 1n < 0n || last - first > 10000n, "too many terms, or fewer than none");
      let found = constant(head === "prod" ? 1n : 0n);
      for (let index = first; index <= last; index++) found = (head === "sum" ? add : multiply)(found, this.and(one, constant(index)).of(two));
      return found;
    }
    if (head === "d") {
      const meanings = [...context.names.keys()].map((name) => citation({ name })), logs = ["log-product", "log-power", "log-quotient", "log-exp"].map(lawOf);
      const found = rewritten(rewritten(term, [...logs, ...meanings], context), Object.keys(LAWS).filter((name) => name.startsWith("derivative")).map(lawOf), context);
      refuse(found.heads & BIT.d, "a slope without a value");
      return of(found);
    }
    if (context.knows(term)) {
      const meant = unfold(tree("app", one, ...trees.map((part) => this.settled(part))), context);
      refuse(!meant, "an entry that is not known");
      return of(meant);
    }
    const own = head === "app" && this.values.get(one), numbers = own instanceof Map && trees.filter((part) => !context.isPoint(part)).map((part) => this.number(part).join("/")).join();
    const value = own instanceof Map ? own.get(numbers) : own;
    refuse(!value?.above, () => `${head} has no value at the point that is shown`);
    this.fits(value, context.families.get(one));
    return value;
  }
  and(name, value) { return new Point(this.context, new Map(this.values).set(name, value)); }
  settled(term) {
    const value = term.head === "sym" && this.values.get(term.parts[0]), found = value?.above && asNumber(value);
    return found ? (found[1] === 1n ? num(found[0]) : div(num(found[0]), num(found[1]))) : term;
  }
  fits(value, over) {
    const compared = (a, b) => { const [difference] = asNumber(add(a, negative(b))); return difference > 0n ? ABOVE : difference < 0n ? BELOW : NIL; };
    const low = over.low ? compared(value, this.of(over.low)) : ABOVE, high = over.high ? compared(this.of(over.high), value) : ABOVE;
    refuse(!only(low, over.lowIn ? UP : ABOVE) || !only(high, over.highIn ? UP : ABOVE) || (over.whole && asNumber(value)[1] !== 1n), "the point that is shown is outside of a range");
  }
  instances({ every, left, right }) { // enough values of the letters that a premise holds for: all, or one where it says the same for each
    let found = [this];
    const endless = [];
    for (const [name, over] of every) {
      if (over.point) continue;
      refuse(!over.whole || !over.low || endless.some((each) => speaks(over, each)), "a premise for every one of what is no whole number from a first one on");
      refuse(!over.high && ![left, right].every((side) => this.indifferent(side, name)), "a premise for endlessly many, which is not the same for each");
      if (!over.high) endless.push(name);
      found = found.flatMap((each) => {
        const first = each.natural(over.low), last = over.high ? each.natural(over.high) : first;
        refuse(last - first > 10000n, "too many values");
        return Array.from({ length: Math.max(0, Number(last - first) + 1) }, (_, step) => each.and(name, constant(first + BigInt(step))));
      });
    }
    return found;
  }
  indifferent(term, letter) {
    if (!term.free.has(letter)) return true;
    if (term.head === "app" && this.context.families.has(term.parts[0])) return !(this.values.get(term.parts[0]) instanceof Map);
    const meant = this.context.knows(term) && unfold(term, this.context);
    if (meant) return this.indifferent(meant, letter);
    return term.head !== "sym" && term.head !== "is" && term.trees.every((part) => this.indifferent(part, letter));
  }
}
function aboutPoints(term, context) { // such an equation is true where every space has one point
  if (term.head === "tuple") return term.parts.every((part) => aboutPoints(part, context));
  if (term.head.startsWith("arg")) return term.letters.every((letter) => aboutPoints(sym(letter), context));
  return term.head === "sym" && context.isPoint(term);
}
function checkForms(context) {
  const { quantities, families, names, hypotheses, conventions } = context, applied = (name) => names.has(name) || families.has(name);
  refuse([...conventions].some((each) => each !== "0^0 = 1" && each !== "0 log 0 = 0"), "no such convention");
  refuse([...names.keys(), ...families.keys()].some((name) => !NAME.test(name) || (names.has(name) && families.has(name))), "a name is a family too, or no name");
  for (const name of [...quantities.keys(), ...hypotheses.flatMap((each) => [...each.every.keys()])]) refuse(!LETTER.test(name) || name.includes("'") || applied(name), `${name} is a name too, or no letter`);
  for (const [name, { parameters, bodies, names: spoken }] of names) {
    refuse(new Set(parameters).size < parameters.length || parameters.some((each) => !LETTER.test(each) || applied(each)), `${name}: a parameter is no letter, or there twice`);
    refuse(bodies.some((body) => [...body.free].some((each) => !parameters.includes(each)) || [...body.names].some((each) => !parameters.includes(each) && !applied(each))), `${name} speaks of what has no meaning`);
    refuse(closure(spoken, context).has(name) || bodies.some((body) => ALONE.has(body.head) && body.head !== "tuple"), `${name} speaks of itself, or is no number`);
  }
}
function checkContext(context, said) {
  const value = (each) => (Array.isArray(each) ? new Map(each.map(([key, one]) => [key.map((part) => (/^-?\d/.test(part) ? asNumber(fractionOf(part)).join("/") : part)).join(), fractionOf(one)])) : /^-?\d/.test(each) ? fractionOf(each) : null);
  const point = new Point(context, new Map(Object.entries(said).map(([name, each]) => [name, value(each)])));
  for (const [name, over] of context.quantities) if (!over.point) point.fits(point.of(sym(name)), over);
  for (const over of [...context.quantities.values(), ...context.families.values()]) ends(over).forEach((end) => defined(end, context));
  for (const [name, over] of context.families) {
    const own = point.values.get(name);
    if (over.point && !(own instanceof Map)) continue;
    refuse(!own || (own instanceof Map && !own.size), `no number of ${name} is shown`);
    for (const each of own instanceof Map ? own.values() : [own]) point.fits(each, over);
  }
  for (const premise of context.hypotheses) {
    const sides = [premise.left, premise.right];
    if (premise.relation === "=" && sides.every((side) => aboutPoints(side, context))) continue;
    const inner = context.with({ quantities: new Map([...context.quantities, ...premise.every]) });
    for (const side of sides) wellPlaced(side, inner);
    for (const each of point.instances(premise)) refuse(premise.relation !== "=" || !equal(...sides.map((side) => each.of(side))), "a premise does not hold at the point that is shown");
  }
}

// --- the judge ---

const readLine = (step) => {
  refuse(!["=", "<", ">", "<=", ">=", "≈", "<=>"].includes(step.relation), "no such relation");
  return { relation: step.relation, term: read(step.term), laws: [...step.laws], cites: [...step.cites], by: step.by ? read(step.by) : null, parts: (step.parts ?? []).map((part) => ({ first: read(part.first), lines: part.steps.map(readLine) })) };
};
const count = (lines) => lines.reduce((sum, line) => sum + 1 + line.parts.reduce((inner, part) => inner + count(part.lines), 0), 0);
// The identifiers that a proof cites: of the steps of a record, or of lines that were read.
export const cited = (steps) => steps.flatMap(({ cites, parts }) => [...cites, ...(parts ?? []).flatMap((part) => cited(part.steps ?? part.lines))]);

function prove(context, inhabitant, terms, relations, lines, library) {
  checkForms(context);
  checkContext(context, inhabitant);
  if (relations.at(-1) === "=!") {
    refuse(terms.at(-1) !== NOUGHT, "only 0 can be asked for");
    [terms, relations] = [terms.slice(0, -1), relations.slice(0, -1)];
  }
  refuse(terms.length !== relations.length + 1 || !relations.length || !lines.length || relations.some((each) => !["=", "<", ">", "<=", ">=", "≈"].includes(each)), "nothing is claimed, or the proof is empty");
  for (const term of terms) placed(term, context, library);
  refuse(terms.at(-1).head === "lim", "that a limit exists is shown by its value");
  let [now] = terms, since = "=", reached = 0;
  for (const line of lines) {
    refuse(since === "≈" || (line.relation === "≈" && since !== "="), "nothing follows from what is rounded, and nothing smaller is");
    since = line.relation === "≈" ? "≈" : composed(since, line.relation);
    placed(line.term, context, library);
    holds(now, line, context, library);
    now = line.term;
    if (reached < relations.length && alike(now, terms[reached + 1]) && implies(since, relations[reached])) { reached++; since = "="; }
  }
  refuse(reached < relations.length || !alike(now, terms.at(-1)), "the proof ends elsewhere");
  return theorem(context, terms, relations);
}
function theorem(context, terms, relations) { // `equals`: how far the chain goes on by =
  const asked = relations.at(-1) === "=!" ? 1 : 0, until = relations.findIndex((each) => each !== "=");
  return { context, terms: terms.slice(0, terms.length - asked), relations: relations.slice(0, relations.length - asked), equals: until < 0 ? relations.length : until };
}

// The records of a catalogue, each after what it cites.
export function inOrder(records) {
  const waiting = new Map(records.map((each) => [each.id, each])), found = [];
  refuse(waiting.size < records.length, "two records have one identifier");
  const take = (record) => {
    if (!record || !waiting.delete(record.id)) return;
    cited(record.proof.steps).forEach((id) => take(waiting.get(id)));
    found.push(record);
  };
  [...records.filter((each) => each.verdict === "definition"), ...records].forEach(take);
  return found;
}

export class Kernel {
  // `names`: what every name of the catalogue means. `library`: what has been accepted, by identifier.
  constructor(names) {
    this.meanings = new Map(Object.entries(names).map(([name, said]) => [name, readMeaning(said)]));
    this.library = new Map();
    this.defined = new Set();
  }
  // Accepts a record of the catalogue, all that it cites having been accepted, and answers how many lines its proof has; or refuses it, and says why.
  check(record) {
    const { found, lines } = this.judged(record);
    if (found) this.library.set(record.id, found);
    if (found?.name) this.defined.add(found.name);
    return lines;
  }
  // The same, and nothing is kept.
  judged(record) {
    begin();
    try {
      const context = readContext(record.context, this.meanings);
      if (record.verdict === "definition") return { found: this.definition(record, context), lines: 0 };
      refuse(record.rows.length !== 1 || record.verdict !== (record.rows[0].relations.includes("≈") ? "certified" : "proved"), "the verdict is not what the relations say");
      const lines = record.proof.steps.map(readLine), library = new Map(cited(lines).filter((name) => this.library.has(name)).map((name) => [name, this.library.get(name)]));
      return { found: prove(context, record.inhabitant, record.rows[0].terms.map(read), record.rows[0].relations, lines, library), lines: count(lines) };
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      throw new Refused(`it is no proof, or too deep: ${problem}`); // a record of another form, ranges that speak of each other
    }
  }
  // Takes a record as it is stated, to be cited, without a look at its proof.
  suppose({ id, defines, verdict, context, rows: [{ terms, relations }] }) {
    if (verdict === "definition") { if (defines) this.library.set(id, { name: defines }); } else this.library.set(id, theorem(readContext(context, this.meanings), terms.map(read), relations));
  }
  // Names that have a meaning and that no record defined.
  get undefined() { return [...this.meanings.keys()].filter((name) => !this.defined.has(name)); }
  definition({ defines, proof }, context) {
    refuse(proof.steps.length, "a definition has no proof");
    if (!defines) return null;
    const meaning = this.meanings.get(defines);
    refuse(this.defined.has(defines) || context.names.has(defines) || context.families.has(defines), `${defines} is defined twice`);
    checkForms(context.with({ names: new Map(context.names).set(defines, meaning) }));
    if (!meaning.parameters.some((each) => meaning.names.has(each))) meaning.bodies.forEach((body) => argumentDefined(body, context)); // of distributions: checked wherever it is used
    return { name: defines };
  }
}

// For what looks for points and for proofs; neither is believed for what it finds here, but for a point that `checkContext`, and a proof that `Kernel` accepts.
export { Digits, LAWS, alike, checkContext, citation, closure, lawOf, number, put, put1, read, readContext, rewritten, root, same, text, tree, unfold };
