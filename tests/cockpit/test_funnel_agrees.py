"""Funnels of a whole workspace, from import to figure, against plain loops and against ClickHouse."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cockpit.funnel import best_attempt, funnel
from cockpit.workspace import Workspace, open_workspace
from core.query import Query
from core.view import View
from journeys.course import Counting, Course
from journeys.ends import Selection
from journeys.funnel import Route
from tests.building import workspace_from_rows
from tests.journeys.plain_funnel import Seen, filled_phases, journeys_of, moment
from tests.journeys.test_funnel import Told, tell

WINDOWS = (1, 7, 30, 90, 365)
# Touchpoints of tests.building by number of the phase; the phase of an offer stays without data.
TOUCHPOINTS = {1: "ad", 2: "web", 3: "enquiry", 5: "order", 6: "delivery", 7: "referral"}
ENDS = {"refusal": "lost", "cancellation": "cancelled"}


def random_log(seed: int, journeys: int = 250) -> list[Seen]:
    """Journeys wandering forward and back through the phases, with ties, losses and second attempts."""
    rng = random.Random(seed)
    log = []
    for journey in range(1, journeys + 1):
        hour, place = rng.randrange(24 * 200), rng.randrange(4)
        for _ in range(rng.randrange(1, 18)):
            place = min(max(place + rng.choice([0, 0, 1, 1, 2, -1, -2]), 0), 5)
            hour += rng.choice([0, 0, 0, 1, 5, 24, 24, 100, 24 * 20, 24 * 45])
            phase = list(TOUCHPOINTS)[place]
            if rng.random() < 0.08:
                log.append(Seen(journey, hour, None, "lost"))
            elif rng.random() < 0.05:
                log.append(Seen(journey, hour, 6, "cancelled"))
            else:
                log.append(Seen(journey, hour, phase, "won" if phase == 5 else "other"))
    rng.shuffle(log)
    return log


def rows_of(log: Sequence[Seen]) -> list[dict[str, Any]]:
    touchpoints = {event: name for name, event in ENDS.items()}
    return [
        {
            "customer_id": f"K{seen.journey:03d}",
            "occurred_at": moment(seen.hour).isoformat(),
            "touchpoint": touchpoints.get(seen.event) or TOUCHPOINTS[seen.phase or 0],
        }
        for seen in log
    ]


@pytest.fixture(scope="module", params=[1, 2])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Seen], Workspace]:
    log = random_log(request.param)
    folder = tmp_path_factory.mktemp("agrees")
    return log, workspace_from_rows(folder, rows_of(log), data_end=moment(24 * 260))


@pytest.mark.parametrize("counting", ["ordered", "reached"])
@pytest.mark.parametrize("window", [None, *WINDOWS])
@pytest.mark.parametrize(("start", "end"), [("pre_awareness", "purchase"), ("consideration", "loyalty")])
def test_figures_are_those_told_contact_by_contact(
    both: tuple[list[Seen], Workspace], counting: Counting, window: int | None, start: str, end: str
) -> None:
    log, ws = both
    found = funnel(ws, View(), Route(counting=counting, window_days=window, start=start, end=end))
    assert found is not None
    phases = ws.models["seven_phase"].phase_ids
    known = [seen for seen in log if seen.hour <= 24 * 260]
    course = Course(
        steps=tuple(
            (number, phases[number - 1])
            for number in filled_phases(known)
            if phases.index(start) < number <= phases.index(end) + 1
        ),
        counting=counting,
        window_days=window,
        selection=Selection(data_end=moment(24 * 260)),
    )
    told: list[Told] = [
        one for contacts in journeys_of(known).values() if (one := tell(contacts, course, 24 * 260))
    ]
    all_ = found.all
    assert [step.phase for step in all_.steps] == [phase for _, phase in course.steps]
    assert (all_.entered, all_.closed) == (len(told), sum(one.closed for one in told))
    assert all_.converted_closed == sum(one.closed and one.converted is not None for one in told)
    assert all_.ended_lost == sum(one.lost is not None for one in told)
    for place, step in enumerate(all_.steps[1:]):
        assert step.journeys == sum(one.steps[place] for one in told)
        assert step.at_least == sum(one.strictly[place] for one in told)


def window_funnel(folder: Path, ws: Workspace, steps: Sequence[int], days: int) -> list[int]:
    """Journeys by step as ClickHouse counts them, from the snapshot's contacts."""
    chdb = pytest.importorskip("chdb", reason="chdb is not made for this system")
    file = folder / "contacts.parquet"
    if not file.exists():
        asked = "SELECT journey, CAST(EPOCH(occurred_at) AS BIGINT) AS at, phase_no FROM contacts"
        with ws.warehouse.open() as snapshot:
            contacts = snapshot.frame(Query(sql=f"{asked} WHERE phase_no IS NOT NULL"))
        contacts.astype({"at": "uint64", "phase_no": "uint8"}).to_parquet(file, index=False)
    conditions = ", ".join(f"phase_no = {step}" for step in steps)
    answer = chdb.query(
        f"SELECT level, count() FROM (SELECT windowFunnel({86_400 * days})(at, {conditions}) AS level"
        f" FROM file('{file}', Parquet) GROUP BY journey) GROUP BY level",
        "CSV",
    )
    levels: Counter[int] = Counter()
    for line in str(answer).split():
        level, journeys = map(int, line.split(","))
        levels[level] = journeys
    return [
        sum(count for level, count in levels.items() if level >= step) for step in range(1, len(steps) + 1)
    ]


def compare(folder: Path, ws: Workspace, start: str | None, end: str | None) -> list[list[int]]:
    """Best attempts at all windows; that they are ClickHouse's is asserted."""
    found_all = []
    phases = ws.models["seven_phase"].phase_ids
    for days in WINDOWS:
        found = best_attempt(ws, "seven_phase", Route(start=start, end=end, window_days=days))
        assert found is not None
        counts = [step.journeys for step in found.steps]
        steps = [phases.index(step.phase) + 1 for step in found.steps]
        assert counts == window_funnel(folder, ws, steps, days), days
        found_all.append(counts)
    return found_all


@pytest.mark.parametrize(("start", "end"), [(None, None), ("awareness", "after_sale"), (None, "loyalty")])
def test_the_best_attempt_is_clickhouse_s_on_random_logs(
    both: tuple[list[Seen], Workspace], tmp_path: Path, start: str | None, end: str | None
) -> None:
    found = compare(tmp_path, both[1], start, end)
    assert found[0][-1] < found[-1][-1]  # the windows do narrow it


def test_the_best_attempt_is_clickhouse_s_on_the_sample(sample_workspace: Path, tmp_path: Path) -> None:
    ws = open_workspace(sample_workspace)
    found = compare(tmp_path, ws, None, None)
    assert found[0][-1] < found[-1][-1]
    compare(tmp_path, ws, "consideration", "loyalty")
