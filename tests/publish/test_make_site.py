"""`make site`, the command that README names, on a copy of the checkout with faults in it: it says each once, with its place and what is near.

Builds are dear, so faults that one build finds together are tried together, and those that stop it early one after the other in one copy.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.publish.conftest import Checkout, contents, differing

pytestmark = pytest.mark.slow
ENGLISH, CHINESE = "docs/en/cite.md", "docs/zh/cite.md"
NOT_BUILT = "Not built; there is no site yet."


def added(checkout: Checkout, name: str, text: str) -> int:
    """A paragraph added at the end of a file; the number of its line."""
    path = checkout.folder / name
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(f"{before}{text}\n", encoding="utf-8")
    return before.count("\n") + 1


def line_of(checkout: Checkout, name: str, text: str) -> int:
    lines = (checkout.folder / name).read_text(encoding="utf-8").splitlines()
    (line,) = [number for number, line in enumerate(lines, 1) if text in line]
    return line


def faults(checkout: Checkout, **settings: str) -> list[str]:
    """The lines that `make site` says on standard error, when it has to stop."""
    done = checkout.make("site", **settings)
    assert done.returncode != 0
    assert not (checkout.folder / "site").exists()
    assert "Traceback" not in done.stderr, done.stderr
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert said.pop() == NOT_BUILT
    return said


# ------------------------------------------------------------ pages


def test_faults_of_pages_are_each_said_once_with_their_lines(checkout: Checkout) -> None:
    citation = line_of(checkout, ENGLISH, '{{ citation("bibtex") }}')
    checkout.replace(ENGLISH, '{{ citation("bibtex") }}', '{{ citation("bibtx") }}')
    malformed = added(checkout, "docs/en/trust.md", '{{ eq("coin.score" }}')
    unknown = added(checkout, "docs/en/notation.md", '{{ equ("coin.score") }}')
    misspelt = added(checkout, "docs/zh/floating-point.md", '这里是 {{ num("coin.scoer") }}。')
    without = added(checkout, "docs/en/rebuild.md", "## More")
    doubled = added(checkout, "docs/zh/rebuild.md", "## 一 { #one }\n\n## 又一 { #one }") + 2
    typed = added(checkout, "docs/zh/index.md", "一共 45 种。")
    stated = added(checkout, "docs/en/index.md", "Here $p = q$ holds.")
    parted = added(checkout, "docs/zh/likelihood-to-cross-entropy.md", '{{ eq("cross-entropy.gibbs") }}')
    end = len((checkout.folder / "docs/en/likelihood-to-cross-entropy.md").read_text(encoding="utf-8").splitlines())
    (checkout.folder / "docs/zh/deriving-cross-entropy.md").unlink()
    said = faults(checkout)
    expected = [
        f"{ENGLISH}:{citation}: bibtx: unknown citation; nearest: bibtex",
        f"docs/en/trust.md:{malformed}: malformed embed: unexpected '}}', expected ')'",
        f"docs/en/notation.md:{unknown}: equ('coin.score'): unknown embed; nearest: eq",
        f"docs/zh/floating-point.md:{misspelt}: coin.scoer: unknown equation; nearest: coin.score",
        f"docs/en/rebuild.md:{without}: heading without an explicit id: add {{ #id }} after “More”",
        f"docs/zh/rebuild.md:{doubled}: one: heading id used twice on this page",
        f"docs/zh/index.md:{typed}: 45: a number typed in the prose: embed it with num, or say it in words",
        f"docs/en/index.md:{stated}: $p = q$: typed TeX states a fact (=): embed it with tex or num",
        f"docs/zh/likelihood-to-cross-entropy.md:{parted}: eq('cross-entropy.gibbs'): embed differs between languages: "
        f"docs/en/likelihood-to-cross-entropy.md:{end} has (end of page)",
        "docs/en/deriving-cross-entropy.md:1: deriving-cross-entropy.md: missing in zh; each page is written in every language",
    ]
    short = [next((each for each in expected if line.startswith(each)), line) for line in said]
    assert sorted(short) == sorted(expected)


def test_faults_of_links_tex_and_nav_are_each_said_once_with_their_lines(checkout: Checkout) -> None:
    """What only the building of the pages finds; a script's prose stands in the words of a language."""
    anchors = [added(checkout, name, "[one](equations.md#coin.scoer)") for name in (CHINESE, ENGLISH)]
    page = added(checkout, ENGLISH, "[other](trsut.md)")
    tex = added(checkout, ENGLISH, r"A symbol, $\nosuchcommand$, that nobody knows.")
    symbol = added(checkout, CHINESE, r"没人认识的符号 $\nosuchsymbol$。")
    checkout.replace("derivations/words/en.toml", "Which $p$ makes these", r"Which $\nosuchletter$ makes these")
    words = line_of(checkout, "derivations/words/en.toml", r"\nosuchletter")
    for language in ("zh", "en"):
        (checkout.folder / "docs" / language / "notation.md").unlink()
    nav = line_of(checkout, "mkdocs.yml", "- notation.md")
    said = faults(checkout)
    assert len(said) == len(set(said))
    for place, what in (
        (f"{CHINESE}:{anchors[0]}: ", "#coin.scoer"),
        (f"{ENGLISH}:{anchors[1]}: ", "#coin.scoer"),
        (f"{ENGLISH}:{page}: ", "trsut.md"),
        (f"{ENGLISH}:{tex}: ", r"\nosuchcommand"),
        (f"{CHINESE}:{symbol}: ", r"\nosuchsymbol"),
        (f"derivations/words/en.toml:{words}: ", r"\nosuchletter"),
        (f"mkdocs.yml:{nav}: ", "notation.md: in the nav, but there is no such page"),
    ):
        assert [line.startswith(place) for line in said if what in line].count(True) == 1, (place, said)
    rest = [line for line in said if not any(each in line for each in ("coin.scoer", "trsut", "nosuch"))]
    assert rest and all("notation.md" in line for line in rest), rest
    assert sum("mkdocs.yml" in line for line in rest) == 1


def test_page_that_all_equations_need_is_missed_by_name(checkout: Checkout) -> None:
    for language in ("zh", "en"):
        (checkout.folder / "docs" / language / "equations.md").unlink()
    said = faults(checkout)
    nav = line_of(checkout, "mkdocs.yml", "- equations.md")
    assert said[0].startswith(f"mkdocs.yml:{nav}: equations.md: in the nav, but")
    assert len(said) == len(set(said)) and sum("mkdocs.yml" in line for line in said) == 1


@pytest.mark.parametrize(
    ("template", "text", "error"),
    [
        ("docs/theme/main.html", "{% if %}", "TemplateSyntaxError: "),
        ("docs/theme/embeds/equation.html", "{% if %}", "TemplateSyntaxError: "),
        ("docs/theme/embeds/equation.html", "{{ no_such_name.at_all }}", "UndefinedError: "),
    ],
)
def test_error_of_a_template_is_said_once_with_its_line(
    checkout: Checkout, template: str, text: str, error: str
) -> None:
    line = added(checkout, template, text)
    (said,) = faults(checkout)
    assert said.startswith(f"{template}:{line}: {error}")


# ------------------------------------------------------------ scripts, words, figures

SCORE = '"d(log(L(p)), p) = 8/p - 2/(1 - p) =! 0"'
OF_SCRIPTS = {
    "wrong": (SCORE, SCORE.replace("-", "+", 1), ("coin.score: d(log(L(p)), p) = 8/p + 2/(1 - p)", "at p = 1/2")),
    "undefined": (SCORE, SCORE.replace("8/p", "8/(p - p)"), ("coin.score: d(log(L(p)), p) = 8/(p - p)",)),
    "unread": (SCORE, SCORE.replace("(1 - p)", "(1 - p"), ("score: ", "is no formula")),
    "unbound": (SCORE, SCORE.replace("8/p", "8/q"), ("q has no meaning here; declare it as a quantity",)),
    "syntax": ("# § likelihood\n# %%\n", "# § likelihood\n# %%\ndef (:\n", ("SyntaxError: invalid syntax: def (:",)),
    "python": ("# § likelihood\n# %%\n", "# § likelihood\n# %%\nlikelyhood\n", ("NameError: name 'likelyhood'",)),
}


def test_fault_of_a_script_is_said_once_with_its_line(checkout: Checkout) -> None:
    script, before = "derivations/coin.py", contents(checkout.folder / "build")
    for name, (right, wrong, told) in OF_SCRIPTS.items():
        with checkout.kept(script):
            checkout.replace(script, right, wrong)
            said = faults(checkout)
            lines = (checkout.folder / script).read_text(encoding="utf-8").splitlines()
            typed = line_of(checkout, script, wrong.splitlines()[-1])
            line = max(at for at in range(1, typed + 1) if lines[at - 1][:1].strip())  # where the step begins
        assert said[0].startswith(f"{script}:{line}: "), name
        assert all(each in "\n".join(said) for each in told), (name, said)
        assert sum(script in each for each in said) == 1, (name, said)
    assert differing(contents(checkout.folder / "build"), before) == []


def test_renamed_identifier_is_said_where_the_old_one_is_cited(checkout: Checkout) -> None:
    checkout.replace("derivations/floating_point.py", '"significant-bits"', '"precision-of-digits"')
    told = "\n".join(faults(checkout))
    assert "derivations/floating_point.py:" in told and "no equation of the name significant-bits" in told


def test_faults_of_words_and_sources_are_each_said_once_with_their_lines(checkout: Checkout) -> None:
    english, chinese = "derivations/words/en.toml", "derivations/words/zh.toml"
    missing = line_of(checkout, chinese, '"coin.ways" = ')
    lines = (checkout.folder / chinese).read_text(encoding="utf-8").splitlines(keepends=True)
    (checkout.folder / chinese).write_text("".join(lines[: missing - 1] + lines[missing:]), encoding="utf-8")
    checkout.replace(english, '"coin.score" = "Score"', '"coin.scoer" = "Score"')
    checkout.replace(english, "[derivations.coin.sections.maximum]", "[derivations.coin.sections.maximun]")
    checkout.replace("derivations/coin.py", 'ways = coin.step("ways", by(), ', 'ways = coin.step("ways", by(),  ')
    checkout.replace(
        "derivations/coin.py", '"= 10*9/(2*1) | choose"], source="1.1"', '"= 10*9/(2*1) | choose"], source="1.3"'
    )
    titles, misspelt = line_of(checkout, chinese, "[titles]"), line_of(checkout, english, '"coin.scoer"')
    section, source = (
        line_of(checkout, english, "sections.maximun]"),
        line_of(checkout, "derivations/coin.py", '"ways"'),
    )
    said = faults(checkout)
    expected = [
        f"{chinese}:{titles}: [titles] has no 'coin.ways'; nearest: ",
        f"{english}:{misspelt}: [titles] has no 'coin.score'; it has 'coin.scoer', which nothing asks for",
        f"{english}:{section}: [derivations.coin.sections] has no 'maximum'; it has 'maximun', which nothing asks for",
        f"derivations/coin.py:{source}: coin.ways: the source is 'mle/1.3'; mle has no section 1.3, nearest: ",
    ]
    short = [next((each for each in expected if line.startswith(each)), line) for line in said]
    assert sorted(short) == sorted(expected)


def test_words_that_are_no_toml_are_said_once_with_their_line(checkout: Checkout) -> None:
    checkout.replace("derivations/words/en.toml", "[titles]", "[titles")
    line = line_of(checkout, "derivations/words/en.toml", "[titles")
    done = checkout.make("site")
    (said,) = (each for each in done.stderr.splitlines() if not each.startswith("make: "))
    assert done.returncode != 0 and said.startswith(f"derivations/words/en.toml:{line}: ")


def test_figure_that_cannot_be_drawn_is_said_once_with_its_line(checkout: Checkout) -> None:
    pictures = "derivations/publish/figures.py"
    curve = 'known, "coin.{}", "{}")\n    mark_maximum'
    likelihood, logarithm = curve.format("likelihood", "accent"), curve.format("log-likelihood", "second")
    for drawn, wrong, told in (
        (logarithm, logarithm.replace("coin.log-likelihood", "logistic.sample-loss"), "in several quantities or none"),
        (logarithm, logarithm.replace("log-likelihood", "log-likelyhood"), "coin.log-likelihood"),
        (
            likelihood,
            likelihood.replace("likelihood", "log-likelihood"),
            "coin.log-likelihood is nowhere within the panel",
        ),
    ):
        with checkout.kept(pictures):
            checkout.replace(pictures, drawn, wrong)
            (said,) = faults(checkout)
        assert re.match(rf"{pictures}:\d+: figure coin(-log)?-likelihood: ", said) and told in said


# ------------------------------------------------------------ address, disk, what is installed


@pytest.mark.parametrize(
    "address", ["example.org/loss/", "ftp://example.org/", "https://example.org:port/", "https:///x/"]
)
def test_address_that_is_none_is_said_in_one_line(checkout: Checkout, address: str) -> None:
    (said,) = faults(checkout, SITE_URL=address)
    assert said.startswith(f"SITE_URL is {address!r}: ") and "https://example.org/loss/" in said


def read_only(checkout: Checkout) -> list[str]:
    """A command in front of which the checkout is a disk that cannot be written to; root is not held by permissions."""
    if os.geteuid() != 0:
        for path in (checkout.folder, *checkout.folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        return []
    return namespace('mount --bind "$PWD" "$PWD" && mount -o remount,ro,bind "$PWD" && cd "$PWD"')


def namespace(mounts: str) -> list[str]:
    """A command in front: what it mounts is seen by nobody else, and is gone when it ends."""
    front = ["unshare", "--mount", "--map-root-user", "sh", "-c", f'{mounts} && exec "$@"', "sh"]
    if not shutil.which("unshare") or os.spawnvp(os.P_WAIT, front[0], [*front[:4], "-c", "mount -t tmpfs none /mnt"]):
        pytest.skip("this machine lets nobody mount a disk for a moment (unshare)")
    return front


def test_checkout_that_cannot_be_written_is_said_once(checkout: Checkout) -> None:
    (checkout.folder / "docs" / "terms.txt").touch()
    done = checkout.after(read_only(checkout), "make", "site")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert done.returncode != 0 and len(said) == 2 and said[1] == NOT_BUILT, done.stderr
    assert said[0].startswith(".cache/site.lock: ") and "have to be writable" in said[0]


NO_ROOM = "make room where the checkout lies, and run it again; nothing that is half-written is used"


def test_full_disk_is_said_once_and_leaves_everything_as_it_was(built: Checkout) -> None:
    """build/ on a disk of its own, mounted for this build alone, with room for what is there and not for a site beside it."""
    before, derived = contents(built.folder / "site"), contents(built.folder / "build")
    room = sum(map(len, derived.values())) // 1024 + 6000
    (built.folder / "disk").mkdir()
    mounts = f"mount -t tmpfs -o size={room}k tmpfs disk && cp -a build/. disk && mount --bind disk build"
    done = built.after(namespace(mounts), "make", "site")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert done.returncode != 0
    assert said == [f"No space left on device: {NO_ROOM}", "Not built; the site of the last build stays as it was."]
    assert differing(contents(built.folder / "site"), before) == []


def test_file_that_may_not_grow_is_said_and_leaves_nothing_by_halves(built: Checkout) -> None:
    """The same where nobody may mount: files over a limit are refused by the system (RLIMIT_FSIZE), as by a quota."""
    before = contents(built.folder / "site")
    built.catalogue_file.unlink()
    derived = contents(built.folder / "build")
    done = built.after(["sh", "-c", 'ulimit -f 200; exec "$@"', "sh"], "make", "site")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert len(said) == 2 and said[0] == f"File too large: {NO_ROOM}", said
    assert differing(contents(built.folder / "build"), derived) == []
    again = built.make("site")
    assert again.returncode == 0, again.stderr
    assert differing(contents(built.folder / "site"), before) == []


def test_fault_leaves_the_last_site_as_it_was(built: Checkout) -> None:
    before = contents(built.folder / "site")
    added(built, ENGLISH, "## More")
    done = built.make("site")
    assert done.returncode != 0
    assert "Not built; the site of the last build stays as it was." in done.stderr
    assert differing(contents(built.folder / "site"), before) == []


def test_what_npm_has_installed_by_halves_is_told_or_installed_again(checkout: Checkout, whole: Path) -> None:
    """npm is the copy's own here (conftest.py). Whoever builds without `make` is told what to do; `make` does it, and says where the site is."""
    temml = checkout.folder / "node_modules" / "temml"
    (checkout.folder / "build" / "temml-en.json").unlink()
    (temml / "dist" / "temml.cjs").write_text("half a fi", encoding="utf-8")
    for _ in range(2):
        by_hand = checkout.run("derivations.publish.site")
        assert by_hand.returncode != 0 and "Traceback" not in by_hand.stderr
        assert by_hand.stderr.startswith("Temml "), by_hand.stderr
        assert by_hand.stderr.count("run `make site`, which installs it") == 1
        (temml / "package.json").unlink(missing_ok=True)
    done = checkout.make("site")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.count("npm ci") == 1
    assert done.stdout.splitlines()[-1] == "Built: site/index.html"
    assert differing(contents(checkout.folder / "site"), contents(whole / "site")) == []
