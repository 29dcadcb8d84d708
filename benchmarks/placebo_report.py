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

HEADINGS = {
    ("placebo", False): "### Projects in which nothing happened",
    ("placebo", True): "### The same in harder worlds",
    ("coverage", False): "### How often a 95 % interval holds the planted effect",
    ("coverage", True): "### The same where it is harder",
}

Line = dict[str, Any]


def placebo(lines: list[Line]) -> Iterable[str]:
    yield (
        "| design | projects | seed | interval without zero | improved | allowed | improved or worsened | "
        "grades A B C X | |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|---|---|"
    for line in lines:
        grades = " ".join(str(line["grades"][each]) for each in "ABCX")
        yield (
            f"| {line['what']} | {line['draws']:,} | {line['seed']} | {line['interval']:.1%} | "
            f"{line['improved']:.1%} | {line['limit']:.0%} | {line['either']:.1%} | {grades} | "
            f"{_kept(line)} |"
        )


def coverage(lines: list[Line]) -> Iterable[str]:
    yield "| design | draws | seed | coverage | allowed | median width | |"
    yield "|---|--:|--:|--:|---|--:|---|"
    for line in lines:
        yield (
            f"| {line['what']} | {line['draws']:,} | {line['seed']} | {line['coverage']:.1%} | "
            f"{line['low']:.0%}-{line['high']:.0%} | {line['width']:.3g} | {_kept(line)} |"
        )


def _kept(line: Line) -> str:
    return "kept" if line["holds"] else "MISSED"


def tables(found: dict[str, list[Line]]) -> Iterable[str]:
    """All tables with their headings; empty ones are left out."""
    for kind, table in (("placebo", placebo), ("coverage", coverage)):
        for harder in (False, True):
            lines = [line for line in found[kind] if line["harder"] == harder]
            if lines:
                yield from ("", HEADINGS[kind, harder], "", *table(lines))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    found: dict[str, list[Line]] = {"placebo": [], "coverage": []}
    for file in sorted(arguments.parse_args().folder.glob("*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        found[read["kind"]] += read["lines"]
    text = TARGET.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    shown = "\n".join(tables(found))
    TARGET.write_text(f"{before}{BEGIN}\n{shown}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
