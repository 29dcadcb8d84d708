"""Puts false successes and coverage into docs/placebo.md: `python -m benchmarks.placebo_report FOLDER`.

FOLDER holds the JSON files of benchmarks.placebo and benchmarks.coverage. What people wrote around the tables
stays.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "docs" / "placebo.md"
BEGIN, END = "<!-- tables: python -m benchmarks.placebo_report -->", "<!-- end of tables -->"

Line = dict[str, Any]


def placebo(lines: list[Line]) -> Iterable[str]:
    yield "### Projects in which nothing happened"
    yield ""
    yield "| design | projects | interval without zero | improved | improved or worsened | grades A B C X | |"
    yield "|---|--:|--:|--:|--:|---|---|"
    for line in lines:
        grades = " ".join(str(line["grades"][each]) for each in "ABCX")
        yield (
            f"| {line['what']} | {line['projects']:,} | {line['interval']:.1%} | {line['improved']:.1%} | "
            f"{line['either']:.1%} | {grades} | {'kept' if line['holds'] else 'MISSED'} |"
        )


def coverage(lines: list[Line]) -> Iterable[str]:
    yield "### How often a 95 % interval holds the planted effect"
    yield ""
    yield "| design | draws | coverage | allowed | median width | |"
    yield "|---|--:|--:|---|--:|---|"
    for line in lines:
        yield (
            f"| {line['what']} | {line['draws']:,} | {line['coverage']:.1%} | "
            f"{line['low']:.0%}-{line['high']:.0%} | {line['width']:.3g} | "
            f"{'kept' if line['holds'] else 'MISSED'} |"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    found: dict[str, list[Line]] = {"placebo": [], "coverage": []}
    for file in sorted(arguments.parse_args().folder.glob("*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        found[read["kind"]] += read["lines"]
    tables = "\n".join([*placebo(found["placebo"]), "", *coverage(found["coverage"])])
    text = TARGET.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    TARGET.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
