"""What a journey adds up to: its span, orders and losses, what it was worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeys.columns import EVENT_CODES, NEVER, Flags, Floats, Ints
from journeys.story import Story, places


@dataclass(frozen=True, kw_only=True)
class Totals:
    """By journey. `value` is what was ordered, else the latest value named (an open offer's).

    `won_at` and `lost_at` are the first `won` and the first `lost` event. Sums of nothing are NaN.
    """

    last_at: Ints
    contacts: Ints
    won_at: Ints
    lost_at: Ints
    orders: Ints
    value: Floats
    revenue: Floats
    margin: Floats


def totals_of(story: Story) -> Totals:
    won = story.event == EVENT_CODES["won"]
    ordered = _sum(story, story.value, won)
    return Totals(
        last_at=story.at[story.ends - 1],
        contacts=story.ends - story.starts,
        won_at=_first_at(story, won),
        lost_at=_first_at(story, story.event == EVENT_CODES["lost"]),
        orders=np.bincount(story.number[won], minlength=len(story.starts)),
        value=np.where(np.isnan(ordered), _latest_value(story), ordered),
        revenue=_sum(story, story.revenue),
        margin=_sum(story, story.margin),
    )


def _first_at(story: Story, marked: Flags) -> Ints:
    marked_at = places(marked)[::-1]
    found = np.full(len(story.starts), NEVER)
    found[story.number[marked_at]] = story.at[marked_at]  # of several the last one set is the first contact
    return found


def _sum(story: Story, values: Floats, marked: Flags | None = None) -> Floats:
    """By journey: the sum of the values there are (among the marked), NaN where there are none."""
    there = ~np.isnan(values) if marked is None else ~np.isnan(values) & marked
    number = story.number[there]
    size = len(story.starts)
    found = np.bincount(number, weights=values[there], minlength=size).astype(np.float64)
    found[np.bincount(number, minlength=size) == 0] = np.nan
    return found


def _latest_value(story: Story) -> Floats:
    """By journey: the value of the latest contact that names one; at one instant the highest row key."""
    found = np.full(len(story.starts), np.nan)
    named = places(~np.isnan(story.value))
    latest = np.full(len(story.starts), NEVER)
    latest[story.number[named]] = story.at[named]  # of several the last one set is the latest
    named = named[story.at[named] == latest[story.number[named]]]
    named = named[np.argsort(story.row_key[named])]
    found[story.number[named]] = story.value[named]
    return found
