"""MathML as browsers set it well: few elements, the space that TeX would put between signs, and parts, each of which a long formula may put on a line of its own.

Browsers know an operator's own space, but not what stands beside it: left to themselves they set a sum too far from the equals sign before it, `i, c` in an index
as wide as in a line, and `y log p` without any space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias
from unicodedata import category, decomposition

from lxml import etree

Element: TypeAlias = etree._Element
ROWS = ("math", "mrow", "mtd", "msqrt")
"""Elements whose children stand side by side."""
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
TALL = ("mfrac", "mtable", "munder", "munderover", "msqrt")
LOW = "acegmnopqrsuvwxyzαγεηικμνοπρσυωφχψ"
"""Letters over which an exponent finds room, even with an accent."""
APPLIED = "\u2061"
"""Invisible, between a function and its argument."""
LARGE, BINARY, RELATION, DOTS = "∑∏∫", "-+−±×⋅·∗∘", "=<>≤≥≠≈≡∼∝∈∉⊂⊆:→←↦⇒⇔⟹⟺", "…⋯"
THIN, MEDIUM, THICK = 3, 4, 5
"""Eighteenths of an em."""
SPACE = {
    "ord": {"op": THIN, "bin": MEDIUM, "rel": THICK, "dots": THIN},
    "op": {"ord": THIN, "op": THIN, "rel": THICK, "dots": THIN},
    "bin": {"ord": MEDIUM, "op": MEDIUM, "open": MEDIUM, "dots": MEDIUM},
    "rel": {"ord": THICK, "op": THICK, "open": THICK, "dots": THICK},
    "close": {"op": THIN, "bin": MEDIUM, "rel": THICK, "dots": THIN},
    "punct": dict.fromkeys(("ord", "op", "rel", "open", "close", "punct", "dots"), THIN),
    "dots": {"ord": THIN, "op": THIN, "bin": MEDIUM, "rel": THICK, "open": THIN, "punct": THIN},
}
"""Between neighbours, as on page 170 of The TeXbook."""
OWN = {
    "large": (THIN, THIN),
    "bin": (MEDIUM, MEDIUM),
    "rel": (THICK, THICK),
    "punct": (0, THIN),
    "open": (0, 0),
    "close": (0, 0),
}
"""What browsers put on the left and on the right of an operator that is not told otherwise."""
LONG = 16
"""Signs. What has fewer is never broken."""
ITALICS = [*map(chr, range(0x1D434, 0x1D468)), *map(chr, range(0x1D6E2, 0x1D71C))]
SLANTED = {chr(int(decomposition(each).split()[1], 16)): each for each in ITALICS if category(each) != "Cn"} | {
    "h": "ℎ"
}
"""What browsers ask a typeface for when a letter stands for a quantity."""
KEPT = ("display", "displaystyle", "linethickness", "movablelimits", "mathvariant", "stretchy", "width")


MARKS = {"msub": "_", "msup": "^", "msubsup": "_^", "munder": "_", "mover": "^", "munderover": "_^"}


class SetAmiss(ValueError):
    """A formula whose signs, fractions or scripts were changed on the way into a page."""


def in_line(element: Element) -> str:
    """What a formula says, whatever its rows, spaces and looks: its signs, the two parts of each fraction, what hangs on what."""
    inner = [in_line(each) for each in element]
    if element.tag in MARKS:
        return inner[0] + "".join(f"{mark}{{{part}}}" for mark, part in zip(MARKS[element.tag], inner[1:], strict=True))
    if element.tag == "mfrac":
        return "/".join(f"{{{part}}}" for part in inner)
    if element.tag in ("msqrt", "mtable", "mtr", "mtd"):
        return f"{element.tag}{{{''.join(inner)}}}"
    return "".join(inner) or (element.text or "").strip()


def slanted(text: str) -> str:
    """With the letters that stand in formulas."""
    return "".join(SLANTED.get(each, each) for each in text)


def well_set(math: str, tex: str, *, display: bool) -> str:
    """A formula that Temml made of some TeX, as it goes into a page: the TeX stands in `alttext`.

    Args:
        display: on a line of its own.

    Raises:
        SetAmiss: it would say something else than what Temml made.
    """
    root = etree.fromstring(math)
    made = in_line(root)
    for each in root.iter():
        _strip(each)
    for each in root.iter("mrow"):
        if next(each.iter(*TALL), None) is None:  # browsers set stretched brackets too far apart
            for bracket in each.xpath("mo[@form]"):
                bracket.set("stretchy", "false")
    _level(root)
    for each in root.iter("msup", "msubsup"):
        if each[0].tag == "mover" and each[0][0].text in LOW:  # or it would stand above the accent
            lowered = etree.Element("mpadded", height=".48em")
            each[0].addprevious(lowered)
            lowered.append(each[1])
    _space(root, display=display or root.get("displaystyle") == "true", script=False)
    _part(root)
    for each in root.iter("mo"):
        if each.text in ("(", ")", "[", "]", "{", "}"):
            each.attrib.pop("form", None)  # browsers know which opens
    if in_line(root) != made:
        raise SetAmiss(
            f"{tex} would be shown as {in_line(root)}, and says {made}: derivations/publish/mathml.py changes more than space"
        )
    root.set("alttext", tex)
    return etree.tostring(root, encoding="unicode", method="html")


def _strip(element: Element) -> None:
    """Leave away styles, and attributes that browsers know by themselves or that are set anew."""
    kept = {name: value for name, value in element.items() if name in KEPT}
    if element.tag == "mo" and element.get("fence"):
        kept["form"] = element.get("form", "prefix" if element.getprevious() is None else "postfix")
    if element.tag == "mo" and "math-depth" in element.get("style", ""):
        kept["class"] = "accent"
    if element.tag == "mtd":
        kept["class"] = element.get("class", "")
    if kept.get("stretchy") == "true" or (element.text in BINARY if element.tag == "mo" and element.text else False):
        kept.pop("stretchy", None)
    element.attrib.clear()
    element.attrib.update(kept)


def _stretches(row: Element) -> bool:
    """Whether something in a row is as high as the row."""
    return any(each.get("form") and not each.get("stretchy") for each in row)


def _level(element: Element) -> None:
    """Make one row of rows within rows, unless a bracket has to be as high as they are, and leave away what says nothing."""
    for child in list(element):
        _level(child)
    within = element.getparent()
    in_a_row = within is not None and within.tag in ROWS  # a fraction has two parts and no more
    for child in list(element):
        if (
            in_a_row
            and element.tag in SCRIPTED[:3]
            and child is element[0]
            and child.tag == "mrow"
            and not _stretches(child)
        ):
            for inner in child[:-1]:  # an exponent stands beside the bracket before it
                element.addprevious(inner)
    for child in list(element):
        if child.tag == "mo" and not child.text or (child.tag == "mspace" and _beside_a_name(child)):
            element.remove(child)
        elif (
            child.tag in ("mrow", "mpadded", "mstyle")
            and not _stretches(child)
            and (element.tag in ROWS or len(child) == 1)
        ):
            if style := child.get("displaystyle"):
                element.set("displaystyle", style)
            for inner in reversed(child):
                child.addnext(inner)
            element.remove(child)
        elif child.tag == "mn" and "," in (child.text or "") and element.tag in ROWS:
            for place, number in enumerate((child.text or "").split(",")):  # numbers that stand in a list
                for tag, text in [("mo", ","), ("mn", number)][not place :]:
                    made = etree.Element(tag)
                    made.text = text
                    child.addprevious(made)
            element.remove(child)


def _beside_a_name(space: Element) -> bool:
    """Whether it is space that Temml puts around a function's name, and dots."""
    near = [each for each in (space.getprevious(), space.getnext()) if each is not None]
    return any(each.text in (APPLIED, *DOTS) or _kinds(each)[0] == "op" for each in near)


def _operator(element: Element) -> Element | None:
    """The operator that an element is, with what may hang on it."""
    if element.tag in SCRIPTED:
        return _operator(element[0])
    return element if element.tag == "mo" else None


def _kinds(element: Element) -> tuple[str, str]:
    """What an element is to its neighbours on the left and on the right."""
    after = element.getnext()
    if after is not None and after.text == APPLIED:
        return "op", "op"
    if element.tag in SCRIPTED:
        return _kinds(element[0])
    if element.tag == "mrow" and element.find("mfrac[@linethickness]") is None:  # a binomial coefficient is one sign
        return _kinds(element[0])[0], _kinds(element[-1])[1]
    kind = _kind(element) if element.tag == "mo" or element.text in (*DOTS,) else "ord"
    return kind, kind


def _kind(operator: Element) -> str:
    text, form = operator.text or "", operator.get("form")
    if form and text not in BINARY:
        return "close" if form == "postfix" else "open"
    kinds = {"op": APPLIED + LARGE, "bin": BINARY, "rel": RELATION, "punct": ",;", "dots": DOTS}
    return next((kind for kind, signs in kinds.items() if text in signs), "ord")


def _space(element: Element, *, display: bool, script: bool) -> None:
    """Put between the signs of every row what TeX would put there. `script`: they are small, and stand closer."""
    if element.tag == "mfrac":
        display, script = False, script or not display
    for place, child in enumerate(element):
        small = element.tag in SCRIPTED and place > 0
        _space(child, display=display and not small, script=script or small)
    if element.tag in ROWS:
        _space_row(element, script)


def _space_row(row: Element, script: bool) -> None:
    signs = [each for each in row if each.tag != "mspace"]
    operators = [_operator(each) for each in signs]
    kinds = [_kinds(each) for each in signs]
    before = "ord" if row.tag == "mtd" and row.getprevious() is not None else "open"  # what is aligned at a relation
    for place, operator in enumerate(operators):
        left = kinds[place - 1][1] if place else before
        if operator is not None and kinds[place][0] == "bin" and left not in ("ord", "close"):
            kinds[place] = "ord", "ord"  # it belongs to what follows
            operator.set("form", "prefix")
    given = [[0, 0] for _ in signs]
    for place, sign in enumerate(signs):
        left = kinds[place - 1][1] if place else before
        gap = SPACE.get(left, {}).get(kinds[place][0], 0)
        if sign.text == APPLIED or (script and (gap != THIN or left == "punct")):
            continue
        bears = place > 0 and operators[place - 1] is not None
        if bears and (left in ("bin", "rel", "punct") or operators[place] is None):
            given[place - 1][1] = gap
        elif operators[place] is not None:
            given[place][0] = gap
        elif gap:
            sign.addprevious(etree.Element("mspace", width=_em(gap)))
    for operator, (kind, _), wanted in zip(operators, kinds, given, strict=True):
        if operator is not None:
            for name, width, usual in zip(("lspace", "rspace"), wanted, _own(operator, kind), strict=True):
                if width != usual:
                    operator.set(name, _em(width))


def _own(operator: Element, kind: str) -> tuple[int, int]:
    """What browsers put on the left and on the right of an operator that is not told otherwise."""
    text = operator.text or ""
    if text == APPLIED or operator.get("form"):
        return 0, 0
    return OWN.get("large" if text in LARGE else kind, (THICK, THICK))


def _em(eighteenths: int) -> str:
    return f"{eighteenths / 18:.3f}em".lstrip("0") if eighteenths else "0"


def _part(math: Element) -> None:
    """Part a long formula where it may go on in the next line: before its relations, and between them before the signs of the outermost sum, else product."""
    if _signs([math]) < LONG:
        return
    parts = _cut(list(math), lambda each, depth: depth == 0 and _kinds(each)[0] == "rel")
    pieces = [_terms(part) if _signs(part) >= LONG else [part] for part in parts]
    if len(parts) == 1:
        parts, pieces = pieces[0], [[part] for part in pieces[0]]
    if len(parts) > 1:
        math.set("class", "parts")
        for terms in pieces:
            row = math if len(terms) == 1 else etree.SubElement(math, "mrow", {"class": "parts"})
            for term in terms:
                first, (kind, _) = _operator(term[0]), _kinds(term[0])
                etree.SubElement(row, "mrow").extend(term)
                if first is not None and kind in ("bin", "rel") and not first.get("form"):
                    first.set("form", "infix")  # although it is the first of its row


def _signs(row: Iterable[Element]) -> int:
    return sum(1 for each in row for _ in each.iter("mi", "mn", "mo", "mtext"))


def _terms(part: list[Element]) -> list[list[Element]]:
    """The terms of the outermost sum of a part, which may stand in the bracket that ends it; of a product its factors."""
    within = 1 if part[-1].tag == "mo" and part[-1].text == "]" else 0
    for at, signs in ((0, "-+−±"), (within, "-+−±"), (0, BINARY)):
        found = _cut(part, partial(_is_sign, at, signs))
        if len(found) > 1:
            return found
    return [part]


def _is_sign(at: int, signs: str, element: Element, depth: int) -> bool:
    return depth == at and element.tag == "mo" and (element.text or " ") in signs


def _cut(row: list[Element], before: Callable[[Element, int], bool]) -> list[list[Element]]:
    """A row in pieces, each but the first beginning with an operator. `before`: whether at an element, so deep in brackets, one begins."""
    pieces: list[list[Element]] = [[]]
    depth = 0
    for each in row:
        left, right = _kinds(each)
        depth -= left == "close"
        operator = _operator(each)
        if operator is not None and operator.get("form") != "prefix" and pieces[-1] and before(each, depth):
            pieces.append([])
        pieces[-1].append(each)
        depth += right == "open"
    return pieces
