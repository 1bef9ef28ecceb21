"""From the catalogue back to what it says: expressions of SymPy, and every proof checked again by the kernel, from the file alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import sympy

from derivations.catalogue.forms import as_context, as_lines, as_meaning, as_point, as_term
from derivations.engine.bridge import Bridge
from derivations.engine.equation import used
from derivations.engine.kernel.check import Library, Meaning, Theorem, check_definition, prove
from derivations.engine.kernel.statements import Definition, Refused, Statement
from derivations.engine.kernel.terms import Term, free, names_in, put, sym

Record = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """An equation as SymPy has it, names put out by what they mean.

    Args:
        expression: what the left side comes out as: the last term that is equal to it.
        terms: all terms of the chain.
    """

    id: str
    expression: Any
    terms: tuple[Any, ...]
    relations: tuple[str, ...]
    record: Record


class NotThere(LookupError):
    """No equation of that identifier; the message has the nearest."""


class AsSympy(Bridge):
    """Trees as SymPy has them, sets, optimisers and distributions included, as unevaluated as SymPy can hold them."""

    def out(self, term: Term) -> Any:
        match term[0]:
            case "set":
                return sympy.FiniteSet(*map(self.out, term[1:]))
            case "tuple" | "table":
                return sympy.Tuple(*(self.out(part) for part in term[1:] if isinstance(part, tuple)))
            case "inf":
                return sympy.oo if term[1] == "+" else -sympy.oo
            case "fn":
                return sympy.Lambda(self.symbol(term[1]), self.out(term[2]))
            case "d":
                return named(super().out(term))
            case "sum" | "prod" if "'" in term[1]:
                return super().out(self.bound_plainly(term))
            case "lim":
                return sympy.Limit(self.out(term[2]), self.symbol(term[1]), self.out(term[3]), term[4])
            case "roots":
                return sympy.ConditionSet(self.symbol(term[1]), sympy.Eq(self.out(term[2]), 0), self.interval(term))
            case "argmax" | "argmin":
                letters = [self.symbol(letter) for letter in term[1].split(",")]
                over = [self.interval(term)] if len(letters) == 1 and len(term) > 4 else []
                return sympy.Function(term[0])(sympy.Lambda(tuple(letters), self.out(term[2])), *over)
        return super().out(term)

    def bound_plainly(self, term: Term) -> Term:
        """A sum or product over a letter that was renamed and numbered (j'17) because another j stands in it, with the first letter that is free, so that it comes out the same every time."""
        head, letter, body, *ends = term
        plain = next(letters({*free(body), *names_in(body), *self.context.quantities, *self.context.families}))
        return (head, plain, put(body, {letter: sym(plain)}), *ends)

    def interval(self, term: Term) -> Any:
        low, high = map(self.out, term[3:5])
        return sympy.Interval(low, high, term[5][0] == "(", term[5][1] == ")")


def letters(taken: Collection[str]) -> Iterator[str]:
    """Letters for what is bound, without end, but for those that are taken."""
    every = (f"{letter}{number or ''}" for number in count() for letter in "hjklmuvw")
    return (each for each in every if each not in taken)


def named(expression: Any) -> Any:
    """With a name for each letter that SymPy made up when it differentiated a product, so that it comes out the same every time."""
    made_up = dict.fromkeys(each for each in sympy.preorder_traversal(expression) if isinstance(each, sympy.Dummy))
    free_names = letters({each.name for each in expression.atoms(sympy.Symbol)})
    return expression.xreplace({each: sympy.Symbol(next(free_names), **each.assumptions0) for each in made_up})


def meanings_in(catalogue: Record) -> dict[str, Definition]:
    """What every name means."""
    return {name: as_meaning(said) for name, said in catalogue["names"].items()}


def load(identifier: str, catalogue: Record | None = None, meanings: Mapping[str, Definition] | None = None) -> Loaded:
    """An equation by its identifier, offline: `load("coin.score").expression` is 8/p - 2/(1 - p).

    Args:
        meanings: `meanings_in` that catalogue, for whoever loads more than one.

    Raises:
        NotThere: no equation is called so.
    """
    from derivations.catalogue.making import catalogue_around

    known = catalogue or catalogue_around(identifier)
    entries = {entry["id"]: entry for entry in known["equations"]}
    if identifier not in entries:
        raise NotThere(unknown(identifier, list(entries), "equation"))
    entry = entries[identifier]
    bridge = AsSympy(as_context(entry["context"], meanings or meanings_in(known)))
    terms, relations = entry["rows"][0]["terms"], entry["rows"][0]["relations"]
    made = tuple(bridge.out(as_term(term)) for term in terms)
    return Loaded(identifier, made[worked_out(relations)], made, tuple(relations), entry)


def worked_out(relations: list[str]) -> int:
    """Which term of a chain says what its first is equal to, worked out furthest."""
    return next((at for at, relation in enumerate(relations) if relation != "="), len(relations))


def unknown(given: str, allowed: list[str], what: str) -> str:
    """What to say of a name that nothing has."""
    from difflib import get_close_matches

    near = get_close_matches(given, allowed, n=3, cutoff=0.4)
    return f"{given!r} is no {what}; {'nearest: ' + ', '.join(near) if near else 'see `python -m derivations list`'}"


def check_catalogue(path: Path) -> dict[str, int]:
    """Every proof of a catalogue checked again by the kernel, from the file alone; how many of each verdict.

    Raises:
        Refused: a proof that does not hold, or a record that says something else than was proved; the message has the identifier.
    """
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    counts: dict[str, int] = {}
    for entry in checked(catalogue):
        counts[entry["verdict"]] = counts.get(entry["verdict"], 0) + 1
    return counts


def checked(catalogue: Record) -> Iterator[Record]:
    """The records, each checked: first the definitions, then each statement after those that its proof cites."""
    meanings, library = meanings_in(catalogue), dict[str, Theorem | Meaning]()
    for entry in in_order(catalogue["equations"]):
        try:
            checked_entry(entry, meanings, library)
        except (Refused, ValueError, KeyError, TypeError, IndexError) as problem:
            raise Refused(
                f"{entry.get('id', '?')}: {problem if isinstance(problem, Refused) else repr(problem)}"
            ) from problem
        yield entry
    if stray := set(meanings) - {entry["defines"] for entry in catalogue["equations"]}:
        raise Refused(f"no equation defines {', '.join(sorted(stray))}")


def in_order(entries: list[Record]) -> list[Record]:
    """Definitions first, then each statement after what it cites.

    Raises:
        Refused: proofs cite each other, or two records have one identifier.
    """
    known = {entry["id"]: entry for entry in entries}
    if len(known) < len(entries):
        raise Refused("two records have one identifier")
    ordered = [entry for entry in entries if entry["verdict"] == "definition"]
    done, open_ones = {entry["id"] for entry in ordered}, set[str]()
    waiting = [(entry["id"], False) for entry in reversed(entries)]
    while waiting:
        identifier, settled = waiting.pop()
        if settled:
            open_ones.discard(identifier)
            done.add(identifier)
            ordered.append(known[identifier])
        elif identifier not in done and identifier in known:
            if identifier in open_ones:
                raise Refused(f"{identifier}: its proof rests on itself")
            open_ones.add(identifier)
            waiting.append((identifier, True))
            waiting += [(each, False) for each in cited(known[identifier]["proof"]["steps"]) if each not in done]
    return ordered


def cited(steps: list[Record]) -> set[str]:
    """What a proof cites."""
    inner = (cited(part["steps"]) for step in steps for part in step.get("parts", []))
    return {each for step in steps for each in step["cites"]}.union(*inner)


def checked_entry(entry: Record, meanings: Mapping[str, Definition], library: dict[str, Theorem | Meaning]) -> None:
    """One record: a definition that is one, or a proof that proves what is stated and is as it is called."""
    context = as_context(entry["context"], meanings)
    if entry["verdict"] == "definition":
        if entry["proof"]["steps"]:
            raise Refused("a definition has no proof")
        if entry["defines"]:
            meaning = meanings[entry["defines"]]
            if entry["defines"] in {each.name for each in library.values() if isinstance(each, Meaning)}:
                raise Refused(f"{entry['defines']} is defined twice")
            check_definition(entry["defines"], meaning, context)
            library[entry["id"]] = Meaning(entry["defines"])
        return
    (row,) = entry["rows"]
    if entry["verdict"] != ("certified" if "≈" in row["relations"] else "proved"):
        raise Refused(f"the verdict {entry['verdict']} is not what the relations say")
    lines = as_lines(entry["proof"]["steps"])
    library_used: Library = {key: library[key] for key in used(lines) if key in library}
    terms = tuple(map(as_term, row["terms"]))
    statement = Statement(context, terms, tuple(row["relations"]), as_point(entry["inhabitant"]))
    library[entry["id"]] = prove(statement, lines, library_used)
