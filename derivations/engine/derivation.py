"""A derivation: its quantities, its definitions, its steps. Each step is proved by the kernel before the next begins.

What a step states is text, as on paper; how it is proved is found (`find.py`), or said line by line where finding is not enough.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product as combinations
from pathlib import Path
from string import Formatter
from typing import Any

from derivations.engine.find import Finder
from derivations.engine.kernel.check import (
    Evaluation,
    Meaning,
    Theorem,
    check_context,
    check_definition,
    closure,
    prove,
)
from derivations.engine.kernel.enclosure import enclosed
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Range, Refused, Statement
from derivations.engine.kernel.terms import BINDERS, ONE, ZERO, Term, bare, free, neg, num, parts, put, rebuilt, sym
from derivations.engine.parser import RESERVED, Applied, Scope, Unread, closed, split_chain
from derivations.engine.writing import Style, Written

UNIT = Range(ZERO, ONE)
CLOSED_UNIT = Range(ZERO, ONE, True, True)
REAL = Range()
POSITIVE = Range(ZERO)
NOT_NEGATIVE = Range(ZERO, None, True)
COUNT = Range(ONE, None, True, whole=True)
NATURAL = Range(ZERO, None, True, whole=True)
LABEL = Range(ZERO, ONE, True, True, whole=True)
POINT = Range(point=True)
ARTICLES = {"mle": Style({}), "bce": Style({}, logarithm=r"\ln", parenthesised=True)}
HERE = str(Path(__file__).resolve().parent)
IDENTIFIER = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


def whole_from(low: str | int, high: str | int | None = None) -> Range:
    """The whole numbers from one term to another, both included."""
    scope = Scope({each for text in (low, high) for each in re.findall(r"[A-Za-z]\w*", str(text or ""))})
    return Range(
        scope.read(str(low)), None if high is None else scope.read(str(high)), True, high is not None, whole=True
    )


class Unproved(Exception):
    """A statement that is not proved; the message has file, line, the statement and what failed."""

    claimed: Statement | None = None
    """What was stated, where it could be read: perhaps a point refutes it."""


@dataclass(frozen=True)
class Equation:
    """One equation of a derivation: a definition, or a statement with the proof that the kernel accepted."""

    id: str
    verdict: str  # "definition", "proved", "certified"
    rows: tuple[tuple[tuple[Term, ...], tuple[str, ...]], ...]
    """The chains shown, (terms, relations); one but for definitions by rows."""
    context: Context
    inhabitant: Mapping[str, object]
    lines: tuple[Line, ...]
    style: Style
    source: str
    script: str
    line: int
    rule: str
    theorem: Theorem | None = None
    defines: str = ""
    premises: tuple[Equation, ...] = ()
    """The suppositions under which it holds, each an equation that is shown."""

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.rows[0][0]

    @property
    def relations(self) -> tuple[str, ...]:
        return self.rows[0][1]

    @property
    def cites(self) -> tuple[str, ...]:
        """What its proof cites, each once, in the order of the proof."""
        found: dict[str, None] = {}

        def collect(lines: Sequence[Line]) -> None:
            for line in lines:
                found.update(dict.fromkeys(line.cites))
                for part in line.parts:
                    collect(part.lines)

        collect(self.lines)
        return tuple(found)


@dataclass(frozen=True)
class Rule:
    """What a rule hands over: where the statement begins, what SymPy found, what the lines may cite, how they are found."""

    name: str
    cites: tuple[Equation, ...] = ()
    first: Term | None = None
    result: Any = None  # Callable[[Context], Term] | None: what SymPy makes of `first`
    moves: tuple[tuple[str, ...], ...] = ()
    build: Any = None  # Callable[[Finder, Term, str, Term], Line | None]: a line with parts


@dataclass
class Derivation:
    """A chain of equations under one name. Statements are read in its scope, proved in its context, and written in its article's style."""

    name: str
    source: str
    article: str = ""
    times: str = ""
    equations: dict[str, Equation] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    quantities: dict[str, Range] = field(default_factory=dict)
    families: dict[str, Range] = field(default_factory=dict)
    names: dict[str, Definition] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Where each name was given its meaning."""
    library: dict[str, Theorem | Meaning] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    """The equation that defines each name."""
    symbols: dict[str, Written] = field(default_factory=dict)
    index_sets: dict[str, str] = field(default_factory=dict)
    conventions: tuple[str, ...] = ()
    """Those that may be needed; a statement carries them only where it cannot do without."""
    bounds: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    """The bounds of sums over letters whose bounds are not written: the same everywhere."""

    # --- what there is ---

    def quantity(self, letter: str, over: Range, tex: str = "", plain: str = "") -> Term:
        """A quantity and the set that it ranges over."""
        if not letter.isidentifier() or letter in ("oo", "pi"):
            raise self.wrong(f"{letter!r} is no name for a quantity")
        if letter in self.quantities and self.quantities[letter] != over:
            raise self.wrong(f"{letter} is a quantity already, with another range")
        self.quantities[letter] = over
        self.scope.quantities.add(letter)
        if tex:
            self.symbols[letter] = Written(tex, plain or letter)
        return sym(letter)

    def family(
        self, letter: str, over: Range, tex: str, plain: str = "", parameters: str = "i", partial: str = ""
    ) -> None:
        """Numbers (or points) of which nothing is known but their range, told apart by arguments."""
        key = f"{self.name}.{letter}"
        if not letter.isidentifier() or letter in RESERVED:
            raise self.wrong(f"{letter!r} is no name for a family")
        if letter in self.scope.applied and (self.scope.applied[letter].key != key or self.families.get(key) != over):
            raise self.wrong(f"{letter} has a meaning already")
        self.families[key] = over
        self.scope.applied[letter] = Applied(key, tuple(parameters.replace(" ", "").split(",")))
        own = self.scope.applied[letter].parameters
        self.symbols[key] = Written(tex, plain or default_plain(letter, len(own)), partial, letter, left_out(tex, own))

    def use(self, other: Derivation, *letters: str, **renamed: str) -> None:
        """Take over quantities, families and names from another derivation, `new="old"` under another letter."""
        for new, old in {**dict(zip(letters, letters, strict=True)), **renamed}.items():
            if old in other.scope.applied:
                form = other.scope.applied[old]
                if new in RESERVED or self.scope.applied.get(new, form).key != form.key:
                    raise self.wrong(f"{new} has a meaning already")
                self.scope.applied[new] = form
                self.symbols.setdefault(form.key, other.symbols[form.key])
                spoken_of = closure(("app", form.key), Context(names=other.names)) if form.key in other.names else set()
                for name in sorted({form.key} | spoken_of):  # in an order that is the same in every run
                    if name in other.families:
                        self.families[name] = other.families[name]
                    if name in other.names:
                        self.names[name] = other.names[name]
                        self.places[name] = other.places[name]
                        self.meanings[name] = other.meanings[name]
                        self.library[other.meanings[name]] = Meaning(name)
                    self.symbols.setdefault(name, other.symbols[name])
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
        shift = form.hidden
        written = shifted(tex, shift)
        self.symbols[form.key] = Written(
            written,
            shifted(plain, shift) or default_plain(letter, len(form.parameters) - shift, shift),
            shifted(partial, shift),
            letter,
            left_out(written, form.parameters),
        )

    # --- definitions ---

    def define(
        self, name: str, *texts: str, tex: str = "", plain: str = "", partial: str = "", on: Mapping[str, Range] | None = None,
        distributions: str = "", source: str = "", conventions: Sequence[str] = (), times: str | None = None,
    ) -> Equation:  # fmt: skip
        """Give a name its one meaning: `L(p) = binomial(10, 8)*p**8*(1 - p)**2`; or rows for single values of the last argument."""
        here = self.place()
        rows = []
        letter, parameters = "", tuple[str, ...]()
        entries: dict[int | None, Term] = {}
        for text in texts:
            try:
                sides, relations = split_chain(text)
                if relations != ["="]:
                    raise Unread(f"{text!r}: a definition is NAME(parameters) = meaning")
                before = (letter, parameters)
                letter, given = heading(sides[0])
                row = int(given[-1]) if given and given[-1].isdecimal() else None
                parameters = given if row is None else given[:-1]
                if any(not each.isidentifier() or each in RESERVED for each in (letter, *parameters)):
                    raise Unread(
                        f"{sides[0].strip()!r} is no name with parameters, or speaks of what has a meaning already"
                    )
                if entries and (before != (letter, parameters) or row is None or None in entries or row in entries):
                    raise Unread(f"{text!r}: rows are for different values of the last argument of one name")
                functions = tuple(distributions.replace(",", " ").split())
                saved = dict(self.scope.applied)
                for each in functions:
                    self.scope.applied.pop(each, None)
                try:
                    body = self.scope.read(sides[1], frozenset(parameters))
                finally:
                    self.scope.applied = saved
            except Unread as problem:
                raise self.wrong(f"{name}: {problem}", here) from None
            entries[row] = body
        numbered = sorted(at for at in entries if at is not None)
        if None not in entries:
            if numbered != list(range(numbered[0], numbered[0] + len(numbered))):
                raise self.wrong(f"{name}: the rows are not for whole numbers one after the other", here)
            body = ("table", numbered[0], *(entries[at] for at in numbered))
            spoken_of = {*parameters, *(each for entry in entries.values() for each in free(entry))}
            parameters = (*parameters, next(each for each in "cklmijvwxyz" if each not in spoken_of))
        full = closed(parameters, body, list(self.quantities))
        context = self._give_meaning(name, letter, Definition(full, bare(body)), here, on, conventions)
        hidden = len(full) - len(parameters)
        key = f"{self.name}.{letter}"
        self.scope.applied[letter] = Applied(key, full, hidden)
        written = shifted(tex, hidden) or default_tex(letter, len(parameters), hidden)
        self.symbols[key] = Written(
            written, shifted(plain, hidden) or default_plain(letter, len(parameters), hidden), shifted(partial, hidden), letter, left_out(written, full)
        )  # fmt: skip
        for given_row, meaning in entries.items():
            arguments = [*map(sym, full[:-1]), num(given_row)] if given_row is not None else [
                ("fn", "x", ("app", each, sym("x"))) if each in distributions.replace(",", " ").split() else sym(each) for each in full
            ]  # fmt: skip
            rows.append(((("app", key, *arguments), meaning), ("=",)))
        return self._keep(name, "definition", tuple(rows), context, {}, (), source, here, "define", key, times)

    def observe(self, name: str, text: str, tex: str, source: str = "", times: str | None = None) -> Equation:
        """Data: `x = (1, 1, 0)` gives x(1), x(2), x(3) their values; `y1 = 0.7` a single one."""
        here = self.place()
        try:
            sides, relations = split_chain(text)
            letter = sides[0].strip()
            if relations != ["="] or not letter.isidentifier() or letter in RESERVED:
                raise Unread(f"{text!r}: what is observed is NAME = values")
            body = self.scope.read(sides[1])
            if body[0] == "tuple" and sym("dots") in body[1:-1]:
                raise Unread(f"{text!r}: what is left out stands last")
        except Unread as problem:
            raise self.wrong(f"{name}: {problem}", here) from None
        several = body[0] in ("tuple", "[]") and (body[0] == "tuple" or body[1][0] == "tuple")
        values = (
            [each for each in (body if body[0] == "tuple" else body[1])[1:] if each != sym("dots")]
            if several
            else [body]
        )
        table = ("table", 1, *values) if several else body
        self._give_meaning(name, letter, Definition(("i",) if several else (), table), here, None, ())
        key = f"{self.name}.{letter}"
        self.scope.applied[letter] = Applied(key, ("i",) if several else (), 0)
        self.symbols[key] = Written(tex, letter + ("_{0}" if several else ""), letter, letter)
        left: Term = ("app", key) if not several else ("fn", "i", ("app", key, sym("i")))
        return self._keep(
            name,
            "definition",
            (((left, body), ("=",)),),
            self._context([body], {}, (), ()),
            {},
            (),
            source,
            here,
            "observe",
            key,
            times,
        )

    def suppose(
        self,
        name: str,
        *texts: str,
        every: Mapping[str, Range] | None = None,
        source: str = "",
        times: str | None = None,
    ) -> Equation:
        """Premises under one name, for statements that are `given` it: shown, and true of nothing but those."""
        here = self.place()
        try:
            rows = tuple(self._premise(text) for text in texts)
        except Unread as problem:
            raise self.wrong(f"{name}: {problem}", here) from None
        letters = tuple((every or {}).items())
        premises = tuple(Hypothesis(bare(terms[0]), relations[0], bare(terms[1]), letters) for terms, relations in rows)
        mentioned = [term for terms, _ in rows for term in terms]
        context = replace(self._context(mentioned, dict(every or {}), (), ()), hypotheses=premises)
        return self._keep(name, "definition", rows, context, {}, (), source, here, "suppose", "", times)

    def _premise(self, text: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        terms, relations = self.scope.chain(text)
        if relations != ("=",):
            raise Unread(f"{text!r}: a premise is an equation of two sides")
        return terms, relations

    def _give_meaning(
        self,
        name: str,
        letter: str,
        definition: Definition,
        here: tuple[str, int],
        on: Mapping[str, Range] | None,
        conventions: Sequence[str],
    ) -> Context:
        key = f"{self.name}.{letter}"
        if letter in self.scope.applied:
            raise self.wrong(
                f"{name}: {letter} has a meaning already, given at {self.places.get(self.scope.applied[letter].key, 'the declaration of a family')}",
                here,
            )
        ranges = {each: (on or {}).get(each, self.quantities.get(each, NATURAL)) for each in definition.parameters}
        problem: Refused | None = None
        for stated in dict.fromkeys(((), tuple(conventions), self.conventions)):
            context = self._context([definition.body], ranges, (), stated)
            try:
                check_definition(key, definition, context)
                break
            except Refused as refused:
                problem = problem or refused
            except RecursionError:
                problem = problem or Refused("too deep, or ranges that speak of each other")
        else:
            raise self.wrong(f"{name}: {problem}", here)
        self.names[key] = definition
        self.places[key] = f"{here[0]}:{here[1]} ({self.name}.{name})"
        self.meanings[key] = f"{self.name}.{name}"
        self.library[f"{self.name}.{name}"] = Meaning(key)
        return context

    # --- steps ---

    def step(
        self, name: str, rule: Rule, text: str = "", *, through: Sequence[str] = (), on: Mapping[str, Range] | None = None, given: Sequence[Equation] = (),
        every: Mapping[str, Range] | None = None, where: Sequence[str] = (), point: Mapping[str, Any] | None = None, source: str = "", times: str | None = None,
    ) -> Equation:  # fmt: skip
        """State something and prove it by a rule.

        `on` narrows ranges, `given` names suppositions, `where` states premises of this step alone, `through` says terms (or whole lines) that the proof passes.

        Raises:
            Unproved: with file, line, the statement, what failed and, where there is one, a point at which it is false.
        """
        here = self.place()
        try:
            terms, relations = self.scope.chain(text) if text else self._found(rule, on)
            own = [self._premise(each) for each in where]
            passed = [self._waypoint(each) for each in through]
            hints = {key: Fraction(value) if isinstance(value, str) else value for key, value in (point or {}).items()}
        except (Unread, Refused, ValueError, ZeroDivisionError) as unread:
            raise self.wrong(f"{name}: {unread}", here) from None
        data = {
            each
            for equation in (*self.equations.values(), *rule.cites, *given)
            if equation.verdict == "definition"
            for row in equation.rows
            for side in row[0]
            for each in typed_decimals(side)
        }
        if typed := set().union(*(typed_decimals(term) for term in terms)) - data:
            raise self.wrong(
                f"{name}: {', '.join(map(show, typed))} is typed, and digits are computed: decimal(…), or ~ digits(…, places)",
                here,
            )
        premises = tuple(premise for each in given for premise in each.context.hypotheses)
        premises += tuple(
            Hypothesis(bare(side[0]), relation[0], bare(side[1]), tuple((every or {}).items()))
            for side, relation in own
        )
        mentioned = [
            *terms,
            *(term for _, term, _ in passed),
            *(side for premise in premises for side in (premise.left, premise.right)),
        ]
        mentioned += [term for each in rule.cites for row in each.rows for term in row[0]]
        stated = [*terms, *(side for premise in premises for side in (premise.left, premise.right))]
        for each in rule.cites:
            if each.theorem is not None:
                self.library[each.id] = each.theorem
        problem: Refused | None = None
        taken = tuple(
            sorted({each for cite in rule.cites if cite.theorem for each in cite.theorem.statement.context.conventions})
        )
        for stated_conventions in dict.fromkeys((taken, self.conventions)):
            context = self._context([*stated, *mentioned], dict(on or {}), premises, stated_conventions)
            try:
                exact = tuple(self._with_digits(term, context) for term in terms)
                inhabitant = inhabited(context, hints)
                cited = [each.id for each in rule.cites if each.theorem is not None]
                finder = Finder(context, self.library, cited, rule.moves, [self.meanings[key] for key in context.names])
                lines = sought(
                    self._lines,
                    finder,
                    rule,
                    exact,
                    relations,
                    [(way, self._with_digits(term, context), laws) for way, term, laws in passed],
                )
                theorem = self._sparing(
                    prove(
                        Statement(context, exact, relations, inhabitant),
                        tuple(lines),
                        {key: self.library[key] for key in used(lines)},
                    ),
                    lines,
                )
                context, inhabitant = theorem.statement.context, dict(theorem.statement.inhabitant)
                break
            except Refused as refused:
                problem = refused
            except RecursionError:
                problem = problem or Refused("the statement is too deep, or two names speak of each other")
        else:
            unproved = self.wrong(self._report(name, text, terms, relations, context, str(problem)), here)
            unproved.claimed = Statement(context, tuple(terms), tuple(relations))
            raise unproved from None
        terms = exact
        verdict = "certified" if "≈" in relations else "proved"
        return self._keep(
            name,
            verdict,
            ((terms, relations),),
            context,
            inhabitant,
            tuple(lines),
            source,
            here,
            rule.name,
            "",
            times,
            theorem,
            tuple(given),
        )

    def _sparing(self, theorem: Theorem, lines: Sequence[Line]) -> Theorem:
        """The same about those quantities alone that it or its proof speaks of, where the kernel needs no others."""
        statement, context = theorem.statement, theorem.statement.context
        premises = [side for premise in context.hypotheses for side in (premise.left, premise.right)]
        spoken_of = (*statement.terms, *premises, *(line.term for line in lines))
        for letters in (free, mentioned_letters):
            ahead = [letter for term in spoken_of for letter in letters(term)] + [
                letter for over in context.families.values() for letter in ends_letters(over)
            ]
            needed: set[str] = set()
            while ahead:
                if (letter := ahead.pop()) in context.quantities and letter not in needed:
                    needed.add(letter)
                    ahead += ends_letters(context.quantities[letter])
            if len(needed) == len(context.quantities):
                return theorem
            fewer = replace(
                context, quantities={letter: over for letter, over in context.quantities.items() if letter in needed}
            )
            inhabitant = {
                name: value
                for name, value in statement.inhabitant.items()
                if name in needed or name not in context.quantities
            }
            try:
                return prove(
                    Statement(fewer, statement.terms, statement.relations, inhabitant),
                    tuple(lines),
                    {key: self.library[key] for key in used(lines)},
                )
            except Refused:
                continue
        return theorem

    def _found(self, rule: Rule, on: Mapping[str, Range] | None) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        if rule.first is None or rule.result is None:
            raise Unread(f"{rule.name} needs to be told what is stated")
        context = self._context([rule.first], dict(on or {}), (), ())
        return (rule.first, sought(lambda: rule.result(context))), ("=",)

    def _lines(
        self,
        finder: Finder,
        rule: Rule,
        terms: tuple[Term, ...],
        relations: tuple[str, ...],
        passed: list[tuple[str, Term, list[str]]],
    ) -> list[Line]:
        lines: list[Line] = []
        now, waiting = bare(terms[0]), list(passed)
        for relation, target in zip(relations, map(bare, terms[1:]), strict=True):
            if relation == "=!":
                break
            reached = len(lines)
            while waiting:
                way, term, laws = waiting[0]
                if bare(term) == target:
                    break
                lines += self._leg(finder, rule, now, way, bare(term), laws)
                now = bare(term)
                waiting.pop(0)
            laws = waiting.pop(0)[2] if waiting else []
            way = relation if relation == "≈" else self._rest(relation, lines[reached:])
            lines += self._leg(finder, rule, now, way, target, laws)
            now = target
        return lines

    def _rest(self, relation: str, lines: list[Line]) -> str:
        """Where a line above has already shown the inequality, equality is what is left."""
        return (
            relation if relation == "=" or not any(line.relation in (relation, relation[0]) for line in lines) else "="
        )

    def _leg(self, finder: Finder, rule: Rule, now: Term, relation: str, target: Term, laws: list[str]) -> list[Line]:
        if relation == "≈":
            return [Line("≈", target, ("rounding",))]
        if laws:
            cites = tuple(self.full_id(each) for each in laws if self.full_id(each) in self.library)
            return [Line(relation, target, tuple(each for each in laws if self.full_id(each) not in cites), cites)]
        for name in finder.asked:
            if finder.valid(now, line := Line(relation, target, (), (name,))):
                return [line]
        if rule.build is not None and (line := rule.build(finder, now, relation, target)) is not None:
            return [line]
        found = finder.lines(now, relation, target)
        if found is None:
            raise Refused(f"no lines were found from  {show(now)}  {relation}  {show(target)}")
        return found

    def _waypoint(self, text: str) -> tuple[str, Term, list[str]]:
        """`= term`, or `>= term | law, law`: a line of the proof, with its laws where they are to be said."""
        body, _, laws = text.partition("|")
        sides, relations = split_chain(body)
        if len(relations) != 1 or sides[0].strip():
            raise Unread(f"{text!r}: a line is a relation and a term, as in '= 8/p | collect'")
        return relations[0], self.scope.read(sides[1]), [each.strip() for each in laws.split(",") if each.strip()]

    def full_id(self, name: str) -> str:
        return name if "." in name else f"{self.name}.{name}"

    # --- contexts ---

    def _context(
        self, terms: Sequence[Term], ranges: Mapping[str, Range], premises: tuple[Hypothesis, ...], conventions: Sequence[str],
    ) -> Context:  # fmt: skip
        """What some terms speak of, and no more: quantities with those in their ranges, families, names with those in their meanings."""
        all_quantities = {**self.quantities, **ranges}
        applied: set[str] = set()
        for term in terms:
            applied |= closure(term, Context(names=self.names))
        letters = {each for term in terms for each in mentioned_letters(term)} | set(ranges)
        families = {key: over for key, over in self.families.items() if key in applied}
        names = {key: meaning for key, meaning in self.names.items() if key in applied}
        ahead = [*letters, *(each for over in families.values() for each in ends_letters(over))]
        quantities: dict[str, Range] = {}
        while ahead:
            letter = ahead.pop()
            if letter in all_quantities and letter not in quantities:
                quantities[letter] = all_quantities[letter]
                ahead += ends_letters(all_quantities[letter])
        ordered = {letter: quantities[letter] for letter in all_quantities if letter in quantities}
        return Context(ordered, families, names, premises, frozenset(conventions))

    def _with_digits(self, term: Term, context: Context) -> Term:
        """Decimals in the place of what is to be rounded, from the exact value."""
        if term[0] == "digits":
            return rounded(term[1], term[2], context)
        if term[0] == "decimal":
            return whole_decimal(term[1], context)
        return rebuilt(term, lambda part: self._with_digits(part, context))

    # --- keeping and refusing ---

    def _keep(
        self, name: str, verdict: str, rows: Any, context: Context, inhabitant: Mapping[str, object], lines: tuple[Line, ...], source: str,
        here: tuple[str, int], rule: str, defines: str, times: str | None = None, theorem: Theorem | None = None, premises: tuple[Equation, ...] = (),
    ) -> Equation:  # fmt: skip
        identifier = f"{self.name}.{name}"
        if not IDENTIFIER.match(name):
            raise self.wrong(f"{name!r} is no identifier: small letters, digits and single hyphens", here)
        if identifier in self.equations:
            raise self.wrong(f"{identifier} stands twice in this derivation", here)
        for part in (each for terms, _ in rows for term in terms for each in nodes(term)):
            if (
                part[0] in ("sum", "prod")
                and part[1] in self.index_sets
                and self.bounds.setdefault(part[1], part[3:]) != part[3:]
            ):
                raise self.wrong(f"{name}: a sum over {part[1]}, whose bounds are not written, has others here", here)
        article = self.article or self.source.partition("/")[0]
        style = replace(
            ARTICLES.get(article, Style({})),
            symbols=self.symbols,
            times=self.times if times is None else times,
            index_sets=self.index_sets,
        )
        where = f"{self.source.partition('/')[0]}/{source}" if source else self.source
        found = Equation(
            identifier,
            verdict,
            rows,
            context,
            inhabitant,
            lines,
            style,
            where,
            here[0],
            here[1],
            rule,
            theorem,
            defines,
            premises,
        )
        self.equations[identifier] = found
        if theorem is not None:
            self.library[identifier] = theorem
        return found

    def _report(
        self, name: str, text: str, terms: Sequence[Term], relations: Sequence[str], context: Context, problem: str
    ) -> str:
        stated = text or show(terms[0])
        return f"{self.name}.{name}: {stated}\n  {problem}"

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
        file, line = here or self.place()
        return Unproved(f"{file}:{line}: {message}")


def sought(search: Callable[..., Any], *arguments: Any) -> Any:
    """What a search finds. It is not trusted: whatever stops it, nothing was found.

    Raises:
        Refused: with what stopped it.
    """
    try:
        return search(*arguments)
    except (Refused, Unread, RecursionError):
        raise
    except Exception as problem:  # SymPy's, for what it has no method for, are of many kinds
        raise Refused(f"no lines were found: {type(problem).__name__}: {problem}") from problem


def nodes(term: Term) -> Iterator[Term]:
    yield term
    for part in parts(term):
        yield from nodes(part)


def used(lines: Sequence[Line]) -> set[str]:
    return {name for line in lines for name in line.cites}.union(
        *(used(part.lines) for line in lines for part in line.parts)
    )


def mentioned_letters(term: Term) -> set[str]:
    """Free letters, and those that a limit or an optimiser over a space binds: their ranges matter too."""
    found = set(free(term))
    if term[0] in BINDERS and (
        term[0] == "lim" or "," in term[1] or (term[0] in ("argmax", "argmin") and term[3][0] == "inf")
    ):
        found |= set(term[1].split(","))
    return found.union(*(mentioned_letters(part) for part in parts(term)))


def ends_letters(over: Range) -> list[str]:
    return [letter for end in (over.low, over.high) if end is not None for letter in free(end)]


def heading(text: str) -> tuple[str, tuple[str, ...]]:
    found = re.fullmatch(r"\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*", text)
    if not found:
        raise Unread(f"{text.strip()!r} is no name with parameters")
    return found[1], tuple(each.strip() for each in (found[2] or "").split(",") if each.strip())


def shifted(template: str, by: int) -> str:
    """The template for arguments that stand `by` places later."""
    return "".join(
        text.replace("{", "{{").replace("}", "}}") + (f"{{{int(hole) + by}}}" if hole is not None else "")
        for text, hole, _, _ in Formatter().parse(template)
    )


def left_out(template: str, parameters: Sequence[str]) -> tuple[Term, ...]:
    """The arguments that a template does not show."""
    return tuple(sym(each) for at, each in enumerate(parameters) if f"{{{at}}}" not in template)


def default_tex(letter: str, visible: int, hidden: int) -> str:
    return letter + (f"({', '.join(f'{{{hidden + at}}}' for at in range(visible))})" if visible else "")


def default_plain(letter: str, count: int, hidden: int = 0) -> str:
    visible = count if hidden == 0 else count
    return letter + (f"({', '.join(f'{{{hidden + at}}}' for at in range(visible - 0))})" if visible else "")


def rounded(term: Term, places: int, context: Context) -> Term:
    """A constant to some decimal places, decided by an enclosure.

    Raises:
        Refused: the value lies too near to the middle between two decimals.
    """
    for more in (3, 6, 12):
        low, high = (
            end * 10**places + Fraction(1, 2) for end in enclosed(term, context, Fraction(1, 10 ** (places + more)))
        )
        if low // 1 == high // 1:
            value = int(low // 1)
            return neg(("dec", -value, places)) if value < 0 else ("dec", value, places)
    raise Refused(f"{show(term)} is too near to the middle between two decimals of {places} places")


def whole_decimal(term: Term, context: Context) -> Term:
    """A rational constant as the decimal that it is.

    Raises:
        Refused: its decimals do not end.
    """
    low, high = enclosed(term, context, Fraction(1))
    for places in range(30):
        if low == high and (low * 10**places).denominator == 1:
            value = int(low * 10**places)
            return neg(("dec", -value, places)) if value < 0 else ("dec", value, places)
    raise Refused(f"the decimals of {show(term)} do not end: say how many with ~ digits(…, places)")


def typed_decimals(term: Term) -> set[Term]:
    """The decimals that are written in a tree."""
    return {term} if term[0] == "dec" else set().union(*(typed_decimals(part) for part in parts(term)))


def inhabited(context: Context, hints: Mapping[str, Any]) -> dict[str, object]:
    """A point of the domain: simple fractions, tried until the kernel finds that ranges and premises hold.

    Raises:
        Refused: none of those tried is one; say it with `point`.
    """
    hints = {**stated_values(context), **hints}
    names = [name for name, over in context.quantities.items() if not over.point and name not in hints]
    for family, over in context.families.items():
        if not over.point and family not in hints:
            names.append(family)
    choices = []
    simple = [
        Fraction(1, 2),
        Fraction(1),
        Fraction(2),
        Fraction(3),
        Fraction(0),
        Fraction(1, 3),
        Fraction(4),
        Fraction(-1),
    ]
    for name in names:
        over = context.quantities.get(name) or context.families[name]
        fitting = [value for value in simple if (not over.whole or value.denominator == 1) and fits(value, over)]
        choices.append(fitting[:4] or [Fraction(1)])
    problem: Refused | None = None
    for tried, values in enumerate(combinations(*choices)):
        point = {**dict(zip(names, values, strict=True)), **{key: value for key, value in hints.items()}}
        try:
            check_context(context, point)
            return point
        except Refused as refused:
            problem = problem or refused
        if tried > 600:
            break
    raise Refused(f"no point of the domain was found (say one with `point`): {problem}")


def stated_values(context: Context) -> dict[str, dict[tuple[Fraction, ...], Fraction]]:
    """The values of families at numbers that premises give: label(1) = 1, yhat(1, theta) = 0.7."""
    found: dict[str, dict[tuple[Fraction, ...], Fraction]] = {}
    points = {sym(name) for name, over in context.quantities.items() if over.point}
    for premise in context.hypotheses:
        own = [part for part in premise.left[2:] if part not in points]
        if (
            premise.left[0] == "app"
            and premise.left[1] in context.families
            and all(constant(part) for part in (*own, premise.right))
        ):
            at, value = tuple(number(part, context) for part in own), number(premise.right, context)
            found.setdefault(premise.left[1], {})[at] = value
    return found


def constant(term: Term) -> bool:
    return term[0] in ("num", "dec") or (term[0] in ("neg", "/") and all(map(constant, term[1:])))


def number(term: Term, context: Context) -> Fraction:
    return Evaluation(context, {}).number(term)


def fits(value: Fraction, over: Range) -> bool:
    low, high = (end[1] if end is not None and end[0] == "num" else None for end in (over.low, over.high))
    return (low is None or value > low or (over.low_in and value == low)) and (
        high is None or value < high or (over.high_in and value == high)
    )


__all__ = [
    "CLOSED_UNIT",
    "COUNT",
    "LABEL",
    "NATURAL",
    "POINT",
    "POSITIVE",
    "REAL",
    "UNIT",
    "Derivation",
    "Equation",
    "Rule",
    "Unproved",
    "put",
    "whole_from",
]
