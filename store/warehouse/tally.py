"""Counting what a snapshot holds while its contacts pass by: how much of what, of which source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from store.warehouse.manifest import Manifest, Profile

HIDDEN = ":"
"""Stands in the names of stored columns that no query sees."""


_ALWAYS = ("journey_id", "row_no")
"""Columns that views fill for every contact, stored or not."""


class Tally:
    """Sums over contacts that can be added up and taken away again."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.columns: Counter[tuple[str, str]] = Counter()
        self.events: Counter[tuple[str, str]] = Counter()
        self.unassigned: Counter[str] = Counter()
        self.meanings: Counter[tuple[str, str]] = Counter()

    @classmethod
    def of(cls, manifest: Manifest) -> Tally:
        """What the contacts of a snapshot were counted as."""
        made = cls()
        for name, source in manifest.sources.items():
            if source.table == "contacts" and name in manifest.profile:
                profile = manifest.profile[name]
                made.rows[name] = profile.rows
                made.columns.update({(name, column): count for column, count in profile.columns.items()})
                made.events.update({(name, event): count for event, count in profile.events.items()})
        made.unassigned.update(manifest.unassigned)
        for phase, events in manifest.meanings.items():
            made.meanings.update({(phase, event): count for event, count in events.items()})
        return made

    def add(self, contacts: Any) -> None:
        """Counts the contacts of an Arrow table; its texts are dictionaries."""
        source, sources = codes(contacts["source"])
        phase, phases = codes(contacts["phase"])
        event, events = codes(contacts["event"])
        touchpoint, touchpoints = codes(contacts["touchpoint"])
        rows = _counted(source, sources)
        self.rows.update(rows)
        for name in dict.fromkeys((*contacts.column_names, *_ALWAYS)):
            if HIDDEN in name:
                continue
            column = None if name in _ALWAYS else contacts[name]
            if column is None or column.null_count == 0:
                found = rows
            elif column.null_count == len(column):
                continue
            else:
                found = _counted(source[column.is_valid().to_numpy()], sources)
            for one, count in found.items():
                self.columns[one, name] += count
        self.events.update(_pairs(source, sources, event, events))
        self.meanings.update(_pairs(phase, phases, event, events))
        # A loss without a phase belongs to the phase it happened in: nothing is missing there.
        lost = events.index("lost") if "lost" in events else len(events)
        self.unassigned.update(_counted(touchpoint[(phase < 0) & (event != lost)], touchpoints))

    def plus(self, other: Tally, times: int = 1) -> Tally:
        """The sum of two; with `times` -1 their difference."""
        made = Tally()
        for name, counts in vars(self).items():
            total = Counter(counts)
            for key, count in getattr(other, name).items():
                total[key] += times * count
            setattr(made, name, Counter({key: count for key, count in total.items() if count}))
        return made

    def profiles(self) -> dict[str, Profile]:
        """By source of contacts, what the manifest says of it."""
        return {
            source: Profile(
                rows=rows,
                columns={name: count for (of, name), count in sorted(self.columns.items()) if of == source},
                events={event: count for (of, event), count in sorted(self.events.items()) if of == source},
            )
            for source, rows in self.rows.items()
        }

    def by_phase(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for (phase, _), count in sorted(self.meanings.items()):
            found[phase] += count
        return dict(found)

    def by_phase_and_event(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (phase, event), count in sorted(self.meanings.items()):
            found.setdefault(phase, {})[event] = count
        return found


def codes(column: Any) -> tuple[Any, list[str]]:
    """A dictionary column as places in a list of words; -1 where it is empty."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # pyarrow leaves an empty one in chunks
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    found = whole.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    return found, whole.dictionary.to_pylist()


def _counted(places: Any, words: Sequence[str]) -> dict[str, int]:
    counts = np.bincount(places[places >= 0], minlength=len(words))
    return {word: int(count) for word, count in zip(words, counts, strict=True) if count}


def _pairs(left: Any, lefts: Sequence[str], right: Any, rights: Sequence[str]) -> dict[tuple[str, str], int]:
    both = (left >= 0) & (right >= 0)
    counts = np.bincount(left[both] * len(rights) + right[both], minlength=len(lefts) * len(rights))
    return {
        (lefts[place // len(rights)], rights[place % len(rights)]): int(counts[place])
        for place in np.flatnonzero(counts).tolist()
    }
