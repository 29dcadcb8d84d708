"""Each built-in finding is in the raw files: computed with pandas alone, apart from the product."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sample_data.firm import SEASON
from tests.sample.exports import (
    DATA_END,
    INVOICE,
    MONTHS,
    PORTAL,
    SAMPLE,
    Exports,
    by_month,
    exports,
    working_hours,
)


@pytest.fixture(scope="module")
def e() -> Exports:
    return exports()


def share(flags: pd.Series, months: pd.Series) -> pd.Series:
    return flags.astype(float).groupby(months).mean().reindex(MONTHS)


def natural_limits(baseline: pd.Series) -> tuple[float, float]:
    """Mean plus and minus 2.66 times the mean moving range, as on any XmR chart."""
    reach = 2.66 * float(baseline.diff().abs().mean())
    return float(baseline.mean()) - reach, float(baseline.mean()) + reach


class TestLeakInPreference:
    def test_offers_are_won_less_often_since_july_2026(self, e: Exports) -> None:
        closings = e.closings
        won = closings["value"].where(closings["won"], 0).groupby(by_month(closings["at"])).sum()
        rate = (won / closings["value"].groupby(by_month(closings["at"])).sum()).reindex(MONTHS)
        low, _ = natural_limits(rate[:12])
        assert rate[:"2026-06"].mean() == pytest.approx(0.45, abs=0.02)
        assert rate["2026-07":].mean() == pytest.approx(0.31, abs=0.03)
        assert (rate["2026-07":] < low).all()
        assert (rate[12:-4] > low).sum() >= len(rate[12:-4]) - 1

    def test_it_is_the_offers_nobody_follows_up_that_are_lost(self, e: Exports) -> None:
        offers = followed_up(e)
        decided = offers[offers["Status"] != "Offen"]
        rate = (decided["Status"] == "Gewonnen").groupby(decided["followed"]).mean()
        assert rate[True] == pytest.approx(0.47, abs=0.03)
        assert rate[False] < 0.2

    def test_follow_up_falls_from_nine_in_ten_to_half_with_the_new_crm(self, e: Exports) -> None:
        offers = followed_up(e)
        since = offers["offered"] >= pd.Timestamp("2026-06-08")
        assert offers["followed"][~since].mean() == pytest.approx(0.89, abs=0.02)
        assert offers["followed"][since].mean() == pytest.approx(0.47, abs=0.05)


def followed_up(e: Exports) -> pd.DataFrame:
    """First offers made by 17 October, and whether somebody got in touch about them within fourteen days."""
    offers = e.offers[e.offers["offered"] <= pd.Timestamp("2026-10-17")].copy()
    calls = e.of("Angebotsgespräch", "Nachfassen")[["Kundennummer", "at"]]
    pairs = offers.reset_index()[["index", "Kundennummer", "offered"]].merge(calls, on="Kundennummer")
    close = (pairs["at"] > pairs["offered"]) & (pairs["at"] <= pairs["offered"] + pd.Timedelta(days=14))
    offers["followed"] = offers.index.isin(pairs.loc[close, "index"])
    return offers


def test_open_offers_wait_unattended_at_the_data_end(e: Exports) -> None:
    waiting = e.offers[(e.offers["Status"] == "Offen") & e.offers["offered"].notna()]
    calls = e.of("Angebotsgespräch", "Nachfassen").groupby("Kundennummer")["at"].max()
    last = waiting["Kundennummer"].map(calls)
    last = last.where(last > waiting["offered"], waiting["offered"])
    unattended = (DATA_END - last).dt.days >= 14
    assert 30 <= len(waiting) <= 80
    assert 0.2 < unattended.mean() < 0.5


class TestChannelOfUnqualifiedTalks:
    def test_two_in_three_talks_of_the_portal_end_unqualified(self, e: Exports) -> None:
        share = unqualified_by_channel(e)
        assert share[PORTAL] > 0.6
        assert share.drop(PORTAL).max() < 0.35

    def test_the_portal_costs_more_an_order_than_any_other_channel(self, e: Exports) -> None:
        orders = e.offers[e.offers["Status"] == "Gewonnen"].groupby("Herkunft").size()
        enquiries = e.of("Anfrage").groupby("Herkunft").size()
        rate = orders / enquiries
        assert rate.idxmin() == PORTAL
        assert rate[PORTAL] < 0.5 * rate.drop(PORTAL).min()


def unqualified_by_channel(e: Exports) -> pd.Series:
    verdict = e.of("Qualifiziert", "Nicht qualifiziert").sort_values("at")
    last = verdict.groupby("Kundennummer")["Vorgang"].last()
    talks = e.of("Beratungsgespräch")
    ends = talks["Kundennummer"].map(last)
    known = ends.notna()
    return (ends[known] == "Nicht qualifiziert").groupby(talks.loc[known, "Herkunft"]).mean()


class TestReasonToEliminate:
    def test_the_missing_invoice_is_the_most_frequent_reason(self, e: Exports) -> None:
        tickets = e.service[e.service["touchpoint"] == "Serviceanfrage"]
        counts = tickets["reason"].value_counts(normalize=True)
        assert counts.index[0] == INVOICE
        assert counts.iloc[0] == pytest.approx(0.30, abs=0.04)

    def test_it_is_solved_at_once_less_often_than_any_other(self, e: Exports) -> None:
        tickets = e.service[e.service["touchpoint"] == "Serviceanfrage"]
        solved = (tickets["resolved"] == "True").groupby(tickets["reason"]).mean()
        assert solved.idxmin() == INVOICE
        assert solved[INVOICE] < 0.7

    def test_it_is_rated_irritating_for_both_sides(self) -> None:
        rated = pd.read_csv(SAMPLE / "kontaktgruende.csv", sep=";", encoding="utf-8-sig", index_col=0)
        neither = rated[(rated.iloc[:, 0] == "nein") & (rated.iloc[:, 1] == "nein")]
        assert list(neither.index) == [INVOICE]


def test_new_customers_ask_in_the_second_week_after_the_order(e: Exports) -> None:
    orders = e.first_orders
    tickets = e.service[e.service["touchpoint"] == "Serviceanfrage"]
    days = (tickets["at"].dt.normalize() - tickets["customer_id"].map(orders).dt.normalize()).dt.days
    weeks = [int(days.between(first, first + 6).sum()) for first in (1, 8, 15, 22)]
    assert weeks[1] > 2.5 * max(weeks[0], weeks[2], weeks[3])


class TestSuccessfulStart:
    def test_it_rises_from_69_to_82_percent_in_month_27(self, e: Exports) -> None:
        rate = started(e)
        low, high = natural_limits(rate[1:13])
        assert rate[:"2025-12"].mean() == pytest.approx(0.69, abs=0.02)
        assert rate["2026-01":].mean() == pytest.approx(0.81, abs=0.03)
        assert MONTHS[27 - 1] == pd.Period("2026-01")
        assert rate["2026-01":].min() > rate[:"2025-12"].mean()
        assert low > 0.5
        assert (rate["2026-01":] > high).sum() >= 2


def started(e: Exports) -> pd.Series:
    """By month in which the thirty days after a customer's first delivery were over."""
    delivered = e.of("Einsatzbeginn").groupby("Kundennummer")["at"].min()
    kept = e.service[e.service["touchpoint"] == "Start bestätigt"][["customer_id", "at"]]
    pairs = kept.merge(delivered.rename("delivered"), left_on="customer_id", right_index=True)
    intime = (pairs["at"] >= pairs["delivered"]) & (pairs["at"] <= pairs["delivered"] + pd.Timedelta(days=30))
    flags = pd.Series(delivered.index.isin(pairs.loc[intime, "customer_id"]), index=delivered.index)
    return share(flags, by_month(delivered + pd.Timedelta(days=30)))


class TestSeason:
    def test_enquiries_swing_with_the_heating_season(self, e: Exports) -> None:
        asked = e.of("Anfrage")
        counts = asked.groupby(by_month(asked["at"])).size().reindex(MONTHS)
        season = pd.Series([SEASON[month.month] for month in MONTHS], index=MONTHS)
        assert np.corrcoef(counts, season)[0, 1] > 0.7

    def test_against_the_year_before_nothing_has_changed(self, e: Exports) -> None:
        asked = e.of("Anfrage")
        counts = asked.groupby(by_month(asked["at"])).size().reindex(MONTHS)
        change = counts.diff(12).dropna()
        low, high = natural_limits(change[:12])
        assert change.between(low, high).all()
        assert abs(change.mean()) < 10


def test_enquiries_wait_about_four_times_as_long_since_march_2026(e: Exports) -> None:
    asked = e.of("Anfrage").sort_values("at")
    answers = e.of("Rückruf").sort_values("at")[["Kundennummer", "at"]].assign(answered=lambda d: d["at"])
    pairs = pd.merge_asof(asked, answers, on="at", by="Kundennummer", direction="forward").dropna(
        subset="answered"
    )
    hours = pd.Series(
        [working_hours(a, b) for a, b in zip(pairs["at"], pairs["answered"], strict=True)], index=pairs.index
    )
    median = hours.groupby(by_month(pairs["at"])).median()
    assert median[:"2026-02"].median() == pytest.approx(6, abs=1)
    assert median["2026-03":].median() == pytest.approx(25, abs=3)
    assert median["2026-03":].min() > 2.5 * median[:"2026-02"].median()
