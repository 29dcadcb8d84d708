"""What is said and drawn of a funnel: its finding, its tables, its curve; open journeys are never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journeys.funnel import Route
from tests.funnels import PHASES, funnel, steps, view, without_rates
from ui.funnelcourse import course
from ui.funnelpicture import funnel_title
from ui.funneltables import course_table, rates_table, steps_table, still_open
from ui.theme import DARK, LIGHT


def test_the_title_says_how_many_of_a_hundred_arrive_and_where_most_of_the_others_stop() -> None:
    said = funnel_title(view())
    assert said.de == (
        "Von 100 Kundenreisen ab Pre-Awareness erreichen 25 binnen 180 Tagen Purchase; von den übrigen "
        "bleiben die meisten in Awareness stehen"
    )
    assert said.en.startswith("Of 100 journeys from Pre-Awareness, 25 reach Purchase within 180 days")


def test_journeys_that_still_may_come_did_not_stop() -> None:
    counts = steps((1000, 0), (900, 100), (300, 680), (200, 600), (180, 610))
    assert "meisten in Consideration stehen" in funnel_title(view(replace(funnel(), steps=counts))).de


@pytest.mark.parametrize(
    ("share", "words"), [(0.4, "Von 1.000 Kundenreisen ab Pre-Awareness erreichen 4 "), (0, "Von 100 ")]
)
def test_a_small_share_is_said_of_a_thousand(share: float, words: str) -> None:
    assert funnel_title(view(funnel(share=share))).de.startswith(words)


def test_a_headline_on_few_is_not_the_finding_but_what_is_expected_is() -> None:
    assert "erreichen voraussichtlich 25 binnen 180 Tagen" in funnel_title(view(funnel(few=True))).de
    assert "25 are expected to reach" in funnel_title(view(replace(funnel(), headline=None), window=None)).en


def test_where_rates_are_missing_the_title_counts() -> None:
    bare = without_rates(funnel())
    assert funnel_title(view(bare)).en == "1,000 journeys from Pre-Awareness"
    alone = replace(view(bare), route=Route(start=PHASES[0].id))
    assert "needs a later phase" in funnel_title(alone).en
    nobody = replace(bare, entered=0, steps=steps((0, 0), (0, 0)))
    assert funnel_title(view(nobody)).de == "Im Zeitraum beginnt keine Kundenreise in Pre-Awareness"


def test_open_is_what_runs_or_without_a_window_who_neither_arrived_nor_was_lost() -> None:
    found = funnel()
    assert still_open(found, Route(window_days=180)) == found.running
    assert still_open(found, Route(window_days=None)) == found.steps[-1].waiting


def test_the_tables_hold_every_group_and_name_what_has_no_value() -> None:
    shown = view(funnel(), funnel("B2B"), funnel(""), by="segment")
    assert list(dict.fromkeys(steps_table(shown, "de")["Gruppe"])) == ["Alle", "B2B", "ohne Angabe"]
    assert len(steps_table(shown, "en")) == 15
    rates = rates_table(shown, "en")
    assert rates["Expected rate"].tolist() == [25.0] * 3
    assert rates["Window running"].tolist() == [200] * 3
    assert len(course_table(shown, "de")) == 12


def test_the_curve_is_a_staircase_in_its_band_labelled_at_its_end_and_where_half_have_arrived() -> None:
    found = funnel()
    assert found.expected is not None
    figure = course(found, found.expected, "de", LIGHT)
    lower, upper, line, half = figure["data"]
    assert line["line"]["shape"] == "hv"
    assert line["x"][-1] == 180.0
    assert all(
        low <= value <= high for low, value, high in zip(lower["y"], line["y"], upper["y"], strict=True)
    )
    assert (half["x"], half["y"]) == ([40.0], [12.5])
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert texts == ["<b>25\u202f%</b>", "40 Tage: 12,5\u202f%"]
    assert course(found, found.expected, "en", DARK)["layout"]["separators"] == ".,"
