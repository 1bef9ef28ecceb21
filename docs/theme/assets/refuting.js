// A point of a statement's domain at which it certainly fails: values are exact fractions, or lie between two bounds, and only what is certain counts. It knows nothing of proofs.
import { Digits, Refused, alike, checkContext, citation, closure, lawOf, put1, read, rewritten, root, tree, unfold } from "./kernel.js";

class Undefined extends Error {} // certainly no value there
class Unvalued extends Error {} // nothing is said: no value is known, or not to so many bits
const [ZERO, ONE] = [["num", 0], ["num", 1]].map(read), LARGE = 6000n, MOST = 2000n, BITS = [128, 512, 2048], NARROW = 60n, PLACES = 30, READABLE = 10n ** 6n;
const ALONE = ["lim", "argmax", "argmin", "roots"];
const size = (value) => (value < 0n ? -value : value), common = (a, b) => { for (a = size(a), b = size(b); b;) [a, b] = [b, a % b]; return a; };
const floorDiv = (a, b) => { const found = a / b; return a % b !== 0n && (a < 0n) !== (b < 0n) ? found - 1n : found; };
const bitsOf = (value) => BigInt(size(value).toString(16).length * 4);

// --- numbers: [above, below] exactly, or { low, high } in units of 2^-bits ---

export function fraction(above, below = 1n) {
  const shared = common(above, below) * (below < 0n ? -1n : 1n);
  return [above / shared, below / shared];
}
const exact = Array.isArray;
const asTree = ([above, below]) => { const whole = tree("num", size(above)), found = below === 1n ? whole : tree("/", whole, tree("num", below)); return above < 0n ? tree("neg", found) : found; };
const asText = ([above, below]) => (below === 1n ? `${above}` : `${above}/${below}`);
const asFraction = (text) => { const [above, below] = text.split("/"); return fraction(BigInt(above), BigInt(below ?? 1)); };

class Values { // what terms are worth at one point, to so many bits
  constructor(point, bits) { Object.assign(this, { point, context: point.context, bits: BigInt(bits), unit: 1n << BigInt(bits), digits: new Digits(point.context, bits) }); }
  wide(value) { return exact(value) ? { low: floorDiv(value[0] << this.bits, value[1]), high: -floorDiv(-value[0] << this.bits, value[1]) } : value; }
  kept(above, below = 1n) { const found = fraction(above, below); return bitsOf(found[0]) + bitsOf(found[1]) > LARGE ? this.wide(found) : found; }
  add(a, b) {
    if (exact(a) && exact(b)) return this.kept(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
    [a, b] = [this.wide(a), this.wide(b)];
    return { low: a.low + b.low, high: a.high + b.high };
  }
  times(a, b) {
    if (exact(a) && exact(b)) return this.kept(a[0] * b[0], a[1] * b[1]);
    if ([a, b].some((each) => exact(each) && !each[0])) return [0n, 1n];
    [a, b] = [this.wide(a), this.wide(b)];
    const [low, high] = this.digits.times([a.low, a.high], [b.low, b.high]);
    return { low, high };
  }
  minus(a) { return exact(a) ? [-a[0], a[1]] : { low: -a.high, high: -a.low }; }
  inverse(a) {
    if (exact(a)) { if (!a[0]) throw new Undefined(); return fraction(a[1], a[0]); }
    if (a.low <= 0n && a.high >= 0n) throw new Unvalued();
    const square = this.unit * this.unit;
    return { low: floorDiv(square, a.high), high: -floorDiv(-square, a.low) };
  }
  sign(a) { // 1, 0, -1, or undefined where it is not certain
    if (exact(a)) return a[0] > 0n ? 1 : a[0] < 0n ? -1 : 0;
    return a.low > 0n ? 1 : a.high < 0n ? -1 : a.low === 0n && a.high === 0n ? 0 : undefined;
  }
  compared(a, b) { return this.sign(this.add(a, this.minus(b))); }
  ordered(low, high) { return { low: low < high ? low : high, high: low < high ? high : low }; }
  log(a) {
    if (exact(a) && a[0] === a[1]) return [0n, 1n];
    if (this.sign(a) <= 0) throw new Undefined();
    const { low, high } = this.wide(a);
    if (low <= 0n) throw new Unvalued();
    return { low: this.digits.log(low)[0], high: this.digits.log(high)[1] };
  }
  exp(a) {
    if (exact(a) && !a[0]) return [1n, 1n];
    const { low, high } = this.wide(a), most = 1000n * this.unit;
    if (high > most || low < -most) throw new Unvalued();
    return { low: this.digits.exp(low)[0], high: this.digits.exp(high)[1] };
  }
  sqrt(a) {
    if (this.sign(a) === -1) throw new Undefined();
    if (exact(a)) { const roots = a.map(root); if (roots.every((each, at) => each * each === a[at])) return roots; }
    const { low, high } = this.wide(a);
    if (low < 0n) throw new Unvalued();
    return { low: root(low << this.bits), high: root(high << this.bits) + 1n };
  }
  power(base, exponent) {
    const sign = this.sign(base);
    if (exact(exponent) && exponent[1] === 1n) {
      let [times] = exponent, found = [1n, 1n];
      if (sign === 0 && times <= 0n) { if (!times && this.context.conventions.has("0^0 = 1")) return found; throw new Undefined(); }
      if (size(times) > 5000n) throw new Unvalued();
      if (times < 0n) [base, times] = [this.inverse(base), -times];
      for (let left = times; left; left >>= 1n, base = left ? this.times(base, base) : base) if (left & 1n) found = this.times(found, base);
      return found;
    }
    if (sign === -1 && exact(exponent)) throw new Undefined();
    if (sign !== 1) throw new Unvalued();
    return this.exp(this.times(exponent, this.log(base)));
  }
  pi() { // 16 arc tan 1/5 - 4 arc tan 1/239, in finer units
    const fine = 1n << (this.bits + 20n);
    const arc = (x) => { let total = 0n, count = 1n; for (let power = fine / x; power; power /= -x * x, count += 2n) total += power / count; return total; };
    const found = 16n * arc(5n) - 4n * arc(239n), off = 1n << 16n;
    return { low: (found - off) >> 20n, high: ((found + off) >> 20n) + 1n };
  }
  whole(term, within) {
    const value = this.of(term, within);
    if (!exact(value)) throw new Unvalued();
    if (value[1] !== 1n) throw new Undefined();
    return value[0];
  }
  terms(term, within) { // of a sum or product: the values of its letter
    const [, , low, high] = term.parts, [first, last] = [low, high].map((end) => this.whole(end, within));
    if (last < first - 1n) throw new Undefined();
    if (last - first > MOST) throw new Unvalued();
    return Array.from({ length: Number(last - first) + 1 }, (_, step) => first + BigInt(step));
  }
  of(term, within = new Map()) {
    const { head, parts: [one, two, three], trees } = term, of = (part) => this.of(part, within);
    switch (head) {
      case "num": return [one, 1n];
      case "dec": return fraction(one, 10n ** two);
      case "sym": return within.get(one) ?? this.point.quantity(one);
      case "pi": return this.pi();
      case "neg": return this.minus(of(one));
      case "+": return trees.map(of).reduce((a, b) => this.add(a, b));
      case "*": return this.product(trees, within);
      case "/": return this.times(of(one), this.inverse(of(two)));
      case "^": return this.power(of(one), of(two));
      case "log": return this.log(of(one));
      case "exp": return this.exp(of(one));
      case "sqrt": return this.sqrt(of(one));
      case "abs": case "max": {
        const a = of(one), b = head === "abs" ? this.minus(a) : of(two), sign = this.compared(a, b);
        if (sign !== undefined) return sign >= 0 ? a : b;
        const [x, y] = [a, b].map((each) => this.wide(each)), more = (p, q) => (p > q ? p : q);
        return { low: more(x.low, y.low), high: more(x.high, y.high) };
      }
      case "is": {
        const sign = this.compared(of(one), of(two));
        if (sign === undefined) throw new Unvalued();
        return [sign ? 0n : 1n, 1n];
      }
      case "binom": {
        const [n, k] = [one, two].map((part) => this.whole(part, within));
        if (k < 0n || k > n) throw new Undefined();
        if (n > 2000n) throw new Unvalued();
        let found = 1n;
        for (let step = 0n; step < k; step++) found = (found * (n - step)) / (step + 1n);
        return [found, 1n];
      }
      case "sum": case "prod": {
        const own = this.terms(term, within);
        if (!two.free.has(one) && own.length) { const value = of(two), count = [BigInt(own.length), 1n]; return head === "sum" ? this.times(count, value) : this.power(value, count); }
        const each = own.map((index) => this.of(two, new Map(within).set(one, [index, 1n])));
        return head === "sum" ? each.reduce((a, b) => this.add(a, b), [0n, 1n]) : each.reduce((a, b) => this.times(a, b), [1n, 1n]);
      }
      case "d": {
        const body = put1(two, one, three);
        this.of(body, within); // where the body has no value, neither has its slope
        try { return this.of(put1(this.slope(two, one, within), one, three), within); } catch (problem) { throw problem instanceof Undefined ? new Unvalued() : problem; }
      }
      case "app": return this.context.families.has(one) ? this.point.member(one, trees.filter((part) => !this.context.isPoint(part)).map((part) => this.settled(part, within, true))) : of(this.meant(term, within));
      default: throw new Unvalued();
    }
  }
  product(factors, within) { // 0 log 0 = 0, where that is stated
    let hidden = false;
    const each = factors.map((factor) => {
      try { return this.of(factor, within); } catch (problem) {
        const [of] = factor.parts, above = of?.head === "/" ? of.parts[0] : of;
        if (!(problem instanceof Undefined) || factor.head !== "log" || !this.context.conventions.has("0 log 0 = 0") || this.sign(this.of(of, within)) !== 0) throw problem;
        if (!factors.includes(above)) throw factors.some((other) => other !== factor && this.sign(this.of(other, within)) === 0) ? new Unvalued() : problem;
        hidden = true;
        return [0n, 1n];
      }
    });
    return hidden ? [0n, 1n] : each.reduce((a, b) => this.times(a, b));
  }
  settled(term, within, needed = false) { // an argument as the number that it is, where that is exact
    if (term.head === "fn" || term.head === "tuple" || this.context.isPoint(term)) {
      if (needed) throw new Unvalued();
      return term;
    }
    const value = this.of(term, within);
    if (needed && !exact(value)) throw new Unvalued();
    return needed ? value : exact(value) ? asTree(value) : term;
  }
  meant(term, within) {
    if (!this.context.names.has(term.parts[0])) throw new Unvalued();
    let found = null;
    try { found = unfold(tree("app", term.parts[0], ...term.trees.map((part) => this.settled(part, within))), this.context); } catch (problem) { if (!(problem instanceof Refused)) throw problem; }
    if (!found) throw new Unvalued();
    return found;
  }
  slope(term, letter, within, varying = [letter]) { // the derivative as a tree: sums are counted out, names are what they mean. What varies has no value here
    if (!term.free.has(letter)) return ZERO;
    const { head, parts: [one, two, three], trees } = term, of = (part) => this.slope(part, letter, within, varying), fixed = (part) => !varying.some((each) => part.free.has(each));
    if (head === "sym") return ONE;
    if (head === "neg") return tree("neg", of(one));
    if (head === "+") return tree("+", ...trees.map(of));
    if (head === "*") return tree("+", ZERO, ...trees.flatMap((factor, place) => { const own = of(factor); return own === ZERO ? [] : [tree("*", own, ...trees.filter((_, at) => at !== place))]; }));
    if (head === "/") return tree("/", tree("+", tree("*", of(one), two), tree("neg", tree("*", one, of(two)))), tree("^", two, read(["num", 2])));
    if (head === "log") return tree("/", of(one), one);
    if (head === "exp") return tree("*", term, of(one));
    if (head === "sqrt") return tree("/", of(one), tree("*", read(["num", 2]), term));
    if (head === "^" && !two.free.has(letter)) {
      const times = fixed(two) ? this.of(two, within) : null;
      if (times && exact(times) && !times[0]) return ZERO;
      return times && exact(times) && times[0] === times[1] ? of(one) : tree("*", two, tree("^", one, tree("+", two, tree("neg", ONE))), of(one));
    }
    if (head === "^") return tree("*", term, tree("+", tree("*", of(two), tree("log", one)), tree("/", tree("*", two, of(one)), one)));
    if ((head === "sum" || head === "prod") && term.parts.slice(2).every(fixed)) return of(tree(head === "sum" ? "+" : "*", ...(head === "sum" ? [ZERO, ZERO] : [ONE, ONE]), ...this.terms(term, within).map((index) => put1(two, one, asTree([index, 1n])))));
    if (head === "d") return of(put1(this.slope(two, one, within, [...varying, one]), one, three));
    if (head === "app" && this.context.names.has(one)) {
      const given = trees.map((part) => (fixed(part) ? this.settled(part, within) : part)), found = unfold(tree("app", one, ...given), this.context);
      if (found) return of(found);
    }
    throw new Unvalued();
  }
}

// --- points: of the domain, by what the kernel says of them ---

function drawn(...keys) { // the same in every run
  let found = 2166136261;
  for (const letter of keys.join(" ")) found = Math.imul(found ^ letter.codePointAt(0), 16777619);
  return (found ^ (found >>> 15)) >>> 0;
}
const INNER = ["1/2", "1/3", "3/4", "1/5", "9/10", "1/10", "2/3"].map(asFraction), BEYOND = ["1", "2", "1/2", "3", "1/3", "10", "1/10"].map(asFraction), ANYWHERE = ["1", "-1", "2", "1/2", "-2", "0", "3", "-1/3"].map(asFraction);
class Point {
  constructor(context, inhabitant, number) {
    Object.assign(this, { context, inhabitant, number, values: new Map(), members: new Map(), read: new Map(), waiting: new Set() });
    const spoken = context.hypotheses.flatMap(({ left, right }) => [...closure([...left.names, ...right.names].filter((name) => context.names.has(name)), context), ...left.names, ...right.names]);
    this.premised = new Set([...spoken, ...context.hypotheses.flatMap(({ about }) => [...about])]); // what a premise speaks of stays what the inhabitant has
    this.shares = new Map(context.hypotheses.flatMap((each) => { // but for families whose sum is given: they are drawn, and made to have it
      const { left: { head, body, parts: [letter] }, right, relation } = each, place = head === "sum" && body.head === "app" ? body.trees.findIndex((part) => part.head === "sym" && part.parts[0] === letter) : -1;
      const endless = [...each.every.values()].some(({ high, point }) => !high && !point); // whose sums are the same for each
      return number && place >= 0 && relation === "=" && !endless && context.families.has(body.parts[0]) ? [[body.parts[0], { sum: each.left, place, right }]] : [];
    }));
  }
  share(name, given) { // of a sum among its terms
    const { sum: { body, parts: [, , low, high] }, place, right } = this.shares.get(name), at = new Values(this, BITS[0]), others = body.trees.filter((part) => !this.context.isPoint(part));
    const within = new Map(others.flatMap((part, where) => (part.head === "sym" && where !== place ? [[part.parts[0], given[where]]] : [])));
    const [first, last] = [low, high].map((end) => at.whole(end, within)), total = at.of(right, within), keys = [];
    for (let index = first; index <= last && keys.length <= 40; index++) keys.push(given.map((each, where) => (where === place ? [index, 1n] : each)));
    const weights = keys.map((key) => BigInt((drawn(this.number, name, key.map(asText).join()) % 5) + 1)), all = weights.reduce((a, b) => a + b, 0n);
    if (!exact(total)) throw new Unvalued();
    return keys.map((key, where) => [key.map(asText).join(), fraction(total[0] * weights[where], total[1] * all)]);
  }
  end(term) {
    const found = new Values(this, BITS[0]).of(term);
    if (!exact(found)) throw new Unvalued();
    return found;
  }
  draw(over, ...keys) {
    const [low, high] = [over.low, over.high].map((end) => end && this.end(end)), pick = (list) => list[drawn(this.number, ...keys) % list.length], add = ([a, b], [c, d]) => fraction(a * d + c * b, b * d);
    if (over.whole) {
      const first = low ? low[0] + (over.lowIn ? 0n : 1n) : -2n, last = high ? high[0] - (over.highIn ? 0n : 1n) : first + 5n, step = BigInt(pick([1, 2, 0, 3, 1, 5]));
      if (last < first) throw new Unvalued();
      return [first + (step % (last - first + 1n)), 1n];
    }
    if (low && high) {
      const part = pick([...INNER, ...(over.lowIn ? [[0n, 1n]] : []), ...(over.highIn ? [[1n, 1n]] : [])]);
      return add(low, fraction((high[0] * low[1] - low[0] * high[1]) * part[0], low[1] * high[1] * part[1]));
    }
    if (!low && !high) return pick(ANYWHERE);
    const off = pick([...BEYOND, ...((low ? over.lowIn : over.highIn) ? [[0n, 1n]] : [])]);
    return low ? add(low, off) : add(high, [-off[0], off[1]]);
  }
  quantity(name) {
    if (!this.values.has(name)) {
      const over = this.context.quantities.get(name), given = this.inhabitant[name];
      if (!over || over.point || this.waiting.has(name)) throw new Unvalued();
      this.waiting.add(name); // ranges may speak of each other
      this.values.set(name, typeof given === "string" && (this.number === 0 || this.premised.has(name)) ? asFraction(given) : this.draw(over, name));
    }
    this.read.set(name, [name, null, this.values.get(name)]);
    return this.values.get(name);
  }
  member(name, given) {
    const key = given.map(asText).join(), own = this.members.get(name) ?? this.members.set(name, new Map()).get(name);
    if (!own.has(key)) {
      const said = this.inhabitant[name], over = this.context.families.get(name), pair = exact(said) ? said.find(([each]) => each.map((part) => asText(asFraction(part))).join() === key) : null;
      if (over.point) throw new Unvalued();
      if (this.shares.has(name)) for (const [other, value] of this.share(name, given)) own.set(other, value);
      const value = said && (this.number === 0 || this.premised.has(name)) ? (pair ? asFraction(pair[1]) : exact(said) ? null : asFraction(said)) : null;
      if (!own.has(key)) own.set(key, value ?? this.draw(over, name, this.number % 3 === 1 ? "" : key));
    }
    this.read.set(`${name} ${key}`, [name, given, own.get(key)]);
    return own.get(key);
  }
  said() { // as a kernel is told of it
    const { quantities, families } = this.context, found = {};
    for (const [name, over] of quantities) if (!over.point) found[name] = asText(this.quantity(name));
    for (const [name, over] of families) {
      if (over.point) continue;
      const own = this.members.get(name), given = this.inhabitant[name], kept = this.premised.has(name) && !this.shares.has(name);
      const pairs = own && [...own].map(([key, value]) => [key ? key.split(",") : [], asText(value)]), all = pairs && kept && exact(given) ? [...given, ...pairs] : pairs;
      found[name] = all && !(kept && typeof given === "string") ? all : given ?? asText(this.draw(over, name, ""));
    }
    return found;
  }
}
// Whether a kernel finds that a point lies in every range, and that every premise holds there.
export function lies(context, point) {
  try { checkContext(context, point); return true; } catch (problem) {
    if (problem instanceof Refused || problem instanceof Unvalued || problem instanceof Undefined || problem instanceof RangeError) return false;
    throw problem;
  }
}
function* points(context, inhabitant, most) {
  for (let number = 0; number < most; number++) yield new Point(context, inhabitant, number);
}
// A point of the domain as a kernel wants to be shown one; null if none was found.
export function somewhere(context, inhabitant) {
  for (const point of points(context, inhabitant, 60)) {
    try { const said = point.said(); if (lies(context, said)) return said; } catch (problem) { if (!(problem instanceof Unvalued || problem instanceof Undefined || problem instanceof Refused)) throw problem; }
  }
  return null;
}

// --- claims at points ---

const NOWHERE = "nowhere", FAILS = { "=": (sign) => sign !== 0, "<": (sign) => sign >= 0, ">": (sign) => sign <= 0, "<=": (sign) => sign > 0, ">=": (sign) => sign < 0 };
function worth(term, values) { // a number; { parts } of a set or tuple; { far }; NOWHERE where there certainly is none
  if (term.head === "inf") return { far: term.parts[0] };
  if (term.head === "set" || term.head === "tuple") return { kind: term.head, parts: term.trees.map((part) => worth(part, values)) };
  try { return values.of(term); } catch (problem) { if (problem instanceof Undefined) return NOWHERE; throw problem; }
}
function fails(left, relation, right, shown, values) { // certainly
  if (left === NOWHERE || right === NOWHERE) return true;
  if (relation === "≈") return misrounded(left, shown, right, values);
  if (left.far || right.far) {
    const apart = left.far !== right.far, sign = left.far === "+" || right.far === "-" ? 1 : -1;
    return FAILS[relation](apart ? sign : 0);
  }
  if (left.parts || right.parts) {
    if (relation !== "=" || left.kind !== right.kind) throw new Unvalued();
    const differ = (a, b) => fails(a, "=", b, null, values), apart = (a, b) => a.parts.some((each) => b.parts.every((other) => differ(each, other)));
    if (left.kind === "tuple") return left.parts.length !== right.parts.length || left.parts.some((each, at) => differ(each, right.parts[at]));
    return apart(left, right) || apart(right, left);
  }
  const sign = values.compared(left, right);
  if (sign !== undefined) return FAILS[relation](sign);
  const { low, high } = values.add(left, values.minus(right));
  if ((high - low) << NARROW < values.unit) return false; // equal, as far as can be told
  throw new Unvalued();
}
function misrounded(exactly, shown, value, values) {
  if (shown.head === "set" && exactly.parts) return shown.trees.length !== exactly.parts.length || (shown.trees.length === 1 && misrounded(exactly.parts[0], shown.trees[0], value.parts[0], values));
  if (exactly.parts || exactly.far) throw new Unvalued();
  const off = values.add(exactly, values.minus(value)), half = leeway(shown), sides = [off, values.minus(off)].map((each) => values.compared(each, half));
  if (sides.includes(1)) return true;
  if (sides.every((each) => each === -1)) return false;
  throw new Unvalued();
}
function leeway({ head, parts, trees }) { // by so much at most may decimals be off that are rounded each for itself
  if (head === "num") return [0n, 1n];
  if (head === "dec") return fraction(1n, 2n * 10n ** parts[1]);
  if (head !== "+" && head !== "neg") throw new Unvalued();
  return trees.map(leeway).reduce(([a, b], [c, d]) => fraction(a * d + c * b, b * d), [0n, 1n]);
}
function otherDigits(known, shown, values) { // sets of decimals that do not round the same
  if (known.trees.length !== shown.trees.length) return true;
  const places = ({ head, parts }) => (head === "dec" ? parts[1] : null), [one, other] = [known, shown].map((set) => set.trees);
  return one.length === 1 && places(one[0]) !== null && places(one[0]) === places(other[0]) && values.compared(values.of(one[0]), values.of(other[0])) !== 0;
}
function decimal(value, places, values) { // the digits that both bounds round to; null if they differ
  const { low, high } = values.wide(value), scale = 10n ** BigInt(places), [a, b] = [low, high].map((end) => floorDiv(2n * end * scale + values.unit, 2n * values.unit));
  if (a !== b) return null;
  const digits = `${size(a)}`.padStart(places + 1, "0");
  return `${a < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
function shownAs(value, places, values) { // [text, whether it is exact]
  if (value === NOWHERE) return [null, true];
  if (value.far) return [value.far === "+" ? "oo" : "-oo", true];
  if (value.parts) {
    const each = value.parts.map((part) => shownAs(part, places, values));
    return [`${value.kind === "set" ? "{" : "("}${each.map(([text]) => text).join(", ")}${value.kind === "set" ? "}" : ")"}`, each.every(([, known]) => known)];
  }
  return exact(value) && value[1] < READABLE && size(value[0]) < READABLE ** 2n ? [asText(value), true] : [decimal(value, places, values), false];
}
function toldApart(left, right, values) { // digits, as many as it takes
  let found = null;
  for (let places = 3; places < PLACES; places++) {
    found = [left, right].map((value) => shownAs(value, places, values));
    if (found[0][0] !== found[1][0] || left === NOWHERE) break;
  }
  return found;
}
function rival(term, place, values) { // a place where the body of an arg max is certainly larger, of an arg min smaller
  const { head, parts: [letter, body, low, high, ends], letters } = term, { context } = values;
  if (letters.length > 1 || place.head === "set") return null;
  const everywhere = low.head === "inf" && high.head === "inf", own = context.quantities.get(letter), at = values.of(place);
  const over = everywhere && own ? own : { low: low.head === "inf" ? null : low, high: high.head === "inf" ? null : high, lowIn: ends[0] === "[", highIn: ends[1] === "]", whole: false };
  if (over.point || !exact(at)) return null;
  const here = values.of(body, new Map([[letter, at]]));
  for (let number = 0; number < 24; number++) {
    const other = values.point.draw(over, "rival", number), there = values.of(body, new Map([[letter, other]]));
    if (values.compared(there, here) === (head === "argmax" ? 1 : -1)) return [at, other].map((each) => put1(body, letter, asTree(each)));
  }
  return null;
}

// The simplest of some points at which a relation of a chain certainly fails, or null; and how many points were tried. `known`: terms of a chain that is proved equal on the same
// domain, or none: what has no value of its own, a limit, a place, roots, is worth what they are; `rounded`: the decimals to which the last of them is proved to round.
export function refutation(context, inhabitant, terms, relations, known, rounded = null, most = 32) {
  const valued = known.filter((each) => !ALONE.includes(each.head)), names = [...context.names.keys()].map((name) => citation({ name })), limit = lawOf("limit");
  const meant = (term) => {
    if (ALONE.includes(term.head) && known.some((each) => alike(each, term))) return valued.at(-1) ?? (rounded && alike(known.at(-1), term) ? rounded : term);
    return term.head === "lim" ? rewritten(rewritten(term, names, context), [limit], context) : term;
  };
  const found = [], read = new Set();
  let tried = 0;
  for (const point of points(context, inhabitant, most)) {
    if (found.filter(({ simple }) => simple).length > 2 || found.length > 5) break;
    let failing = null;
    for (const [at, relation] of relations.entries()) {
      for (const bits of BITS) {
        const values = new Values(point, bits);
        point.read.clear();
        try {
          let [one, other] = [terms[at], terms[at + 1]], [a, b] = [one, other].map(meant);
          if (a !== one && a === rounded) { if (relation === "≈" && b.head === "set" && otherDigits(a, b, values)) failing = { at, values, left: worth(a, values), right: worth(b, values), sides: [one, other] }; break; }
          const best = a.head.startsWith("arg") && b.head !== "set" && relation === "=" ? rival(a, b, values) : null;
          if (best) [one, other] = [a, b] = best;
          const [left, right] = [a, b].map((side) => worth(side, values));
          if (best || fails(left, relation, right, b, values)) failing = { at, values, left, right, best, sides: [one, other] };
          break;
        } catch (problem) {
          if (problem instanceof Refused || problem instanceof RangeError) break;
          if (!(problem instanceof Unvalued || problem instanceof Undefined)) throw problem;
        }
      }
      if (failing) break;
    }
    const where = [...point.read.values()], key = JSON.stringify(where.map(([name, given, value]) => [name, given?.map(asText), asText(value)]));
    try {
      if ((read.has(key) && !failing) || !lies(context, point.said())) continue;
    } catch (problem) { if (problem instanceof Unvalued || problem instanceof Undefined || problem instanceof Refused) continue; throw problem; }
    if (!read.has(key)) tried++;
    read.add(key);
    if (!failing) continue;
    const told = toldApart(failing.left, failing.right, failing.values), simple = told.every(([text, known]) => known && text !== null);
    found.push({ link: failing.at, best: failing.best, where: where.map(([name, given, value]) => ({ name, given: given?.map(asText) ?? null, value: asText(value) })), sides: told.map(([text, known]) => ({ value: text, exact: known })), simple, long: key.length });
  }
  found.sort((a, b) => b.simple - a.simple || a.long - b.long);
  return { found: found[0] ?? null, tried };
}
