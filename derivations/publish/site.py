"""The whole site in one go: `python -m derivations.publish.site` builds both languages and puts them in the place of the old site."""

from __future__ import annotations

import functools
import multiprocessing
import os
import shutil
import sys
from pathlib import Path

import nbconvert.exporters.templateexporter as templates
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from derivations.publish.site_build import derive

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates for as long as the process lives: nbconvert makes a new environment for each notebook, and compiles its twenty templates for each."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


templates.Environment = functools.partial(templates.Environment, bytecode_cache=CompiledOnce())  # type: ignore[assignment, misc]


def build_language(language: str, folder: str) -> None:
    """Build one language into `folder`/LANGUAGE. Exits with 1 when a page or a derivation is at fault."""
    config = load_config(str(ROOT / LANGUAGES[language]), strict=True, site_dir=str(Path(folder) / language))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort as stop:
        print(f"{language}: {stop}", file=sys.stderr)
        sys.exit(1)
    finally:
        config.plugins.on_shutdown()


def build_site(folder: Path) -> bool:
    """Build both languages side by side into `folder`; whether both succeeded. What they share is derived before, once."""
    derive(ROOT)
    builders = [multiprocessing.Process(target=build_language, args=(language, str(folder))) for language in LANGUAGES]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    return all(builder.exitcode == 0 for builder in builders)


def replace_site(built: Path, site: Path) -> None:
    """Put what was built in the place of the old site, which stays until then."""
    old = site.with_name("build") / "site-before"
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    built.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Build the site, or leave the old one where it is and exit with 1."""
    os.chdir(ROOT)
    built = ROOT / "build" / "site"
    shutil.rmtree(built, ignore_errors=True)
    if not build_site(built):
        sys.exit(1)
    replace_site(built, ROOT / "site")


if __name__ == "__main__":
    main()
