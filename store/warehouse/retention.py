"""Which snapshots are kept."""

from __future__ import annotations

from collections.abc import Sequence

from store.warehouse.manifest import Manifest

LATEST = 30


def kept_snapshots(snapshots: Sequence[Manifest], head: str | None) -> set[str]:
    """Ids of the last 30, each month's last, pinned ones, the current one; `snapshots` newest first."""
    kept = {manifest.id for manifest in snapshots[:LATEST]}
    months: set[tuple[int, int]] = set()
    for manifest in snapshots:
        month = (manifest.made_at.year, manifest.made_at.month)
        if month not in months or manifest.pinned or manifest.id == head:
            kept.add(manifest.id)
        months.add(month)
    return kept
