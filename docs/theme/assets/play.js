// Figures to play with. What they compute is not here: of("coin-general.score", {k, n, p}) is the equation of that name, printed from the catalogue when the site is
// built (derivations/publish/playing.py), and undefined where the equation does not hold. Drawn are the lines of the figure that stands in the page, on its own scales.

const choose = (n, k) => { let found = 1; for (let i = 1; i <= Math.min(k, n - k); i++) found = found * (n + 1 - i) / i; return Math.round(found); };
const sum = (low, high, term) => { let found = 0; for (let i = low; i <= high; i++) found += term(i); return found; };
const product = (low, high, factor) => { let found = 1; for (let i = low; i <= high; i++) found *= factor(i); return found; };
const of = (identifier, given = {}) => FORMULAS[identifier](given);

// What an event of some probability costs, its ends included.
const surprise = (q) => (q === 0 ? -of("floating-point.log-zero") : q === 1 ? of("cats.loss-vanishes") : of("cats.loss-by-prediction", { q }));

// Where a function that rises or falls from one end to the other meets a level: halved until two numbers have none between them.
function meets(value, level, low, high) {
  const rises = value(high - (high - low) * 1e-9) > level;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (value(middle) > level === rises) high = middle; else low = middle;
  }
  return low;
}

// Linear equations with a symmetric positive matrix: each row ends with its right side.
function solved(rows) {
  rows.forEach((row, at) => rows.forEach((other, to) => {
    const part = to === at ? 0 : other[at] / row[at];
    row.forEach((each, column) => { other[column] -= part * each; });
  }));
  return rows.map((row, at) => row.at(-1) / row[at]);
}

// Weights and bias of a logistic regression, at the start and after each step of Newton's method, which is halved until the loss falls by a quarter of what the slope promises.
function fitted(given, start, lam, steps) {
  const at = (here, more) => ({ ...given, lam, t: 0, w: (j) => here[j - 1], b: here.at(-1), ...more });
  const loss = (here) => (lam ? of("many-weights.penalised", at(here)) : of("one-valley.loss", at(here)));
  const partial = (here, c) => (lam ? of("many-weights.partial-by-errors", at(here, { c })) : of("one-valley.weight-gradient", at(here, { c })));
  const along = (here, way) => { // the second derivative
    const there = at(here, { v: (j) => way[j - 1], u: way.at(-1) });
    return lam ? of("many-weights.curvature", there) : of("one-valley.curvature", there);
  };
  const added = (one, other, times = 1) => one.map((each, i) => each + times * other[i]);
  const ways = start.map((_, at) => start.map((_, i) => Number(i === at))), found = [start];
  for (let step = 0; step < steps; step++) {
    const here = found.at(-1), uphill = ways.map((_, i) => (i < given.D ? partial(here, i + 1) : of("one-valley.bias-gradient", at(here))));
    const way = solved(ways.map((one, i) => [...ways.map((other) => (along(here, added(one, other)) - along(here, one) - along(here, other)) / 2), uphill[i]]));
    const promised = way.reduce((all, each, i) => all + each * uphill[i], 0) / 4;
    let part = 1;
    while (part > 1e-9 && !(loss(added(here, way, -part)) <= loss(here) - part * promised)) part /= 2;
    found.push(part > 1e-9 ? added(here, way, -part) : here);
  }
  return found;
}

// A number as the pages print it; nothing for what is not defined. What is not quite 1 does not look as if it were.
function shown(value, places = 3) {
  if (value === undefined) return WORDS.undefined;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const lacking = 1 - value;
  if (lacking > 0 && lacking < 10 ** -places / 2) return `1 − ${shown(lacking, places)}`;
  const raised = (digits) => [...digits].map((each) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[each] ?? "⁻").join("");
  const small = value && Math.abs(value) < 10 ** -places;
  const [digits, power] = small ? value.toExponential(1).split("e") : [value.toFixed(places)];
  return (small ? `${digits} × 10${raised(power)}` : Number(digits) ? digits : digits.replace("-", "")).replace("-", "−");
}
const said = (text, values) => text.replace(/\{([\w-]+)\}/g, (_, name) => values[name]).replaceAll(" = ", "\u00a0=\u00a0");
const made = (kind, more = {}, ...content) => { const element = Object.assign(document.createElement(kind), more); element.append(...content); return element; };

class Panel {
  constructor(spans) { [this.x, this.y, this.across, this.upward] = spans; }
  place(x, y) {
    const on = (at, [low, high], [start, end]) => start + (at - low) / (high - low) * (end - start);
    return [on(x, this.x, this.across), on(y, this.y, this.upward)];
  }
  path(points) { return points.length ? `M${points.map((each) => this.place(...each).map((at) => Math.round(at * 10) / 10).join(" ")).join("L")}` : ""; }
  curve(value, [low, high] = this.x) { // what of it lies within the panel
    const points = [], [least, most] = this.y, steps = 240;
    for (let i = 0; i <= steps; i++) {
      const x = low + (high - low) * (1 - Math.cos(Math.PI * i / steps)) / 2, y = value(x); // denser near the ends
      if (y >= least && y <= most) points.push([x, y]);
    }
    return this.path(points);
  }
  level(value) { // where a function that is linear in the plane is zero
    const [[left, right], [low, high]] = [this.x, this.y], corners = [[left, low], [right, low], [right, high], [left, high]], found = [];
    corners.forEach(([x, y], at) => {
      const [to, up] = corners[(at + 1) % 4], here = value(x, y), there = value(to, up), part = here / (here - there);
      if (here > 0 !== there > 0) found.push([x + part * (to - x), y + part * (up - y)]);
    });
    return this.path(found);
  }
}

// --- the figures: their controls (name, least, most, step, at first), and what is drawn and said of a state ---

const PLAYS = {
  "four-intervals": {
    controls: [["heads", 0, 50, 1, 8], ["tails", 0, 50, 1, 2], ["p", 0, 1, 0.01, 0.5]],
    draw({ heads: k, tails, p }, figure, first) {
      const n = k + tails, at = (p) => ({ k, n, p }), [likelihood, logarithm, score, bars] = figure.panels;
      const z = of("intervals.normal-point"), tail = of("intervals.tail");
      const best = !n ? undefined : !k ? of("coin-boundary.no-heads-maximum") : k === n ? of("coin-boundary.all-heads-maximum") : of("coin-general.mle", { k, n });
      const height = of("coin-boundary.likelihood", at(best)), top = Math.log(height);
      const curves = {
        "coin.likelihood": [likelihood, (p) => of("coin-boundary.likelihood", at(p))],
        "coin.log-likelihood": [logarithm, (p) => of("coin-general.log-likelihood", at(p))],
        "coin.score": [score, (p) => of("coin-general.score", at(p))],
      };
      const from = { height, top, n };
      if (first && n) { // the scales of the first state, for as many tosses as there are now
        likelihood.y = first.spans[0].map((y) => y * height / first.height);
        logarithm.y = first.spans[1].map((y) => top + (y - first.top) * n / first.n);
        score.y = first.spans[2].map((y) => y * n / first.n);
      }
      for (const [identifier, [panel, value]] of Object.entries(curves)) figure.path(identifier, panel.curve(value, [0, 1]));
      figure.part("best", n ? likelihood.path([[best, height], [best, height]]) : "");
      figure.part("down", n ? `${likelihood.path([[best, height]])}V${bars.upward[0]}` : "");
      figure.part("at", `M${bars.place(p, 0)[0]} ${likelihood.upward[1]}V${score.upward[0]}`);

      const ratio = (p) => !k ? of("intervals-general.likelihood-ratio-no-heads", { n, p }) : k === n ? of("intervals-general.likelihood-ratio-all-heads", { n, p }) : of("intervals-general.likelihood-ratio", at(p));
      const both = (value, level) => [k ? meets(value, level, 0, best) : 0, k < n ? meets(value, level, best, 1) : 1];
      const wilson = (p) => of("intervals-general.wilson", at(p));
      const intervals = !n ? {} : {
        wald: [of("intervals-general.wald-low", { k, n }), of("intervals-general.wald-high", { k, n })],
        wilson: both(wilson, z ** 2),
        "likelihood-ratio": both(ratio, z ** 2),
        "clopper-pearson": [k ? meets((p) => of("intervals-general.many-heads", at(p)), tail, 0, 1) : 0, k < n ? meets((p) => of("intervals-general.few-heads", at(p)), tail, 0, 1) : 1],
      };
      const { words } = figure, ranges = {};
      ["wald", "wilson", "likelihood-ratio", "clopper-pearson"].forEach((kind, row) => {
        const [low, high] = intervals[kind] ?? [], there = high !== undefined;
        ranges[kind] = there ? said(words.range, { low: shown(low), high: shown(high) }) : shown();
        figure.path(`intervals.${kind}`, there ? bars.path([[low, 3.3 - row], [high, 3.3 - row]]) : "");
        figure.text(kind, `${words[kind]}${WORDS.colon}${ranges[kind]}`);
      });
      const there = of("coin-boundary.likelihood", at(p));
      const logged = of("coin-general.log-likelihood", at(p)) ?? (there > 0 ? Math.log(there) : undefined);
      figure.rows({
        likelihood: shown(there), "log-likelihood": shown(logged), score: shown(of("coin-general.score", at(p))),
        error: shown(of("intervals-general.standard-error", { k, n })), ...ranges,
      });
      const state = !n ? "no-tosses" : !k ? "no-heads" : k === n ? "all-heads" : "inside";
      figure.say(said(words[state], { heads: k, tosses: n, best: shown(best), height: shown(height) }));
      return from;
    },
  },

  "one-sample": {
    controls: [["y", 0, 1, 1, 1], ["z", -10, 10, 0.1, -4]],
    draw({ y, z }, figure) {
      const [losses, gradients] = figure.panels, values = {};
      const curves = {
        "squared-error.cross-entropy-positive": [losses, "loss", (z) => of("floating-point.stable-loss", { y, z })],
        "squared-error.squared-error-positive": [losses, "squared", (z) => of("squared-error.squared-error", { y, z })],
        "squared-error.cross-entropy-push": [gradients, "gradient", (z) => of("squared-error.cross-entropy-gradient", { y, z })],
        "squared-error.squared-error-push": [gradients, "squared-gradient", (z) => of("squared-error.squared-error-gradient", { y, z })],
      };
      for (const [identifier, [panel, part, value]] of Object.entries(curves)) {
        const there = values[part] = value(z), most = panel.y[1];
        figure.path(identifier, panel.curve(value));
        figure.part(part, there <= most ? panel.path([[z, there], [z, there]]) : "");
      }
      const prediction = of("logistic.sigmoid", { z });
      const told = Object.fromEntries(Object.entries({ prediction, ...values }).map(([name, value]) => [name, shown(value)]));
      figure.rows(told);
      figure.say(said(figure.words[Math.abs(prediction - y) > 0.5 ? "wrong" : "right"], { ...told, label: y }));
    },
  },

  "three-cats": {
    controls: [["first", 0, 1, 0.01, 0.7], ["second", 0, 1, 0.01, 0.9], ["third", 0, 1, 0.01, 0.5]],
    draw(state, figure, first) {
      const predictions = Object.values(state), losses = predictions.map(surprise), [panel] = figure.panels;
      const loss = sum(1, 3, (i) => losses[i - 1]), logged = of("cats.log-likelihood-any-number", { N: 3, theta: 0, yhat: (i) => predictions[i - 1] });
      if (first) panel.y = [0, Math.max(first.spans[0][1], Number.isFinite(loss) ? loss * first.spans[0][1] / first.loss : 0)];
      const top = (value) => Math.min(value, panel.y[1]);
      let below = 0;
      const bar = (at, low, high) => `${panel.path([[at - 0.31, low], [at + 0.31, low], [at + 0.31, high], [at - 0.31, high]])}z`;
      const told = { loss: shown(loss), "log-likelihood": shown(logged) };
      losses.forEach((each, at) => {
        figure.part(`bar-${at}`, bar(at, 0, top(each)));
        figure.part(`stack-${at}`, bar(3.1, top(below), top(below += each)));
        figure.text(`loss-${at}`, shown(each), panel.place(at, top(each))[1] - 9);
        figure.text(`prediction-${at}`, String(predictions[at]));
      });
      figure.text("total", told.loss, panel.place(3.1, top(loss))[1] - 9);
      figure.rows(told);
      figure.say(said(figure.words[Number.isFinite(loss) ? "told" : "infinite"], { ...told, losses: losses.map((each) => shown(each)).join(" + ") }));
      return { loss };
    },
  },

  entropies: {
    controls: [["p", 0, 1, 0.01, 0.5], ["q", 0, 1, 0.01, 0.25]],
    draw({ p, q }, figure) {
      const [panel] = figure.panels, top = panel.y[1], area = (width, height) => (width ? width * height : of("floating-point.zero-times-log-zero"));
      const block = (left, right, low, high) => (right > left && high > low ? `${panel.path([[left, low], [right, low], [right, high], [left, high]])}z` : "");
      const columns = [[0, p, surprise(p), surprise(q)], [p, 1, surprise(1 - p), surprise(1 - q)]];
      columns.forEach(([left, right, ...heights], at) => {
        const [own, other] = heights.map((each) => Math.min(each, top));
        figure.part(`entropy-${at}`, block(left, right, 0, own));
        figure.part(`more-${at}`, block(left, right, own, other));
        figure.part(`less-${at}`, block(left, right, other, own));
      });
      const within = (...all) => all.every((each) => each > 0 && each < 1);
      const entropy = within(p) ? of("cross-entropy.entropy-of-bernoulli", { p }) : of("cross-entropy.entropy-of-one-hot");
      const crossed = within(p, q) ? of("cross-entropy.of-two-bernoullis", { p, q }) : columns.reduce((all, [left, right, , other]) => all + area(right - left, other), 0);
      const divergence = within(p, q) ? of("cross-entropy.kl-of-two-bernoullis", { p, q }) : crossed - entropy;
      const told = { entropy: shown(entropy), divergence: shown(divergence), "cross-entropy": shown(crossed) };
      const state = p === q ? "same" : Number.isFinite(crossed) ? "told" : "infinite", cut = columns.some(([left, right, ...heights]) => right > left && Math.max(...heights) > top);
      figure.rows(told);
      figure.say(said(figure.words[state], told) + (cut ? figure.words.cut : ""));
    },
  },

  simplex: {
    controls: [["first", -4, 4, 0.01, 1.79], ["second", -4, 4, 0.01, 1.1], ["third", -4, 4, 0.01, 0]],
    draw(state, figure) {
      const logits = Object.values(state), z = (c) => logits[c - 1], [panel] = figure.panels, classes = [1, 2, 3], height = panel.y[1];
      const place = (shares) => [shares[2] + shares[0] / 2, shares[0] * height];
      const shares = classes.map((c) => of("softmax.prediction", { C: 3, c, z })), [x, y] = place(shares);
      for (const raised of classes) {
        const v = (each) => Number(each === raised);
        figure.part(`way-${raised}`, panel.path([-12, -2, 0, 2, 12].map((t) => place(classes.map((c) => of("softmax.moved-prediction", { C: 3, c, t, v, z }))))));
      }
      figure.part("shares", panel.path([[x, y], [x, y]]));
      const text = shares.map((each) => shown(each, 2)).join(", "), [across, upward] = panel.place(x, y);
      const left = across > 300; // else it would leave the drawing
      figure.text("said", `(${text})`, upward + 6, left ? across - 17 : across + 17, left ? "end" : "start");
      const told = { ...Object.fromEntries(["share-1", "share-2", "share-3"].map((name, at) => [name, shown(shares[at])])), loss: shown(of("softmax.loss-by-logits", { C: 3, k: 1, z })) };
      figure.rows(told);
      figure.say(said(figure.words.told, { shares: text, loss: told.loss }));
    },
  },

  plane: {
    controls: [["w1", -4, 4, 0.1, 1], ["w2", -4, 4, 0.1, 0], ["b", -4, 4, 0.1, 0], ["lam", 0, 1, 0.01, 0.1], ["moved", -3, 3, 0.1, 1], ["steps", 0, 15, 1, 15]],
    presets: { hand: { steps: 0 }, fit: { steps: 15 } },
    draw({ w1, w2, b, lam, moved, steps }, figure, first) {
      const labels = of("plane.labels"), across = [moved, ...of("plane.first-feature").slice(1)], upward = of("plane.second-feature");
      const D = 2, N = labels.length, label = (n) => labels[n - 1], x = (n, j) => (j === 1 ? across : upward)[n - 1], given = { D, N, label, x };
      const logit = ([w1, w2, b], x, n = 1) => of("one-valley.logit", { D, N, n, x, b, w: (j) => (j === 1 ? w1 : w2) });
      const start = [w1, w2, b], runs = { without: fitted(given, start, 0, 15), with: fitted(given, start, lam, 15) };
      const here = runs.with[steps], before = runs.with[steps - 1], length = ([w1, w2]) => Math.hypot(w1, w2);
      const [above, below] = figure.panels, sure = meets((z) => of("logistic.sigmoid", { z }), 0.9, 0, 10);
      const line = (weights, raised = 0) => above.level((...at) => logit(weights, (n, j) => at[j - 1]) + raised);
      figure.part("start", line(start));
      figure.part("line", line(here));
      figure.part("low", line(here, sure));
      figure.part("high", line(here, -sure));
      for (const part of ["frame", "gap", "moved"]) figure.part(part, above.path([[moved, upward[0]], [moved, upward[0]]]));
      const lengths = Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, run.map(length)]));
      below.y = [0, Math.max(figure.drawnTo ??= below.y[1], 1.05 * Math.max(...lengths.without, ...lengths.with))];
      for (const [name, each] of Object.entries(lengths)) {
        figure.part(`length-${name}`, below.path(each.map((length, step) => [step, length])));
        figure.text(name, said(figure.words[name], { lam, length: shown(each.at(-1), 2) }));
      }
      figure.part("step", below.path([[steps, length(here)], [steps, length(here)]]));
      const logits = labels.map((_, at) => logit(here, x, at + 1)), right = logits.filter((z, at) => (labels[at] ? z > 0 : z < 0)).length;
      const rest = runs.with.findIndex((each, at) => at && Math.hypot(...each.map((to, i) => to - runs.with[at - 1][i])) < 1e-9) - 1;
      const told = {
        weights: `(${here.map((each) => shown(each, 2)).join(", ")})`, length: shown(length(here)),
        loss: shown(sum(1, N, (n) => of("floating-point.stable-loss", { y: label(n), z: logits[n - 1] }))),
        likelihood: shown(of("logistic.bernoulli-likelihood", { N, label, w: 0, b: 0, logit: (w, b, n) => logits[n - 1] })),
        sum: shown(sum(1, N, (n) => of("logistic.sigmoid", { z: logits[n - 1] }))), ones: sum(1, N, label),
      };
      const state = !steps ? "set" : rest >= 0 && rest <= steps ? "rest" : right === N && !lam ? "apart" : "under-way";
      figure.rows(told);
      figure.say(said(figure.words[state], { ...told, right, all: N, steps, rest, more: before && shown(length(here) - length(before)) }));
    },
  },
};

// --- what all of them share ---

class Figure {
  constructor(element, name, play) {
    Object.assign(this, { element, name, play, words: WORDS[name], svg: element.querySelector("svg"), list: made("dl"), output: made("output") });
    this.panels = JSON.parse(this.svg.dataset.panels).map((each) => new Panel(each));
    const spans = this.panels.map((each) => each.y), start = Object.fromEntries(play.controls.map(([control, , , , first]) => [control, first]));
    const first = { ...play.draw(start, this), spans };
    this.again = () => play.draw(this.state, this, first);
    this.inputs = play.controls.map(([control, least, most, step, value]) => {
      const id = `${name}-${control}`, input = made("input", { type: "range", id, name: control, min: least, max: most, step, autocomplete: "off" });
      input.defaultValue = value;
      return input;
    });
    this.outputs = this.inputs.map(() => made("b", { ariaHidden: "true" })); // to see; the input itself says its value
    this.link = made("a", { textContent: WORDS.address });
    const reset = made("button", { type: "reset", textContent: WORDS.reset });
    const presets = Object.entries(play.presets ?? {}).map(([preset, state]) => {
      const button = made("button", { type: "button", textContent: this.words[preset] });
      button.addEventListener("click", () => {
        for (const input of this.inputs) if (input.name in state) input.value = state[input.name];
        this.show();
        this.keep();
      });
      return button;
    });
    const form = made("form", { className: "play" }, made("fieldset", {}, made("legend", { textContent: this.words.legend }),
      ...this.inputs.map((input, at) => made("label", { htmlFor: input.id }, made("span", { textContent: this.words[input.name] }), input, this.outputs[at]))),
    this.output, this.list, made("p", {}, ...presets, reset, this.link));
    element.querySelector("figcaption").before(form);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.show());
    form.addEventListener("change", () => this.keep());
    form.addEventListener("reset", () => setTimeout(() => { this.show(); this.keep(); }));
    this.restore();
    addEventListener("popstate", () => this.restore());
  }
  get state() { return Object.fromEntries(this.inputs.map((input) => [input.name, input.valueAsNumber])); }
  restore() { // of an address, what its inputs allow
    const given = (new URLSearchParams(location.search).get(this.name) ?? "").split("_");
    if (given.length === this.inputs.length) this.inputs.forEach((input, at) => { if (/^-?\d+(\.\d+)?$/.test(given[at])) input.value = given[at]; });
    this.show();
  }
  get address() {
    const url = new URL(location.href);
    url.searchParams.set(this.name, this.inputs.map((input) => input.value).join("_"));
    return url;
  }
  keep() {
    try { history.replaceState(history.state, "", this.address); } catch { /* opened as a file, which has no address to keep it in */ }
  }
  show() {
    this.inputs.forEach((input, at) => { this.outputs[at].textContent = input.value.replace("-", "−"); });
    this.again();
    const address = this.address;
    address.hash = this.element.id;
    this.link.href = address;
  }
  path(identifier, path) { this.svg.querySelector(`[data-equation="${identifier}"]`).setAttribute("d", path); }
  part(name, path) { this.svg.querySelector(`[data-part="${name}"]`).setAttribute("d", path); }
  text(name, text, y, x, anchor) {
    const element = this.svg.querySelector(`[data-part="${name}"]`);
    element.textContent = text;
    if (y !== undefined) element.setAttribute("y", y);
    if (x !== undefined) element.setAttribute("x", x);
    if (anchor) element.setAttribute("text-anchor", anchor);
  }
  rows(values) {
    this.list.replaceChildren(...Object.entries(values).map(([name, value]) => made("div", {}, made("dt", { textContent: this.words[name] }), made("dd", { textContent: value }))));
  }
  say(sentence) {
    if (this.output.textContent !== sentence) this.output.textContent = sentence;
    this.svg.parentElement.setAttribute("aria-label", sentence);
  }
}

for (const [name, play] of Object.entries(PLAYS)) {
  const element = globalThis.document?.getElementById(`figure-${name}`);
  if (element) new Figure(element, name, play);
}
