"""The sample's nine projects: each verdict that is built in is the one that the product finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.importing import import_file
from cockpit.projectresults import ProjectResult, results
from cockpit.sample import remove_sample
from cockpit.sampleprojects import plan
from cockpit.workspace import open_workspace
from proof.grading import appearance
from store.intake.mapping import parse_mapping
from tests.sample.test_loading import OWN, OWN_MAPPING


@pytest.fixture(scope="module")
def found(sample_workspace: Path) -> dict[str, ProjectResult]:
    return {each.project.key: each for each in results(open_workspace(sample_workspace))}


def test_there_are_nine_over_four_industries_and_all_are_labelled(found: dict[str, ProjectResult]) -> None:
    assert sorted(found) == [f"F-{number:02d}" for number in range(1, 10)]
    assert len({each.project.industry for each in found.values()}) == 4
    assert all(each.project.sample for each in found.values())


@pytest.mark.parametrize(
    ("key", "design", "verdict", "grade"),
    [
        ("F-01", "did", "improved", "A"),
        ("F-02", "its", "improved", "B"),
        ("F-03", "plain", "improved", "C"),
        ("F-04", "did", "worsened", "A"),
        ("F-05", "did", "no_effect", "A"),
        ("F-08", "did", "improved", "A"),
        ("F-09", "did", "improved", "A"),
    ],
)
def test_what_is_built_in_is_found(
    found: dict[str, ProjectResult], key: str, design: str, verdict: str, grade: str
) -> None:
    shown = found[key].first
    assert shown.chosen is not None
    assert shown.graded is not None
    assert (shown.chosen.design, shown.verdict, shown.graded.grade) == (design, verdict, grade)
    assert shown.moved == ()


def test_the_mild_winter_looks_like_a_success_until_it_is_compared(found: dict[str, ProjectResult]) -> None:
    shown = found["F-05"].first
    assert shown.naive is not None
    assert appearance(shown.naive) == "improved"
    assert shown.differs
    assert shown.reached, "the target is met all the same: by the winter"


def test_what_the_customer_said_stays_the_customers_word(found: dict[str, ProjectResult]) -> None:
    shown = found["F-06"].first
    assert shown.provenance == "customer"
    assert shown.wording is not None
    assert "nach Angabe des Kunden" in shown.wording.title.de
    assert "according to the customer" in shown.wording.title.en


def test_two_months_after_are_too_few_and_the_missing_number_is_told(found: dict[str, ProjectResult]) -> None:
    shown = found["F-07"].first
    assert shown.chosen is not None
    assert shown.chosen.refused is not None
    assert (shown.verdict, shown.chosen.estimate) == ("too_few", None)


def test_only_the_late_baseline_is_marked_retrospective(found: dict[str, ProjectResult]) -> None:
    assert [key for key, each in sorted(found.items()) if each.project.retrospective] == ["F-03"]


def test_consents_and_hand_outs_are_told_for_the_projects_that_have_them() -> None:
    said = {each["key"]: each for each in plan()["projects"]}
    assert said["F-08"]["consent"]["standing"] == "withdrawn"
    assert len(said["F-08"]["handed_out"]) == 2
    assert "later" in said["F-09"]


def test_removing_the_sample_takes_the_projects_with_it_and_lets_the_snapshot_go(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    assert [each.pinned for each in ws.warehouse.snapshots()] == [True]
    remove_sample(ws)
    assert results(ws) == []
    assert not any(each.pinned for each in ws.warehouse.snapshots())


def test_own_data_take_the_projects_place_too(own_sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "eigene.csv"
    file.write_text(OWN, encoding="utf-8")
    ws = open_workspace(own_sample)
    import_file(ws, file, parse_mapping(OWN_MAPPING))
    assert results(ws) == []
    assert not any(each.pinned for each in ws.warehouse.snapshots())
