"""Wrong variants are made in every way, refuted by each checker alone, and those that are true are recognised."""

from __future__ import annotations

from derivations.engine.kernel.statements import Context, Definition, Line, Part, Range, Statement
from derivations.engine.kernel.terms import ONE, ZERO, Term, num, sym
from derivations.engine.variants import Totals, put_to_the_test, spoilt, variants
from tests.engine.trees import COIN, COUNT, LABEL, UNIT, app, log, other, over, plus, ratio, slope, times, to_the, total

p, q, n, N = map(sym, ["p", "q", "n", "N"])
INSIDE = Context({"p": UNIT}, names={"L": Definition(("p",), COIN)})
SCORE = slope(log(app("L", p)), "p")
SOLVED = plus(over(num(8), p), ("neg", over(num(2), other(p))))
PROOF = (Line("=", over(plus(num(8), ("neg", times(num(10), p))), times(p, other(p)))), Line("=", SOLVED))
STATEMENT = Statement(INSIDE, (SCORE, SOLVED), ("=",))


def refuses(statement: Statement, lines: tuple[Line, ...]) -> bool:
    """A kernel that accepts the proof as it is, and nothing else."""
    return statement == STATEMENT and lines == PROOF


def kinds(term: Term, context: Context = INSIDE) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for kind, changed in spoilt(term, context):
        found.setdefault(kind, []).append(changed)
    return found


def test_variants_every_kind_of_slip_is_made() -> None:
    context = Context(
        {"p": UNIT, "q": UNIT, "N": COUNT}, {"f": UNIT, "g": UNIT}, {"H": Definition(("p", "q"), plus(p, q))}
    )
    assert ("neg", p) in kinds(p, context)["sign"]
    assert plus(p, q) in kinds(plus(p, ("neg", q)), context)["sign"]
    assert to_the(p, 3) in kinds(to_the(p, 2), context)["exponent"]
    assert times(num(3), p) in kinds(times(num(2), p), context)["coefficient"]
    assert ("dec", 358, 3) in kinds(("dec", 357, 3), context)["coefficient"]
    assert q in kinds(p, context)["swapped symbols"]
    assert other(p) in kinds(p, context)["swapped symbols"]
    assert app("g", ONE) in kinds(app("f", ONE), context)["swapped symbols"]
    assert p in kinds(plus(p, num(2)), context)["term dropped"]
    assert num(2) in kinds(times(p, num(2)), context)["factor dropped"]
    assert p in kinds(over(p, q), context)["factor dropped"]
    assert ("set", ONE) in kinds(("set", ONE, ZERO), context)["member dropped"]
    assert ("prod", "n", p, ONE, N) in kinds(total(p, "n", ONE, N), context)["sum and product"]
    assert total(p, "n", ONE, plus(N, ("neg", ONE))) in kinds(total(p, "n", ONE, N), context)["end one off"]
    assert app("H", num(2), p) in kinds(app("H", p, num(2)), context)["swapped arguments"]
    assert over(num(2), p) in kinds(over(p, num(2)), context)["swapped arguments"]


def test_variants_no_two_are_alike_and_none_is_the_term_itself() -> None:
    made = [term for _, term in spoilt(SOLVED, INSIDE)]
    assert SOLVED not in made and len(made) == len(set(made)) > 10


def test_variants_each_checker_refutes_every_wrong_one_alone() -> None:
    totals = put_to_the_test(STATEMENT, PROOF, refuses)
    assert totals.wrong == totals.by_witness == totals.by_kernel > 20
    assert totals.survived == ()
    assert totals.made == totals.wrong + totals.equal + len(totals.unrefuted)


def test_variants_a_kernel_that_accepts_everything_is_found_out() -> None:
    totals = put_to_the_test(STATEMENT, PROOF, lambda statement, lines: True)
    assert totals.by_kernel == 0 and totals.by_witness > 20
    assert len(totals.survived) == totals.wrong and all("kernel" in said for said in totals.survived)


def test_variants_lines_are_spoilt_and_the_statement_left() -> None:
    touched = [v for v in variants(STATEMENT, PROOF) if v.statement == STATEMENT]
    assert touched and all(v.lines[0] != PROOF[0] and v.lines[1] == PROOF[1] for v in touched)
    ends = [v for v in variants(STATEMENT, PROOF) if v.statement.terms[1] != SOLVED]
    assert ends and all(v.lines[1].term == v.statement.terms[1] for v in ends)


def test_variants_equal_by_chance_are_recognised_exactly() -> None:
    """(1 - p) - p for p - (1 - p), squared: the same number."""
    square = to_the(plus(p, ("neg", other(p))), 2)
    statement = Statement(Context({"p": UNIT}), (square, plus(ONE, ("neg", times(num(4), p, other(p))))), ("=",))
    totals = put_to_the_test(statement, (), lambda statement, lines: False)
    assert totals.equal >= 2 and totals.survived == () and totals.unrefuted == ()


def test_variants_true_ones_that_this_proof_does_not_prove_are_told_apart() -> None:
    """The derivative of a constant, whatever the constant: log 45 turned to -log 45."""
    statement = Statement(Context({"p": UNIT}), (slope(plus(log(num(45)), log(p)), "p"), over(ONE, p)), ("=",))
    totals = put_to_the_test(statement, (), lambda statement, lines: False)
    assert any("-log(45)" in said for said in totals.unrefuted)
    assert totals.by_witness == totals.wrong and totals.survived == ()


def test_variants_relations_are_turned() -> None:
    statement = Statement(Context({"p": UNIT}), (times(p, other(p)), ratio(1, 4)), ("<=",))
    turned = [v for v in variants(statement) if v.kind == "relation turned"]
    assert [v.statement.relations for v in turned] == [(">",)]
    assert put_to_the_test(statement, (), lambda statement, lines: False).by_witness > 3


def test_variants_of_what_is_asked_are_not_made() -> None:
    assert list(variants(Statement(INSIDE, (SCORE, ZERO), ("=!",)))) == []


def test_variants_of_maximisers_roots_labels_and_digits_are_refuted() -> None:
    coin = Context(names=INSIDE.names)
    largest = ("argmax", "p", app("L", p), ZERO, ONE, "[]")
    labels = Context({"N": COUNT}, {"f": UNIT, "y": LABEL})
    f, y = app("f", n), app("y", n)
    likelihood = ("prod", "n", times(to_the(f, y), to_the(other(f), other(y))), ONE, N)
    loss = total(plus(times(y, log(f)), times(other(y), log(other(f)))), "n", ONE, N)
    totals = Totals()
    for context, terms, relations in (
        (coin, (largest, ratio(8, 10), ("dec", 8, 1)), ("=", "=")),
        (coin, (("roots", "p", slope(app("L", p), "p"), ZERO, ONE, "[]"), ("set", ZERO, ratio(8, 10), ONE)), ("=",)),
        (labels, (log(likelihood), loss), ("=",)),
        (coin, (log(("dec", 7, 1)), ("neg", ("dec", 357, 3))), ("≈",)),
    ):
        totals += put_to_the_test(Statement(context, terms, relations), (), lambda statement, lines: False)
    assert totals.wrong == totals.by_witness > 50 and totals.survived == ()


def test_variants_solved_equations_are_refuted_at_the_solution() -> None:
    steps = (
        ("eq", times(num(8), other(p)), times(num(2), p)),
        ("eq", times(num(10), p), num(8)),
        ("eq", p, ratio(8, 10)),
    )
    statement = Statement(INSIDE, (("eq", SCORE, ZERO), steps[-1]), ("<=>",))
    totals = put_to_the_test(statement, tuple(Line("<=>", step) for step in steps), lambda statement, lines: False)
    assert totals.by_witness == totals.wrong > 15


def test_variants_of_equations_within_roots_are_refuted_at_the_roots() -> None:
    body = slope(app("L", p), "p")
    factored = times(num(90), to_the(p, 7), other(p), plus(num(4), ("neg", times(num(5), p))))
    part = Part(("eq", body, ZERO), (Line("<=>", ("eq", factored, ZERO)),))
    line = Line("=", ("set", ZERO, ratio(8, 10), ONE), parts=(part,))
    statement = Statement(Context(names=INSIDE.names), (("roots", "p", body, ZERO, ONE, "[]"), line.term), ("=",))
    totals = put_to_the_test(statement, (line,), lambda statement, lines: False)
    assert totals.survived == () and totals.by_witness == totals.wrong
    assert (
        sum("<=>" in said for said in totals.unrefuted) <= 3
    )  # another factor in front, another power of p: the same roots


def test_variants_of_lines_within_parts() -> None:
    before = INSIDE.extended("p", Range(ZERO, ratio(8, 10)))
    line = Line("=", ratio(8, 10), parts=(Part(SCORE, (Line("=", SOLVED), Line(">", ZERO))),))
    statement = Statement(
        Context(names=INSIDE.names), (("argmax", "p", app("L", p), ZERO, ONE, "[]"), ratio(8, 10)), ("=",)
    )
    inner = [v for v in variants(statement, (line,), lambda context, now, line, number: before) if v.context is before]
    assert inner and all(v.lines[0].parts[0].first == SCORE and v.lines != (line,) for v in inner)
    assert "relation turned" in {v.kind for v in inner}
    assert (
        put_to_the_test(statement, (line,), lambda s, ls: False, lambda context, now, line, number: before).survived
        == ()
    )
