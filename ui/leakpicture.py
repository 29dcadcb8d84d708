"""What the leaks cost: a bar for each phase, and the costliest as a sentence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cockpit.leaks import Leak, LeaksView, money_words
from core.text import Lang, Text
from core.view import View
from ui import blocks
from ui.downloads import downloads
from ui.links import address, plain_address
from ui.words import actions as action_words
from ui.words import common
from ui.words import funnel as words


def leak_address(phase: str, view: View, lang: Lang) -> str:
    """The funnel that begins where the leak is, over the whole history."""
    return address("funnel", lang, replace(view, period=None), part="funnel", start=phase)


def against_leak(phase: str, lang: Lang) -> str:
    """Writing down an action against the leak of a phase."""
    return plain_address("actions", lang, part="new", new="leak", ref=phase)


def draw_leaks(shown: LeaksView, view: View, lang: Lang) -> None:
    """Up to how much each phase's lost would have brought; never added up."""
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    worst = shown.costliest
    title = words.LEAKS
    if worst is not None and worst.money is not None:
        said = words.LEAKS_WORST_YEAR if shown.per_year else words.LEAKS_WORST
        title = said.fill(phase=worst.name, money=money_words(worst.money, shown.currency))
    way = [(action_words.LEAK_LINK(lang), against_leak(worst.phase, lang))] if worst is not None else []
    blocks.heading(title(lang), words.LEAKS_SUB.fill(period=period)(lang), way)
    blocks.bars(
        [
            blocks.Bar(
                label=leak.name(lang),
                size=leak.money or 0.0,
                value=_up_to(leak, shown.currency)(lang),
                below=_made_of(leak, shown.currency)(lang),
                under=words.LEAK_LOST[leak.kind].fill(n=leak.lost)(lang),
                accent="hotbar" if leak is worst else "",
                href=leak_address(leak.phase, view, lang),
            )
            for leak in shown.leaks
        ],
        caption=title(lang),
    )
    downloads(leaks_table(shown, lang), words.LEAKS(lang), lang, "leaks", notes=_notes(shown, lang))


def _up_to(leak: Leak, currency: str) -> Text:
    if leak.money is None:
        return Text(de="–", en="–")
    return words.UP_TO.fill(money=money_words(leak.money, currency))


def _made_of(leak: Leak, currency: str) -> Text:
    """The interval, else why there is no figure."""
    if leak.money is None or leak.lower is None or leak.upper is None:
        return leak.note or words.TOO_FEW
    return words.INTERVAL.fill(
        lower=money_words(leak.lower, currency), upper=money_words(leak.upper, currency)
    )


def leaks_table(shown: LeaksView, lang: Lang) -> pd.DataFrame:
    """One row a phase: what was lost, the share that would have bought, its mean value, the money."""
    return pd.DataFrame(
        [
            (
                leak.name(lang), leak.lost, words.LEAK_KINDS[leak.kind](lang), leak.share, leak.mean,
                words.BASES[leak.basis](lang) if leak.basis else "", leak.money, leak.lower, leak.upper,
                leak.note(lang) if leak.note else "",
            )
            for leak in shown.leaks
        ],
        columns=[column(lang) for column in words.LEAK_COLUMNS],
    )  # fmt: skip


def _notes(shown: LeaksView, lang: Lang) -> list[str]:
    return [
        words.LEAKS_SUB.fill(period=shown.period.label(lang))(lang),
        common.DATA_END.fill(day=shown.data_end.date())(lang),
        common.SNAPSHOT.fill(id=shown.snapshot)(lang),
    ]
