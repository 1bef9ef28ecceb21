"""The command line in terminals narrow and wide, in pipes, in old encodings, interrupted, and asked by shells: each as a process of its own, as a reader runs it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from derivations.__main__ import main
from tests.engine.published import IDENTIFIERS, ROOT

COMMAND = (sys.executable, "-m", "derivations")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ON_TERMINALS = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")


def environment(**settings: str) -> dict[str, str]:
    """What a reader's shell hands over, without what a test runner or another terminal has put there."""
    dropped = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **settings}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=ROOT, env=environment(**settings), capture_output=True, timeout=240)  # fmt: skip


class Terminal:
    """A command in a terminal so many columns wide; `said` is what stands on its screen, in raw bytes."""

    def __init__(self, *arguments: str, columns: int = 80, **settings: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], cwd=ROOT, env=environment(PYTHONUTF8="1", **settings), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )  # fmt: skip
        os.close(slave)
        self.said = b""

    def read(self) -> bool:
        """A little more of it; False at the end."""
        with contextlib.suppress(OSError):  # the end of a pseudo-terminal
            if more := os.read(self.master, 65536):
                self.said += more
                return True
        return False

    def until(self, sought: bytes) -> None:
        while sought not in self.said:
            assert self.read(), self.said

    def finished(self) -> str:
        while self.read():
            pass
        os.close(self.master)
        assert self.process.wait(timeout=60) == 0, self.said
        return self.said.decode().replace("\r\n", "\n")


# ------------------------------------------------------------ width


@ON_TERMINALS
@pytest.mark.parametrize("columns", [40, 80, 100, 200])
def test_list_cuts_no_identifier_however_narrow(columns):
    screen = ESCAPE.sub("", Terminal("list", columns=columns).finished())
    begun = [line.split(" ")[0] for line in screen.splitlines()]
    assert [each for each in begun if each in IDENTIFIERS] == [each for each in begun if "." in each]
    assert set(IDENTIFIERS) <= set(begun)
    assert not [line for line in screen.splitlines() if cell_len(line) > max(columns, max(map(len, IDENTIFIERS)))]
    if columns == 40:
        squeezed = "".join(screen.split())
        for identifier, formula, verdict in (
            line.split("\t") for line in run("list", PYTHONUTF8="1").stdout.decode().splitlines()
        ):
            assert (
                f"{identifier}·{verdict}{''.join(formula.split())}" in squeezed or f"{identifier}{verdict}" in squeezed
            )


@ON_TERMINALS
def test_list_on_a_wide_terminal_has_a_line_for_each():
    screen = ESCAPE.sub("", Terminal("list", "--derivation", "coin", columns=200).finished())
    lines = screen[screen.index("identifier") :].splitlines()
    assert lines[0].split() == ["identifier", "formula", "verdict"]
    assert len(lines) == 1 + sum(each.startswith("coin.") for each in IDENTIFIERS)


def test_list_into_a_pipe_is_whole_lines_without_colour_however_narrow():
    for settings in ({}, {"COLUMNS": "40"}, {"FORCE_COLOR": "1"}):
        lines = run("list", PYTHONUTF8="1", **settings).stdout.decode().splitlines()
        assert [line.split("\t")[0] for line in lines] == [each for each in dict.fromkeys(line.split("\t")[0] for line in lines)]  # fmt: skip
        assert len(lines) == len(IDENTIFIERS) and not any("\x1b" in line for line in lines)


@ON_TERMINALS
@pytest.mark.parametrize("arguments", [["list"], ["show", "coin.score"], ["coin", "--heads", "8", "--tails", "2"]])
def test_no_colour_is_shown_where_none_is_wanted(arguments):
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])m", Terminal(*arguments, NO_COLOR="1").finished())


# ------------------------------------------------------------ encodings


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii", "latin-1", "cp437"])
def test_every_encoding_is_enough_for_every_command(encoding):
    for arguments in (
        ["list"], ["list", "--language", "zh"], ["show", "coin.score", "--chain"], ["show", "coin.maximum", "--language", "zh"], ["show", "coin.mle", "--as", "json"],
        ["coin", "--heads", "8", "--tails", "2", "--language", "zh"], ["check", "derivations/coin.py"], ["show", "得分"], ["coin", "--heads", "八", "--tails", "2"],
    ):  # fmt: skip
        said = CliRunner(charset=encoding).invoke(main, arguments)
        assert said.exit_code == (2 if "得分" in arguments or "八" in arguments else 0), (arguments, said.exception)
        assert (said.stdout_bytes + said.stderr_bytes).decode(encoding)


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
def test_encoding_of_a_process_is_enough_for_the_whole_list(encoding):
    done = run("list", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and done.stderr == b""
    assert len(done.stdout.decode(encoding).splitlines()) == len(IDENTIFIERS)


def test_build_that_waits_says_so_in_every_encoding(tmp_path):
    """What `python -m derivations site` goes on to, which is a process of its own."""
    code = """if True:
        import os, pathlib
        from derivations.publish import site
        site.ROOT = pathlib.Path.cwd()
        site.one_at_a_time = lambda lock, waiting: (waiting(), print("中文 …", flush=True), os._exit(0))
        site.main()"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(PYTHONIOENCODING="ascii"), capture_output=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.decode("ascii").endswith("\\u4e2d\\u6587 ...\n")


def test_plain_c_locale_is_enough():
    done = run("show", "coin.score", LC_ALL="C", LANG="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0 and b"d/dp [log(L(p))] = 8/p - 2/(1 - p) =? 0" in done.stdout


def test_signs_that_an_encoding_lacks_are_spelled_and_others_kept():
    ascii_only = run("show", "coin.maximum", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "arg max_{p in [0, 1]} L(p) = 8/10" in ascii_only and "\\u" not in ascii_only
    assert "H(phat_N, p_theta)" in run("show", "one-principle.cross-entropy", PYTHONIOENCODING="ascii").stdout.decode()
    assert "theta" in run("list", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "唯一的最大值点" in run("show", "coin.maximum", "--language", "zh", PYTHONIOENCODING="gbk").stdout.decode(
        "gbk"
    )


# ------------------------------------------------------------ pipes and interruptions


@pytest.mark.parametrize("arguments", [["list"], ["show", "coin.mle", "--chain"], ["check", "derivations/coin.py"]])
def test_pipe_that_is_closed_is_no_error_and_says_so_to_the_shell(arguments):
    """More than a pipe holds is not needed: the reader has gone before the first word."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=ROOT, env=environment(), stdout=closed, stderr=subprocess.PIPE, timeout=240
        )
    assert done.returncode == 141 and done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_told_in_one_line():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "list"], cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"No space left" in done.stderr


@ON_TERMINALS
def test_check_shows_progress_on_a_terminal_and_ctrl_c_ends_it_in_one_line():
    terminal = Terminal("check", "--deep")  # which goes on for longer than anyone takes to stop it
    terminal.until(b"proving coin")
    begun = pressed = time.monotonic()
    os.killpg(terminal.process.pid, signal.SIGINT)
    while terminal.read():
        if (
            time.monotonic() - pressed > 3
        ):  # it came where Python can raise nothing, as in a finalizer: whoever is at the keys presses again
            pressed = time.monotonic()
            os.killpg(terminal.process.pid, signal.SIGINT)
    assert terminal.process.wait(timeout=20) == 130 and time.monotonic() - begun < 10
    assert b"Stopped." in terminal.said and b"Traceback" not in terminal.said and b"Aborted" not in terminal.said


def test_check_shows_no_progress_where_nobody_watches():
    done = run("check", "derivations/coin.py")
    assert done.stderr == b"" and b"\x1b" not in done.stdout and b"none failed" in done.stdout


# ------------------------------------------------------------ shells


def completed(line: str, shell: str = "bash") -> list[str]:
    """What click offers to a shell for a line that is being typed."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_DERIVATIONS_COMPLETE": f"{shell}_complete"}
    code = "from derivations.__main__ import main; main(prog_name='derivations')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(**asked), capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_shell_completes_commands_options_and_identifiers():
    assert completed("derivations sh") == ["plain,show"]
    assert completed("derivations show coin.sc") == ["plain,coin.score", "plain,coin.score-root"]
    assert {each.removeprefix("plain,") for each in completed("derivations show ")} == set(IDENTIFIERS)
    assert "plain,--derivation" in completed("derivations list --d")
    assert completed("derivations list --derivation three") == ["plain,three-cats"]
    assert completed("derivations show coin.mle --as j") == ["plain,json"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_line_that_readme_gives_for_a_shell_is_right(shell, tmp_path):
    """The shell itself reads the line; where it is not installed, only that there is a script for it is tried."""
    (line,) = re.findall(rf"^ *(.*_DERIVATIONS_COMPLETE={shell}_source.*?) *(?:#.*)?$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)  # fmt: skip
    command = tmp_path / "derivations"
    command.write_text(f"#!{sys.executable}\nfrom derivations.__main__ import main\nmain(prog_name='derivations')\n", encoding="utf-8")  # fmt: skip
    command.chmod(0o755)
    settings = environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    script = subprocess.run([command], env={**settings, "_DERIVATIONS_COMPLETE": f"{shell}_source"}, capture_output=True, text=True)  # fmt: skip
    assert script.returncode == 0 and f"_DERIVATIONS_COMPLETE={shell}_complete" in script.stdout
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed; its script was written")
    asked = {
        "bash": f"{line}\ncomplete -p derivations",
        "zsh": f"autoload -Uz compinit && compinit -u\n{line}\necho $_comps[derivations]",
        "fish": f"{line}\ncomplete -c derivations",
    }
    done = subprocess.run([shell, "-c", asked[shell]], env=settings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "_derivations_completion" in done.stdout, done.stderr


def test_library_that_is_not_installed_is_named_with_what_installs_it():
    code = "import sys; sys.modules['nbformat'] = None; from derivations.__main__ import main; main(['build'], prog_name='derivations')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: nbformat is not installed; `python -m derivations site` installs")
