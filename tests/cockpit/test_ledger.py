"""The ledger as pages and the command line ask for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from cockpit.ledger import Ledger, LedgerRow, ledger, patience_proposals
from cockpit.phase import phase_view
from cockpit.workspace import Workspace, open_workspace
from core.errors import InputFault, UsageFault
from core.view import View
from tests.building import workspace_from_rows


def contact(customer: str, day: str, touchpoint: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "occurred_at": f"2024-{day}", "touchpoint": touchpoint, **more}


ROWS = [
    # Anna goes all the way, with a segment from her first contact on.
    contact("Anna", "01-02", "web", segment="B2B", channel="Messe", wetter="Regen"),
    contact("Anna", "01-05", "enquiry", segment="B2B", channel="Messe", wetter="Regen"),
    contact("Anna", "01-20", "offer", segment="B2B", channel="Telefon", wetter="Sonne"),
    contact("Anna", "02-10", "order", segment="B2B", channel="Telefon", wetter="Sonne"),
    contact("Anna", "02-20", "delivery", segment="B2B", channel="Telefon", wetter="Sonne"),
    # Bert refuses the offer, Cora falls silent, Dora is still thinking.
    contact("Bert", "01-03", "enquiry", channel="Web"),
    contact("Bert", "01-10", "offer", channel="Web"),
    contact("Bert", "01-30", "refusal", channel="Web"),
    contact("Cora", "01-04", "enquiry", channel="Web", segment="B2C"),
    contact("Dora", "01-31", "enquiry", channel="Messe", segment="B2C"),
    contact("Dora", "03-25", "newsletter"),
    contact("Emil", "05-31", "web", channel="Messe", segment="B2C"),
]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace_from_rows(
        tmp_path_factory.mktemp("ledger"), ROWS, data_end=dt.datetime(2024, 5, 31, 23, 59, 59)
    )


def row(found: Ledger | None, phase: str, group: str | None = None) -> LedgerRow:
    assert found is not None
    return next(row for row in found.rows if (row.phase, row.group) == (phase, group))


def test_every_phase_of_the_model_has_a_row_even_without_visits(ws: Workspace) -> None:
    found = ledger(ws, View(period="2024-01"))
    assert found is not None
    assert [row.phase for row in found.rows] == list(ws.models["seven_phase"].phase_ids)
    assert row(found, "loyalty").visits == 0
    assert row(found, "loyalty").conversion is None


def test_ends_are_counted_by_the_first_contact_in_the_period(ws: Workspace) -> None:
    consideration = row(ledger(ws, View(period="2024-01")), "consideration")
    # Anna and Bert moved on; Cora fell silent; Dora's newsletter kept her alive until 23 June.
    assert (consideration.visits, consideration.advanced, consideration.lost, consideration.open) == (
        4,
        2,
        1,
        1,
    )
    assert consideration.conversion == pytest.approx(100 * 2 / 3)
    preference = row(ledger(ws, View(period="2024-01")), "preference")
    assert (preference.visits, preference.advanced, preference.lost) == (2, 1, 1)


def test_without_a_period_the_latest_whole_month_is_meant(ws: Workspace) -> None:
    found = ledger(ws, View())
    assert str(found.period.last) == "2024-05" if found else pytest.fail("no ledger")
    assert row(found, "awareness").open == 1


def test_filters_and_breakdowns_take_contract_columns_and_own_dimensions(ws: Workspace) -> None:
    fair = ledger(ws, View(period="2024-01", where={"channel": ("Messe",)}))
    assert row(fair, "consideration").visits == 2
    rain = ledger(ws, View(period="2024-01", where={"wetter": ("Regen",)}))
    assert row(rain, "consideration").visits == 1
    nameless = ledger(ws, View(period="2024-01", where={"segment": ("",)}))
    assert row(nameless, "consideration").visits == 1
    by_segment = ledger(ws, View(period="2024-01", by="segment"))
    assert [row(by_segment, "consideration", group).visits for group in ("B2B", "B2C", "")] == [1, 2, 1]


def test_user_text_in_a_filter_is_only_ever_a_value(ws: Workspace) -> None:
    odd = ledger(ws, View(period="2024-01", where={"channel": ("' OR 1=1 --", "$phase")}))
    assert sum(row.visits for row in odd.rows) == 0 if odd else pytest.fail("no ledger")


def test_five_phases_are_counted_anew(ws: Workspace) -> None:
    found = ledger(ws, View(model="five_phase", period="2024-01"))
    consideration = row(found, "consideration")
    # Consideration and preference are one visit now; Bert's refusal ends it in the merged phase.
    assert (consideration.visits, consideration.advanced, consideration.lost, consideration.open) == (
        4,
        1,
        2,
        1,
    )


@pytest.mark.parametrize(
    ("view", "hint"),
    [
        (View(model="six_phase"), "five_phase"),
        (View(by="chanel"), "channel"),
        (View(where={"segmnt": ("B2B",)}), "segment"),
        (View(where={'channel" OR 1=1': ("B2B",)}), ""),
        (View(period="2024-13"), "2024-13"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_the_closest_known_word(
    ws: Workspace, view: View, hint: str
) -> None:
    with pytest.raises(UsageFault) as refused:
        ledger(ws, view)
    assert hint in refused.value.text.de
    assert hint in refused.value.text.en


def test_an_empty_workspace_has_no_ledger(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "empty")
    assert ledger(ws, View()) is None
    assert patience_proposals(ws, "seven_phase") == ()


def test_a_phase_shows_whence_and_where_to_and_what_happened_in_it(ws: Workspace) -> None:
    shown = phase_view(ws, View(period="2024-01", by="segment"), "preference")
    assert shown is not None
    assert [(passage.phase, passage.visits) for passage in shown.came_from] == [("consideration", 2)]
    assert {passage.phase: passage.visits for passage in shown.went_to} == {"purchase": 1, None: 1}
    assert {met.name: met.contacts for met in shown.met["channel"]} == {"Telefon": 1, "Web": 1}
    assert (shown.ends.visits, shown.ends.lost) == (2, 1)
    offered = next(step for step in shown.steps if step.must_do.event == "offer")
    assert offered.done == 2


def test_proposed_patience_stands_beside_the_model_s(ws: Workspace) -> None:
    found = {proposal.phase: proposal for proposal in patience_proposals(ws, "seven_phase")}
    # Only Anna bought: 3 days of silence in awareness, 15 in consideration, 21 in preference.
    assert {phase: p.proposed for phase, p in found.items()} == {
        "awareness": 3, "consideration": 15, "preference": 21,
    }  # fmt: skip
    assert found["preference"].days == ws.models["seven_phase"].phase("preference").patience_days


def test_customers_of_whom_nothing_but_orders_is_known_are_lost_after_twice_their_usual_interval(
    tmp_path: Path,
) -> None:
    # Gaps of 31 and 29 days make a usual interval of 30: they lapse 60 days after 10 March, on 9 May.
    days = ("01-10", "02-10", "03-10")
    rows = [contact(f"K{number}", day, "order") for number in range(12) for day in days]
    ws = workspace_from_rows(tmp_path, rows, data_end=dt.datetime(2024, 6, 30, 23, 59, 59))
    churn = {
        month: evaluate(ws, View(period=month), ["churn_rate"])[0].value for month in ("2024-04", "2024-05")
    }
    assert churn == {"2024-04": 0, "2024-05": 100}


@pytest.mark.parametrize(("phase", "closest"), [("preferenc", "preference"), ("loyalty", "preference")])
def test_a_patience_that_would_have_no_effect_is_refused(tmp_path: Path, phase: str, closest: str) -> None:
    (tmp_path / "settings.toml").write_text(f'[[patience]]\nphase = "{phase}"\ndays = 30\n', encoding="utf-8")
    with pytest.raises(InputFault) as refused:
        open_workspace(tmp_path)
    assert phase in refused.value.text.de
    assert closest in refused.value.text.en


def test_settings_make_a_company_more_patient_with_a_segment(tmp_path: Path) -> None:
    rule = '[[patience]]\nphase = "consideration"\nsegment = "B2C"\ndays = 200\n'
    ws = workspace_from_rows(tmp_path, ROWS, settings=rule, data_end=dt.datetime(2024, 5, 31, 23, 59, 59))
    consideration = row(ledger(ws, View(period="2024-01")), "consideration")
    assert (consideration.lost, consideration.open) == (0, 2)  # Cora may think for longer now
