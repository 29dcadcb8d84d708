"""KPI results as lines of text: what `./run kpis` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.text import Lang, Text, same, written
from exports.text_table import text_table
from metrics.result import KpiResult
from metrics.wording import DASH, amount, signal_words

PHASE = Text(de="Phase", en="Phase")
GROUP = Text(de="Merkmal", en="Group")
NAME = Text(de="Kennzahl", en="KPI")
IDENTITY = Text(de="Kürzel", en="Id")
VALUE = Text(de="Wert", en="Value")
BEFORE = Text(de="Vorperiode", en="Before")
YEAR_BEFORE = Text(de="Vorjahr", en="Last year")
TARGET = Text(de="Ziel", en="Target")
CASES = same("n")
SAID = Text(de="Signal oder normale Schwankung", en="Signal or normal variation")

MET = {True: Text(de="erreicht", en="met"), False: Text(de="verfehlt", en="missed")}


def kpis_text(
    results: Sequence[KpiResult],
    phases: Mapping[str, Text],
    lang: Lang,
    *,
    currency: str = "EUR",
    width: int | None = None,
) -> str:
    """One line a result, phases in the order of `phases`, KPIs of no phase last."""
    order = {phase: place for place, phase in enumerate(phases)}
    ordered = sorted(results, key=lambda result: order.get(result.phase or "", len(order)))
    grouped = any(result.group is not None for result in results)
    headers = [
        PHASE,
        *([GROUP] if grouped else []),
        NAME,
        IDENTITY,
        VALUE,
        BEFORE,
        YEAR_BEFORE,
        TARGET,
        CASES,
        SAID,
    ]
    return text_table(
        [header(lang) for header in headers],
        [[text(lang) for text in _row(result, phases, grouped, currency)] for result in ordered],
        right=[
            place for place, header in enumerate(headers) if header in (VALUE, BEFORE, YEAR_BEFORE, CASES)
        ],
        width=width,
    )


def _row(result: KpiResult, phases: Mapping[str, Text], grouped: bool, currency: str) -> list[Text]:
    def figure(value: float | None) -> Text:
        return amount(value, result.unit, currency)

    return [
        phases.get(result.phase or "", DASH),
        *([same(result.group or "")] if grouped else []),
        result.name,
        same(result.kpi),
        figure(result.value),
        figure(result.previous),
        figure(result.last_year),
        target_words(result, currency),
        Text(de=written(result.n, "de"), en=written(result.n, "en")),
        signal_words(result),
    ]


def target_words(result: KpiResult, currency: str = "EUR") -> Text:
    """The target with its owner and whether it is met, or a dash."""
    if result.target is None:
        return DASH
    words = [amount(result.target.value, result.unit, currency)]
    words += [same(result.target.owner)] if result.target.owner else []
    words += [MET[result.target.met]] if result.target.met is not None else []
    return Text(de=", ".join(word.de for word in words), en=", ".join(word.en for word in words))
