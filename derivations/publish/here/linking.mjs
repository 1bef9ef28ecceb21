// FLINT, GMP, MPFR and what of python-flint the engine uses, joined to a Python that has not started: `link(Module, modules)`, the modules as [path, WebAssembly.Module].
// Python's memory (start.mjs) refers to them by their places, which are the same wherever they are joined before anything else and in the same order.

/** Where in the memory Python keeps its trampoline, the place of the function by which it calls others: 0 where there is none, as on iPhones. */
export const trampoline = ({ HEAP32, __PyRuntime, __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: offset }) => __PyRuntime + HEAP32[offset >> 2];

export function link(Module, modules) {
  if (!Module.HEAP32[trampoline(Module) >> 2]) Module.wasmTable.grow(1); // its place stays empty
  const { LDSO, loadWebAssemblyModule, mergeLibSymbols, reportUndefinedSymbols } = Module;
  for (const [path, module] of modules) {
    const shared = path.includes(".libs/"), names = [path, path.split("/").at(-1)];
    const exports = loadWebAssemblyModule(module, { global: shared, nodelete: true, allowUndefined: true }, path, {});
    // The names of the libraries are for all at once: else each module that uses them is given a copy of their 15,000 names, which takes longer than all else together.
    if (shared) mergeLibSymbols(exports, path);
    for (const name of names) LDSO.loadedLibsByName[name] = { name, refcount: Infinity, global: true, exports: shared ? {} : exports };
  }
  reportUndefinedSymbols();
}
