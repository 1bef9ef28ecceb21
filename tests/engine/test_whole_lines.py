"""Each law about a whole line, given to the kernel by hand: rightly once, and wrongly in the ways that it could be. Nothing is found here, so that nothing else can refuse."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from derivations.engine import CLOSED_UNIT, COUNT, LABEL, NATURAL, POSITIVE, REAL, UNIT, Derivation
from derivations.engine.kernel.check import WHOLE_LINE, Theorem, check_definition, prove
from derivations.engine.kernel.definedness import regular
from derivations.engine.kernel.domains import Evaluation
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Part, Range, Refused, Statement
from derivations.engine.kernel.terms import ZERO, Term, num, put, sym

RANGES = {"p": UNIT, "q": CLOSED_UNIT, "x": REAL, "z": REAL, "u": POSITIVE, "n": COUNT, "m": NATURAL, "y": LABEL}
POINT: dict[str, object] = dict.fromkeys(["q", "x", "z", "m", "y", "lines.c"], Fraction(0))
POINT |= dict.fromkeys(["u", "n", "lines.b"], Fraction(1)) | dict.fromkeys(["p", "lines.a"], Fraction(4, 5))

SCOPE = Derivation("lines", source="mle/1")
for _letter, _over in RANGES.items():
    SCOPE.quantity(_letter, _over)
SCOPE.family("a", UNIT, "a_{0}")
SCOPE.family("b", POSITIVE, "b_{0}")
SCOPE.family("c", CLOSED_UNIT, "c_{0}")


def read(text: str) -> Term:
    if "==" in text:
        return ("eq", *map(read, text.split(" == ")))
    return SCOPE.scope.read(text)


def line(
    text: str, *laws: str, by: str | Term | None = None, parts: tuple[Part, ...] = (), cites: tuple[str, ...] = ()
) -> Line:
    relation, _, term = text.partition(" ")
    return Line(relation, read(term), laws, cites, read(by) if isinstance(by, str) else by, parts)


def part(first: str, *lines: Line) -> Part:
    return Part(read(first), lines)


def proved(
    first: str, *lines: Line, premises: tuple[Hypothesis, ...] = (), library: dict[str, Theorem] | None = None
) -> Theorem:
    """The statement that the last line makes about the first, if the kernel accepts it."""
    context = Context(RANGES, SCOPE.families, {}, premises)
    return prove(Statement(context, (read(first), lines[-1].term), (lines[-1].relation,), POINT), lines, library or {})


UP = line("= 1 - 2*p", "derivative-product", "derivative-linear")
RISES, FALLS = part("d(p*(1 - p), p)", UP, line("> 0", "sign")), part("d(p*(1 - p), p)", UP, line("< 0", "sign"))
HILL = "argmax(p*(1 - p), p, 0, 1)"
SLOPE_ONE = part("d(p, p)", line("= 1", "derivative-linear"), line("> 0", "sign"))
SLOPE_LESS = part("d(-p, p)", line("= -1", "derivative-linear"), line("< 0", "sign"))
NONE = ("set",)
EQUATION = "4 - 5*p == 0"
SOLVED = part(EQUATION, line("<=> 5*p == 4", "collect"), line("<=> p == 4/5", "multiply", by="1/5"))
PRODUCT = part("p*(4 - 5*p) == 0", line("<=> 5*p*(4/5 - p) == 0", "collect"))
BASE = part("sum(i, i, 1, 1)", line("= 1", "write-out"), line("= 1*(1 + 1)/2", "collect"))
STEP = part(
    "sum(i, i, 1, n + 1)",
    line("= sum(i, i, 1, n) + (n + 1)", "split-last"),
    line("= n*(n + 1)/2 + (n + 1)", "hypothesis"),
    Line("=", put(read("n*(n + 1)/2"), {"n": read("n + 1")}), ("collect",)),
)
ROOM = ("tuple", sym("z"), ZERO)
ABOVE = part("max(z, 0)", line("= z", "by-sign"), line("= (z + abs(z))/2", "by-sign"))
BELOW = part("max(z, 0)", line("= 0", "by-sign"), line("= (z + abs(z))/2", "by-sign"))


def gap(place: str) -> Part:
    found = f"(p - {place})**2"
    return part(f"-({place} - {place})**2 - -(p - {place})**2", line(f"= {found}", "collect"))


def located(relation: str, shown: Term, *parts: Part) -> Line:
    return Line(relation, ("set", shown), ("root-rounding",), (), None, parts)


ROOT, BELOW_ROOT = "roots(exp(p) - 2, p, 0, 1)", "roots(2 - exp(p), p, 0, 1)"
GROWS = part("d(exp(p) - 2, p)", line("= exp(p)", "derivative-exp", "derivative-linear"), line("> 0", "sign"))
LOCATED = located("≈", ("dec", 693, 3), GROWS)


RIGHT = {
    "collect": ("(p + 1)**2", line("= p**2 + 2*p + 1", "collect")),
    "sign": ("p*(1 - p)", line("> 0", "sign")),
    "tangent": ("log(u)", line("<= u - 1", "tangent")),
    "below-one": ("prod(a(i), i, 1, n)", line("< 1", "below-one")),
    "rises-falls": (HILL, line("= 1/2", "rises-falls", parts=(RISES, FALLS))),
    "rises": ('argmax(p, p, 0, 1, "[]")', line("= 1", "rises", parts=(SLOPE_ONE,))),
    "falls": ('argmax(-p, p, 0, 1, "[]")', line("= 0", "falls", parts=(SLOPE_LESS,))),
    "gap": ('argmax(-(p - 1/3)**2, p, 0, 1, "[]")', line("= 1/3", "gap", parts=(gap("1/3"),))),
    "solve": ("roots(4 - 5*p, p, 0, 1)", line("= {4/5}", "solve", parts=(SOLVED,))),
    "zero-product": ('roots(p*(4 - 5*p), p, 0, 1, "[]")', line("= {0, 4/5}", "zero-product", parts=(PRODUCT,))),
    "never-zero": ("roots(p, p, 0, 1)", Line("=", NONE, ("never-zero",), (), None, (part("p", line("> 0", "sign")),))),
    "cases": ("max(z, 0)", line("= (z + abs(z))/2", "cases", by=ROOM, parts=(ABOVE, BELOW))),
    "induction": ("sum(i, i, 1, n)", line("= n*(n + 1)/2", "induction", by="n", parts=(BASE, STEP))),
    "rounding": ("log(2)", Line("≈", ("dec", 693, 3), ("rounding",))),
    "root-rounding": (ROOT, LOCATED),
    "digits": ("log(2)", line("< 7/10", "digits")),
}

WRONG = [
    ("collect", "(p + 1)**2", line("= p**2 + 1", "collect")),
    ("collect", "p", line("< 1", "collect")),
    ("sign", "p - 1/2", line("> 0", "sign")), ("sign", "q", line("> 0", "sign")), ("sign", "1 - q", line("> 0", "sign")),
    ("sign", "p", line("< 0", "sign")), ("sign", "m", line("> 0", "sign")), ("sign", "x**2", line("> 0", "sign")),
    ("sign", "p", line("= 0", "sign")), ("sign", "c(1)", line("> 0", "sign")), ("sign", "x*z", line(">= 0", "sign")),
    ("tangent", "log(u)", line("<= u", "tangent")), ("tangent", "log(u)", line(">= u - 1", "tangent")),
    ("tangent", "-log(u)", line("<= 1 - u", "tangent")), ("tangent", "x*log(u)", line("<= x*(u - 1)", "tangent")),
    ("tangent", "u", line("<= u - 1", "tangent")), ("tangent", "log(u)", line("< u - 1", "tangent")),
    ("tangent", "exp(log(u))", line("<= exp(u - 1)", "tangent")),
    ("below-one", "prod(a(i), i, 1, m)", line("< 1", "below-one")), ("below-one", "prod(b(i), i, 1, n)", line("< 1", "below-one")),
    ("below-one", "prod(c(i), i, 1, n)", line("< 1", "below-one")), ("below-one", "p**m", line("< 1", "below-one")),
    ("below-one", "prod(a(i), i, 1, n)", line("< 1/2", "below-one")), ("below-one", "prod(a(i), i, 1, n)", line("> 1", "below-one")),
    ("below-one", "(2*p)**n", line("< 1", "below-one")), ("below-one", "q**n", line("< 1", "below-one")),
    ("rises-falls", HILL, line("= 1/3", "rises-falls", parts=(RISES, FALLS))), ("rises-falls", HILL, line("= 2/3", "rises-falls", parts=(RISES, FALLS))),
    ("rises-falls", HILL, line("= 1/2", "rises-falls", parts=(FALLS, RISES))), ("rises-falls", HILL, line("= 1/2", "rises-falls", parts=(RISES,))),
    ("rises-falls", HILL.replace("max", "min"), line("= 1/2", "rises-falls", parts=(RISES, FALLS))), ("rises-falls", HILL, line("= 1", "rises-falls", parts=(RISES, FALLS))),
    ("rises-falls", "argmax(p*(1 - p)/2, p, 0, 1)", line("= 1/2", "rises-falls", parts=(RISES, FALLS))),
    ("rises", 'argmax(p, p, 0, 1, "[]")', line("= 0", "rises", parts=(SLOPE_ONE,))), ("rises", 'argmax(p, p, 0, 1, "()")', line("= 1", "rises", parts=(SLOPE_ONE,))),
    ("rises", 'argmin(p, p, 0, 1, "[]")', line("= 1", "rises", parts=(SLOPE_ONE,))), ("rises", 'argmax(p, p, 0, 1, "[]")', line("= 1", "rises")),
    ("rises", 'argmax(-p, p, 0, 1, "[]")', line("= 1", "rises", parts=(SLOPE_LESS,))), ("rises", 'argmax(p, p, 0, 1, "[]")', Line("=", NONE, ("rises",), (), None, (SLOPE_ONE,))),
    ("falls", 'argmax(-p, p, 0, 1, "[]")', line("= 1", "falls", parts=(SLOPE_LESS,))), ("falls", 'argmax(p, p, 0, 1, "[]")', line("= 0", "falls", parts=(SLOPE_ONE,))),
    ("gap", 'argmax(-(p - 1/3)**2, p, 0, 1, "[]")', line("= 1/2", "gap", parts=(gap("1/2"),))), ("gap", 'argmin(-(p - 1/3)**2, p, 0, 1, "[]")', line("= 1/3", "gap", parts=(gap("1/3"),))),
    ("gap", "argmax(-(p - 3)**2, p, 0, 1)", line("= 3", "gap", parts=(gap("3"),))), ("gap", 'argmax(-(p - 1/3)**2, p, 0, 1, "[]")', line("= 1/3", "gap")),
    ("gap", 'argmax(-(p - p)**2, p, 0, 1, "[]")', line("= p", "gap", parts=(gap("p"),))), ("gap", "argmax(0*p, p, 0, 1)", line("= 1/2", "gap", parts=(part("0*(1/2) - 0*p", line("= 0", "collect")),))),
    ("solve", "roots(4 - 5*p, p, 0, 1)", line("= {3/5}", "solve", parts=(SOLVED,))), ("solve", "roots(4 - 5*p, p, 0, 1)", line("= {4/5, 1/2}", "solve", parts=(SOLVED,))),
    ("solve", "roots(4 - 5*p, p, 0, 1)", Line("=", NONE, ("solve",), (), None, (SOLVED,))), ("solve", "roots(4 - 5*p, p, 0, 1/2)", line("= {4/5}", "solve", parts=(SOLVED,))),
    ("solve", "roots(4 - 5*p, p, 0, 1)", line("= {4/5}", "solve", parts=(part("4 - 6*p == 0", *SOLVED.lines),))),
    ("solve", "roots(4 - 5*p, p, 0, 1)", line("= {3/5}", "solve", parts=(part(EQUATION, line("<=> 3 - 5*p == 0", "power-one"), line("<=> 5*p == 3", "collect"), line("<=> p == 3/5", "multiply", by="1/5")),))),
    ("solve", "roots(2 - 5*p, p, 0, 1)", line("= {4/5}", "solve", parts=(part("2 - 5*p == 0", line("<=> 4 - 5*p == 0", "power-one"), *SOLVED.lines),))),
    ("solve", "roots(p*(4 - 5*p), p, 0, 1, \"[]\")", line("= {4/5}", "solve", parts=(part("p*(4 - 5*p) == 0", line("<=> 4 - 5*p == 0", "multiply", by="1/p"), *SOLVED.lines),))),
    ("zero-product", "roots(p - 1/2, p, 0, 1)", line("= {1/2, 1/3}", "zero-product", parts=(part("p - 1/2 == 0", line("<=> (p - 1/2)*(p - 1/3) == 0", "multiply", by="p - 1/3")),))),
    ("solve", "roots(p*(4 - 5*p), p, 0, 1, \"[]\")", line("= {0, 4/5}", "solve", parts=(PRODUCT,))), ("zero-product", "roots(4 - 5*p, p, 0, 1)", line("= {4/5}", "zero-product", parts=(SOLVED,))),
    ("zero-product", "roots(p*(4 - 5*p), p, 0, 1, \"[]\")", line("= {4/5}", "zero-product", parts=(PRODUCT,))), ("zero-product", "roots(p*(4 - 5*p), p, 0, 1)", line("= {0, 4/5}", "zero-product", parts=(PRODUCT,))),
    ("zero-product", "roots(p*(4 - 5*p), p, 0, 1, \"[]\")", line("= {0, 4/5, 1}", "zero-product", parts=(PRODUCT,))), ("zero-product", "roots(p**2 - 1/4, p, 0, 1)", line("= {1/2}", "zero-product", parts=(part("p**2 - 1/4 == 0", line("<=> p**2 - 1/4 == 0", "collect")),))),
    ("solve", "roots(p**2 - 1/4, p, 0, 1)", line("= {1/2}", "solve", parts=(part("p**2 - 1/4 == 0", line("<=> p**2 == 1/4", "collect")),))),
    ("never-zero", "roots(q, q, 0, 1, \"[]\")", Line("=", NONE, ("never-zero",), (), None, (part("q", line(">= 0", "sign")),))),
    ("never-zero", "roots(p, p, 0, 1)", Line("=", NONE, ("never-zero",), (), None, (part("p + 1", line("> 0", "sign")),))), ("never-zero", "roots(p, p, 0, 1)", Line("=", NONE, ("never-zero",))),
    ("cases", "max(z, 0)", line("= (z + abs(z))/2", "cases", by=ROOM, parts=(ABOVE,))), ("cases", "max(z, 0)", line("= (z + abs(z))/2", "cases", by=ROOM, parts=(BELOW, ABOVE))),
    ("cases", "y**2", line("= y", "cases", by="y", parts=(part("0**2", line("= 0", "collect")),))), ("cases", "x**2", line("= x", "cases", by="x", parts=(part("0**2", line("= 0", "collect")), part("1**2", line("= 1", "collect"))))),
    ("cases", "y**2", line("= 0", "cases", by="y", parts=(part("0**2", line("= 0", "collect")), part("0**2", line("= 0", "collect"))))),
    ("cases", "max(z, 0)", line("= (z + abs(z))/2", "cases", by=("tuple", sym("z"), sym("x")), parts=(ABOVE, BELOW))),
    ("induction", "sum(i, i, 1, n)", line("= n*(n + 1)/2", "induction", by="n", parts=(STEP,))), ("induction", "sum(i, i, 1, n)", line("= n*(n + 1)/2", "induction", by="n", parts=(STEP, BASE))),
    ("induction", "sum(i, i, 1, n)", line("= n*(n + 1)/2 + 1", "induction", by="n", parts=(BASE, STEP))), ("induction", "sum(i, i, 1, n)", line("= n*(n + 1)/2", "induction", parts=(BASE, STEP))),
    ("induction", "sum(i, i, 1, n)", line("= n*(n + 1)/2", "induction", by="u", parts=(BASE, STEP))), ("induction", "sum(i, i, 1, n)", line(">= n*(n + 1)/2", "induction", by="n", parts=(BASE, STEP))),
    ("root-rounding", ROOT, located("≈", ("dec", 694, 3), GROWS)), ("root-rounding", ROOT, located("≈", ("dec", 692, 3), GROWS)), ("root-rounding", ROOT, located("=", ("dec", 693, 3), GROWS)),
    ("root-rounding", ROOT, located("≈", ("dec", 693, 3))), ("root-rounding", ROOT, located("≈", ("dec", 693, 3), GROWS, GROWS)), ("root-rounding", ROOT, located("≈", ("/", num(693), num(1000)), GROWS)),
    ("root-rounding", BELOW_ROOT, LOCATED), ("root-rounding", "roots(exp(p) - 2, p, 7/10, 1)", LOCATED), ("root-rounding", "roots(exp(p) - 2, p, 0, 693/1000)", LOCATED),
    ("root-rounding", 'roots(exp(p) - 2, p, 0, 1, "[]")', LOCATED), ("root-rounding", "exp(p) - 2", LOCATED), ("root-rounding", "roots(exp(p) - x, p, 0, 1)", LOCATED),
    ("root-rounding", "roots(max(p - 1/2, 0) - 1/4, p, 0, 1)", located("≈", ("dec", 75, 2), GROWS)),
    ("root-rounding", "roots((p - 1/2)**2 - 1/16, p, 0, 1)", located("≈", ("dec", 75, 2), part("d((p - 1/2)**2 - 1/16, p)", line("= 2*(p - 1/2)", "derivative-power", "derivative-linear"), line("> 0", "sign")))),
    ("rounding", "log(2)", Line("≈", ("dec", 694, 3), ("rounding",))), ("rounding", "log(2)", Line("=", ("dec", 693, 3), ("rounding",))), ("rounding", "1/8", Line("≈", ("dec", 13, 2), ("rounding",))),
    ("rounding", "1/8", Line("≈", ("dec", 12, 2), ("rounding",))), ("rounding", "log(2)", Line("≈", num(1), ("rounding",))), ("rounding", "log(1/2)", Line("≈", ("dec", 693, 3), ("rounding",))),
    ("digits", "log(2)", line("> 7/10", "digits")), ("digits", "log(2)", line("< 69/100", "digits")), ("digits", "log(4)", line("< 2*log(2)", "digits")), ("digits", "p", line("< 2", "digits")),
    ("digits", "log(2)", line("<= 7/10", "digits")),
]  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_whole_line_says_what_is_right(name: str) -> None:
    first, said = RIGHT[name]
    assert proved(first, said).statement.terms == (read(first), said.term)


@pytest.mark.parametrize(
    ("name", "first", "said"), WRONG, ids=[f"{name} {at}" for at, (name, _, _) in enumerate(WRONG)]
)
def test_whole_line_is_refused_where_it_does_not_hold(name: str, first: str, said: Line) -> None:
    assert name in said.laws
    with pytest.raises(Refused):
        proved(first, said)


def test_only_root_needs_the_premise_and_the_only_root() -> None:
    roots = proved("roots(4 - 5*p, p, 0, 1)", RIGHT["solve"][1])
    supposed = (Hypothesis(read("4 - 5*p"), "=", ZERO),)
    own: dict[str, Any] = {"premises": supposed, "library": {"roots": roots}}
    proved("p", line("= 4/5", "only-root", cites=("roots",)), **own)
    for text in ("= 3/5", "= 1"):
        with pytest.raises(Refused):
            proved("p", line(text, "only-root", cites=("roots",)), **own)
    with pytest.raises(Refused):
        proved("p", line("= 4/5", "only-root", cites=("roots",)), library=own["library"])
    with pytest.raises(Refused):
        proved("q", line("= 4/5", "only-root", cites=("roots",)), **own)


def touching(
    first: str, said: str, gap: str = "a(i)*(b(i)/a(i) - 1 - log(b(i)/a(i)))", collected: str = "b(i) - a(i) - a(i)*log(b(i)/a(i))",
    supposed: str = "", last: str = "m + 1",
) -> Theorem:  # fmt: skip
    """The first is said to be another, since a sum of gaps between tangents and logarithms, otherwise written, is supposed to be 0."""
    total, gaps = (read(f"sum({each}, i, 1, {last})") for each in (collected, gap))
    point = {**POINT, "lines.a": Fraction(1, 2), "lines.b": Fraction(1, 2), "lines.c": Fraction(1)}
    context = Context(RANGES, SCOPE.families)
    cited = prove(Statement(context, (total, gaps), ("=",), point), (Line("=", gaps, ("collect",)),), {})
    within = replace(context, hypotheses=(Hypothesis(read(supposed) if supposed else total, "=", ZERO),))
    stated = Statement(within, (read(first), read(said)), ("=",), point)
    return prove(stated, (Line("=", read(said), ("touches",), ("gaps",)),), {"gaps": cited})


def test_touching_needs_gaps_of_positive_weight_that_are_supposed_to_add_up_to_zero() -> None:
    for first, said in (("b(1)", "a(1)"), ("b(m + 1)", "a(m + 1)")):
        assert touching(first, said).statement.terms == (read(first), read(said))
    assert touching("b(1)", "a(1)", "b(i)/a(i) - 1 - log(b(i)/a(i))", "-log(b(i)/a(i)) - 1 + b(i)/a(i)")
    wrong: list[tuple[Any, ...]] = [
        ("b(m + 2)", "a(m + 2)"), ("b(m)", "a(m)"), ("b(1)", "2*a(1)"), ("b(1)", "a(2)"), ("a(1)", "b(1)"),
        ("b(1)", "a(1)", "c(i)*(b(i)/a(i) - 1 - log(b(i)/a(i)))", "c(i)*(b(i)/a(i) - 1) - c(i)*log(b(i)/a(i))"),
        ("b(1)", "a(1)", "-a(i)*(b(i)/a(i) - 1 - log(b(i)/a(i)))", "a(i)*log(b(i)/a(i)) - b(i) + a(i)"),
        ("b(1)", "a(1)", "a(i)*(b(i)/a(i) - 1 - 2*log(b(i)/a(i)))", "b(i) - a(i) - 2*a(i)*log(b(i)/a(i))"),
        ("b(1)", "a(1)", "a(i)*(b(i)/a(i) - 1 - log(b(i)/a(i)))", "b(i) - a(i) - a(i)*log(b(i)/a(i))", "sum(b(i) - a(i), i, 1, m + 1)"),
        ("b(1)", "a(1)", "a(i)*(b(i)/a(i) - 1 - log(b(i)/a(i)))", "b(i) - a(i) - a(i)*log(b(i)/a(i))", "", "m"),
    ]  # fmt: skip
    for each in wrong:
        with pytest.raises(Refused, match="no sum of"):
            touching(*each)


def test_every_whole_line_law_is_misused_here() -> None:
    cited = {"only-root", "touches"}
    assert {name for name, _, _ in WRONG} | cited == set(RIGHT) | cited == set(WHOLE_LINE)


@pytest.mark.parametrize("definition", [
    Definition(("x",), read("x + z")), Definition(("x",), ("app", "lines.unknown", sym("x"))), Definition(("x", "x"), read("x")),
    Definition(("x",), ("app", "lines.F", sym("x"))), Definition(("x",), read("1/x")), Definition(("x",), read("log(x)")),
])  # fmt: skip
def test_definition_of_what_is_unknown_or_undefined_is_refused(definition: Definition) -> None:
    with pytest.raises(Refused):
        check_definition("lines.F", definition, Context({"x": REAL}, SCOPE.families))


def test_definition_of_what_has_a_meaning_is_refused() -> None:
    double = Definition(("x",), read("2*x"))
    check_definition("lines.F", double, Context({"x": REAL}))
    for context in (Context({"x": REAL}, {}, {"lines.F": double}), Context({"x": REAL}, {"lines.F": REAL})):
        with pytest.raises(Refused):
            check_definition("lines.F", double, context)


def test_line_without_a_law_or_with_an_unknown_one_is_refused() -> None:
    for said in (line("= p"), line("= p", "magic"), line("= p", cites=("nothing",))):
        with pytest.raises(Refused):
            proved("p", said)


def test_value_of_a_name_at_a_fraction_is_that_of_its_meaning() -> None:
    context = Context({"p": UNIT}, {}, {"lines.f": Definition(("p",), read("p*(1 - p)"))})
    assert Evaluation(context, {"p": Fraction(4, 5)}).number(("app", "lines.f", sym("p"))) == Fraction(4, 25)


def test_every_entry_of_a_table_has_to_be_smooth() -> None:
    smooth, edged = (
        Definition(("p", "n"), ("table", 1, read("p"), read(second))) for second in ("p**2", "abs(p - 1/2)")
    )
    term = ("app", "lines.T", sym("p"), sym("n"))
    ranges = {"p": UNIT, "n": Range(num(1), num(2), True, True, whole=True)}
    regular(term, "p", Context(ranges, {}, {"lines.T": smooth}), smooth=True)
    with pytest.raises(Refused):
        regular(term, "p", Context(ranges, {}, {"lines.T": edged}), smooth=True)
