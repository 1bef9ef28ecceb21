"""The command line: `python -m derivations`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import NoReturn

try:
    import click
    import flint  # noqa: F401  of all that is needed, the least likely to be there by chance
except ModuleNotFoundError:  # nothing is installed yet
    from derivations.command_line.setting_up import begin

    begin()
from click.shell_completion import CompletionItem

from derivations.command_line import citing, owning, trying
from derivations.command_line.shared import LANGUAGE, catalogue_now, fail, identifiers, refuse, refuse_unknown
from derivations.command_line.streams import Commands, progress
from derivations.words import languages, words_in

FORMS = ("proof", "tex", "mathml", "sympy", "json")
NARROW = 30
"""Where less than this is left of a terminal's line, `list` puts the formula below its identifier."""


def _show_version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        from derivations.command_line.version import described

        print(described())
        context.exit()


def _derivations(context: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(each) for each in words_in(languages()[0]).table("derivations") if each.startswith(begun)]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="version, and commit where it is known")  # fmt: skip
def main() -> None:
    """From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved line by line."""


for each in (*citing.COMMANDS, *trying.COMMANDS, *owning.COMMANDS):
    main.add_command(each)


@main.command("list")
@click.option("--derivation", shell_complete=_derivations, help="only the equations of one derivation, such as coin")
@LANGUAGE
def list_equations(derivation: str | None, language: str) -> None:
    """Every equation: identifier, formula in plain text, verdict. Into a pipe: one a line, with tabs between."""
    everything = catalogue_now()["equations"]
    entries = [entry for entry in everything if derivation in (None, entry["derivation"])]
    if not entries:
        refuse_unknown(derivation or "", sorted({entry["derivation"] for entry in everything}), "derivation")
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
@click.argument("identifier", metavar="ID", shell_complete=identifiers)
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
        refuse(f"--evidence has no form as {form}; take --as json, or leave --as out")
    catalogue, words = catalogue_now(evidence), words_in(language)
    known = [entry["id"] for entry in catalogue["equations"]]
    if identifier not in known:
        refuse_unknown(identifier, known, "equation")
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
        fail(str(problem))
    print(said)


@main.command()
def site() -> None:
    """Build the whole site into site/, and install before what that needs, into the checkout; SITE_URL says where it will stand."""
    _in_checkout("derivations.publish.site")


@main.command()
def serve() -> None:
    """Show the site, and build it again as files change; SITE_URL says where, if not at http://127.0.0.1:8000/."""
    _in_checkout("derivations.publish.serve")


@main.command()
def pdf() -> None:
    """Write the articles as PDFs into the site that was built, by the machine's Chromium, and link them."""
    from derivations.command_line.setting_up import NotSetUp, checkout
    from derivations.publish.papers import make_papers
    from derivations.publish.turn import one_at_a_time

    try:
        root = checkout()
        with progress("printing …") as tell:
            waiting = partial(tell, "a build is under way in this checkout; waiting for it …")
            with one_at_a_time(root / ".cache" / "site.lock", waiting):
                made = make_papers(root, root / "site", tell)
    except (NotSetUp, FileNotFoundError, RuntimeError) as problem:
        fail(f"error: {problem}")
    print("\n".join(str(each.relative_to(root)) for each in made))


def _in_checkout(module: str) -> NoReturn:
    from derivations.command_line import setting_up

    try:
        setting_up.run_module(module)
    except setting_up.NotSetUp as problem:
        fail(f"error: {problem}")


@main.command()
def build() -> None:
    """Write the catalogue, the figures and the executed notebooks into build/, only what changed; exit code 1 if anything fails."""
    from derivations.publish.build import build_all, told

    try:
        made = build_all(lambda what: print(what, flush=True))
    except ModuleNotFoundError:
        raise
    except Exception as problem:  # noqa: BLE001  whatever a derivation raises stops the build, and says so in one place
        fail(told(problem))
    print(f"made in build/: {', '.join(made)}" if made else "up to date")


if __name__ == "__main__":
    main(prog_name="python -m derivations")
