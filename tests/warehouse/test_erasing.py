"""An erased customer is nowhere: not in a snapshot, an original, a rejects file, nor in later imports."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from cockpit.erasure import erase, held
from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import InputFault, UsageFault
from core.period import Month
from core.query import Query
from store.warehouse.manifest import Batch
from tests.building import batch_from_rows, workspace_from_rows

GONE, STAYS = "K-4711-x", "K-4712-x"
NOW = dt.datetime(2024, 6, 1)
ROWS = [
    {
        "customer_id": customer,
        "occurred_at": f"2024-01-0{day}",
        "touchpoint": touchpoint,
        "account_id": "Firma",
    }
    for customer in (GONE, STAYS)
    for day, touchpoint in ((1, "web"), (2, "offer"), (3, "order"))
]


def original(path: Path, write: Callable[[Path], object]) -> Path:
    write(path)
    return path


def batch(tmp_path: Path, rows: list[dict[str, str]], file: Path | None = None, source: str = "crm") -> Batch:
    rejects = tmp_path / "rejects.parquet"
    pd.DataFrame(
        {
            "row_no": [7, 8],
            "column": ["customer_id", "occurred_at"],
            "value": [f"„{GONE}“", "31.02.2024"],
            "reason_de": ["doppelt", "kein Datum"],
            "reason_en": ["twice", "no date"],
        }
    ).to_parquet(rejects)
    made = batch_from_rows(tmp_path, rows, source=source, rejected=2)
    return made.model_copy(update={"original": file, "rejects": rejects})


def filled(tmp_path: Path) -> Workspace:
    """Three snapshots, the customer in all of them, named in originals of several kinds and in the state."""
    ws = open_workspace(tmp_path / "ws")
    csv = original(tmp_path / "a.csv", lambda p: p.write_text(f"Kunde;x\n{GONE};1\n", encoding="utf-8"))
    wide = original(tmp_path / "b.csv", lambda p: p.write_text(f"Kunde;x\n{GONE};1\n", encoding="utf-16"))
    clean = original(tmp_path / "c.csv", lambda p: p.write_text(f"Kunde;x\n{STAYS};1\n", encoding="utf-8"))
    for rows, file, source in ((ROWS, csv, "crm"), (ROWS, wide, "web"), (ROWS[3:], clean, "shop")):
        ws.warehouse.commit([batch(tmp_path, rows, file, source)], ws.models, ws.settings)
    ws.state.notes.add("win_rate", Month(2024, 1), f"wegen {GONE}", person="ich", at=NOW)
    ws.state.audit.write("ich", "import", f"mit {GONE}", NOW)
    return ws


def text_of(file: Path) -> str:
    """What a file says, read as what it is."""
    if file.suffix == ".parquet":
        return repr(duckdb.connect().execute("FROM read_parquet($file)", {"file": str(file)}).fetchall())
    return file.read_bytes().decode("latin-1")


def test_no_file_of_the_workspace_names_an_erased_customer(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    before = [file for file in ws.root.rglob("*") if file.is_file()]
    assert sum(GONE in text_of(file) for file in before) >= 10
    done = erase(ws, [GONE], "ich")
    assert done.rows == 6
    assert len(done.originals) == 2
    for file in ws.root.rglob("*"):
        if file.is_file():
            text = text_of(file)
            assert GONE not in text, file
            assert GONE not in text.replace("\0", ""), file
            assert GONE.encode() not in file.read_bytes(), file
    assert held(ws, [GONE]) == []
    assert ws.state.audit.latest(1)[0].detail.startswith(done.id)


def test_erasing_leaves_every_snapshot_whole_and_everyone_else_in_it(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    ids = [manifest.id for manifest in ws.warehouse.snapshots()]
    done = ws.warehouse.erase([GONE])
    assert [manifest.id for manifest in ws.warehouse.snapshots()] == ids
    for manifest in ws.warehouse.snapshots():
        assert ws.warehouse.verify(manifest.id) == []
        assert manifest.erasures == (done,)
        assert {part.sha256 for part in manifest.parts()}.isdisjoint(done.parts)
        for model in manifest.models:
            with ws.warehouse.open(manifest.id, model) as snapshot:
                for table in ("contacts", "visits", "journeys"):
                    named = snapshot.rows(Query(sql=f"SELECT DISTINCT customer_id FROM {table}"))
                    assert named == [(STAYS,)]
        assert manifest.profile["crm"].rows == 3
        assert sum(manifest.by_phase.values()) == sum(part.rows for part in manifest.contacts)
    assert not ws.warehouse.is_stale(ws.models, ws.settings)
    kept = {name for manifest in ws.warehouse.snapshots() for i in manifest.imports if (name := i.original)}
    assert {file.stem for file in ws.warehouse.files.originals.iterdir()} == kept
    assert len(kept) == 1


def test_a_later_import_leaves_an_erased_customer_out_and_counts_the_rows_as_rejected(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    ws.warehouse.erase([GONE])
    file = original(tmp_path / "again.csv", lambda p: p.write_text(f"{GONE};1\n", encoding="utf-8"))
    later = [*ROWS, {"customer_id": STAYS, "occurred_at": "2024-02-01", "touchpoint": "service"}]
    (counts,) = ws.warehouse.commit([batch(tmp_path, later, file)], ws.models, ws.settings).sources
    assert (counts.new, counts.unchanged, counts.rejected, counts.erased) == (1, 3, 2 + 3, 3)
    assert counts.records == len(later) + 2
    head = ws.warehouse.head()
    assert head is not None
    done = head.imports[-1]
    assert (done.original, done.original_erased) == (None, True)
    rejects = pd.read_parquet(ws.root / "rejects" / str(done.rejects))
    assert rejects.loc[rejects["reason_en"].str.startswith("erased"), "row_no"].tolist() == [1, 2, 3]
    assert rejects.loc[rejects["reason_en"].str.startswith("erased"), "value"].isna().all()


def test_the_key_lies_beside_the_workspace_and_is_needed(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    ws.warehouse.erase([GONE])
    key = tmp_path / "ws.erasure-key"
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(json.loads((ws.root / "erased.json").read_text(encoding="utf-8"))) == 1
    key.rename(tmp_path / "elsewhere")
    with pytest.raises(InputFault, match="Schlüssel"):
        ws.warehouse.commit([batch(tmp_path, ROWS)], ws.models, ws.settings)


def test_an_erasure_that_was_broken_off_is_finished_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = filled(tmp_path)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ws.warehouse.files, "write_manifest", power_cut)
        with pytest.raises(KeyboardInterrupt):
            ws.warehouse.erase([GONE])
    assert ws.warehouse.verify() == []
    ws.warehouse.commit([], ws.models, ws.settings)
    assert held(ws, [GONE]) == []
    assert not any(GONE in text_of(file) for file in ws.root.rglob("*.parquet"))


def test_a_workspace_restored_from_a_backup_is_cleaned_by_the_next_writer(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    shutil.copytree(ws.root, tmp_path / "backup")
    ws.warehouse.erase([GONE])
    shutil.rmtree(ws.root)
    (tmp_path / "backup").rename(ws.root)
    restored = open_workspace(ws.root)
    assert held(restored, [GONE]) != []
    refresh(restored)
    assert held(restored, [GONE]) == []
    assert not any(GONE in text_of(file) for file in ws.root.rglob("*.parquet"))
    assert not refresh(restored)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{GONE}</t>" * 50)


@pytest.mark.parametrize(
    "write",
    [
        zipped,
        lambda p: p.write_bytes(gzip.compress(f"{GONE};1".encode())),
        lambda p: pd.DataFrame({"kunde": [GONE], "n": [1]}).to_parquet(p),
        lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0" + b"an old workbook"),
        lambda p: p.write_bytes(b"PAR1 but broken"),
    ],
    ids=["workbook", "gzip", "parquet", "old workbook", "broken"],
)
def test_originals_of_every_kind_are_searched(tmp_path: Path, write: Callable[[Path], object]) -> None:
    ws = open_workspace(tmp_path / "ws")
    file = original(tmp_path / "file", write)
    ws.warehouse.commit([batch(tmp_path, ROWS, file)], ws.models, ws.settings)
    assert len(ws.warehouse.erase([GONE]).originals) == 1
    assert list(ws.warehouse.files.originals.iterdir()) == []


def test_a_customer_that_nobody_knows_is_kept_out_all_the_same(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, ROWS[3:])
    done = ws.warehouse.erase([GONE])
    assert (done.rows, done.parts, done.originals) == (0, {}, ())
    (counts,) = ws.warehouse.commit([batch_from_rows(tmp_path, ROWS)], ws.models, ws.settings).sources
    assert counts.erased == 3
    with pytest.raises(UsageFault):
        ws.warehouse.erase([""])
