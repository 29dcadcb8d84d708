"""The placebo guarantee in small: as benchmarks/placebo.py and coverage.py measure it on more projects."""

from __future__ import annotations

import pytest
from scipy import stats

from benchmarks import coverage, placebo

PROJECTS, DRAWS = 60, 80


@pytest.mark.slow
@pytest.mark.parametrize("name", placebo.RUNS)
def test_where_nothing_happened_nothing_is_called_a_success(name: str) -> None:
    """Allowed are as many as chance makes of the permitted share (999 of 1,000 times)."""
    found = placebo.run(name, PROJECTS)
    most = stats.binom.ppf(0.999, PROJECTS, found["limit"])
    assert found["improved"] * PROJECTS <= most  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize("name", coverage.RUNS)
def test_intervals_hold_what_was_planted(name: str) -> None:
    found = coverage.run(name, DRAWS)
    fewest = stats.binom.ppf(0.001, DRAWS, found["low"])
    assert found["coverage"] * DRAWS >= fewest  # type: ignore[operator]
