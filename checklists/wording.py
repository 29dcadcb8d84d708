"""How findings of a round are said, on a page and on paper alike."""

from __future__ import annotations

from checklists.disclosure import OTHERS
from checklists.findings import Contradiction, Point
from core.text import Text, same
from metrics.result import KpiResult
from metrics.wording import amount, number

DONT_KNOW = Text(de="weiß nicht", en="don’t know")
WHOLE_TEAM = Text(de="Alle, n\u00a0=\u00a0{n}", en="All, n\u00a0=\u00a0{n}")
ROLE_N = Text(de="{role}, n\u00a0=\u00a0{n}", en="{role}, n\u00a0=\u00a0{n}")
STATEMENT_LEVEL = Text(de="{dimension} · Stufe {level}", en="{dimension} · level {level}")
_OTHER_ROLES = Text(de="Übrige Rollen", en="Other roles")
_ROLES_DIFFER = Text(
    de="Am kritischsten: {low} (Mittel {a} von 1), am zufriedensten: {high} ({b}).",
    en="Most critical: {low} (mean {a} of 1), most positive: {high} ({b}).",
)
_MEASURED = Text(
    de="{kpi}: {value}, erwartet {op} {wanted} ({period}, n = {n})",
    en="{kpi}: {value}, expected {op} {wanted} ({period}, n = {n})",
)
_OPS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}


def level_text(value: float) -> Text:
    """A continuous level with one decimal."""
    return Text(de=number(value, 1, "de"), en=number(value, 1, "en"))


def role_name(role: str) -> Text:
    """A role as people typed it; the name of those folded together."""
    return _OTHER_ROLES if role == OTHERS else same(role)


def roles_differ(point: Point) -> Text | None:
    """Which role sees a statement most and which least critically; None where they agree."""
    if not point.roles or not point.widest:
        return None
    (low, lowest), (high, highest) = point.roles[0], point.roles[-1]
    return _ROLES_DIFFER.fill(
        low=role_name(low), a=round(lowest.mean, 2), high=role_name(high), b=round(highest.mean, 2)
    )


def period_words(result: KpiResult) -> Text:
    """The period of a KPI as people say it."""
    return Text(de=result.period.label("de"), en=result.period.label("en"))


def measured_words(one: Contradiction, result: KpiResult, currency: str) -> Text:
    """What the KPI says against a claim: its value, what would bear the claim out, period and n."""
    return _MEASURED.fill(
        kpi=result.name,
        value=amount(result.value, result.unit, currency),
        op=_OPS[one.check.op],
        wanted=amount(one.check.value, result.unit, currency),
        period=period_words(result),
        n=result.n,
    )
