"""The reading plan of one mapping over one raw table: SQL for typed values, contacts, hashes and faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.contract import SQL_TYPES
from core.query import identifier
from core.text import Text
from store.intake.cells import Bound, Cell, Cells, Place, Shape
from store.intake.mapping import ColumnRule, Mapping

ONCE: Final = frozenset({"number", "score", "flag", "time"})
"""Kinds of columns that go to one contact of a wide row only, so that sums count a row once."""

NO_DATE = Text(
    de="Die Zeile hat kein lesbares Datum, aus dem ein Kontakt werden könnte",
    en="The row has no readable date that a contact could be made of",
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
    """A kind of fault: an SQL text that is NULL where all is well, and what to say where it is not."""

    column: str
    reason: Text
    fatal: bool
    value: str


class Plan:
    """The columns of the typed table and the faults to look for, for one mapping over one raw table."""

    def __init__(self, mapping: Mapping, shape: Shape, place: Place, bound: Bound) -> None:
        self.mapping, self.bound = mapping, bound
        self.cells = Cells(mapping, shape, place, bound)
        self.columns = self.cells.all()
        self.stages = [
            self.cells.time(stage.touchpoint, ColumnRule(header=stage.column, format=stage.format))
            for stage in mapping.stages
        ]
        self.closing = self.cells.time("outcome", mapping.outcome.date) if mapping.outcome else None
        self.read = [*self.columns, *self.stages, *([self.closing] if self.closing else [])]
        self.keys = [shape.sql(header) for header in mapping.key]
        self.ended = self._ended(shape)
        self.position = {cell.name: number for number, cell in enumerate(self.columns)}
        self.wide = bool(mapping.stages or mapping.outcome)

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

    def typed(self) -> str:
        """The typed table: row_no, v0..vN, record_hash, key_hash, contacts if wide, faults, accepted."""
        texts = ", ".join(f"{cell.text} AS t{n}" for n, cell in enumerate(self.read))
        keys = "".join(f", {key} AS k{n}" for n, key in enumerate(self.keys))
        values = ", ".join(
            f"CAST({cell.value.replace('{text}', f't{n}')} AS {SQL_TYPES[cell.kind]}) AS v{n}"
            for n, cell in enumerate(self.read)
        )
        troubles = self.troubles()
        fatal = " OR ".join(f"({t.value}) IS NOT NULL" for t in troubles if t.fatal) or "false"
        any_trouble = " OR ".join(f"({t.value}) IS NOT NULL" for t in troubles) or "false"
        listed = ", ".join(f"{{'code': {n}, 'value': {t.value}}}" for n, t in enumerate(troubles))
        faults = (
            f"CASE WHEN {any_trouble} THEN list_filter([{listed}], lambda f: f.value IS NOT NULL) END"
            if troubles
            else "CAST(NULL AS STRUCT(code INTEGER, value VARCHAR)[])"
        )
        kept = ", ".join(f"v{n}" for n in range(len(self.columns)))
        return (
            f"SELECT row_no, {kept}, {self._hash()} AS record_hash, {self._key()} AS key_hash, "
            f"{'contacts, ' if self.wide else ''}{faults} AS faults, NOT ({fatal}) AS accepted FROM ("
            f"SELECT *{', ' + self._contacts() + ' AS contacts' if self.wide else ''} FROM ("
            f"SELECT *, {values} FROM ("
            f"SELECT *, _row AS row_no, {self.ended} AS ended, {texts}{keys} FROM read_parquet($raw))))"
        )

    def troubles(self) -> list[Trouble]:
        found = []
        for n, cell in enumerate(self.read):
            unreadable = f"CASE WHEN t{n} IS NOT NULL AND v{n} IS NULL THEN left(t{n}, 200) END"
            said = cell.expected if cell.required else LEFT_OUT.fill(reason=cell.expected)
            found.append(Trouble(cell.label, said, cell.required, unreadable))
            if cell.required:
                absent = f"CASE WHEN t{n} IS NULL AND v{n} IS NULL THEN '' END"
                found.append(Trouble(cell.label, MISSING, True, absent))
        if self.wide:
            label = ", ".join(dict.fromkeys(cell.label for cell in self._dated()))
            found.append(Trouble(label, NO_DATE, True, "CASE WHEN len(contacts) = 0 THEN '' END"))
        if self.closing:
            n = len(self.read) - 1
            late = f"CASE WHEN ended IS NOT NULL AND v{n} IS NULL AND len(contacts) > 0 THEN '' END"
            found.append(Trouble(self.closing.label, FALLBACK, False, late))
        if self.keys:
            empty = " OR ".join(f"k{n} IS NULL" for n in range(len(self.keys)))
            found.append(
                Trouble(" + ".join(self.mapping.key), NO_KEY, True, f"CASE WHEN {empty} THEN '' END")
            )
        return found

    def _dated(self) -> list[Cell]:
        base = [cell for cell in self.columns if cell.name == "occurred_at"]
        return [*base, *self.stages, *([self.closing] if self.closing else [])]

    def _hash(self) -> str:
        """What the record says: every mapped field with its length, NULL apart from empty, and the mapping's
        own shape, so that another reading of the same cells is another record."""
        shape = [cell.name for cell in self.columns] + [stage.touchpoint for stage in self.mapping.stages]
        outcome = self.mapping.outcome
        if outcome:
            shape += [outcome.won_touchpoint, outcome.lost_touchpoint, str(outcome.won_phase)]
            shape += [str(outcome.lost_phase)]
        fields = [f"CAST(v{n} AS VARCHAR)" for n in range(len(self.read))] + ["ended"]
        order = sorted(range(len(self.columns)), key=lambda n: self.columns[n].name)
        fields = [fields[n] for n in order] + fields[len(self.columns) :]
        pieces = ", ".join(f"coalesce(length({field}) || ':' || {field}, '-')" for field in fields)
        return f"md5(concat({self.bound(chr(31).join(sorted(shape)))}, {pieces}))"

    def _key(self) -> str:
        if not self.keys:
            return "CAST(NULL AS VARCHAR)"
        pieces = ", ".join(f"coalesce(length(k{n}) || ':' || k{n}, '-')" for n in range(len(self.keys)))
        return f"md5(concat({pieces}))"

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
