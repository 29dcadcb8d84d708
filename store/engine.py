"""DuckDB, hardened: no extensions, no outside access, limits set before anything is read, settings locked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def connect(
    *,
    temp: Path,
    memory_mb: int = 1000,
    threads: int = 2,
    readable: Iterable[Path] = (),
    database: Path | None = None,
    seconds: int | None = None,
    lasting: bool = False,
) -> duckdb.DuckDBPyConnection:
    """A DuckDB that can reach the given paths and nothing else.

    `readable` names every file or folder the connection may read or write (Parquet parts, scratch output):
    a folder admits what lies below it. `temp` is where it spills. A statement that runs longer than `seconds`
    is broken off (duckdb.InterruptException). `lasting`: the files never change, so what their footers say is
    kept between statements. Use one `cursor()` per thread.
    """
    temp.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": f"{memory_mb}MB",
        "temp_directory": str(temp),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if seconds is not None:
        config["max_execution_time"] = seconds * 1000
    connection = duckdb.connect(str(database) if database else ":memory:", config=config)
    if lasting:
        connection.execute("LOAD parquet")  # built in; its settings are known only once it is loaded
        connection.execute("SET parquet_metadata_cache = true")
    folders: list[str] = [str(temp.resolve())]
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


def parquet(paths: Iterable[Path], *, file_column: str | None = None, alike: bool = False) -> str:
    """A `read_parquet(...)` over the files by column name, for views, which take no bound values.

    Files that are all `alike` in their columns are opened one by one, when their rows are read.
    """
    files = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
    by_name = "" if alike else ", union_by_name = true"
    origin = f", filename = '{file_column}'" if file_column else ""
    return f"read_parquet([{files}]{by_name}{origin})"
