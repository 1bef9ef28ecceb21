"""The catalogue: every equation of every derivation, in one file that the pages, the citations and anyone's own programs read.

`build/equations.json` is made again only when something it depends on has changed: a script, the engine in `core/`, the version of Python, SymPy or python-flint.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import json
import platform
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivations.publish.kept import remove_doubtful, seal, write_atomically

if TYPE_CHECKING:
    from derivations.core.derivation import Derivation
    from derivations.core.equation import Equation

FOLDER = Path(__file__).resolve().parents[1]
ROOT = FOLDER.parent
BUILD = ROOT / "build"
CATALOGUE = BUILD / "equations.json"

SCRIPTS = (
    "coin_sequence",
    "coin",
    "coin_general",
    "coin_boundary",
    "coin_information",
    "cats",
    "three_cats",
    "categorical",
    "logistic",
    "cross_entropy",
    "notation",
    "squared_error",
    "floating_point",
)
"""The derivations, in the order in which they are read."""

RETIRED = FOLDER / "retired.json"
"""Identifiers that were given up, each with the reason and what replaces it."""


def engine_files() -> list[Path]:
    """Whatever decides the outcome of a derivation, besides the script itself."""
    return [*sorted((FOLDER / "core").glob("*.py")), Path(__file__), FOLDER / "publish" / "execute.py", RETIRED]


def fingerprint(files: Iterable[Path]) -> str:
    """One number for the contents of files and the versions of what they run on."""
    digest = hashlib.sha256()
    for name in ("sympy", "python-flint", "mpmath"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(platform.python_version().encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def script_path(name: str) -> Path:
    return FOLDER / f"{name}.py"


def whole_fingerprint() -> str:
    """The state of everything that the catalogue depends on."""
    return fingerprint([*engine_files(), *map(script_path, SCRIPTS)])


def derive(tell: Callable[[str], None] = lambda name: None) -> dict[str, Derivation]:
    """Run every derivation, which proves every equation. `tell` hears the name of each script before it runs.

    Raises:
        Unproved: an equation whose shown form does not follow.
    """
    from derivations.core.derivation import Derivation

    found: dict[str, Derivation] = {}
    gc.set_threshold(
        100_000
    )  # expressions live until the end; looking for garbage among them costs a tenth of the time
    for name in SCRIPTS:
        tell(name)
        module = importlib.import_module(f"derivations.{name}")
        ours = [
            value
            for value in vars(module).values()
            if isinstance(value, Derivation) and value.name == name.replace("_", "-")
        ]
        if len(ours) != 1:
            raise ValueError(
                f"derivations/{name}.py has to make one Derivation named {name.replace('_', '-')!r}; it makes {len(ours)}"
            )
        found[ours[0].name] = ours[0]
    return found


def equations(derivations: dict[str, Derivation]) -> dict[str, Equation]:
    """All equations by identifier, in reading order."""
    return {
        identifier: equation
        for derivation in derivations.values()
        for identifier, equation in derivation.equations.items()
    }


EVIDENCE = ROOT / ".cache" / "evidence.json"
"""What the second witness found, kept apart from what is built: an equation that has not changed is not tried again after `make clean` either."""


def catalogue_of(derivations: dict[str, Derivation], made_from: str) -> dict[str, Any]:
    """The catalogue as it is published, the evidence of the second witness included; what has not changed is not tried again.

    Args:
        made_from: the fingerprint taken before the derivations ran, so that a script edited meanwhile leaves a catalogue that is stale.

    Raises:
        WitnessFailure, VariantSurvived: the witness contradicts an equation, or a checker lets a wrong variant pass.
    """
    from derivations.core.equation import VERDICTS
    from derivations.core.evidence import deep_check
    from derivations.core.rules import RULES

    remove_doubtful([EVIDENCE])
    try:
        evidence = deep_check(derivations, cache_path=EVIDENCE)
    finally:
        seal([EVIDENCE])
    return {
        "project": {"zh": "从似然到损失", "en": "From Likelihood to Loss"},
        "licence": "CC BY 4.0",
        "versions": {name: version(name) for name in ("sympy", "python-flint")},
        "verdicts": {key: words.as_dict() for key, words in VERDICTS.items()},
        "rules": {key: words.as_dict() for key, words in RULES.items()},
        "derivations": [
            {
                "name": d.name,
                "title": d.title.as_dict(),
                "source": d.source,
                "script": f"derivations/{d.name.replace('-', '_')}.py",
            }
            for d in derivations.values()
        ],
        "retired": json.loads(RETIRED.read_text(encoding="utf-8")),
        "equations": [
            {**equation.record(), "evidence": evidence[identifier]}
            for identifier, equation in equations(derivations).items()
        ],
        "fingerprint": made_from,
    }


def as_text(catalogue: dict[str, Any]) -> str:
    """The file's text, with a seal over its content, so that a catalogue edited by hand is not taken for a derived one."""
    content = {key: value for key, value in catalogue.items() if key != "seal"}
    return json.dumps({**content, "seal": _seal(content)}, ensure_ascii=False, indent=1) + "\n"


def _seal(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_catalogue() -> dict[str, Any] | None:
    """The catalogue on disk if it is up to date and as it was derived, else None."""
    try:
        stored = json.loads(CATALOGUE.read_text(encoding="utf-8"))
        content = {key: value for key, value in stored.items() if key != "seal"}
    except (OSError, ValueError, AttributeError):
        return None
    genuine = stored.get("fingerprint") == whole_fingerprint() and stored.get("seal") == _seal(content)
    return stored if genuine else None


def current_catalogue() -> dict[str, Any]:
    """The catalogue, derived again if anything has changed since it was written."""
    stored = read_catalogue()
    if stored is None:
        before = whole_fingerprint()
        stored = catalogue_of(derive(), before)
        write_atomically(CATALOGUE, as_text(stored))
    return stored
