"""What is said and drawn of cases that are followed: the curve, its days, the calculation beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.result import Estimate
from metrics.survival import Age
from ui.followpicture import ages_figure, ages_table, course_title, followed_lines
from ui.theme import DARK, LIGHT

FOUND = Estimate(
    share=40.0, lower=30.0, upper=52.0, days=90, horizon=90, starts=120, followed=100, ended=44, competed=30,
    at_risk=20,
)  # fmt: skip
COURSE = (
    Age(day=0, share=0, lower=0, upper=0, competing=0, at_risk=120),
    Age(day=20, share=25, lower=18, upper=34, competing=12.5, at_risk=118),
    Age(day=35, share=40, lower=30, upper=52, competing=27, at_risk=60),
    Age(day=90, share=40, lower=30, upper=52, competing=27, at_risk=20),
)
YOUNG = replace(FOUND, days=35, followed=0, at_risk=60)


def test_the_title_says_how_far_it_gets_or_how_far_it_was_seen() -> None:
    assert (
        course_title(FOUND, 27, None).de == "Nach 90 Tagen sind 40\u202f% am Ziel, 27\u202f% endeten anders"
    )
    assert course_title(FOUND, 0, None).en == "After 90 days 40% have got there"
    assert (
        course_title(YOUNG, 27, None).en == "By day 35 40% have got there; the data do not reach until day 90"
    )


def test_the_title_of_a_quantile_is_its_day_or_that_it_is_not_reached() -> None:
    assert course_title(replace(FOUND, until=20), 27, 0.25).de == "Nach 20 Tagen sind 25\u202f% am Ziel"
    said = course_title(FOUND, 27, 0.5).de
    assert said == "50\u202f% werden nicht erreicht: Nach 90 Tagen sind 40\u202f% am Ziel"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_curve_ends_at_its_horizon_and_names_the_open_cases_under_the_days(colours: object) -> None:
    figure = ages_figure(COURSE, FOUND, None, "de", LIGHT if colours is LIGHT else DARK)
    axis = figure["layout"]["xaxis"]
    assert axis["range"] == [0, 90]
    assert axis["ticktext"] == ["0<br>120", "30<br>60", "60<br>20", "90<br>20"]
    (line,) = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (90, 90)
    assert [trace["x"][-1] for trace in figure["data"]] == [90] * 4
    words = [label["text"] for label in figure["layout"]["annotations"]]
    assert words == ["<b>40\u202f%</b>", "anders geendet: 27\u202f%"]


def test_beyond_what_was_seen_there_is_neither_curve_nor_number() -> None:
    figure = ages_figure(COURSE[:3], YOUNG, None, "en", LIGHT)
    assert figure["layout"]["xaxis"]["range"] == [0, 90]
    assert figure["layout"]["xaxis"]["ticktext"] == ["0<br>120", "35<br>60", "60", "90"]
    assert {trace["x"][-1] for trace in figure["data"]} == {35}
    assert {label["xanchor"] for label in figure["layout"]["annotations"]} == {"left"}  # there is room behind


def test_a_quantile_is_a_dot_on_its_day() -> None:
    figure = ages_figure(COURSE, replace(FOUND, until=20), 0.25, "en", LIGHT)
    dot = figure["data"][-1]
    assert (dot["mode"], dot["x"], dot["y"]) == ("markers", [20], [25])
    assert figure["layout"]["annotations"][-1]["text"] == "20 days"


def test_where_nothing_competes_no_line_for_it_is_drawn() -> None:
    alone = tuple(replace(point, competing=0) for point in COURSE)
    assert len(ages_figure(alone, FOUND, None, "de", LIGHT)["data"]) == 3


def test_the_calculation_adds_up_to_those_who_began() -> None:
    lines = {
        name.en: (value.en, below.en if below else "") for name, value, below in followed_lines(FOUND, None)
    }
    assert lines["95% interval"] == ("30% to 52%", "")
    assert [lines[name][0] for name in ("There so far", "Ended otherwise", "Open", "Begun (n)")] == [
        "44", "30", "46", "120",
    ]  # fmt: skip
    assert lines["Begun (n)"][1] == "100 of them at least 90 days ago"


def test_without_a_value_the_interval_names_its_day() -> None:
    lines = {
        name.de: (value.de, below.de if below else "") for name, value, below in followed_lines(YOUNG, None)
    }
    assert lines["Am Ziel bis Tag 35"] == ("40\u202f%", "30\u202f% bis 52\u202f%")
    assert "95-%-Intervall" not in lines


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(18, 24, "18 bis 24\xa0Tage"), (20, 20, "20\xa0Tage"), (18, None, "ab 18\xa0Tage")],
)
def test_the_interval_of_a_day_may_be_open(lower: int, upper: int | None, said: str) -> None:
    found = replace(FOUND, until=20, until_lower=lower, until_upper=upper)
    assert followed_lines(found, 0.25)[0][1].de.startswith(said)


def test_the_table_has_the_curve_s_points() -> None:
    table = ages_table(COURSE, "de")
    assert list(table.iloc[1]) == [20, 25, 18, 34, 12.5, 118]
    assert len(table) == len(COURSE)
