"""Figures and signals in words: unit near the number, signs with a word, a reason where there is no value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contract import EVENTS, contract
from core.period import Month
from core.text import Text
from metrics.result import Unit
from metrics.wording import (
    NARROW,
    SPACE,
    amount,
    figure,
    joined,
    need_words,
    number,
    onset,
    reason_without_value,
    signal_words,
    tone,
)
from tests.results import DROPPED, STEADY, result


@pytest.mark.parametrize(
    ("value", "unit", "german", "english"),
    [
        (27.44, "percent", f"27,4{NARROW}%", "27.4%"),
        (35.0, "percent", f"35{NARROW}%", "35%"),
        (-4.25, "points", f"−4{SPACE}Punkte", f"−4{SPACE}points"),
        (412_000, "eur", f"412.000{NARROW}€", f"412,000{NARROW}€"),
        (1_236_400, "eur", f"1,24{SPACE}Mio.{SPACE}€", f"1.24{SPACE}m{SPACE}€"),
        (48_900, "count", "48.900", "48,900"),
        (3.25, "days", f"3,2{SPACE}Tage", f"3.2{SPACE}days"),
        (4.156, "score5", f"4,16{SPACE}von 5", f"4.16{SPACE}of 5"),
        (None, "percent", "–", "–"),
    ],
)
def test_figures_are_written_as_each_language_writes_them(
    value: float | None, unit: Unit, german: str, english: str
) -> None:
    assert amount(value, unit) == Text(de=german, en=english)


def test_another_currency_is_named_by_its_sign() -> None:
    assert amount(250, "eur", "CHF")("de") == f"250{SPACE}CHF"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_written_number_reads_back_to_the_rounded_value(value: float, decimals: int) -> None:
    german = number(value, decimals, "de").replace("−", "-").replace(".", "").replace(",", ".")
    english = number(value, decimals, "en").replace("−", "-").replace(",", "")
    assert float(german) == float(english) == pytest.approx(round(value, decimals), abs=10**-decimals / 2)
    assert not german.startswith("-0") or float(german) != 0


def test_the_number_stands_apart_from_its_unit_on_a_tile() -> None:
    shown, unit = figure(93.1, "percent")
    assert shown("de") == "93,1"
    assert unit is not None
    assert unit("de") == "%"


def test_a_signal_is_dated_back_to_where_its_run_began() -> None:
    dropped = result(DROPPED)
    assert dropped.chart is not None
    assert onset(dropped.chart) == Month(2026, 7)
    assert signal_words(dropped) == Text(
        de="▼ Signal: seit Juli niedriger (ungünstig)", en="▼ Signal: lower since July (bad)"
    )


def test_the_same_drop_is_good_news_for_a_kpi_that_should_fall() -> None:
    assert tone(result(DROPPED)) == "bad"
    assert tone(result(DROPPED, direction="down")) == "good"
    assert tone(result(DROPPED, direction="none")) == "neutral"
    assert "günstig" not in signal_words(result(DROPPED, direction="none"))("de")


def test_without_a_signal_there_is_no_arrow() -> None:
    assert signal_words(result(STEADY))("de") == "normale Schwankung"
    assert tone(result(STEADY)) == "neutral"


def test_a_short_history_gives_no_verdict() -> None:
    assert signal_words(result(STEADY[:7]))("de") == "zu wenig Verlauf (unter 8 Monaten)"


def test_what_is_missing_is_named_as_people_know_it() -> None:
    lacking = replace(
        result(), status="missing", value=None, needs=("contacts.promised_at", "event:offer", "reach")
    )
    assert reason_without_value(lacking) == Text(
        de="Es fehlt: Spalte „Zugesagt für“, Ereignis „Angebot“ und Datei „Reichweite“",
        en="Missing: column “Promised for”, event “Offer” and file “Reach”",
    )
    assert need_words("contacts.revenue|contacts.value")("de") == "Spalte „Umsatz“ oder Spalte „Wert“"


def test_every_column_and_event_of_the_contract_has_words() -> None:
    needs = [f"contacts.{column}" for column in contract()["contacts"].columns]
    needs += [f"event:{event}" for event in EVENTS]
    assert all(need_words(need)("de") != need for need in needs)


def test_lists_end_with_and() -> None:
    a, b, c = (Text(de=x, en=x) for x in "abc")
    assert joined([a, b, c]) == Text(de="a, b und c", en="a, b and c")
    assert joined([a]) == a


def test_a_figure_that_still_changes_is_no_signal_whatever_its_last_mature_month_says() -> None:
    flagged = result(DROPPED)
    assert flagged.signal is not None
    young = replace(flagged, mature=False)
    assert young.signal is None
    assert signal_words(young).de == "noch nicht ausgereift"
    assert tone(young) == "neutral"
