"""What a journey model is: its phases in order, what completes them, how long silence is borne."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.catalog import Catalog, Fault, load_catalog
from core.contract import Event
from core.text import Text
from journeys.coarsening import Misfit, parts_by_phase

CATALOG = Path(__file__).with_name("catalog")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MustDo(_Frozen):
    """A step that must not be missing, and the sign in the data that shows it was done."""

    step: Text
    sign: Text
    event: Event | None = None


class Phase(_Frozen):
    """One phase of the journey.

    `patience_days` is how long silence is borne before a visit counts as lost; None: silence is no loss.
    `before_purchase` phases can start a new cycle after an order. `plain` says the name in everyday words.
    `completes` are the events that reach the phase's goal. `headline` and `kpis` are KPI ids.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    plain: Text
    situation: Text
    goal: Text
    measures: tuple[Text, ...] = ()
    must_do: tuple[MustDo, ...] = ()
    completes: tuple[Event, ...] = ()
    patience_days: Annotated[int, Field(gt=0)] | None = None
    before_purchase: bool = False
    after_purchase: bool = False
    headline: str
    kpis: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_side_of_the_purchase(self) -> Self:
        if self.before_purchase and self.after_purchase:
            raise ValueError("a phase lies before the purchase or after it, not both")
        if self.after_purchase and self.patience_days is not None:
            raise ValueError("after the purchase silence is no loss: a phase there has no patience")
        return self


class JourneyModel(_Frozen):
    """Phases in order. A coarsening names the model it is `coarsens`; its phases say what they merge.

    A coarser phase may merge a base phase whole (`"awareness"`), or a base phase's contacts of given events
    only (`"loyalty:won+offer"`), so that one base phase can be split over two coarser ones; a plain name
    takes whatever the qualified ones leave.
    """

    id: str
    name: Text
    about: Text
    coarsens: str | None = None
    phases: tuple[Phase, ...]

    @model_validator(mode="after")
    def _phases_are_distinct(self) -> Self:
        ids = [phase.id for phase in self.phases]
        if len(set(ids)) != len(ids):
            raise ValueError("two phases have the same id")
        sides = [phase.after_purchase - phase.before_purchase for phase in self.phases]
        if sides != sorted(sides):
            raise ValueError("the phases before the purchase come first, those after it last")
        if bool(self.coarsens) != any(phase.merges for phase in self.phases):
            raise ValueError("a coarsening names the model it coarsens and what each phase merges")
        return self

    def phase(self, phase_id: str) -> Phase:
        return next(phase for phase in self.phases if phase.id == phase_id)

    @property
    def phase_ids(self) -> tuple[str, ...]:
        return tuple(phase.id for phase in self.phases)


def load_models(extra: Path | None = None) -> Catalog[JourneyModel]:
    """The shipped models, and a workspace's own beside them.

    A coarsening that does not fit the model it coarsens is a fault like any other broken entry.
    """
    found = load_catalog(JourneyModel, [CATALOG, *([extra] if extra else [])])
    faults: dict[str, Fault] = {}
    for name, model in found.entries.items():
        try:
            parts_by_phase(model, found.entries.get(model.coarsens or name, model))
        except Misfit as misfit:
            faults[name] = Fault(
                file=found.origins[name], entry=name, field=misfit.field, reason=misfit.reason.en
            )
    entries = {name: model for name, model in found.entries.items() if name not in faults}
    return Catalog(entries=entries, faults=(*found.faults, *faults.values()), origins=found.origins)
