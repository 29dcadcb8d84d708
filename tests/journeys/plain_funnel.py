"""Compact rows and funnels once more, told contact by contact: what the queries are held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from core.query import Query
from store.engine import connect

START = dt.datetime(2024, 1, 1)
HOUR = 3600


@dataclass(frozen=True)
class Seen:
    """A contact: its journey, hours after START, phase number (None: no phase), event, channel."""

    journey: int
    hour: int
    phase: int | None
    event: str = "other"
    channel: str | None = None


def moment(hour: float) -> dt.datetime:
    return START + dt.timedelta(hours=hour)


def journeys_of(log: Iterable[Seen]) -> dict[int, list[Seen]]:
    """The contacts of each journey in ledger order: time, phase (none comes last), place in the log."""
    ordered = sorted(log, key=lambda seen: (seen.journey, seen.hour, seen.phase or 99))
    return {journey: list(contacts) for journey, contacts in groupby(ordered, lambda seen: seen.journey)}


def chain(contacts: Sequence[Seen], steps: Sequence[int], begin: int, *, strict: bool = False) -> int | None:
    """The hour at which greedy steps through phases reach the last, begun at an hour in the first."""
    at = begin
    for step in steps[1:]:
        later = [c.hour for c in contacts if c.phase == step and (c.hour > at if strict else c.hour >= at)]
        if not later:
            return None
        at = min(later)
    return at


def arrival(
    contacts: Sequence[Seen], steps: Sequence[int], begin: int, *, counting: str, strict: bool = False
) -> int | None:
    """The hour at which a journey counts in the last of the steps, however that is counted."""
    if counting == "ordered":
        return chain(contacts, steps, begin, strict=strict)
    sights = [
        c.hour
        for c in contacts
        if c.phase is not None and c.phase >= steps[-1] and (c.hour > begin if strict else c.hour >= begin)
    ]
    return min(sights, default=None)


def worst_order_arrives(contacts: Sequence[Seen], steps: Sequence[int], until: int) -> bool:
    """Whether the steps are made in every order of the contacts of the same instants, by trying them all."""
    instants = [list(group) for _, group in groupby(contacts, lambda seen: seen.hour)]

    def arrives(sequence: Sequence[Seen]) -> bool:
        place = 0
        for seen in sequence:
            if place < len(steps) and seen.phase == steps[place] and seen.hour <= until:
                place += 1
        return place == len(steps)

    def orders(rest: Sequence[Sequence[Seen]]) -> Iterable[tuple[Seen, ...]]:
        if not rest:
            yield ()
            return
        for first in permutations(rest[0]):
            for more in orders(rest[1:]):
                yield first + more

    return all(arrives(sequence) for sequence in orders(instants))


def compact(contacts: Sequence[Seen], phases: int, filled: Sequence[int]) -> dict[str, Any]:
    """The compact row of one journey. `filled` are the phases with any data in the snapshot."""
    first = contacts[0]
    row: dict[str, Any] = {
        "journey": first.journey,
        "channel": first.channel,
        "first_at": moment(first.hour),
        "last_at": moment(contacts[-1].hour),
    }
    for start in range(1, phases + 1):
        entries = [c.hour for c in contacts if c.phase == start]
        begin = min(entries, default=None)
        row[f"t{start}"] = None if begin is None else moment(begin)

        def since(hour: int | None, begin: int | None = begin) -> int | None:
            return None if hour is None or begin is None else (hour - begin) * HOUR

        for events, name in ((("won",), "w"), (("lost", "cancelled"), "l")):
            ends = [c.hour for c in contacts if c.event in events and begin is not None and c.hour >= begin]
            row[f"{name}{start}"] = since(min(ends, default=None))
        for end in range(start + 1, phases + 1):
            steps = [start, *(step for step in filled if start < step <= end)]
            for name, counting in (("o", "ordered"), ("r", "reached")):
                told = [start, end] if name == "r" else steps
                gone = begin is None or (name == "o" and end not in filled)
                loose, strict = (
                    None if gone else arrival(contacts, told, begin or 0, counting=counting, strict=strictly)
                    for strictly in (False, True)
                )
                row[f"{name}{start}_{end}"] = since(loose)
                row[f"d{name}{start}_{end}"] = (
                    None if loose is None or strict is None else (strict - loose) * HOUR
                )
            tries = [made - entry for entry in entries if (made := chain(contacts, steps, entry)) is not None]
            row[f"b{start}_{end}"] = min(tries) * HOUR if tries and end in filled else None
    return row


def filled_phases(log: Iterable[Seen]) -> list[int]:
    return sorted({seen.phase for seen in log if seen.phase is not None})


class Shelf:
    """An in-memory snapshot that holds `journeys` and `contacts` of a log."""

    def __init__(self, scratch: Path) -> None:
        self.connection: duckdb.DuckDBPyConnection = connect(temp=scratch, threads=1)
        self.held: tuple[list[Seen], int] | None = None

    def load(self, log: Sequence[Seen], phases: int) -> None:
        if self.held == (list(log), phases):
            return
        self.held = (list(log), phases)
        filled = filled_phases(log)
        rows = [compact(contacts, phases, filled) for contacts in journeys_of(log).values()]
        rows = rows or [compact([Seen(0, 0, None)], phases, filled)]
        kinds = {
            name: "TIMESTAMP"
            if name[0] == "t" or name.endswith("_at")
            else {"journey": "BIGINT", "channel": "VARCHAR"}.get(name, "INTEGER")
            for name in rows[0]
        }
        self._table("journeys", pd.DataFrame(rows, dtype=object), kinds)
        contacts = [
            (key, seen.journey, moment(seen.hour), seen.phase, seen.event, seen.channel)
            for key, seen in enumerate(log, 1)
        ]
        kinds = {
            "row_key": "BIGINT", "journey": "BIGINT", "occurred_at": "TIMESTAMP", "phase_no": "INTEGER",
            "event": "VARCHAR", "channel": "VARCHAR",
        }  # fmt: skip
        self._table("contacts", pd.DataFrame(contacts, columns=list(kinds), dtype=object), kinds)

    def _table(self, name: str, frame: pd.DataFrame, kinds: dict[str, str]) -> None:
        columns = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in kinds.items())
        self.connection.register("given", frame)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {columns} FROM given")
        self.connection.unregister("given")

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.sql, dict(query.values)).fetchall()

    def frame(self, query: Query) -> pd.DataFrame:
        return self.connection.execute(query.sql, dict(query.values)).df()
