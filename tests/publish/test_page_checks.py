"""What stops a page before it is built: each fault is told with file, line and identifier."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from derivations.publish.page_checks import check_pages
from derivations.publish.pages import read_pages

Faults = Callable[..., list[str]]

SOUND = """\
A symbol such as $p$, $\\hat{y}_i$ or $f_{w,b}(x^n)$ is only named.

{{ eq("coin.score") }}

See [the score](#coin.score), {{ num("coin.mle") }}, {{ num("coin.mle", "exact") }}, {{ num("coin.mle", form="exact") }}.

| a | b |
|---|---|
| {{ tex("coin.score", part="right") }} | {{ tex("coin.score", part=1) }} {{ tex("coin.score", part=-3) }} |

## More { #more.of-it }

{{ figure("coin-likelihood") }}

`x = 2.5` is code.

```python
x = 1  # {{ no embed's digits either }}
```
""".replace("{{ no embed's digits either }}", "one")


def test_sound_page_has_no_fault(faults: Faults) -> None:
    assert faults(SOUND) == []


# What is wrong, and what the message says besides the file and the line.
EMBEDS = [
    ('{{ eq("coin.scoer") }}', "coin.scoer: unknown equation; nearest: coin.score"),
    ('{{ tex("coin.mel") }}', "coin.mel: unknown equation; nearest: coin.mle"),
    ('{{ num("coin.scor") }}', "coin.scor: unknown equation; nearest: coin.score"),
    ('{{ figure("coin-likelihod") }}', "coin-likelihod: unknown figure; nearest: coin-likelihood"),
    ('{{ citation("bibtext") }}', "bibtext: unknown citation; nearest: bibtex"),
    ('{{ equ("coin.score") }}', "equ('coin.score'): unknown embed; nearest: eq"),
    ('{{ num("coin.score") }}', "coin.score: has no value"),
    ('{{ num("coin.mle", "roman") }}', "coin.mle: malformed embed: num has the forms"),
    ('{{ tex("coin.score", part="middle") }}', "coin.score: malformed embed: part is"),
    ('{{ tex("coin.score", part=3) }}', "coin.score: malformed embed: part 3 of 3"),
    ('{{ tex("coin.score", part=-4) }}', "coin.score: malformed embed: part -4 of 3"),
    ('{{ tex("coin.score", piece=1) }}', "malformed embed: piece=1"),
    ("{{ eq() }}", "eq(): malformed embed"),
    ('{{ eq("coin.score", "coin.mle") }}', "malformed embed: eq takes 1 identifier"),
    ("{{ eq(8) }}", "malformed embed: the identifier is a quoted text"),
    ("{{ eq(coin.score) }}", "malformed embed: the arguments of eq must be quoted"),
    ('{{ eq(*["coin.score"]) }}', "malformed embed"),
    ('{{ eq("coin.score" }}', "malformed embed"),
    ("{{ coin }}", "malformed embed: write it as"),
    ('{{ eq("coin.score") | upper }}', "malformed embed: write it as"),
    ("{% if true %}x{% endif %}", "malformed embed: if is not used in pages"),
    ('{{ eq("coin.score") }}\n\nAgain:\n\n{{ eq("coin.score") }}', "coin.score: displayed twice on this page"),
    ('{{ eq("coin.score") }}\n\n{{ eq("coin.mle") }}', '{{ eq("coin.mle") }}: no words before it'),
    ('/// key\n\n{{ eq("coin.score") }}\n\n///\n\n{{ eq("coin.mle") }}', '{{ eq("coin.mle") }}: no words before it'),
    ('## Part { #part }\n\n{{ eq("coin.score") }}', '{{ eq("coin.score") }}: no words before it'),
]


@pytest.mark.parametrize(("body", "message"), EMBEDS, ids=[body for body, _ in EMBEDS])
def test_bad_embed_is_told_with_file_line_and_identifier(faults: Faults, body: str, message: str) -> None:
    found = faults("A line.\n\n" + body)
    line = 5 + body.count("\n")
    assert len(found) == 2, found
    for language, fault in zip(("en", "zh"), found, strict=True):
        assert fault.startswith(f"docs/{language}/page.md:{line}: "), fault
        assert message in fault


def test_all_faults_are_told_at_once(faults: Faults) -> None:
    found = faults('{{ eq("coin.scoer") }}\n\n{{ num("coin.score") }}\n\n## No id\n\nIt is 45 times as large.')
    assert [fault.split(":")[1] for fault in found if "/en/" in fault] == ["3", "5", "7", "9"]


# A page typed by hand where it should embed.
TYPED = [
    ("$$p = q$$", "displayed TeX typed by hand"),
    ("$$\nL(p)\n$$", "displayed TeX typed by hand"),
    ("\\[ L(p) \\]", "displayed TeX typed by hand"),
    ("\\begin{align}\nL(p)\n\\end{align}", "displayed TeX typed by hand"),
    ("```math\nL(p)\n```", "displayed TeX typed by hand"),
    ("in a line: $$L(p)$$ so", "displayed TeX typed by hand"),
    ("where $p = q$ holds", "typed TeX states a fact (=)"),
    ("where $p < q$ holds", "typed TeX states a fact (<)"),
    (r"where $p \le q$ holds", r"typed TeX states a fact (\le)"),
    (r"where $p \approx q$ holds", r"typed TeX states a fact (\approx)"),
    (r"where $p \in P$ holds", r"typed TeX states a fact (\in)"),
    ("of $0.8$ here", "typed TeX states a fact"),
    ("of $8$ here", "typed TeX states a fact"),
    (r"of $\frac{4}{5}$ here", "typed TeX states a fact"),
    (r"of \(p = q\) here", "typed TeX states a fact (=)"),
    ("| a |\n|---|\n| $p = q$ |", "typed TeX states a fact (=)"),
    ("It is 45 times as large.", "45: a number typed in the prose"),
    ("It is 0.8 here.", "0.8: a number typed in the prose"),
    ("It is 4/5 here.", "4/5: a number typed in the prose"),
    ("It is 80% here.", "80%: a number typed in the prose"),
    ("最大值在 0.8 处。", "0.8: a number typed in the prose"),
    ("It is *45* here.", "45: a number typed in the prose"),
    ("It is [45](#title) here.", "45: a number typed in the prose"),
    ("| a |\n|---|\n| 45 |", "45: a number typed in the prose"),
    ("x² and ½", "²: a number typed in the prose"),
    ("/// key | 45 times\n\nText.\n\n///", "45: a number typed in the prose"),
    ("/// key\n\nIt is 45 here.\n\n///", "45: a number typed in the prose"),
    ("标签为 2", "2: a number typed in the prose"),
    ("标签为 1.5", "1.5: a number typed in the prose"),
    ("取 0.8", "0.8: a number typed in the prose"),
    ("似然是 1。", "1: a number typed in the prose"),
    ("接近 0.8", "0.8: a number typed in the prose"),
    ("以 3 为底", "3: a number typed in the prose"),
    ("a label of 12", "12: a number typed in the prose"),
    ("close to 1/2", "1/2: a number typed in the prose"),
    ("goes to 10%", "10%: a number typed in the prose"),
    ("The estimate is 1.", "1: a number typed in the prose"),
    ("between 0 and 10", "10: a number typed in the prose"),
    ("A word.[^1]\n\n[^1]: It is 45 here.", "45: a number typed in the prose"),
    ("SymPy 1.14 gives 45.", "45: a number typed in the prose"),
    ("## Part 2 { #part }", "2: a number typed in the prose"),
]


@pytest.mark.parametrize(("body", "message"), TYPED, ids=[body for body, _ in TYPED])
def test_mathematics_or_number_typed_by_hand_is_refused(faults: Faults, body: str, message: str) -> None:
    assert any(message in fault for fault in faults(body)), faults(body)


NAMES = [
    "CC BY 4.0",
    "Python 3.11",
    "SymPy 1.14",
    "Temml 0.13",
    "SHA-256",
    "UTF-8",
    "float64",
    "IEEE 754",
    "2025-06-12",
    "`8 / 10`",
    "[x](other.md#part-2)",
    "$x^2$",
    "$C_1$",
    "![words](figure-2.svg)",
]


@pytest.mark.parametrize("name", NAMES)
def test_name_with_digits_is_not_taken_for_a_result(faults: Faults, name: str) -> None:
    assert faults(f"This is {name}, as it is called.") == []


STRUCTURE = [
    "标签为 1",
    "标签全是 0",
    "取 1，否则取 0",
    "加起来等于 1",
    "面积应为 1",
    "从 0 编号，第 1 类",
    "目标为 0 或 1",
    "正面记作 1",
    "以 2 为底",
    "接近 1",
    "趋于 0",
    "小于 1",
    "0 与 1 之间",
]
STRUCTURE += ["label 1", "labels are 0", "a label of 1", "base 2", "close to 1", "goes to 0", "below 1", "between 0 and 1", "class 1", "add up to 1", "the bracket is 1", "else 0"]  # fmt: skip


@pytest.mark.parametrize("text", STRUCTURE)
def test_label_or_end_or_base_is_written_in_numerals(faults: Faults, text: str) -> None:
    assert faults(f"So: {text}, as they say.") == []


@pytest.mark.parametrize("text", ["CC BY 4.05", "CC BY 3.0", "float642", "2025-06-123", "UTF-16", "Pythons 3.11"])
def test_number_that_only_resembles_a_name_is_refused(faults: Faults, text: str) -> None:
    assert faults(f"This is {text}, so.")


HEADINGS = [
    ("## Words", "heading without an explicit id"),
    ("## Words { #Words }", "Words: heading ids are lower-case ASCII"),
    ("## 词 { #词 }", "词: heading ids are lower-case ASCII"),
    ("## Words { #title }", "title: heading id used twice"),
]


@pytest.mark.parametrize(("body", "message"), HEADINGS)
def test_heading_needs_an_id_of_its_own(faults: Faults, body: str, message: str) -> None:
    found = faults(body)
    assert [message in fault and ":3: " in fault for fault in found] == [True, True], found


SCORE, MLE = '{{ eq("coin.score") }}', '{{ eq("coin.mle") }}'
PARTED = [
    ("## One { #one }", "## 一 { #two }", "## one"),
    ("## One { #one }", "### 一 { #one }", "## one"),
    ("## One { #one }", "一", "## one"),
    (SCORE, MLE, "eq('coin.score')"),
    (SCORE, "", "eq('coin.score')"),
    (f"{SCORE}\n\nThen\n\n{MLE}", f"{MLE}\n\nThen\n\n{SCORE}", "eq('coin.score')"),
    ('{{ num("coin.mle") }}', '{{ num("coin.loss") }}', "num('coin.mle')"),
    ('{{ num("coin.mle") }}', '{{ num("coin.mle", "exact") }}', "num('coin.mle')"),
    ('{{ tex("coin.mle", part=0) }}', '{{ tex("coin.mle", part=1) }}', "tex('coin.mle', part=0)"),
    ('{{ figure("coin-likelihood") }}', "", "figure('coin-likelihood')"),
    (f'{{{{ num("coin.mle") }}}}\n\n{SCORE}', f'{SCORE}\n\n{{{{ num("coin.mle") }}}}', "num('coin.mle')"),
]


@pytest.mark.parametrize(("english", "chinese", "item"), PARTED)
def test_languages_that_part_are_told_once_with_both_places(
    faults: Faults, english: str, chinese: str, item: str
) -> None:
    (found,) = faults(english, chinese)
    what = "heading id" if item.startswith("#") else "embed"
    place = r"docs/{}/page\.md:\d+"
    told = f"{place.format('zh')}: .+: {what} differs between languages: {place.format('en')} has {re.escape(item)}"
    assert re.fullmatch(told, found), found


def test_what_follows_from_a_fault_is_not_told_beside_it(faults: Faults) -> None:
    (embed,) = faults('{{ eq("coin.scoer") }}', SCORE)
    (heading,) = faults("## One", "## 一 { #one }")
    (unread,) = faults('{{ eq("coin.score" }}', SCORE)
    assert "unknown equation" in embed and "without an explicit id" in heading and "malformed embed" in unread


def test_embeds_of_one_sentence_may_stand_in_another_order(faults: Faults) -> None:
    assert (
        faults('{{ num("coin.mle") }} of {{ tex("coin.score") }}', '{{ tex("coin.score") }}的{{ num("coin.mle") }}')
        == []
    )


@pytest.mark.parametrize(("present", "absent"), [("en", "zh"), ("zh", "en")])
def test_page_in_one_language_only_is_refused(tmp_path: Path, present: str, absent: str) -> None:
    for language in ("zh", "en"):
        (tmp_path / "docs" / language).mkdir(parents=True)
    (tmp_path / "docs" / present / "page.md").write_text("# Title { #title }\n", encoding="utf-8")
    pages = {language: read_pages(tmp_path / "docs" / language) for language in ("zh", "en")}
    (fault,) = check_pages(pages, {}, set(), tmp_path)
    assert fault.startswith(f"docs/{present}/page.md:1: page.md: missing in {absent}")
