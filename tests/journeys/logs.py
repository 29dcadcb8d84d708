"""Random contact logs, small models, and the product's ledger run on them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from hypothesis import strategies as st

from core.query import Query
from core.settings import PatienceRule, Settings
from journeys.building import Built, build
from journeys.coarsening import phase_numbers
from journeys.columns import EVENT_CODES
from journeys.lapses import lapses_query
from journeys.ledger import FIRST_CONTACT
from journeys.model import JourneyModel, load_models
from journeys.story import Story
from store.engine import connect
from tests.journeys.plain_ledger import Contact

START = dt.datetime(2024, 1, 1)
TEXTS = (
    "customer_id", "journey_id", "account_id", "touchpoint", "channel", "product", "persona", "region",
    "team", "role", "content", "direction", "source",
)  # fmt: skip
IDS = ("customer", "customer_id", "journey_id", "account_id")
COLUMNS = {
    "row_key": "BIGINT", "customer": "BIGINT", "journey": "BIGINT", "occurred_at": "TIMESTAMP",
    "phase": "VARCHAR", "event": "VARCHAR", "segment": "VARCHAR", "price_tier": "VARCHAR",
    "revenue": "DOUBLE",
}  # fmt: skip
EVENTS = ("other", "lead", "talk", "offer", "won", "lost", "cancelled", "promise_kept", "referral", "message")


def _impatient(model: JourneyModel) -> JourneyModel:
    """The shipped model with a patience of days, so that short logs hold losses; purchase has none."""
    days = {"pre_awareness": 6, "awareness": 5, "consideration": 4, "preference": 3}
    phases = tuple(phase.model_copy(update={"patience_days": days.get(phase.id)}) for phase in model.phases)
    return model.model_copy(update={"phases": phases})


_SHIPPED = load_models()
SEVEN = _impatient(_SHIPPED["seven_phase"])
FIVE = _impatient(_SHIPPED["five_phase"])
PHASE_NOS = {"phase_no": SEVEN, "phase_no:five_phase": FIVE}
SETTINGS = Settings(
    patience=(
        PatienceRule(phase="preference", days=7, segment="B2B"),
        PatienceRule(phase="preference", days=8, segment="B2B"),  # of equal rules the first holds
        PatienceRule(phase="preference", days=9, price_tier="high"),
        PatienceRule(phase="consideration", days=2, segment="B2C", price_tier="high"),
    )
)


def contacts_from(
    rows: Iterable[tuple[int, int, int, str | None, str | None, str | None, str | None, float | None]],
) -> list[Contact]:
    """Contacts from (customer, journey, quarter day, phase, event, segment, price tier, revenue)."""
    return [
        Contact(
            row_key=key,
            customer=customer,
            journey=customer * 10 + journey,
            at=START + dt.timedelta(hours=6 * quarter),
            phase=phase,
            event=event,
            segment=segment,
            price_tier=tier,
            revenue=revenue,
        )
        for key, (customer, journey, quarter, phase, event, segment, tier, revenue) in enumerate(rows, 1)
    ]


contact_logs = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(1, 2),
        st.integers(0, 120).map(lambda step: step - step % 2),
        st.sampled_from([None, *SEVEN.phase_ids]),
        st.sampled_from([None, *EVENTS]),
        st.sampled_from([None, "B2B", "B2C"]),
        st.sampled_from([None, "high"]),
        st.sampled_from([None, 10.0, -10.0]),
    ),
    max_size=40,
).map(contacts_from)


def random_log(seed: int, customers: int = 60) -> list[Contact]:
    """Many customers at once, wandering forward through the phases with ties, silences and detours."""
    rng = random.Random(seed)
    rows = []
    phases = SEVEN.phase_ids
    for customer in range(1, customers + 1):
        for journey in range(1, rng.choice([1, 1, 2, 3]) + 1):
            place, quarter = rng.randrange(4), rng.randrange(40)
            for _ in range(rng.randrange(25)):
                place = min(max(place + rng.choice([0, 0, 0, 1, 1, 2, -1]), 0), 6)
                if rng.random() < 0.06:
                    place = rng.randrange(4)
                quarter += rng.choice([0, 0, 1, 2, 4, 8, 12, 16, 20, 40])
                phase = None if rng.random() < 0.2 else phases[place]
                event = "won" if rng.random() < 0.15 else rng.choice(EVENTS)
                rows.append(
                    (
                        customer,
                        journey,
                        quarter,
                        phase,
                        event,
                        rng.choice([None, "B2B", "B2C"]),
                        rng.choice([None, "high"]),
                        rng.choice([None, None, 10.0, -10.0, 0.1]),
                    )
                )
    rng.shuffle(rows)
    return contacts_from(rows)


def number_of(contact: Contact, model: JourneyModel) -> int | None:
    """The number of the contact's phase in a model."""
    base = 1 + SEVEN.phase_ids.index(contact.phase) if contact.phase else 0
    return int(phase_numbers(model, SEVEN)[base, EVENT_CODES.get(contact.event or "", 0)]) or None


class Bench:
    """An in-memory snapshot: contacts as given, visits, journeys and sightings as the product builds them."""

    def __init__(self, scratch: Path) -> None:
        self.connection: duckdb.DuckDBPyConnection = connect(temp=scratch, threads=1)

    def load(self, contacts: Sequence[Contact]) -> None:
        frame = pd.DataFrame(
            [
                (c.row_key, c.customer, c.journey, c.at, c.phase, c.event, c.segment, c.price_tier, c.revenue)
                for c in contacts
            ],
            columns=list(COLUMNS),
        )
        for column, model in PHASE_NOS.items():
            frame[column] = pd.array([number_of(c, model) for c in contacts], dtype="Int64")
        selected = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in COLUMNS.items())
        texts = ", ".join(f"CAST({_stand_in(name)} AS VARCHAR) AS {name}" for name in TEXTS)
        self.connection.register("given", frame)
        self.connection.execute(
            f"CREATE OR REPLACE TABLE contacts AS SELECT {selected}, {texts},"
            " CAST(CASE row_key % 3 WHEN 0 THEN row_key END AS DOUBLE) AS value,"
            " CAST(CASE row_key % 2 WHEN 0 THEN row_key / 4 END AS DOUBLE) AS margin,"
            ' phase_no, "phase_no:five_phase" FROM given'
        )
        self.connection.unregister("given")

    def build(self, model: JourneyModel, settings: Settings = SETTINGS) -> None:
        contacts = self.arrow(Query(sql="SELECT * FROM contacts ORDER BY hash(row_key)"))
        built = self.built(contacts, model, settings)
        for name, table in (("visits", built.visits), ("journeys", built.journeys)):
            whole = table.drop_columns(["first"])
            firsts = contacts.take(table["first"])
            for column in (*IDS, *FIRST_CONTACT):
                whole = whole.append_column(column, firsts[column])
            self._keep(name, whole)
        self._keep("sightings", built.sightings)

    def built(
        self, contacts: Any, model: JourneyModel, settings: Settings = SETTINGS, like: Story | None = None
    ) -> Built:
        """The three tables as Arrow tables, from contacts of the snapshot as an Arrow table."""
        phase_no = next(column for column, known in PHASE_NOS.items() if known.id == model.id)
        walked = self.rows(Query(sql=f'SELECT DISTINCT "{phase_no}" AS number FROM contacts'))
        return build(
            contacts,
            self.arrow(lapses_query()),
            model,
            settings,
            walked=[row["number"] for row in walked if row["number"]],
            phase_no=phase_no,
            like=like,
        )

    def _keep(self, name: str, table: Any) -> None:
        self.connection.register("kept", table)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM kept")
        self.connection.unregister("kept")

    def arrow(self, query: Query) -> Any:
        """The result of a query as an Arrow table."""
        return self.connection.sql(query.sql, params=dict(query.values) or None).to_arrow_table()

    def rows(self, query: Query) -> list[dict[str, Any]]:
        cursor = self.connection.execute(query.sql, dict(query.values))
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _stand_in(name: str) -> str:
    return {
        "customer_id": "'K' || customer",
        "journey_id": "'J' || journey",
        "channel": "CASE row_key % 3 WHEN 0 THEN 'Messe' WHEN 1 THEN 'Web' END",
        "touchpoint": "'Kontaktpunkt ' || row_key % 5",
        "content": "CASE WHEN row_key % 3 > 0 THEN 'Artikel ' || row_key % 4 END",
        "role": "CASE row_key % 7 WHEN 0 THEN 'Einkauf' END",
    }.get(name, f"'{name}'")
