// Python in a thread of its own, so that the page answers meanwhile and can stop it. The build puts before this what is to be fetched: FILES, each with its bytes; and
// LOCK, what Pyodide asks to be told of itself and of packages, of which it fetches none.
// Told once {wheel}, the address of the project's wheel; then {id, module, name, given}, a function and texts that it is given, answered by {id, answer} or {id, error}.
import { loadPyodide } from "./pyodide.js";

const here = new URL(".", import.meta.url).href, total = Object.values(FILES).reduce((sum, bytes) => sum + bytes, 0);
let done = 0, python = null, told = 0;
function arrived(bytes) {
  done += bytes;
  if (done - told < total / 100 && done < total) return;
  told = done;
  postMessage({ done, total });
}
const plain = globalThis.fetch;
globalThis.fetch = async (address, options) => { // what Pyodide fetches itself is counted too
  const answer = await plain(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  if (new URL(address).pathname.split("/").at(-1) in FILES) {
    (async () => { for await (const part of chunks(answer.clone())) arrived(part.length); })().catch(() => {});
  }
  return answer;
};
async function* chunks(answer) {
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());

async function started(wheel) {
  const fetched = Promise.all([bytes(`${here}libraries.zip`), bytes(`${here}flint.zip`), bytes(wheel)]);
  const begun = (await fetch(`${here}memory.bin`)).body.pipeThrough(new DecompressionStream("deflate")); // of a Python that has started
  const made = await loadPyodide({ indexURL: here, lockFileContents: JSON.stringify(LOCK), _loadSnapshot: new Response(begun).arrayBuffer() });
  const [libraries, flint, own] = await fetched, into = made.runPython("import site; site.getsitepackages()[0]");
  made.FS.writeFile("/libraries.zip", libraries);
  for (const archive of [flint, own]) made.unpackArchive(archive, "zip", { extractDir: into });
  // FLINT's libraries for all at once: else each of the forty modules that use them is given a copy of their 15,000 names, which takes longer than all else together.
  const { loadDynamicLibrary, LDSO } = made._module;
  for (const name of ["gmp", "mpfr", "flint"].map((each) => `${into}/python_flint.libs/lib${each}.so`)) {
    loadDynamicLibrary(name, { global: true, nodelete: true });
    LDSO.loadedLibsByName[name].exports = {};
  }
  made.runPython("import gc, importlib, random, sys; random.seed(); gc.set_threshold(100_000); sys.path.append('/libraries.zip'); importlib.invalidate_caches()"); // garbage is looked for seldom, as in a build
  return made;
}
onmessage = async ({ data: { wheel, id, module, name, given } }) => {
  try {
    if (wheel) { python = started(wheel); await python; postMessage({ ready: true }); return; }
    const answer = (await python).pyimport(module)[name](...given);
    postMessage({ id, answer });
  } catch (problem) {
    postMessage({ id, error: String(problem.message ?? problem).trim() });
  }
};
