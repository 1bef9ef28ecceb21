"""Scripts as executed notebooks: each run once, cell by cell, as the module that the catalogue is read from.

A kernel for each notebook would cost more than the mathematics in it, so the cells run in this process. They keep their script's name and line numbers, so
that an equation knows where it was derived whichever way it was run.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat

from derivations.publish.catalogue import BUILD, SCRIPTS, fingerprint, script_path
from derivations.publish.kept import write_if_changed

NOTEBOOKS = BUILD / "notebooks"


class CellFailed(RuntimeError):
    """A cell raised; the message has the script, the line and what it raised."""


def execute(path: Path) -> nbformat.NotebookNode:
    """The script's cells run in order, as the module `derivations.NAME`, with their outputs.

    Raises:
        CellFailed: a cell raised; nothing is returned, so nothing stale or partial can be published.
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
    """One cell: its statements, then the value of its last expression, as a notebook shows it."""
    try:
        tree = ast.increment_lineno(ast.parse(source), lines_before)
    except SyntaxError as problem:
        where = f"derivations/{Path(str(module.__file__)).name}:{lines_before + (problem.lineno or 1)}"
        raise CellFailed(
            f"{where}: {type(problem).__name__}: {problem.msg}: {(problem.text or '').strip()}"
        ) from problem
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
    except Exception as problem:
        where = f"{Path(str(module.__file__)).name}, cell {number} (from line {lines_before + 1})"
        raise CellFailed(f"{where}: {type(problem).__name__}: {problem}") from problem
    outputs = []
    if printed.getvalue():
        outputs.append(nbformat.v4.new_output("stream", name="stdout", text=printed.getvalue()))
    if value is not None:
        data, metadata = _mime_bundle(value)
        outputs.append(nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=number))
    return outputs


def _mime_bundle(value: Any) -> tuple[dict[str, str], dict[str, Any]]:
    describe = getattr(value, "_repr_mimebundle_", None)
    return describe() if describe else ({"text/plain": repr(value)}, {})


def execute_all(tell: Callable[[str], None]) -> dict[str, str]:
    """Every script executed, in reading order; the notebooks as text, by name."""
    notebooks = {}
    for name in SCRIPTS:
        tell(name)
        notebooks[name] = nbformat.writes(execute(script_path(name))) + "\n"
    return notebooks


def stale_notebooks() -> bool:
    """Whether a notebook is missing, or is not what the catalogue was made together with."""
    stamp = NOTEBOOKS / "fingerprint"
    files = [NOTEBOOKS / f"{name}.ipynb" for name in SCRIPTS]
    if not stamp.exists() or not all(file.exists() for file in files):
        return True
    return stamp.read_bytes() != fingerprint(files).encode()


def keep(notebooks: dict[str, str]) -> list[str]:
    """Write the notebooks that have changed, remove those that no script makes any more, and return the names written."""
    for stray in set(NOTEBOOKS.glob("*.ipynb")) - {NOTEBOOKS / f"{name}.ipynb" for name in notebooks}:
        stray.unlink()
    files = {name: NOTEBOOKS / f"{name}.ipynb" for name in notebooks}
    made = [f"{name}.ipynb" for name, text in notebooks.items() if write_if_changed(files[name], text)]
    write_if_changed(NOTEBOOKS / "fingerprint", fingerprint(files.values()))
    return made
