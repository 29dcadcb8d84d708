"""Fifty people answering at the same time, and processes killed while they save: is anything lost, how long.

    python -m benchmarks.answers [--people 50] [--kills 50] [--folder DIR] [--json FILE]

All respondents of a round over `journey_maturity` save their sixty answers in one process, as they do through
the answering page: once without any pause, which is the worst that can come, and once with pauses of a second
in the mean, in which nobody reads, let alone thinks. Then a process that saves is killed with signal 9 at a
random moment, again and again on the same workspace. What was acknowledged is read by another process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from threading import Barrier, Thread
from typing import NoReturn

from cockpit import rounds
from cockpit.workspace import Workspace, open_workspace
from store.state.round import Invitation, Own

CATALOG = "journey_maturity"
P95_AT_MOST_MS = 200
STEPS = (0.0, 0.25, 0.5, 1.0)


@dataclass(frozen=True)
class Measured:
    """A run: answers acknowledged, how many of them are missing or differ, seconds, milliseconds a save."""

    what: str
    acknowledged: int
    lost: int
    seconds: float
    p50: float | None = None
    p95: float | None = None
    slowest: float | None = None


def begun(folder: Path, people: int) -> tuple[Workspace, list[Invitation], tuple[str, ...]]:
    """A running round with its places and its statements."""
    ws = open_workspace(folder)
    made = rounds.open_round(ws, CATALOG, team="A", closes_on=dt.date(2099, 1, 1), person="B")
    places = rounds.invite(ws, made.id, [(f"P{n}", "R") for n in range(people)], "B")
    return ws, places, tuple(statement.id for statement in made.checklist.statements)


def answering(folder: Path, people: int, pause: float) -> Measured:
    """All at once; `pause` is the mean number of seconds between two answers of a person."""
    ws, places, statements = begun(folder, people)
    said: dict[str, dict[str, float]] = {place.token: {} for place in places}
    taken: list[float] = []
    gate = Barrier(people)

    def one(place: Invitation) -> None:
        chance = random.Random(place.person)
        gate.wait()
        for statement in statements:
            if pause:
                time.sleep(chance.expovariate(1 / pause))
            value = chance.choice(STEPS)
            began = time.perf_counter()
            rounds.answer(ws, place.token, Own(statement=statement, answer=value))
            taken.append(1000 * (time.perf_counter() - began))
            said[place.token][statement] = value

    threads = [Thread(target=one, args=(place,)) for place in places]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    missing = people * len(statements) - len(taken)  # whoever was refused has answered less
    cuts = quantiles(taken, n=100)
    pauses = f"{pause:g} s between them" if pause else "no pause"
    return Measured(
        f"{people} people x {len(statements)} answers, {pauses}",
        len(taken), missing + lost(folder, said), seconds, cuts[49], cuts[94], max(taken),
    )  # fmt: skip


def lost(folder: Path, said: dict[str, dict[str, float]]) -> int:
    """How many acknowledged answers another process does not find as they were."""
    read = (
        "import json, sys; "
        "from benchmarks.answers import kept; json.dump(kept(*json.load(sys.stdin)), sys.stdout)"
    )
    found = subprocess.run(
        [sys.executable, "-c", read],
        input=json.dumps([str(folder), list(said)]),
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    there: dict[str, dict[str, float]] = json.loads(found.stdout)
    return sum(there[token].get(name) != value for token, own in said.items() for name, value in own.items())


def kept(folder: str, tokens: Sequence[str]) -> dict[str, dict[str, object]]:
    """What the store holds, by link and statement."""
    ws = open_workspace(Path(folder))
    return {
        token: {name: own.answer for name, own in rounds.seat(ws, token).answers.items()} for token in tokens
    }


def killing(folder: Path, kills: int) -> Measured:
    """A process that saves and says so is killed at a random moment, again and again."""
    ws, places, _ = begun(folder, kills)
    chance = random.Random(7)
    said: dict[str, dict[str, float]] = {}
    began = time.perf_counter()
    for place in places:
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            save(folder, place.token, says)
        os.close(says)
        with open(hears, encoding="utf-8") as acknowledged:  # noqa: PTH123 - a pipe has no path
            first = acknowledged.readline()  # it has begun
            time.sleep(chance.uniform(0.01, 0.5))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            # The last line may have been cut off.
            told = [line.split() for line in [first, *acknowledged] if line.endswith("\n")]
        said[place.token] = {name: float(value) for name, value in told}
    return Measured(
        f"{kills} processes killed while they save",
        sum(len(own) for own in said.values()),
        lost(ws.root, said),
        time.perf_counter() - began,
    )


def save(folder: Path, token: str, says: int) -> NoReturn:
    """Saves one answer after the other and says each once it is kept, until it is killed."""
    ws = open_workspace(folder)
    own = rounds.seat(ws, token)
    for number, statement in enumerate(own.round.checklist.statements):
        value = STEPS[number % len(STEPS)]
        rounds.answer(ws, token, Own(statement=statement.id, answer=value))
        os.write(says, f"{statement.id} {value}\n".encode())
    while True:
        signal.pause()


def table(measured: Sequence[Measured]) -> str:
    lines = [
        "| what | acknowledged | lost | seconds | p50 ms | p95 ms | slowest ms | limit |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for one in measured:
        times = [f"{ms:,.0f}" if ms is not None else "" for ms in (one.p50, one.p95, one.slowest)]
        kept_it = one.lost == 0 and (one.p95 is None or one.p95 <= P95_AT_MOST_MS)
        limit = "none lost" + (f", p95 at most {P95_AT_MOST_MS}" if one.p95 is not None else "")
        lines.append(
            f"| {one.what} | {one.acknowledged:,} | {one.lost} | {one.seconds:,.1f} | {' | '.join(times)} "
            f"| {limit}: {'kept' if kept_it else 'MISSED'} |"
        )
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--folder", type=Path, help="where workspaces are made; else a temporary folder")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = chosen.folder or Path(scratch)
        measured: list[Measured] = []
        runs: tuple[Callable[[], Measured], ...] = (
            lambda: answering(folder / "at-once", chosen.people, 0),
            lambda: answering(folder / "with-pauses", chosen.people, 1),
            lambda: killing(folder / "killed", chosen.kills),
        )
        for run in runs:
            load = os.getloadavg()[0]
            measured.append(run())
            print(f"{os.cpu_count()} cores, load average {load:.1f} before: {measured[-1]}", flush=True)
    print(f"\n{table(measured)}")
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(one) for one in measured], indent=1), encoding="utf-8")
    if any(one.lost for one in measured):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
