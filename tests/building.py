"""Workspaces for tests, straight from Python rows: no file, no mapping, no intake."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from cockpit.workspace import Workspace, open_workspace
from core.contract import contract
from store.intake.mapping import TouchpointRule
from store.warehouse.manifest import Batch

_PANDAS = {
    "text": "string",
    "time": "datetime64[us]",
    "number": "Float64",
    "score": "Float64",
    "flag": "boolean",
}

# Touchpoints named like what they mean, so that most tests need no map of their own.
TOUCHPOINTS: dict[str, tuple[str | None, str]] = {
    "ad": ("pre_awareness", "exposure"),
    "web": ("awareness", "visit"),
    "enquiry": ("consideration", "lead"),
    "talk": ("consideration", "talk"),
    "offer": ("preference", "offer"),
    "order": ("purchase", "won"),
    "refusal": (None, "lost"),
    "delivery": ("after_sale", "delivery"),
    "service": ("after_sale", "service"),
    "complaint": ("after_sale", "complaint"),
    "cancellation": ("after_sale", "cancelled"),
    "referral": ("loyalty", "referral"),
    "newsletter": (None, "message"),
}


def batch_from_rows(
    folder: Path,
    rows: Sequence[Mapping[str, Any]],
    *,
    source: str = "test",
    table: str = "contacts",
    key: Sequence[str] = (),
    touchpoints: Mapping[str, TouchpointRule] | None = None,
    **fields: Any,
) -> Batch:
    """A batch of one record per row. `key` names the columns that identify a record; without it a record is
    all its fields plus its ordinal among identical rows. Times may be ISO text. Other fields go to Batch."""
    columns = contract()[table].columns
    names = list(dict.fromkeys(name for row in rows for name in row))
    seen: dict[str, int] = {}
    records = []
    for number, row in enumerate(rows, 1):
        said = _digest([row.get(name) for name in sorted(names)])
        seen[said] = seen.get(said, 0) + 1
        identity = _digest([row.get(name) for name in key]) if key else _digest([said, seen[said]])
        records.append(
            {**row, "record_key": identity, "record_hash": said, "row_no": number, "contact_no": 0}
        )
    frame = pd.DataFrame(records, columns=[*names, "record_key", "record_hash", "row_no", "contact_no"])
    for name in names:
        kind = columns[name].kind if name in columns else "text"
        values = pd.to_datetime(frame[name], format="ISO8601") if kind == "time" else frame[name]
        frame[name] = values.astype(_PANDAS[kind])  # type: ignore[call-overload]
    for name in ("record_key", "record_hash"):
        frame[name] = frame[name].astype("string")
    frame = frame.astype({"row_no": "int64", "contact_no": "int32"})
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"batch-{_digest([source, table, len(rows), dt.datetime.now()])}.parquet"
    frame.to_parquet(target, index=False)
    if touchpoints is None and table == "contacts":
        touchpoints = {
            name: TouchpointRule.model_validate({"phase": phase, "event": event})
            for name, (phase, event) in TOUCHPOINTS.items()
        }
    return Batch(
        source=source,
        table=table,
        records=target,
        touchpoints=dict(touchpoints or {}),
        dimensions={name: name for name in names if name not in columns},
        **fields,
    )


def workspace_from_rows(
    tmp_path: Path,
    rows: Sequence[Mapping[str, Any]],
    *,
    touchpoints: Mapping[str, TouchpointRule] | None = None,
    settings: str = "",
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    **fields: Any,
) -> Workspace:
    """A workspace holding the contacts `rows` (and further `tables` by name) as one snapshot.

    A row needs customer_id, occurred_at (ISO text will do) and touchpoint; TOUCHPOINTS above gives meaning to
    the usual names. `settings` is the text of settings.toml; other fields (mode, key) go to the batch.
    """
    root = tmp_path / "workspace"
    root.mkdir(parents=True, exist_ok=True)
    if settings:
        (root / "settings.toml").write_text(settings, encoding="utf-8")
    workspace = open_workspace(root)
    batches = [batch_from_rows(tmp_path / "batches", rows, touchpoints=touchpoints, **fields)]
    batches += [
        batch_from_rows(tmp_path / "batches", more, source=name, table=name)
        for name, more in (tables or {}).items()
    ]
    workspace.warehouse.commit(batches, workspace.models, workspace.settings)
    return workspace


def _digest(values: Sequence[object]) -> str:
    return hashlib.md5(repr(values).encode(), usedforsecurity=False).hexdigest()
