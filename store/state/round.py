"""A round as it leaves the store: for everybody, for a respondent, and once it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from checklists.disclosure import Disclosure
from checklists.model import Checklist
from checklists.scoring import Answer

LONGEST_TEXT = 2000
"""Characters of an evidence, or of a link to one."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round as everybody may see it. `asked` are the statements of a partial round, None: all of them."""

    id: str
    checklist: Checklist
    team: str
    scope: str
    closes_on: dt.date
    minimum: int
    open: bool
    opened_at: dt.datetime
    opened_by: str
    closed_at: dt.datetime | None
    parent: str | None
    asked: tuple[str, ...] | None
    targets: Mapping[str, int]
    sample: bool
    invited: int
    submitted: int
    version: int

    def over(self, now: dt.datetime) -> bool:
        """Whether nobody can answer any more: closed by hand, or the closing date has passed."""
        return self.closed_at is not None or now.date() > self.closes_on


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A place in a round. `token` is told once, when it is made; only its hash is kept."""

    person: str
    role: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Own:
    """One's own answer. `version` goes back with a change; 0: not answered yet. `saved_at` is only told."""

    statement: str
    answer: Answer | None = None
    confidence: int | None = None
    evidence_for: str = ""
    evidence_against: str = ""
    link: str = ""
    may_be_shown: bool = False
    version: int = 0
    saved_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A respondent's own view of a round."""

    round: Round
    person: str
    role: str
    submitted_at: dt.datetime | None
    answers: Mapping[str, Own]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A free text without its author, who allowed it to be shown."""

    statement: str
    evidence_for: str
    evidence_against: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A round that is over and what may be seen of it. `respondents` gave at least one answer."""

    round: Round
    respondents: int
    disclosure: Disclosure
    remarks: tuple[Remark, ...]
