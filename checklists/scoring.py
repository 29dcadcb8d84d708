"""From answers to values, levels and scores. Pure: the rules of the design, chapter "Maturity"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isclose
from typing import Literal

from checklists.model import Checklist, Dimension, Levels, Statement, Tier

Answer = float | Literal["not_applicable", "dont_know"]
"""What somebody answered: the value of a step of the scale, or that they cannot say."""

TOP = 5.0
"""The continuous level of a dimension all of whose statements hold throughout."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """A team's value of one statement, 0 to 1; None: it does not apply to this team.

    `answered` counts coverages, `dont_know` those who could not tell (they count 0), `not_applicable` those
    who said it does not apply, `silent` respondents who gave no answer. `unanswered`: nobody said anything;
    it counts 0 and is reported.
    """

    statement: str
    value: float | None
    answered: int = 0
    dont_know: int = 0
    not_applicable: int = 0
    silent: int = 0

    @property
    def unanswered(self) -> bool:
        return not (self.answered or self.dont_know or self.not_applicable)


@dataclass(frozen=True, kw_only=True)
class DimensionScore:
    """A dimension's levels: `continuous` 0 to 5, `gated` the highest level that holds with all below it.

    None where no statement of the dimension applies. `missing` says what holds the next level back.
    """

    dimension: str
    continuous: float | None
    gated: int | None
    applicable: int
    unanswered: int
    not_applicable: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Score:
    """What answers come to: `dimensions` under the rule of levels; `tiers` under a rule of tiers, by group
    and its key (dimension id, area name, "dimension/level", "all")."""

    values: dict[str, Value]
    dimensions: tuple[DimensionScore, ...] = ()
    tiers: tuple[tuple[Tier, dict[str, float]], ...] = ()

    @property
    def overall(self) -> float | None:
        """The mean continuous level of the dimensions, or what the last tier says of the whole."""
        if self.tiers:
            return self.tiers[-1][1].get("all")
        known = [found.continuous for found in self.dimensions if found.continuous is not None]
        return fsum(known) / len(known) if known else None


def team_value(statement: str, answers: Sequence[Answer], silent: int = 0) -> Value:
    """The mean of the coverages: "don't know" counts 0; "not applicable" leaves, and takes the statement with
    it where more than half chose it; no answer at all counts 0."""
    unknown = sum(answer == "dont_know" for answer in answers)
    leaving = sum(answer == "not_applicable" for answer in answers)
    covered = [answer for answer in answers if isinstance(answer, int | float)]
    counted = len(covered) + unknown
    value: float | None = fsum(covered) / counted if counted else 0.0
    if answers and 2 * leaving > len(answers):
        value = None
    return Value(
        statement=statement, value=value, answered=len(covered), dont_know=unknown,
        not_applicable=leaving, silent=silent,
    )  # fmt: skip


def team_values(checklist: Checklist, answers: Mapping[str, Mapping[str, Answer]]) -> dict[str, Value]:
    """The value of every statement from the answers by respondent and statement."""
    found: dict[str, Value] = {}
    for statement in checklist.statements:
        given = [own[statement.id] for own in answers.values() if statement.id in own]
        found[statement.id] = team_value(statement.id, given, silent=len(answers) - len(given))
    return found


def score(checklist: Checklist, values: Mapping[str, Value]) -> Score:
    """Levels or tiers, as the checklist's rule says. Every statement needs its value."""
    rule = checklist.rule
    if isinstance(rule, Levels):
        found = tuple(_dimension_score(one, values, rule.threshold) for one in checklist.dimensions)
        return Score(values=dict(values), dimensions=found)
    return Score(values=dict(values), tiers=tuple(_tiers(checklist, values, rule.tiers)))


def level_holds(dimension: Dimension, level: int, values: Mapping[str, Value], threshold: float) -> bool:
    """Whether a level's mean value reaches the threshold. A level without a statement that applies passes."""
    known = _applicable([one for one in dimension.statements if one.level == level], values)
    mean = fsum(known) / len(known) if known else 1.0
    # A mean of steps such as 0.5 and 1 must not miss 0.75 by rounding.
    return mean >= threshold or isclose(mean, threshold)


def _dimension_score(dimension: Dimension, values: Mapping[str, Value], threshold: float) -> DimensionScore:
    applying = [one for one in dimension.statements if values[one.id].value is not None]
    weights = fsum(one.level for one in applying)
    reached = fsum(one.level * (values[one.id].value or 0.0) for one in applying)
    gated, missing = 0, tuple[str, ...]()
    for level in range(1, max(dimension.levels) + 1):
        if not level_holds(dimension, level, values, threshold):
            missing = tuple(
                one.id for one in applying if one.level == level and (values[one.id].value or 0.0) < 1
            )
            break
        gated = level
    return DimensionScore(
        dimension=dimension.id,
        continuous=TOP * reached / weights if weights else None,
        gated=gated if applying else None,
        applicable=len(applying),
        unanswered=sum(values[one.id].unanswered for one in dimension.statements),
        not_applicable=len(dimension.statements) - len(applying),
        missing=missing,
    )


def _applicable(statements: Sequence[Statement], values: Mapping[str, Value]) -> list[float]:
    return [value for one in statements if (value := values[one.id].value) is not None]


def _tiers(
    checklist: Checklist, values: Mapping[str, Value], tiers: Sequence[Tier]
) -> list[tuple[Tier, dict[str, float]]]:
    """Each tier over the one below it; statements that do not apply are in none."""
    # Where a score belongs: its dimension, area and level; None once it has been summed up over that.
    standing = [
        (dimension.id, dimension.area or "", statement.level, value)
        for dimension in checklist.dimensions
        for statement in dimension.statements
        if (value := values[statement.id].value) is not None
    ]
    found: list[tuple[Tier, dict[str, float]]] = []
    for tier in tiers:
        groups: dict[tuple[str, str, int], list[float]] = {}
        for dimension, area, level, value in standing:
            key = {
                "level": (dimension, area, level),
                "dimension": (dimension, area, 0),
                "area": ("", area, 0),
                "all": ("", "", 0),
            }[tier.by]
            groups.setdefault(key, []).append(value)
        standing = [
            (*where, fsum(members) / (len(members) if tier.take == "mean" else 1))
            for where, members in groups.items()
        ]
        found.append(
            (tier, {_named(tier, name, area, level): value for name, area, level, value in standing})
        )
    return found


def _named(tier: Tier, dimension: str, area: str, level: int) -> str:
    match tier.by:
        case "level":
            return f"{dimension}/{level}"
        case "dimension":
            return dimension
        case "area":
            return area
        case "all":
            return "all"
