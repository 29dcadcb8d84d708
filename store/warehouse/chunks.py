"""From a stream of contacts to stored tables: by chunks of whole customers, all models in one pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from journeys.story import Story
from store.warehouse.contacts import COUNTED, WAS
from store.warehouse.manifest import Model, Part
from store.warehouse.recipe import Recipe
from store.warehouse.tally import Tally, codes
from store.warehouse.views import coarse
from store.warehouse.workbench import Workbench

PIECE = 250_000
"""Contacts whose visits are computed at once: bounds memory."""

PART = 4_000_000
"""Contacts after which a part is closed: few files are quicker to read than many."""

JOURNEYS = 50_000
"""Journeys, which are few and wide, wait until so many make a row group that is quick to read."""

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
    """The parts that a stream of contacts became, what it holds, and what its contacts were counted as before
    (contacts.WAS)."""

    contacts: tuple[Part, ...]
    models: dict[str, Model]
    tally: Tally
    before: Tally


def store(
    bench: Workbench,
    stream: Any,
    recipe: Recipe,
    meanings: Meanings,
    dimensions: Sequence[str],
    *,
    journey_ids: bool,
    fold: int | None = None,
    expected: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Stored:
    """Stores contacts and the tables of every model from a stream of contacts (contacts.tell), at least one
    part of each, so that their columns are there.

    `dimensions` are the company's own columns; `journey_ids`: journeys have ids of their own, not just those
    of customers; rows of a `fold` carry its number. If few are `expected`, they are shared out evenly.
    `progress` hears how many contacts are under way or done.
    """
    builder = _Builder(bench, recipe, meanings, dimensions, journey_ids, fold)
    size = PIECE if expected is None else min(PIECE, 1 + expected // (2 * WORKERS))
    workers = [_Worker(builder, bench.cursor()) for _ in range(WORKERS)]
    under_way: deque[Future[None]] = deque()
    rows = 0
    with ThreadPoolExecutor(WORKERS) as pool:
        # In turn, whoever is quicker: so that the same contacts always make the same parts.
        for number, piece in enumerate(_whole_customers(stream, size)):
            rows += piece.num_rows
            if len(under_way) == WORKERS:  # both are busy while the next piece is fetched
                under_way.popleft().result()
            under_way.append(pool.submit(workers[number % WORKERS].take, piece))
            del piece
            if progress:
                progress(rows)
        for last in under_way:
            last.result()
        closed = [pool.submit(worker.close) for worker in workers if worker.open]
        for done in closed:
            done.result()
    made = [parts for worker in workers for parts in worker.made]
    tally, before = Tally(), Tally()
    for each in made:
        tally, before = tally.plus(each.tally), before.plus(each.before)
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
        before=before,
    )


@dataclass
class _Parts:
    contacts: Part
    tables: dict[str, dict[str, Part]]
    tally: Tally
    before: Tally


@dataclass(frozen=True)
class _Builder:
    bench: Workbench
    recipe: Recipe
    meanings: Meanings
    dimensions: Sequence[str]
    journey_ids: bool
    fold: int | None

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

    def built(self, contacts: Any, lapses: Any, model: JourneyModel, like: Story | None) -> Built:
        """The tables of a model, with what visits and journeys carry of their first contact."""
        phase_no = "phase_no" if model is self.recipe.base else coarse("phase_no", model.id)
        built = build(
            _with_all(contacts), lapses, model, self.recipe.settings,
            walked=self.meanings.walked[model.id], phase_no=phase_no, like=like,
        )  # fmt: skip
        carried = contacts.select([
            name for name in dict.fromkeys((*_IDS, *FIRST_CONTACT, *self.dimensions))
            if name in contacts.column_names
        ])  # fmt: skip
        return Built(
            visits=_carrying(_sorted_by_phase(built.visits), carried),
            journeys=_carrying(built.journeys, carried),
            sightings=_sorted_by_phase(built.sightings),
            story=built.story,
        )

    def of_fold(self, table: Any) -> Any:
        """The table with the number of the fold, if there is one."""
        if self.fold is None:
            return table
        return table.append_column("fold", pa.array(np.full(table.num_rows, self.fold, np.int32)))


class _Open:
    """Parts being written: of contacts, and of the tables of each model."""

    def __init__(self, builder: _Builder, bench: Workbench) -> None:
        self.tally = Tally()
        self.before = Tally()
        self.rows = 0
        self._builder = builder
        self._contacts = bench.writer()
        models = builder.recipe.models
        self._tables = {model.id: {name: bench.writer() for name in _TABLES} for model in models}
        self._journeys: dict[str, list[Any]] = {model.id: [] for model in models}

    def add(self, contacts: Any) -> None:
        self.tally.add(contacts)
        self.rows += contacts.num_rows
        self._contacts.add(self._builder.of_fold(contacts))

    def add_built(self, model: str, built: Built) -> None:
        for name, table in (("visits", built.visits), ("sightings", built.sightings)):
            for rows in _by_phase(table):
                self._tables[model][name].add(self._builder.of_fold(rows))
        waiting = self._journeys[model]
        waiting.append(built.journeys)
        if sum(table.num_rows for table in waiting) >= JOURNEYS:
            self._add_journeys(model)

    def _add_journeys(self, model: str) -> None:
        waiting = self._journeys[model]
        if waiting:
            whole = pa.concat_tables(waiting).unify_dictionaries().combine_chunks()
            self._tables[model]["journeys"].add(self._builder.of_fold(whole))
            waiting.clear()

    def keep(self) -> _Parts:
        for model in self._journeys:
            self._add_journeys(model)
        tables = {
            model: {name: writer.keep() for name, writer in writers.items()}
            for model, writers in self._tables.items()
        }
        return _Parts(self._contacts.keep(), tables, self.tally, self.before)


class _Worker:
    """Turns pieces into tables and appends them to its own parts. One thread at a time may use it."""

    def __init__(self, builder: _Builder, bench: Workbench) -> None:
        self.made: list[_Parts] = []
        self.open: _Open | None = None
        self._builder = builder
        self._bench = bench

    def take(self, piece: Any) -> None:
        if self.open is None:
            self.open = _Open(self._builder, self._bench)
        contacts, was = _apart(self._builder.dressed(piece, self._bench))
        if was is not None:
            self.open.before.add(was)
        self.open.add(contacts)
        self._bench.con.register("contacts", contacts.select(["customer", "occurred_at", "event"]))
        lapses = self._bench.con.sql(lapses_query().sql).to_arrow_table()
        story = None
        for model in self._builder.recipe.models:
            built = self._builder.built(contacts, lapses, model, story)
            story = built.story
            self.open.add_built(model.id, built)
        self._bench.con.unregister("contacts")
        if self.open.rows >= PART:
            self.close()

    def close(self) -> None:
        if self.open is not None:
            self.made.append(self.open.keep())
            self.open = None


def _apart(told: Any) -> tuple[Any, Any]:
    """Contacts as they are, and those that were counted before as what they were; None if nobody asked."""
    contacts = told.select([name for name in told.column_names if not name.startswith(WAS)])
    if COUNTED not in told.column_names:
        return contacts, None
    was = told.drop_columns([COUNTED]).filter(told[COUNTED])
    for name in [name for name in was.column_names if name.startswith(WAS)]:
        now = was.column_names.index(name.removeprefix(WAS))
        was = was.set_column(now, name.removeprefix(WAS), was[name]).drop_columns([name])
    return contacts, was


def _sorted_by_phase(table: Any) -> Any:
    """The rows by phase, else in the order they had: questions to one phase need read nothing else."""
    return table.take(pa.array(np.argsort(table["phase_no"].to_numpy(), kind="stable")))


def _by_phase(table: Any) -> Iterator[Any]:
    """The rows of each phase for themselves; one empty table where there are none."""
    phase = table["phase_no"].to_numpy()
    cuts = [0, *np.flatnonzero(np.diff(phase)) + 1, len(phase)]
    for start, end in pairwise(cuts):
        yield table.slice(start, end - start)


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
            contacts = contacts.append_column(
                name, pa.DictionaryArray.from_arrays(places, pa.array([], pa.string()))
            )
    return contacts


def _carrying(built: Any, carried: Any) -> Any:
    """The table with what its rows carry of their first contacts, of which `first` is the place."""
    of_first = carried.take(built["first"])
    made = built.drop_columns(["first"])
    for name in carried.column_names:
        made = made.append_column(name, of_first[name])
    return made
