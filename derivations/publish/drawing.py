"""The figures, made at build time: build/figures/NAME.LANGUAGE.svg and figures.json, which `figures.py` reads."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from derivations.publish.catalogue import (
    BUILD,
    SCRIPTS,
    derive,
    engine_files,
    equations,
    fingerprint,
    script_path,
)
from derivations.publish.kept import write_atomically

if TYPE_CHECKING:
    from derivations.core.derivation import Derivation

FIGURES = BUILD / "figures"
LANGUAGES = ("zh", "en")


def draw_all(
    derived: Callable[[], dict[str, Derivation]] = derive, report: Callable[[str], None] = lambda name: None
) -> list[str]:
    """Draw all figures if anything that they depend on has changed, and return the names of those drawn."""
    if is_current():
        return []
    os.environ.setdefault("MPLCONFIGDIR", str(BUILD / "matplotlib"))  # its list of fonts; nothing is written elsewhere
    from derivations.publish.pictures import PICTURES

    known = equations(derived())
    listed = {}
    for name, draw in PICTURES.items():
        report(name)
        sketch = draw(known)
        for language in LANGUAGES:
            write_atomically(FIGURES / f"{name}.{language}.svg", sketch.svg(language))
        listed[name] = {"alternative": sketch.alternative.as_dict(), "caption": sketch.caption.as_dict()}
    write_atomically(FIGURES / "figures.json", json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    for stray in set(FIGURES.glob("*.svg")) - set(files_of(listed)):
        stray.unlink()
    write_atomically(FIGURES / "fingerprint", state() + as_drawn(FIGURES / "figures.json"))
    return list(listed)


def is_current() -> bool:
    """Whether every figure is there, drawn from the derivations as they are now."""
    stamp, index = FIGURES / "fingerprint", FIGURES / "figures.json"
    try:
        return all_present(index) and stamp.read_bytes() == (state() + as_drawn(index)).encode()
    except (OSError, ValueError, TypeError):  # missing, or damaged
        return False


def files_of(names: Iterable[str]) -> list[Path]:
    """The drawings of these figures, in each language."""
    return [FIGURES / f"{name}.{language}.svg" for name in names for language in LANGUAGES]


def all_present(index: Path) -> bool:
    """Whether the list of figures is there, and every drawing that it names."""
    return index.exists() and all(map(Path.exists, files_of(json.loads(index.read_text(encoding="utf-8")))))


def as_drawn(index: Path) -> str:
    """The drawings and their words as they lie there, so that one that was edited is drawn again."""
    return fingerprint([index, *files_of(json.loads(index.read_text(encoding="utf-8")))]) + "\n"


def state() -> str:
    """The state of everything that the figures depend on."""
    ours = [Path(__file__).with_name(f"{name}.py") for name in ("drawing", "pictures", "sketch", "svg")]
    made_with = " ".join(f"{name} {version(name)}" for name in ("matplotlib", "numpy"))
    return f"{fingerprint([*engine_files(), *map(script_path, SCRIPTS), *ours])} {made_with}\n"
