// What the reader's browser begins with, made by the very Python that runs there: `node compile.mjs PYODIDE PACKING MEMORY PACKED FOLDER…`.
// MEMORY is Python's, deflated, when it has just started, which takes longer than all else together if each reader's does it anew; PACKED, one archive of the packages
// in the FOLDERs, compiled (PACKING is packing.py). Clock and chance stand still meanwhile, and no path is known: both are the same whenever and wherever they are made.
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";

const [pyodide, packing, memory, packed, ...folders] = process.argv.splice(1).slice(1);
globalThis.Date = class extends Date { constructor(time = 0) { super(time); } static now() { return 0; } };
performance.now = () => 0;
crypto.randomFillSync = (bytes) => bytes.fill(0);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const py = await loadPyodide({ indexURL: pyodide, _makeSnapshot: true, env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" } });
py.runPython("import ast, dataclasses, decimal, difflib, fractions, gc, importlib.metadata, inspect, json, pathlib, random, string, tempfile, tomllib, traceback, typing, zipfile; gc.collect()");
const state = py.makeMemorySnapshot();
writeFileSync(memory, deflateSync(state));
for (const folder of folders) {
  py.FS.mkdirTree(`/packages/${basename(folder)}`);
  py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, `/packages/${basename(folder)}`);
}
py.runPython(readFileSync(packing, "utf8"));
writeFileSync(packed, py.FS.readFile("/packed.zip"));
