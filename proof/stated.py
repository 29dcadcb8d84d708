"""Two figures by a customer's word: no n, no spread, nothing to compute."""

from __future__ import annotations

from core.text import Text
from proof.effect import Check, Effect
from proof.project import Better, Kind


def stated(
    kpi: str, before: float, after: float, *, unit_name: str, better: Better, kind: Kind = "mean"
) -> Effect:
    """An effect without interval: its verdict is too few, its grade X; its words are the customer's alone."""
    return Effect(
        design="plain", kpi=kpi, kind=kind, better=better, unit_name=unit_name, estimate=after - before,
        before=before, after=after, expected=before,
        relative=(after - before) / before if before else None,
        checks=(
            Check(
                name="history",
                passed=None,
                text=Text(
                    de="Bekannt sind nur zwei Werte nach Angabe des Kunden; zu prüfen ist daran nichts.",
                    en="Only two figures are known, by the customer's word; nothing can be tested.",
                ),
            ),
        ),
        method=Text(de="Angabe des Kunden", en="the customer's word"),
    )  # fmt: skip
