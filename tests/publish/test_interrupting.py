"""`make site` while another one runs, and stopped midway: there is a whole site, or the old one."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from derivations.publish.turn import one_at_a_time
from tests.publish.conftest import Checkout

pytestmark = pytest.mark.slow


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def contents(site: Path) -> dict[str, bytes]:
    files = (path for path in site.rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def test_two_builds_at_once_both_end_with_the_whole_site(checkout: Checkout) -> None:
    assert checkout.make("site").returncode == 0
    site = checkout.folder / "site"
    alone = contents(site)
    first = checkout.start("site")
    wait_until((checkout.folder / "build" / "site").exists)
    second = checkout.start("site")
    (first_said, _), (second_said, _) = first.communicate(timeout=120), second.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0), first_said + second_said
    assert "Another build is under way" not in first_said
    assert second_said.count("Another build is under way in this checkout; waiting for it") == 1
    assert contents(site) == alone


def test_lock_is_free_again_when_its_holder_is_killed(checkout: Checkout) -> None:
    killed = checkout.start("site")
    wait_until((checkout.folder / "build" / "site").exists)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=60)
    told: list[bool] = []
    with one_at_a_time(checkout.folder / ".cache" / "site.lock", lambda: told.append(True)):
        assert told == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_build_stopped_midway_leaves_the_old_site_and_the_next_is_whole(
    checkout: Checkout, sign: signal.Signals
) -> None:
    assert checkout.make("site").returncode == 0
    site = checkout.folder / "site"
    before = contents(site)
    stopped = checkout.start("site")
    wait_until((checkout.folder / "build" / "site" / "en" / "index.html").exists)
    os.killpg(stopped.pid, sign)
    said, _ = stopped.communicate(timeout=60)
    assert stopped.returncode != 0
    assert "Traceback" not in said
    assert contents(site) == before
    assert checkout.make("site").returncode == 0
    assert contents(site) == before
    assert not (checkout.folder / "build" / "site").exists()


def test_build_killed_between_the_two_moves_gives_the_old_site_back(checkout: Checkout) -> None:
    aside = checkout.folder / "build" / "site-before"
    aside.mkdir()
    (aside / "index.html").write_text("the old site", encoding="utf-8")
    (checkout.folder / "docs" / "en" / "cite.md").unlink()
    assert checkout.make("site").returncode != 0
    assert contents(checkout.folder / "site") == {"index.html": b"the old site"}
