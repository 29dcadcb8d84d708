"""The list for Monday: open offers nobody follows up, the most valuable first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cockpit.qualification import QualificationView
from core.text import Lang, Text
from core.view import View
from metrics.qualification import Absent, Offer
from metrics.wording import amount
from ui import blocks
from ui.downloads import table
from ui.links import address
from ui.sections import draw_absent
from ui.words import qualification as said


def monday_title(shown: QualificationView) -> Text:
    """How many open offers wait for us, and what they are worth."""
    found = shown.unattended
    if isinstance(found, Absent):
        return said.MONDAY
    title = said.MONDAY_NONE
    if found.unattended:
        title = said.MONDAY_ONE if found.unattended == 1 else said.MONDAY_FINDING
    value = amount(found.unattended_value, "eur", shown.currency)
    return title.fill(n=found.unattended, value=value)


def draw_monday(shown: QualificationView, view: View, lang: Lang) -> None:
    """The open offers without outbound contact for more than 14 days, to be taken along."""
    found = shown.unattended
    if isinstance(found, Absent):
        draw_absent(said.MONDAY, found, lang)
        return
    sub = said.MONDAY_SUB.fill(
        day=shown.data_end.date(), open=found.open, value=amount(found.open_value, "eur", shown.currency)
    )
    how = [(said.HOW(lang), address("kpis", lang, view, kpi="unattended_offers"))]
    blocks.heading(said.MONDAY(lang), sub(lang), how)
    if not found.offers:
        return
    table(offers_table(found.offers, lang), said.MONDAY(lang), lang, "monday", [sub(lang)])
    if len(found.offers) < found.unattended:
        blocks.note(said.MONDAY_CUT.fill(n=len(found.offers), all=found.unattended)(lang))


def offers_table(offers: Sequence[Offer], lang: Lang) -> pd.DataFrame:
    """A row an offer. The journey stands there where it is named apart from the customer."""
    apart = any(offer.journey_id != offer.customer_id for offer in offers)
    rows = [
        (
            offer.customer_id, offer.journey_id, offer.value, offer.days, offer.quiet_days,
            pd.Timestamp(offer.offered_at),
            pd.Timestamp(offer.touched_at) if offer.touched_at else pd.NaT, offer.team, offer.segment,
            offer.product, said.LAPSED(lang) if offer.lapsed else None,
        )
        for offer in offers
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[column(lang) for column in said.MONDAY_COLUMNS])
    journey = said.MONDAY_COLUMNS[1](lang)
    empty = [name for name in frame if frame[name].isna().all()]
    return frame.drop(columns=[*empty, *([] if apart else [journey])])
