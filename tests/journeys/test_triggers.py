"""Triggers: who is compared with whom, against plain Python; the statistics, against other ways to them."""

from __future__ import annotations

import datetime as dt
import math
import random
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import relative_risk

from core.period import Month, Period
from journeys.ends import Selection
from journeys.triggers import (
    FEWEST,
    MOVED,
    OPEN,
    STAYED,
    Candidate,
    Comparison,
    Stays,
    candidates_of,
    compare,
    sightings_query,
    stays_of,
    stays_query,
)
from tests.journeys.visit_tables import END, Tables, day, visit

ALL = Selection(data_end=END)
HOUR = 3600


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return Tables(tmp_path_factory.mktemp("triggers"))


def looked(tables: Tables, selection: Selection = ALL) -> tuple[int | None, Stays, list[Candidate]]:
    """Landmark in hours, the visits running at it, and what they had seen."""
    stays = stays_of(tables.arrow(stays_query(selection, 4)))
    hours = stays.landmark
    running = stays.running(hours or 0)
    return hours, running, candidates_of(running, tables.arrow(sightings_query(4, hours or 0)))


def asked(tables: Tables) -> tuple[int, Comparison]:
    """How many visits are compared, and what is found."""
    _, running, candidates = looked(tables)
    decided = len(running.visit) - running.count(OPEN)
    return decided, compare(candidates, decided=decided, moved=running.count(MOVED))


def random_visits(seed: int, count: int = 400) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Visits of every ending with sightings at any time; neither knows of the other."""
    rng = random.Random(seed)
    visits, sightings = [], []
    for number in range(1, count + 1):
        first = rng.uniform(0, 360)
        stay = round(rng.expovariate(1 / 8) * 24) / 24  # whole hours, so that ties happen
        last = stay * rng.random()
        end = rng.choice(["advanced", "skipped", "back", "completed", "lost", "silent", "open", "done"])
        row = visit(number, first, last_at=day(first + last), segment=rng.choice(["B2B", "B2C"]))
        row["phase_no"] = rng.choice([4, 4, 4, 3])
        left = day(first + stay)
        match end:
            case "advanced" | "skipped" | "back":
                row |= {"ended_as": end, "next_at": left}
            case "completed":
                row |= {"ended_as": end, "next_at": day(first + stay + 5), "completed": True}
                row |= {"completed_at": left}
            case "done":  # completed, and nothing came after it
                row |= {"completed": True, "completed_at": left}
            case "lost":
                row |= {"ended_as": "lost", "lost_at": left}
            case "silent":
                row |= {"silent_until": left}
            case "open":
                row |= {"silent_until": END + dt.timedelta(days=9)}
        visits.append(row)
        for kind, value in {
            (rng.choice(["touchpoint", "content", "role"]), rng.choice("abc"))
            for _ in range(rng.randrange(4))
        }:
            after = rng.choice([0, rng.randrange(20 * 24) * HOUR])
            sightings.append(
                {"visit": number, "phase_no": row["phase_no"], "kind": kind, "value": value, "after": after}
            )
    return visits, sightings


def told(
    visits: list[dict[str, Any]], sightings: list[dict[str, Any]]
) -> tuple[int, dict[int, str], set[Candidate]]:
    """Landmark, ends of the visits running at it and candidates in plain Python, visit by visit."""

    def ending(row: dict[str, Any]) -> str:
        if row["ended_as"]:
            return str(row["ended_as"])
        if row["completed"]:
            return "completed"
        return "lost" if row.get("silent_until") and row["silent_until"] < END else "open"

    mine = {row["visit"]: row for row in visits if row["phase_no"] == 4}
    hours = statistics.median_low(
        math.ceil((row["last_at"] - row["first_at"]).total_seconds() / HOUR)
        for row in mine.values()
        if ending(row) != "open"
    )
    running = {}
    for number, row in mine.items():
        ends = [row.get(name) for name in ("completed_at", "next_at", "lost_at", "silent_until")]
        over = min([END, *(end for end in ends if end)])
        if (over - row["first_at"]).total_seconds() > hours * HOUR:
            running[number] = ending(row)
    seen: dict[tuple[Any, str], set[int]] = {}
    for row in sightings:
        if running.get(row["visit"], "open") != "open" and row["after"] <= hours * HOUR:
            seen.setdefault((row["kind"], row["value"]), set()).add(row["visit"])
    forward = ("advanced", "skipped", "completed")
    candidates = {
        Candidate(
            kind=kind, value=value, seen=len(them), moved=sum(running[number] in forward for number in them)
        )
        for (kind, value), them in seen.items()
    }
    return hours, running, candidates


@pytest.mark.parametrize("seed", range(8))
def test_those_are_compared_that_plain_python_compares(tables: Tables, seed: int) -> None:
    visits, sightings = random_visits(seed)
    hours, ends, candidates = told(visits, sightings)
    landmark, running, found = looked(tables.fill(visits=visits, sightings=sightings))
    assert landmark == hours
    assert running.visit.tolist() == sorted(ends)
    assert running.count(OPEN) == sum(end == "open" for end in ends.values())
    assert running.count(STAYED) == sum(end in ("back", "lost") for end in ends.values())
    assert len(found) == len(candidates)
    assert set(found) == candidates


def test_period_and_filter_choose_visits_by_their_first_contact(tables: Tables) -> None:
    visits, sightings = random_visits(99)
    chosen = Selection(
        data_end=END, period=Period(Month(2024, 3), Month(2024, 8)), where={"segment": ("B2B",)}
    )
    march, september = dt.datetime(2024, 3, 1), dt.datetime(2024, 9, 1)
    inside = [v for v in visits if march <= v["first_at"] < september and v["segment"] == "B2B"]
    hours, ends, candidates = told(inside, sightings)
    landmark, running, found = looked(tables.fill(visits=visits, sightings=sightings), chosen)
    assert landmark == hours
    assert running.visit.tolist() == sorted(ends)
    assert set(found) == candidates


@pytest.mark.parametrize(
    ("stays", "median"), [([], None), ([0], 0), ([30, 1, 7], 7), ([1, 30, 7, 1], 1), ([5, 5, 5, 90], 5)]
)
def test_the_landmark_is_the_median_of_what_has_ended(
    tables: Tables, stays: list[int], median: int | None
) -> None:
    ended = [visit(n, 1, "lost", last_at=day(1 + hours / 24)) for n, hours in enumerate(stays)]
    open_still = visit(99, 1, last_at=day(200), silent_until=END)
    assert looked(tables.fill(visits=[*ended, open_still]))[0] == median


def test_what_was_completed_before_the_landmark_is_not_still_running(tables: Tables) -> None:
    """Contacts after the completion keep the visit alive, but what it was about has been decided."""
    ordinary = [visit(n, n, "lost", last_at=day(n + 10), lost_at=day(n + 12)) for n in range(1, 12)]
    early = visit(50, 1, completed=True, completed_at=day(2), last_at=day(200))
    hours, running, _ = looked(tables.fill(visits=[*ordinary, early]))
    assert hours == 240
    assert running.visit.tolist() == list(range(1, 12))


def long_visits(rng: random.Random, count: int) -> list[dict[str, Any]]:
    """Visits whose chance to move forward grows with how long they last, whatever they see."""
    visits = []
    for number in range(1, count + 1):
        first, stay = rng.uniform(0, 200), rng.expovariate(1 / 20)
        moves = rng.random() < stay / (stay + 20)
        visits.append(
            visit(
                number,
                first,
                "advanced" if moves else "lost",
                last_at=day(first + stay),
                **({"next_at": day(first + stay)} if moves else {"lost_at": day(first + stay)}),
            )
        )
    return visits


def stay_of(row: dict[str, Any]) -> float:
    return float((row["last_at"] - row["first_at"]).total_seconds())


def sighting(row: dict[str, Any], value: str, after: float) -> dict[str, Any]:
    return {
        "visit": row["visit"], "phase_no": 4, "kind": "content", "value": value, "after": math.ceil(after),
    }  # fmt: skip


def naive(visits: list[dict[str, Any]], sightings: list[dict[str, Any]]) -> Comparison:
    """What a comparison without a landmark says: seen at any time against never seen."""
    moved = {row["visit"] for row in visits if row["ended_as"] == "advanced"}
    seen = {row["visit"] for row in sightings}
    return compare(
        [Candidate(kind="content", value="naive", seen=len(seen), moved=len(seen & moved))],
        decided=len(visits),
        moved=len(moved),
    )


def test_who_stays_longer_sees_more_and_that_alone_is_no_trigger(tables: Tables) -> None:
    """Immortal time: without a landmark a newsletter that does nothing would look like a trigger."""
    rng = random.Random(7)
    visits = long_visits(rng, 1500)
    arrivals = {row["visit"]: rng.expovariate(1 / (15 * 86400)) for row in visits}
    sightings = [
        sighting(row, "newsletter", arrivals[row["visit"]])
        for row in visits
        if arrivals[row["visit"]] <= stay_of(row)
    ]
    assert naive(visits, sightings).triggers[0].p < 1e-12
    _, found = asked(tables.fill(visits=visits, sightings=sightings))
    assert [trigger.value for trigger in found.triggers] == ["newsletter"]
    assert not found.triggers[0].selected


def test_what_only_those_who_move_see_when_they_move_is_no_trigger(tables: Tables) -> None:
    """Reverse causality: the contract is sent because the customer has decided."""
    visits = long_visits(random.Random(8), 800)
    hours, *_ = looked(tables.fill(visits=visits))
    assert hours is not None
    late = [row for row in visits if row["ended_as"] == "advanced" and stay_of(row) > hours * HOUR]
    sightings = [sighting(row, "contract", stay_of(row)) for row in late]
    assert naive(visits, sightings).triggers[0].selected
    _, found = asked(tables.fill(visits=visits, sightings=sightings))
    assert found.triggers == ()


def test_what_goes_with_moving_on_is_found_among_much_that_does_not(tables: Tables) -> None:
    rng = random.Random(9)
    visits, sightings = [], []
    for number in range(1, 1201):
        first = rng.uniform(0, 200)
        called = rng.random() < 0.4
        moves = rng.random() < (0.5 if called else 0.3)
        stay = rng.uniform(1, 30)
        end = {"next_at": day(first + stay)} if moves else {"lost_at": day(first + stay + 5)}
        row = visit(number, first, "advanced" if moves else "lost", last_at=day(first + stay), **end)
        visits.append(row)
        if called:
            sightings.append(sighting(row, "call", 0))
        sightings += [sighting(row, f"page {page}", 0) for page in range(30) if rng.random() < 0.3]
    decided, found = asked(tables.fill(visits=visits, sightings=sightings))
    assert 550 <= decided <= 800
    first_found = found.triggers[0]
    assert (first_found.value, first_found.selected) == ("call", True)
    assert first_found.lower > 1
    assert first_found.ratio == pytest.approx(5 / 3, rel=0.25)
    assert sum(trigger.selected for trigger in found.triggers) <= 3


def test_where_nothing_goes_with_anything_a_run_rarely_selects_anything() -> None:
    """The promise of the correction: at most one run in ten selects, however many candidates it looks at."""
    rng = np.random.default_rng(20260131)
    runs, selecting = 250, 0
    for _ in range(runs):
        decided, moved = 300, 120
        candidates = []
        for number in range(12):
            seen = int(rng.integers(FEWEST, decided - FEWEST))
            hits = int(rng.hypergeometric(moved, decided - moved, seen))
            candidates.append(Candidate(kind="content", value=str(number), seen=seen, moved=hits))
        found = compare(candidates, decided=decided, moved=moved)
        assert len(found.triggers) == 12
        selecting += any(trigger.selected for trigger in found.triggers)
    assert selecting / runs <= 0.1 + 2 * math.sqrt(0.1 * 0.9 / runs)
    assert selecting > 0  # the correction does not simply forbid everything


def fisher_by_counting(seen: int, hits: int, decided: int, moved: int) -> float:
    """The probability of all tables with these margins that are no likelier than this one."""

    def ways(k: int) -> int:
        return math.comb(moved, k) * math.comb(decided - moved, seen - k)

    possible = range(max(0, seen + moved - decided), min(seen, moved) + 1)
    return sum(ways(k) for k in possible if ways(k) <= ways(hits)) / math.comb(decided, seen)


def benjamini_hochberg(values: list[float]) -> list[float]:
    """q by definition: the smallest rate at which the step-up procedure would select the value."""
    found = []
    for p in values:
        larger = [other for other in values if other >= p]
        found.append(min(other * len(values) / sum(each <= other for each in values) for other in larger))
    return found


@given(
    st.integers(40, 200).flatmap(
        lambda decided: st.tuples(
            st.just(decided),
            st.integers(1, decided - 1),
            st.lists(st.tuples(st.integers(1, decided), st.floats(0, 1)), min_size=1, max_size=8),
        )
    )
)
@settings(max_examples=60)
def test_every_figure_of_a_trigger_follows_from_its_four_counts(
    drawn: tuple[int, int, list[tuple[int, float]]],
) -> None:
    decided, moved, values = drawn
    candidates = []
    for number, (seen, share) in enumerate(values):
        fewest, most = max(0, seen + moved - decided), min(seen, moved)
        hits = fewest + round(share * (most - fewest))
        candidates.append(Candidate(kind="role", value=str(number), seen=seen, moved=hits))
    found = compare(candidates, decided=decided, moved=moved)
    assert len(found.triggers) + found.too_small == len(candidates)
    assert found.too_small == sum(seen < FEWEST or decided - seen < FEWEST for seen, _ in values)
    p_values = [fisher_by_counting(t.seen, t.seen_moved, decided, moved) for t in found.triggers]
    assert [t.p for t in found.triggers] == pytest.approx(p_values, rel=1e-9)
    assert [t.q for t in found.triggers] == pytest.approx(
        benjamini_hochberg([t.p for t in found.triggers]), rel=1e-9
    )
    selected = sum(t.selected for t in found.triggers)
    for t in found.triggers:
        assert (t.seen + t.unseen, t.seen_moved + t.unseen_moved) == (decided, moved)
        assert t.selected == (t.q <= 0.1)
        assert t.lower <= t.ratio <= t.upper
        if t.unseen_moved:
            risk = relative_risk(t.seen_moved, t.seen, t.unseen_moved, t.unseen)
            assert t.ratio == pytest.approx(risk.relative_risk)
    if found.triggers:
        assert found.confidence == pytest.approx(1 - max(selected, 1) * 0.1 / len(found.triggers))
    assert list(found.triggers) == sorted(found.triggers, key=lambda t: t.p)


def test_nothing_is_tested_where_all_moved_or_none() -> None:
    candidates = [Candidate(kind="role", value="buyer", seen=20, moved=20)]
    assert compare(candidates, decided=50, moved=50).triggers == ()
    assert (
        compare([Candidate(kind="role", value="buyer", seen=20, moved=0)], decided=50, moved=0).triggers == ()
    )
