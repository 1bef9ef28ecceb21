"""What is published is read back: the TeX of every statement and of every line of its proof, in every language, against the trees that were proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from derivations.catalogue.store import Store, engine_fingerprint, hash_of
from derivations.engine.agreement import differences
from derivations.engine.derivation import Derivation
from derivations.engine.equation import Equation
from derivations.engine.kernel.statements import Line
from derivations.engine.kernel.terms import Term, parts
from derivations.words import Words


class SaysAnother(ValueError):
    """TeX that cannot be read, reads in two ways, or says another thing than was proved. The message has file, line, identifier."""


def read_back(equation: Equation, record: Mapping[str, Any], languages: Mapping[str, Words]) -> int:
    """How many pieces of published TeX were read, and say what their trees say.

    Raises:
        SaysAnother: with the piece, and what it reads as.
    """
    read = 0
    for language, words in languages.items():
        for tex, terms, relations in published(equation, record, language):
            read += 1
            if found := differing(tex, terms, relations, equation, words):
                raise SaysAnother(
                    f"{equation.script}:{equation.line}: {equation.id}: the TeX {tex} ({language}): {'; '.join(found)}"
                )
    return read


def differing(tex: str, terms: Sequence[Term], relations: Sequence[str], equation: Equation, words: Words) -> list[str]:
    """Where TeX does not say what a chain of an equation says."""
    if any(each[0] == "tuple" for term in terms for each in (term, *parts(term))):
        return []  # data listed in a row: no value of their own to compare
    return differences(tex, terms, relations, equation.context, equation.style, words=words.table("formulas"))


def published(
    equation: Equation, record: Mapping[str, Any], language: str
) -> Iterator[tuple[str, tuple[Term, ...], tuple[str, ...]]]:
    """Each piece of TeX, with the terms and relations that it stands for."""
    pieces, at = record["parts"], 0
    for terms, relations in equation.rows:
        own, at = pieces[at : at + len(terms)], at + len(terms)
        tex = " ".join(f"{each['relation']} {each['tex'][language]}".strip() for each in own)
        yield (record["tex"][language] if len(equation.rows) == 1 else tex), terms, relations
    yield from of_lines(equation.lines, record["proof"]["steps"], language)


def of_lines(
    lines: Sequence[Line], steps: Sequence[Mapping[str, Any]], language: str
) -> Iterator[tuple[str, tuple[Term, ...], tuple[str, ...]]]:
    for line, step in zip(lines, steps, strict=True):
        yield step["tex"][language], (line.term,), ()
        for part, shown in zip(line.parts, step.get("parts", []), strict=True):
            yield shown["tex"][language], (part.first,), ()
            yield from of_lines(part.lines, shown["steps"], language)


def all_read_back(
    derivations: Mapping[str, Derivation],
    records: Sequence[Mapping[str, Any]],
    languages: Mapping[str, Words],
    whole: bool = True,
) -> dict[str, int]:
    """How many pieces of TeX of each equation were read back; what is published as before is not read again.

    Args:
        whole: these are all there are; what is kept of others is forgotten.

    Raises:
        SaysAnother: one does not say what was proved.
    """
    store, engine, found = Store("read-back"), engine_fingerprint(), {}
    equations = {
        identifier: equation for each in derivations.values() for identifier, equation in each.equations.items()
    }
    for record in records:
        key = hash_of([record, engine])
        kept = store.read(key)
        found[record["id"]] = (
            kept if kept is not None else store.keep(key, read_back(equations[record["id"]], record, languages))
        )
    if whole:
        store.forget_others()
    return found
