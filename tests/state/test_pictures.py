"""Pictures and logos in a backup: bytes come back as they were, whichever database they lie in."""

from __future__ import annotations

from pathlib import Path

from store.state.state import State
from tests.state.test_claims import NOW, a_consent, project_in


def test_pictures_and_logos_come_back_from_a_dump_byte_by_byte(tmp_path: Path) -> None:
    state = State(tmp_path)
    project = project_in(state)
    every_byte = bytes(range(256))
    consent = a_consent(project, picture=every_byte, logo=every_byte[::-1], quote="„Ä“ 🙂")
    state.consents.record(consent, person="Ada", at=NOW)
    kept = state.consents.of(project)
    state.dump(tmp_path / "dump")
    state.consents.record(a_consent(project, standing="declined"), person="Ada", at=NOW)
    state.fill(tmp_path / "dump", tmp_path / "before")
    assert state.consents.of(project) == kept
    state.fill(tmp_path / "before", tmp_path / "again")
    assert [each.standing for each in state.consents.of(project)] == ["given", "declined"]
