"""The pictures of a round: what they draw is what was counted, and text is never markup."""

from __future__ import annotations

import base64
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from checklists.disclosure import Distribution
from checklists.loading import load_checklists
from checklists.scoring import TOP
from cockpit.roundhistory import history
from cockpit.roundresults import round_view
from cockpit.workspace import open_workspace
from core.text import LANGS
from tests.roundmaking import held
from ui.distribution import columns
from ui.performancepicture import _names, _range, performance_table, scatter, spots
from ui.planpicture import plan_table, plan_title
from ui.progresspicture import change_table, multiple, progress_table, progress_title
from ui.roundpicture import profile_table, round_title, statement_title
from ui.statementpicture import statement_table
from ui.theme import LIGHT

QUICK = load_checklists()["journey_quick"]
SCALE = QUICK.scale


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4), st.integers(0, 9))
def test_columns_show_every_count_and_no_column_is_taller_than_the_most_frequent(
    counts: list[int], unsure: int
) -> None:
    seen = Distribution(
        counts=tuple((one.value, n) for one, n in zip(SCALE, counts, strict=True) if n),
        dont_know=unsure,
        not_applicable=0,
    )
    drawn = columns(seen, SCALE, "de", named=True)
    assert re.findall(r"<span>(\d+)<i", drawn) == [str(n) for n in [*counts, unsure] if n]
    heights = [int(px) for px in re.findall(r"height:(\d+)px", drawn)]
    assert max(heights) <= 44
    assert f"Durchgängig: {counts[3]}" in drawn


@given(st.lists(st.tuples(st.integers(0, 900), st.floats(0, TOP)), min_size=1, max_size=6))
def test_a_small_chart_keeps_every_level_inside_its_picture(points: list[tuple[int, float]]) -> None:
    begin = dt.date(2026, 1, 1)
    line = [(begin + dt.timedelta(days=days), level) for days, level in sorted(points)]
    picture = multiple([line, line[:1]], (line[0][0], line[-1][0]), "<b>")
    assert 'alt="&lt;b&gt;"' in picture
    svg = base64.b64decode(re.findall(r"base64,([^\"]+)", picture)[0]).decode()
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]
    assert len(dots) == len(line) + 1
    assert all(0 <= x <= 220 and 0 <= y <= 92 for x, y in dots)


def _names_as_people_type_them() -> None:
    from ui.levels import LevelLine, level_keys, levels  # noqa: PLC0415 - AppTest runs this text alone

    name = "<b onclick='x'>Messe</b>"
    line = LevelLine(
        label=name, now=9.0, top=5, holds=2, gained=1, aim=4, before=-1.0, others=((name, 3.0),), said=name,
        beside=name, under=name,
    )  # fmt: skip
    levels([line], name)
    level_keys(["holds", "now"], "de")


def test_a_line_of_levels_draws_what_holds_what_comes_and_what_is_missing_and_no_markup() -> None:
    app = AppTest.from_function(_names_as_people_type_them).run()
    html = "\n".join(str(element.proto.body) for element in app.get("html"))
    assert "<b onclick" not in html
    boxes = re.findall(r'<i class="wm-(\w+)">', html)
    assert boxes == ["holds", "holds", "gained", "aimed", "beyond"]
    places = [float(left) for left in re.findall(r'class="wm-(?:now|was|team)" style="left:([\d.]+)%', html)]
    assert all(0 <= place <= 100 for place in places)


def test_titles_say_what_the_round_found(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    first = held(ws, lambda _, name: 0.0 if name == "quick_origin" else 0.5)
    assert round_title(round_view(ws, first.id)).de == "Vertrieb: Niveau 2,4 von 5"
    roles = ["A", "A", "A", "B", "B", "B"]
    made = held(ws, lambda role, name: 1.0 if role == "A" or name != "quick_proof" else 0.0, roles=roles)
    shown = round_view(ws, made.id)
    assert round_title(shown).de == "Vertrieb: Niveau 4,7 von 5; am uneinigsten bei „Gewinnen“"
    assert statement_title(shown) == round_title(shown)
    assert plan_title(shown).en.startswith("Vertrieb: one action of 8 days")
    gone = history(ws, made.id)
    assert progress_title(shown, gone).de.startswith("Vertrieb: Niveau 2,4 → 4,7, am meisten gestiegen")
    assert progress_title(round_view(ws, first.id), gone).de.startswith("Vertrieb: die erste Runde")
    nobody = held(ws, lambda *_: None)
    assert "zu wenige Antworten" in round_title(round_view(ws, nobody.id)).de


@pytest.mark.parametrize("lang", LANGS)
def test_tables_to_take_away_hold_nothing_of_a_statement_that_is_hidden(lang: str, tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    roles = ["A", "A", "A", "Chefin"]
    made = held(
        ws, lambda role, name: None if role == "A" and name == "quick_origin" else 1.0, roles=roles,
        targets={"winning": 3},
    )  # fmt: skip
    shown = round_view(ws, made.id)
    assert shown.disclosure.hidden == {"quick_origin"}
    statements = statement_table(shown, "de")
    assert statements.iloc[0, 3:].isna().all()
    assert statements.iloc[1, 3] == 1.0
    profile = profile_table(shown, "de")
    assert profile.iloc[0, 5:9].tolist() == [0, 1, 0, 0]
    whole = str([statements, profile, change_table(shown, "de"), progress_table(history(ws, made.id), "de")])
    assert "Chefin" not in whole
    assert shown.plan is not None
    assert len(plan_table(shown, shown.plan, {}, "de")) == len(shown.plan.steps)


def test_phases_stand_in_the_picture_where_level_and_kpi_say(sample_workspace: Path) -> None:
    ws = open_workspace(sample_workspace)
    newest = next(one for one in ws.state.rounds.all() if one.team.startswith("Vertrieb"))
    shown = round_view(ws, newest.id)
    found = spots(shown)
    assert len(found) == 7
    figure = scatter(found, "de", LIGHT)
    assert figure["data"][0]["x"] == [one.line.score.continuous for one in found]
    assert len(performance_table(shown, "de")) == 7
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low < one.y < high for one in found)
    tinted = figure["layout"]["shapes"][0]
    inside = [one for one in found if one.x < tinted["x1"] and one.y < tinted["y1"]]
    assert inside == [one for one in found if one.line.first_here]
    assert len(_names(found, low, high, "de", LIGHT)) == 7
    assert _range([100.0]) == (90.0, 110.0)
