// Tries a statement of a reader's own against an equation: a proof that the second kernel accepts, or a point at which it certainly fails, or neither; as `python -m derivations try`.
// Proofs are looked for in a few ways, and none is trusted: what is found is put before the kernel as a record of the catalogue.
import { Kernel, LAWS, Refused, alike, citation, cited, closure, lawOf, put, read, readContext, rewritten, same, text } from "./kernel.js";
import { refutation, somewhere } from "./refuting.js";
import { Unread, domains, stated, written } from "./typed.js";

const SPACES = ["argmax", "argmin"], BINDERS = ["sum", "prod", "d", "lim", "argmax", "argmin", "roots", "fn"];
const json = (tree) => JSON.parse(text(tree)), nodes = (tree) => [tree, ...tree.slice(1).filter(Array.isArray).flatMap(nodes)];
const LOGS = ["log-product", "log-quotient", "log-power", "log-exp", "log-one"], SLOPES = Object.keys(LAWS).filter((each) => each.startsWith("derivative"));
const COUNTS = ["write-out", "equal-terms", "choose", "by-sign", "root-square", "power-one", "power-product"], SUMS = ["sum-linear", ...COUNTS];

function attemptable(tell) { // what a law, or a kernel, refuses, is no way
  try { return tell(); } catch (problem) { if (problem instanceof Refused || problem instanceof RangeError) return null; throw problem; }
}

// --- what a statement is about: ranges and premises of the equation, but for what was changed, and what else it speaks of ---

function about(terms, { context }, words, on) {
  const sides = [...terms, ...context.hypotheses.flatMap(({ left, right }) => [left, right])].flatMap(nodes), named = new Set(context.names), families = { ...context.families }, quantities = { ...context.quantities, ...on };
  const name = (key) => {
    if (Object.hasOwn(words.families, key)) families[key] ??= words.families[key];
    else if (Object.hasOwn(words.names, key) && !named.has(key)) { named.add(key); nodes(["of", ...bodies(words.names[key])]).forEach(([head, own]) => { if (head === "app") name(own); }); }
  };
  for (const [head, key] of sides) if (head === "app") name(key);
  const wanted = sides.flatMap(([head, key, , low]) => (head === "sym" ? [key] : head === "lim" || (SPACES.includes(head) && (key.includes(",") || low[0] === "inf")) ? key.split(",") : []));
  for (const ends of [families, quantities]) for (const { low, high } of Object.values(ends)) wanted.push(...lettersOf(low, high));
  while (wanted.length) {
    const letter = wanted.pop(), over = Object.hasOwn(words.quantities, letter) ? words.quantities[letter] : null;
    if (over && !Object.hasOwn(quantities, letter)) { quantities[letter] = over; wanted.push(...lettersOf(over.low, over.high)); }
  }
  return { ...context, quantities, families, names: [...named] };
}
const bodies = ({ body }) => (body[0] === "table" ? body.slice(2) : [body]);
const lettersOf = (...ends) => ends.filter(Boolean).flatMap(nodes).filter(([head]) => head === "sym").map(([, name]) => name);
// The identifiers of the records that are needed besides: what the equation's own proof cites. The definitions of its derivation are told by the names.
export const sources = (own, words) => { const told = new Set(Object.values(words.names).map(({ equation }) => equation)); return [...new Set(cited(own.proof.steps))].filter((each) => !told.has(each)); };

// --- proofs ---

class Finder {
  constructor(kernel, record, context, own, fresh) { Object.assign(this, { kernel, record, own, context, fresh, library: kernel.library }); }
  accepts(steps) {
    try { return attemptable(() => { this.kernel.judged({ ...this.record, proof: { steps } }); return steps; }); } finally { this.fresh = this.fresh.with({}); } // the kernel begins anew with each proof
  }
  moves({ laws, cites }) { return [...laws.map(lawOf), ...cites.map((name) => citation(this.library.get(name)))]; }
  joined(one, other, moves) { return attemptable(() => { const [a, b] = [one, other].map((side) => rewritten(side, moves, this.fresh)); return alike(a, b) || same(a, b, this.fresh); }); }
  needed(one, other, stage) { // without what is named and not needed
    let { laws, cites } = stage;
    for (const key of ["cites", "laws"]) for (const name of key === "laws" ? laws : cites) {
      const less = { laws: key === "laws" ? laws.filter((each) => each !== name) : laws, cites: key === "cites" ? cites.filter((each) => each !== name) : cites };
      if (less.laws.length + less.cites.length && this.joined(one, other, this.moves(less))) ({ laws, cites } = less);
    }
    return { relation: "=", laws, cites };
  }
  worked(term, plan) { // by one stage after the other: the terms, and how each came from the one before
    const found = [{ term }];
    for (const stage of plan) {
      const now = found.at(-1).term, next = attemptable(() => rewritten(now, this.moves(stage), this.fresh));
      if (next && next !== now && !attemptable(() => same(now, next, this.fresh))) found.push({ term: next, ...this.needed(now, next, stage) });
    }
    return found;
  }
  equal(one, other, plan) { // steps from one to the other, where both come out the same
    const [a, b] = [one, other].map((side) => this.worked(side, plan)), [last, end] = [a.at(-1).term, b.at(-1).term];
    if (!alike(last, end) && !attemptable(() => same(last, end, this.fresh))) return null;
    const steps = a.slice(1).map(({ term, laws, cites }) => ({ relation: "=", term: json(term), laws, cites }));
    if (last !== end || a.length + b.length === 2) steps.push({ relation: "=", term: json(end), laws: ["collect"], cites: [] });
    for (let at = b.length - 1; at > 0; at--) steps.push({ relation: "=", term: json(b[at - 1].term), laws: b[at].laws, cites: b[at].cites });
    return steps;
  }
  *plans() {
    const known = [...this.library], theorems = known.filter(([, each]) => !each.name && each.equals).map(([name]) => name), defined = known.filter(([, each]) => each.name && this.fresh.names.has(each.name)).map(([name]) => name);
    const own = theorems.filter((name) => name === this.own.id), stage = (cites, laws = []) => ({ laws, cites }), meant = stage(defined), later = [stage([], LOGS), stage([], SLOPES), stage([], LOGS), stage([], COUNTS)];
    yield [];
    if (own.length) yield [stage(own)];
    yield [meant];
    if (theorems.length > own.length) yield [stage(theorems)];
    yield [meant, ...later];
    yield [stage(own), meant, ...later];
    yield [stage(theorems), meant, ...later];
    yield [meant, stage([], [...LOGS, ...SUMS])];
    yield [meant, stage([], [...LOGS, ...SLOPES, ...SUMS])];
    yield [meant, stage(theorems), ...later];
    yield [stage([], ["hypothesis"]), meant, stage([], ["hypothesis"]), ...later];
  }
  *links(one, relation, other) {
    const line = (law, term = other) => ({ relation, term: json(term), laws: [law], cites: [] });
    if (relation === "=") { for (const plan of this.plans()) { const steps = this.equal(one, other, plan); if (steps) yield steps; } return; }
    if (relation !== "≈") for (const law of ["sign", "digits", "tangent", "below-one"]) yield [line(law)];
    const theorem = this.library.get(this.own.id);
    for (const plan of this.plans()) {
      const ways = this.worked(one, plan), steps = ways.slice(1).map(({ term, laws, cites }) => ({ relation: "=", term: json(term), laws, cites }));
      if (steps.length) for (const law of relation === "≈" ? ["rounding"] : ["sign", "digits"]) yield [...steps, line(law)];
      if (relation === "≈" || !theorem || theorem.name) continue;
      for (const [from, left] of theorem.terms.entries()) for (const right of theorem.terms.slice(from + 1)) {
        const before = alike(one, left) ? [] : this.equal(one, left, plan), after = before && (alike(other, right) ? [] : this.equal(right, other, plan));
        if (after) yield [...before, { relation, term: json(right), laws: [], cites: [this.own.id] }, ...after];
      }
    }
  }
  proof(terms, relations) { // of the whole chain
    const trees = terms.map(read), last = terms.at(-1), steps = this.own.proof.steps;
    if (steps.length && alike(trees[0], read(this.own.rows[0].terms[0]))) { // the equation's own, with another end
      const law = relations.at(-1) === "≈" ? "rounding" : "collect";
      for (let end = steps.length; end > 0; end--) {
        const own = steps.slice(0, end), before = own.slice(0, -1);
        for (const way of [own, [...before, { ...own.at(-1), term: last }], [...own, { relation: law === "rounding" ? "≈" : "=", term: last, laws: [law], cites: [] }]]) if (this.accepts(way)) return way;
      }
    }
    let found = [];
    for (const [at, relation] of relations.entries()) { // one link after the other, each by the first way that the kernel accepts
      const single = new Finder(this.kernel, { ...this.record, verdict: relation === "≈" ? "certified" : "proved", rows: [{ terms: terms.slice(at, at + 2), relations: [relation] }] }, this.context, this.own, this.fresh.with({}));
      let own = null;
      for (const way of single.links(trees[at], relation, trees[at + 1])) if ((own = single.accepts(way))) break;
      if (!own) return null;
      found = found.concat(own);
    }
    return this.accepts(found);
  }
}

// `own`: an equation of the catalogue; `words`: of its derivation; `others`: the records of `sources`; `names`: what the names in all of these mean.
// Answers { verdict: "proved", steps } or { verdict: "refuted", … as `refutation` says } or { verdict: "neither", tried }; throws Unread where there is nothing to be tried.
export function attempt({ own, words, others, names }, typed, domain = "") {
  if (own.verdict === "definition") words = { ...words, applied: Object.fromEntries(Object.entries(words.applied).filter(([word]) => !Object.hasOwn(own.context.quantities, word))) }; // its own letters
  const [row] = own.rows, { ranges, values } = domains(domain, words, own.context.quantities), chain = stated(typed, words, row);
  const given = new Map(Object.entries(values).map(([name, value]) => [name, read(value)]));
  const terms = attemptable(() => chain.terms.map((each) => (given.size ? json(put(read(each), given)) : each))), on = Object.fromEntries(Object.entries(ranges).filter(([name, over]) => text(over) !== text(own.context.quantities[name] ?? words.quantities[name])));
  if (!terms) throw new Unread("large", 0, typed, "");
  const { relations } = chain, said = about(terms, own, words, on), kernel = new Kernel({ ...words.names, ...names });
  for (const [defines, { equation }] of Object.entries(words.names)) kernel.suppose({ id: equation, defines, verdict: "definition", rows: [{}] });
  for (const each of others) kernel.suppose(each);
  if (own.verdict !== "definition") attemptable(() => kernel.check(own));
  const context = attemptable(() => readContext(said, kernel.meanings)), inhabitant = context && attemptable(() => somewhere(context, own.inhabitant));
  if (!inhabitant) throw new Unread("empty", 0, domain, "");
  const equals = row.relations.findIndex((each) => each === "≈"), changed = given.size || Object.keys(on).length, proved = kernel.library.has(own.id) && own.verdict !== "definition";
  const known = proved && !changed && row.relations.slice(0, equals < 0 ? undefined : equals).every((each) => each === "=" || each === "=!") ? row.terms.slice(0, equals < 0 ? (row.relations.at(-1) === "=!" ? -1 : undefined) : equals + 1).map(read) : [];
  const trees = attemptable(() => terms.map(read)), answer = { terms, relations, domain: said.quantities };
  if (!trees) throw new Unread("large", 0, typed, "");
  const { found, tried } = refutation(context, inhabitant, trees, relations, known, known.length && equals >= 0 ? read(row.terms[equals + 1]) : null);
  if (found) return { ...answer, verdict: "refuted", ...found, best: Boolean(found.best), sides: found.sides.map((side, at) => ({ ...side, text: written(found.best ? json(found.best[at]) : terms[found.link + at], words) })) };
  const record = { id: "tried", verdict: relations.includes("≈") ? "certified" : "proved", defines: "", rows: [{ terms, relations }], context: said, inhabitant };
  const steps = attemptable(() => new Finder(kernel, record, said, own, context).proof(terms, relations));
  return steps ? { ...answer, verdict: "proved", steps } : { ...answer, verdict: "neither", tried };
}
export { Unread };
