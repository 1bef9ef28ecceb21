"""Prints the table of budgets. Exit code 1 when one is not kept."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.checkout import copy_checkout, fingerprints, unbuild
from bench.lighthouse import scores
from bench.measure import Measurement, median_of, run
from bench.pages import kept, page_costs
from bench.peer import with_kernel, write_peer
from bench.playing import playing
from bench.preview import served
from bench.running import running
from tests.browser.chromium import HOW_TO_INSTALL, find_chromium, launched
from tests.browser.test_accessible import sweep

ARTICLES = [
    f"{language}/{page}/"
    for language in ("zh", "en")
    for page in ("likelihood-to-cross-entropy", "deriving-cross-entropy")
]
ONE_OF_EACH_KIND = [
    f"{language}/{page}"
    for language in ("zh", "en")
    for page in ("", "likelihood-to-cross-entropy/", "deriving-cross-entropy/", "derivations/coin/", "questions/softmax/", "equations/coin.score/")
]  # fmt: skip
FIRST = 200
"""So many equations the budget of deriving speaks of; the project has more by now."""
EDITED = (("one page", "docs/zh/likelihood-to-cross-entropy.md"), ("one derivation", "derivations/coin.py"))
PYTHON = sys.executable


def building(checkout: Path, folder: Path) -> Iterator[Measurement]:
    """The very first build; a cold one against the usual tools; the same bytes both times; and builds after an edit."""
    very_first = run(["make", "site"], checkout)
    first = fingerprints(checkout / "site")
    unbuild(checkout)
    cold = run(["make", "site"], checkout).cpu
    second = fingerprints(checkout / "site")
    different = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))

    configurations = write_peer(checkout, folder)
    settings = with_kernel(checkout)
    peer = sum(
        run(["mkdocs", "build", "--config-file", str(configuration)], folder, **settings).cpu
        for configuration in configurations
    )
    own = float(subprocess.run([PYTHON, "-m", "bench.own_pages"], cwd=checkout, check=True, capture_output=True, text=True).stdout)  # fmt: skip
    detail = f"{cold:.1f} s of the processor, both languages, {own:.1f} s of them for equations' own pages, left out here; Material and mkdocs-jupyter {peer:.1f} s"
    tried = (
        f"{very_first.wall:.1f} s by the clock; every equation tried by the second witness, every wrong variant by both"
    )
    yield Measurement("make site, the very first", very_first.cpu, "s of the processor", None, tried)
    yield Measurement("make site, cold", (cold - own) / peer, "× the usual tools", 0.5, detail)
    yield Measurement("equations' own pages", own, "s of the processor", 3, "made for the first time, both languages")

    for name, edited in EDITED:
        taken = median_of(3, lambda file=checkout / edited: edit_and_build(file, checkout))  # type: ignore[misc]
        yield Measurement(f"make site, {name} edited", taken, "s", None, "by the clock, loading everything included")
    with served(checkout) as shown_after:
        for (name, edited), budget in zip(EDITED, (2, 4), strict=True):
            taken = median_of(3, lambda file=checkout / edited: shown_after(file))  # type: ignore[misc]
            yield Measurement(f"make serve, {name} edited", taken, "s", budget, "by the clock, until the page is there")
    yield Measurement(
        "second build", len(different), "files differ", 0, ", ".join(different[:3]) or f"{len(first)} files"
    )


def edit_and_build(file: Path, checkout: Path) -> float:
    """Seconds by the clock from an edit, an empty line at the end, to the finished site."""
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return run(["make", "site"], checkout).wall


def deriving(checkout: Path) -> Iterator[Measurement]:
    """Checking everything against loading SymPy, and how that grows."""
    empty = median_of(5, lambda: run([PYTHON, "-c", "import sympy"], checkout).wall)
    catalogue = json.loads((checkout / "build" / "equations.json").read_text(encoding="utf-8"))
    equations = Counter(equation["script"] for equation in catalogue["equations"])
    scripts, count = list[str](), 0
    for script in equations:
        if count < FIRST:
            scripts, count = [*scripts, Path(script).stem], count + equations[script]
    imported = ", ".join(
        f"derivations.{each}" for each in scripts
    )  # a script that is imported runs, and proves what it states
    first = median_of(3, lambda: run([PYTHON, "-c", f"import {imported}"], checkout).wall)
    detail = f"{first:.2f} s for {count} equations with their proofs, all that Python loads included; {empty:.2f} s"
    yield Measurement("the first equations", first / empty, "× import sympy", 10, detail)
    check = median_of(3, lambda: run([PYTHON, "-m", "derivations", "check"], checkout).wall)
    yield Measurement("python -m derivations check", check, "s", None, f"{equations.total()} equations")

    deep = run([PYTHON, "-m", "derivations", "check", "--deep"], checkout)
    yield Measurement("python -m derivations check --deep", deep.wall, "s", None, f"{deep.memory:.0f} MB at the most")

    command = [PYTHON, "-m", "bench.growth", *equations]
    growth = json.loads(subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True).stdout)
    taken = growth["scripts"]
    all_of_them, done, half, half_time = equations.total(), 0, 0, 0.0
    for script, count in equations.items():
        if done < all_of_them / 2:
            half, half_time = half + count, half_time + taken[script]
        done += count
    total = sum(taken.values())
    detail = f"{half} equations {half_time:.2f} s, {all_of_them} equations {total:.2f} s"
    yield Measurement(
        "time per equation, all against half", total / all_of_them / (half_time / half), "×", None, detail
    )
    for part, spent in growth["parts"].items():
        each = f"{spent:.2f} s of the processor for {growth['proofs']} proofs"
        yield Measurement(f"an equation's {part}", 1000 * spent / growth["proofs"], "ms", None, each)


def reading(checkout: Path) -> Iterator[Measurement]:
    """The article pages in a browser."""
    with launched() as browser:
        costs = page_costs(checkout / "site", browser, ARTICLES)
        offline = kept(checkout / "site", browser, ARTICLES[0])
        played = playing(checkout / "site", browser)
        ran = running(checkout / "site", browser)
    heaviest, shakiest = max(costs, key=lambda cost: cost.kilobytes), max(costs, key=lambda cost: cost.layout_shift)
    fullest = max(costs, key=lambda cost: cost.elements)
    every = ", ".join(f"{cost.kilobytes:.0f}" for cost in costs)
    for figure, (kilobytes, drag) in played.items():
        yield Measurement(f"figure to play with: {figure}", kilobytes, "kB", 12, "when it is near the screen")
        yield Measurement(f"figure to play with: {figure}, a drag", drag, "ms", 16, "for each move of a control")
    detail = f"{ran.after:.1f} MB fetched after the click; before it {ran.before:.0f} kB, of Python {ran.python_before} requests"
    yield Measurement(
        "derivation run in the page, cold", ran.cold, "s", 6, f"from the click to the first result; {detail}"
    )
    yield Measurement("derivation run in the page, warm", ran.warm, "s", 3, "with everything in the browser's cache")
    yield Measurement("article page, transferred", heaviest.kilobytes, "kB", 150, f"{every} kB; most: {heaviest.page}")
    detail = f"in the background, after the page and not counted above: {offline.files} files, {offline.megabytes:.1f} MB as they are kept"
    yield Measurement("kept to be read offline, transferred", offline.kilobytes, "kB", 1500, detail)
    yield Measurement(
        "article page, layout shift", shakiest.layout_shift, "", 0.01, f"on a phone; most: {shakiest.page}"
    )
    yield Measurement(
        "article page, elements", fullest.elements, "", 4000, f"before any mark is opened; most: {fullest.page}"
    )
    yield Measurement("article page, other hosts", sum(cost.other_hosts for cost in costs), "requests", 0)
    phone = scores(checkout / "site", ONE_OF_EACH_KIND)
    for each in phone:
        detail = "largest paint {}, blocked {}, layout shift {}".format(*each.measured)
        yield Measurement(f"Lighthouse, {each.page}", each.performance, "of 100", 95, detail, at_least=True)
    for name in phone[0].others:
        least = min(phone, key=lambda each: each.others[name])
        yield Measurement(f"Lighthouse, {name}", least.others[name], "of 100", 100, f"{least.page} {', '.join(least.failed)}", at_least=True)  # fmt: skip


def accessible(checkout: Path) -> Iterator[Measurement]:
    """axe over every page."""
    swept = sweep(checkout / "site")
    found = [f"{page} {each}" for page, said in swept.items() for each in said]
    detail = f"both themes and widths, proofs opened; {len(swept)} pages"
    yield Measurement("axe, every page", len(found), "findings", 0, "; ".join([detail, *found[:3]]))


def table_of(measurements: list[Measurement]) -> Table:
    """The measurements beside their budgets."""
    table = Table("measured", "value", "budget", "", "in detail")
    for each in measurements:
        value = f"{each.value:.4g} {each.unit}".strip()
        budget = "none" if each.budget is None else f"{'≥ ' * each.at_least}{each.budget:g}"
        table.add_row(each.name, value, budget, "kept" if each.within else "[red]not kept[/red]", each.detail)
    return table


def main() -> int:
    """Measures everything; 0 when every budget is kept."""
    console = Console(width=None if sys.stdout.isatty() else 150)
    measurements: list[Measurement] = []
    with tempfile.TemporaryDirectory() as temporary, console.status("measuring, for a quarter of an hour …"):
        folder = Path(temporary)
        checkout = copy_checkout(folder)
        measurements += building(checkout, folder / "peer")
        measurements += deriving(checkout)
        if find_chromium():
            measurements += reading(checkout)
            measurements += accessible(checkout)
    console.print(table_of(measurements))
    if not find_chromium():
        console.print(f"The pages were not measured: {HOW_TO_INSTALL}.")
    return 0 if all(each.within for each in measurements) else 1


if __name__ == "__main__":
    sys.exit(main())
