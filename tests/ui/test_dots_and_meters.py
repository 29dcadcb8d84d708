"""Dots on a scale and bars of a whole: inside their width whatever the values, text never markup."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.funnels import trigger, triggers
from ui.dotplot import Scale, percent_scale
from ui.triggerpicture import triggers_table, triggers_title


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.booleans())
def test_every_value_lies_on_the_scale_in_order(one: float, other: float, log: bool) -> None:
    scale = Scale(low=0.2, high=5.0, log=log)
    first, second = scale.place(min(one, other)), scale.place(max(one, other))
    assert 0 <= first <= second <= 100.000001


def test_a_ratio_and_its_inverse_lie_equally_far_from_one() -> None:
    scale = Scale(low=1 / 3, high=3.0, log=True)
    assert scale.place(1.0) == pytest.approx(50)
    assert scale.place(2.0) - 50 == pytest.approx(50 - scale.place(0.5))
    assert scale.place(math.inf) == pytest.approx(100)


@given(st.lists(st.none() | st.floats(0, 100), max_size=5))
def test_a_scale_of_shares_begins_at_nothing_and_holds_all(values: list[float | None]) -> None:
    scale = percent_scale(values, "de")
    assert scale.low == 0
    assert all(value is None or value <= scale.high for value in values)


def _names_as_a_file_may_hold_them() -> None:
    from ui.dotplot import Dot, Scale, dots  # noqa: PLC0415 - AppTest runs this text alone
    from ui.meters import Key, Meter, keys, meters  # noqa: PLC0415

    name = "<b onclick='x'>Messe</b>"
    dots([Dot(label=name, value=1.0, said=name, under=name, beside=name)], Scale(low=0.0, high=2.0), name)
    meters([Meter(label=name, done=0.7, pending=0.6, said=name, under=name, beside=name)], name)
    keys([Key(kind="done", said=name)])


def test_names_are_never_markup_and_a_bar_is_never_wider_than_its_whole() -> None:
    app = AppTest.from_function(_names_as_a_file_may_hold_them).run()
    assert not app.exception
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert "<b " not in html
    assert html.count("&lt;b onclick") == 11
    assert all(float(width) <= 100 for width in re.findall(r"width:([\d.]+)%", html))


def test_the_strongest_that_holds_is_the_title_and_never_called_a_cause() -> None:
    found = triggers(
        [trigger("Angebotsgespräch", 60, 30, selected=True), trigger("Brief", 45, 45, selected=False)]
    )
    assert (
        triggers_title(found).de
        == "Besuche mit „Angebotsgespräch“ gehen öfter weiter: 60\u202f% statt 30\u202f%"
    )
    rarer = triggers([trigger("Preisliste", 20, 40, selected=True)])
    assert "seltener" in triggers_title(rarer).de
    nothing = triggers([trigger("Brief", 45, 45, selected=False)])
    assert "Zufall" in triggers_title(nothing).de


def _triggers_of_hours() -> None:
    from dataclasses import replace  # noqa: PLC0415 - AppTest runs this text alone

    from tests.funnels import trigger, triggers  # noqa: PLC0415
    from ui.triggerpicture import draw_triggers  # noqa: PLC0415

    found = triggers([trigger("A", 60, 40, selected=True), trigger("B", 0, 7, selected=False)])
    draw_triggers(replace(found, landmark_days=1 / 24), "en")


def test_a_landmark_of_hours_is_said_in_hours_and_a_ratio_of_nothing_does_not_stretch_the_scale() -> None:
    app = AppTest.from_function(_triggers_of_hours).run()
    assert not app.exception
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert "The landmark is 1\u202fh after" in html
    assert "2.00\u202f×" in html


def test_the_table_of_triggers_holds_all_that_was_looked_at() -> None:
    found = triggers([trigger("A", 60, 0, selected=True), trigger("B", 45, 45, selected=False)])
    table = triggers_table(found, "de")
    assert table["Merkmal"].tolist() == ["A", "B"]
    assert table["Hält der Korrektur stand"].tolist() == ["ja", "nein"]
