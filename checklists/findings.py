"""What a closed round gives to talk about: its agenda, contradictions with the data, what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.disclosure import Disclosure, Distribution
from checklists.model import Check, Checklist, Statement
from checklists.scoring import Score, Value

CLAIMED = 0.75
"""From this team value on a statement counts as claimed, so that the data can contradict it."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A statement to talk about. `urgency` is spread x weight; `roles` come with the lowest mean first."""

    statement: Statement
    dimension: str
    seen: Distribution
    roles: tuple[tuple[str, Distribution], ...]
    urgency: float

    @property
    def widest(self) -> float:
        """The gap between the role with the highest mean and the one with the lowest; 0 without roles."""
        return self.roles[-1][1].mean - self.roles[0][1].mean if self.roles else 0.0


def agenda(checklist: Checklist, disclosure: Disclosure, most: int = 8) -> tuple[Point, ...]:
    """The statements with the widest disagreement, in the order in which to talk about them.

    Statements that everybody answered alike are no point.
    """
    points = [
        Point(
            statement=statement,
            dimension=dimension.id,
            seen=seen,
            roles=tuple(
                sorted(
                    disclosure.by_role.get(statement.id, {}).items(), key=lambda item: (item[1].mean, item[0])
                )
            ),
            urgency=seen.spread * statement.weight,
        )
        for dimension in checklist.dimensions
        for statement in dimension.statements
        if (seen := disclosure.shown.get(statement.id)) is not None and seen.spread > 0
    ]
    return tuple(sorted(points, key=lambda point: (-point.urgency, -point.widest))[:most])


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A team says that a statement holds, and the KPI that it names says otherwise."""

    statement: Statement
    dimension: str
    claimed: float
    check: Check
    measured: float


def contradictions(
    checklist: Checklist, values: Mapping[str, Value], measured: Mapping[str, float]
) -> tuple[Contradiction, ...]:
    """Claims that the data do not bear out. `measured` are KPI values in their units; a KPI without one is
    silent."""
    return tuple(
        Contradiction(
            statement=statement,
            dimension=dimension.id,
            claimed=value,
            check=check,
            measured=measured[check.kpi],
        )
        for dimension in checklist.dimensions
        for statement in dimension.statements
        if (check := statement.check) is not None
        and (value := values[statement.id].value) is not None
        and value >= CLAIMED
        and check.kpi in measured
        and not check.holds(measured[check.kpi])
    )


@dataclass(frozen=True, kw_only=True)
class Risen:
    """A dimension between two rounds: its levels, and the statements whose values differ (before, after)."""

    dimension: str
    before: tuple[float | None, int | None]
    after: tuple[float | None, int | None]
    changed: tuple[tuple[str, float, float], ...]


def progress(checklist: Checklist, before: Score, after: Score) -> tuple[Risen, ...]:
    """What became of each dimension from one round to the next of the same checklist, largest changes first.

    A statement that one of the rounds did not know, or that did not apply, is not compared.
    """
    levels = {one.dimension: (one.continuous, one.gated) for one in before.dimensions}
    found: list[Risen] = []
    for dimension, now in zip(checklist.dimensions, after.dimensions, strict=True):
        pairs = [
            (statement.id, _value(before, statement.id), _value(after, statement.id))
            for statement in dimension.statements
        ]
        changed = [
            (name, old, new) for name, old, new in pairs if old is not None and new is not None and old != new
        ]
        found.append(
            Risen(
                dimension=dimension.id,
                before=levels.get(dimension.id, (None, None)),
                after=(now.continuous, now.gated),
                changed=tuple(sorted(changed, key=lambda change: -abs(change[2] - change[1]))),
            )
        )
    return tuple(found)


def weakest(scores: Sequence[tuple[str, float | None]]) -> str | None:
    """The dimension with the lowest continuous level, None where none has one."""
    known = [(level, name) for name, level in scores if level is not None]
    return min(known)[1] if known else None


def _value(score: Score, statement: str) -> float | None:
    found = score.values.get(statement)
    return found.value if found else None
