"""How fast funnels, expected rates and triggers answer, against scanning the contacts and against two peers.

    python -m benchmarks.funnels [--rows 10000000] [--rounds 5] [--folder DIR] [--json FILE]

Baseline: sum(hash(id, time, phase)) over the snapshot's own contacts, warm. Peers: ClickHouse's windowFunnel
on its own table (chdb) and pandas merges with the frame in memory. All take turns, round by round, in one
process; figures are medians. A peer that counts otherwise than the product ends the run.
"""

from __future__ import annotations

import argparse
import json
import operator
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pandas as pd
from chdb.session import Session

from benchmarks.workspaces import workspace_of
from cockpit.funnel import funnel
from cockpit.ledger import model_of, selection_of
from cockpit.triggers import triggers
from cockpit.workspace import Workspace
from core.query import Query
from core.view import View
from journeys.course import Course, best_attempt_query, counts_query
from journeys.ends import Selection
from journeys.funnel import Route, tallies
from store.warehouse.snapshot import Snapshot

WINDOWS = (7, 30, 90, 365)
USUAL = 180
PHASES = 7
BASELINE = "sum(hash(id, time, phase)) over all contacts"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """Something to measure: its time as a multiple of that of `against`, and what that may or must be."""

    name: str
    run: Callable[[], Any]
    against: str = BASELINE
    at_most: float | None = None
    at_least: float | None = None


@dataclass
class Timed:
    """Seconds of each round, and what the last one gave."""

    seconds: list[float] = field(default_factory=list)
    gave: Any = None


def contenders(ws: Workspace, snapshot: Snapshot, stack: ExitStack, folder: Path) -> list[Contender]:
    """What is measured, the baseline first."""
    model = model_of(ws, "seven_phase")
    selection = selection_of(ws, View(), snapshot.manifest)
    if selection is None:
        raise RuntimeError("the snapshot holds no contacts")
    whole = Selection(data_end=selection.data_end)
    steps = tuple(enumerate(model.phase_ids, 1))

    def counts(window: int, by: str | None = None, *, start: int = 1) -> Callable[[], Any]:
        course = Course(
            steps=steps[start - 1 :], counting="ordered", window_days=window, selection=whole, by=by
        )

        def count() -> tuple[list[int], list[int]]:
            tally = tallies(course, snapshot.rows(counts_query(course)))[None]
            return tally.made, tally.strictly

        return count

    def best(window: int) -> Callable[[], Any]:
        course = Course(steps=steps, counting="ordered", window_days=window, selection=whole)
        return lambda: list(snapshot.rows(best_attempt_query(course))[0])

    baseline = Query(sql="SELECT sum(hash(journey, occurred_at, phase_no)) FROM contacts")
    found = [Contender(name=BASELINE, run=lambda: snapshot.rows(baseline))]
    found += [
        Contender(name=f"funnel counts, window of {window} days", run=counts(window), at_most=1)
        for window in WINDOWS
    ]
    found += [
        Contender(name=f"funnel counts by {by}, {USUAL} days", run=counts(USUAL, by), at_most=1)
        for by in ("segment", "channel", "product")
    ]
    found.append(Contender(name="funnel counts from consideration on", run=counts(USUAL, start=3), at_most=1))
    found.append(
        Contender(
            name="whole funnel: counts, expected rate, curve, medians",
            run=lambda: funnel(ws, View(), Route(window_days=USUAL)),
            at_most=4,
        )
    )
    found += [
        Contender(
            name=f"triggers of {phase}, whole history",
            run=partial(triggers, ws, View(period=_whole(snapshot)), phase),
            at_most=4,
        )
        for phase in ("awareness", "preference")
    ]
    click = _clickhouse(stack, folder)
    found += [Contender(name=f"best attempt, {window} days", run=best(window)) for window in WINDOWS]
    found += [
        Contender(
            name=f"ClickHouse windowFunnel, {window} days",
            run=partial(click, window),
            against=f"best attempt, {window} days",
            at_least=10,
        )
        for window in WINDOWS
    ]
    frame = snapshot.frame(
        Query(
            sql="SELECT journey, epoch(occurred_at)::BIGINT AS at, phase_no FROM contacts WHERE phase_no > 0"
        )
    )
    return [
        *found,
        Contender(
            name="pandas merges, 90 days",
            run=lambda: merged(frame, 90),
            against="funnel counts, window of 90 days",
            at_least=25,
        ),
    ]


def merged(frame: pd.DataFrame, window: int) -> tuple[list[int], list[int]]:
    """The ordered funnel from the first entry and its lower bound by ties, by one merge a step each: the way
    pandas users write it."""
    phases = {
        phase: frame.loc[frame["phase_no"] == phase, ["journey", "at"]] for phase in range(1, PHASES + 1)
    }
    entries = phases[1].groupby("journey", sort=False)["at"].min().rename("begun").to_frame()
    entries = entries.assign(since=entries["begun"]).reset_index()
    made, strictly = [len(entries)], [len(entries)]
    for counted, later in ((made, operator.ge), (strictly, operator.gt)):
        state = entries
        for phase in range(2, PHASES + 1):
            here = phases[phase].merge(state, on="journey")
            here = here[later(here["at"], here["since"]) & (here["at"] <= here["begun"] + window * 86_400)]
            state = (
                here.groupby("journey", sort=False)
                .agg(begun=("begun", "first"), since=("at", "min"))
                .reset_index()
            )
            counted.append(len(state))
    return made, strictly


def measure(found: list[Contender], rounds: int) -> dict[str, Timed]:
    """Every contender once a round, after one round that counts for nothing."""
    times = {one.name: Timed() for one in found}
    for number in range(rounds + 1):
        for one in found:
            begun = perf_counter()
            times[one.name].gave = one.run()
            if number:
                times[one.name].seconds.append(perf_counter() - begun)
    return times


def check(times: Mapping[str, Timed]) -> None:
    """The peers must have counted what the product counts."""
    for window in WINDOWS:
        ours = times[f"best attempt, {window} days"].gave
        theirs = times[f"ClickHouse windowFunnel, {window} days"].gave
        assert ours == theirs, f"windowFunnel differs at {window} days: {ours} and {theirs}"
    ours = times["funnel counts, window of 90 days"].gave
    theirs = times["pandas merges, 90 days"].gave
    assert ours == theirs, f"pandas differs: {ours} and {theirs}"


def report(found: list[Contender], times: Mapping[str, Timed], rows: int) -> dict[str, Any]:
    """The figures as JSON values: milliseconds, ratios, limits, whether they hold."""
    middle = {name: median(timed.seconds) for name, timed in times.items()}
    lines = []
    for one in found:
        ratio = middle[one.name] / middle[one.against]
        limit = one.at_most or one.at_least
        holds = None
        if limit is not None:
            holds = ratio <= limit if one.at_most else ratio >= limit
        lines.append(
            {
                "what": one.name,
                "ms": round(1000 * middle[one.name], 1),
                "against": one.against,
                "ratio": round(ratio, 2),
                "limit": f"{'at most' if one.at_most else 'at least'} {limit:g}" if limit else None,
                "holds": holds,
            }
        )
    rounds = len(next(iter(times.values())).seconds)
    return {"title": "Funnels and triggers", "rows": rows, "rounds": rounds, "lines": lines}


def _whole(snapshot: Snapshot) -> str:
    ((first, last),) = snapshot.rows(Query(sql="SELECT min(first_at), max(last_at) FROM journeys"))
    return f"{first:%Y-%m}..{last:%Y-%m}"


def _clickhouse(stack: ExitStack, folder: Path) -> Callable[[int], list[int]]:
    """ClickHouse with the same contacts in a table of its own, sorted by journey and time."""
    session = Session(str(folder / "clickhouse"))
    stack.callback(session.close)
    session.query("CREATE DATABASE IF NOT EXISTS peer")
    session.query("DROP TABLE IF EXISTS peer.contacts")
    session.query(
        "CREATE TABLE peer.contacts (journey Int64, at DateTime, phase Int8) ENGINE = MergeTree "
        "ORDER BY (journey, at)"
    )
    session.query(
        f"INSERT INTO peer.contacts SELECT journey, toDateTime(at), phase FROM file('{folder}/peer.parquet')"
    )
    steps = ", ".join(f"phase = {number}" for number in range(1, PHASES + 1))

    def count(window: int) -> list[int]:
        answer = session.query(
            f"SELECT level, count() FROM (SELECT windowFunnel({window * 86_400})(at, {steps}) AS level "
            "FROM peer.contacts GROUP BY journey) GROUP BY level FORMAT JSONCompactEachRow"
        )
        reached = {int(level): int(count) for level, count in map(json.loads, str(answer).splitlines())}
        return [sum(n for level, n in reached.items() if level >= step) for step in range(1, PHASES + 1)]

    return count


def export(snapshot: Snapshot, target: Path) -> None:
    """The snapshot's contacts with a phase for ClickHouse: journey, seconds, phase."""
    frame = snapshot.frame(
        Query(
            sql="SELECT journey, epoch(occurred_at)::BIGINT AS at, phase_no AS phase FROM contacts "
            "WHERE phase_no > 0"
        )
    )
    frame.to_parquet(target)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder", type=Path, help="keeps contacts and workspace for the next run")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    with ExitStack() as stack:
        folder = chosen.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = folder.resolve()
        ws = workspace_of(folder, chosen.rows)
        snapshot = stack.enter_context(ws.warehouse.open())
        export(snapshot, folder / "peer.parquet")
        found = contenders(ws, snapshot, stack, folder)
        times = measure(found, chosen.rounds)
        check(times)
        made = report(found, times, chosen.rows) | {"cores": os.cpu_count()}
    for line in made["lines"]:
        sign = {True: "holds", False: "MISSED", None: ""}[line["holds"]]
        limit = line["limit"] or ""
        print(f"{line['what']:<56} {line['ms']:>9.1f} ms {line['ratio']:>7.2f} x {limit:<12} {sign}")
    if chosen.json:
        chosen.json.write_text(json.dumps(made, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
