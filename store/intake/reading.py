"""Reading files: bytes become checked rows of text. All untrusted bytes are read in a child process.

    with Reader(scratch) as reader:
        layout = reader.sniff(path)
        raw = reader.read(path, layout, out)

Nothing is guessed about values here: every cell stays text, ids keep their zeros and their 23 digits, `NA`
stays `NA`. What is not taken is counted and listed, and accepted + rejected = records always holds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from core.contract import Kind as ValueKind
from core.errors import InputFault
from core.text import Text
from store.intake.asking import Child
from store.intake.containers import Kind
from store.intake.limits import Limits
from store.intake.seen import Seen


class Layout(BaseModel):
    """How a file is to be read.

    `header_row` is the 0-based physical line (in a sheet: row) of the header; None: there is none and the
    data begin at `first_row`. `delimiter` is empty for a file of one column; `damaged`:
    some lines are in another encoding, they will be rejected. `columns` are unique, in order.
    `fingerprint` recognises the next file with the same columns, whatever their order. `typed` names the
    columns whose values need no guessing: they are written as ISO times, plain decimals, true/false.
    `notices` say what a person should know before importing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    columns: tuple[str, ...]
    fingerprint: str
    encoding: str = "utf-8"
    damaged: bool = False
    delimiter: str = ","
    quote: str = '"'
    header_row: int | None = 0
    first_row: int = 0
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    typed: dict[str, ValueKind] = {}
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """Rows as text. `path` is Parquet: `_row` BIGINT (1 = first record under the header) and `c0`..`cN`.
    Columns whose headers are in `native` are timestamps, not text.

    `rejects` is Parquet (row_no, column, value, reason_de, reason_en), None where nothing was rejected.
    `records` was counted independently of the reading; accepted + rejected = records. Blank lines are no
    records. Empty cells of text files and sheets are NULL, quoted or not; Parquet files keep NULL and the
    empty text apart. `reasons`: how many rows were rejected for which reason. `seen`: what reading has
    seen of each column, by header.
    """

    layout: Layout
    path: Path
    native: frozenset[str]
    records: int
    accepted: int
    rejected: int
    rejects: Path | None
    reasons: Mapping[Text, int]
    seen: Mapping[str, Seen]


class Reader:
    """Reads the files of one import, one after the other, in one child process.

    `scratch` is a folder for temporary files, left as it was. The limits hold for every file. A file that
    kills the child is at fault and the next one gets a new child.
    """

    def __init__(self, scratch: Path, limits: Limits | None = None) -> None:
        self._scratch = scratch
        self._limits = limits or Limits()
        self._child: Child | None = None

    def __enter__(self) -> Self:
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._child:
            self._child.end()
            self._child = None

    def sniff(self, path: Path, *, sheet: str | None = None) -> Layout:
        """The layout of a CSV, Parquet or Excel file, recognised by its bytes; its name means nothing.

        `sheet` chooses a worksheet; without it the first one that holds a table is taken. Raises InputFault
        with what is wrong and what to do.
        """
        with self._workplace() as place:
            request = {"do": "sniff", "path": str(path.resolve()), "scratch": place, "sheet": sheet}
            return Layout.model_validate(self._ask(request, None))

    def read(
        self, path: Path, layout: Layout, out: Path, progress: Callable[[float], None] | None = None
    ) -> RawTable:
        """Read the whole file into `out` (Parquet, see RawTable); rejects go beside it.

        `progress` is called with the share done, 0 to 1. Raises InputFault; then `out` does not exist.
        """
        rejects = out.with_suffix(".rejects.parquet")
        with self._workplace() as place:
            made, refused = Path(place) / "rows.parquet", Path(place) / "rejects.parquet"
            request = {
                "do": "read",
                "path": str(path.resolve()),
                "scratch": place,
                "layout": layout.model_dump(mode="json"),
                "out": str(made),
                "rejects": str(refused),
            }
            found = self._ask(request, progress)
            reasons = {Text(de=each["de"], en=each["en"]): int(each["count"]) for each in found["reasons"]}
            if found["accepted"] == 0:
                raise _nothing(found["records"], reasons)
            shutil.move(made, out)
            if found["rejected"]:
                shutil.move(refused, rejects)
        return RawTable(
            layout=layout.model_copy(update={"typed": found["typed"]}) if found["typed"] else layout,
            path=out,
            native=frozenset(found["native"]),
            records=found["records"],
            accepted=found["accepted"],
            rejected=found["rejected"],
            rejects=rejects if found["rejected"] else None,
            reasons=reasons,
            seen=dict(zip(layout.columns, (Seen(**each) for each in found["seen"]), strict=True)),
        )

    def _ask(self, request: dict[str, Any], progress: Callable[[float], None] | None) -> dict[str, Any]:
        if self._child and self._child.spent:
            self._child.end()
            self._child = None
        if self._child is None:
            self._child = Child(self._scratch)
        return self._child.ask(request, self._limits, progress)

    def _workplace(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(
            prefix="read-", dir=self._scratch.resolve(), ignore_cleanup_errors=True
        )


def sniff(path: Path, scratch: Path, *, sheet: str | None = None, limits: Limits | None = None) -> Layout:
    """The layout of a single file, in a child of its own; see Reader.sniff."""
    with Reader(scratch, limits) as reader:
        return reader.sniff(path, sheet=sheet)


def read_raw(
    path: Path,
    layout: Layout,
    out: Path,
    scratch: Path,
    progress: Callable[[float], None] | None = None,
    *,
    limits: Limits | None = None,
) -> RawTable:
    """Read a single file, in a child of its own; see Reader.read."""
    with Reader(scratch, limits) as reader:
        return reader.read(path, layout, out, progress)


def _nothing(records: int, reasons: Mapping[Text, int]) -> InputFault:
    if not records:
        return InputFault(
            Text(
                de="Die Datei enthält nur eine Kopfzeile und keine Daten.",
                en="The file holds a header and no data.",
            )
        )
    return InputFault(
        Text(
            de="Keine Zeile ließ sich lesen (geprüft: {records}). Häufigster Grund: {reason}",
            en="No row could be read (checked: {records}). Most frequent reason: {reason}",
        ).fill(records=records, reason=max(reasons, key=lambda reason: reasons[reason]))
    )
