"""The product's ledger and the plain one agree on random logs, for both models."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from core.query import Query
from journeys.coarsening import parse_part
from journeys.model import JourneyModel
from tests.journeys.logs import FIVE, SETTINGS, SEVEN, Bench, contact_logs, random_log
from tests.journeys.plain_ledger import Contact, Visit, plain_ledger

SEEDS = range(20)
COMPARED = (
    "journey", "phase", "phase_no", "cycle", "first_at", "last_at", "contacts", "resumed", "entered_from",
    "next_phase", "next_at", "completed", "completed_at", "ended_as", "lost_at",
)  # fmt: skip


def in_phases_of(model: JourneyModel, contacts: list[Contact]) -> list[Contact]:
    """The contacts in the phases of a coarsening, by its merges, read one by one."""
    if model.coarsens is None:
        return contacts

    def moved(contact: Contact) -> str | None:
        pieces = [(parse_part(text), phase.id) for phase in model.phases for text in phase.merges]
        fitting = [(part, phase) for part, phase in pieces if part.phase == contact.phase]
        for part, phase in fitting:
            if contact.event in part.events:
                return phase
        return next((phase for part, phase in fitting if not part.events), None)

    return [dataclasses.replace(contact, phase=moved(contact)) for contact in contacts]


def compare(bench: Bench, model: JourneyModel, contacts: list[Contact]) -> None:
    bench.load(contacts)
    bench.build(model)
    built = bench.rows(Query(sql="SELECT * FROM visits ORDER BY visit"))
    told = plain_ledger(in_phases_of(model, contacts), model, SETTINGS)
    assert [comparable(row) for row in built] == [comparable(vars(visit)) for visit in told]


def comparable(row: dict[str, Any]) -> dict[str, Any]:
    """What both ledgers say of a visit. Silence matters only while nothing else has decided."""
    undecided = row["ended_as"] is None and not row["completed"]
    return {name: row[name] for name in COMPARED} | {
        "silent_until": row["silent_until"] if undecided else None
    }


@pytest.mark.parametrize("model", [SEVEN, FIVE], ids=lambda model: model.id)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_ledgers_tell_the_same_story_of_many_customers(
    bench: Bench, model: JourneyModel, seed: int
) -> None:
    compare(bench, model, random_log(seed))


@given(contacts=contact_logs)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ledgers_tell_the_same_story_of_any_small_log(bench: Bench, contacts: list[Contact]) -> None:
    for model in (SEVEN, FIVE):
        compare(bench, model, contacts)


def test_the_random_logs_hold_every_kind_of_end_and_story() -> None:
    visits: list[Visit] = []
    for seed in SEEDS:
        visits += plain_ledger(random_log(seed), SEVEN, SETTINGS)
    assert {visit.ended_as for visit in visits} == {"advanced", "skipped", "back", "completed", "lost", None}
    assert any(visit.resumed and visit.cycle > 1 for visit in visits)
    assert any(visit.ended_as is None and visit.silent_until for visit in visits)
    after = {phase.id for phase in SEVEN.phases if phase.after_purchase}
    lapsed = [v for v in visits if v.phase in after and v.lost_at and v.silent_until == v.lost_at]
    assert lapsed
    assert len({visit.journey for visit in visits}) > 60
    assert max(visit.first_at for visit in visits) - min(v.first_at for v in visits) > dt.timedelta(days=30)
