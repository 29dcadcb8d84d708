"""What holds for every log: nothing is lost in counting, merging or regrouping; the past is never revised."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.period import Month, Period
from core.query import Query
from journeys.coarsening import parse_part
from journeys.ends import Ends, Selection, entrants_query, leavers_query, ledger_query, patience_query
from journeys.ledger import ENDING, ENDINGS
from journeys.model import JourneyModel
from tests.journeys.logs import FIVE, SETTINGS, SEVEN, START, Bench, random_log
from tests.journeys.plain_ledger import Contact, ending, plain_ledger

anything = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
selections = st.builds(
    Selection,
    data_end=st.integers(0, 200).map(lambda days: START + dt.timedelta(days=days)),
    period=st.sampled_from(
        [None, Period(Month(2024, 1), Month(2024, 1)), Period(Month(2024, 2), Month(2024, 4))]
    ),
    where=st.dictionaries(
        st.sampled_from(["segment", "channel"]),
        st.lists(st.sampled_from(["", "B2B", "B2C", "Messe", "Web"]), max_size=3).map(tuple),
        max_size=2,
    ),
)
models = st.sampled_from([SEVEN, FIVE])


def loaded(bench: Bench, seed: int, model: JourneyModel) -> list[Contact]:
    contacts = random_log(seed, customers=25)
    bench.load(contacts)
    bench.build(model)
    return contacts


def ends_by(bench: Bench, selection: Selection, by: str | None = None) -> dict[tuple[str, str | None], Ends]:
    return {
        (row["phase"], row["in_group"]): Ends(**{end: row[end] for end in ENDINGS})
        for row in bench.rows(ledger_query(selection, by))
    }


def counted(bench: Bench, selection: Selection, phase: str) -> int:
    """The visits of a phase, counted without the ledger's own query."""
    rows = bench.rows(Query(sql="SELECT phase, first_at, segment, channel FROM visits"))
    return sum(
        row["phase"] == phase
        and all((row[name] or "") in accepted for name, accepted in selection.where.items())
        and (
            selection.period is None
            or selection.period.start <= row["first_at"].date() < selection.period.end
        )
        for row in rows
    )


@given(seed=st.integers(0, 10**6), model=models, selection=selections)
@anything
def test_the_six_ends_sum_to_the_visits_of_every_phase_and_filter(
    bench: Bench, seed: int, model: JourneyModel, selection: Selection
) -> None:
    loaded(bench, seed, model)
    found = ends_by(bench, selection)
    for phase in model.phase_ids:
        ends = found.get((phase, None), Ends())
        assert ends.visits == counted(bench, selection, phase)
        assert sum(row["visits"] for row in bench.rows(entrants_query(selection, phase))) == ends.visits
        leavers = bench.rows(leavers_query(selection, phase))
        assert {end: sum(r["visits"] for r in leavers if r["ending"] == end) for end in ENDINGS} == vars(ends)


@given(
    seed=st.integers(0, 10**6), model=models, selection=selections, by=st.sampled_from(["segment", "channel"])
)
@anything
def test_the_groups_of_a_breakdown_sum_to_the_total(
    bench: Bench, seed: int, model: JourneyModel, selection: Selection, by: str
) -> None:
    loaded(bench, seed, model)
    groups = ends_by(bench, selection, by)
    for (phase, _), total in ends_by(bench, selection).items():
        parts = [ends for (in_phase, _), ends in groups.items() if in_phase == phase]
        assert {end: sum(getattr(part, end) for part in parts) for end in ENDINGS} == vars(total)


@given(seed=st.integers(0, 10**6))
@anything
def test_merging_phases_loses_no_journey(bench: Bench, seed: int) -> None:
    contacts = loaded(bench, seed, FIVE)
    for phase in FIVE.phases:
        parts = [parse_part(text) for text in phase.merges]
        others = {
            (part.phase, event)
            for other in FIVE.phases
            if other.id != phase.id
            for part in map(parse_part, other.merges)
            for event in part.events
        }
        union = {
            contact.journey
            for contact in contacts
            for part in parts
            if contact.phase == part.phase
            and (contact.event in part.events if part.events else (part.phase, contact.event) not in others)
        }
        number = FIVE.phase_ids.index(phase.id) + 1
        seen = bench.rows(Query(sql="SELECT journey FROM visits WHERE phase = $p", values={"p": phase.id}))
        entered = bench.rows(Query(sql=f"SELECT journey FROM journeys WHERE t{number} IS NOT NULL"))
        assert {row["journey"] for row in seen} == {row["journey"] for row in entered} == union


@given(seed=st.integers(0, 10**6), model=models, days=st.integers(1, 90))
@anything
def test_what_had_ended_by_then_was_told_the_same_without_knowing_what_came_later(
    bench: Bench, seed: int, model: JourneyModel, days: int
) -> None:
    then = START + dt.timedelta(days=days)
    contacts = loaded(bench, seed, model)
    now = ended_by(bench, then)
    bench.load([contact for contact in contacts if contact.at <= then])
    bench.build(model)
    assert ended_by(bench, then) == now


def ended_by(bench: Bench, then: dt.datetime) -> list[dict[str, Any]]:
    """Visits that were lost or left by an instant, with how and when."""
    return bench.rows(
        Query(
            sql=f"""
SELECT * FROM (
    SELECT journey, phase, cycle, first_at, contacts, resumed, entered_from, {ENDING} AS ending,
        CASE WHEN {ENDING} = 'lost' THEN coalesce(lost_at, silent_until) ELSE next_at END AS left_at
    FROM visits) AS v
WHERE left_at < $data_end ORDER BY journey, first_at, phase, left_at""",
            values={"data_end": then},
        )
    )


@given(seed=st.integers(0, 10**6), days=st.integers(1, 90))
@anything
def test_the_data_end_decides_between_open_and_lost_as_in_the_plain_ledger(
    bench: Bench, seed: int, days: int
) -> None:
    contacts = loaded(bench, seed, SEVEN)
    data_end = START + dt.timedelta(days=days)
    told: dict[tuple[str, str | None], dict[str, int]] = {}
    for visit in plain_ledger(contacts, SEVEN, SETTINGS):
        ends = told.setdefault((visit.phase, None), dict.fromkeys(ENDINGS, 0))
        ends[ending(visit, data_end)] += 1
    found = ends_by(bench, Selection(data_end=data_end))
    assert {phase: vars(ends) for phase, ends in found.items()} == told


def test_conversion_counts_who_moved_on_among_the_decided() -> None:
    ends = Ends(advanced=3, skipped=1, back=2, completed=1, lost=3, open=7)
    assert (ends.visits, ends.conversion) == (17, 50)
    assert Ends(open=4).conversion is None


def test_proposed_patience_keeps_nine_in_ten_won_journeys_alive(bench: Bench) -> None:
    # The longest silences of ten journeys in preference are 1 to 10 days: nine need no more than 9.
    contacts = []
    for journey in range(1, 11):
        steps: list[tuple[float, str | None, str]] = [
            (0, "preference", "offer"),
            (0.5, None, "message"),
            (0.5 + journey, "purchase", "won"),
            (400, "preference", "offer"),
        ]
        contacts += [
            Contact(
                row_key=journey * 10 + place,
                customer=journey,
                journey=journey,
                at=START + dt.timedelta(days=day),
                phase=phase,
                event=event,
            )
            for place, (day, phase, event) in enumerate(steps)
        ]
    bench.load(contacts)
    bench.build(SEVEN)
    rows = bench.rows(patience_query())
    assert rows == [{"phase": "preference", "journeys": 10, "days": pytest.approx(9)}]
