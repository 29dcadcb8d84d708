"""From rules to cells: SQL that reads each column of the result, and words for what cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Final

from core.contract import EVENTS, Column, Kind, contract
from core.errors import InputFault, did_you_mean
from core.query import identifier, plain_name
from core.text import Text
from store.intake import casting, dates
from store.intake.mapping import RESERVED, ColumnRule, Constant, DateFormat, Decimal, Mapping
from store.intake.seen import Seen

NO_KPI: Final = Text(
    de="ist keine Kennzahl, die es hier gibt. Ein Ziel nennt sie so, wie sie auf der Seite „Kennzahlen“ "
    "heißt, oder mit ihrer Kennung",
    en="is not a KPI that exists here. A target names it as the page “KPIs” does, or by its id",
)

IDS: Final = frozenset({"customer_id", "journey_id", "account_id", "person_id", "touchpoint"})


@dataclass(frozen=True, kw_only=True)
class Place:
    """What reading depends on beside file and mapping: the workspace's time zone, currency, phases and KPIs.

    `phases` empty: phase columns are taken as they are. `kpis`: what targets may call their KPI; empty: all.
    """

    time_zone: str = "Europe/Berlin"
    currency: str = "EUR"
    phases: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """The raw table's columns: position of each header, the kind of those that a typed file declares, those
    that are timestamps in the raw table already, and what reading has seen of them; a column of which nothing
    is known is taken to need every care."""

    columns: tuple[str, ...]
    typed: Map[str, str] = field(default_factory=dict)
    native: frozenset[str] = frozenset()
    seen: Map[str, Seen] = field(default_factory=dict)

    def sql(self, header: str) -> str:
        """The trimmed text of a header's cell. An InputFault names a header that the file lacks."""
        if header not in self.columns:
            hint = did_you_mean(header, list(self.columns))
            raise InputFault(
                Text(
                    de="Die Zuordnung nennt die Spalte „{header}“, die es in der Datei nicht gibt. {hint}",
                    en="The mapping names the column “{header}”, which the file does not have. {hint}",
                ).fill(header=header, hint=_hint(hint))
            )
        cell, seen = identifier(f"c{self.columns.index(header)}"), self.seen.get(header)
        if header in self.native:
            return f"CAST({cell} AS VARCHAR)"
        return cell if seen and seen.trimmed else casting.text_sql(cell)

    def moment(self, rule: ColumnRule) -> str | None:
        """The timestamps that the rule finds as they are; None where they must be read from text."""
        if rule.header is None or rule.header not in self.native or rule.values:
            return None
        return identifier(f"c{self.columns.index(rule.header)}")

    def is_plain(self, headers: Iterable[str], longest: int) -> bool:
        """Whether no cell of these columns is longer or holds control characters, as far as is known."""
        known = [self.seen.get(header) for header in headers]
        return all(seen and seen.plain and seen.longest <= longest for seen in known)

    def filled(self, rule: ColumnRule) -> int | None:
        """How many texts the rule finds, where reading has counted them."""
        seen = self.seen.get(rule.header) if rule.header is not None else None
        return seen.filled if seen and seen.trimmed and "" not in rule.values.values() else None


def _hint(word: str) -> Text | str:
    if not word:
        return ""
    return Text(de="Meinten Sie „{word}“?", en="Did you mean “{word}”?").fill(word=word)


class Bound:
    """Values that user text becomes: each gets a `$name` to stand for it in SQL."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def __call__(self, value: object) -> str:
        for name, known in self.values.items():
            if type(known) is type(value) and known == value:
                return f"${name}"
        name = f"b{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def used(self, sql: str) -> dict[str, object]:
        """Those of the values that a statement names."""
        named = set(re.findall(r"\$(\w+)", sql))
        return {name: value for name, value in self.values.items() if name in named}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One column of the result. `text` is the cell as found (SQL, NULL where empty or not from the file);
    `value` reads it, written over a column named `{text}`; a text without value is unreadable. `filled`: how
    many texts there are, where reading has counted them. `strict`: an unreadable text rejects the row."""

    name: str
    kind: Kind
    label: str
    text: str
    value: str
    expected: Text
    required: bool = False
    money: bool = False
    filled: int | None = None
    strict: bool = False


def reads_time(rule: ColumnRule, mapping: Mapping, shape: Shape) -> DateFormat | None:
    """The declared form of a time rule, as far as one is needed and known."""
    if rule.format:
        return rule.format
    if rule.headers and all(shape.typed.get(header) == "time" for header in rule.headers):
        return "iso"
    return mapping.dates


def reads_number(rule: ColumnRule, mapping: Mapping, shape: Shape) -> Decimal | None:
    """The declared decimal sign of a number rule, as far as one is known."""
    if rule.decimal:
        return rule.decimal
    if rule.headers and all(shape.typed.get(header) in ("number", "flag") for header in rule.headers):
        return "."
    return mapping.decimals


def own_dimensions(mapping: Mapping, columns: Iterable[str]) -> dict[str, str]:
    """Headers that nothing in the mapping names, by the plain names under which they stay as dimensions.

    A header named exactly like a free text column of the contract (`product`, `region`) fills that column.
    """
    if mapping.others == "drop":
        return {}
    table = contract()[mapping.table]
    free = (
        {n for n, c in table.columns.items() if c.kind == "text" and not c.values} - IDS - {"phase", "event"}
    )
    taken = set(mapping.columns) | (set(table.columns) - free) | RESERVED
    used = set(mapping.headers) | set(mapping.leave_out)
    found: dict[str, str] = {}
    for header in columns:
        if header in used:
            continue
        plain = plain_name(header)
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name)
        found[name] = header
    return found


class Cells:
    """Builds the cells of one mapping over one raw table. Needs every ambiguity decided (deciding.py)."""

    def __init__(self, mapping: Mapping, shape: Shape, place: Place, bound: Bound) -> None:
        self.mapping, self.shape, self.place, self.bound = mapping, shape, place, bound
        self.table = contract()[mapping.table]

    def all(self) -> list[Cell]:
        """The columns of the mapping in its order, then the file's own dimensions."""
        cells = [self.of(name, rule) for name, rule in self.mapping.columns.items()]
        for name, header in own_dimensions(self.mapping, self.shape.columns).items():
            cells.append(self.of(name, ColumnRule(header=header)))
        return cells

    def of(self, name: str, rule: ColumnRule) -> Cell:
        """The cell of a column of the contract, or of an own dimension (text)."""
        column = self.table.columns.get(name)
        kind: Kind = column.kind if column else "text"
        wide = bool(self.mapping.stages or self.mapping.outcome)
        return self.read(
            name,
            rule,
            kind,
            column,
            required=name in self.table.required and not (wide and name == "occurred_at"),
        )

    def time(self, name: str, rule: ColumnRule) -> Cell:
        """A date beside the contract's columns: a stage's or the outcome's."""
        return self.read(name, rule, "time", None, required=False)

    def number(self, rule: ColumnRule) -> Cell:
        """A number beside the contract's columns: a cell of a column that stands for a period or a KPI."""
        return self.read("value", rule, "number", self.table.columns.get("value"), required=False)

    def read(self, name: str, rule: ColumnRule, kind: Kind, column: Column | None, *, required: bool) -> Cell:
        label = " + ".join(rule.headers) or name
        words = self._words(name, column)
        expected = _expected(kind, column, words, reads_time(rule, self.mapping, self.shape),
                             reads_number(rule, self.mapping, self.shape))  # fmt: skip
        money = bool(column and column.money)
        text = self._text(rule)
        if name == "kpi" and self._known_kpis:
            expected = NO_KPI
        value = self._value(name, rule, kind, column, words)
        return Cell(
            name=name, kind=kind, label=label, text=text, value=value, expected=expected, required=required,
            money=money, filled=self.shape.filled(rule), strict=bool(column and column.strict),
        )  # fmt: skip

    @property
    def _known_kpis(self) -> tuple[str, ...]:
        """What the KPI of a target may be called; projects measure KPIs of their own."""
        return self.place.kpis if self.mapping.table == "targets" else ()

    def _words(self, name: str, column: Column | None) -> tuple[str, ...]:
        if column and name == "event":
            return EVENTS
        if column and name == "phase":
            return self.place.phases
        return column.values if column else ()

    def _text(self, rule: ColumnRule) -> str:
        if rule.constant is not None:
            return "CAST(NULL AS VARCHAR)"
        if rule.row_number:
            return "CAST(_row AS VARCHAR)"
        if rule.parts:
            parts = ", ".join(self.shape.sql(part) for part in rule.parts.headers)
            return f"nullif(concat_ws(' ', {parts}), '')"
        found = [self.shape.sql(header) for header in rule.headers]
        text = found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
        empty = [word for word, value in rule.values.items() if value == ""]
        if empty:
            listed = ", ".join(f"lower({self.bound(word.strip())})" for word in empty)
            text = f"CASE WHEN lower({text}) IN ({listed}) THEN NULL ELSE {text} END"
        return text

    def _value(
        self, name: str, rule: ColumnRule, kind: Kind, column: Column | None, words: tuple[str, ...]
    ) -> str:
        if rule.constant is not None:
            return self._constant(name, rule.constant, kind)
        if rule.parts:
            pieces = (rule.parts.day, rule.parts.month, rule.parts.year)
            day, month, year = (
                self.shape.sql(piece) if isinstance(piece, str) else f"'{int(piece):02d}'" for piece in pieces
            )
            return dates.parts_sql(day, month, year, self.mapping.pivot_year)
        moment = self.shape.moment(rule) if kind == "time" else None
        if moment:
            return dates.within_bounds_sql(moment)
        read = self._read(name, rule, kind, column, words)
        mapped = "".join(
            f" WHEN lower({{text}}) = lower({self.bound(word.strip())})"
            f" THEN {self._constant(name, value, kind)}"
            for word, value in rule.values.items()
            if value != ""
        )
        return f"CASE{mapped} ELSE {read} END" if mapped else read

    def _read(
        self, name: str, rule: ColumnRule, kind: Kind, column: Column | None, words: tuple[str, ...]
    ) -> str:
        if kind == "time":
            form = reads_time(rule, self.mapping, self.shape) or "iso"
            return dates.time_sql("{text}", form, self.mapping.pivot_year, self.bound(self.place.time_zone))
        if kind in ("number", "score"):
            decimal = reads_number(rule, self.mapping, self.shape) or "."
            bare = casting.bare_sql("{text}", self.place.currency, bool(column and column.money))
            number = casting.usual_number_sql("{text}", decimal, casting.number_sql(bare, decimal))
            allowed = _allowed(kind, column)
            return f"list_filter([{number}], lambda n: {allowed})[1]" if allowed else number
        if kind == "flag":
            return casting.flag_sql("{text}")
        if words:
            listed = ", ".join(f"'{word}'" for word in words)
            return f"CASE WHEN lower({{text}}) IN ({listed}) THEN lower({{text}}) END"
        if name == "kpi" and self._known_kpis:
            known = ", ".join(f"lower({self.bound(kpi.strip())})" for kpi in self._known_kpis)
            return f"CASE WHEN lower({{text}}) IN ({known}) THEN {{text}} END"
        longest = casting.LONGEST_ID if name in IDS else casting.LONGEST.get(name, casting.LONGEST_TEXT)
        control = casting.has_control_characters_sql("{text}")
        checked = f"CASE WHEN length({{text}}) <= {longest} AND NOT {control} THEN {{text}} END"
        return "{text}" if self.shape.is_plain(rule.headers, longest) else checked

    def _constant(self, name: str, value: Constant, kind: Kind) -> str:
        """A constant of the mapping as a typed SQL value; an InputFault where it cannot be one."""
        try:
            match kind:
                case "time":
                    moment = value if isinstance(value, dt.date) else dt.datetime.fromisoformat(str(value))
                    if not isinstance(moment, dt.datetime):
                        moment = dt.datetime.combine(moment, dt.time())
                    return f"CAST({self.bound(moment)} AS TIMESTAMP)"
                case "number" | "score":
                    return f"CAST({self.bound(float(str(value)))} AS DOUBLE)"
                case "flag":
                    return str(_flag(value)).lower()
                case _:
                    return f"CAST({self.bound(str(value))} AS VARCHAR)"
        except ValueError as error:
            raise InputFault(
                Text(
                    de="Die Zuordnung gibt für „{column}“ den Wert „{value}“ an; er passt nicht zur Spalte.",
                    en="The mapping gives “{column}” the value “{value}”, which does not fit the column.",
                ).fill(column=name, value=str(value))
            ) from error


def _with_meanings(word: str, column: Column | None) -> str:
    """A word that a column takes, with the first of those that files write instead."""
    said = column.words.get(word, ()) if column else ()
    return f"{word} ({said[0]})" if said else word


def _allowed(kind: Kind, column: Column | None) -> str:
    """The condition on a number `n` that its column sets, "" where it takes all."""
    if column is None:
        return ""
    if kind == "score":
        return f"n BETWEEN {column.min} AND {column.max}"
    return "" if column.above is None else f"n > {column.above}"


def _flag(value: Constant) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in casting.TRUE_WORDS:
        return True
    if word in casting.FALSE_WORDS:
        return False
    raise ValueError(word)


def _expected(
    kind: Kind,
    column: Column | None,
    words: tuple[str, ...],
    form: DateFormat | None,
    decimal: Decimal | None,
) -> Text:
    """What a cell should have held, in words that follow on from the value that was found."""
    match kind:
        case "time":
            return Text(de="ist kein Datum der Form {form}", en="is not a date of the form {form}").fill(
                form=dates.WRITTEN[form or "iso"]
            )
        case "number":
            shape = Text(de="ist keine Zahl der Form {form}", en="is not a number of the form {form}")
            above = Text(
                de="ist keine Zahl der Form {form}, die größer ist als {above}",
                en="is not a number of the form {form} above {above}",
            )
            limit = column.above if column else None
            return (shape if limit is None else above).fill(
                form="1.234,56" if decimal == "," else "1,234.56", above=limit
            )
        case "score" if column is not None:
            return Text(
                de="ist keine Zahl von {low} bis {high}", en="is not a number from {low} to {high}"
            ).fill(low=column.min or 0, high=column.max or 0)
        case "flag":
            return Text(de="ist weder ja noch nein", en="is neither yes nor no")
        case _ if words:
            return Text(de="ist keiner der Werte {words}", en="is none of {words}").fill(
                words=", ".join(_with_meanings(word, column) for word in words)
            )
        case _:
            return Text(
                de="ist zu lang oder enthält Steuerzeichen", en="is too long or holds control characters"
            )
