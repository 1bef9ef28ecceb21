"""What was derived and then tampered with is derived again. (Whole builds after damage: test_survival.py; faults: test_make_site.py.)"""

from __future__ import annotations

import json
import re

import pytest

from derivations.catalogue.scripts import SCRIPTS, rests_on
from tests.publish.conftest import Checkout

pytestmark = pytest.mark.slow


def test_tampered_catalogue_and_notebook_are_made_again(checkout: Checkout) -> None:
    genuine = checkout.catalogue_file.read_bytes()
    notebook = checkout.folder / "build" / "notebooks" / "coin.ipynb"
    executed = notebook.read_bytes()
    content = checkout.catalogue()
    mle = next(each for each in content["equations"] if each["id"] == "coin.mle")
    mle["value"]["decimal"] = "0.7"
    mle["tex"]["zh"] = "p = 0.7654"
    checkout.catalogue_file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    edited = json.loads(executed)
    outputs = [each for cell in edited["cells"] for each in cell.get("outputs", [])]
    outputs[-1]["data"] = {"text/plain": "tampered-output"}
    outputs[-1]["metadata"] = {}
    notebook.write_text(json.dumps(edited), encoding="utf-8")
    done = checkout.derive()
    assert done.returncode == 0, done.stderr
    assert checkout.catalogue_file.read_bytes() == genuine
    assert notebook.read_bytes() == executed


def test_tampered_figure_is_drawn_again(checkout: Checkout) -> None:
    figure = checkout.folder / "build" / "figures" / "coin-likelihood.zh.svg"
    drawn = figure.read_bytes()
    figure.write_bytes(drawn.replace(b"</svg>", b"<text>tampered</text></svg>"))
    assert checkout.derive().returncode == 0
    assert figure.read_bytes() == drawn


def test_nothing_is_made_when_nothing_has_changed(checkout: Checkout) -> None:
    made = {path: path.stat().st_mtime_ns for path in (checkout.folder / "build").rglob("*") if path.is_file()}
    done = checkout.derive()
    assert done.stdout == "up to date\n"
    after = {path: path.stat().st_mtime_ns for path in (checkout.folder / "build").rglob("*") if path.is_file()}
    assert made == after


@pytest.mark.parametrize(("added", "runs"), [
    ("# a remark\n", ["coin"]), ("remarked = True\n", [name for name in SCRIPTS if name == "coin" or "coin" in rests_on(name)]),
])  # fmt: skip
def test_edited_derivation_runs_with_what_rests_on_what_it_does_and_gives_what_a_build_from_nothing_gives(
    checkout: Checkout, added: str, runs: list[str]
) -> None:
    """The catalogue has to become what `make test` made from nothing, but for the mark of its sources, and the lines on which those equations now stand that come after what was added."""
    genuine = checkout.catalogue()
    checkout.replace("derivations/coin.py", "# § maximum\n# %%\n", f"# § maximum\n# %%\n{added}")
    done = checkout.derive()
    assert re.findall(r"deriving (\w+) …", done.stdout) == runs and len(runs) < len(SCRIPTS) / 2
    assert f"derivations: {len(runs)} run, {len(SCRIPTS) - len(runs)} taken over" in done.stdout
    made = checkout.catalogue()
    assert made.pop("fingerprint") != genuine.pop("fingerprint") and made.pop("seal") != genuine.pop("seal")
    own = [each for each in genuine["equations"] if each["script"] == "derivations/coin.py"]
    for each in own[[entry["id"] for entry in own].index("coin.second-derivative") :]:
        each["line"] += 1
    assert json.dumps(made) == json.dumps(genuine)


def test_derivation_that_was_kept_and_tampered_with_is_run_again(checkout: Checkout) -> None:
    genuine = checkout.catalogue_file.read_bytes()
    for kept in (checkout.folder / ".cache" / "store" / "derivations").glob("*.json"):
        kept.write_text(kept.read_text(encoding="utf-8").replace("0.8", "0.7"), encoding="utf-8")
    checkout.catalogue_file.unlink()
    assert " 0 run" not in checkout.derive().stdout
    assert checkout.catalogue_file.read_bytes() == genuine
