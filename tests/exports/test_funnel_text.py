"""Funnels as lines of text."""

from __future__ import annotations

import pytest

from core.text import Text, same
from exports.funnel_text import rates_text, steps_text
from journeys.funnel import Expected, Funnel, Rate, Step


def funnel_of(group: str | None, **changed: object) -> Funnel:
    fields: dict[str, object] = {
        "group": group,
        "entered": 1_200,
        "steps": (
            Step(phase="a", journeys=1_200, at_least=1_200, waiting=0, of_start=100.0, of_previous=100.0),
            Step(phase="b", journeys=300, at_least=290, waiting=40, of_start=25.0, of_previous=25.0),
        ),
        "closed": 1_000,
        "running": 200,
        "converted_closed": 280,
        "headline": Rate(value=28.0, lower=25.3, upper=30.9, numerator=280, denominator=1_000),
        "few": False,
        "expected": Expected(days=90.0, value=27.5, lower=24.9, upper=30.2, at_risk=700),
        "curve": (),
        "to_convert_days": 12.25,
        "median_days": None,
        "ended_lost": 17,
        "won_back": 0,
    }
    return Funnel(**{**fields, **changed})  # type: ignore[arg-type]


NAMES = {"a": Text(de="Anfrage", en="Enquiry"), "b": same("Order")}


def cells(text: str) -> list[list[str]]:
    return [[cell for cell in line.split("  ") if cell] for line in text.replace("\u00a0", " ").splitlines()]


def test_steps_are_written_as_each_language_writes_numbers() -> None:
    german, english = (
        [[cell.strip() for cell in line] for line in cells(steps_text([funnel_of(None)], NAMES, lang))]
        for lang in ("de", "en")
    )
    assert german[0] == ["Phase", "Kundenreisen", "mindestens", "vom Eintritt", "vom Schritt davor"]
    assert german[1] == ["Anfrage", "1.200", "1.200", "100 %", "–"]
    assert german[2] == ["Order", "300", "290", "25 %", "25 %"]
    assert english[1] == ["Enquiry", "1,200", "1,200", "100%", "–"]


def test_a_lower_bound_that_says_nothing_more_is_left_out() -> None:
    same_steps = tuple(
        Step(phase=phase, journeys=5, at_least=5, waiting=0, of_start=100.0, of_previous=100.0)
        for phase in ("a", "b")
    )
    assert "mindestens" not in steps_text([funnel_of(None, steps=same_steps)], NAMES, "de")


def test_groups_stand_before_their_figures() -> None:
    groups = [funnel_of(None), funnel_of("Messe"), funnel_of("")]
    assert [line[0].strip() for line in cells(rates_text(groups, "de"))] == ["Merkmal", "alle", "Messe", "–"]
    assert [line[0].strip() for line in cells(steps_text(groups, NAMES, "en"))] == [
        "Group", "all", "all", "Messe", "Messe", "–", "–",
    ]  # fmt: skip


def test_rates_come_with_intervals_and_what_is_missing_is_a_dash() -> None:
    _, line = cells(rates_text([funnel_of(None)], "en"))
    assert [cell.strip() for cell in line] == [
        "1,000", "200", "28%", "25.3% to 30.9%", "27.5%", "24.9% to 30.2%", "90 days", "12.2 days", "–", "17",
    ]  # fmt: skip
    _, bare = cells(rates_text([funnel_of(None, headline=None, expected=None)], "en"))
    assert [cell.strip() for cell in bare][2:7] == ["–"] * 5


@pytest.mark.parametrize("lang", ["de", "en"])
def test_names_of_groups_can_do_nothing_to_a_terminal(lang: str) -> None:
    text = rates_text([funnel_of(None), funnel_of("\x1b[31mrot")], "en" if lang == "en" else "de")
    assert "\x1b" not in text
