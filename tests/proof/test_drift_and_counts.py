"""What a drift that went on and autocorrelated counts must not be able to pass off as an effect."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from benchmarks.worlds import Course, alone, autoregressive, many
from proof.differences import differences
from proof.effect import Check, Effect
from proof.grading import grade, verdict
from proof.interrupted import interrupted
from proof.measured import Measured
from proof.options import Options

MONTHS, LIVE = 18, 12


def _check(effect: Effect, name: str) -> Check:
    return next(check for check in effect.checks if check.name == name)


def _units(*, planted: float, drift: float) -> dict[bool, np.ndarray]:
    """Eight treated and sixteen others; the treated move away by so much a month, and jump at go-live."""
    random = np.random.default_rng(11)
    time = np.arange(MONTHS)
    treated = random.normal(50, 0.7, (8, MONTHS)) + drift * time + planted * (time >= LIVE)
    return {True: treated, False: random.normal(48, 0.7, (16, MONTHS))}


def test_groups_that_drift_apart_slowly_show_no_effect() -> None:
    """Too little to fail the test of parallel trends, enough for an interval without zero."""
    found = differences(many(_units(planted=0.0, drift=0.055), LIVE))
    assert _check(found, "parallel").passed
    assert found.low is not None
    assert found.low > 0
    assert not _check(found, "drift").passed
    assert (verdict(found), grade(found).grade) == ("no_effect", "X")


def test_a_real_effect_stands_beside_each_units_own_line() -> None:
    values = _units(planted=2.0, drift=0.0)
    found = differences(many(values, LIVE))
    time = np.arange(MONTHS)
    x = np.column_stack([np.ones(MONTHS), time, time >= LIVE]).astype(float)
    jumps = {
        group: [np.linalg.lstsq(x, unit, rcond=None)[0][2] for unit in table]
        for group, table in values.items()
    }
    wanted = stats.ttest_ind(jumps[True], jumps[False], equal_var=False).pvalue
    assert _check(found, "drift").figure == pytest.approx(wanted)
    assert (verdict(found), grade(found).grade) == ("improved", "A")


def _counts(rho: float) -> Measured:
    random = np.random.default_rng(5)
    values = Course(slope=0.0, season=0.5, rho=0.0).months(60, random)
    return alone(values + 2 * autoregressive(60, rho, random), 36, kind="count", random=random)


def test_counts_that_hang_together_get_wider_intervals() -> None:
    found = interrupted(_counts(0.7))
    naive = interrupted(_counts(0.7), Options(autocorrelation="none"))
    wide, narrow = found.coefficient, naive.coefficient
    assert wide is not None
    assert wide.se is not None
    assert narrow is not None
    assert narrow.se is not None
    assert wide.se > 1.2 * narrow.se


def test_counts_that_do_not_are_modelled_as_published_studies_do() -> None:
    """Quasi-Poisson with an offset, by statsmodels."""
    measured = _counts(-0.5)
    rows, time = measured.rows, np.arange(60)
    late = time >= 36
    angle = 2 * np.pi * (rows["period"].dt.month.to_numpy() - 1) / 12
    season = [wave(pair * angle) for pair in (1, 2) for wave in (np.sin, np.cos)]
    x = np.column_stack([np.ones(60), time, late, *season]).astype(float)
    model = sm.GLM(rows["numerator"], x, family=sm.families.Poisson(), offset=np.log(rows["exposure"]))
    wanted = model.fit(scale="X2")
    found = interrupted(measured, Options(level_only=True)).coefficient
    assert found is not None
    assert found.value == pytest.approx(wanted.params.iloc[2], abs=1e-6)
    assert found.se == pytest.approx(wanted.bse.iloc[2], rel=1e-4)
