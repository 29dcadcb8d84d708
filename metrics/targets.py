"""Targets: which plan applies to a figure, by KPI, phase, scope and the latest month it is valid from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import did_you_mean
from core.period import Month, Period
from core.query import Query
from core.text import Text
from metrics.model import Kpi
from metrics.result import Target

TARGETS = Query(
    sql="SELECT kpi, phase, scope, SUBSTRING(CAST(period AS VARCHAR), 1, 7), value, owner FROM targets "
    "WHERE value IS NOT NULL ORDER BY kpi, period NULLS FIRST, row_no"
)


@dataclass(frozen=True)
class Plan:
    """One row of the targets table. `scope` None is the whole company; `valid_from` None is always."""

    kpi: str
    phase: str | None
    scope: str | None
    valid_from: Month | None
    value: float
    owner: str


def plan(row: Sequence[Any]) -> Plan:
    """A row of `TARGETS` as a value."""
    kpi, phase, scope, period, value, owner = row
    return Plan(
        kpi, phase or None, scope or None, Month.parse(period) if period else None, float(value), owner or ""
    )


def names_of(kpi: Kpi) -> set[str]:
    """How a target may name its KPI: by id or by its name in either language, however capitalised."""
    return {name.strip().casefold() for name in (kpi.id, kpi.name.de, kpi.name.en)}


def doubts(plans: Iterable[Plan], kpis: Iterable[Kpi]) -> tuple[Text, ...]:
    """What is doubtful about targets, each said once: a KPI that does not exist, a fraction for per cent.

    A spreadsheet shows 30 % and holds 0.3. Nothing is converted: 0.3 % may be meant.
    """
    by_name = {name: kpi for kpi in kpis for name in names_of(kpi)}
    said: dict[str, Text] = {}
    for plan in plans:
        kpi = by_name.get(plan.kpi.strip().casefold())
        if kpi is None:
            said[plan.kpi] = _unknown(plan.kpi, sorted(by_name))
        elif kpi.unit == "percent" and 0 < plan.value <= 1:
            said[plan.kpi] = Text(
                de="Das Ziel {value} für „{kpi}“ gilt als {value} Prozent. Sind {hundred} Prozent gemeint, "
                "tragen Sie bitte {hundred} ein: Excel zeigt 30 % und speichert 0,3.",
                en="The target {value} for “{kpi}” counts as {value} per cent. If {hundred} per cent is "
                "meant, please enter {hundred}: Excel shows 30% and stores 0.3.",
            ).fill(kpi=kpi.name, value=plan.value, hundred=round(100 * plan.value, 6))
    return tuple(said.values())


def _unknown(name: str, known: list[str]) -> Text:
    close = did_you_mean(name.strip().casefold(), known)
    said = Text(
        de="Ein Ziel nennt die Kennzahl „{name}“, die es nicht gibt: Es wird nirgends gezeigt.",
        en="A target names the KPI “{name}”, which does not exist: it is shown nowhere.",
    ).fill(name=name)
    if not close:
        return said
    return Text(de="{said} Meinten Sie „{close}“?", en="{said} Did you mean “{close}”?").fill(
        said=said, close=close
    )


def scope_names(where: Mapping[str, tuple[str, ...]], by: str | None, group: str | None) -> set[str] | None:
    """How the targets table may name what a figure is about: `B2B` or `segment=B2B`; None for the whole."""
    chosen = {name: set(values) for name, values in where.items()}
    if by is not None and group is not None:
        chosen[by] = {group}
    if not chosen:
        return None
    if len(chosen) > 1 or any(len(values) != 1 for values in chosen.values()):
        return set()
    ((name, values),) = chosen.items()
    value = next(iter(values))
    return {value, f"{name}={value}"}


def target(
    kpi: Kpi,
    value: float | None,
    plans: Iterable[Plan],
    *,
    phase: str | None,
    period: Period,
    scope: set[str] | None,
) -> Target | None:
    """The target of a figure. Totals add up the targets of the months; all else has its last month's.

    A target names its KPI by id or by its name in either language. A filtered figure is never measured
    against the target of the whole.
    """
    names = names_of(kpi)
    fitting = [
        plan
        for plan in plans
        if plan.kpi.strip().casefold() in names
        and (plan.phase is None or plan.phase == phase)
        and (plan.scope is None if scope is None else plan.scope in scope)
    ]
    adds_up = kpi.kind == "sum" and kpi.fact.regroup == "flow"
    chosen = [_valid(fitting, month) for month in (period.months if adds_up else [period.last])]
    if not chosen or any(plan is None for plan in chosen):
        return None
    found = [plan for plan in chosen if plan is not None]
    planned = sum(plan.value for plan in found)
    met = None
    if value is not None and kpi.direction != "none":
        met = value >= planned if kpi.direction == "up" else value <= planned
    return Target(value=planned, owner=found[-1].owner, met=met)


def _valid(plans: Iterable[Plan], month: Month) -> Plan | None:
    begun = [plan for plan in plans if plan.valid_from is None or plan.valid_from <= month]
    return max(begun, key=lambda plan: plan.valid_from or Month(1, 1), default=None)
