"""An action in words: when it is due, what should move, what its KPI did since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import wording
from actions.effect import Since
from actions.model import Action
from cockpit.workspace import Workspace
from core.period import Month
from core.text import Lang, Text, same
from metrics.result import Unit
from metrics.wording import amount, month_name
from ui.links import plain_address
from ui.words import actions as words

SEPARATOR = " · "


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called: phases of the base model, KPIs of the workspace."""

    phases: Mapping[str, Text]
    kpis: Mapping[str, Text]
    units: Mapping[str, Unit]
    currency: str

    def phase(self, phase: str | None) -> Text | None:
        return self.phases.get(phase, same(phase)) if phase else None

    def kpi(self, kpi: str) -> Text:
        return self.kpis.get(kpi, same(kpi))


def names_of(ws: Workspace) -> Names:
    return Names(
        phases={phase.id: phase.name for phase in ws.models[ws.settings.base_model].phases},
        kpis={kpi.id: kpi.name for kpi in ws.kpis.entries.values()},
        units={kpi.id: kpi.unit for kpi in ws.kpis.entries.values()},
        currency=ws.settings.currency,
    )


def action_address(action: Action, lang: Lang) -> str:
    return plain_address("actions", lang, action=str(action.id))


def about(action: Action, names: Names) -> list[Text]:
    """Where it comes from, its phase, its effort, what should move."""
    said = [wording.ORIGINS[action.origin]]
    if phase := names.phase(action.phase):
        said.append(phase)
    if action.effort_days:
        said.append(words.DAYS_ONE if action.effort_days == 1 else words.DAYS.fill(n=action.effort_days))
    if action.kpi:
        said.append(_effect(action, action.kpi, names))
    return said


def _effect(action: Action, kpi: str, names: Names) -> Text:
    """Which KPI should move, where to, by how much."""
    name = names.kpi(kpi)
    if action.expected is None:
        return name
    expected = wording.EXPECTED[action.expected]
    if not action.expected_amount:
        return words.SHOULD_MOVE.fill(kpi=name, expected=expected)
    size, unit = abs(action.expected_amount), names.units.get(kpi, "count")
    by = words.POINTS.fill(n=size) if unit == "percent" else amount(size, unit, names.currency)
    return words.SHOULD_MOVE_BY.fill(kpi=name, expected=expected, amount=by)


def since_figures(found: Since, names: Names) -> Text:
    """The KPI then and now, each with its month and n."""
    before, now = found.baseline, found.now
    kpi = names.kpi(before.kpi)
    if before.value is None:
        return words.NO_BASELINE.fill(kpi=kpi)
    then = {
        "kpi": kpi,
        "before": amount(before.value, before.unit, names.currency),
        "month_before": month_name(Month.parse(before.month)),
        "n_before": before.n,
    }
    if now is None or now.value is None or found.verdict in ("redefined", "no_new_month"):
        return words.BEFORE_ONLY.fill(**then)
    return words.FROM_TO.fill(
        **then,
        after=amount(now.value, now.unit, names.currency),
        month_after=month_name(now.period.last),
        n_after=now.n,
    )


def since_verdict(found: Since) -> Text:
    """Signal or noise since, and whether a signal goes where it was meant to."""
    month = month_name(found.begun) if found.begun else None
    if found.verdict == "signal" and found.side is not None:
        return words.SINCE_SIGNAL[found.as_expected, found.side].fill(m=month)
    return words.SINCE_WORDS[found.verdict].fill(m=month)
