"""Tables as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exports.text_table import clean, text_table


def test_numbers_stand_flush_right_under_their_header() -> None:
    shown = text_table(["Phase", "Besuche"], [["Kauf", "7"], ["Erwägung", "1.234"]], right=[1])
    assert shown == "Phase     Besuche\nKauf            7\nErwägung    1.234"


def test_a_pipe_gets_one_line_a_row_however_long() -> None:
    assert len(text_table(["a", "b"], [["x" * 500, "y" * 500]]).splitlines()) == 2


def test_a_terminal_gets_long_cells_folded_and_nothing_lost() -> None:
    lines = text_table(["a", "b"], [["wort " * 40, "1"]], right=[1], width=60).splitlines()
    assert max(map(len, lines)) <= 60
    assert sum(line.count("wort") for line in lines) == 40


def test_markup_in_data_is_text() -> None:
    assert "[red]x[/red] :smile:" in text_table(["a"], [["[red]x[/red] :smile:"]])


@given(st.text())
def test_no_character_of_the_data_can_steer_a_terminal(text: str) -> None:
    shown = clean(text)
    assert not [character for character in shown if ord(character) < 32 or 127 <= ord(character) < 160]
    assert "\u202e" not in shown  # would turn the rest of the line around


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5))
def test_a_piped_table_has_a_line_for_its_header_and_each_row(rows: list[tuple[str, str]]) -> None:
    assert len(text_table(["a", "b"], rows).split("\n")) == len(rows) + 1
