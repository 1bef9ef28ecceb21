"""The commands about citing: `find`, `verify`, `diff`, `release`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from derivations.command_line.shared import LANGUAGE, catalogue_now, refuse

MANY = 8
"""So many are shown of what was found."""


@click.command()
@click.argument("asked", nargs=-1, required=True, metavar="WHAT")
@LANGUAGE
def find(asked: tuple[str, ...], language: str) -> None:
    """The equations that WHAT asks for: an identifier, words in any language, a formula in TeX or Python with whatever letters, or a number that
    somebody cited, as "1.0.0 likelihood-to-cross-entropy (7)"."""
    from derivations.catalogue.finding import find as found_by

    catalogue = catalogue_now()
    try:
        found = found_by(" ".join(asked), catalogue)
    except LookupError as problem:
        refuse(str(problem))
    entries = {entry["id"]: entry for entry in catalogue["equations"]}
    if found.by == "nearest":
        click.echo("Nothing is quite that; the nearest:", err=True)
    for identifier in found.identifiers[:MANY]:
        shown = entries.get(identifier)
        click.echo(f"{identifier}\t{shown['plain'][language] if shown else 'retired'}")
    if (more := len(found.identifiers) - MANY) > 0:
        click.echo(f"and {more} more; say more of it to find fewer", err=True)
    sys.exit(found.by == "nearest")


@click.command()
@click.argument("citation", required=False)
def verify(citation: str | None) -> None:
    """Whether a cited equation still says what it said: CITATION in any of the formats in which the site offers it, or on standard input.

    Exit code 0 if it does, 1 if it was changed or retired, 2 if the text has no whole citation.
    """
    from derivations.catalogue.verify import NoCitation
    from derivations.catalogue.verify import verify as answered

    try:
        answer = answered(sys.stdin.read() if citation in (None, "-") else str(citation), catalogue_now()["equations"])
    except NoCitation as problem:
        refuse(str(problem))
    print(f"{answer.kind}: {answer.said}")
    sys.exit(answer.kind != "unchanged")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """What was added, changed and retired between two catalogues (equations.json) or releases, as CHANGELOG.md has it."""
    from derivations.catalogue.compare import NoCatalogue, compare, read

    try:
        print(compare(read(old), read(new)).text())
    except (NoCatalogue, OSError) as problem:
        refuse(str(problem))


@click.command()
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
        refuse(f"{date!r} is no date: year, month, day, such as 2026-11-21")
    try:
        print(made(ROOT, version, dated.isoformat(), catalogue_now(tried=True)["equations"]))
    except NotReleased as problem:
        refuse(str(problem))


COMMANDS = (find, verify, diff, release)
