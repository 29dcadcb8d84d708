"""Answers as a table: one statement a row, one respondent a column."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from checklists.model import Checklist, Choice, Statement
from checklists.scoring import Answer
from core.errors import InputFault, did_you_mean
from core.text import LANGS, Text

DONT_KNOW = {"?", "weiß nicht", "don't know", "dont_know"}
NOT_APPLICABLE = {"-", "–", "entfällt", "not applicable", "not_applicable", "n/a"}


def read_answers(checklist: Checklist, text: str) -> dict[str, dict[str, Answer]]:
    """Answers by respondent and statement from CSV text (comma or semicolon).

    The first column holds the ids of statements, each further column one respondent's answers: the value or
    the name of a step of the scale, "?" for don't know, "-" for not applicable, nothing for no answer. An
    InputFault names the row of what cannot be read.
    """
    head = text.splitlines()[0] if text.strip() else ""
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))
    if not rows or len(rows[0]) < 2:
        raise InputFault(
            Text(
                de="Die Datei hat keine Antworten: Erwartet werden eine Spalte mit Aussagen und je Person "
                "eine Spalte.",
                en="The file holds no answers: expected are a column of statements and one column a person.",
            )
        )
    known = {statement.id: statement for statement in checklist.statements}
    people = rows[0][1:]
    found: dict[str, dict[str, Answer]] = {person: {} for person in people}
    if len(found) != len(people):
        raise InputFault(Text(de="Zwei Spalten haben denselben Namen.", en="Two columns have the same name."))
    seen: set[str] = set()
    for number, (name, *cells) in enumerate((row for row in rows[1:] if row), 2):
        if name not in known:
            raise _fault(number, _unknown(name, list(known)))
        if name in seen:
            raise _fault(
                number, Text(de="„{name}“ steht zweimal da", en="“{name}” stands twice").fill(name=name)
            )
        seen.add(name)
        if len(cells) > len(people):
            raise _fault(number, Text(de="mehr Spalten als im Kopf", en="more columns than in the head"))
        for person, cell in zip(people, cells, strict=False):
            if cell.strip():
                found[person][name] = _answer(checklist, known[name], cell.strip(), number)
    return found


def _answer(checklist: Checklist, statement: Statement, cell: str, row: int) -> Answer:
    said = cell.casefold()
    if said in DONT_KNOW:
        return "dont_know"
    if said in NOT_APPLICABLE:
        return "not_applicable"
    choices = checklist.choices(statement)
    for choice in choices:
        if said in {choice.name(lang).casefold() for lang in LANGS} or _number(said) == choice.value:
            return choice.value
    raise _fault(
        row,
        Text(
            de="„{cell}“ ist keine Antwort; möglich sind {steps}",
            en="“{cell}” is no answer; possible are {steps}",
        ).fill(cell=cell, steps=_steps(choices)),
    )


def _number(said: str) -> float | None:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None


def _steps(choices: Sequence[Choice]) -> Text:
    de, en = (", ".join(f"{choice.value:g} ({choice.name(lang)})" for choice in choices) for lang in LANGS)
    return Text(de=de, en=en)


def _unknown(name: str, known: list[str]) -> Text:
    close = did_you_mean(name, known)
    if close:
        return Text(
            de="Die Aussage „{name}“ gibt es nicht. Meinten Sie „{close}“?",
            en="There is no statement “{name}”. Did you mean “{close}”?",
        ).fill(name=name, close=close)
    return Text(de="Die Aussage „{name}“ gibt es nicht", en="There is no statement “{name}”").fill(name=name)


def _fault(row: int, reason: Text) -> InputFault:
    return InputFault(Text(de="Zeile {row}: {reason}", en="Row {row}: {reason}").fill(row=row, reason=reason))
