"""An action: what may be written, what is overdue, and that a change is told field by field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.model import CLOSED, STATUSES, Changes, Draft, Status, changed, check_order, checked, differences
from core.errors import UsageFault
from core.text import Text
from tests.actions.drafts import DAYS, NOW, TODAY, action

LATER = NOW + dt.timedelta(days=1)


@given(due=st.none() | DAYS, status=st.sampled_from(STATUSES))
def test_overdue_is_what_is_not_done_and_whose_day_has_passed(due: dt.date | None, status: Status) -> None:
    expected = due is not None and (TODAY - due).days > 0 and status in ("open", "in_progress", "waiting")
    assert action(due=due, status=status).overdue(TODAY) is expected


def test_an_action_is_not_overdue_on_its_day_but_on_the_next() -> None:
    one = action(due=TODAY)
    assert not one.overdue(TODAY)
    assert one.overdue(TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "draft",
    [
        Draft(title=""),
        Draft(title="   "),
        Draft(title="x" * 201),
        Draft(title="Anrufen", owner="x" * 201),
        Draft(title="Anrufen", note="x" * 5001),
        Draft(title="Anrufen", effort_days=-1),
        Draft(title="Anrufen", effort_days=float("nan")),
        Draft(title="Anrufen", effort_days=9_999),
        Draft(title="Anrufen", expected_amount=float("inf")),
    ],
)
def test_what_cannot_be_meant_is_refused(draft: Draft) -> None:
    with pytest.raises(UsageFault):
        checked(draft)


def test_a_draft_is_trimmed_and_its_title_stands_for_both_languages() -> None:
    kept = checked(Draft(title="  Anrufen ", owner=" Lena ", note=" bald "))
    assert (kept.title, kept.owner, kept.note) == (Text(de="Anrufen", en="Anrufen"), "Lena", "bald")


def test_a_change_is_told_field_by_field_and_nothing_else_changes() -> None:
    before = action(owner="Lena", due=TODAY, status="open")
    after = changed(before, {"owner": "Murat", "due": None, "status": "open"}, LATER)
    assert [(one.field, one.before, one.after) for one in differences(before, after)] == [
        ("owner", "Lena", "Murat"),
        ("due", "2026-03-16", ""),
    ]
    assert changed(after, {"owner": "Lena", "due": TODAY}, LATER) == before


@given(steps=st.lists(st.sampled_from(STATUSES), max_size=6))
def test_an_action_has_a_day_of_closing_exactly_while_it_is_closed(steps: list[Status]) -> None:
    one, moment = action(), NOW
    for status in steps:
        was, moment = one, moment + dt.timedelta(days=1)
        one = changed(one, {"status": status}, moment)
        assert (one.closed_at is not None) == (status in CLOSED)
        if not was.running and not one.running:
            assert one.closed_at == was.closed_at


def test_a_field_that_is_no_ones_to_change_is_refused() -> None:
    foreign: Any = {"version": 7, "sample": True}
    wanted: Changes = foreign
    with pytest.raises(UsageFault, match="sample, version"):
        changed(action(), wanted, LATER)


def test_actions_that_would_wait_for_each_other_are_refused() -> None:
    check_order({1: [], 2: [1], 3: [1, 2]}, 3)
    with pytest.raises(UsageFault, match="wartete eine Maßnahme auf sich selbst"):
        check_order({1: [2], 2: [1]}, 1)
    with pytest.raises(UsageFault, match="Die Maßnahme 9 gibt es nicht"):
        check_order({1: [9]}, 1)
