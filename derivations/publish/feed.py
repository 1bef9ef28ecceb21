"""What changes in the mathematics from release to release, as an Atom feed (RFC 4287) for whoever follows the site.

An entry's name is for good, wherever the site stands, so that no reader of feeds shows it twice: a URN made from the project's name and the release. Addresses are given only
where somebody said what they will be.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from derivations.catalogue.compare import Difference, Statements, compare
from derivations.catalogue.permanence import Release
from derivations.publish.citation import KEY
from derivations.publish.embeds import Site

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
ET.register_namespace("", ATOM)
ET.register_namespace("xhtml", XHTML)


def atom(before: Sequence[Release], site: Site) -> str:
    """The feed of one language: one entry for each release, the last one first, with what was added, changed and retired in it."""
    citation, words, language = site.citation, site.words, site.language
    address = f"{citation.url}{language}/" if citation.url else ""
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(feed, "title", f"{words['site']}{words['colon']}{words['feed']}")
    _add(feed, "id", name(language))
    _add(feed, "updated", _midnight(before[-1].date if before else citation.date))
    for family, given in citation.authors:
        _add(_add(feed, "author"), "name", f"{given} {family}".strip())
    if address:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
        _add(feed, "link", rel="alternate", type="text/html", href=f"{address}numbers/")
    last: Statements = {}
    entries = []
    for release in before:
        entry = ET.Element(f"{{{ATOM}}}entry")
        _add(entry, "title", release.version)
        _add(entry, "id", name(language, release.version))
        _add(entry, "updated", _midnight(release.date))
        content = _add(entry, "content", type="xhtml")
        content.append(_told(compare(last, release.equations), site, address))
        entries.append(entry)
        last = release.equations
    feed.extend(reversed(entries))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def name(*parts: str) -> str:
    """By what the feed, or an entry, is known for good."""
    return uuid5(NAMESPACE_URL, " ".join([KEY, *parts])).urn


def _told(found: Difference, site: Site, address: str) -> ET.Element:
    """What lies between two releases, as lists."""
    words = site.words
    div = ET.Element(f"{{{XHTML}}}div")
    lists = [
        ("feed-added", [(identifier, now) for identifier, now in found.added]),
        ("feed-changed", [(identifier, f"{before} → {now}") for identifier, before, now in found.changed]),
        ("feed-retired", [(identifier, f"→ {new}" if new else "") for identifier, new in found.gone]),
    ]
    for title, lines in lists:
        if not lines:
            continue
        ET.SubElement(div, f"{{{XHTML}}}h3").text = words[title]
        listed = ET.SubElement(div, f"{{{XHTML}}}ul")
        for identifier, text in lines:
            line = ET.SubElement(listed, f"{{{XHTML}}}li")
            linked = address and identifier in site.equations
            named = ET.SubElement(line, f"{{{XHTML}}}a", href=f"{address}equations/{identifier}/") if linked else line
            code = ET.SubElement(named, f"{{{XHTML}}}code")
            code.text = identifier
            (named if linked else code).tail = f" {text}" if text else None
    if not found:
        ET.SubElement(div, f"{{{XHTML}}}p").text = words["feed-nothing"]
    return div


def _add(parent: ET.Element, element: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{element}", attributes)
    made.text = text or None
    return made


def _midnight(date: str) -> str:
    """A day as Atom has it."""
    return f"{date}T00:00:00Z"
