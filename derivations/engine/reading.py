"""The published TeX, read back: a grammar of its own and mpmath, with no more of the engine than a table of marks.

What TeX says is worth a number where there is one. Derivatives, limits and places of a maximum are read as what they are taken of; see `worth`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lark import Token, Tree
from mpmath import mp

from derivations.engine import worth
from derivations.engine.atoms import Table, Unreadable, marks
from derivations.engine.grammar import Named, parsed
from derivations.engine.kernel.terms import Term, num, sym


@dataclass(frozen=True)
class Parsed:
    """A statement as it was read."""

    tree: Tree[Any]
    table: Table


def read(tex: str, table: Table) -> Parsed:
    """What the TeX says.

    Raises:
        Unreadable: it cannot be read, or reads in two ways.
    """
    return Parsed(parsed(marks(tex), table, "statement"), table)


def evaluate(found: Parsed, point: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What each side is worth at a point, with the relation that leads to it."""
    relations = ["", *(str(part) for part in found.tree.children if isinstance(part, Token))]
    sides = [part for part in found.tree.children if isinstance(part, Tree)]
    with mp.workdps(worth.DIGITS):
        reader = Reader(found.table, point)
        return [(relation, reader.of(side)) for relation, side in zip(relations, sides, strict=True)]


class Reader:
    """What the parts of a statement are worth at one point."""

    def __init__(self, table: Table, point: Mapping[str, Any]) -> None:
        self.table, self.point = table, dict(point)

    def of(self, node: Any) -> Any:
        return getattr(self, f"_{node.data}")(*node.children)

    def along(self, names: Sequence[Token | str], body: Any) -> Callable[..., Any]:
        """The body as a function of what is bound in it."""
        keys = [name.value.atom.key if isinstance(name, Token) else name for name in names]

        def at(*values: Any) -> Any:
            before, self.point = self.point, {**self.point, **dict(zip(keys, values, strict=True))}
            try:
                return self.of(body)
            finally:
                self.point = before

        return at

    def _number(self, digits: Token) -> Any:
        return mp.mpf(str(digits))

    def _name(self, token: Token) -> Any:
        named: Named = token.value
        if named.atom.form == "letter":
            if named.atom.key not in self.point:
                raise Unreadable(f"{named.atom.key} has no value here")
            return worth.real(self.point[named.atom.key])
        extra: dict[str, Any] = {}
        return worth.number(self.term(token, extra), {**self.point, **extra}, self.table.value)

    def term(self, token: Token, extra: dict[str, Any]) -> Term:
        """A name at its arguments as a tree, in which "#0", "#1" … are what the other arguments are worth."""
        named: Named = token.value
        unseen, last = dict(named.atom.unseen), ("#",) if named.atom.form == "partial" else ()
        shown = range(named.atom.arity - len(last))
        parts = [unseen[each] if each in unseen else self.argument(named.arguments[each], extra) for each in shown]
        found = ("app", named.atom.key, *parts, *map(sym, last))
        return ("fn", "#", found) if last else found

    def argument(self, node: Any, extra: dict[str, Any]) -> Term:
        token = node.children[0] if node.data == "name" else None
        if token is not None and token.value.atom.form == "letter":
            return sym(token.value.atom.key)
        if token is not None and token.value.atom.form == "partial":
            return self.term(token, extra)
        value: Any = self.along([node.children[0]], node.children[1]) if node.data == "mapping" else self.of(node)
        if worth.whole(value):
            return num(int(value))
        extra[f"#{len(extra)}"] = value
        return sym(f"#{len(extra) - 1}")

    def addend(self, node: Any) -> Any:
        r"""A term of a sum. The \cdots of a sum of logarithms is the logarithm of the \cdots of the product."""
        if node.data == "minus":
            return -self.addend(node.children[0])
        rest = node.data == "name" and node.children[0].value.atom.rest
        return mp.log(self.of(node)) if rest else self.of(node)

    def _plus(self, one: Any, other: Any) -> Any:
        return self.addend(one) + self.addend(other)

    def _less(self, one: Any, other: Any) -> Any:
        return self.addend(one) - self.addend(other)

    def _minus(self, one: Any) -> Any:
        return -self.of(one)

    def _times(self, one: Any, other: Any) -> Any:
        return worth.times(self.of(one), self.of(other))

    def _fraction(self, above: Any, below: Any) -> Any:
        return worth.quotient(self.of(above), self.of(below))

    _flat = _fraction

    def _power(self, base: Any, exponent: Any) -> Any:
        return worth.power(self.of(base), self.of(exponent))

    def _exponential(self, exponent: Any) -> Any:
        return mp.exp(self.of(exponent))

    def _logarithm(self, argument: Any) -> Any:
        return mp.log(self.of(argument))

    def _root(self, body: Any) -> Any:
        return mp.sqrt(self.of(body))

    def _absolute(self, body: Any) -> Any:
        return abs(self.of(body))

    def _largest(self, _: Token, *parts: Any) -> Any:
        return worth.largest(map(self.of, parts))

    def _binomial(self, above: Any, below: Any) -> Any:
        return mp.binomial(self.of(above), self.of(below))

    def _same(self, one: Any, relation: Token, other: Any) -> Any:
        if relation != "=":
            raise Unreadable(f"{relation} in a bracket")
        return worth.equal(self.of(one), self.of(other))

    def _mapping(self, letter: Token, body: Any) -> Any:
        return worth.combined("fn", self.along([letter], body), [(1,), (2,)])

    def _square(self, body: Any) -> Any:
        return self.of(body)

    def _pi(self) -> Any:
        return +mp.pi

    def _infinity(self) -> Any:
        return mp.inf

    def _minus_infinity(self) -> Any:
        return -mp.inf

    def _list(self, *parts: Any) -> Any:
        return tuple(map(self.of, parts))

    def _set(self, *parts: Any) -> Any:
        return ("set", *map(self.of, parts))

    def _empty(self) -> Any:
        return ("set",)

    def _series(self, sign: Token, letter: Token, relation: Token, low: Any, high: Any, body: Any) -> Any:
        if relation != "=":
            raise Unreadable(f"{relation} under a sum")
        return worth.series(sign.type == "SUM", self.along([letter], body), self.of(low), self.of(high))

    def _series_over(self, sign: Token, over: Token, body: Any) -> Any:
        if str(over) not in self.table.ranges:
            raise Unreadable(f"nothing says what {over} runs over")
        low, high = (worth.number(end, self.point, self.table.value) for end in self.table.ranges[str(over)])
        return worth.series(sign.type == "SUM", self.along([str(over)], body), low, high)

    def _limit(self, letter: Token, place: Any, body: Any) -> Any:
        side = {"above": "+", "below": "-"}.get(place.data, "")
        at = self.of(place.children[0] if side else place)
        return worth.combined(f"lim{side}", self.along([letter], body), worth.beyond(at, side), [at])

    def _best(self, *parts: Any) -> Any:
        *letters, which, body = parts
        return worth.combined(f"arg{which.type.lower()}", self.along(letters, body), worth.among(len(letters)))

    def _best_in(self, letter: Token, over: Any, which: Token, body: Any) -> Any:
        low, high = map(self.of, over.children)
        tag = f"arg{which.type.lower()} {over.data}"
        return worth.combined(tag, self.along([letter], body), worth.among(1, low, high), ["low", low, "high", high])

    def _roots(self, letter: Token, over: Any, body: Any, relation: Token, zero: Token) -> Any:
        low, high = map(self.of, over.children)
        if relation != "=" or zero != "0":
            raise Unreadable("roots are where something is 0")
        tag = f"roots {over.data}"
        return worth.combined(tag, self.along([letter], body), worth.among(1, low, high), ["low", low, "high", high])

    def _slope(self, above: Any, body: Any, letter: Token, below: Any) -> Any:
        if above.children != below.children:
            raise Unreadable("a derivative of two orders")
        order = int(above.children[0] or 1)

        def along(at: Any, order: int) -> Any:
            at_each = self.along([letter], body) if order == 1 else lambda place: along(place, order - 1)
            return worth.combined("d", at_each, worth.beside(at))

        return along(self._name(letter), order)

    def _slope_of(self, above: Any, letter: Token, below: Any, body: Any) -> Any:
        return self._slope(above, body, letter, below)

    def _taken_at(self, body: Any, letter: Token, relation: Token, at: Any) -> Any:
        if relation != "=":
            raise Unreadable(f"{relation} at the place of a derivative")
        return self.along([letter], body)(self.of(at))
