"""A PostgreSQL server for as long as the tests run: a folder and a port of its own, no privileges."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, NullPool, create_engine, text

DEBIAN = Path("/usr/lib/postgresql")
SECONDS_TO_START = 60
WITHOUT_CARE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""What the tests write need not outlast a power cut."""


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs; Debian keeps them off the path."""
    if sys.platform == "win32":
        return None  # the server is told its account as Unix tells it
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).parent
    folders = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda file: float(file.parts[-3]))
    return folders[-1].parent if folders else None


@contextmanager
def running(bin_folder: Path) -> Iterator[URL]:
    """The server's URL while it runs. It refuses to be root, so that root lends it another account."""
    folder = Path(tempfile.mkdtemp(prefix="wegmarke-postgres-"))
    account: dict[str, Any] = {}
    if os.getuid() == 0:
        shutil.chown(folder, user="nobody")
        account = {"user": "nobody", "group": folder.stat().st_gid, "extra_groups": []}
    password = secrets.token_urlsafe()
    secret = folder / "password"
    secret.write_text(password, encoding="utf-8")
    secret.chmod(0o644)  # the folder around it is closed to others
    data = folder / "data"
    made = subprocess.run(
        [bin_folder / "initdb", "-D", data, "-U", "wegmarke", "--auth=scram-sha-256", f"--pwfile={secret}",
         "--locale=C", "--encoding=UTF8", "--no-sync"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False, **account,
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(made.stderr)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [word for setting in WITHOUT_CARE for word in ("-c", setting)]
    log = folder / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [bin_folder / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", *options],
            cwd=folder, stdout=written, stderr=written, **account,
        )  # fmt: skip
    url = URL.create(
        "postgresql+psycopg", username="wegmarke", password=password, host="127.0.0.1", port=port,
        database="postgres",
    )  # fmt: skip
    try:
        _wait(server, port, log)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: URL) -> URL:
    """An empty database of its own."""
    name = f"state_{secrets.token_hex(6)}"
    _do(server, f"CREATE DATABASE {name} TEMPLATE template0")
    return server.set(database=name)


def drop_database(server: URL, database: URL) -> None:
    _do(server, f"DROP DATABASE {database.database} WITH (FORCE)")


def _do(server: URL, sql: str) -> None:
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest and server.poll() is None:
        if "ready to accept connections" in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start on port {port}: {log.read_text(encoding='utf-8')}")


def main() -> int:
    """Say whether there is a PostgreSQL to test with, by exit code and on stderr."""
    found = programs()
    print(f"PostgreSQL: {found or 'none'}", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
