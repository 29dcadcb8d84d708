"""A funnel as lines of text: what `./run funnel` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.text import Lang, Text, same, written
from exports.text_table import text_table
from journeys.funnel import Expected, Funnel, Rate
from metrics.wording import DASH, amount

GROUP = Text(de="Merkmal", en="Group")
ALL = Text(de="alle", en="all")
PHASE = Text(de="Phase", en="Phase")
JOURNEYS = Text(de="Kundenreisen", en="Journeys")
AT_LEAST = Text(de="mindestens", en="at least")
OF_START = Text(de="vom Eintritt", en="of entries")
OF_PREVIOUS = Text(de="vom Schritt davor", en="of step before")
INTERVAL = Text(de="95-%-Intervall", en="95% interval")


def steps_text(
    groups: Sequence[Funnel], names: Mapping[str, Text], lang: Lang, *, width: int | None = None
) -> str:
    """One line a step and group; the lower bound by ties only where any step has a lower one."""
    tied = any(step.at_least < step.journeys for group in groups for step in group.steps)
    columns = [JOURNEYS, *([AT_LEAST] if tied else []), OF_START, OF_PREVIOUS]
    rows = []
    for group in groups:
        for place, step in enumerate(group.steps):
            counts = [step.journeys, *([step.at_least] if tied else [])]
            shares = [step.of_start, step.of_previous if place else None]
            rows.append(
                [
                    *_group(group, groups),
                    names[step.phase],
                    *map(_count, counts),
                    *(amount(share, "percent") for share in shares),
                ]
            )
    return _table([*_grouped(groups), PHASE], columns, rows, lang, width)


def rates_text(groups: Sequence[Funnel], lang: Lang, *, width: int | None = None) -> str:
    """One line a group: how many windows closed, the funnel rate, the expected rate, the times, the lost."""
    columns = [
        Text(de="Fenster abgelaufen", en="Window closed"),
        Text(de="Fenster läuft", en="Window running"),
        Text(de="Trichterquote", en="Funnel rate"),
        INTERVAL,
        Text(de="erwartete Quote", en="Expected rate"),
        INTERVAL,
        Text(de="nach Tagen", en="after days"),
        Text(de="Zeit bis zur Hälfte davon", en="Time to half of it"),
        Text(de="Median aller", en="Median of all"),
        Text(de="verloren", en="lost"),
    ]
    rows = [
        [
            *_group(group, groups),
            _count(group.closed),
            _count(group.running),
            *_rate(group.headline),
            *_rate(group.expected),
            _days(group.expected.days if group.expected else None),
            _days(group.to_convert_days),
            _days(group.median_days),
            _count(group.ended_lost),
        ]
        for group in groups
    ]
    return _table(_grouped(groups), columns, rows, lang, width)


def _grouped(groups: Sequence[Funnel]) -> list[Text]:
    return [GROUP] if len(groups) > 1 else []


def _group(group: Funnel, groups: Sequence[Funnel]) -> list[Text]:
    if len(groups) == 1:
        return []
    return [ALL if group.group is None else same(group.group)]


def _count(count: int) -> Text:
    return Text(de=written(count, "de"), en=written(count, "en"))


def _days(days: float | None) -> Text:
    return DASH if days is None else amount(round(days, 1), "days")


def _rate(rate: Rate | Expected | None) -> list[Text]:
    if rate is None:
        return [DASH, DASH]
    bounds = Text(de="{lower} bis {upper}", en="{lower} to {upper}")
    return [
        amount(rate.value, "percent"),
        bounds.fill(lower=amount(rate.lower, "percent"), upper=amount(rate.upper, "percent")),
    ]


def _table(
    left: Sequence[Text],
    right: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    lang: Lang,
    width: int | None,
) -> str:
    """The columns of `right` are figures, set flush right."""
    return text_table(
        [header(lang) for header in [*left, *right]],
        [[cell(lang) for cell in row] for row in rows],
        right=range(len(left), len(left) + len(right)),
        width=width,
    )
