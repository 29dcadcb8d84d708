"""Published before/after studies, reproduced through ./run effect as a user would type it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli import main
from tests.reference.conftest import reference_file


def effect(capsys: pytest.CaptureFixture[str], file: str, *options: str) -> dict[str, Any]:
    assert main(["effect", str(reference_file(file)), *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


STORES = ("--treated", "state=1", "--better", "higher")
FTE = ("--value-before", "empft + nmgrs + 0.5 * emppt", "--value-after", "empft2 + nmgrs2 + 0.5 * emppt2")
"""Full-time equivalents as the paper defines them: full-time and managers, half of part-time."""


def test_card_and_krueger_means_and_standard_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """Table 3 of Card and Krueger (1994), rows 1 and 2."""
    found = effect(capsys, "card_krueger", *STORES, *FTE, "--sample-of-units", "all")
    cells = {(cell["group"], cell["side"]): (cell["mean"], cell["se"]) for cell in found["cells"]}
    assert cells["control", "before"] == pytest.approx((23.33, 1.35), abs=0.005)
    assert cells["control", "after"] == pytest.approx((21.17, 0.94), abs=0.005)
    assert cells["treated", "before"] == pytest.approx((20.44, 0.51), abs=0.005)
    assert cells["treated", "after"] == pytest.approx((21.03, 0.52), abs=0.005)
    assert found["estimate"] == pytest.approx(2.7536, abs=5e-5)


def test_card_and_krueger_same_stores_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """Table 3, row 4: balanced sample 2.75 (1.34). One period before, so nothing can be checked: B."""
    found = effect(capsys, "card_krueger", *STORES, "--value-before", "fte", "--value-after", "fte2")
    assert found["design"] == "did"
    assert found["estimate"] == pytest.approx(2.75, abs=0.005)
    assert found["coefficient"]["se"] == pytest.approx(1.34, abs=0.005)
    assert (found["grade"], found["verdict"]) == ("B", "improved")
    assert [check["passed"] for check in found["checks"]] == [None]
    assert found["missing"] == 26
    assert "durch" not in found["title"]["de"]
    assert "seit" in found["title"]["de"]


def test_kiel_and_mcclain_show_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    """Wooldridge, Introductory Econometrics, example 13.3."""
    options = ("--time", "year", "--value", "rprice", "--treated", "nearinc", "--post", "y81")
    found = effect(capsys, "kielmc", *options)
    assert found["estimate"] == pytest.approx(-11_863.90, abs=0.005)
    assert found["coefficient"]["se"] == pytest.approx(7_456.65, abs=0.005)
    assert found["p"] == pytest.approx(0.11, abs=0.005)
    assert (found["grade"], found["verdict"]) == ("B", "no_effect")
    assert found["differs"] or found["naive"]["verdict"] == "no_effect"


def test_kiel_and_mcclain_with_a_log_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    """The same with log(rprice): -0.063 (0.083)."""
    options = ("--time", "year", "--value", "rprice", "--treated", "nearinc", "--post", "y81", "--log")
    found = effect(capsys, "kielmc", *options)
    assert found["coefficient"]["value"] == pytest.approx(-0.0626, abs=5e-4)
    assert found["coefficient"]["se"] == pytest.approx(0.0834, abs=5e-4)
    assert found["verdict"] == "no_effect"


STATES = (
    "--time", "Year", "--unit", "state", "--treated", "state=California", "--value", "packs_per_capita",
    "--go-live", "1989", "--better", "lower",
)  # fmt: skip


def test_proposition_99_differences_fail_their_placebo_check(capsys: pytest.CaptureFixture[str]) -> None:
    found = effect(capsys, "prop99", *STATES, "--design", "did")
    assert found["estimate"] == pytest.approx(-27.35, abs=0.005)
    assert found["grade"] == "X"
    assert not all(check["passed"] for check in found["checks"])


def test_proposition_99_synthetic_control(capsys: pytest.CaptureFixture[str]) -> None:
    """Abadie, Diamond and Hainmueller (2010) find about -19.6 on average."""
    found = effect(capsys, "prop99", *STATES)
    assert found["design"] == "synthetic"
    assert -20.5 <= found["estimate"] <= -18.5
    assert found["p"] == pytest.approx(3 / 39)
    assert sum(weight for _, weight in found["weights"]) == pytest.approx(1, abs=0.01)
    assert {"Utah", "Nevada", "Montana", "Colorado", "Connecticut"} <= {name for name, _ in found["weights"]}
    assert found["verdict"] == "no_effect"
    assert len(found["not_stronger"]) == 1


def test_proposition_99_naive_figure_is_shown_as_misleading(capsys: pytest.CaptureFixture[str]) -> None:
    found = effect(capsys, "prop99", *STATES)
    assert found["naive"]["estimate"] == pytest.approx(-55.86, abs=0.005)
    assert found["naive"]["grade"] == "X"
    assert found["naive"]["verdict"] != "improved"
    assert found["differs"]
