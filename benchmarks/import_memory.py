"""Imports a large CSV file in a process of its own and reports time and peak memory.

    python -m benchmarks.import_memory [--rows 10000000]

The limit to hold is 2 GB for 10 million rows, resident, in the importing process and in its reading child.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_MB = 2048
HEADER = "Kundennummer;Datum;Aktivität;Kanal;Segment;Produkt;Wert\n"
ACTIVITIES = ("Website", "Anfrage", "Angebot", "Auftrag", "Service", "Newsletter", "Empfehlung")
MAPPING = """
source = "big"
mode = "append"
dates = "iso"
decimals = ","
[columns]
customer_id = "Kundennummer"
occurred_at = "Datum"
touchpoint = "Aktivität"
channel = "Kanal"
segment = "Segment"
product = "Produkt"
value = "Wert"
[touchpoints]
Website = { phase = "awareness", event = "visit" }
Anfrage = { phase = "consideration", event = "lead" }
Angebot = { phase = "preference", event = "offer" }
Auftrag = { phase = "purchase", event = "won" }
Service = { phase = "after_sale", event = "service" }
Newsletter = { event = "message" }
Empfehlung = { phase = "loyalty", event = "referral" }
"""


def write_csv(target: Path, rows: int) -> None:
    """Contacts of rows/12 customers over three years, not in order of time. The same on every run."""
    dice = random.Random(7)
    with target.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(rows):
            day = f"202{dice.randrange(2, 5)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
            file.write(
                f"K{dice.randrange(rows // 12 + 1)};{day} {number % 24:02d}:{number % 60:02d}:00;"
                f"{ACTIVITIES[dice.randrange(7)]};Kanal {number % 4};B2{'BC'[number % 2]};P{number % 50};"
                f"{number % 1000},50\n"
            )


def import_and_report(folder: Path) -> None:
    """Runs in the importing process."""
    from cockpit.importing import import_file, load_mapping  # noqa: PLC0415 - measured from here on
    from cockpit.workspace import open_workspace  # noqa: PLC0415

    began = time.monotonic()
    ws = open_workspace(folder / "workspace")
    import_file(ws, folder / "big.csv", load_mapping(folder / "big.toml"))
    head = ws.warehouse.head()
    assert head is not None
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{head.sources['big'].rows:,} contacts imported in {time.monotonic() - began:.0f} s; peak memory "
        f"{own:.0f} MB, reading child {children:.0f} MB (limit {LIMIT_MB} MB)"
    )
    sys.exit(max(own, children) > LIMIT_MB)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--import-only", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.import_only:
        import_and_report(chosen.folder)
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder = Path(name)
        write_csv(folder / "big.csv", chosen.rows)
        (folder / "big.toml").write_text(MAPPING, encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.import_memory", "--import-only", "--folder", name]
        sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
