"""Pictures of a before and after: what is drawn, and that no label is written over another."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import same
from proof.effect import Effect, Point
from ui.projectcharts import Ink, compared_windows, course, level_behind, slope
from ui.theme import LIGHT

INK = Ink(lang="de", colours=LIGHT, unit="hours", currency="EUR")
level = st.floats(0.1, 5_000, allow_nan=False)


def an_effect(**more: object) -> Effect:
    fields: dict[str, object] = {
        "design": "did", "kpi": "hours", "kind": "mean", "better": "lower", "unit_name": "hours",
        "estimate": -8.3, "low": -9.1, "high": -7.6, "before": 25.7, "after": 16.7, "expected": 25.0,
        "control_before": 26.2, "control_after": 25.3, "method": same("Welch"),
    }  # fmt: skip
    return Effect(**{**fields, **more})  # type: ignore[arg-type]


def test_a_slope_shows_the_treated_and_the_control_with_their_figures() -> None:
    figure = slope(an_effect(), INK)
    assert [line["y"] for line in figure["data"]] == [[25.7, 16.7], [26.2, 25.3], [25.7, 25.0]]
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert any("25,7" in text for text in texts)
    assert any("16,7" in text and "Projekt" in text for text in texts)
    assert any("25,3" in text and "Vergleich" in text for text in texts)


def test_what_was_to_be_expected_stands_in_its_interval() -> None:
    """The effect's interval, seen from the figure after: after minus either bound."""
    expected = slope(an_effect(), INK)["data"][-1]
    assert expected["line"]["dash"] == "dash"
    (above, below) = (expected["error_y"][name][1] for name in ("array", "arrayminus"))
    assert (25.0 + above, 25.0 - below) == (pytest.approx(16.7 + 9.1), pytest.approx(16.7 + 7.6))


def test_a_course_shows_the_windows_and_the_level_to_be_expected() -> None:
    effect = an_effect(
        baseline=(dt.date(2025, 1, 1), dt.date(2025, 2, 28)),
        window=(dt.date(2025, 3, 1), dt.date(2025, 4, 30)),
    )
    points = [Point(period=dt.date(2025, n, 1), side="before", treated=20.0 + n) for n in range(1, 5)]
    windows, level = compared_windows(effect), level_behind(effect)
    figure = course(points, dt.date(2025, 3, 1), INK, windows=windows, level=level)
    shaded = [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert shaded == [("2025-01-01", "2025-02-28"), ("2025-03-01", "2025-04-30")]
    band, line, _ = figure["data"]
    assert (min(band["y"]), max(band["y"])) == (pytest.approx(16.7 + 7.6), pytest.approx(16.7 + 9.1))
    assert line["y"] == [25.0, 25.0]
    assert level_behind(an_effect(design="its")) is None


def test_without_a_control_what_was_to_be_expected_is_dashed() -> None:
    figure = slope(an_effect(design="its", control_before=None, control_after=None), INK)
    assert [line["line"]["dash"] for line in figure["data"]] == ["solid", "dash"]
    assert figure["data"][1]["y"] == [25.7, 25.0]


def test_a_plain_comparison_stands_alone_and_a_refused_one_is_empty() -> None:
    alone = slope(an_effect(design="plain", control_before=None, control_after=None), INK)
    assert len(alone["data"]) == 1
    nothing = dict.fromkeys(("estimate", "low", "high", "before", "after", "expected"))
    assert slope(an_effect(refused=same("zu wenig"), **nothing), INK)["data"] == []


@given(level, level, level, level)
def test_no_label_of_a_slope_is_written_over_another(
    one: float, two: float, three: float, four: float
) -> None:
    change = two - three
    effect = an_effect(
        before=one, after=two, estimate=change, low=min(change, 0) - 1, high=max(change, 0) + 1,
        expected=three, control_before=four, control_after=three,
    )  # fmt: skip
    figure = slope(effect, INK)
    low, high = figure["layout"]["yaxis"]["range"]
    labels = figure["layout"]["annotations"]
    for x in (0, 1):
        heights = sorted(label["y"] for label in labels if label["x"] == x)
        assert all(b - a >= 0.09 * (high - low) for a, b in itertools.pairwise(heights))


def test_the_course_has_the_line_of_the_go_live_and_gaps_stay_gaps() -> None:
    points = tuple(
        Point(period=dt.date(2025, month, 1), side="before" if month < 4 else "after",
              treated=None if month == 2 else 20.0 - month, beside=21.0)
        for month in range(1, 7)
    )  # fmt: skip
    figure = course(points, dt.date(2025, 4, 1), INK)
    beside, treated = figure["data"]
    assert beside["y"] == [21.0] * 6
    assert treated["y"] == [19.0, None, 17.0, 16.0, 15.0, 14.0]
    assert treated["connectgaps"] is False
    assert figure["layout"]["shapes"][0]["x0"] == "2025-04-01"
    assert "01.04.2025" in figure["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize(("expected", "dash"), [(False, "solid"), (True, "dash")])
def test_only_what_is_expected_is_dashed(expected: bool, dash: str) -> None:
    points = (Point(period=dt.date(2025, 1, 1), side="before", treated=1.0, beside=2.0),)
    figure = course(points, dt.date(2025, 2, 1), INK, expected=expected)
    assert figure["data"][0]["line"]["dash"] == dash
