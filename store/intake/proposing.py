"""A first mapping from a file's headers and values, and what remains to be asked."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.contract import contract
from core.query import plain_name
from core.text import Text
from store.engine import connect
from store.intake.cells import Place, Shape
from store.intake.contactmapping import TOUCHPOINTS, contact_mapping
from store.intake.deciding import Question
from store.intake.mapping import ColumnRule, Mapping
from store.intake.matching import Draft, column_question
from store.intake.recognising import header_of, mostly_apart, tells_apart
from store.intake.vocabulary import meanings

SAMPLE: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A mapping that can be read by, what a person should answer first, and how sure it is (0 to 1)."""

    mapping: Mapping
    questions: tuple[Question, ...]
    confidence: float


def propose(
    raw: Path, shape: Shape, place: Place, scratch: Path, *, name: str, typed: Map[str, str] | None = None
) -> Proposal:
    """Propose a mapping for a raw table. `name` is the file's, from which the source gets its own."""
    connection = connect(temp=scratch, readable=[raw])
    try:
        columns = ", ".join(shape.sql(header) for header in shape.columns)
        rows = connection.execute(
            f"SELECT {columns} FROM read_parquet($raw) ORDER BY _row LIMIT {SAMPLE}", {"raw": str(raw)}
        ).fetchall()
        headers = [
            header_of(header, [row[n] for row in rows if row[n] is not None], (typed or {}).get(header))
            for n, header in enumerate(shape.columns)
        ]
        draft = Draft(headers, plain_name(Path(name).stem).removeprefix("c_") or "quelle", place.phases)
        table = draft.table()
        if table != "contacts":
            return _other(draft, table)
        mapping, questions, sure = contact_mapping(draft)
        names = _touchpoint_names(connection, raw, mapping, shape)
        said = mapping.model_copy(update={"touchpoints": meanings(names, place.phases)})
        return Proposal(mapping=said, questions=questions, confidence=sure)
    finally:
        connection.close()


def _touchpoint_names(connection: Any, raw: Path, mapping: Mapping, shape: Shape) -> list[str]:
    """The touchpoints that the mapping will produce, the most frequent first."""
    names = [stage.touchpoint for stage in mapping.stages]
    rule = mapping.columns.get("touchpoint")
    if rule and rule.constant is not None:
        names.append(str(rule.constant))
    if rule and rule.header is not None:
        text = shape.sql(rule.header)
        names += [
            value
            for (value,) in connection.execute(
                f"SELECT t FROM (SELECT {text} AS t FROM read_parquet($raw)) WHERE t IS NOT NULL "
                f"GROUP BY t ORDER BY count(*) DESC, t LIMIT {TOUCHPOINTS}",
                {"raw": str(raw)},
            ).fetchall()
        ]
    return names


def _other(draft: Draft, table: str) -> Proposal:
    """Another table. Rows are updated by their names and periods where these tell them apart."""
    found, spread = draft.matches(table), draft.spread() if table == "measurements" else ()
    taken = {each.column for each in spread}
    found = {name: header for name, header in found.items() if header.name not in taken}
    columns = {name: draft.rule(header, contract()[table].columns[name]) for name, header in found.items()}
    kinds = contract()[table].columns
    questions: tuple[Question, ...] = ()
    if table == "measurements" and "project" not in found:
        columns["project"] = ColumnRule(constant=draft.source)
        questions = (_project_question(draft),)
    naming = [h for name, h in found.items() if kinds[name].kind in ("text", "time") and name not in _SAID]
    apart = bool(naming) and (mostly_apart if table == "measurements" else tells_apart)(naming)
    mapping = Mapping(
        source=draft.source,
        table=table,
        mode="upsert" if apart else "append",
        key=tuple(header.name for header in naming) if apart else (),
        columns=columns,
        spread=spread,
    )
    return Proposal(mapping=mapping, questions=questions, confidence=0.9)


def _project_question(draft: Draft) -> Question:
    text = Text(
        de="Keine Spalte nennt das Projekt. Welche tut es? Ohne eine gelten alle Zeilen als Messwerte "
        "des Projekts „{source}“.",
        en="No column names the project. Which one does? Without one all rows count as measurements of "
        "the project “{source}”.",
    )
    return column_question(
        "project", text.fill(source=draft.source), [h for h in draft.headers if h.looks == "text"], ""
    )


_SAID: Final = frozenset({"note", "owner", "worry", "argument", "cause", "answered_at"})
"""Columns that say something about a row rather than which row it is."""
