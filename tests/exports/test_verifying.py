from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from core.errors import InputFault
from core.text import LANGS, Lang
from exports.documents import document
from exports.embedding import PART, kind_of, manifest_in, with_manifest
from exports.manifest import ClaimRef, figures_of
from exports.properties import as_properties, from_properties
from exports.reading import numbers_in, places
from exports.sealing import FORMATS, Format, sealed
from exports.sheet import Sheet
from exports.verified_words import summary
from exports.verifying import ClaimEvidence, Finding, Lookup, Verification, verify
from tests.exports import sheets, tampering

KEY = b"0123456789abcdef" * 2


def knowing(*known: Sheet, erased: bool = False) -> Lookup:
    """A lookup that knows these sheets as today's state of their claims."""
    figures = {sheet.claim: figures_of(sheet) for sheet in known}

    def lookup(claim: ClaimRef, lang: Lang) -> ClaimEvidence | None:
        if claim.claim not in figures:
            return None
        return ClaimEvidence(claim=claim.claim, figures=figures[claim.claim], erased=erased)

    return lookup


def checked(file: bytes, *known: Sheet, erased: bool = False) -> Verification:
    return verify(file, KEY, knowing(*(known or (sheets.good(),)), erased=erased))


def outliers(verification: Verification) -> list[Finding]:
    return [finding for finding in verification.findings if finding.outcome != "same"]


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_file_that_nobody_changed_is_the_same_in_every_number(to: Format, lang: Lang) -> None:
    good, worst = sheets.good(lang), sheets.worst(lang)
    result = checked(sealed([good, worst], to, KEY), good, worst)
    assert result.origin == "ours"
    assert result.sound
    assert result.counts["same"] == len(result.findings) >= 15


@pytest.mark.parametrize("to", FORMATS)
def test_every_fact_of_the_sheet_is_among_the_numbers(to: Format) -> None:
    good = sheets.good()
    found = {finding.shown for finding in checked(sealed([good], to, KEY)).findings}
    assert {number for fact in good.facts for number in numbers_in(fact.text)} <= found


def test_the_spreadsheet_behind_every_chart_is_among_the_numbers() -> None:
    over_time = dataclasses.replace(sheets.good(), chart=sheets.over_time("de"))
    hidden = [place for place in places(sealed([over_time], "pptx", KEY)) if place.seen == "hidden"]
    values = [value for one in sheets.over_time("de").series for value in one.values if value is not None]
    assert sorted(float(place.text) for place in hidden if re.fullmatch(r"[\d.]+", place.text)) == sorted(
        values
    )


def test_one_digit_in_the_sheet_behind_a_chart_is_found() -> None:
    file = tampering.chart_sheet_changed(sealed([sheets.good()], "pptx", KEY), "B3", 11.2)
    result = checked(file)
    (found,) = outliers(result)
    assert (found.outcome, found.made, found.shown) == ("altered", "11.1", "11.2")
    assert "B3" in found.at.de
    assert not result.sound


def test_one_digit_in_what_a_chart_draws_is_found() -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b"<c:v>11.1</c:v>", b"<c:v>10.1</c:v>")

    file = sealed([sheets.good()], "pptx", KEY)
    (chart,) = [name for name in names_in(file) if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    (found,) = outliers(checked(tampering.part_changed(file, chart, change)))
    assert (found.outcome, found.made, found.shown) == ("altered", "11.1", "10.1")


def test_one_digit_in_the_visible_text_of_a_slide_is_found() -> None:
    file = tampering.slide_text_changed(sealed([sheets.good()], "pptx", KEY), "−4,1", "−4,7")
    (found,) = outliers(checked(file))
    assert (found.outcome, found.made, found.shown) == ("altered", "−4,1", "−4,7")
    assert found.claim == "W-7F3K2"


def test_a_number_format_that_shows_another_unit_is_found() -> None:
    def change(content: bytes) -> bytes:
        return content.replace(b"#,##0.0", b"#,##0.0000")

    file = sealed([sheets.good()], "pptx", KEY)
    (chart,) = [name for name in names_in(file) if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]
    assert {f.outcome for f in outliers(checked(tampering.part_changed(file, chart, change)))} == {"altered"}


def test_words_turned_into_their_opposite_are_found_though_no_number_changed() -> None:
    file = tampering.slide_text_changed(sealed([sheets.good()], "pptx", KEY), "schneller", "langsamer")
    result = checked(file)
    assert outliers(result) == []
    assert [place.de for place in result.words] == ["Folie 1, title"]
    assert not result.sound


def test_a_number_that_somebody_adds_is_not_ours() -> None:
    file = tampering.slide_text_changed(
        sealed([sheets.good()], "pptx", KEY), "Hofmann", "Hofmann spart 99 % und"
    )
    (found,) = outliers(checked(file))
    assert (found.outcome, found.shown, found.made) == ("not_ours", "99", None)


def test_a_number_that_somebody_removes_is_missed() -> None:
    file = tampering.slide_text_changed(sealed([sheets.good()], "pptx", KEY), "n = 418 · ", "")
    assert [(f.outcome, f.made, f.shown) for f in outliers(checked(file))] == [("altered", "418", None)]


@pytest.mark.parametrize("to", ["pptx", "xlsx"])
def test_without_its_manifest_a_file_cannot_be_verified(to: Format) -> None:
    result = checked(tampering.without_manifest(sealed([sheets.good()], to, KEY)))
    assert (result.origin, result.findings, result.sound) == ("none", (), False)


def test_a_pdf_without_its_attachment_cannot_be_verified() -> None:
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(sealed([sheets.good()], "pdf", KEY))).pages:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    assert checked(out.getvalue()).origin == "none"


def test_a_manifest_signed_with_another_key_makes_no_number_ours() -> None:
    file = sealed([sheets.good()], "pptx", b"somebody else's key")
    result = checked(file)
    assert result.origin == "foreign"
    assert {finding.outcome for finding in result.findings} == {"not_ours"}
    assert not result.sound


def test_a_manifest_altered_to_match_an_altered_number_is_seen_through() -> None:
    def change(manifest: dict[str, Any]) -> None:
        for entry in manifest["entries"]:
            entry["text"] = entry["text"].replace("11.1", "10.1")

    file = tampering.manifest_changed(sealed([sheets.good()], "pptx", KEY), change)
    assert checked(file).origin == "foreign"


@pytest.mark.parametrize("to", FORMATS)
def test_a_figure_that_the_evidence_now_gives_otherwise_has_changed_since(to: Format) -> None:
    good = sheets.good()
    facts = tuple(
        dataclasses.replace(fact, text="11,3 Tage", value=11.3) if fact.place == "after" else fact
        for fact in good.facts
    )
    result = checked(sealed([good], to, KEY), dataclasses.replace(good, facts=facts))
    changed = [finding for finding in result.findings if finding.outcome == "changed"]
    assert changed
    assert {(finding.made, finding.now) for finding in changed} == {("11,1", "11,3")}
    assert result.sound, "the file itself is as it left"


def test_where_the_source_is_erased_the_evidence_table_still_answers() -> None:
    result = checked(sealed([sheets.good()], "pdf", KEY), erased=True)
    assert {finding.outcome for finding in result.findings} == {"erased_same"}


def test_a_claim_that_nobody_knows_is_not_ours() -> None:
    result = checked(sealed([sheets.good()], "xlsx", KEY), sheets.worst())
    assert {finding.outcome for finding in result.findings} == {"not_ours"}


def test_one_digit_on_a_page_of_a_pdf_is_found() -> None:
    good = sheets.good()
    altered = dataclasses.replace(good, sentence=good.sentence.replace("−4,1", "−4,7"))
    file = document([altered], manifest=manifest_in(sealed([good], "pdf", KEY)))
    (found,) = outliers(checked(file))
    assert (found.outcome, found.made, found.shown) == ("altered", "−4,1", "−4,7")
    assert found.at.de == "Seite 1"


def test_a_note_stuck_on_a_page_of_a_pdf_is_not_ours() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(sealed([sheets.good()], "pdf", KEY)))
    writer.add_annotation(0, FreeText(text="eigentlich 77 %", rect=(50, 550, 200, 650)))
    out = io.BytesIO()
    writer.write(out)
    found = outliers(checked(out.getvalue()))
    assert [(finding.outcome, finding.shown) for finding in found] == [("not_ours", "77")]


def test_one_digit_in_a_cell_of_the_book_is_found() -> None:
    file = tampering.cell_changed(sealed([sheets.good()], "xlsx", KEY), "−4,1 Tage (95", "−6,1 Tage (95")
    (found,) = outliers(checked(file))
    assert (found.outcome, found.made, found.shown) == ("altered", "−4,1", "−6,1")
    assert "Zelle" in found.at.de


def test_one_pixel_of_a_picture_is_found() -> None:
    file = sealed([sheets.good()], "png", KEY)
    manifest = manifest_in(file)
    assert manifest is not None
    image = Image.open(io.BytesIO(file))
    image.putpixel((100, 100), (1, 2, 3, 255))
    out = io.BytesIO()
    image.save(out, format="PNG")
    result = checked(with_manifest(out.getvalue(), manifest))
    assert {finding.outcome for finding in result.findings} == {"altered"}


@pytest.mark.parametrize("name", ["Łódź Çağ Ωμέγα", "Шахта № 7", "שלום", "Super 😀👩🏽‍💻 ☃"])
def test_names_in_many_scripts_leave_in_every_format(name: str) -> None:
    named = dataclasses.replace(sheets.good(), subject=name, logo=None, evidence=None)
    for to in FORMATS:
        assert checked(sealed([named], to, KEY), named).sound
    (page,) = PdfReader(io.BytesIO(sealed([named], "pdf", KEY))).pages
    assert "\ufffd" not in page.extract_text()


def test_letters_that_could_not_be_shown_are_refused_not_shown_as_boxes() -> None:
    named = dataclasses.replace(sheets.good(), subject="株式会社")
    for to in ("pdf", "png"):
        with pytest.raises(InputFault, match="株"):
            sealed([named], to, KEY)
    assert checked(sealed([named], "pptx", KEY), named).sound


def test_a_picture_put_in_place_of_another_is_found() -> None:
    file = sealed([sheets.good()], "pptx", KEY)
    logo = next(name for name in names_in(file) if name.startswith("ppt/media/"))
    other = sheets.picture(300, 120, (200, 0, 0))
    result = checked(tampering.part_changed(file, logo, lambda _: other))
    assert outliers(result) == []
    assert len(result.words) == 1
    assert not result.sound


def test_a_picture_laid_over_a_slide_is_found() -> None:
    deck: Any = Presentation(io.BytesIO(sealed([sheets.good()], "pptx", KEY)))
    deck.slides[0].shapes.add_picture(io.BytesIO(sheets.picture()), 0, 0)
    out = io.BytesIO()
    deck.save(out)
    result = checked(out.getvalue())
    assert result.words
    assert not result.sound


def test_one_digit_in_the_notes_or_in_an_alternative_text_is_found() -> None:
    file = sealed([sheets.good()], "pptx", KEY)
    notes = tampering.part_changed(
        file, "ppt/notesSlides/notesSlide1.xml", lambda part: part.replace(b"418", b"481")
    )
    assert {(f.outcome, f.made, f.shown) for f in outliers(checked(notes))} == {("altered", "418", "481")}
    slide = tampering.part_changed(
        file, "ppt/slides/slide1.xml", lambda part: part.replace(b"auf 11,1 Tage, Ver", b"auf 10,1 Tage, Ver")
    )
    (found,) = outliers(checked(slide))
    assert (found.outcome, found.made, found.shown) == ("altered", "11,1", "10,1")
    assert "Alternativtext" in found.at.de


def test_one_digit_in_a_table_of_a_slide_is_found() -> None:
    three = [dataclasses.replace(sheets.good(), claim=f"W-{letter}") for letter in "ABC"]
    file = sealed(three, "pptx", KEY)
    changed = tampering.part_changed(
        file, "ppt/slides/slide1.xml", lambda part: part.replace("−4,1".encode(), "−9,1".encode(), 1)
    )
    (found,) = outliers(checked(changed, *three))
    assert (found.outcome, found.made, found.shown) == ("altered", "−4,1", "−9,1")


@pytest.mark.parametrize("to", ["pptx", "xlsx"])
def test_the_manifest_of_another_claim_does_not_make_a_file_ours(to: Format) -> None:
    good, other = (
        sheets.good(),
        dataclasses.replace(sheets.good(), claim="W-OTHER", sentence="Um 9,9 Tage schneller.", evidence=None),
    )
    file, taken = sealed([good], to, KEY), manifest_in(sealed([other], to, KEY))
    assert taken is not None
    bare = tampering.without_manifest(file)
    result = checked(with_manifest(bare, taken), good, other)
    assert result.origin == "ours", "it is signed by us, but speaks of other places"
    assert not result.sound
    assert {"altered", "not_ours"} & {finding.outcome for finding in result.findings}


@pytest.mark.parametrize("to", ["pptx", "xlsx"])
def test_where_the_custom_part_is_dropped_the_properties_still_carry_the_manifest(to: Format) -> None:
    file = sealed([sheets.good()], to, KEY)
    dropped = tampering.without_part(file, PART)
    assert manifest_in(dropped) == manifest_in(file)
    assert checked(dropped).sound


@given(st.text(max_size=2_000))
def test_what_is_kept_in_properties_comes_back(text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode("utf-8")
    part = as_properties(clean)
    assert from_properties(part) == clean
    assert max(map(len, re.findall("<vt:lpwstr>([^<]*)<", part.decode())), default=0) <= 255


@pytest.mark.parametrize("part", [b"", b"<Properties/>", as_properties("abc").replace(b"000", b"001")])
def test_properties_of_others_carry_nothing(part: bytes) -> None:
    assert from_properties(part) is None


def test_each_outcome_is_said_in_its_own_words() -> None:
    good = sheets.good()
    file = sealed([good], "pptx", KEY)
    facts = tuple(
        dataclasses.replace(fact, text="11,3 Tage", value=11.3) if fact.place == "after" else fact
        for fact in good.facts
    )
    said = [
        summary(checked(file)),
        summary(checked(file, dataclasses.replace(good, facts=facts))),
        summary(checked(tampering.slide_text_changed(file, "−4,1", "−4,7"))),
        summary(checked(tampering.slide_text_changed(file, "schneller", "langsamer"))),
        summary(checked(file, erased=True)),
        summary(checked(file, sheets.worst())),
        summary(checked(sealed([good], "pptx", b"another"))),
        summary(checked(tampering.without_manifest(file))),
    ]
    assert [text.de.split(":")[0].split(";")[0] for text in said] == [
        "Die Datei ist, wie sie ausgegeben wurde, und gilt heute noch",
        "Die Datei ist, wie sie ausgegeben wurde",
        "Die Datei wurde geändert",
        "Die Datei wurde geändert",
        "Die Datei ist, wie sie ausgegeben wurde",
        said[5].de,
        "Nicht von uns",
        "Nicht prüfbar",
    ]
    assert "nicht mehr kennt" in said[5].de
    assert len({text.en for text in said}) == 8


def test_a_slide_moved_to_another_place_in_the_deck_stays_the_same() -> None:
    good, worst = sheets.good(), sheets.worst()
    deck: Any = Presentation(io.BytesIO(sealed([good, worst], "pptx", KEY)))
    order = deck.slides._sldIdLst
    order.append(order[0])
    out = io.BytesIO()
    deck.save(out)
    assert checked(out.getvalue(), good, worst).sound


@pytest.mark.parametrize(
    "file", [b"", b"no file", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04"]
)
def test_what_is_no_such_file_is_refused_with_a_reason(file: bytes) -> None:
    with pytest.raises(InputFault, match="lässt sich nicht"):
        checked(file)


@pytest.fixture(scope="module")
def one_of_each() -> dict[Format, bytes]:
    return {to: sealed([sheets.good()], to, KEY) for to in FORMATS}


@given(data=st.data())
@settings(max_examples=80)
def test_no_broken_file_ends_in_anything_but_a_fault_for_the_user(
    one_of_each: dict[Format, bytes], data: st.DataObject
) -> None:
    file = bytearray(one_of_each[data.draw(st.sampled_from(FORMATS))])
    for _ in range(data.draw(st.integers(1, 20))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(file), len(file) // 2]))
    with contextlib.suppress(InputFault):
        assert checked(bytes(file[:cut])).kind in FORMATS


def names_in(file: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return package.namelist()


def test_kinds_are_told_by_content(one_of_each: dict[Format, bytes]) -> None:
    assert {to: kind_of(file) for to, file in one_of_each.items()} == {to: to for to in FORMATS}


def test_equal_claims_give_equal_files(one_of_each: dict[Format, bytes]) -> None:
    assert sealed([sheets.good()], "pptx", KEY) == one_of_each["pptx"]
    assert sealed([sheets.good()], "pdf", KEY) == one_of_each["pdf"]
