"""Which actions reach a target at least cost: an exact plan, by integer programming (HiGHS through scipy).

Carrying out an action sets its statement to 1. The target is a gated level per dimension, so every level up
to it must reach the threshold. What an action presupposes must hold already, or be done as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from checklists.model import Checklist, Levels, Statement
from checklists.scoring import Score, Value, score
from core.errors import InputFault, UsageFault
from core.text import Text

FIRST = 3
"""How many actions a team is shown before it asks for the whole plan."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One action of a plan. `needs` are the steps of the plan that must be done before it."""

    statement: str
    dimension: str
    level: int
    action: Text
    days: float
    kpi: str | None
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The cheapest set of actions that reaches the targets, in an order that respects what presupposes what.

    `days` is its effort; `before` and `after` are the scores without and with it. Empty where the targets are
    met already.
    """

    steps: tuple[Step, ...]
    days: float
    before: Score
    after: Score

    @property
    def first(self) -> tuple[Step, ...]:
        """The actions to begin with."""
        return self.steps[:FIRST]


def plan(checklist: Checklist, values: Mapping[str, Value], targets: Mapping[str, int]) -> Plan:
    """The plan for target levels by dimension. Dimensions without a target keep what they have.

    Raises UsageFault for a target that the checklist does not know, InputFault where it has no efforts, so
    that no cheapest plan exists.
    """
    rule = plannable(checklist)
    _check_targets(checklist, targets)
    statements = list(checklist.statements)
    place = {statement.id: number for number, statement in enumerate(statements)}
    current = np.array([values[one.id].value if _applies(one, values) else 1.0 for one in statements], float)
    allowed = np.array([_applies(one, values) and current[place[one.id]] < 1 for one in statements])

    rows: list[tuple[np.ndarray, float]] = []
    for dimension in checklist.dimensions:
        for level in dimension.levels:
            if level > targets.get(dimension.id, 0):
                continue
            members = [
                place[one.id] for one in dimension.statements if one.level == level and _applies(one, values)
            ]
            if members:
                row = np.zeros(len(statements))
                row[members] = (1 - current[members]) / len(members)
                rows.append((row, rule.threshold - float(current[members].mean())))
    for statement in statements:
        for needed in statement.advice.needs if statement.advice else ():
            if current[place[needed]] < rule.threshold:
                row = np.zeros(len(statements))
                row[place[needed]], row[place[statement.id]] = 1, -1
                rows.append((row, 0.0))

    days = np.array([_effort(one) for one in statements])
    chosen = _cheapest(days, rows, allowed, statements)
    done = {statement.id for statement, taken in zip(statements, chosen, strict=True) if taken}
    steps = _ordered(checklist, done)
    return Plan(
        steps=steps,
        days=float(sum(step.days for step in steps)),
        before=score(checklist, values),
        after=score(checklist, carried_out(values, done)),
    )


def carried_out(values: Mapping[str, Value], done: set[str]) -> dict[str, Value]:
    """The values once the actions of these statements have been carried out."""
    return {name: replace(value, value=1.0) if name in done else value for name, value in values.items()}


def plannable(checklist: Checklist) -> Levels:
    """The rule of a checklist that plans can be made for; InputFault where it has no levels or no efforts."""
    if not isinstance(checklist.rule, Levels):
        raise InputFault(
            Text(
                de="Der Katalog „{name}“ kennt keine Stufen, auf die ein Plan zielen könnte.",
                en="The catalog “{name}” has no levels that a plan could aim at.",
            ).fill(name=checklist.name)
        )
    without = [one.id for one in checklist.statements if one.advice is None or one.advice.days is None]
    if without:
        raise InputFault(
            Text(
                de="Für einen Plan fehlt im Katalog „{name}“ der Aufwand zu {count} Aussagen, etwa "
                "{example}.",
                en="For a plan, the catalog “{name}” lacks the effort of {count} statements, such as "
                "{example}.",
            ).fill(name=checklist.name, count=len(without), example=without[0])
        )
    return checklist.rule


def _check_targets(checklist: Checklist, targets: Mapping[str, int]) -> None:
    known = {dimension.id: max(dimension.levels) for dimension in checklist.dimensions}
    for name, level in targets.items():
        if name not in known:
            raise UsageFault(
                Text(
                    de="Den Bereich „{name}“ gibt es in diesem Katalog nicht. Bekannt sind: {all}.",
                    en="This catalog has no dimension “{name}”. Known are: {all}.",
                ).fill(name=name, all=", ".join(known))
            )
        if not 1 <= level <= known[name]:
            raise UsageFault(
                Text(
                    de="Die Zielstufe {level} gibt es im Bereich „{name}“ nicht, nur 1 bis {top}.",
                    en="Dimension “{name}” has no level {level}, only 1 to {top}.",
                ).fill(level=level, name=name, top=known[name])
            )


def _applies(statement: Statement, values: Mapping[str, Value]) -> bool:
    return values[statement.id].value is not None


def _cheapest(
    days: np.ndarray,
    rows: Sequence[tuple[np.ndarray, float]],
    allowed: np.ndarray,
    statements: Sequence[Statement],
) -> np.ndarray:
    """Which actions: least days; among equals the fewest, and among those the earliest in the checklist.

    Each wish is a solve of its own under the one before it, so that the answer is exact and always the same.
    """
    constraints = [LinearConstraint(row, lb=bound) for row, bound in rows]
    bounds = Bounds(0, allowed.astype(float))
    wishes = (days, np.ones(len(statements)), np.arange(len(statements), dtype=float))
    chosen = np.zeros(len(statements))
    for wish in wishes:
        found = milp(wish, constraints=constraints, bounds=bounds, integrality=np.ones(len(statements)))
        if not found.success:
            raise RuntimeError(f"no plan was found: {found.message}")
        chosen = np.round(found.x)
        constraints.append(LinearConstraint(wish, ub=float(wish @ chosen) + 1e-6))
    return chosen.astype(bool)


def _ordered(checklist: Checklist, done: set[str]) -> tuple[Step, ...]:
    """The actions, lower levels first and cheap ones before dear ones, each after what it presupposes."""
    found = {
        statement.id: (dimension.id, statement)
        for dimension in checklist.dimensions
        for statement in dimension.statements
        if statement.id in done and statement.advice and statement.advice.days
    }
    needs = {
        name: {needed for needed in one.advice.needs if needed in found} if one.advice else set()
        for name, (_, one) in found.items()
    }
    place = {name: number for number, name in enumerate(found)}
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    ready: list[str] = []
    steps: list[Step] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        ready.sort(key=lambda name: (found[name][1].level, _effort(found[name][1]), place[name]))
        name = ready.pop(0)
        dimension, one = found[name]
        if one.advice is not None:
            steps.append(
                Step(
                    statement=name, dimension=dimension, level=one.level, action=one.advice.action,
                    days=_effort(one), kpi=one.advice.kpi,
                    needs=tuple(sorted(needs[name], key=place.__getitem__)),
                )
            )  # fmt: skip
        sorter.done(name)
    return tuple(steps)


def _effort(statement: Statement) -> float:
    return (statement.advice.days if statement.advice else None) or 0.0
