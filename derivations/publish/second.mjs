// Has the second kernel check a catalogue: `node second.mjs KERNEL CATALOGUE`. Lines of JSON on standard input are altered records, each judged beside the true ones;
// or {record, names, cited}, a record by itself: what its names mean, and the records that it may cite, as they are stated.
// Writes one line of JSON: how many equations and lines it accepted, what it refused and why, names that nothing defines, and of each altered record why it is refused, or "".
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [source, catalogue] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const { Kernel, Refused, inOrder } = await import(`data:text/javascript,${encodeURIComponent(source)}`); // its name does not say that it is a module
const { names, equations } = JSON.parse(catalogue), kernel = new Kernel(names), refused = {};
let lines = 0;

function why(judge) {
  try { judge(); return ""; } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    return problem.message || "refused";
  }
}
for (const record of inOrder(equations)) {
  const said = why(() => { lines += kernel.check(record); });
  if (said) refused[record.id] = said;
}
function judge(said) {
  if (!said.record) return kernel.judged(said);
  const own = new Kernel(said.names);
  said.cited.forEach((each) => own.suppose(each));
  return own.judged(said.record);
}
const altered = [];
for await (const line of createInterface({ input: process.stdin })) if (line) altered.push(why(() => judge(JSON.parse(line))));
process.stdout.write(`${JSON.stringify({ equations: equations.length - Object.keys(refused).length, lines, refused, undefined: kernel.undefined, altered })}\n`);
