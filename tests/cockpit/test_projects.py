"""Projects through the cockpit: what is frozen stays, whatever is imported later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cockpit.projectresults import result
from cockpit.projects import change, close, closing_soon, create, listed, measured, moved, redefined, start
from cockpit.workspace import Workspace
from core.errors import InputFault, UsageFault
from core.text import same
from proof.project import FromContacts, FromCustomer, Project, ProjectKpi
from store.state.database import ChangedMeanwhile
from tests.building import batch_from_rows, workspace_from_rows
from tests.proof.test_projects import a_project

CONTACT = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
BEFORE = dt.datetime(2025, 2, 20)


def months(first: str, count: int) -> list[dt.date]:
    year, month = map(int, first.split("-"))
    return [dt.date(year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1, 1) for n in range(count)]


def series(
    values: Sequence[float], *, group: str = "treated", first: str = "2024-03"
) -> list[dict[str, Any]]:
    return [
        {"project": "P-1", "kpi": "Durchlaufzeit", "period": day.isoformat(), "group": group, "value": value,
         "exposure": 40}
        for day, value in zip(months(first, len(values)), values, strict=True)
    ]  # fmt: skip


def workspace(tmp_path: Path, rows: Sequence[Mapping[str, Any]]) -> Workspace:
    return workspace_from_rows(tmp_path, CONTACT, tables={"measurements": rows})


def later(ws: Workspace, tmp_path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    batch = batch_from_rows(
        tmp_path / "later", rows, source="measurements", table="measurements", mode="replace"
    )
    ws.warehouse.commit([batch], ws.models, ws.settings)


def test_later_data_cannot_move_a_frozen_baseline_and_what_they_changed_is_told(tmp_path: Path) -> None:
    values = [16.0 + n % 3 for n in range(24)]
    ws = workspace(tmp_path, series(values))
    project = create(ws, a_project(), "Ada")
    project = start(ws, project.id, project.version, "Ada", at=BEFORE)
    assert (project.status, project.retrospective) == ("running", False)
    frozen = ws.state.projects.baselines(project.id)["days"]
    assert frozen.before == pytest.approx(sum(values[:12]) / 12)
    assert [row.value for row in frozen.evidence.rows] == values[:12]
    assert [manifest.pinned for manifest in ws.warehouse.snapshots()] == [True]

    better = [99.0, *values[1:12], *([10.0] * 12)]
    later(ws, tmp_path, series(better))
    table = measured(ws, project)
    assert list(table.before_rows["value"]) == values[:12]
    assert list(table.after_rows["value"]) == [10.0] * 12
    (cell,) = moved(ws, project)
    assert (cell.period, cell.frozen, cell.now) == (dt.date(2024, 3, 1), 16.0, 99.0)
    assert ws.state.projects.baselines(project.id)["days"] == frozen


def test_cells_too_small_for_the_evidence_table_are_told_too_when_they_move(tmp_path: Path) -> None:
    """Six branches: no cell has ten cases, so that the table is empty, but the snapshot is kept."""
    rows = [
        row | {"unit": f"B{unit}", "exposure": None, "value": row["value"] + unit}
        for unit in range(6)
        for row in series([16.0] * 24)
    ]
    ws = workspace(tmp_path, rows)
    project = create(ws, a_project(), "Ada")
    project = start(ws, project.id, project.version, "Ada", at=BEFORE)
    frozen = ws.state.projects.baselines(project.id)["days"]
    assert (len(frozen.evidence.rows), frozen.evidence.suppressed > 0) == (0, True)
    assert moved(ws, project) == ()
    later(ws, tmp_path, [rows[0] | {"value": 76.0}, *rows[1:]])
    (cell,) = moved(ws, project)
    assert (cell.period, cell.frozen, cell.now) == (dt.date(2024, 3, 1), 18.5, 28.5)
    assert sorted(measured(ws, project).before_rows["value"].unique()) == [16.0 + unit for unit in range(6)]


def test_values_that_are_gone_later_are_told_and_the_baseline_stays(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    project = create(ws, a_project(), "Ada")
    project = start(ws, project.id, project.version, "Ada", at=BEFORE)
    later(ws, tmp_path, series([12.0] * 12, first="2025-03"))
    assert [cell.now for cell in moved(ws, project)] == [None] * 12
    assert list(measured(ws, project).before_rows["value"]) == [16.0] * 12


def test_a_baseline_chosen_after_go_live_is_marked(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    project = create(ws, a_project(), "Ada")
    assert start(ws, project.id, project.version, "Ada").retrospective


def test_a_baseline_that_the_data_do_not_cover_is_not_frozen(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 10))
    project = create(ws, a_project(), "Ada")
    with pytest.raises(InputFault, match="noch nicht vorbei"):
        start(ws, project.id, project.version, "Ada", at=BEFORE)
    assert ws.state.projects.baselines(project.id) == {}
    assert ws.state.projects.get(project.id).status == "planned"


@pytest.mark.parametrize(
    ("renamed", "said"),
    [
        ({"project": "P1"}, "P1"),
        ({"kpi": "Laufzeit"}, "Laufzeit"),
    ],
)
def test_a_project_without_values_says_which_there_are(
    tmp_path: Path, renamed: dict[str, str], said: str
) -> None:
    ws = workspace(tmp_path, [row | renamed for row in series([16.0] * 24)])
    project = create(ws, a_project(), "Ada")
    with pytest.raises(InputFault, match=said):
        start(ws, project.id, project.version, "Ada", at=BEFORE)


def test_periods_that_a_window_cuts_are_refused(tmp_path: Path) -> None:
    quarters = [
        row for row in series([16.0] * 24, first="2024-01") if row["period"][5:7] in ("01", "04", "07", "10")
    ]
    ws = workspace(tmp_path, quarters)
    project = create(ws, a_project(), "Ada")
    with pytest.raises(InputFault, match="schneidet"):
        start(ws, project.id, project.version, "Ada", at=BEFORE)


def test_windows_that_do_not_fit_are_refused_with_the_reason(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    with pytest.raises(UsageFault, match="vor dem Go-live"):
        create(ws, a_project(go_live=dt.date(2025, 1, 15)), "Ada")


def test_a_frozen_definition_cannot_be_changed_but_a_target_can(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    project = create(ws, a_project(), "Ada")
    planned = change(ws, project.model_copy(update={"customer": "Südwind"}), "Ada")
    project = start(ws, project.id, planned.version, "Ada", at=BEFORE)
    aimed = project.model_copy(update={"kpis": (project.first.model_copy(update={"target": 12.0}),)})
    aimed = change(ws, aimed, "Ada")
    assert (aimed.first.target, aimed.status, aimed.customer) == (12.0, "running", "Südwind")
    other = aimed.model_copy(update={"kpis": (aimed.first.model_copy(update={"better": "higher"}),)})
    with pytest.raises(UsageFault, match="eingefroren"):
        change(ws, other, "Ada")
    with pytest.raises(ChangedMeanwhile):
        change(ws, project, "Bea")
    earlier = aimed.model_copy(update={"go_live": dt.date(2025, 3, 1)})
    assert not change(ws, earlier, "Ada").retrospective


def test_a_project_known_from_the_customers_word_needs_no_data(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    said = FromCustomer(before=20, after=9, person="Frau Krug", on=dt.date(2026, 1, 5))
    kpi = ProjectKpi(key="complaints", name=same("Reklamationen"), unit="count", better="lower", origin=said)
    project = create(ws, a_project(key="P-2", kpis=(kpi,)), "Ada")
    project = start(ws, project.id, project.version, "Ada")
    assert project.status == "watching"
    with pytest.raises(UsageFault, match="Auskunft"):
        measured(ws, project)
    closed = close(ws, project.id, project.version, "Ada")
    assert closed.status == "closed"
    assert [each.status for each in listed(ws)] == ["closed"]


def offers(month: dt.date, segment: str, count: int, won: int) -> list[dict[str, Any]]:
    rows = []
    for number in range(count):
        name = {"customer_id": f"{month:%y%m}{segment}{number}", "segment": segment}
        rows.append({**name, "occurred_at": f"{month:%Y-%m}-02", "touchpoint": "offer"})
        outcome = "order" if number < won else "refusal"
        rows.append({**name, "occurred_at": f"{month:%Y-%m}-20", "touchpoint": outcome})
    return rows


def counted_project(**origin: Any) -> Project:
    kpi = ProjectKpi(
        key="win", name=same("Abschlussquote"), unit="percent", better="higher", kind="rate",
        origin=FromContacts(kpi="win_rate", **origin),
    )  # fmt: skip
    live = dt.date(2024, 7, 1)
    return a_project(
        kpis=(kpi,), go_live=live,
        baseline={"first": dt.date(2024, 1, 1), "last": dt.date(2024, 6, 30)},
        after={"first": live, "last": dt.date(2024, 12, 31)},
    )  # fmt: skip


def contacts() -> list[dict[str, Any]]:
    rows = []
    for number, month in enumerate(months("2024-01", 13)):
        rows += offers(month, "B2B", 20, 8 if number < 6 else 12)
        rows += offers(month, "B2C", 20, 5)
        rows += offers(month, "B2G", 12, 2)
    return rows


@pytest.mark.parametrize(
    ("control", "denominators"),
    [({}, []), ({"rest": True}, [20, 12]), ({"control": {"segment": ("B2C",)}}, [20])],
)
def test_a_kpi_over_contacts_is_counted_by_month_beside_its_control(
    tmp_path: Path, control: dict[str, Any], denominators: list[int]
) -> None:
    ws = workspace_from_rows(tmp_path, contacts())
    project = create(ws, counted_project(where={"segment": ("B2B",)}, **control), "Ada")
    project = start(ws, project.id, project.version, "Ada", at=dt.datetime(2024, 7, 1))
    table = measured(ws, project)
    treated = table.rows[table.rows["treated"]]
    assert table.kind == "rate"
    assert list(treated["value"]) == [40.0] * 6 + [60.0] * 6
    assert set(treated["denominator"]) == {20}
    others = table.rows[~table.rows["treated"] & (table.rows["period"] == "2024-03-01")]
    assert sorted(others["denominator"], reverse=True) == denominators
    frozen = ws.state.projects.baselines(project.id)["win"]
    assert frozen.before == 40.0
    assert frozen.kpi_version == ws.kpis["win_rate"].version
    assert not redefined(ws, project)
    told = {row.group for row in frozen.evidence.rows}
    assert told == ({"treated", "control"} if denominators else {"treated"})


def test_erasing_a_customer_leaves_the_frozen_figures_as_they_were(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, contacts())
    project = create(ws, counted_project(where={"segment": ("B2B",)}), "Ada")
    project = start(ws, project.id, project.version, "Ada", at=dt.datetime(2024, 7, 1))
    before = list(measured(ws, project).before_rows["value"])
    ws.warehouse.erase(["2401B2B0"])
    assert list(measured(ws, project).before_rows["value"]) == before == [40.0] * 6
    assert [cell.period for cell in moved(ws, project)] == [dt.date(2024, 1, 1)]


def test_an_unknown_kpi_or_one_that_the_filter_does_not_allow_is_refused(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, contacts())
    project = counted_project()
    kpi = project.first.model_copy(update={"origin": FromContacts(kpi="win_rat")})
    with pytest.raises(UsageFault, match="win_rat"):
        create(ws, project.model_copy(update={"kpis": (kpi,)}), "Ada")
    shy = counted_project(where={"survey": ("NPS",)})
    project = create(ws, shy, "Ada")
    with pytest.raises(InputFault, match="nicht zählen"):
        start(ws, project.id, project.version, "Ada")


def test_after_windows_that_close_soon_are_told(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0] * 24))
    today = ws.now().date()
    last = today + dt.timedelta(days=20)
    live = last - dt.timedelta(days=100)
    project = a_project(
        go_live=live, baseline={"first": dt.date(2024, 3, 1), "last": dt.date(2025, 2, 28)},
        after={"first": live, "last": last},
    )  # fmt: skip
    project = create(ws, project, "Ada")
    assert closing_soon(ws) == []
    project = start(ws, project.id, project.version, "Ada")
    assert [each.id for each in closing_soon(ws)] == [project.id]
    assert closing_soon(ws, 10) == []


def test_until_the_after_window_is_over_only_the_course_is_shown(tmp_path: Path) -> None:
    values = [*([16.0] * 12), *([10.0] * 6)]
    ws = workspace(tmp_path, [*series(values), *series([15.0] * 18, group="control")])
    project = create(ws, a_project(), "Ada")
    assert result(ws, project).first.waiting is not None
    project = start(ws, project.id, project.version, "Ada", at=BEFORE)
    shown = result(ws, project).first
    assert shown.waiting is not None
    assert "es fehlen 181 Tage" in shown.waiting.de
    assert (shown.chosen, shown.verdict, shown.reached) == (None, "too_few", None)
    assert [point.treated for point in shown.so_far] == values
    assert {point.beside for point in shown.so_far} == {15.0}
    assert [point.side for point in shown.so_far].count("after") == 6


def test_a_target_is_met_from_its_better_side(tmp_path: Path) -> None:
    ws = workspace(tmp_path, series([16.0 + n % 3 for n in range(12)] + [10.0 + n % 3 for n in range(12)]))
    project = a_project()
    for target, met in ((12.0, True), (10.5, False)):
        kpi = project.first.model_copy(update={"target": target})
        made = create(ws, project.model_copy(update={"kpis": (kpi,), "key": "P 1"}), "Ada")
        made = start(ws, made.id, made.version, "Ada", at=BEFORE)
        assert result(ws, made).first.reached is met
        ws.state.projects.change(made.model_copy(update={"key": f"old {target}"}), person="Ada", at=BEFORE)


def test_a_kpi_that_stands_for_each_phase_needs_one(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, contacts())
    project = counted_project()
    for phase, fits in (("preference", True), ("prefer", False), (None, False)):
        kpi = project.first.model_copy(update={"origin": FromContacts(kpi="phase_conversion", phase=phase)})
        wanted = project.model_copy(update={"kpis": (kpi,), "key": f"P-{phase}"})
        if fits:
            assert create(ws, wanted, "Ada").first.origin == kpi.origin
        else:
            with pytest.raises(UsageFault, match="je Phase"):
                create(ws, wanted, "Ada")
