"""Reading files: bytes become checked rows of text. All untrusted bytes are read in a child process.

    layout = sniff(path, scratch)
    raw = read_raw(path, layout, out, scratch)

Nothing is guessed about values here: every cell stays text, ids keep their zeros and their 23 digits, `NA`
stays `NA`. What is not taken is counted and listed, and accepted + rejected = records always holds.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from core.contract import Kind as ValueKind
from core.errors import InputFault
from core.text import Text
from store.intake.child import OUT_OF_MEMORY
from store.intake.containers import Kind
from store.intake.limits import Limits

_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


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

    `rejects` is Parquet (row_no, column, value, reason_de, reason_en), None where nothing was rejected.
    `records` was counted independently of the reading; accepted + rejected = records. Blank lines are no
    records. Empty cells of text files and sheets are NULL, quoted or not; Parquet files keep NULL and the
    empty text apart. `reasons`: how many rows were rejected for which reason.
    """

    layout: Layout
    path: Path
    records: int
    accepted: int
    rejected: int
    rejects: Path | None
    reasons: Mapping[Text, int]


def sniff(path: Path, scratch: Path, *, sheet: str | None = None, limits: Limits | None = None) -> Layout:
    """The layout of a CSV, Parquet or Excel file, recognised by its bytes; its name means nothing.

    `sheet` chooses a worksheet; without it the first one that holds a table is taken. Raises InputFault with
    what is wrong and what to do. `scratch` is a folder for temporary files, left as it was.
    """
    with _workplace(scratch) as place:
        request = {"do": "sniff", "path": str(path.resolve()), "scratch": place, "sheet": sheet}
        return Layout.model_validate(_ask(request, limits or Limits(), None))


def read_raw(
    path: Path,
    layout: Layout,
    out: Path,
    scratch: Path,
    progress: Callable[[float], None] | None = None,
    *,
    limits: Limits | None = None,
) -> RawTable:
    """Read the whole file into `out` (Parquet, see RawTable); rejects go beside it.

    `progress` is called with the share done, 0 to 1. Raises InputFault; then `out` does not exist.
    """
    rejects = out.with_suffix(".rejects.parquet")
    with _workplace(scratch) as place:
        made, refused = Path(place) / "rows.parquet", Path(place) / "rejects.parquet"
        request = {
            "do": "read",
            "path": str(path.resolve()),
            "scratch": place,
            "layout": layout.model_dump(mode="json"),
            "out": str(made),
            "rejects": str(refused),
        }
        found = _ask(request, limits or Limits(), progress)
        reasons = {Text(de=each["de"], en=each["en"]): int(each["count"]) for each in found["reasons"]}
        if found["accepted"] == 0:
            raise _nothing(found["records"], reasons)
        shutil.move(made, out)
        if found["rejected"]:
            shutil.move(refused, rejects)
    return RawTable(
        layout=layout.model_copy(update={"typed": found["typed"]}) if found["typed"] else layout,
        path=out,
        records=found["records"],
        accepted=found["accepted"],
        rejected=found["rejected"],
        rejects=rejects if found["rejected"] else None,
        reasons=reasons,
    )


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


def _workplace(scratch: Path) -> tempfile.TemporaryDirectory[str]:
    scratch.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="read-", dir=scratch.resolve(), ignore_cleanup_errors=True)


def _ask(request: dict[str, Any], limits: Limits, progress: Callable[[float], None] | None) -> dict[str, Any]:
    """Have a child do it. Whatever happens to the child becomes an InputFault."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve address space, which is limited
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    with (
        tempfile.TemporaryFile(dir=request["scratch"]) as errors,
        subprocess.Popen(
            [sys.executable, "-m", "store.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=_ROOT,
            env=environment,
        ) as child,
    ):
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(limits.wall_seconds, stop)
        clock.start()
        try:
            result = _converse(child, {**request, "limits": asdict(limits)}, progress)
        finally:
            clock.cancel()
            child.kill()
            code = child.wait()
        if result is not None and "answer" in result:
            found: dict[str, Any] = result["answer"]
            return found
        if result is not None:
            raise fault_of(result["fault"])
        errors.seek(0)
        trace = errors.read().decode("utf-8", "replace")
        raise _died(code, trace, late=late.is_set())


def fault_of(reported: Mapping[str, Any]) -> InputFault:
    """The child's `Unreadable`, as people get to read it."""
    return InputFault(Text(de=reported["de"], en=reported["en"]).fill(**reported["values"]))


def _converse(
    child: subprocess.Popen[bytes], request: dict[str, Any], progress: Callable[[float], None] | None
) -> dict[str, Any] | None:
    if child.stdin is None or child.stdout is None:
        raise TypeError("the child needs pipes")
    try:
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        return None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "progress" not in message:
            child.wait()
            return message
        if progress:
            progress(message["progress"])
    child.wait()
    return None


def _died(code: int, trace: str, *, late: bool) -> InputFault:
    if late or code == -getattr(signal, "SIGXCPU", 24):
        return InputFault(
            Text(
                de="Das Lesen der Datei dauerte zu lange und wurde abgebrochen. Nichts wurde übernommen.",
                en="Reading the file took too long and was stopped. Nothing was imported.",
            )
        )
    if code == OUT_OF_MEMORY or "MemoryError" in trace or "ArrowMemoryError" in trace or "bad_alloc" in trace:
        return InputFault(
            Text(
                de="Die Datei braucht beim Lesen mehr Speicher, als erlaubt ist. Nichts wurde übernommen. "
                "Bitte teilen Sie sie auf oder speichern Sie sie als CSV.",
                en="Reading the file takes more memory than is allowed. Nothing was imported. "
                "Please split it or save it as CSV.",
            )
        )
    _log.error("reading child ended with %s: %s", code, trace)
    return InputFault(
        Text(
            de="Die Datei ließ sich nicht lesen; vermutlich ist sie beschädigt (der Lesevorgang endete mit "
            "{code}). Nichts wurde übernommen.",
            en="The file could not be read; it is probably damaged (the reading process ended with "
            "{code}). Nothing was imported.",
        ).fill(code=str(code))
    )
