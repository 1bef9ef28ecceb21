"""The words of a derivation: its quantities, families and names, what each means, and how it is written."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from derivations.engine.contexts import Ranges, context_of
from derivations.engine.equation import Unproved
from derivations.engine.kernel.check import Meaning, Theorem, closure
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Range
from derivations.engine.kernel.terms import ONE, ZERO, Term, sym
from derivations.engine.parser import RESERVED, Applied, Scope
from derivations.engine.writing import Written, named

UNIT = Range(ZERO, ONE)
CLOSED_UNIT = Range(ZERO, ONE, True, True)
REAL = Range()
POSITIVE = Range(ZERO)
NOT_NEGATIVE = Range(ZERO, None, True)
COUNT = Range(ONE, None, True, whole=True)
NATURAL = Range(ZERO, None, True, whole=True)
LABEL = Range(ZERO, ONE, True, True, whole=True)
POINT = Range(point=True)
HERE = str(Path(__file__).resolve().parent)


def whole_from(low: str | int, high: str | int | None = None) -> Range:
    """The whole numbers from one term to another, both included."""
    scope = Scope(set(re.findall(r"[A-Za-z]\w*", f"{low} {'' if high is None else high}")))
    first, last = scope.read(str(low)), None if high is None else scope.read(str(high))
    return Range(first, last, True, high is not None, whole=True)


@dataclass
class Vocabulary:
    """What the words of a derivation mean: each has one meaning, and the place where it got it."""

    name: str
    scope: Scope = field(default_factory=Scope)
    quantities: dict[str, Range] = field(default_factory=dict)
    families: dict[str, Range] = field(default_factory=dict)
    names: dict[str, Definition] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Where each name was given its meaning."""
    meanings: dict[str, str] = field(default_factory=dict)
    """The equation that defines each name."""
    library: dict[str, Theorem | Meaning] = field(default_factory=dict)
    """What a proof may cite."""
    symbols: dict[str, Written] = field(default_factory=dict)

    def quantity(self, letter: str, over: Range, tex: str = "", plain: str = "") -> Term:
        """A quantity and the set that it ranges over."""
        if not letter.isidentifier() or letter in ("oo", "pi"):
            raise self.wrong(f"{letter!r} is no name for a quantity")
        if self.quantities.setdefault(letter, over) != over:
            raise self.wrong(f"{letter} is a quantity already, with another range")
        self.scope.quantities.add(letter)
        if tex:
            self.symbols[letter] = Written(tex, plain or letter)
        return sym(letter)

    def family(
        self, letter: str, over: Range, tex: str, plain: str = "", parameters: str = "i", partial: str = ""
    ) -> None:
        """Numbers (or points) of which nothing is known but their range, told apart by arguments."""
        form = Applied(f"{self.name}.{letter}", tuple(parameters.replace(" ", "").split(",")))
        if not letter.isidentifier() or letter in RESERVED:
            raise self.wrong(f"{letter!r} is no name for a family")
        known = self.scope.applied.get(letter)
        if known is not None and (known.key, self.families.get(known.key)) != (form.key, over):
            raise self.again(letter)
        self.families[form.key], self.scope.applied[letter] = over, form
        self.places.setdefault(form.key, "{}:{}".format(*self.place()))
        self.symbols[form.key] = named(letter, form.parameters, 0, tex, plain, partial)

    def use(self, other: Vocabulary, *letters: str, **renamed: str) -> None:
        """Take over quantities, families and names from another derivation, `new="old"` under another letter."""
        if other.name == self.name:
            raise self.wrong(f"there are two derivations {self.name}; name one of them otherwise")
        for new, old in {**dict(zip(letters, letters, strict=True)), **renamed}.items():
            if old in other.scope.applied:
                form = other.scope.applied[old]
                if new in RESERVED or self.scope.applied.get(new, form).key != form.key:
                    raise self.again(new)
                self.scope.applied[new] = form
                known = other.names.keys() | other.families.keys()  # what a definition is for has no meaning of its own
                for key in sorted(
                    closure(("app", form.key), Context(names=other.names)) & known
                ):  # the same in every run
                    self.symbols.setdefault(key, other.symbols[key])
                    self.places.setdefault(key, other.places[key])
                    if key in other.families:
                        if self.families.setdefault(key, other.families[key]) != other.families[key]:
                            raise self.again(new)
                    elif self.names.get(key, other.names[key]) != other.names[key]:
                        raise self.again(new)
                    else:
                        self.mean(key, other.names[key], other.meanings[key])
            elif old in other.quantities:
                self.quantity(new, other.quantities[old])
                if old in other.symbols:
                    self.symbols.setdefault(new, other.symbols[old])
            else:
                raise self.wrong(f"{other.name} has neither a quantity nor a name {old}")

    def write(self, letter: str, tex: str, plain: str = "", partial: str = "") -> None:
        """How a name is written in this derivation, where it is written otherwise than where it was defined."""
        if letter not in self.scope.applied:
            raise self.wrong(f"{letter} has no meaning here")
        form = self.scope.applied[letter]
        self.symbols[form.key] = named(letter, form.parameters, form.hidden, tex, plain, partial)

    def mean(self, key: str, definition: Definition, identifier: str) -> None:
        """A name's meaning, and the equation that gives it."""
        self.names[key], self.meanings[key], self.library[identifier] = definition, identifier, Meaning(key)

    def context(
        self, terms: Sequence[Term], narrowed: Ranges, premises: tuple[Hypothesis, ...] = (), conventions: Iterable[str] = (),
    ) -> Context:  # fmt: skip
        """What some terms speak of here."""
        return context_of(terms, self.quantities, self.families, self.names, narrowed, premises, conventions)

    def place(self) -> tuple[str, int]:
        """File and line of the script that is speaking."""
        frame = inspect.currentframe()
        while frame is not None and frame.f_code.co_filename.startswith(HERE):
            frame = frame.f_back
        if frame is None:
            return "?", 0
        path = Path(frame.f_code.co_filename)
        return f"{path.parent.name}/{path.name}" if path.parent.name == "derivations" else str(path), frame.f_lineno

    def wrong(self, message: str, here: tuple[str, int] | None = None) -> Unproved:
        """What is wrong, at the line of the script that is speaking."""
        file, line = here or self.place()
        return Unproved(f"{file}:{line}: {message}")

    def again(self, letter: str, here: tuple[str, int] | None = None, about: str = "") -> Unproved:
        """A second meaning, with the place of the first."""
        known = self.scope.applied.get(letter)
        said = (
            f"has a meaning already, given at {self.places[known.key]}" if known else "has its one meaning everywhere"
        )
        return self.wrong(f"{about}{letter} {said}; take another name", here)
