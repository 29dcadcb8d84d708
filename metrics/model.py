"""What a KPI is: one entry of one TOML file, checked when it is loaded."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from sqlglot import exp

from core.catalog import Catalog, load_catalog
from core.errors import did_you_mean
from core.text import Text
from metrics.expressions import parse
from metrics.facts import Fact, facts
from metrics.result import Direction, Unit

CATALOG = Path(__file__).with_name("catalog")

Kind = Literal["ratio", "mean", "sum", "median", "distinct", "survival"]

LONGEST_HORIZON = 3_660  # days
_FOLLOWING = ("end", "competing", "horizon_days", "quantile")
_HUNDREDFOLD: frozenset[Unit] = frozenset({"percent", "points"})


class Kpi(BaseModel):
    """A KPI definition.

    ratio: `numerator` / `denominator` (aggregates). mean, median, sum, distinct: `value` (one per row).
    `where` narrows the rows of all of them. `of` names the fact; a ratio's denominator may come from another
    one (`denominator_of`).
    survival: of the rows of a fact that can be followed, the share that came to its `end` by `horizon_days`,
    or with a `quantile` the days until that share had; both are days since the row's date, from columns that
    the fact `follows`. What came to the `competing` end before never comes to its own; rows that are still
    open count for as long as they were seen (metrics.survival). Its months are mature a horizon later.
    `n` counts the cases behind the figure; by default the rows with a value, what the denominator counts, or
    what began. `per = "phase"` makes one figure for each phase. `phase` is where it is shown.
    `settles`: how long after a month its rows still change (until the window, until the phase's patience is
    over), so that signals and comparisons wait for it. `tested = false`: no signals at all, because older
    rows have had more time than younger ones and no wait makes that good.
    `warm_up_days`: months that begin within so many days of the first data stay out of the chart, because
    whoever came before the data began looks new in them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    per: Literal["phase"] | None = None
    phase: str | None = None
    kind: Kind
    of: str
    denominator_of: str | None = None
    numerator: Annotated[str | None, Field(validate_default=True)] = None
    denominator: Annotated[str | None, Field(validate_default=True)] = None
    value: Annotated[str | None, Field(validate_default=True)] = None
    end: Annotated[str | None, Field(validate_default=True)] = None
    competing: str | None = None
    horizon_days: Annotated[int | None, Field(ge=1, le=LONGEST_HORIZON, validate_default=True)] = None
    quantile: Annotated[float | None, Field(gt=0, lt=1)] = None
    where: str | None = None
    n: str | None = None
    unit: Unit
    direction: Direction
    minimum_n: Annotated[int, Field(ge=0)] = 5
    seasonal: bool = False
    settles: Literal["window", "patience"] | None = None
    tested: bool = True
    warm_up_days: Annotated[int, Field(ge=0)] = 0
    needs: tuple[str, ...] = ()
    name: Text
    question: Text
    how: Text
    pitfalls: Text | None = None

    @field_validator("phase")
    @classmethod
    def _stands_once(cls, phase: str | None, info: ValidationInfo) -> str | None:
        if phase is not None and info.data.get("per") == "phase":
            raise ValueError("a definition that stands for every phase names none")
        return phase

    @field_validator("of", "denominator_of")
    @classmethod
    def _fact_is_known(cls, fact: str | None, info: ValidationInfo) -> str | None:
        if fact is None:
            return None
        if fact not in facts():
            close = did_you_mean(fact, list(facts()))
            raise ValueError(
                f"unknown fact “{fact}”"
                + (f"; did you mean “{close}”?" if close else f"; known are: {', '.join(facts())}")
            )
        if info.field_name == "denominator_of" and info.data.get("kind") != "ratio":
            raise ValueError("only a ratio has a denominator")
        if info.data.get("per") == "phase" and "phase" not in facts()[fact].columns:
            raise ValueError(f"“{fact}” has no phase, so it cannot stand for every phase")
        if info.data.get("kind") == "survival" and not facts()[fact].follows:
            followed = ", ".join(name for name, each in facts().items() if each.follows)
            raise ValueError(f"the rows of “{fact}” cannot be followed; those of these can: {followed}")
        return fact

    @field_validator("numerator", "denominator", "value")
    @classmethod
    def _fits_the_kind(cls, text: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("kind")
        wanted = kind != "survival" and (info.field_name == "value") != (kind == "ratio")
        if kind is not None and wanted != (text is not None):
            raise ValueError(f"a {kind} {'needs a' if wanted else 'has no'} {info.field_name}")
        return text

    @field_validator(*_FOLLOWING)
    @classmethod
    def _is_followed(cls, given: object, info: ValidationInfo) -> object:
        kind, name = info.data.get("kind"), info.field_name
        if kind == "survival" and given is None and name in ("end", "horizon_days"):
            raise ValueError(f"a survival needs {'an end' if name == 'end' else 'horizon_days'}")
        if kind not in ("survival", None) and given is not None:
            raise ValueError(f"only a survival has {name}")
        return given

    @field_validator("n", "settles")
    @classmethod
    def _follows_from_the_horizon(cls, given: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("kind") == "survival" and given is not None:
            raise ValueError("a survival counts its starts and waits for its horizon by itself")
        return given

    @field_validator("unit")
    @classmethod
    def _unit_of_a_survival(cls, unit: Unit, info: ValidationInfo) -> Unit:
        wanted = "days" if info.data.get("quantile") is not None else "percent"
        if info.data.get("kind") == "survival" and unit != wanted:
            raise ValueError(
                f"a survival {'with' if wanted == 'days' else 'without'} a quantile is in {wanted}"
            )
        return unit

    @field_validator("numerator", "denominator", "value", "end", "competing", "where", "n")
    @classmethod
    def _expression_reads(cls, text: str | None, info: ValidationInfo) -> str | None:
        if text is not None and "of" in info.data:
            _tree(str(info.field_name), text, info.data["of"], info.data.get("denominator_of"))
        return text

    def __hash__(self) -> int:
        """By its name alone: definitions are looked up many times for each figure."""
        return hash(self.id)

    @property
    def fact(self) -> Fact:
        return facts()[self.of]

    @property
    def denominator_fact(self) -> Fact:
        return facts()[self.denominator_of or self.of]

    @property
    def used_facts(self) -> tuple[Fact, ...]:
        same = self.fact.id == self.denominator_fact.id
        return (self.fact,) if same else (self.fact, self.denominator_fact)

    @property
    def scale(self) -> float:
        """What the ratio is multiplied by: per cent and points are hundredths."""
        return 100.0 if self.unit in _HUNDREDFOLD else 1.0

    @cached_property
    def trees(self) -> dict[str, exp.Expr]:
        """The parsed expressions by field name."""
        names = ("numerator", "denominator", "value", "end", "competing", "where", "n")
        texts = {name: getattr(self, name) for name in names}
        return {
            name: _tree(name, text, self.of, self.denominator_of)
            for name, text in texts.items()
            if text is not None
        }

    @cached_property
    def version(self) -> str:
        """Changes whenever the way of counting changes (the wording may change freely)."""
        wording = {"name", "question", "how", "pitfalls", "phase", "needs"}
        # What only a survival has says nothing about other kinds: their versions came before it.
        elsewhere, plain = (
            (set(), {"about"}) if self.kind == "survival" else ({*_FOLLOWING}, {"about", "follows"})
        )
        parts = [
            self.model_dump_json(exclude=wording | elsewhere),
            *(fact.model_dump_json(exclude=plain) for fact in self.used_facts),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _tree(field: str, text: str, of: str, denominator_of: str | None) -> exp.Expr:
    """An expression of a definition over the columns of the fact it is about; `where` is about both."""
    below = facts()[denominator_of or of]
    known = set(below.columns) if field in ("denominator", "n") else set(facts()[of].columns)
    if field in ("end", "competing"):
        known = set(facts()[of].follows)
    if field == "where":
        known &= set(below.columns)
    return parse(text, known, aggregate=field in ("numerator", "denominator", "n"))


def load_kpis(own: Path | None = None) -> Catalog[Kpi]:
    """The shipped KPIs and a workspace's own beside them; a broken entry becomes a fault, the rest stays."""
    return load_catalog(Kpi, [CATALOG, *([own] if own else [])])
