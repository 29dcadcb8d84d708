"""A route resolved against a snapshot, as questions to the compact rows of `journeys` (docs/tables.md).

One grouped scan gives every count of a funnel, one more the endings that the expected rate needs.
Portable SQL; only the attributions that look at single contacts join anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.query import Query, identifier
from journeys.ends import Selection

Counting = Literal["ordered", "reached"]
Attribution = Literal["first", "entry", "last"]

DAY = 86_400
LONGEST = 2_147_483_647
"""Seconds: the longest duration that `journeys` holds, and the window where there is none."""

_EPOCH = dt.datetime(1970, 1, 1)

# How an observed journey ended: 1 converted, 2 lost, 0 neither. Conversion goes before a loss of the same
# instant; what comes later than a loss is no conversion any more, neither for the headline nor for the
# expected rate, so that the two agree where nothing is running.
_OUTCOME = (
    "CASE WHEN converts <= until AND (loses IS NULL OR converts <= loses) THEN 1"
    " WHEN loses <= until THEN 2 ELSE 0 END"
)
CONVERTED, LOST = 1, 2


@dataclass(frozen=True, kw_only=True)
class Course:
    """What is asked: steps with data from start to end, by number in the model and id, the start first.

    With a single step there is no end and no conversion. `window_days` is inclusive, None is no window. `by`
    is a column of `journeys` (attribution "first") or of `contacts`.
    """

    steps: tuple[tuple[int, str], ...]
    counting: Counting
    window_days: int | None
    selection: Selection
    by: str | None = None
    attribution: Attribution = "first"

    @property
    def start(self) -> int:
        return self.steps[0][0]

    @property
    def later(self) -> tuple[int, ...]:
        """The numbers of the phases after the start."""
        return tuple(number for number, _ in self.steps[1:])

    @property
    def window(self) -> int:
        """In seconds."""
        return LONGEST if self.window_days is None else min(self.window_days * DAY, LONGEST)

    def column(self, phase: int) -> str:
        """Of `journeys`: how long after its entry into the start a journey got to a phase."""
        return f"{self.counting[0]}{self.start}_{phase}"


def lasting_query() -> Query:
    """A row if any journey lasts longer than an instant, else none."""
    return Query(sql="SELECT 1 AS lasting FROM journeys WHERE last_at > first_at LIMIT 1")


def counts_query(course: Course) -> Query:
    """Rows (group, steps made, steps made strictly later, window closed, outcome, journeys).

    Steps count from 0, the entry. A step is never made before the one before it, so the last one made says
    all. Without `by` the group is NULL.
    """
    entered = _entered(course)
    made = strictly = "0"
    if course.later:
        places = list(reversed(list(enumerate(course.later, 1))))
        loose = " ".join(f"WHEN c{phase} <= until THEN {place}" for place, phase in places)
        strict = " ".join(f"WHEN d{phase} <= until - c{phase} THEN {place}" for place, phase in places)
        made, strictly = f"CASE {loose} ELSE 0 END", f"CASE {strict} ELSE 0 END"
    return Query(
        sql=f"""
WITH {entered.sql}, observed AS (
    SELECT in_group, {made} AS made, {strictly} AS strictly, closed, {_OUTCOME} AS outcome
    FROM entered
)
SELECT in_group, made, strictly, closed, outcome, COUNT(*) AS journeys
FROM observed GROUP BY in_group, made, strictly, closed, outcome""",
        values=entered.values,
    )


def endings_query(course: Course, groups: Sequence[str] = ()) -> Query:
    """Rows (in_group, outcome, seconds, journeys): how many end how long after their entry, in no order.

    In a breakdown the rows of groups other than `groups` have a NULL group.
    """
    entered = _entered(course)
    named = {f"group_{place}": group for place, group in enumerate(groups)}
    listed = ", ".join(f"${name}" for name in named)
    kept = f"CASE WHEN in_group IN ({listed}) THEN in_group END" if named else "CAST(NULL AS VARCHAR)"
    return Query(
        sql=f"""
WITH {entered.sql}, observed AS (
    SELECT {kept} AS in_group, converts, loses, until, {_OUTCOME} AS outcome FROM entered
), ended AS (
    SELECT in_group, outcome,
        CASE outcome WHEN {CONVERTED} THEN converts WHEN {LOST} THEN loses ELSE until END AS seconds
    FROM observed
)
SELECT in_group, outcome, seconds, COUNT(*) AS journeys
FROM ended GROUP BY in_group, outcome, seconds""",
        values={**entered.values, **named},
    )


def best_attempt_query(course: Course) -> Query:
    """One row: journeys by step that got there within the window of any entry into the start.

    The figures of ClickHouse's windowFunnel over all contacts: neither selection nor counting plays a part.
    """
    steps = "".join(f", COUNT(*) FILTER (WHERE b{course.start}_{phase} <= $window)" for phase in course.later)
    return Query(sql=f"SELECT COUNT(t{course.start}){steps} FROM journeys", values={"window": course.window})


def _entered(course: Course) -> Query:
    """CTEs that end in `entered`: the population, with times in whole seconds after its entry, rounded up.

    `until` is how long a journey was observed: to the end of its window or of the data, whichever is first.
    """
    entry = f"t{course.start}"
    end = course.selection.data_end
    condition = course.selection.condition(entry)
    values = {
        **condition.values,
        "data_end": end,
        "data_end_seconds": (end - _EPOCH).total_seconds(),
        "window": course.window,
    }
    closed = "FALSE"
    if course.window_days is not None:
        closed = f"{entry} <= $closes"
        values["closes"] = end - dt.timedelta(days=course.window_days)
    asked = {
        "converts": course.column(course.later[-1]) if course.later else "CAST(NULL AS INTEGER)",
        "loses": f"l{course.start}",
        "until": f"CAST(LEAST($window, CEIL($data_end_seconds - EPOCH({entry}))) AS INTEGER)",
        "closed": closed,
    }
    for phase in course.later:
        asked |= {f"c{phase}": course.column(phase), f"d{phase}": f"d{course.column(phase)}"}
    picked = ", ".join(f"{value} AS {name}" for name, value in asked.items())
    population = f"FROM journeys WHERE {entry} <= $data_end AND {condition.sql}"
    if course.by is None or course.attribution == "first":
        group = _group(identifier(course.by)) if course.by else "CAST(NULL AS VARCHAR)"
        return Query(
            sql=f"entered AS (\n    SELECT {group} AS in_group, {picked}\n    {population}\n)", values=values
        )
    if course.attribution == "entry":
        attributed = f"c.phase_no = {course.start} AND c.occurred_at = p.entry"
        order = "c.row_key"
    else:
        attributed = (
            "EPOCH(c.occurred_at) - EPOCH(p.entry)"
            " <= CASE WHEN p.converts <= p.until THEN p.converts ELSE p.until END"
        )
        order = "c.occurred_at DESC, c.phase_no DESC NULLS FIRST, c.row_key DESC"
    kept = ", ".join(f"p.{name}" for name in asked)
    return Query(
        sql=f"""chosen AS (
    SELECT journey, {entry} AS entry, {picked}
    {population}
), ranked AS (
    SELECT c.journey, {_group(f"c.{identifier(course.by)}")} AS in_group,
        ROW_NUMBER() OVER (PARTITION BY c.journey ORDER BY {order}) AS place
    FROM chosen AS p JOIN contacts AS c ON c.journey = p.journey
    WHERE {attributed}
), entered AS (
    SELECT r.in_group, {kept}
    FROM chosen AS p JOIN ranked AS r ON r.journey = p.journey AND r.place = 1
)""",
        values=values,
    )


def _group(column: str) -> str:
    return f"COALESCE(CAST({column} AS VARCHAR), '')"
