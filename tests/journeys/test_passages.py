"""Passage times agree with plain loops and with every order that same-instant contacts could have had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from core.settings import Settings
from journeys.building import build
from tests.journeys.logs import SEVEN
from tests.journeys.plain_passages import (
    Step,
    best_attempt,
    entry,
    ordered,
    orders_of_ties,
    reached,
    seconds,
    until,
    walk,
)

PHASES = range(1, 8)
PAIRS = [(start, end) for start in PHASES for end in PHASES if start < end]
DAY = 86_400_000_000
LONGEST = 2**31 - 1

# Few instants, some a fraction of a second apart, so that ties and rounding matter.
moments = st.sampled_from([0, 1, 400_000, DAY, DAY + 999_999, 2 * DAY, 3 * DAY, 5 * DAY])
steps = st.builds(
    Step,
    at=moments,
    phase=st.sampled_from([None, 1, 2, 3, 5]),
    event=st.sampled_from(["other", "other", "won", "lost", "cancelled"]),
)
stories = st.lists(st.lists(steps, min_size=1, max_size=9), max_size=3)
NO_LAPSES = pa.table({"customer": pa.array([], pa.int64()), "lapses_at": pa.array([], pa.timestamp("us"))})


def journeys_of(stories: Sequence[Sequence[Step]], walked: Sequence[int]) -> list[dict[str, Any]]:
    rows = [(number, step) for number, story in enumerate(stories, 1) for step in story]
    texts = dict.fromkeys(("touchpoint", "content", "role"), pa.nulls(len(rows), pa.string()))
    numbers = dict.fromkeys(("revenue", "value", "margin"), pa.nulls(len(rows), pa.float64()))
    contacts = pa.table(
        {
            "row_key": pa.array(range(len(rows)), pa.int64()),
            "customer": pa.array([number for number, _ in rows], pa.int64()),
            "journey": pa.array([number for number, _ in rows], pa.int64()),
            "occurred_at": pa.array([step.at for _, step in rows], pa.timestamp("us")),
            "event": pa.array([step.event for _, step in rows], pa.string()),
            "phase_no": pa.array([step.phase for _, step in rows], pa.int32()),
            **texts,
            **numbers,
        }
    )
    built = build(contacts, NO_LAPSES, SEVEN, Settings(), walked=walked)
    found: list[dict[str, Any]] = built.journeys.to_pylist()
    return found


def walked_in(stories: Sequence[Sequence[Step]]) -> list[int]:
    return sorted({step.phase for story in stories for step in story if step.phase})


def strictly(row: dict[str, Any], letter: str, start: int, end: int) -> int | None:
    took, delay = row[f"{letter}{start}_{end}"], row[f"d{letter}{start}_{end}"]
    return None if delay is None else took + delay


@given(stories)
def test_every_duration_is_what_plain_loops_tell(stories: list[list[Step]]) -> None:
    walked = walked_in(stories)
    for story, row in zip(stories, journeys_of(stories, walked), strict=True):
        for start in PHASES:
            begun = entry(story, start)
            from_entry = begun if begun is not None else 0
            assert row[f"w{start}"] == seconds(from_entry, until(story, begun, ["won"]))
            assert row[f"l{start}"] == seconds(from_entry, until(story, begun, ["lost", "cancelled"]))
            for end in range(start + 1, 8):
                pair = f"{start}_{end}"
                assert row[f"o{pair}"] == seconds(
                    from_entry, ordered(story, start, end, walked, strict=False)
                )
                assert row[f"r{pair}"] == seconds(from_entry, reached(story, start, end, strict=False))
                assert row[f"b{pair}"] == best_attempt(story, start, end, walked)
                assert strictly(row, "o", start, end) == seconds(
                    from_entry, ordered(story, start, end, walked, strict=True)
                )
                assert strictly(row, "r", start, end) == seconds(
                    from_entry, reached(story, start, end, strict=True)
                )


@given(
    st.lists(
        st.builds(Step, at=st.integers(0, 2).map(lambda d: d * DAY), phase=st.integers(1, 3)), max_size=6
    )
)
def test_ties_are_counted_in_their_best_order_and_strictly_in_their_worst(story: list[Step]) -> None:
    walked = walked_in([story])
    for row in journeys_of([story] if story else [], walked):
        for start, end in ((1, 2), (1, 3), (2, 3)):
            begun = entry(story, start)
            for letter, jumping in (("o", False), ("r", True)):
                told = [walk(order, start, end, walked, jumping=jumping) for order in orders_of_ties(story)]
                took = {seconds(begun or 0, at) for at in told}
                assert row[f"{letter}{start}_{end}"] == min((t for t in took if t is not None), default=None)
                worst = None if None in took else max(t for t in took if t is not None)
                assert strictly(row, letter, start, end) == worst


@given(stories)
def test_durations_never_shrink_with_later_phases_nor_with_stricter_counting(
    stories: list[list[Step]],
) -> None:
    walked = walked_in(stories)
    for row in journeys_of(stories, walked):
        for letter in "orb":
            for start in walked:
                ends = [end for end in walked if end > start]
                told = [row[f"{letter}{start}_{end}"] for end in ends]
                arrived = [took for took in told if took is not None]
                assert told[: len(arrived)] == sorted(arrived)
        for start, end in PAIRS:
            took, best = row[f"o{start}_{end}"], row[f"b{start}_{end}"]
            assert took is None or (best is not None and row[f"r{start}_{end}"] <= took and best <= took)
            for letter in "or":
                delay = row[f"d{letter}{start}_{end}"]
                assert delay is None or (delay >= 0 and row[f"{letter}{start}_{end}"] is not None)


@given(stories, st.sampled_from([1, 7, 30]))
def test_within_a_window_counts_the_same_in_whole_seconds_as_in_microseconds(
    stories: list[list[Step]], days: int
) -> None:
    walked = walked_in(stories)
    for story, row in zip(stories, journeys_of(stories, walked), strict=True):
        for start, end in PAIRS:
            begun, arrived = entry(story, start), ordered(story, start, end, walked, strict=False)
            within = begun is not None and arrived is not None and arrived - begun <= days * DAY
            took = row[f"o{start}_{end}"]
            assert (took is not None and took <= days * 86_400) == within


def test_a_phase_without_data_is_no_step_of_a_chain_but_one_of_the_journey_alone_is() -> None:
    through, around = journeys_of(
        [[Step(0, 1), Step(DAY, 2), Step(2 * DAY, 5)], [Step(0, 1), Step(2 * DAY, 5)]], [1, 2, 5]
    )
    assert (through["o1_5"], through["o1_3"], through["r1_3"]) == (2 * 86_400, None, 2 * 86_400)
    assert (around["o1_5"], around["r1_5"]) == (None, 2 * 86_400)


def test_the_longest_duration_is_capped() -> None:
    (row,) = journeys_of([[Step(0, 1), Step(100 * 365 * DAY, 2)]], [1, 2])
    assert (row["o1_2"], row["do1_2"], row["b1_2"]) == (LONGEST, 0, LONGEST)


def test_the_last_phase_leads_nowhere_but_may_be_won_or_lost() -> None:
    (row,) = journeys_of([[Step(0, 7), Step(DAY, 7, "won"), Step(DAY, None, "cancelled")]], [7])
    assert (row["w7"], row["l7"]) == (86_400, 86_400)
    assert not [name for name in row if name.startswith(("o7", "r7", "b7", "do7", "dr7"))]


def test_an_order_at_the_instant_of_the_entry_counts_wherever_it_stands() -> None:
    (row,) = journeys_of([[Step(0, 1, "won"), Step(0, 3), Step(DAY, None, "lost")]], [1, 3])
    assert (row["w3"], row["l3"]) == (0, 86_400)
