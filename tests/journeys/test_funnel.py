"""Funnels against the same figures counted contact by contact, and what must hold for any log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Month, Period
from journeys.course import Counting, Course, best_attempt_query, counts_query, endings_query, lasting_query
from journeys.ends import Selection
from journeys.funnel import Funnel, funnels, tallies
from tests.journeys.plain_funnel import (
    HOUR,
    Seen,
    Shelf,
    arrival,
    chain,
    filled_phases,
    journeys_of,
    moment,
    worst_order_arrives,
)

PHASES = 4
EVENTS = ("other", "other", "won", "lost", "cancelled")

logs = st.lists(
    st.builds(
        Seen,
        journey=st.integers(1, 3),
        hour=st.integers(0, 12).map(lambda step: 12 * step),  # few instants: many ties, also with windows
        phase=st.sampled_from([None, 1, 1, 2, 3, 4]),
        event=st.sampled_from(EVENTS),
        channel=st.sampled_from([None, "Messe", "Web"]),
    ),
    min_size=3,
    max_size=30,
)
countings = st.sampled_from(["ordered", "reached"])
windows = st.sampled_from([None, 0, 1, 2, 3, 5, 30])
data_ends = st.integers(60, 200)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("funnel"))


def course_of(
    log: list[Seen], counting: Counting, window: int | None, end: float, **more: object
) -> Course | None:
    """A course through all phases of the log; None where it has fewer than two."""
    steps = tuple((number, f"p{number}") for number in filled_phases(log))
    if len(steps) < 2:
        return None
    found = Course(
        steps=steps, counting=counting, window_days=window, selection=Selection(data_end=moment(end))
    )
    return replace(found, **more)  # type: ignore[arg-type]


def ask(shelf: Shelf, log: list[Seen], course: Course) -> tuple[Funnel, ...]:
    shelf.load(log, PHASES)
    counted = tallies(course, shelf.rows(counts_query(course)))
    groups = [group for group in counted if group is not None]
    return funnels(course, counted, shelf.frame(endings_query(course, groups)))


@dataclass
class Told:
    """What a journey says, in hours, told from its contacts."""

    converted: int | None
    lost: int | None
    observed: float
    closed: bool
    steps: list[bool]
    strictly: list[bool]


def tell(contacts: list[Seen], course: Course, end: float) -> Told | None:
    phases = [number for number, _ in course.steps]
    begin = min((c.hour for c in contacts if c.phase == phases[0]), default=None)
    if begin is None or begin > end:
        return None
    window = None if course.window_days is None else 24 * course.window_days
    until = end if window is None else min(end, begin + window)
    known = [c for c in contacts if c.hour <= until]

    def arrives(step: int, strict: bool = False) -> int | None:
        asked = [phases[0], phases[step]] if course.counting == "reached" else phases[: step + 1]
        return arrival(known, asked, begin, counting=course.counting, strict=strict)

    converts = arrives(len(phases) - 1)
    loses = min((c.hour for c in known if c.event in ("lost", "cancelled") and c.hour >= begin), default=None)
    first = converts is not None and (loses is None or converts <= loses)
    return Told(
        converted=converts if first else None,
        lost=None if first else loses,
        observed=until - begin,
        closed=window is not None and begin + window <= end,
        steps=[arrives(step) is not None for step in range(1, len(phases))],
        strictly=[arrives(step, strict=True) is not None for step in range(1, len(phases))],
    )


@given(logs, countings, windows, data_ends)
def test_counts_are_those_told_contact_by_contact(
    shelf: Shelf, log: list[Seen], counting: Counting, window: int | None, end: int
) -> None:
    course = course_of(log, counting, window, end)
    if course is None:
        return
    (found,) = ask(shelf, log, course)
    told = [one for contacts in journeys_of(log).values() if (one := tell(contacts, course, end))]
    assert found.entered == len(told)
    assert [step.journeys for step in found.steps[1:]] == [
        sum(one.steps[place] for one in told) for place in range(len(course.later))
    ]
    assert [step.at_least for step in found.steps[1:]] == [
        sum(one.strictly[place] for one in told) for place in range(len(course.later))
    ]
    assert [step.waiting for step in found.steps[1:]] == [
        sum(not (one.steps[place] or one.closed) and (window is not None or one.lost is None) for one in told)
        for place in range(len(course.later))
    ]
    assert [step.waiting for step in found.steps[1:]] == [
        sum(not one.steps[place] and (one.lost is None if window is None else not one.closed) for one in told)
        for place in range(len(course.later))
    ]
    assert found.closed == sum(one.closed for one in told)
    assert found.running == found.entered - found.closed
    assert found.converted_closed == sum(one.closed and one.converted is not None for one in told)
    assert found.ended_lost == sum(one.lost is not None for one in told)
    assert found.won_back == sum(one.lost is not None and one.steps[-1] for one in told)


@given(logs, countings, windows)
def test_headline_and_expected_rate_agree_where_no_window_is_running(
    shelf: Shelf, log: list[Seen], counting: Counting, window: int | None
) -> None:
    course = course_of(log, counting, window, 24 * 60)
    if course is None or window is None:
        return
    (found,) = ask(shelf, log, course)
    assert found.running == 0
    if found.entered:
        assert found.headline is not None
        assert found.expected is not None
        assert found.expected.value == pytest.approx(found.headline.value, abs=1e-9)
        assert found.expected.days == window
        assert found.expected.lower <= found.expected.value + 1e-9
        assert found.expected.upper >= found.expected.value - 1e-9
        if 2 * found.converted_closed >= found.closed:
            assert found.median_days is not None
            assert found.to_convert_days is not None
            assert found.to_convert_days <= found.median_days
        else:
            assert found.median_days is None


@given(logs, countings, windows, data_ends)
def test_steps_windows_countings_and_ties_only_ever_narrow_a_funnel(
    shelf: Shelf, log: list[Seen], counting: Counting, window: int | None, end: int
) -> None:
    course = course_of(log, counting, window, end)
    if course is None:
        return
    (found,) = ask(shelf, log, course)
    journeys = [step.journeys for step in found.steps]
    assert journeys == sorted(journeys, reverse=True)
    assert all(step.at_least <= step.journeys for step in found.steps)
    (longer,) = ask(shelf, log, replace(course, window_days=None if window is None else window + 2))
    assert all(
        wide.journeys >= narrow.journeys and wide.at_least >= narrow.at_least
        for wide, narrow in zip(longer.steps, found.steps, strict=True)
    )
    (reached,) = ask(shelf, log, replace(course, counting="reached"))
    (ordered,) = ask(shelf, log, replace(course, counting="ordered"))
    assert all(
        loose.journeys >= tight.journeys for loose, tight in zip(reached.steps, ordered.steps, strict=True)
    )
    if found.expected and longer.expected and longer.running == found.running:
        assert longer.expected.value >= found.expected.value - 1e-9
    values = [point.value for point in found.curve]
    assert values == sorted(values)


small_logs = st.lists(
    st.builds(
        Seen,
        journey=st.just(1),
        hour=st.integers(0, 3).map(lambda step: 12 * step),
        phase=st.sampled_from([1, 2, 3]),
    ),
    min_size=1,
    max_size=7,
)


@given(small_logs, st.sampled_from([0, 1, 2]))
def test_the_lower_bound_is_the_worst_order_of_contacts_of_the_same_instant(
    shelf: Shelf, log: list[Seen], window: int
) -> None:
    course = course_of(log, "ordered", window, 24 * 60)
    begin = min((seen.hour for seen in log if seen.phase == 1), default=None)
    if course is None or course.start != 1 or begin is None:
        return
    (found,) = ask(shelf, log, course)
    (contacts,) = journeys_of(log).values()
    for place, step in enumerate(found.steps[1:], 2):
        phases = [number for number, _ in course.steps[:place]]
        assert step.at_least == worst_order_arrives(contacts, phases, begin + 24 * window)


@given(logs, countings, windows, data_ends, st.sampled_from(["first", "entry", "last"]))
def test_a_breakdown_loses_nobody_whoever_the_journey_is_attributed_to(
    shelf: Shelf, log: list[Seen], counting: Counting, window: int | None, end: int, attribution: str
) -> None:
    course = course_of(log, counting, window, end, by="channel", attribution=attribution)
    if course is None:
        return
    everyone, *groups = ask(shelf, log, course)
    (alone,) = ask(shelf, log, replace(course, by=None))
    assert alone == everyone
    for count in ("entered", "closed", "converted_closed", "ended_lost", "won_back"):
        assert sum(getattr(group, count) for group in groups) == getattr(everyone, count)
    if attribution == "first":
        for group in groups:
            narrowed = replace(course.selection, where={"channel": (group.group or "",)})
            (filtered,) = ask(shelf, log, replace(course, by=None, selection=narrowed))
            assert replace(filtered, group=group.group) == group


def attributed(contacts: list[Seen], course: Course, end: float) -> str:
    """The channel of the contact that an attribution means, told from the contacts."""
    if course.attribution == "first":
        return contacts[0].channel or ""
    told = tell(contacts, course, end)
    entered = [c for c in contacts if c.phase == course.start]
    if course.attribution == "entry" or told is None:
        return entered[0].channel or ""
    phases = [number for number, _ in course.steps]
    known = [c for c in contacts if c.hour <= entered[0].hour + told.observed]
    asked = [phases[0], phases[-1]] if course.counting == "reached" else phases
    reached = arrival(known, asked, entered[0].hour, counting=course.counting)
    return [c for c in known if reached is None or c.hour <= reached][-1].channel or ""


@given(logs, countings, windows, data_ends, st.sampled_from(["first", "entry", "last"]))
def test_attributions_take_the_value_of_the_contact_they_name(
    shelf: Shelf, log: list[Seen], counting: Counting, window: int | None, end: int, attribution: str
) -> None:
    course = course_of(log, counting, window, end, by="channel", attribution=attribution)
    if course is None:
        return
    _, *groups = ask(shelf, log, course)
    expected: dict[str, int] = {}
    for contacts in journeys_of(log).values():
        if tell(contacts, course, end):
            value = attributed(contacts, course, end)
            expected[value] = expected.get(value, 0) + 1
    assert {group.group: group.entered for group in groups} == expected


def test_at_one_instant_the_last_contact_is_the_last_in_ledger_order(shelf: Shelf) -> None:
    log = [Seen(1, 0, 1, channel="Messe"), Seen(1, 24, None, channel="Post"), Seen(1, 24, 2, channel="Web")]
    course = course_of(log, "reached", 5, 24 * 10, by="channel", attribution="last")
    assert course is not None
    assert [group.group for group in ask(shelf, log, course)] == [None, "Post"]


@given(logs, windows)
def test_merging_two_phases_loses_nobody(shelf: Shelf, log: list[Seen], window: int | None) -> None:
    merged = [replace(seen, phase={3: 2, 4: 3}.get(seen.phase or 0, seen.phase)) for seen in log]
    course, coarse = (course_of(each, "reached", window, 24 * 60) for each in (log, merged))
    if course is None or coarse is None or course.start != 1:
        return
    (fine,) = ask(shelf, log, course)
    (found,) = ask(shelf, merged, coarse)
    assert found.entered == fine.entered
    union = max((step.journeys for step in fine.steps if step.phase in ("p2", "p3")), default=None)
    if union is not None:
        assert next(step.journeys for step in found.steps if step.phase == "p2") == union


@given(logs, windows)
def test_the_best_attempt_is_the_best_of_all_entries(
    shelf: Shelf, log: list[Seen], window: int | None
) -> None:
    course = course_of(log, "ordered", window, 24 * 60)
    if course is None:
        return
    shelf.load(log, PHASES)
    (found,) = shelf.rows(best_attempt_query(course))
    phases = [number for number, _ in course.steps]
    most = course.window / HOUR
    for place, count in enumerate(found, 1):
        tries = [
            any(
                (made := chain(contacts, phases[:place], entry.hour)) is not None
                and made - entry.hour <= most
                for entry in contacts
                if entry.phase == phases[0]
            )
            for contacts in journeys_of(log).values()
        ]
        assert count == sum(tries)
    (once,) = ask(shelf, log, course)
    assert all(best >= step.journeys for best, step in zip(found, once.steps, strict=True))


@pytest.mark.parametrize(
    ("loss", "lost", "won_back"),
    [(35, 1, 1), (36, 0, 0), (37, 0, 0)],
    ids=["before", "same instant", "after"],
)
def test_conversion_goes_before_a_loss_of_the_same_instant(
    shelf: Shelf, loss: int, lost: int, won_back: int
) -> None:
    log = [Seen(1, 0, 1), Seen(1, loss, None, "lost"), Seen(1, 36, 2)]
    course = course_of(log, "reached", 2, 24 * 10)
    assert course is not None
    (found,) = ask(shelf, log, course)
    assert (found.converted_closed, found.ended_lost, found.won_back) == (1 - lost, lost, won_back)


@pytest.mark.parametrize("counting", ["ordered", "reached"])
def test_the_last_instant_of_a_window_and_of_the_data_counts(shelf: Shelf, counting: Counting) -> None:
    log = [Seen(1, 0, 1), Seen(1, 48, 2), Seen(2, 0, 1), Seen(2, 48, None, "lost"), Seen(3, 100, 1)]
    course = course_of(log, counting, 2, 148)
    assert course is not None
    (found,) = ask(shelf, log, course)
    assert (found.closed, found.converted_closed, found.ended_lost) == (3, 1, 1)
    for end, closed, seen in ((48, 2, 1), (47, 0, 0)):
        (cut,) = ask(shelf, log, replace(course, selection=Selection(data_end=moment(end))))
        assert (cut.entered, cut.closed, cut.steps[1].journeys, cut.ended_lost) == (2, closed, seen, seen)


def test_a_period_takes_the_journeys_that_entered_the_start_in_it(shelf: Shelf) -> None:
    days = {1: 10, 2: 31, 3: 60}  # entries on 11 January, 1 February and 1 March
    log = [Seen(journey, 24 * day, 1) for journey, day in days.items()]
    log += [Seen(journey, 24 * day - 5, 2) for journey, day in days.items()]
    log += [Seen(journey, 24 * day + 5, 2) for journey, day in days.items()]
    course = course_of(log, "ordered", 30, 24 * 91)
    assert course is not None
    february = replace(course.selection, period=Period(Month(2024, 2), Month(2024, 2)))
    (found,) = ask(shelf, log, replace(course, selection=february))
    assert (found.entered, found.closed, found.steps[1].journeys) == (1, 1, 1)


def test_journeys_of_one_instant_do_not_last(shelf: Shelf) -> None:
    shelf.load([Seen(1, 0, 2), Seen(1, 0, None), Seen(2, 5, 4)], PHASES)
    assert shelf.rows(lasting_query()) == []
    shelf.load([Seen(1, 0, 2), Seen(1, 3, None), Seen(2, 0, 1), Seen(2, 4, 1)], PHASES)
    assert shelf.rows(lasting_query()) == [(1,)]


def test_few_closed_windows_are_named_as_few(shelf: Shelf) -> None:
    log = [Seen(journey, 24 * journey, 1) for journey in range(1, 201)] + [Seen(1, 30, 2)]
    course = course_of(log, "reached", 100, 24 * 200)
    assert course is not None
    (found,) = ask(shelf, log, course)
    assert (found.entered, found.closed, found.few) == (200, 100, False)
    (late,) = ask(shelf, log, replace(course, window_days=165))
    assert (late.closed, late.few) == (35, True)
    (open_ended,) = ask(shelf, log, replace(course, window_days=None))
    assert (open_ended.closed, open_ended.headline, open_ended.few) == (0, None, False)
    assert open_ended.expected is not None


def test_a_funnel_without_an_end_has_counts_but_no_rates(shelf: Shelf) -> None:
    log = [Seen(1, 0, 1), Seen(2, 0, 1, event="lost")]
    course = Course(
        steps=((1, "p1"),), counting="reached", window_days=1, selection=Selection(data_end=moment(48))
    )
    (found,) = ask(shelf, log, course)
    assert (found.entered, found.closed, found.headline, found.expected) == (2, 2, None, None)


def test_a_funnel_of_nobody_says_so(shelf: Shelf) -> None:
    log = [Seen(1, 0, 1), Seen(1, 5, 2)]
    course = course_of(log, "reached", 1, 48)
    assert course is not None
    nobody = replace(course.selection, where={"channel": ("Post",)})
    (found,) = ask(shelf, log, replace(course, selection=nobody))
    assert (found.entered, found.headline, found.expected, found.curve) == (0, None, None, ())
    assert [step.of_start for step in found.steps] == [None, None]


def test_fractions_of_a_second_at_the_data_end_cost_no_conversion(shelf: Shelf) -> None:
    shelf.load([Seen(1, 0, 1), Seen(1, 5, 2)], PHASES)
    end = moment(5) + dt.timedelta(microseconds=250_000)
    shelf.connection.execute("UPDATE journeys SET r1_2 = 18001")  # 5 h and some milliseconds, rounded up
    shelf.held = None
    course = Course(
        steps=((1, "p1"), (2, "p2")), counting="reached", window_days=None, selection=Selection(data_end=end)
    )
    counted = tallies(course, shelf.rows(counts_query(course)))
    assert counted[None].made == [1, 1]
