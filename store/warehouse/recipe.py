"""What a build of the derived tables depends on: models, settings, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.catalog import Catalog
from core.errors import CatalogFault, UsageFault
from core.settings import Settings
from core.text import Text
from journeys.coarsening import parts_by_phase
from journeys.model import JourneyModel
from store.warehouse.manifest import Source, fingerprint

BUILD = 2
"""Raised when the build itself changes, so that snapshots of an older one are built anew."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The journey models a build uses: the base model and those of the catalog that coarsen it."""

    base: JourneyModel
    coarser: tuple[JourneyModel, ...]
    settings: Settings

    @classmethod
    def of(cls, models: Catalog[JourneyModel], settings: Settings) -> Recipe:
        """UsageFault where the settings name a base model that is not there.

        A model that does not fit the base model is left out, so that a broken one breaks nothing else.
        """
        if settings.base_model not in models.entries:
            raise UsageFault(
                Text(
                    de="Das Journey-Modell „{model}“ aus den Einstellungen gibt es nicht.",
                    en="There is no journey model “{model}”, which the settings name.",
                ).fill(model=settings.base_model)
            )
        found = models[settings.base_model]
        base = found.model_copy(
            update={
                "coarsens": None,
                "phases": tuple(phase.model_copy(update={"merges": ()}) for phase in found.phases),
            }
        )
        coarser = tuple(model for model in models.entries.values() if _fits(model, base))
        return cls(base=base, coarser=coarser, settings=settings)

    @property
    def models(self) -> tuple[JourneyModel, ...]:
        return (self.base, *self.coarser)

    @property
    def fingerprint(self) -> str:
        """Stands for everything but the sources that a build depends on."""
        return fingerprint(
            BUILD,
            *(model.model_dump_json() for model in self.models),
            self.settings.model_dump_json(include={"patience", "price_tiers"}),
        )


def _fits(model: JourneyModel, base: JourneyModel) -> bool:
    if model.coarsens != base.id:
        return False
    try:
        parts_by_phase(model, base)
    except CatalogFault:
        return False
    return True


_OF_SOURCE = {"table", "data_end", "touchpoints", "parts", "dimensions"}


def same_inputs(sources: Mapping[str, Source], others: Mapping[str, Source]) -> bool:
    """Whether two sets of sources make the same derived tables."""
    ours, theirs = (
        {name: source.model_dump(include=_OF_SOURCE) for name, source in some.items()}
        for some in (sources, others)
    )
    return ours == theirs
