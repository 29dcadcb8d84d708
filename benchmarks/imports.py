"""Imports beside a plain sorted load of the same file in DuckDB, and one more day beside a whole import.

    python -m benchmarks.imports [--rows 10000000] [--rounds 5] [--json FILE]

Each round runs, one after the other and each in a process of its own: the plain load of the CSV file (`CREATE
TABLE ... AS SELECT * ... ORDER BY` customer and time, typed, into a database file, two threads), its import
into a fresh workspace, the day after into the same workspace; then the same for Parquet. Times count from the
first byte read to the last one stored, without the start of Python; Python keeps its bytecode, as it does
wherever nobody forbids it. The medians count. Limits are judged by processor seconds, of the process and its
children, because clocks say nothing on a machine that others use too; they are told as well. Fails where the
importing process or its reading child needs more than 2 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final, Literal, TypedDict

from benchmarks.making import make

Kind = Literal["csv", "parquet"]
KINDS: Final[tuple[Kind, ...]] = ("csv", "parquet")
LIMITS: Final = {"import": 6.0, "day": 1 / 15}
LIMIT_MB: Final = 2048

_COLUMNS: Final = {
    "Kundennummer": "VARCHAR", "Datum": "TIMESTAMP", "Aktivität": "VARCHAR", "Kanal": "VARCHAR",
    "Segment": "VARCHAR", "Produkt": "VARCHAR", "Wert": "DOUBLE",
}  # fmt: skip


class Run(TypedDict):
    """One run in a process of its own: seconds, processor seconds of the process and its children, and the
    peaks of memory of both."""

    seconds: float
    cpu: float
    own_mb: float
    child_mb: float


class Comparison(TypedDict):
    """What was measured against what, in seconds a round; `ratio` is that of the medians, `cpu_ratio` that of
    processor seconds."""

    what: str
    kind: Kind
    seconds: list[float]
    against: list[float]
    ratio: float
    cpu: list[float]
    cpu_ratio: float
    limit: float
    own_mb: float
    child_mb: float


def plain_load(file: Path, database: Path) -> None:
    """What one would do without Wegmarke: the typed table, sorted by customer and time."""
    import duckdb  # noqa: PLC0415 - each process imports what it measures

    if file.suffix == ".csv":
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in _COLUMNS.items())
        read = f"read_csv($file, header = true, delim = ';', decimal_separator = ',', columns = {{{types}}})"
    else:
        read = "read_parquet($file)"
    with duckdb.connect(str(database), config={"threads": 2}) as connection:
        connection.execute(
            f"CREATE TABLE contacts AS SELECT * FROM {read} ORDER BY Kundennummer, Datum", {"file": str(file)}
        )


def import_into(file: Path, workspace: Path) -> None:
    """The import of one file by the mapping beside it."""
    from cockpit.importing import import_file, load_mapping  # noqa: PLC0415
    from cockpit.workspace import open_workspace  # noqa: PLC0415

    import_file(open_workspace(workspace), file, load_mapping(file.parent / "mapping.toml"))


def measured(task: str, file: Path, target: Path, bytecode: Path) -> Run:
    """Run a task in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", "--task", task, str(file), str(target)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8",
        env={**kept, "PYTHONPYCACHEPREFIX": str(bytecode)},
    ).stdout  # fmt: skip
    run: Run = json.loads(said.splitlines()[-1])
    return run


def _task(task: str, file: Path, target: Path) -> Run:
    if task == "import":
        import cockpit.importing  # noqa: F401, PLC0415 - the start of Python and its modules is not the import's
    else:
        import duckdb  # noqa: F401, PLC0415
    began, spent = time.perf_counter(), _processor_seconds()
    (import_into if task == "import" else plain_load)(file, target)
    seconds, spent = time.perf_counter() - began, _processor_seconds() - spent
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in _WHO)
    return {"seconds": seconds, "cpu": spent, "own_mb": own, "child_mb": child}


_WHO: Final = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in _WHO]
    return sum(each.ru_utime + each.ru_stime for each in used)


def rounds(data: Path, count: int, scratch: Path) -> Iterator[dict[tuple[str, Kind], Run]]:
    """The runs of each round by task (plain, import, day) and kind of file."""
    bytecode = scratch / "bytecode"
    for _ in range(count):
        found: dict[tuple[str, Kind], Run] = {}
        for kind in KINDS:
            with tempfile.TemporaryDirectory(dir=scratch) as name:
                here = Path(name)
                found["plain", kind] = measured(
                    "plain", data / f"contacts.{kind}", here / "plain.duckdb", bytecode
                )
                (here / "plain.duckdb").unlink()
                found["import", kind] = measured(
                    "import", data / f"contacts.{kind}", here / "workspace", bytecode
                )
                found["day", kind] = measured("import", data / f"day.{kind}", here / "workspace", bytecode)
        yield found


def compared(found: list[dict[tuple[str, Kind], Run]]) -> list[Comparison]:
    """Imports against plain loads, and the day after against whole imports."""
    made: list[Comparison] = []
    for kind in KINDS:
        for what, base in (("import", "plain"), ("day", "import")):
            seconds, against = ([each[task, kind]["seconds"] for each in found] for task in (what, base))
            cpu, cpu_against = ([each[task, kind]["cpu"] for each in found] for task in (what, base))
            made.append(
                {
                    "what": what,
                    "kind": kind,
                    "seconds": seconds,
                    "against": against,
                    "ratio": median(seconds) / median(against),
                    "cpu": cpu,
                    "cpu_ratio": median(cpu) / median(cpu_against),
                    "limit": LIMITS[what],
                    "own_mb": max(each[what, kind]["own_mb"] for each in found),
                    "child_mb": max(each[what, kind]["child_mb"] for each in found),
                }
            )
    return made


def line(row: Comparison) -> str:
    """A row of the table."""
    named = "import : plain sorted load" if row["what"] == "import" else "one more day : whole import"
    kept = "kept" if row["cpu_ratio"] <= row["limit"] else "MISSED"
    return (
        f"{row['kind']:8} {named:27} {median(row['seconds']):8.2f} s {median(row['against']):8.2f} s   "
        f"by the clock {row['ratio']:6.3f}   in processor seconds {row['cpu_ratio']:6.3f} "
        f"(at most {row['limit']:.3f}, {kept})   "
        f"{row['own_mb']:5.0f} MB, reading child {row['child_mb']:4.0f} MB"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--data", type=Path, help="a folder made by benchmarks.making with --csv")
    options.add_argument("--scratch", type=Path, help="where databases and workspaces go")
    options.add_argument("--json", type=Path)
    options.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.task:
        task, file, target = chosen.task
        print(json.dumps(_task(task, Path(file), Path(target))))
        return
    with tempfile.TemporaryDirectory(dir=chosen.scratch) as made:
        data = chosen.data or Path(made) / "data"
        if not chosen.data:
            make(data, chosen.rows, csv=True)
        found = []
        for number, one in enumerate(rounds(data, chosen.rounds, Path(made)), start=1):
            found.append(one)
            said = ", ".join(
                f"{task} {kind} {run['seconds']:.2f} s ({run['cpu']:.1f})"
                for (task, kind), run in one.items()
            )
            print(f"round {number}: {said}", file=sys.stderr)
        shutil.rmtree(Path(made) / "data", ignore_errors=True)
    table = compared(found)
    print(f"{chosen.rows:,} contacts, medians of {chosen.rounds}")
    for row in table:
        print(line(row))
    if chosen.json:
        report = {"rows": chosen.rows, "rounds": chosen.rounds, "limit_mb": LIMIT_MB, "results": table}
        chosen.json.write_text(json.dumps(report, indent=2), encoding="utf-8")
    sys.exit(any(max(row["own_mb"], row["child_mb"]) > LIMIT_MB for row in table))


if __name__ == "__main__":
    main()
