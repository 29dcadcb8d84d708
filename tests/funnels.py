"""Hand-made funnels and triggers, for tests of what is said and drawn about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cockpit.funnel import FunnelView
from cockpit.triggers import TriggersView
from core.period import Month, Period
from core.text import Text
from journeys.funnel import CurvePoint, Expected, Funnel, Rate, Route, Step
from journeys.model import load_models
from journeys.triggers import Trigger

PHASES = load_models()["seven_phase"].phases[:5]
DATA_END = dt.datetime(2026, 10, 31, 23, 59)


def steps(*counts: tuple[int, int]) -> tuple[Step, ...]:
    """Steps from (journeys, waiting) of the phases in their order; no ties."""
    found, before = [], None
    for phase, (journeys, waiting) in zip(PHASES, counts, strict=False):
        found.append(
            Step(
                phase=phase.id,
                journeys=journeys,
                at_least=journeys,
                waiting=waiting,
                of_start=100 * journeys / counts[0][0] if counts[0][0] else None,
                of_previous=100 * journeys / before if before else None,
            )
        )
        before = journeys
    return tuple(found)


def funnel(
    group: str | None = None, *, share: float = 25.0, margin: float = 2.0, few: bool = False
) -> Funnel:
    """1,000 journeys, 800 of them with a closed window; `share` percent are expected to arrive."""
    closed, arrived = 800, round(8 * share)
    curve = tuple(
        CurvePoint(days=days, value=share * height, lower=share * height / 2, upper=share * height * 1.5)
        for days, height in ((0.0, 0.0), (20.0, 0.3), (40.0, 0.5), (120.0, 1.0))
    )
    return Funnel(
        group=group,
        entered=1000,
        steps=steps((1000, 0), (900, 10), (500, 60), (400, 80), (arrived, 120)),
        closed=closed,
        running=1000 - closed,
        converted_closed=arrived,
        headline=Rate(
            value=share, lower=share - margin, upper=share + margin, numerator=arrived, denominator=closed
        ),
        few=few,
        expected=Expected(days=180.0, value=share, lower=share - margin, upper=share + margin, at_risk=90),
        curve=curve,
        to_convert_days=40.0,
        median_days=None,
        ended_lost=300,
        won_back=0,
    )


def view(*groups: Funnel, window: int | None = 180, by: str | None = None) -> FunnelView:
    """A view from pre-awareness to the purchase over the whole history."""
    route = Route(start=PHASES[0].id, end=PHASES[-1].id, window_days=window)
    return FunnelView(
        model="seven_phase",
        route=route,
        period=None,
        by=by,
        data_end=DATA_END,
        snapshot="000001-abcdef",
        phases=PHASES,
        groups=groups or (funnel(),),
        not_shown=0,
        warnings=(),
    )


def trigger(value: str, seen_moved: int, unseen_moved: int, *, selected: bool) -> Trigger:
    """Seen by 100 visits and not by 100 others; the interval reaches a fifth to both sides."""
    ratio = seen_moved / unseen_moved if unseen_moved else float("inf")
    return Trigger(
        kind="touchpoint",
        value=value,
        seen=100,
        seen_moved=seen_moved,
        unseen=100,
        unseen_moved=unseen_moved,
        ratio=ratio,
        lower=ratio / 1.2 if unseen_moved else 1.5,
        upper=ratio * 1.2,
        p=0.001 if selected else 0.5,
        q=0.01 if selected else 0.8,
        selected=selected,
    )


def triggers(found: Sequence[Trigger], note: Text | None = None) -> TriggersView:
    """The triggers of a phase whose visits usually last three weeks."""
    return TriggersView(
        model="seven_phase",
        phase=PHASES[3].id,
        name=PHASES[3].name,
        landmark_days=21.0,
        running=220,
        undecided=20,
        moved=90,
        looked_at=len(found),
        too_small=0,
        confidence=97.5,
        triggers=tuple(found),
        period=Period(Month(2025, 11), Month(2026, 10), "r12"),
        data_end=DATA_END,
        snapshot="000001-abcdef",
        note=note,
    )


def without_rates(found: Funnel) -> Funnel:
    """The same where nothing can be said of rates."""
    return replace(found, headline=None, expected=None, curve=(), to_convert_days=None)
