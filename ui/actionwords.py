"""An action in words: when it is due, what should move, what its KPI did since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions.effect import Since
from actions.listing import AHEAD_DAYS, Counts
from actions.model import Action
from cockpit.workspace import Workspace
from core.period import Month
from core.text import Lang, Text, same
from metrics.wording import amount, month_name
from ui.links import plain_address
from ui.words import actions as words

SEPARATOR = " · "


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called: phases of the base model, KPIs of the workspace."""

    phases: Mapping[str, Text]
    kpis: Mapping[str, Text]
    currency: str

    def phase(self, phase: str | None) -> Text | None:
        return self.phases.get(phase, same(phase)) if phase else None

    def kpi(self, kpi: str) -> Text:
        return self.kpis.get(kpi, same(kpi))


def names_of(ws: Workspace) -> Names:
    return Names(
        phases={phase.id: phase.name for phase in ws.models[ws.settings.base_model].phases},
        kpis={kpi.id: kpi.name for kpi in ws.kpis.entries.values()},
        currency=ws.settings.currency,
    )


def actions_title(found: Counts, soon: int, today: dt.date) -> Text:
    """How many of the running ones are overdue, and how many fall due next."""
    if not found.all:
        return words.NONE
    if not found.running:
        return words.ALL_CLOSED[found.all == 1].fill(n=found.all)
    if found.running == 1:
        return words.RUNNING_ONE[found.overdue == 1]
    first = {0: words.OVERDUE_NONE, 1: words.OVERDUE_ONE}.get(found.overdue, words.OVERDUE)
    title = first.fill(n=found.overdue, running=found.running)
    if not soon:
        return title
    day = today + dt.timedelta(days=AHEAD_DAYS)
    then = (words.SOON_ONE if soon == 1 else words.SOON).fill(n=soon, day=day)
    return Text(de=title.de + then.de, en=title.en + then.en)


def action_address(action: Action, lang: Lang) -> str:
    return plain_address("actions", lang, action=str(action.id))


def owner(action: Action) -> Text:
    return same(action.owner) if action.owner else words.NOBODY


def due_words(action: Action, today: dt.date) -> tuple[Text, Text | None]:
    """The day, and what is to be said about it: how long overdue, or due today."""
    if not action.running:
        return words.CLOSED_ON.fill(day=(action.closed_at or action.changed_at).date()), None
    if action.due is None:
        return words.NO_DAY, None
    days = (today - action.due).days
    day = Text(de="{d}", en="{d}").fill(d=action.due)
    if days == 0:
        return day, words.TODAY
    if days < 0:
        return day, None
    return day, (words.LATE_ONE if days == 1 else words.LATE.fill(n=days))


def about(action: Action, names: Names) -> list[Text]:
    """Where it comes from, its phase, its effort, what should move."""
    said = [words.ORIGINS[action.origin]]
    if phase := names.phase(action.phase):
        said.append(phase)
    if action.effort_days:
        said.append(words.DAYS_ONE if action.effort_days == 1 else words.DAYS.fill(n=action.effort_days))
    if action.kpi:
        kpi = names.kpi(action.kpi)
        said.append(
            words.SHOULD_MOVE.fill(kpi=kpi, expected=words.EXPECTED[action.expected])
            if action.expected
            else kpi
        )
    return said


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
