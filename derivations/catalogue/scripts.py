"""The scripts of the derivations: in which order they are read, what each depends on, and how they are run.

A script is run once in a process; running it proves every equation of it.
"""

from __future__ import annotations

import ast
import gc
import importlib
import platform
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from derivations.catalogue.files import CHANGED, FOLDER, RETIRED
from derivations.catalogue.store import fingerprint, hash_of
from derivations.words import languages, tables_of, words_in

if TYPE_CHECKING:
    from derivations.engine import Derivation, Equation

SCRIPTS = tuple(
    sorted(
        (each.stem for each in FOLDER.glob("*.py") if not each.stem.startswith("_")),
        key=lambda name: (words_in(languages()[0]).place_of(name.replace("_", "-")), name),
    )
)
"""The derivations, in the order in which they are read: that of their words in the first language; without words, last."""
PACKAGES = ("sympy", "python-flint", "mpmath")
WORDS = FOLDER / "words"
OF_ONE, OF_PAGES = ("titles", "derivations"), ("figures", "play", "symbols")
"""Tables of words of which each key is about one derivation; those that the catalogue takes nothing from."""
Tell = Callable[[str], None]


def script_path(name: str) -> Path:
    return FOLDER / f"{name}.py"


def whole_fingerprint() -> str:
    """The state of everything that the catalogue depends on, and of all words: those that are missing are told when it is made."""
    return hash_of([fingerprints(), fingerprint(sorted(WORDS.glob("*.toml")))])


def fingerprints() -> dict[str, str]:
    """The state of all that each script's part of the catalogue depends on: the script, what is done in those that it rests on, their words, engine, catalogue, versions."""
    folders = [FOLDER / name for name in ("engine", "catalogue", "words", "releases")]
    files = sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".toml", ".lark", ".json")
    )
    others = [file for file in files if file.parent != WORDS or file.suffix == ".py"]
    words = {name: hash_of(said) for name, said in _words_by_script().items()}
    common = [
        fingerprint([*others, FOLDER / "publish" / "execute.py", RETIRED, CHANGED], PACKAGES),
        platform.python_version(),
        words[""],
    ]
    own = {name: fingerprint([script_path(name)]) for name in SCRIPTS}
    done = {name: [name, _done_in(script_path(name).read_bytes()), words[name]] for name in SCRIPTS}
    return {
        name: hash_of([*common, own[name], *(done[each] for each in sorted({name, *rests_on(name)}))])
        for name in SCRIPTS
    }


@lru_cache(maxsize=128)
def _done_in(script: bytes) -> str:
    """One number for what Python does in a script: remarks, and on which line something stands, are nothing to those that import it."""
    try:
        return hash_of(ast.dump(ast.parse(script)))
    except (SyntaxError, ValueError):  # told by whoever runs it
        return hash_of(script.hex())


def _words_by_script() -> dict[str, list[Any]]:
    """What the languages say of each script's derivation, and under "" what they say of all, but for what pages alone show."""
    found: dict[str, list[Any]] = {name: [] for name in ("", *SCRIPTS)}
    for file in sorted(WORDS.glob("*.toml")):
        tables = tables_of(file)
        found[""].append([file.stem, {key: table for key, table in tables.items() if key not in OF_ONE + OF_PAGES}])
        for name, table in ((name, tables.get(name, {})) for name in OF_ONE):
            for key, said in table.items():
                found.get(key.partition(".")[0].replace("-", "_"), []).append([file.stem, name, key, said])
    return found


def rests_on(name: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The scripts that a script imports, those that they import included."""
    text = script_path(name).read_text(encoding="utf-8")
    imports = re.findall(r"^\s*(?:from|import)\s[^(\n]*(?:\([^)]*\))?|derivations\.\w+", text, re.MULTILINE)
    for each in sorted({word for line in imports for word in re.findall(r"\w+", line)} & set(SCRIPTS) - {name}):
        if each not in known:
            known |= {each} | rests_on(each, known | {each})
    return known


def derivations_in(module: Any) -> list[Derivation]:
    """The derivations that a module makes itself, not those that it takes over from others."""
    from derivations.engine import Derivation

    own = [value for value in vars(module).values() if isinstance(value, Derivation)]
    return [
        each for each in own if any(Path(e.script).name == Path(module.__file__).name for e in each.equations.values())
    ]


class ScriptFailed(ValueError):
    """A script does not run; the message has file and line, and what went wrong there."""


def misfortune(problem: Exception, file: Path, folder: Path) -> str:
    """Where in a script, or in one beside it, something went wrong, and what. `folder`: what their folder is called."""
    if isinstance(problem, SyntaxError):
        at, said = (
            (problem.filename or str(file), problem.lineno or 1),
            f"{problem.msg}: {(problem.text or '').strip()}",
        )
    else:
        frames = [(each.filename, each.lineno or 1) for each in traceback.extract_tb(problem.__traceback__)]
        beside = [each for each in frames if Path(each[0]).parent == file.resolve().parent]
        at, said = beside[-1] if beside else (str(file), 1), str(problem)
    return f"{(folder / Path(at[0]).name).as_posix()}:{at[1]}: {type(problem).__name__}: {said}"


def run_script(name: str) -> ModuleType:
    """One derivation's script, run if it has not been.

    Raises:
        Unproved: a statement that does not follow. ScriptFailed: anything else in it.
    """
    from derivations.engine import Unproved

    try:
        return importlib.import_module(f"derivations.{name}")
    except Unproved:
        raise
    except Exception as problem:  # noqa: BLE001  whatever a script raises is told with its place
        raise ScriptFailed(misfortune(problem, script_path(name), Path(FOLDER.name))) from problem


def derive(tell: Tell = lambda name: None) -> dict[str, Derivation]:
    """Run every derivation, which proves every equation. `tell` hears the name of each script before it runs.

    Raises:
        Unproved: a statement that does not follow. ScriptFailed: a script does not run.
    """
    gc.set_threshold(100_000)  # trees live until the end; looking for garbage among them costs a tenth of the time
    found: dict[str, Derivation] = {}
    for name in SCRIPTS:
        tell(name)
        made = derivation_of(name)
        found[made.name] = made
    return found


def derivation_of(name: str) -> Derivation:
    """The derivation that a script makes. Raises as `derive`."""
    ours = derivations_in(run_script(name))
    if [each.name for each in ours] != [name.replace("_", "-")]:
        made = ", ".join(each.name for each in ours) or "none"
        raise ValueError(
            f"derivations/{name}.py has to make one derivation, {name.replace('_', '-')}; it makes {made}; "
            "what is no derivation stands in a folder, or has a name with _ in front"
        )
    return ours[0]


def loaded() -> dict[str, Derivation]:
    """The derivations of the scripts that have run."""
    modules = (sys.modules.get(f"derivations.{name}") for name in SCRIPTS)
    return {each.name: each for module in modules if module for each in derivations_in(module)}


def equations(derivations: Mapping[str, Derivation]) -> dict[str, Equation]:
    """All equations by identifier, in reading order."""
    return {key: equation for derivation in derivations.values() for key, equation in derivation.equations.items()}


def meanings_of(derivations: Mapping[str, Derivation]) -> dict[str, str]:
    """The equation that defines each name."""
    return {name: key for derivation in derivations.values() for name, key in derivation.meanings.items()}
