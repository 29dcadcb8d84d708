"""The process that touches untrusted bytes: JSON requests on stdin, progress and JSON answers on stdout.

Run by `store.intake.asking` as `python -m store.intake.child`. It sets the operating system's limits on
itself before it opens anything, and it ends when its parent does.
"""

from __future__ import annotations

import errno
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from store.intake import containers
from store.intake.faults import Unreadable
from store.intake.limits import Limits, restrain, spent
from store.intake.order import Order

OUT_OF_MEMORY = 77


def answer(request: dict[str, Any], progress: Callable[[float], None]) -> dict[str, Any]:
    """What the request asks for, as JSON values. Raises Unreadable."""
    limits = Limits(**request["limits"])
    scratch = Path(request["scratch"])
    kind, path = containers.recognise(Path(request["path"]), scratch, limits)
    if request["do"] == "sniff":
        return _sniff(kind, path, scratch, request, limits)
    layout = request["layout"]
    if layout["kind"] != kind:
        raise Unreadable(
            "Die Datei ist {found}, erwartet wurde {expected}.",
            "The file is {found}, expected was {expected}.",
            found=kind,
            expected=layout["kind"],
        )
    order = Order(
        path=path,
        layout=layout,
        out=Path(request["out"]),
        rejects=Path(request["rejects"]),
        scratch=scratch,
        limits=limits,
        progress=progress,
    )
    if kind == "csv":
        from store.intake.textfiles import read_text  # noqa: PLC0415

        return read_text(order)
    if kind == "parquet":
        from store.intake.parquet import read_parquet  # noqa: PLC0415

        return read_parquet(order)
    from store.intake.sheets import read_sheet  # noqa: PLC0415

    return read_sheet(order)


def _sniff(
    kind: containers.Kind, path: Path, scratch: Path, request: dict[str, Any], limits: Limits
) -> dict[str, Any]:
    # each reader is imported only where it is needed: the child must start fast
    if kind == "csv":
        from store.intake.textfiles import sniff_text  # noqa: PLC0415

        return sniff_text(path, scratch, limits)
    if kind == "parquet":
        from store.intake.parquet import sniff_parquet  # noqa: PLC0415

        return sniff_parquet(path, limits)
    from store.intake.sheets import sniff_sheet  # noqa: PLC0415

    return sniff_sheet(path, request.get("sheet"), limits)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _listen(requests: queue.SimpleQueue[bytes]) -> None:
    """Standard input stays open as long as the parent lives; the child ends with it."""
    line = b""
    while chunk := os.read(0, 65536):
        line += chunk
        if line.endswith(b"\n"):
            requests.put(line)
            line = b""
    os._exit(1)


class _WithoutPandas(MetaPathFinder):
    """Arrow imports pandas wherever it finds it: a second and 60 MB for nothing here."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)
        return None


def main() -> int:
    """Answer requests until the parent ends it. A fault is an answer too. Exit code 77: out of memory."""
    sys.meta_path.insert(0, _WithoutPandas())
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        request = json.loads(requests.get())
        limits = Limits(**request["limits"])
        restrain(limits)
        try:
            said = _answered(request)
        except MemoryError:
            return OUT_OF_MEMORY
        _say({**said, "spent": spent(limits)})


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    last = -1.0

    def progress(share: float) -> None:
        nonlocal last
        if share - last >= 0.01:
            last = share
            _say({"progress": round(min(1.0, share), 3)})

    try:
        return {"answer": answer(request, progress)}
    except Unreadable as fault:
        return {"fault": fault.as_json()}
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EFBIG):
            raise
        full = Unreadable(
            "Der Platz auf dem Datenträger reicht nicht, um die Datei zu lesen. Nichts wurde übernommen.",
            "There is not enough disk space to read the file. Nothing was imported.",
        )
        return {"fault": full.as_json()}


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # the thread that watches the parent blocks on stdin; an ordinary exit would wait for its lock
    os._exit(code)
