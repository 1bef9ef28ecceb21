"""Building again gives the same bytes; another address changes the canonical links and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATIONS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
ELSEWHERE = "https://example.org/some/where/"
HERE = "http://127.0.0.1:8000/"


def built(folder: Path, site_url: str) -> Path:
    """Both languages and the root, built side by side."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url}
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--config-file",
                configuration,
                "--site-dir",
                str(folder / language),
            ],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for language, configuration in CONFIGURATIONS.items()
    ]
    for process in running:
        said, _ = process.communicate(timeout=200)
        assert process.returncode == 0, said
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("first"), HERE)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.mark.slow
def test_second_build_is_identical_byte_for_byte(first: Path, tmp_path: Path) -> None:
    one, two = contents(first), contents(built(tmp_path, HERE))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


@pytest.mark.slow
def test_site_address_changes_canonical_addresses_only(first: Path, tmp_path: Path) -> None:
    one, two = contents(first), contents(built(tmp_path, ELSEWHERE))
    assert one.keys() == two.keys()
    for name in one:
        if name.endswith("404.html"):
            continue  # shown at any address, so it has to know where the site begins
        if name.endswith((".html", ".xml")):
            here, elsewhere = one[name].decode(), two[name].decode()
            assert elsewhere.replace(ELSEWHERE, HERE) == here, name
            kept = re.sub(r'<link rel="(?:canonical|alternate)"[^>]*>|<code>[^<]*</code>', "", elsewhere)
            if name.endswith(".html"):
                assert ELSEWHERE not in kept, name
        elif not name.endswith(".gz") and one[name] != two[name]:
            assert two[name].decode().replace(ELSEWHERE, HERE) == one[name].decode(), name
