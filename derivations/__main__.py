"""The command line: `python -m derivations`."""

from __future__ import annotations

import sys
from typing import Any

import click

from derivations.publish import catalogue as catalogue_module


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved."""


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False)


@main.command("list")
@click.option("--derivation", help="only the equations of one derivation, such as coin")
def list_equations(derivation: str | None) -> None:
    """A table of every equation: identifier, formula in plain text, verdict."""
    from rich.table import Table
    from rich.text import Text

    entries = [
        entry
        for entry in catalogue_module.current_catalogue()["equations"]
        if derivation in (None, entry["derivation"])
    ]
    if not entries:
        _refuse(
            _unknown(
                derivation or "",
                sorted({entry["derivation"] for entry in catalogue_module.current_catalogue()["equations"]}),
                "derivation",
            )
        )
    table = Table("identifier", "formula", "verdict", box=None, pad_edge=False)
    for entry in entries:
        table.add_row(*(Text(entry[field]) for field in ("id", "plain", "verdict")))
    console = _console()
    if not console.is_terminal:
        console.width = max(len(entry["plain"]) for entry in entries) + 80
    console.print(table)


FORMS = ("proof", "tex", "mathml", "sympy", "json")


@main.command()
@click.argument("identifier", metavar="ID")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default="proof",
    show_default=True,
    help="a readable proof with the chain of parents, or one of the formats",
)
@click.option("--evidence", is_flag=True, help="what the second witness and the wrong variants showed")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True)
def show(identifier: str, form: str, evidence: bool, language: str) -> None:
    """One equation, such as coin.score."""
    from derivations.publish import showing

    entries = {entry["id"]: entry for entry in catalogue_module.current_catalogue()["equations"]}
    if identifier not in entries:
        _refuse(_unknown(identifier, list(entries), "equation"))
    click.echo(
        showing.evidence(entries[identifier], language)
        if evidence
        else showing.as_form(entries, identifier, form, language)
    )


@main.command()
@click.option(
    "--deep", is_flag=True, help="also try every equation in ball arithmetic, and wrong variants on both checkers"
)
def check(deep: bool) -> None:
    """Run every derivation anew and prove every equation; exit code 1 if any fails."""
    from derivations.core.derivation import Unproved
    from derivations.core.evidence import deep_check, totals

    console = _console()
    try:
        with console.status("proving …") as status:
            derivations = catalogue_module.derive(lambda name: status.update(f"proving {name} …"))
            evidence = deep_check(derivations, lambda name: status.update(f"trying {name} …")) if deep else {}
    except (Unproved, ValueError, ArithmeticError) as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    verdicts = [equation.verdict for equation in catalogue_module.equations(derivations).values()]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in ("definition", "proved", "certified"))
    click.echo(f"{len(verdicts)} equations in {len(derivations)} derivations: {counts}; none failed.")
    if deep:
        click.echo(totals(evidence))


@main.command()
def build() -> None:
    """Write the catalogue, the figures and the executed notebooks into build/, only what changed; exit code 1 if anything fails."""
    from derivations.publish.build import build_all

    try:
        made = build_all(lambda what: click.echo(what))
    except Exception as problem:  # noqa: BLE001  whatever a derivation raises stops the build, and says so in one place
        click.echo(f"build stopped: {type(problem).__name__}: {problem}", err=True)
        sys.exit(1)
    click.echo("up to date" if not made else f"made {', '.join(made)}")


@main.command()
@click.option("--heads", required=True, help="how many tosses showed heads")
@click.option("--tails", required=True, help="how many showed tails")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True)
def coin(heads: str, tails: str, language: str) -> None:
    """The coin's derivation on your own counts: likelihood, estimate, information; the ends 0 and n included."""
    from derivations.publish import own_coin

    try:
        click.echo(
            own_coin.derive(own_coin.whole_count(heads, "heads"), own_coin.whole_count(tails, "tails"), language)
        )
    except own_coin.BadCount as problem:
        _refuse(str(problem))


def _unknown(given: str, allowed: list[str], what: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(given, allowed, n=3, cutoff=0.4)
    hint = f"nearest: {', '.join(near)}" if near else "see `python -m derivations list`"
    return f"{given!r} is no {what}; {hint}"


def _refuse(message: str) -> None:
    click.echo(f"error: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main(prog_name="python -m derivations")
