// Reads one JSON line per formula from standard input, writes one JSON line with its MathML, or its error.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const temml = createRequire(process.argv[2])("temml");

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    answer = { mathml: temml.renderToString(tex, { displayMode: display, throwOnError: true, strict: true }) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
