"""What the sections about qualification, closings and offers say. Rules: data design ("Qualification").

They count over the facts of the KPIs (metrics/facts/sales.toml), so that page and KPI cannot part: an *entry*
is one cycle of a journey, qualified where a `qualified` contact comes before its order; a *closing* is one
`won` or `lost`, counted on its day; an *open offer* is neither won, lost nor replaced by a newer one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.period import Month
from journeys.funnel import Rate

MINIMUM = 10  # cases behind a rate, as the KPIs of the same names have it
MINIMUM_OF_A_MEAN = 5


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A section that cannot be drawn: what the data lack, or (`filtered`) a filter that its facts lack.

    `needs` are columns, events and tables as KPIs name them (`contacts.cost`, `event:offer`).
    """

    needs: tuple[str, ...] = ()
    filtered: bool = False


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Entries that began in the period. `entries` = `closed` + `running` (window running at the data end).

    `rate` is the funnel rate: won within the window of those whose window closed; None below the minimum.
    `cost` is all that the closed ones cost up to the order, at most to the end of the window; None where
    nothing was booked. `cost_per_closing` divides it by `won`, the closed ones that were won.
    """

    entries: int
    closed: int
    won: int
    rate: Rate | None
    cost: float | None
    cost_per_closing: float | None

    @property
    def running(self) -> int:
        return self.entries - self.closed


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Cases won or lost in the period, by the day of the decision.

    `rate` is won / (won + lost); `rate_by_value` (percent) the same in money over the `valued` cases, those
    with a value. Days run from the cycle's first contact to the order: `days` is the median, `late_days` the
    90th percentile (the smallest that nine of ten do not exceed) of the won. None below the minimum.
    """

    cases: int
    won: int
    rate: Rate | None
    value_won: float
    value_decided: float
    valued: int
    rate_by_value: float | None
    days: float | None
    late_days: float | None
    mean_value: float | None

    @property
    def lost(self) -> int:
        return self.cases - self.won


@dataclass(frozen=True, kw_only=True)
class Group:
    """One side of a comparison. `key` is a value of the dimension ("" where it is missing).

    `decided` is None where the data know no lost cases, `entered` where they know no entries of the group.
    """

    key: str
    entered: Entered | None
    decided: Decided | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How much higher the first rate is than the second, in points, with its 95 % interval (Newcombe)."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """Qualified beside all other entries; `disqualified` are those of the others that were judged unfit."""

    qualified: Group
    others: Group
    disqualified: Group | None
    funnel: Difference | None
    winning: Difference | None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Lost cases with one reason (or competitor); `name` "" where none was named. `value` of the `valued`."""

    name: str
    cases: int
    rate: Rate | None
    value: float
    valued: int


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Entries of one quarter, of new or of existing customers, and what a closing cost among them.

    `closed`: the windows of all of them have ended; before that entries, costs and closings are what has
    been seen so far. `cut`: the data begin within the quarter, so that everybody looks new. Closings are
    those within the window.
    """

    first: Month
    existing: bool
    entered: Entered
    closed: bool
    cut: bool


@dataclass(frozen=True, kw_only=True)
class CostOfClosing:
    """Cost per closing by entry cohort over the whole history; the totals are over closed, uncut cohorts."""

    cohorts: tuple[Cohort, ...]
    new: Entered
    existing: Entered


@dataclass(frozen=True, kw_only=True)
class Talks:
    """Talks before an order, of entries decided (won, refused or window closed) that began in the period.

    The `vain` ones were held with customers who have not bought up to the data end, in `vain_entries`
    entries; `share` is theirs of all, in percent. Hours and costs are None where the data know none.
    """

    talks: int
    hours: float | None
    cost: float | None
    vain: int
    vain_hours: float | None
    vain_cost: float | None
    vain_entries: int
    share: float | None
    undecided: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An open offer nobody follows up. `value` is the offer's own. `touched_at` is our last contact after it.
    Whole days since the offer, and since our last sign (that contact or the offer itself).

    `lapsed`: by the phase ledger the journey is lost by silence already.
    """

    customer_id: str
    journey_id: str
    offered_at: dt.datetime
    touched_at: dt.datetime | None
    value: float | None
    days: int
    quiet_days: int
    team: str | None
    segment: str | None
    product: str | None
    lapsed: bool


@dataclass(frozen=True, kw_only=True)
class Unattended:
    """Open offers without outbound contact for more than 14 days at `as_of`, the most valuable first.

    `offers` holds at most LISTED of the `unattended`; counts and values are over all of them.
    """

    as_of: dt.datetime
    offers: tuple[Offer, ...]
    unattended: int
    unattended_value: float
    open: int
    open_value: float


LISTED = 1000
