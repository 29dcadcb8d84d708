"""On random logs the product counts what plain loops count, however a period is read."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from core.period import Month, parse_period
from core.query import Query
from core.view import View
from tests.building import TOUCHPOINTS, workspace_from_rows
from tests.metrics.plain_kpis import PLAIN, Contact, Log
from tests.metrics.test_figures import RULES

END = dt.datetime(2024, 10, 17, 12)
PERIODS = ("2024-02", "2024-05", "2024-10", "ytd:2024-07", "r12:2024-09", "2024-04..2024-06")
EVENTS = {name: event for name, (_, event) in TOUCHPOINTS.items()} | {
    "qualified": "qualified",
    "started": "promise_kept",
    "survey": "other",
}


def random_rows(seed: int) -> list[dict[str, Any]]:
    """Some 700 contacts of 70 customers in nine months, many at the same instant, with holes everywhere."""
    chance = random.Random(seed)

    def maybe(share: float, value: Any) -> Any:
        return value if chance.random() < share else None

    rows = []
    for number in range(70):
        at = dt.datetime(2024, 1, 1, 8) + dt.timedelta(hours=chance.randrange(24 * 200))
        for _ in range(chance.randint(1, 20)):
            touchpoint = chance.choice(sorted(EVENTS))
            bought = touchpoint == "order"
            rows.append(
                {
                    "customer_id": f"k{number}",
                    "occurred_at": at.isoformat(),
                    "touchpoint": touchpoint,
                    "direction": maybe(0.6, chance.choice(["inbound", "outbound"])),
                    "reason": maybe(0.7, chance.choice(["login", "invoice"])),
                    "resolved": maybe(0.8, chance.random() < 0.6),
                    "value": maybe(0.7, chance.randrange(100, 900))
                    if touchpoint in ("offer", "order")
                    else None,
                    "margin": maybe(0.8, chance.randrange(10, 90)) if bought else None,
                    "cost": maybe(0.5, chance.randrange(1, 9)),
                    "nps": maybe(0.2, chance.randint(0, 10)),
                    "csat": maybe(0.2, chance.randint(1, 5)),
                    "promised_at": maybe(0.7, (at + dt.timedelta(days=20)).date().isoformat())
                    if bought
                    else None,
                }
            )
            at += dt.timedelta(hours=chance.choice([0, 0, 1, 5, 24, 60, 24 * 9, 24 * 21]))
    rows = [row for row in rows if dt.datetime.fromisoformat(row["occurred_at"]) <= END]
    return sorted(rows, key=lambda row: row["occurred_at"])


@pytest.mark.parametrize("seed", [1, 2])
def test_plain_loops_count_the_same(tmp_path: Path, seed: int) -> None:
    rows = random_rows(seed)
    ws = workspace_from_rows(
        tmp_path, rows, touchpoints=RULES, settings="repurchase_months = 3\n", data_end=END
    )
    with ws.warehouse.open() as snapshot:
        order = snapshot.rows(Query(sql="SELECT row_no FROM contacts ORDER BY occurred_at, row_key"))
    contacts = []
    for (place,) in order:  # at one instant the product's own order of rows decides
        row = rows[place - 1]
        fields = dict(row)
        if row["promised_at"]:
            fields["promised_at"] = dt.datetime.fromisoformat(row["promised_at"])
        contacts.append(
            Contact(
                row["customer_id"],
                dt.datetime.fromisoformat(row["occurred_at"]),
                EVENTS[row["touchpoint"]],
                fields,
            )
        )
    log = Log(contacts, END)
    for text in PERIODS:
        period = parse_period(text, latest=Month(2024, 9))
        span = (dt.datetime.combine(period.start, dt.time()), dt.datetime.combine(period.end, dt.time()))
        for result in evaluate(ws, View(period=text), list(PLAIN)):
            above, below, n = PLAIN[result.kpi](log, span)
            said = f"{result.kpi} {text}"
            assert result.n == n, said
            assert (result.numerator or 0) == pytest.approx(above or 0), said
            if below is not None:
                assert (result.denominator or 0) == pytest.approx(below), said
