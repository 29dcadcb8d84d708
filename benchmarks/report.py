"""Puts figures into docs/benchmarks.md: `python -m benchmarks.report FOLDER` with the JSON files in it.

What people wrote around the tables stays.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- tables: python -m benchmarks.report -->", "<!-- end of tables -->"

Figures = dict[str, Any]


def funnels(found: Figures) -> Iterable[str]:
    yield f"### Funnels and triggers, {found['rows']:,} contacts"
    yield ""
    yield f"Medians of {found['rounds']} rounds on {found['cores']} cores."
    yield ""
    yield "| what | ms | times | of what | limit | |"
    yield "|---|--:|--:|---|---|---|"
    for line in found["lines"]:
        yield (
            f"| {line['what']} | {line['ms']:,.0f} | {line['ratio']:.2f} | {line['against']} | "
            f"{line['limit'] or ''} | {_kept(line['holds'])} |"
        )


def imports(found: Figures) -> Iterable[str]:
    yield f"### Import, {found['rows']:,} contacts"
    yield ""
    yield f"Medians of {found['rounds']} rounds, each in a process of its own. Judged by processor seconds."
    yield ""
    yield (
        "| what | file | processor seconds | against | times | limit | | by the clock | peak memory | "
        "of the reading child |"
    )
    yield "|---|---|--:|--:|--:|--:|---|--:|--:|--:|"
    named = {"import": "import against a plain sorted load", "day": "one more day against a whole import"}
    for row in found["results"]:
        spent = median(row["cpu"])
        yield (
            f"| {named[row['what']]} | {row['kind']} | {spent:.1f} | {spent / row['cpu_ratio']:.1f} | "
            f"{row['cpu_ratio']:.3f} | {row['limit']:.3f} | {_kept(row['cpu_ratio'] <= row['limit'])} | "
            f"{row['ratio']:.3f} | {row['own_mb']:,.0f} MB | {row['child_mb']:,.0f} MB |"
        )


def pages(found: Figures) -> Iterable[str]:
    if found["seconds"]:
        yield f"### A filter changes, {found['rows']:,} contacts"
        yield ""
        yield "Server-side time of the calls that a page makes, without drawing."
        yield ""
        yield "| page | call | ms |"
        yield "|---|---|--:|"
    else:
        yield "### The overview as it opens"
    for page, calls in found["seconds"].items():
        for call, seconds in calls.items():
            yield f"| {page} | {call} | {1000 * seconds:,.0f} |"
        yield f"| **{page}** | together | {1000 * sum(calls.values()):,.0f} |"
    yield ""
    yield "| the overview, unfiltered, default period | ms |"
    yield "|---|--:|"
    for rows, seconds in found["overview_default"].items():
        yield f"| {int(rows):,} contacts | {1000 * seconds:,.1f} |"


TABLES: dict[str, Callable[[Figures], Iterable[str]]] = {
    "funnels": funnels,
    "imports": imports,
    "pages": pages,
}


def _kept(holds: bool | None) -> str:
    return {True: "kept", False: "**missed**", None: ""}[holds]


def tables(folder: Path) -> str:
    """The tables of all files; a file's name begins with the benchmark that wrote it."""
    parts = [
        "\n".join(make(json.loads(file.read_text(encoding="utf-8"))))
        for name, make in TABLES.items()
        for file in sorted(folder.glob(f"{name}*.json"))
    ]
    return "\n\n".join(parts)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path, help="where the JSON files lie")
    folder = options.parse_args().folder
    before, _, rest = TARGET.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    TARGET.write_text(f"{before}{BEGIN}\n\n{tables(folder)}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
