"""Targets: which plan a figure is measured against."""

from __future__ import annotations

import pytest

from core.period import Month, Period
from metrics.model import load_kpis
from metrics.targets import Plan, doubts, target


@pytest.mark.parametrize(
    ("named", "fits"), [("win_rate", True), (" Erfolgsquote", True), ("win rate", True), ("Umsatz", False)]
)
def test_a_target_names_its_kpi_by_id_or_by_name(named: str, fits: bool) -> None:
    kpi = load_kpis().entries["win_rate"]
    month = Month(2025, 9)
    plans = [Plan(named, None, None, month, 30.0, "Vertrieb")]
    period = Period(month, month)
    found = target(kpi, 44.0, plans, phase=None, period=period, scope=None)
    assert (found is not None) == fits
    assert found is None or (found.value, found.met) == (30.0, True)


def test_a_target_without_a_kpi_and_a_fraction_for_per_cent_are_doubted_once_each() -> None:
    kpis = load_kpis().entries.values()
    plans = [
        Plan("win_rat", None, None, None, 30.0, ""),
        Plan("Erfolgsquote", None, None, Month(2025, 1), 0.3, ""),
        Plan("Erfolgsquote", None, None, Month(2025, 2), 0.3, ""),
        Plan("orders", None, None, None, 1.0, ""),
        Plan("win_rate", "preference", None, None, 30.0, ""),
    ]
    unknown, fraction = doubts(plans, kpis)
    assert unknown.de == (
        "Ein Ziel nennt die Kennzahl „win_rat“, die es nicht gibt: Es wird nirgends gezeigt. "
        "Meinten Sie „win_rate“?"
    )
    assert fraction.de.startswith("Das Ziel 0,3 für „Erfolgsquote“ gilt als 0,3 Prozent. Sind 30 Prozent")
    assert "“Win rate” counts as 0.3 per cent. If 30 per cent" in fraction.en
    assert doubts(plans[3:], kpis) == ()
