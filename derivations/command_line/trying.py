"""The command about attacking an equation: `try`."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from derivations.command_line.shared import LANGUAGE, identifiers, refuse, refuse_unknown
from derivations.command_line.streams import progress
from derivations.words import languages, words_in

PROVED, FAILED, BAD, NEITHER = 0, 1, 2, 3
SECONDS = 90.0
"""So long is tried, the time for deriving included."""


@click.command("try", context_settings={"ignore_unknown_options": True})
@click.argument("identifier", metavar="ID", shell_complete=identifiers)
@click.argument("statement")
@click.option("--domain", multiple=True, help="another range of a quantity, the whole of it: \"0 < p < 1/2\", \"n >= 2\", \"-oo < z < oo\"; may be given for several")  # fmt: skip
@LANGUAGE
def try_it(identifier: str, statement: str, domain: tuple[str, ...], language: str) -> None:
    """Try to break an equation: STATEMENT is another right-hand side, such as "8/p + 2/(1-p)", one with its relation before it, or a whole statement in
    the words of its derivation (~ before what is rounded). Put -- before one that begins with a minus sign and a letter.

    Exit code 0 if it is proved, 1 if it is refuted, with the point and both values there; 3 if neither; 2 if it cannot be read.
    """
    known = list(words_in(languages()[0]).table("titles"))
    if identifier not in known:
        refuse_unknown(identifier, known, "equation")
    code, said = within(SECONDS, answer, (identifier, statement, domain, language), progress)
    if code == BAD:
        refuse(said)
    if code is None:
        said, code = words_in(language).of("terminal", "try-late").format(int(SECONDS)), NEITHER
    print(said)
    sys.exit(code)


def within(seconds: float, work: Callable[..., Any], arguments: Sequence[Any], waiting: Callable[[str], Any]) -> Any:
    """What some work returns, done in a process of its own, which is ended when time is up: nothing else ends arithmetic with huge numbers. (None, "") then."""
    context = multiprocessing.get_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_done, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        with waiting("trying …"):
            return ours.recv() if ours.poll(seconds) else (None, "")
    except EOFError:  # it was ended from outside, for want of memory for instance
        return None, ""
    finally:
        process.kill()
        process.join()


def _done(theirs: Any, work: Callable[..., Any], arguments: Sequence[Any]) -> None:
    theirs.send(work(*arguments))


def answer(identifier: str, statement: str, domain: Sequence[str], language: str) -> tuple[int, str]:
    """The exit code, and what to say."""
    from derivations.catalogue.scripts import derivation_of
    from derivations.engine import Unproved
    from derivations.engine.trying import NotTried, attempt
    from derivations.publish.showing import tried

    try:
        derivation = derivation_of(identifier.partition(".")[0].replace("-", "_"))
        found = attempt(derivation, derivation.equations[identifier], statement, domain)
    except NotTried as problem:
        return BAD, words_in(language).told(str(problem))
    except (Unproved, ValueError, ArithmeticError, LookupError) as problem:
        return FAILED, str(problem)
    codes = {"proved": PROVED, "refuted": FAILED, "neither": NEITHER}
    return codes[found.verdict], tried(found, words_in(language))


COMMANDS = (try_it,)
