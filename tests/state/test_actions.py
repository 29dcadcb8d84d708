"""Actions are kept with every change of theirs, and two people never overwrite each other."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from actions.effect import Baseline
from actions.model import Action, Changes, Draft
from core.errors import UsageFault
from core.text import Text
from store.state.actions import New
from store.state.database import ChangedMeanwhile
from store.state.state import State
from tests.state.schemas import left_by
from tests.state.stored import stored

NOW = dt.datetime(2026, 3, 16, 9)
FIGURE = Baseline(
    kpi="win_rate", phase=None, value=31.5, unit="percent", n=54, period="2026-02", month="2026-02",
    snapshot="000001", version="1",
)  # fmt: skip


def added(state: State, *drafts: Draft, sample: bool = False) -> list[Action]:
    return state.actions.add([New(draft=one) for one in drafts], person="Lena", at=NOW, sample=sample)


def test_an_action_is_kept_as_it_was_written_down(tmp_path: Path) -> None:
    draft = Draft(
        title=Text(de="Angebote nachfassen", en="Follow up offers"), note="bis zur Messe", origin="leak",
        origin_ref="preference", owner="Murat", due=dt.date(2026, 4, 1), effort_days=2.5, kpi="win_rate",
        expected="up", expected_amount=3.0, phase="preference",
    )  # fmt: skip
    (made,) = State(tmp_path).actions.add([New(draft=draft, baseline=FIGURE)], person="Lena", at=NOW)
    kept = State(tmp_path).actions.get(made.id)
    assert kept == made
    assert (kept.title, kept.due, kept.effort_days, kept.baseline) == (
        draft.title, dt.date(2026, 4, 1), 2.5, FIGURE,
    )  # fmt: skip
    assert (kept.status, kept.created_by, kept.created_at, kept.sample) == ("open", "Lena", NOW, False)


def test_every_change_is_in_the_history_with_who_and_when(tmp_path: Path) -> None:
    state = State(tmp_path)
    (made,) = added(state, Draft(title="Anrufen", owner="Lena"))
    later = NOW + dt.timedelta(hours=2)
    state.actions.change(
        made.id, made.version, {"status": "waiting", "owner": "Murat"}, person="Olga", at=later
    )
    assert [
        (one.who, one.at, one.field, one.before, one.after) for one in state.actions.history(made.id)
    ] == [
        ("Olga", later, "status", "open", "waiting"),
        ("Olga", later, "owner", "Lena", "Murat"),
        ("Lena", NOW, "created", "", "Anrufen"),
    ]
    assert [(one.who, one.what) for one in state.audit.latest()] == [
        ("Olga", "action_changed"),
        ("Lena", "action_added"),
    ]


def test_of_two_people_who_change_the_same_action_the_second_is_told_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    state = State(tmp_path)
    (seen,) = added(state, Draft(title="Anrufen"))
    state.actions.change(seen.id, seen.version, {"owner": "Murat"}, person="Murat", at=NOW)
    with pytest.raises(ChangedMeanwhile, match="Murat hat diese Maßnahme inzwischen geändert"):
        state.actions.change(
            seen.id, seen.version, {"owner": "Olga", "status": "done"}, person="Olga", at=NOW
        )
    kept = state.actions.get(seen.id)
    assert (kept.owner, kept.status) == ("Murat", "open")
    assert [one.field for one in state.actions.history(seen.id)] == ["owner", "created"]


def test_many_who_change_an_action_at_once_leave_one_winner_each_time(tmp_path: Path) -> None:
    state = State(tmp_path)
    (seen,) = added(state, Draft(title="Anrufen"))
    gate, outcomes = threading.Barrier(8), []

    def change(number: int) -> None:
        gate.wait()
        try:
            state.actions.change(seen.id, seen.version, {"owner": f"P{number}"}, person=f"P{number}", at=NOW)
        except ChangedMeanwhile:
            outcomes.append("told")
        else:
            outcomes.append("kept")

    threads = [threading.Thread(target=change, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", *["told"] * 7]
    assert len(state.actions.history(seen.id)) == 2


def test_a_change_that_changes_nothing_leaves_no_trace(tmp_path: Path) -> None:
    state = State(tmp_path)
    (made,) = added(state, Draft(title="Anrufen", owner="Lena"))
    same: Changes = {"owner": "Lena", "status": "open"}
    assert state.actions.change(made.id, made.version, same, person="Olga", at=NOW) == made
    assert len(state.actions.history(made.id)) == 1


def test_the_figure_of_a_kpi_is_frozen_until_another_kpi_is_chosen(tmp_path: Path) -> None:
    state = State(tmp_path)
    (made,) = state.actions.add(
        [New(draft=Draft(title="Anrufen", kpi="win_rate"), baseline=FIGURE)], person="Lena", at=NOW
    )
    newer = FIGURE.model_copy(update={"value": 40.0})
    after = state.actions.change(
        made.id, made.version, {"kpi": "win_rate", "note": "x"}, person="Lena", at=NOW, baseline=newer
    )
    assert after.baseline == FIGURE
    other = FIGURE.model_copy(update={"kpi": "csat"})
    after = state.actions.change(
        made.id, after.version, {"kpi": "csat"}, person="Lena", at=NOW, baseline=other
    )
    assert after.baseline == other
    assert state.actions.change(made.id, after.version, {"kpi": None}, person="L", at=NOW).baseline is None


def test_a_plans_step_becomes_one_action_however_often_it_is_carried_over(tmp_path: Path) -> None:
    state = State(tmp_path)
    steps = [
        Draft(title="Erst", origin="plan", origin_ref="r/a"),
        Draft(title="Dann", origin="plan", origin_ref="r/b", needs_refs=("r/a", "r/never")),
    ]
    first = added(state, *steps)
    assert first[1].needs == (first[0].id,)
    assert added(state, *steps) == first
    assert len(state.actions.all()) == 2


def test_all_steps_of_a_plan_are_kept_or_none(tmp_path: Path) -> None:
    state = State(tmp_path)
    with pytest.raises(UsageFault):
        added(state, Draft(title="Gut"), Draft(title=""))
    assert state.actions.all() == []


def test_a_circle_of_actions_that_wait_for_each_other_is_refused(tmp_path: Path) -> None:
    state = State(tmp_path)
    (first,) = added(state, Draft(title="Erst"))
    added(state, Draft(title="Dann", needs=(first.id,)))
    with pytest.raises(UsageFault):
        state.actions.change(first.id, first.version, {"needs": (2,)}, person="Lena", at=NOW)
    assert state.actions.get(first.id) == first


def test_the_samples_actions_go_and_the_own_stay(tmp_path: Path) -> None:
    state = State(tmp_path)
    added(state, Draft(title="Beispiel"), sample=True)
    (own,) = added(state, Draft(title="Eigene"))
    assert state.actions.remove_sample() == 1
    assert state.actions.all() == [own]


def test_an_erased_customers_id_is_in_no_text_of_an_action(tmp_path: Path) -> None:
    state = State(tmp_path)
    (made,) = added(state, Draft(title="K-77 anrufen", note="K-77 wartet", owner="Lena"))
    state.actions.change(made.id, made.version, {"note": "K-77 ist verärgert"}, person="Lena", at=NOW)
    state.erase(["K-77"])
    kept = state.actions.get(made.id)
    texts = [kept.title.de, kept.title.en, kept.note]
    texts += [part for one in state.actions.history(made.id) for part in (one.before, one.after)]
    assert not any("K-77" in one for one in texts)
    assert kept.note == "[gelöscht] ist verärgert"
    assert b"K-77" not in stored(tmp_path)


def test_a_workspace_of_the_schema_before_actions_keeps_its_rounds(tmp_path: Path) -> None:
    left_by(tmp_path, "0002")
    state = State(tmp_path)
    assert state.values.get("person") == "Lena"
    assert [one.title.de for one in added(state, Draft(title="Anrufen"))] == ["Anrufen"]
