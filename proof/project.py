"""A project: what was done for whom, when it went live, what is compared, what was aimed at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.query import plain_name
from core.text import Text
from metrics.result import Unit
from proof.window import Window, apart

Status = Literal["planned", "running", "watching", "closed"]
"""planned: the baseline is still open. running: it is frozen. watching: live, the after window runs or has
run. closed: nothing more is expected."""

Shown = Literal["named", "anonymous", "internal"]
"""How the customer may be shown, as agreed when the project began; consent to a text comes on top."""

Better = Literal["higher", "lower"]
Kind = Literal["mean", "rate", "count", "median"]

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
_ID = re.compile(r"[0-9a-f]{32}")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FromMeasurements(_Frozen):
    """The values come from the table `measurements`, where the KPI is called `kpi`."""

    by: Literal["measurements"] = "measurements"
    kpi: str


class FromContacts(_Frozen):
    """The values are a KPI over contacts, month by month.

    `where` selects whom the project touched. `control`: a second filter for those it did not; `rest` takes
    everybody whose value of `where`'s only dimension is another one instead. `units`: a dimension whose
    values are followed one by one (teams, regions), where the KPI can be broken down by it.
    """

    by: Literal["contacts"] = "contacts"
    kpi: str
    phase: str | None = None
    where: Mapping[str, tuple[str, ...]] = {}
    control: Mapping[str, tuple[str, ...]] | None = None
    rest: bool = False
    units: str | None = None

    @model_validator(mode="after")
    def _one_control(self) -> Self:
        if self.rest and (self.control is not None or len(self.where) != 1):
            raise ValueError("rest needs a filter over one dimension and no control of its own")
        return self


class FromCustomer(_Frozen):
    """The values are the customer's word: two figures confirmed in writing, by whom, when and where."""

    by: Literal["customer"] = "customer"
    before: float
    after: float
    person: str
    role: str = ""
    on: dt.date
    document: str = ""


Origin = Annotated[FromMeasurements | FromContacts | FromCustomer, Field(discriminator="by")]


class ProjectKpi(_Frozen):
    """What is compared. `target` is the Soll for the after window, in `unit` (percent as 0 to 100)."""

    key: Key
    name: Text
    unit: Unit
    better: Better
    kind: Kind = "mean"
    target: float | None = None
    origin: Origin


class Project(_Frozen):
    """A project as people enter it; the first KPI is the one it is judged by.

    `key` is how files of measurements name the project (see `same_key`). `industry` and `size` are entries of
    proof/sectors.py. `retrospective`: the baseline was chosen after go-live. `version` goes back with a
    change; 0: not stored yet.
    """

    id: str = ""
    key: str = Field(min_length=1, max_length=100)
    name: Text
    customer: str = Field(min_length=1, max_length=3000)
    shown: Shown = "internal"
    industry: str
    size: str
    done: Text
    phases: tuple[str, ...] = ()
    go_live: dt.date
    baseline: Window
    after: Window
    kpis: tuple[ProjectKpi, ...] = Field(min_length=1)
    status: Status = "planned"
    retrospective: bool = False
    created_by: str = ""
    created_at: dt.datetime | None = None
    closed_on: dt.date | None = None
    sample: bool = False
    version: int = 0

    @model_validator(mode="after")
    def _kpis_differ(self) -> Self:
        keys = [kpi.key for kpi in self.kpis]
        if len(set(keys)) != len(keys):
            raise ValueError("two KPIs of a project have the same key")
        if self.id and not _ID.fullmatch(self.id):
            raise ValueError("an id is 32 hexadecimal digits")
        return self

    @property
    def first(self) -> ProjectKpi:
        return self.kpis[0]

    def kpi(self, key: str | None = None) -> ProjectKpi:
        """The KPI of that key, the first where none is named. KeyError for an unknown one."""
        if key is None:
            return self.first
        for each in self.kpis:
            if each.key == key:
                return each
        raise KeyError(key)

    def standing(self, today: dt.date) -> Status:
        """The status on a day: a running project is watched from its go-live on."""
        return "watching" if self.status == "running" and today >= self.go_live else self.status

    def closes_within(self, today: dt.date, days: int) -> bool:
        """Whether the after window ends within so many days from today on, the project still being open."""
        return self.status in ("running", "watching") and 0 <= (self.after.last - today).days <= days


def flaws(project: Project) -> list[Text]:
    """Why windows and go-live do not fit together; empty where they do."""
    found = apart(project.baseline, project.after)
    if project.baseline.last >= project.go_live:
        found.append(
            Text(
                de="Der Basiszeitraum endet am {last}; er muss vor dem Go-live am {live} enden.",
                en="The baseline ends on {last}; it must end before go-live on {live}.",
            ).fill(last=project.baseline.last, live=project.go_live)
        )
    if project.after.first < project.go_live:
        found.append(
            Text(
                de="Der Nachher-Zeitraum beginnt am {first}, also vor dem Go-live am {live}. Was vor dem "
                "Go-live liegt, kann seine Wirkung nicht zeigen.",
                en="The after window begins on {first}, before go-live on {live}. What lies before go-live "
                "cannot show its effect.",
            ).fill(first=project.after.first, live=project.go_live)
        )
    return found


def same_key(one: str, other: str) -> bool:
    """Whether a file means this project or KPI: case, blanks and punctuation do not matter."""
    return plain_name(one) == plain_name(other)
