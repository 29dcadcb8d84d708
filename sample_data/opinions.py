"""What the people of the invented firm answer in its maturity rounds: one table a round, always the same.

A person answers much as in the round before: their leaning and their mood about a statement are drawn once,
so that what moves between rounds is what `rounds.toml` moves.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sample_data.chance import SEED

HERE = Path(__file__).parent / "rounds"
CATALOG = Path(__file__).parents[1] / "checklists" / "catalog" / "journey_maturity.toml"
SCALE = (0.0, 0.25, 0.5, 1.0)
FALL = 0.17
"""By how much less each further level of an area holds."""
LEANING, MOOD = 0.03, 0.06
DONT_KNOW, NOT_APPLICABLE, SILENT = 0.04, 0.02, 0.01
DIFFERS = 0.12
ALL = "*"
Said = Mapping[str, Sequence[float]]
"""What a role, or everybody, says of a statement in its own right, by round."""


def tables() -> Mapping[str, bytes]:
    """The answers of each round as CSV by file name: one statement a row, one person a column."""
    plan = tomllib.loads((HERE / "rounds.toml").read_text(encoding="utf-8"))
    return {
        f"{team['slug']}-{round_['slug']}.csv": _table(team, number)
        for team in plan["teams"]
        for number, round_ in enumerate(plan["rounds"])
    }


def _table(team: Mapping[str, Any], number: int) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    people: Sequence[Mapping[str, str]] = team["people"]
    writer.writerow(["statement", *(one["name"] for one in people)])
    for area, statement, level in _statements():
        holds = team["levels"][area][number] - FALL * (level - 1)
        said = team["says"].get(statement, {})
        writer.writerow([
            statement,
            *(_cell(one, statement, said, number, holds) for one in people),
        ])  # fmt: skip
    return text.getvalue().encode("utf-8")


def _cell(one: Mapping[str, str], statement: str, said: Said, number: int, holds: float) -> str:
    role = one["role"]
    leaning = np.random.default_rng([SEED, *one["name"].encode()]).normal(0, LEANING)
    stream = np.random.default_rng([SEED, *f"{one['name']} {statement}".encode()])
    mood, luck = stream.normal(0, MOOD), stream.random()
    if role in said:
        return f"{said[role][number]:g}"
    if ALL in said:
        # Few differ from what everybody says, and by one step of the scale.
        steps = SCALE.index(said[ALL][number])
        return f"{SCALE[steps if luck > DIFFERS else 1 if steps == 0 else steps - 1]:g}"
    if luck < DONT_KNOW:
        return "?"
    if luck < DONT_KNOW + NOT_APPLICABLE:
        return "-"
    if luck < DONT_KNOW + NOT_APPLICABLE + SILENT:
        return ""
    wanted = holds + leaning + mood
    return f"{min(SCALE, key=lambda step: abs(step - wanted)):g}"


def _statements() -> Iterator[tuple[str, str, int]]:
    """Area, statement and level, as the shipped checklist has them."""
    catalog = tomllib.loads(CATALOG.read_text(encoding="utf-8"))["journey_maturity"]
    for area in catalog["dimensions"]:
        for statement in area["statements"]:
            yield area["id"], statement["id"], statement["level"]


if __name__ == "__main__":
    for name, content in tables().items():
        (HERE / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
