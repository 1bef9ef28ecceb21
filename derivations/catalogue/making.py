"""The catalogue: every equation of every derivation, in one file that pages, figures, citations and anyone's own programs read.

`build/equations.json` is made again only when something that it depends on has changed: a script, the engine, the words, the versions of what they run on.
"""

from __future__ import annotations

import gc
import importlib
import json
import platform
import re
import sys
import tomllib
import traceback
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from derivations.catalogue.files import CATALOGUE, CHANGED, FOLDER, RETIRED, write_atomically
from derivations.catalogue.permanence import keep_promises, statement_hash
from derivations.catalogue.store import Store, fingerprint, hash_of
from derivations.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from derivations.engine import Derivation, Equation
    from derivations.words import Words

SCRIPTS = tuple(
    sorted(
        (each.stem for each in FOLDER.glob("*.py") if not each.stem.startswith("_")),
        key=lambda name: (words_in(LANGUAGES[0]).place_of(name.replace("_", "-")), name),
    )
)
"""The derivations, in the order in which they are read: that of their words in the first language; without words, last."""

VERSION = "2"
"""Of the catalogue's form."""
PACKAGES = ("sympy", "python-flint", "mpmath")
Tell = Callable[[str], None]


def script_path(name: str) -> Path:
    return FOLDER / f"{name}.py"


def whole_fingerprint() -> str:
    """The state of everything that the catalogue depends on."""
    return hash_of(fingerprints())


def fingerprints() -> dict[str, str]:
    """The state of all that each script's part of the catalogue depends on: the script and those that it rests on, engine, catalogue, words, versions."""
    folders = [FOLDER / name for name in ("engine", "catalogue", "words", "releases")]
    files = sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".toml", ".lark", ".json")
    )
    common = fingerprint([*files, FOLDER / "publish" / "execute.py", RETIRED, CHANGED], PACKAGES)
    own = {name: fingerprint(map(script_path, sorted({name, *rests_on(name)}))) for name in SCRIPTS}
    return {name: hash_of([common, platform.python_version(), said]) for name, said in own.items()}


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


def records(
    derivations: Mapping[str, Derivation],
    languages: Mapping[str, Words],
    beside: Mapping[str, Derivation] | None = None,
) -> list[dict[str, Any]]:
    """All equations as JSON, in reading order, without evidence. `beside`: other derivations that these rest on."""
    from derivations.catalogue.record import content_hash, record

    meanings, known, hashes = meanings_of(derivations), equations({**(beside or {}), **derivations}), dict[str, str]()

    def hashed(identifier: str) -> str:
        """The hash of an equation, after those of all that its proof cites."""
        if identifier not in hashes:
            for each in known[identifier].cites:
                hashed(each)
            hashes[identifier] = content_hash(known[identifier], hashes)
        return hashes[identifier]

    own = equations(derivations)
    return [record(equation, meanings, hashed(identifier), languages) for identifier, equation in own.items()]


def every_law() -> list[str]:
    """The keys of all laws: about a node of a tree, about a whole line, about equations."""
    from derivations.engine.kernel.check import EQUATIONS, WHOLE_LINE
    from derivations.engine.kernel.laws import LAWS

    return [*LAWS, *sorted(WHOLE_LINE | EQUATIONS)]


def laws(languages: Mapping[str, Words]) -> dict[str, Any]:
    """Every law of the kernel: what it is called, and its formula where it has one."""
    formulas = tomllib.loads((FOLDER / "catalogue" / "laws.toml").read_text(encoding="utf-8"))
    return {
        key: {
            "name": {language: words.law(key) for language, words in languages.items()},
            "tex": {language: words.tex(formulas[key].strip()) for language, words in languages.items()},
        }
        for key in every_law()
    }


def described(derivation: Derivation, languages: Mapping[str, Words]) -> dict[str, Any]:
    """A derivation's name, title, source and script."""
    title = {language: words.derivation(derivation.name)["title"] for language, words in languages.items()}
    script = f"derivations/{derivation.name.replace('-', '_')}.py"
    return {"name": derivation.name, "title": title, "source": derivation.source, "script": script}


def catalogue_of(
    derivations: Mapping[str, Derivation],
    made_from: str,
    tell: Tell = lambda name: None,
    store: Store | None = None,
    tried: bool = True,
) -> dict[str, Any]:
    """The catalogue as it is published, what speaks for each equation included; what has not changed is not tried again.

    Args:
        made_from: the fingerprint taken before the derivations ran, so that a script edited meanwhile leaves a catalogue that is stale.
        tried: False for one without evidence, which takes a tenth of the time and is not published.

    Raises:
        Disagreement: something speaks against an equation. WordMissing: a language lacks a word.
    """
    return assembled(parts_of(derivations, tell, store, tried).values(), made_from)


def parts_of(
    derivations: Mapping[str, Derivation],
    tell: Tell = lambda name: None,
    store: Store | None = None,
    tried: bool = True,
    beside: Mapping[str, Derivation] | None = None,
) -> dict[str, dict[str, Any]]:
    """What each derivation gives to the catalogue: its description, its names, its equations. As `catalogue_of`; `beside` as in `records`."""
    from derivations.catalogue.evidence import all_evidence
    from derivations.catalogue.forms import meaning_json
    from derivations.catalogue.reading import all_read_back
    from derivations.catalogue.sympy_code import code_of
    from derivations.words import read_all

    languages = read_all()
    made = records(derivations, languages, beside)
    hashes = {each["id"]: each["hash"] for each in made}
    evidence = all_evidence(derivations, hashes, tell, store) if tried else dict.fromkeys(hashes)
    read = all_read_back(derivations, made, languages, whole=beside is None) if tried else dict.fromkeys(hashes)
    parts, known = {}, equations(derivations)
    for name, derivation in derivations.items():
        names = {
            key: {**meaning_json(meaning), "equation": derivation.meanings[key]}
            for key, meaning in derivation.names.items()
        }
        own = [
            {
                **each,
                "evidence": evidence[each["id"]],
                "read": read[each["id"]],
                "sympy": code_of(known[each["id"]]) if tried else None,
            }
            for each in made
            if each["derivation"] == name
        ]
        parts[name] = {"derivation": described(derivation, languages), "names": names, "equations": own}
    return parts


def assembled(parts: Iterable[Mapping[str, Any]], made_from: str) -> dict[str, Any]:
    """The catalogue from the parts of all derivations, in reading order."""
    from derivations.words import read_all

    languages, all_parts = read_all(), list(parts)
    names = {name: said for part in all_parts for name, said in part["names"].items()}
    return {
        "form": VERSION,
        "project": {language: words["site"] for language, words in languages.items()},
        "licence": "CC BY 4.0",
        "versions": {name: version(name) for name in PACKAGES},
        "verdicts": {
            key: {language: words[key] for language, words in languages.items()}
            for key in ("definition", "proved", "certified")
        },
        "laws": laws(languages),
        "derivations": [part["derivation"] for part in all_parts],
        "retired": json.loads(RETIRED.read_text(encoding="utf-8")),
        "names": names,
        "equations": [
            {**each, "statement": statement_hash(each, names)} for part in all_parts for each in part["equations"]
        ],
        "fingerprint": made_from,
    }


def as_text(catalogue: dict[str, Any]) -> str:
    """The file's text, with a hash of its content, so that a catalogue that was edited is not taken for a derived one."""
    content = {key: value for key, value in catalogue.items() if key != "seal"}
    return json.dumps({**content, "seal": hash_of(content)}, ensure_ascii=False, indent=1) + "\n"


def read_catalogue() -> dict[str, Any] | None:
    """The catalogue on disk if it is up to date and as it was derived, else None."""
    try:
        stored = json.loads(CATALOGUE.read_text(encoding="utf-8"))
        content = {key: value for key, value in stored.items() if key != "seal"}
    except (OSError, ValueError, AttributeError):
        return None
    genuine = stored.get("fingerprint") == whole_fingerprint() and stored.get("seal") == hash_of(content)
    return stored if genuine else None


def current_catalogue(tell: Tell = lambda name: None) -> dict[str, Any]:
    """The catalogue, derived again if anything has changed since it was written.

    Raises:
        PromiseBroken: what was published once is gone, or says something else.
    """
    stored = read_catalogue()
    if stored is None:
        before = whole_fingerprint()
        stored = catalogue_of(derive(tell), before, tell)
        keep_promises(stored["equations"])
        write_atomically(CATALOGUE, as_text(stored))
    return stored


def known_catalogue(tell: Tell = lambda name: None) -> dict[str, Any]:
    """The catalogue on disk if it is up to date, else one derived now, without evidence; nothing is written."""
    return read_catalogue() or catalogue_of(derive(tell), "", tried=False)


def catalogue_around(identifier: str) -> dict[str, Any]:
    """As `known_catalogue`, but no more is derived than the derivation that an equation belongs to, and those that it rests on."""
    name = identifier.partition(".")[0].replace("-", "_")
    stored = read_catalogue()
    if stored is not None or name not in SCRIPTS:
        return stored or known_catalogue()
    run_script(name)
    return catalogue_of(loaded(), "", tried=False)
