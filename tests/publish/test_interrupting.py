"""`make site` while another one runs, and one that was killed at its most delicate point. Kill points drawn at random: test_survival.py."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from derivations.publish.turn import one_at_a_time
from tests.publish.conftest import ROOT, Checkout, contents, differing

pytestmark = pytest.mark.slow


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_two_builds_at_once_both_end_with_the_whole_site(built: Checkout) -> None:
    site = built.folder / "site"
    alone = contents(site)
    first = built.start("site")
    wait_until((built.folder / "build" / "site").exists)
    second = built.start("site")
    (first_said, _), (second_said, _) = first.communicate(timeout=120), second.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0), first_said + second_said
    assert "Another build is under way" not in first_said
    assert second_said.count("Another build is under way in this checkout; waiting for it") == 1
    assert differing(contents(site), alone) == []


def test_build_that_is_stopped_says_so_leaves_the_old_site_and_frees_the_lock(built: Checkout) -> None:
    before = contents(built.folder / "site")
    waited: list[bool] = []
    for sign in (signal.SIGINT, signal.SIGKILL):
        stopped = built.start("site")
        wait_until((built.folder / "build" / "site" / "en" / "index.html").exists)
        os.killpg(stopped.pid, sign)
        said, _ = stopped.communicate(timeout=60)
        assert stopped.returncode != 0 and "Traceback" not in said
        assert ("Stopped." in said) is (sign == signal.SIGINT)
        assert differing(contents(built.folder / "site"), before) == []
        with one_at_a_time(built.folder / ".cache" / "site.lock", lambda: waited.append(True)):
            assert not waited


def test_build_killed_between_the_two_moves_gives_the_old_site_back(checkout: Checkout) -> None:
    aside = checkout.folder / "build" / "site-before"
    aside.mkdir()
    (aside / "index.html").write_text("the old site", encoding="utf-8")
    (checkout.folder / "docs" / "en" / "cite.md").unlink()
    assert checkout.make("site").returncode != 0
    assert contents(checkout.folder / "site") == {"index.html": b"the old site"}


WAITING = "import os, time; from derivations.publish.build import workers; pool = workers(1); print(pool.submit(os.getpid).result(), flush=True); time.sleep(60)"


def test_workers_end_with_the_process_that_waits_for_them() -> None:
    """A worker that outlived it would hold the lock, and its end of the pipe, for ever."""
    waiting = subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert waiting.stdout
    assert int(waiting.stdout.readline()) != waiting.pid
    waiting.kill()
    assert waiting.communicate(timeout=20)[0] == ""
