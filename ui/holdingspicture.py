"""What the workspace holds: sources, imported files, rejects, touchpoints without a phase."""

from __future__ import annotations

from operator import itemgetter

import pandas as pd
import streamlit as st

from cockpit.holdings import Holdings
from cockpit.importing import rejects
from cockpit.lighting import Lighting
from cockpit.workspace import Workspace
from core.contract import contract
from core.text import Lang, Text, written
from metrics.wording import need_words
from ui import blocks
from ui.downloads import downloads, grid, table
from ui.words import data as words


def data_title(held: Holdings) -> Text:
    one = len(held.sources) == 1
    if held.data_end is None:
        return (words.TITLE_UNDATED_ONE if one else words.TITLE_UNDATED).fill(n=len(held.sources))
    title = words.TITLE_ONE if one else words.TITLE
    return title.fill(contacts=held.contacts, n=len(held.sources), day=held.data_end.date())


def draw_sources(ws: Workspace, held: Holdings, lang: Lang) -> None:
    """Sources with their data ends, then the files they came from and what was rejected."""
    blocks.heading(words.SOURCES(lang), words.SOURCES_SUB(lang))
    table(_sources(held, lang), words.SOURCES(lang), lang, "sources")
    if held.planned:
        blocks.note(words.PLANNED_ABOUT.fill(n=held.planned)(lang))
    if held.unassigned:
        blocks.heading(words.UNASSIGNED_NOW(lang), words.UNASSIGNED_NOW_SUB(lang))
        frame = pd.DataFrame(
            sorted(held.unassigned.items(), key=itemgetter(1), reverse=True),
            columns=[column(lang) for column in words.UNASSIGNED_COLUMNS],
        )
        table(frame, words.UNASSIGNED_NOW(lang), lang, "unassigned")
    blocks.heading(words.IMPORTS(lang), words.IMPORTS_SUB(lang))
    lines = [
        (
            done.file, done.counts.source, written(done.at, lang), done.counts.records, done.counts.new,
            done.counts.unchanged, done.counts.changed, done.counts.rejected,
        )
        for done in held.imports
    ]  # fmt: skip
    table(
        pd.DataFrame(lines, columns=[column(lang) for column in words.IMPORT_COLUMNS]),
        words.IMPORTS(lang),
        lang,
        "imports",
    )
    _rejects(ws, held, lang)


def _rejects(ws: Workspace, held: Holdings, lang: Lang) -> None:
    """The rejected rows of one file: which, why, to take away."""
    with_rejects = {done.id: done for done in held.imports if done.rejects is not None}
    if not with_rejects:
        blocks.note(words.NO_REJECTS(lang))
        return
    chosen = st.selectbox(
        words.PICK_IMPORT(lang),
        list(with_rejects),
        format_func=lambda one: f"{with_rejects[one].file} · {written(with_rejects[one].at, lang)}",
        key="rejects_of",
        width=520,
    )
    done = with_rejects[chosen]
    blocks.heading(
        words.REJECTS_OF.fill(file=done.file)(lang), words.REJECTS_SUB.fill(n=done.counts.rejected)(lang)
    )
    frame = reject_table(rejects(ws, done.id), lang)
    grid(frame.head(100), done.file, lang, "rejects_table", ids=[words.REJECT_COLUMNS[0](lang)])
    downloads(frame, done.file, lang, "rejects")


def reject_table(rejected: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Row, column, value and reason in one language."""
    shown = rejected[["row_no", "column", "value", f"reason_{lang}"]]
    return shown.set_axis([column(lang) for column in words.REJECT_COLUMNS], axis="columns")


def _sources(held: Holdings, lang: Lang) -> pd.DataFrame:
    lines = [
        (
            source.name, contract()[source.table].label(lang), words.MODES[source.mode](lang), source.records,
            source.rows, source.planned,
            written(source.data_end.date(), lang) if source.data_end else "–",
        )
        for source in held.sources
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in words.SOURCE_COLUMNS])


def draw_lighting(shown: Lighting, lang: Lang) -> None:
    """Which columns light up which KPIs: what is missing first."""
    title = (words.LIGHT_ALL if shown.lit == shown.kpis else words.LIGHT).fill(lit=shown.lit, all=shown.kpis)
    blocks.heading(title(lang), words.LIGHT_SUB(lang))
    lines = [
        (
            need_words(light.need)(lang), words.YES(lang) if light.present else words.NO(lang),
            len(light.kpis), ", ".join(name(lang) for name in light.kpis),
        )
        for light in shown.lights
    ]  # fmt: skip
    frame = pd.DataFrame(lines, columns=[column(lang) for column in words.LIGHT_COLUMNS])
    table(frame, words.PARTS["columns"](lang), lang, "lights")
