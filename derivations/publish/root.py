"""What belongs to the site as a whole, above its languages: the page that sends readers to theirs, those for wrong addresses and for folders, catalogue, sitemaps, rules for servers."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

from derivations.catalogue.files import SCHEMA, parsed, write_atomically, write_or_share
from derivations.publish.here.offered import offer
from derivations.publish.hosting import write_rules
from derivations.publish.kept import CompiledTemplates
from derivations.publish.offline import INSTEAD, write_worker
from derivations.publish.wheel import wheel, wheel_name
from derivations.publish.words import LANGUAGES, WORDS

TAGS = {"zh": "zh-Hans", "en": "en"}
"""What HTML calls the languages."""
TITLE = re.compile(r"<title>([^<]*?)(?: · [^·<]*)?</title>")
UNLISTED = '<meta name="robots" content="noindex">'
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{entries}
</{kind}>
"""


def finish_site(root: Path, folder: Path, address: str | None) -> None:
    """Add to the folders of the languages what links and lists them. `address` is where the site will be; None: nobody said, and nothing claims to know."""
    begins_at = urlsplit(address).path if address else None
    _write(root, "root.html", folder / "index.html", address=address)
    write_missing(root, folder, LANGUAGES, begins_at)
    for language in LANGUAGES:
        write_missing(root, folder / language, [language], begins_at)  # in place of the theme's
        write_indexes(root, folder / language, language)
    write_sitemaps(folder, address)
    _write(root, "missing.html", folder / INSTEAD, shown=LANGUAGES, begins_at="", up="", said="not-kept")
    write_rules(folder, LANGUAGES, begins_at or "/")
    write_worker(folder)


def write_catalogue(root: Path, folder: Path) -> None:
    """Add the wheel, the catalogue, the schema of its form, and each equation as a file of its own: no language is needed for them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / wheel_name(root), wheel(root)[0])
    offer(root, folder)
    shutil.copyfile(root / "build" / "equations.json", folder / "equations.json")
    shutil.copyfile(SCHEMA, folder / SCHEMA.name)
    write_records(folder, root / "site" / "equations")


def write_records(folder: Path, before: Path) -> None:
    """Write each equation as a file of its own beside the catalogue, in the catalogue's form, with the meanings of its names; the words of each derivation, with the meanings of all its names; and what the laws are called.

    `before`: where those of the last site are.
    """
    catalogue = parsed((folder / "equations.json").read_bytes())
    (folder / "equations").mkdir(exist_ok=True)
    for entry in catalogue["equations"]:
        names = {name: catalogue["names"][name] for name in entry["context"]["names"]}
        one = {"form": catalogue["form"], "licence": catalogue["licence"], "names": names, "equation": entry}
        text = json.dumps(one, ensure_ascii=False) + "\n"
        write_or_share(folder / "equations" / f"{entry['id']}.json", text, before / f"{entry['id']}.json")
    laws = json.dumps({key: law["name"] for key, law in catalogue["laws"].items()}, ensure_ascii=False) + "\n"
    write_or_share(folder / "equations" / "laws.json", laws, before / "laws.json")
    (folder / "equations" / "words").mkdir(exist_ok=True)
    for each in catalogue["derivations"]:
        names = {name: catalogue["names"][name] for name in each["words"]["names"]}
        text, place = (
            json.dumps({**each["words"], "names": names}, ensure_ascii=False) + "\n",
            f"words/{each['name']}.json",
        )
        write_or_share(folder / "equations" / place, text, before / place)


def write_missing(root: Path, folder: Path, shown: Sequence[str], begins_at: str | None) -> None:
    """Write the 404.html of a folder, in the languages `shown`.

    A host shows it at any wrong address, so its links are whole paths: they start with `begins_at`, the path of the
    site on its host, such as /loss/. Where that is unknown (None), a script in the page looks for it.
    """
    up = "../" * (len(shown) == 1)  # without scripts it is right at least where the file lies
    _write(root, "missing.html", folder / "404.html", shown=shown, begins_at=begins_at, up=up, said="not-found")


def write_indexes(root: Path, folder: Path, language: str) -> None:
    """Give a folder that has pages below it, but none of its own, one that lists them: a server would list its files, or refuse."""
    pages = sorted(folder.rglob("index.html"))
    for above in sorted({page.parents[1] for page in pages if page.parent != folder}):
        if above / "index.html" not in pages:
            listed = [(page.parent.name, _title(page)) for page in pages if page.parents[1] == above]
            place = above.relative_to(folder).as_posix()
            up = "../" * (place.count("/") + 2)
            here = {"shown": [language], "pages": listed, "place": place, "up": up}
            _write(root, "folder.html", above / "index.html", **here)


def write_sitemaps(folder: Path, address: str | None) -> None:
    """Write robots.txt, a sitemap of each language, and the one that lists them; without an address no sitemap, since it is made of addresses."""
    for theirs in folder.glob("*/sitemap.xml*"):
        theirs.unlink()  # the theme's, which knows one language
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {address}sitemap.xml"] if address else [])]
    write_atomically(folder / "robots.txt", "\n".join(lines) + "\n")
    if address is None:
        return
    for language in LANGUAGES:
        places = _places(folder / language)
        entries = [_entry(f"{address}{language}/{place}", alternates(address, place)) for place in places]
        _write_sitemap(folder / language, "urlset", entries)
    lists = [f"  <sitemap><loc>{html.escape(address)}{each}/sitemap.xml</loc></sitemap>" for each in LANGUAGES]
    _write_sitemap(folder, "sitemapindex", lists)


def alternates(address: str, place: str) -> dict[str, str]:
    """Where the same page is in each language, and for readers of neither: the page that offers both, or English."""
    in_all = {each: f"{address}{each}/{place}" for each in LANGUAGES}
    return in_all | {"x-default": in_all["en"] if place else address}


def _places(folder: Path) -> list[str]:
    """The pages of one language that want to be found, as they follow its own address: "" and "cite/"."""
    pages = [page for page in sorted(folder.rglob("index.html")) if UNLISTED not in page.read_text(encoding="utf-8")]
    return [page.relative_to(folder).as_posix().removesuffix("index.html") for page in pages]


def _entry(address: str, others: dict[str, str]) -> str:
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{html.escape(each)}"/>\n'
        for tag, each in others.items()
    )
    return f"  <url>\n    <loc>{html.escape(address)}</loc>\n{links}  </url>"


def _write_sitemap(folder: Path, kind: str, entries: Sequence[str]) -> None:
    write_atomically(folder / "sitemap.xml", SITEMAP.format(kind=kind, entries="\n".join(entries)))


def _title(page: Path) -> str:
    """What a finished page calls itself, without the name of the site."""
    found = TITLE.search(page.read_text(encoding="utf-8"))
    return html.unescape(found[1]).strip() if found else page.parent.name


def _write(root: Path, template: str, target: Path, **values: Any) -> None:
    compiled = CompiledTemplates(root / "build" / "templates" / "root")
    environment = Environment(
        loader=FileSystemLoader(root / "docs" / "theme"), autoescape=True, bytecode_cache=compiled
    )
    page = environment.get_template(template).render(languages=LANGUAGES, tags=TAGS, words=WORDS, **values)
    write_atomically(target, page + "\n")  # what is there may be shared with the site that is shown
