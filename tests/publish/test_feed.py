"""The feed of what changes in the mathematics, read back as RFC 4287 has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from derivations.catalogue.permanence import Release
from derivations.publish.citation import Citation
from derivations.publish.embeds import Site
from derivations.publish.feed import atom

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"a": "http://www.w3.org/2005/Atom", "x": "http://www.w3.org/1999/xhtml"}
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FIRST = Release("1.0.0", "2026-01-01", {"coin.old": {"statement": "1", "plain": "p < 1"}, "coin.score": {"statement": "2", "plain": "S = 1"}}, {})  # fmt: skip
SECOND = Release("1.1.0", "2026-02-01", {"coin.score": {"statement": "3", "plain": "S = 2 & more"}, "coin.mle": {"statement": "4", "plain": "p = 0.8"}}, {})  # fmt: skip
Read = Callable[..., Any]


@pytest.fixture
def read() -> Read:
    """The feed of two releases, read; `address`: where the site will be."""

    def made(releases: list[Release], language: str = "en", address: str = "") -> Any:
        catalogue = {"equations": [{"id": "coin.score"}, {"id": "coin.mle"}]}
        citation = Citation(ROOT, address)
        return etree.fromstring(atom(releases, Site(language, catalogue, {}, {}, citation, ROOT)).encode())

    return made


def texts(feed: Any, path: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in feed.xpath(path, namespaces=NAMES)]


def demanded(feed: Any) -> None:
    """What RFC 4287 demands of every feed."""
    for each in (feed, *feed.xpath("a:entry", namespaces=NAMES)):
        for one in ("title", "id", "updated"):
            assert len(each.xpath(f"a:{one}", namespaces=NAMES)) == 1, one
        assert DATE.fullmatch(each.findtext("a:updated", namespaces=NAMES))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each.findtext("a:id", namespaces=NAMES))
    assert texts(feed, "a:author/a:name")
    ids = texts(feed, "//a:id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_feed_has_an_entry_for_each_release_with_what_changed(read: Read, language: str) -> None:
    feed = read([FIRST, SECOND], language)
    demanded(feed)
    assert texts(feed, "a:entry/a:title") == ["1.1.0", "1.0.0"]
    assert feed.findtext("a:updated", namespaces=NAMES) == "2026-02-01T00:00:00Z"
    added, changed, gone = texts(feed, "a:entry[1]/a:content/x:div/x:ul")
    assert added == "coin.mle p = 0.8" and changed == "coin.score S = 1 → S = 2 & more" and gone == "coin.old"
    assert texts(feed, "a:entry[2]/a:content//x:li") == ["coin.old p < 1", "coin.score S = 1"]


def test_names_of_entries_stay_when_more_is_released_and_when_the_site_moves(read: Read) -> None:
    one, two = read([FIRST], address="https://example.org/"), read([FIRST, SECOND])
    assert texts(one, "//a:id") == [texts(two, "//a:id")[0], texts(two, "//a:id")[2]]
    assert texts(read([FIRST], "zh"), "//a:id")[0] != texts(one, "//a:id")[0]


def test_addresses_are_claimed_only_where_somebody_said_so(read: Read) -> None:
    silent, told = read([FIRST, SECOND]), read([FIRST, SECOND], "en", "https://example.org/loss/")
    assert silent.xpath("//@href") == []
    assert told.xpath("a:link[@rel='self']/@href", namespaces=NAMES) == ["https://example.org/loss/en/feed.xml"]
    linked = [each.rpartition("/equations/")[2] for each in told.xpath("//x:a/@href", namespaces=NAMES)]
    assert linked == ["coin.mle/", "coin.score/", "coin.score/"]


def test_feed_without_a_release_is_whole_too(read: Read) -> None:
    feed = read([])
    demanded(feed)
    assert texts(feed, "a:entry") == []
