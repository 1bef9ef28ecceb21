"""`make check`: what was changed, looked at within seconds, before a commit. `make test` looks at everything.

What was changed is what differs from the commit at which this branch left the main one, committed or not; on the main one itself, from what was pushed. Of it are looked at: form and style of the
Python; the derivations that were touched and those that use them; titles and words; the permanent list of identifiers; all pages, if one of them or
what they show was touched; and the tests nearest to what was changed, for as long as there is time. What was left out is said.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.changed.nearest import nearest
from tests.changed.what import ROOT, NoCommit, changed, has_changed

if TYPE_CHECKING:
    from derivations.engine import Derivation

SECONDS = float(os.environ.get("CHECK_SECONDS", "18"))
"""By the clock; after them no test is begun, and one that is running is left, but for tests that were changed themselves."""
PAGES = ("docs/zh/", "docs/en/", "mkdocs.yml")
LOOKED_AT = (".py", ".toml", *PAGES)
"""How names begin or end of which something is looked at."""
Look = Callable[[list[str]], tuple[str, list[str]]]
"""Looks at files that were changed; what it looked at, in a few words, and the faults that it found."""


def style(files: list[str]) -> tuple[str, list[str]]:
    """ruff's rules, and its form; a derivation is laid out by hand."""
    python = [name for name in files if name.endswith(".py") and (ROOT / name).is_file()]
    formed = [name for name in python if Path(name).parent != Path("derivations") or Path(name).name.startswith("_")]
    faults = ruff("check", python) + (unformed := ruff("format --check", formed))
    if unformed:
        faults.append(f"mend it with: ruff format {' '.join(each.partition(':')[0] for each in unformed)}")
    return f"{len(python)} files" if python else "", faults


def ruff(command: str, names: list[str]) -> list[str]:
    """What ruff has to say of some files, each a line with its place."""
    if not names:
        return []
    words = [sys.executable, "-m", "ruff", *command.split(), "--quiet", "--output-format", "concise", *names]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines()


def proofs(files: list[str]) -> tuple[str, list[str]]:
    """The derivations that were touched and those that use them, proved anew; their titles; their identifiers."""
    from derivations.catalogue.scripts import SCRIPTS, rests_on

    if not has_changed(files, "derivations/"):
        return "", []
    everything = has_changed(files, "derivations/engine/")
    touched = [name for name in SCRIPTS if everything or f"derivations/{name}.py" in files]
    return proved([name for name in SCRIPTS if not rests_on(name).union((name,)).isdisjoint(touched)])


def proved(scripts: list[str]) -> tuple[str, list[str]]:
    """These scripts run, and what is said in every language of what they prove."""
    from derivations.catalogue.owed import asked, faults_of
    from derivations.catalogue.scripts import derivation_of, equations
    from derivations.publish.build import told as told_of
    from tests.engine.published import PUBLISHED, RETIRED, lost, to_add

    found: dict[str, Derivation] = {}
    for name in scripts:
        try:
            made = derivation_of(name)
            found[made.name] = made
        except Exception as problem:  # noqa: BLE001  whatever stops a script is told with its place
            return name, told_of(problem).splitlines()
    verdicts = {key: equation.verdict for key, equation in equations(found).items()}
    others = [each for each in PUBLISHED if each.partition(".")[0] not in found and each not in RETIRED]
    owing = [each for derivation in found.values() for each in asked(derivation)]
    faults = [*faults_of(owing, others), *lost(verdicts, found), *filter(None, [to_add(verdicts)])]
    return f"{len(verdicts)} equations{' of ' if found else ''}{', '.join(found)}, and the words", faults


def pages(files: list[str]) -> tuple[str, list[str]]:
    """All pages against what is derived now: embeds, headings, both languages, typed formulas and numbers, the navigation."""
    from derivations.catalogue.making import known_catalogue
    from derivations.publish.figure_files import functions
    from derivations.publish.page_checks import check_pages
    from derivations.publish.pages import read_pages
    from derivations.publish.words import LANGUAGES

    shown = [name for name in files if Path(name).parent in map(Path, ("derivations", "derivations/words"))]
    if not shown and not has_changed(files, *PAGES):
        return "", []
    written = {language: read_pages(ROOT / "docs" / language) for language in LANGUAGES}
    equations = {entry["id"]: entry for entry in known_catalogue()["equations"]}
    return f"{len(written[LANGUAGES[0]])} in each language", check_pages(written, equations, set(functions()), ROOT)


def navigation(files: list[str]) -> tuple[str, list[str]]:
    """Whether every page can be reached."""
    if not has_changed(files, ".md", "mkdocs.yml"):
        return "", []
    from derivations.publish.pages import read_pages
    from derivations.publish.words import LANGUAGES

    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    written = sorted({uri for language in LANGUAGES for uri in read_pages(ROOT / "docs" / language)})
    return f"{len(written)} pages", [
        f"mkdocs.yml: the nav does not list {page}: add `- {page}` where it is to be read"
        for page in written
        if f"- {page}\n" not in settings
    ]


LOOKS: dict[str, Look] = {"style": style, "nav": navigation, "proofs": proofs, "pages": pages}
"""What is looked at, by the name that it is told under."""


def main() -> None:
    """Look at what was changed, tell it, and exit with 1 if there is a fault, with 2 if nothing can be known."""
    began = time.monotonic()
    try:
        since, files = changed()
    except NoCommit as problem:
        sys.exit(f"make check: {problem}; `make test` needs no history")
    print(f"{len(files)} files changed since {since}")
    found = False
    for name, look in LOOKS.items():
        seen, faults = look(files)
        if seen:
            told(name, seen, began, faults)
        found = found or bool(faults)
        if faults and name == "proofs":
            break
    else:
        found = near_tests(files, began) or found
    others = [name for name in files if not has_changed([name], *LOOKED_AT)]
    if others:
        print(
            f"left to `make test`: {', '.join(others[:5])}{f' and {len(others) - 5} more' if len(others) > 5 else ''}"
        )
    print(f"in {time.monotonic() - began:.0f} s; `make test` looks at everything, with types, links and a browser")
    sys.exit(found)


def told(name: str, seen: str, began: float, faults: Iterable[str] = ()) -> None:
    """One line on what was looked at, and the faults below it."""
    print(f"{name:8}{seen} ({time.monotonic() - began:.1f} s)", *(f"  {each}" for each in faults), sep="\n", flush=True)


def near_tests(files: list[str], began: float) -> bool:
    """The nearest tests, until the time is over; whether one failed."""
    chosen, derivations = nearest(files)
    if not chosen:
        return False
    from tests.changed.running import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = run(chosen, derivations, began + SECONDS, whole=files)
    begun = [name for name in chosen if name not in result.unread]
    told("tests", f"{result.passed} passed, {result.failed} failed: {', '.join(begun) or 'none'}", began)
    if result.left:
        print(f"  left for want of time: {result.left} of their tests")
    if result.unread:
        print(f"  left for want of time: all of {', '.join(result.unread)}")
    if result.failed:
        print(said.getvalue())
    return bool(result.failed)


if __name__ == "__main__":
    main()
