"""The key that signs what leaves: made once for an installation, kept beside the workspace folder, not in it.

Whoever has it can make a forged file look like ours; without it no file that left can be recognised.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from core.errors import InputFault
from core.text import Text
from store.warehouse.erased import KEYS

_BYTES = 32


def signing_key(root: Path) -> bytes:
    """The key of the workspace, made on first use. InputFault where its file is damaged."""
    file = key_file(root)
    try:
        written = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(written, "wb") as target:
        target.write(secrets.token_bytes(_BYTES))
        target.flush()
        os.fsync(target.fileno())
    return _read(file)


def known_signing_key(root: Path) -> bytes:
    """The key to check with. Where there is none, a random one: then no file is told to be ours."""
    file = key_file(root)
    return _read(file) if file.exists() else secrets.token_bytes(_BYTES)


def key_file(root: Path) -> Path:
    """Where the key lies, or would: beside the workspace, or in the folder that WEGMARKE_KEYS names."""
    place = root.resolve()
    return Path(os.environ.get(KEYS) or place.parent) / f"{place.name}.signing-key"


def _read(file: Path) -> bytes:
    key = file.read_bytes()
    if len(key) != _BYTES:
        raise InputFault(
            Text(
                de="Der Schlüssel, mit dem Exporte unterschrieben werden ({file}), ist beschädigt. Bitte "
                "holen Sie ihn aus einer Sicherung zurück; ohne ihn ist keine ausgegebene Datei zu erkennen.",
                en="The key that exports are signed with ({file}) is damaged. Please restore it from a "
                "backup; without it no file that left can be recognised.",
            ).fill(file=file.name)
        )
    return key
