"""What stopped a build, each fault with its file and line, in one form whoever found it: our own checks, MkDocs, Temml, a template."""

from __future__ import annotations

import errno
import logging
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from derivations.catalogue.files import ROOT

SETTINGS = "mkdocs.yml"
"""Where the navigation stands, for both languages."""
LINK_ON_PAGE = re.compile(r"Doc file '(?P<page>[^']+)' contains an? (?P<what>.*?link)(?: to)? '(?P<link>[^']*)'")
IN_NAVIGATION = re.compile(r"A (?:reference|relative path) to '(?P<page>[^']+)' is included in the 'nav'")
NOT_IN_NAVIGATION = re.compile(r'pages exist in the docs directory, but are not included in the "nav"')
SETTING = re.compile(r"Config value '(?P<name>[^'.]+)")


class PagesAtFault(ValueError):
    """Faults of the pages, each as `docs/en/x.md:12: …`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(dict.fromkeys(faults))
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(f"the pages have {count}:\n" + "\n".join(self.faults))


class Said(logging.Handler):
    """Keeps what MkDocs warns of, instead of printing it in each language."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        kept = self.warnings if record.levelno < logging.ERROR else self.errors
        kept.append(record.getMessage())


def faults_of(cause: BaseException | None, said: Said, language: str, root: Path) -> list[str]:
    """Everything that is known of a build that stopped: what was warned of before, and what stopped it.

    An exception with `faults` says itself what there is to say.
    """
    faults = [fault for warning in said.warnings for fault in _placed(warning, language, root)]
    if cause is not None:
        faults += getattr(cause, "faults", None) or [_described(cause, root)]
    elif not faults:
        faults = said.errors or ["the site generator stopped without a word"]
    return faults


def _placed(warning: str, language: str, root: Path) -> Iterator[str]:
    """A warning of MkDocs, which knows no lines, with the lines that it is about."""
    if found := LINK_ON_PAGE.match(warning):
        page = f"docs/{language}/{found['page']}"
        said = warning[found.start("what") :].replace("link '", "link to '", 1)
        yield from (f"{place}: {said}" for place in _places(root, page, found["link"]))
    elif found := IN_NAVIGATION.match(warning):
        missing = f"docs/{language}/{found['page']}"
        both = "" if (root / missing).exists() else "; a page is written in both languages, or taken out of the nav"
        yield f"{_places(root, SETTINGS, found['page'])[0]}: {found['page']}: in the nav, but there is no such page{both}"
    elif NOT_IN_NAVIGATION.search(warning):
        for page in re.findall(r"^\s*- (.+)$", warning, re.MULTILINE):
            yield f"{_places(root, SETTINGS, 'nav:')[0]}: {page}: there is such a page, but the nav does not list it: add `- {page}` where it is to be read"
    elif found := SETTING.match(warning):
        yield f"{_places(root, SETTINGS, found['name'] + ':')[0]}: {warning}"
    else:
        yield warning


def tex_faults(
    error: Exception, tex: str, page: Path, equations: Mapping[str, Mapping[str, Any]], root: Path
) -> list[str]:
    """TeX that Temml refuses, where it is typed on a page or in the words of a language, else the equation whose it is, else the page."""
    name = page.relative_to(root).as_posix()
    words = sorted(path.relative_to(root).as_posix() for path in (root / "derivations" / "words").glob("*.toml"))
    if typed := [f"{file}:{line}" for file in (name, *words) for line in _lines(root, file, tex)]:
        return [f"{place}: {error}" for place in typed]
    made = [entry for entry in equations.values() if tex in _texts(entry)]
    return [f"{entry['script']}:{entry['line']}: {entry['id']}: {error}" for entry in made] or [f"{name}: {error}"]


def _texts(entry: Mapping[str, Any]) -> str:
    """All TeX and words of one equation."""
    shown = [*entry["tex"].values(), *(tex for part in entry["parts"] for tex in part["tex"].values())]
    return "\n".join([*shown, *entry["title"].values(), *entry["reason"].values()])


def _described(error: BaseException, root: Path) -> str:
    """What was raised, with the last of our own files that it went through; a fault in Python with its whole trace."""
    if isinstance(error, OSError) and error.errno:
        return not_written(error)
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(root) and path.relative_to(root).parts[0] in ("docs", "derivations"):
            place = f"{path.relative_to(root).as_posix()}:{frame.lineno}: "
    described = f"{place}{type(error).__name__}: {error}"
    if place.startswith("docs/"):
        return described
    return f"{described}\n{''.join(traceback.format_exception(error)).rstrip()}"


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NOT_ALLOWED = (errno.EROFS, errno.EACCES, errno.EPERM)


def not_written(problem: OSError) -> str:
    """What the system refused, for which file, and what to do."""
    if problem.errno in NO_ROOM:
        return f"{problem.strerror}: make room where the checkout lies, and run it again; nothing that is half-written is used"
    file = Path(str(problem.filename or "a file"))
    what = f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file}: {problem.strerror}"
    if problem.errno in NOT_ALLOWED:
        return f"{what}: build/, site/ and .cache/ have to be writable where the checkout lies"
    return what


def _places(root: Path, name: str, sought: str) -> list[str]:
    """`file:line` for each line that has what is sought as a whole, else the file alone."""
    return [f"{name}:{line}" for line in _lines(root, name, sought)] or [name]


def _lines(root: Path, name: str, sought: str) -> list[int]:
    try:
        text = (root / name).read_text(encoding="utf-8")
    except OSError:
        return []
    whole = re.compile(rf"(?<![\w./#\\-]){re.escape(sought)}(?![\w/#-]|\.\w)")
    return sorted({text.count("\n", 0, found.start()) + 1 for found in whole.finditer(text)})
