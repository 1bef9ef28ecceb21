"""What any static server needs in order to serve the site well: names that say a file's content, a strict policy, how long a file may be kept.

The rules are written into the site itself: `_headers`, in the form of Netlify and Cloudflare, and `_nginx.conf`. `make serve` reads the first.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Callable, Sequence
from pathlib import Path

HEADERS, NGINX = "_headers", "_nginx.conf"
PYTHON = "python"
"""The folder above the languages with what runs derivations in the reader's browser (`here/`); its folders are named by their content."""
ADDRESS = re.compile(r"https?://([\w.-]+|\[[\da-fA-F:.]+\])(:(?P<port>\d{1,5}))?(/[\w.~%+-]+)*/?", re.ASCII)
ASSET = re.compile(r'((?:href=|src=|data-index=|data-play=|"search": )"(?:\.{1,2}/)*assets/)([\w./-]+)(?=")')
"""Where a page refers to an asset of its language: links, scripts, what they fetch or load, and what Material's script is told."""
FONT = re.compile(r"(?<=url\()fonts/[\w.-]+")
LUNR = re.compile(r'"\.\./lunr"')
"""How the search worker names the folder beside its own, from which it loads a language."""
LOADED = re.compile(r'(?<="\./)[\w-]+\.js(?=")')
"""How a script names one beside it, which it loads when it is needed."""
COMMENT = re.compile(r"^(?: *// .*\n| +)|(?<=\S) +// [^\"'`\n]*$", re.MULTILINE)
"""What only those read who read a script's source: comments, and what lines begin with. What a comment could be within a string is left."""
INLINE = {
    kind: re.compile(
        rb"<%b(?![^>]*(?: src=| type=\"application/))[^>]*>(.*?)</%b>" % (kind.encode(), kind.encode()), re.DOTALL
    )
    for kind in ("script", "style")
}
FOR_EVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"
"""Kept too, but the server is asked each time whether it has changed."""


def site_address(given: str | None) -> str | None:
    """SITE_URL as everything else wants it: whole, with a slash at its end; None where nobody said where the site will be.

    Raises:
        ValueError: it is no such address; the message says what is.
    """
    if not given:
        return None
    found = ADDRESS.fullmatch(given)
    if not found or not 0 < int(found["port"] or 80) < 65536:
        raise ValueError(
            f"SITE_URL is {given!r}: it has to be the whole address that the site will have, like https://example.org/loss/"
        )
    return given.rstrip("/") + "/"


def name_by_content(folder: Path) -> None:
    """Give each asset of a language's folder a name with the hash of its content, so that it may be kept for ever, and tell the pages.

    Raises:
        LookupError: a page refers to an asset that is not there.
    """
    assets, named = folder / "assets", {}

    def rename(path: Path) -> None:
        files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        digest = hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:10]
        stem = re.sub(
            r"\.[0-9a-f]{8}\.min$", "", path.stem
        )  # Material's hash, of what the file was before it was trimmed
        new = path.rename(path.with_name(f"{stem}.{digest}{path.suffix}"))
        named[path.relative_to(assets).as_posix()] = new.relative_to(assets).as_posix()

    # The innermost first: a style sheet names its fonts, the search worker a folder beside its own.
    lunr, workers = assets / "javascripts" / "lunr", assets / "javascripts" / "workers"
    for path in [*sorted((assets / "fonts").glob("*")), *assets.glob("javascripts/lunr")]:
        rename(path)
    for sheet in assets.glob("*.css"):
        _rewrite(sheet, FONT, lambda found: named[found[0]])
    for worker in workers.glob("*.js"):
        _rewrite(worker, LUNR, lambda _: f'"../{Path(named["javascripts/lunr"]).name}"', times=1)

    def loaded(script: Path) -> str:
        """The new name of a script; those that it loads get theirs first."""
        if script.name not in named:
            if not script.exists():
                raise LookupError(f"a script loads assets/{script.name}, which is not there")
            _rewrite(script, COMMENT, lambda _: "")
            _rewrite(script, LOADED, lambda found: loaded(assets / found[0]))
            rename(script)
        return named[script.name]

    for script in sorted(assets.glob("*.js")):
        loaded(script)
    for path in sorted(assets.rglob("*")):
        own = path.relative_to(assets).as_posix()
        if path.suffix in (".css", ".js", ".svg", ".json") and lunr.name not in own and own not in named.values():
            rename(path)

    def renamed(found: re.Match[str]) -> str:
        if found[2] not in named:
            raise LookupError(f"a page refers to assets/{found[2]}, which is not there")
        return found[1] + named[found[2]]

    for page in folder.rglob("*.html"):
        _rewrite(page, ASSET, renamed)


def _rewrite(
    path: Path, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str], times: int | None = None
) -> None:
    """Replace in a file, `times` times if that is said."""
    text, count = pattern.subn(by, path.read_text(encoding="utf-8"))
    if times not in (None, count):
        raise LookupError(f"{path.name} has {pattern.pattern} {count} times, not {times}")
    path.write_text(text, encoding="utf-8")


def policy(folder: Path) -> str:
    """The Content-Security-Policy of a built site: nothing from elsewhere, and no inline script or style but those that its pages have, by their hashes.

    Images may be data, since the theme's icons are masks in its style sheet. WebAssembly may be compiled, which is what 'wasm-unsafe-eval' says and all it allows: the worker
    that runs derivations (`here/`) is Python so compiled. A worker keeps to the policy of its own answer, so no page needs this; but `_headers` can only add to what it says
    of every address, and a second policy takes away, never gives.
    """
    from derivations.publish.remembered import below, of_file  # which `make serve` itself does not load

    pages = [of_file(path, _inline) for path in below(str(folder)) if path.endswith(".html")]
    hashes = {kind: sorted(set().union(*(page[kind] for page in pages))) for kind in INLINE}
    allowed = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *hashes["script"]],
        "style-src": ["'self'", *hashes["style"]],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in allowed.items())


def _inline(page: bytes) -> dict[str, set[str]]:
    """The scripts and styles that stand in a page, by their hashes."""
    return {
        kind: {f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'" for each in pattern.findall(page)}
        for kind, pattern in INLINE.items()
    }


def write_rules(folder: Path, languages: Sequence[str], begins_at: str) -> None:
    """Write `_headers` and `_nginx.conf` for a finished site that begins at this path of its host."""
    kept = [PYTHON, *(f"{each}/assets" for each in languages)]
    headers = {
        "Content-Security-Policy": policy(folder),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    _write_lines(
        folder / HEADERS,
        "/*",
        *[f"  {name}: {value}" for name, value in headers.items()],
        # Neither host lets one rule take back another's; what is not said here, both look for again each time.
        *[f"/{each}/*\n  Cache-Control: {FOR_EVER}" for each in kept],
    )
    _write_lines(
        folder / NGINX,
        f"# For the `server` block whose root holds the site at {begins_at}: include this file. Its policy belongs to this build.",
        "charset utf-8;",
        "absolute_redirect off;",
        "gzip on;",
        "gzip_vary on;",
        "gzip_types text/css application/javascript application/json application/xml application/wasm image/svg+xml;",
        f"error_page 404 {begins_at}404.html;",
        *[f"location {begins_at}{each}/ {{ error_page 404 {begins_at}{each}/404.html; }}" for each in languages],
        f"location ~ /({HEADERS}|{re.escape(NGINX)})$ {{ return 404; }}",
        f'set $kept "{LOOK_AGAIN}";',
        f'if ($uri ~ "^{re.escape(begins_at)}({"|".join(kept)})/") {{ set $kept "{FOR_EVER}"; }}',
        "add_header Cache-Control $kept;",
        *[f'add_header {name} "{value}" always;' for name, value in headers.items()],
    )


def _write_lines(path: Path, *lines: str) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def headers_everywhere(folder: Path) -> dict[str, str]:
    """What the `_headers` of a built site says of every address; nothing where there is none."""
    try:
        lines = (folder / HEADERS).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    said = itertools.takewhile(lambda line: line.startswith("  "), lines[1:])
    return dict(line.strip().split(": ", 1) for line in said)
