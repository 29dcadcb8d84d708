"""KPI handbook: every KPI from its meaning to the rows behind its figure."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cockpit.evaluation import evaluate
from cockpit.handbook import all_rows, broken_kpis, explain, handbook
from cockpit.notes import notes_of
from cockpit.scope import scope_of
from core.text import Lang
from ui.empty import empty_state
from ui.factrows import readable
from ui.filterbar import filter_bar
from ui.frame import draw_foot, draw_title
from ui.kpichoice import choose_breakdown, choose_kpi
from ui.kpipicture import (
    draw_all,
    draw_broken,
    draw_course,
    draw_groups,
    draw_meaning,
    draw_origin,
    draw_rows,
    kpi_title,
)
from ui.session import remembered, working, workspace


def page(lang: Lang) -> None:
    ws = workspace()
    scope = remembered(ws, "scope", (), lambda: scope_of(ws))
    if scope is None:
        empty_state(ws, lang)
        return
    head = st.container()
    view = filter_bar(scope, lang).view
    model, currency = ws.models[view.model], ws.settings.currency
    with working(lang):
        entries = remembered(ws, "handbook", (view.key(),), lambda: handbook(ws, view))
        chosen = choose_kpi(entries, model, lang)
        key = (view.key(), chosen.kpi, chosen.phase)
        shown = remembered(ws, "explain", key, lambda: explain(ws, chosen.kpi, view, chosen.phase))
        notes = remembered(ws, "notes", (), lambda: notes_of(ws))
    entry = next(entry for entry in entries if entry.kpi.id == chosen.kpi)
    with head:
        draw_title(kpi_title(shown, model, currency), scope, view, shown.period, lang)
    draw_meaning(shown, entry, currency, lang)
    draw_course(shown, notes, currency, lang)
    names = {dimension.column: dimension.label(lang) for dimension in scope.dimensions}
    by = choose_breakdown(names, lang)
    if by is not None:
        cut = replace(view, by=by)
        groups = remembered(ws, "groups", (cut.key(), chosen.kpi), lambda: evaluate(ws, cut, [chosen.kpi]))
        draw_groups([r for r in groups if chosen.phase in (None, r.phase)], names[by], currency, lang)
    draw_rows(
        shown,
        lambda below: all_rows(ws, chosen.kpi, view, chosen.phase, below=below),
        lambda rows: readable(rows, model, names, currency, lang),
        lang,
    )
    draw_origin(shown, lang)
    draw_all(entries, model, view, currency, lang)
    draw_broken(broken_kpis(ws), lang)
    draw_foot(scope, view, lang, "kpis", kpi=chosen.kpi, phase=chosen.phase or "")
