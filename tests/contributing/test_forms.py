"""What the hosting service reads (issue forms, updates, hooks), against what its documentation asks for, as far as can be told offline."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.changed.what import ROOT

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in FOLDER.glob("*.yml") if path.name != "config.yml")
HAN = re.compile(r"[\u4e00-\u9fff]")
TEXT = {"type": "string", "minLength": 1}
SAID = {"label": TEXT, "description": TEXT}
TAKES: dict[str, dict[str, Any]] = {
    "markdown": {"value": TEXT},
    "input": {**SAID, "placeholder": TEXT, "value": TEXT},
    "textarea": {**SAID, "placeholder": TEXT, "value": TEXT, "render": TEXT},
    "dropdown": {
        **SAID,
        "multiple": {"type": "boolean"},
        "options": {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True},
        "default": {"type": "integer"},
    },
}
"""The attributes of each element, as “Syntax for GitHub's form schema” lists them, without those that are not used here."""


def element(kind: str) -> dict[str, Any]:
    """The schema of one element of a form."""
    owed = {"markdown": ["value"], "dropdown": ["label", "options"]}.get(kind, ["label"])
    attributes = {"type": "object", "properties": TAKES[kind], "required": owed, "additionalProperties": False}
    keys: dict[str, Any] = {"type": {"const": kind}, "attributes": attributes}
    if kind != "markdown":
        required = {"type": "object", "properties": {"required": {"type": "boolean"}}, "additionalProperties": False}
        keys |= {"id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}, "validations": required}
    return {"type": "object", "properties": keys, "required": ["type", "attributes"], "additionalProperties": False}


FORM = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "description": TEXT,
        "title": TEXT,
        "labels": {"type": "array", "items": TEXT},
        "body": {
            "type": "array",
            "items": {"oneOf": [element(kind) for kind in TAKES]},
            "contains": {"properties": {"type": {"not": {"const": "markdown"}}}},
        },
    },
    "required": ["name", "description", "body"],
    "additionalProperties": False,
}
UPDATES = {
    "type": "object",
    "properties": {
        "version": {"const": 2},
        "updates": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "package-ecosystem": {"enum": ["pip", "npm", "github-actions"]},
                    "directory": {"const": "/"},
                    "schedule": {
                        "properties": {"interval": {"enum": ["daily", "weekly", "monthly"]}},
                        "required": ["interval"],
                    },
                    "open-pull-requests-limit": {"type": "integer"},
                    "groups": {"additionalProperties": {"required": ["patterns"]}},
                },
                "required": ["package-ecosystem", "directory", "schedule"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "updates"],
    "additionalProperties": False,
}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_is_one_in_both_languages_and_asks_for_the_identifier(path: Path) -> None:
    form = read(path)
    jsonschema.validate(form, FORM)
    asked = [each for each in form["body"] if each["type"] != "markdown"]
    assert len({each["id"] for each in asked}) == len({each["attributes"]["label"] for each in asked}) == len(asked)
    (identifier,) = [each for each in asked if each["id"] == "identifier"]
    assert identifier["validations"]["required"] and "coin.score" in identifier["attributes"]["placeholder"]
    for text in (form["name"], form["description"], *(each["attributes"]["label"] for each in asked)):
        english, chinese = text.split(" · ")
        assert HAN.search(chinese) and not HAN.search(english), text


def test_forms_are_for_an_equation_and_for_a_sentence() -> None:
    assert [path.stem for path in FORMS] == ["equation", "sentence"]
    assert set(read(FOLDER / "config.yml")) <= {"blank_issues_enabled", "contact_links"}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"name": "A form", "body": []},
        {"name": "A form", "description": "…", "body": [{"type": "markdown", "attributes": {"value": "…"}}]},
        {"name": "A form", "description": "…", "body": [{"type": "input", "attributes": {"lable": "…"}}]},
        {"name": "A form", "description": "…", "body": [{"type": "inptu", "attributes": {"label": "…"}}]},
    ],
)
def test_a_form_that_would_not_be_shown_is_noticed(spoilt: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, FORM)


def test_updates_are_asked_for_of_all_that_is_locked() -> None:
    asked = read(ROOT / ".github" / "dependabot.yml")
    jsonschema.validate(asked, UPDATES)
    assert [each["package-ecosystem"] for each in asked["updates"]] == ["pip", "npm", "github-actions"]
    for name in ("requirements.in", "requirements-test.in", "package.json", ".github/workflows/pages.yml"):
        assert (ROOT / name).is_file()


def test_the_hook_before_a_commit_is_a_command_that_there_is() -> None:
    """`make --dry-run` knows the target, and asks it to look at what was changed."""
    ((hook,),) = [each["hooks"] for each in read(ROOT / ".pre-commit-config.yaml")["repos"]]
    assert {"id", "name", "entry", "language"} <= set(hook) and hook["language"] == "system"
    done = subprocess.run(
        [*hook["entry"].split(), "--dry-run", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0 and "python -m tests.changed" in done.stdout


def test_texts_for_contributors_lead_somewhere() -> None:
    """Every relative link of the pages beside README."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"):
        text = re.sub(r"^```.*?^```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        headings = {anchor(each) for each in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, fragment = link.partition("#")
            if "://" in link:
                continue
            assert not path or (ROOT / path).exists(), f"{name}: {link}"
            if fragment and path:
                others = (ROOT / path).read_text(encoding="utf-8")
                assert fragment in {anchor(each) for each in re.findall(r"^#+ (.+)$", others, re.MULTILINE)}, link
            elif fragment:
                assert fragment in headings, f"{name}: {link}"


def anchor(heading: str) -> str:
    """As the hosting service makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
