"""Actions made up for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from actions.model import STATUSES, Action
from core.text import same

TODAY = dt.date(2026, 3, 16)
NOW = dt.datetime(2026, 3, 16, 9)


def action(number: int = 1, **fields: Any) -> Action:
    """An open action without anything that could be left out."""
    plain: dict[str, Any] = {
        "id": number, "title": same(f"Nr. {number}"), "note": "", "origin": "hand", "origin_ref": "",
        "owner": "", "due": None, "status": "open", "effort_days": None, "kpi": None, "expected": None,
        "expected_amount": None, "phase": None, "needs": (), "baseline": None, "created_at": NOW,
        "created_by": "Lena", "changed_at": NOW, "closed_at": None, "sample": False, "version": 1,
    }  # fmt: skip
    return Action(**{**plain, **fields})


DAYS = st.dates(TODAY - dt.timedelta(days=90), TODAY + dt.timedelta(days=200))


@st.composite
def action_lists(draw: st.DrawFn) -> list[Action]:
    """Up to a dozen actions in any state; each presupposes none but earlier ones."""
    made: list[Action] = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        status = draw(st.sampled_from(STATUSES))
        needs = draw(st.sets(st.integers(1, number - 1), max_size=3)) if number > 1 else set()
        made.append(
            action(
                number,
                status=status,
                due=draw(st.none() | DAYS),
                owner=draw(st.sampled_from(["", "Lena", "Murat"])),
                effort_days=draw(st.none() | st.floats(0, 30)),
                needs=tuple(sorted(needs)),
                closed_at=draw(st.datetimes(NOW - dt.timedelta(days=60), NOW))
                if status in ("done", "dropped")
                else None,
            )
        )
    return made
