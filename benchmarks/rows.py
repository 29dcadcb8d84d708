"""Rows of a benchmark of proofs: run one after the other, each written down as soon as it is there."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

SEED = 2
"""The stream of draws unless another is asked for. Constants in proof/ were chosen on others."""

Row = dict[str, object]


def arguments(description: str | None, draws: str, usually: int) -> argparse.Namespace:
    """What both benchmarks are told; `draws`: the option that says how many."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(draws, dest="draws", type=int, default=usually)
    parser.add_argument("--seed", type=int, default=SEED, help="another stream of draws")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--json", type=Path, help="rows there are kept, those run anew replaced")
    return parser.parse_args()


def keep(
    kind: str, names: Iterable[str], run: Callable[[str, int, int], Row], given: argparse.Namespace
) -> None:
    """Run the rows that are asked for. Exits with 1 where one misses its limit."""
    order = list(names)
    held = True
    for name in (name for name in order if given.only in name):
        line = run(name, given.draws, given.seed)
        held = held and bool(line["holds"])
        print(line, flush=True)
        if given.json:
            _write(given.json, kind, order, line)
    if not held:
        raise SystemExit(1)


def _write(file: Path, kind: str, order: list[str], line: Row) -> None:
    """The file with this row in it, rows in the order of the benchmark."""
    lines = [line]
    if file.exists():
        known = json.loads(file.read_text(encoding="utf-8"))["lines"]
        lines += [each for each in known if each["what"] != line["what"] and each["what"] in order]
    lines.sort(key=lambda each: order.index(str(each["what"])))
    file.write_text(json.dumps({"kind": kind, "lines": lines}, indent=2), encoding="utf-8")
