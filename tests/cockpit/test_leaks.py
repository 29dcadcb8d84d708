"""Leaks in a view: what they share with the ledger, when they are a year's, and how they are said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.leaks import LeaksView, leak_sentence, leaks
from cockpit.ledger import ledger
from cockpit.overview import overview
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.period import Month, Period
from core.query import Query
from core.text import same
from core.view import View
from journeys.leaks import Leak
from tests.building import workspace_from_rows


@pytest.fixture(scope="module")
def ws(sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


def found(ws: Workspace, view: View | None = None) -> LeaksView:
    shown = leaks(ws, view or View())
    assert shown is not None
    return shown


def test_without_a_period_it_is_the_last_twelve_whole_months(ws: Workspace) -> None:
    shown = found(ws)
    assert shown == found(ws, View(period="r12:2026-10"))
    assert shown.period == Period(Month(2025, 11), Month(2026, 10), "r12")
    assert shown.per_year
    assert shown.window_days == ws.settings.window_days


@pytest.mark.parametrize("model", ["seven_phase", "five_phase"])
def test_visits_lost_and_decided_are_those_of_the_ledger(ws: Workspace, model: str) -> None:
    view = View(model=model, period="r12", where={"segment": ("B2B",)})
    counted = ledger(ws, view)
    assert counted is not None
    rows = {row.phase: (row.lost, row.visits - row.open) for row in counted.rows if row.visits}
    assert {leak.phase: (leak.lost_visits, leak.decided) for leak in found(ws, view).leaks} == rows


def test_what_is_kept_is_what_is_computed(ws: Workspace) -> None:
    """A filter that lets everything through is computed anew; without one, the second asking reads."""
    everybody = View(where={"segment": ("B2B", "B2C", "")})
    assert found(ws).leaks == found(ws, everybody).leaks
    assert found(ws).leaks == found(ws).leaks


def test_the_lost_of_a_phase_counted_contact_by_contact(ws: Workspace) -> None:
    """Preference: journeys whose last phase is the offer, silent for over 60 days or refused."""
    with ws.warehouse.open() as snapshot:
        contacts = snapshot.frame(
            Query(
                sql="SELECT journey, occurred_at, phase, event FROM contacts WHERE journey IN "
                "(SELECT journey FROM contacts WHERE phase = 'preference' AND occurred_at >= '2025-11-01') "
                "ORDER BY journey, occurred_at, phase_no NULLS LAST, row_key"
            )
        )
    end = dt.datetime(2026, 10, 31, 23, 59, 59)
    lost = 0
    for _, story in contacts.groupby("journey"):
        phased = story.dropna(subset=["phase"])
        if phased.empty or phased["phase"].iloc[-1] != "preference":
            continue
        begins = (phased["phase"] != phased["phase"].shift()).to_numpy().nonzero()[0][-1]
        visit = phased.iloc[begins:]
        gaps = visit["occurred_at"].diff() > dt.timedelta(days=60)
        refused = visit["event"].eq("lost").shift(fill_value=False)
        start = visit.iloc[int((gaps | refused).to_numpy().nonzero()[0].max(initial=0)) :]
        ended = start["event"].eq("lost").any() or end - start["occurred_at"].max() > dt.timedelta(days=60)
        if ended and start["occurred_at"].iloc[0] >= dt.datetime(2025, 11, 1):
            lost += 1
    leak = next(leak for leak in found(ws).leaks if leak.phase == "preference")
    assert leak.lost == lost


def test_less_than_twelve_whole_months_give_no_figure_per_year(ws: Workspace, tmp_path: Path) -> None:
    assert not found(ws, View(period="2026-10")).per_year
    assert not found(ws, View(period="r12:2026-11")).per_year  # November is not over
    assert found(ws, View(period="2024-11..2026-10")).per_year
    young = workspace_from_rows(
        tmp_path,
        [
            {"customer_id": f"K{n}", "occurred_at": f"2024-{month:02d}-10", "touchpoint": "offer"}
            for month in range(8, 13)
            for n in range(month, month + 5)
        ],
        data_end=dt.datetime(2024, 12, 31, 23, 59),
    )
    assert not found(young).per_year  # the data begin in August


def test_two_years_lose_per_year_half_of_what_they_lose(ws: Workspace) -> None:
    both = {leak.phase: leak for leak in found(ws, View(period="2024-11..2026-10")).leaks}
    leak = both["consideration"]
    assert leak.money is not None
    assert leak.share is not None
    assert leak.mean is not None
    assert leak.money == pytest.approx(leak.lost / 2 * leak.share / 100 * leak.mean)


def test_the_overview_tells_the_costliest_of_the_twelve_months_up_to_its_month(ws: Workspace) -> None:
    shown = overview(ws, View(period="2026-08"))
    assert shown is not None
    year = found(ws, View(period="r12:2026-08"))
    assert year.costliest is not None
    assert shown.leak == year.costliest
    assert shown.leak_said == leak_sentence(year.costliest, year)


def test_an_empty_workspace_has_no_leaks_and_an_unknown_dimension_is_refused(
    ws: Workspace, tmp_path: Path
) -> None:
    assert leaks(open_workspace(tmp_path), View()) is None
    with pytest.raises(UsageFault):
        leaks(ws, View(where={"no such thing": ("x",)}))
    with pytest.raises(UsageFault):
        leaks(ws, View(model="no such model"))


LEAK = Leak(
    phase="preference",
    name=same("Angebot"),
    kind="journeys",
    lost_visits=190,
    decided=500,
    lost=170,
    share=90.0,
    share_lower=85.0,
    share_upper=94.0,
    share_n=200,
    mean=2690.0,
    mean_n=150,
    basis="margin",
    money=411_873.0,
    lower=350_432.0,
    upper=484_084.0,
    note=None,
)
YEAR = LeaksView(
    model="seven_phase",
    leaks=(LEAK,),
    costliest=LEAK,
    period=Period(Month(2025, 11), Month(2026, 10), "r12"),
    per_year=True,
    window_days=180,
    currency="EUR",
    data_end=dt.datetime(2026, 10, 31, 23, 59),
    snapshot="000001",
)


def said(leak: Leak, view: LeaksView = YEAR) -> tuple[str, str]:
    text = leak_sentence(leak, view)
    return text("de").replace("\u202f", " "), text("en").replace("\u202f", " ")


def test_the_sentence_names_rate_amount_interval_and_condition() -> None:
    assert said(LEAK) == (
        "Angebot: 38 % der entschiedenen Besuche gehen verloren, bis zu 412.000 € Deckungsbeitrag im Jahr "
        "(95-%-Intervall 350.000 € bis 484.000 €), wenn die Verlorenen gekauft hätten wie die anderen.",
        "Angebot: 38% of the decided visits are lost, up to 412,000 € of margin a year "
        "(95% interval 350,000 € to 484,000 €), had the lost bought as the others do.",
    )


def test_a_shorter_period_is_named_and_a_leak_without_a_figure_says_why() -> None:
    month = replace(YEAR, per_year=False, period=Period(Month(2026, 9), Month(2026, 9)))
    assert "Deckungsbeitrag im Zeitraum September 2026 (95-%" in said(LEAK, month)[0]
    silent = replace(LEAK, money=None, lower=None, upper=None, note=same("zu wenige"))
    assert said(silent)[0] == "Angebot: 38 % der entschiedenen Besuche gehen verloren (zu wenige)."
