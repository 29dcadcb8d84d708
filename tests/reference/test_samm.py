"""OWASP SAMM: a foreign checklist with its own rule, through the command line, against its own workbook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from checklists.loading import load_checklist
from cockpit.maturity import score_file
from core.query import plain_name
from tests.reference.conftest import reference_file

CATALOG = """
[samm]
name = { de = "OWASP SAMM", en = "OWASP SAMM" }
about = { de = "Sicherheit in der Softwareentwicklung.", en = "Security in software development." }
rule = { kind = "tiers", tiers = [
    { by = "level", take = "mean" }, { by = "dimension", take = "sum" },
    { by = "area", take = "mean" }, { by = "all", take = "mean" },
] }
table = { file = "questions.csv", id = "question_id", statement = "question", dimension = "practice", \
level = "level", area = "business_function", answers = "answers", values = "weights" }
"""

# The question table and the worked example call these two practices by different names.
ALSO_CALLED = {
    "Secure Architecture": "Security Architecture",
    "Requirements Testing": "Requirements-driven Testing",
}


def test_every_score_of_the_worked_example_comes_out(tmp_path: Path) -> None:
    (tmp_path / "samm.toml").write_text(CATALOG, encoding="utf-8")
    shutil.copy(reference_file("samm_questions"), tmp_path / "questions.csv")
    found = load_checklist(tmp_path / "samm.toml")
    assert found.faults == ()
    samm = found["samm"]
    assert len(list(samm.statements)) == 90
    scored = score_file(samm, reference_file("samm_answers")).score
    known = json.loads(reference_file("samm_scores").read_text(encoding="utf-8"))
    levels, practices, functions, overall = (scores for _, scores in scored.tiers)
    assert practices == pytest.approx({_id(name): value for name, value in known["practice"].items()})
    assert levels == pytest.approx(
        {
            f"{_id(name)}/{level}": value
            for name, values in known["practice_levels"].items()
            for level, value in enumerate(values, 1)
        }
    )
    assert functions == pytest.approx(known["function"])
    assert overall == pytest.approx({"all": known["overall"]})
    assert scored.overall == pytest.approx(1.3)


def _id(practice: str) -> str:
    return plain_name(ALSO_CALLED.get(practice, practice))
