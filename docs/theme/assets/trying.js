// "Try to break it": a form in which a reader alters an equation, and what became of that, in words. Loaded where somebody asks; what is tried is tried in a worker.
import { fetched } from "./checking.js";
import { FUNCTIONS, Unread, range, statement, stated, written } from "./typed.js";

const SECONDS = 20;
let serial = 0;
function made(name, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}
const filled = (text, ...values) => values.reduce((all, value) => all.replace("{}", () => value), text);

// What has to be known of an equation: its record, the words of its derivation, the records that its proof cites, and what all names mean.
async function known(place, address) {
  const at = (file) => fetched(new URL(`${place.dataset.records}${file}.json`, address).href), { equation: own } = await at(place.dataset.of);
  const [words, laws, { sources }] = await Promise.all([at(`words/${own.derivation}`), at("laws"), import("./attacking.js")]);
  const others = await Promise.all(sources(own, words).map(at));
  return { own, words, laws, others: others.map(({ equation }) => equation), names: Object.assign({}, ...others.map(({ names }) => names), words.names) };
}

// `place`: the element that asks, as seen from the page at `address`.
export async function offer(place, address) {
  const said = JSON.parse(place.dataset.words), { lang } = document.documentElement, button = place.querySelector("button"), id = `tried-${++serial}`;
  button.disabled = true;
  let all;
  try { all = await known(place, address); } catch { button.disabled = false; place.querySelector("[role=status]").textContent = said.unreachable; return; }
  const { own, words } = all, [{ terms, relations }] = own.rows, textOf = (chain) => statement(chain, relations, words);
  const whole = textOf(terms), ranges = Object.entries(own.context.quantities).map(([name, over]) => range(name, over, words)).filter(Boolean).join(", ");
  const wrong = (own.evidence?.wrong ?? []).map(({ place: at, term }) => textOf(terms.map((each, where) => (where === at ? term : each)))).filter(Boolean);
  const field = (label, key, text, properties) => { // with its label
    const input = Object.assign(made(key, { id: `${id}-${key}`, value: text, spellcheck: false, autocapitalize: "off", ...properties }));
    input.setAttribute("aria-describedby", `${id}-said`);
    return [made("label", { htmlFor: input.id, textContent: label }), input];
  };
  const [statementLabel, statementField] = field(said.statement, "textarea", whole ?? "", { rows: 2 }), [domainLabel, domainField] = field(said.domain, "input", ranges, { type: "text" });
  const status = place.querySelector("[role=status]"), form = made("form", { noValidate: true }), check = made("button", { textContent: said.check });
  status.id = `${id}-said`;
  const choices = [[said.itself, whole], ...wrong.map((text) => [text, text])].filter(([, text]) => text).map(([label, text]) => {
    const choice = made("button", { type: "button", textContent: label });
    choice.addEventListener("click", () => { statementField.value = text; domainField.value = ranges; form.requestSubmit(); });
    return choice;
  });
  form.append(statementLabel, statementField, ...(ranges ? [domainLabel, domainField] : []), check, ...(choices.length > 1 ? [made("p", { textContent: said.variants }), made("div", { className: "choices" }, ...choices)] : []));
  statementField.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); } });
  let worker = null, late = 0;
  const done = (...parts) => { clearTimeout(late); worker?.terminate(); worker = null; form.removeAttribute("aria-busy"); status.replaceChildren(...parts); };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const input of [statementField, domainField]) input.removeAttribute("aria-invalid");
    place.removeAttribute("data-verdict");
    done(said.trying);
    form.setAttribute("aria-busy", "true");
    worker = new Worker(new URL("./attempting.js", import.meta.url), { type: "module" });
    late = setTimeout(() => { place.dataset.verdict = "neither"; done(filled(said.late, SECONDS)); }, SECONDS * 1000);
    worker.addEventListener("error", () => { place.dataset.verdict = "neither"; done(said.unreachable); });
    worker.addEventListener("message", ({ data }) => {
      if (data.unread) misread(data); else { place.dataset.verdict = data.verdict ?? "neither"; done(...(data.broken ? [said.neither] : told(data))); }
    });
    worker.postMessage({ known: all, typed: statementField.value, domain: domainField.value });
  });

  function misread({ unread, place: at, given, allowed }) {
    const input = ["domain", "empty"].includes(unread) || !faulty(statementField.value) ? domainField : statementField;
    place.dataset.verdict = "unread";
    input.setAttribute("aria-invalid", "true");
    const known = [...Object.keys(words.quantities), ...Object.keys(words.applied)].sort().join(", ");
    done(Object.entries({ place: at + 1, given, allowed: allowed.replace("…", said.term), known, functions: FUNCTIONS.join(", ") }).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), said[`unread-${unread}`]));
    input.focus();
    input.setSelectionRange(at, at + given.length);
  }
  function faulty(text) { // else the domain is at fault
    try { stated(text, words, own.rows[0]); return false; } catch (problem) { return problem instanceof Unread; }
  }
  function told(answer) {
    const lines = (texts) => made("ol", { className: "worked" }, ...texts.map(([sign, text, why]) => made("li", {}, made("code", { textContent: `${sign} ${text}`.trim() }), ...(why ? [made("span", { textContent: why })] : []))));
    const verdict = made("strong", { textContent: said[answer.verdict] });
    if (answer.verdict === "neither") return [made("p", {}, verdict, said.colon, filled(said.open, answer.tried))];
    if (answer.verdict === "proved") {
      const named = ({ laws, cites }) => [...laws.map((law) => all.laws[law]?.[lang.startsWith("zh") ? "zh" : "en"] ?? law), ...cites].join(said.comma);
      const rows = answer.steps.map((step) => [step.relation, written(step.term, words) ?? "…", named(step)]);
      return [made("p", {}, verdict, said.colon, filled(said.lines, rows.length)), lines([["", written(answer.terms[0], words) ?? "…", ""], ...rows])];
    }
    const member = ({ name, given, value }) => {
      const [word, form] = given ? Object.entries(words.applied).find(([, { key }]) => key === name) ?? [name.split(".").at(-1), null] : [name, null];
      const points = form && form.parameters.length > given.length ? form.parameters.slice(given.length) : [];
      return `${word}${given?.length ? `(${[...given, ...points].join(", ")})` : ""} = ${value}`;
    };
    const where = answer.where.map(member).join(said.comma), sides = answer.sides.map(({ text, value, exact }) => (value === null ? ["", filled(said.nowhere, text ?? "…"), ""] : ["", text === value ? value : `${text ?? "…"} ${exact ? "=" : "≈"} ${value}`, ""]));
    return [made("p", {}, verdict, said.colon, where ? filled(said.at, where) : said.fails), lines(sides)];
  }
  button.replaceWith(form);
  place.append(status);
  statementField.focus();
}
