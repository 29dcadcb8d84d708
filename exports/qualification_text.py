"""Qualification in a terminal: groups of entries and cases side by side, why cases are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.text import Lang, Text, same, written
from exports.text_table import text_table
from journeys.funnel import Rate
from metrics.qualification import Decided, Group, Reason
from metrics.wording import DASH, amount

_GROUP_COLUMNS = (
    Text(de="Eintritte", en="Entries"),
    Text(de="Fenster abgelaufen", en="Window closed"),
    Text(de="Trichterquote", en="Funnel rate"),
    Text(de="Fälle entschieden", en="Cases decided"),
    Text(de="Erfolgsquote", en="Win rate"),
    Text(de="nach Wert", en="by value"),
    Text(de="Tage bis zum Auftrag (Median)", en="Days to order (median)"),
)
_WITHOUT = Text(de="ohne Angabe", en="not stated")


def groups_text(
    title: Text,
    rows: Sequence[tuple[Text, Group]],
    lang: Lang,
    *,
    width: int | None = None,
) -> str:
    """A row a group: what began in the period, and what was decided in it."""
    return text_table(
        [title(lang), *(column(lang) for column in _GROUP_COLUMNS)],
        [[name(lang), *(cell(lang) for cell in _group(group))] for name, group in rows],
        right=range(1, 1 + len(_GROUP_COLUMNS)),
        width=width,
    )


def all_cases(decided: Decided) -> Group:
    """All closings of the period as a group."""
    return Group(key="", entered=None, decided=decided)


def named(groups: Sequence[Group], names: Mapping[str, Text]) -> list[tuple[Text, Group]]:
    """Groups with their names; those of the data's own values are called by them."""
    return [(names.get(group.key, same(group.key) if group.key else _WITHOUT), group) for group in groups]


def reasons_text(
    title: Text, reasons: Sequence[Reason], currency: str, lang: Lang, *, width: int | None = None
) -> str:
    """A row a reason, the most frequent first: cases, share, value of the offers lost."""
    columns = (
        title,
        Text(de="Fälle", en="Cases"),
        Text(de="Anteil", en="Share"),
        Text(de="Wert", en="Value"),
    )
    return text_table(
        [column(lang) for column in columns],
        [
            [
                reason.name or _WITHOUT(lang),
                written(reason.cases, lang),
                _rate(reason.rate)(lang),
                amount(reason.value if reason.valued else None, "eur", currency)(lang),
            ]
            for reason in reasons
        ],
        right=range(1, len(columns)),
        width=width,
    )


def _group(group: Group) -> list[Text]:
    entered, decided = group.entered, group.decided
    return [
        _count(entered.entries if entered else None),
        _count(entered.closed if entered else None),
        _rate(entered.rate if entered else None),
        _count(decided.cases if decided else None),
        _rate(decided.rate if decided else None),
        amount(decided.rate_by_value if decided else None, "percent"),
        amount(decided.days if decided else None, "days"),
    ]


def _count(count: int | None) -> Text:
    return DASH if count is None else Text(de=written(count, "de"), en=written(count, "en"))


def _rate(rate: Rate | None) -> Text:
    return amount(rate.value if rate else None, "percent")
