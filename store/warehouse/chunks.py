"""From a stream of contacts to stored tables: by chunks of whole customers, all models in one pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from journeys.building import Built, build
from journeys.coarsening import phase_numbers
from journeys.columns import EVENT_CODES
from journeys.lapses import lapses_query
from journeys.ledger import FIRST_CONTACT
from journeys.model import JourneyModel
from store.warehouse.manifest import Model, Part
from store.warehouse.recipe import Recipe
from store.warehouse.tally import Tally, codes
from store.warehouse.views import coarse
from store.warehouse.workbench import Workbench

CHUNK = 1_000_000
"""Contacts of a part."""

PIECE = 250_000
"""Contacts whose visits are computed at once: bounds memory."""

WORKERS = 2

_TABLES = ("visits", "journeys", "sightings")

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
    def of(cls, recipe: Recipe, found: Iterable[tuple[str | None, str]]) -> Meanings:
        """`found` are the pairs of base phase and event that the snapshot's contacts have."""
        pairs = [(phase, event) for phase, event in found if phase is not None]
        numbers = {model.id: phase_numbers(model, recipe.base) for model in recipe.models}
        return cls(
            phases=recipe.base.phase_ids,
            numbers=numbers,
            walked={
                model: frozenset(
                    int(in_model[1 + recipe.base.phase_ids.index(phase), _event_code(event)])
                    for phase, event in pairs
                )
                for model, in_model in numbers.items()
            },
        )


def _event_code(event: str) -> int:
    """The number of an event in phase_numbers; 0 is any other."""
    return EVENT_CODES.get(event, 0)


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
    journey_ids: bool,
    fold: int | None = None,
) -> Stored:
    """Stores contacts and the tables of every model from a stream of contacts (contacts.tell), at least one
    part of each, so that their columns are there.

    `dimensions` are the company's own columns; `journey_ids`: journeys have ids of their own, not just those
    of customers; rows of a `fold` carry its number.
    """
    builder = _Builder(bench, recipe, meanings, dimensions, journey_ids, fold)
    made: list[_Parts] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        under_way: deque[Future[_Parts]] = deque()
        chunks = _chunks(_whole_customers(stream, PIECE))
        while chunk := next(chunks, None):
            under_way.append(pool.submit(builder.parts, chunk, bench.cursor()))
            del chunk  # its pieces go one by one as they are built, and none is fetched ahead
            if len(under_way) == WORKERS:
                made.append(under_way.popleft().result())
        made.extend(done.result() for done in under_way)
    tally = Tally()
    for each in made:
        tally = tally.plus(each.tally)
    return Stored(
        contacts=tuple(each.contacts for each in made),
        models={
            model.id: Model(
                phases=model.phase_ids,
                visits=tuple(each.tables[model.id]["visits"] for each in made),
                journeys=tuple(each.tables[model.id]["journeys"] for each in made),
                sightings=tuple(each.tables[model.id]["sightings"] for each in made),
            )
            for model in recipe.models
        },
        tally=tally,
    )


def count(bench: Workbench, stream: Any, recipe: Recipe, meanings: Meanings, *, journey_ids: bool) -> Tally:
    """Only counts a stream of contacts, as `store` would."""
    builder = _Builder(bench, recipe, meanings, (), journey_ids, None)
    tally = Tally()
    for piece in _whole_customers(stream, PIECE):
        tally.add(builder.dressed(piece, bench.cursor()))
    return tally


@dataclass
class _Parts:
    contacts: Part
    tables: dict[str, dict[str, Part]]
    tally: Tally


@dataclass(frozen=True)
class _Builder:
    bench: Workbench
    recipe: Recipe
    meanings: Meanings
    dimensions: Sequence[str]
    journey_ids: bool
    fold: int | None

    def parts(self, chunk: deque[Any], bench: Workbench) -> _Parts:
        """The tables of a chunk, stored. Runs in a thread of its own, on a cursor of its own."""
        contacts, tally = bench.writer(), Tally()
        tables = {model.id: {name: bench.writer() for name in _TABLES} for model in self.recipe.models}
        journeys: dict[str, list[Any]] = {model.id: [] for model in self.recipe.models}
        try:
            while chunk:
                piece = self.dressed(chunk.popleft(), bench)
                tally.add(piece)
                contacts.add(self._of_fold(piece))
                bench.con.register("contacts", piece.select(["customer", "occurred_at", "event"]))
                lapses = bench.con.sql(lapses_query().sql).to_arrow_table()
                for model in self.recipe.models:
                    built = self._built(piece, lapses, model)
                    for name in ("visits", "sightings"):
                        for rows in _by_phase(getattr(built, name)):
                            tables[model.id][name].add(self._of_fold(rows))
                    journeys[model.id].append(built.journeys)
        finally:
            bench.con.close()
        for name, built_journeys in journeys.items():
            # Few and wide: in one go, or their row groups would be too small to read quickly.
            whole = pa.concat_tables(built_journeys).unify_dictionaries().combine_chunks()
            tables[name]["journeys"].add(self._of_fold(whole))
        return _Parts(
            contacts.keep(),
            {model: {name: one.keep() for name, one in writers.items()} for model, writers in tables.items()},
            tally,
        )

    def dressed(self, chunk: Any, bench: Workbench) -> Any:
        """The chunk with ids, with texts as dictionaries, and with the phases of every model."""
        named = {name: _whole(chunk[name]) for name in chunk.column_names}
        named |= _ids(bench, named["customer"], named["journey"], own=self.journey_ids)
        phase, phases = codes(named["phase"])
        event, events = codes(named["event"])
        phase_at = np.array([*(1 + self.meanings.phases.index(name) for name in phases), 0])[phase]
        event_at = np.array([*map(_event_code, events), 0])[event]
        for model in self.recipe.models:
            number = self.meanings.numbers[model.id][phase_at, event_at]
            shown = "phase_no", "phase"
            if model is not self.recipe.base:
                shown = coarse("phase_no", model.id), coarse("phase", model.id)
                named[shown[1]] = pa.DictionaryArray.from_arrays(
                    pa.array((number - 1).astype(np.int8), mask=number == 0), list(model.phase_ids)
                )
            named[shown[0]] = pa.array(number.astype(np.int32), mask=number == 0)
        return pa.table(named)

    def _built(self, contacts: Any, lapses: Any, model: JourneyModel) -> Built:
        """The tables of a model, with what visits and journeys carry of their first contact."""
        phase_no = "phase_no" if model is self.recipe.base else coarse("phase_no", model.id)
        built = build(
            _with_all(contacts), lapses, model, self.recipe.settings,
            walked=self.meanings.walked[model.id], phase_no=phase_no,
        )  # fmt: skip
        carried = contacts.select([
            name for name in dict.fromkeys((*_IDS, *FIRST_CONTACT, *self.dimensions))
            if name in contacts.column_names
        ])  # fmt: skip
        return Built(
            visits=_carrying(_sorted_by_phase(built.visits), carried),
            journeys=_carrying(built.journeys, carried),
            sightings=_sorted_by_phase(built.sightings),
        )

    def _of_fold(self, table: Any) -> Any:
        if self.fold is None:
            return table
        return table.append_column("fold", pa.array(np.full(table.num_rows, self.fold, np.int32)))


def _sorted_by_phase(table: Any) -> Any:
    """The rows by phase, else in the order they had: questions to one phase need read nothing else."""
    return table.take(pa.array(np.argsort(table["phase_no"].to_numpy(), kind="stable")))


def _by_phase(table: Any) -> Iterator[Any]:
    """The rows of each phase for themselves; one empty table where there are none."""
    phase = table["phase_no"].to_numpy()
    cuts = [0, *np.flatnonzero(np.diff(phase)) + 1, len(phase)]
    for start, end in pairwise(cuts):
        yield table.slice(start, end - start)


def _chunks(pieces: Iterable[Any]) -> Iterator[deque[Any]]:
    """Pieces enough for a part each."""
    held: deque[Any] = deque()
    for piece in pieces:
        held.append(piece)
        if sum(one.num_rows for one in held) >= CHUNK:
            yield held
            held = deque()
    if held:
        yield held


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


def _ids(bench: Workbench, customer: Any, journey: Any, *, own: bool) -> dict[str, Any]:
    """`customer_id` and, if journeys have ids of their `own`, `journey_id` of a chunk, from `numbered`."""
    numbers = journey.to_numpy()
    if not len(numbers):
        nothing = pa.array([], pa.string()).dictionary_encode()
        return {"customer_id": nothing, "journey_id": nothing} if own else {"customer_id": nothing}
    listed = bench.con.sql(
        "SELECT journey, customer_id, journey_id FROM numbered "
        "WHERE journey BETWEEN $low AND $high ORDER BY journey",
        params={"low": int(numbers.min()), "high": int(numbers.max())},
    ).to_arrow_table()
    places = np.searchsorted(listed["journey"].to_numpy(), numbers)
    changes = np.flatnonzero(np.diff(customer.to_numpy(), prepend=-1))
    nth = np.repeat(np.arange(len(changes)), np.diff(changes, append=len(numbers)))
    found = {
        "customer_id": pa.DictionaryArray.from_arrays(
            pa.array(nth.astype(np.int32)),
            listed["customer_id"].take(pa.array(places[changes])).combine_chunks(),
        )
    }
    if own:
        found["journey_id"] = pa.DictionaryArray.from_arrays(
            pa.array(places.astype(np.int32)), listed["journey_id"].combine_chunks()
        )
    return found


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


def _carrying(built: Any, carried: Any) -> Any:
    """The table with what its rows carry of their first contacts, of which `first` is the place."""
    of_first = carried.take(built["first"])
    made = built.drop_columns(["first"])
    for name in carried.column_names:
        made = made.append_column(name, of_first[name])
    return made
