// Python in a thread of its own, so that the page answers meanwhile and can stop it. The build puts before this what is to be fetched: FILES, each with its bytes;
// MEMORY, how many bytes it is when it is inflated; and LOCK, what Pyodide asks to be told of itself and of packages, of which it fetches none.
// Told once {wheel}, the address of the project's wheel; then {id, module, name, given}, a function and texts that it is given, answered by {id, answer} or {id, error}.
import "./tables.js";
import { link, trampoline } from "./linking.js";
import { loadPyodide } from "./pyodide.js";
import createPyodideModule from "./pyodide.asm.js";

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
    (async () => { for await (const part of chunks(answer.clone().body)) arrived(part.length); })().catch(() => {});
  }
  return answer;
};
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
const inflated = async (name) => (await fetch(`${here}${name}`)).body.pipeThrough(new DecompressionStream("gzip"));
async function fill(memory) {
  let at = 0;
  for await (const part of chunks(await inflated("memory.bin"))) { memory.set(part, at); at += part.length; }
}
async function flint() {
  const whole = await new Response(await inflated("flint.bin")).arrayBuffer(), [begins] = new Uint32Array(whole, 0, 1);
  let at = 4 + begins;
  const listed = JSON.parse(new TextDecoder().decode(new Uint8Array(whole, 4, begins)));
  return Promise.all(listed.map(async ([path, length]) => [path, await WebAssembly.compile(new Uint8Array(whole, (at += length) - length, length))]));
}

async function started(wheel) { // all at once: the memory fills while the modules are compiled
  const memory = new Uint8Array(MEMORY), filled = fill(memory), modules = flint(), files = Promise.all([bytes(`${here}libraries.zip`), bytes(wheel)]);
  const loaded = loadPyodide({
    indexURL: here, lockFileContents: JSON.stringify(LOCK), _loadSnapshot: memory,
    createPyodideModule: (settings) => {
      settings.preRun.push(async (Module) => {
        Module.addRunDependency("memory");
        link(Module, await modules);
        Module.growMemory(memory.length);
        await filled;
        const at = trampoline(Module), [, begins] = new Uint32Array(memory.buffer, 0, 2);
        new Int32Array(memory.buffer, begins + at, 1)[0] = Module.HEAP32[at >> 2]; // this browser's own
        Module.removeRunDependency("memory");
      });
      return createPyodideModule(settings);
    },
  });
  const [made, [libraries, own]] = await Promise.all([loaded, files, filled, modules]);
  made.FS.writeFile("/libraries.zip", libraries);
  made.unpackArchive(own, "zip", { extractDir: made.runPython("import importlib, random, site; random.seed(); site.getsitepackages()[0]") });
  made.runPython("importlib.invalidate_caches()");
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
