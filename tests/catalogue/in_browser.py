"""Scripts of the site, run in Node as a browser would run them, without a page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from derivations.publish.temml import find_node

ASSETS = Path(__file__).resolve().parents[2] / "docs" / "theme" / "assets"
RUN = """
const [scripts, call, given, asked] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const vm = require("vm");
for (const script of scripts) vm.runInThisContext(require("fs").readFileSync(script, "utf8"));
const answer = vm.runInThisContext(call);
console.log(JSON.stringify(asked.map((each) => answer(each, given))));
"""


def answers(scripts: list[str], function: str, given: Any, asked: list[str]) -> list[Any]:
    """What a function of the scripts answers to each thing asked."""
    task = json.dumps([[str(ASSETS / each) for each in scripts], function, given, asked])
    done = subprocess.run([find_node(), "-e", RUN], input=task, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
