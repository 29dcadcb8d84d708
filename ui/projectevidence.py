"""The frozen baseline of a KPI: when, by whom, on what; what later data say otherwise; its table."""

from __future__ import annotations

import pandas as pd

from cockpit.projectresults import KpiResult
from core.text import Lang
from metrics.wording import amount
from proof.evidence import Baseline
from ui import blocks
from ui.downloads import downloads
from ui.words import projects as words

MOST_MOVED = 6  # lines


def draw_baseline(shown: KpiResult, currency: str, lang: Lang) -> None:
    baseline = shown.baseline
    if baseline is None:
        return
    blocks.heading(words.BASELINE(lang))
    said = words.FROZEN.fill(
        window=baseline.window.label(), day=baseline.frozen_at.date(), person=baseline.frozen_by or "–",
        snapshot=baseline.snapshot, n=len(baseline.evidence.rows), digest=baseline.digest[:12],
    )  # fmt: skip
    blocks.note(said(lang))
    if baseline.evidence.suppressed:
        blocks.note(words.SUPPRESSED.fill(n=baseline.evidence.suppressed)(lang))
    if shown.redefined:
        blocks.callout([(words.REDEFINED(lang), None)])
    if shown.moved:
        blocks.callout([(words.MOVED.fill(n=len(shown.moved))(lang), None)])
        blocks.sentences(
            [(_moved(shown, place, currency, lang), None) for place in range(len(shown.moved))][:MOST_MOVED]
        )
    name = words.EVIDENCE.fill(kpi=shown.kpi.name)(lang)
    downloads(lambda: evidence_frame(baseline, lang), name, lang, f"evidence_{shown.kpi.key}")


def _moved(shown: KpiResult, place: int, currency: str, lang: Lang) -> str:
    cell = shown.moved[place]
    unit = shown.kpi.unit
    return words.MOVED_LINE.fill(
        period=f"{cell.period:%m/%Y}",
        group=words.TREATED if cell.group == "treated" else words.CONTROL,
        frozen=amount(cell.frozen, unit, currency),
        now=words.GONE if cell.now is None else amount(cell.now, unit, currency),
    )(lang)


def evidence_frame(baseline: Baseline, lang: Lang) -> pd.DataFrame:
    """The evidence table: period, group, value, numerator, denominator, cases. No ids, no cell under ten."""
    lines = [
        (
            row.period.isoformat(), (words.TREATED if row.group == "treated" else words.CONTROL)(lang),
            row.value, row.numerator, row.denominator, row.n,
        )
        for row in baseline.evidence.rows
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in words.EVIDENCE_COLUMNS])
