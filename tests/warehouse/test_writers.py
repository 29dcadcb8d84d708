"""One writer at a time; a writer that is killed leaves the old snapshot whole and the way free."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from cockpit.workspace import Workspace, open_workspace
from core.errors import Busy, InputFault
from core.query import Query
from store.warehouse.lock import only_writer
from store.warehouse.warehouse import Warehouse
from tests.building import batch_from_rows

ROOT = Path(__file__).parents[2]
COMMIT = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from cockpit.workspace import open_workspace
    from tests.building import batch_from_rows
    ws = open_workspace(Path(sys.argv[1]))
    first, last = int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, last):
        rows = [
            {"customer_id": str(n % 50), "occurred_at": f"2024-01-{1 + n % 28:02d}", "touchpoint": "web",
             "region": str(number)}
            for n in range(200)
        ]
        batch = batch_from_rows(Path(sys.argv[4]), rows, source=f"s{number % 3}")
        print("ready", flush=True)
        ws.warehouse.commit([batch], ws.models, ws.settings)
        print("done", flush=True)
    """
)


def start(ws: Workspace, first: int, last: int, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMIT, str(ws.root), str(first), str(last), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def one_batch_in(tmp_path: Path) -> Workspace:
    ws = open_workspace(tmp_path / "ws")
    rows = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    ws.warehouse.commit([batch_from_rows(tmp_path, rows, source="first")], ws.models, ws.settings)
    return ws


def kill_at(ws: Workspace, folder: Path, moment: float, seconds: float) -> bool:
    """Kills a child at a share `moment` of a commit that takes `seconds`; whether it died inside."""
    before = ws.warehouse.head()
    assert before is not None
    child = start(ws, 0, 1, folder)
    assert said(child) == "ready"
    time.sleep(moment * seconds)
    child.send_signal(signal.SIGKILL)
    assert child.stdout is not None
    finished = "done" in child.stdout.read()
    child.stdout.close()
    child.wait()
    after = ws.warehouse.head()
    assert after is not None
    if not finished and after.number == before.number:
        assert after == before
    assert ws.warehouse.verify(before.id) == []
    assert ws.warehouse.verify() == []
    with ws.warehouse.open() as snapshot:
        (count,) = snapshot.rows(Query(sql="SELECT count(*) FROM contacts"))[0]
    assert count == sum(part.rows for part in after.contacts)
    return not finished


def kills(tmp_path: Path, count: int) -> None:
    ws = one_batch_in(tmp_path)
    began = time.monotonic()
    child = start(ws, 1, 2, tmp_path)
    assert said(child) == "ready"
    ready = time.monotonic()
    assert said(child) == "done"
    seconds = time.monotonic() - ready
    assert child.stdout is not None
    child.stdout.close()
    child.wait()
    died = sum(kill_at(ws, tmp_path, moment, seconds) for moment in moments(count))
    assert died > count / 3, f"of {count} commits only {died} were killed under way ({began=})"
    rows = [{"customer_id": "2", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    done = ws.warehouse.commit([batch_from_rows(tmp_path, rows, source="after")], ws.models, ws.settings)
    assert done.sources[0].new == 1
    assert ws.warehouse.verify() == []
    assert list(ws.warehouse.files.scratch.iterdir()) == []
    named = {part.name for manifest in ws.warehouse.snapshots() for part in manifest.parts()}
    assert {file.name for file in ws.warehouse.files.parts.iterdir()} == named


def moments(count: int) -> list[float]:
    """Spread over the whole commit, one at random in each stretch."""
    dice = random.Random(7)
    return [(number + dice.random()) / count for number in range(count)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX systems")
def test_an_import_killed_at_any_moment_leaves_the_old_snapshot_whole(tmp_path: Path) -> None:
    kills(tmp_path, 4)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX systems")
def test_an_import_killed_at_twenty_moments_leaves_the_old_snapshot_whole(tmp_path: Path) -> None:
    kills(tmp_path, 20)


def test_two_processes_write_to_one_workspace_in_turn(tmp_path: Path) -> None:
    ws = one_batch_in(tmp_path)
    children = [start(ws, first, first + 2, tmp_path) for first in (0, 3)]
    for child in children:
        while said(child):
            with ws.warehouse.open() as snapshot:
                assert snapshot.rows(Query(sql="SELECT count(*) > 0 FROM visits")) == [(True,)]
        assert child.stdout is not None
        child.stdout.close()
        assert child.wait() == 0
    head = ws.warehouse.head()
    assert head is not None
    assert len(head.imports) == 5
    assert ws.warehouse.verify() == []


def test_the_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    ws = one_batch_in(tmp_path)
    hasty = Warehouse(ws.root, wait=0.1)
    with only_writer(ws.warehouse.files.lock, 1), pytest.raises(Busy):
        hasty.commit([], ws.models, ws.settings)
    hasty.commit([], ws.models, ws.settings)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files")
def test_a_reader_keeps_its_snapshot_while_others_write(tmp_path: Path) -> None:
    ws = one_batch_in(tmp_path)
    with ws.warehouse.open() as snapshot:
        rows = [{"customer_id": "2", "occurred_at": "2024-01-01", "touchpoint": "web"}]
        ws.warehouse.commit([batch_from_rows(tmp_path, rows)], ws.models, ws.settings)
        assert snapshot.rows(Query(sql="SELECT customer_id FROM contacts")) == [("1",)]


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    ws = one_batch_in(tmp_path)
    head = ws.warehouse.head()
    assert head is not None
    part = ws.warehouse.files.path(head.contacts[0])
    whole = part.read_bytes()
    part.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert ws.warehouse.verify() == [part.name]
    with pytest.raises(InputFault, match="beschädigt"):
        ws.warehouse.go_back(head.id)
    part.write_bytes(whole[:-1])
    with pytest.raises(InputFault, match="beschädigt"):
        ws.warehouse.open()
