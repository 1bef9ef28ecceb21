"""Scripts as executed notebooks: each run once, cell by cell, as the module that the catalogue is read from.

A kernel for each notebook would cost more than the mathematics in it, so the cells run in this process. They keep their script's name and line numbers, so
that an equation knows where it was derived whichever way it was run.
"""

from __future__ import annotations

import ast
import contextlib
import io
import math
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

import nbformat

from derivations.catalogue.files import BUILD, write_if_changed
from derivations.catalogue.scripts import PACKAGES, SCRIPTS, derivations_in, script_path
from derivations.catalogue.store import fingerprint
from derivations.engine import Equation, Unproved
from derivations.publish.jupyter import as_shown

NOTEBOOKS = BUILD / "notebooks"


class CellFailed(RuntimeError):
    """A cell raised; the message has the script, the line and what it raised."""


def execute(path: Path) -> nbformat.NotebookNode:
    """The script's cells run in order, as the module `derivations.NAME`, with their outputs.

    Raises:
        Unproved: a statement does not follow. CellFailed: a cell raised anything else; nothing is returned, so nothing stale or partial can be published.
    """
    import jupytext

    text = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    module = ModuleType(f"derivations.{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    reached = number = 0
    try:
        for position, cell in enumerate(notebook.cells):
            cell.id = f"{path.stem.replace('_', '-')}-{position}"
            if cell.cell_type == "code" and cell.source:
                number += 1
                reached = text.index(cell.source, reached)
                cell.execution_count = number
                before = text.count("\n", 0, reached)
                cell.metadata["lines"] = [before + 1, before + 1 + cell.source.count("\n")]
                cell.outputs = _run(module, cell.source, before, number)
    except BaseException:
        del sys.modules[module.__name__]
        raise
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def _run(module: ModuleType, source: str, lines_before: int, number: int) -> list[nbformat.NotebookNode]:
    """One cell: its statements, every equation that they make, then the value of the last expression, as a notebook shows it."""
    try:
        tree = ast.increment_lineno(ast.parse(source), lines_before)
    except SyntaxError as problem:
        raise _failed(
            module, lines_before + (problem.lineno or 1), problem, f"{problem.msg}: {problem.text or ''}"
        ) from None
    shown = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if isinstance(shown, ast.Expr) and isinstance(shown.value, ast.Constant):
        shown = None  # a docstring
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, str(module.__file__), "exec"), module.__dict__)
            value = (
                eval(compile(ast.Expression(shown.value), str(module.__file__), "eval"), module.__dict__)
                if isinstance(shown, ast.Expr)
                else None
            )
    except Unproved:
        raise
    except Exception as problem:
        frames = traceback.extract_tb(problem.__traceback__)
        line = [each.lineno for each in frames if each.filename == module.__file__][-1]
        raise _failed(module, line or 1, problem, str(problem)) from problem
    outputs = []
    if printed.getvalue():
        outputs.append(nbformat.v4.new_output("stream", name="stdout", text=printed.getvalue()))
    last = lines_before + 1 + source.count("\n")
    outputs += [
        nbformat.v4.new_output("display_data", data=as_shown(equation, "en"), metadata={"equation": equation.id})
        for equation in _made_in(module, lines_before + 1, last)
    ]
    if value is not None and not isinstance(value, Equation | tuple):
        metadata = {}
        if isinstance(value, list) and isinstance(shown.value, ast.Name):  # type: ignore[union-attr]
            metadata = {"table": shown.value.id, "rows": [[_written(each) for each in row] for row in value]}  # type: ignore[union-attr]
        data = {"text/plain": "\n".join(map(repr, value)) if metadata else repr(value)}
        outputs.append(nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=number))
    return outputs


def _failed(module: ModuleType, line: int, problem: Exception, said: str) -> CellFailed:
    script = Path(str(module.__file__))
    return CellFailed(f"{script.parent.name}/{script.name}:{line}: {type(problem).__name__}: {said.strip()}")


def _written(value: float) -> str:
    """A number in a table: whole ones in full, others with two figures."""
    if isinstance(value, int) or value == 0:
        return str(int(value)).replace("-", "−")
    return f"{value:.1e}" if math.isfinite(value) else "∞"


def _made_in(module: ModuleType, first: int, last: int) -> list[Equation]:
    """The equations that a cell has made."""
    found = [equation for derivation in derivations_in(module) for equation in derivation.equations.values()]
    return [equation for equation in found if first <= equation.line <= last]


def execute_all(tell: Callable[[str], None], names: Iterable[str]) -> dict[str, str]:
    """Scripts executed, in this order; the notebooks as text, by name."""
    notebooks = {}
    for name in names:
        tell(name)
        notebooks[name] = nbformat.writes(execute(script_path(name))) + "\n"
    return notebooks


def stale_notebooks() -> bool:
    """Whether a notebook is missing, or is not what the catalogue was made together with."""
    stamp = NOTEBOOKS / "fingerprint"
    files = [NOTEBOOKS / f"{name}.ipynb" for name in SCRIPTS]
    if not stamp.exists() or not all(file.exists() for file in files):
        return True
    return stamp.read_bytes() != fingerprint(files, PACKAGES).encode()


def keep(notebooks: dict[str, str]) -> list[str]:
    """Write the notebooks that have changed, remove those that no script makes any more, and return the names written."""
    for stray in set(NOTEBOOKS.glob("*.ipynb")) - {NOTEBOOKS / f"{name}.ipynb" for name in notebooks}:
        stray.unlink()
    files = {name: NOTEBOOKS / f"{name}.ipynb" for name in notebooks}
    made = [f"{name}.ipynb" for name, text in notebooks.items() if write_if_changed(files[name], text)]
    write_if_changed(NOTEBOOKS / "fingerprint", fingerprint(files.values(), PACKAGES))
    return made
