"""Data: import, sources and rejects, snapshots, which columns light up which KPIs, erasing."""

from __future__ import annotations

import streamlit as st

from cockpit.holdings import holdings
from cockpit.lighting import lighting
from cockpit.planning import target_doubts
from cockpit.sample import remove_sample
from core.text import Lang
from ui import blocks
from ui.choices import buttons
from ui.empty import empty_state
from ui.erasing import draw_erasing
from ui.holdingspicture import data_title, draw_lighting, draw_sources
from ui.session import faults_shown, remembered, workspace
from ui.snapshotspicture import draw_snapshots
from ui.trailpicture import draw_trail
from ui.uploading import draw_import
from ui.words import common
from ui.words import data as words


def page(lang: Lang) -> None:
    ws = workspace()
    held = holdings(ws)
    if held is None:
        empty_state(ws, lang, own=False)
        draw_import(ws, lang)
        return
    sample = common.SAMPLE(lang) if held.sample else None
    blocks.title(data_title(held)(lang), sample=sample, meta=common.SNAPSHOT.fill(id=held.snapshot)(lang))
    part = buttons(
        "part", {name: label(lang) for name, label in words.PARTS.items()}, words.PART(lang), wrap=True
    )
    with faults_shown(lang):
        if part == "import":
            if held.sample:
                blocks.note(words.SAMPLE_GOES(lang))
                if st.button(words.REMOVE_SAMPLE(lang), key="remove_sample"):
                    remove_sample(ws)
                    st.rerun()
            draw_import(ws, lang)
        elif part == "sources":
            draw_sources(ws, held, lang)
            for doubt in remembered(ws, "target_doubts", (), lambda: target_doubts(ws)):
                blocks.note(doubt(lang))
        elif part == "snapshots":
            draw_snapshots(ws, lang)
            draw_trail(ws, lang)
        elif part == "columns":
            draw_lighting(remembered(ws, "lighting", (), lambda: lighting(ws)), lang)
        else:
            draw_erasing(ws, lang)
