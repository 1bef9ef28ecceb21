"""The list of what may be kept: every file that pages ask for, by its bytes and its content, and another worker for every change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from derivations.publish.offline import DIGITS, LIST, WORKER, write_worker

FILES = {
    "index.html": "shared",
    "offline.html": "shared",
    "en/index.html": "pages en",
    "en/cite/index.html": "pages en",
    "en/equations/index.html": "pages en",
    "en/assets/site.0123456789.js": "pages en",
    "en/search/search_index.json": "pages en",
    "en/derivations/coin/coin.py": "pages en",
    "zh/index.html": "pages zh",
    "zh/equations/coin.score/index.html": "equations zh",
    "equations.json": "records",
    "equations/words/coin.json": "records",
    "python/0123456789/worker.js": "python",
    "loss-1.0.0-py3-none-any.whl": "python",
}
NEVER = ("404.html", "en/404.html", "_headers", "en/feed.xml", "en/derivations/coin/coin.ipynb", "robots.txt")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in [*FILES, *NEVER]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"this is {name}", encoding="utf-8")
    write_worker(tmp_path)
    return tmp_path


def test_list_has_what_pages_ask_for_and_nothing_else(site: Path) -> None:
    groups = json.loads((site / LIST).read_bytes())
    listed = {name: group for group, files in groups.items() for name in files}
    assert listed == {name.removesuffix("index.html"): group for name, group in FILES.items()}
    size, content = groups["pages en"]["en/cite/"]
    text = b"this is en/cite/index.html"
    assert (size, content) == (len(text), hashlib.sha256(text).hexdigest()[:DIGITS])


def test_worker_is_another_for_every_change_and_else_the_same(site: Path) -> None:
    first = (site / LIST).read_bytes(), (site / WORKER).read_bytes()
    write_worker(site)
    assert ((site / LIST).read_bytes(), (site / WORKER).read_bytes()) == first
    (site / "robots.txt").write_text("nothing of it is kept", encoding="utf-8")
    write_worker(site)
    assert (site / WORKER).read_bytes() == first[1]
    (site / "en" / "cite" / "index.html").write_text("another release", encoding="utf-8")
    write_worker(site)
    assert (site / WORKER).read_bytes() != first[1]


def test_every_file_of_the_site_is_listed_as_it_is(built_site: Path) -> None:
    groups = json.loads((built_site / LIST).read_bytes())
    for name, (size, content) in {**groups["shared"], **groups["pages zh"], **groups["python"]}.items():
        path = built_site / name / "index.html" if name.endswith("/") or not name else built_site / name
        assert (size, content) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]), name
