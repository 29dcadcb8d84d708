"""The station track: the journey's phases from left to right, connected, each leading to its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from metrics.result import Chart
from metrics.wording import Tone
from ui.blocks import esc
from ui.sparkline import sparkline


@dataclass(frozen=True, kw_only=True)
class Stop:
    """What one station shows, already in the reader's language.

    `onward` is the share that moves on, shown where two stations meet; `onward_words` says it to those who
    cannot see it. `hot` tints the station: a signal that is bad news.
    """

    number: int
    phase: str
    kpi: str
    value: str
    unit: str
    below: tuple[str, ...]
    words: str
    tone: Tone
    signal: bool
    hot: bool
    chart: Chart | None
    chart_words: str
    href: str
    onward: str = ""
    onward_words: str = ""


def track(stops: Sequence[Stop], label: str) -> None:
    """All stations as one ordered list; on a phone one below the other."""
    items = "".join(_station(stop) for stop in stops)
    st.html(f'<ol class="wm-track" aria-label="{esc(label)}">{items}</ol>')


def _station(stop: Stop) -> str:
    picture = (
        sparkline(stop.chart, stop.chart_words, stop.tone)
        if stop.chart
        else '<span class="wm-spark wm-empty"></span>'
    )
    accent = {"good": "wm-good", "bad": "wm-bad", "neutral": "wm-strong" if stop.signal else ""}[stop.tone]
    unit = f" <small>{esc(stop.unit)}</small>" if stop.unit else ""
    below = "".join(f'<span class="wm-tg">{esc(line)}</span>' for line in stop.below)
    flow = (
        f'<span class="wm-flow" title="{esc(stop.onward_words)}"><span aria-hidden="true">'
        f'{esc(stop.onward)} ›</span><span class="wm-hidden">{esc(stop.onward_words)}</span></span>'
        if stop.onward
        else ""
    )
    return (
        f'<li class="{"wm-hot" if stop.hot else ""}"><a class="wm-station" href="{esc(stop.href)}">'
        f'<span class="wm-ph"><span class="wm-no">{stop.number}</span>{esc(stop.phase)}</span>'
        f'<span class="wm-kp">{esc(stop.kpi)}</span>'
        f'<span class="wm-v">{esc(stop.value)}{unit}</span>'
        f'<span class="wm-tgs">{below}</span>{picture}'
        f'<span class="wm-sig {accent}">{esc(stop.words)}</span></a>{flow}</li>'
    )
