"""Scripts run by themselves, and a broken one stops the build and leaves what was there. Each in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from derivations.catalogue.scripts import SCRIPTS, rests_on
from tests.command_line import begun

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Python in a folder, which finds nothing but what stands there."""
    environment = {name: setting for name, setting in os.environ.items() if name not in ("PYTHONPATH", "PYTHONSTARTUP")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=240
    )


def test_every_script_is_checked_by_itself(equations):
    """In a process where nothing is loaded but what it rests on, as if it were the first: loading that anew for each would take three times as long."""
    above = {name: rests_on(name) for name in SCRIPTS}
    after = {name: max(above[name], key=lambda each: len(above[each]), default="") for name in SCRIPTS}
    commands = {name: ("check", str(ROOT / "derivations" / f"{name}.py")) for name in SCRIPTS}
    answers = begun.run_each(commands, after)
    assert {name: complained for name, (code, _, complained) in answers.items() if code} == {}
    assert answers.keys() == set(SCRIPTS)
    for name, (_, said, _) in answers.items():
        count = sum(identifier.partition(".")[0] == name.replace("_", "-") for identifier in equations)
        assert count and said.startswith(f"{count} equations in 1 derivation: ") and "none failed" in said, name


# ------------------------------------------------------------ a broken derivation


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The derivations in a folder of their own, with outputs of an earlier build."""
    shutil.copytree(ROOT / "derivations", tmp_path / "derivations", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "build" / "notebooks").mkdir(parents=True)
    for path in (tmp_path / "build" / "equations.json", tmp_path / "build" / "notebooks" / "coin.ipynb"):
        path.write_text('{"from": "an earlier build"}', encoding="utf-8")
    return tmp_path


def break_script(folder: Path, name: str, right: str, wrong: str) -> None:
    script = folder / "derivations" / f"{name}.py"
    source = script.read_text(encoding="utf-8")
    assert source.count(right) >= 1, f"{right} is no longer in {name}.py: break something else here"
    script.write_text(source.replace(right, wrong, 1), encoding="utf-8")


def outputs(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted((folder / "build").rglob("*"))
        if path.is_file()
    }


BROKEN = {
    "coin.score": ("coin", "= 8/p - 2/(1 - p) =! 0", "= 8/p + 2/(1 - p) =! 0"),
    "coin-boundary.all-heads-score": ("coin_boundary", "d(log(L(n, p)), p) = n/p", "d(log(L(n, p)), p) = n/(1 - p)"),
    "logistic.sample-loss": ("logistic", 'f"Loss(n) = -[{INNER}]", through', 'f"Loss(n) = [{INNER}]", through'),
}


@pytest.mark.slow
@pytest.mark.parametrize("identifier", BROKEN)
def test_broken_derivation_stops_the_build_and_leaves_the_old_outputs(copied, identifier):
    break_script(copied, *BROKEN[identifier])
    before = outputs(copied)
    finished = run("-m", "derivations", "build", folder=copied)
    assert finished.returncode == 1
    assert identifier in finished.stderr and f"derivations/{BROKEN[identifier][0]}.py:" in finished.stderr
    assert outputs(copied) == before


@pytest.mark.slow
def test_broken_derivation_fails_the_check_and_its_own_script(copied):
    break_script(copied, *BROKEN["coin.score"])
    checked = run("-m", "derivations", "check", folder=copied)
    assert checked.returncode == 1 and "coin.score" in checked.stderr and "none failed" not in checked.stdout
    assert "it is false" in checked.stderr and "at p = " in checked.stderr
    alone = run("-m", "derivations", "check", "derivations/coin.py", folder=copied)
    assert alone.returncode == 1 and "coin.score" in alone.stderr


@pytest.mark.slow
def test_script_with_a_slip_stops_the_build_with_its_name(copied):
    break_script(copied, "three_cats", "yhat(2, theta) = 0.9", "yhat(2, theta) = nine tenths")
    before = outputs(copied)
    finished = run("-m", "derivations", "build", folder=copied)
    assert finished.returncode == 1 and "three_cats.py" in finished.stderr and "nine tenths" in finished.stderr
    assert outputs(copied) == before


SYNTAX = ("def (:", "SyntaxError: invalid syntax: def (:")
SLIPS = {
    "check": SYNTAX,
    "check derivations/coin.py": SYNTAX,
    "list": SYNTAX,
    "coin --heads 600 --tails 400": SYNTAX,  # so many are derived by the general theorems
    "show coin.score": ("1 / 0", "ZeroDivisionError: division by zero"),
    "list --derivation coin": ("nowhere", "NameError: "),
}


@pytest.mark.parametrize("command", SLIPS)
def test_slip_in_a_script_is_told_with_file_and_line_by_every_command(copied, command):
    (copied / "mkdocs.yml").touch()  # a checkout, whose catalogue is its own
    slip, said = SLIPS[command]
    name = "coin_general" if command.startswith("coin ") else "coin"
    script = copied / "derivations" / f"{name}.py"
    lines = script.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("from ")) + 1
    script.write_text("\n".join([*lines[:at], slip, *lines[at:]]) + "\n", encoding="utf-8")
    done = run("-m", "derivations", *command.split(), folder=copied)
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith(f"derivations/{name}.py:{at + 1}: {said}") and "Traceback" not in done.stderr
