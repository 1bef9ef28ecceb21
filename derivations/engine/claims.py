"""What a chain claims, relation by relation, and what balls say of one relation at one point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derivations.engine.arithmetic import NoValue, Undefined, Unreached
from derivations.engine.deciding import At, Found, compared
from derivations.engine.digits import Undecided, is_rounding_of
from derivations.engine.extremes import followed, nowhere, optimiser, roots, same_optimiser
from derivations.engine.kernel.nested import beside
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.terms import Term

OPTIMISERS = ("argmax", "argmin")
NO_VALUE = (*OPTIMISERS, "roots")


@dataclass(frozen=True)
class Claim:
    """One relation; `others` are the terms that the chain says are equal to the left one."""

    left: Term
    relation: str
    right: Term
    others: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return f"{show(self.left)} {self.relation} {show(self.right)}"


def claims(terms: Iterable[Term], relations: Iterable[str]) -> list[Claim]:
    """The relations of a chain, without those that ask for something."""
    chain, links = list(terms), list(relations)
    blocks = [0]
    for relation in links:
        blocks.append(blocks[-1] + (relation != "="))
    return [
        Claim(chain[n], relation, chain[n + 1], tuple(t for t, b in zip(chain, blocks, strict=True) if b == blocks[n]))
        for n, relation in enumerate(links)
        if relation != "=!"
    ]


def agrees(at: At, claim: Claim) -> Found:
    """One relation at one point."""
    left, relation, right = _plain(claim.left), claim.relation, _plain(claim.right)
    if relation == "<=>" or "eq" in (left[0], right[0]):
        return _equivalent(at, left, right)
    heads = {left[0], right[0]}
    if relation == "≈" and left[0] == "roots":
        return _bracketed(at, left, right)
    if relation == "≈":
        return _rounded(at, claim, right)
    if heads & set(NO_VALUE):
        return _searched(at, left, right, claim.others)
    if heads & {"set", "tuple"}:
        return _together(at, left, right)
    try:
        return followed(at, left, relation, right) if "inf" in heads else compared(at, left, relation, right)
    except Unreached:
        return followed(at, left, relation, right)


def _plain(term: Term) -> Term:
    return _plain(term[1]) if term[0] == "[]" else term


def _rounded(at: At, claim: Claim, shown: Term) -> Found:
    valued = [t for t in (claim.left, *claim.others) if _plain(t)[0] not in NO_VALUE]
    if not valued:
        return Found(None, said="nothing before ≈ has a value")
    try:
        return Found(is_rounding_of(shown, valued[0], at.context, at.point), said="the digits differ")
    except Undefined as reason:
        return Found(False if reason.certain else None, said=str(reason))
    except (NoValue, Undecided) as reason:
        return Found(False if isinstance(reason, Undecided) else None, said=str(reason))


def _bracketed(at: At, left: Term, right: Term) -> Found:
    """Whether the body changes its sign where a decimal is the rounding."""
    _, variable, body, *_ = left
    if right[0] != "set" or len(right) != 2:
        return Found(False, said="there is one root, and it is stated as one decimal")
    signs = [compared(at, body, ">", ("num", 0), ({variable: at.of(end, 128)}, {})) for end in beside(right[1])]
    if any(found.agrees is None for found in signs):
        return Found(None, said="no sign beside the decimal")
    return Found(
        signs[0].agrees != signs[1].agrees, max(found.width for found in signs), said="the sign stays the same"
    )


def _searched(at: At, left: Term, right: Term, others: tuple[Term, ...]) -> Found:
    one, other = (left, right) if left[0] in NO_VALUE else (right, left)
    if one[0] == "roots":
        stated = next((t for t in (other, *map(_plain, others)) if t[0] != "roots"), None)
        if stated is None:
            return Found(None, said="two sets of roots")
        return roots(at, one, stated[1:] if stated[0] == "set" else (stated,))
    if other[0] in OPTIMISERS:
        stated = next((t for t in map(_plain, others) if t[0] not in (*OPTIMISERS, "set")), None)
        if stated is None:
            return same_optimiser(at, one, other)
        both = [optimiser(at, each, stated) for each in (one, other)]
        return next((found for found in both if not found.agrees), both[0])
    if other == ("set",):
        return nowhere(at, one)
    return optimiser(at, one, other[1] if other[0] == "set" and len(other) == 2 else other)


def _together(at: At, left: Term, right: Term) -> Found:
    """Tuples part by part; sets as such."""
    if left[0] != right[0]:
        return Found(None, said="a set or tuple and a number")
    if left[0] == "tuple":
        pairs = list(zip(left[1:], right[1:], strict=False)) if len(left) == len(right) else []
        found = [compared(at, one, "=", other) for one, other in pairs]
    else:
        each = [[compared(at, one, "=", other) for other in right[1:]] for one in left[1:]]
        rows = [*each, *map(list, zip(*each, strict=True))]
        found = [Found(_some(row), max((f.width for f in row if f.agrees), default=0.0)) for row in rows]
        if len(left) == 1 or len(right) == 1:
            return Found(len(left) == len(right))
    if not found:
        return Found(False, said="of unlike length")
    agreed = [each.agrees for each in found]
    return Found(False if False in agreed else None if None in agreed else True, max(each.width for each in found))


def _some(row: list[Found]) -> bool | None:
    agreed = [found.agrees for found in row]
    return True if True in agreed else None if None in agreed else False


def _equivalent(at: At, left: Term, right: Term) -> Found:
    """Two equations: both hold, or neither does."""
    if left[0] != "eq" or right[0] != "eq":
        return Found(None, said="no two equations")
    one, other = (agrees(at, Claim(equation[1], "=", equation[2])) for equation in (left, right))
    if one.agrees is None or other.agrees is None:
        return Found(None)
    said = f"the one is {one.agrees} ({one.said}), the other {other.agrees} ({other.said})"
    return Found(one.agrees == other.agrees, max(one.width, other.width), said=said)
