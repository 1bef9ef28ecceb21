"""The usual way to build such a site, to compare with: Material for MkDocs, mkdocs-jupyter with `execute: true`, mathematics in the browser.

It gets the same pages, with each embed replaced by the TeX it stands for, and the same scripts as notebooks, in both languages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

from derivations.command_line.setting_up import environment, program, stale

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "bench" / "requirements.txt"
KERNEL = ROOT / ".cache" / "kernel"
"""What Jupyter executes notebooks with, which the site itself does without."""
EMBED = re.compile(r"""\{\{ *(?P<kind>\w+)\((?:"(?P<id>[^"]+)")?[^}]*\) *\}\}""")


def with_kernel(checkout: Path) -> dict[str, str]:
    """Settings under which notebooks are executed, with the checkout's derivations at hand; what that needs is installed when it is first asked for."""
    whole = KERNEL / ".whole"
    if stale(whole, LOCKED):
        shutil.rmtree(KERNEL, ignore_errors=True)
        install = ["install", "--quiet", "--no-deps", "--require-hashes", "--target", KERNEL, "--requirement", LOCKED]
        subprocess.run([program(ROOT, "pip"), *map(str, install)], env=environment(ROOT), check=True)
        whole.touch()
    return {"PYTHONPATH": f"{checkout}{os.pathsep}{KERNEL}", "JUPYTER_PATH": str(KERNEL / "share" / "jupyter")}


def write_peer(checkout: Path, folder: Path) -> list[Path]:
    """Writes the peer's sources into `folder` and gives its configuration files, one a language. The checkout has been built."""
    catalogue = json.loads((checkout / "build" / "equations.json").read_text(encoding="utf-8"))
    equations = {equation["id"]: equation for equation in catalogue["equations"]}
    scripts = sorted({equation["script"] for equation in equations.values()})
    configurations = []
    for language in ("zh", "en"):
        pages = folder / "docs" / language
        shutil.copytree(checkout / "docs" / language, pages)
        for page in pages.rglob("*.md"):
            page.write_text(with_tex(page.read_text(encoding="utf-8"), equations, language), encoding="utf-8")
        for script in scripts:
            (pages / "derivations").mkdir(exist_ok=True)
            shutil.copy(checkout / script, pages / "derivations")
        configurations.append(folder / f"mkdocs.{language}.yml")
        settings = configuration(language, pages)
        configurations[-1].write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return configurations


def configuration(language: str, pages: Path) -> dict[str, Any]:
    """What their own documentation says to write."""
    return {
        "site_name": "peer",
        "docs_dir": str(pages),
        "site_dir": str(pages.parent.parent / "site" / language),
        "theme": {"name": "material", "language": language},
        "plugins": [
            {"search": {"lang": language}},
            {"mkdocs-jupyter": {"execute": True, "allow_errors": False, "include": ["*.py", "*.ipynb"]}},
        ],
        "markdown_extensions": [
            "attr_list",
            "footnotes",
            "md_in_html",
            "tables",
            {"pymdownx.arithmatex": {"generic": True}},
            "pymdownx.highlight",
            "pymdownx.superfences",
        ],
        "extra_javascript": ["https://cdn.example/tex-mml-chtml.js"],
    }


def with_tex(text: str, equations: dict[str, Any], language: str) -> str:
    """A page with TeX in place of its embeds; figures and lists, which the peer does not make, are left out."""

    def replaced(embed: re.Match[str]) -> str:
        equation = equations.get(embed["id"] or "")
        if equation is None:
            return ""
        if embed["kind"] == "num":
            return str((equation["value"] or {}).get("decimal", ""))
        tex = equation["tex"][language]
        return f"$$\n{tex}\n$$" if embed["kind"] == "eq" else f"${tex}$"

    return EMBED.sub(replaced, text)
