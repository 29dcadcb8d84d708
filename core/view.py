"""A view: what a person has chosen to look at. Links, pages and the command line share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import UsageFault
from core.text import Text


@dataclass(frozen=True, kw_only=True)
class View:
    """Journey model, period, breakdown and filters.

    `period` is the text form of core.period (None: the latest whole month); it is resolved against the data
    end when the view is evaluated. `where` maps a dimension (a column of contacts) to its accepted values.
    """

    model: str = "seven_phase"
    period: str | None = None
    by: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def key(self) -> tuple[object, ...]:
        """A hashable form, for caches."""
        return (self.model, self.period, self.by, tuple(sorted((k, tuple(v)) for k, v in self.where.items())))


def parse_where(conditions: list[str]) -> dict[str, tuple[str, ...]]:
    """`["channel=Messe", "channel=Web", "segment=B2B"]` as a filter; several values of one dimension mean or.

    Raises UsageFault where a condition has no `=`.
    """
    found: dict[str, list[str]] = {}
    for condition in conditions:
        name, sign, value = condition.partition("=")
        if not sign or not name.strip():
            raise UsageFault(
                Text(
                    de="Der Filter „{text}“ hat nicht die Form Merkmal=Wert, etwa channel=Messe.",
                    en="The filter “{text}” is not of the form dimension=value, such as channel=Messe.",
                ).fill(text=condition)
            )
        found.setdefault(name.strip(), []).append(value.strip())
    return {name: tuple(values) for name, values in found.items()}
