"""What a comparison rests on, without anybody's id: values by period and group, and the frozen baseline."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from proof.project import ProjectKpi
from proof.window import Grain, Window

Group = Literal["treated", "control"]
SMALLEST_CELL = 10
"""A cell that rests on fewer cases is left out: it could tell of single people."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceRow(_Frozen):
    """One period of one group. `value` in the KPI's unit; `n` cases, None where the source sums up without
    saying over how many."""

    period: dt.date
    group: Group
    value: float
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None


class EvidenceTable(_Frozen):
    """Rows by period and group; `suppressed` counts the cells left out for fewer than ten cases."""

    grain: Grain
    rows: tuple[EvidenceRow, ...]
    suppressed: int = 0

    def inside(self, window: Window) -> EvidenceTable:
        """The rows whose whole period lies in the window."""
        rows = tuple(row for row in self.rows if window.holds(row.period, self.grain))
        return self.model_copy(update={"rows": rows})


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One measured value, still with its unit: what an evidence table is made of.

    `cases`: over how many cases it was formed (a denominator, an exposure); None where nothing says so.
    `single`: the value is one observation among several of its cell, not a sum or mean made elsewhere.
    """

    period: dt.date
    group: Group
    value: float
    numerator: float | None = None
    denominator: float | None = None
    cases: float | None = None
    single: bool = False


def table(
    observations: Iterable[Observation],
    grain: Grain,
    *,
    adds_up: bool = False,
    scale: float = 1.0,
    smallest: int = SMALLEST_CELL,
) -> EvidenceTable:
    """One row a period and group, in order. Numerators and denominators add up (value = quotient x `scale`);
    else the value is the mean weighted by cases, or (`adds_up`) the sum.

    A cell's cases are those its values name, else the number of single observations in it.
    """
    cells: dict[tuple[dt.date, Group], list[Observation]] = {}
    for each in observations:
        cells.setdefault((each.period, each.group), []).append(each)
    rows, suppressed = [], 0
    for (period, group), found in sorted(cells.items()):
        n = _cases(found)
        if n is not None and n < smallest:
            suppressed += 1
            continue
        rows.append(_row(period, group, found, n, adds_up=adds_up, scale=scale))
    return EvidenceTable(grain=grain, rows=tuple(rows), suppressed=suppressed)


def _cases(found: Sequence[Observation]) -> int | None:
    named = [each.cases for each in found if each.cases is not None]
    if len(named) == len(found):
        return int(sum(named))
    return len(found) if len(found) > 1 or any(each.single for each in found) else None


def _row(
    period: dt.date, group: Group, found: Sequence[Observation], n: int | None, *, adds_up: bool, scale: float
) -> EvidenceRow:
    above = _sum(each.numerator for each in found)
    below = _sum(each.denominator for each in found)
    if above is not None and below:
        value = above / below * scale
    elif adds_up:
        value = sum(each.value for each in found)
    else:
        weights = [each.cases or 1.0 if n is not None else 1.0 for each in found]
        value = sum(w * each.value for w, each in zip(weights, found, strict=True)) / sum(weights)
    return EvidenceRow(period=period, group=group, value=value, numerator=above, denominator=below, n=n)


def _sum(values: Iterable[float | None]) -> float | None:
    """None where a value is missing: half a sum is none."""
    listed = list(values)
    return None if any(value is None for value in listed) else sum(value or 0.0 for value in listed)


class Baseline(_Frozen):
    """A KPI's baseline as it was frozen: nothing that comes later moves it.

    `kpi` is the definition (filter included) and `kpi_version` that of the metric behind it, "" for measured
    values. `before` and `before_control` are the figures of the whole window.
    """

    project: str
    kpi: ProjectKpi
    kpi_version: str
    window: Window
    snapshot: str
    evidence: EvidenceTable
    before: float | None
    before_control: float | None
    frozen_at: dt.datetime
    frozen_by: str
    retrospective: bool

    @property
    def digest(self) -> str:
        """SHA-256 over what was frozen; another digest means that something of it was altered."""
        said = json.loads(self.model_dump_json(exclude={"frozen_by"}))
        # A filter can hold a customer's id, which erasing takes out; it is no part of the digest.
        said["kpi"].pop("origin")
        said["kpi"]["name"] = ""
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def baseline_figure(evidence: EvidenceTable, group: Group, *, scale: float = 1.0) -> float | None:
    """The group's figure over all periods of an evidence table: quotient of sums, else the mean by cases."""
    rows = [row for row in evidence.rows if row.group == group]
    if not rows:
        return None
    above, below = _sum(row.numerator for row in rows), _sum(row.denominator for row in rows)
    if above is not None and below:
        return above / below * scale
    weights = [float(row.n or 1) if all(r.n for r in rows) else 1.0 for row in rows]
    return sum(w * row.value for w, row in zip(weights, rows, strict=True)) / sum(weights)
