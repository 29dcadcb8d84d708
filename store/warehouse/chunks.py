"""From a stream of contacts to stored tables: by chunks of whole customers, all models in one pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from core.contract import EVENTS
from journeys.building import build
from journeys.coarsening import coarse_phase_no
from journeys.lapses import lapses_query
from journeys.ledger import FIRST_CONTACT
from journeys.model import JourneyModel
from store.warehouse.manifest import Model, Part
from store.warehouse.recipe import Recipe
from store.warehouse.tally import Tally, codes
from store.warehouse.views import coarse
from store.warehouse.workbench import Workbench

CHUNK = 1_000_000
"""Contacts whose visits are computed at once: bounds memory."""

WORKERS = 2

_NUMBERS = ("revenue", "value", "margin")
_TEXTS = ("touchpoint", "content", "role", "segment", "price_tier")
_IDS = ("customer", "customer_id", "journey_id", "account_id")


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """What base phase and event mean in each model (its phase number), and which of its phases have data."""

    phases: Sequence[str]
    numbers: Mapping[str, Any]
    walked: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, bench: Workbench, recipe: Recipe, found: Iterable[tuple[str | None, str]]) -> Meanings:
        """`found` are the pairs of base phase and event that the snapshot's contacts have."""
        pairs = [(phase, event) for phase, event in found if phase is not None]
        phases = recipe.base.phase_ids
        numbers, walked = {}, {}
        for model in recipe.models:
            in_model = _numbers(bench, model, recipe.base)
            numbers[model.id] = in_model
            walked[model.id] = frozenset(
                int(in_model[phases.index(phase), _event(event)]) for phase, event in pairs
            )
        return cls(phases=phases, numbers=numbers, walked=walked)


def _event(event: str) -> int:
    return EVENTS.index(event) if event in EVENTS else len(EVENTS)


def _numbers(bench: Workbench, model: JourneyModel, base: JourneyModel) -> Any:
    """The model's phase number by base phase and event (last: any other event)."""
    numbers = np.zeros((len(base.phases), len(EVENTS) + 1), dtype=np.int32)
    for place, phase in enumerate(base.phase_ids):
        for number, event in enumerate((*EVENTS, "")):
            (numbers[place, number],) = bench.row(
                f"SELECT {coarse_phase_no(model, base)} FROM (SELECT $phase AS phase, $event AS event)",
                {"phase": phase, "event": event},
            )
    return numbers


@dataclass
class Stored:
    """The parts that a stream of contacts became, and what it holds."""

    contacts: tuple[Part, ...]
    models: dict[str, Model]
    tally: Tally


def store(
    bench: Workbench,
    stream: Any,
    recipe: Recipe,
    meanings: Meanings,
    dimensions: Sequence[str],
    *,
    fold: int | None = None,
) -> Stored:
    """Stores contacts and the tables of every model from a stream of contacts (contacts.tell), at least one
    part of each, so that their columns are there.

    `dimensions` are the company's own columns; rows of a `fold` carry its number.
    """
    builder = _Builder(bench, recipe, meanings, dimensions, fold)
    made: list[_Piece] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        under_way: deque[Future[_Piece]] = deque()
        for chunk in _whole_customers(stream, CHUNK):
            if len(under_way) == WORKERS:
                made.append(under_way.popleft().result())
            under_way.append(pool.submit(builder.piece, chunk, bench.cursor()))
        made.extend(done.result() for done in under_way)
    tally = Tally()
    for piece in made:
        tally = tally.plus(piece.tally)
    return Stored(
        contacts=tuple(piece.contacts for piece in made),
        models={
            model.id: Model(
                phases=model.phase_ids,
                visits=tuple(piece.tables[model.id]["visits"] for piece in made),
                journeys=tuple(piece.tables[model.id]["journeys"] for piece in made),
                sightings=tuple(piece.tables[model.id]["sightings"] for piece in made),
            )
            for model in recipe.models
        },
        tally=tally,
    )


@dataclass
class _Piece:
    contacts: Part
    tables: dict[str, dict[str, Part]]
    tally: Tally


@dataclass(frozen=True)
class _Builder:
    bench: Workbench
    recipe: Recipe
    meanings: Meanings
    dimensions: Sequence[str]
    fold: int | None

    def piece(self, chunk: Any, bench: Workbench) -> _Piece:
        """The tables of a chunk, stored. Runs in a thread of its own, on a cursor of its own."""
        try:
            contacts = self._dressed(chunk, bench)
            bench.con.register("contacts", contacts.select(["customer", "occurred_at", "event"]))
            lapses = bench.con.sql(lapses_query().sql).to_arrow_table()
            tally = Tally()
            tally.add(contacts)
            tables = {model.id: self._tables(bench, contacts, lapses, model) for model in self.recipe.models}
            return _Piece(self._keep(bench, contacts), tables, tally)
        finally:
            bench.con.close()

    def _dressed(self, chunk: Any, bench: Workbench) -> Any:
        """The chunk with ids, with texts as dictionaries, and with the phases of every model."""
        named = {name: _whole(chunk[name]) for name in chunk.column_names}
        named |= _ids(bench, named["customer"], named["journey"])
        phase, phases = codes(named["phase"])
        event, events = codes(named["event"])
        phase_at = np.array([*map(self.meanings.phases.index, phases), 0])[phase]
        event_at = np.array([*map(_event, events), 0])[event]
        for model in self.recipe.models:
            number = np.where(phase < 0, 0, self.meanings.numbers[model.id][phase_at, event_at])
            shown = "phase_no", "phase"
            if model is not self.recipe.base:
                shown = coarse("phase_no", model.id), coarse("phase", model.id)
                named[shown[1]] = pa.DictionaryArray.from_arrays(
                    pa.array((number - 1).astype(np.int8), mask=number == 0), list(model.phase_ids)
                )
            named[shown[0]] = pa.array(number.astype(np.int32), mask=number == 0)
        return pa.table(named)

    def _tables(self, bench: Workbench, contacts: Any, lapses: Any, model: JourneyModel) -> dict[str, Part]:
        phase_no = "phase_no" if model is self.recipe.base else coarse("phase_no", model.id)
        built = build(
            _with_all(contacts), lapses, model, self.recipe.settings,
            walked=self.meanings.walked[model.id], phase_no=phase_no,
        )  # fmt: skip
        carried = [
            name for name in dict.fromkeys((*_IDS, *FIRST_CONTACT, *self.dimensions))
            if name in contacts.column_names
        ]  # fmt: skip
        return {
            "visits": self._keep(bench, _carrying(built.visits, contacts, carried)),
            "journeys": self._keep(bench, _carrying(built.journeys, contacts, carried)),
            "sightings": self._keep(bench, built.sightings),
        }

    def _keep(self, bench: Workbench, table: Any) -> Part:
        if self.fold is not None:
            table = table.append_column("fold", pa.array(np.full(table.num_rows, self.fold, np.int32)))
        return bench.keep(table)


def _whole_customers(stream: Any, size: int) -> Iterator[Any]:
    """Tables of about `size` rows, cut between customers; one empty table where there are none."""
    held: list[Any] = []
    rows = 0
    told = False
    for batch in (large.slice(at, size) for large in stream for at in range(0, len(large), size)):
        held.append(batch)
        rows += len(batch)
        if rows < size:
            continue
        table = pa.Table.from_batches(held)
        customer = table["customer"]
        cut = rows - _run_at_the_end(customer)
        if cut:
            yield table.slice(0, cut).combine_chunks()
            told = True
            table = table.slice(cut).combine_chunks()
            held, rows = table.to_batches(), table.num_rows
    if rows or not told:
        yield pa.Table.from_batches(held, schema=stream.schema).combine_chunks()


def _run_at_the_end(customer: Any) -> int:
    """How many of the last rows have the last row's customer."""
    rows = 0
    for chunk in reversed(customer.chunks):
        values = chunk.to_numpy()
        others = np.flatnonzero(values != customer[-1].as_py())
        if len(others):
            return rows + len(values) - int(others[-1]) - 1
        rows += len(values)
    return rows


def as_dictionaries(table: Any) -> Any:
    """The table with its texts as dictionaries."""
    return pa.table({name: _whole(table[name]) for name in table.column_names})


def _whole(column: Any) -> Any:
    """A column in one piece, a text as a dictionary."""
    whole = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return whole.dictionary_encode() if pa.types.is_string(whole.type) else whole


def _ids(bench: Workbench, customer: Any, journey: Any) -> dict[str, Any]:
    """`customer_id` and `journey_id` by the numbers of a chunk, from `numbered`."""
    numbers = journey.to_numpy()
    if not len(numbers):
        nothing = pa.array([], pa.string()).dictionary_encode()
        return {"customer_id": nothing, "journey_id": nothing}
    listed = bench.con.sql(
        "SELECT journey, customer_id, journey_id FROM numbered "
        "WHERE journey BETWEEN $low AND $high ORDER BY journey",
        params={"low": int(numbers.min()), "high": int(numbers.max())},
    ).to_arrow_table()
    places = np.searchsorted(listed["journey"].to_numpy(), numbers)
    changes = np.flatnonzero(np.diff(customer.to_numpy(), prepend=-1))
    nth = np.cumsum(np.isin(np.arange(len(numbers)), changes)) - 1
    return {
        "customer_id": pa.DictionaryArray.from_arrays(
            pa.array(nth.astype(np.int32)),
            listed["customer_id"].take(pa.array(places[changes])).combine_chunks(),
        ),
        "journey_id": pa.DictionaryArray.from_arrays(
            pa.array(places.astype(np.int32)), listed["journey_id"].combine_chunks()
        ),
    }


def _with_all(contacts: Any) -> Any:
    """The contacts with every column that the kernels read, empty where the sources have none."""
    nothing = np.ones(contacts.num_rows, dtype=np.bool_)
    for name in _NUMBERS:
        if name not in contacts.column_names:
            empty = pa.array(np.zeros(contacts.num_rows), mask=nothing)
            contacts = contacts.append_column(name, empty)
    for name in _TEXTS:
        if name not in contacts.column_names:
            places = pa.array(np.zeros(contacts.num_rows, np.int32), mask=nothing)
            contacts = contacts.append_column(name, pa.DictionaryArray.from_arrays(places, [""]))
    return contacts


def _carrying(built: Any, contacts: Any, carried: Sequence[str]) -> Any:
    """The table with what each row carries of its first contact."""
    of_first = contacts.select(list(carried)).take(built["first"])
    made = built.drop_columns(["first", "first_row"])
    for name in carried:
        made = made.append_column(name, of_first[name])
    return made
