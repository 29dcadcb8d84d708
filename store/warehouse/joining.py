"""Joining the small parts that daily imports leave, so that a source never has very many."""

from __future__ import annotations

from collections.abc import Sequence

from store.warehouse.manifest import Part
from store.warehouse.workbench import Workbench

MOST = 32
"""A source with more parts has its latest small ones joined."""

_SMALL = 8


def joined(bench: Workbench, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts as they are while they are few, else with the small ones at their end joined into one.

    A part is small that holds less than one in eight of all rows. `file_no` tells the rows of joined files
    apart: together with the row of the file it names a record.
    """
    small = len(parts)
    rows = sum(part.rows for part in parts)
    while small and parts[small - 1].rows * _SMALL < rows:
        small -= 1
    some = parts[small:]
    if len(parts) <= MOST or len(some) < 2:
        return tuple(parts)
    selects, files = [], 0
    for part in some:
        origin = bench.over([part])
        own = "file_no" in bench.columns(origin)
        inner = "* EXCLUDE (file_no)" if own else "*"
        selects.append(
            f"SELECT {inner}, {files}::BIGINT + {'file_no' if own else 0} AS file_no FROM {origin}"
        )
        files += part.files
    records = sum(part.records for part in some)
    return (*parts[:small], bench.write(" UNION ALL BY NAME ".join(selects), records=records, files=files))
