"""The workshop sheet and the quick check: what they say, what they hold back, whatever people wrote."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pytest
from pypdf import PdfReader

from checklists.disclosure import Given, disclosed
from checklists.findings import agenda
from checklists.loading import load_checklists
from checklists.model import Checklist
from checklists.plan import plan
from checklists.scoring import Answer, score, team_values
from core.text import LANGS, Lang, Text, same
from exports.embedding import manifest_in
from exports.manifest import opened
from exports.quickcheck import QuickCheck, quickcheck_pdf
from exports.sheet import Sheet
from exports.workshop import MOST_TOPICS, Workshop, shortened, workshop_data, workshop_pdf
from tests.exports.sheets import good

CATALOG = load_checklists()
FULL, QUICK = CATALOG["journey_maturity"], CATALOG["journey_quick"]
DAY = dt.date(2026, 10, 22)
KEY = b"of-this-installation"
NASTY = [
    "#eval(1) #read(\"/etc/passwd\") $x^2$ *bold* @ref <label> \\ = heading // comment",
    "=HYPERLINK(\"http://x\") & <b>fett</b> [x](http://y)",
    "\u202e21\u202c שלום العربية \u2066x",
    "lang" * 750,
    "wort " * 600,
]  # fmt: skip


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").split())


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def typefaces(pdf: bytes) -> set[bool]:
    """Whether each typeface of each page is embedded."""
    found: set[bool] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in cast(Any, page["/Resources"])["/Font"].values():
            kept = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            found.add(any(key in kept for key in ("/FontFile", "/FontFile2", "/FontFile3")))
    return found


def sheet(
    checklist: Checklist, given: Sequence[Given], *, team: str = "Vertrieb", minimum: int = 3
) -> Workshop:
    return Workshop(
        team=team, checklist=checklist, day=DAY, respondents=7, minimum=minimum,
        agenda=agenda(checklist, disclosed(given, minimum)), contradictions=(), currency="EUR",
    )  # fmt: skip


def divided(checklist: Checklist, roles: Sequence[str]) -> list[Given]:
    """Everybody answers every statement, by turns no and throughout."""
    steps = itertools.cycle([0.0, 1.0, 0.5])
    return [
        Given(statement=statement.id, role=role, answer=next(steps))
        for statement in checklist.statements
        for role in roles
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_workshop_sheet_is_one_page_with_the_statements_that_divide_most(lang: Lang) -> None:
    made = sheet(FULL, divided(FULL, ["Vertrieb"] * 4 + ["Service"] * 3))
    pdf = workshop_pdf(made, lang)
    assert pages(pdf) == 1
    words = words_of(pdf)
    assert shortened(made.agenda[0].statement.statement(lang))[:40] in words
    assert {"de": "worüber wir zuerst sprechen", "en": "what to talk about first"}[lang] in words
    assert typefaces(pdf) == {True}


def test_a_role_with_too_few_answers_stands_nowhere_on_the_sheet() -> None:
    roles = ["Vertrieb"] * 4 + ["Service"] * 3 + ["Geschäftsleitung"]
    made = sheet(FULL, divided(FULL, roles))
    for lang in LANGS:
        assert "Geschäftsleitung" not in str(workshop_data(made, lang))
        assert "Geschäftsleitung" not in words_of(workshop_pdf(made, lang))
    assert "Vertrieb" in str(workshop_data(made, "de"))


@pytest.mark.parametrize("user", NASTY, ids=lambda user: ascii(user)[:18])
@pytest.mark.parametrize("lang", LANGS)
def test_whatever_people_wrote_the_sheet_stays_one_page_and_runs_nothing(user: str, lang: Lang) -> None:
    said = Text(de=user, en=user)
    wild = FULL.model_copy(
        update={
            "name": said,
            "dimensions": tuple(
                one.model_copy(
                    update={
                        "name": said,
                        "statements": tuple(
                            st.model_copy(update={"statement": said, "criteria": (said,) * 4})
                            for st in one.statements
                        ),
                    }
                )
                for one in FULL.dimensions
            ),
        }
    )
    pdf = workshop_pdf(sheet(wild, divided(FULL, [user] * 4 + ["B"] * 3), team=user), lang)
    assert pages(pdf) == 1
    assert "root:" not in words_of(pdf)


def test_the_sheet_holds_at_most_six_statements_and_each_as_many_letters_as_fit() -> None:
    data = workshop_data(sheet(FULL, divided(FULL, ["A"] * 3)), "de")
    assert len(cast(list[object], data["topics"])) == MOST_TOPICS
    assert shortened("wort " * 100, 20) == "wort wort wort …"
    assert shortened("x" * 100, 20) == "x" * 19 + "…"
    assert shortened("kurz", 20) == "kurz"


def check(answer: Answer = 0.5, *, team: str = "Muster GmbH", proofs: Sequence[Sheet] = ()) -> QuickCheck:
    own = {statement.id: answer for statement in QUICK.statements}
    own |= {"quick_origin": 1.0, "quick_difference": 1.0}
    values = team_values(QUICK, {"P": own})
    found = score(QUICK, values)
    return QuickCheck(
        team=team, checklist=QUICK, day=DAY, respondents=1, score=found, kpis={"csat": same("CSAT")},
        plan=plan(QUICK, values, {one.id: 2 for one in QUICK.dimensions}), proofs=proofs,
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_quick_check_is_one_page_with_level_profile_and_three_recommendations(lang: Lang) -> None:
    made = check()
    pdf = quickcheck_pdf(made, lang, KEY)
    assert pages(pdf) == 1
    words = words_of(pdf)
    assert "Muster GmbH" in words
    for step in made.plan.first:
        assert step.action(lang)[:50] in words
    for dimension in QUICK.dimensions:
        assert dimension.name(lang) in words
    assert typefaces(pdf) == {True}


def test_the_quick_check_says_what_its_steps_come_to_as_scoring_them_says() -> None:
    made = check()
    done = {step.statement for step in made.plan.first}
    own: dict[str, Answer] = {
        statement.id: 1.0 if statement.id in done | {"quick_origin", "quick_difference"} else 0.5
        for statement in QUICK.statements
    }
    after = score(QUICK, team_values(QUICK, {"P": own})).overall
    assert after is not None
    days = sum(step.days for step in made.plan.first)
    assert f"auf {after:.1f}".replace(".", ",") in words_of(quickcheck_pdf(made, "de", KEY))
    assert f"{days:g} Tagen" in words_of(quickcheck_pdf(made, "de", KEY))


def test_proofs_stand_in_the_quick_check_with_the_signed_register_of_its_numbers() -> None:
    proof = good("de")
    pdf = quickcheck_pdf(check(proofs=[proof]), "de", KEY)
    assert pages(pdf) == 1
    assert proof.sentence[:60] in words_of(pdf)
    assert proof.claim in words_of(pdf)
    manifest = opened(manifest_in(pdf) or "", KEY)
    assert manifest is not None
    assert [one.claim for one in manifest.claims] == [proof.claim]
    assert manifest_in(quickcheck_pdf(check(), "de", KEY)) is None
    invented = replace(check(proofs=[proof]), invented=True)
    assert "frei erfunden" in words_of(quickcheck_pdf(invented, "de", KEY))


def test_a_perfect_quick_check_names_no_steps() -> None:
    perfect = quickcheck_pdf(check(1.0), "en", KEY)
    assert "hold already" in words_of(perfect)
    assert pages(perfect) == 1


@pytest.mark.parametrize("user", NASTY, ids=lambda user: ascii(user)[:18])
def test_a_quick_check_for_any_name_has_two_pages_at_most_and_runs_nothing(user: str) -> None:
    wild = replace(good("de"), sentence=user, footnote=user, provenance=user)
    pdf = quickcheck_pdf(check(team=user, proofs=[wild] * 2), "de", KEY)
    assert pages(pdf) <= 2
    assert "root:" not in words_of(pdf)
