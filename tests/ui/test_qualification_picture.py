"""The sections about qualification as a session draws them, and their tables and chart as plain values."""

from __future__ import annotations

import datetime as dt
import json
import string
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.qualification import QualificationView, qualification
from cockpit.workspace import open_workspace
from core.period import Month
from core.text import LANGS, Lang, Text
from core.view import View
from metrics.qualification import Cohort, Entered, Offer, Qualified
from tests.building import workspace_from_rows
from tests.metrics.test_figures import RULES, row
from tests.pages.opening import SECONDS, markup
from ui.cohortchart import cohort_costs
from ui.mondaylist import offers_table
from ui.qualificationpicture import plain_numbers
from ui.theme import DARK
from ui.words import qualification as said


def _script() -> None:  # AppTest runs this function alone, so it imports what it needs
    import streamlit as st  # noqa: PLC0415

    from cockpit.qualification import qualification as use_case  # noqa: PLC0415
    from core.text import Lang as Language  # noqa: PLC0415
    from core.view import View as Wanted  # noqa: PLC0415
    from ui import blocks  # noqa: PLC0415
    from ui.mondaylist import draw_monday, monday_title  # noqa: PLC0415
    from ui.qualificationpicture import (  # noqa: PLC0415
        draw_closings,
        draw_qualification,
        qualification_title,
    )
    from ui.session import workspace  # noqa: PLC0415

    view = Wanted(period=st.query_params["period"])
    shown = use_case(workspace(), view)
    if shown is not None:
        lang: Language = "en" if st.query_params["lang"] == "en" else "de"
        for title in (qualification_title, monday_title):
            blocks.title(title(shown)(lang))
        for draw in (draw_qualification, draw_closings, draw_monday):
            draw(shown, view, lang)


def drawn(workspace: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, period: str = "r12") -> AppTest:
    monkeypatch.setenv("WEGMARKE_WORKSPACE", str(workspace))
    app = AppTest.from_function(_script, default_timeout=SECONDS)
    app.query_params["lang"], app.query_params["period"] = lang, period
    return app.run()


SECTIONS: dict[Lang, tuple[str, ...]] = {
    "de": (
        "Qualifizierte Eintritte werden zu", "B2B gewinnt", "Tage, „klein“", "der Gespräche galten Menschen",
        "der entschiedenen Fälle sind gewonnen", "Häufigster Verlustgrund", "Grund unbekannt",
        "Am häufigsten verloren an", "Ein Abschluss kostet bei neuen Kunden", "Für Montag:",
    ),
    "en": (
        "of the qualified entries become an order", "B2B wins", "to the order, “klein”",
        "of the talks were with", "of the cases decided were won", "Most frequent loss reason",
        "Reason unknown", "Most often lost to", "A closing costs", "For Monday:",
    ),
}  # fmt: skip


TABLES = ("qualified", "groups", "tiers", "talks", "winning", "reasons", "competitors", "cohorts", "monday")


@pytest.mark.parametrize("lang", LANGS)
def test_every_section_says_what_it_found_and_can_be_taken_away(
    lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drawn(sample_workspace, monkeypatch, lang)
    assert not app.exception
    html = markup(app).replace("\u00a0", " ").replace("\u202f", " ")
    for words in SECTIONS[lang]:
        assert words in html
    keys = {button.key for button in app.get("download_button")}
    assert {f"{table}_{kind}" for table in TABLES for kind in ("csv", "xlsx")} <= keys


@pytest.mark.parametrize("lang", LANGS)
def test_data_without_any_of_it_say_what_would_fill_each_section(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace_from_rows(tmp_path, [row("a", "2024-01-10", "web")], touchpoints=RULES)
    app = drawn(ws.root, monkeypatch, lang)
    assert not app.exception
    html = markup(app)
    assert html.count(said.ABSENT(lang).split("{")[0]) >= 8
    assert not app.get("download_button")


def test_few_and_strange_data_are_drawn_as_text_and_without_rates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row("<b>x</b>", "2024-01-10", "enquiry", segment="<i>s</i>", cost=5),
        row("<b>x</b>", "2024-01-11", "qualified", segment="<i>s</i>"),
        row("<b>x</b>", "2024-01-12", "offer", segment="<i>s</i>", direction="outbound"),
        row("y", "2024-01-11", "talk", segment=None),
        row("y", "2024-01-12", "order"),
        row("z", "2024-01-12", "offer"),
        row("z", "2024-01-13", "refusal", lost_reason="<u>r</u>", competitor="[c](http://x)"),
    ]
    ws = workspace_from_rows(tmp_path, rows, touchpoints=RULES, data_end="2024-12-31")
    app = drawn(ws.root, monkeypatch, "en", "2024-01")
    assert not app.exception
    html = markup(app)
    assert said.FEW_CASES.fill(n=2)("en") in html
    assert said.QUALIFIED_FEW("en") in html
    assert "&lt;u&gt;r&lt;/u&gt;" in html
    assert "&lt;i&gt;s&lt;/i&gt;" in html
    assert "<u>r</u>" not in html


def offer(**fields: object) -> Offer:
    plain = Offer(
        customer_id="k", journey_id="k", offered_at=dt.datetime(2024, 1, 1), touched_at=None, value=5.0,
        days=30, quiet_days=20, team=None, segment=None, product=None, lapsed=False,
    )  # fmt: skip
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_the_monday_list_has_no_empty_columns_and_names_journeys_only_apart_from_customers() -> None:
    short = offers_table([offer()], "de")
    assert list(short) == [said.MONDAY_COLUMNS[place]("de") for place in (0, 2, 3, 4, 5)]
    full = offers_table([offer(journey_id="deal 7", team="south", lapsed=True), offer(value=None)], "en")
    assert full["Journey"].tolist() == ["deal 7", "k"]
    assert full["Note"].tolist()[0] == said.LAPSED("en")
    assert "Segment" not in full


def cohort(
    first: Month, *, existing: bool = False, closed: bool = True, cost: float | None = 100.0
) -> Cohort:
    entered = Entered(entries=20, closed=20, won=2, rate=None, cost=200.0, cost_per_closing=cost)
    return Cohort(first=first, existing=existing, entered=entered, closed=closed, cut=first.year < 2024)


def test_cohorts_whose_window_runs_are_hollow_and_the_one_where_the_data_begin_is_left_out() -> None:
    cohorts = [
        cohort(Month(2023, 10)), cohort(Month(2024, 1)), cohort(Month(2024, 4), cost=300.0),
        cohort(Month(2024, 1), existing=True), cohort(Month(2024, 7), closed=False),
    ]  # fmt: skip
    figure = cohort_costs(cohorts, "en", DARK, "EUR")
    new, running, existing = figure["data"]
    assert new["y"] == [100.0, 300.0]
    assert running["x"] == ["2024-07-01"]
    assert running["marker"]["color"] == DARK.paper
    assert existing["line"]["color"] == DARK.mute
    assert [label["text"] for label in figure["layout"]["annotations"]] == [
        said.NEW("en"), said.EXISTING("en"),
    ]  # fmt: skip
    json.dumps(figure)


@pytest.fixture(scope="module")
def sample_view(sample_workspace: Path) -> QualificationView:
    found = qualification(open_workspace(sample_workspace), View(period="r12"))
    assert found is not None
    return found


def test_a_comparison_is_taken_away_with_its_intervals_and_counts(sample_view: QualificationView) -> None:
    assert isinstance(sample_view.qualified, Qualified)
    groups = [sample_view.qualified.qualified, sample_view.qualified.others]
    frame = plain_numbers(groups, "en", of_entries=True)
    first = groups[0].entered
    assert first is not None
    assert first.rate is not None
    assert frame["Group"].tolist() == ["Qualified", "All others"]
    assert frame["Funnel rate"].tolist()[0] == first.rate.value
    assert frame["Funnel rate: from"].tolist()[0] == first.rate.lower
    assert frame["Entries"].tolist()[0] == first.entries


def test_both_languages_say_the_same_with_the_same_figures() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    texts = [value for value in vars(said).values() if isinstance(value, Text)]
    assert len(texts) > 50
    for text in texts:
        assert places(text.de) == places(text.en), text
