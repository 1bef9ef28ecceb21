"""The catalogue: every equation of every derivation, in one file that pages, figures, citations and anyone's own programs read.

`build/equations.json` is made again only when something that it depends on has changed: a script, the engine, the words, the versions of what they run on.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from derivations.catalogue import scripts
from derivations.catalogue.files import CATALOGUE, FOLDER, RETIRED, parsed, write_atomically
from derivations.catalogue.permanence import keep_promises, statement_hash
from derivations.catalogue.store import Store, hash_of

if TYPE_CHECKING:
    from derivations.engine import Derivation
    from derivations.words import Words

VERSION = "2"
"""Of the catalogue's form."""


def records(
    derivations: Mapping[str, Derivation],
    languages: Mapping[str, Words],
    beside: Mapping[str, Derivation] | None = None,
) -> list[dict[str, Any]]:
    """All equations as JSON, in reading order, without evidence. `beside`: other derivations that these rest on."""
    from derivations.catalogue.record import content_hash, record

    meanings, known, hashes = (
        scripts.meanings_of(derivations),
        scripts.equations({**(beside or {}), **derivations}),
        dict[str, str](),
    )

    def hashed(identifier: str) -> str:
        """The hash of an equation, after those of all that its proof cites."""
        if identifier not in hashes:
            for each in known[identifier].cites:
                hashed(each)
            hashes[identifier] = content_hash(known[identifier], hashes)
        return hashes[identifier]

    own = scripts.equations(derivations)
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
    """A derivation's name, title, source, script, and the words in which its statements are typed."""
    from derivations.catalogue.forms import range_json

    title = {language: words.derivation(derivation.name)["title"] for language, words in languages.items()}
    script = f"derivations/{derivation.name.replace('-', '_')}.py"
    words = {
        "quantities": {letter: range_json(over) for letter, over in derivation.quantities.items()},
        "families": {key: range_json(over) for key, over in derivation.families.items()},
        "names": list(derivation.names),
        "applied": {
            word: {"key": form.key, "parameters": list(form.parameters), "hidden": form.hidden}
            for word, form in derivation.scope.applied.items()
        },
    }
    return {"name": derivation.name, "title": title, "source": derivation.source, "script": script, "words": words}


def catalogue_of(
    derivations: Mapping[str, Derivation],
    made_from: str,
    tell: scripts.Tell = lambda name: None,
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
    tell: scripts.Tell = lambda name: None,
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
    parts, known = {}, scripts.equations(derivations)
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
        "versions": {name: version(name) for name in scripts.PACKAGES},
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
        stored = _as_derived(CATALOGUE.read_bytes())
    except (OSError, ValueError, AttributeError):
        return None
    return stored if stored and stored.get("fingerprint") == scripts.whole_fingerprint() else None


@lru_cache(maxsize=2)
def _as_derived(text: bytes) -> dict[str, Any] | None:
    """What a catalogue's file says, if it is as it was derived."""
    stored: dict[str, Any] = parsed(text)
    content = {key: value for key, value in stored.items() if key != "seal"}
    return stored if stored.get("seal") == hash_of(content) else None


def current_catalogue(tell: scripts.Tell = lambda name: None) -> dict[str, Any]:
    """The catalogue, derived again if anything has changed since it was written.

    Raises:
        PromiseBroken: what was published once is gone, or says something else.
    """
    stored = read_catalogue()
    if stored is None:
        before = scripts.whole_fingerprint()
        stored = catalogue_of(scripts.derive(tell), before, tell)
        keep_promises(stored["equations"])
        write_atomically(CATALOGUE, as_text(stored))
    return stored


def known_catalogue(tell: scripts.Tell = lambda name: None) -> dict[str, Any]:
    """The catalogue on disk if it is up to date; else one of what the last build kept of scripts that are as it saw them, and of what the others say now, untried. Nothing is written."""
    return read_catalogue() or assembled(_parts_now(tell), "")


def _parts_now(tell: scripts.Tell) -> list[dict[str, Any]]:
    shelf, fresh = Store("derivations"), {}
    parts = {name: shelf.read(key) for name, key in scripts.fingerprints().items()}
    for name in [name for name, part in parts.items() if part is None]:
        tell(name)
        made = scripts.derivation_of(name)
        fresh[made.name] = made
    now = parts_of(fresh, tried=False, beside=scripts.loaded()) if fresh else {}
    return [part or now[name.replace("_", "-")] for name, part in parts.items()]


def catalogue_around(identifier: str) -> dict[str, Any]:
    """As `known_catalogue`, but no more is derived than the derivation that an equation belongs to, and those that it rests on."""
    name = identifier.partition(".")[0].replace("-", "_")
    stored = read_catalogue()
    if stored is not None or name not in scripts.SCRIPTS:
        return stored or known_catalogue()
    scripts.run_script(name)
    return catalogue_of(scripts.loaded(), "", tried=False)
