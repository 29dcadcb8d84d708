"""What changed between two snapshots, record by record. Shared parts are equal and not even opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.warehouse.manifest import Manifest, Part
from store.warehouse.workbench import Workbench


@dataclass(frozen=True, kw_only=True)
class SourceChange:
    """Records of a source that only the later snapshot has, that differ, and that it no longer has."""

    source: str
    table: str
    new: int
    changed: int
    removed: int


def compare(bench: Workbench, before: Manifest, after: Manifest) -> list[SourceChange]:
    """By source, in the order of names; sources in which nothing differs are left out."""
    found = []
    for name in sorted(before.sources.keys() | after.sources.keys()):
        older = before.sources[name].parts if name in before.sources else ()
        newer = after.sources[name].parts if name in after.sources else ()
        new, changed, removed = _records(
            bench,
            [part for part in older if part not in newer],
            [part for part in newer if part not in older],
        )
        if new or changed or removed:
            table = (after.sources.get(name) or before.sources[name]).table
            found.append(SourceChange(source=name, table=table, new=new, changed=changed, removed=removed))
    return found


def _records(bench: Workbench, older: Sequence[Part], newer: Sequence[Part]) -> tuple[int, int, int]:
    if not older and not newer:
        return 0, 0, 0
    new, changed, removed = bench.row(
        f"""SELECT count(*) FILTER (b.key IS NULL), count(*) FILTER (a.hash <> b.hash),
            count(*) FILTER (a.key IS NULL)
        FROM ({_keys(bench, newer)}) a FULL JOIN ({_keys(bench, older)}) b ON a.key = b.key"""
    )
    return new, changed, removed


def _keys(bench: Workbench, parts: Sequence[Part]) -> str:
    if not parts:
        return "SELECT NULL::UUID AS key, NULL::UUID AS hash WHERE false"
    return f"SELECT DISTINCT record_key::UUID AS key, record_hash::UUID AS hash FROM {bench.over(parts)}"
