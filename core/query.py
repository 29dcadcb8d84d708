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


def accepts(where: Mapping[str, tuple[str, ...]]) -> Query:
    """A filter as a condition: every dimension has one of its accepted values; `""` accepts a missing one.

    Nothing accepted in a dimension accepts no row. The values are bound as `$where_0_0`, `$where_0_1`, ...

    >>> accepts({"channel": ("Messe",)}).sql
    "COALESCE(CAST(\\"channel\\" AS VARCHAR), '') IN ($where_0_0)"
    """
    conditions: list[str] = []
    values: dict[str, object] = {}
    for place, (name, accepted) in enumerate(sorted(where.items())):
        names = [f"where_{place}_{index}" for index in range(len(accepted))]
        values |= dict(zip(names, accepted, strict=True))
        listed = ", ".join(f"${value}" for value in names)
        conditions.append(
            f"COALESCE(CAST({identifier(name)} AS VARCHAR), '') IN ({listed})" if names else "FALSE"
        )
    return Query(sql=" AND ".join(conditions) or "TRUE", values=values)
