"""The roadmap as a picture: every bar where its days lie, and every word of people as text."""

from __future__ import annotations

import re

from hypothesis import given

from actions.model import Action
from actions.roadmap import roadmap
from core.text import LANGS, same
from tests.actions.drafts import TODAY, action, action_lists
from ui.roadmappicture import roadmap_html, roadmap_table

BAR = re.compile(r'class="wm-gb wm-gb-\w+" style="left:([\d.]+)%;width:([\d.]+)%"')


@given(actions=action_lists())
def test_every_bar_lies_inside_the_picture_in_the_order_of_its_days(actions: list[Action]) -> None:
    shown = roadmap(actions, TODAY)
    for lang in LANGS:
        places = [(float(left), float(wide)) for left, wide in BAR.findall(roadmap_html(shown, lang))]
        assert len(places) == len(shown.bars) == len(roadmap_table(shown, lang))
        for bar, (left, wide) in zip(shown.bars, places, strict=True):
            assert left >= 0
            assert left + wide <= 100.02
            for other, (left_of_other, _) in zip(shown.bars, places, strict=True):
                if bar.begin <= other.begin:
                    assert left <= left_of_other + 0.01


def test_a_title_is_no_markup() -> None:
    shown = roadmap([action(1, title=same("<script>x</script>"), owner="<i>Lena</i>")], TODAY)
    html = roadmap_html(shown, "de")
    assert "<script>" not in html
    assert "<i>Lena" not in html
