"""Facts: relations that KPIs count over, with the time that dates a row and what each column needs.

A fact is SQL over the views of docs/tables.md in the portable subset (DESIGN: storage and scale). Its columns
say what they need of the data contract, so that a KPI without data can name what would light it up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.catalog import load_catalog
from core.errors import CatalogFault
from core.period import Month
from core.query import identifier
from core.settings import Settings
from core.text import Text
from journeys.lapses import LAPSES
from journeys.ledger import ENDING, FIRST_CONTACT

CATALOG = Path(__file__).with_name("facts")

CONTACT_DIMENSIONS = (*FIRST_CONTACT, "phase", "event", "reason", "lost_reason", "competitor", "account_id")

Regroup = Literal["flow", "stock", "cumulative"]


class Fact(BaseModel):
    """A relation with columns `dated_at`, `customer_id`, `row_key` and those of `columns`.

    `needs`: what must be there for any row; a need is `table.column`, `event:name` or a table, and `|` joins
    alternatives. `columns`: column -> its further needs. `dims`: which dimensions its rows can be filtered by
    (`contact`: all; `entry`: those of a journey's or visit's first contact; or a list).
    `regroup`: how months make a period: flows add up, a stock is its last month's, a cumulative figure adds
    up everything since the data begin. `overlapping`: neighbouring months share most of their rows (twelve
    rolling months), so that their differences say nothing about chance and no limits may be drawn.
    `anonymous`: no customers stand behind its rows. `follows`: columns with the days from `dated_at` to what
    comes once or never (NULL: it has not come); only rows dated by their own beginning have such.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    about: Text
    needs: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    dims: Literal["contact", "entry"] | tuple[str, ...] = "contact"
    regroup: Regroup = "flow"
    overlapping: bool = False
    anonymous: bool = False
    follows: tuple[str, ...] = ()
    sql: str

    @property
    def worked_out(self) -> bool:
        """Whether its rows take joins or windows, so that it pays to make them once for several questions."""
        return any(word in self.sql for word in ("JOIN", "OVER"))

    def has_dimension(self, name: str, own: Sequence[str] = ()) -> bool:
        """Whether rows can be told apart by it; `own` are the workspace's own columns of contacts."""
        if isinstance(self.dims, tuple):
            return name in self.dims
        return name in (CONTACT_DIMENSIONS if self.dims == "contact" else FIRST_CONTACT) or name in own


@cache
def facts() -> Mapping[str, Fact]:
    """All facts by id. A broken one is our own mistake and stops everything."""
    catalog = load_catalog(Fact, [CATALOG])
    if catalog.faults:
        raise CatalogFault(catalog.faults[0].text)
    return catalog.entries


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the facts' SQL is filled with: the months of the data, the calendar, the model's phases.

    `data_end` decides what is open: the earliest of the sources of contacts. `horizon` is the latest data end
    of any source, with which the last month ends: nothing is seen from a future that nobody knows.
    """

    months: tuple[Month, ...]
    data_start: dt.datetime
    data_end: dt.datetime
    horizon: dt.datetime
    settings: Settings
    phases: tuple[str, ...]
    after_purchase: tuple[str, ...]


_PLACE = re.compile(r"\{(\w+)(?::([\w.$, ]+))?\}")

SHARED = ("spans", "touches")
"""Places that stand for a relation which several facts, or one of them twice, read."""


def fact_sql(
    fact: Fact, frame: Frame, dims: Sequence[str] = (), made: Mapping[str, str] | None = None
) -> str:
    """The fact's SELECT with its places filled; binds `$data_end` and `$data_start`.

    Each of `dims` becomes a column `dim_<name>`. Only numbers, dates, checked ids, quoted names get in.
    `made` names the tables in which relations of SHARED already stand (with these `dims`).
    """
    return _filled(fact.sql, frame, dims, made or {})


def shared_sql(place: str, frame: Frame, dims: Sequence[str] = ()) -> str:
    """The SELECT that a place of SHARED stands for."""
    return _filled(_RELATIONS[place](frame), frame, dims, {})


def places(fact: Fact) -> frozenset[str]:
    """The relations of SHARED that the fact reads."""
    return frozenset(place[1] for place in _PLACE.finditer(fact.sql)) & frozenset(SHARED)


def _filled(sql: str, frame: Frame, dims: Sequence[str], made: Mapping[str, str]) -> str:
    def fill(place: re.Match[str]) -> str:
        name, argument = place[1], place[2] or ""
        if name == "dims":
            return "".join(f", {argument}.{identifier(dim)} AS {identifier(f'dim_{dim}')}" for dim in dims)
        if name == "carried":
            return "".join(f", {argument}.{identifier(f'dim_{dim}')}" for dim in dims)
        if name in made:
            return identifier(made[name])
        if name in _RELATIONS:
            return f"(\n{_filled(_RELATIONS[name](frame), frame, dims, made)}\n)"
        return _PLACES[name](frame, argument)

    return _PLACE.sub(fill, sql).strip()


def month_sql(column: str) -> str:
    """A time's month as a number: year * 12 + month - 1."""
    return f"(EXTRACT(YEAR FROM {column}) * 12 + EXTRACT(MONTH FROM {column}) - 1)"


def month_number(month: Month) -> int:
    """The same of a month."""
    return month.year * 12 + month.month - 1


def month_of(number: int) -> Month:
    """The month of such a number."""
    return Month(number // 12, number % 12 + 1)


def _months(frame: Frame, alias: str) -> str:
    """Months of the data: `month_start`, `month_end` (exclusive), `year_before_end` (a year before that),
    `month_no` (as month_sql writes it)."""
    after = f"TIMESTAMP '{frame.horizon.replace(microsecond=0) + dt.timedelta(seconds=1)}'"
    rows = ", ".join(
        f"({_at(m)}, {min(_at(m + 1), after)}, {_at(m - 11)}, {month_number(m)})" for m in frame.months
    )
    return f"(VALUES {rows}) AS {alias}(month_start, month_end, year_before_end, month_no)"


def _fiscal_months(frame: Frame, alias: str) -> str:
    """All months of the fiscal years that the data touch: `month_start`, `month_end`, `year_start`,
    `month_no`."""
    starts = sorted({m - (m.month - frame.settings.fiscal_year_start) % 12 for m in frame.months})
    rows = ", ".join(
        f"({_at(first + step)}, {_at(first + step + 1)}, {_at(first)}, {month_number(first + step)})"
        for first in starts
        for step in range(12)
    )
    return f"(VALUES {rows}) AS {alias}(month_start, month_end, year_start, month_no)"


def _at(month: Month) -> str:
    return f"TIMESTAMP '{month.start} 00:00:00'"


def _spans(frame: Frame) -> str:
    """When somebody was a customer: from an order to the next one, or to the loss that came before it.

    `held_until` is that end, or a day that never comes. One customer's spans do not overlap.
    """
    lost = "l.lost_at IS NOT NULL AND (o.next_at IS NULL OR l.lost_at < o.next_at)"
    ended = f"CASE WHEN {lost} THEN l.lost_at ELSE o.next_at END"
    return f"""
  SELECT o.row_key, o.customer, o.customer_id, o.journey_id, o.occurred_at AS began_at,
    o.place = 1 AS first_order,
    {ended} AS ended_at,
    COALESCE({ended}, TIMESTAMP '9999-01-01 00:00:00') AS held_until,
    {lost} AS lost{{dims:o}}
  FROM (
    SELECT k.*,
      ROW_NUMBER() OVER (PARTITION BY k.customer ORDER BY k.occurred_at, k.row_key) AS place,
      LEAD(k.occurred_at) OVER (PARTITION BY k.customer ORDER BY k.occurred_at, k.row_key) AS next_at
    FROM contacts AS k WHERE k.event = 'won'
  ) AS o
  LEFT JOIN (
    SELECT w.row_key, MIN(x.lost_at) AS lost_at
    FROM contacts AS w
    JOIN (
      SELECT customer, occurred_at AS lost_at FROM contacts WHERE event = 'cancelled'
      UNION ALL
      SELECT customer, COALESCE(lost_at, silent_until) AS lost_at FROM visits
      WHERE phase IN {_after_phases(frame, "")} AND {ENDING} = 'lost'
      UNION ALL
      SELECT customer, lapses_at AS lost_at FROM {LAPSES} AS lapsed WHERE lapses_at < $data_end
    ) AS x ON x.customer = w.customer AND x.lost_at > w.occurred_at
    WHERE w.event = 'won'
    GROUP BY w.row_key
  ) AS l ON l.row_key = o.row_key"""


def _touches(_: Frame) -> str:
    """When we last turned to a customer in each month."""
    month = month_sql("occurred_at")
    return f"""
  SELECT customer, {month} AS month_no, MAX(occurred_at) AS touched_at
  FROM contacts WHERE direction = 'outbound' GROUP BY customer, {month}"""


def _phases(frame: Frame, alias: str) -> str:
    rows = ", ".join(f"('{phase}', {number})" for number, phase in enumerate(frame.phases, 1))
    return f"(VALUES {rows}) AS {alias}(phase, number)"


def _entered(frame: Frame, aliases: str) -> str:
    """When a journey first was in a phase: of `{phases:p}` and `journeys AS j` in `{entered:p, j}`."""
    phase, journey = (alias.strip() for alias in aliases.split(","))
    cases = " ".join(f"WHEN {number} THEN {journey}.t{number}" for number in range(1, len(frame.phases) + 1))
    return f"CASE {phase}.number {cases} END"


def _after_phases(frame: Frame, _: str) -> str:
    return "(" + ", ".join(f"'{phase}'" for phase in frame.after_purchase or ("",)) + ")"


def _worked(frame: Frame, column: str) -> str:
    """Working seconds from Monday, 5 January 1970 until a time: whole weeks, whole days, part of the day.

    The difference of two such numbers is the working time between them, without a calendar table.
    """
    opens, closes = (round(hour * 3600) for hour in frame.settings.working_hours)
    days = sorted(day - 1 for day in set(frame.settings.working_days))
    epoch = f"(EPOCH({column}) - 345600.0)"
    day = f"FLOOR({epoch} / 86400.0)"
    week = f"FLOOR({day} / 7.0)"
    weekday = f"({day} - 7.0 * {week})"
    second = f"({epoch} - 86400.0 * {day})"
    before = " + ".join(f"CASE WHEN {weekday} > {d} THEN 1 ELSE 0 END" for d in days) or "0"
    today = f"CASE WHEN {weekday} IN ({', '.join(map(str, days))}) THEN 1 ELSE 0 END" if days else "0"
    length = max(closes - opens, 0)
    part = f"LEAST(GREATEST({second} - {opens}, 0), {length})"
    return f"(({week} * {len(days)} + {before}) * {length} + ({today}) * {part})"


def _effort(frame: Frame, alias: str) -> str:
    """What a contact cost: as booked, else handling time at the hourly rate of the team."""
    rates = dict(sorted(frame.settings.hourly_rates.items()))
    cases = " ".join(
        f"WHEN {alias}.team = {_literal(name)} THEN {float(rate)}" for name, rate in rates.items()
    )
    usual = float(frame.settings.default_hourly_rate)
    rate = f"CASE {cases} ELSE {usual} END" if cases else str(usual)
    return f"COALESCE({alias}.cost, {alias}.handling_minutes / 60.0 * {rate})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _setting(name: str) -> Callable[[Frame, str], str]:
    return lambda frame, _: str(int(getattr(frame.settings, name)))


def _day_length(frame: Frame, _: str) -> str:
    opens, closes = frame.settings.working_hours
    return str(round(max(closes - opens, 0) * 3600))


_PLACES: Mapping[str, Callable[[Frame, str], str]] = {
    "months": _months,
    "fiscal_months": _fiscal_months,
    "phases": _phases,
    "entered": _entered,
    "month": lambda _, column: month_sql(column),
    "ending": lambda *_: ENDING,
    "worked": _worked,
    "day_length": _day_length,
    "effort": _effort,
    "window_days": _setting("window_days"),
    "repurchase_months": _setting("repurchase_months"),
    "start_days": _setting("start_days"),
}
_RELATIONS: Mapping[str, Callable[[Frame], str]] = {"spans": _spans, "touches": _touches}
