"""Published studies from their data alone, as somebody types them who has only ./run effect --help."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cli import main

STUDIES = Path(__file__).parent / "studies"


def effect(capsys: pytest.CaptureFixture[str], file: Path | str, *options: str) -> dict[str, Any]:
    assert main(["effect", str(STUDIES / file), *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


SICILY = (
    "sicily_smoking_ban.csv", "--time", "year,month", "--numerator", "aces", "--exposure", "stdpop", "--post",
    "smokban", "--level-only", "--better", "lower", "--autocorrelation", "none",
)  # fmt: skip


def test_the_smoking_ban_in_sicily_without_its_season(capsys: pytest.CaptureFixture[str]) -> None:
    """Lopez Bernal and others, model 2 (quasi-Poisson, offset): rate ratio 0.894 (0.839 to 0.953). As they go
    on to say, the season is missing from it: not usable."""
    found = effect(capsys, *SICILY, "--season", "none")
    assert exp(found["coefficient"]["value"]) == pytest.approx(0.894, abs=5e-4)
    assert found["coefficient"]["se"] == pytest.approx(0.0325, abs=5e-5)
    assert (found["grade"], found["verdict"]) == ("X", "no_effect")
    assert "season" in found["grade_reason"]["en"]


def test_the_smoking_ban_in_sicily_with_its_season(capsys: pytest.CaptureFixture[str]) -> None:
    """Model 3, two harmonics: rate ratio 0.885 (0.839 to 0.933)."""
    found = effect(capsys, *SICILY, "--season", "fourier")
    assert exp(found["coefficient"]["value"]) == pytest.approx(0.885, abs=5e-4)
    assert found["coefficient"]["se"] == pytest.approx(0.0270, abs=5e-5)
    assert (1 + found["relative_low"], 1 + found["relative_high"]) == pytest.approx((0.839, 0.933), abs=0.002)
    assert (found["design"], found["grade"], found["verdict"]) == ("its", "B", "improved")
    assert "11,4" in found["title"]["de"], "a ratio is told as a share, cut towards no effect"


def test_higher_benefits_and_longer_absence_in_kentucky(capsys: pytest.CaptureFixture[str]) -> None:
    """Meyer, Viscusi and Durbin; Wooldridge, example 13.4: 0.191 (0.069) of log durations."""
    found = effect(
        capsys, "kentucky_injury_durations.csv", "--value", "durat", "--log", "--treated", "highearn",
        "--post", "afchnge", "--better", "lower",
    )  # fmt: skip
    assert found["coefficient"]["value"] == pytest.approx(0.191, abs=5e-4)
    assert found["coefficient"]["se"] == pytest.approx(0.069, abs=5e-4)
    assert (found["design"], found["grade"], found["verdict"]) == ("did", "B", "worsened")
    assert found["baseline"] is None, "the file has no dates"
    assert "20,9" in found["sentence"]["de"]


def test_asking_californians_differently_shows_no_effect_on_organ_donations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Kessler and Roth by two-way fixed effects, clustered by state: -0.022 (0.006). With one treated state
    of 27 that error is none; by permutation the change is an ordinary one."""
    found = effect(
        capsys, "organ_donation_rates.csv", "--time", "Quarter", "--unit", "State", "--treated",
        "State=California", "--value", "Rate", "--go-live", "Q32011",
    )  # fmt: skip
    assert found["estimate"] == pytest.approx(-0.0225, abs=5e-5)
    assert found["coefficient"]["clustered_se"] == pytest.approx(0.006, abs=5e-4)
    assert found["p"] == pytest.approx(5 / 27)
    assert (found["design"], found["grade"], found["verdict"]) == ("did", "A", "no_effect")
    assert any("clustered" in note["en"] for note in found["notes"])


BELTS = ("--time", "time", "--go-live", "1983-02", "--level-only", "--better", "lower")


def test_drivers_killed_before_and_after_the_seat_belt_law(capsys: pytest.CaptureFixture[str]) -> None:
    """The same quasi-Poisson model by statsmodels, over kilometres driven, with two harmonics."""
    found = effect(
        capsys, "uk_seat_belts.csv", *BELTS, "--numerator", "killed", "--exposure", "kms", "--season",
        "fourier", "--autocorrelation", "none",
    )  # fmt: skip
    table = pd.read_csv(STUDIES / "uk_seat_belts.csv")
    time = np.arange(len(table))
    waves = [turn(2 * np.pi * pair * time / 12) for pair in (1, 2) for turn in (np.sin, np.cos)]
    x = np.column_stack([np.ones(len(table)), time, table["law"], *waves])
    known = sm.GLM(table["killed"], x, family=sm.families.Poisson(), offset=np.log(table["kms"])).fit(
        scale="X2"
    )
    assert found["coefficient"]["value"] == pytest.approx(known.params.iloc[2], rel=1e-6)
    assert found["coefficient"]["se"] == pytest.approx(known.bse.iloc[2], rel=1e-6)
    assert (found["periods_before"], found["periods_after"]) == (169, 23)
    assert (found["grade"], found["verdict"]) == ("B", "improved")


def test_drivers_and_those_in_the_back_after_the_seat_belt_law(capsys: pytest.CaptureFixture[str]) -> None:
    """Harvey and Durbin: the drivers gained, those in the back, whom the law did not bind, did not. Fourteen
    years leave residuals that hang together; the finding must hold with errors that allow for it."""
    drivers = effect(capsys, "uk_seat_belts.csv", *BELTS, "--value", "drivers", "--log")
    assert (drivers["grade"], drivers["verdict"]) == ("B", "improved")
    assert -0.25 < drivers["relative"] < -0.1
    checks = {check["name"]: check for check in drivers["checks"]}
    assert checks["autocorrelation"]["figure"] < 0.05
    assert "Newey-West" in checks["autocorrelation"]["text"]["en"]
    rear = effect(capsys, "uk_seat_belts.csv", *BELTS, "--value", "rear", "--log")
    assert rear["verdict"] != "improved"


def test_a_law_that_did_nothing_in_states_and_quarters(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Bertrand, Duflo and Mullainathan (2004): persons in states that move together for years. Errors that
    ignore it find an effect of a law that nobody passed; clustered by state there is none. Estimate and error
    are those of statsmodels with state and quarter effects."""
    random = np.random.default_rng(20)
    rows = []
    for state in range(24):
        shock = 0.0
        for quarter in range(24):
            shock = 0.9 * shock + random.normal(0, 0.05)
            for _ in range(12):
                wage = exp(2 + 0.01 * quarter + shock + 0.02 * state + random.normal(0, 0.1))
                rows.append((f"S{state:02d}", f"{quarter % 4 + 1}Q{2000 + quarter // 4}", wage))
    table = pd.DataFrame(rows, columns=["state", "quarter", "wage"])
    table["law"] = (table["state"] < "S12").astype(int)
    table.to_csv(tmp_path / "wages.csv", index=False)
    options = ("--time", "quarter", "--value", "wage", "--log", "--treated", "law", "--go-live", "2003-Q1")
    ignoring = effect(capsys, tmp_path / "wages.csv", *options)
    found = effect(capsys, tmp_path / "wages.csv", *options, "--cluster", "state")
    late = table["quarter"].str[2:].astype(int) >= 2003
    effects = pd.get_dummies(table[["state", "quarter"]], drop_first=True).to_numpy(float)
    x = np.column_stack([table["law"] * late, np.ones(len(table)), effects])
    known = sm.OLS(np.log(table["wage"]), x.astype(float)).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(table["state"])[0]}
    )
    assert found["coefficient"]["value"] == pytest.approx(known.params.iloc[0], rel=1e-6)
    assert found["coefficient"]["se"] == pytest.approx(known.bse.iloc[0], rel=0.1)
    assert found["coefficient"]["se"] > 3 * ignoring["coefficient"]["se"]
    assert found["coefficient"]["df"] < 24
    assert found["verdict"] == "no_effect"
