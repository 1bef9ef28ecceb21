"""The commands about numbers of one's own: `coin`, `cats`, `table`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

import click

from derivations.command_line.shared import LANGUAGE, deriving, refuse
from derivations.words import Words, words_in

if TYPE_CHECKING:
    from derivations.own.deriving import Own

FORM = click.option(
    "--as",
    "form",
    type=click.Choice(("text", "markdown", "tex", "notebook", "script", "json")),
    default="text",
    show_default=True,
    help="every line on the terminal, or something to take along",
)


@click.command()
@click.option("--heads", required=True, help="how many tosses showed heads")
@click.option("--tails", required=True, help="how many showed tails")
@FORM
@LANGUAGE
def coin(heads: str, tails: str, form: str, language: str) -> None:
    """The coin's derivation on your own counts: likelihood, estimate, information; the ends 0 and n included."""
    from derivations.own import deriving, typed

    _derive(lambda words: deriving.coin(*typed.counts(heads, tails), words), form, language)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("predictions", nargs=-1, metavar="PREDICTION…")
@FORM
@LANGUAGE
def cats(predictions: tuple[str, ...], form: str, language: str) -> None:
    """The three cats' derivation on predictions of your own, such as 0.9 0.7 0.8: how probable the model called it that each is a cat."""
    from derivations.own import deriving, typed

    def derived(words: Words) -> Own:
        read = typed.predictions(predictions)
        return deriving.table((1,) * len(read), read, words, "cats")

    _derive(derived, form, language)


@click.command()
@click.argument("file", type=click.File("rb"))
@FORM
@LANGUAGE
def table(file: BinaryIO, form: str, language: str) -> None:
    """The binary cross-entropy of your own table, sample by sample: a CSV FILE, or - for standard input, with a label, 0 or 1, and a prediction a row."""
    from derivations.own import deriving, typed

    text = file.read()
    _derive(lambda words: deriving.table(*typed.table(typed.decoded(text)), words), form, language)


def _derive(derived: Callable[[Words], Own], form: str, language: str) -> None:
    """Derive, and print it in a form; what cannot be read is refused, all of it at once."""
    from derivations.own import forms, typed

    words = words_in(language)
    try:
        with deriving("deriving …"):
            found = derived(words)
            said = forms.FORMS[form](found)
    except typed.BadInput as problem:
        refuse(problem.said(words).replace("\n", "\nerror: "))
    sys.stdout.write(said if said.endswith("\n") else f"{said}\n")


COMMANDS = (coin, cats, table)
