// Reads one JSON line per formula from standard input, writes one JSON line with its HTML and MathML, or its error.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

// \arg\max with something beneath is an operator: it keeps its distance from what follows.
const macros = { "\\underset": "\\mathop{#2}\\limits_{#1}" };
const katex = createRequire(process.argv[2])("katex");

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const options = { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error", macros: { ...macros } };
    answer = { html: katex.renderToString(tex, options) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
