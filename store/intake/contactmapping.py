"""A first mapping of contacts: a log with one row each, tickets, or journeys with a column for each stage."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from core.contract import contract
from core.query import plain_name
from core.text import Text, same
from store.intake.deciding import Choice, Question
from store.intake.mapping import ColumnRule, Mapping, Outcome, Stage
from store.intake.matching import Draft, column_question
from store.intake.recognising import Header
from store.intake.vocabulary import Subject, vocabulary

TOUCHPOINTS: Final = 200
"""So many touchpoints at most are given a meaning; a column of more values is none."""

Mapped = tuple[Mapping, tuple[Question, ...], float]
"""A mapping, what a person should answer first, and how sure it is (0 to 1)."""


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


def contact_mapping(draft: Draft) -> Mapped:
    """Journeys where rows end won or lost or have several dates, else one contact a row."""
    found = draft.matches("contacts")
    subject = draft.subject()
    if subject and subject.row == "ticket":
        return _tickets(draft, found, subject)
    closing = _closing(draft, found)
    dates = [h for h in draft.dated() if h not in (found.get("promised_at"), found.get("delivered_at"))]
    touchpoint = found.get("touchpoint")
    wide = bool(closing) or (len(dates) > 1 and touchpoint is None)
    if wide:
        found = {n: h for n, h in found.items() if n not in ("occurred_at", "touchpoint", "event", "phase")}
        if closing:
            found = {n: h for n, h in found.items() if h != closing.header}
        _identity(draft, found, deal=closing is not None)
    questions: list[Question] = []
    columns = {
        name: draft.rule(header, contract()["contacts"].columns[name]) for name, header in found.items()
    }
    sure = _customer(draft, columns, found, questions)
    if not wide:
        sure = min(sure, _moment(draft, columns, dates, questions), _where(draft, columns, questions))
        mapping = Mapping(source=draft.source, columns=columns)
        return mapping, tuple(questions), sure
    return _wide(draft, columns, found, questions, dates=dates, closing=closing, sure=sure)


def _identity(draft: Draft, found: dict[str, Header], *, deal: bool) -> None:
    """Take the number that a system gives its rows as the person's or the journey's."""
    numbers = [
        h for h in draft.headers
        if h.plain in vocabulary().identity.headers and h.values and len(set(h.values)) == len(h.values)
    ]  # fmt: skip
    person = not deal and any(h.plain in vocabulary().person.headers for h in draft.headers)
    name = "customer_id" if person else "journey_id"
    if numbers and name not in found:
        found[name] = numbers[0]


def _wide(
    draft: Draft,
    columns: dict[str, ColumnRule],
    found: dict[str, Header],
    questions: list[Question],
    *,
    dates: list[Header],
    closing: _Closing | None,
    sure: float,
) -> Mapped:
    outcome = None
    if closing:
        outcome = Outcome(
            column=closing.header.name,
            date=closing.date,
            won=closing.won,
            lost=closing.lost,
        )
        dates = [each for each in dates if each not in closing.dates]
    stages = tuple(Stage(column=h.name, touchpoint=_stage_of(draft, h)) for h in dates)
    key = _key(found)
    if key is None:
        questions.append(_key_question(draft))
    mapping = Mapping(
        source=draft.source,
        mode="upsert" if key else "append",
        key=(key.name,) if key else (),
        columns=columns,
        stages=stages,
        outcome=outcome,
    )
    return mapping, tuple(questions), min(sure, 0.8)


def _stage_of(draft: Draft, header: Header) -> str:
    """What the contact is called that a date column makes; an order's creation is the order."""
    name, subject = _stage_name(header.name), draft.subject()
    if subject and plain_name(name) in _CREATED:
        return subject.created("en" if plain_name(name).startswith("create") else "de")
    return name


def _tickets(draft: Draft, found: dict[str, Header], subject: Subject) -> Mapped:
    """One contact a ticket, on the day it came in; its number tells the next export's rows apart."""
    number = next(h for h in draft.headers if h.plain in subject.headers)
    dates, questions = draft.dated(), list[Question]()
    opened = [h for h in dates if plain_name(_stage_name(h.name)) in _CREATED]
    found = {n: h for n, h in found.items() if h != number and n not in ("touchpoint", "occurred_at")}
    columns = {
        name: draft.rule(header, contract()["contacts"].columns[name]) for name, header in found.items()
    }
    sure = _customer(draft, columns, found, questions)
    sure = min(sure, _moment(draft, columns, opened or dates, questions))
    lang: Literal["de", "en"] = "en" if any(h.plain.startswith("create") for h in opened) else "de"
    columns["touchpoint"] = ColumnRule(constant=subject.created(lang))
    status = next((h for h in draft.headers if h.plain == "status" and h not in found.values()), None)
    if status and "resolved" not in columns:
        said = {value: plain_name(value) in subject.done for value in dict.fromkeys(status.values)}
        if any(said.values()):
            columns["resolved"] = ColumnRule(header=status.name, values=dict[str, Any](said))
    mapping = Mapping(source=draft.source, mode="upsert", key=(number.name,), columns=columns)
    return mapping, tuple(questions), min(sure, 0.9)


def _key(found: Map[str, Header]) -> Header | None:
    """The header that tells the rows of a wide table apart: the journey's, else the customer's."""
    for name in ("journey_id", "customer_id"):
        header = found.get(name)
        if header and len(set(header.values)) == len(header.values):
            return header
    return None


def _key_question(draft: Draft) -> Question:
    ids = [h for h in draft.headers if h.looks in ("text", "number") and len(set(h.values)) == len(h.values)]
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


def _closing(draft: Draft, found: Map[str, Header]) -> _Closing | None:
    """The column that holds won and lost words, and the date of the closing; None where there is none."""
    words = vocabulary().outcome
    dates = [h for h in draft.dated() if h not in (found.get("promised_at"), found.get("delivered_at"))]
    if not dates:
        return None
    for header in sorted(draft.headers, key=lambda h: h.plain not in words.headers):
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


def _customer(
    draft: Draft, columns: dict[str, ColumnRule], found: Map[str, Header], questions: list[Question]
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
        column_question(
            "customer_id",
            Text(
                de="Welche Spalte nennt den Kunden? Ohne sie ist nicht zu sehen, was zusammengehört.",
                en="Which column names the customer? Without it nothing shows what belongs together.",
            ),
            [h for h in draft.headers if h.looks in ("text", "number")],
        )
    )
    return 0.2


def _moment(
    draft: Draft, columns: dict[str, ColumnRule], dates: Sequence[Header], questions: list[Question]
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
            column_question(
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
        column_question(
            "occurred_at",
            Text(
                de="Welche Spalte sagt, wann der Kontakt stattfand? Keine sieht nach einem Datum aus.",
                en="Which column says when the contact took place? None looks like a date.",
            ),
            draft.headers,
        )
    )
    return 0.1


def _where(draft: Draft, columns: dict[str, ColumnRule], questions: list[Question]) -> float:
    if "touchpoint" in columns:
        return 1.0
    columns["touchpoint"] = ColumnRule(constant=draft.source)
    texts = [
        h for h in draft.headers
        if h.looks == "text" and len(set(h.values)) <= max(2, min(TOUCHPOINTS, len(h.values) // 2))
    ]  # fmt: skip
    if texts:
        questions.append(
            column_question(
                "touchpoint",
                Text(
                    de="Welche Spalte nennt den Touchpoint? Ohne sie gelten alle Zeilen als „{source}“.",
                    en="Which column names the touchpoint? Without it every row counts as “{source}”.",
                ).fill(source=draft.source),
                texts,
                suggestion="",
            )
        )
    return 0.5


_CREATED: Final = frozenset({"created", "create", "erstellt", "angelegt", "erfasst", "eroeffnet", "opened"})
"""What is left of a header that dates a row's creation."""


def _stage_name(header: str) -> str:
    """A stage's touchpoint from its date column: `Angebot am` and `offer_date` are Angebot and offer."""
    name = re.sub(r"(?i)[\s_-]*(am|vom|datum|date|at|on|time|timestamp|zeitpunkt)$", "", header.strip())
    name = re.sub(r"(?i)^(datum|date)[\s_-]+(of[\s_-]+)?", "", name)
    return name.replace("_", " ").strip() or header
