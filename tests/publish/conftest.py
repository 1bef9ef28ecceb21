"""What the tests of publishing share: pages written on the spot, and a copy of the checkout that may be broken."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from derivations.command_line.setting_up import ready
from derivations.publish.build import up_to_date
from derivations.publish.page_checks import check_pages
from derivations.publish.pages import read_pages
from derivations.publish.turn import one_at_a_time

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "derivations",
    "docs",
    "mkdocs.yml",
    "mkdocs.en.yml",
    "CITATION.cff",
    "README.md",
    "LICENSE",
    "LICENSE-text.md",
)
SET_UP = (
    "Makefile",
    "pyproject.toml",
    ".npmrc",
    "package.json",
    "package-lock.json",
    "requirements.txt",
    "requirements-build.txt",
    "requirements-browser.txt",
)
"""What `make` looks at before it builds."""


def entry(identifier: str, *parts: str, value: dict[str, Any] | None = None, parents: tuple[str, ...] = ()) -> Any:
    """An equation as the catalogue has it, made by hand."""
    tex = " = ".join(parts)
    both = lambda text: {"zh": text, "en": text}  # noqa: E731
    line = {
        "relation": "=",
        "term": ["num", 0],
        "laws": ["collect"],
        "cites": list(parents),
        "sign": {"tex": both("="), "plain": both("=")},
    }
    return {
        "id": identifier,
        "derivation": identifier.partition(".")[0],
        "title": {"zh": "名称", "en": "Title"},
        "verdict": "proved",
        "rows": [{"terms": [["sym", "p"], ["num", 0]], "relations": ["="]}],
        "tex": both(tex),
        "parts": [{"relation": "=", "tex": both(part), "plain": both(part)} for part in parts],
        "plain": both(tex),
        "ranges": [{"of": "p", "tex": both("0 < p < 1"), "plain": both("0 < p < 1")}],
        "hypotheses": [],
        "given": [],
        "conventions": [],
        "inhabitant": {"p": "1/2"},
        "proof": {"steps": [{**line, "tex": both(part), "plain": both(part)} for part in parts[1:]]},
        "reason": {"zh": "求导", "en": "differentiated"},
        "parents": list(parents),
        "value": value,
        "evidence": None,
        "source": "mle/1.2",
        "script": "derivations/coin.py",
        "line": 42,
        "hash": "0" * 64,
    }


EQUATIONS = {
    "coin.score": entry("coin.score", "S(p)", r"\frac{8}{p} - \frac{2}{1 - p}", "0"),
    "coin.mle": entry(
        "coin.mle", "p", "0.8", value={"exact": "4/5", "decimal": "0.8", "complete": True}, parents=("coin.score",)
    ),
    "coin.loss": entry(
        "coin.loss", r"\log 0.7", "-0.357", value={"exact": "log(7/10)", "decimal": "-0.357", "complete": False}
    ),
}
FIGURES = {"coin-likelihood"}
BOTH = "# Title { #title }\n\n"


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., list[str]]:
    """The faults that the build finds in one page: its body in English, and in Chinese where that is another."""

    def found(english: str, chinese: str | None = None) -> list[str]:
        for language, body in (("en", english), ("zh", english if chinese is None else chinese)):
            page = tmp_path / "docs" / language / "page.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(BOTH + body + "\n", encoding="utf-8")
        pages = {language: read_pages(tmp_path / "docs" / language) for language in ("zh", "en")}
        return check_pages(pages, EQUATIONS, FIGURES, tmp_path)

    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a built site; compressed ones say when they were made."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same, by name: the contents would fill the terminal."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@dataclass
class Checkout:
    """A copy of what the site is made from, with the caches of the last build, to be broken and built."""

    folder: Path

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "-m", *command], settings)

    def make(self, *targets: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """As README says it."""
        return self._run(["make", *targets], settings)

    def after(self, front: list[str], *command: str) -> subprocess.CompletedProcess[str]:
        """A command that another one runs, after it has set a limit."""
        return self._run([*front, *command], {})

    def start(self, *targets: str, **settings: str) -> subprocess.Popen[str]:
        """`make`, going on in the background in a process group of its own, as in a terminal of its own."""
        return subprocess.Popen(
            ["make", *targets],
            cwd=self.folder,
            env=self.environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def shell(self, commands: str) -> subprocess.CompletedProcess[str]:
        """As one would type them, with what is installed at hand; the first that fails is the last."""
        return self._run(["sh", "-ec", f'PATH="$PWD/.venv/bin:$PATH"\n{commands}'], {})

    def _run(self, command: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment | settings,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
        )

    @property
    def environment(self) -> dict[str, str]:
        """Without what `make test` hands down to a `make` of its own, which would say on which level it is."""
        own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
        return {**own, "NO_MKDOCS_2_WARNING": "1"}

    def derive(self) -> subprocess.CompletedProcess[str]:
        return self.run("derivations", "build")

    def kept(self, *names: str) -> contextlib.ExitStack:
        """Files that are as they were again when the block ends, so that the next fault finds a sound checkout."""
        back = contextlib.ExitStack()
        for name in names:
            path = self.folder / name
            back.callback(path.write_bytes, path.read_bytes())
        return back

    def replace(self, name: str, old: str, new: str) -> None:
        """Put `new` in the one place of a file that says `old`."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def catalogue_file(self) -> Path:
        return self.folder / "build" / "equations.json"

    def catalogue(self) -> dict[str, Any]:
        return json.loads(self.catalogue_file.read_text(encoding="utf-8"))


def copied(folder: Path) -> Checkout:
    """The sources copied, what is installed linked, caches and results of the last build along with them; also what Python has compiled, which is a second of every command."""
    skip = shutil.ignore_patterns("site", "site-before")
    for name in (*SOURCES, *SET_UP, "build"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=skip)
        elif source.exists():
            shutil.copy(source, folder / name)
    install(folder)
    if (ROOT / ".cache" / "store").is_dir():  # equations that are not broken are not tried again
        shutil.copytree(ROOT / ".cache" / "store", folder / ".cache" / "store")
    return Checkout(folder)


NPM = f"""\
rm -rf node_modules; mkdir node_modules
cp -R "{ROOT}/node_modules/temml" node_modules/
for each in "{ROOT}"/node_modules/*; do test -e "node_modules/${{each##*/}}" || ln -s "$each" node_modules/; done"""
"""What stands in for `npm ci`: Temml copied, so that it can be broken, all else linked."""


def install(folder: Path) -> None:
    """What `make` would install; marks, Python and npm are the copy's own, so that nothing it does reaches the checkout."""
    commands = folder / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name, script in (("python", f'exec "{sys.executable}" "$@"'), ("npm", NPM), ("pip", "exit 0")):
        (commands / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (commands / name).chmod(0o755)
    (folder / ".venv" / "browser").mkdir()
    for wheel in (ROOT / ".venv" / "browser").glob("*.whl"):
        (folder / ".venv" / "browser" / wheel.name).symlink_to(wheel)
    for mark in (".site", ".self", "browser/.whole"):
        (folder / ".venv" / mark).touch()
    ready(folder)


@pytest.fixture(scope="session")
def derived() -> None:
    """`make test` builds the site first, so that copies take over what was derived; deriving in each of them would take minutes."""
    if not up_to_date():
        pytest.fail("build/ is not what the scripts say now: run `make site` first")


@pytest.fixture
def checkout(tmp_path: Path, derived: None) -> Checkout:
    """A copy of the checkout, derived and ready to be broken."""
    return copied(tmp_path / "checkout")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, derived: None) -> Path:
    """A copy in which the site is built, once for all tests that run side by side. (The checkout's own site names the commit, and a copy has none.)"""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "whole"
    with one_at_a_time(folder.with_suffix(".lock"), lambda: None):
        if not (folder / "site").exists():
            done = copied(folder).make("site")
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def built(whole: Path, tmp_path: Path) -> Checkout:
    """A copy with its site."""
    return Checkout(shutil.copytree(whole, tmp_path / "checkout", symlinks=True))
