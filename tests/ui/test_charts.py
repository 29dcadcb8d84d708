"""XmR charts as plain figures: signals coloured and labelled, limits drawn, user text never markup."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cockpit.notes import Note
from core.period import Month
from core.text import Lang
from metrics.signals import xmr as charted
from tests.results import DROPPED, STEADY, points, result
from ui.charts import xmr
from ui.theme import DARK, LIGHT


def test_signals_are_red_and_larger_and_the_last_value_stands_beside_the_line() -> None:
    figure = xmr(result(DROPPED), "de", LIGHT)
    colours = figure["data"][0]["marker"]["color"]
    assert colours[-4:] == [LIGHT.bad] * 4
    assert set(colours[:-4]) == {LIGHT.accent}
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert any("26,4" in text for text in texts)


def test_a_signal_without_a_direction_is_neither_red_nor_green() -> None:
    figure = xmr(result(DROPPED, direction="none"), "de", DARK)
    assert figure["data"][0]["marker"]["color"][-1] == DARK.ink


def test_months_that_still_run_are_hollow_and_apart() -> None:
    running = replace(points([*STEADY, 20.0])[-1], whole=False)
    base = result(STEADY)
    assert base.chart is not None
    shown = replace(base, chart=replace(base.chart, points=(*base.chart.points, running)))
    figure = xmr(shown, "de", LIGHT)
    assert len(figure["data"][0]["x"]) == len(STEADY)
    assert figure["data"][1]["x"] == [running.month.start.isoformat()]


def test_every_stretch_of_limits_has_its_band_and_a_new_baseline_says_so() -> None:
    rebased = [*STEADY[:12], *(value + 10 for value in STEADY)]
    chart = charted(points(rebased))
    assert len(chart.limits) > 1
    figure = xmr(replace(result(), chart=chart), "de", LIGHT)
    bands = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(band["y0"], band["y1"]) for band in bands] == [(li.lower, li.upper) for li in chart.limits]
    said = [label["text"] for label in figure["layout"]["annotations"]]
    assert said.count("neue Basis") == len(chart.limits) - 1


def test_notes_carry_numbers_and_the_one_where_the_signal_began_its_text_escaped() -> None:
    notes = [
        Note(month=Month(2025, 3), text="Messe"),
        Note(month=Month(2026, 7), text="<a href='http://x'>CRM</a>"),
        Note(month=Month(1999, 1), text="zu früh"),
    ]
    figure = xmr(result(DROPPED), "de", LIGHT, notes=notes)
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert "1" in texts
    assert "&lt;a href='http://x'&gt;CRM&lt;/a&gt;" in texts
    assert "3" not in texts
    assert "<a" not in json.dumps(figure)


@pytest.mark.parametrize(("lang", "separators"), [("de", ",."), ("en", ".,")])
def test_numbers_follow_the_language(lang: Lang, separators: str) -> None:
    assert xmr(result(STEADY), lang, LIGHT)["layout"]["separators"] == separators


def test_a_result_without_a_chart_gives_an_empty_figure() -> None:
    figure = xmr(result(), "de", LIGHT)
    assert figure["data"][0]["x"] == []
