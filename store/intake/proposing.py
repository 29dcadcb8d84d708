"""A first mapping from a file's headers and values, and what remains to be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from core.contract import EVENTS, Column, contract
from core.query import plain_name
from core.text import Text, same
from store.engine import connect
from store.intake.cells import Place, Shape
from store.intake.deciding import Choice, Question
from store.intake.mapping import ColumnRule, Mapping, Outcome, Parts, Spread, Stage
from store.intake.periodnames import period_of
from store.intake.recognising import (
    Header,
    fits,
    header_of,
    meant,
    measures,
    mostly_apart,
    names_periods,
    names_years,
    tells_apart,
)
from store.intake.vocabulary import Subject, meanings, vocabulary

SAMPLE: Final = 2_000
TOUCHPOINTS: Final = 200


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
        draft = _Draft(headers, plain_name(Path(name).stem).removeprefix("c_") or "quelle", place.phases)
        table = draft.table()
        if table != "contacts":
            return draft.other(table)
        proposal = draft.contacts()
        names = _touchpoint_names(connection, raw, proposal.mapping, shape)
        return Proposal(
            mapping=proposal.mapping.model_copy(update={"touchpoints": meanings(names, place.phases)}),
            questions=proposal.questions,
            confidence=proposal.confidence,
        )
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


@dataclass(frozen=True)
class _Closing:
    """The column that says how a row ended, the one that dates it, and the words for won and lost."""

    header: Header
    dates: tuple[Header, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def date(self) -> ColumnRule:
        """Where won and lost rows are dated in two columns, the first that is filled."""
        names = tuple(header.name for header in self.dates)
        return ColumnRule(header=names[0]) if len(names) == 1 else ColumnRule(first_of=names)


class _Draft:
    """The headers of one file and what has been made of them so far."""

    def __init__(self, headers: Sequence[Header], source: str, phases: Sequence[str]) -> None:
        self.headers, self.source = headers, source
        self.words: dict[str, Sequence[str]] = {"phase": phases, "event": EVENTS}

    def matches(self, table: str) -> dict[str, Header]:
        """Columns of a table that headers name, exactly or by an alias, where the values fit the kind."""
        found: dict[str, Header] = {}
        used: set[str] = set()
        columns = contract()[table].columns
        for exact in (True, False):
            for name, column in columns.items():
                said = [plain_name(column.label.de), plain_name(column.label.en)]
                words = [name] if exact else [*column.aliases, *said]
                wanted = {word.replace("_", "") for word in words}
                for header in self.headers:
                    if name in found or header.name in used:
                        continue
                    fitting = fits(header, column, self.words.get(name, ()))
                    fitting = fitting or (name == "period" and names_periods(header))
                    fitting = fitting or (table == "measurements" and measures(self.headers))
                    if header.compact in wanted and fitting:
                        found[name] = header
                        used.add(header.name)
        return found

    def table(self) -> str:
        """The table whose required columns are all there and most of whose columns are; contacts on a tie."""
        best, most = "contacts", 0.0
        for name, table in contract().items():
            found = self.matches(name)
            whole = all(column in found for column in table.required)
            whole = whole or (name == "measurements" and self.measures_one_project(found))
            if name == "contacts":
                whole = "customer_id" in found and ("occurred_at" in found or len(self.dated()) > 0)
                whole = whole or len(self.dated()) > 1
            specific = len(found) + (0.5 if name == "contacts" else 0)
            if name == "reach" and not {"impressions", "visits", "clicks"} & set(found):
                continue
            if whole and specific > most:
                best, most = name, specific
        return "measurements" if best != "measurements" and self.spread() else best

    def measures_one_project(self, found: Map[str, Header]) -> bool:
        """Whether the file holds a project's measurements without naming it, as one file a project does."""
        said = {"kpi", "period"} <= set(found) and bool({"value", "numerator"} & set(found))
        return said and "project" not in found and "customer_id" not in self.matches("contacts")

    def spread(self) -> tuple[Spread, ...]:
        """The columns of numbers that stand for periods, or for KPIs, beside a column that names projects."""
        found = self.matches("measurements")
        if "project" not in found or ("value" in found and {"kpi", "period"} <= set(found)):
            return ()
        if "kpi" in found and "period" not in found:
            dated = [(h, period_of(h.name)) for h in self.headers if h.looks != "time"]
            periods = tuple(Spread(column=h.name, period=day) for h, day in dated if day)
            return periods if len({each.period for each in periods}) == len(periods) > 1 else ()
        if "period" in found and "kpi" not in found:
            named = {h.name for name, h in found.items() if name in ("exposure", "unit", "group", "cluster")}
            return tuple(
                Spread(column=h.name, kpi=h.name)
                for h in self.headers
                if h.looks == "number" and h.name not in named | {found["project"].name}
            )
        return ()

    def dated(self) -> list[Header]:
        """Columns of dates on which something happened with the customer, unless there are no others."""
        dates = [header for header in self.headers if header.looks == "time"]
        upkeep = vocabulary().upkeep.words
        happened = [h for h in dates if not any(word in f"_{h.plain}_" for word in upkeep)]
        return happened or dates

    def subject(self) -> Subject | None:
        """What a row is, where the headers say so: a ticket, an order."""
        names = {header.plain for header in self.headers}
        return next((each for each in vocabulary().subject if names & set(each.headers)), None)

    def identity(self, found: dict[str, Header], *, deal: bool) -> None:
        """Take the number that a system gives its rows as the person's or the journey's."""
        numbers = [
            h for h in self.headers
            if h.plain in vocabulary().identity.headers and h.values and len(set(h.values)) == len(h.values)
        ]  # fmt: skip
        person = not deal and any(h.plain in vocabulary().person.headers for h in self.headers)
        name = "customer_id" if person else "journey_id"
        if numbers and name not in found:
            found[name] = numbers[0]

    def other(self, table: str) -> Proposal:
        """Another table. Rows are updated by their names and periods where these tell them apart."""
        found, spread = self.matches(table), self.spread() if table == "measurements" else ()
        taken = {each.column for each in spread}
        found = {name: header for name, header in found.items() if header.name not in taken}
        columns = {name: self.rule(header, contract()[table].columns[name]) for name, header in found.items()}
        kinds = contract()[table].columns
        questions: tuple[Question, ...] = ()
        if table == "measurements" and "project" not in found:
            columns["project"] = ColumnRule(constant=self.source)
            questions = (self._project_question(),)
        naming = [
            h for name, h in found.items() if kinds[name].kind in ("text", "time") and name not in _SAID
        ]
        apart = bool(naming) and (mostly_apart if table == "measurements" else tells_apart)(naming)
        mapping = Mapping(
            source=self.source,
            table=table,
            mode="upsert" if apart else "append",
            key=tuple(header.name for header in naming) if apart else (),
            columns=columns,
            spread=spread,
        )
        return Proposal(mapping=mapping, questions=questions, confidence=0.9)

    def _project_question(self) -> Question:
        text = Text(
            de="Keine Spalte nennt das Projekt. Welche tut es? Ohne eine gelten alle Zeilen als Messwerte "
            "des Projekts „{source}“.",
            en="No column names the project. Which one does? Without one all rows count as measurements of "
            "the project “{source}”.",
        )
        return self._column_question(
            "project", text.fill(source=self.source), [h for h in self.headers if h.looks == "text"], ""
        )

    def contacts(self) -> Proposal:
        found = self.matches("contacts")
        subject = self.subject()
        if subject and subject.row == "ticket":
            return self.tickets(found, subject)
        closing = self.outcome(found)
        dates = [h for h in self.dated() if h not in (found.get("promised_at"), found.get("delivered_at"))]
        touchpoint = found.get("touchpoint")
        wide = bool(closing) or (len(dates) > 1 and touchpoint is None)
        if wide:
            found = {
                n: h for n, h in found.items() if n not in ("occurred_at", "touchpoint", "event", "phase")
            }
            if closing:
                found = {n: h for n, h in found.items() if h != closing.header}
            self.identity(found, deal=closing is not None)
        questions: list[Question] = []
        columns = {
            name: self.rule(header, contract()["contacts"].columns[name]) for name, header in found.items()
        }
        sure = self.customer(columns, found, questions)
        if not wide:
            sure = min(sure, self.moment(columns, dates, questions), self.where(columns, questions))
            mapping = Mapping(source=self.source, columns=columns)
            return Proposal(mapping=mapping, questions=tuple(questions), confidence=sure)
        return self.wide(columns, found, dates, closing, questions, sure=sure)

    def wide(
        self,
        columns: dict[str, ColumnRule],
        found: dict[str, Header],
        dates: list[Header],
        closing: _Closing | None,
        questions: list[Question],
        *,
        sure: float,
    ) -> Proposal:
        outcome = None
        if closing:
            outcome = Outcome(
                column=closing.header.name,
                date=closing.date,
                won=closing.won,
                lost=closing.lost,
            )
            dates = [each for each in dates if each not in closing.dates]
        stages = tuple(Stage(column=h.name, touchpoint=self.stage_name(h)) for h in dates)
        key = self.key(found)
        if key is None:
            questions.append(self._key_question())
        mapping = Mapping(
            source=self.source,
            mode="upsert" if key else "append",
            key=(key.name,) if key else (),
            columns=columns,
            stages=stages,
            outcome=outcome,
        )
        return Proposal(mapping=mapping, questions=tuple(questions), confidence=min(sure, 0.8))

    def stage_name(self, header: Header) -> str:
        """What the contact is called that a date column makes; an order's creation is the order."""
        name, subject = _stage_name(header.name), self.subject()
        if subject and plain_name(name) in _CREATED:
            return subject.created("en" if plain_name(name).startswith("create") else "de")
        return name

    def tickets(self, found: dict[str, Header], subject: Subject) -> Proposal:
        """One contact a ticket, on the day it came in; its number tells the next export's rows apart."""
        number = next(h for h in self.headers if h.plain in subject.headers)
        dates, questions = self.dated(), list[Question]()
        opened = [h for h in dates if plain_name(_stage_name(h.name)) in _CREATED]
        found = {n: h for n, h in found.items() if h != number and n not in ("touchpoint", "occurred_at")}
        columns = {
            name: self.rule(header, contract()["contacts"].columns[name]) for name, header in found.items()
        }
        sure = self.customer(columns, found, questions)
        sure = min(sure, self.moment(columns, opened or dates, questions))
        lang: Literal["de", "en"] = "en" if any(h.plain.startswith("create") for h in opened) else "de"
        columns["touchpoint"] = ColumnRule(constant=subject.created(lang))
        status = next((h for h in self.headers if h.plain == "status" and h not in found.values()), None)
        if status and "resolved" not in columns:
            said = {value: plain_name(value) in subject.done for value in dict.fromkeys(status.values)}
            if any(said.values()):
                columns["resolved"] = ColumnRule(header=status.name, values=dict[str, Any](said))
        mapping = Mapping(source=self.source, mode="upsert", key=(number.name,), columns=columns)
        return Proposal(mapping=mapping, questions=tuple(questions), confidence=min(sure, 0.9))

    def key(self, found: Map[str, Header]) -> Header | None:
        """The header that tells the rows of a wide table apart: the journey's, else the customer's."""
        for name in ("journey_id", "customer_id"):
            header = found.get(name)
            if header and len(set(header.values)) == len(header.values):
                return header
        return None

    def _key_question(self) -> Question:
        ids = [
            h for h in self.headers if h.looks in ("text", "number") and len(set(h.values)) == len(h.values)
        ]
        return Question(
            field="key",
            kind="column",
            blocking=False,
            suggestion="",
            text=Text(
                de="Keine Spalte kennzeichnet die Zeilen eindeutig. Ohne Schlüssel zählt eine geänderte "
                "Zeile der nächsten Datei als neue. Welche Spalte ist der Schlüssel?",
                en="No column tells the rows apart. Without a key a changed row of the next file counts as a "
                "new one. Which column is the key?",
            ),
            choices=(
                *(Choice(value=h.name, label=same(h.name)) for h in ids),
                Choice(value="", label=Text(de="kein Schlüssel", en="no key")),
            ),
        )

    def outcome(self, found: Map[str, Header]) -> _Closing | None:
        """The column that holds won and lost words, and the date of the closing; None where there is none."""
        words = vocabulary().outcome
        dates = [h for h in self.dated() if h not in (found.get("promised_at"), found.get("delivered_at"))]
        if not dates:
            return None
        for header in sorted(self.headers, key=lambda h: h.plain not in words.headers):
            if header.looks != "text":
                continue
            values = {value: plain_name(value) for value in dict.fromkeys(header.values)}
            won = tuple(value for value, plain in values.items() if plain in words.won)
            lost = tuple(value for value, plain in values.items() if plain in words.lost)
            few = len(values) <= 30
            named = header.plain in words.headers
            if (
                few
                and won
                and (lost or named)
                and (len(dates) > 1 or header is not found.get("touchpoint") or named)
            ):
                closed = [d for d in dates if set(d.plain.split("_")) & set(words.closing)]
                first = closed[0] if closed else dates[-1]
                ends = [d for d in dates if set(d.plain.split("_")) & {*words.won, *words.lost}]
                both = tuple(ends) if first in ends and len(ends) > 1 else (first,)
                return _Closing(header, both, won, lost)
        return None

    def customer(
        self, columns: dict[str, ColumnRule], found: Map[str, Header], questions: list[Question]
    ) -> float:
        """Fill in who the customer is: its own column, the account, the journey, else a question."""
        if "customer_id" in found:
            return 1.0
        account, journey = found.get("account_id"), found.get("journey_id")
        if account and journey:
            columns["customer_id"] = ColumnRule(first_of=(account.name, journey.name))
            return 0.8
        if account or journey:
            header = account or journey
            columns["customer_id"] = ColumnRule(header=header.name if header else None)
            return 0.7
        columns["customer_id"] = ColumnRule(row_number=True)
        questions.append(
            self._column_question(
                "customer_id",
                Text(
                    de="Welche Spalte nennt den Kunden? Ohne sie ist nicht zu sehen, was zusammengehört.",
                    en="Which column names the customer? Without it nothing shows what belongs together.",
                ),
                [h for h in self.headers if h.looks in ("text", "number")],
            )
        )
        return 0.2

    def moment(
        self, columns: dict[str, ColumnRule], dates: Sequence[Header], questions: list[Question]
    ) -> float:
        if "occurred_at" in columns and len(dates) < 2:
            return 1.0
        if "occurred_at" not in columns and dates:
            columns["occurred_at"] = ColumnRule(header=dates[0].name)
            if len(dates) == 1:
                return 0.7
        if dates:
            chosen = columns["occurred_at"].header
            questions.append(
                self._column_question(
                    "occurred_at",
                    Text(
                        de="Die Datei hat mehrere Datumsspalten. Welche sagt, wann der Kontakt stattfand?",
                        en="The file has several date columns. Which one says when the contact took place?",
                    ),
                    dates,
                    suggestion=chosen,
                )
            )
            return 0.6
        columns["occurred_at"] = ColumnRule(constant="1970-01-01")
        questions.append(
            self._column_question(
                "occurred_at",
                Text(
                    de="Welche Spalte sagt, wann der Kontakt stattfand? Keine sieht nach einem Datum aus.",
                    en="Which column says when the contact took place? None looks like a date.",
                ),
                self.headers,
            )
        )
        return 0.1

    def where(self, columns: dict[str, ColumnRule], questions: list[Question]) -> float:
        if "touchpoint" in columns:
            return 1.0
        columns["touchpoint"] = ColumnRule(constant=self.source)
        texts = [
            h for h in self.headers
            if h.looks == "text" and len(set(h.values)) <= max(2, min(TOUCHPOINTS, len(h.values) // 2))
        ]  # fmt: skip
        if texts:
            questions.append(
                self._column_question(
                    "touchpoint",
                    Text(
                        de="Welche Spalte nennt den Touchpoint? Ohne sie gelten alle Zeilen als „{source}“.",
                        en="Which column names the touchpoint? Without it every row counts as “{source}”.",
                    ).fill(source=self.source),
                    texts,
                    suggestion="",
                )
            )
        return 0.5

    def _column_question(
        self, name: str, text: Text, headers: Sequence[Header], suggestion: str | None = None
    ) -> Question:
        return Question(
            field=f"columns.{name}",
            kind="column",
            text=text,
            choices=tuple(Choice(value=h.name, label=same(h.name)) for h in headers),
            suggestion=suggestion,
            blocking=suggestion is None,
        )

    def rule(self, header: Header, column: Column) -> ColumnRule:
        """A plain rule; markers of emptiness count as empty outside of texts."""
        if column.kind == "time" and names_years(header):
            return ColumnRule(parts=Parts(month=1, year=header.name))
        if column.words:
            return ColumnRule(header=header.name, values=meant(header, column))
        if column.kind == "text":
            return ColumnRule(header=header.name)
        return ColumnRule(header=header.name, values=dict.fromkeys(header.markers, ""))


_CREATED: Final = frozenset({"created", "create", "erstellt", "angelegt", "erfasst", "eroeffnet", "opened"})
"""What is left of a header that dates a row's creation."""

_SAID: Final = frozenset({"note", "owner", "worry", "argument", "cause", "answered_at"})
"""Columns that say something about a row rather than which row it is."""


def _stage_name(header: str) -> str:
    """A stage's touchpoint from its date column: `Angebot am` and `offer_date` are Angebot and offer."""
    name = re.sub(r"(?i)[\s_-]*(am|vom|datum|date|at|on|time|timestamp|zeitpunkt)$", "", header.strip())
    name = re.sub(r"(?i)^(datum|date)[\s_-]+(of[\s_-]+)?", "", name)
    return name.replace("_", " ").strip() or header
