"""DuckDB, hardened: no extensions, no outside access, limits set before anything is read, settings locked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def connect(
    *,
    temp: Path,
    memory_mb: int = 1200,
    threads: int = 2,
    readable: Iterable[Path] = (),
    database: Path | None = None,
) -> duckdb.DuckDBPyConnection:
    """A DuckDB that can reach the given paths and nothing else.

    `readable` names every file or folder the connection may read or write (Parquet parts, scratch output):
    a folder admits what lies below it. `temp` is where it spills. Use one `cursor()` per thread.
    """
    temp.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        str(database) if database else ":memory:",
        config={
            "threads": threads,
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(temp),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    folders = [str(temp.resolve())]
    files: list[str] = []
    for path in readable:
        (folders if path.is_dir() else files).append(str(path.resolve()))
    connection.execute("SET allowed_directories = $folders", {"folders": folders})
    connection.execute("SET allowed_paths = $files", {"files": files})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET allow_extension_repositories = 'forbidden'")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET lock_configuration = true")
    return connection
