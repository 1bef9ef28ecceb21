// JavaScript is given the same object for a function of WebAssembly, wherever it is found: as an export, or at any of its places in a table. Emscripten counts on that when it gives
// functions their places, and so does Python's memory, which refers to those. WebKit makes a new object for each place; here the export is found again, by its module and its number.
const { Table, Instance } = WebAssembly, { get, set, grow } = Table.prototype, put = new Map(), ranges = [];
let grown = 0;

function remember(instance) { // its own places are those by which the table has grown just before; at first all
  ranges.unshift({ from: grown, numbered: new Map(Object.values(instance.exports).filter((each) => typeof each === "function").map((each) => [each.name, each])) });
  return instance;
}

/** Whether this is needed. */
function differs() { // a module with one function, exported, and in its table
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 4, 4, 1, 112, 0, 1, 7, 9, 2, 1, 102, 0, 0, 1, 116, 1, 0, 9, 7, 1, 0, 65, 0, 11, 1, 0, 10, 4, 1, 2, 0, 11];
  const { f, t } = new Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
  return t.get(0) !== f;
}

if (differs()) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.Instance = class extends Instance { constructor(...given) { super(...given); remember(this); } };
  WebAssembly.instantiate = async (...given) => { const made = await instantiate(...given); remember(made.instance ?? made); return made; };
  WebAssembly.instantiateStreaming = async (...given) => { const made = await instantiateStreaming(...given); remember(made.instance); return made; };
  Table.prototype.grow = function (more, ...value) { return grown = grow.call(this, more, ...value); };
  Table.prototype.set = function (at, value) { put.set(at, value); set.call(this, at, value); };
  Table.prototype.get = function (at) {
    const found = get.call(this, at);
    return put.get(at) ?? ranges.find(({ from }) => from <= at)?.numbered.get(found?.name) ?? found;
  };
}
