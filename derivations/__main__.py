"""The command line: `python -m derivations`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

try:
    import click
    import flint  # noqa: F401  of all that is needed, the least likely to be there by chance
except ModuleNotFoundError:  # nothing is installed yet
    from derivations.command_line.setting_up import begin

    begin()
from click.shell_completion import CompletionItem

from derivations.command_line.streams import Commands, progress
from derivations.words import LANGUAGES, words_in

LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en" if "en" in LANGUAGES else LANGUAGES[0], show_default=True
)
FORMS = ("proof", "tex", "mathml", "sympy", "json")
NARROW = 30
"""Where less than this is left of a terminal's line, `list` puts the formula below its identifier."""


def _show_version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        from derivations.command_line.version import described

        print(described())
        context.exit()


def _identifiers(context: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """For the shell: identifiers that go on as begun. From the words, since deriving takes seconds."""
    titles = words_in(LANGUAGES[0]).table("titles")
    return [CompletionItem(each) for each in titles if each.startswith(begun)]


def _derivations(context: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(each) for each in words_in(LANGUAGES[0]).table("derivations") if each.startswith(begun)]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="version, and commit where it is known")  # fmt: skip
def main() -> None:
    """From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved line by line."""


@contextlib.contextmanager
def _deriving(what: str) -> Iterator[Callable[[str], None]]:
    """Shows progress; a derivation that fails is told with its place."""
    from derivations.engine import Unproved

    try:
        with progress(what) as tell:
            yield tell
    except (Unproved, ValueError, ArithmeticError, LookupError) as problem:
        _fail(str(problem))


def _catalogue(tried: bool = False) -> dict[str, Any]:
    """The catalogue; `tried`: with evidence, which takes its time where nothing was built before."""
    from derivations.catalogue.making import current_catalogue, known_catalogue

    with _deriving("deriving …") as tell:
        return (current_catalogue if tried else known_catalogue)(lambda name: tell(f"deriving {name} …"))


@main.command("list")
@click.option("--derivation", shell_complete=_derivations, help="only the equations of one derivation, such as coin")
@LANGUAGE
def list_equations(derivation: str | None, language: str) -> None:
    """Every equation: identifier, formula in plain text, verdict. Into a pipe: one a line, with tabs between."""
    everything = _catalogue()["equations"]
    entries = [entry for entry in everything if derivation in (None, entry["derivation"])]
    if not entries:
        _refuse_unknown(derivation or "", sorted({entry["derivation"] for entry in everything}), "derivation")
    rows = [(entry["id"], entry["plain"][language], entry["verdict"]) for entry in entries]
    if not (sys.stdout and sys.stdout.isatty()):
        print("\n".join("\t".join(row) for row in rows))
        return
    _print_table(rows)


def _print_table(rows: list[tuple[str, str, str]]) -> None:
    """On a terminal: identifiers are never cut, and formulas go on in the next line."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    longest = max(len(identifier) for identifier, _, _ in rows)
    if console.width - longest - len("definition") - 4 < NARROW:
        for identifier, formula, verdict in rows:
            together = len(identifier) + len(verdict) + 3 <= console.width
            console.print(Text(f"{identifier} · {verdict}" if together else f"{identifier}\n  {verdict}"), soft_wrap=True)  # fmt: skip
            console.print(Padding(Text(formula, overflow="fold"), (0, 0, 0, 2)))
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("identifier", no_wrap=True, min_width=longest)
    table.add_column("formula", overflow="fold")
    table.add_column("verdict", no_wrap=True, min_width=len("definition"))
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


@main.command()
@click.argument("identifier", metavar="ID", shell_complete=_identifiers)
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
@click.option(
    "--evidence", is_flag=True, help="what the second witness and the wrong variants showed; with --as json within it"
)
@LANGUAGE
def show(identifier: str, form: str, chain: bool, evidence: bool, language: str) -> None:
    """One equation, such as coin.score."""
    from derivations.publish import showing

    if evidence and form not in ("proof", "json"):
        _refuse(f"--evidence has no form as {form}; take --as json, or leave --as out")
    catalogue, words = _catalogue(evidence), words_in(language)
    known = [entry["id"] for entry in catalogue["equations"]]
    if identifier not in known:
        _refuse_unknown(identifier, known, "equation")
    print(showing.shown(catalogue, identifier, form, words, chain, evidence))


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--deep",
    is_flag=True,
    help="also try every statement and line in ball arithmetic, and wrong variants on both checkers",
)
def check(file: Path | None, deep: bool) -> None:
    """Prove everything anew, or the derivations of one FILE, which may stand anywhere; exit code 1 if anything fails."""
    from derivations.catalogue import checking

    try:
        with progress("proving …") as tell:
            said = checking.check(file, deep, tell)
    except checking.Failed as problem:
        _fail(str(problem))
    print(said)


@main.command()
def site() -> None:
    """Build the whole site into site/, and install before what that needs, into the checkout; SITE_URL says where it will stand."""
    _in_checkout("derivations.publish.site")


@main.command()
def serve() -> None:
    """Show the site, and build it again as files change; SITE_URL says where, if not at http://127.0.0.1:8000/."""
    _in_checkout("derivations.publish.serve")


def _in_checkout(module: str) -> NoReturn:
    from derivations.command_line import setting_up

    try:
        setting_up.run_module(module)
    except setting_up.NotSetUp as problem:
        _fail(f"error: {problem}")


@main.command()
def build() -> None:
    """Write the catalogue, the figures and the executed notebooks into build/, only what changed; exit code 1 if anything fails."""
    from derivations.publish.build import build_all, told

    try:
        made = build_all(lambda what: print(what, flush=True))
    except ModuleNotFoundError:
        raise
    except Exception as problem:  # noqa: BLE001  whatever a derivation raises stops the build, and says so in one place
        _fail(told(problem))
    print(f"made in build/: {', '.join(made)}" if made else "up to date")


@main.command()
@click.option("--heads", required=True, help="how many tosses showed heads")
@click.option("--tails", required=True, help="how many showed tails")
@LANGUAGE
def coin(heads: str, tails: str, language: str) -> None:
    """The coin's derivation on your own counts: likelihood, estimate, information; the ends 0 and n included."""
    from derivations.publish import own_coin

    try:
        counts = own_coin.whole_counts(heads, tails)
    except own_coin.BadCount as problem:
        _refuse(str(problem))
    with _deriving("deriving …"):
        said = own_coin.derive(*counts, words_in(language))
    print(said)


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
    print(f"{answer.kind}: {answer.said}")
    sys.exit(answer.kind != "unchanged")


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """What was added, changed and retired between two catalogues (equations.json) or releases, as CHANGELOG.md has it."""
    from derivations.catalogue.compare import NoCatalogue, compare, read

    try:
        print(compare(read(old), read(new)).text())
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
        print(made(ROOT, version, dated.isoformat(), _catalogue(tried=True)["equations"]))
    except NotReleased as problem:
        _refuse(str(problem))


def _refuse_unknown(given: str, allowed: list[str], what: str) -> NoReturn:
    from derivations.catalogue.rebuild import unknown

    _refuse(unknown(given, allowed, what))


def _refuse(message: str) -> NoReturn:
    """What was asked for cannot be."""
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)


def _fail(message: str) -> NoReturn:
    """What was asked for was tried, and failed."""
    print(message, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m derivations")
