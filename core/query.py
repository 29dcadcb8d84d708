"""A query is a value: SQL text and the values bound to its `$name` places. Running it comes last (store)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Query:
    """SQL with bound values. Text of users is only ever bound, never part of `sql`."""

    sql: str
    values: Mapping[str, object] = field(default_factory=dict)


def identifier(name: str) -> str:
    """A column name quoted for SQL, whatever it holds.

    >>> identifier('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


_PLAIN = re.compile(r"[^0-9a-z_]+")


def plain_name(header: str) -> str:
    """A header as a safe column name: lower case ASCII, digits and underscores; umlauts spelled out.

    >>> plain_name("Größe (m²)")
    'groesse_m2'
    """
    spelled = header.strip().lower()
    for umlaut, spelling in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = spelled.replace(umlaut, spelling)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    name = _PLAIN.sub("_", ascii_only).strip("_")[:60]
    return name if name and not name[0].isdigit() else f"c_{name}".rstrip("_")
