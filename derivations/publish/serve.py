"""Show the whole site, both languages and their common root, and build again what changes: `make serve`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.en.yml")
WATCHED = ("docs", "derivations", "CITATION.cff", *CONFIGURATIONS)
log = logging.getLogger("mkdocs.serve")


def build_site() -> None:
    """Build both languages into site/. Raises SystemExit when a page or a derivation is at fault."""
    for configuration in CONFIGURATIONS:
        build(load_config(str(ROOT / configuration), strict=True))


def rebuild() -> None:
    """Build again after an edit; a fault is reported, and the last good pages stay on show."""
    try:
        build_site()
    except SystemExit:
        log.error("not rebuilt; mend the fault above and save again")


def main() -> None:
    """Build, then serve until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.pycache_prefix = str(ROOT / "build" / "pycache")
    os.chdir(ROOT)
    address = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1:8000/"))
    build_site()
    server = LiveReloadServer(
        builder=rebuild, host="127.0.0.1", port=address.port or 8000, root=str(ROOT / "site"), mount_path=address.path
    )
    for watched in WATCHED:
        if (ROOT / watched).exists():
            server.watch(str(ROOT / watched))
    try:
        server.serve()
    except KeyboardInterrupt:
        log.info("Stopped.")
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()
