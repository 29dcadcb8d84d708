"""The reference range of a KPI: every comparable project with its interval, failures included, and its middle
half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cockpit.claims import Entry
from cockpit.prospects import comparable
from core.text import Lang
from proof.figures import signed_share
from proof.project import ProjectKpi
from proof.promises import Range
from ui import blocks
from ui.calculator import draw_calculator, draw_told
from ui.choices import select
from ui.claimcard import claim_address
from ui.claimparts import Desk
from ui.dotplot import Dot, Scale, dots
from ui.words import claims, common
from ui.words import prospects as words

ROOM = 1.15
"""How far the scale reaches beyond the outermost dot."""
WIDEST = 1.5
"""An interval of a change beyond 150 % stops at the edge."""


def draw_range(on: Desk, lang: Lang) -> None:
    """How the effect was distributed; beside it the calculator; below what prospects were told before."""
    entries = on.entries
    kpis = {entry.kpi.key: entry.kpi for entry in entries}
    if not kpis:
        with on.head:
            blocks.title(words.NO_CLAIMS(lang))
        blocks.prose(claims.NONE_ABOUT(lang))
        draw_told(on.ws, lang)
        return
    most = max(kpis, key=lambda key: sum(entry.kpi.key == key for entry in entries))
    labels = {
        key: claims.OPTION.fill(
            said=claims.KPI_IS.fill(name=kpi.name), n=sum(entry.kpi.key == key for entry in entries)
        )(lang)
        for key, kpi in kpis.items()
    }
    kpi = kpis[select("of", labels, claims.KPI(lang), 420, default=most)]
    range_ = comparable(entries, kpi.key)
    with on.head:
        _title(range_, kpi, any(entry.claim.sample for entry in entries), lang)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        _projects(range_, {entry.claim.id: entry for entry in entries}, lang)
    with right:
        draw_calculator(on, range_, kpi, lang)
        draw_told(on.ws, lang)


def _title(range_: Range, kpi: ProjectKpi, sample: bool, lang: Lang) -> None:
    n = len(range_.values)
    if range_.low is None or range_.high is None:
        few = {0: words.RANGE_ZERO, 1: words.RANGE_ONE}.get(n, words.RANGE_FEW)
        text = few.fill(kpi=kpi.name, n=n)
    else:
        low, high = signed_share(range_.low), signed_share(range_.high)
        text = words.RANGE_TITLE.fill(kpi=kpi.name, n=n, low=low, high=high)
    blocks.title(text(lang), sample=common.SAMPLE(lang) if sample else None, meta=words.RANGE_META(lang))


def _projects(range_: Range, by_id: Mapping[str, Entry], lang: Lang) -> None:
    """A dot for each project, the middle half below."""
    if range_.values:
        blocks.heading(words.EACH(lang), words.EACH_SUB(lang))
        lines = [_dot(by_id[found.claim], found.relative or 0.0, lang) for found in range_.values]
        if range_.low is not None and range_.middle is not None and range_.high is not None:
            between = words.FROM_TO.fill(low=signed_share(range_.low), high=signed_share(range_.high))
            lines.append(
                Dot(
                    label=words.MIDDLE_HALF(lang), value=range_.middle, accent="on",
                    lower=min(range_.low, range_.high), upper=max(range_.low, range_.high),
                    said=signed_share(range_.middle)(lang), beside=between(lang),
                    under=words.MIDDLE_UNDER.fill(n=len(range_.values))(lang),
                )
            )  # fmt: skip
        dots(lines, _scale(lines, lang), words.EACH(lang))
    if range_.left_out:
        text = words.LEFT_OUT_ONE if range_.left_out == 1 else words.LEFT_OUT
        blocks.note(text.fill(n=range_.left_out)(lang))


def _dot(entry: Entry, relative: float, lang: Lang) -> Dot:
    effect, verdict = entry.claim.effect, entry.claim.verdict
    return Dot(
        label=entry.project.name(lang), value=relative, lower=effect.relative_low, upper=effect.relative_high,
        said=signed_share(relative)(lang), beside=words.SAID[verdict](lang),
        under=words.STRENGTH.fill(grade=entry.claim.grade)(lang),
        accent="good" if verdict == "improved" else "bad" if verdict == "worsened" else "",
        href=claim_address(entry, lang),
    )  # fmt: skip


def _scale(lines: Sequence[Dot], lang: Lang) -> Scale:
    """From the outermost interval on one side to that on the other, 0 among them."""
    ends = [end for line in lines for end in (line.value, line.lower, line.upper) if end is not None]
    low = max(min(0.0, *ends) * ROOM, -WIDEST)
    high = min(max(0.0, *ends) * ROOM, WIDEST)
    return Scale(low=low, high=high, mark=0.0, ticks=((0.0, signed_share(0.0)(lang)),))
