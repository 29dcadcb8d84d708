"""The roadmap: everybody's bars, each after what it presupposes, or the contradiction named."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given

from actions.model import Action
from actions.roadmap import roadmap
from core.period import Month
from tests.actions.drafts import NOW, TODAY, action, action_lists


@given(actions=action_lists())
def test_every_running_action_is_on_the_roadmap_once_and_with_its_owner(actions: list[Action]) -> None:
    found = roadmap(actions, TODAY)
    shown = [bar.action.id for bar in found.bars]
    assert len(shown) == len(set(shown))
    assert {one.id for one in actions if one.running} <= set(shown)
    assert all(one.status != "dropped" for one in (bar.action for bar in found.bars))
    assert all(bar.action.owner == lane.owner for lane in found.lanes for bar in lane.bars)


@given(actions=action_lists())
def test_a_bar_follows_what_it_presupposes_or_the_contradiction_is_named(actions: list[Action]) -> None:
    bars = {bar.action.id: bar for bar in roadmap(actions, TODAY).bars}
    for bar in bars.values():
        assert bar.begin <= bar.end
        if bar.proposed:
            assert bar.begin >= TODAY
        elif bar.action.running:
            assert bar.end == bar.action.due
        for need in bar.action.needs:
            if need not in bars or not bar.action.running:
                continue
            before = bars[need]
            done = max(before.end, TODAY) if before.action.running else before.end
            assert (need in bar.clashes) == (done > bar.end)
            assert done <= bar.begin or need in bar.clashes


@given(actions=action_lists())
def test_a_bar_that_nothing_holds_up_has_as_many_days_of_work_as_its_effort(actions: list[Action]) -> None:
    for bar in roadmap(actions, TODAY).bars:
        if bar.action.needs:
            continue
        days = int(np.busday_count(bar.begin, bar.end + dt.timedelta(days=1)))
        effort = max(1, int(np.ceil(bar.action.effort_days or 0)))
        assert days == effort


@given(actions=action_lists())
def test_the_slots_cover_every_bar_and_today_without_a_gap(actions: list[Action]) -> None:
    found = roadmap(actions, TODAY)
    for before, after in zip(found.slots, found.slots[1:], strict=False):
        assert before.end == after.begin
    first, last = found.slots[0].begin, found.slots[-1].end
    assert first <= TODAY < last
    assert all(first <= bar.begin and bar.end < last for bar in found.bars)
    assert len(found.slots) <= 12


def test_a_long_roadmap_is_read_in_quarters() -> None:
    found = roadmap([action(1, due=dt.date(2027, 8, 20))], TODAY)
    assert [slot.months for slot in found.slots] == [3] * 7
    assert found.slots[0].begin == dt.date(2026, 1, 1)
    assert found.slots[-1].end == dt.date(2027, 10, 1)


def test_what_was_done_stays_for_a_month_and_a_bit() -> None:
    done = [
        action(number, status="done", closed_at=dt.datetime.combine(day, dt.time(12)))
        for number, day in enumerate((dt.date(2026, 1, 31), dt.date(2026, 2, 1), TODAY), 1)
    ]
    assert [bar.action.id for bar in roadmap(done, TODAY).bars] == [2, 3]
    assert Month.of(NOW.date()) == Month(2026, 3)


def test_what_waits_for_something_overdue_begins_today_and_not_before() -> None:
    late = action(1, due=TODAY - dt.timedelta(days=20))
    after = action(2, needs=(1,), effort_days=2)
    dated = action(3, needs=(1,), due=TODAY - dt.timedelta(days=3))
    bars = {bar.action.id: bar for bar in roadmap([late, after, dated], TODAY).bars}
    assert (bars[2].begin, bars[2].end, bars[2].proposed) == (TODAY, TODAY + dt.timedelta(days=1), True)
    assert bars[3].clashes == (1,)
