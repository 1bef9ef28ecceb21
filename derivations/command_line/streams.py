"""The command line's way with terminals, pipes and encodings: signs that an encoding lacks are spelled, a reader who has gone is no error, Ctrl-C ends in one line."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator

import click

STOPPED, UNREAD = 130, 141
"""Exit codes as a shell has them: ended by Ctrl-C; ended since nobody reads on (`| head -1`)."""
SPELLED = {
    "·": "*", "—": "-", "…": "...", "⋯": "...", "∈": "in", "²": "^2", "≈": "~=", "≟": "=?", "≤": "<=", "≥": ">=", "→": "->", "⇔": "<=>",
    "‖": "||", "∞": "oo", "√": "sqrt", "∅": "{}", "Σ": "Sum", "Π": "Prod", "ℝ": "R", "ŷ": "yhat", "\N{COMBINING CIRCUMFLEX ACCENT}": "hat",
}  # fmt: skip


def spelled(problem: UnicodeError) -> tuple[str, int]:
    r"""A sign that an encoding lacks, in ASCII: ≤ as <=, θ as theta, what has no spelling as \u4f3c."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    said = ""
    for sign in problem.object[problem.start : problem.end]:
        greek = unicodedata.name(sign, "").rpartition("GREEK SMALL LETTER ")
        said += SPELLED.get(sign) or (
            greek[2].lower() if greek[1] else sign.encode("ascii", "backslashreplace").decode()
        )
    return said, problem.end


def spell() -> None:
    """From now on both streams write whatever they are given."""
    codecs.register_error("spelled", spelled)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="spelled")


class Commands(click.Group):
    """Commands that end as a shell expects where they are interrupted, or where what they say cannot be written or is not read to its end."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            spell()
            result = super().invoke(ctx)
            print(end="", flush=True)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(STOPPED)
        except ModuleNotFoundError as problem:
            if (problem.name or "derivations").startswith("derivations"):
                raise
            print(f"error: {problem.name} is not installed; `python -m derivations site` installs all that the site needs, into a checkout", file=sys.stderr)  # fmt: skip
            ctx.exit(1)
        except OSError as problem:
            unread = problem.errno == errno.EPIPE or (os.name == "nt" and problem.errno == errno.EINVAL)
            if not unread:
                print(f"error: {problem}", file=sys.stderr)
            forget_unwritten()
            ctx.exit(UNREAD if unread else 1)
        return result


def forget_unwritten() -> None:
    """What could not be written is not tried again while Python ends, which would complain."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Shows what is being done, on the standard error of a terminal and nowhere else; gone when it is done. Call what it gives to say something new."""
    from rich.console import Console

    with Console(stderr=True).status(what, spinner="line") as status:
        yield status.update
