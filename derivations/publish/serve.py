"""Show the whole site, both languages and their common root, and build again what changes: `make serve`."""

from __future__ import annotations

import logging
import os
import sys
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from derivations.publish.site import LANGUAGES, ROOT, build_site

WATCHED = ("docs", "derivations", "CITATION.cff", *LANGUAGES.values())
log = logging.getLogger("mkdocs.serve")


def rebuild() -> None:
    """Build again after an edit; a fault is reported, and the last good pages stay on show."""
    if build_site(ROOT / "site"):
        log.error("not rebuilt; mend the fault above and save again")


def main() -> None:
    """Build, then serve until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.dont_write_bytecode = True  # or the watcher would see Python's own files change
    os.chdir(ROOT)
    address = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1:8000/"))
    rebuild()
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
