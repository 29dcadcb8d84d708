"""The order of the list, and what a jour fixe talks about."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given

from actions.listing import Wanted, counts, jour_fixe, ordered
from actions.model import Action
from tests.actions.drafts import NOW, TODAY, action, action_lists


@given(actions=action_lists())
def test_the_list_keeps_every_action_overdue_first_then_by_day_and_closed_ones_last(
    actions: list[Action],
) -> None:
    found = ordered(reversed(actions), TODAY)
    assert sorted(one.id for one in found) == [one.id for one in actions]
    for before, after in pairwise(found):
        assert before.running >= after.running
        if before.running and after.running:
            assert before.overdue(TODAY) >= after.overdue(TODAY)
            if after.due is not None:
                assert before.due is not None
                assert before.due <= after.due


@given(actions=action_lists())
def test_counts_are_those_of_the_filters(actions: list[Action]) -> None:
    found = counts(actions, TODAY)
    assert found.overdue == sum(Wanted(overdue=True).lets_through(one, TODAY) for one in actions)
    assert found.running == sum(Wanted(running=True).lets_through(one, TODAY) for one in actions)
    assert found.waiting == sum(Wanted(statuses=("waiting",)).lets_through(one, TODAY) for one in actions)
    assert found.soon == len(jour_fixe(actions, TODAY, None).due)
    assert found.all == sum(Wanted().lets_through(one, TODAY) for one in actions)


@given(actions=action_lists())
def test_a_jour_fixe_tells_no_action_twice_and_misses_nothing_that_is_due(actions: list[Action]) -> None:
    last = NOW - dt.timedelta(days=20)
    found = jour_fixe(actions, TODAY, last, days=14)
    told = [one.id for part in (found.overdue, found.due, found.waiting, found.done) for one in part]
    assert len(told) == len(set(told))
    for one in actions:
        near = one.due is not None and one.due <= TODAY + dt.timedelta(days=14)
        wanted = (
            (near or one.status == "waiting")
            if one.running
            else one.status == "done" and one.closed_at is not None and one.closed_at > last
        )
        assert (one.id in told) == wanted


def test_without_a_jour_fixe_before_what_was_done_in_the_last_days_is_told() -> None:
    done = [
        action(number, status="done", closed_at=NOW - dt.timedelta(days=days))
        for number, days in enumerate((1, 13, 30), 1)
    ]
    assert [one.id for one in jour_fixe(done, TODAY, None, days=14).done] == [1, 2]
    assert [one.id for one in jour_fixe(done, TODAY, NOW - dt.timedelta(days=5)).done] == [1]
