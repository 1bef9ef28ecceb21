"""Show the whole site, both languages and their common root, and build again what changes: `make serve`.

Each build is a process of its own, the same as `make site` (`ready.py`), so it sees whatever was edited, and the site is replaced only when the next one is whole. Nothing
of the builder is loaded here: a slip in it is a fault like any other, to be shown and mended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from derivations.command_line.streams import spell
from derivations.publish.hosting import site_address
from derivations.publish.preview import Preview
from derivations.publish.ready import DONE

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ("docs", "derivations", "CITATION.cff", "mkdocs.yml", "mkdocs.en.yml")
PORT = 8000
"""Where the site is served, unless PORT says otherwise."""
EVERY = 0.15
"""Seconds between two looks at the files: a few milliseconds' work, and it sees changes on every kind of disk."""


def stamps() -> dict[Path, tuple[int, int]]:
    """When each watched file was changed, and its size."""
    found = {}
    for name in WATCHED:
        for path in [ROOT / name, *(ROOT / name).rglob("*")]:
            if "__pycache__" in path.parts or path.name.startswith(".") or path.name.endswith("~"):
                continue  # Python's and the editors' own
            try:
                said = path.stat()
            except OSError:
                continue  # gone meanwhile
            if not path.is_dir():
                found[path] = (said.st_mtime_ns, said.st_size)
    return found


class Builder:
    """Builds the site in a process that is kept ready; everything that a build says is also said in the terminal."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def fault(self) -> str:
        """Build the site as `make site` does; what it said if it stopped, else nothing."""
        if self._process is None or self._process.poll() is not None:
            self._process = self._started()
        assert self._process.stdin and self._process.stderr  # noqa: S101  they are pipes
        with contextlib.suppress(BrokenPipeError):  # it has ended, and says why
            self._process.stdin.write("build\n")
            self._process.stdin.flush()
        said, code = [], None
        for line in self._process.stderr:
            if line.startswith(DONE):
                code = int(line.removeprefix(DONE))
                break
            print(line, end="", file=sys.stderr, flush=True)
            said.append(line)
        if code is None:  # a slip in what it loads
            code = self._process.wait()
        return "" if code == 0 else "".join(said).strip() or f"the build ended with {code}"

    def _started(self) -> subprocess.Popen[str]:
        # In a session of its own, so that Ctrl-C reaches it through `end` only, and never between two builds of one language.
        return subprocess.Popen(
            [sys.executable, "-m", "derivations.publish.ready"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )

    def end(self) -> None:
        """Stop it and all that it has started; the site that is there stays."""
        if self._process is None or self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGTERM)
        else:
            self._process.terminate()
        self._process.wait()


def build_whenever_something_changes(preview: Preview, builder: Builder) -> None:
    """Until interrupted."""
    seen = None
    while True:
        now = stamps()
        if now != seen:
            seen = now
            preview.shown = preview.shown.after(builder.fault())
            if not preview.shown.fault:
                print(f"Shown at {preview.address}", flush=True)
        time.sleep(EVERY)


def port_given(given: str | None) -> int:
    """The port to serve at. Raises ValueError: PORT is none; the message says what is."""
    if not given:
        return PORT
    if not (given.isascii() and given.isdecimal() and 0 < int(given) < 65536):
        raise ValueError(f"PORT is {given!r}: it has to be a number from 1 to 65535, like {PORT}")
    return int(given)


def main() -> None:
    """Serve at once, build, and build again after each edit. Exits with 1 if the address cannot be used."""
    spell()
    try:
        path = urlsplit(site_address(os.environ.get("SITE_URL")) or "").path or "/"
        port = port_given(os.environ.get("PORT"))
    except ValueError as problem:
        sys.exit(str(problem))
    try:
        preview = Preview(ROOT / "site", port, path)
    except OSError as problem:
        another = f"PORT={port + 1 if port < 65535 else PORT} make serve"
        sys.exit(f"Port {port} cannot be used ({problem.strerror}): stop what uses it, or take another: {another}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    Thread(target=preview.serve_forever, daemon=True).start()
    print(f"Serving at {preview.address} and building again what you edit; Ctrl-C ends it.", flush=True)
    builder = Builder()
    try:
        build_whenever_something_changes(preview, builder)
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        builder.end()
        preview.shutdown()
        preview.server_close()


if __name__ == "__main__":
    main()
