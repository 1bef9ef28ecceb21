// Compiles Python packages for the reader's browser, by the very Python that runs there: `node compile.mjs PYODIDE PACKED PYTHON FOLDER…`.
// PYTHON (packing.py) packs each package's FOLDER into the one archive PACKED.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, packed, python, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const py = await loadPyodide({ indexURL: pyodide });
for (const folder of folders) {
  py.FS.mkdirTree(`/packages/${basename(folder)}`);
  py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, `/packages/${basename(folder)}`);
}
py.runPython(readFileSync(python, "utf8"));
writeFileSync(packed, py.FS.readFile("/packed.zip"));
