"""How long the server works when a filter changes, page by page, and what the overview takes unfiltered.

    python -m benchmarks.pages [--rows 10000000] [--second ROWS] [--only-default] [--rounds 5] [--folder DIR]
        [--json FILE]

Each round filters by another value, so that no answer is the last one's. Times are of the calls that a page
makes, without drawing; medians, warm. With --second the overview's default view is measured at a second size
as well, smaller or larger: its results are kept beside the snapshot, so that it must not grow with the data.
With --only-default nothing else is measured.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.workspaces import workspace_of
from cockpit.evaluation import evaluate
from cockpit.funnel import funnel, usual_route
from cockpit.handbook import explain, handbook
from cockpit.holdings import holdings
from cockpit.leaks import leaks
from cockpit.lighting import lighting
from cockpit.overview import overview
from cockpit.phase import phase_view
from cockpit.preparing import prepare
from cockpit.qualification import qualification
from cockpit.scope import scope_of
from cockpit.snapshots import listed
from cockpit.triggers import triggers
from cockpit.workspace import Workspace, refresh
from core.view import View

PHASE, KPI = "preference", "win_rate"
OVERVIEW_AT_MOST = 1.5

Call = Callable[[Workspace, View], Any]

PAGES: dict[str, dict[str, Call]] = {
    "overview": {"overview": overview},
    "phases": {
        "phase_view": lambda ws, view: phase_view(ws, view, PHASE),
        "triggers": lambda ws, view: triggers(ws, view, PHASE),
    },
    "funnel": {
        "usual_route": usual_route,
        "funnel": funnel,
        "leaks": leaks,
        "qualification": qualification,
    },
    "handbook": {
        "handbook": handbook,
        "explain": lambda ws, view: explain(ws, KPI, view),
        "breakdown": lambda ws, view: evaluate(
            ws, View(model=view.model, where=view.where, by="channel"), [KPI]
        ),
    },
    "data": {
        "holdings": lambda ws, _: holdings(ws),
        "lighting": lambda ws, _: lighting(ws),
        "snapshots": lambda ws, _: listed(ws),
    },
}


def prepared(folder: Path, rows: int) -> Workspace:
    """A workspace of so many contacts with the results that an import leaves beside its snapshot."""
    ws = workspace_of(folder, rows)
    refresh(ws)
    began = perf_counter()
    prepare(ws)
    print(
        f"{contacts_in(ws):,} contacts; results worked out after the import in {perf_counter() - began:.1f} s"
    )
    return ws


def contacts_in(ws: Workspace) -> int:
    head = ws.warehouse.head()
    return sum(source.rows for source in head.sources.values()) if head else 0


def filters(ws: Workspace) -> Iterator[View]:
    """Views that each filter by another value of an attribute."""
    scope = scope_of(ws)
    if scope is None:
        raise SystemExit("This workspace has no contacts.")
    chosen = [(d.column, value) for d in scope.dimensions for value in d.values[:4]]
    return cycle(View(where={column: (value,)}) for column, value in chosen)


def seconds(call: Call, ws: Workspace, views: Iterator[View], rounds: int) -> float:
    """The median time of a call after a first one that warms it up."""
    taken = []
    for view in islice(views, rounds + 1):
        began = perf_counter()
        call(ws, view)
        taken.append(perf_counter() - began)
    return median(taken[1:])


def measure(ws: Workspace, rounds: int) -> dict[str, dict[str, float]]:
    """Seconds by page and call, for a filter changed."""
    return {
        page: {name: seconds(call, ws, filters(ws), rounds) for name, call in calls.items()}
        for page, calls in PAGES.items()
    }


def default_view(ws: Workspace, rounds: int) -> float:
    """Seconds of the overview without filters in its default period."""
    return seconds(overview, ws, cycle([View()]), rounds)


def growth(default: dict[int, float]) -> float:
    """How many times as long the larger of two sizes takes."""
    return default[max(default)] / default[min(default)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--second", type=int, help="another size for the overview's default view")
    options.add_argument("--only-default", action="store_true", help="leave out what a filter change takes")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder", type=Path, help="where workspaces are made, or lie from an earlier run")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = chosen.folder or Path(scratch)
        ws = prepared(folder / str(chosen.rows), chosen.rows)
        times = {} if chosen.only_default else measure(ws, chosen.rounds)
        default = {contacts_in(ws): default_view(ws, chosen.rounds)}
        if chosen.second:
            second = prepared(folder / str(chosen.second), chosen.second)
            default[contacts_in(second)] = default_view(second, chosen.rounds)
    if times:
        print(f"\n{'page':10} {'call':14} {'ms after a filter change':>26}")
    for page, calls in times.items():
        for name, taken in calls.items():
            print(f"{page:10} {name:14} {1000 * taken:26,.0f}")
        print(f"{page:10} {'together':14} {1000 * sum(calls.values()):26,.0f}")
    for rows, taken in default.items():
        print(f"overview, unfiltered, default period, {rows:,} contacts: {1000 * taken:,.0f} ms")
    if chosen.second:
        print(f"ratio {growth(default):.2f} (limit {OVERVIEW_AT_MOST})")
    if chosen.json:
        report = {"rows": chosen.rows, "seconds": times, "overview_default": default}
        chosen.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
