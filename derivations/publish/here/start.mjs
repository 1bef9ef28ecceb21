// What the reader's browser begins with: `node start.mjs PYODIDE STARTING PACKED.zip SITE INTO MODULE…`. Into the folder INTO it writes
//   memory.bin     the memory of a Python that has loaded SymPy, FLINT and the engine: to start and load anew takes longer than all else together;
//   flint.bin      FLINT's MODULEs, of which that memory is full of places: their paths and sizes as JSON, whose size comes first, and the modules;
//   libraries.zip  what of PACKED.zip is not in the memory.
// STARTING is starting.py. SITE holds python-flint's files and the project's, as installed; the MODULEs are named by their places in it. No more is known to that Python,
// no path either, and clock and chance stand still: all three files are the same whenever and wherever they are made.
import crypto from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { link } from "./linking.mjs";

process.on("uncaughtException", ({ message }) => { console.error(message); process.exitCode = 1; }); // and not the line of Pyodide's, which is a million characters long
const [pyodide, starting, packed, site, into, ...names] = process.argv.splice(1).slice(1), installed = "/lib/python3.14/site-packages";
globalThis.Date = class extends Date { constructor(time = 0) { super(time); } static now() { return 0; } };
performance.now = () => 0;
crypto.randomFillSync = (bytes) => bytes.fill(0);
const read = (path) => new Uint8Array(readFileSync(path)), keep = (name, bytes) => {
  const made = gzipSync(bytes);
  made[9] = 255; // which system made it
  writeFileSync(`${into}/${name}`, made);
};

const modules = names.map((name) => [`${installed}/${name}`, read(`${site}/${name}`)]);
const listed = new TextEncoder().encode(JSON.stringify(modules.map(([path, bytes]) => [path, bytes.length])));
keep("flint.bin", Buffer.concat([new Uint8Array(new Uint32Array([listed.length]).buffer), listed, ...modules.map(([, bytes]) => bytes)]));

const from = async (name) => import(pathToFileURL(`${pyodide}/${name}`).href);
const [{ loadPyodide }, { default: create }] = [await from("pyodide.mjs"), await from("pyodide.asm.mjs")];
const py = await loadPyodide({
  indexURL: pyodide, _makeSnapshot: true, env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0", SYMPY_GROUND_TYPES: "python" },
  createPyodideModule: (settings) => {
    settings.preRun.push((Module) => link(Module, modules.map(([path, bytes]) => [path, new WebAssembly.Module(bytes)])));
    return create(settings);
  },
});
for (const name of readdirSync(site, { recursive: true }).sort()) {
  if (statSync(`${site}/${name}`).isDirectory()) py.FS.mkdirTree(`${installed}/${name}`);
  else py.FS.writeFile(`${installed}/${name}`, read(`${site}/${name}`));
}
py.FS.writeFile("/libraries.zip", read(packed));
py.runPython(readFileSync(starting, "utf8"));
writeFileSync(`${into}/libraries.zip`, py.FS.readFile("/rest.zip"));
const { _malloc, _free, _sbrk } = py._module, blank = [];
for (let size = 1 << 20; size >= 64; size /= 2) { // what was given back is made nothing again, which is short to send: all that is free, as long as none has to be added
  const top = _sbrk(0);
  for (let at = _malloc(size); blank.push(at) && _sbrk(0) === top; at = _malloc(size)) py._module.HEAPU8.fill(0, at, at + size);
}
blank.forEach(_free);
keep("memory.bin", py.makeMemorySnapshot());
