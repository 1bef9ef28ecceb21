"""The figures as files, made at build time: build/figures/NAME.LANGUAGE.svg, and their words in figures.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

from markupsafe import Markup

from derivations.catalogue.files import BUILD, FOLDER, write_atomically
from derivations.catalogue.store import engine_fingerprint, fingerprint, hash_of
from derivations.words import languages, read_all

FIGURES = BUILD / "figures"
LANGUAGES = languages()


@dataclass(frozen=True)
class Figure:
    """One figure in one language."""

    name: str
    svg: Markup
    alternative: str
    caption: str


def read_figures(folder: Path, language: str) -> dict[str, Figure]:
    """All figures by name. figures.json holds {"NAME": {"alternative": {"zh", "en"}, "caption": {"zh", "en"}}}."""
    index = folder / "figures.json"
    if not index.exists():
        return {}
    listed = json.loads(index.read_text(encoding="utf-8"))
    return {
        name: Figure(
            name,
            Markup((folder / f"{name}.{language}.svg").read_text(encoding="utf-8")),
            texts["alternative"][language],
            texts["caption"][language],
        )
        for name, texts in listed.items()
    }


def draw_all(catalogue: dict[str, Any], report: Callable[[str], None] = lambda name: None) -> list[str]:
    """Draw all figures if anything that they depend on has changed, and return the names of those drawn."""
    if is_current(catalogue):
        return []
    from derivations.publish.curves import Known

    known = Known(catalogue)
    listed = {}
    for name, draw in functions().items():
        report(name)
        try:
            plot = draw(known)
        except (LookupError, ValueError) as problem:
            line = draw.__code__.co_firstlineno
            raise ValueError(f"derivations/publish/figures.py:{line}: figure {name}: {problem}") from problem
        for language in LANGUAGES:
            write_atomically(FIGURES / f"{name}.{language}.svg", plot.svg(language))
        listed[name] = {
            key: {language: plot.said(key, words) for language, words in read_all().items()}
            for key in ("alternative", "caption")
        }
    write_atomically(FIGURES / "figures.json", json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    for stray in set(FIGURES.glob("*.svg")) - set(files_of(listed)):
        stray.unlink()
    write_atomically(FIGURES / "fingerprint", state(catalogue) + as_drawn(FIGURES / "figures.json"))
    return list(listed)


def functions() -> dict[str, FunctionType]:
    """The function that draws each figure, by the name that pages embed it with: those of figures.py that make a plot from what is known."""
    from derivations.publish import figures

    taken = {"known": "Known", "return": "Plot"}
    drawn = [each for each in vars(figures).values() if isinstance(each, FunctionType)]
    return {each.__name__.replace("_", "-"): each for each in drawn if each.__annotations__ == taken}


def is_current(catalogue: dict[str, Any]) -> bool:
    """Whether every figure is there, drawn from the equations of this catalogue."""
    stamp, index = FIGURES / "fingerprint", FIGURES / "figures.json"
    try:
        return all_present(index) and stamp.read_bytes() == (state(catalogue) + as_drawn(index)).encode()
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


def state(catalogue: dict[str, Any]) -> str:
    """The state of everything that the figures depend on: what the equations say, what draws them, their words."""
    said = [[entry["id"], entry["rows"], entry["value"]] for entry in catalogue["equations"]]
    ours = [Path(__file__).with_name(f"{name}.py") for name in ("figure_files", "figures", "plotter", "curves")]
    words = sorted((FOLDER / "words").glob("*.toml"))
    return f"{hash_of([catalogue['names'], said, engine_fingerprint()])} {fingerprint([*ours, *words], ('numpy',))}\n"
