"""The chart of a claim: its course over time with the levels of its windows, or before and after alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from core.text import Lang, Text
from exports.sheet import Chart, Series
from metrics.wording import figure, unit_words
from proof.claim import Claim, Figure
from proof.effect import Point
from proof.evidence import SMALLEST_CELL, EvidenceTable
from proof.project import ProjectKpi

Role = Literal["treated", "control", "expected"]
FEWEST_POINTS = 8
"""Fewer periods are shown as one figure before and one after."""
NAMES: Mapping[Role, Text] = {
    "treated": Text(de="mit Projekt", en="with the project"),
    "control": Text(de="Vergleichsgruppe", en="comparison group"),
    "expected": Text(de="zu erwarten gewesen", en="to be expected"),
}
BEFORE, AFTER = Text(de="vorher", en="before"), Text(de="nachher", en="after")
GO_LIVE = Text(de="Go-live", en="Go-live")
_DECIMALS: Mapping[Lang, re.Pattern[str]] = {"de": re.compile(r"\d,(\d+)"), "en": re.compile(r"\d\.(\d+)")}


def chart_of(claim: Claim, kpi: ProjectKpi, lang: Lang, *, anonymous: bool) -> Chart | None:
    """Every figure in it is one of the claim's; None where before or after is missing. An anonymous course
    leaves out periods that rest on small cells."""
    before, after = claim.figure("before"), claim.figure("after")
    if before is None or after is None or before.value is None or after.value is None:
        return None
    points = claim.effect.points
    if anonymous:
        points = tuple(point for point in points if _large(claim.evidence, point.period))
    change_at = next((place for place, point in enumerate(points) if point.side == "after"), None)
    course = len(points) >= FEWEST_POINTS and change_at is not None
    name = kpi.name(lang)
    _, unit = figure(1.0, kpi.unit)
    return Chart(
        kind="series" if course else "before_after",
        title=f"{name} · {unit_words(kpi.unit)(lang)}", unit=unit(lang) if unit else "",
        labels=tuple(f"{point.period:%m/%y}" for point in points) if course else (BEFORE(lang), AFTER(lang)),
        series=_course(claim, points, lang) if course else _slope(claim, before.value, after.value, lang),
        decimals=max(_decimals(each, lang) for each in (before, after)),
        change_at=change_at if course else None, change_label=GO_LIVE(lang),
        alt=f"{name}: {claim.title(lang)}",
    )  # fmt: skip


def _slope(claim: Claim, before: float, after: float, lang: Lang) -> tuple[Series, ...]:
    effect, expected = claim.effect, claim.figure("expected")
    lines = [_line("treated", (before, after), lang)]
    if effect.control_before is not None and effect.control_after is not None:
        lines.append(_line("control", (effect.control_before, effect.control_after), lang))
    if expected is not None:
        lines.append(_line("expected", (before, expected.value), lang))
    return tuple(lines)


def _course(claim: Claim, points: Sequence[Point], lang: Lang) -> tuple[Series, ...]:
    """Single periods first, so that the levels are drawn over them."""
    effect = claim.effect
    lines = [_line("treated", [point.treated for point in points], lang)]
    if any(point.beside is not None for point in points):
        beside: Role = "expected" if effect.design in ("its", "synthetic") else "control"
        lines.append(_line(beside, [point.beside for point in points], lang))
    levels: tuple[tuple[str, str, Role, Text], ...] = (
        ("before", "before", "treated", BEFORE),
        ("expected", "after", "expected", NAMES["expected"]),
        ("after", "after", "treated", AFTER),
    )
    for place, side, role, name in levels:
        shown = claim.figure(place)
        if shown is not None and shown.value is not None:
            values = tuple(shown.value if point.side == side else None for point in points)
            lines.append(Series(name=name(lang), values=values, role=role, form="level"))
    return tuple(lines)


def _line(role: Role, values: Sequence[float | None], lang: Lang) -> Series:
    return Series(name=NAMES[role](lang), values=tuple(values), role=role)


def _decimals(shown: Figure, lang: Lang) -> int:
    """As many as the claim shows the figure with, so that both say the same."""
    found = _DECIMALS[lang].search(shown.text(lang))
    return len(found[1]) if found else 0


def _large(evidence: EvidenceTable | None, period: dt.date) -> bool:
    """Whether every group's cell of a period is known to rest on ten cases or more."""
    cells = [row for row in evidence.rows if row.period == period] if evidence else []
    return bool(cells) and all(row.n is not None and row.n >= SMALLEST_CELL for row in cells)
