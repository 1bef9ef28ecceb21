"""The built site keeps to the policy that it asks servers to send, and its assets' names say what is in them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from lxml import html

from derivations.publish.hosting import headers_everywhere
from tests.site.reading import LANGUAGES, Page, addresses, pages_of


@pytest.fixture(scope="module")
def everything(built_site: Path) -> list[Page]:
    """All pages, with those above the languages."""
    return [*pages_of(built_site), *(Page(built_site, built_site / name) for name in ("index.html", "404.html"))]


@pytest.fixture(scope="module")
def allowed(built_site: Path) -> dict[str, list[str]]:
    """The sources that each directive of the policy allows."""
    policy = headers_everywhere(built_site)["Content-Security-Policy"]
    return {name: sources for name, *sources in (each.split() for each in policy.split("; "))}


def test_policy_is_strict(allowed: dict[str, list[str]]) -> None:
    assert allowed["default-src"] == ["'self'"]
    assert allowed["object-src"] == allowed["base-uri"] == ["'none'"]
    for name, sources in allowed.items():
        unsafe = {each for each in sources if "unsafe" in each or "*" in each or "http" in each}
        assert unsafe == ({"'wasm-unsafe-eval'"} if name == "script-src" else set())


def test_no_element_has_a_style_or_a_script_of_its_own(everything: list[Page]) -> None:
    for page in everything:
        assert page.root.xpath("//@style") == [], page.name
        assert page.root.xpath("//@*[starts-with(name(), 'on')]") == [], page.name
        assert page.root.xpath("//a[starts-with(@href, 'javascript:')]") == [], page.name
        for kept in page.root.iter("noscript"):  # its content is put into the page when a proof is opened
            inside = html.fromstring(html.tostring(kept, encoding="unicode"))
            assert inside.xpath("//@style | //script | //style") == [], page.name


def test_every_inline_script_and_style_is_allowed_and_nothing_else(
    everything: list[Page], allowed: dict[str, list[str]]
) -> None:
    found: dict[str, set[str]] = {"script-src": {"'self'", "'wasm-unsafe-eval'"}, "style-src": {"'self'"}}
    for page in everything:
        for each in page.root.xpath("//script[not(@src) and not(starts-with(@type, 'application/'))] | //style"):
            digest = base64.b64encode(hashlib.sha256((each.text or "").encode()).digest()).decode()
            found[f"{each.tag}-src"].add(f"'sha256-{digest}'")
    assert {name: set(allowed[name]) for name in found} == found
    assert len(found["script-src"]) < 20  # they travel with every answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_asset_is_named_by_its_content(built_site: Path, language: str) -> None:
    assets = built_site / language / "assets"
    files = [path for path in assets.rglob("*") if path.is_file()]
    assert len(files) > 15
    for path in files:
        inner = next((part for part in path.parents if part.name.startswith("lunr.")), path)  # named as a whole
        content = [inner] if inner.is_file() else sorted(each for each in inner.rglob("*") if each.is_file())
        digest = hashlib.sha256(b"".join(each.read_bytes() for each in content)).hexdigest()
        assert inner.name.split(".")[1] == digest[:10], path


def test_every_asset_is_asked_for(everything: list[Page], built_site: Path) -> None:
    """What nobody refers to by its new name would be dead weight, or a page that was not told."""
    scripts = [path for path in built_site.rglob("*.js") if "lunr" not in str(path)]
    asked = " ".join(
        [page.source for page in everything]
        + [" ".join(addresses(path.read_text(encoding="utf-8"))) for path in built_site.rglob("*.css")]
        + [path.read_text(encoding="utf-8") for path in scripts]
    )
    for path in built_site.glob("*/assets/**/*"):
        if path.is_file() and path.parent.name != "min":
            assert path.name in asked, path


def test_every_folder_answers(built_site: Path) -> None:
    for language in LANGUAGES:
        for page in (built_site / language).rglob("index.html"):
            for above in page.parents:
                assert (above / "index.html").is_file(), above
                if above == built_site:
                    break
