"""What a KPI needs of the data, what is missing, and until when the sources that feed it reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metrics.expressions import columns_of, compared_with
from metrics.model import Kpi


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What one source holds: filled columns and events of its table, and the last instant it covers."""

    table: str
    data_end: dt.datetime | None
    rows: int
    columns: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)

    def offers(self, need: str) -> bool:
        """Whether the source has what a need names: `event:won`, `contacts.value`, or a table."""
        if need.startswith("event:"):
            return self.table == "contacts" and self.events.get(need.removeprefix("event:"), 0) > 0
        table, _, column = need.partition(".")
        return self.table == table and (self.columns.get(column, 0) > 0 if column else self.rows > 0)


def needs(kpi: Kpi) -> tuple[str, ...]:
    """Everything a KPI needs, in the order to name it; `|` joins alternatives.

    A competing end need not be there: where none was ever noted, none competes.
    """
    found: list[str] = [*kpi.needs]
    for fact in kpi.used_facts:
        found += fact.needs
    for name, tree in kpi.trees.items():
        if name == "competing":
            continue
        below = name in ("denominator", "n")
        fact = kpi.denominator_fact if below else kpi.fact
        for column in sorted(columns_of(tree)):
            found += fact.columns[column]
        found += ["|".join(f"event:{event}" for event in group) for group in compared_with(tree, "event")]
    return tuple(dict.fromkeys(found))


def missing(kpi: Kpi, feeds: Iterable[Feed]) -> tuple[str, ...]:
    """The needs of a KPI that no source meets."""
    return unmet(needs(kpi), feeds)


def unmet(wanted: Iterable[str], feeds: Iterable[Feed]) -> tuple[str, ...]:
    """The needs no source meets: the first of alternatives; of a table without rows only the table."""
    held = list(feeds)
    lacking = dict.fromkeys(
        need.split("|")[0]
        for need in wanted
        if not any(feed.offers(one) for feed in held for one in need.split("|"))
    )
    return tuple(
        need for need in lacking if need.partition(".")[0] == need or need.partition(".")[0] not in lacking
    )


def reaches(kpi: Kpi, feeds: Iterable[Feed]) -> dt.datetime | None:
    """The earliest data end of the sources that feed the KPI; of all contacts where nothing else is said."""
    held = list(feeds)
    wanted = [one for need in needs(kpi) for one in need.split("|")] or ["contacts"]
    held = [feed for feed in held if feed.table != "targets"]  # plans reach as far as they were made
    ends = [
        feed.data_end
        for feed in held
        if feed.data_end is not None and any(feed.offers(one) for one in wanted)
    ]
    return min(ends, default=None)
