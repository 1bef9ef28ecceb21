"""The server of `make serve`: the last good pages, and over them the fault of the last build. It builds nothing."""

from __future__ import annotations

import hashlib
import html
import time
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from derivations.publish.hosting import headers_everywhere

OWN = "_preview/"
"""Addresses below the site's that are the server's own."""
FILES = {name: Path(__file__).with_name(name) for name in ("preview.css", "preview.js")}
NOTICE = """<aside class="preview-fault" role="alert"><p lang="zh">没有生成，改好后会自动重试。<span lang="en">Not built; mend it, and it is built again by itself.</span></p><pre>{}</pre></aside>"""
NO_SITE_YET = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>…</title>
<body><p lang="zh">正在第一次生成…… <span lang="en">Building for the first time …</span></p></body>"""
MOVING = 1.0
"""Seconds within which a site that was there, and is not, has been replaced by the next one."""


@dataclass(frozen=True)
class Shown:
    """What the last builds gave: how many succeeded, and what stopped the last one, if anything did."""

    run: int
    built: int = 0
    fault: str = ""

    @property
    def version(self) -> str:
        """Another one whenever pages would look different."""
        return f"{self.run}-{self.built}-{hashlib.sha256(self.fault.encode()).hexdigest()[:8]}"

    def after(self, fault: str) -> Shown:
        """What is shown after one more build."""
        return Shown(self.run, self.built + (not fault), fault)


class Preview(ThreadingHTTPServer):
    """Serves a site's folder under a path of this machine; raises OSError where the port is taken."""

    def __init__(self, site: Path, port: int, path: str) -> None:
        self.shown = Shown(time.time_ns())
        self.path = path
        super().__init__(("127.0.0.1", port), partial(Pages, directory=str(site)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{self.path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: readers go away in the middle of an answer, and that is no fault."""


class Pages(SimpleHTTPRequestHandler):
    """Answers with files, and with the fault and a script that loads the page again put into each page."""

    server: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file, the server's own state, or where else to look."""
        shown, path = self.server.shown, urlsplit(self.path).path
        if not path.startswith(self.server.path):
            self._redirect(self.server.path)
            return
        below = path.removeprefix(self.server.path)
        if below == f"{OWN}state":
            self._answer(shown.version.encode(), "text/plain; charset=utf-8")
        elif below.startswith(OWN) and below.removeprefix(OWN) in FILES:
            file = FILES[below.removeprefix(OWN)]
            self._answer(file.read_bytes(), self.guess_type(file.name))
        elif not self._site_exists(shown):
            self._page(NO_SITE_YET.encode(), shown, HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._file(Path(self.translate_path("/" + below)), path, shown)

    do_HEAD = do_GET

    def _site_exists(self, shown: Shown) -> bool:
        """Whether there is a site; between two of them there is none, for a moment."""
        end = time.monotonic() + (MOVING if shown.built else 0)
        while not (exists := Path(self.directory).is_dir()) and time.monotonic() < end:
            time.sleep(0.01)
        return exists

    def _file(self, file: Path, path: str, shown: Shown) -> None:
        if file.is_dir() and not path.endswith("/"):
            self._redirect(path + "/")
            return
        file = file / "index.html" if file.is_dir() else file
        status = HTTPStatus.OK
        if not file.is_file():
            file, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        try:
            content = file.read_bytes()
        except OSError:
            content, status = b"", HTTPStatus.NOT_FOUND
        if file.suffix == ".html":
            self._page(content, shown, status)
        else:
            self._answer(content, self.guess_type(str(file)), status)

    def _page(self, content: bytes, shown: Shown, status: HTTPStatus) -> None:
        own = self.server.path + OWN
        added = NOTICE.format(html.escape(shown.fault)) if shown.fault else ""
        added += f'<link rel="stylesheet" href="{own}preview.css">'
        added += f'<script src="{own}preview.js" data-state="{own}state" data-version="{shown.version}"></script>'
        before, end, after = content.rpartition(b"</body>")
        page = before + added.encode() + end + after if end else content + added.encode()
        self._answer(page, "text/html; charset=utf-8", status)

    def _answer(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers_everywhere(Path(self.directory)).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: the terminal is for builds."""
