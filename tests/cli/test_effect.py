"""./run effect: a file of one's own, its columns named as options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cli import main


def effect(capsys: pytest.CaptureFixture[str], file: Path, *options: str) -> dict[str, Any]:
    assert main(["effect", str(file), *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def wrong(capsys: pytest.CaptureFixture[str], code: int, file: Path, *options: str) -> str:
    assert main(["effect", str(file), *options]) == code
    return capsys.readouterr().err


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    """Monthly counts with an offset and a season, a break of a fifth in 2005: year, month, and a dummy."""
    random = np.random.default_rng(11)
    time = np.arange(59)
    people = np.linspace(364_000, 367_000, 59)
    mean = people * np.exp(-6.2 + 0.003 * time + 0.05 * np.sin(2 * np.pi * time / 12) - 0.22 * (time >= 36))
    table = pd.DataFrame(
        {
            "year": 2002 + time // 12, "month": time % 12 + 1, "aces": random.poisson(mean), "time": time + 1,
            "smokban": (time >= 36).astype(int), "stdpop": people,
        }
    )  # fmt: skip
    table.to_csv(tmp_path / "counts.csv", index=False)
    return tmp_path / "counts.csv"


SERIES = (
    "--numerator",
    "aces",
    "--exposure",
    "stdpop",
    "--kind",
    "count",
    "--better",
    "lower",
    "--per",
    "100000",
)


def test_a_series_of_counts_with_an_offset(capsys: pytest.CaptureFixture[str], counts: Path) -> None:
    found = effect(capsys, counts, *SERIES, "--time", "year,month", "--go-live", "2005-01", "--level-only")
    assert (found["design"], found["grade"], found["verdict"]) == ("its", "B", "improved")
    assert (found["periods_before"], found["periods_after"]) == (36, 23)
    assert found["relative_low"] < np.expm1(-0.22) < found["relative_high"]
    assert "seit" in found["title"]["de"]


def test_go_live_may_be_a_column_and_time_a_count(capsys: pytest.CaptureFixture[str], counts: Path) -> None:
    dated = effect(capsys, counts, *SERIES, "--time", "year,month", "--post", "smokban")
    counted = effect(capsys, counts, *SERIES, "--time", "time", "--post", "smokban", "--season", "fourier")
    assert counted["periods_before"] == dated["periods_before"] == 36
    assert counted["coefficient"]["value"] == pytest.approx(dated["coefficient"]["value"], abs=0.02)


def test_a_column_that_says_when_and_not_who_is_the_go_live(
    capsys: pytest.CaptureFixture[str], counts: Path
) -> None:
    whole = effect(capsys, counts, *SERIES, "--time", "year,month", "--post", "smokban")
    found = effect(capsys, counts, *SERIES, "--time", "year,month", "--treated", "smokban")
    assert found["estimate"] == whole["estimate"]
    assert found["periods_after"] == 23


def test_clustered_states_and_quarters_with_a_log_outcome(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    random = np.random.default_rng(12)
    rows = []
    for state in range(16):
        own, drift = random.normal(4, 0.3), random.normal(0, 0.03)
        for quarter in range(16):
            late = quarter >= 10
            for shop in range(4):
                log = own + 0.01 * quarter + drift * late + 0.3 * (state < 8) * late + random.normal(0, 0.1)
                rows.append(
                    (f"S{state}", f"{2020 + quarter // 4}-Q{quarter % 4 + 1}", f"{state}-{shop}", np.exp(log))
                )
    table = pd.DataFrame(rows, columns=["state", "quarter", "shop", "sales"])
    table["treated"] = table["state"].isin([f"S{number}" for number in range(8)]).astype(int)
    table.to_csv(tmp_path / "shops.csv", index=False)
    options = (
        "--time", "quarter", "--value", "sales", "--treated", "treated", "--go-live", "2022-Q3", "--log",
        "--cluster", "state",
    )  # fmt: skip
    for unit in ((), ("--unit", "shop")):
        found = effect(capsys, tmp_path / "shops.csv", *options, *unit)
        assert (found["design"], found["grade"], found["verdict"]) == ("did", "A", "improved")
        assert found["coefficient"]["scale"] == "log"
        assert found["coefficient"]["low"] < 0.3 < found["coefficient"]["high"]
        assert found["coefficient"]["df"] < 30, "sixteen states, however many rows"
        assert "8" in found["method"]["de"]


def test_one_row_a_unit_and_an_expression(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "team;a;b;voll;teil;voll2;teil2\n" + "".join(
        f"{number};x;{int(number < 6)};{number},5;2;{number + 3 * (number < 6)},5;2,{number}\n"
        for number in range(12)
    )
    (tmp_path / "teams.csv").write_text(text, encoding="utf-8")
    options = (
        "--value-before",
        "voll + 0.5 * teil",
        "--value-after",
        "voll2 + 0.5 * teil2",
        "--treated",
        "b",
    )
    found = effect(capsys, tmp_path / "teams.csv", *options)
    assert (found["design"], found["grade"]) == ("did", "B")
    assert found["n_treated"] == found["n_control"] == 6
    assert found["baseline"] is None, "the file has no dates, so none are shown"
    assert 2 < found["estimate"] < 3


def test_one_column_a_period(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    random = np.random.default_rng(13)
    table = pd.DataFrame(random.normal(50, 1, (14, 12)), columns=months)
    table.loc[:6, months[6:]] += 5
    table.insert(0, "pilot", [1] * 7 + [0] * 7)
    table.to_csv(tmp_path / "wide.csv", index=False)
    found = effect(capsys, tmp_path / "wide.csv", "--wide", "--treated", "pilot", "--go-live", "2024-07")
    assert (found["grade"], found["verdict"]) == ("A", "improved")
    assert found["low"] < 5 < found["high"]


def test_the_answer_is_printed_in_words(capsys: pytest.CaptureFixture[str], counts: Path) -> None:
    words = ("--name", "Notfälle", "--time", "year,month", "--go-live", "2005-01")
    assert main(["effect", str(counts), *SERIES, *words]) == 0
    printed = capsys.readouterr().out
    assert "Notfälle: seit dem Projekt um" in printed
    assert "Note B" in printed
    assert "95-%-Intervall" in printed


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (("--value", "acess", "--time", "time", "--go-live", "3"), 2, "aces"),
        (("--value", "aces", "--time", "time"), 2, "Go-live"),
        (("--value", "aces"), 2, "--time"),
        (("--time", "time", "--go-live", "3"), 2, "--value"),
        (("--value", "aces", "--time", "time", "--go-live", "bald"), 2, "bald"),
        (("--value", "aces; drop table x", "--time", "time", "--go-live", "3"), 2, "Ausdruck"),
        (("--value", "aces", "--time", "time", "--go-live", "3", "--design", "magic"), 2, "synthetic"),
        (("--value", "aces", "--time", "time", "--go-live", "3", "--treated", "year"), 2, "Ja und Nein"),
        (("--value", "aces", "--time", "time", "--go-live", "3", "--where", "year=1900"), 1, "Darin stehen"),
    ],
)
def test_what_makes_no_sense_is_said(
    capsys: pytest.CaptureFixture[str], counts: Path, options: tuple[str, ...], code: int, word: str
) -> None:
    assert word in wrong(capsys, code, counts, *options)


def test_a_cell_that_is_no_number_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("t,v\n2024-01,1\n2024-02,NA\n2024-03,viele\n", encoding="utf-8")
    told = wrong(capsys, 1, tmp_path / "bad.csv", "--time", "t", "--value", "v", "--go-live", "2024-02")
    assert "viele" in told
    assert main(["effect", str(tmp_path / "none.csv"), "--time", "t", "--value", "v"]) == 1


def test_too_few_data_are_an_answer_with_the_number_that_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "few.csv").write_text("t,v\n2024-01,1\n2024-02,2\n2024-03,5\n", encoding="utf-8")
    found = effect(capsys, tmp_path / "few.csv", "--time", "t", "--value", "v", "--go-live", "2024-03")
    assert (found["verdict"], found["grade"]) == ("too_few", "X")
    assert "fehlen 4" in found["refused"]["de"]


def test_units_of_one_go_live_are_held_against_those_that_never_went_live(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    starts = {**dict.fromkeys(range(6), 2006), **dict.fromkeys(range(6, 10), 2008)}
    random = np.random.default_rng(5)
    rows = [
        (unit, year, int(live), 10 + 3 * live + random.normal(0, 0.2))
        for unit in range(18)
        for year in range(2000, 2012)
        for live in [year >= starts.get(unit, 9999)]
    ]
    pd.DataFrame(rows, columns=["unit", "year", "live", "value"]).to_csv(tmp_path / "units.csv", index=False)
    options = ("--time", "year", "--unit", "unit", "--treated", "live", "--value", "value")
    asked = wrong(capsys, 1, tmp_path / "units.csv", *options)
    assert "01.01.2006 (6), 01.01.2008 (4)" in asked
    found = effect(capsys, tmp_path / "units.csv", *options, "--go-live", "2006")
    assert (found["n_treated"], found["n_control"], found["grade"]) == (6, 8, "A")
    assert found["low"] < 3 < found["high"]
    assert found["notes"][0]["en"].startswith("4 units")
    assert "01.01.2008" in wrong(capsys, 1, tmp_path / "units.csv", *options, "--go-live", "2007")


def test_the_terminal_shows_title_figures_grade_checks_and_footnote(
    capsys: pytest.CaptureFixture[str], counts: Path
) -> None:
    options = ("--time", "year,month", "--numerator", "aces", "--exposure", "stdpop", "--go-live", "2005-01")
    assert main(["effect", str(counts), *options, "--better", "lower", "--level-only"]) == 0
    said = capsys.readouterr().out
    found = effect(capsys, counts, *options, "--better", "lower", "--level-only")
    lines = said.replace("\u00a0", "\u202f").splitlines()
    assert lines[0] == found["title"]["de"]
    assert lines[1] == found["sentence"]["de"]
    assert lines[-1] == found["footnote"]["de"]
    share = next(line for line in lines if line.startswith("in Prozent"))
    assert "95-%-Intervall" in share
    assert "%" in found["title"]["de"], "a ratio of counts is told in percent"
    assert "--per 100000" in said, "0,002 reads badly"
    assert " -0" not in said
