"""What goes with moving on: what visits saw early that later moved forward.

A visit that lasts longer has more time both to see something and to be seen moving on (immortal time). So
the question is put at a landmark, the phase's median days: of the visits still running then, those that had
seen a value by then against those that had not, and which of them moved forward afterwards. The rules and
their reasons stand in docs/adr/0090-triggers-and-leaks.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from core.query import Query
from journeys.ends import Selection
from journeys.ledger import ENDING
from journeys.scoreratio import score_intervals

Kind = Literal["touchpoint", "content", "role"]

FALSE_DISCOVERIES = 0.1
"""At most this share of the selected triggers is expected to be chance."""
FEWEST = 10
"""A value is tested when at least so many decided visits saw it and so many did not."""
HOUR = 3600
FORWARD = "('advanced', 'skipped', 'completed')"
MOVED, STAYED, OPEN = 1, 0, -1


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One value, seen by the landmark or not, against moving forward after it. An association, no cause.

    `seen` and `unseen` are decided visits, `seen_moved` and `unseen_moved` those of them that moved forward.
    `ratio` = (seen_moved / seen) / (unseen_moved / unseen), from `lower` to `upper` (score interval, adjusted
    for selection); infinite where none of the unseen moved. `p` is Fisher's, `q` its Benjamini-Hochberg value
    over all candidates of the phase; `selected`: q is at most 0.1.
    """

    kind: Kind
    value: str
    seen: int
    seen_moved: int
    unseen: int
    unseen_moved: int
    ratio: float
    lower: float
    upper: float
    p: float
    q: float
    selected: bool

    @property
    def seen_rate(self) -> float:
        """Percent of the visits which saw it that moved forward."""
        return 100 * self.seen_moved / self.seen

    @property
    def unseen_rate(self) -> float:
        """Percent of the other visits that moved forward."""
        return 100 * self.unseen_moved / self.unseen


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A value that decided visits had seen by the landmark, and how many of these moved forward later."""

    kind: Kind
    value: str
    seen: int
    moved: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The triggers, the strongest evidence first; `too_small` candidates were left out untested.

    `confidence` (0 to 1) is the level of all intervals: 1 - R x 0.1 / m for R selected of m tested, so that
    of the intervals of selected triggers at most 10 % are expected to miss (Benjamini, Yekutieli 2005).
    """

    triggers: tuple[Trigger, ...]
    too_small: int
    confidence: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Stays:
    """The visits of a phase as arrays: number, whole hours from first to last contact, seconds until it was
    first completed, left or lost (or the data ended), and its outcome: MOVED, STAYED or OPEN."""

    visit: npt.NDArray[np.int64]
    hours: npt.NDArray[np.int64]
    seconds: npt.NDArray[np.float64]
    outcome: npt.NDArray[np.int8]

    @property
    def landmark(self) -> int | None:
        """The median hours of the visits that have ended: the fewest that half of them do not exceed."""
        counts = np.bincount(self.hours[self.outcome != OPEN]).cumsum()
        return int(np.searchsorted(counts, counts[-1] / 2)) if len(counts) else None

    def running(self, hours: int) -> Stays:
        """Those that had not ended so many hours after their first contact, by number."""
        chosen = np.flatnonzero(self.seconds > hours * HOUR)
        chosen = chosen[np.argsort(self.visit[chosen], kind="stable")]
        return Stays(
            visit=self.visit[chosen],
            hours=self.hours[chosen],
            seconds=self.seconds[chosen],
            outcome=self.outcome[chosen],
        )

    def count(self, outcome: int) -> int:
        return int(np.count_nonzero(self.outcome == outcome))


def stays_query(selection: Selection, phase_no: int) -> Query:
    """The columns of Stays: one row a visit of the phase."""
    condition = selection.condition("first_at")
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT visit, {ENDING} AS ending, EPOCH(last_at) - EPOCH(first_at) AS lasted,
        EPOCH(LEAST(completed_at, next_at, COALESCE(lost_at, silent_until), $data_end)) - EPOCH(first_at)
            AS seconds
    FROM visits WHERE phase_no = $phase_no AND {condition.sql}
)
SELECT visit, CAST(CEIL(lasted / {HOUR}.0) AS BIGINT) AS hours, seconds,
    CAST(CASE WHEN ending IN {FORWARD} THEN {MOVED} WHEN ending = 'open' THEN {OPEN} ELSE {STAYED} END
        AS TINYINT) AS outcome
FROM chosen""",
        values={**condition.values, "phase_no": phase_no, "data_end": selection.data_end},
    )


def stays_of(table: Any) -> Stays:
    """From an Arrow table of stays_query."""
    return Stays(**{name: table[name].to_numpy() for name in ("visit", "hours", "seconds", "outcome")})


def sightings_query(phase_no: int, hours: int) -> Query:
    """Rows (visit, kind, value): what visits of the phase had seen so many hours after they began."""
    return Query(
        sql="SELECT visit, kind, value FROM sightings WHERE phase_no = $phase_no AND after <= $landmark",
        values={"phase_no": phase_no, "landmark": hours * HOUR},
    )


def candidates_of(running: Stays, sightings: Any) -> list[Candidate]:
    """What the running visits had seen, from an Arrow table of sightings_query; open ones do not count."""
    seen = sightings["visit"].to_numpy()
    place = np.minimum(np.searchsorted(running.visit, seen), max(len(running.visit) - 1, 0))
    known = running.visit[place] == seen if len(running.visit) else np.zeros(len(seen), dtype=np.bool_)
    outcome = running.outcome[place[known]]
    kinds, values = (sightings[name].combine_chunks().dictionary_encode() for name in ("kind", "value"))
    words = max(len(values.dictionary), 1)
    code = (kinds.indices.to_numpy().astype(np.int64) * words + values.indices.to_numpy())[known]
    decided = np.bincount(code[outcome != OPEN])
    moved = np.bincount(code[outcome == MOVED], minlength=len(decided))
    return [
        Candidate(
            kind=kinds.dictionary[int(each) // words].as_py(),
            value=values.dictionary[int(each) % words].as_py(),
            seen=int(decided[each]),
            moved=int(moved[each]),
        )
        for each in np.flatnonzero(decided)
    ]


def compare(candidates: Sequence[Candidate], *, decided: int, moved: int) -> Comparison:
    """Every candidate against all `decided` visits, of which `moved` moved forward.

    Nothing can be tested where all or none of the visits moved. Which candidates are tested depends on how
    many visits saw them alone, never on what became of these: else the correction would not hold.
    """
    large = [c for c in candidates if min(c.seen, decided - c.seen) >= FEWEST]
    too_small = len(candidates) - len(large)
    if not large or not 0 < moved < decided:
        return Comparison(triggers=(), too_small=too_small, confidence=1 - FALSE_DISCOVERIES)
    # Importing the statistics takes longer than most commands: only who asks for triggers waits for it.
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415

    # Rare values share their few possible tables: each table is computed once.
    tables, table_of = np.unique([(c.seen, c.moved) for c in large], axis=0, return_inverse=True)
    table_of = table_of.ravel()
    p = np.array([_fisher(int(seen), int(hits), decided, moved) for seen, hits in tables])[table_of]
    selected, q, *_ = multipletests(p, alpha=FALSE_DISCOVERIES, method="fdr_bh")
    confidence = 1 - max(int(selected.sum()), 1) * FALSE_DISCOVERIES / len(large)
    seen, hits = tables.T.astype(float)
    lower, upper = score_intervals(hits, seen, moved - hits, decided - seen, confidence)
    found = [
        Trigger(
            kind=candidate.kind,
            value=candidate.value,
            seen=candidate.seen,
            seen_moved=candidate.moved,
            unseen=decided - candidate.seen,
            unseen_moved=moved - candidate.moved,
            ratio=_ratio(candidate.seen, candidate.moved, decided, moved),
            lower=float(lower[table]),
            upper=float(upper[table]),
            p=float(p[place]),
            q=float(q[place]),
            selected=bool(selected[place]),
        )
        for place, (candidate, table) in enumerate(zip(large, table_of, strict=True))
    ]
    found.sort(key=lambda trigger: (trigger.p, -trigger.seen, trigger.kind, trigger.value))
    return Comparison(triggers=tuple(found), too_small=too_small, confidence=confidence)


def _fisher(seen: int, seen_moved: int, decided: int, moved: int) -> float:
    from scipy.stats import fisher_exact  # noqa: PLC0415

    unseen_moved = moved - seen_moved
    table = [[seen_moved, seen - seen_moved], [unseen_moved, decided - seen - unseen_moved]]
    return float(fisher_exact(table).pvalue)


def _ratio(seen: int, seen_moved: int, decided: int, moved: int) -> float:
    unseen_moved = moved - seen_moved
    return (seen_moved / seen) / (unseen_moved / (decided - seen)) if unseen_moved else float("inf")
