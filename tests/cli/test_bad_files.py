"""Files as they really arrive, through the whole product: a message, or an import that counts each row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.intake.bad_files import BAD_FILES, BadFile

# An upload may be called anything; no file on a disk has a NUL in its name.
ON_A_DISK = {name: bad for name, bad in BAD_FILES.items() if "\0" not in bad.filename}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.mark.parametrize("bad", ON_A_DISK.values(), ids=ON_A_DISK)
def test_a_bad_file_ends_in_a_message_or_in_counted_rows(bad: BadFile, run: Run, tmp_path: Path) -> None:
    file = tmp_path / bad.filename
    file.write_bytes(bad.content())
    ended = run("import", file, "--workspace", tmp_path / "ws", "--json")
    assert "Traceback" not in ended.out + ended.err
    kept = run("snapshots", "--workspace", tmp_path / "ws", "--json").json
    if ended.code == 0:
        assert bad.expect == "imports"
        (made,) = ended.json["files"]
        counts = made["counts"]
        came_in = counts["new"] + counts["unchanged"] + counts["changed"] + counts["rejected"]
        assert came_in == bad.accepted + bad.rejected
        assert counts["rejected"] >= bad.rejected
        assert len(kept) == 1
    else:
        assert ended.code == 1
        assert bad.filename in ended.err
        assert bad.message in ended.err
        assert kept == []
