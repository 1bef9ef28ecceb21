"""What the commands share: the catalogue, the choice of a language, and how something refused or failed is told."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from derivations.command_line.streams import progress
from derivations.words import languages, words_in

LANGUAGE = click.option(
    "--language",
    type=click.Choice(languages()),
    default="en" if "en" in languages() else languages()[0],
    show_default=True,
)


def identifiers(context: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """For the shell: identifiers that go on as begun. From the words, since deriving takes seconds."""
    titles = words_in(languages()[0]).table("titles")
    return [CompletionItem(each) for each in titles if each.startswith(begun)]


@contextlib.contextmanager
def deriving(what: str) -> Iterator[Callable[[str], None]]:
    """Shows progress; a derivation that fails is told with its place."""
    from derivations.engine import Unproved

    try:
        with progress(what) as tell:
            yield tell
    except (Unproved, ValueError, ArithmeticError, LookupError) as problem:
        fail(str(problem))


def catalogue_now(tried: bool = False) -> dict[str, Any]:
    """The catalogue; `tried`: with evidence, which takes its time where nothing was built before."""
    from derivations.catalogue.making import current_catalogue, known_catalogue

    with deriving("deriving …") as tell:
        return (current_catalogue if tried else known_catalogue)(lambda name: tell(f"deriving {name} …"))


def refuse_unknown(given: str, allowed: list[str], what: str) -> NoReturn:
    from derivations.catalogue.rebuild import unknown

    refuse(unknown(given, allowed, what))


def refuse(message: str) -> NoReturn:
    """What was asked for cannot be."""
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)


def fail(message: str) -> NoReturn:
    """What was asked for was tried, and failed."""
    print(message, file=sys.stderr)
    sys.exit(1)
