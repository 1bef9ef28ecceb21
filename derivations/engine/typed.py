"""What somebody types to try it: a statement in the words of a derivation, and ranges, each refused where it would take for ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from derivations.engine.derivation import Derivation
from derivations.engine.equation import Equation
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import Term, bare, free, parts
from derivations.engine.parser import Unread, split_chain

LONGEST, DEEPEST, LARGEST = 2000, 40, 400
"""What is tried has at most so many signs, so many brackets within each other, and powers up to so much."""
BIGGEST = 10**12
TYPED = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "·": "*",
        "×": "*",
        "÷": "/",
        "≈": "~",
        "≤": "<=",
        "≥": ">=",
        "∞": "oo",
        "，": ",",
        "（": "(",
        "）": ")",
        "＝": "=",
    }
)
"""Signs as pages show them, and as they are read."""
DECIMAL = re.compile(r"\s*[-−]?\s*\d+\.\d+\s*")


def stated(derivation: Derivation, equation: Equation, text: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The chain that a text states: its own, or one that begins as the equation does."""
    if len(text) > LONGEST:
        raise Unread(f"{text[:40]!r}…: {len(text)} signs; at most {LONGEST} are tried")
    typed = text.translate(TYPED)
    if not typed.strip():
        raise Unread("nothing is stated; give a right-hand side, such as 8/p + 2/(1-p), or a whole statement")
    sides, relations = split_chain(typed)
    if not relations or not sides[0].strip():
        begins = equation.relations[-1] if DECIMAL.fullmatch(typed) else equation.relations[0]
        sign = "" if relations else {"≈": "~", "=!": "="}.get(begins, begins)
        terms, found = derivation.scope.chain("0" + sign + typed)
        terms = (equation.terms[0], *terms[1:])
    else:
        terms, found = derivation.scope.chain(typed)
    if "=!" in found:
        raise Unread(f"{text!r}: =! asks for something and claims nothing; write =")
    for term in terms:
        measured(term)
    return terms, found


def measured(term: Term, depth: int = 0) -> int:
    """How large powers grow, as a degree; refuses what would take for ever.

    Raises:
        Unread: it is too deep, or has too large a number.
    """
    if depth > DEEPEST:
        raise Unread(f"more than {DEEPEST} brackets within each other; write it with fewer")
    if term[0] in ("num", "dec"):
        if term[1] >= BIGGEST:
            raise Unread(
                f"a number with {len(str(term[1]))} digits; numbers below 10^{len(str(BIGGEST)) - 1} are tried"
            )
        return len(str(term[1])) - 1
    inner = [measured(part, depth + 1) for part in parts(term) if part[0] != "inf"]
    found = sum(inner) if term[0] == "*" else max(inner, default=1)
    if term[0] in ("^", "binom"):
        exponent = largest(term[2] if term[0] == "^" else term[1])
        found = max(1, inner[0]) * max(1, exponent) if term[0] == "^" else exponent
    if found > LARGEST:
        raise Unread(
            f"{show(term)[:60]} is too large a power, or too long a product; degrees up to {LARGEST} are tried"
        )
    return found


def largest(term: Term) -> int:
    """An upper bound for the size of what has no letters; 1 for what has."""
    match term:
        case ("num", value):
            return int(value)
        case ("dec", value, places):
            return int(value // 10**places) + 1
        case ("neg" | "/", first, *_):
            return largest(first)
        case ("+", *several):
            return sum(map(largest, several))
        case ("*", *several):
            found = 1
            for each in several:
                found *= max(1, largest(each))
            return found
        case ("^", base, exponent):
            return min(BIGGEST, max(1, largest(base)) ** min(50, max(1, largest(exponent))))
    return 1


def changed(
    derivation: Derivation, equation: Equation, domain: Sequence[str]
) -> tuple[dict[str, Range], dict[str, Term]]:
    """The ranges, and the single values, that a text gives to quantities.

    Raises:
        Unread: it is no interval, or there is no such quantity.
    """
    known = {**derivation.quantities, **equation.context.quantities}
    found, values = dict[str, Range](), dict[str, Term]()
    for text in domain:
        allowed = f"{text!r}: a domain is an interval of one quantity, such as 0 < p < 1/2, n >= 2 or -oo < z < oo"
        if len(text) > LONGEST:
            raise Unread(f"{text[:40]!r}…: {len(text)} signs; at most {LONGEST} are read")
        sides, _ = split_chain(text.translate(TYPED))
        for word in (each.strip() for each in sides):
            if word.isidentifier() and word not in known and word != "oo":
                near = get_close_matches(word, known, n=3, cutoff=0.3) or sorted(known)
                raise Unread(f"{word!r} in {text!r} is no quantity of {derivation.name}; nearest: {', '.join(near)}")
        terms, relations = derivation.scope.chain(text.translate(TYPED))
        for term in terms:
            measured(term)
        if {each[:1] for each in relations} == {">"}:
            terms, relations = terms[::-1], tuple(each.replace(">", "<") for each in relations[::-1])
        places = [at for at, term in enumerate(terms) if term[0] == "sym" and term[1] in known]
        at = next((at for at in places if len(terms) < 3 or at == 1), None)  # the ends may be quantities too
        if at is None or not relations or len(terms) > 3:
            raise Unread(allowed)
        name, old = terms[at][1], known[terms[at][1]]
        low, high = (terms[0] if at else None), (terms[at + 1] if at + 1 < len(terms) else None)
        if not set(relations) <= {"<", "<="} and relations != ("=",):
            raise Unread(allowed)
        if old.point:
            raise Unread(f"{name} stands for several numbers at once, and has no interval")
        if any(end is not None and (name in free(end) or end[0] in ("set", "tuple")) for end in (low, high)):
            raise Unread(allowed)
        low, high = (None if end is None or end[0] == "inf" else bare(end) for end in (low, high))
        if relations == ("=",):
            values[name] = low or high or bare(terms[1 - at])
        else:
            found[name] = Range(
                low,
                high,
                low is not None and relations[0] == "<=",
                high is not None and relations[-1] == "<=",
                old.whole,
            )
    return found, values
