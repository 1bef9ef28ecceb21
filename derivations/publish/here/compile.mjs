// SymPy and what it needs, compiled by the very Python that will run them: `node compile.mjs PYODIDE PACKING PACKED.zip FOLDER…`.
// PACKED.zip is one archive of the packages in the FOLDERs; PACKING is packing.py. No path is known, and no time: it is the same whenever and wherever it is made.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

process.on("uncaughtException", ({ message }) => { console.error(message); process.exitCode = 1; }); // and not the line of Pyodide's, which is a million characters long
const [pyodide, packing, packed, ...folders] = process.argv.slice(2);
if (!packed?.endsWith(".zip") || !folders.length) throw new Error(`PACKED.zip is ${packed}, and there are ${folders.length} FOLDERs: say where to write the archive, and what to pack`);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const py = await loadPyodide({ indexURL: pyodide });
for (const folder of folders) {
  py.FS.mkdirTree(`/packages/${basename(folder)}`);
  py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, `/packages/${basename(folder)}`);
}
py.runPython(readFileSync(packing, "utf8"));
writeFileSync(packed, py.FS.readFile("/packed.zip"));
