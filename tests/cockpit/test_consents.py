"""Consents over the sample: pictures as they are kept, what follows what, reminders, races, erasing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cockpit.claims import entry
from cockpit.consents import asked, history, letter, permission_of, record
from cockpit.exporting import Use, evidence, export, export_story, sentence
from cockpit.forgetting import forget_customer, forget_people
from cockpit.sheets import sheet
from cockpit.stories import story, write
from cockpit.verifying import check_file
from cockpit.workspace import Workspace, open_workspace
from core.errors import InputFault, UsageFault
from exports.sealing import FORMATS, sealed
from proof.consent import Consent
from proof.project import FromCustomer, Project
from proof.requesting import Sender
from store.state.database import ChangedMeanwhile
from store.state.forgetting import ERASED
from tests.state.stored import stored

USE = Use(person="Ada", lang="de", recipient="Muster AG")


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    return open_workspace(own_sample)


def project_of(ws: Workspace, key: str) -> Project:
    return next(each for each in ws.state.projects.all() if each.key == key)


def claim_of(ws: Workspace, key: str) -> str:
    project = project_of(ws, key)
    return next(each.id for each in ws.state.claims.offered() if each.project == project.id)


def consent_of(ws: Workspace, key: str) -> Consent:
    return ws.state.consents.of(project_of(ws, key).id)[-1]


def change(ws: Workspace, consent: Consent, **fields: object) -> Consent:
    return record(ws, consent.model_copy(update=fields), "Ada").consent


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (1600, 400)) -> bytes:
    """A picture that says where it was taken."""
    out, image = io.BytesIO(), Image.new("RGB", size, "#156064")
    where: Any = Image.Exif()
    where[0x010E] = "Werkhalle Albrück, 47.57 N"
    image.save(out, kind, exif=where)
    return out.getvalue()


def test_a_logo_is_kept_without_place_or_camera_and_shown_only_by_name(ws: Workspace) -> None:
    claim, upload = claim_of(ws, "F-01"), a_picture()
    assert b"Albr" in upload
    kept = change(ws, consent_of(ws, "F-01"), logo=upload)
    assert kept.logo is not None
    assert kept.logo.startswith(b"\x89PNG")
    assert b"Albr" not in kept.logo
    assert max(Image.open(io.BytesIO(kept.logo)).size) <= 800
    today = ws.now().date()
    assert sheet(entry(ws, claim), "de", today).logo == kept.logo
    for kind in ("anonymous", "internal"):
        kept = change(ws, kept, kind=kind)
        assert kept.logo is not None
        assert sheet(entry(ws, claim), "de", today).logo is None
    kept = change(ws, kept, kind="named", logo=None)
    assert sheet(entry(ws, claim), "de", today).logo is None


@pytest.mark.parametrize("upload", [b"", b"GIF89a", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken", b"=1+1"])
def test_what_is_no_picture_is_refused_on_entry_in_words(ws: Workspace, upload: bytes) -> None:
    before = consent_of(ws, "F-01")
    for field in ("picture", "logo"):
        with pytest.raises(InputFault, match="PNG- oder JPEG-Datei"):
            change(ws, before, **{field: upload})
    assert consent_of(ws, "F-01") == before


def test_a_new_request_follows_what_was_agreed_and_takes_nothing_away(ws: Workspace) -> None:
    project, given = project_of(ws, "F-01").id, consent_of(ws, "F-01")
    change(ws, given, standing="requested", kind="internal", text_version="2027-01")
    first, second = ws.state.consents.of(project)
    assert (first, second.standing, second.text_version) == (given, "requested", "2027-01")
    assert second.on == ws.now().date(), "a request whose date nobody typed is of today"
    assert permission_of(ws, project).by == given
    change(ws, second, standing="given")
    assert permission_of(ws, project).allowed == "internal"
    assert len(ws.state.consents.of(project)) == 2, "the answer to a request is no further one"


def test_a_consent_that_is_over_is_asked_for_anew_without_its_end_and_not_given_with_it(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = consent_of(ws, "F-06")
    monkeypatch.setattr(Workspace, "now", lambda _: dt.datetime(2028, 3, 1, 9))
    again = change(ws, over, standing="requested")
    assert (again.on, again.until) == (dt.date(2028, 3, 1), None)
    with pytest.raises(UsageFault, match="bevor sie beginnt"):
        change(ws, consent_of(ws, "F-08"), standing="given", until=dt.date(2027, 1, 1), withdrawn_on=None)
    assert len(ws.state.consents.of(over.project)) == 2


def test_who_agrees_again_leaves_the_withdrawal_to_be_read(ws: Workspace) -> None:
    gone = consent_of(ws, "F-08")
    change(ws, gone, standing="given", on=ws.now().date(), withdrawn_on=None)
    assert [each.standing for each in ws.state.consents.of(gone.project)] == ["withdrawn", "given"]
    with pytest.raises(ChangedMeanwhile):
        change(ws, gone, standing="given", on=ws.now().date(), withdrawn_on=None)


def test_a_correction_changes_the_answer_and_says_who_changed_which_field(ws: Workspace) -> None:
    given = consent_of(ws, "F-01").model_copy(update={"sample": False})
    own = ws.state.consents.record(
        given.model_copy(update={"id": 0, "version": 0}), person="Ada", at=ws.now()
    )
    change(ws, own, quote="Geheim gehalten.", until=dt.date(2029, 1, 1))
    change(ws, consent_of(ws, "F-01"), standing="withdrawn")
    said = [(each.who, each.what, each.detail.split(" ")[1:]) for each in history(ws, given.project)]
    assert said == [
        ("Ada", "consent_changed", ["withdrawn", "named", "withdrawn_on"]),
        ("Ada", "consent_changed", ["given", "named", "quote", "until"]),
        ("Ada", "consent_recorded", ["given", "named"]),
    ]
    assert "Geheim" not in str(ws.state.audit.latest(1000))


def test_what_ends_soon_or_stays_without_an_answer_is_told(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(day: dt.datetime) -> dict[str, tuple[int | None, int | None]]:
        monkeypatch.setattr(Workspace, "now", lambda _: day)
        return {each.project.key: (each.silent, each.ends_in) for each in asked(ws)}

    assert told(dt.datetime(2028, 8, 30, 9))["F-01"] == (None, None)
    assert told(dt.datetime(2028, 8, 31, 9))["F-01"] == (None, 30)
    assert told(dt.datetime(2028, 9, 30, 9))["F-01"] == (None, 0)
    assert told(dt.datetime(2028, 10, 1, 9))["F-01"] == (None, None)
    assert told(dt.datetime(2026, 11, 9, 9))["F-03"] == (None, None)
    assert told(dt.datetime(2026, 11, 10, 9))["F-03"] == (29, None)
    assert told(dt.datetime(2028, 9, 20, 9))["F-08"] == (None, None), "what is withdrawn does not end"


@pytest.mark.parametrize("to", FORMATS)
def test_a_withdrawal_while_the_file_is_made_stops_it_and_nothing_is_noted(
    ws: Workspace, to: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = claim_of(ws, "F-01"), claim_of(ws, "F-06")
    before = ws.state.claims.handouts()

    def slowly(*said: Any, **more: Any) -> bytes:
        made: bytes = sealed(*said, **more)
        if permission_of(ws, project_of(ws, "F-01").id).allowed != "none":
            change(ws, consent_of(ws, "F-01"), standing="withdrawn")
        return made

    monkeypatch.setattr("cockpit.exporting.sealed", slowly)
    with pytest.raises(UsageFault, match="widerrufen"):
        export(ws, [other, one], to, USE)
    for late in (lambda: export(ws, [one], to, USE), lambda: sentence(ws, one, USE)):
        with pytest.raises(UsageFault, match="widerrufen"):
            late()
    assert ws.state.claims.handouts() == before


def test_a_quote_taken_back_while_the_story_is_made_stops_it(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:

    def slowly(*said: Any, **more: Any) -> bytes:
        made: bytes = sealed(*said, **more)
        change(ws, consent_of(ws, "F-01"), quote="")
        return made

    monkeypatch.setattr("cockpit.exporting.sealed", slowly)
    with pytest.raises(ChangedMeanwhile):
        export_story(ws, project_of(ws, "F-01").id, "pdf", USE)


def test_a_proof_off_the_shelf_does_not_leave_by_its_id_either(ws: Workspace) -> None:
    claim = ws.state.claims.get(claim_of(ws, "F-01"))
    ws.state.claims.retire(claim.id, claim.version, person="Ada", at=ws.now())
    with pytest.raises(UsageFault, match="nicht mehr angeboten"):
        export(ws, [claim.id], "pptx", USE)


def test_erasing_people_leaves_figures_and_uses_and_no_byte_of_them(ws: Workspace) -> None:
    claim, project = claim_of(ws, "F-01"), project_of(ws, "F-01")
    write(ws, story(ws, project.id, "de").model_copy(update={"situation": "Frau Aßmann war skeptisch."}), "A")
    change(ws, consent_of(ws, "F-01"), logo=a_picture(), picture=a_picture("PNG", (50, 50)))
    file = export(ws, [claim], "pdf", USE)
    out = forget_people(ws, project.id, "Ada")
    assert "Muster AG" in {each.recipient for each in out}
    left = consent_of(ws, "F-01")
    assert (left.standing, left.person, left.role, left.quote, left.document) == ("withdrawn", "", "", "", "")
    assert (left.picture, left.logo) == (None, None)
    assert story(ws, project.id, "de").situation == f"Frau {ERASED} war skeptisch."
    found = check_file(ws, file.data, evidence(ws))
    assert {each.outcome for each in found.findings if "quote" not in each.where} <= {"same", "changed"}
    assert found.origin == "ours"
    with pytest.raises(UsageFault, match="widerrufen"):
        export(ws, [claim], "pptx", USE)
    deeds = history(ws, project.id)
    assert (deeds[0].who, deeds[0].what) == ("Ada", "people_forgotten")
    for told in ("Aßmann", "Telefon klingelt"):
        assert told.encode() not in stored(ws.root)
    assert forget_people(ws, project.id, "Ada") == out


def test_erasing_who_vouched_keeps_the_two_figures(ws: Workspace) -> None:
    forget_people(ws, project_of(ws, "F-06").id, "Ada")
    origin = project_of(ws, "F-06").first.origin
    assert isinstance(origin, FromCustomer)
    assert (origin.before, origin.after, origin.person, origin.document) == (14, 3, ERASED, "")
    assert b"Alois" not in stored(ws.root)


def test_erasing_a_customer_leaves_its_proof_to_be_checked_without_a_name(ws: Workspace) -> None:
    claim, project = claim_of(ws, "F-08"), project_of(ws, "F-08")
    named = project.model_copy(update={"name": project.name.model_copy(update={"de": "Halle Albrück"})})
    project = ws.state.projects.change(named, person="Ada", at=ws.now())
    out = forget_customer(ws, project.id, "Ada")
    assert {each.recipient for each in out} >= {"Brunnengut Verwaltung GmbH (erfunden)"}
    left = ws.state.projects.get(project.id)
    assert (left.customer, left.name.de) == (ERASED, f"Halle {ERASED}")
    assert claim not in {each.id for each in ws.state.claims.offered()}
    kept = entry(ws, claim)
    assert kept.claim.figures == ws.state.claims.get(claim).figures
    assert kept.claim.evidence is not None
    for told in ("Albrück", "Presswerk", "Kerstin", "Stunden mehr Pressen"):
        assert told.encode() not in stored(ws.root)


def test_the_letter_over_the_sample_asks_for_what_the_proof_says(ws: Workspace) -> None:
    one = next(each for each in asked(ws) if each.project.key == "F-01")
    claim = ws.state.claims.get(claim_of(ws, "F-01"))
    sender = Sender(person="Ada", company="Fünfgiebel", contact="", until=dt.date(2028, 11, 30))
    for lang, finding in (("de", claim.sentence.de), ("en", claim.sentence.en)):
        text = letter(one, claim, "named", lang, sender, person="Frau Dr. Aßmann")  # type: ignore[arg-type]
        assert finding in text
        assert "Telefon klingelt" in text


def test_the_samples_named_slide_shows_its_logo_and_the_anonymous_one_shows_none(ws: Workspace) -> None:
    def pictures(key: str) -> list[str]:
        file = Presentation(io.BytesIO(export(ws, [claim_of(ws, key)], "pptx", USE).data))
        return [
            shape._element.nvPicPr.cNvPr.get("descr")
            for slide in file.slides
            for shape in slide.shapes
            if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
        ]

    (alt,) = pictures("F-01")
    assert "Kastanienhof" in alt
    assert pictures("F-02") == []
