"""Words that must be anonymous: names are found however they are written, everyday words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.anonymity import named_in, telling

NAMES = ["Seeblick Hotels GmbH (erfunden)", "Dr. Miriam Aßmann"]


@pytest.mark.parametrize(
    "text",
    ["Wartung bei SEEBLICK", "das Seeblick-Haus", "seeblicks Gäste", "Frau ASSMANN sagt", "Miriam, danke"],
)
def test_a_name_is_found_whatever_its_case_ending_or_hyphen(text: str) -> None:
    assert named_in([text], NAMES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ablösung bei 3M", "3M Deutschland GmbH"),
        ("die VW-Werke", "VW AG"),
        ("so macht es H & M", "H&M SE"),
        ("im Hotel Werk ist es warm", "Hotel Werk GmbH"),
        ("Hof\u200bmann", "Hofmann KG"),
        ("Hof\u00admann", "Hofmann KG"),
        ("H o f m a n n", "Hofmann KG"),
        ("Hof-mann", "Hofmann KG"),
        ("bei Mueller", "Müller Technik"),
        ("bei MULLER", "Müller Technik"),
        ("Ｈｏｆｍａｎｎ", "Hofmann KG"),
        ("Łódź_Nowa", "Nowa Łódź"),
    ],
)
def test_a_name_is_found_however_it_is_hidden(text: str, name: str) -> None:
    assert named_in([text], [name])


def test_words_of_the_product_name_nobody_unless_the_whole_name_stands_there() -> None:
    names, common = ["Projekt Partner GmbH"], ["durch das Projekt {project} verbessert"]
    assert named_in(["durch das Projekt „Wartung“ verbessert"], names, common) == frozenset()
    assert named_in(["durch das Projekt „Für Partner“ verbessert"], names, common) == {"partner"}
    assert named_in(["bei Projekt Partner"], ["Projekt AG"], common) == frozenset()


@pytest.mark.parametrize("text", ["Wartung in vier Hotels", "eine GmbH", "Die Dauer sank um 8 h", ""])
def test_words_that_many_share_tell_nobody_apart(text: str) -> None:
    assert named_in([text], NAMES) == frozenset()


@given(st.text(max_size=60), st.text(max_size=40))
def test_whatever_the_text_a_name_in_it_is_found(text: str, name: str) -> None:
    found = named_in([f"{text} {name} {text}"], [name])
    assert telling([name]) <= found
