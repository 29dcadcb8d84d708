"""A proposed mapping to correct by hand: source, mode, what each column means, what each touchpoint is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cockpit.assigning import LEFT_OUT, OWN, changed, meanings, with_meanings, with_touchpoints
from cockpit.importing import Mapping, Preview
from cockpit.workspace import Workspace
from core.contract import EVENT_LABELS, contract
from core.text import Lang
from ui import blocks
from ui.words import data as words


def edit_mapping(ws: Workspace, shown: Preview, lang: Lang, turn: str) -> Mapping | None:
    """Draw the mapping as a form; the corrected mapping when it was submitted, else None.

    `turn` names the reading that is corrected: each begins with widgets of its own.
    """
    mapping = shown.mapping
    blocks.heading(words.MAPPING(lang), words.MAPPING_ABOUT(lang))
    with st.form(f"mapping_{turn}", border=True):
        source, mode, key, end = _whole(shown, lang)
        left, right = st.columns(2, gap="large")
        with left:
            meant = _columns(mapping, shown.layout.columns, lang, turn)
        with right:
            touched = _touchpoints(ws, shown, lang, turn) if mapping.table == "contacts" else {}
        if not st.form_submit_button(words.APPLY(lang)):
            return None
    return changed(
        mapping,
        source=source.strip() or mapping.source,
        mode=mode,
        key=tuple(key),
        data_end=end,
        **with_meanings(mapping, meant),
        **with_touchpoints(mapping, touched),
    )


def _whole(shown: Preview, lang: Lang) -> tuple[str, str, list[str], object]:
    """What holds for the file as a whole."""
    mapping = shown.mapping
    first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
    source = first.text_input(words.SOURCE_NAME(lang), mapping.source, max_chars=100)
    modes = list(words.MODES)
    mode = second.selectbox(
        words.MODE(lang), modes, modes.index(mapping.mode), format_func=lambda mode: words.MODES[mode](lang)
    )
    headers = list(shown.layout.columns)
    key = third.multiselect(words.KEY(lang), headers, list(mapping.key), placeholder=words.KEY_NONE(lang))
    end = fourth.date_input(words.DATA_END(lang), mapping.data_end, format="DD.MM.YYYY")
    return source, mode, key, end


def _columns(mapping: Mapping, headers: tuple[str, ...], lang: Lang, turn: str) -> dict[str, str]:
    """A line for each column of the file with its meaning to choose."""
    columns = contract()[mapping.table].columns
    labels = {OWN: words.OWN_ATTRIBUTE(lang), LEFT_OUT: words.LEAVE_OUT(lang)}
    labels |= {name: column.label(lang) for name, column in columns.items()}
    by_label = {label: name for name, label in labels.items()}
    before = meanings(mapping, headers)
    header, means = words.FILE_COLUMN(lang), words.MEANS(lang)
    edited = st.data_editor(
        pd.DataFrame([(name, labels[meaning]) for name, meaning in before.items()], columns=[header, means]),
        column_config={
            header: st.column_config.TextColumn(disabled=True),
            means: st.column_config.SelectboxColumn(options=list(by_label), required=True),
        },
        hide_index=True,
        width="stretch",
        key=f"columns_editor_{turn}",
    )
    fixed = [name for name in headers if name not in before]
    if fixed:
        blocks.note(words.FIXED.fill(name=", ".join(fixed))(lang))
    return {str(name): by_label[label] for name, label in edited.itertuples(index=False)}


def _touchpoints(
    ws: Workspace, shown: Preview, lang: Lang, turn: str
) -> dict[str, tuple[str | None, str | None]]:
    """A line for each touchpoint met, the ones without a phase first."""
    mapping = shown.mapping
    names = list(dict.fromkeys([*shown.unassigned, *mapping.touchpoints]))
    if not names:
        return {}
    phases = {phase.id: phase.name(lang) for phase in ws.models[ws.settings.base_model].phases}
    events = {event: label(lang) for event, label in EVENT_LABELS.items()}
    by_phase = {label: name for name, label in phases.items()}
    by_event = {label: name for name, label in events.items()}
    lines = []
    for name in names:
        rule = mapping.touchpoints.get(name)
        lines.append(
            (
                name,
                phases.get(rule.phase or "", words.NO_PHASE(lang)) if rule else words.NO_PHASE(lang),
                events.get(rule.event or "", words.NO_EVENT(lang)) if rule else words.NO_EVENT(lang),
            )
        )
    touchpoint, phase, event = (column(lang) for column in words.TOUCHPOINT_COLUMNS)
    edited = st.data_editor(
        pd.DataFrame(lines, columns=[touchpoint, phase, event]),
        column_config={
            touchpoint: st.column_config.TextColumn(disabled=True),
            phase: st.column_config.SelectboxColumn(options=[words.NO_PHASE(lang), *by_phase], required=True),
            event: st.column_config.SelectboxColumn(options=[words.NO_EVENT(lang), *by_event], required=True),
        },
        hide_index=True,
        width="stretch",
        key=f"touchpoints_editor_{turn}",
    )
    return {
        str(name): (by_phase.get(in_phase), by_event.get(as_event))
        for name, in_phase, as_event in edited.itertuples(index=False)
    }
