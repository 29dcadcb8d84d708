"""Triggers in a view: the landmark people know, what is left out, and what is said where there is nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cockpit.evaluation import evaluate
from cockpit.triggers import TriggersView, triggers
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.period import Month, Period
from core.query import Query
from core.view import View
from tests.building import workspace_from_rows


@pytest.fixture(scope="module")
def ws(sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


def found(ws: Workspace, phase: str, view: View | None = None) -> TriggersView:
    shown = triggers(ws, view or View(), phase)
    assert shown is not None
    return shown


@pytest.mark.parametrize("phase", ["awareness", "consideration", "preference", "after_sale"])
def test_the_landmark_is_the_kpi_days_in_the_phase(ws: Workspace, phase: str) -> None:
    shown = found(ws, phase)
    known = next(kpi for kpi in evaluate(ws, View(period="r12"), ["phase_days"]) if kpi.phase == phase)
    assert known.value is not None
    assert shown.landmark_days is not None
    assert shown.landmark_days == pytest.approx(known.value, abs=1 / 24)  # in whole hours
    assert shown.period == Period(Month(2025, 11), Month(2026, 10), "r12")


def test_the_four_counts_of_a_touchpoint_counted_in_the_contacts(ws: Workspace) -> None:
    """Follow-ups within the landmark, visit by visit, from the contacts instead of the sightings."""
    shown = found(ws, "preference")
    assert shown.landmark_days is not None
    landmark = dt.timedelta(days=shown.landmark_days)
    with ws.warehouse.open() as snapshot:
        visits = snapshot.rows(
            Query(
                sql="SELECT journey, first_at, ended_as, completed_at, next_at, "
                "COALESCE(lost_at, silent_until) FROM visits "
                "WHERE phase = 'preference' AND first_at >= TIMESTAMP '2025-11-01'"
            )
        )
        followed_up = snapshot.rows(
            Query(sql="SELECT journey, occurred_at FROM contacts WHERE touchpoint = 'Nachfassen'")
        )
    calls: dict[int, list[dt.datetime]] = {}
    for journey, at in followed_up:
        calls.setdefault(journey, []).append(at)
    counts = {"seen": 0, "seen_moved": 0, "unseen": 0, "unseen_moved": 0}
    for journey, first_at, ended_as, completed_at, next_at, silent in visits:
        moved = ended_as in ("advanced", "skipped", "completed") or (ended_as is None and completed_at)
        over = min(at for at in (completed_at, next_at, silent, dt.datetime.max) if at)
        if over > dt.datetime(2026, 11, 1) or over - first_at <= landmark:
            continue
        early = any(first_at <= at <= first_at + landmark for at in calls.get(journey, []))
        side = "seen" if early else "unseen"
        counts[side] += 1
        counts[f"{side}_moved"] += bool(moved)
    trigger = next(each for each in shown.triggers if each.value == "Nachfassen")
    assert counts == {name: getattr(trigger, name) for name in counts}
    assert shown.decided == counts["seen"] + counts["unseen"]


def test_a_filter_takes_some_and_each_figure_stays_within_the_whole(ws: Workspace) -> None:
    everything, some = (
        found(ws, "consideration"),
        found(ws, "consideration", View(where={"segment": ("B2B",)})),
    )
    assert 0 < some.running < everything.running
    assert everything.running == everything.decided + everything.undecided
    assert everything.looked_at == len(everything.triggers)
    assert everything.confidence == pytest.approx(100 - 10 * len(everything.selected) / everything.looked_at)


def test_a_phase_completed_on_entry_has_nobody_left_at_the_landmark(ws: Workspace) -> None:
    shown = found(ws, "purchase")
    assert (shown.running, shown.triggers) == (0, ())
    assert shown.note is not None
    assert shown.note("de").startswith("Nur 0 entschiedene Besuche liefen nach 5,1 Tagen")


def contact(customer: int, days: float, touchpoint: str) -> dict[str, object]:
    at = dt.datetime(2024, 1, 1) + dt.timedelta(days=customer / 10 + days)
    return {"customer_id": f"K{customer}", "occurred_at": at.isoformat(), "touchpoint": touchpoint}


def test_where_all_moved_or_nothing_differs_the_view_says_so(tmp_path: Path) -> None:
    moved = [
        contact(n, days, what)
        for n in range(60)
        for days, what in ((0, "offer"), (n / 10, "offer"), (9 if n < 30 else 12, "order"))
    ]
    end = dt.datetime(2024, 12, 31, 23, 59)
    shown = found(workspace_from_rows(tmp_path / "a", moved, data_end=end), "preference")
    assert shown.decided == 60
    assert shown.note is not None
    assert shown.note("en").startswith("All 60 decided visits")
    waited = [row for n in range(30, 60) for row in (contact(n, 0, "offer"), contact(n, 8, "refusal"))]
    some = [*(row for row in moved if int(str(row["customer_id"])[1:]) < 30), *waited]
    alike = found(workspace_from_rows(tmp_path / "b", some, data_end=end), "preference")
    assert alike.decided == 60
    assert alike.note is not None
    assert alike.note("en").startswith("No touchpoint, content or role occurs in at least 10")
    young = found(workspace_from_rows(tmp_path / "c", moved[:3], data_end=end), "awareness")
    assert young.landmark_days is None
    assert young.note is not None
    assert young.note("en") == "No visit of this phase has ended in the period yet."


def test_an_empty_workspace_has_no_triggers_and_an_unknown_phase_is_refused(
    ws: Workspace, tmp_path: Path
) -> None:
    assert triggers(open_workspace(tmp_path), View(), "preference") is None
    with pytest.raises(UsageFault):
        triggers(ws, View(), "preferences")
    with pytest.raises(UsageFault):
        triggers(ws, View(model="five_phase"), "preference")
