"""Which version this is, and of which commit: of a checkout what git says, of an installed package what pip has written down."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

from derivations.catalogue.files import FOLDER
from derivations.publish.provenance import commit_of

NAME = "from-likelihood-to-loss"


def described() -> str:
    """As `python -m derivations --version` says it."""
    at = commit()
    return f"{NAME} {version()}{f' (commit {at})' if at else ''}"


def version() -> str:
    """A checkout's own, since another one may be installed besides."""
    settings = FOLDER.parent / "pyproject.toml"
    if settings.exists():
        return str(tomllib.loads(settings.read_text(encoding="utf-8"))["project"]["version"])
    return distribution(NAME).version


def commit() -> str | None:
    """The commit, with `+` where files were changed since; None where nobody knows."""
    if (FOLDER.parent / ".git").exists():
        return commit_of(FOLDER.parent).short or None
    try:
        noted = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return None
    return noted.get("vcs_info", {}).get("commit_id", "")[:12] or None
