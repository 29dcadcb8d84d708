"""Consent: the answer recorded last decides, and what is over allows nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import LANGS, Lang, written
from proof.consent import KINDS, Consent, Kind, Standing, permission
from proof.requesting import Sender, asked_until, request_text, text_version

TODAY = dt.date(2026, 11, 22)


def consent(standing: Standing = "given", kind: Kind = "named", **other: object) -> Consent:
    said = {"project": "p", "standing": standing, "kind": kind, "on": dt.date(2026, 1, 1), **other}
    return Consent.model_validate(said)


def test_nobody_asked_means_nothing_leaves() -> None:
    found = permission((), TODAY)
    assert (found.allowed, found.reason) == ("none", "never_asked")
    assert "nichts darf das Haus verlassen" in found.said.de


def test_a_given_consent_allows_its_kind_until_its_last_day() -> None:
    given = consent(kind="anonymous", until=TODAY)
    assert permission([given], TODAY).allowed == "anonymous"
    over = permission([given], TODAY + dt.timedelta(days=1))
    assert (over.allowed, over.reason) == ("none", "expired")
    assert "22.11.2026" in over.said.de
    assert permission([given], dt.date(2025, 12, 31)).reason == "not_yet"


def test_withdrawing_blocks_at_once_whatever_was_given_before() -> None:
    taken_back = consent("withdrawn", withdrawn_on=dt.date(2026, 10, 3))
    found = permission([consent(), taken_back], TODAY)
    assert found.allowed == "none"
    assert "03.10.2026" in found.said.de
    assert permission([consent(), taken_back, consent(kind="internal")], TODAY).allowed == "internal"


def test_asking_again_takes_nothing_away_while_the_earlier_consent_holds() -> None:
    asked = consent("requested", kind="named")
    assert permission([consent(kind="anonymous"), asked], TODAY).allowed == "anonymous"
    assert permission([asked], TODAY).reason == "requested"
    assert permission([consent("withdrawn"), asked], TODAY).allowed == "none"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["requested", "given", "declined", "withdrawn"]),
            st.sampled_from(["named", "anonymous", "internal"]),
            st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
            st.none() | st.integers(0, 900),
        ),
        max_size=5,
    )
)
def test_whatever_is_allowed_somebody_has_given_and_nobody_took_back(
    said: list[tuple[Standing, Kind, dt.date, int | None]],
) -> None:
    recorded = [
        consent(standing, kind, on=on, until=None if days is None else on + dt.timedelta(days=days))
        for standing, kind, on, days in said
    ]
    found = permission(recorded, TODAY)
    if found.allowed == "none":
        return
    assert found.by is not None
    assert found.by.kind == found.allowed
    place = max(number for number, each in enumerate(recorded) if each is found.by)
    assert found.by.holds(TODAY)
    assert all(later.standing == "requested" for later in recorded[place + 1 :])


def letter(kind: Kind = "named", lang: Lang = "de", **other: Any) -> str:
    usual = {
        "project": "Willkommen {x}", "customer": "Nordwind AG", "person": "Frau Dr. Öz",
        "finding": "20 % weniger Rückfragen",
        "sender": Sender(person="Ada", company="Muster GmbH", contact="recht@muster.example", until=TODAY),
    }  # fmt: skip
    return request_text(kind, lang, **{**usual, **other})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_says_all_that_a_consent_needs(kind: Kind, lang: Lang) -> None:
    text = letter(kind, lang)
    for word in (
        "Willkommen {x}", "Frau Dr. Öz", "20 % weniger Rückfragen", "Ada", "Muster GmbH",
        "recht@muster.example", "Nordwind AG", KINDS[kind](lang), text_version(), written(TODAY, lang),
    ):  # fmt: skip
        assert word in text
    rights = {
        "de": ("freiwillig", "widerrufen", "Löschung", "beschweren", "Verantwortlich", "Art. 7 DSGVO"),
        "en": ("voluntary", "withdraw", "erasure", "complaint", "controller", "Art. 7 GDPR"),
    }
    for word in rights[lang]:
        assert word in text
    assert "\n\n\n" not in text
    outside = {"de": "Website", "en": "website"}[lang]
    assert (outside in text) == (kind != "internal")


def test_the_letter_puts_the_quote_up_for_approval_as_it_stands_and_asks_for_one_where_there_is_none() -> (
    None
):
    assert "„Es {läuft}.“" in letter(quote=" Es {läuft}. ")
    assert "Über ein oder zwei Sätze" in letter()
    assert "Zitat" not in letter("internal", quote="Es läuft.")


def test_a_letter_without_an_address_is_answered_by_a_reply_and_greets_nobody_by_name() -> None:
    sender = Sender(person="Ada", company="Muster GmbH", contact=" ", until=TODAY)
    text = letter(sender=sender, person="")
    assert "formlos als Antwort auf diese Nachricht" in text
    assert "Guten Tag,\n" in text


def test_a_letter_asks_until_the_end_of_a_month() -> None:
    assert asked_until(dt.date(2026, 2, 10)) == dt.date(2028, 2, 29)
    assert asked_until(dt.date(2024, 2, 29)) == dt.date(2026, 2, 28)
    assert asked_until(dt.date(2026, 12, 31)) == dt.date(2028, 12, 31)
