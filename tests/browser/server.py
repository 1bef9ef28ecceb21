"""A static web server for tests and measurements: quiet, in this process, under any path, compressing as a real host would, with the policy that the site asks for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from derivations.publish.hosting import headers_everywhere

COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


@lru_cache(maxsize=200)
def compressed(file: Path, changed: int) -> bytes:
    """A file as it is sent; the same assets are asked for by every new browser."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves one folder under one path; everything outside that path is not found."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments, under: str, **keywords) -> None:
        self.under = under
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.under):
            return str(Path(self.directory) / "outside-the-site")
        return super().translate_path("/" + path.removeprefix(self.under))

    def do_GET(self) -> None:
        """Sends a file, gzip-compressed where it is text; the rest (folders, errors) as the standard server does."""
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.split("?")[0].endswith("/"):
            file /= "index.html"
        kind = self.guess_type(str(file))
        if not file.is_file() or not kind.startswith(COMPRESSED):
            super().do_GET()
            return
        body = compressed(file, file.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in headers_everywhere(Path(self.directory)).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers with the root's 404.html at every wrong address within the site, as GitHub Pages does."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not self.path.startswith(self.under) or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """One that lets a browser ask for everything at once."""

    request_queue_size = 128
    daemon_threads = True


@contextmanager
def serving(folder: Path, under: str = "/", handler: type[SiteHandler] = SiteHandler) -> Iterator[str]:
    """Serves `folder` on a free local port as long as the block lasts, and gives the address of its root, which ends in a slash."""
    server = Server(("127.0.0.1", 0), partial(handler, under=under, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{under}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
