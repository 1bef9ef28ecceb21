// Derivations on the reader's own numbers. What was typed goes to the engine, which runs in this page (runner.js), and nowhere else; nothing is fetched before somebody asks.
// The state of a form is the address: #coin?heads=7&tails=3.
import { Runner, Stopped, typeset } from "./runner.js";

const place = document.querySelector(".own"), words = JSON.parse(place.dataset.words), { lang } = document.documentElement;
const [python, wheel] = ["python", "wheel"].map((name) => new URL(place.dataset[name], location.href).href);
const made = (kind, properties, ...content) => { const element = Object.assign(document.createElement(kind), properties); element.append(...content); return element; };
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const number = (value) => value.toLocaleString(lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const [status, bar, stops, frame] = ["[role=status]", "progress", ".stop", ".run"].map((each) => place.querySelector(each));
const forms = [...place.querySelectorAll("form")], output = frame.firstElementChild, runner = new Runner(python, wheel);
const fields = (form) => [...form.elements].filter((each) => each.name);

// --- what a form holds, as an address ---

function read() {
  const [kind, state] = location.hash.slice(1).split("?"), form = forms.find((each) => each.dataset.kind === kind);
  if (!form || !state) return;
  const values = new URLSearchParams(state);
  for (const field of fields(form)) field.value = values.get(field.name) ?? "";
  form.scrollIntoView();
}
const typed = (form) => Object.fromEntries(fields(form).map((field) => [field.name, field.value]));

// --- what could not be read ---

function blame(form, faults) {
  for (const field of fields(form)) {
    const own = faults.filter((each) => each.field === field.name);
    document.getElementById(`fault-${field.name}`).replaceChildren(...own.map(({ said }) => made("span", { textContent: said })));
    field.setAttribute("aria-invalid", String(own.length > 0));
  }
  if (!faults.length) return;
  status.textContent = filled(words[faults.length > 1 ? "faults-many" : "faults-one"], { count: faults.length });
  fields(form).find((field) => field.getAttribute("aria-invalid") === "true")?.focus(); // its description is read then
}

// --- asking ---

const styled = new Map(); // the styles of what is drawn, fetched once
function style(address) {
  if (!styled.has(address)) {
    styled.set(address, new Promise((go) => { document.head.append(made("link", { rel: "stylesheet", href: address, onload: go, onerror: go })); }));
  }
  return styled.get(address);
}
function fetched({ done, total }) {
  Object.assign(bar, { max: total, value: done });
  status.textContent = done < total ? filled(words.fetching, { done: number(done / 1e6), total: number(total / 1e6) }) : words.starting;
}
async function ask(form) {
  const values = typed(form), { kind } = form.dataset, buttons = forms.map((each) => each.querySelector("button"));
  history.replaceState(null, "", `#${kind}?${new URLSearchParams(values)}`);
  form.after(place.querySelector(".answer")); // what is said and shown stands below the form that asked
  for (const each of buttons) each.disabled = true;
  stops.hidden = false;
  frame.hidden = true;
  frame.ariaBusy = "true";
  let there = false;
  try {
    if (!runner.started) [bar.hidden, status.textContent] = [false, words.starting];
    await Promise.all([runner.start(fetched), style(`${python}run.css`)]);
    there = bar.hidden = true;
    status.textContent = words.deriving;
    const began = performance.now(), request = JSON.stringify({ kind, language: lang.slice(0, 2), ...values });
    const found = JSON.parse(await runner.call("derivations.own.answers", "answer", request));
    for (const each of forms) blame(each, each === form ? found.faults : []);
    if (!found.faults.length) await show(found, performance.now() - began);
  } catch (problem) {
    status.textContent = problem instanceof Stopped ? words.stopped : there ? filled(words.broken, { why: problem.message }) : words.unreachable;
  }
  bar.hidden = stops.hidden = true;
  frame.ariaBusy = "false";
  for (const each of buttons) each.disabled = false;
}

// --- what was derived, and taking it along ---

async function show(found, time) {
  output.innerHTML = found.html;
  const button = (text, work) => made("button", { type: "button", textContent: text, onclick: work });
  const proofs = [...output.querySelectorAll("details")], opens = button(words["lines-open"], () => {
    const open = proofs.some((each) => !each.open);
    for (const each of proofs) each.open = open;
    opens.textContent = words[open ? "lines-close" : "lines-open"];
  });
  const takes = button(words["take-notebook"], () => {
    const address = URL.createObjectURL(new Blob([found.notebook], { type: "application/x-ipynb+json" }));
    made("a", { href: address, download: `${found.kind}.ipynb` }).click();
    URL.revokeObjectURL(address);
  });
  const copies = ["markdown", "tex"].map((form) => button(words[`copy-${form}`], ({ target }) => copy(found[form], target)));
  output.querySelector(".results").after(made("div", { className: "buttons" }, ...copies, takes, opens));
  frame.hidden = false;
  for (const each of [".results", ".named", ".formula"]) {
    await Promise.all([...output.querySelectorAll(each)].map((part) => typeset(part, python)));
  }
  status.textContent = filled(words.done, { proved: found.proved, time: number(time / 1000) });
  output.querySelector("h3").focus();
}
async function copy(text, button) {
  output.querySelector(".by-hand")?.remove();
  try {
    await navigator.clipboard.writeText(text);
    const said = button.textContent;
    status.textContent = button.textContent = words.copied;
    setTimeout(() => { button.textContent = said; }, 1500);
  } catch {
    status.textContent = words["not-copied"];
    const area = made("textarea", { className: "by-hand", rows: 8, readOnly: true, value: text });
    area.setAttribute("aria-label", button.textContent);
    button.parentElement.after(area);
    area.select();
  }
}

output.addEventListener("toggle", ({ target }) => { if (target.open) typeset(target, python); }, true);
stops.addEventListener("click", () => runner.stop());
for (const form of forms) form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); });
addEventListener("hashchange", read);
read();
