// A derivation's script under the reader's hand: an editor, and what the engine, running here, says of it. Its words are put before it when the site is built.
import { Runner, Stopped, typeset } from "./runner.js";

const made = (kind, properties, ...content) => { const element = Object.assign(document.createElement(kind), properties); element.append(...content); return element; };
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const { lang } = document.documentElement, language = lang.slice(0, 2);
const number = (value, digits) => value.toLocaleString(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });

async function styled(address) {
  const sheet = made("link", { rel: "stylesheet", href: address });
  await new Promise((go) => { sheet.onload = sheet.onerror = go; document.head.append(sheet); });
}

export async function open(place) {
  const opens = place.querySelector("button"), said = place.querySelector("[role=status]");
  const [script, python, wheel] = ["script", "python", "wheel"].map((name) => new URL(place.dataset[name], location.href).href);
  const file = script.split("/").at(-1), runner = new Runner(python, wheel);
  const bar = made("progress", { hidden: true });
  let there = null; // the start that has come to its end
  opens.disabled = true;
  runner.start(fetched).catch(() => {}); // what takes longest comes first; run() says what is wrong with it
  import(`${python}temml.js`).catch(() => {});
  const [answer, { createEditor }] = await Promise.all([
    fetch(script), import(`${python}editor/index.js`), import(`${python}editor/prism/languages/python.js`), styled(`${python}editor/layout.css`), styled(`${python}run.css`),
  ]).catch((problem) => { runner.stop(); throw problem; });
  if (!answer.ok) throw new Error(answer.statusText);
  const source = await answer.text();

  const button = (words, work) => made("button", { type: "button", textContent: words, onclick: work });
  const runs = button(WORDS.run, run), stops = button(WORDS.stop, () => runner.stop()), resets = button(WORDS.reset, reset);
  const frame = made("div", { className: "frame" }), output = made("div", { className: "output" });
  bar.setAttribute("aria-label", WORDS.fetched);
  opens.replaceWith(made("div", { className: "buttons" }, runs, stops, resets));
  said.before(frame);
  said.before(bar);
  place.append(output);
  const editor = createEditor(frame, { language: "python", value: source, lineNumbers: true, tabSize: 4 });
  editor.textarea.setAttribute("aria-label", filled(WORDS.editor, { file }));
  output.addEventListener("toggle", ({ target }) => { if (target.open) typeset(target, python); }, true); // a proof's lines when it is opened
  runs.focus();

  function under(way) {
    runs.disabled = way;
    stops.disabled = !way;
  }
  function reset() {
    editor.setOptions({ value: source });
    output.replaceChildren();
    said.replaceChildren();
  }
  function fetched({ done, total }) {
    Object.assign(bar, { max: total, value: done });
    said.textContent = done < total ? filled(WORDS.fetching, { done: number(done / 1e6, 1), total: number(total / 1e6, 1) }) : WORDS.starting;
  }
  async function run() {
    under(true);
    for (const each of frame.querySelectorAll(".wrong")) each.classList.remove("wrong");
    try {
      bar.hidden = there !== null && there === runner.started;
      if (!bar.hidden) said.textContent = WORDS.starting;
      await runner.start(fetched);
      there = runner.started;
      bar.hidden = true;
      said.textContent = WORDS.running;
      const began = performance.now(), found = JSON.parse(await runner.call("derivations.publish.here.script", "run", editor.value, file, language));
      await show(found, performance.now() - began);
    } catch (problem) {
      said.textContent = problem instanceof Stopped ? WORDS.stopped : filled(WORDS.broken, { why: problem.message });
    }
    bar.hidden = true;
    under(false);
  }
  async function show({ equations, printed, error }, time) {
    const drawn = made("div", { innerHTML: equations.map(({ html }) => html).join("") });
    for (const each of drawn.querySelectorAll(".named, .formula")) await typeset(each, python);
    output.replaceChildren(...drawn.children);
    const asked = equations.findIndex(({ id }) => id === place.dataset.of);
    if (asked >= 0) { // the equation whose page this is
      output.prepend(output.children[asked]);
      inSight(equations[asked].line);
    }
    if (printed) output.prepend(made("pre", { textContent: printed }));
    const defined = output.querySelectorAll(".definition").length;
    const counts = filled(WORDS.done, { proved: equations.length - defined, defined, time: number(time / 1000, 1) });
    if (!error) { said.textContent = counts; return; }
    const goes = button(filled(WORDS.line, error), () => {
      const lines = editor.value.split("\n"), begins = lines.slice(0, error.line - 1).join("\n").length + (error.line > 1);
      editor.textarea.focus();
      editor.textarea.setSelectionRange(begins, begins + (lines[error.line - 1] ?? "").length);
      inSight(error.line);
    });
    said.replaceChildren(made("span", { className: "fault" }, ...(error.line ? [goes, " "] : []), made("span", { textContent: error.said })), ` ${counts}`);
    if (error.line) inSight(error.line)?.classList.add("wrong");
  }
  function inSight(number) {
    const line = editor.lines[number];
    if (line) frame.firstChild.scrollTop = line.offsetTop - frame.clientHeight / 3;
    return line;
  }
  await run();
}
