"""Which way a column's dates and numbers are written: decided by all its values, else asked."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from core.contract import contract
from core.errors import InputFault, UsageFault
from core.text import Text, same
from store.engine import connect
from store.intake import casting, dates
from store.intake.cells import Bound, Cell, Cells, Place, Shape, reads_number, reads_time
from store.intake.mapping import ColumnRule, DateFormat, Decimal, Mapping

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

GUESSABLE: Final[tuple[DateFormat, ...]] = (
    "iso", "d.m.y", "m/d/y", "d/m/y", "y/m/d", "d-m-y", "m-d-y", "ymd", "y-m", "ym", "m.y", "epoch_ms",
    "epoch_s",
)  # fmt: skip
"""Forms that a time column is tried against, in this order where two fit equally well."""

NAMED: Final[tuple[DateFormat, ...]] = ("period",)
"""Beside them, for the period that a row of figures is about."""

SAMPLED: Final = "_row <= 2000 OR hash(_row) % 1000 = 0"
"""Which rows tell the form of a date column; between rival forms all rows do."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A possible answer: what goes into the mapping, and how a person reads it."""

    value: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the file leaves open. `field` is where the answer goes in the mapping (see `answered`).

    A blocking question must be answered before anything is imported; another one has an answer already, in
    `suggestion`, that a person should look at.
    """

    field: str
    kind: Literal["date", "decimal", "pivot_year", "column", "mode"]
    text: Text
    choices: tuple[Choice, ...]
    suggestion: str | None = None
    blocking: bool = True


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The mapping with all that the columns themselves decide filled in, and what they leave open."""

    mapping: Mapping
    questions: tuple[Question, ...]

    def demand(self) -> Mapping:
        """The mapping if nothing is open; else an InputFault that asks."""
        still = [question for question in self.questions if question.blocking]
        if still:
            first = still[0]
            raise InputFault(
                Text(
                    de="{text} Antworten Sie in der Zuordnung mit {field} = {choices}.",
                    en="{text} Answer in the mapping with {field} = {choices}.",
                ).fill(
                    text=first.text,
                    field=first.field,
                    choices=Text(
                        de=" oder ".join(f"„{choice.value}“" for choice in first.choices),
                        en=" or ".join(f"“{choice.value}”" for choice in first.choices),
                    ),
                )
            )
        return self.mapping


@dataclass(frozen=True)
class _Open:
    """A rule whose form is not declared yet."""

    field: str
    rule: ColumnRule
    cell: Cell


def decide(raw: Path, mapping: Mapping, shape: Shape, place: Place, scratch: Path) -> Decided:
    """Look at every value of the time and number columns whose form the mapping leaves open.

    A form is decided where the values themselves rule the others out: a day above 12, a sign that can only be
    the decimal one. It stays open where two readings of a value differ and nothing rules one out, or where
    values contradict each other. A column without evidence either way reads the same both ways.
    """
    bound = Bound()
    cells = Cells(mapping, shape, place, bound)
    times, numbers = _undeclared(mapping, shape, cells)
    if not times and not numbers and not _with_short_years(mapping, cells):
        return Decided(mapping=mapping, questions=())
    connection = connect(temp=scratch, readable=[raw])
    try:
        found: dict[str, str] = {}
        questions: list[Question] = []
        for each in times:
            form, question = _date_form(connection, raw, each, bound, mapping.pivot_year)
            questions += [question] if question else []
            if form:
                found[each.field] = form
        for each in numbers:
            decimal, question = _decimal(connection, raw, each, bound, place)
            questions += [question] if question else []
            if decimal:
                found[each.field] = decimal
        questions = [_with_hint(question, found) for question in questions]
        decided = answered(mapping, found)
        questions += _short_years(connection, raw, decided, cells)
        return Decided(mapping=decided, questions=tuple(questions))
    finally:
        connection.close()


def answered(mapping: Mapping, answers: Map[str, str]) -> Mapping:
    """The mapping with answers filled in. A field is `columns.<name>.format`, `columns.<name>.decimal`,
    `stages.<n>.format`, `outcome.date.format`, `decimals`, `pivot_year`, `key` or `columns.<name>` (a
    header); any other is a UsageFault."""
    values = mapping.model_dump(mode="python")
    for field, answer in answers.items():
        match field.split("."):
            case ["columns", name, ("format" | "decimal") as part] if name in mapping.columns:
                values["columns"][name] = {**_full(mapping.columns[name]), part: answer}
            case ["stages", number, "format"] if number.isdigit() and int(number) < len(mapping.stages):
                stages = list(values["stages"])
                stages[int(number)] = {**stages[int(number)], "format": answer}
                values["stages"] = stages
            case ["outcome", "date", "format"] if mapping.outcome:
                rule = {**_full(mapping.outcome.date), "format": answer}
                values["outcome"] = {**values["outcome"], "date": rule}
            case ["columns", name] if name in contract()[mapping.table].columns:
                values["columns"][name] = answer or mapping.columns[name].model_dump()
            case ["decimals"]:
                values["decimals"] = answer
            case ["key"]:
                values |= {"mode": "upsert", "key": (answer,)} if answer else {}
            case ["pivot_year"]:
                values["pivot_year"] = answer
            case _:
                raise UsageFault(
                    Text(
                        de="Auf „{field}“ wartet keine Frage.", en="No question is waiting for “{field}”."
                    ).fill(field=field)
                )
    return Mapping.model_validate(values)


def _full(rule: ColumnRule) -> dict[str, Any]:
    dumped = rule.model_dump()
    return {"header": dumped} if isinstance(dumped, str) else dict(dumped)


def _time_cells(mapping: Mapping, cells: Cells) -> list[tuple[str, ColumnRule, Cell]]:
    """All columns that hold times and are read from the file as such."""
    table = contract()[mapping.table]
    found = [
        (f"columns.{name}.format", rule, cells.of(name, rule))
        for name, rule in mapping.columns.items()
        if name in table.columns and table.columns[name].kind == "time"
    ]
    for number, stage in enumerate(mapping.stages):
        rule = ColumnRule(header=stage.column, format=stage.format)
        found.append((f"stages.{number}.format", rule, cells.time(stage.touchpoint, rule)))
    if mapping.outcome:
        rule = mapping.outcome.date
        found.append(("outcome.date.format", rule, cells.time("outcome", rule)))
    return [(field, rule, cell) for field, rule, cell in found if rule.header is not None or rule.first_of]


def _with_short_years(mapping: Mapping, cells: Cells) -> list[Cell]:
    """Time columns whose form takes two-digit years."""
    if "pivot_year" in mapping.model_fields_set:
        return []
    return [
        cell
        for _, rule, cell in _time_cells(mapping, cells)
        if reads_time(rule, mapping, cells.shape) in dates.SHORT_YEARS
    ]


def _undeclared(mapping: Mapping, shape: Shape, cells: Cells) -> tuple[list[_Open], list[_Open]]:
    table = contract()[mapping.table]
    times = [
        _Open(field, rule, cell)
        for field, rule, cell in _time_cells(mapping, cells)
        if reads_time(rule, mapping, shape) is None
    ]
    numbers = [
        _Open(f"columns.{name}.decimal", rule, cells.of(name, rule))
        for name, rule in mapping.columns.items()
        if name in table.columns
        and table.columns[name].kind in ("number", "score")
        and (rule.header is not None or rule.first_of)
        and reads_number(rule, mapping, shape) is None
    ]
    spread = [ColumnRule(header=each.column) for each in mapping.spread]
    if any(reads_number(rule, mapping, shape) is None for rule in spread):
        numbers.append(_Open("decimals", spread[0], _together([cells.number(rule) for rule in spread])))
    return times, numbers


def _together(several: Sequence[Cell]) -> Cell:
    """Cells that are written in the same way, as one whose texts are those of all."""
    label = " … ".join(dict.fromkeys([several[0].label, several[-1].label]))
    return replace(several[0], label=label, text=f"unnest([{', '.join(cell.text for cell in several)}])")


def _ask(
    connection: Connection,
    raw: Path,
    column: Cell,
    select: str,
    bound: Bound,
    *,
    only: str = "true",
    rows: str = "true",
) -> tuple[Any, ...]:
    """One row of aggregates over the column `t` of texts that are not empty, and their row numbers."""
    sql = (
        f"SELECT {select} FROM (SELECT _row, {column.text} AS t FROM read_parquet($raw) WHERE {rows}) "
        f"WHERE t IS NOT NULL AND ({only})"
    )
    row = connection.execute(sql, {**bound.used(sql), "raw": str(raw)}).fetchone()
    return tuple(row) if row else ()


def _date_form(
    connection: Connection, raw: Path, column: _Open, bound: Bound, pivot_year: int
) -> tuple[DateFormat | None, Question | None]:
    """The form most of a sample fits; between rivals, what every value of the column says."""
    tried = GUESSABLE + (NAMED if column.field == "columns.period.format" else ())
    values = {form: dates.time_sql("t", form, pivot_year, "'UTC'") for form in tried}
    counted = ", ".join(["count(*)", *(f"count({value})" for value in values.values())])
    filled, *counts = _ask(connection, raw, column.cell, counted, bound, rows=SAMPLED)
    if not filled:
        filled, *counts = _ask(connection, raw, column.cell, counted, bound)
    fits = dict(zip(tried, counts, strict=True))
    best = max(tried, key=lambda form: fits[form])
    if not filled or not fits[best]:
        # Nothing to read, or nothing readable: every cell will be reported as no ISO date.
        return "iso", None
    rival = dates.RIVALS.get(best)
    if rival is None:
        return best, None
    first, second = dates.day_or_month_sql("t")
    above_first, above_second, differ, example, any_text = _ask(
        connection, raw, column.cell,
        f"count(*) FILTER ({first} > 12 AND {second} <= 12), "
        f"count(*) FILTER ({second} > 12 AND {first} <= 12), "
        f"count(*) FILTER ({first} <= 12 AND {second} <= 12 AND {first} <> {second}), "
        f"arg_min(t, _row) FILTER ({first} <= 12 AND {second} <= 12 AND {first} <> {second}), "
        "arg_min(t, _row)",
        bound,
    )  # fmt: skip
    day_first, month_first = sorted((best, rival), key=lambda form: not form.startswith("d"))
    if above_first and not above_second:
        return day_first, None
    if above_second and not above_first:
        return month_first, None
    if not (above_first or differ):
        return day_first, None
    both: Text | str = ""
    if above_first and above_second:
        both = Text(
            de="Beide Schreibweisen kommen vor: {one} Werte passen nur zur einen, {other} nur zur anderen.",
            en="Both ways occur: {one} values only fit the one, {other} only the other.",
        ).fill(one=above_first, other=above_second)
    text = Text(
        de="Wie sind die Daten in „{column}“ zu lesen, etwa „{example}“? Tag und Monat sind nicht "
        "eindeutig. {both}",
        en="How are the dates in “{column}” to be read, such as “{example}”? Day and month are "
        "ambiguous. {both}",
    ).fill(column=column.cell.label, example=str(example or any_text), both=both)
    choices = tuple(Choice(value=form, label=dates.WRITTEN[form]) for form in (day_first, month_first))
    return None, Question(field=column.field, kind="date", text=text, choices=choices)


def _decimal(
    connection: Connection, raw: Path, column: _Open, bound: Bound, place: Place
) -> tuple[Decimal | None, Question | None]:
    """The decimal sign, from every value that holds a comma or a point: only those can differ."""
    bare = casting.bare_sql("t", place.currency, column.cell.money)
    comma, point = casting.is_number_sql(bare, ","), casting.is_number_sql(bare, ".")
    only_comma, only_point, differ, example, any_text = _ask(
        connection, raw, column.cell,
        f"count(*) FILTER ({comma} AND NOT {point}), count(*) FILTER ({point} AND NOT {comma}), "
        f"count(*) FILTER ({comma} AND {point}), arg_min(t, _row) FILTER ({comma} AND {point}), "
        "arg_min(t, _row)",
        bound, only="contains(t, ',') OR contains(t, '.')",
    )  # fmt: skip
    if not (only_comma and only_point):
        if only_comma:
            return ",", None
        if only_point or not differ:
            return ".", None
    both: Text | str = ""
    if only_comma and only_point:
        both = Text(
            de="Beide Schreibweisen kommen vor ({comma} und {point} Werte).",
            en="Both ways occur ({comma} and {point} values).",
        ).fill(comma=only_comma, point=only_point)
    text = Text(
        de="Wie sind die Zahlen in „{column}“ zu lesen, etwa „{example}“? Komma und Punkt sind nicht "
        "eindeutig. {both}",
        en="How are the numbers in “{column}” to be read, such as “{example}”? Comma and point are "
        "ambiguous. {both}",
    ).fill(column=column.cell.label, example=str(example or any_text), both=both)
    choices = (
        Choice(value=",", label=Text(de="1.234,56 (Komma)", en="1.234,56 (comma)")),
        Choice(value=".", label=Text(de="1,234.56 (Punkt)", en="1,234.56 (point)")),
    )
    return None, Question(field=column.field, kind="decimal", text=text, choices=choices)


def _with_hint(question: Question, found: Map[str, str]) -> Question:
    """Suggest what the file's other columns of that kind decided, where they agree. It is still asked."""
    part = "decimal" if question.kind == "decimal" else "format"
    others = {value for field, value in found.items() if field.endswith(part)}
    likely = [choice.value for choice in question.choices if choice.value in others]
    if len(likely) != 1:
        return question
    return Question(
        field=question.field, kind=question.kind, text=question.text, choices=question.choices,
        suggestion=likely[0],
    )  # fmt: skip


def _short_years(connection: Connection, raw: Path, mapping: Mapping, cells: Cells) -> list[Question]:
    short = dates.two_digit_years_sql("t")
    for cell in _with_short_years(mapping, cells):
        count, example = _ask(connection, raw, cell, "count(*), arg_min(t, _row)", cells.bound, only=short)
        if count:
            text = Text(
                de="In „{column}“ haben {count} Daten nur zweistellige Jahre, etwa „{example}“. Bis {pivot} "
                "gelten sie als 20.., darüber als 19...",
                en="In “{column}”, {count} dates have two-digit years only, such as “{example}”. Up to "
                "{pivot} they are taken as 20.., above as 19...",
            ).fill(column=cell.label, count=count, example=str(example), pivot=mapping.pivot_year)
            pivot = str(mapping.pivot_year)
            choices = (Choice(value=pivot, label=same(pivot)),)
            return [
                Question(
                    field="pivot_year", kind="pivot_year", text=text, suggestion=pivot, blocking=False,
                    choices=choices,
                )
            ]  # fmt: skip
    return []
