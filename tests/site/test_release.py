"""What a release offers, and the workflow that makes it."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"


@pytest.fixture
def to_release(built_site: Path, tmp_path: Path) -> Path:
    """A checkout with a site of its own: other tests share files of the first, which `tar` takes for changes."""
    folder = tmp_path / "checkout"
    shutil.copytree(built_site, folder / "site")
    for name in (".ci", ".git"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def released(checkout: Path, into: Path) -> dict[str, Path]:
    """What `.ci/release` makes, by suffix."""
    done = subprocess.run(["bash", ".ci/release", str(into)], cwd=checkout, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return {path.suffix or path.name: path for path in into.iterdir()}


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a release is made from a commit")
def test_release_has_site_wheel_and_checksums_and_is_the_same_again(
    built_site: Path, to_release: Path, tmp_path: Path
) -> None:
    made, again = released(to_release, tmp_path / "one"), released(to_release, tmp_path / "two")
    assert set(made) == {".gz", ".whl", "SHA256SUMS"}
    for suffix, path in made.items():
        assert path.read_bytes() == again[suffix].read_bytes(), suffix
    sums = set(made["SHA256SUMS"].read_text(encoding="utf-8").splitlines())
    packages = [made[each] for each in (".gz", ".whl")]
    assert sums == {f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}" for each in packages}
    with tarfile.open(made[".gz"]) as archive:
        packed = {member.name.partition("/")[2]: member for member in archive.getmembers() if member.isfile()}
        assert set(packed) == {
            path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()
        }
        assert archive.extractfile(packed["en/index.html"]).read() == (built_site / "en" / "index.html").read_bytes()  # type: ignore[union-attr]
    with zipfile.ZipFile(made[".whl"]) as wheel:
        assert {"derivations/coin.py", "derivations/words/zh.toml"} <= set(wheel.namelist())


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))


def test_every_action_is_named_by_its_commit_and_its_version() -> None:
    used = re.findall(r"uses: (.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert used
    for each in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each), each


def test_pull_requests_are_checked_with_every_python_and_deployments_are_not_cut(workflow: dict[Any, Any]) -> None:
    on = workflow[True]  # YAML's `on`
    assert "pull_request" in on and on["push"]["tags"] == ["v*"]
    jobs = workflow["jobs"]
    assert jobs["check"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert jobs["publish"]["concurrency"]["cancel-in-progress"] is False
    assert jobs["publish"]["if"] == "github.ref == 'refs/heads/main'"
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in jobs.items() if "write" in (job.get("permissions") or {}).values()] == [
        "publish",
        "release",
    ]
