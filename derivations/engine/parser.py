"""Text as on paper to trees: `d(log(L(p)), p) = 8/p - 2/(1 - p)`. Python's grammar reads it; nothing is ever evaluated.

Functions: log exp sqrt abs max binomial indicator; d(f, p), d2(f, p) and at a place d(f, p, 8/10); sum(f, i, 1, n), prod; lim(f, q, 1, "-"), lim(f, z, oo);
argmax(f, p, 0, 1), argmin, roots, with the ends "[]" "()" as a fifth, argmax(f, (w, b)) over all; digits(f, 3), rounded, and decimal(f), all of them; {a, b} a set, {} the empty one;
[f] brackets that only the reader sees. Relations: = < > <= >= ~ (rounded) and =! (asked for).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from derivations.engine.kernel.terms import Term, free, neg, num, sym

RELATIONS = ("<=", ">=", "=!", "=", "<", ">", "~")
SHOWN = {"~": "≈"}
FUNCTIONS = {"log": 1, "exp": 1, "sqrt": 1, "abs": 1, "max": 2, "binomial": 2, "indicator": 2}
HEADS = {"binomial": "binom", "indicator": "is"}
BINDING = ("d", "d2", "sum", "prod", "lim", "argmax", "argmin", "roots")
RESERVED = frozenset({*FUNCTIONS, *BINDING, "oo", "pi", "digits", "decimal"})
"""What has its one meaning already, and gets no other."""
MOST_PLACES = 1000
OPERATORS = {ast.Add: "+", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}


class Unread(ValueError):
    """Text that is no statement; the message says what was given, what is allowed, and what is near."""


@dataclass(frozen=True)
class Applied:
    """How a family or a name is applied: its global key, its parameters, how many of them are left unwritten (they come first)."""

    key: str
    parameters: tuple[str, ...]
    hidden: int = 0


@dataclass
class Scope:
    """What the words of a derivation mean."""

    quantities: set[str] = field(default_factory=set)
    applied: dict[str, Applied] = field(default_factory=dict)

    def without(self, names: Iterable[str]) -> Scope:
        """The same, but that these words have no meaning of their own."""
        return replace(self, applied={name: form for name, form in self.applied.items() if name not in names})

    def read(self, text: str, bound: frozenset[str] = frozenset()) -> Term:
        """One term.

        Raises:
            Unread: with the text, the word that is not understood, and those near it.
        """
        try:
            return Reader(self, text, bound).term(ast.parse(text.strip().replace("^", "**"), mode="eval").body)
        except Unread:
            raise
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Unread(f"{text.strip()!r} is no formula: {getattr(error, 'msg', error)}") from None

    def chain(self, text: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """A chain of terms and the relations between them."""
        terms, relations = split_chain(text)
        return tuple(self.read(term) for term in terms), tuple(SHOWN.get(each, each) for each in relations)


def split_chain(text: str) -> tuple[list[str], list[str]]:
    """The terms of a chain and its relations, as they are written outside of brackets."""
    terms, relations, depth, start, at, quoted = [], [], 0, 0, 0, False
    while at < len(text):
        sign = text[at]
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign in "([{") - (sign in ")]}")
        found = None if depth or quoted else next((each for each in RELATIONS if text.startswith(each, at)), None)
        if found:
            terms.append(text[start:at])
            relations.append(found)
            at = start = at + len(found)
        else:
            at += 1
    return [*terms, text[start:]], relations


class Reader:
    def __init__(self, scope: Scope, text: str, bound: frozenset[str]) -> None:
        self.scope, self.text, self.bound = scope, text.strip(), bound

    def refuse(self, message: str) -> Unread:
        return Unread(f"in {self.text!r}: {message}")

    def term(self, node: ast.expr) -> Term:
        match node:
            case ast.Constant(value=bool()):
                raise self.refuse("True and False are no numbers")
            case ast.Constant(value=int(value)):
                return num(value)
            case ast.Constant(value=float()):
                written = ast.get_source_segment(self.text.replace("^", "**"), node) or ""
                before, _, after = written.partition(".")
                if not (before + after).isdecimal():
                    raise self.refuse(f"{written} is no decimal; 0.7 is")
                return ("dec", int(before + after), len(after))
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.term(operand)
                return ("inf", "-") if inner == ("inf", "+") else neg(inner)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                one = self.term(left)
                return (
                    "+",
                    *(
                        one[1:]
                        if one[0] == "+" and isinstance(left, ast.BinOp) and not self.parenthesised(left)
                        else (one,)
                    ),
                    neg(self.term(right)),
                )
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                head, one, other = OPERATORS[type(op)], self.term(left), self.term(right)
                if head in "*/" and one[0] == "neg" and not self.parenthesised(left):  # -8/p is -(8/p)
                    inner = one[1]
                    flat = inner[1:] if head == inner[0] == "*" and isinstance(left, ast.BinOp) else (inner,)
                    return neg((head, *flat, other))
                if head in "+*" and one[0] == head and isinstance(left, ast.BinOp) and not self.parenthesised(left):
                    return (*one, other)
                return (head, one, other)
            case ast.List(elts=[inner]):
                return ("[]", self.term(inner))
            case ast.Set(elts=elements):
                return ("set", *map(self.term, elements))
            case ast.Dict(keys=[]):
                return ("set",)
            case ast.Tuple(elts=elements):
                return ("tuple", *map(self.term, elements))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self.call(name, arguments)
        raise self.refuse(f"{ast.unparse(node)} is not understood")

    def parenthesised(self, node: ast.expr) -> bool:
        """Whether brackets stand around a part: then they stay a part of their own."""
        text = self.text.replace("^", "**")
        before = text[: node.col_offset].rstrip()
        after = text[node.end_col_offset :].lstrip() if node.end_col_offset is not None else ""
        return (
            before.endswith("(")
            and after.startswith(")")
            and not (before[:-1].rstrip()[-1:].isalnum() or before[:-1].endswith("_"))
        )

    def name(self, name: str) -> Term:
        if name in ("oo", "pi"):
            return ("inf", "+") if name == "oo" else ("pi",)
        if name in self.bound or (name in self.scope.quantities and name not in self.scope.applied):
            return sym(name)
        if name in self.scope.applied:
            return self.application(name, [])
        if name in self.scope.quantities:
            return sym(name)
        raise self.unknown(name)

    def unknown(self, name: str) -> Unread:
        known = {
            *self.scope.quantities,
            *self.scope.applied,
            *FUNCTIONS,
            "d",
            "d2",
            "sum",
            "prod",
            "lim",
            "argmax",
            "argmin",
            "roots",
            "oo",
            "pi",
        }
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        return self.refuse(
            f"{name} has no meaning here"
            + (f"; near: {', '.join(near)}" if near else "; declare it as a quantity, or define it")
        )

    def call(self, name: str, arguments: list[ast.expr]) -> Term:
        if name in self.scope.applied or name in self.bound:
            return self.application(name, [self.term(each) for each in arguments])
        if name == "ln":
            name = "log"
        if name in FUNCTIONS:
            if len(arguments) != FUNCTIONS[name]:
                raise self.refuse(f"{name} takes {FUNCTIONS[name]}, {len(arguments)} given")
            return (HEADS.get(name, name), *map(self.term, arguments))
        if name in BINDING and len(arguments) > 1:
            return self.binder(name, arguments)
        if name == "decimal" and len(arguments) == 1:
            return ("decimal", self.term(arguments[0]))
        if (
            name == "digits"
            and len(arguments) == 2
            and isinstance(arguments[1], ast.Constant)
            and type(arguments[1].value) is int
        ):
            if arguments[1].value > MOST_PLACES:
                raise self.refuse(f"at most {MOST_PLACES} places")
            return ("digits", self.term(arguments[0]), arguments[1].value)
        if name in self.scope.quantities:
            raise self.refuse(f"{name} is a number and no function; a product is {name}*(…)")
        raise self.unknown(name)

    def application(self, name: str, arguments: list[Term]) -> Term:
        if name in self.bound and name not in self.scope.applied:
            return ("app", name, *arguments) if arguments else sym(name)
        form = self.scope.applied[name]
        shown = form.parameters[form.hidden :]
        hidden = [sym(each) for each in form.parameters[: form.hidden]]
        if len(arguments) == len(shown):
            return ("app", form.key, *hidden, *arguments)
        if len(arguments) == len(shown) - 1:
            last = shown[-1]
            while any(last in free(each) for each in (*hidden, *arguments)):
                last += "'"
            return ("fn", last, ("app", form.key, *hidden, *arguments, sym(last)))
        raise self.refuse(f"{name} takes {len(shown)} ({', '.join(shown)}), {len(arguments)} given")

    def binder(self, name: str, arguments: list[ast.expr]) -> Term:
        letters = arguments[1].elts if isinstance(arguments[1], ast.Tuple) else [arguments[1]]
        if not all(isinstance(each, ast.Name) for each in letters):
            raise self.refuse(f"the second part of {name} is the letter that it binds")
        own = [each.id for each in letters]  # type: ignore[attr-defined]
        if len(own) != 1 and (name not in ("argmax", "argmin") or len(set(own)) < len(own) or not own):
            raise self.refuse(f"{name} binds one letter")
        if len(arguments) - 2 not in {"d": (0, 1), "d2": (0, 1), "lim": (1, 2), "sum": (2,), "prod": (2,)}.get(
            name, (0, 2, 3)
        ):
            raise self.refuse(f"{name} of {len(arguments)} parts is not understood")
        inner = Reader(self.scope, self.text, self.bound | set(own))
        inner.text = self.text
        body, rest = inner.term(arguments[0]), arguments[2:]
        variable = ",".join(own)
        if name in ("d", "d2"):
            at = self.term(rest[0]) if rest else sym(variable)
            return ("d", variable, body if name == "d" else ("d", variable, body, sym(variable)), at)
        if name == "lim":
            where = self.term(rest[0]) if rest else None
            side = rest[1].value if len(rest) > 1 and isinstance(rest[1], ast.Constant) else None
            if where is not None and where[0] == "inf":
                side = "-" if where[1] == "+" else "+"
            if where is None or side not in ("+", "-"):
                raise self.refuse('lim(f, q, 1, "-") says where to and from which side')
            return ("lim", variable, body, where, side)
        if name in ("sum", "prod"):
            if len(rest) != 2:
                raise self.refuse(f"{name}(f, i, 1, n) says from where to where")
            return (name, variable, body, *map(self.term, rest))
        ends = (
            rest[2].value
            if len(rest) > 2 and isinstance(rest[2], ast.Constant)
            else "()"
            if name == "roots" or len(rest) < 2
            else "[]"
        )
        if ends not in ("()", "[]", "(]", "[)"):
            raise self.refuse(f"the ends of an interval are (), [], (] or [), not {ends!r}")
        low, high = map(self.term, rest[:2]) if len(rest) >= 2 else (("inf", "-"), ("inf", "+"))
        ends = ("(" if low[0] == "inf" else ends[0]) + (")" if high[0] == "inf" else ends[1])
        return (name, variable, body, low, high, ends)


def closed(parameters: tuple[str, ...], body: Term, order: list[str]) -> tuple[str, ...]:
    """The parameters of a definition with those that it leaves unwritten put first: what else it speaks of, in the order of declaration."""
    hidden = [each for each in order if each in free(body) - set(parameters)]
    return (*hidden, *parameters)
