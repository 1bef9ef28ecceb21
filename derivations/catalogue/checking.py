"""Check everything anew, or a derivation that stands outside of the project: same verdicts, same messages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from derivations.catalogue.scripts import derivations_in, derive, equations, misfortune

if TYPE_CHECKING:
    from derivations.engine import Derivation, Equation

Tell = Callable[[str], None]
VERDICTS = ("definition", "proved", "certified")


class Failed(Exception):
    """Something does not hold, or a script does not run; the message has file and line, the statement, what failed and, where there is one, a point."""


def check(file: Path | None, deep: bool, tell: Tell = lambda text: None) -> str:
    """Prove everything, or one file's derivations; what to say of it.

    Raises:
        Failed: a statement is not proved, or (`deep`) something speaks against one.
    """
    from derivations.engine import Unproved

    try:
        found = of_file(file) if file else derive(lambda name: tell(f"proving {name} …"))
        evidence = tried(found, tell) if deep else {}
    except (Unproved, ValueError, ArithmeticError) as problem:
        raise Failed(str(problem)) from None
    return report(found, evidence)


def of_file(file: Path) -> dict[str, Derivation]:
    """Run a script and take its derivations.

    Raises:
        Unproved: a statement does not follow. Failed: the script does not run, or makes no derivation.
    """
    from derivations.engine import Unproved

    if not file.is_file():
        raise Failed(f"{file}: there is no such file")
    module = ModuleType(file.stem)
    module.__file__ = str(file.resolve())
    sys.path.insert(0, str(file.resolve().parent))
    try:
        exec(compile(file.read_text(encoding="utf-8"), module.__file__, "exec"), module.__dict__)
    except Unproved:
        raise
    except Exception as problem:
        raise Failed(misfortune(problem, file, file.parent)) from None
    finally:
        sys.path.pop(0)
    found = derivations_in(module)
    if not found:
        raise Failed(
            f'{file}: it makes no derivation; begin with `coin = Derivation("coin", source="…")` and give it a step'
        )
    if len(names := {each.name for each in found}) < len(found):
        raise Failed(f"{file}: two derivations have one name, of {', '.join(sorted(names))}")
    return {each.name: each for each in found}


def tried(found: Mapping[str, Derivation], tell: Tell) -> dict[str, Any]:
    """The evidence for every statement, worked out anew."""
    from derivations.catalogue.evidence import evidence_of
    from derivations.engine.witness import Places

    places, evidence = Places(), {}
    for derivation in found.values():
        tell(f"trying {derivation.name} …")
        for identifier, equation in derivation.equations.items():
            if problem := misread(equation):
                raise Failed(f"{equation.script}:{equation.line}: {identifier}: {problem}")
            if equation.theorem is not None:
                evidence[identifier] = evidence_of(equation, derivation, places)
    return evidence


def misread(equation: Equation) -> str:
    """What its TeX, or that of a line of its proof, says otherwise than was proved, in any language; nothing where it says the same."""
    from derivations.catalogue.reading import differing
    from derivations.engine.kernel.check import trees_of
    from derivations.engine.tex import chain_tex
    from derivations.words import read_all

    chains = [*equation.rows, *(((term,), ()) for term in trees_of(equation.lines))]
    for words in read_all().values():
        for terms, relations in chains:
            tex = words.tex(chain_tex(terms, relations, equation.style))
            if found := differing(tex, terms, relations, equation, words):
                return f"the TeX {tex} ({words.language}): {'; '.join(found)}"
    return ""


def report(found: Mapping[str, Derivation], evidence: Mapping[str, Any]) -> str:
    """How many of which verdict; and what the witness and the variants came to."""
    verdicts = [equation.verdict for equation in equations(found).values()]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in VERDICTS)
    said = (
        f"{len(verdicts)} equations in {len(found)} derivation{'s' if len(found) != 1 else ''}: {counts}; none failed."
    )
    if not evidence:
        return said
    sums = {key: sum(each[key] for each in evidence.values()) for key in ("points", "decisive", "lines", "claimed")}
    made = {
        key: sum(each["variants"][key] for each in evidence.values())
        for key in ("wrong", "by_kernel", "by_witness", "equal")
    }
    return (
        f"{said}\n{sums['points']} points tried, {sums['decisive']} decisive; {sums['lines']} of {sums['claimed']} relations of proofs' lines decided."
        f"\n{made['wrong']} wrong variants: {made['by_kernel']} refuted by the kernel, {made['by_witness']} by the witness; {made['equal']} equal by chance."
    )
