"""The reading plan of one mapping over one raw table: SQL for typed values, contacts, hashes and faults."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from core.contract import SQL_TYPES, contract
from core.query import identifier
from core.text import Text
from store.intake.cells import Bound, Cell, Cells, Place, Shape
from store.intake.mapping import ColumnRule, Mapping

RAW: Final = "read_parquet($raw)"

ONCE: Final = frozenset({"number", "score", "flag", "time"})
"""Kinds of columns that go to one contact of a wide row only, so that sums count a row once."""

NO_DATE = Text(
    de="Die Zeile hat kein lesbares Datum, aus dem ein Kontakt werden könnte",
    en="The row has no readable date that a contact could be made of",
)
NO_NUMBER = Text(
    de="Die Zeile hat in keiner dieser Spalten eine lesbare Zahl",
    en="The row has no readable number in any of these columns",
)
NONE_OF = Text(
    de="Es fehlt ein Wert: Eine dieser Angaben muss da sein",
    en="A value is missing: one of these must be there",
)
NO_KEY = Text(de="Der Schlüssel der Zeile ist leer", en="The row's key is empty")
LEFT_OUT = Text(
    de="{reason}; nur diese Angabe entfällt, die Zeile bleibt",
    en="{reason}; only this value is left out, the row stays",
)
MISSING = Text(de="Die Pflichtangabe fehlt", en="A required value is missing")
FALLBACK = Text(
    de="Das Abschlussdatum fehlt; es gilt das letzte Datum der Zeile",
    en="The closing date is missing; the last date of the row counts",
)


@dataclass(frozen=True)
class Trouble:
    """A kind of fault: an SQL condition, the text to show for it, and what to say. `cell`: the cell it is
    about (its place in `Plan.read`), None where it is about the row."""

    column: str
    reason: Text
    fatal: bool
    found: str
    value: str = "''"
    cell: int | None = None


def _measured(fields: Sequence[str]) -> str:
    """Pieces of text from which the fields could be told apart again: each with its length, `-` for NULL."""
    return ", ".join(f"coalesce(length({field}) || ':', '-'), {field}" for field in fields)


class Plan:
    """What each row becomes and the faults to look for, for one mapping over one raw table.

    `as_text`: hashes as 32 hexadecimal digits, as sources have them that were begun that way; else UUID.
    """

    def __init__(
        self, mapping: Mapping, shape: Shape, place: Place, bound: Bound, *, as_text: bool = False
    ) -> None:
        self.mapping, self.bound, self.as_text = mapping, bound, as_text
        self.cells = Cells(mapping, shape, place, bound)
        self.columns = self.cells.all()
        self.stages = [
            self.cells.time(stage.touchpoint, ColumnRule(header=stage.column, format=stage.format))
            for stage in mapping.stages
        ]
        self.spread = [self.cells.number(ColumnRule(header=each.column)) for each in mapping.spread]
        self.closing = self.cells.time("outcome", mapping.outcome.date) if mapping.outcome else None
        closing = [self.closing] if self.closing else []
        self.read = [*self.columns, *self.stages, *self.spread, *closing]
        self.keys = [shape.sql(header) for header in mapping.key]
        self.ended = self._ended(shape)
        self.position = {cell.name: number for number, cell in enumerate(self.columns)}
        self.wide = bool(mapping.stages or mapping.outcome or mapping.spread)

    def is_order(self, touchpoint: str) -> bool:
        rule = self.mapping.touchpoints.get(touchpoint)
        return rule is not None and rule.event == "won"

    def _ended(self, shape: Shape) -> str:
        outcome = self.mapping.outcome
        if not outcome:
            return "CAST(NULL AS VARCHAR)"
        text = shape.sql(outcome.column)
        cases = [
            f"WHEN lower({text}) IN ({', '.join(f'lower({self.bound(word.strip())})' for word in words)}) "
            f"THEN '{event}'"
            for event, words in (("won", outcome.won), ("lost", outcome.lost))
            if words
        ]
        return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"

    def cells_sql(self, raw: str = RAW) -> str:
        """Every row read: row_no, texts t0..tN, values v0..vN, keys k0..kN, ended, contacts if wide."""
        texts = ", ".join(f"{cell.text} AS t{n}" for n, cell in enumerate(self.read))
        keys = "".join(f", {key} AS k{n}" for n, key in enumerate(self.keys))
        values = ", ".join(
            f"CAST({cell.value.replace('{text}', f't{n}')} AS {SQL_TYPES[cell.kind]}) AS v{n}"
            for n, cell in enumerate(self.read)
        )
        made = self._measurements() if self.spread else self._contacts()
        contacts = f", {made} AS contacts" if self.wide else ""
        return (
            f"SELECT *{contacts} FROM (SELECT *, {values} FROM ("
            f"SELECT *, _row AS row_no, {self.ended} AS ended, {texts}{keys} FROM {raw}))"
        )

    def complete(self) -> str:
        """Whether a row of `cells_sql` has all its required values."""
        held = [f"v{n} IS NOT NULL" for n, cell in enumerate(self.read) if cell.required]
        held += [f"(t{n} IS NULL OR v{n} IS NOT NULL)" for n, cell in enumerate(self.read) if cell.strict]
        if choice := self._any_of():
            held.append(f"({' OR '.join(f'v{n} IS NOT NULL' for n in choice)})")
        return " AND ".join(held) or "true"

    def _any_of(self) -> list[int]:
        """The columns of which a row needs one; none where a wide table's cells are the values."""
        wanted = () if self.spread else contract()[self.mapping.table].any_of
        return [self.position[name] for name in wanted if name in self.position]

    def accepted(self) -> str:
        """Whether a row of `cells_sql` is stored."""
        rest = [f"NOT ({t.found})" for t in self.troubles() if t.fatal and t.cell is None]
        return " AND ".join([self.complete(), *rest])

    def likeness(self) -> str:
        """A number, over `cells_sql`, that rows with the same identity share; others seldom do."""
        required = [f"v{n}" for n, cell in enumerate(self.columns) if cell.required]
        keys = [f"k{n}" for n in range(len(self.keys))]
        return f"hash({', '.join(keys or required or [f'v{n}' for n in range(len(self.read))])})"

    def identity(self) -> str:
        """The hash, over `cells_sql`, that tells whether two rows are the same record."""
        return self._key() if self.keys else self.record_hash()

    def record_key(self) -> str:
        """Over rows with `record_hash` and an `ordinal`."""
        if self.keys:
            return self._key()
        numbered = self._hashed("record_hash, ':', ordinal")
        return numbered if self.as_text else f"CASE WHEN ordinal = 1 THEN record_hash ELSE {numbered} END"

    def faults_sql(self, suspects: Collection[int] | None) -> str:
        """row_no, code (a place in `troubles`) and value of each fault; of the suspected cells only, of all
        where `suspects` is None."""
        chosen = [
            (code, t) for code, t in enumerate(self.troubles()) if suspects is None or t.cell in suspects
        ]
        listed = ", ".join(
            f"{{'code': {code}, 'value': CASE WHEN {t.found} THEN {t.value} END}}" for code, t in chosen
        )
        some = " OR ".join(f"({t.found})" for _, t in chosen)
        return (
            "SELECT row_no, f.code AS code, f.value AS value FROM (SELECT row_no, "
            f"unnest(list_filter([{listed}], lambda f: f.value IS NOT NULL)) AS f "
            f"FROM ({self.cells_sql()}) WHERE {some})"
        )

    def troubles(self) -> list[Trouble]:
        found, choice = [], self._any_of()
        for n, cell in enumerate(self.read):
            needed = cell.required or choice == [n]
            fatal = needed or cell.strict
            said = cell.expected if fatal else LEFT_OUT.fill(reason=cell.expected)
            unreadable, shown = f"t{n} IS NOT NULL AND v{n} IS NULL", f"left(t{n}, 200)"
            found.append(Trouble(cell.label, said, fatal, unreadable, shown, n))
            if needed:
                absent = f"t{n} IS NULL AND v{n} IS NULL"
                found.append(Trouble(cell.label, MISSING, True, absent, cell=n))
        if len(choice) > 1:
            label = ", ".join(self.columns[n].label for n in choice)
            nothing = " AND ".join(f"v{n} IS NULL" for n in choice)
            found.append(Trouble(label, NONE_OF, True, nothing))
        if self.spread:
            ends = [self.spread[0].label, self.spread[-1].label]
            found.append(Trouble(" … ".join(dict.fromkeys(ends)), NO_NUMBER, True, "len(contacts) = 0"))
        elif self.wide:
            label = ", ".join(dict.fromkeys(cell.label for cell in self._dated()))
            found.append(Trouble(label, NO_DATE, True, "len(contacts) = 0"))
        if self.closing:
            n = len(self.read) - 1
            late = f"ended IS NOT NULL AND v{n} IS NULL AND len(contacts) > 0"
            found.append(Trouble(self.closing.label, FALLBACK, False, late))
        if self.keys:
            empty = " OR ".join(f"k{n} IS NULL" for n in range(len(self.keys)))
            found.append(Trouble(" + ".join(self.mapping.key), NO_KEY, True, empty))
        return found

    def _dated(self) -> list[Cell]:
        base = [cell for cell in self.columns if cell.name == "occurred_at"]
        return [*base, *self.stages, *([self.closing] if self.closing else [])]

    def record_hash(self) -> str:
        """What the record says: every mapped field with its length, NULL apart from empty, and the mapping's
        own shape, so that another reading of the same cells is another record."""
        shape = [cell.name for cell in self.columns] + [stage.touchpoint for stage in self.mapping.stages]
        shape += [f"{each.period or ''}{each.kpi or ''}" for each in self.mapping.spread]
        outcome = self.mapping.outcome
        if outcome:
            shape += [outcome.won_touchpoint, outcome.lost_touchpoint, str(outcome.won_phase)]
            shape += [str(outcome.lost_phase)]
        said = chr(31).join(sorted(shape))
        order = sorted(range(len(self.columns)), key=lambda n: self.columns[n].name)
        order += range(len(self.columns), len(self.read))
        if self.as_text:
            pieces = _measured([*(f"CAST(v{n} AS VARCHAR)" for n in order), "ended"])
            return self._hashed(f"{self.bound(said)}, {pieces}")
        # less to hash: a digest of the shape, and no lengths for kinds whose values hold no semicolon
        short = hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()[:16]
        fields = [
            _measured([f"v{n}"])
            if self.read[n].kind == "text"
            else f"coalesce(CAST(v{n} AS VARCHAR), '-'), ';'"
            for n in order
        ]
        return self._hashed(", ".join([self.bound(short), *fields, _measured(["ended"])]))

    def _key(self) -> str:
        return self._hashed(_measured([f"k{n}" for n in range(len(self.keys))]))

    def _hashed(self, pieces: str) -> str:
        return f"md5(concat({pieces}))" if self.as_text else f"CAST(md5_number(concat({pieces})) AS UUID)"

    def _measurements(self) -> str:
        """The measurements of a wide row as a list: no, value, and the period or KPI of the column."""
        first = len(self.columns)
        structs = ", ".join(
            f"{{'no': {n}, 'value': v{first + n}, 'period': CAST({self._bound_or_null(each.period)} AS "
            f"TIMESTAMP), 'kpi': CAST({self._bound_or_null(each.kpi)} AS VARCHAR)}}"
            for n, each in enumerate(self.mapping.spread)
        )
        return f"list_filter([{structs}], lambda c: c.value IS NOT NULL)"

    def _bound_or_null(self, value: object) -> str:
        return "NULL" if value is None else self.bound(value)

    def _contacts(self) -> str:
        """The contacts of a wide row as a list: no, at, touchpoint, event, phase."""
        made = []
        if "occurred_at" in self.position:
            when, where = self.position["occurred_at"], self.position["touchpoint"]
            made.append((f"v{when}", f"v{where}", "NULL", "NULL"))
        first = len(self.columns)
        for n, stage in enumerate(self.stages):
            made.append((f"v{first + n}", self.bound(stage.name), "NULL", "NULL"))
        outcome = self.mapping.outcome
        if outcome:
            latest = ", ".join(at for at, *_ in made)
            closed = f"v{len(self.read) - 1}"
            closed = f"coalesce({closed}, list_max([{latest}]))" if made else closed
            won, lost = self.bound(outcome.won_touchpoint), self.bound(outcome.lost_touchpoint)
            phases = [self.bound(p) if p else "NULL" for p in (outcome.won_phase, outcome.lost_phase)]
            made.append(
                (
                    f"CASE WHEN ended IS NOT NULL THEN {closed} END",
                    f"CASE ended WHEN 'won' THEN {won} ELSE {lost} END",
                    "ended",
                    f"CASE ended WHEN 'won' THEN {phases[0]} ELSE {phases[1]} END",
                )
            )
        structs = ", ".join(
            f"{{'no': {n}, 'at': {at}, 'touchpoint': CAST({touchpoint} AS VARCHAR), "
            f"'event': CAST({event} AS VARCHAR), 'phase': CAST({phase} AS VARCHAR)}}"
            for n, (at, touchpoint, event, phase) in enumerate(made)
        )
        return f"list_filter([{structs}], lambda c: c.at IS NOT NULL AND c.touchpoint IS NOT NULL)"

    def rows(self) -> str:
        """The columns of the source part, over the typed table (and `c`, `carrier` if wide)."""
        columns = []
        if self.spread:
            columns = [f"v{n} AS {identifier(cell.name)}" for n, cell in enumerate(self.columns)]
            told = "kpi" if self.mapping.spread[0].period is None else "period"
            return ", ".join([*columns, f"c.{told} AS {told}", "c.value AS value"])
        for n, cell in enumerate(self.columns):
            if self.wide and cell.name in ("occurred_at", "touchpoint", "event", "phase"):
                continue
            once = self.wide and (cell.kind in ONCE or cell.name == "comment")
            value = f"CASE WHEN c.no = carrier THEN v{n} END" if once else f"v{n}"
            columns.append(f"{value} AS {identifier(cell.name)}")
        if self.wide:
            columns += ["c.at AS occurred_at", "c.touchpoint AS touchpoint"]
            for name in ("event", "phase"):
                own = f"coalesce(c.{name}, v{self.position[name]})" if name in self.position else f"c.{name}"
                columns.append(f"{own} AS {name}")
        return ", ".join(columns)
