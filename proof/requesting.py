"""The letter that asks a customer for consent, by kind; read from consent.toml beside this file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.text import Lang, Text, written
from proof.consent import KINDS, Kind

YEARS = 2
"""For how long a letter asks, where nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who asks: a person, the company that answers for the data, where to withdraw (empty: by a reply), and
    the last day for which consent is asked."""

    person: str
    company: str
    contact: str
    until: dt.date


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text(encoding="utf-8"))


def text_version() -> str:
    """The version of the text that is sent now; a consent keeps the one it was given for."""
    return str(_texts()["version"])


def asked_until(today: dt.date) -> dt.date:
    """The end of the month some years ahead: what a letter proposes as the last day."""
    first = today.replace(year=today.year + YEARS, day=1)
    return (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def request_text(
    kind: Kind,
    lang: Lang,
    *,
    project: str,
    customer: str,
    finding: str,
    sender: Sender,
    person: str = "",
    quote: str = "",
) -> str:
    """A letter to the customer: what was found, what is shown where and how long, what rights they have, and
    lines to answer with.

    Plain text. `person` may be empty; then it is addressed to nobody by name. A `quote` already there is put
    up for approval as it stands.
    """
    texts = _texts()
    where = texts["where"]["inside" if kind == "internal" else "outside"]
    words = texts["quote"]["known" if quote.strip() else "open"]
    quoted = "" if kind == "internal" else f"\n{_in(words, lang).format(quote=quote.strip())}\n"
    salutation = _in(texts["somebody"], lang).format(person=person) if person else _in(texts["nobody"], lang)
    contact = texts["contact" if sender.contact.strip() else "reply"]
    return _in(texts["letter"], lang).format(
        salutation=salutation, project=project, customer=customer, finding=finding, kind=KINDS[kind](lang),
        scope=_in(texts[kind], lang).strip(), where=_in(where, lang),
        quote=quoted, until=written(sender.until, lang),
        contact=_in(contact, lang).format(contact=sender.contact.strip()),
        sender=sender.person, company=sender.company, version=text_version(),
    ).strip()  # fmt: skip


def _in(said: object, lang: Lang) -> str:
    return Text.model_validate(said)(lang)
