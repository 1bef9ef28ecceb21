"""What the site offers to run derivations in readers' browsers: all of it there, and the same whenever it is made."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from posixpath import normpath
from zipfile import ZipFile

import pytest

from derivations.command_line.trying import answer
from derivations.publish.here import offered, script
from derivations.publish.temml import NotInstalled, find_node
from derivations.words import words_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(built_site: Path) -> Path:
    return built_site / offered.folder_name(ROOT)


def test_everything_that_a_script_asks_for_is_there(folder: Path) -> None:
    scripts = [*folder.rglob("*.js")]
    assert len(scripts) >= 7
    for each in scripts:
        for asked in re.findall(r'(?:from|import)\s*\(?"(\.{1,2}/[^"]+)"', each.read_text(encoding="utf-8")):
            assert (folder / normpath((each.parent / asked).relative_to(folder).as_posix())).is_file(), (each, asked)
    worker = (folder / "worker.js").read_text(encoding="utf-8")
    sizes = json.loads(re.match(r"const FILES = (\{.*?\})", worker)[1])  # type: ignore[index]
    assert sizes == {name: (folder / name).stat().st_size for name in offered.COUNTED}
    assert sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) < 39e6


@pytest.mark.parametrize("page", ["zh/derivations/coin/", "en/questions/softmax/", "en/equations/coin.score/"])
def test_page_says_where_its_script_and_python_lie(built_site: Path, folder: Path, page: str) -> None:
    said = (built_site / page / "index.html").read_text(encoding="utf-8")
    found = dict(re.findall(r'data-(script|python|wheel)="([^"]*)"', said))
    assert (built_site / page / found["python"]).resolve() == folder.resolve()
    name = "softmax" if "softmax" in page else "coin"
    source = (built_site / page / found["script"]).resolve()
    assert source.read_bytes() == (ROOT / "derivations" / f"{name}.py").read_bytes()
    with ZipFile((built_site / page / found["wheel"]).resolve()) as wheel:
        assert "derivations/publish/here/script.py" in wheel.namelist()


@pytest.mark.slow
def test_what_is_compiled_is_the_same_whenever_it_is_made(folder: Path, tmp_path: Path) -> None:
    """Made again with the smallest of the packages, which is its part of the archive; and Python's memory, with all that it has loaded, to the byte."""
    (packed,) = (ROOT / ".cache" / "store" / "browser").glob(f"*/{offered.PACKED}")
    offered.pack(ROOT, tmp_path, ["markupsafe"])
    with ZipFile(tmp_path / offered.PACKED) as again, ZipFile(packed) as whole:
        assert len(again.namelist()) >= 2
        for each in again.infolist():
            other = whole.getinfo(each.filename)
            assert again.read(each) == whole.read(other) and each.date_time == other.date_time
    made = offered.start(ROOT, tmp_path, packed.read_bytes())
    for name, content in zip(offered.STARTED, made, strict=True):
        assert content == (folder / name).read_bytes(), name


PLACES = """
const [pyodide, tables, webkit] = process.argv.slice(1), { get } = WebAssembly.Table.prototype, made = new Map();
if (webkit) WebAssembly.Table.prototype.get = function (at) { // what JavaScript is given there: for each place another function, all of the same name
  const found = get.call(this, at);
  if (found && !made.has(found)) made.set(found, new Map());
  const places = made.get(found);
  if (places && !places.has(at)) places.set(at, Object.defineProperty((...given) => found(...given), "name", { value: found.name }));
  return places?.get(at) ?? null;
};
if (tables) await import(tables);
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`), { default: create } = await import(`${pyodide}/pyodide.asm.mjs`);
await loadPyodide({ indexURL: pyodide, createPyodideModule: (settings) => {
  settings.preRun.push(({ wasmTable }) => { console.log(wasmTable.length); process.exit(); });
  return create(settings);
} });
"""


def test_functions_have_the_same_places_in_webkit() -> None:
    """Python's memory refers to them by their places, of which WebKit would else make more."""

    def places(*given: str | Path) -> int:
        arguments = ["--input-type=module", "-e", PLACES, "--", ROOT / "node_modules" / "pyodide", *given]
        done = subprocess.run([find_node(), *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-400:]
        return int(done.stdout)

    here = (ROOT / "derivations" / "publish" / "here" / "tables.mjs").as_uri()
    anywhere = places("")
    assert places(here) == places(here, "webkit") == anywhere < places("", "webkit")


def test_what_cannot_be_packed_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match=r"PACKED\.zip is .*packed\.zip, and there are 0 FOLDERs"):
        offered.pack(ROOT, tmp_path, [])


def test_what_is_not_installed_says_what_to_do(tmp_path: Path) -> None:
    for name in ("package-lock.json", "requirements.txt", "requirements-browser.txt"):
        (tmp_path / name).touch()
    with pytest.raises(NotInstalled, match="Pyodide is missing from node_modules/ .*run `make site`"):
        offered.offer(tmp_path, tmp_path / "site")


SCRIPT = """\
from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by

mine = Derivation("mine", source="own")
p = mine.quantity("p", UNIT)
half = mine.define("half", "h(p) = p/2")
twice = mine.step("twice", by(half), "2*h(p) = {}")
print("done")
"""


@pytest.mark.parametrize("language, title", [("zh", "看证明"), ("en", "show proof")])
def test_script_of_a_reader_is_run_and_drawn(language: str, title: str) -> None:
    said = json.loads(script.run(SCRIPT.format("p"), "mine.py", language))
    assert said["error"] is None and said["printed"] == "done\n"
    assert [(each["id"], each["line"]) for each in said["equations"]] == [("mine.half", 6), ("mine.twice", 7)]
    drawn = said["equations"][1]["html"]
    assert title in drawn and r"\[2 h(p) = p\]" in drawn and 'class="ran proved"' in drawn
    assert 'class="ran definition"' in said["equations"][0]["html"]


@pytest.mark.parametrize(
    "language, source, line, words",
    [
        (
            "en",
            SCRIPT.format("p/2"),
            7,
            r"refuted: 2·h\(p\) = p/2\n.*It fails at p = 1/2:\n    2·h\(p\) = 1/2\n    p/2 = 1/4",
        ),
        ("zh", SCRIPT.format("p/2"), 7, r"不成立：2·h\(p\) = p/2\n.*反例：p = 1/2\n    2·h\(p\) = 1/2\n    p/2 = 1/4"),
        ("zh", SCRIPT.format("").replace("2*h(p) = ", "h(1/2) = decimal(1/2)"), 7, r"不成立：h\(1/2\) = 0\.5\n.*"),
        ("zh", SCRIPT.format("p +"), 7, r"twice: 'p \+' 读不成公式；.*（Python 说：.*）"),
        ("zh", SCRIPT.format("p").replace("Derivation(", "Derivations("), 4, r"名字 Derivations 没有定义；.*"),
        (
            "en",
            SCRIPT.format("p").replace('p")', "p\", through=['= 3*h(p)'])"),
            7,
            r"neither proved nor refuted: .*\nmine\.twice: .*no lines were found.*",
        ),
        ("en", "x = (\n1 +* 2)", 2, "SyntaxError: invalid syntax"),
        ("en", "def f():\n    return 1/0\n\nf()", 2, "ZeroDivisionError: division by zero"),
        ("en", "import sys\nsys.exit('<b>')", 2, "SystemExit: <b>"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(language: str, source: str, line: int, words: str) -> None:
    said = json.loads(script.run(source, "mine.py", language))
    assert said["error"]["line"] == line
    assert re.fullmatch(words, said["error"]["said"], re.DOTALL)


STATED = 'mine.step("s", by(half), "{}"{})'
REFUSED = {
    "within": STATED.format("h(q) = 1", ""),
    "stated": STATED.format("h(1/3) = decimal(1/6)", ""),
    "unknown": STATED.format("h(q) = 1", ""),
    "near": STATED.format("lg(p) = 1", ""),
    "formula": STATED.format("h(p) = 1 2", ""),
    "not-understood": STATED.format("h(p) = (p + 1)(p)", ""),
    "product": STATED.format("h(p) = p(1/2)", ""),
    "takes": STATED.format("h(p, p) = 1", ""),
    "binds": STATED.format("d(1, 2*p) = 1", ""),
    "typed": STATED.format("h(p) = 0.5*p", ""),
    "endless": STATED.format("h(1/3) = decimal(1/6)", ""),
    "definition": 'mine.define("s", "g（p） = p")',
    "heading": 'mine.define("s", "log(p) = p")',
    "premise": 'mine.suppose("s", "p < 1")',
    "line": STATED.format("h(p) = p/2", ', through=["p/2"]'),
    "again": 'mine.define("s", "h(p) = p")',
    "range": 'mine.quantity("p", REAL)',
    "letter": 'mine.quantity("2p", REAL)',
    "identifier": 'mine.define("My law", "g(p) = p")',
    "twice": 'mine.define("half", "g(p) = p")',
    "nothing": 'mine.step("s", by(half))',
    "claim": STATED.format("h(p)", ""),
    "empty": 'mine.suppose("s", "p = 3")',
    "denominator": 'mine.define("s", "g(r) = 1/r")',
    "logarithm": 'mine.define("s", "g(r) = log(r)")',
    "root": 'mine.define("s", "g(r) = sqrt(r)")',
    "no-lines": STATED.format("h(p) = p/2", ', through=["= 3*h(p)"]'),
    "syntax": "x = (",
    "indentation": "  x = 1",
    "undefined": "unknown",
    "attribute": "mine.derive()",
    "import": "from derivations.engine import Foo",
    "module": "import a_module_of_nobody",
    "type": "mine.step()",
    "zero": "1/0",
}
"""What a reader may write, by how it is refused."""
TRIED = {
    "known": ("8/q", ()),
    "blank": (" ", ()),
    "domain": ("8/p", ("p",)),
    "quantity": ("8/p", ("x < 1",)),
}
"""The same for what is tried on the command line: statement and domain."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", list(words_in("en").table("refused")))
def test_what_is_refused_is_told_in_the_readers_language(key: str, language: str) -> None:
    """The words have how the engine and Python say it, which would else go unnoticed where one of them says it otherwise."""
    if key in TRIED:
        said = answer("coin.score", *TRIED[key], language)[1]
    else:
        source = SCRIPT.format("p").replace("UNIT,", "REAL, UNIT,") + f'mine.quantity("r", REAL)\n{REFUSED[key]}\n'
        error = json.loads(script.run(source, "mine.py", language))["error"]
        assert error["line"] == 10
        said = error["said"]
    for piece in re.split(r"\{\w+\}", words_in(language).of("refused", key)):
        assert piece in said
