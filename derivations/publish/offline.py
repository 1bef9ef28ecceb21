"""What readers' browsers may keep of the site, to be read again without a network: the list of it, `offline.json`, and the worker that keeps it, `offline.js`.

The list has each file's bytes and the hash of its content, and the worker has the hash of the list, so that a new release is a new worker. Workbox would take a bundler and
20 kB for what are a hundred lines here, and it goes by names: it keeps whatever it is answered.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from derivations.catalogue.files import write_atomically, write_compact
from derivations.publish.hosting import COMMENT, PYTHON
from derivations.publish.remembered import below, content_of

LIST, WORKER, INSTEAD = "offline.json", "offline.js", "offline.html"
"""The last is shown in the place of a page that is not kept."""
SOURCE = Path(__file__).with_name(WORKER)
GROUPS = {
    re.compile(pattern): group
    for pattern, group in {
        r"(\w+)/equations/[^/]+/index\.html": "equations {}",
        r"(\w+)/(?:assets/.*|search/.*\.json|derivations/.*\.py|(?:.*/)?index\.html)": "pages {}",
        r"equations(?:/.*)?\.json": "records",
        rf"{PYTHON}/.*|[^/]*\.whl": "python",
        rf"index\.html|{re.escape(INSTEAD)}": "shared",
    }.items()
}
"""What is kept together, by the files' places in the site; of several patterns the first counts. What none of them says is never kept."""
PAGE = re.compile(r"(^|/)index\.html$")
DIGITS = 16


def write_worker(folder: Path) -> None:
    """Write the list and the worker for a finished site."""
    groups: dict[str, dict[str, tuple[int, str]]] = {}
    for path in sorted(below(str(folder))):
        name = Path(path).relative_to(folder).as_posix()
        found = next(((group, at) for each, group in GROUPS.items() if (at := each.fullmatch(name))), None)
        if found:
            said = os.stat(path).st_size, _hash(path)
            groups.setdefault(found[0].format(*found[1].groups()), {})[PAGE.sub(r"\1", name)] = said
    write_compact(folder / LIST, groups)
    source = COMMENT.sub("", SOURCE.read_text(encoding="utf-8"))
    write_atomically(folder / WORKER, f'const RELEASE = "{_hash(str(folder / LIST))}";\n{source}')


def _hash(path: str) -> str:
    return content_of(path).hex()[:DIGITS]
