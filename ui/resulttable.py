"""KPI results as a table to take away: never a bare number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.text import Lang
from journeys.model import JourneyModel
from metrics.result import KpiResult
from metrics.wording import figure, signal_words
from ui.words import handbook as words


def result_table(
    results: Sequence[KpiResult], model: JourneyModel, currency: str, lang: Lang
) -> pd.DataFrame:
    """One row a result: phase, KPI, value, unit, numerator, denominator, n, comparisons, target, finding."""
    lines = []
    for result in results:
        _, unit = figure(result.value, result.unit, currency)
        target = result.target
        lines.append(
            (
                phase_of(result, model, lang), result.name(lang), result.value, unit(lang) if unit else "",
                result.numerator, result.denominator, result.n, result.period.label(lang), result.previous,
                result.last_year, target.value if target else None, target.owner if target else "",
                signal_words(result)(lang),
            )
        )  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in words.ALL_COLUMNS])


def phase_of(result: KpiResult, model: JourneyModel, lang: Lang) -> str:
    """The phase of the model that shows the result, or the whole journey."""
    if result.phase not in model.phase_ids:
        return words.ACROSS(lang)
    return model.phase(result.phase or "").name(lang)
