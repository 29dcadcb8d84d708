"""The letter that asks a customer for consent, by kind; read from consent.toml beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from core.text import Lang, Text
from proof.consent import KINDS, Kind


@cache
def _texts() -> dict[str, object]:
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text(encoding="utf-8"))


def text_version() -> str:
    """The version of the text that is sent now; a consent keeps the one it was given for."""
    return str(_texts()["version"])


def request_text(kind: Kind, lang: Lang, *, project: str, person: str, finding: str, sender: str) -> str:
    """A letter to the customer: what was found, what is asked for, what it means, how to take it back.

    Plain text. `person` may be empty; then it is addressed to nobody by name.
    """
    texts = _texts()
    letter, scope, nobody = (Text.model_validate(texts[name]) for name in ("letter", kind, "nobody"))
    return letter(lang).format(
        salutation=_salutation(texts, person, lang) if person else nobody(lang),
        project=project, finding=finding, kind=KINDS[kind](lang), scope=scope(lang).strip(),
        sender=sender, version=text_version(),
    ).strip()  # fmt: skip


def _salutation(texts: dict[str, object], person: str, lang: Lang) -> str:
    return Text.model_validate(texts["somebody"])(lang).format(person=person)
