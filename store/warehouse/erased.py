"""Who is erased, so that no later import brings them back.

What is remembered of an erased customer is an HMAC of their id. Its key lies beside the workspace folder, not
in it: ids are short, and whoever has both list and key could try them all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import uuid
from collections.abc import Callable, Collection
from pathlib import Path

from core.errors import InputFault
from core.text import Text
from store.warehouse.files import place


class Erased:
    """Who is erased, as keyed HMACs; and which erasure is still under way."""

    def __init__(self, root: Path) -> None:
        self.list = root / "erased.json"
        self.under_way = root / "erasure-under-way.json"
        self.key_file = root.resolve().with_name(f"{root.resolve().name}.erasure-key")

    def test(self) -> Callable[[list[str]], list[bool]] | None:
        """Tells which of the ids are erased; None while nobody is. InputFault where the key is missing."""
        known = self._known()
        if not known:
            return None
        key = self._key()
        return lambda ids: [_hmac(key, one) in known for one in ids]

    def add(self, ids: Collection[str], scratch: Path) -> None:
        """Keeps the customers out from now on."""
        if not self._known() and not self.key_file.exists():
            with os.fdopen(os.open(self.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
                os.fsync(file.fileno())
        key = self._key()
        listed = sorted(self._known() | {_hmac(key, one) for one in ids})
        _write_private(self.list, json.dumps(listed), scratch)

    def begin(self, ids: Collection[str], scratch: Path) -> None:
        """Notes the erasure, so that one broken off is finished by the next writer."""
        _write_private(self.under_way, json.dumps(sorted(ids)), scratch)

    def unfinished(self) -> list[str]:
        return list(json.loads(self.under_way.read_text(encoding="utf-8"))) if self.under_way.exists() else []

    def end(self) -> None:
        self.under_way.unlink(missing_ok=True)

    def _known(self) -> set[str]:
        return set(json.loads(self.list.read_text(encoding="utf-8"))) if self.list.exists() else set()

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


def _write_private(target: Path, text: str, scratch: Path) -> None:
    draft = scratch / uuid.uuid4().hex
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    place(draft, target)
