"""What is put before the first kernel while something runs, as records that the second can be asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derivations.catalogue.forms import as_json, context_json, lines_json, meaning_json, point_json
from derivations.engine.kernel import check
from derivations.engine.kernel.check import Library, Meaning, Theorem
from derivations.engine.kernel.statements import Line, Refused, Statement

Record = dict[str, Any]


def as_record(identifier: str, statement: Statement, lines: tuple[Line, ...]) -> Record:
    """A statement and its proof."""
    rows = [{"terms": [as_json(term) for term in statement.terms], "relations": list(statement.relations)}]
    verdict = "certified" if "≈" in statement.relations else "proved"
    found = {"id": identifier, "verdict": verdict, "defines": "", "rows": rows, "proof": {"steps": lines_json(lines)}}
    return found | {"context": context_json(statement.context), "inhabitant": point_json(statement.inhabitant)}


def by_itself(statement: Statement, lines: tuple[Line, ...], library: Library) -> Record | None:
    """A record with what it speaks of and may cite; None where a name has two meanings, which no catalogue can say."""
    names = {name: meaning_json(meaning) for name, meaning in statement.context.names.items()}
    cited = []
    for identifier, known in library.items():
        if isinstance(known, Meaning):
            empty: Record = {"terms": [], "relations": []}
            cited.append(
                {"id": identifier, "verdict": "definition", "defines": known.name, "context": None, "rows": [empty]}
            )
            continue
        for name, meaning in known.statement.context.names.items():
            if names.setdefault(name, meaning_json(meaning)) != meaning_json(meaning):
                return None
        cited.append(as_record(identifier, known.statement, ()))
    return {"record": as_record("claim", statement, lines), "names": names, "cited": cited}


def listened(run: Callable[[], object], into: list[tuple[Record, str]]) -> None:
    """Run something, and keep all that it puts before the first kernel, with why that refused it ("" where it did not)."""
    judge = check.accepted

    def heard(statement: Statement, lines: tuple[Line, ...], library: Library) -> Theorem:
        why = ""
        try:
            return judge(statement, lines, library)
        except (Refused, ArithmeticError, RecursionError) as problem:
            why = str(problem) or repr(problem)
            raise
        finally:
            if said := by_itself(statement, lines, library):
                into.append((said, why))

    check.accepted = heard
    try:
        run()
    except Exception:  # noqa: BLE001, S110  an attack ends in whatever it ends in; what the kernel said of it was kept
        pass
    finally:
        check.accepted = judge
