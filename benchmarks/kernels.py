"""How long the visits, journeys and sightings of a chunk of contacts take, by journey model.

    python -m benchmarks.kernels [--rows 1000000] [--rounds 5]

Medians on one thread, without reading and writing files.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.making import contacts, mapping
from core.settings import Settings
from journeys.building import build
from journeys.coarsening import phase_numbers
from journeys.columns import EVENT_CODES, integers
from journeys.lapses import lapses_query
from journeys.model import JourneyModel, load_models
from store.engine import connect


def chunk(rows: int) -> Any:
    """Contacts as the build has them, with the base phase as `phase_no`."""
    made = pa.concat_tables(contacts(rows)).combine_chunks()
    touchpoint = made["Aktivität"].combine_chunks().dictionary_encode()
    meanings = [tomllib.loads(mapping())["touchpoints"][word] for word in touchpoint.dictionary.to_pylist()]
    phases = (None, *load_models()["seven_phase"].phase_ids)
    phase = np.array([phases.index(meaning.get("phase")) for meaning in meanings])
    event = pa.DictionaryArray.from_arrays(touchpoint.indices, [meaning["event"] for meaning in meanings])
    customer = integers(made["Kundennummer"].combine_chunks().dictionary_encode().indices)
    table = pa.table(
        {
            "row_key": np.arange(rows),
            "customer": customer,
            "journey": customer,
            "occurred_at": made["Datum"],
            "event": event,
            "touchpoint": touchpoint,
            "content": made["Produkt"].combine_chunks().dictionary_encode(),
            "role": pa.nulls(rows, pa.string()),
            "revenue": made["Wert"],
            "value": made["Wert"],
            "margin": pa.nulls(rows, pa.float64()),
            "phase_no": pa.array(phase[integers(touchpoint.indices)].astype(np.int32)),
        }
    )
    order = [("journey", "ascending"), ("occurred_at", "ascending")]
    return table.sort_by([*order, ("phase_no", "ascending"), ("row_key", "ascending")]).combine_chunks()


def in_model(table: Any, model: JourneyModel, base: JourneyModel) -> Any:
    """The chunk in the phases of a model."""
    events = np.array([EVENT_CODES[word] for word in table["event"].chunk(0).dictionary.to_pylist()])
    event = events[integers(table["event"].chunk(0).indices)]
    number = phase_numbers(model, base)[integers(table["phase_no"]), event].astype(np.int32)
    return table.append_column(model.id, pa.array(number, mask=number == 0))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    table, models = chunk(chosen.rows), load_models()
    with tempfile.TemporaryDirectory() as scratch:
        connection = connect(temp=Path(scratch))
        connection.register("contacts", table)
        begin = time.perf_counter()
        lapses = connection.sql(lapses_query().sql).to_arrow_table()
        print(f"lapses: {time.perf_counter() - begin:.2f} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for model in models.entries.values():
        told = in_model(table, model, models["seven_phase"])
        walked = range(1, len(model.phases) + 1)
        times = []
        for _ in range(chosen.rounds):
            begin = time.perf_counter()
            built = build(told, lapses, model, Settings(), walked=walked, phase_no=model.id)
            times.append(time.perf_counter() - begin)
        made = ", ".join(
            f"{len(getattr(built, name))} {name}" for name in ("visits", "journeys", "sightings")
        )
        print(f"{model.id}: {statistics.median(times):.2f} s, first {times[0]:.2f} s; {made}")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory beside the chunk: at most {(after - before) // 1024} MB")


if __name__ == "__main__":
    main()
