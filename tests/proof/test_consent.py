"""Consent: the answer recorded last decides, and what is over allows nothing."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from core.text import LANGS
from proof.consent import Consent, Kind, Standing, permission
from proof.requesting import request_text, text_version

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


def test_the_letter_names_finding_kind_and_how_to_take_it_back() -> None:
    for lang in LANGS:
        letter = request_text(
            "anonymous", lang, project="Willkommen {x}", person="Frau Dr. Öz",
            finding="20 % weniger Rückfragen", sender="Ada",
        )  # fmt: skip
        for word in ("Willkommen {x}", "Frau Dr. Öz", "20 % weniger Rückfragen", "Ada", text_version()):
            assert word in letter
        assert ("widerrufen" if lang == "de" else "withdraw") in letter
