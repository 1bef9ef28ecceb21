"""`make site`, the command that README names, on a copy of the checkout with a fault in it: it says each fault once, with its place."""

from __future__ import annotations

import re

import pytest

from tests.publish.conftest import Checkout

pytestmark = pytest.mark.slow
ENGLISH, CHINESE = "docs/en/cite.md", "docs/zh/cite.md"


def added(checkout: Checkout, name: str, text: str) -> int:
    """A paragraph added at the end of a file; the number of its line."""
    path = checkout.folder / name
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(f"{before}{text}\n", encoding="utf-8")
    return before.count("\n") + 1


def faults(checkout: Checkout) -> list[str]:
    """The lines that `make site` says on standard error, when it has to stop."""
    done = checkout.make("site")
    assert done.returncode != 0
    assert not (checkout.folder / "site").exists()
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert said.pop() == "Not built; there is no site yet."
    return said


def test_site_without_a_fault_says_where_it_is(checkout: Checkout) -> None:
    done = checkout.make("site")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "Built: site/index.html"
    assert (checkout.folder / "site" / "index.html").is_file()


def test_faults_that_the_page_checks_find_are_said_once_with_their_lines(checkout: Checkout) -> None:
    checkout.replace(ENGLISH, '{{ citation("bibtex") }}', '{{ citation("bibtx") }}')
    line = added(checkout, ENGLISH, "## More")
    (checkout.folder / "docs/zh/trust.md").unlink()
    said = faults(checkout)
    assert len(said) == len(set(said))
    assert sum(f"{ENGLISH}:{line}: heading without an explicit id" in each for each in said) == 1
    assert (
        sum(re.match(rf"{ENGLISH}:\d+: bibtx: unknown citation; nearest: bibtex", each) is not None for each in said)
        == 1
    )
    assert "docs/en/trust.md:1: trust.md: missing in zh; each page is written in every language" in said


def test_renamed_identifier_is_said_where_the_old_one_is_cited(checkout: Checkout) -> None:
    checkout.replace("derivations/floating_point.py", '"significant-bits"', '"precision-of-digits"')
    said = faults(checkout)
    told = "\n".join(said)
    assert "derivations/floating_point.py:" in told and "no equation of the name significant-bits" in told


def test_broken_link_and_anchor_are_said_once_with_their_lines(checkout: Checkout) -> None:
    anchor = [added(checkout, name, "[one](equations.md#coin.scoer)") for name in (CHINESE, ENGLISH)]
    page = added(checkout, ENGLISH, "[other](trsut.md)")
    said = faults(checkout)
    assert sorted(each.partition(": ")[0] for each in said) == [
        f"{ENGLISH}:{anchor[1]}",
        f"{ENGLISH}:{page}",
        f"{CHINESE}:{anchor[0]}",
    ]
    assert sum("#coin.scoer" in each for each in said) == 2
    assert sum("trsut.md" in each for each in said) == 1


def test_bad_tex_is_said_once_with_its_line_and_so_is_every_other(checkout: Checkout) -> None:
    first = added(checkout, ENGLISH, r"A symbol, $\nosuchcommand$, that nobody knows.")
    second = added(checkout, CHINESE, r"没人认识的符号 $\nosuchsymbol$。")
    said = faults(checkout)
    assert len(said) == 2
    assert sum(each.startswith(f"{ENGLISH}:{first}: ") and r"\nosuchcommand" in each for each in said) == 1
    assert sum(each.startswith(f"{CHINESE}:{second}: ") and r"\nosuchsymbol" in each for each in said) == 1


@pytest.mark.parametrize("page", ["rebuild.md", "equations.md"])
def test_page_deleted_in_both_languages_is_said_once_with_the_line_of_the_nav(checkout: Checkout, page: str) -> None:
    for language in ("zh", "en"):
        (checkout.folder / "docs" / language / page).unlink()
    settings = (checkout.folder / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    said = faults(checkout)
    assert said[0].startswith(f"mkdocs.yml:{settings.index(f'      - {page}') + 1}: {page}: in the nav, but")
    assert sum("mkdocs.yml" in each for each in said) == 1
    assert len(said) == len(set(said))


@pytest.mark.parametrize("template", ["docs/theme/main.html", "docs/theme/embeds/equation.html"])
def test_template_error_is_said_once_with_its_line(checkout: Checkout, template: str) -> None:
    line = added(checkout, template, "{% if %}")
    said = faults(checkout)
    assert len(said) == 1
    assert said[0].startswith(f"{template}:{line}: TemplateSyntaxError: ")


def test_name_that_a_template_does_not_know_is_said_once_with_its_line(checkout: Checkout) -> None:
    line = added(checkout, "docs/theme/embeds/equation.html", "{{ no_such_name.at_all }}")
    said = faults(checkout)
    assert len(said) == 1
    assert said[0].startswith(f"docs/theme/embeds/equation.html:{line}: UndefinedError: ")


def test_syntax_error_of_a_script_is_said_with_file_and_line(checkout: Checkout) -> None:
    line = added(checkout, "derivations/coin.py", "def (:")
    said = faults(checkout)
    assert sum(f"derivations/coin.py:{line}: SyntaxError: " in each for each in said) == 1


def test_fault_leaves_the_last_site_as_it_was(checkout: Checkout) -> None:
    assert checkout.make("site").returncode == 0
    page = checkout.folder / "site" / "en" / "cite" / "index.html"
    before = page.read_bytes()
    added(checkout, ENGLISH, "## More")
    done = checkout.make("site")
    assert done.returncode != 0
    assert "Not built; the site of the last build stays as it was." in done.stderr
    assert page.read_bytes() == before


def test_package_that_is_gone_while_its_mark_stays_is_installed_again(checkout: Checkout) -> None:
    """npm is the copy's own here (conftest.py), and links what the checkout has."""
    katex = checkout.folder / "node_modules" / "katex"
    katex.unlink()
    assert (checkout.folder / "node_modules" / ".site").exists()
    by_hand = checkout.run("derivations.publish.site")
    assert by_hand.returncode != 0
    assert "KaTeX is missing from node_modules/: run `make site`, which installs it" in by_hand.stderr
    assert by_hand.stderr.count("KaTeX is missing") == 1 and "Traceback" not in by_hand.stderr
    done = checkout.make("site")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("npm ci") == 1
    assert katex.exists() and (checkout.folder / "site" / "index.html").is_file()
    assert "npm ci" not in checkout.make("site").stdout
