"""The sheet for a workshop: what a team disagrees on most, on one A4 page with room to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.disclosure import Distribution
from checklists.findings import Contradiction, Point
from checklists.model import Checklist, Choice
from checklists.wording import (
    DONT_KNOW,
    ROLE_N,
    STATEMENT_LEVEL,
    WHOLE_TEAM,
    measured_words,
    role_name,
    roles_differ,
)
from core.text import Lang, Text
from exports.plain_words import one_line
from exports.typesetting import typeset
from metrics.result import KpiResult

MOST_TOPICS = 6
MOST_ROLES = 4
MOST_CONTRADICTIONS = 2
_LONGEST = 240
"""Letters of a statement or criterion that are set; what is longer ends in an ellipsis."""

_TITLE = Text(de="{team}: worüber wir zuerst sprechen", en="{team}: what to talk about first")
_UNDER = Text(
    de="{checklist} · Runde vom {day} · {n} Antwortende", en="{checklist} · round of {day} · {n} respondents"
)
_HOW = Text(
    de="Die Aussagen, bei denen unsere Antworten am weitesten auseinanderliegen. Die Spalten zeigen, wie "
    "viele welchen Schritt der Skala gewählt haben.",
    en="The statements on which our answers lie furthest apart. The columns show how many chose which "
    "step of the scale.",
)
_THROUGHOUT = Text(de="„{step}“ heißt: {criterion}", en="“{step}” means: {criterion}")
_WHY = Text(de="Warum sehen wir das verschieden?", en="Why do we see this differently?")
_AGREED = Text(de="Wir halten fest, wer macht was bis wann:", en="What we agree on, who does what by when:")
_AGAINST = Text(de="Dem widersprechen die Zahlen", en="The figures say otherwise")
_AGAINST_LINE = Text(de="{statement} – {measured}", en="{statement} – {measured}")
_RULE = Text(
    de="Rollen erscheinen nur ab {minimum} Antworten je Rolle. Niemand ist einzeln zu erkennen.",
    en="Roles appear only from {minimum} answers each on. Nobody can be told apart.",
)
_OPEN = Text(
    de="Offene Runde: Einzelne Antworten können zu sehen sein.",
    en="Open round: single answers may be seen.",
)
_COLUMN = Text(de="{step}: {n}", en="{step}: {n}")


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What goes on the sheet. `agenda` is already what may be seen; `minimum` None: a round declared open."""

    team: str
    checklist: Checklist
    day: dt.date
    respondents: int
    minimum: int | None
    agenda: Sequence[Point]
    contradictions: Sequence[tuple[Contradiction, KpiResult]]
    currency: str


def workshop_pdf(sheet: Workshop, lang: Lang) -> bytes:
    """One page A4 as PDF; as many statements as fit, six at most."""
    return typeset("workshop", workshop_data(sheet, lang), lang=lang, made_on=sheet.day)


def workshop_data(sheet: Workshop, lang: Lang) -> dict[str, object]:
    """What the template sets: words of one language, counts as numbers."""
    names = {dimension.id: dimension.name for dimension in sheet.checklist.dimensions}
    rule = _OPEN if sheet.minimum is None else _RULE.fill(minimum=sheet.minimum)
    return {
        "title": shortened(_TITLE.fill(team=sheet.team)(lang), 90),
        "under": _UNDER.fill(checklist=sheet.checklist.name, day=sheet.day, n=sheet.respondents)(lang),
        "how": _HOW(lang),
        "why": _WHY(lang),
        "agreed": _AGREED(lang),
        "topics": [
            _topic(point, names[point.dimension], sheet.checklist, lang)
            for point in sheet.agenda[:MOST_TOPICS]
        ],
        "against": _AGAINST(lang),
        "contradictions": [
            _AGAINST_LINE.fill(
                statement=shortened(one.statement.statement(lang), 120),
                measured=measured_words(one, result, sheet.currency),
            )(lang)
            for one, result in sheet.contradictions[:MOST_CONTRADICTIONS]
        ],
        "rule": rule(lang),
    }


def _topic(point: Point, dimension: Text, checklist: Checklist, lang: Lang) -> Mapping[str, object]:
    choices = checklist.choices(point.statement)
    differ = roles_differ(point)
    criterion = ""
    if point.statement.criteria:
        criterion = _THROUGHOUT.fill(
            step=choices[-1].name, criterion=shortened(point.statement.criteria[-1](lang), 130)
        )(lang)
    whole = WHOLE_TEAM.fill(n=point.seen.counted)
    return {
        "statement": shortened(point.statement.statement(lang)),
        "where": STATEMENT_LEVEL.fill(dimension=dimension, level=point.statement.level)(lang),
        "differ": differ(lang) if differ else "",
        "criterion": criterion,
        "whole": _columns(whole, point.seen, choices, lang),
        "roles": [
            _columns(
                ROLE_N.fill(role=shortened(role_name(role)(lang), 24), n=seen.counted), seen, choices, lang
            )
            for role, seen in point.roles[:MOST_ROLES]
        ],
    }


def _columns(name: Text, seen: Distribution, choices: Sequence[Choice], lang: Lang) -> Mapping[str, object]:
    counts = dict(seen.counts)
    steps = [(choice.name(lang), counts.get(choice.value, 0)) for choice in choices]
    steps.append((DONT_KNOW(lang), seen.dont_know))
    told = ", ".join(_COLUMN.fill(step=step, n=people)(lang) for step, people in steps)
    return {
        "name": name(lang),
        "steps": [{"name": step, "n": people} for step, people in steps],
        "alt": f"{name(lang)}: {told}",
    }


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text on one line, at most so many letters, cut between words where there are any.

    >>> shortened("Wir erfassen die Herkunft", 16)
    'Wir erfassen …'
    """
    whole = one_line(text)
    if len(whole) <= longest:
        return whole
    cut = whole[: longest - 1]
    words, _, _ = cut.rpartition(" ")
    return f"{words.rstrip()} …" if len(words) > longest / 2 else f"{cut}…"
