"""The figures: what they show is right, in both languages, in the page's own colours, the same every time."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from scipy.optimize import brentq
from scipy.stats import binomtest

from derivations.catalogue.making import known_catalogue
from derivations.publish import figure_files, figures
from derivations.publish.cone import among, cones
from derivations.publish.curves import Known
from derivations.publish.plotter import Plot
from derivations.words import read_all

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
PAGES = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*/**/*.md")]
SHOWN = {name for page in PAGES for name in re.findall(r'\{\{ figure\("([\w-]+)"\) \}\}', page)}
NAMES = sorted(figure_files.functions())
ROUNDING = 0.06
"""Coordinates are written to a tenth of a unit."""
Points = list[tuple[float, float]]


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


CURVES: list[tuple[str, str, Callable[[float], float]]] = [
    ("coin-likelihood", "coin.likelihood", lambda p: math.comb(10, 8) * p**8 * (1 - p) ** 2),
    ("coin-log-likelihood", "coin.log-likelihood", lambda p: math.log(45) + 8 * math.log(p) + 2 * math.log1p(-p)),
    ("sample-loss", "logistic.sample-loss-positive", lambda q: math.log(1 / q)),
    ("sample-loss", "logistic.sample-loss-negative", lambda q: math.log(1 / (1 - q))),
    ("squared-error-gradient", "squared-error.cross-entropy-push", lambda z: -sigmoid(-z)),
    ("squared-error-gradient", "squared-error.squared-error-push", lambda z: -2 * sigmoid(z) * sigmoid(-z) ** 2),
    ("one-sample", "squared-error.cross-entropy-positive", lambda z: math.log1p(math.exp(-z))),
    ("one-sample", "squared-error.squared-error-positive", lambda z: sigmoid(-z) ** 2),
    ("one-sample", "squared-error.cross-entropy-push", lambda z: -sigmoid(-z)),
    ("one-sample", "squared-error.squared-error-push", lambda z: -2 * sigmoid(z) * sigmoid(-z) ** 2),
    (
        "two-valleys",
        "two-valleys.three-squared-errors",
        lambda w: (1 - sigmoid(w)) ** 2 + sigmoid(20 * w) ** 2 + (1 - sigmoid(-w / 10)) ** 2,
    ),
    (
        "two-valleys",
        "two-valleys.cross-entropy-sum",
        lambda w: math.log1p(math.exp(-w)) + math.log1p(math.exp(20 * w)) + math.log1p(math.exp(w / 10)),
    ),
]


@dataclass
class Drawing:
    """A figure read back from its SVG, with the scales that its own ticks and labels give."""

    svg: str

    def __post_init__(self) -> None:
        """Pair the tick marks, which are four units long, with the numbers beside them."""
        self.root = ElementTree.fromstring(self.svg)
        paths = [(path, points_of(path)) for path in self.elements("path")]
        self.curves = {p.get("data-equation", ""): points for p, points in paths if p.get("data-equation")}
        self.dots = [points[0] for path, points in paths if path.get("stroke-linecap") == "round"]
        short = [points for _, points in paths if len(points) == 2 and math.dist(*points) == pytest.approx(4)]
        labels = [
            (node.get("text-anchor"), float((node.text or "").replace("−", "-")))
            for node in self.elements("text")
            if re.fullmatch(r"−?[\d.]+", node.text or "") and node.get("font-size")
        ]
        across = [points[0][0] for points in short if points[0][0] == points[1][0]]
        upward = [points[0][1] for points in short if points[0][1] == points[1][1]]
        self.x = list(zip(across, [number for side, number in labels if side == "middle"], strict=True))
        self.panels: list[Points] = []
        """The scales upward, one for each panel that has one: its numbers rise."""
        for tick in zip(upward, [number for side, number in labels if side == "end"], strict=True):
            if not self.panels or tick[1] < self.panels[-1][-1][1]:
                self.panels.append([])
            self.panels[-1].append(tick)

    def upward(self, curve: Points) -> Points:
        """The scale of the panel in which a curve lies."""
        middle = sum(y for _, y in curve) / len(curve)
        return min(self.panels, key=lambda ticks: abs(sum(at for at, _ in ticks) / len(ticks) - middle))

    def elements(self, name: str) -> list[ElementTree.Element]:
        return list(self.root.iter(f"{{http://www.w3.org/2000/svg}}{name}"))


def points_of(path: ElementTree.Element) -> Points:
    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", path.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def read_off(scale: Points, at: float) -> float:
    """The quantity at a coordinate, by the first and the last tick."""
    (start, low), (end, high) = scale[0], scale[-1]
    return low + (at - start) / (end - start) * (high - low)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All figures, drawn once."""
    made = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure_files, "FIGURES", made)
        assert set(figure_files.draw_all(known_catalogue())) == set(NAMES)
    return made


def read(folder: Path, name: str, language: str = "en") -> Drawing:
    return Drawing((folder / f"{name}.{language}.svg").read_text(encoding="utf-8"))


def test_figures_are_those_that_pages_show() -> None:
    assert set(NAMES) == SHOWN, "a figure is a function of derivations/publish/figures.py and stands on a page"


@pytest.mark.parametrize(("name", "identifier", "oracle"), CURVES, ids=[identifier for _, identifier, _ in CURVES])
def test_curve_is_the_function_that_it_names(
    folder: Path, name: str, identifier: str, oracle: Callable[[float], float]
) -> None:
    drawn = read(folder, name)
    curve = drawn.curves[identifier]
    assert len(curve) > 80
    scale = drawn.upward(curve)
    slack = 2 * abs(read_off(scale, ROUNDING) - read_off(scale, 0))  # the ticks are rounded, too
    for x, y in curve[1:-1]:
        near = [oracle(read_off(drawn.x, at)) for at in (x - ROUNDING, x, x + ROUNDING) if inside(drawn, at)]
        assert min(near) - slack <= read_off(scale, y) <= max(near) + slack, (identifier, x, y)


def inside(drawn: Drawing, at: float) -> bool:
    """Whether a coordinate lies strictly between the ends of the horizontal axis."""
    return drawn.x[0][0] < at < drawn.x[-1][0]


@pytest.mark.parametrize("name", ["coin-likelihood", "coin-log-likelihood"])
def test_marked_maximum_is_at_eight_tenths_and_nothing_is_higher(folder: Path, name: str) -> None:
    drawn = read(folder, name)
    ((x, y),) = drawn.dots
    assert read_off(drawn.x, x) == pytest.approx(8 / 10, abs=3e-4)
    ((_, curve),) = drawn.curves.items()
    assert all(point[1] >= y for point in curve)  # downwards is positive in SVG


def test_summit_of_the_likelihood_is_above_the_bottom_of_the_loss_on_the_home_page(folder: Path) -> None:
    drawn = read(folder, "home")
    (high_x, high_y), (low_x, low_y) = drawn.dots
    assert high_x == low_x
    assert read_off(drawn.x, high_x) == pytest.approx(8 / 10, abs=3e-4)
    assert all(y >= high_y for _, y in drawn.curves["coin.likelihood"])
    assert all(y <= low_y for _, y in drawn.curves["coin.log-likelihood"])


def test_bars_are_as_high_as_the_losses_and_stand_on_one_another_in_the_sum(folder: Path) -> None:
    bars = [points_of(path) for path in read(folder, "three-cats").elements("path") if path.get("data-equation")]
    spans = [(max(y for _, y in bar), min(y for _, y in bar)) for bar in bars]
    single = [span for bar, span in zip(bars, spans, strict=True) if bar[0][0] < 350]
    stacked = [span for bar, span in zip(bars, spans, strict=True) if bar[0][0] >= 350]
    unit = (stacked[0][0] - stacked[-1][1]) / -math.log(0.7 * 0.9 * 0.5)
    for prediction, (foot, top) in zip((0.7, 0.9, 0.5), single, strict=True):
        assert foot - top == pytest.approx(-math.log(prediction) * unit, abs=0.2)
    assert [foot for foot, _ in stacked[1:]] == [top for _, top in stacked[:-1]]


def test_valleys_and_ridge_lie_on_the_squared_error_as_their_labels_say(folder: Path) -> None:
    drawn = read(folder, "two-valleys")
    above, below = (drawn.curves[f"two-valleys.{which}"] for which in ("three-squared-errors", "cross-entropy-sum"))
    scale, (left, ridge, right) = drawn.upward(above), drawn.dots
    assert [round(read_off(scale, y), 1) for _, y in drawn.dots] == [0.5, 1.4, 1.3]
    assert max(y for _, y in above) <= left[1] + ROUNDING  # downwards is positive in SVG
    beyond = [y for x, y in above if x > ridge[0]]
    assert max(beyond) <= right[1] + ROUNDING and beyond[-1] < right[1]
    assert turns(above) == 3 and turns(below) == 1


def turns(curve: Points) -> int:
    """How often a curve changes between rising and falling."""
    signs = [math.copysign(1, after[1] - before[1]) for before, after in pairwise(curve) if before[1] != after[1]]
    return sum(before != after for before, after in pairwise(signs))


def test_intervals_end_where_scipy_says_and_lie_beneath_their_likelihood(folder: Path) -> None:
    drawn = read(folder, "four-intervals")
    curve, ((best, top),) = drawn.curves["coin.likelihood"], drawn.dots
    base, height = curve[-1][1], 0.8**8 * 0.2**2
    assert read_off(drawn.x, best) == pytest.approx(0.8, abs=3e-4)
    for x, y in curve:
        p = read_off(drawn.x, x)
        assert (base - y) / (base - top) == pytest.approx(p**8 * (1 - p) ** 2 / height, abs=0.005)
    tosses = binomtest(8, 10)
    fall = lambda p: 2 * (8 * math.log(0.8 / p) + 2 * math.log(0.2 / (1 - p))) - 1.96**2  # noqa: E731
    ends = {
        "wald": (0.8 - 1.96 * math.sqrt(0.016), 0.8 + 1.96 * math.sqrt(0.016)),
        "wilson": tosses.proportion_ci(method="wilson"),
        "likelihood-ratio": (brentq(fall, 0.01, 0.8), brentq(fall, 0.8, 0.99)),
        "clopper-pearson": tosses.proportion_ci(method="exact"),
    }
    shown = " ".join(node.text or "" for node in drawn.elements("text"))
    for kind, (low, high) in ends.items():
        stretch = [read_off(drawn.x, x) for x, _ in drawn.curves[f"intervals.{kind}"]]
        assert stretch == pytest.approx([low, high], abs=1e-3), kind
        assert f"{low:.3f} to {high:.3f}" in shown


def test_each_line_of_the_simplex_keeps_the_ratio_of_the_two_shares_whose_logits_stay(folder: Path) -> None:
    drawn = read(folder, "simplex")
    triangle, *lines = [points_of(path) for path in drawn.elements("path") if len(points_of(path)) > 2][::-1]
    top, left, right, _ = triangle
    height = left[1] - top[1]
    assert math.dist(left, right) == pytest.approx(math.dist(left, top), abs=0.2)

    def shares(x: float, y: float) -> tuple[float, float, float]:
        first = (left[1] - y) / height
        third = (x - left[0]) / (right[0] - left[0]) - first / 2
        return first, 1 - first - third, third

    assert shares(*drawn.dots[0]) == pytest.approx((0.6, 0.3, 0.1), abs=1e-3)
    for raised, line in enumerate(reversed(lines)):
        stay, other = (each for each in range(3) if each != raised)
        for x, y in line:
            found = shares(x, y)
            expected = (0.6, 0.3, 0.1)
            assert found[stay] * expected[other] == pytest.approx(found[other] * expected[stay], abs=1e-3)
        assert shares(*line[0])[raised] < 0.01 and shares(*line[-1])[raised] > 0.99


def test_areas_of_the_columns_are_entropy_and_what_the_prediction_adds_and_takes_away(folder: Path) -> None:
    drawn = read(folder, "entropies")
    blocks = {path.get("data-part"): points_of(path) for path in drawn.elements("path") if path.get("data-part")}
    scale = drawn.upward(blocks["entropy-0"])

    def area(part: str) -> float:
        points = blocks[part]
        if not points:
            return 0
        (left, low), (right, _), (_, high) = ((read_off(drawn.x, x), read_off(scale, y)) for x, y in points[:3])
        return (right - left) * (high - low)

    assert area("entropy-0") + area("entropy-1") == pytest.approx(math.log(2), abs=3e-3)
    assert area("more-0") == pytest.approx(0.5 * math.log(2), abs=3e-3)
    assert area("less-1") == pytest.approx(-0.5 * math.log(2 / 3), abs=3e-3)
    assert area("more-1") == area("less-0") == 0


def test_numbers_on_the_bars_are_the_rounded_losses_and_their_sum(folder: Path) -> None:
    shown = {node.text for node in read(folder, "three-cats").elements("text")}
    assert {f"{-math.log(p):.3f}" for p in (0.7, 0.9, 0.5)} | {f"{-math.log(0.315):.3f}"} <= shown


def test_words_of_the_figures_state_no_number_but_derived_ones(folder: Path) -> None:
    """Digits come from the catalogue, by way of {…}; whoever types one into the words is told where."""
    for words in read_all().values():
        for name in NAMES:
            for key, text in words.table(f"figures.{name}").items():
                assert not re.search(r"(?<!标签为 )(?<!label )\d", text), (
                    f"{words.file.name}: [figures.{name}] {key} types a number: {text}"
                )
    derived = {"8/10", "0.8", "0.302", "0.7", "0.9", "0.5", "0.357", "0.105", "0.693", "1.155", "−1", "0"}
    said = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    for name in ("coin-likelihood", "coin-log-likelihood", "three-cats", "squared-error-gradient", "home"):
        for text in (*said[name]["alternative"].values(), *said[name]["caption"].values()):
            assert set(re.findall(r"(?<!标签为 )(?<!label )−?\d+(?:[./]\d+)*", text)) <= derived, name


def broken(known: Known) -> Plot:
    plot = Plot("broken")
    plot.panel((0, 1), (0, 1)).curve(known, "coin-general.likelihood", "accent")
    return plot


def test_figure_that_cannot_be_drawn_is_told_with_file_line_and_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_files, "FIGURES", tmp_path)
    monkeypatch.setattr(figures, "broken", broken, raising=False)
    with pytest.raises(ValueError, match=r"\.py:\d+: figure broken: coin-general\.likelihood .*\(k, n, p\)"):
        figure_files.draw_all(known_catalogue())


def test_both_languages_have_the_same_figures_and_differ_in_words_alone(folder: Path) -> None:
    zh, en = (figure_files.read_figures(folder, language) for language in LANGUAGES)
    assert list(zh) == list(en)
    assert set(zh) == set(NAMES)
    for name in NAMES:
        assert zh[name].caption != en[name].caption
        assert zh[name].alternative != en[name].alternative
        assert not re.search(r"[\u4e00-\u9fff]", en[name].svg + en[name].caption + en[name].alternative)
        bare = [re.sub(r"(<text[^>]*>).*?</text>", r"\1", figure.svg) for figure in (zh[name], en[name])]
        assert bare[0] == bare[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_figure_takes_its_colours_from_the_page_and_stays_small(folder: Path, name: str, language: str) -> None:
    svg = (folder / f"{name}.{language}.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert len(svg.encode()) < 8000
    used = set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg))
    assert used <= {
        "none",
        "currentColor",
        *(f"var(--{each})" for each in ("accent", "second", "quiet", "rule", "paper")),
    }
    assert not re.search(r'\s(?:id|style|class|width|height)="|#|<style|<metadata|url\(|nan|DejaVu', svg)


def test_figures_are_byte_identical_when_drawn_again_and_only_drawn_when_needed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_files, "FIGURES", tmp_path)
    known = known_catalogue()
    figure_files.draw_all(known)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert figure_files.draw_all(known) == []
    assert figure_files.is_current(known) and not figure_files.is_current(
        {**known, "equations": known["equations"][1:]}
    )
    (tmp_path / "home.zh.svg").unlink()
    (tmp_path / "given-up.zh.svg").write_text("<svg/>")
    assert set(figure_files.draw_all(known)) == set(NAMES)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_colour_that_would_not_follow_the_page_is_refused() -> None:
    with pytest.raises(ValueError, match="the colour #ff0000 in a figure: use one of ink, accent"):
        Plot("home").panel((0, 1), (0, 1)).say((0, 0), "*p*", "#ff0000")


def test_graph_has_each_step_once_and_none_that_follows_from_others() -> None:
    parents = {"a": [], "b": ["a"], "hidden": ["b"], "c": ["hidden", "a"], "d": ["a"], "e": ["c", "d"]}
    drawn = among(["a", "b", "c", "d", "e"], {name: {"parents": each} for name, each in parents.items()})
    assert drawn.parents == {"a": (), "b": ("a",), "c": ("b",), "d": ("a",), "e": ("c", "d")}
    assert len(list(drawn.lines())) == 5
    assert len({drawn.place(each) for each in drawn.rows}) == 5


def test_lines_of_a_graph_pass_no_dot_but_those_that_they_join() -> None:
    """A line runs down in its own lane: whatever else has its dot there lies before it begins or after it ends."""
    entries = {entry["id"]: entry for entry in known_catalogue()["equations"]}
    for drawn in (among(list(entries), entries), *(cone.picture for cone in cones(entries).values())):
        for child, parents in drawn.parents.items():
            for parent in parents:
                x, start, end = drawn.lanes[parent], drawn.rows.index(parent), drawn.rows.index(child)
                between = drawn.rows[min(start, end) + 1 : max(start, end)]
                assert all(drawn.lanes[each] != x for each in between), (parent, child)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_figure_is_smaller_than_twelve_pixels_on_a_telephone(folder: Path, name: str) -> None:
    root = read(folder, name).root
    sizes = [float(each.get("font-size", "nan")) for each in root.iter() if each.get("font-size")]
    assert min(sizes) * 349 / float(root.get("viewBox", "").split()[2]) >= 12
