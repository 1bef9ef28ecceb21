"""Scripts as executed notebooks: each run once, cell by cell, in this process, its outputs kept in the file.

A kernel for each notebook costs more than the mathematics in it, so the cells run in IPython's own shell without one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from derivations.publish.catalogue import BUILD, SCRIPTS, engine_files, fingerprint, script_path, write_atomically

NOTEBOOKS = BUILD / "notebooks"


class CellFailed(RuntimeError):
    """A cell raised; the message has the script, the cell and what it raised."""


def execute(path: Path) -> nbformat.NotebookNode:
    """The script's cells run in order in a fresh namespace, with their outputs.

    Raises:
        CellFailed: a cell raised; nothing is returned, so nothing stale or partial can be published.
    """
    notebook = jupytext.read(path, fmt="py:percent")
    shell = InteractiveShell.instance(history_load_length=0)
    shell.history_manager.enabled = False
    shell.reset(new_session=True)
    shell.user_ns["__name__"] = "__main__"
    number = 0
    for position, cell in enumerate(notebook.cells):
        cell.id = f"{path.stem.replace('_', '-')}-{position}"
        if cell.cell_type != "code":
            continue
        number += 1
        cell.execution_count = number
        cell.outputs = _run(shell, cell.source, f"{path.name}, cell {number}", number)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def _run(shell: InteractiveShell, source: str, where: str, number: int) -> list[nbformat.NotebookNode]:
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=False)
    if result.error_before_exec or result.error_in_exec:
        problem = result.error_before_exec or result.error_in_exec
        raise CellFailed(f"{where}: {type(problem).__name__}: {problem}")
    outputs = (
        [nbformat.v4.new_output("stream", name="stdout", text=captured.stdout)]
        if captured.stdout.strip() and result.result is None
        else []
    )
    if result.result is not None:
        data, metadata = shell.display_formatter.format(result.result)
        outputs.append(nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=number))
    return outputs


def build_notebooks(report: Any = lambda name: None) -> list[str]:
    """Execute the notebooks whose script or engine has changed, and return their names.

    A script may start from another, so a change in one runs those after it again.
    """
    stamps = NOTEBOOKS / "fingerprints.json"
    known: dict[str, str] = json.loads(stamps.read_text(encoding="utf-8")) if stamps.exists() else {}
    engine = [*engine_files()]
    made, current = [], {}
    for position, name in enumerate(SCRIPTS):
        current[name] = fingerprint([*engine, *map(script_path, SCRIPTS[: position + 1])])
        target = NOTEBOOKS / f"{name}.ipynb"
        if known.get(name) == current[name] and target.exists():
            continue
        report(name)
        write_atomically(target, nbformat.writes(execute(script_path(name))) + "\n")
        made.append(name)
    for stray in set(NOTEBOOKS.glob("*.ipynb")) - {NOTEBOOKS / f"{name}.ipynb" for name in SCRIPTS}:
        stray.unlink()
    if made:
        write_atomically(stamps, json.dumps(current, indent=1) + "\n")
    return made
