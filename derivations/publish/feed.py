"""What changes from release to release, for programs: an Atom feed, and everything that a citation is held against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from derivations.catalogue.compare import compare
from derivations.catalogue.permanence import Release, changed, releases, retired, said

ATOM = "http://www.w3.org/2005/Atom"


def known(catalogue: Mapping[str, Any]) -> dict[str, Any]:
    """All that the page `verify` needs: today's statements, those of each release, and what was retired or changed."""
    return {
        "equations": {
            each["id"]: {"statement": each["statement"], "plain": said(each)} for each in catalogue["equations"]
        },
        "releases": [
            {"version": each.version, "date": each.date, "equations": each.equations, "numbers": each.numbers}
            for each in releases()
        ],
        "retired": {each["id"]: {key: each[key] for key in ("date", "reason", "replacement")} for each in retired()},
        "changed": changed(),
    }


def as_json(content: Any) -> str:
    """For programs: short, the same every time."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def atom(before: Sequence[Release], title: str, author: str, site_url: str) -> str:
    """One entry a release: what was added, changed and retired in it.

    Args:
        site_url: "" where the site has no address; then nothing in the feed claims one.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    add(feed, "title", title)
    add(feed, "id", site_url or _urn(""))
    add(feed, "updated", _at(before[-1].date if before else "1970-01-01"))
    add(add(feed, "author"), "name", author)
    if site_url:
        add(feed, "link", rel="self", type="application/atom+xml", href=f"{site_url}changes.xml")
        add(feed, "link", rel="alternate", type="text/html", href=site_url)
    last: Mapping[str, Mapping[str, str]] = {}
    entries = []
    for release in before:
        entries.append((release, compare(last, release.equations).text()))
        last = release.equations
    for release, text in reversed(entries):
        entry = add(feed, "entry")
        add(entry, "title", f"{title} {release.version}")
        add(entry, "id", f"{site_url}#{release.version}" if site_url else _urn(release.version))
        add(entry, "updated", _at(release.date))
        add(entry, "content", text, type="text")
        if site_url:
            add(entry, "link", rel="alternate", type="text/html", href=site_url)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _urn(version: str) -> str:
    """A name that stays the same, for what has no address."""
    return uuid5(NAMESPACE_URL, f"from-likelihood-to-loss {version}").urn


def _at(date: str) -> str:
    return f"{date}T00:00:00Z"
