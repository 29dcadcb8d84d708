"""Projects, their windows, and the evidence that a frozen baseline keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.text import same
from proof.evidence import Baseline, Observation, baseline_figure, table
from proof.project import FromContacts, FromMeasurements, Project, ProjectKpi, flaws, same_key
from proof.sectors import anonymous_name, industries, sizes
from proof.window import Window, cut_periods, end_of, grain_of, months_around

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))


def a_project(**changes: object) -> Project:
    baseline, after = months_around(dt.date(2025, 3, 1))
    kpi = ProjectKpi(
        key="days", name=same("Durchlaufzeit"), unit="days", better="lower",
        origin=FromMeasurements(kpi="Durchlaufzeit"),
    )  # fmt: skip
    return Project.model_validate(
        {
            "key": "P-1", "name": same("Übergaben"), "customer": "Nordwind", "industry": "crafts",
            "size": "small", "done": same("Feste Übergaben"), "go_live": dt.date(2025, 3, 1),
            "baseline": baseline, "after": after, "kpis": (kpi,), **changes,
        }
    )  # fmt: skip


def test_windows_around_a_go_live_are_whole_months_and_fit() -> None:
    project = a_project()
    assert (project.baseline.first, project.baseline.last) == (dt.date(2024, 3, 1), dt.date(2025, 2, 28))
    assert (project.after.first, project.after.last) == (dt.date(2025, 3, 1), dt.date(2026, 2, 28))
    assert flaws(project) == []


@given(days, st.integers(1, 36))
def test_windows_around_any_day_never_overlap_and_leave_its_month_out_unless_it_begins_it(
    live: dt.date, months: int
) -> None:
    baseline, after = months_around(live, months)
    assert flaws(a_project(go_live=live, baseline=baseline, after=after)) == []
    assert (after.first - baseline.last).days == 1 or live.day > 1


@given(days, days, days, days, days)
def test_overlapping_windows_and_those_on_the_wrong_side_of_go_live_are_refused(
    a: dt.date, b: dt.date, c: dt.date, d: dt.date, live: dt.date
) -> None:
    baseline, after = Window(first=min(a, b), last=max(a, b)), Window(first=min(c, d), last=max(c, d))
    fits = baseline.last < live <= after.first
    assert (flaws(a_project(go_live=live, baseline=baseline, after=after)) == []) == fits


def test_a_window_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValidationError, match="ends before it begins"):
        Window(first=dt.date(2025, 2, 1), last=dt.date(2025, 1, 31))


@pytest.mark.parametrize(
    ("starts", "grain"),
    [
        (["2025-01-01", "2025-02-01", "2025-03-01"], "month"),
        (["2025-01-06", "2025-01-13", "2025-02-03"], "week"),
        (["2025-01-01", "2025-04-01"], "quarter"),
        (["1970-01-01", "1971-01-01"], "year"),
        (["2025-01-01", "2025-01-02"], "day"),
        (["2025-01-01"], "month"),
    ],
)
def test_the_length_of_periods_is_read_from_their_beginnings(starts: list[str], grain: str) -> None:
    assert grain_of(map(dt.date.fromisoformat, starts)) == grain


def test_a_period_that_a_window_cuts_through_is_named() -> None:
    quarters = [dt.date(2025, month, 1) for month in (1, 4, 7, 10)]
    window = Window(first=dt.date(2025, 1, 1), last=dt.date(2025, 8, 31))
    assert cut_periods(window, quarters, "quarter") == [dt.date(2025, 7, 1)]
    assert end_of(dt.date(2025, 10, 1), "quarter") == dt.date(2026, 1, 1)


def test_a_watched_project_is_one_that_runs_and_is_live() -> None:
    project = a_project(status="running")
    assert project.standing(project.go_live - DAY) == "running"
    assert project.standing(project.go_live) == "watching"
    assert a_project(status="closed").standing(project.go_live) == "closed"
    assert project.closes_within(project.after.last - 30 * DAY, 30)
    assert not project.closes_within(project.after.last + DAY, 30)
    assert not a_project(status="planned").closes_within(project.after.last, 30)


def test_two_kpis_of_one_key_and_a_rest_without_one_dimension_are_refused() -> None:
    kpi = a_project().first
    with pytest.raises(ValidationError, match="same key"):
        a_project(kpis=(kpi, kpi))
    with pytest.raises(ValidationError, match="one dimension"):
        FromContacts(kpi="win_rate", rest=True)


def test_a_file_may_write_a_projects_code_in_its_own_way() -> None:
    assert same_key("Übergabe 1 ", "uebergabe_1")
    assert not same_key("P-1", "P-11")


def observations(n: int, cases: float | None = 12.0) -> list[Observation]:
    return [
        Observation(period=dt.date(2025, 1, 1), group="treated", value=float(each), cases=cases)
        for each in range(n)
    ]


def test_a_cell_under_ten_is_left_out_and_counted() -> None:
    few = Observation(
        period=dt.date(2025, 2, 1), group="treated", value=50, numerator=4, denominator=9, cases=9
    )
    found = table([*observations(1), few], "month")
    assert [row.period.month for row in found.rows] == [1]
    assert found.suppressed == 1


def test_single_observations_are_cases_themselves() -> None:
    assert table(observations(9, None), "month").suppressed == 1
    (row,) = table(observations(10, None), "month").rows
    assert (row.n, row.value) == (10, 4.5)


def test_a_sum_made_elsewhere_stays_though_nobody_says_over_how_many() -> None:
    (row,) = table(observations(1, None), "month").rows
    assert row.n is None


cell = st.tuples(st.integers(1, 4), st.sampled_from(["treated", "control"]), st.integers(10, 500))


@given(st.lists(cell, min_size=1, max_size=30))
def test_numerators_and_denominators_add_up_and_no_average_is_averaged(
    cells: list[tuple[int, str, int]],
) -> None:
    listed = [
        Observation(
            period=dt.date(2025, month, 1), group="treated" if group == "treated" else "control",
            value=100 * (below // 3) / below, numerator=below // 3, denominator=below, cases=below,
        )
        for month, group, below in cells
    ]  # fmt: skip
    found = table(listed, "month", scale=100)
    assert sum(row.denominator or 0 for row in found.rows) == sum(below for *_, below in cells)
    treated = [below for _, group, below in cells if group == "treated"]
    figure = baseline_figure(found, "treated", scale=100)
    if treated:
        assert figure == pytest.approx(100 * sum(b // 3 for b in treated) / sum(treated))
    else:
        assert figure is None


def test_a_baseline_that_was_altered_has_another_digest() -> None:
    project = a_project()
    evidence = table(observations(3), "month")
    frozen = Baseline(
        project="0" * 32, kpi=project.first, kpi_version="", window=project.baseline, snapshot="000001-a",
        evidence=evidence, before=1.0, before_control=None, frozen_at=dt.datetime(2025, 2, 1),
        frozen_by="Ada", retrospective=False,
    )  # fmt: skip
    again = Baseline.model_validate_json(frozen.model_dump_json())
    assert again.digest == frozen.digest
    assert frozen.model_copy(update={"before": 1.1}).digest != frozen.digest
    row = evidence.rows[0].model_copy(update={"value": 99.0})
    altered = frozen.model_copy(update={"evidence": evidence.model_copy(update={"rows": (row,)})})
    assert altered.digest != frozen.digest


def test_an_anonymous_customer_is_an_industry_and_a_size_in_both_languages() -> None:
    assert anonymous_name("mechanical_engineering", "medium").de == "Maschinenbau, 50 bis 249 Mitarbeitende"
    assert (
        anonymous_name("mechanical_engineering", "medium").en == "Mechanical engineering, 50 to 249 employees"
    )
    assert len(industries()) > 15
    assert next(iter(sizes())) == "micro"
