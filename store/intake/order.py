"""One order to read a file, as the child hands it to the reader of that kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.intake.limits import Limits


@dataclass(frozen=True, kw_only=True)
class Order:
    """`path` is the (unpacked) file, `layout` the fields of `store.intake.reading.Layout` as JSON values.

    Rows go to `out`, what is rejected to `rejects` (both Parquet); `scratch` is a folder for anything else.
    `progress` takes the share done, 0 to 1.
    """

    path: Path
    layout: dict[str, Any]
    out: Path
    rejects: Path
    scratch: Path
    limits: Limits
    progress: Callable[[float], None]
