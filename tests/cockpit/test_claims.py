"""Claims over the sample: what is on the shelf, what may leave, what is told to whom, and what is stale."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.claims import entry, make, renew, shelf
from cockpit.consents import asked, permission_of, record
from cockpit.exporting import Use, evidence, export, export_story, sentence
from cockpit.prospects import comparable, suggestions
from cockpit.sample import remove_sample
from cockpit.sheets import sheet
from cockpit.stories import story, write
from cockpit.verifying import check_file
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from exports.sealing import FORMATS
from proof.fitting import Prospect

USE = Use(person="Ada", lang="de", recipient="Muster AG")


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    return open_workspace(own_sample)


def claim_of(ws: Workspace, key: str) -> str:
    project = next(each for each in ws.state.projects.all() if each.key == key)
    return next(each.id for each in ws.state.claims.offered() if each.project == project.id)


def parts_of(data: bytes) -> list[bytes]:
    """The file, and what is packed in it."""
    if data[:2] != b"PK":
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_every_verdict_of_the_sample_is_on_the_shelf(ws: Workspace) -> None:
    there = {each.project.key: each for each in shelf(ws)}
    said = {key: (each.claim.grade, each.claim.verdict) for key, each in there.items()}
    assert said["F-01"] == ("A", "improved")
    assert said["F-02"] == ("B", "improved")
    assert said["F-03"] == ("C", "improved")
    assert said["F-04"] == ("A", "worsened")
    assert said["F-05"] == ("A", "no_effect")
    assert there["F-06"].claim.provenance == "customer"
    assert there["F-06"].by_word
    assert said["F-07"] == ("X", "too_few")
    assert there["F-08"].permission.reason == "withdrawn"
    assert not there["F-09"].fresh
    assert [key for key, each in there.items() if each.stale] == ["F-09"]
    assert {"change", "after"} <= {each.place for each in there["F-09"].stale}


def test_the_stale_claim_is_renewed_and_the_old_one_can_still_be_checked(ws: Workspace) -> None:
    old = claim_of(ws, "F-09")
    file = export(ws, [old], "pptx", USE)
    new = renew(ws, old, "Ada")
    assert entry(ws, new.id).fresh
    assert old not in {each.claim.id for each in shelf(ws)}
    found = check_file(ws, file.data, evidence(ws))
    assert "changed" in {str(each.outcome) for each in found.findings}


@pytest.mark.parametrize("to", FORMATS)
def test_a_file_that_leaves_is_as_it_left_and_still_true(ws: Workspace, to: str) -> None:
    claim = claim_of(ws, "F-01")
    file = export(ws, [claim], to, USE)  # type: ignore[arg-type]
    if to == "xlsx":
        assert b"09/2024" in b"".join(parts_of(file.data)), "the values behind it are in the book"
    found = check_file(ws, file.data, evidence(ws))
    assert {str(each.outcome) for each in found.findings} <= {"same"}
    (out,) = [each for each in entry(ws, claim).handouts if each.recipient == "Muster AG"]
    assert (out.format, out.allowed, len(out.digest)) == (to, "named", 64)


def test_who_withdraws_blocks_every_export_at_once_and_hears_who_has_something(ws: Workspace) -> None:
    claim = claim_of(ws, "F-01")
    export(ws, [claim], "pdf", USE)
    project = entry(ws, claim).project
    given = ws.state.consents.of(project.id)[-1]
    taken = record(ws, given.model_copy(update={"standing": "withdrawn"}), "Ada")
    assert taken.permission.allowed == "none"
    assert "Muster AG" in {each.recipient for each in taken.handed_out}
    for to in FORMATS:
        with pytest.raises(UsageFault, match="widerrufen"):
            export(ws, [claim], to, USE)
    with pytest.raises(UsageFault, match="widerrufen"):
        sentence(ws, claim, USE)
    with pytest.raises(UsageFault, match="widerrufen"):
        export_story(ws, project.id, "pptx", USE)


def test_an_expired_consent_and_an_expired_claim_block_too(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_of(ws, "F-01")
    monkeypatch.setattr(Workspace, "now", lambda _: dt.datetime(2028, 9, 25, 9))
    with pytest.raises(UsageFault, match="abgelaufen"):
        export(ws, [claim], "pptx", USE)
    monkeypatch.setattr(Workspace, "now", lambda _: dt.datetime(2028, 10, 1, 9))
    assert permission_of(ws, entry(ws, claim).project.id).reason == "expired"


def test_nobody_asked_means_no_file_and_a_reminder(ws: Workspace) -> None:
    with pytest.raises(UsageFault, match="keine Einwilligung"):
        export(ws, [claim_of(ws, "F-04")], "pptx", USE)
    assert [each.project.key for each in asked(ws) if each.unasked] == ["F-04"]


@pytest.mark.parametrize("to", FORMATS)
def test_an_anonymous_file_names_nobody_in_any_byte(ws: Workspace, to: str) -> None:
    claim = claim_of(ws, "F-02")
    told = [b"Seeblick", b"Bereichsleitung Haustechnik"]
    data = export(ws, [claim], to, USE).data  # type: ignore[arg-type]
    for name in told:
        assert not any(name in part for part in parts_of(data))


def test_an_anonymous_file_tells_no_small_number_of_units(ws: Workspace) -> None:
    shown = entry(ws, claim_of(ws, "F-09"))
    assert shown.claim.effect.n_treated < 10
    assert "n = 9 " in shown.claim.footnote.de
    told = sheet(shown, "de", ws.now().date())
    assert "n = weniger als 10" in told.footnote
    assert "n = 9" not in told.footnote + told.notes


def test_an_anonymous_claim_whose_words_name_somebody_is_refused(ws: Workspace) -> None:
    shown = entry(ws, claim_of(ws, "F-02"))
    project = ws.state.projects.get(shown.project.id)
    named = project.name.model_copy(update={"de": "Wartung für Seeblick"})
    ws.state.projects.change(project.model_copy(update={"name": named}), person="Ada", at=ws.now())
    claim = make(ws, project.id, project.first.key, "Ada")
    with pytest.raises(UsageFault, match="seeblick"):
        export(ws, [claim.id], "pptx", USE)


def test_proofs_for_a_prospect_leave_failures_and_the_forbidden_out(ws: Workspace) -> None:
    entries = shelf(ws)
    found = suggestions(entries, Prospect(industry="property", phase="after_sale"))
    keys = [each.entry.project.key for each in found]
    assert keys[0] == "F-01"
    assert {"F-04", "F-05", "F-08"}.isdisjoint(keys)
    assert keys[-1] == "F-09", "what must be renewed first comes last"


def test_the_range_counts_failures_and_never_the_best_alone(ws: Workspace) -> None:
    range_ = comparable(shelf(ws), "fault_hours")
    assert len(range_.values) == 6
    assert range_.left_out == 1
    assert range_.low is not None
    assert range_.high is not None
    relative = [each.relative or 0.0 for each in range_.values]
    assert max(relative) > 0.2, "the failure is among them"
    assert min(relative) < range_.high < range_.low


def test_a_case_study_is_drafted_edited_by_hand_and_leaves_with_its_figures(ws: Workspace) -> None:
    project = entry(ws, claim_of(ws, "F-01")).project
    draft = story(ws, project.id, "de")
    assert draft.version == 0
    assert "twelve" not in draft.approach
    written = write(ws, draft.model_copy(update={"situation": "Früher =1+1 war es kalt."}), "Ada")
    assert story(ws, project.id, "de") == written
    file = export_story(ws, project.id, "pptx", USE)
    found = check_file(ws, file.data, evidence(ws))
    assert {str(each.outcome) for each in found.findings} <= {"same"}


def test_the_sample_leaves_with_its_claims(ws: Workspace) -> None:
    remove_sample(ws)
    assert shelf(replace(ws)) == []
    assert ws.state.consents.all() == {}
