"""A funnel as tables to take away: its steps, its rates, its course, for every group."""

from __future__ import annotations

import pandas as pd

from cockpit.funnel import FunnelView
from core.text import Lang, Text
from journeys.funnel import Funnel, Route
from ui.words import funnel as words


def group_name(group: Funnel) -> Text:
    """The value of the breakdown; all together, and what has no value, have a word."""
    if group.group is None:
        return words.GROUP_ALL
    return Text(de=group.group, en=group.group) if group.group else words.GROUP_NONE


def still_open(group: Funnel, route: Route) -> int:
    """Journeys whose window runs; without a window those that neither arrived nor were lost."""
    return group.steps[-1].waiting if route.window_days is None else group.running


def steps_table(shown: FunnelView, lang: Lang) -> pd.DataFrame:
    """One row a group and phase: journeys, at least (ties), those that may still come, shares in percent."""
    names = {phase.id: phase.name(lang) for phase in shown.phases}
    return pd.DataFrame(
        [
            (
                group_name(group)(lang), names[step.phase], step.journeys, step.at_least, step.waiting,
                step.of_start, step.of_previous,
            )
            for group in shown.groups
            for step in group.steps
        ],
        columns=[column(lang) for column in words.STEP_COLUMNS],
    )  # fmt: skip


def rates_table(shown: FunnelView, lang: Lang) -> pd.DataFrame:
    """One row a group: numbers of journeys, headline and expected rate with intervals in percent, days."""
    lines = []
    for group in shown.groups:
        rate, expected = group.headline, group.expected
        lines.append(
            (
                group_name(group)(lang), group.entered, group.closed, still_open(group, shown.route),
                group.converted_closed,
                *((rate.value, rate.lower, rate.upper) if rate else (None, None, None)),
                *(
                    (expected.value, expected.lower, expected.upper, expected.days)
                    if expected else (None, None, None, None)
                ),
                group.to_convert_days, group.median_days, group.ended_lost,
            )
        )  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in words.RATE_COLUMNS])


def course_table(shown: FunnelView, lang: Lang) -> pd.DataFrame:
    """The points of every group's curve: days, expected rate and interval in percent."""
    return pd.DataFrame(
        [
            (group_name(group)(lang), point.days, point.value, point.lower, point.upper)
            for group in shown.groups
            for point in group.curve
        ],
        columns=[column(lang) for column in words.COURSE_COLUMNS],
    )
