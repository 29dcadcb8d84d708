"""A fresh server on a workspace, as `./run` starts it, for as long as a test needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HOME = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


@contextmanager
def served(workspace: Path, app: str = "app.py", log_file: Path | None = None) -> Iterator[str]:
    """The address of a server that has answered nothing yet but whether it is alive.

    What it prints goes to `log_file`, else to nobody unless it fails.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log_file.open("w+b") if log_file else tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", HOME / app, f"--server.port={port}"],
            cwd=HOME,
            env={**os.environ, "WEGMARKE_WORKSPACE": str(workspace)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_alive(address, server)
            yield address
        except BaseException:
            log.seek(0)
            print(log.read().decode(errors="replace"), file=sys.stderr)
            raise
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_alive(address: str, server: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError("the server did not come up")
