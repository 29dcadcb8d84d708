"""The data contract as values: tables, columns and their kinds, read from contract.toml beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from core.text import Text

Kind = Literal["text", "time", "number", "flag", "score"]

Event = Literal[
    "exposure", "visit", "lead", "qualified", "disqualified", "talk", "offer", "won", "lost", "delivery",
    "promise_kept", "service", "complaint", "cancelled", "message", "referral", "testimonial", "other",
]  # fmt: skip
EVENTS: tuple[str, ...] = get_args(Event)

SQL_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "time": "TIMESTAMP",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "score": "DOUBLE",
}


class Column(BaseModel):
    """A column of the contract. `min` and `max` bound a score; `values` is a closed list, for each of which
    `words` names what files say instead. `above`: numbers must be greater. A value that is none of these is
    left out of its row; in a `strict` column, whose absence means something else, the row is rejected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    label: Text
    aliases: tuple[str, ...] = ()
    money: bool = False
    min: float | None = None
    max: float | None = None
    above: float | None = None
    values: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    strict: bool = False


class Table(BaseModel):
    """A table of the contract. `time` is the column that dates a row, if rows are dated; of the columns in
    `any_of` each row needs one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Text
    about: Text
    required: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    time: str | None = None
    columns: dict[str, Column]


@cache
def contract() -> Mapping[str, Table]:
    """All tables by name."""
    raw = tomllib.loads(Path(__file__).with_name("contract.toml").read_text(encoding="utf-8"))
    return {name: Table.model_validate(table) for name, table in raw.items()}


EVENT_LABELS: Mapping[str, Text] = {
    "exposure": Text(de="Sichtkontakt", en="Exposure"),
    "visit": Text(de="Besuch", en="Visit"),
    "lead": Text(de="Anfrage", en="Enquiry"),
    "qualified": Text(de="Qualifiziert", en="Qualified"),
    "disqualified": Text(de="Nicht qualifiziert", en="Disqualified"),
    "talk": Text(de="Gespräch", en="Talk"),
    "offer": Text(de="Angebot", en="Offer"),
    "won": Text(de="Auftrag", en="Won"),
    "lost": Text(de="Verloren", en="Lost"),
    "delivery": Text(de="Lieferung", en="Delivery"),
    "promise_kept": Text(de="Erfolgreicher Start", en="Successful start"),
    "service": Text(de="Serviceanfrage", en="Service request"),
    "complaint": Text(de="Reklamation", en="Complaint"),
    "cancelled": Text(de="Kündigung", en="Cancelled"),
    "message": Text(de="Nachricht von uns", en="Message from us"),
    "referral": Text(de="Empfehlung", en="Referral"),
    "testimonial": Text(de="Testimonial", en="Testimonial"),
    "other": Text(de="Sonstiges", en="Other"),
}
