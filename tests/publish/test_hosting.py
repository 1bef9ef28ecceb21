"""Names that hold a file's hash, the policy, and the rules for servers, on sites of a few lines."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from derivations.publish.hosting import headers_everywhere, name_by_content, policy, site_address, write_rules
from derivations.publish.preview import Preview

PAGE = """<!doctype html><link rel="stylesheet" href="../assets/book.css"><script src="../assets/site.js" defer></script>
<script id="__config" type="application/json">{"search": "../assets/javascripts/workers/search.0123abcd.min.js"}</script>
<p>The file assets/book.css is named in the text.</p>"""


def site(folder: Path, **changed: str) -> Path:
    """A language's folder as the theme leaves it."""
    files = {
        "assets/fonts/Serif.woff2": "letters",
        "assets/fonts.css": "@font-face{src:url(fonts/Serif.woff2) format('woff2')}",
        "assets/book.css": "p { color: red }",
        "assets/site.js": "1",
        "assets/javascripts/lunr/min/lunr.zh.min.js": "2",
        "assets/javascripts/workers/search.0123abcd.min.js": 'let e="../lunr";importScripts(`${e}/min/lunr.zh.min.js`)',
        "cite/index.html": PAGE,
    }
    for name, text in (files | changed).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def named(folder: Path) -> dict[str, str]:
    """The assets' names without their hashes, and with them."""
    name_by_content(folder)
    found = [
        path.relative_to(folder / "assets").as_posix() for path in (folder / "assets").rglob("*") if path.is_file()
    ]
    return {".".join([part for part in each.split(".") if len(part) != 10]): each for each in found}


def test_page_refers_to_its_assets_by_their_hashes(tmp_path: Path) -> None:
    names = named(site(tmp_path))
    page = (tmp_path / "cite" / "index.html").read_text(encoding="utf-8")
    digest = hashlib.sha256(b"p { color: red }").hexdigest()[:10]
    assert names["book.css"] == f"book.{digest}.css"
    for name in ("book.css", "site.js", "javascripts/workers/search.js"):
        assert f'"../assets/{names[name]}"' in page
    assert "The file assets/book.css is named" in page


def test_worker_finds_its_folder_and_a_style_sheet_its_font(tmp_path: Path) -> None:
    names = named(site(tmp_path))
    (lunr,) = (tmp_path / "assets" / "javascripts").glob("lunr.*")
    worker = (tmp_path / "assets" / names["javascripts/workers/search.js"]).read_text(encoding="utf-8")
    assert f'"../{lunr.name}"' in worker and (lunr / "min" / "lunr.zh.min.js").is_file()
    assert f"url({names['fonts/Serif.woff2']})" in (tmp_path / "assets" / names["fonts.css"]).read_text(
        encoding="utf-8"
    )


def test_script_finds_those_that_it_loads(tmp_path: Path) -> None:
    loads = {"assets/site.js": 'import("./checking.js")', "assets/checking.js": 'import { Kernel } from "./kernel.js";', "assets/kernel.js": "7"}  # fmt: skip
    names = named(site(tmp_path, **loads))
    for name, other in (("site.js", "checking.js"), ("checking.js", "kernel.js")):
        assert f'"./{names[other]}"' in (tmp_path / "assets" / names[name]).read_text(encoding="utf-8")
    changed = named(site(tmp_path / "after", **loads | {"assets/kernel.js": "8"}))
    assert all(changed[name] != names[name] for name in ("site.js", "checking.js", "kernel.js"))
    with pytest.raises(LookupError, match="a script loads assets/gone.js"):
        name_by_content(site(tmp_path / "without", **{"assets/site.js": 'import("./gone.js")'}))


def test_script_travels_without_its_comments(tmp_path: Path) -> None:
    source = """// What it does.\nfunction f(x) { // twice\n  // as said\n  return "a // b" + x; // "quoted"\n}\n"""
    names = named(site(tmp_path, **{"assets/site.js": source}))
    served = (tmp_path / "assets" / names["site.js"]).read_text(encoding="utf-8")
    assert served == """function f(x) {\nreturn "a // b" + x; // "quoted"\n}\n"""
    for script in (Path(__file__).parents[2] / "docs" / "theme" / "assets").glob("*.js"):
        lines = script.read_text(encoding="utf-8").splitlines()
        assert all(line.count("`") % 2 == 0 for line in lines), (
            f"{script.name}: a template over several lines would lose its spaces"
        )


def test_what_changes_changes_its_name_and_that_of_whatever_names_it(tmp_path: Path) -> None:
    before = named(site(tmp_path / "before"))
    after = named(site(tmp_path / "after", **{"assets/fonts/Serif.woff2": "other letters"}))
    assert {name for name in before if before[name] != after[name]} == {"fonts/Serif.woff2", "fonts.css"}


def test_asset_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = site(tmp_path, **{"cite/index.html": '<link rel="stylesheet" href="../assets/boook.css">'})
    with pytest.raises(LookupError, match="assets/boook.css"):
        name_by_content(folder)


def test_search_worker_of_another_kind_is_an_error(tmp_path: Path) -> None:
    folder = site(tmp_path, **{"assets/javascripts/workers/search.0123abcd.min.js": "importScripts('lunr.js')"})
    with pytest.raises(LookupError, match="search.0123abcd.min.js"):
        name_by_content(folder)


def test_policy_allows_the_inline_scripts_and_styles_of_the_pages_and_no_others(tmp_path: Path) -> None:
    script, style = 'let a = "é";\n', "p{}"
    (tmp_path / "a.html").write_text(f'<script>{script}</script><script src="x.js"></script>', encoding="utf-8")
    (tmp_path / "b.html").write_text(f'<style media="print">{style}</style>', encoding="utf-8")
    (tmp_path / "c.html").write_text('<script type="application/ld+json">{}</script>', encoding="utf-8")
    said = dict(each.split(" ", 1) for each in policy(tmp_path).split("; "))
    for directive, content, also in (("script-src", script, " 'wasm-unsafe-eval'"), ("style-src", style, "")):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert said[directive] == f"'self'{also} 'sha256-{digest}'"
    assert said["default-src"] == "'self'"
    assert "unsafe" not in policy(tmp_path).replace("'wasm-unsafe-eval'", "")  # compiling WebAssembly is no eval


def test_rules_are_read_back_and_sent_by_the_preview(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><body><script>1</script></body>", encoding="utf-8")
    write_rules(tmp_path, ["zh", "en"], "/some/where/")
    headers = headers_everywhere(tmp_path)
    assert headers["Content-Security-Policy"] == policy(tmp_path)
    assert set(headers) == {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}
    preview = Preview(tmp_path, 0, "/")
    preview.shown = preview.shown.after("")
    Thread(target=preview.serve_forever, daemon=True).start()
    try:
        with urlopen(preview.address, timeout=5) as answer:
            assert headers.items() <= dict(answer.headers).items()
    finally:
        preview.shutdown()
        preview.server_close()


def test_folder_without_rules_has_none(tmp_path: Path) -> None:
    assert headers_everywhere(tmp_path) == {}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, None),
        ("", None),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/loss", "https://example.org/loss/"),
        ("http://127.0.0.1:8000/a/b/", "http://127.0.0.1:8000/a/b/"),
    ],
)
def test_address_ends_in_a_slash(given: str | None, meant: str | None) -> None:
    assert site_address(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        "example.org/loss/",
        "/loss/",
        "ftp://example.org/",
        "https://",
        "https:///loss/",
        "https://example.org:http/",
        "https://example.org:80000/",
        "https://example.org/loss/?",
        "https://example.org/?a=b",
        "https://example.org/#top",
        "https://example.org/a b/",
        'https://example.org/"/',
        "https://example.org/a;b/",
        "https://me@example.org/",
        "https://example.org//loss/",
        "https://[::1/",
        " https://example.org/",
    ],
)
def test_malformed_address_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(ValueError, match="SITE_URL is .* like https://example.org/loss/"):
        site_address(given)
