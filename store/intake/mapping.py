"""A mapping: how the columns of a file become contacts (or rows of another table). Kept as one TOML file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_serializer, model_validator

from core.contract import Event, contract
from core.errors import InputFault, did_you_mean
from core.query import plain_name
from core.text import Text
from store.intake.periodnames import PIVOT_YEAR

Mode = Literal["append", "replace", "upsert"]
Decimal = Literal[".", ","]
Constant = str | bool | int | float | dt.datetime | dt.date

DateFormat = Literal[
    "iso", "d.m.y", "m/d/y", "d/m/y", "y/m/d", "d-m-y", "m-d-y", "ymd", "y-m", "ym", "m.y", "epoch_s",
    "epoch_ms", "period",
]  # fmt: skip
"""How the dates of a column are written; a time of day may follow each of the calendar forms.

`iso` takes 2024-03-04, with `T` or a blank before a time, and an offset or `Z` behind it. Two-digit years
are read by the mapping's `pivot_year`. `ymd` is 20240304; `y-m` (2024-03), `ym` (202403) and `m.y` (03.2024,
3/2024) mean the first day of the month. `period` is for tables by period: a quarter, a week or a month by its
name (2024-Q1, KW 12/2024, Jan 24), a month in figures or a year, each the first day of it.
"""

RESERVED = frozenset({
    "source", "record_key", "record_hash", "row_no", "contact_no", "row_key", "customer", "journey",
    "phase_no", "after_order", "visit", "cycle",
})  # fmt: skip
"""Names that the snapshot's tables need for themselves."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parts(_Frozen):
    """A date put together: each part is a header or a number; months may be names (jan, Jan., Januar)."""

    day: str | int = 1
    month: str | int
    year: str | int

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(part for part in (self.day, self.month, self.year) if isinstance(part, str))


class ColumnRule(_Frozen):
    """Where a column's values come from: exactly one of header, constant, row_number, parts, first_of.

    `format` and `decimal` override the mapping's `dates` and `decimals` for this column. `values` translates
    the file's words (compared without regard to case and outer blanks); a word that is not listed stays as it
    is. In TOML a plain header may stand for the whole rule: `customer_id = "Kundennummer"`.
    """

    header: str | None = None
    constant: Constant | None = None
    row_number: bool = False
    parts: Parts | None = None
    first_of: tuple[str, ...] = ()
    format: DateFormat | None = None
    decimal: Decimal | None = None
    values: dict[str, Constant] = {}

    @model_validator(mode="before")
    @classmethod
    def _plain_header(cls, raw: object) -> object:
        return {"header": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _exactly_one_origin(self) -> Self:
        origins = [
            self.header is not None,
            self.constant is not None,
            self.row_number,
            self.parts is not None,
            bool(self.first_of),
        ]
        if sum(origins) != 1:
            raise ValueError("give exactly one of header, constant, row_number, parts, first_of")
        return self

    @model_serializer(mode="wrap")
    def _short(self, dump: Any) -> Any:
        defaults: dict[str, object] = {name: field.default for name, field in ColumnRule.model_fields.items()}
        full = {
            name: value for name, value in dump(self).items() if value != defaults[name] or name == "constant"
        }
        full = {name: value for name, value in full.items() if value is not None}
        return self.header if set(full) == {"header"} else full

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of the file that this rule reads."""
        if self.header is not None:
            return (self.header,)
        if self.parts is not None:
            return self.parts.headers
        return self.first_of


class Stage(_Frozen):
    """A date column of a wide table: where it holds a date, the row makes a contact at this touchpoint."""

    column: str
    touchpoint: str
    format: DateFormat | None = None


class Spread(_Frozen):
    """A column of a wide table of measurements: its header stands for a period (first day) or for a KPI, its
    cells hold the values."""

    column: str
    period: dt.date | None = None
    kpi: str | None = None

    @model_validator(mode="after")
    def _stands_for_one(self) -> Self:
        if (self.period is None) == (self.kpi is None):
            raise ValueError("give exactly one of period, kpi")
        return self


class Outcome(_Frozen):
    """The column that says how a row ended: won and lost values make a contact on the closing date.

    Values are compared without regard to case and outer blanks; any other value means that the row is open.
    `date` is a rule like any column's. Where its cell is empty or unreadable, the row's last dated stage (or
    its `occurred_at`) dates the closing, and the cell is reported. The contact's event is `won` or `lost`;
    its phase is the one given here (none for a lost one: the loss belongs to the phase it happened in).
    """

    column: str
    date: ColumnRule
    won: tuple[str, ...]
    lost: tuple[str, ...] = ()
    won_touchpoint: str = "won"
    lost_touchpoint: str = "lost"
    won_phase: str | None = "purchase"
    lost_phase: str | None = None


class Reading(_Frozen):
    """Phase and event of a touchpoint."""

    phase: str | None = None
    event: Event | None = None


class TouchpointRule(_Frozen):
    """What a touchpoint means: its phase and event, another pair for contacts after the customer's first
    order, and whether it comes from us. Without a phase it is shown as unassigned, never dropped."""

    phase: str | None = None
    event: Event | None = None
    after_order: Reading | None = None
    direction: Literal["inbound", "outbound"] | None = None


class Mapping(_Frozen):
    """How one source's files are read.

    `columns` maps columns of the table, or own dimensions under a plain name, to rules. Headers that nothing
    names become dimensions of their own (`others = "keep"`), except those in `leave_out`. A row makes one
    contact if `columns` has `occurred_at`, one for each dated stage, and one for its outcome. Numbers,
    scores, flags, the comment and further times of a row go to ONE of its contacts, so that sums over
    contacts count a row once: to the outcome's if there is one, else to the stage whose touchpoint is an
    order (`won`), else to the latest. All other columns go to all of them.

    `upsert` needs `key`, headers of the file; for a wide table (stages or an outcome) it is the default, by
    the header that `journey_id` reads. `data_end` is the last day that the file covers. `currency` is the
    header of a column that names the currency of a row. `pivot_year`: two-digit years up to it lie in this
    century's 2000s, later ones in the 1900s.

    `spread` belongs to measurements: each filled cell of these columns makes one of a row's measurements, and
    `period` or `kpi`, whichever the columns stand for, is missing from `columns` then.
    """

    source: Annotated[str, Field(min_length=1, max_length=100)]
    table: str = "contacts"
    mode: Mode = "append"
    key: tuple[str, ...] = ()
    data_end: dt.date | None = None
    sample: bool = False
    dates: DateFormat | None = None
    decimals: Decimal | None = None
    pivot_year: Annotated[int, Field(ge=0, le=99)] = PIVOT_YEAR
    currency: str | None = None
    others: Literal["keep", "drop"] = "keep"
    leave_out: tuple[str, ...] = ()
    columns: dict[str, ColumnRule] = {}
    stages: tuple[Stage, ...] = ()
    outcome: Outcome | None = None
    spread: tuple[Spread, ...] = ()
    touchpoints: dict[str, TouchpointRule] = {}

    @model_validator(mode="before")
    @classmethod
    def _wide_tables_are_upserted(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or "mode" in raw or not (raw.get("stages") or raw.get("outcome")):
            return raw
        if raw.get("key"):
            return {**raw, "mode": "upsert"}
        columns = raw.get("columns")
        journey = columns.get("journey_id") if isinstance(columns, dict) else None
        header = journey.get("header") if isinstance(journey, dict) else getattr(journey, "header", journey)
        return {**raw, "mode": "upsert", "key": (header,)} if isinstance(header, str) else raw

    @model_validator(mode="after")
    def _fits_the_contract(self) -> Self:
        tables = contract()
        if self.table not in tables:
            hint = did_you_mean(self.table, list(tables))
            raise ValueError(
                f"table “{self.table}” is unknown" + (f"; did you mean “{hint}”?" if hint else "")
            )
        table = tables[self.table]
        for column in self.columns:
            if column not in table.columns and (column in RESERVED or plain_name(column) != column):
                raise ValueError(
                    f"column “{column}” cannot be used as a name; “{plain_name(column)}_own” would do"
                    if column in RESERVED
                    else f"column “{column}” is no plain name; “{plain_name(column)}” would do"
                )
        if self.mode == "upsert" and not self.key:
            raise ValueError("upsert needs key: the headers that tell which row is which")
        if self.table != "contacts" and (self.stages or self.outcome or self.touchpoints):
            raise ValueError(f"stages, outcome and touchpoints belong to contacts, not to “{self.table}”")
        dated_by_row = bool(self.stages or self.outcome)
        made_by_row = {"occurred_at", "touchpoint"} if dated_by_row else self._spread_columns()
        missing = [c for c in table.required if c not in self.columns and c not in made_by_row]
        if dated_by_row and ("occurred_at" in self.columns) != ("touchpoint" in self.columns):
            missing = [c for c in ("occurred_at", "touchpoint") if c not in self.columns]
        if missing:
            raise ValueError(f"columns lacks {', '.join(missing)}")
        if table.any_of and not set(table.any_of) & ({*self.columns} | made_by_row):
            raise ValueError(f"columns needs one of {', '.join(table.any_of)}")
        return self

    def _spread_columns(self) -> set[str]:
        """The columns that a wide table's headers and cells fill."""
        if not self.spread:
            return set()
        if self.table != "measurements":
            raise ValueError(f"spread belongs to measurements, not to “{self.table}”")
        if len({each.period is None for each in self.spread}) > 1:
            raise ValueError("the columns of spread stand either for periods or for KPIs")
        made = {"value", "kpi" if self.spread[0].period is None else "period"}
        if twice := sorted(made & set(self.columns)):
            raise ValueError(f"columns and spread both fill {', '.join(twice)}")
        return made

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers of the file that the mapping names, in order, each once."""
        return tuple(dict.fromkeys(self._headers()))

    def _headers(self) -> Iterator[str]:
        yield from self.key
        for rule in self.columns.values():
            yield from rule.headers
        for stage in self.stages:
            yield stage.column
        for each in self.spread:
            yield each.column
        if self.outcome:
            yield self.outcome.column
            yield from self.outcome.date.headers
        if self.currency:
            yield self.currency


def load_mapping(path: Path) -> Mapping:
    """The mapping of a TOML file. A broken one is an InputFault that names the file and the field."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputFault(
            Text(de="Die Zuordnung „{file}“ gibt es nicht.", en="There is no mapping file “{file}”.").fill(
                file=path.name
            )
        ) from None
    except UnicodeDecodeError as error:
        raise _broken(path.name, "–", str(error)) from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """The mapping that a TOML text holds; `name` is what messages call it."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _broken(name, "–", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "–"
        raise _broken(name, field, first["msg"].removeprefix("Value error, ")) from error


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as TOML text; `parse_mapping` gives the same mapping back. Defaults are left out."""
    values = mapping.model_dump(exclude_defaults=True)
    values["mode"] = mapping.mode
    simple = {name: value for name, value in values.items() if name not in _TABLES}
    nested = {name: values[name] for name in _TABLES if name in values}
    document = tomlkit.document()
    for name, value in {"source": mapping.source, **simple}.items():
        document[name] = list(value) if isinstance(value, tuple) else value
    for name, value in nested.items():
        document[name] = _plain(value)
    return tomlkit.dumps(document)


_TABLES = ("columns", "stages", "outcome", "spread", "touchpoints")


def _plain(value: Any) -> Any:
    """Tuples as lists and no None: what TOML can say."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _broken(file: str, field: str, reason: str) -> InputFault:
    return InputFault(
        Text(
            de="Die Zuordnung „{file}“ lässt sich nicht verwenden, Feld „{field}“: {reason}",
            en="The mapping “{file}” cannot be used, field “{field}”: {reason}",
        ).fill(file=file, field=field, reason=reason)
    )
