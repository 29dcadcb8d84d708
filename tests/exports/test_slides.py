from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from core.text import LANGS, Lang
from exports.chart_labels import labels_of
from exports.chart_scale import apart, axis_of, shown_value
from exports.fitting import fitted, line_width
from exports.sheet import Chart, Series, Sheet
from exports.slides import slides
from tests.exports import sheets

TAGS = {"de": "de-DE", "en": "en-GB"}


def deck_of(*shown: Sheet) -> Any:
    return Presentation(io.BytesIO(slides(shown)))


def shapes(deck: Any) -> Iterator[Any]:
    for slide in deck.slides:
        yield from slide.shapes


def chart_of(sheet: Sheet) -> Any:
    (chart,) = [shape.chart for shape in shapes(deck_of(sheet)) if shape.has_chart]
    return chart


def variants(lang: Lang) -> list[Sheet]:
    good, worst = sheets.good(lang), sheets.worst(lang)
    return [
        good,
        dataclasses.replace(good, chart=sheets.over_time(lang), logo=None),
        dataclasses.replace(good, chart=sheets.with_levels(lang)),
        dataclasses.replace(good, chart=sheets.groups(lang), quote=None),
        dataclasses.replace(good, chart=None),
        worst,
        dataclasses.replace(worst, chart=None),
        dataclasses.replace(worst, chart=sheets.groups(lang)),
        dataclasses.replace(worst, chart=sheets.over_time(lang), quote=None),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_fits_its_box_and_every_box_its_slide(lang: Lang) -> None:
    deck: Any = Presentation(io.BytesIO(slides(sheets.story(tuple(variants(lang)), sheets.NASTY * 60))))
    for shape in shapes(deck):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width + 1
        assert shape.top + shape.height <= deck.slide_height + 1
        if shape.has_text_frame and shape.text_frame.text:
            lines = sum(_lines(paragraph, shape.width.pt) for paragraph in shape.text_frame.paragraphs)
            size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
            assert lines * size * 1.2 <= shape.height.pt + 0.01, shape.name


def _lines(paragraph: Any, width: float) -> int:
    (run,) = paragraph.runs
    fit = fitted(run.text, width=width, height=1e6, sizes=(run.font.size.pt,), bold=bool(run.font.bold))
    return fit.lines


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_boxes_of_a_slide_overlap(lang: Lang) -> None:
    for slide in deck_of(*variants(lang)).slides:
        boxes = [
            (shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in slide.shapes
            if "watermark" not in shape.name
            and (shape.has_chart or shape.has_table or (shape.has_text_frame and shape.text_frame.text))
        ]
        for place, (name, left, top, right, bottom) in enumerate(boxes):
            for other, left2, top2, right2, bottom2 in boxes[place + 1 :]:
                over = left < right2 - 1 and left2 < right - 1 and top < bottom2 - 1 and top2 < bottom - 1
                # The name of a change stands in the margin that its own chart leaves at the top.
                assert not over or "turning point" in other, (name, other)


@pytest.mark.parametrize("lang", LANGS)
def test_every_run_says_its_language(lang: Lang) -> None:
    deck = deck_of(*variants(lang))
    runs = [
        run
        for slide in deck.slides
        for frame in [
            *(shape.text_frame for shape in slide.shapes if shape.has_text_frame),
            slide.notes_slide.notes_text_frame,
        ]
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    ]
    assert len(runs) > 80
    assert {run._r.get_or_add_rPr().get("lang") for run in runs} == {TAGS[lang]}
    charts = [shape.chart for shape in shapes(deck) if shape.has_chart]
    assert {chart._chartSpace.find("{*}lang").get("val") for chart in charts} == {TAGS[lang]}


def test_charts_are_native_and_their_sheet_holds_the_values_shown() -> None:
    over_time = sheets.over_time("de")
    (chart,) = [
        s.chart for s in shapes(deck_of(dataclasses.replace(sheets.good(), chart=over_time))) if s.has_chart
    ]
    plotted = [tuple(one.values) for one in chart.plots[0].series]
    assert plotted == [one.values for one in over_time.series]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == (None, *(one.name for one in over_time.series))
    assert [row[0] for row in rows[1:]] == list(over_time.labels)
    assert list(zip(*(row[1:] for row in rows[1:]), strict=True)) == plotted


def test_values_leave_rounded_as_they_are_shown() -> None:
    exact = dataclasses.replace(
        sheets.slope("de"), series=(Series(name="a", values=(16.123456, 11.98765), role="treated"),)
    )
    (chart,) = [
        s.chart for s in shapes(deck_of(dataclasses.replace(sheets.good(), chart=exact))) if s.has_chart
    ]
    assert tuple(chart.plots[0].series[0].values) == (16.1, 12.0)
    assert b"123456" not in chart.part.blob


@pytest.mark.parametrize(("lang", "code"), [("de", "[$-407]#,##0.0"), ("en", "[$-809]#,##0.0")])
def test_labels_are_written_as_the_language_writes_numbers(lang: Lang, code: str) -> None:
    formats = {found.get("formatCode") for found in chart_of(sheets.good(lang))._chartSpace.iter("{*}numFmt")}
    assert any(one.startswith(code) and ("Tage" in one or "days" in one) for one in formats)


def test_charts_and_pictures_have_a_text_for_those_who_cannot_see_them() -> None:
    for shape in shapes(deck_of(*variants("de"))):
        if shape.has_chart or shape.shape_type == 13:
            assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 5


@pytest.mark.parametrize(
    ("values", "cut"),
    [
        ((14.0, 3.0), False),
        ((25.7, 16.7), False),
        ((-3.0, -9.0), False),
        ((97.2, 97.9), True),
        ((-9, -8), True),
    ],
)
def test_an_axis_leaves_out_zero_only_where_the_values_lie_close_and_then_says_so(
    values: tuple[float, float], cut: bool
) -> None:
    chart = dataclasses.replace(sheets.slope("de"), series=(Series(name="a", values=values, role="treated"),))
    assert axis_of(chart).cut == cut
    texts = [
        s.text_frame.text
        for s in shapes(deck_of(dataclasses.replace(sheets.good(), chart=chart)))
        if s.has_text_frame
    ]
    assert any("Achse beginnt nicht bei null" in text for text in texts) == cut


def test_a_course_is_labelled_with_the_figures_of_its_windows_not_with_its_last_month() -> None:
    chart = sheets.with_levels("de")
    shown = {chart.series[label.series].name: (label.side, label.valued) for label in labels_of(chart)}
    assert shown == {
        "vorher": ("under", True),
        "nachher": ("end", True),
        "zu erwarten gewesen": ("end", True),
        "Vergleichsteams": ("end", False),
    }


def test_what_carries_the_finding_is_shown_large() -> None:
    big = {
        shape.name.partition(" · ")[2]: shape.text_frame.paragraphs[0].runs[0].font.size.pt
        for shape in shapes(deck_of(dataclasses.replace(sheets.good(), chart=sheets.with_levels("de"))))
        if shape.has_text_frame and shape.text_frame.text
    }
    assert big["change"] >= 18
    assert big["interval"] >= 15
    assert "n" not in big


def test_speaker_notes_hold_the_source_n_and_the_whole_quote() -> None:
    worst = sheets.worst()
    (slide,) = deck_of(worst).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert worst.quote is not None
    assert notes.count("was der Vertrieb versprochen hat") == 30
    assert "Schnappschuss 20261102T080000-4f2a" in notes
    (slide,) = deck_of(sheets.good()).slides
    notes = slide.notes_slide.notes_text_frame.text
    assert "Aufträge: 418" in notes
    assert "Quelle: ERP-Export" in notes


def test_the_footer_leads_to_the_evidence() -> None:
    sheet = dataclasses.replace(sheets.good(), as_of=dt.date(2026, 9, 21))
    texts = [shape.text_frame.text for shape in shapes(deck_of(sheet)) if shape.has_text_frame]
    assert any("n = 418" in text and "09/2025–08/2026" in text for text in texts)
    which, when = "Nachweis W-7F3K2 · Belastbarkeit A · nachprüfbar", "Stand 21.09.2026 · gültig bis 12/2027"
    assert f"{which}\n{when}" in texts
    assert "A" in texts


def test_what_cannot_be_tested_is_not_said_to_be_verifiable() -> None:
    texts = [
        shape.text_frame.text
        for shape in shapes(deck_of(dataclasses.replace(sheets.good(), grade="X")))
        if shape.has_text_frame
    ]
    assert "Nachweis W-7F3K2 · Belastbarkeit X\ngültig bis 12/2027" in texts


def test_a_label_too_long_for_its_tile_takes_two_lines_and_is_not_cut() -> None:
    sheet = sheets.good()
    long = dataclasses.replace(sheet.facts[2], label="Änderung gegenüber dem Erwarteten")
    made = dataclasses.replace(
        sheet, facts=(*sheet.facts[:2], long, *sheet.facts[3:]), key=(long.place, sheet.facts[0].place)
    )
    texts = [shape.text_frame.text for shape in shapes(deck_of(made)) if shape.has_text_frame]
    assert "Änderung gegenüber dem Erwarteten" in texts


def test_several_claims_begin_with_a_table_of_all_and_keep_their_order() -> None:
    deck = deck_of(*[dataclasses.replace(sheets.good(), claim=f"W-{place}") for place in range(10)])
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:2] == ["Zahlen im Überblick (1 von 2)", "Zahlen im Überblick (2 von 2)"]
    assert len(titles) == 12
    tables = [shape.table for shape in shapes(deck) if shape.has_table]
    assert [len(table.rows) for table in tables] == [7, 5]


def test_names_of_shapes_are_unique_so_that_each_number_has_one_place() -> None:
    deck = Presentation(io.BytesIO(slides(sheets.story(tuple(variants("de")), "a"))))
    names = [shape.name for shape in shapes(deck) if " · " in shape.name and "watermark" not in shape.name]
    assert len(names) == len(set(names))


def test_without_a_sheet_there_is_no_deck() -> None:
    with pytest.raises(ValueError, match="at least one"):
        slides([])


@given(
    words=st.text(max_size=400),
    width=st.floats(30, 600),
    height=st.floats(14, 200),
    bold=st.booleans(),
)
@settings(max_examples=150)
def test_fitted_words_never_take_more_than_their_box(
    words: str, width: float, height: float, bold: bool
) -> None:
    fit = fitted(words, width=width, height=height, sizes=(20, 14, 11), bold=bold, end="“")
    assert fit.height <= max(height, fit.size * 1.2) + 1e-9
    assert fit.words.endswith("“")


def test_a_text_is_never_cut_within_a_number() -> None:
    words = "Der Umsatz stieg um 1.234.567,89 Euro im Jahr"
    for width in range(20, 300, 3):
        fit = fitted(words, width=width, height=12, sizes=(10,))
        shown = re.findall(r"[\d.,]*\d[\d.,]*", fit.words)
        assert shown in ([], ["1.234.567,89"])


def test_widths_grow_with_the_words_and_the_weight() -> None:
    assert line_width("Tage", 10) < line_width("Tagewerk", 10) < line_width("Tagewerk", 12)
    assert line_width("Tagewerk", 10) < line_width("Tagewerk", 10, bold=True)


@given(st.lists(st.floats(-1e9, 1e9) | st.none(), min_size=1, max_size=8), st.integers(0, 4))
def test_every_value_lies_on_its_axis(values: list[float | None], decimals: int) -> None:
    for kind in ("before_after", "series", "groups"):
        chart = Chart(
            kind=kind,
            title="",
            unit="",
            labels=tuple(map(str, range(len(values)))),
            series=(Series(name="a", values=tuple(values), role="treated"),),
            decimals=decimals,
            change_at=None,
            alt="",
        )
        axis = axis_of(chart)
        assert axis.low < axis.high
        for value in values:
            if value is not None:
                assert -1e-6 <= axis.share(round(value, decimals)) <= 1 + 1e-6
        if kind == "groups":
            assert not axis.cut


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_moved_apart_do_not_touch_and_keep_their_order(spots: list[float]) -> None:
    moved = apart(spots, 0.1)
    ordered = sorted(moved)
    assert all(later - earlier >= 0.1 - 1e-9 for earlier, later in pairwise(ordered))
    assert sorted(range(len(spots)), key=lambda place: (spots[place], place)) == sorted(
        range(len(spots)), key=lambda place: (moved[place], place)
    )


def test_values_are_shown_as_the_language_writes_them() -> None:
    chart = sheets.slope("de")
    assert shown_value(-4.12, chart, "de") == "−4,1\u00a0Tage"
    percent = dataclasses.replace(chart, unit="%")
    assert shown_value(1234.5, percent, "de") == "1.234,5\u202f%"
    assert shown_value(1234.5, percent, "en") == "1,234.5%"
