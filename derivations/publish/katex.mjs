// Reads one JSON line per formula from standard input, writes one JSON line with its HTML and MathML, or its error.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

// \arg\max with something beneath is an operator: it keeps its distance from what follows.
const macros = { "\\underset": "\\mathop{#2}\\limits_{#1}" };
const katex = createRequire(process.argv[2])("katex");

// A strict policy refuses inline styles. KaTeX's few hundred become classes that spell the declaration, which `katex.py` reads back: top:-3.2em is top---3_2em.
const code = (sign) => `U${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
const spelt = (declaration) => declaration.replace(":", "--").replace(/[^-a-z0-9.]/g, code).replaceAll(".", "_");

function classed(html) {
  return html.replace(/<([^<>]*) style="([^"]*)"([^<>]*)>/g, (_, before, style, after) => {
    const tag = before + after, classes = style.split(";").filter(Boolean).map(spelt).join(" ");
    return tag.includes(' class="') ? `<${tag.replace(/ class="[^"]*/, `$& ${classes}`)}>` : `<${tag} class="${classes}">`;
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const options = { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error", macros: { ...macros } };
    answer = { html: classed(katex.renderToString(tex, options)) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
