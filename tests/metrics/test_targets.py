"""Targets: which plan a figure is measured against."""

from __future__ import annotations

import pytest

from core.period import Month, Period
from metrics.model import load_kpis
from metrics.targets import Plan, target


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
