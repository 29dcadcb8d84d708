"""Makes the contacts that the benchmarks run on: skewed, time-ordered, of a twelfth as many customers.

    python -m benchmarks.making FOLDER [--rows 10000000] [--csv]

Writes contacts.parquet (and contacts.csv), the day after them (day.parquet, day.csv) and mapping.toml. The
same rows and seed give the same contacts on every run.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

START, END = dt.datetime(2023, 1, 1), dt.datetime(2026, 1, 1)
"""The contacts lie from START to before END; the day after them is the one that begins with END."""

SEED: Final = 7
PER_CUSTOMER: Final = 12
CHUNK: Final = 1_000_000

ACTIVITIES: Final = (
    "Anzeige", "Website", "Anfrage", "Angebot", "Auftrag", "Service", "Empfehlung", "Newsletter", "Absage",
    "Lieferung",
)  # fmt: skip
MAPPING: Final = """
source = "contacts"
mode = "append"
dates = "iso"
decimals = "DECIMALS"
[columns]
customer_id = "Kundennummer"
occurred_at = "Datum"
touchpoint = "Aktivität"
channel = "Kanal"
segment = "Segment"
product = "Produkt"
value = "Wert"
[touchpoints]
Anzeige = { phase = "pre_awareness", event = "exposure", direction = "outbound" }
Website = { phase = "awareness", event = "visit", direction = "inbound" }
Anfrage = { phase = "consideration", event = "lead", direction = "inbound" }
Angebot = { phase = "preference", event = "offer", direction = "outbound" }
Auftrag = { phase = "purchase", event = "won", direction = "inbound" }
Service = { phase = "after_sale", event = "service", direction = "inbound" }
Lieferung = { phase = "after_sale", event = "promise_kept", direction = "outbound" }
Empfehlung = { phase = "loyalty", event = "referral", direction = "inbound" }
Newsletter = { event = "message", direction = "outbound" }
Absage = { event = "lost" }
"""

_PHASES: Final = 7
_NEWSLETTER, _LOST, _DELIVERED, _OFFER, _ORDER, _SERVICE = 7, 8, 9, 3, 4, 5
_CHANNELS: Final = ("E-Mail", "Telefon", "Website", "Filiale", "Messe", "Partner")
_SEGMENTS: Final = ("B2B", "B2C", "Öffentlich")
_SECONDS: Final = int((END - START).total_seconds())

# One contact in one number, so that sorting by time, customer and activity is sorting numbers.
_TIME_BIT, _CUSTOMER_BIT = 36, 8
_CUSTOMER_MASK, _ACTIVITY_MASK = (1 << (_TIME_BIT - _CUSTOMER_BIT)) - 1, (1 << _CUSTOMER_BIT) - 1


def mapping(decimals: str = ",") -> str:
    """How the files are read, as TOML; the CSV writes its amounts with a decimal comma."""
    return MAPPING.replace("DECIMALS", decimals)


def contacts(rows: int, *, seed: int = SEED) -> Iterator[pa.Table]:
    """`rows` contacts in order of time, in chunks of a million.

    Columns: Kundennummer, Datum, Aktivität, Kanal, Segment, Produkt, Wert. Memory: 8 bytes a contact, and one
    chunk.
    """
    packed = np.empty(rows, dtype=np.int64)
    edges = _edges(rows, seed)
    customers = len(edges) - 1
    step = max(1, CHUNK // PER_CUSTOMER)
    for number, first in enumerate(range(0, customers, step)):
        last = min(customers, first + step)
        dice = np.random.default_rng([seed, 1, number])
        packed[edges[first] : edges[last]] = _histories(np.diff(edges[first : last + 1]), first, dice)
    packed.sort()
    for start in range(0, rows, CHUNK):
        yield _table(packed[start : start + CHUNK], start, seed)


def day_after(rows: int, *, seed: int = SEED) -> pa.Table:
    """The contacts of the day after `contacts(rows)`: as many as a day has, a tenth by new customers."""
    count = max(1, round(rows / (END - START).days))
    edges = _edges(rows, seed)
    dice = np.random.default_rng([seed, 2])
    known = np.searchsorted(edges, dice.integers(0, rows, count), side="right") - 1
    customer = np.where(dice.random(count) < 0.1, len(edges) - 1 + dice.integers(0, count, count), known)
    activity = dice.choice(
        len(ACTIVITIES), count, p=(0.12, 0.2, 0.15, 0.12, 0.1, 0.1, 0.05, 0.08, 0.03, 0.05)
    )
    packed = _packed(_SECONDS + np.sort(dice.integers(0, 86_400, count)), customer, activity)
    return _table(np.sort(packed), rows, seed)


def write_parquet(target: Path, tables: Iterable[pa.Table]) -> None:
    """Typed columns as an export has them, in row groups of a chunk."""
    writer = None
    for table in tables:
        writer = writer or pq.ParquetWriter(target, table.schema, compression="snappy")
        writer.write_table(table)
    if writer:
        writer.close()


def write_csv(target: Path, tables: Iterable[pa.Table]) -> None:
    """Semicolons, ISO times to the second, decimal commas."""
    with target.open("wb") as file:
        for number, table in enumerate(tables):
            cents = pc.cast(pc.round(pc.multiply(table["Wert"], 100.0)), pa.int64())
            whole, rest = pc.divide(cents, 100), pc.subtract(cents, pc.multiply(pc.divide(cents, 100), 100))
            amount = pc.binary_join_element_wise(
                pc.cast(whole, pa.string()), pc.utf8_lpad(pc.cast(rest, pa.string()), 2, "0"), ","
            )
            at = pc.cast(pc.cast(table["Datum"], pa.timestamp("s")), pa.string())
            written = table.set_column(1, "Datum", at).set_column(6, "Wert", amount)
            options = pyarrow.csv.WriteOptions(
                include_header=number == 0, delimiter=";", quoting_style="none", quoting_header="none"
            )
            pyarrow.csv.write_csv(written, file, options)


def _edges(rows: int, seed: int) -> np.ndarray:
    """Where each customer's contacts begin: a few have hundreds, many one or two, twelve on average."""
    weights = np.random.default_rng([seed, 0]).lognormal(0.0, 1.2, max(1, rows // PER_CUSTOMER))
    edges = np.zeros(len(weights) + 1, dtype=np.int64)
    edges[1:] = np.floor(np.cumsum(weights) / weights.sum() * rows)
    edges[-1] = rows
    return edges


def _histories(counts: np.ndarray, first: int, dice: np.random.Generator) -> np.ndarray:
    """The contacts of some customers: phases mostly forwards, after the last a new round, some losses."""
    total = int(counts.sum())
    who = np.repeat(np.arange(len(counts)), counts)
    begins = np.cumsum(counts) - counts
    opening = np.zeros(total, dtype=bool)
    opening[begins[counts > 0]] = True

    steps = dice.choice(np.array([0, 1, 2, -1]), total, p=(0.5, 0.36, 0.07, 0.07))
    steps[opening] = dice.choice(np.array([0, 1, 2]), total, p=(0.35, 0.45, 0.2))[opening]
    phase = _within(steps, counts, begins) % _PHASES
    activity = phase.copy()
    chance = dice.random(total)
    activity[(phase == _SERVICE) & (chance < 0.4)] = _DELIVERED
    activity[(phase < _ORDER) & (chance > 0.97)] = _LOST
    activity[(chance > 0.4) & (chance < 0.46)] = _NEWSLETTER

    gaps = dice.exponential(9 * 86_400.0, total)
    gaps[dice.random(total) < 0.01] = 0  # the same second
    gaps[opening] = 0
    since = _within(gaps, counts, begins)
    start = dice.random(len(counts)) * _SECONDS * 0.98
    length = np.zeros(len(counts))
    np.maximum.at(length, who, since)
    # A history that would go on past the end is compressed to end somewhere before it.
    room = (_SECONDS - start) * np.sqrt(dice.random(len(counts)))
    shrink = np.minimum(1.0, room / np.maximum(length, 1.0))
    at = (start[who] + since * shrink[who]).astype(np.int64)
    return _packed(at, who + first, activity)


def _within(values: np.ndarray, counts: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Running sums that begin anew with each customer."""
    sums = np.cumsum(values)
    before = np.where(begins > 0, sums[np.maximum(begins, 1) - 1], 0)
    within: np.ndarray = sums - np.repeat(before, counts)
    return within


def _packed(at: np.ndarray, customer: np.ndarray, activity: np.ndarray) -> np.ndarray:
    packed: np.ndarray = at.astype(np.int64) << _TIME_BIT
    packed |= customer.astype(np.int64) << _CUSTOMER_BIT
    packed |= activity
    return packed


def _table(packed: np.ndarray, start: int, seed: int) -> pa.Table:
    """Contacts with what else a file says. A customer keeps a segment; channel and product vary."""
    dice = np.random.default_rng([seed, 3, start])
    customer = (packed >> _CUSTOMER_BIT) & _CUSTOMER_MASK
    activity = packed & _ACTIVITY_MASK
    size = len(packed)
    at = (packed >> _TIME_BIT) + int((START - dt.datetime(1970, 1, 1)).total_seconds())
    channel = np.minimum(dice.geometric(0.35, size) - 1, len(_CHANNELS) - 1)
    product = np.minimum(dice.geometric(0.08, size), 60)
    valued = np.isin(activity, (_OFFER, _ORDER, _SERVICE))
    value = np.round(dice.lognormal(6.5, 1.0, size), 2)
    return pa.table(
        {
            "Kundennummer": pc.binary_join_element_wise(
                "K", pc.utf8_lpad(pc.cast(pa.array(customer), pa.string()), 8, "0"), ""
            ),
            "Datum": pa.array(at, pa.timestamp("s")).cast(pa.timestamp("us")),
            "Aktivität": _named(ACTIVITIES, activity),
            "Kanal": _named(_CHANNELS, channel),
            "Segment": _named(_SEGMENTS, (customer * 2_654_435_761 >> 7) % 10 // 4),
            "Produkt": _named([f"P{number:02d}" for number in range(61)], product),
            "Wert": pa.array(value, mask=~valued),
        }
    )


def _named(names: Iterable[str], numbers: np.ndarray) -> pa.Array:
    return pa.array(list(names), pa.string()).take(pa.array(numbers))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--csv", action="store_true", help="also as CSV")
    chosen = options.parse_args()
    make(chosen.folder, chosen.rows, csv=chosen.csv)


def make(folder: Path, rows: int, *, csv: bool) -> None:
    """Write the files that the module's head names."""
    folder.mkdir(parents=True, exist_ok=True)
    write_parquet(folder / "contacts.parquet", contacts(rows))
    write_parquet(folder / "day.parquet", [day_after(rows)])
    (folder / "mapping.toml").write_text(mapping(), encoding="utf-8")
    if csv:
        chunks = pq.ParquetFile(folder / "contacts.parquet").iter_batches(batch_size=CHUNK)
        write_csv(folder / "contacts.csv", (pa.Table.from_batches([chunk]) for chunk in chunks))
        write_csv(folder / "day.csv", [day_after(rows)])


if __name__ == "__main__":
    main()
