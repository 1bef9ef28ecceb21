"""A derivation: its definitions, its steps. Each step is proved by the kernel before the next begins.

What a step states is text, as on paper; how it is proved is found (`find.py`), or said line by line where finding is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from derivations.engine.atoms import Unreadable, atoms_of, everything
from derivations.engine.contexts import inhabited
from derivations.engine.digits import in_digits, typed_decimals
from derivations.engine.equation import Equation, Row, Rule
from derivations.engine.find import Finder
from derivations.engine.kernel.check import Theorem, check_definition, trees_of
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Range, Refused, Statement
from derivations.engine.kernel.terms import BINDERS, Term, bare, free, num, sym
from derivations.engine.parser import RESERVED, Applied, Unread, closed, split_chain
from derivations.engine.proving import Passed, Way, passed, proved, sought
from derivations.engine.vocabulary import NATURAL, Vocabulary
from derivations.engine.writing import Style, Unwritten, Written, named, settled

ARTICLES = {"mle": Style({}), "bce": Style({}, logarithm=r"\ln", parenthesised=True)}
IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HEADING = re.compile(r"\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*")
Place = tuple[str, int]


@dataclass
class Derivation(Vocabulary):
    """A chain of equations under one name. Statements are read in its words, and written in its article's style."""

    source: str = field(kw_only=True)
    conventions: tuple[str, ...] = ()
    """Those that may be needed; a statement carries them only where it cannot do without."""
    index_sets: dict[str, str] = field(default_factory=dict)
    equations: dict[str, Equation] = field(default_factory=dict)
    bounds: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    """The bounds of sums over letters whose bounds are not written: the same everywhere."""

    uses: dict[Term, Term] = field(default_factory=dict)
    """The letters and names that stand in equations so far, each where it stands first."""
    apart: int = 0
    """So many of them are known to be written each in its own way."""

    # --- definitions ---

    def define(
        self, name: str, *texts: str, tex: str = "", plain: str = "", partial: str = "", on: Mapping[str, Range] | None = None,
        distributions: str = "", source: str = "", times: str = "",
    ) -> Equation:  # fmt: skip
        """Give a name its one meaning: `L(p) = binomial(10, 8)*p**8*(1 - p)**2`; or rows for single values of the last argument."""
        here, functions = self.place(), distributions.split()
        letter, parameters = "", tuple[str, ...]()
        entries: dict[int | None, Term] = {}
        try:
            for text in texts:
                before, (letter, given, meaning) = (letter, parameters), heading(text)
                row = int(given[-1]) if given and given[-1].isdecimal() else None
                parameters = given if row is None else given[:-1]
                if any(not each.isidentifier() or each in RESERVED for each in (letter, *parameters)):
                    raise Unread(f"{text!r}: it is no name with parameters, or speaks of what has a meaning already")
                if entries and (before != (letter, parameters) or row is None or None in entries or row in entries):
                    raise Unread(f"{text!r}: rows are for different values of the last argument of one name")
                entries[row] = self.scope.without(functions).read(meaning, frozenset(parameters))
            body, parameters = as_one(entries, parameters)
        except Unread as problem:
            raise self.wrong(f"{name}: {problem}", here) from None
        full = closed(parameters, body, list(self.quantities))
        hidden = len(full) - len(parameters)
        key, context = self._mean(name, letter, Definition(full, bare(body)), hidden, here, on or {}, self.conventions)
        self.symbols[key] = named(letter, full, hidden, tex, plain, partial)
        own = [("fn", "x", ("app", each, sym("x"))) if each in functions else sym(each) for each in full]
        rows = tuple(
            ((("app", key, *(own if row is None else (*own[:-1], num(row)))), entry), ("=",))
            for row, entry in entries.items()
        )
        return self._keep(name, "define", rows, context, source, here, times=times, defines=key)

    def observe(self, name: str, text: str, tex: str, source: str = "") -> Equation:
        """Data: `x = (1, 1, 0)` gives x(1), x(2), x(3) their values; `y1 = 0.7` a single one."""
        here = self.place()
        try:
            letter, given, values = heading(text)
            body = self.scope.read(values)
            inner = bare(body)
            if given or letter in RESERVED:
                raise Unread(f"{text!r}: what is observed is NAME = values")
            if inner[0] == "tuple" and sym("dots") in inner[1:-1]:
                raise Unread(f"{text!r}: what is left out stands last")
        except Unread as problem:
            raise self.wrong(f"{name}: {problem}", here) from None
        several = ("i",) if inner[0] == "tuple" else ()
        table = ("table", 1, *(each for each in inner[1:] if each != sym("dots"))) if several else body
        key, _ = self._mean(name, letter, Definition(several, table), 0, here, {}, ())
        self.symbols[key] = Written(tex, letter + ("_{0}" if several else ""), letter, letter)
        left: Term = ("fn", "i", ("app", key, sym("i"))) if several else ("app", key)
        rows = (((left, body), ("=",)),)
        return self._keep(name, "observe", rows, self.context([body], {}), source, here, defines=key)

    def suppose(
        self, name: str, *texts: str, every: Mapping[str, Range] | None = None, point: Mapping[str, Any] | None = None, source: str = "", times: str = "",
    ) -> Equation:  # fmt: skip
        """Premises under one name, for statements that are `given` it: shown, true of nothing but those, and somewhere true: at `point`, where it is not found."""
        here = self.place()
        try:
            rows = tuple(map(self._premise, texts))
            context = self.context([side for sides, _ in rows for side in sides], every or {}, hypotheses(rows, every))
            inhabited(context, point or {})
        except (Unread, Refused, ValueError, ZeroDivisionError) as problem:
            raise self.wrong(f"{name}: {'; '.join(texts)}\n  {problem}", here) from None
        return self._keep(name, "suppose", rows, context, source, here, times=times)

    def _premise(self, text: str) -> Row:
        terms, relations = self.scope.chain(text)
        if relations != ("=",):
            raise Unread(f"{text!r}: a premise is an equation of two sides")
        return terms, relations

    def _mean(
        self, name: str, letter: str, definition: Definition, hidden: int, here: Place, on: Mapping[str, Range], conventions: tuple[str, ...],
    ) -> tuple[str, Context]:  # fmt: skip
        """Give a name its meaning: its key, and what the definition is about."""
        key, identifier = f"{self.name}.{letter}", f"{self.name}.{name}"
        if letter in self.scope.applied:
            raise self.again(letter, here, f"{name}: ")
        ranges = {each: on.get(each, self.quantities.get(each, NATURAL)) for each in definition.parameters}
        problem: Exception | None = None
        for stated in dict.fromkeys(((), conventions)):
            context = self.context([definition.body], ranges, (), stated)
            try:
                check_definition(key, definition, context)
                break
            except (Refused, RecursionError) as refused:
                problem = problem or spoken(refused)
        else:
            raise self.wrong(f"{name}: {problem}", here)
        self.mean(key, definition, identifier)
        self.places[key] = f"{here[0]}:{here[1]} ({identifier})"
        self.scope.applied[letter] = Applied(key, definition.parameters, hidden)
        return key, context

    # --- steps ---

    def step(
        self, name: str, rule: Rule, text: str = "", *, through: Sequence[str] = (), on: Mapping[str, Range] | None = None, given: Sequence[Equation] = (),
        every: Mapping[str, Range] | None = None, where: Sequence[str] = (), point: Mapping[str, Any] | None = None, source: str = "", times: str = "",
    ) -> Equation:  # fmt: skip
        """State something and prove it by a rule.

        `on` narrows ranges, `given` names suppositions, `where` states premises of this step alone, `through` says terms (or whole lines) that the proof passes.

        Raises:
            Unproved: with file, line, the statement, what failed and, where there is one, a point at which it is false.
        """
        here = self.place()
        try:
            terms, relations = self.scope.chain(text) if text else self._found(rule, on or {})
            own, waiting = tuple(map(self._premise, where)), [passed(each, self.scope) for each in through]
        except (Unread, Refused, ValueError, ZeroDivisionError) as unread:
            raise self.wrong(f"{name}: {unread}", here) from None
        self._refuse_typed(name, terms, (*rule.cites, *given), here)
        premises = (*(each for equation in given for each in equation.context.hypotheses), *hypotheses(own, every))
        theorems = {each.id: each.theorem for each in rule.cites if each.theorem is not None}
        for each in rule.cites:
            stranger = each.id.startswith(f"{self.name}.") and self.equations.get(each.id) is not each
            if stranger or (each.theorem and self.library.setdefault(each.id, each.theorem) != each.theorem):
                raise self.wrong(
                    f"{name}: there are two equations {each.id}; name one of the derivations otherwise", here
                )
        mentioned = [
            *terms,
            *(each.term for each in waiting),
            *(side for premise in premises for side in (premise.left, premise.right)),
            *(side for each in rule.cites for side in each.sides),
        ]
        taken = tuple(sorted(set().union(*(each.statement.context.conventions for each in theorems.values()))))
        problem: Exception | None = None
        inhabitant = None
        for stated in dict.fromkeys((taken, self.conventions)):
            context = self.context(mentioned, on or {}, premises, stated)
            try:
                inhabitant = inhabited(context, point or {})
                exact = tuple(in_digits(term, context) for term in terms)
                stops = [Passed(each.relation, in_digits(each.term, context), each.by) for each in waiting]
                finder = Finder(
                    context, self.library, theorems, rule.moves, [self.meanings[key] for key in context.names]
                )
                lines = sought(Way(finder, rule, self.name).lines, exact, relations, stops)
                theorem = proved(Statement(context, exact, relations, inhabitant), lines, self.library)
                break
            except (Refused, RecursionError, ValueError, ZeroDivisionError) as refused:
                problem = spoken(refused)
        else:
            unproved = self.wrong(f"{self.name}.{name}: {text or show(terms[0])}\n  {problem}", here)
            exactly = (
                relations.index("≈") if "≈" in relations else len(relations)
            )  # what is to be rounded has no digits yet
            if inhabitant is not None:  # where no point of the domain is known, none is sought at which it is false
                claimed = terms[: exactly + 1], relations[:exactly]
                unproved.claimed = Equation(f"{self.name}.{name}", (claimed,), context, self._style(times), source, *here, rule.name)  # fmt: skip
            raise unproved from None
        return self._keep(
            name, rule.name, ((exact, relations),), theorem.statement.context, source, here,
            times=times, theorem=theorem, lines=tuple(lines), premises=tuple(given),
        )  # fmt: skip

    def _found(self, rule: Rule, on: Mapping[str, Range]) -> Row:
        """What SymPy makes of what a rule begins with."""
        if rule.first is None or rule.result is None:
            raise Unread(f"{rule.name} needs to be told what is stated")
        return (rule.first, sought(rule.result, self.context([rule.first], on))), ("=",)

    def _refuse_typed(self, name: str, terms: Sequence[Term], cited: Sequence[Equation], here: Place) -> None:
        """Decimals come from data or are computed."""
        definitions = (each for each in (*self.equations.values(), *cited) if each.verdict == "definition")
        data = typed_decimals([side for each in definitions for side in each.sides])
        if typed := typed_decimals(terms) - data:
            said = ", ".join(map(show, typed))
            raise self.wrong(
                f"{name}: {said} is typed, and digits are computed: decimal(…), or ~ digits(…, places)", here
            )

    # --- keeping ---

    @property
    def _article(self) -> str:
        return self.source.partition("/")[0]

    def _style(self, times: str) -> Style:
        of_article = ARTICLES.get(self._article, Style({}))
        return replace(of_article, symbols=self.symbols, times=times, index_sets=self.index_sets)

    def _keep(
        self, name: str, rule: str, rows: tuple[Row, ...], context: Context, source: str, here: Place, *, times: str = "", defines: str = "",
        theorem: Theorem | None = None, lines: tuple[Line, ...] = (), premises: tuple[Equation, ...] = (),
    ) -> Equation:  # fmt: skip
        identifier = f"{self.name}.{name}"
        if not IDENTIFIER.fullmatch(name):
            raise self.wrong(f"{name!r} is no identifier: small letters, digits and single hyphens", here)
        if identifier in self.equations:
            raise self.wrong(f"{identifier} stands twice in this derivation", here)
        stated = [side for sides, _ in rows for side in sides]
        for part in (node for side in (*stated, *trees_of(lines)) for node in everything(side)):
            unwritten = part[0] in ("sum", "prod") and part[1] in self.index_sets
            if unwritten and self.bounds.setdefault(part[1], part[3:]) != part[3:]:
                raise self.wrong(f"{name}: a sum over {part[1]}, whose bounds are not written, has others here", here)
        style = self._style(times)
        self._read_apart(name, style, [*stated, *trees_of(lines)], theorem is not None, here)
        where = f"{self._article}/{source}" if source else self.source
        found = Equation(identifier, rows, context, style, where, *here, rule, defines, theorem, lines, premises)
        self.equations[identifier] = found
        if theorem is not None:
            self.library[identifier] = theorem
        return found

    def _read_apart(self, name: str, style: Style, terms: Sequence[Term], proved_here: bool, here: Place) -> None:
        """No two names or letters of a derivation are written alike, whether or not they meet in a statement."""
        parts = (part for term in terms for part in everything(settled(term)))
        self.uses = {part[:2]: part for part in parts if part[0] in ("sym", "app") or part[0] in BINDERS} | self.uses
        if not proved_here or len(self.uses) == self.apart:
            return  # what is observed gets its marks after it, by `write`
        try:
            atoms_of(style, Context(self.quantities, self.families, self.names), [*self.uses.values()])
            self.apart = len(self.uses)
        except (Unreadable, Unwritten) as problem:
            given = (f"{key} was given at {at}" for key, at in self.places.items() if f" {key} " in f"{problem} ")
            raise self.wrong(f"{name}: {'; '.join((str(problem), *given))}", here) from None


def heading(text: str) -> tuple[str, tuple[str, ...], str]:
    """The name, the parameters and the meaning, of `L(p) = …`.

    Raises:
        Unread: it has no such form.
    """
    sides, relations = split_chain(text)
    found = HEADING.fullmatch(sides[0])
    if relations != ["="] or not found:
        raise Unread(f"{text!r}: a definition is NAME(parameters) = meaning")
    return found[1], tuple(each.strip() for each in (found[2] or "").split(",") if each.strip()), sides[1]


def as_one(entries: Mapping[int | None, Term], parameters: tuple[str, ...]) -> tuple[Term, tuple[str, ...]]:
    """The body of a definition with its parameters; of rows the table of their values.

    Raises:
        Unread: there are rows, but not for whole numbers one after the other.
    """
    if None in entries:
        return entries[None], parameters
    numbered = sorted(at for at in entries if at is not None)
    if numbered != list(range(numbered[0], numbered[0] + len(numbered))):
        raise Unread("the rows are not for whole numbers one after the other")
    spoken_of = {*parameters, *(each for entry in entries.values() for each in free(entry))}
    last = next(each for each in "cklmijvwxyz" if each not in spoken_of)
    return ("table", numbered[0], *(entries[at] for at in numbered)), (*parameters, last)


def hypotheses(rows: Sequence[Row], every: Mapping[str, Range] | None) -> tuple[Hypothesis, ...]:
    """Equations as premises, for every value of some letters."""
    letters = tuple((every or {}).items())
    return tuple(Hypothesis(bare(left), relation, bare(right), letters) for (left, right), (relation,) in rows)


def spoken(problem: Exception) -> Exception:
    return Refused("too deep, or two names speak of each other") if isinstance(problem, RecursionError) else problem
