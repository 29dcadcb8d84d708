"""What a closed round may show of its answers, so that nobody's own can be read off.

A statement is shown from `minimum` answers that count (coverages and "don't know") on. Roles are shown only
where each has that many; the others are folded together, and where what is folded would itself be too small
it takes in the smallest role shown: else it could be read off as the difference to the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt

from checklists.model import Checklist
from checklists.scoring import Answer, Value, team_value

FEWEST = 3
"""The least that a minimum can be. A round may ask for more, up to MOST."""
MOST = 5

OTHERS = "…"
"""The role that those stand in who are too few on their own."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One person's answer to one statement. It never leaves the store."""

    statement: str
    role: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How often each value was given. `counts` are (value, people), rising."""

    counts: tuple[tuple[float, int], ...]
    dont_know: int
    not_applicable: int

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers again, in no order that says whose they are."""
        said: list[Answer] = [value for value, people in self.counts for _ in range(people)]
        said += ["dont_know"] * self.dont_know
        said += ["not_applicable"] * self.not_applicable
        return tuple(said)

    @property
    def counted(self) -> int:
        return sum(people for _, people in self.counts) + self.dont_know

    @property
    def mean(self) -> float:
        return fsum(self._values) / self.counted

    @property
    def spread(self) -> float:
        """The standard deviation of the values; "don't know" counts 0 as it does in the mean."""
        return sqrt(fsum((value - self.mean) ** 2 for value in self._values) / self.counted)

    @property
    def _values(self) -> list[float]:
        return [value for value, people in self.counts for _ in range(people)] + [0.0] * self.dont_know


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What may be seen. `hidden` statements were answered, but by too few; in every figure they count as not
    answered, so that nothing of them can be computed back from a score."""

    shown: Mapping[str, Distribution]
    by_role: Mapping[str, Mapping[str, Distribution]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def values(self, checklist: Checklist, people: int) -> dict[str, Value]:
        """The team's value of every statement, from what may be seen of `people` respondents."""
        found: dict[str, Value] = {}
        for statement in checklist.statements:
            seen = self.shown.get(statement.id)
            if statement.id in self.left:
                found[statement.id] = Value(statement=statement.id, value=None, not_applicable=people)
            elif seen is None:
                found[statement.id] = team_value(statement.id, (), silent=people)
            else:
                found[statement.id] = team_value(statement.id, seen.answers, people - len(seen.answers))
        return found


def disclosed(given: Iterable[Given], minimum: int) -> Disclosure:
    """What answers show under a minimum. A minimum of 1 is that of rounds declared open."""
    by_statement: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_statement[one.statement].append(one)
    shown: dict[str, Distribution] = {}
    roles: dict[str, Mapping[str, Distribution]] = {}
    hidden: set[str] = set()
    left: set[str] = set()
    for statement, answers in by_statement.items():
        whole = _distribution(answers)
        if 2 * whole.not_applicable > len(answers) and len(answers) >= minimum:
            left.add(statement)
        elif whole.counted >= minimum:
            shown[statement] = whole
            if parted := _by_role(answers, minimum):
                roles[statement] = parted
        else:
            hidden.add(statement)
    return Disclosure(shown=shown, by_role=roles, hidden=frozenset(hidden), left=frozenset(left))


def _by_role(answers: Sequence[Given], minimum: int) -> dict[str, Distribution]:
    """The distribution by role, empty where fewer than two groups could be told apart."""
    groups: dict[str, list[Given]] = defaultdict(list)
    for one in answers:
        groups[one.role].append(one)
    # From the smallest on, into the rest, until the rest is large enough or everybody is in it.
    rest: list[Given] = []
    for role in sorted(groups, key=lambda role: (_distribution(groups[role]).counted, role)):
        enough = _distribution(groups[role]).counted >= minimum and role
        if enough and (not rest or _distribution(rest).counted >= minimum):
            break
        rest += groups.pop(role)
    parted = {role: _distribution(own) for role, own in sorted(groups.items())}
    if rest:
        parted[OTHERS] = _distribution(rest)
    return parted if len(parted) > 1 else {}


def _distribution(answers: Iterable[Given]) -> Distribution:
    said = Counter(one.answer for one in answers)
    return Distribution(
        counts=tuple(sorted((value, people) for value, people in said.items() if isinstance(value, float))),
        dont_know=said["dont_know"],
        not_applicable=said["not_applicable"],
    )
