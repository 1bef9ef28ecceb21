"""Whatever happens to a build and to what it keeps, the next `make site` gives the same site, byte for byte.

What happens is drawn at random from a seed: builds are killed at some moment, also those of another state of the sources, and what `build/` and `.cache/` hold
is emptied, cut short, altered, replaced by junk or removed. A test that fails prints its seed, and all that was done; so that the same is drawn again, or something else, or more:

    SURVIVAL_SEED=20250612 SURVIVAL_SECONDS=600 pytest tests/publish/test_survival.py

The same seed draws the same damage, signals and moments. What a moment hits depends on how fast the machine is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from tests.publish.conftest import Checkout, contents, differing
from tests.publish.test_kept import DAMAGES

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("SURVIVAL_SEED", "20250612"))
SECONDS = float(os.environ.get("SURVIVAL_SECONDS", "20"))
"""After which no further round begins; two are always played: everything damaged, and builds killed."""
SIGNS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
OTHERWISE = (
    ("derivations/words/en.toml", '"coin.score" = "Score"', '"coin.score" = "Slope"'),
    ("docs/theme/embeds/equation.html", "<", "<!-- -->\n<"),
    ("docs/zh/cite.md", "{{ citation(", "\n{{ citation("),
    ("derivations/publish/temml.mjs", "// Reads one", "// Takes one"),
)
"""Another state of the sources, as an older commit is one: words, a template, a page, what prints formulas."""


class Life:
    """What happens to one checkout, told as it happens: whoever sees a failed test sees all of it."""

    def __init__(self, checkout: Checkout, seed: int) -> None:
        self.checkout, self.random = checkout, Random(seed)
        print(f"SURVIVAL_SEED={seed}")
        self.lasts = 10.0
        """Seconds that a build took which found all that it needs."""

    def build(self) -> None:
        """One that nothing happens to."""
        begun = time.monotonic()
        done = self.checkout.make("site")
        assert done.returncode == 0, done.stdout + done.stderr
        self.lasts = min(self.lasts, time.monotonic() - begun)

    def kill(self) -> None:
        """A build that is ended at some moment: all of it, or `make` alone, while its builders live on."""
        after, sign = self.random.uniform(0.1, self.lasts), self.random.choice(SIGNS)
        end = self.random.choice((os.killpg, os.kill))
        running = self.checkout.start("site")
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(after)
        with contextlib.suppress(ProcessLookupError):  # it was faster
            end(running.pid, sign)
        running.communicate(timeout=300)
        print(f"{end.__name__} {sign.name} after {after:.2f} s")

    def kill_elsewhere(self) -> None:
        """The same with the sources in another state, which then come back."""
        with self.checkout.kept(*(name for name, _, _ in OTHERWISE)):
            for name, old, new in OTHERWISE:
                path = self.checkout.folder / name
                text = path.read_text(encoding="utf-8")
                assert old in text, name
                path.write_text(text.replace(old, new, 1), encoding="utf-8")
            print("other sources:")
            self.kill()

    def damage(self, paths: list[Path]) -> None:
        """Each file in one of the ways in which files are damaged."""
        for path in paths:
            way = self.random.choice((*DAMAGES, None))
            if way is None:
                path.unlink()
            else:
                path.write_bytes(way(path.read_bytes()))
            print(f"{path.relative_to(self.checkout.folder)} {way.__name__ if way else 'removed'}")

    def kept_files(self, folder: str) -> list[Path]:
        found = (path for path in sorted((self.checkout.folder / folder).rglob("*")) if path.is_file())
        return [path for path in found if path.name != "site.lock"]


def test_next_site_is_the_same_byte_for_byte_whatever_happened(built: Checkout) -> None:
    life, begun = Life(built, SEED), time.monotonic()
    before = contents(built.folder / "site")
    kinds = {path.relative_to(built.folder).parts[1].partition("-")[0] for path in life.kept_files("build")}
    assert kinds >= {"equations.json", "figures", "fonts", "temml", "notebooks", "pages", "styles"}
    life.damage(life.kept_files("build"))
    life.damage(life.random.sample(life.kept_files(".cache"), 6))  # of what takes seconds to find anew
    rounds = 0
    while rounds < 2 or time.monotonic() - begun < SECONDS:
        if rounds:
            for _ in range(life.random.randint(1, 2)):
                life.random.choice((life.kill, life.kill_elsewhere))()
            life.damage(
                life.random.sample(life.kept_files("build"), 12) + life.random.sample(life.kept_files(".cache"), 3)
            )
        life.build()
        assert differing(contents(built.folder / "site"), before) == []
        rounds += 1
    assert built.run("derivations", "build").stdout.endswith("up to date\n")
