"""The sample's actions: under way on whatever day one looks, and gone with the sample."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from actions.model import Draft
from cockpit.actions import add, done_statements, listed, sinces
from cockpit.sample import remove_sample
from cockpit.sampleactions import load_actions
from cockpit.workspace import Workspace, open_workspace


@pytest.mark.parametrize("day", [dt.datetime(2026, 11, 22, 0, 30), dt.datetime(2028, 2, 29, 17)])
def test_three_are_overdue_whenever_somebody_loads_the_sample(
    day: dt.datetime, own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "now", lambda _: day)
    ws = open_workspace(own_sample)
    load_actions(ws)
    found = listed(ws)
    assert (found.counts.all, found.counts.overdue, found.counts.unowned) == (14, 3, 2)
    assert all(one.sample for one in found.actions)
    assert {one.origin for one in found.actions} == {"plan", "leak", "reason", "hand"}


def test_the_welcome_call_shows_its_effect_and_the_follow_up_a_signal_from_before(
    sample_workspace: Path,
) -> None:
    ws = open_workspace(sample_workspace)
    actions = {one.title.en: one for one in listed(ws).actions}
    found = sinces(ws, actions.values())
    call = found[actions["A welcome call to every new customer after the order"].id]
    assert (call.verdict, str(call.begun), call.as_expected) == ("signal", "2026-01", True)
    follow_up = found[actions["Follow up every open offer after seven days"].id]
    assert (follow_up.verdict, str(follow_up.begun)) == ("began_before", "2026-07")


def test_a_step_that_is_done_is_asked_again(sample_workspace: Path) -> None:
    ws = open_workspace(sample_workspace)
    last = next(one for one in ws.state.rounds.all(sample=True) if one.team == "Vertrieb und Marketing")
    assert done_statements(ws, last.id) == ("complaint_apology",)


def test_the_samples_actions_leave_with_it_and_the_own_stay(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    own = add(ws, Draft(title="Eigene"), "Lena")
    remove_sample(ws)
    assert listed(ws).actions == (own,)
