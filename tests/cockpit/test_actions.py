"""Actions as people use them: carried over from a plan, done, and asked about again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from actions.listing import Wanted
from actions.model import Draft
from cockpit.actions import (
    add,
    carried_over,
    change,
    count,
    done_statements,
    from_plan,
    hold_jour_fixe,
    listed,
    next_jour_fixe,
    since,
)
from cockpit.rounds import close_round, open_round
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from store.state.database import ChangedMeanwhile
from store.state.rounds import Round

UNTIL = dt.date(2999, 1, 1)


def begun(ws: Workspace, team: str = "Vertrieb") -> Round:
    made = open_round(ws, "journey_quick", team=team, closes_on=UNTIL, person="Lena")
    return close_round(ws, made.id, "Lena")


def day(ws: Workspace, days: int) -> dt.date:
    return ws.now().date() + dt.timedelta(days=days)


def test_a_plan_becomes_actions_that_know_their_statement_and_what_must_come_first(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = begun(ws)
    proof, baseline = from_plan(
        ws, made.id, [("quick_proof", "Murat", UNTIL), ("quick_baseline", "Olga", None)], "Lena"
    )
    advice = made.checklist.statement("quick_proof").advice
    assert advice is not None
    assert (proof.title, proof.effort_days, proof.kpi) == (advice.action, advice.days, advice.kpi)
    assert (proof.owner, proof.due, proof.origin, proof.origin_ref) == (
        "Murat", UNTIL, "plan", f"{made.id}/quick_proof",
    )  # fmt: skip
    assert proof.needs == (baseline.id,)


def test_carrying_a_plan_over_twice_doubles_nothing(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = begun(ws)
    first = from_plan(ws, made.id, [("quick_origin", "Murat", None)], "Lena")
    again = from_plan(ws, made.id, [("quick_origin", "Olga", None), ("quick_difference", "", None)], "Lena")
    assert again[0] == first[0]
    assert list(carried_over(ws, made.id)) == ["quick_origin", "quick_difference"]
    later = begun(ws)
    assert from_plan(ws, later.id, [("quick_origin", "Olga", None)], "Lena") == first
    other = begun(ws, "Service")
    assert from_plan(ws, other.id, [("quick_origin", "Olga", None)], "Lena") != first
    assert len(listed(ws).actions) == 3


def test_a_partial_round_asks_only_what_was_done_since(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = begun(ws)
    steps = [(name, "", None) for name in ("quick_difference", "quick_origin", "quick_criteria")]
    difference, origin, criteria = from_plan(ws, made.id, steps, "Lena")
    assert done_statements(ws, made.id) == ()
    change(ws, difference.id, difference.version, {"status": "done"}, "Lena")
    change(ws, origin.id, origin.version, {"status": "done"}, "Lena")
    change(ws, criteria.id, criteria.version, {"status": "dropped"}, "Lena")
    assert done_statements(ws, made.id) == ("quick_origin", "quick_difference")
    later = begun(ws)
    assert done_statements(ws, later.id) == ()
    (again,) = from_plan(ws, later.id, [("quick_origin", "", None)], "Lena")
    assert again.id not in {difference.id, origin.id, criteria.id}


def test_a_statement_without_advice_is_no_action(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    with pytest.raises(UsageFault, match="kennt der Katalog keine Maßnahme"):
        from_plan(ws, begun(ws).id, [("nonsense", "", None)], "Lena")


def test_the_list_is_filtered_and_counts_stay_those_of_the_whole(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    late = add(ws, Draft(title="Spät", owner="Lena", due=day(ws, -3)), "Lena")
    add(ws, Draft(title="Heute", owner="Murat", due=day(ws, 0)), "Lena")
    done = add(ws, Draft(title="Erledigt", owner="Lena", due=day(ws, -9)), "Lena")
    change(ws, done.id, done.version, {"status": "done"}, "Lena")
    assert [one.title.de for one in listed(ws).actions] == ["Spät", "Heute", "Erledigt"]
    found = listed(ws, Wanted(owners=("Lena",), overdue=True))
    assert found.actions == (late,)
    assert found.owners == ("Lena", "Murat")
    assert found.counts == count(ws)
    assert (found.counts.all, found.counts.running, found.counts.overdue) == (3, 2, 1)


def test_the_next_jour_fixe_tells_what_was_done_since_the_last(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    one = add(ws, Draft(title="Anrufen", due=day(ws, 3)), "Lena")
    assert next_jour_fixe(ws).due == (one,)
    done = change(ws, one.id, one.version, {"status": "done"}, "Lena")
    assert next_jour_fixe(ws).done == (done,)
    hold_jour_fixe(ws, "Lena")
    assert next_jour_fixe(ws).done == ()


def test_two_people_who_change_the_same_action_are_told_in_words(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    seen = add(ws, Draft(title="Anrufen"), "Lena")
    change(ws, seen.id, seen.version, {"owner": "Murat"}, "Murat")
    with pytest.raises(ChangedMeanwhile) as told:
        change(ws, seen.id, seen.version, {"status": "done"}, "Olga")
    assert told.value.text.en.startswith("Murat has changed this action in the meantime")


def test_a_kpi_that_there_is_not_is_refused(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    with pytest.raises(UsageFault):
        add(ws, Draft(title="Anrufen", kpi="win_rat"), "Lena")
    made = add(ws, Draft(title="Anrufen"), "Lena")
    with pytest.raises(UsageFault):
        change(ws, made.id, made.version, {"kpi": "win_rat"}, "Lena")


def test_without_data_an_action_has_a_kpi_but_no_figure(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = add(ws, Draft(title="Anrufen", kpi="win_rate"), "Lena")
    assert made.baseline is None
    assert since(ws, made) is None


def test_an_action_freezes_its_kpis_figure_and_a_month_without_news_says_so(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    made = add(ws, Draft(title="Nachfassen", kpi="win_rate", expected="up"), "Lena")
    assert made.baseline is not None
    assert made.baseline.value is not None
    assert made.baseline.month == "2026-10"
    found = since(ws, made)
    assert found is not None
    assert found.verdict == "no_new_month"
    assert found.now is not None
    assert found.now.value == made.baseline.value
