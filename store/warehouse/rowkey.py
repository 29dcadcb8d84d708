"""`row_key`: source, file, row of the file and contact of the row in one number, which orders all contacts.

Room is left for later files of a source, so that its keys and everybody else's stay as they are.
"""

from __future__ import annotations

_CONTACTS = 1000
_ROWS = 1_000_000_000
FILES = 8192
"""How many files a source can have; a record has fewer than 1,000 contacts, a file 10^9 rows."""

ROW_NO = f"(row_key // {_CONTACTS}) % {_ROWS}"
"""SQL: the row of the original file, out of a row key."""


def row_key(file: str) -> str:
    """SQL: the row key of a row `r` of a source part; `file` is the number of its file among all."""
    return f"(({file}) * {_ROWS} + r.row_no) * {_CONTACTS} + r.contact_no"
