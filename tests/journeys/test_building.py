"""Sightings, totals and what follows agree with plain loops; chunks and the order of rows change nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.query import Query
from journeys.model import JourneyModel
from tests.journeys.logs import FIVE, SETTINGS, SEVEN, Bench, random_log
from tests.journeys.plain_ledger import plain_ledger
from tests.journeys.test_ledger_agrees import in_phases_of

anything = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
models = st.sampled_from([SEVEN, FIVE])
Row = dict[str, Any]


def built(bench: Bench, seed: int, model: JourneyModel) -> tuple[list[Row], list[Row], list[Row]]:
    """Visits, journeys and contacts of a random log, all in ledger order."""
    bench.load(random_log(seed, customers=25))
    bench.build(model)
    contacts = bench.rows(
        Query(sql="SELECT * FROM contacts ORDER BY journey, occurred_at, phase_no NULLS LAST, row_key")
    )
    return (
        bench.rows(Query(sql="SELECT * FROM visits ORDER BY visit")),
        bench.rows(Query(sql="SELECT * FROM journeys ORDER BY journey")),
        contacts,
    )


def whole_seconds(took: dt.timedelta) -> int:
    return -(-took // dt.timedelta(seconds=1))


@given(seed=st.integers(0, 10**6), model=models)
@anything
def test_sightings_are_the_first_contacts_of_a_visit_with_each_value(
    bench: Bench, seed: int, model: JourneyModel
) -> None:
    log = random_log(seed, customers=25)
    visits, _, contacts = built(bench, seed, model)
    row_of = {contact["row_key"]: contact for contact in contacts}
    told = set()
    for row, visit in zip(visits, plain_ledger(in_phases_of(model, log), model, SETTINGS), strict=True):
        first: dict[tuple[str, str], dt.datetime] = {}
        for member in visit.members:
            for kind in ("touchpoint", "content", "role"):
                value = row_of[member.row_key][kind]
                if value is not None:
                    at = first.setdefault((kind, value), member.at)
                    first[kind, value] = min(at, member.at)
        told |= {
            (row["visit"], row["phase_no"], kind, value, whole_seconds(at - row["first_at"]))
            for (kind, value), at in first.items()
        }
    found = [tuple(row.values()) for row in bench.rows(Query(sql="SELECT * FROM sightings"))]
    assert len(found) == len(told)
    assert set(found) == told


@given(seed=st.integers(0, 10**6), model=models)
@anything
def test_visits_are_numbered_for_good_and_know_the_order_and_the_loss_after_them(
    bench: Bench, seed: int, model: JourneyModel
) -> None:
    visits, _, contacts = built(bench, seed, model)
    seen: defaultdict[int, int] = defaultdict(int)
    for visit in visits:
        seen[visit["journey"]] += 1
        assert visit["visit"] == visit["journey"] * 1048576 + seen[visit["journey"]]
        for column, events in (("next_won_at", ("won",)), ("next_lost_at", ("lost", "cancelled"))):
            later = [
                contact["occurred_at"]
                for contact in contacts
                if contact["journey"] == visit["journey"]
                and contact["event"] in events
                and visit["next_at"] is not None
                and contact["occurred_at"] >= visit["next_at"]
            ]
            assert visit[column] == min(later, default=None)


@given(seed=st.integers(0, 10**6), model=models)
@anything
def test_journeys_add_up_to_their_contacts(bench: Bench, seed: int, model: JourneyModel) -> None:
    _, journeys, contacts = built(bench, seed, model)
    phase_no = "phase_no" if model is SEVEN else "phase_no:five_phase"
    stories: defaultdict[int, list[Row]] = defaultdict(list)
    for contact in contacts:
        stories[contact["journey"]].append(contact)
    assert [row["journey"] for row in journeys] == list(stories)
    for row in journeys:
        story = stories[row["journey"]]
        ats = [c["occurred_at"] for c in story]
        won = [c for c in story if c["event"] == "won"]
        assert (row["first_at"], row["last_at"], row["contacts"]) == (min(ats), max(ats), len(story))
        assert row["won_at"] == min((c["occurred_at"] for c in won), default=None)
        assert row["lost_at"] == min((c["occurred_at"] for c in story if c["event"] == "lost"), default=None)
        assert row["orders"] == len(won)
        for name in ("revenue", "margin"):
            assert row[name] == pytest.approx(added([c[name] for c in story]))
        named = [c for c in story if c["value"] is not None]
        latest = max(named, key=lambda c: (c["occurred_at"], c["row_key"]), default={"value": None})
        ordered = added([c["value"] for c in won])
        assert row["value"] == pytest.approx(latest["value"] if ordered is None else ordered)
        for number in range(1, len(model.phases) + 1):
            entries = [c["occurred_at"] for c in story if c[phase_no] == number]
            assert row[f"t{number}"] == min(entries, default=None)


def added(values: list[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None


@given(seed=st.integers(0, 10**6), model=models, journeys=st.integers(10, 250))
@anything
def test_two_chunks_make_what_one_makes(bench: Bench, seed: int, model: JourneyModel, journeys: int) -> None:
    bench.load(random_log(seed, customers=25))
    contacts = bench.arrow(Query(sql="SELECT * FROM contacts"))
    early = pc.less(contacts["journey"], journeys)
    whole = bench.built(contacts, model)
    chunks = [bench.built(contacts.filter(chosen), model) for chosen in (early, pc.invert(early))]
    for name in ("visits", "journeys", "sightings"):
        together = pa.concat_tables([getattr(chunk, name) for chunk in chunks])
        whole_table = getattr(whole, name)
        if name != "sightings":  # the row in the table as it was given
            together, whole_table = together.drop_columns(["first"]), whole_table.drop_columns(["first"])
        assert rows(together) == rows(whole_table)


@given(seed=st.integers(0, 10**6))
@anything
def test_a_model_told_from_the_story_of_another_makes_what_it_makes_alone(bench: Bench, seed: int) -> None:
    bench.load(random_log(seed, customers=25))
    contacts = bench.arrow(Query(sql="SELECT * FROM contacts ORDER BY hash(row_key)"))
    alone, like = bench.built(contacts, FIVE), bench.built(contacts, SEVEN).story
    together = bench.built(contacts, FIVE, like=like)
    for name in ("visits", "journeys", "sightings"):
        assert getattr(together, name).equals(getattr(alone, name))


def rows(table: Any) -> list[Row]:
    found: list[Row] = table.to_pylist()
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


def test_texts_may_come_plain_or_coded(bench: Bench) -> None:
    bench.load(random_log(1))
    contacts = bench.arrow(Query(sql="SELECT * FROM contacts"))
    coded = pa.table(
        {
            name: column.dictionary_encode() if pa.types.is_string(column.type) else column
            for name, column in zip(contacts.column_names, contacts.columns, strict=True)
        }
    )
    assert coded.schema != contacts.schema
    plain, of_codes = bench.built(contacts, SEVEN), bench.built(coded, SEVEN)
    assert plain.visits.to_pylist() == of_codes.visits.to_pylist()
    assert plain.sightings.to_pylist() == of_codes.sightings.to_pylist()


def test_no_contacts_make_no_rows(bench: Bench) -> None:
    bench.load([])
    built = bench.built(bench.arrow(Query(sql="SELECT * FROM contacts")), FIVE)
    assert [len(table) for table in (built.visits, built.journeys, built.sightings)] == [0, 0, 0]
    assert built.visits.schema.field("phase").type.value_type == pa.string()


def test_the_tables_have_the_types_that_are_promised(bench: Bench) -> None:
    bench.load(random_log(2))
    bench.build(SEVEN)
    promised = {
        "visits": {
            "visit": "BIGINT", "journey": "BIGINT", "phase": "VARCHAR", "phase_no": "INTEGER",
            "cycle": "INTEGER", "first_at": "TIMESTAMP", "contacts": "BIGINT", "resumed": "BOOLEAN",
            "entered_from": "VARCHAR", "completed": "BOOLEAN", "ended_as": "VARCHAR",
            "silent_until": "TIMESTAMP", "next_won_at": "TIMESTAMP",
        },
        "journeys": {
            "journey": "BIGINT", "first_at": "TIMESTAMP", "contacts": "BIGINT", "orders": "BIGINT",
            "value": "DOUBLE", "t1": "TIMESTAMP", "o1_2": "INTEGER", "dr1_7": "INTEGER", "l7": "INTEGER",
        },
        "sightings": {
            "visit": "BIGINT", "phase_no": "INTEGER", "kind": "VARCHAR", "value": "VARCHAR",
            "after": "INTEGER",
        },
    }  # fmt: skip
    for table, columns in promised.items():
        described = bench.rows(Query(sql=f"SELECT * FROM (DESCRIBE {table})"))
        found = {row["column_name"]: row["column_type"] for row in described}
        stored = {name: "VARCHAR" if kind.startswith("ENUM") else kind for name, kind in found.items()}
        assert {name: stored[name] for name in columns} == columns
