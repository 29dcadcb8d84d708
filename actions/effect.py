"""What an action's KPI did since: the figure when it was begun, frozen, beside the figure now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.period import Month
from metrics.result import Chart, KpiResult, Unit
from metrics.wording import onset

Verdict = Literal["signal", "began_before", "normal", "untested", "no_new_month", "redefined", "no_figure"]
Side = Literal["high", "low"]


class Baseline(BaseModel):
    """A KPI's figure as it stood when an action was set on it.

    `value` in `unit` (percent as 0 to 100), None where there was none; `n` the cases behind it; `period` as
    links write it; `month` the period's last month (`2026-10`); `version` that of the KPI's definition.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kpi: str
    phase: str | None
    value: float | None
    unit: Unit
    n: int
    period: str
    month: str
    snapshot: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Since:
    """What a KPI did since its baseline. `side` and the month it has `begun` in are there where
    the verdict is `signal` or `began_before`; a mean that the chart has taken anew since is a signal too.

    It says what happened after, never what the action caused. `as_expected` is None without a signal that
    began since, and where nothing was expected.
    """

    baseline: Baseline
    now: KpiResult | None
    verdict: Verdict
    side: Side | None = None
    begun: Month | None = None
    as_expected: bool | None = None


def baseline_of(result: KpiResult, period: str) -> Baseline:
    """A result, frozen. `period` is its period as links write it."""
    return Baseline(
        kpi=result.kpi,
        phase=result.phase,
        value=result.value,
        unit=result.unit,
        n=result.n,
        period=period,
        month=str(result.period.last),
        snapshot=result.snapshot,
        version=result.version,
    )


def since(baseline: Baseline, now: KpiResult | None, expected: Literal["up", "down"] | None) -> Since:
    """Signal or noise since the baseline's month, by the KPI's XmR chart as it stands now.

    A signal whose points began by the baseline's month was there before: it is told, but not as since.
    """
    if (reason := _incomparable(baseline, now)) or now is None or now.chart is None:
        return Since(baseline=baseline, now=now, verdict=reason or "no_figure")
    signal = now.signal
    begun = (onset(now.chart) or signal.since) if signal else None
    side = signal.side if signal else None
    if begun is None or str(begun) <= baseline.month:
        moved = _new_mean(baseline, now.chart)
        if moved is None:
            return Since(
                baseline=baseline,
                now=now,
                verdict="began_before" if begun else "normal",
                side=side,
                begun=begun,
            )
        begun, side = moved
    return Since(
        baseline=baseline,
        now=now,
        verdict="signal",
        side=side,
        begun=begun,
        as_expected=None if expected is None else (side == "high") == (expected == "up"),
    )


def _new_mean(baseline: Baseline, chart: Chart) -> tuple[Month, Side] | None:
    """Since when, and to which side, the chart has a new mean: what was a signal is the new normal by now."""
    before = [one for one in chart.limits if str(one.first) <= baseline.month]
    after = [one for one in chart.limits if str(one.first) > baseline.month and one.reason == "rebased"]
    if not before or not after:
        return None
    return after[0].first, "high" if after[-1].mean > before[-1].mean else "low"


def _incomparable(baseline: Baseline, now: KpiResult | None) -> Verdict | None:
    """Why nothing can be said about before and now, if nothing can."""
    if now is None or now.status != "ok" or now.value is None or baseline.value is None:
        return "no_figure"
    if now.version != baseline.version:
        return "redefined"
    if str(now.period.last) <= baseline.month:
        return "no_new_month"
    if now.chart is None or now.chart.verdict not in ("signal", "normal") or not now.mature:
        return "untested"
    return None
