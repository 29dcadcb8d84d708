from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader

from core.text import LANGS, Lang
from exports.overview_files import overview_file, overview_pdf
from exports.overview_sheet import ChangeLine, OverviewSheet, StationLine
from exports.verifying import verify
from tests.exports import sheets, tampering
from tests.exports.test_rendered import converted, needs_office, needs_poppler, overlaps, within, words_of

KEY = b"k" * 32


def station(number: int, **other: Any) -> StationLine:
    known = StationLine(
        number=number,
        phase="Consideration",
        kpi="Qualifizierte Anfragen",
        value="31,8\u202f%",
        target="Ziel 45\u202f%",
        said="normale Schwankung",
        tone="neutral",
        hot=False,
        onward="64\u202f%",
        course=(31.0, 33.5, None, 30.2, 31.8),
        months=("2026-06", "2026-07", "2026-08", "2026-09", "2026-10"),
        lower=25.0,
        upper=40.0,
    )
    return dataclasses.replace(known, **other)


def sheet(lang: Lang = "de") -> OverviewSheet:
    return OverviewSheet(
        lang=lang,
        title="Preference: Erfolgsquote seit Juli niedriger, 31,8\u202f% statt 45,3\u202f%",
        about="Oktober 2026, abgeschlossen · alle Segmente · Datenstand 31.10.2026 · 6.326 Kundenreisen",
        sample="Beispieldaten",
        stations=tuple(station(number) for number in range(1, 8)),
        leak_heading="Was am meisten kostet",
        leak=("Preference: 58\u202f% gehen verloren, bis zu 1,44 Mio. €.", "Obergrenze."),
        changes_heading="Drei Veränderungen sind ein Signal",
        changes_about="44 Kennzahlen geprüft; zufällig wären etwa 0,4 zu erwarten",
        changes=tuple(
            ChangeLine(name=f"▼ Reaktionszeit {place}", value="31 h", said="acht in Folge", tone="bad")
            for place in range(7)
        ),
        news_heading="Seit Ihrem letzten Besuch",
        news=tuple(f"Satz {place} mit 17 Aufträgen über 1,24 Mio. €." for place in range(5)),
        footnote="Schnappschuss 000001-960a20d7 · prüfbar mit „verify“",
        snapshot="000001-960a20d7",
        made_on=dt.date(2026, 11, 2),
    )


def worst(lang: Lang = "de") -> OverviewSheet:
    long = f"{sheets.LONG_NAME} {sheets.NASTY}"
    good = sheet(lang)
    return dataclasses.replace(
        good,
        title=good.title + " " + long,
        about=long * 3,
        stations=tuple(
            station(
                number, phase=long, kpi=long, value="−1.234.567,89\u00a0Mio.\u00a0€", target=f"Ziel {long}",
                said=f"▼ Signal: {long}", tone="bad", hot=True, course=(0.0001, 0.0001, -0.0002), lower=None,
            )
            for number in range(1, 8)
        ),
        leak=(long * 6, long),
        changes_heading=long,
        changes_about=long,
        changes=tuple(ChangeLine(name=long, value="1.234.567 €", said=long, tone="good") for _ in range(20)),
        news_heading=long,
        news=(long * 5,) * 9,
        footnote=long * 3,
    )  # fmt: skip


def nothing(*_: object) -> None:
    return None


@pytest.mark.parametrize("to", ["pdf", "pptx"])
@pytest.mark.parametrize("lang", LANGS)
def test_an_overview_that_nobody_changed_is_the_same_in_every_number(to: Any, lang: Lang) -> None:
    for one in (sheet(lang), worst(lang)):
        found = verify(overview_file(one, to, KEY), KEY, nothing)
        assert found.sound
        assert found.counts["same"] == len(found.findings) > 30


def test_an_altered_digit_of_an_overview_is_found() -> None:
    file = tampering.slide_text_changed(overview_file(sheet(), "pptx", KEY), "45,3", "35,3")
    altered = [one for one in verify(file, KEY, nothing).findings if one.outcome != "same"]
    assert [(one.made, one.shown) for one in altered] == [("45,3", "35,3")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_overview_is_one_page_and_one_slide(lang: Lang) -> None:
    for one in (sheet(lang), worst(lang)):
        reader = PdfReader(io.BytesIO(overview_pdf(one)))
        assert len(reader.pages) == 1
        deck = Presentation(io.BytesIO(overview_file(one, "pptx", KEY)))
        assert len(deck.slides) == 1


def test_period_n_and_the_sample_stand_on_both() -> None:
    page = PdfReader(io.BytesIO(overview_pdf(sheet()))).pages[0].extract_text()
    deck = Presentation(io.BytesIO(overview_file(sheet(), "pptx", KEY)))
    slide = " ".join(shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    for said in ("Beispieldaten", "Oktober 2026", "6.326", "Schnappschuss 000001-960a20d7"):
        assert said in page
        assert said in slide


def test_each_station_has_a_native_chart_with_its_values() -> None:
    deck: Any = Presentation(io.BytesIO(overview_file(sheet(), "pptx", KEY)))
    charts = [shape.chart for shape in deck.slides[0].shapes if shape.has_chart]
    assert len(charts) == 7
    assert [tuple(chart.plots[0].series[0].values) for chart in charts] == [station(1).course] * 7


@pytest.mark.slow
@needs_poppler
@pytest.mark.parametrize("lang", LANGS)
def test_on_the_page_nothing_leaves_or_overlaps(lang: Lang, tmp_path: Path) -> None:
    for one in (sheet(lang), worst(lang)):
        pages, words = words_of(overview_pdf(one), tmp_path)
        within(pages, words, bleed=0)
        assert [(first.text, other.text) for first, other in overlaps(words)] == []


@pytest.mark.slow
@needs_office
@needs_poppler
@pytest.mark.parametrize("lang", LANGS)
def test_on_the_slide_nothing_leaves_or_overlaps(lang: Lang, tmp_path: Path) -> None:
    pages, words = words_of(converted(overview_file(worst(lang), "pptx", KEY), "pptx", tmp_path), tmp_path)
    within(pages, words, bleed=0.5)
    assert [(first.text, other.text) for first, other in overlaps(words)] == []
