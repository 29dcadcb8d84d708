"""Who is erased, so that no later import brings them back.

What is remembered of an erased customer is an HMAC of their id. Its key lies beside the workspace folder, not
in it: ids are short, and whoever has both list and key could try them all. A second list lies with the key,
so that a workspace restored from an older backup is seen to be behind.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import uuid
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from core.errors import InputFault
from core.text import Text
from store.warehouse.files import place

KEYS = "WEGMARKE_KEYS"
"""Environment variable that names another folder for keys than the one that holds the workspace folder."""


class Erased:
    """Who is erased, as keyed HMACs; and which erasure is still under way."""

    def __init__(self, root: Path) -> None:
        place = root.resolve()
        keys = Path(os.environ.get(KEYS) or place.parent)
        self.list = place / "erased.json"
        self.under_way = place / "erasure-under-way.json"
        self.key_file = keys / f"{place.name}.erasure-key"
        self.list_with_key = keys / f"{place.name}.erased.json"

    def test(self) -> Callable[[list[str]], list[bool]] | None:
        """Tells which of the ids are erased; None while nobody is. InputFault where the key is missing."""
        known = self._known()
        if not known:
            return None
        key = self._key()
        return lambda ids: [_hmac(key, one) in known for one in ids]

    def add(self, ids: Collection[str]) -> None:
        """Keeps the customers out from now on, besides all that either list names."""
        if not self._known() and not self.key_file.exists():
            _write_private(self.key_file, secrets.token_bytes(32))
        key = self._key()
        listed = json.dumps(sorted(self._known() | {_hmac(key, one) for one in ids})).encode()
        _write_private(self.list_with_key, listed)
        _write_private(self.list, listed)

    def is_behind(self) -> bool:
        """Whether customers were erased that the workspace, restored from a backup, may hold again."""
        return not _listed(self.list_with_key) <= _listed(self.list)

    def begin(self, ids: Collection[str]) -> None:
        """Notes the erasure, so that one broken off is finished by the next writer."""
        _write_private(self.under_way, json.dumps(sorted(ids)).encode())

    def unfinished(self) -> list[str]:
        """The customers of an erasure that was broken off."""
        return sorted(_listed(self.under_way))

    def end(self) -> None:
        self.under_way.unlink(missing_ok=True)

    def _known(self) -> set[str]:
        return _listed(self.list) | _listed(self.list_with_key)

    def _key(self) -> bytes:
        try:
            return self.key_file.read_bytes()
        except FileNotFoundError:
            raise InputFault(
                Text(
                    de="In diesem Arbeitsbereich wurden Kunden gelöscht. Der Schlüssel dazu ({file}) fehlt "
                    "neben dem Ordner; ohne ihn könnten gelöschte Kunden zurückkehren. Bitte legen Sie ihn "
                    "wieder dorthin.",
                    en="Customers were erased from this workspace. The key for that ({file}) is missing "
                    "beside the folder; without it erased customers could return. Please put it back there.",
                ).fill(file=self.key_file.name)
            ) from None


def _hmac(key: bytes, customer_id: str) -> str:
    return hmac.new(key, customer_id.encode(), hashlib.sha256).hexdigest()


def _listed(file: Path) -> set[str]:
    try:
        found: Iterable[str] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return set()
    return set(found)


def _write_private(target: Path, content: bytes) -> None:
    """Writes a file that only its owner may read, whole or not at all."""
    draft = target.with_name(f"{target.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    place(draft, target)
