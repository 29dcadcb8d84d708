"""What a checklist is: dimensions with statements on levels, an answer scale, a rule that makes the score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.text import Text

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Op = Literal["<=", ">=", "<", ">"]
TierBy = Literal["level", "dimension", "area", "all"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Frozen):
    """One step of an answer scale: what it is called and what it counts, 0 to 1."""

    value: Annotated[float, Field(ge=0, le=1)]
    name: Text


class Check(_Frozen):
    """What the data should show where the statement holds: the KPI compared with a value in its unit."""

    kpi: str
    op: Op
    value: float

    def holds(self, measured: float) -> bool:
        match self.op:
            case "<=":
                return measured <= self.value
            case ">=":
                return measured >= self.value
            case "<":
                return measured < self.value
            case ">":
                return measured > self.value


class Advice(_Frozen):
    """What to do where a statement does not hold: days of work, statements that must hold first, the KPI that
    should move. Without `days` no plan can be made."""

    action: Text
    days: Annotated[float, Field(gt=0)] | None = None
    needs: tuple[Id, ...] = ()
    kpi: str | None = None


class Statement(_Frozen):
    """One thing that a team can check.

    `criteria` say what each step of the scale means here, in the scale's order. `weight` multiplies its part
    in the agenda and nothing else. `choices` replaces the catalog's scale for this statement.
    """

    id: Id
    level: Annotated[int, Field(ge=1)] = 1
    statement: Text
    why: Text | None = None
    criteria: tuple[Text, ...] = ()
    evidence: Text | None = None
    advice: Advice | None = None
    check: Check | None = None
    weight: Annotated[float, Field(gt=0)] = 1.0
    choices: tuple[Choice, ...] = ()


class Dimension(_Frozen):
    """A screen of the checklist and a line of its profile. `phase` is the journey phase it is about, if it is
    about one; `area` the larger part it belongs to."""

    id: Id
    name: Text
    about: Text | None = None
    phase: str | None = None
    area: str | None = None
    statements: tuple[Statement, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(sorted({statement.level for statement in self.statements}))


class Levels(_Frozen):
    """The rule of a maturity checklist: levels, each of which must hold before the next counts."""

    kind: Literal["levels"] = "levels"
    threshold: Annotated[float, Field(gt=0, le=1)] = 0.75


class Tier(_Frozen):
    """One step of summing up: by which group, and whether its members are averaged or added."""

    by: TierBy
    take: Literal["mean", "sum"]


class Tiers(_Frozen):
    """A rule that sums answers up in tiers, from the smallest group to the whole."""

    kind: Literal["tiers"]
    tiers: tuple[Tier, ...]

    @model_validator(mode="after")
    def _from_small_to_large(self) -> Self:
        order: tuple[TierBy, ...] = ("level", "dimension", "area", "all")
        places = [order.index(tier.by) for tier in self.tiers]
        if not places or places != sorted(set(places)):
            raise ValueError("tiers go from level over dimension and area to all, each at most once")
        return self


class Checklist(_Frozen):
    """A catalog of statements with its scale and score rule. `version` is frozen with every round."""

    id: str
    version: str = "1"
    name: Text
    about: Text
    rule: Annotated[Levels | Tiers, Field(discriminator="kind")] = Levels()
    scale: tuple[Choice, ...] = ()
    dimensions: tuple[Dimension, ...]

    @property
    def statements(self) -> Iterator[Statement]:
        for dimension in self.dimensions:
            yield from dimension.statements

    def choices(self, statement: Statement) -> tuple[Choice, ...]:
        """The steps that a statement is answered with, from none to all."""
        return statement.choices or self.scale

    def statement(self, statement_id: str) -> Statement:
        """Raises KeyError for an id that the checklist does not have."""
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise KeyError(statement_id)

    @model_validator(mode="after")
    def _statements_are_whole(self) -> Self:
        if not any(self.statements):
            raise ValueError("a checklist has at least one statement")
        counted = Counter(statement.id for statement in self.statements)
        counted.update(f"dimension {dimension.id}" for dimension in self.dimensions)
        if doubled := [name for name, times in counted.items() if times > 1]:
            raise ValueError(f"defined twice: {', '.join(doubled)}")
        for statement in self.statements:
            choices = self.choices(statement)
            values = [choice.value for choice in choices]
            if len(values) < 2 or values != sorted(set(values)):
                raise ValueError(f"{statement.id}: a scale has two or more steps with rising values")
            if statement.criteria and len(statement.criteria) != len(choices):
                raise ValueError(f"{statement.id}: {len(choices)} steps need {len(choices)} criteria")
        return self

    @model_validator(mode="after")
    def _advice_can_be_followed(self) -> Self:
        known = {statement.id for statement in self.statements}
        needs = {
            statement.id: set(statement.advice.needs if statement.advice else ())
            for statement in self.statements
        }
        for statement_id, wanted in needs.items():
            if unknown := sorted(wanted - known):
                raise ValueError(f"{statement_id}: presupposes {', '.join(unknown)}, which is no statement")
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            raise ValueError(f"statements presuppose each other: {' -> '.join(error.args[1])}") from None
        return self
