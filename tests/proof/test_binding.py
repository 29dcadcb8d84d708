"""Figures in free text come from the proof, and numbers that no proof has are found."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from core.text import Text, same
from proof.binding import bound, loose, mark, marks
from proof.claim import Claim, Figure
from proof.effect import Effect


def claim(before: str = "25,7 h", change: str = "−8,3 h") -> Claim:
    effect = Effect(
        design="plain", kpi="x", kind="mean", better="lower", unit_name="hours", estimate=-8.3, before=25.7,
        after=17.4, expected=25.7, relative=-0.3, method=same("m"),
    )  # fmt: skip
    return Claim(
        id="W-234567", project="p", kpi="x", made_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), made_by="L",
        snapshot="", kpi_version="", title=Text(de="Titel 1", en="Title 1"),
        sentence=Text(de="Satz mit 33 %.", en="Sentence with 33%."), footnote=same("n = 12"),
        anonymous_footnote=same("n"), grade="A", grade_reason=same("r"), verdict="improved",
        provenance="computed", effect=effect, evidence=None, n=12, expires_on=dt.date(2028, 1, 1),
        figures=(
            Figure(place="before", label=same("v"), text=Text(de=before, en="25.7 h"), value=25.7),
            Figure(place="change", label=same("c"), text=Text(de=change, en="−8.3 h"), value=-8.3),
        ),
    )  # fmt: skip


def test_a_mark_of_either_language_is_replaced_by_what_the_proof_says_in_the_texts_own() -> None:
    assert bound("Es waren [vorher], [Change].", [claim()], "de") == "Es waren 25,7 h, −8,3 h."
    assert bound("[sentence]", [claim()], "de") == "Satz mit 33 %."


def test_the_second_proof_has_marks_with_its_number() -> None:
    two = [claim(), claim(before="9 h")]
    assert bound("[vorher] und [vorher 2]", two, "de") == "25,7 h und 9 h"
    assert mark("before", "de", 2) in dict(marks(two, "de"))


def test_a_mark_that_means_nothing_stays_as_it_was_typed() -> None:
    text = "[nachher] [vorher 2] [siehe Anlage] [vorher 0] []"
    assert bound(text, [claim()], "de") == text


def test_a_renewed_proof_changes_what_the_text_says() -> None:
    text = "Um [Änderung] besser."
    assert bound(text, [claim()], "de") != bound(text, [claim(change="−5,1 h")], "de")


def test_numbers_that_no_proof_has_are_found_and_those_it_has_are_not() -> None:
    typed = ["Um 80 % besser, also 8,3 h; n = 12; 2025 begonnen, 80 Leute."]
    assert loose(typed, [claim()], ["seit 2025"], "de") == ("80",)


@given(st.text())
def test_no_text_breaks_the_filling_and_without_brackets_it_stays(text: str) -> None:
    filled = bound(text, [claim()], "de")
    if "[" not in text:
        assert filled == text


def test_every_mark_that_is_offered_is_understood() -> None:
    offered = marks([claim()], "de")
    assert [says for _, says in offered] == ["Titel 1", "Satz mit 33 %.", "25,7 h", "−8,3 h"]
    for typed, says in offered:
        assert bound(typed, [claim()], "de") == says
