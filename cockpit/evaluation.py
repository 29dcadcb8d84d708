"""Evaluate a view: every KPI's figure with its series, comparisons, target and signal, from one snapshot."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cockpit.counting import RECOMPUTED, Counted, counted
from cockpit.scene import Key, Scene, known_kpi, known_model, set_scene
from cockpit.sharing import suppressed
from cockpit.workspace import Workspace
from core.period import Month, Period
from core.text import Text
from core.view import View
from journeys.model import JourneyModel
from metrics.availability import missing, reaches
from metrics.followwords import estimate_words
from metrics.model import Kpi
from metrics.regroup import Count, figure, monthly, regrouped
from metrics.result import Chart, KpiResult, Point, Status
from metrics.signals import xmr
from metrics.targets import scope_names, target


def evaluate(
    ws: Workspace, view: View, kpis: Iterable[str] | None = None, *, shared: bool = False
) -> list[KpiResult]:
    """The KPIs of a view (all of them, or those named), in catalog order, groups and phases within each.

    `shared`: the results are for others to see, so that figures with few customers behind them are left out.
    An empty workspace has no results. Unknown KPIs, models, dimensions and periods are UsageFaults.
    """
    wanted = list(ws.kpis.entries.values()) if kpis is None else [known_kpi(ws.kpis.entries, k) for k in kpis]
    model = known_model(ws.models.entries, view.model)
    if ws.warehouse.head() is None:
        return []
    with ws.open(model.id) as snapshot:
        scene = set_scene(ws, snapshot, view)
        scene = replace(scene, rebased=_rebased(ws))
        results = evaluate_scene(scene, wanted)
        return suppressed(scene, wanted, results) if shared else results


def _rebased(ws: Workspace) -> dict[str, dict[Month, str]]:
    """The baselines taken anew by hand, by KPI and month, with their notes."""
    notes: dict[str, dict[Month, str]] = defaultdict(dict)
    for note in ws.state.notes.of(kind="rebase"):
        notes[note.kpi][note.month] = note.text
    return notes


def evaluate_scene(scene: Scene, kpis: Sequence[Kpi]) -> list[KpiResult]:
    """The KPIs in a scene."""
    lacking = {kpi.id: missing(kpi, scene.feeds) for kpi in kpis}
    known = [kpi for kpi in kpis if not lacking[kpi.id] and scene.allows(kpi)]
    counts = counted(scene, known)
    results: list[KpiResult] = []
    for kpi in kpis:
        if lacking[kpi.id] or kpi not in known:
            status: Status = "missing" if lacking[kpi.id] else "not_for_filter"
            results.append(_without(scene, kpi, status, lacking[kpi.id]))
            continue
        results += [_result(scene, kpi, key, counts) for key in _keys(scene, kpi, counts.months)]
    return results


def _keys(scene: Scene, kpi: Kpi, months: Mapping[Key, object]) -> list[Key]:
    """The phases and groups to report: every phase of the model, every group that was met."""
    found = {key for key in months if key[0] == kpi.id}
    phases: tuple[str | None, ...] = scene.model.phase_ids if kpi.per == "phase" else (None,)
    groups = sorted({key[2] for key in found}, key=lambda group: (group is None, group or ""))
    return [(kpi.id, phase, group) for phase in phases for group in groups or [None]]


def _without(scene: Scene, kpi: Kpi, status: Status, needed: tuple[str, ...]) -> KpiResult:
    """A KPI that cannot be evaluated in this view, and what it lacks."""
    return KpiResult(
        kpi=kpi.id, name=kpi.name, phase=phase_in(kpi, scene.model), unit=kpi.unit, direction=kpi.direction,
        status=status, value=None, numerator=None, denominator=None, n=0, period=scene.period, previous=None,
        last_year=None, target=None, chart=None, snapshot=scene.snapshot.id, version=kpi.version,
        data_end=_iso(reaches(kpi, scene.feeds)), needs=needed,
    )  # fmt: skip


def _result(scene: Scene, kpi: Kpi, key: Key, counts: Counted) -> KpiResult:
    _, phase, group = key
    months = counts.months.get(key, {})
    period = scene.period
    covered = scene.covered(kpi)
    end = covered - scene.settling(kpi, phase)
    begun = [month for month, count in months.items() if count.n] or list(months)
    first = min(begun, default=period.last)

    def count_of(wanted: Period) -> Count:
        if kpi.kind in RECOMPUTED:
            return counts.recomputed(key, wanted)
        return regrouped(kpi, months, wanted, first)

    def compared(wanted: Period) -> float | None:
        """A figure to compare with: only where both periods are whole and lie within the data."""
        fits = period.whole(end) and wanted.first >= first
        return figure(kpi, count_of(wanted)) if fits else None

    count = count_of(period)
    value = figure(kpi, count)
    inside = months and period.last >= first and period.first <= Month.of(covered)
    status: Status = "ok"
    if value is None or not inside:
        status = _unsaid(kpi, count) if inside else "no_data"
        value = None
    shown = phase if kpi.per == "phase" else phase_in(kpi, scene.model)
    scope = scope_names(scene.view.where, scene.view.by, group)
    return KpiResult(
        kpi=kpi.id, name=kpi.name, phase=shown, unit=kpi.unit, direction=kpi.direction, status=status,
        value=value, numerator=count.numerator, denominator=count.denominator, n=count.n, period=period,
        previous=compared(period.previous()), last_year=compared(period.last_year()),
        target=target(kpi, value, scene.plans, phase=shown, period=period, scope=scope),
        chart=_chart(scene, kpi, months, first, end),
        snapshot=scene.snapshot.id, version=kpi.version, data_end=_iso(covered),
        note=estimate_words(count.estimate, period) if count.estimate else _note(period, covered, end),
        group=group, mature=end == covered or period.whole(end), estimate=count.estimate,
    )  # fmt: skip


def _unsaid(kpi: Kpi, count: Count) -> Status:
    """Why a period within the data has no value."""
    if 0 < count.n < kpi.minimum_n:
        return "too_few"
    if count.estimate is None:
        return "no_data"
    return "not_reached" if count.estimate.days == count.estimate.horizon else "unobserved"


def _note(period: Period, covered: dt.datetime, settled: dt.datetime) -> Text | None:
    if not period.whole(covered):
        return Text(
            de="Der Zeitraum ist nicht vollständig: Die Daten reichen bis {end}.",
            en="The period is not complete: the data reach until {end}.",
        ).fill(end=covered.date())
    if not period.whole(settled):
        return Text(
            de="Der Wert ändert sich noch: Erst Zeiträume bis {end} sind ausgereift.",
            en="The figure still changes: only periods up to {end} are mature.",
        ).fill(end=settled.date())
    return None


def _chart(
    scene: Scene, kpi: Kpi, months: Mapping[Month, Count], first: Month, end: dt.datetime
) -> Chart | None:
    """The series up to the view's period, and what it says. None where there is nothing to draw."""
    last = min(scene.period.last, Month.of(end))
    if kpi.warm_up_days:
        first = max(first, Month.of(scene.frame.data_start + dt.timedelta(days=kpi.warm_up_days)) + 1)
    if not months or last < first:
        return None
    points = [
        Point(
            month=month, value=figure(kpi, count), numerator=count.numerator, denominator=count.denominator,
            n=count.n, whole=Period(month, month).whole(end),
        )
        for month, count in monthly(kpi, months, first, last)
    ]  # fmt: skip
    # Months whose quantile lies beyond the horizon have no point: those that have one are the quick ones.
    beyond = kpi.quantile is not None and any(
        point.whole and point.value is None and point.n >= kpi.minimum_n for point in points
    )
    return xmr(
        points,
        seasonal=kpi.seasonal,
        tested=kpi.tested and not beyond and not any(fact.overlapping for fact in kpi.used_facts),
        rebased=scene.rebased.get(kpi.id),
    )


def phase_in(kpi: Kpi, model: JourneyModel) -> str | None:
    """The phase of a model that shows a KPI: its own; in a coarser model the only one that lists it, else the
    one that merges its own."""
    if kpi.phase is None or kpi.phase in model.phase_ids:
        return kpi.phase
    listing = [phase.id for phase in model.phases if kpi.id in (phase.headline, *phase.kpis)]
    merging = [phase.id for phase in model.phases if kpi.phase in phase.merges]
    return next(iter(listing if len(listing) == 1 else merging or listing), None)


def _iso(end: dt.datetime | None) -> str:
    return end.isoformat() if end else ""
