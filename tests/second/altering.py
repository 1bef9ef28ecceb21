"""Records of the catalogue altered in one way each: what a slip, or somebody who wants a falsehood accepted, would change."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from derivations.catalogue.forms import as_context, as_json, as_lines, as_point, as_term, context_json, lines_json
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.lines import JUDGES
from derivations.engine.kernel.statements import Definition, Statement
from derivations.engine.variants import variants

Record = dict[str, Any]
READ = ("id", "verdict", "defines", "rows", "context", "inhabitant", "proof")
"""What a kernel reads of a record."""
NAMES = sorted({*LAWS, *JUDGES, "collect", "multiply"})


def bare(record: Record) -> Record:
    """A record without what is for readers."""
    found = copy.deepcopy({key: record[key] for key in READ})
    for steps, at in places(found["proof"]["steps"]):
        steps[at] = {
            key: steps[at][key] for key in ("relation", "term", "laws", "cites", "by", "parts") if key in steps[at]
        }
        for part in steps[at].get("parts", []):
            for key in part.keys() - {"first", "steps"}:
                del part[key]
    return found


def places(steps: list[Record]) -> Iterator[tuple[list[Record], int]]:
    """Every step of a proof, with the list that it stands in."""
    for at in range(len(steps)):
        yield steps, at
        for part in steps[at].get("parts", []):
            yield from places(part["steps"])


def spoilt(record: Record, meanings: dict[str, Definition]) -> Iterator[tuple[str, Record]]:
    """The wrong variants, by which the engine tries its own kernel."""
    context, (row,) = as_context(record["context"], meanings), record["rows"]
    terms, lines = tuple(map(as_term, row["terms"])), as_lines(record["proof"]["steps"])
    statement = Statement(context, terms, tuple(row["relations"]), as_point(record["inhabitant"]))
    for each in variants(statement, lines):
        changed = each.statement
        rows = [{"terms": [*map(as_json, changed.terms)], "relations": [*changed.relations]}]
        proof = {"steps": lines_json(each.lines)}
        yield each.kind, {**record, "rows": rows, "context": context_json(changed.context), "proof": proof}


def turned(record: Record, others: list[str]) -> Iterator[tuple[str, Record]]:
    """Lines, laws, citations, premises, ranges and cases dropped, put in or exchanged."""

    def copied() -> tuple[Record, list[tuple[list[Record], int]]]:
        found = copy.deepcopy(record)
        return found, list(places(found["proof"]["steps"]))

    for number in range(len(copied()[1])):

        def step(of: int = number) -> tuple[Record, list[Record], int, Record]:
            found, all_places = copied()
            steps, at = all_places[of]
            return found, steps, at, steps[at]

        found, steps, at, _ = step()
        del steps[at]
        yield "line dropped", found
        found, _, _, line = step()
        line["relation"] = {"=": "<=", "<": "<=", ">": "=", "<=": "=", ">=": ">", "≈": "=", "<=>": "="}[
            line["relation"]
        ]
        yield "relation exchanged", found
        found, _, _, line = step()
        line["laws"] = ["collect"]
        line["cites"] = []
        yield "called arithmetic", found
        for key in ("laws", "cites"):
            for which in range(len(step()[3][key])):
                found, _, _, line = step()
                del line[key][which]
                yield f"{key} dropped", found
                found, _, _, line = step()
                old = line[key][which]
                names = NAMES if key == "laws" else others
                line[key][which] = names[(names.index(old) + 1) % len(names)] if old in names else names[0]
                yield f"{key} exchanged", found
        found, _, _, line = step()
        line["laws"] = [*line["laws"], NAMES[number * 7 % len(NAMES)]]
        yield "law put in", found
        if "by" in step()[3]:
            found, _, _, line = step()
            line["by"] = ["+", line["by"], ["num", 1]]
            yield "by changed", found
            found, _, _, line = step()
            del line["by"]
            yield "by dropped", found
        for which in range(len(step()[3].get("parts", []))):
            found, _, _, line = step()
            del line["parts"][which]
            yield "part dropped", found
            found, _, _, line = step()
            line["parts"][which]["steps"].pop()
            yield "part cut short", found
        if len(step()[3].get("parts", [])) > 1:
            found, _, _, line = step()
            line["parts"].reverse()
            yield "parts exchanged", found
    for kind in ("quantities", "families"):
        for name, over in record["context"][kind].items():
            changes: list[Record] = [{"low": None}, {"high": None}, {"low": None, "high": None}]
            changes += [
                {"low_in": not over["low_in"]},
                {"high_in": not over["high_in"]},
                {"whole": not over["whole"]},
                {"point": not over["point"]},
            ]
            for end, by in (("low", -1), ("high", 1)):
                if over[end] is not None:
                    changes.append({end: ["+", over[end], ["num", 1] if by > 0 else ["neg", ["num", 1]]]})
            for change in changes:
                found = copy.deepcopy(record)
                found["context"][kind][name] |= change
                if found != record:
                    yield f"range: {', '.join(change)}", found
            found = copy.deepcopy(record)
            del found["context"][kind][name]
            yield f"{kind} dropped", found
    for which in range(len(record["context"]["hypotheses"])):
        found = copy.deepcopy(record)
        del found["context"]["hypotheses"][which]
        yield "premise dropped", found
        found = copy.deepcopy(record)
        premise = found["context"]["hypotheses"][which]
        premise["right"] = ["+", premise["right"], ["num", 1]]
        yield "premise changed", found
    for key in ("conventions", "names"):
        for which in range(len(record["context"][key])):
            found = copy.deepcopy(record)
            del found["context"][key][which]
            yield f"{key} dropped", found
    for name, value in record["inhabitant"].items():
        found = copy.deepcopy(record)
        found["inhabitant"][name] = "-7/2" if value != "-7/2" else "3"
        yield "another point", found
        found = copy.deepcopy(record)
        del found["inhabitant"][name]
        yield "no point", found
    for which in range(len(record["rows"][0]["relations"])):
        found = copy.deepcopy(record)
        relations = found["rows"][0]["relations"]
        relations[which] = {"=": "<", "=!": "=", "≈": "="}.get(relations[which], "=")
        yield "statement: relation exchanged", found
    found = copy.deepcopy(record)
    found["rows"][0]["terms"].reverse()
    yield "statement: turned round", found
    found = copy.deepcopy(record)
    found["context"]["hypotheses"].append({"left": ["num", 0], "relation": "=", "right": ["num", 1], "every": {}})
    yield "false premise", found


def alterations(record: Record, meanings: dict[str, Definition], others: list[str]) -> Iterator[tuple[str, Record]]:
    """Every alteration of a record with a proof, with its kind. `others`: equations that might be cited instead."""
    plain = bare(record)
    yield from spoilt(plain, meanings)
    yield from turned(plain, others)
