"""`make serve`, as README names it: it answers at once and always, shows the last good pages with the fault over them, and mends itself."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread, Timer

import pytest

from derivations.publish.preview import Preview
from tests.publish.conftest import Checkout, contents, differing

pytestmark = pytest.mark.slow
PAGE = "docs/en/cite.md"
NOTICE = 'class="preview-fault"'


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def get(address: str) -> tuple[int, str]:
    """Status and text; a server that thinks for five seconds is no server."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


class Serving:
    """`make serve` in a copy of the checkout, and what it has said so far."""

    def __init__(self, checkout: Checkout, under: str = "") -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/{under}"
        self.process = checkout.start("serve", PORT=str(port), SITE_URL=f"https://example.org/{under}" if under else "")
        self.said = ""
        self.listening = Thread(target=self._listen, daemon=True)
        self.listening.start()
        self.until(lambda: "Serving at" in self.said)

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def until(self, true: Callable[[], object], seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.05)

    def page(self, name: str) -> tuple[int, str]:
        return get(self.address + name)

    def shows(self, text: str) -> bool:
        return text in self.page("en/cite/")[1]

    def stop(self) -> None:
        """Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=20)
        self.listening.join(timeout=20)


@contextlib.contextmanager
def serving(checkout: Checkout, under: str = "") -> Iterator[Serving]:
    running = Serving(checkout, under)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


FAULTS = {
    "page": (PAGE, '{{ citation("bibtex") }}', '{{ citation("bibtx") }}', "unknown citation"),
    "tex": (PAGE, "As BibTeX:", r"As BibTeX, $\nosuchcommand$:", "nosuchcommand"),
    "template": ("docs/theme/main.html", "{% block htmltitle %}", "{% block htmltitle", "TemplateSyntaxError"),
    "derivation": ("derivations/coin.py", "= 8/p - 2/(1 - p) =! 0", "= 8/p - 3/(1 - p) =! 0", "coin.score: d(log"),
    "builder": ("derivations/publish/site.py", "def clear_away() -> None:", "def clear_away( -> None:", "SyntaxError"),
}


def test_each_fault_is_shown_over_the_last_good_pages_until_all_is_mended(built: Checkout) -> None:
    """One is mended in the moment in which the next is made, since every build takes its time."""
    with serving(built) as server:
        server.until(lambda: "Shown at" in server.said)
        with contextlib.ExitStack() as mended:
            for name, right, wrong, message in FAULTS.values():
                mended.close()
                server.said = ""
                mended.callback(built.replace, name, wrong, right)
                built.replace(name, right, wrong)
                server.until(partial(server.shows, message))
                for page in ("", "zh/", "en/", "en/cite/", "zh/derivations/coin/"):
                    status, text = server.page(page)
                    assert status == 200 and NOTICE in text and message in text, page
                assert message in server.said
                assert "the site of the last build stays as it was" in server.said or message == "SyntaxError"
        server.until(lambda: NOTICE not in server.page("en/cite/")[1])
        assert server.page("en/cite/")[0] == 200


def test_server_starts_in_spite_of_a_fault_and_shows_it_until_there_is_a_site(checkout: Checkout) -> None:
    checkout.replace(PAGE, '{{ citation("bibtex") }}', '{{ citation("bibtx") }}')
    with serving(checkout) as server:
        status, text = server.page("en/cite/")
        assert status == 503 and "Building for the first time" in text
        server.until(lambda: "unknown citation; nearest: bibtex" in server.page("en/cite/")[1])
        assert "unknown citation; nearest: bibtex" in server.said
        checkout.replace(PAGE, '{{ citation("bibtx") }}', '{{ citation("bibtex") }}')
        server.until(lambda: server.page("en/cite/")[0] == 200)
        server.until(lambda: NOTICE not in server.page("en/cite/")[1], seconds=10)


def test_answers_come_while_derivations_run(built: Checkout) -> None:
    built.replace("derivations/words/zh.toml", "抛硬币：十次里八次正面", "抛硬币：十次里，八次正面")
    with serving(built) as server:
        server.until(lambda: "deriving coin_information" in server.said)
        begun = time.monotonic()
        assert server.page("zh/")[0] == 200
        assert time.monotonic() - begun < 2
        assert "made " not in server.said


def test_edit_is_shown_and_asks_the_reader_to_load_again(built: Checkout) -> None:
    with serving(built) as server:
        server.until(lambda: "Shown at" in server.said)
        version = server.page("_preview/state")[1]
        assert f'data-state="/_preview/state" data-version="{version}"' in server.page("en/cite/")[1]
        assert "location.reload()" in server.page("_preview/preview.js")[1]
        built.replace(PAGE, "As BibTeX:", "As BibTeX, for LaTeX:")
        server.until(lambda: server.page("_preview/state")[1] != version)
        assert "As BibTeX, for LaTeX:" in server.page("en/cite/")[1]
        assert server.page("no/such/page/")[0] == 404
        assert "preview" not in (built.folder / "site/en/cite/index.html").read_text(encoding="utf-8")


def test_pages_are_served_below_the_path_that_the_site_will_have(checkout: Checkout) -> None:
    with serving(checkout, under="loss/") as server:
        assert f"Serving at {server.address} and" in server.said
        status, text = server.page("en/")
        assert status == 503 and 'data-state="/loss/_preview/state"' in text
        assert get(server.address.removesuffix("loss/"))[1] == text  # sent on to it


@pytest.mark.parametrize("when", ["deriving", "building"])
def test_stopping_in_the_middle_of_a_build_leaves_a_whole_site(built: Checkout, when: str) -> None:
    before = contents(built.folder / "site")
    if when == "deriving":
        built.replace("derivations/words/zh.toml", "抛硬币：十次里八次正面", "抛硬币：十次里，八次正面")
    with serving(built) as server:
        begun = built.folder / "build" / "site" / "en" / "index.html"
        server.until(lambda: "deriving coin" in server.said if when == "deriving" else begun.exists())
        server.stop()
    assert "Stopped." in server.said and "Traceback" not in server.said
    assert differing(contents(built.folder / "site"), before) == []
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(built.folder) not in left
    settled = contents(built.folder / "build")
    time.sleep(1)
    assert differing(contents(built.folder / "build"), settled) == [], "a builder is still at work"


def test_busy_port_is_said_in_one_line(checkout: Checkout) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = checkout.make("serve", PORT=str(port))
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert len(said) == 1
    assert said[0].startswith(f"Port {port} cannot be used (Address already in use): ")
    assert said[0].endswith(f"take another: PORT={port + 1} make serve")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("SITE_URL", "http://127.0.0.1:80000/"), ("PORT", "80000"), ("PORT", "0"), ("PORT", "http://127.0.0.1:8000/")],
)
def test_address_or_port_that_is_none_is_said_in_one_line(checkout: Checkout, name: str, wrong: str) -> None:
    done = checkout.make("serve", **{name: wrong})
    assert done.returncode != 0
    assert f"{name} is {wrong!r}" in done.stderr and "Traceback" not in done.stderr


def test_page_between_two_sites_is_waited_for(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<body>here</body>", encoding="utf-8")
    preview = Preview(site, 0, "/")
    preview.shown = preview.shown.after("")
    Thread(target=preview.serve_forever, daemon=True).start()
    try:
        site.rename(tmp_path / "aside")
        back = Timer(0.2, (tmp_path / "aside").rename, [site])
        back.start()
        status, text = get(preview.address)
        back.join()
        assert status == 200 and "here" in text
    finally:
        preview.shutdown()
        preview.server_close()


def test_nothing_outside_the_site_is_served(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    preview = Preview(tmp_path / "site", 0, "/")
    preview.shown = preview.shown.after("")
    Thread(target=preview.serve_forever, daemon=True).start()
    try:
        for path in ("../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt"):
            assert "secret" not in get(preview.address + path)[1]
    finally:
        preview.shutdown()
        preview.server_close()
