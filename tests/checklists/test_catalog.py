"""The shipped checklists: whole, in both languages, tied to KPIs that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.loading import load_checklists
from checklists.model import Checklist
from core.text import LANGS, Text
from journeys.model import load_models
from metrics.model import load_kpis

SHIPPED = load_checklists()
PHASES = load_models()["seven_phase"].phase_ids
KPIS = load_kpis().entries


def test_nothing_of_the_catalog_is_broken() -> None:
    assert SHIPPED.faults == ()
    assert set(SHIPPED.entries) == {"journey_maturity", "journey_quick"}


def test_the_maturity_checklist_has_seven_phases_and_five_enablers_on_five_levels() -> None:
    checklist = SHIPPED["journey_maturity"]
    assert tuple(one.phase for one in checklist.dimensions[:7]) == PHASES
    assert [one.phase for one in checklist.dimensions[7:]] == [None] * 5
    assert all([one.level for one in each.statements] == [1, 2, 3, 4, 5] for each in checklist.dimensions)
    assert len(list(checklist.statements)) == 60


def test_the_quick_checklist_has_twelve_statements() -> None:
    assert len(list(SHIPPED["journey_quick"].statements)) == 12


@pytest.mark.parametrize("checklist", SHIPPED.entries.values(), ids=lambda checklist: checklist.id)
def test_every_statement_says_why_what_counts_what_shows_it_and_what_to_do(checklist: Checklist) -> None:
    for statement in checklist.statements:
        assert statement.why, statement.id
        assert statement.evidence, statement.id
        assert len(statement.criteria) == len(checklist.choices(statement)), statement.id
        assert statement.advice, statement.id
        assert statement.advice.days, statement.id
        assert statement.advice.kpi in KPIS, statement.id
        assert statement.check is None or statement.check.kpi in KPIS, statement.id


@pytest.mark.parametrize("checklist", SHIPPED.entries.values(), ids=lambda checklist: checklist.id)
def test_no_two_statements_say_the_same_and_german_is_written_typographically(checklist: Checklist) -> None:
    said = [statement.statement for statement in checklist.statements]
    for lang in LANGS:
        assert len({text(lang) for text in said}) == len(said)
    texts = [text for statement in checklist.statements for text in _texts(statement.model_dump())]
    assert not [text.de for text in texts if '"' in text.de or "'" in text.de or "..." in text.de]
    assert not [text.en for text in texts if '"' in text.en or "..." in text.en]
    assert all(text.de != text.en for text in texts)


def test_a_broken_own_checklist_names_file_and_field_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        """
[mine]
name = { de = "Eigene", en = "Own" }
about = { de = "Eigene", en = "Own" }
scale = [{ value = 0, name = { de = "Nein", en = "No" } }, { value = 1, name = { de = "Ja", en = "Yes" } }]
[[mine.dimensions]]
id = "a"
name = { de = "A", en = "A" }
[[mine.dimensions.statements]]
id = "one"
statement = { de = "Eins" }
""",
        encoding="utf-8",
    )
    found = load_checklists(tmp_path)
    (fault,) = found.faults
    assert (fault.file, fault.entry, fault.field) == (
        "mine.toml",
        "mine",
        "dimensions.0.statements.0.statement.en",
    )
    assert "journey_maturity" in found.entries


@pytest.mark.parametrize(
    ("needs", "reason"),
    [(("two", "one"), "presuppose each other"), (("two", "nothing"), "which is no statement")],
)
def test_advice_that_cannot_be_followed_is_refused(
    tmp_path: Path, needs: tuple[str, str], reason: str
) -> None:
    statements = "".join(
        f"""
[[mine.dimensions.statements]]
id = "{name}"
statement = {{ de = "{name}", en = "{name}" }}
advice = {{ action = {{ de = "Tun", en = "Do" }}, days = 1, needs = ["{needed}"] }}
"""
        for name, needed in zip(("one", "two"), needs, strict=True)
    )
    (tmp_path / "mine.toml").write_text(
        """
[mine]
name = { de = "Eigene", en = "Own" }
about = { de = "Eigene", en = "Own" }
scale = [{ value = 0, name = { de = "Nein", en = "No" } }, { value = 1, name = { de = "Ja", en = "Yes" } }]
[[mine.dimensions]]
id = "a"
name = { de = "A", en = "A" }
"""
        + statements,
        encoding="utf-8",
    )
    assert reason in load_checklists(tmp_path).faults[0].reason


def _texts(value: object) -> list[Text]:
    if isinstance(value, dict):
        if set(value) == {"de", "en"}:
            return [Text.model_validate(value)]
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return []
