"""How much one upload may ask of the machine. The child sets the operating system's limits from these."""

from __future__ import annotations

import contextlib
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Caps for one file. Sizes in bytes, after decompression where the file is compressed."""

    columns: int = 500
    rows: int = 200_000_000
    text_bytes: int = 32 * 1024**3
    unpacked_bytes: int = 8 * 1024**3
    unpack_ratio: int = 300  # text exports shrink 5 to 100 times; zip bombs 1,000 times
    sheet_bytes: int = 512 * 1024**2  # a workbook is held in memory as a whole
    cell_chars: int = 100_000
    line_bytes: int = 8 * 1024**2
    memory_bytes: int = 1_600 * 1024**2
    cpu_seconds: int = 3_600
    wall_seconds: int = 3_600


def restrain(limits: Limits) -> None:
    """Set the operating system's limits for this process, where it has them (Linux, macOS).

    Called before each file: the processor time counts from here.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has no such module
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": limits.memory_bytes,
        "RLIMIT_CPU": limits.cpu_seconds + math.floor(time.process_time()),
        "RLIMIT_FSIZE": limits.text_bytes,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 256,
    }
    for name, value in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # past the soft limit comes SIGXCPU, which ends the process and says why; the next file raises it
        most = hard if name == "RLIMIT_CPU" else ceiling
        # macOS knows RLIMIT_AS but refuses to set it; the wall clock still holds there
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (ceiling, most))


def spent(limits: Limits) -> bool:
    """Whether this process holds on to so much memory that the next file would lack it."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return False  # only Linux limits the memory of a process
    return pages * os.sysconf("SC_PAGE_SIZE") > limits.memory_bytes // 2
