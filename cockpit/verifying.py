"""Checking a file that came back: is it ours, is every number as it left, and is it still so today."""

from __future__ import annotations

import hashlib

from cockpit.backup import missing_key
from cockpit.workspace import Workspace
from core.text import Text
from exports.verifying import Lookup, Verification, verify
from proof.handouts import Handout
from store.signing import known_signing_key


def check_file(ws: Workspace, file: bytes, lookup: Lookup | None = None) -> Verification:
    """Compares a PowerPoint, PDF, Excel or PNG file with its manifest and with today's evidence.

    InputFault for a file that is none of these, or is broken.
    """
    return verify(file, known_signing_key(ws.root), lookup or _nothing_known)


def as_handed_out(ws: Workspace, file: bytes) -> Handout | None:
    """The use in which exactly this file left, byte by byte: known without any key."""
    digest = hashlib.sha256(file).hexdigest()
    return next((each for each in ws.state.claims.handouts() if each.digest == digest), None)


def without_key(ws: Workspace, file: bytes) -> list[Text]:
    """What can still be said of a file whose signature is not ours: that the key is gone, that the file is
    one that left. Empty where there is nothing to add."""
    said = []
    if gone := missing_key(ws.root, ws.state):
        said.append(KEY_GONE.fill(file=gone.name))
    if out := as_handed_out(ws, file):
        said.append(AS_IT_LEFT.fill(day=out.at.date(), claim=out.claim, who=out.who))
    return said


KEY_GONE = Text(
    de="Der Schlüssel dieser Installation ({file}) fehlt; ohne ihn gilt jede Datei als fremd. Holen Sie ihn "
    "dorthin zurück, wo Sie ihn neben Ihren Sicherungen aufbewahren.",
    en="The key of this installation ({file}) is missing; without it every file counts as not ours. Please "
    "bring it back from where you keep it with your backups.",
)
AS_IT_LEFT = Text(
    de="Byte für Byte ist es aber die Datei, die am {day} hinausging ({claim}, von {who}): Sie ist "
    "unverändert.",
    en="Byte by byte, though, it is the file that left on {day} ({claim}, by {who}): it is unaltered.",
)


def _nothing_known(*_: object) -> None:
    return None
