"""Whatever is measured, a comparison answers: with figures that hang together, or with what is missing."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import Text
from exports.json_text import json_text
from proof.designs import METHODS, compare
from proof.effect import Effect
from proof.figures import figures
from proof.grading import appearance, grade, verdict
from proof.measured import Measured, measured
from proof.options import Options
from proof.project import Kind
from proof.window import Window
from proof.words import wording

START = dt.date(2020, 1, 1)


@st.composite
def tables(draw: st.DrawFn) -> Measured:
    """Few or many periods, one unit or several, with and without control, constants, zeros and gaps."""
    kind: Kind = draw(st.sampled_from(["mean", "rate", "count", "median"]))
    periods = draw(st.sampled_from([2, 3, 7, 14, 40]))
    units = draw(st.sampled_from([1, 2, 3, 7]))
    treated_units = draw(st.integers(1, units))
    named = draw(st.booleans())
    step = draw(st.sampled_from(["MS", "QS", "YS", "W-MON", "D"]))
    spread = draw(st.sampled_from([0.0, 1e-9, 1.0, 1e6]))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    days = pd.date_range(START, periods=periods, freq=step)
    rows = pd.DataFrame(
        [
            {"period": day, "unit": f"u{unit}" if named else "", "treated": unit < treated_units}
            for unit in range(units)
            for day in days
        ]
    )
    rows["value"] = np.abs(random.normal(10, 1, len(rows)) * spread)
    if kind == "rate":
        rows["denominator"] = random.integers(1, 30, len(rows))
        rows["numerator"] = random.binomial(rows["denominator"], draw(st.sampled_from([0.0, 0.3, 1.0])))
    if kind == "count":
        rows["numerator"] = random.poisson(draw(st.sampled_from([0.0, 0.5, 20.0])), len(rows))
        if draw(st.booleans()):
            rows["exposure"] = random.uniform(1, 3, len(rows))
    gaps = draw(st.sampled_from([0.0, 0.2]))
    rows = rows[random.random(len(rows)) >= gaps]
    if rows.empty:
        rows = pd.DataFrame([{"period": days[0], "unit": "", "treated": True, "value": 1.0}])
        kind = "mean"
    live = days[draw(st.integers(0, periods - 1))].date()
    baseline = None
    if draw(st.booleans()):
        baseline = Window(first=live - dt.timedelta(days=120), last=live - dt.timedelta(days=1))
    return measured(
        rows, kpi="kpi", go_live=live, kind=kind, better=draw(st.sampled_from(["higher", "lower"])),
        unit_name=draw(st.sampled_from(["percent", "days", "eur", "", "Packungen"])), baseline=baseline,
    )  # fmt: skip


def hangs_together(effect: Effect) -> None:
    if effect.refused is not None:
        assert effect.estimate is None
        assert verdict(effect) == "too_few"
        assert grade(effect).grade == "X"
        return
    assert effect.estimate is not None
    assert effect.low is not None
    assert effect.high is not None
    assert effect.p is not None
    size = max(abs(effect.estimate), 1e-9)
    assert effect.low <= effect.estimate + 1e-6 * size
    assert effect.estimate <= effect.high + 1e-6 * size
    assert 0 <= effect.p <= 1
    assert effect.after is not None
    assert effect.expected is not None
    assert math.isclose(effect.after - effect.expected, effect.estimate, rel_tol=1e-6, abs_tol=1e-6)
    if verdict(effect) in ("improved", "worsened"):
        assert not effect.low <= 0 <= effect.high
        assert grade(effect).grade != "X"
        assert verdict(effect) == appearance(effect)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=tables(), log=st.booleans(), level_only=st.booleans())
def test_every_design_answers_or_says_what_is_missing(found: Measured, log: bool, level_only: bool) -> None:
    options = Options(log=log, level_only=level_only)
    for method in METHODS.values():
        effect = method(found, options)
        hangs_together(effect)
        json_text(effect)
        words = wording(effect, verdict(effect), grade(effect), Text(de="Kennzahl", en="KPI"))
        assert words.title.de
        if figures(effect) is not None and grade(effect).grade == "X":
            assert "verbessert" not in words.sentence.de


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=tables())
def test_the_chosen_design_is_never_worse_than_another(found: Measured) -> None:
    chosen = compare(found).chosen
    order = "ABCX"
    others = [grade(method(found, Options())).grade for method in METHODS.values()]
    assert order.index(grade(chosen).grade) == min(order.index(each) for each in others)


@pytest.mark.parametrize("kind", ["mean", "rate", "count", "median"])
def test_a_constant_shows_no_effect(kind: Kind) -> None:
    days = pd.date_range(START, periods=48, freq="MS")
    rows = pd.DataFrame({"period": days, "value": 5.0, "numerator": 10.0, "denominator": 40.0})
    found = measured(rows, kpi="kpi", go_live=dt.date(2023, 1, 1), kind=kind)
    for method in METHODS.values():
        assert verdict(method(found, Options())) in ("no_effect", "too_few")
