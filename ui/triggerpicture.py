"""What goes with moving on from a phase: ratios with their intervals on a log axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from cockpit.triggers import Trigger, TriggersView
from core.text import Lang, Text
from metrics.wording import amount, number
from ui import blocks
from ui.dotplot import Dot, Scale, dots
from ui.downloads import downloads
from ui.words import common
from ui.words import triggers as words

SHOWN = 12
WIDEST = (1.5, 2.0, 3.0, 5.0, 7.0, 10.0)  # how many times more or less often the axis may reach


def draw_triggers(shown: TriggersView, lang: Lang) -> None:
    """The section: what holds after correction in colour, the rest in grey; never called a cause."""
    blocks.rule()
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    blocks.heading(triggers_title(shown)(lang), words.ABOUT(lang))
    if shown.note is not None:
        blocks.note(shown.note(lang))
    if not shown.triggers:
        return
    first = shown.triggers[:SHOWN]
    dots([_dot(trigger, lang) for trigger in first], _scale(first, lang), caption=words.PAGE(lang))
    counted = words.COUNTED.fill(
        running=shown.running,
        after=_after(shown.landmark_days or 0.0),
        period=period,
        undecided=shown.undecided,
        looked_at=shown.looked_at,
        level=amount(shown.confidence, "percent"),
    )
    blocks.note(counted(lang))
    if len(shown.triggers) > SHOWN:
        blocks.note(words.MORE.fill(n=len(shown.triggers) - SHOWN)(lang))
    notes = [words.ABOUT(lang), counted(lang), common.SNAPSHOT.fill(id=shown.snapshot)(lang)]
    downloads(triggers_table(shown, lang), words.PAGE(lang), lang, "triggers", notes=notes)


def _after(days: float) -> Text:
    """How long after its beginning a visit is looked at: whole days, hours where there are few."""
    return amount(float(round(days)), "days") if days >= 2 else amount(float(round(24 * days)), "hours")


def triggers_title(shown: TriggersView) -> Text:
    """`Who saw “Angebotsgespräch” moved on 2.3 times as often`, or that nothing can be told from chance."""
    if shown.selected:
        strongest = shown.selected[0]
        return _finding(strongest).fill(
            value=strongest.value,
            a=amount(strongest.seen_rate, "percent"),
            b=amount(strongest.unseen_rate, "percent"),
        )
    return words.NOTHING_HOLDS if shown.triggers else words.PAGE


def _finding(trigger: Trigger) -> Text:
    return (words.MORE_OFTEN if trigger.ratio >= 1 else words.LESS_OFTEN)[trigger.kind]


def _dot(trigger: Trigger, lang: Lang) -> Dot:
    moved = words.MOVED.fill(
        a=amount(trigger.seen_rate, "percent"), b=amount(trigger.unseen_rate, "percent"), n=trigger.seen
    )
    return Dot(
        label=trigger.value,
        value=trigger.ratio,
        lower=trigger.lower,
        upper=trigger.upper,
        said=_times(trigger.ratio, lang),
        under=f"{words.KINDS[trigger.kind](lang)} · {moved(lang)}",
        beside=words.BETWEEN.fill(lower=_times(trigger.lower, lang), upper=_times(trigger.upper, lang))(lang),
        accent="on" if trigger.selected else "",
    )


def _times(ratio: float, lang: Lang) -> str:
    return "∞" if math.isinf(ratio) else f"{number(ratio, 1 if ratio >= 10 else 2, lang)}\u202f×"


def _scale(shown: Sequence[Trigger], lang: Lang) -> Scale:
    """As far to both sides of 1 as the ratios reach; what lies beyond stops at the edge."""
    known = [t.ratio for t in shown if 0 < t.ratio < math.inf]
    away = max((max(ratio, 1 / ratio) for ratio in known), default=1.0)
    wide = next((times for times in WIDEST if times >= away * 1.25), WIDEST[-1])
    marks = ((1 / wide, _times(1 / wide, lang)), (1.0, words.SAME(lang)), (wide, _times(wide, lang)))
    return Scale(low=1 / wide, high=wide, log=True, mark=1.0, ticks=marks)


def triggers_table(shown: TriggersView, lang: Lang) -> pd.DataFrame:
    """One row a candidate: how many saw it and moved on, how many others did, ratio, interval, p and q."""
    return pd.DataFrame(
        [
            (
                words.KINDS[t.kind](lang), t.value, t.seen, t.seen_moved, t.unseen, t.unseen_moved, t.ratio,
                t.lower, t.upper, t.p, t.q, words.YES_NO[t.selected](lang),
            )
            for t in shown.triggers
        ],
        columns=[column(lang) for column in words.COLUMNS],
    )  # fmt: skip
