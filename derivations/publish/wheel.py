"""The project as a wheel, which the site offers: `pip install` of it, and every script and notebook of the site runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from derivations.publish.kept import keep, read_kept
from derivations.publish.remembered import state_of
from derivations.words import READ, tables_of

MADE_FROM = ("derivations", "pyproject.toml", "README.md", "LICENSE", "LICENSE-text.md")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
NO_TIME = "315532800"
"""The beginning of 1980, with which ZIP's calendar begins: the wheel is the same whenever it is made."""


def wheel_name(root: Path) -> str:
    """As installers want it: name and version stand in it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['name'].replace('-', '_')}-{project['version']}-py3-none-any.whl"


def wheel(root: Path) -> tuple[bytes, Path]:
    """The wheel of a checkout, made anew only if something in it has changed, and where it is kept.

    Raises:
        subprocess.CalledProcessError: setuptools refuses; its words are the error's `stderr`.
    """
    kept = root / "build" / "wheel" / f"{state_of(root, MADE_FROM)[:20]}.whl"
    return read_kept(kept) or _made(root), kept


def keep_wheel(made: bytes, kept: Path) -> None:
    """Keep a wheel, and none that was made before."""
    if read_kept(kept) is None:
        shutil.rmtree(kept.parent, ignore_errors=True)
        keep(kept, made)


def _made(root: Path) -> bytes:
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        source, built = Path(folder) / "source", Path(folder) / "built"
        source.mkdir()  # the builder leaves its files beside what it builds
        for name in MADE_FROM:
            here = root / name
            if here.is_dir():
                shutil.copytree(here, source / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(here, source / name)
        for path in (source / "derivations" / "words").glob("*.toml"):
            path.with_suffix(READ).write_text(json.dumps(tables_of(path), ensure_ascii=False), encoding="utf-8")
        for path in source.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)  # whoever checked it out
        subprocess.run(
            [sys.executable, "-c", BUILD, str(built)],
            cwd=source,
            env={**os.environ, "SOURCE_DATE_EPOCH": NO_TIME},
            capture_output=True,
            text=True,
            check=True,
        )
        (wheel,) = built.glob("*.whl")
        return wheel.read_bytes()
