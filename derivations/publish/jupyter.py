"""In Jupyter every equation that a cell makes is shown beneath it, as it is on the site; the notebooks that readers take along begin with this."""

from __future__ import annotations

from typing import Any

from derivations.catalogue.record import written
from derivations.engine import Derivation, Equation
from derivations.words import read_all

BEGINS = """\
from derivations.publish.jupyter import show_equations

show_equations("{language}")"""
"""The first cell of a notebook that is taken along."""


def show_equations(language: str) -> None:
    """From now on, after each cell of the notebook that is running, show the equations that it has made.

    Args:
        language: of the words that stand in formulas, "zh" or "en".

    Raises:
        ValueError: there is no such language. RuntimeError: this is no notebook.
    """
    from IPython import get_ipython
    from IPython.display import display

    if language not in read_all():
        raise ValueError(f"{language!r} is no language of this project; there are {', '.join(read_all())}")
    if (shell := get_ipython()) is None:
        raise RuntimeError("there are no cells here: show_equations is for Jupyter and IPython")
    known: set[int] = set()

    def show(_: Any) -> None:
        own = {id(each): each for each in shell.user_ns.values() if isinstance(each, Derivation)}
        for derivation in own.values():
            for equation in derivation.equations.values():
                if id(equation) not in known and not equation.script.startswith("derivations/"):
                    display(as_shown(equation, language), raw=True)
                known.add(id(equation))

    shell.events.register("post_run_cell", show)


def as_shown(equation: Equation, language: str) -> dict[str, str]:
    """An equation as notebooks show it, by MIME type."""
    words = read_all()[language]
    tex, plain = written(equation)
    return {"text/latex": f"$${words.tex(tex)}$$", "text/plain": words.plain(plain)}
