"""A derivation on numbers of one's own: a script like all others, with the data in its first lines, is run; the kernel checks every line of it, with these numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from derivations.catalogue.files import FOLDER
from derivations.catalogue.making import records
from derivations.catalogue.scripts import ScriptFailed, derivations_in, loaded, meanings_of, misfortune, script_path
from derivations.engine import Derivation, Equation, Unproved
from derivations.engine.atoms import everything
from derivations.engine.equation import used
from derivations.engine.kernel.statements import Definition
from derivations.words import Words

HERE = Path(__file__).resolve().parent
CELL = re.compile(r"^# %%(?: \[markdown\])?\n", re.MULTILINE)
SECTION = re.compile(r"# § ([\w-]+)")
LINE_BY_LINE = 400
"""With so many tosses the coin is derived line by line; beyond, no kernel multiplies the powers out, and the general theorems are cited."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Own:
    """What was derived from somebody's numbers.

    Args:
        kind: "coin", "cats" or "table".
        values: what headings say of the data.
        script: the text that was run.
    """

    kind: str
    values: Mapping[str, int]
    script: str
    derivation: Derivation
    words: Words

    @property
    def title(self) -> str:
        """What it is about, in the reader's language."""
        return self.heading(self.kind)

    def heading(self, section: str) -> str:
        """A section's heading."""
        said = self.words.table("own.sections")
        one = f"{section}-1" if self.values.get("N") == 1 else section
        return str(said.get(one, said[section])).format(**self.values)

    def spoken_in(self, words: Words) -> Own:
        """The same in another language."""
        return replace(self, words=_with_titles(words, self.derivation))

    @property
    def shown(self) -> list[Equation]:
        """The equations in the order of reading."""
        return [each for _, shown in self.sections for each in shown]

    @cached_property
    def sections(self) -> list[tuple[str, list[Equation]]]:
        """The sections that have equations, each with its heading's key, in the order of the script; definitions of others that it speaks of stand where they are needed first."""
        found: list[tuple[str, list[Equation]]] = []
        seen: set[str] = set()
        for name, (first, last) in self.places:
            own = [each for each in self.derivation.equations.values() if first <= each.line <= last]
            shown = {each.id: each for equation in own for each in (*self.spoken_of(equation), equation)}
            if fresh := [each for identifier, each in shown.items() if identifier not in seen]:
                found.append((name, fresh))
                seen |= shown.keys()
        return found

    @cached_property
    def places(self) -> list[tuple[str, tuple[int, int]]]:
        """The script's sections, each with its first and last line."""
        starts = [(found[1], self.script.count("\n", 0, found.start()) + 1) for found in SECTION.finditer(self.script)]
        ends = [at - 1 for _, at in starts[1:]] + [self.script.count("\n") + 1]
        return [(name, (first, last)) for (name, first), last in zip(starts, ends, strict=True)]

    def spoken_of(self, equation: Equation) -> Iterator[Equation]:
        """The definitions, of other derivations, of names that stand in an equation."""
        named = {part[1] for side in equation.sides for part in everything(side) if part[0] == "app"}
        for name in equation.context.names:
            if name in named and (meaning := self.meanings[name]) not in self.derivation.equations:
                yield self.known[meaning]

    @cached_property
    def known(self) -> dict[str, Equation]:
        """Every equation that was derived here so far, by its identifier."""
        everywhere = (*loaded().values(), self.derivation)
        return {identifier: each for one in everywhere for identifier, each in one.equations.items()}

    @cached_property
    def meanings(self) -> dict[str, str]:
        """The equation that defines each name."""
        return meanings_of({**loaded(), self.derivation.name: self.derivation})

    @cached_property
    def bodies(self) -> dict[str, Definition]:
        """What each name means."""
        return {name: body for one in (*loaded().values(), self.derivation) for name, body in one.names.items()}

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records of these equations, and of all that they rest on, as the catalogue has them."""
        needed, waiting = dict[str, Equation](), list(self.derivation.equations)
        while waiting:
            equation = self.known[identifier := waiting.pop()]
            if identifier not in needed:
                needed[identifier] = equation
                names = [self.meanings[name] for name in equation.context.names]
                waiting += [*used(equation.lines), *(each.id for each in equation.premises), *names]
        ours = {each.partition(".")[0] for each in needed}
        made = {each.name: each for each in (*loaded().values(), self.derivation) if each.name in ours}
        languages = {self.words.language: self.words}
        return {each["id"]: each for each in records(made, languages, loaded()) if each["id"] in needed}

    @property
    def results(self) -> list[Record]:
        """What it all came to."""
        names = (
            "estimate",
            "log-likelihood-there",
            "information",
            "standard-error",
            "likelihood",
            "loss",
            "mean",
            "bits",
            "endless",
        )
        wanted = names[:4] if "estimate" in self.names else ("maximum", "certain") if self.kind == "coin" else names[4:]
        return [self.records[f"{self.derivation.name}.{each}"] for each in wanted if each in self.names]

    @cached_property
    def names(self) -> list[str]:
        """The equations' own names."""
        return [each.partition(".")[2] for each in self.derivation.equations]

    @property
    def impossible(self) -> list[int]:
        """The samples that the predictions called impossible."""
        losses = self.values.get("N", 0)
        return [at for at in range(1, losses + 1) if f"loss-{at}" not in self.names]


def coin(heads: int, tails: int, words: Words) -> Own:
    """Likelihood, score, estimate, the proof that it is the maximum, information and standard error; at an end, that the maximum is there.

    Args:
        heads, tails: at least 0, and not both 0.
    """
    script = "coin_at_an_end" if not heads * tails else "coin" if heads + tails <= LINE_BY_LINE else "coin_many"
    return _run("coin", script, {"heads, tails": f"{heads}, {tails}"}, {"heads": heads, "tails": tails}, words)


def table(labels: Sequence[int], predictions: Sequence[str], words: Words, kind: str = "table") -> Own:
    """The likelihood of labels as a product, the loss of each sample, their sum, mean and bits; infinite where what was called impossible happened.

    Args:
        labels: 0 or 1 each.
        predictions: how probable label 1 was said to be, as decimals or fractions from 0 to 1; as many as labels.
    """
    data = {"labels": repr(tuple(labels)), "predictions": repr(tuple(predictions))}
    return _run(kind, "table", data, {"N": len(labels)}, words)


def _run(kind: str, name: str, data: Mapping[str, str], values: Mapping[str, int], words: Words) -> Own:
    """Raises Unproved, where a statement does not follow; ScriptFailed, where one of the scripts that it rests on does not run."""
    script = (HERE / f"{name}.py").read_text(encoding="utf-8")
    for left, right in data.items():
        before, _, after = script.partition(f"\n{left} = ")
        script = f"{before}\n{left} = {right}\n{after.partition(chr(10))[2]}"
    module = ModuleType(f"own_{name}")
    module.__file__ = f"own_{name}.py"
    try:
        exec(compile(script, module.__file__, "exec"), module.__dict__)
    except Unproved:
        raise
    except Exception as problem:  # noqa: BLE001  whatever a script raises is told with its place
        raise ScriptFailed(misfortune(problem, script_path(name), Path(FOLDER.name))) from problem
    (made,) = derivations_in(module)
    return Own(kind, values, script, made, _with_titles(words, made))


def _with_titles(words: Words, derivation: Derivation) -> Words:
    """The words, with the titles of a derivation that no catalogue has; `loss-7` is called as `loss-n`, with its number."""
    said, titles = words.table("own.titles"), dict(words.table("titles"))
    for identifier in derivation.equations:
        name = identifier.partition(".")[2]
        stem, _, number = name.rpartition("-")
        titles[identifier] = said[name] if name in said else said[f"{stem}-n"].format(number)
    return Words(words.language, {**words.tables, "titles": titles}, words.file)
