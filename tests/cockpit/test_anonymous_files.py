"""Somebody looks for the customer behind an anonymous proof: in every free text, in every format."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cockpit.claims import Entry, entry, shelf
from cockpit.exporting import Use, export_story
from cockpit.sheetcharts import chart_of
from cockpit.sheets import Manner, sheet, sheet_of
from cockpit.stories import story, write
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.text import LANGS, same
from exports.anonymity import found_within, words_of
from exports.chart_scale import shown_value
from exports.sealing import FORMATS, sealed
from proof.consent import Permission

CUSTOMER = "Zwirnerei Kłobuck GmbH"
PERSON = "Özlem Çağatay-Weiß"
SPELLINGS = ("Zwirnerei Kłobuck", "zwirnerei", "Frau CAGATAY sagt", "Zwir\u200bnerei", "bei Zwirner-ei")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory, sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


@pytest.fixture(scope="module")
def anonymous(ws: Workspace) -> Entry:
    """The sample's anonymous proof, of another customer and with another person."""
    found = next(each for each in shelf(ws) if each.project.key == "F-02")
    consent = found.permission.by
    assert consent is not None
    return dataclasses.replace(
        found,
        project=found.project.model_copy(update={"customer": CUSTOMER}),
        permission=found.permission.model_copy(
            update={"by": consent.model_copy(update={"person": PERSON, "picture": b"no picture"})}
        ),
    )


def with_text(shown: Entry, field: str, words: str) -> Entry:
    """The entry with a name in one free text, frozen into the claim as the product would."""
    claim, said = shown.claim, same(words)
    match field:
        case "kpi":
            kpi = shown.kpi.model_copy(update={"name": said})
            return dataclasses.replace(shown, kpi=kpi)
        case "quote":
            consent = shown.permission.by
            assert consent is not None
            by = consent.model_copy(update={"quote": words})
            return dataclasses.replace(
                shown, permission=Permission(allowed="anonymous", reason="given", by=by)
            )
        case "method":
            effect = dataclasses.replace(claim.effect, method=said)
            return dataclasses.replace(shown, claim=claim.model_copy(update={"effect": effect}))
    return dataclasses.replace(shown, claim=claim.model_copy(update={field: said}))


@pytest.mark.parametrize("words", SPELLINGS)
@pytest.mark.parametrize("field", ["title", "sentence", "anonymous_footnote", "kpi", "method"])
def test_a_name_in_any_free_text_stops_the_file(
    ws: Workspace, anonymous: Entry, field: str, words: str
) -> None:
    with pytest.raises(UsageFault, match=r"zwirnerei|cagatay"):
        sheet(with_text(anonymous, field, words), "de", ws.now().date())


@pytest.mark.parametrize("words", SPELLINGS)
def test_a_quote_that_names_somebody_stays_at_home(ws: Workspace, anonymous: Entry, words: str) -> None:
    assert sheet(with_text(anonymous, "quote", words), "de", ws.now().date()).quote is None


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_of_customer_person_picture_or_rows_is_on_an_anonymous_sheet(
    ws: Workspace, anonymous: Entry, lang: str
) -> None:
    made = sheet(anonymous, lang, ws.now().date())  # type: ignore[arg-type]
    assert (made.logo, made.evidence) == (None, None)
    assert made.quote is None or (made.quote.person, made.quote.role, made.quote.picture) == ("", "", None)
    assert not [text for text in words_of(made) if "Zwirnerei" in text or "Weiß" in text]
    for to in FORMATS:
        assert found_within(sealed([made], to, b"k" * 32), [CUSTOMER, PERSON, "Zwirnerei", "Özlem"]) == []


def test_a_case_study_by_hand_that_names_the_person_does_not_leave(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    shown = next(each for each in shelf(ws) if each.project.key == "F-02")
    assert shown.permission.by is not None
    person = shown.permission.by.person
    assert person
    told = story(ws, shown.project.id, "de")
    write(ws, told.model_copy(update={"result": f"Das freut {person}."}), "Ada")
    with pytest.raises(UsageFault, match=person.split()[-1].casefold()):
        export_story(ws, shown.project.id, "pdf", Use(person="Ada", lang="de"))
    assert entry(ws, shown.claim.id).handouts == (), "what did not leave is not noted"


@pytest.mark.parametrize("lang", LANGS)
def test_a_chart_says_the_figures_of_its_claim_and_no_others(ws: Workspace, lang: str) -> None:
    charts = 0
    for shown in shelf(ws):
        chart = chart_of(shown.claim, shown.kpi, lang, anonymous=False)  # type: ignore[arg-type]
        if chart is None:
            continue
        charts += 1
        figures = {figure.place: figure.text.model_dump()[lang] for figure in shown.claim.figures}
        windows = {"before": "before", "vorher": "before", "after": "after", "nachher": "after"}
        for one in chart.series:
            if one.form == "level":
                value = next(value for value in one.values if value is not None)
                told = shown_value(value, chart, lang)  # type: ignore[arg-type]
                assert told == figures[windows.get(one.name, "expected")]
            elif chart.kind == "before_after" and one.role == "treated":
                ends = [shown_value(value or 0.0, chart, lang) for value in one.values]  # type: ignore[arg-type]
                assert ends == [figures["before"], figures["after"]]
    assert charts >= 7


def test_evidence_has_one_row_a_period_and_plain_numbers_under_their_unit(ws: Workspace) -> None:
    shown = next(each for each in shelf(ws) if each.project.key == "F-01")
    made = sheet_of(shown, shown.claim, Manner(anonymous=False), "de", ws.now().date())
    assert made.evidence is not None
    assert made.evidence[0] == ("Zeitraum", "mit Projekt (h)", "n", "Vergleichsgruppe (h)", "n")
    assert len({row[0] for row in made.evidence[1:]}) == len(made.evidence) - 1 == 24
    assert all(cell.replace(",", "").isdigit() for row in made.evidence[1:] for cell in row[1:])
