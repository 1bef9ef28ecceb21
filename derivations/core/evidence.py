"""What the catalogue shows beside an equation: the points of the second witness and the wrong variants that both checkers refuted.

An equation is tried again only when something that decides the outcome has changed: the equation, what its names stand for, the engine, or the version of Python, SymPy or
python-flint.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivations.core.notation import Text
from derivations.core.refuting import VariantSurvived, tried_variants
from derivations.core.witness import CLOSE, Witnessed, witness

if TYPE_CHECKING:
    from derivations.core.derivation import Derivation
    from derivations.core.equation import Equation

ENGINE = Path(__file__).parent
LIBRARIES = ("sympy", "python-flint")


def evidence_of(equation: Equation) -> dict[str, Any] | None:
    """The evidence for one equation, ready for JSON; None for a definition, which claims nothing.

    Raises:
        WitnessFailure: a point contradicts the equation, or none could be decided.
        VariantSurvived: a checker let a wrong variant pass.
    """
    found = witness(equation)
    if found is None or equation.verdict == "definition":
        return None
    counts = tried_variants(equation)
    if counts["survived"]:
        raise VariantSurvived(f"{equation.id}: {'; '.join(counts['survived'])}")
    wrong = counts["made"] - counts["equivalent"]
    words = _words(found, wrong, counts)
    return {
        "points": found.points,
        "decisive": found.decisive,
        "widest": _short(found.widest),
        "approached": found.approached,
        "variants": counts,
        "versions": {name: version(name) for name in LIBRARIES},
        "text": words.as_dict(),
    }


def _short(width: float) -> str:
    return "0" if width == 0 else f"{width:.1e}"


def _words(found: Witnessed, wrong: int, counts: Mapping[str, Any]) -> Text:
    """One sentence in each language. Evidence beside the proof: it never says that anything was proved by it."""
    by_proof, by_enclosure = counts["refuted_by_proof"], counts["refuted_by_enclosure"]
    width, points, decisive = _short(found.widest), found.points, found.decisive
    if found.approached:
        near = found.widest < CLOSE  # not so for a limit that is infinite
        zh = f"极限无法在点上取值，只用区间算术沿数列逼近（{points} 种情形{f'，最后与极限值相差不到 {width}' if near else '，绝对值越来越大'}），这比在点上核对弱"
        en = f"A limit has no point to be evaluated at: followed in ball arithmetic along a sequence ({points} {'case' if points == 1 else 'cases'}, {f'to within {width} of it' if near else 'growing all the way'}), which is weaker than evaluation at points"
    elif found.constant:
        zh = f"两边都是常数，用区间算术各求一次值，结果相符（最宽的误差区间半径 {width}）"
        en = f"Both sides are constants, evaluated in ball arithmetic; they agree (widest ball {width})"
    else:
        zh = f"在定义域的 {points} 个点上用区间算术求值核对（其中 {decisive} 个点有定论，最宽的误差区间半径 {width}）"
        en = f"Evaluated in ball arithmetic at {points} points of the domain ({decisive} decisive, widest ball {width})"
    if not wrong:
        return Text(f"{zh}。", f"{en}.")
    variants = "1 wrong variant" if wrong == 1 else f"{wrong} wrong variants"
    return Text(
        f"{zh}；另造 {wrong} 个错误的变式，证明一方否定 {by_proof} 个，区间算术一方否定 {by_enclosure} 个。",
        f"{en}; {variants}, {by_proof} refuted by proof, {by_enclosure} by enclosure.",
    )


def totals(evidence: Mapping[str, dict[str, Any] | None]) -> str:
    """The sums over all equations, as one sentence."""
    found = [entry for entry in evidence.values() if entry is not None]
    variants = [entry["variants"] for entry in found]
    made, equal, by_proof, by_enclosure = (
        sum(entry[key] for entry in variants)
        for key in ("made", "equivalent", "refuted_by_proof", "refuted_by_enclosure")
    )
    return (
        f"{len(found)} equations tried in ball arithmetic at {sum(entry['points'] for entry in found)} points, {sum(entry['decisive'] for entry in found)} decisive; "
        f"{made - equal} wrong variants, {by_proof} refuted by proof, {by_enclosure} by enclosure ({equal} more were equal by chance and proved so)."
    )


def engine_state() -> str:
    """The engine and what it runs on, as one number."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(ENGINE.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def state_of(equation: Equation, engine: str) -> str:
    """Whatever decides the evidence for one equation, as one number."""
    said = (
        equation.id,
        equation.verdict,
        str(equation.lines),
        str(equation.expression),
        str(equation.domain.ranges),
        str(equation.definitions),
        engine,
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def deep_check(
    derivations: Mapping[str, Derivation],
    tell: Callable[[str], None] = lambda identifier: None,
    cache_path: Path | None = None,
) -> dict[str, dict[str, Any] | None]:
    """The evidence for every equation, by identifier; what has not changed is read from the cache.

    Args:
        tell: hears the identifier of each equation that is tried, before it is.
        cache_path: a JSON file, made or brought up to date also when an equation fails. None tries everything.

    Raises:
        WitnessFailure, VariantSurvived: the first equation that fails, with its identifier and the point or the variant.
    """
    known = _read(cache_path)
    engine = engine_state()
    kept: dict[str, Any] = {}
    try:
        for derivation in derivations.values():
            for identifier, equation in derivation.equations.items():
                state = state_of(equation, engine)
                entry = known.get(identifier)
                if entry is None or entry.get("state") != state:
                    tell(identifier)
                    entry = {"state": state, "evidence": evidence_of(equation)}
                kept[identifier] = entry
    finally:
        if cache_path is not None and kept != known:
            _write(cache_path, {**known, **kept} if len(kept) < len(known) else kept)
    return {identifier: entry["evidence"] for identifier, entry in kept.items()}


def _read(path: Path | None) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(path: Path, entries: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
