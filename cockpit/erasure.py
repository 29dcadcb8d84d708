"""Erasing customers on their request: what is held of them, and taking it out of everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.contract import contract
from core.query import Query
from store.warehouse.manifest import Erasure


@dataclass(frozen=True, kw_only=True)
class Held:
    """Rows of a customer in one table of the current snapshot (`contacts` without planned ones)."""

    customer_id: str
    table: str
    rows: int


def held(ws: Workspace, customer_ids: Collection[str]) -> list[Held]:
    """What the current snapshot holds of the customers; empty for customers it does not know."""
    tables = [name for name, table in contract().items() if "customer_id" in table.columns]
    with ws.warehouse.open() as snapshot:
        return [
            Held(customer_id=customer, table=table, rows=rows)
            for table in tables
            for customer, rows in snapshot.rows(
                Query(
                    sql=f"SELECT customer_id, count(*) FROM {table} "
                    "WHERE list_contains($ids, customer_id) GROUP BY ALL ORDER BY ALL",
                    values={"ids": list(customer_ids)},
                )
            )
        ]


def erase(ws: Workspace, customer_ids: Sequence[str], person: str) -> Erasure:
    """Erases the customers from state, every snapshot, originals and rejects, and keeps them out.

    May be repeated safely, also for customers of whom nothing is held. The audit trail gets the erasure's id
    and counts, never the customers'. UsageFault where no customer is named.
    """
    if any(customer_ids):
        ws.state.erase([one for one in customer_ids if one])
    erasure = ws.warehouse.erase(customer_ids)
    detail = f"{erasure.id}: {erasure.customers} customers, {erasure.rows} rows"
    ws.state.audit.write(person, "erase", detail, ws.now())
    return erasure
