"""Figures to play with: by keyboard and by touch, with numbers that SciPy confirms, a state that is an address, and nothing lost without scripts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from scipy.special import softmax
from scipy.stats import binom, binomtest

from derivations.catalogue.making import known_catalogue
from derivations.catalogue.rebuild import load
from tests.browser.chromium import at_rest
from tests.browser.test_accessible import AXE, FOUND

pytestmark = pytest.mark.browser
PAGE, FIGURE = "questions/how-sure/", "#figure-four-intervals"


@contextmanager
def played(browser: Browser, address: str, figure: str = FIGURE, **how: Any) -> Iterator[Page]:
    """A page with its figure in sight and ready; afterwards no error or warning stands in the console, nor asked of another host."""
    context = browser.new_context(**how)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    at_rest(page, address)
    assert not any("assets/play." in each for each in asked), "its script comes only near the screen"
    page.locator(figure).scroll_into_view_if_needed()
    page.wait_for_selector(f"{figure} .play")
    yield page
    assert said == []
    host = re.match(r"https?://[^/]+/", address)
    assert host and all(each.startswith((host[0], "data:")) for each in asked)
    context.close()


def rows(page: Page, figure: str = FIGURE) -> dict[str, str]:
    return dict(
        page.locator(f"{figure} dl > div").evaluate_all(
            "all => all.map((each) => [...each.children].map((part) => part.textContent))"
        )
    )


def numbers(text: str) -> list[float]:
    return [float(each.replace("−", "-")) for each in re.findall(r"−?\d+\.\d+", text)]


def drawn(page: Page, figure: str = FIGURE) -> dict[str, list[float]]:
    """The coordinates of every line that an equation gave."""
    paths = page.locator(f"{figure} svg [data-equation]").evaluate_all(
        "all => all.map((each) => [each.dataset.equation, each.getAttribute('d')])"
    )
    return {name: [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", path)] for name, path in paths}


def test_coin_by_keyboard_says_what_scipy_says_and_what_is_not_defined(chromium: Browser, site_server: str) -> None:
    with played(chromium, f"{site_server}en/{PAGE}") as page:
        heads, tails = page.get_by_role("slider", name="heads"), page.get_by_role("slider", name="tails")
        output = page.locator(f"{FIGURE} output")
        heads.focus()
        for _ in range(22):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        for _ in range(18):
            page.keyboard.press("ArrowRight")
        assert (heads.input_value(), tails.input_value()) == ("30", "20")
        shown, tosses, share = rows(page), binomtest(30, 50), 0.6
        assert numbers(shown["Wilson"]) == pytest.approx(tosses.proportion_ci(method="wilson"), abs=6e-4)
        assert numbers(shown["Clopper–Pearson"]) == pytest.approx(tosses.proportion_ci(method="exact"), abs=6e-4)
        error = math.sqrt(share * 0.4 / 50)
        assert numbers(shown["standard error"]) == pytest.approx([error], abs=6e-4)
        assert numbers(shown["Wald"]) == pytest.approx([share - 1.96 * error, share + 1.96 * error], abs=6e-4)
        for end in numbers(shown["likelihood ratio"]):
            fall = 2 * (30 * math.log(share / end) + 20 * math.log(0.4 / (1 - end)))
            assert fall == pytest.approx(1.96**2, abs=0.06)
        assert numbers(shown["likelihood at p"]) == pytest.approx([binom.pmf(30, 50, 0.5)], abs=6e-4)
        assert numbers(shown["its logarithm"]) == pytest.approx([binom.logpmf(30, 50, 0.5)], abs=6e-4)
        assert numbers(shown["score at p"]) == [pytest.approx(30 / 0.5 - 20 / 0.5)]
        assert output.inner_text().startswith("30 heads in 50 tosses") and "0.600" in output.inner_text()
        assert page.locator(f"{FIGURE} [role=img]").get_attribute("aria-label") == output.text_content()
        assert "four-intervals=30_20_0.5" in page.url
        best = page.locator(f"{FIGURE} [data-part=best]").get_attribute("d")
        assert min(drawn(page)["coin.likelihood"][1::2]) >= float(re.findall(r"[\d.]+", best or "")[1]) - 0.1

        page.keyboard.press("Home")  # no tails
        assert output.inner_text().startswith("Nothing but heads in 30 tosses")
        shown = rows(page)
        assert shown["Wald"] == shown["standard error"] == "not defined"
        assert numbers(shown["Clopper–Pearson"]) == pytest.approx(
            binomtest(30, 30).proportion_ci(method="exact"), abs=6e-4
        )
        assert numbers(shown["Wilson"]) == pytest.approx(binomtest(30, 30).proportion_ci(method="wilson"), abs=6e-4)
        heads.focus()
        page.keyboard.press("Home")  # no toss
        assert output.inner_text().startswith("No toss at all")
        assert set(rows(page).values()) == {"not defined"}
        page.keyboard.press("End")
        tails.focus()
        page.keyboard.press("End")
        page.get_by_role("slider", name="look at p").focus()
        page.keyboard.press("Home")
        assert rows(page)["its logarithm"] == rows(page)["score at p"] == "not defined"
        assert not re.search(r"NaN|Infinity|undefined", page.locator(FIGURE).inner_html())
        page.get_by_role("button", name="back to the start").click()
        expect(output).to_have_text(re.compile("^8 heads"))


def test_coin_by_touch_in_chinese_on_a_telephone_begins_as_it_is_drawn_and_comes_back_by_its_address(
    chromium: Browser, site_server: str
) -> None:
    telephone: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "reduced_motion": "reduce",
        "color_scheme": "dark",
    }
    with played(chromium, f"{site_server}zh/{PAGE}", **telephone) as page:
        heads = page.get_by_role("slider", name="正面")
        box = heads.bounding_box()
        assert box and box["height"] >= 44
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert abs(int(heads.input_value()) - 25) <= 1
        address = page.locator(f"{FIGURE} .play a").get_attribute("href") or ""
        assert address.endswith("#figure-four-intervals")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(FOUND, ["html", None]) == []
        state = rows(page)
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector(f"{FIGURE} .play")
        assert rows(page) == state


def test_figure_to_play_with_stands_there_without_scripts_as_it_begins_with_them(
    chromium: Browser, site_server: str
) -> None:
    plain = chromium.new_page(java_script_enabled=False)
    plain.goto(f"{site_server}en/{PAGE}")
    assert not plain.locator(".play").count()
    assert "0.444" in (plain.locator(f"{FIGURE} svg").text_content() or "")
    assert "0.444" in (plain.locator(f"{FIGURE} [role=img]").get_attribute("aria-label") or "")
    still = drawn(plain)
    plain.close()
    with played(chromium, f"{site_server}en/{PAGE}") as page:
        after = drawn(page)
        assert set(after) == set(still)
        for name, points in still.items():
            if name.startswith("intervals."):
                assert after[name] == pytest.approx(points, abs=0.3), (
                    name
                )  # static ends are the three digits of the page
            else:
                assert max(points[1::2]) == pytest.approx(max(after[name][1::2]), abs=2), name
                assert min(points[1::2]) == pytest.approx(min(after[name][1::2]), abs=2), name


@pytest.mark.parametrize("state", ["9", "x_-2_1e3"])
def test_address_that_is_no_state_does_no_harm(chromium: Browser, site_server: str, state: str) -> None:
    with played(chromium, f"{site_server}en/{PAGE}?four-intervals={state}&h=score") as page:
        assert "NaN" not in page.locator(FIGURE).inner_html()
        assert page.locator(f"{FIGURE} output").inner_text()


def test_one_sample_is_where_the_saturation_is_seen(chromium: Browser, site_server: str) -> None:
    figure = "#figure-one-sample"
    with played(chromium, f"{site_server}en/questions/squared-error/", figure) as page:
        page.get_by_role("slider", name="logit z").focus()
        page.keyboard.press("Home")
        wrong = 1 / (1 + math.exp(10))
        shown = rows(page, figure)
        assert numbers(shown["cross-entropy"]) == pytest.approx([math.log1p(math.exp(10))], abs=6e-4)
        assert shown["squared error"] == "1 − 9.1 × 10⁻⁵", "not quite 1"
        assert numbers(shown["cross-entropy’s gradient"]) == pytest.approx([wrong - 1], abs=6e-4)
        assert shown["squared error’s gradient"] == "−9.1 × 10⁻⁵"
        assert (
            page.locator(f"{figure} output")
            .inner_text()
            .startswith("The label is 1, the prediction 4.5 × 10⁻⁵: wrong.")
        )
        page.get_by_role("slider", name="label").focus()
        page.keyboard.press("ArrowLeft")
        assert numbers(rows(page, figure)["cross-entropy"])[0] == 4.5  # × 10⁻⁵: right, and sure
        assert "right side" in page.locator(f"{figure} output").inner_text()
        assert "one-sample=0_-10" in page.url


def test_three_cats_have_one_number_with_two_signs(chromium: Browser, site_server: str) -> None:
    figure = "#figure-three-cats"
    with played(chromium, f"{site_server}zh/likelihood-to-cross-entropy/", figure) as page:
        assert rows(page, figure) == {"交叉熵": "1.155", "对数似然": "−1.155"}
        page.get_by_role("slider", name="第三张").focus()
        page.keyboard.press("Home")
        assert rows(page, figure) == {"交叉熵": "∞", "对数似然": "−∞"}
        assert "无穷大" in page.locator(f"{figure} output").inner_text()
        assert "Infinity" not in page.locator(figure).inner_html()
        page.keyboard.press("ArrowRight")
        loss = -math.log(0.7 * 0.9 * 0.01)
        assert rows(page, figure) == {"交叉熵": f"{loss:.3f}", "对数似然": f"−{loss:.3f}"}
        tops = [
            float(re.findall(r"-?[\d.]+", path)[5])
            for path in page.locator(f"{figure} [data-part^=stack]").evaluate_all(
                "all => all.map((each) => each.getAttribute('d'))"
            )
        ]
        assert min(tops) >= 30  # it still has room in the drawing


def test_areas_of_two_distributions_add_up(chromium: Browser, site_server: str) -> None:
    figure = "#figure-entropies"
    with played(chromium, f"{site_server}en/questions/three-entropies/?entropies=0.5_0.25", figure) as page:
        shown = rows(page, figure)
        assert shown == {"entropy of p": "0.693", "KL divergence": "0.144", "cross-entropy": "0.837"}
        page.get_by_role("slider", name="predicted q").focus()
        for _ in range(25):
            page.keyboard.press("ArrowRight")
        assert rows(page, figure)["KL divergence"] == "0.000"
        assert page.locator(f"{figure} output").inner_text().startswith("The two agree")
        more = page.locator(f"{figure} [data-part^=more], {figure} [data-part^=less]").evaluate_all(
            "all => all.map((each) => each.getAttribute('d'))"
        )
        assert more == [""] * 4
        page.keyboard.press("Home")  # what happens half of the time is called impossible
        assert rows(page, figure) == {"entropy of p": "0.693", "KL divergence": "∞", "cross-entropy": "∞"}
        assert page.locator(f"{figure} output").inner_text().startswith("What q calls impossible")
        page.get_by_role("slider", name="true p").focus()
        page.keyboard.press("Home")  # and it does not happen
        assert set(rows(page, figure).values()) == {"0.000"}
        page.get_by_role("slider", name="predicted q").focus()
        page.keyboard.press("End")
        page.keyboard.press("ArrowLeft")
        assert rows(page, figure)["KL divergence"] == f"{-math.log(0.01):.3f}"
        assert page.locator(f"{figure} output").inner_text().endswith("higher than the drawing.")
        assert not re.search(r"NaN|Infinity", page.locator(figure).inner_html())


def test_simplex_moves_with_the_logits_as_scipys_softmax_does(chromium: Browser, site_server: str) -> None:
    figure = "#figure-simplex"
    with played(chromium, f"{site_server}en/questions/softmax/", figure) as page:
        assert numbers(page.locator(f"{figure} [data-part=said]").text_content() or "") == [0.6, 0.3, 0.1]
        page.get_by_role("slider", name="third logit").focus()
        page.keyboard.press("End")
        heard = page.locator(figure).aria_snapshot()  # what a screen reader has
        assert 'slider "third logit": "4"' in heard
        assert re.search(r"status: The shares are 0\.09, 0\.05, 0\.86\.", heard)
        shown, expected = rows(page, figure), softmax([1.79, 1.1, 4])
        assert [numbers(shown[f"{which} share"])[0] for which in ("first", "second", "third")] == pytest.approx(
            list(expected), abs=6e-4
        )
        assert numbers(shown["loss, if the first class is true"]) == pytest.approx([-math.log(expected[0])], abs=6e-4)


def test_fit_in_the_plane_is_scikit_learns_and_has_no_end_where_a_line_separates(
    chromium: Browser, site_server: str
) -> None:
    from sklearn.linear_model import LogisticRegression

    figure = "#figure-plane"
    with played(chromium, f"{site_server}en/questions/separated-data/?plane=-4_3_4_0.1_1_0", figure) as page:
        said = page.locator(f"{figure} output")
        assert said.inner_text().startswith("Set by hand")
        page.get_by_role("button", name="fit", exact=True).click()
        assert "plane=-4_3_4_0.1_1_15" in page.url
        assert said.inner_text().startswith("At rest") and numbers(rows(page, figure)["sum of predictions"]) == [5]
        known = known_catalogue()
        *features, labels = (
            [float(each) for each in load(f"plane.{name}", known).expression]
            for name in ("first-feature", "second-feature", "labels")
        )
        fit = LogisticRegression(C=1 / (2 * 0.1), tol=1e-10).fit(list(zip(*features, strict=True)), labels)
        assert numbers(rows(page, figure)["w₁, w₂, b"]) == pytest.approx([*fit.coef_[0], fit.intercept_[0]], abs=6e-3)

        page.get_by_role("slider", name="penalty λ").focus()
        page.keyboard.press("Home")
        assert said.inner_text().startswith("All 10 samples are on their side")
        assert rows(page, figure)["likelihood"].startswith("1 − ")
        steps = page.get_by_role("slider", name="steps")
        steps.focus()
        lengths = []
        for _ in range(5):
            lengths.append(numbers(rows(page, figure)["length of w"])[0])
            page.keyboard.press("ArrowLeft")
        assert min(one - other for one, other in pairwise(lengths)) > 1
        page.keyboard.press("End")
        page.get_by_role("slider", name="framed dot").focus()
        for _ in range(25):
            page.keyboard.press("ArrowLeft")
        assert said.inner_text().startswith("At rest"), "half-way between two others, no line separates it"
        page.goto(page.url.partition("?")[0])
        page.locator(figure).scroll_into_view_if_needed()
        page.wait_for_selector(f"{figure} .play")
        ways = ("line", "low", "high", "start", "length-with", "length-without")
        after = {way: page.locator(f"{figure} [data-part={way}]").get_attribute("d") or "" for way in ways}
    still = (Path(__file__).parents[2] / "build" / "figures" / "plane.en.svg").read_text(encoding="utf-8")
    for way, path in after.items():
        (drawn_before,) = re.findall(rf'<path d="([^"]*)"[^>]*data-part="{way}"', still)
        assert [float(each) for each in re.findall(r"[\d.]+", path)] == pytest.approx(
            [float(each) for each in re.findall(r"[\d.]+", drawn_before)], abs=0.11
        ), way
