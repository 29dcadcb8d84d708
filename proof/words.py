"""What may be said of an effect: a title, a sentence, a footnote, from templates by grade and verdict.

The templates are in words.toml beside this file. Free text never enters but as the names of the KPI, the
project and the customer.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from core.text import Text, same
from proof.effect import Effect, Grade, Verdict
from proof.evidence import SMALLEST_CELL
from proof.figures import Figures, figures, levels
from proof.grading import Graded
from proof.numerals import p_words
from proof.refusals import CASES, VALUES
from proof.window import Window

Provenance = Literal["computed", "customer"]
FEW = Text(de="weniger als 10", en="fewer than 10")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One claim in words, both languages."""

    title: Text
    sentence: Text
    footnote: Text


@cache
def _templates() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def everyday() -> list[str]:
    """The templates themselves, in both languages: what is said of every customer alike."""
    return list(_leaves(_templates()))


def _leaves(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for held in value.values():
                yield from _leaves(held)


def grade_words(grade: Grade) -> Text:
    """What a grade means, in a few words."""
    return Text.model_validate(_templates()["grade"][grade])


def verdict_words(verdict: Verdict) -> Text:
    return Text.model_validate(_templates()["verdict"][verdict])


def wording(
    effect: Effect,
    verdict: Verdict,
    graded: Graded,
    kpi_name: Text,
    *,
    project: Text | None = None,
    customer: Text | None = None,
    provenance: Provenance = "computed",
    currency: str = "EUR",
    masked: bool = False,
) -> Wording:
    """The words for an effect. `project`: what was done, as a name; `customer`: who, where it may be said.
    `masked`: no number of units below ten is told, for claims that must be anonymous.

    `provenance` "customer": two figures by the customer's written word; then nothing but these is said.
    """
    values: dict[str, object] = {
        "kpi": kpi_name,
        "subject": _subject(kpi_name, customer),
        **_project(project),
        "reason": graded.reason,
    }
    if provenance == "customer":
        return _by_word(effect, values, currency)
    shown = figures(effect, currency)
    if shown is not None:
        values |= _shown(shown)
    template = _template(effect, verdict, graded.grade)
    return Wording(
        title=_filled(template["title"], values),
        sentence=_filled(template["sentence"], values),
        footnote=_footnote(effect, shown, values, masked=masked),
    )


def _template(effect: Effect, verdict: Verdict, grade: Grade) -> Mapping[str, Any]:
    """X claims nothing whatever the figures look like; B says what it was measured against."""
    templates = _templates()
    if grade == "X" or verdict == "too_few":
        found = templates["X"]["too_few" if verdict == "too_few" else "no_effect"]
    elif grade == "B":
        found = templates["B_series" if effect.design == "its" else "B_controlled"][verdict]
    else:
        found = templates[grade][verdict]
    return dict(found)


def _subject(kpi: Text, customer: Text | None) -> Text:
    if customer is None:
        return kpi
    return Text(de="{kpi} bei {customer}", en="{kpi} at {customer}").fill(kpi=kpi, customer=customer)


def _project(name: Text | None) -> dict[str, Text]:
    """The project in the cases that German needs; its name cannot be inflected, so it stands in quotes."""
    if name is None:
        return {
            "project_acc": same("das Projekt"),
            "project_dat": same("dem Projekt"),
            "project": same("the project"),
        }
    return {
        "project_acc": same("das Projekt „{name}“").fill(name=name),
        "project_dat": same("dem Projekt „{name}“").fill(name=name),
        "project": same("the project “{name}”").fill(name=name),
    }


def _shown(shown: Figures) -> dict[str, object]:
    return {
        "change": shown.told,
        "change_and_share": shown.change_and_share,
        "before": shown.before.text,
        "after": shown.after.text,
        "expected": shown.expected.text,
        "interval": shown.told_interval,
    }


def _filled(template: Any, values: Mapping[str, object]) -> Text:
    return Text.model_validate(template).fill(**values)


def _footnote(effect: Effect, shown: Figures | None, values: Mapping[str, object], *, masked: bool) -> Text:
    """n, windows, design, interval and p on one line; what is missing behind it."""
    templates = _templates()["footnote"]
    if shown is None or effect.p is None:
        return _filled(templates["refused"], {"method": effect.method})
    line = _filled(
        templates[effect.design],
        {
            **values,
            "n_before": effect.n_before,
            "n_after": effect.n_after,
            "what": CASES if effect.kind == "rate" else VALUES,
            "periods_before": effect.periods_before,
            "periods_after": effect.periods_after,
            "n_treated": _told(effect.n_treated, masked=masked),
            "n_control": _told(effect.n_control, masked=masked),
            "baseline": _days(effect.baseline),
            "window": _days(effect.window),
            "method": effect.method,
            "p": p_words(effect.p),
        },
    )
    if not effect.missing:
        return line
    more = _filled(templates["missing"], {"missing": effect.missing})
    return Text(de=f"{line.de} {more.de}", en=f"{line.en} {more.en}")


_UNDATED = Text(de="ohne Datum", en="undated")


def _told(count: int, *, masked: bool) -> object:
    return FEW if masked and count < SMALLEST_CELL else count


def _days(ends: tuple[dt.date, dt.date] | None) -> Text:
    """A side's first and last day."""
    if ends is None:
        return _UNDATED
    if ends[0] == ends[1]:
        return same("{day}").fill(day=ends[0])
    return Window(first=ends[0], last=ends[1]).label()


def _by_word(effect: Effect, values: Mapping[str, object], currency: str) -> Wording:
    """Two figures that the customer confirmed, and no more than that."""
    pair = levels(effect, currency)
    if pair is None:
        raise ValueError("a customer's word needs a figure before and one after")
    filled = {**values, "before": pair[0].text, "after": pair[1].text}
    template = _templates()["customer"]
    return Wording(
        title=_filled(template["title"], filled),
        sentence=_filled(template["sentence"], filled),
        footnote=_filled(template["footnote"], filled),
    )
