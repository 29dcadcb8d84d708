"""One writer at a time; a writer that is killed leaves the old snapshot whole and the way free."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cockpit.workspace import Workspace, open_workspace
from core.errors import Busy, InputFault
from core.query import Query
from store.warehouse.lock import only_writer
from store.warehouse.manifest import Batch
from store.warehouse.warehouse import Warehouse
from tests.building import batch_from_rows

ROOT = Path(__file__).parents[2]

# Imports the house once and then forks a child for each commit it is asked for, so that a kill hits the
# commit and not the loading of libraries.
COMMITTING = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from cockpit.workspace import open_workspace
    from store.warehouse.manifest import Batch

    for line in sys.stdin:
        if os.fork() == 0:
            ws = open_workspace(Path(sys.argv[1]))
            print(os.getpid(), flush=True)
            ws.warehouse.commit([Batch.model_validate_json(line)], ws.models, ws.settings)
            print("done", flush=True)
            os._exit(0)
        os.wait()
        print("over", flush=True)
    """
)
WRITING_IN_TURN = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from cockpit.workspace import open_workspace
    from store.warehouse.manifest import Batch

    ws = open_workspace(Path(sys.argv[1]))
    for batch in sys.argv[2:]:
        ws.warehouse.commit([Batch.model_validate_json(batch)], ws.models, ws.settings)
    """
)


def one_batch_in(tmp_path: Path) -> Workspace:
    ws = open_workspace(tmp_path / "ws")
    rows = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    ws.warehouse.commit([batch_from_rows(tmp_path, rows, source="first")], ws.models, ws.settings)
    return ws


def some_batch(tmp_path: Path, number: int) -> Batch:
    rows = [
        {"customer_id": str(n % 50), "occurred_at": f"2024-01-{1 + n % 28:02d}", "touchpoint": "web"}
        for n in range(200 + number)
    ]
    return batch_from_rows(tmp_path, rows, source=f"source {number % 3}", mode="replace")


@dataclass
class Committer:
    """A process that commits on demand and can be killed while it does."""

    process: subprocess.Popen[str]

    def commit(self, batch: Batch, kill_after: float | None = None) -> float | None:
        """Seconds that the commit took; None if it was killed before it was done."""
        assert self.process.stdin is not None
        self.process.stdin.write(batch.model_dump_json() + "\n")
        self.process.stdin.flush()
        child, began = int(self._said()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was done before
                os.kill(child, signal.SIGKILL)
        answer = self._said()
        seconds = time.monotonic() - began
        if answer == "done":
            assert self._said() == "over"
            return seconds
        return None

    def _said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def committer(tmp_path: Path) -> Iterator[Committer]:
    with subprocess.Popen(
        [sys.executable, "-c", COMMITTING, str(tmp_path / "ws")],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Committer(process)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is a thing of POSIX systems")
def test_an_import_killed_at_twenty_moments_leaves_the_old_snapshot_whole(
    tmp_path: Path, committer: Committer
) -> None:
    ws = one_batch_in(tmp_path)
    usual = committer.commit(some_batch(tmp_path, 0))
    assert usual is not None
    dice = random.Random(7)
    killed = 0
    for number in range(20):
        before = ws.warehouse.head()
        assert before is not None
        # One random moment in each twentieth of the time that a commit takes.
        moment = (number + dice.random()) / 20 * usual
        if committer.commit(some_batch(tmp_path, number), kill_after=moment) is None:
            killed += 1
        after = ws.warehouse.head()
        assert after is not None
        assert after == before or after.parent == before.id
        assert ws.warehouse.verify(before.id) == []
        assert ws.warehouse.verify(after.id) == []
        with ws.warehouse.open() as snapshot:
            counted = snapshot.rows(Query(sql="SELECT count(*) FROM contacts"))
        assert counted == [(after.counted,)]
    assert killed >= 5, f"only {killed} of 20 commits were killed under way"
    assert committer.commit(some_batch(tmp_path, 77)) is not None
    head = ws.warehouse.head()
    assert head is not None
    assert head.sources["source 2"].rows == 277
    assert ws.warehouse.verify() == []
    assert list(ws.warehouse.files.scratch.iterdir()) == []
    named = {part.name for manifest in ws.warehouse.snapshots() for part in manifest.parts()}
    assert {file.name for file in ws.warehouse.files.parts.iterdir()} == named


def test_two_processes_write_to_one_workspace_in_turn(tmp_path: Path) -> None:
    ws = one_batch_in(tmp_path)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING_IN_TURN, str(ws.root)]
            + [some_batch(tmp_path, number).model_dump_json() for number in numbers],
            cwd=ROOT,
        )
        for numbers in ((1, 2), (3, 4))
    ]
    while any(child.poll() is None for child in children):
        time.sleep(0.2)
        with ws.warehouse.open() as snapshot:
            assert snapshot.rows(Query(sql="SELECT count(*) > 0 FROM visits")) == [(True,)]
    assert [child.returncode for child in children] == [0, 0]
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


def test_a_full_disk_is_told_in_words_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = one_batch_in(tmp_path)
    before = ws.warehouse.head()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(ws.warehouse.files, "write_manifest", full)
        with pytest.raises(InputFault, match="nichts geändert"):
            ws.warehouse.commit([some_batch(tmp_path, 1)], ws.models, ws.settings)
    assert ws.warehouse.head() == before
    assert ws.warehouse.verify() == []
