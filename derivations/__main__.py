"""The command line: `python -m derivations`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from derivations.words import LANGUAGES, words_in

LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en" if "en" in LANGUAGES else LANGUAGES[0], show_default=True
)
FORMS = ("proof", "tex", "mathml", "sympy", "json")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved line by line."""


def _catalogue(tried: bool = False) -> dict[str, Any]:
    """The catalogue; `tried`: with evidence, which takes its time where nothing was built before."""
    from derivations.catalogue.making import current_catalogue, known_catalogue

    return current_catalogue() if tried else known_catalogue()


@main.command("list")
@click.option("--derivation", help="only the equations of one derivation, such as coin")
@LANGUAGE
def list_equations(derivation: str | None, language: str) -> None:
    """A table of every equation: identifier, formula in plain text, verdict."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    everything = _catalogue()["equations"]
    entries = [entry for entry in everything if derivation in (None, entry["derivation"])]
    if not entries:
        _refuse_unknown(derivation or "", sorted({entry["derivation"] for entry in everything}), "derivation")
    table = Table("identifier", "formula", "verdict", box=None, pad_edge=False)
    for entry in entries:
        table.add_row(*map(Text, (entry["id"], entry["plain"][language], entry["verdict"])))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(len(entry["plain"][language]) for entry in entries) + 80
    console.print(table)


@main.command()
@click.argument("identifier", metavar="ID")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default="proof",
    show_default=True,
    help="the lines of the proof, or one of the formats",
)
@click.option(
    "--chain", is_flag=True, help="all that it rests on too, down to the definitions, in the order of reading"
)
@click.option("--evidence", is_flag=True, help="what the second witness and the wrong variants showed")
@LANGUAGE
def show(identifier: str, form: str, chain: bool, evidence: bool, language: str) -> None:
    """One equation, such as coin.score."""
    from derivations.publish import showing

    catalogue, words = _catalogue(evidence), words_in(language)
    entries = {entry["id"]: entry for entry in catalogue["equations"]}
    if identifier not in entries:
        _refuse_unknown(identifier, list(entries), "equation")
    if evidence:
        click.echo(showing.evidence(entries[identifier], words))
    else:
        click.echo(showing.as_form(catalogue, identifier, form, words, chain))


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--deep",
    is_flag=True,
    help="also try every statement and line in ball arithmetic, and wrong variants on both checkers",
)
def check(file: Path | None, deep: bool) -> None:
    """Prove everything anew, or the derivations of one FILE, which may stand anywhere; exit code 1 if anything fails."""
    from rich.console import Console

    from derivations.catalogue import checking

    try:
        with Console(stderr=True).status("proving …") as status:
            said = checking.check(file, deep, status.update)
    except checking.Failed as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    click.echo(said)


@main.command()
def build() -> None:
    """Write the catalogue, the figures and the executed notebooks into build/, only what changed; exit code 1 if anything fails."""
    from derivations.publish.build import build_all, told

    try:
        made = build_all(lambda what: click.echo(what))
    except Exception as problem:  # noqa: BLE001  whatever a derivation raises stops the build, and says so in one place
        click.echo(told(problem), err=True)
        sys.exit(1)
    click.echo("up to date" if not made else f"made {', '.join(made)}")


@main.command()
@click.option("--heads", required=True, help="how many tosses showed heads")
@click.option("--tails", required=True, help="how many showed tails")
@LANGUAGE
def coin(heads: str, tails: str, language: str) -> None:
    """The coin's derivation on your own counts: likelihood, estimate, information; the ends 0 and n included."""
    from derivations.publish import own_coin

    try:
        counts = own_coin.whole_count(heads, "heads"), own_coin.whole_count(tails, "tails")
        click.echo(own_coin.derive(*counts, words_in(language)))
    except own_coin.BadCount as problem:
        _refuse(str(problem))


@main.command()
@click.argument("asked", nargs=-1, required=True, metavar="WHAT")
@LANGUAGE
def find(asked: tuple[str, ...], language: str) -> None:
    """The equations that WHAT asks for: an identifier, words in any language, a formula in TeX or Python with whatever letters, or a number that
    somebody cited, as "1.0.0 likelihood-to-cross-entropy (7)"."""
    from derivations.catalogue.finding import find as found_by

    catalogue = _catalogue()
    try:
        found = found_by(" ".join(asked), catalogue)
    except LookupError as problem:
        _refuse(str(problem))
    entries = {entry["id"]: entry for entry in catalogue["equations"]}
    if found.by == "nearest":
        click.echo("No equation gives the same values; the nearest by how they look:", err=True)
    for identifier in found.identifiers:
        shown = entries.get(identifier)
        click.echo(f"{identifier}\t{shown['plain'][language] if shown else 'retired'}")
    sys.exit(found.by == "nearest")


@main.command()
@click.argument("citation", required=False)
def verify(citation: str | None) -> None:
    """Whether a cited equation still says what it said: CITATION in any of the formats in which the site offers it, or on standard input.

    Exit code 0 if it does, 1 if it was changed or retired, 2 if the text has no whole citation.
    """
    from derivations.catalogue.verify import NoCitation
    from derivations.catalogue.verify import verify as answered

    try:
        answer = answered(sys.stdin.read() if citation in (None, "-") else str(citation), _catalogue()["equations"])
    except NoCitation as problem:
        _refuse(str(problem))
    click.echo(f"{answer.kind}: {answer.said}")
    sys.exit(answer.kind != "unchanged")


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """What was added, changed and retired between two catalogues (equations.json) or releases, as CHANGELOG.md has it."""
    from derivations.catalogue.compare import NoCatalogue, compare, read

    try:
        click.echo(compare(read(old), read(new)).text())
    except (NoCatalogue, OSError) as problem:
        _refuse(str(problem))


@main.command()
@click.argument("version")
@click.option("--date", help="of the release, as 2026-11-21; today if it is left out")
def release(version: str, date: str | None) -> None:
    """Make a release: write down what is published for good, number it, commit and tag it."""
    from datetime import date as day

    from derivations.catalogue.files import ROOT
    from derivations.publish.release import NotReleased
    from derivations.publish.release import release as made

    try:
        dated = day.fromisoformat(date) if date else day.today()
    except ValueError:
        _refuse(f"{date!r} is no date: year, month, day, such as 2026-11-21")
    try:
        click.echo(made(ROOT, version, dated.isoformat(), _catalogue(tried=True)["equations"]))
    except NotReleased as problem:
        _refuse(str(problem))


def _refuse_unknown(given: str, allowed: list[str], what: str) -> NoReturn:
    from derivations.catalogue.rebuild import unknown

    _refuse(unknown(given, allowed, what))


def _refuse(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main(prog_name="python -m derivations")
