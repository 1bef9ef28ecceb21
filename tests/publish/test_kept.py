"""What is kept between builds is written whole; what is damaged counts as absent, and never reaches a page. (Whole builds after damage: test_survival.py.)"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from derivations.catalogue import files as files_module
from derivations.publish import kept
from tests.publish.conftest import Checkout


def emptied(content: bytes) -> bytes:
    return b""


def cut_short(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def altered(content: bytes) -> bytes:
    """One digit another one, in the middle: what is text or JSON remains so."""
    digits = [found.start() for found in re.finditer(rb"\d", content)]
    place = min(digits, key=lambda digit: abs(digit - len(content) // 2), default=len(content) // 2)
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :] if content else b"0"


def unreadable(content: bytes) -> bytes:
    return b"\xff\xfe\xff" + content[3:]


DAMAGES = (emptied, cut_short, altered, unreadable)


@pytest.mark.parametrize("damage", DAMAGES)
def test_file_kept_is_read_only_as_it_was_written(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "sub" / "font.woff2"
    assert kept.read_kept(path) is None
    kept.keep(path, b"font 2 of 3")
    assert kept.read_kept(path) == b"font 2 of 3"
    path.write_bytes(damage(path.read_bytes()))
    assert kept.read_kept(path) is None


def test_file_kept_without_its_seal_counts_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "font.woff2"
    kept.keep(path, b"font")
    (tmp_path / "font.woff2.sha256").unlink()
    assert kept.read_kept(path) is None


def test_doubtful_files_are_removed_and_sealed_ones_stay(tmp_path: Path) -> None:
    sound, doubtful = tmp_path / "sound.json", tmp_path / "doubtful.json"
    for path in (sound, doubtful):
        path.write_text("{}", encoding="utf-8")
    kept.seal([sound, tmp_path / "missing.json"])
    kept.remove_doubtful([sound, doubtful, tmp_path / "missing.json"])
    assert sound.exists() and not doubtful.exists()


def test_writing_that_fails_leaves_the_old_file_and_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "equations.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        files_module.write_atomically(path, "new \udcff")  # fails after the file beside it was opened
    assert [each.name for each in tmp_path.iterdir()] == ["equations.json"]
    assert path.read_text(encoding="utf-8") == "old"

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files_module.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files_module.write_atomically(path, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["equations.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_writing_what_stands_there_already_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "equations.json"
    assert files_module.write_if_changed(path, "text")
    before = path.stat().st_mtime_ns
    assert not files_module.write_if_changed(path, "text")
    assert path.stat().st_mtime_ns == before
    assert files_module.write_if_changed(path, "other")
    assert path.read_text(encoding="utf-8") == "other"
    path.write_bytes(b"\xff")
    assert files_module.write_if_changed(path, "other")


@pytest.mark.slow
def test_damage_to_what_says_that_all_is_current_is_mended(checkout: Checkout) -> None:
    stamps = [
        checkout.folder / "build" / name
        for name in ("figures/figures.json", "figures/fingerprint", "notebooks/fingerprint")
    ]
    before = [path.read_bytes() for path in stamps]
    for path in stamps:
        path.write_bytes(unreadable(path.read_bytes()))
    done = checkout.derive()
    assert done.returncode == 0, done.stderr
    assert [path.read_bytes() for path in stamps] == before
