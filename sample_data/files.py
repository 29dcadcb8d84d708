"""The files as the departments send them: each with its own encoding, delimiter and dates."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from sample_data.records import Row


@dataclass(frozen=True)
class Look:
    """How a department's program writes CSV."""

    encoding: str
    delimiter: str
    date: str
    time: str
    decimal: Literal[".", ","]


SERVICE = Look(encoding="utf-8", delimiter=",", date="%Y-%m-%d", time="%Y-%m-%d %H:%M", decimal=".")
SALES = Look(encoding="cp1252", delimiter=";", date="%d.%m.%Y", time="%d.%m.%Y %H:%M", decimal=",")
CONTROLLING = Look(encoding="utf-8-sig", delimiter=";", date="%d.%m.%Y", time="%d.%m.%Y %H:%M", decimal=",")


def as_csv(rows: Iterable[Row], look: Look) -> bytes:
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=look.delimiter, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value, look) for value in row.values()] for row in rows)
    return text.getvalue().encode(look.encoding)


def _cell(value: object, look: Look) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.strftime(look.time)
        case dt.date():
            return value.strftime(look.date)
        case float() if look.decimal == ",":
            return _thousands(value) if abs(value) >= 1000 else f"{value:.2f}".replace(".", ",")
        case _:
            return str(value)


def _thousands(value: float) -> str:
    """`1.234,56`, as German programs write money."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def as_parquet(rows: Iterable[Row]) -> bytes:
    table = pa.Table.from_pylist(list(rows))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
