"""Erasing customers: out of every snapshot, and kept out of later imports."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from store.warehouse.files import Files
from store.warehouse.manifest import Erasure


class Erased:
    """The list of erased customers."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def test(self) -> Callable[[list[str]], list[bool]] | None:
        """Tells which of the ids are erased; None while nobody is."""
        return None


def erase_customers(files: Files, erased: Erased, bench: Path, customer_ids: Collection[str]) -> Erasure:
    raise NotImplementedError
