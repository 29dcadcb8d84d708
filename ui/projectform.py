"""The form of a project: whom, what, when, and the KPIs it is judged by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from pydantic import ValidationError

from cockpit.projects import change, create, frozen, project_of
from cockpit.projectsources import unclaimed
from cockpit.promising import adopt_first, kpi_from, promise_of
from cockpit.scope import scope_of
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang, Text
from proof.project import Project
from proof.sectors import industries, sizes
from proof.window import Window, months_around
from ui import blocks
from ui.actionform import tell
from ui.address import write
from ui.person import named
from ui.projectkpis import edit_kpis
from ui.projectsources import span_words
from ui.session import faults_shown
from ui.words import projectform as words
from ui.words import projects as page_words
from ui.words import promises as promised

PROMISE = "promise"
"""The query parameter that names the promise a new project begins with."""
KEY = "key"
"""The one that says what files of measurements call it."""


def draw_form(ws: Workspace, project_id: str | None, who: str, lang: Lang) -> None:
    """A new project, or one to change. What was typed stays where something does not fit."""
    kept = project_of(ws, project_id) if project_id else None
    promise = None if kept else promise_of(ws, st.query_params.get(PROMISE, ""))
    fixed = bool(kept and frozen(ws, kept))
    blocks.title((kept.name if kept else page_words.NEW)(lang))
    if fixed:
        blocks.note(words.F_FROZEN(lang))
    if promise:
        write(PROMISE, [str(promise.id)])
        blocks.note(promised.BEGINS_FROM.fill(day=promise.at.date(), prospect=promise.prospect)(lang))
    key = st.query_params.get(KEY, "") if kept is None else ""
    measured = unclaimed(ws).get(key, ()) if key else ()
    if measured:
        write(KEY, [key])
        blocks.note(span_words(words.F_MEASURED, measured)(lang))
    live = _go_live(ws, kept, lang)
    with st.form(f"wm_project_{project_id or 'new'}", border=False):
        said = _windows(kept, live, lang, fixed=fixed)
        said |= _about(ws, kept, key, promise.prospect if promise else "", lang)
        blocks.heading(words.F_KPIS(lang), "" if fixed else _kpis_about(ws, lang))
        begun = kpi_from(promise) if promise else None
        read_kpis = edit_kpis(ws, kept, lang, fixed=fixed, begun=begun, measured=measured)
        sent = st.form_submit_button((page_words.SAVE if kept else page_words.CREATE)(lang), type="primary")
    if not sent:
        return
    with faults_shown(lang):
        if named(who, lang):
            project = _project(kept, {**said, "kpis": read_kpis()})
            stored = change(ws, project, who) if kept else create(ws, project, who)
            if promise:
                adopt_first(ws, promise, stored.id, who)
            tell(page_words.SAVED if kept else page_words.CREATED)
            st.query_params.clear()
            st.query_params.update({"lang": lang, "project": stored.id})
            st.rerun()


def _kpis_about(ws: Workspace, lang: Lang) -> str:
    scope = scope_of(ws)
    names = [dimension.column for dimension in scope.dimensions] if scope else []
    about = words.F_KPIS_ABOUT(lang)
    return f"{about} {words.F_FILTERS.fill(names=', '.join(names))(lang)}" if names else about


def _about(ws: Workspace, kept: Project | None, key: str, prospect: str, lang: Lang) -> dict[str, Any]:
    """Whom it is done for, and what is done. `key` is what files call a new project, `prospect` its customer
    where something was promised to them."""
    left, right = st.columns(2, gap="large")
    with left:
        key = st.text_input(words.F_KEY(lang), kept.key if kept else key, max_chars=100)
        name = st.text_input(words.F_NAME(lang), kept.name.de if kept else key, max_chars=200)
        name_en = st.text_input(
            words.F_NAME_EN(lang), kept.name.en if kept else "", max_chars=200, help=words.F_EN_ABOUT(lang)
        )
        done = st.text_area(words.F_DONE(lang), kept.done.de if kept else "", max_chars=1000, height=80)
        done_en = st.text_area(
            words.F_DONE_EN(lang), kept.done.en if kept else "", max_chars=1000, height=80,
            help=words.F_EN_ABOUT(lang),
        )  # fmt: skip
    with right:
        customer = st.text_input(words.F_CUSTOMER(lang), kept.customer if kept else prospect, max_chars=300)
        shown = _one_of(words.F_SHOWN, page_words.SHOWNS, kept.shown if kept else "internal", lang)
        industry = _one_of(words.F_INDUSTRY, industries(), kept.industry if kept else "other", lang)
        size = _one_of(words.F_SIZE, sizes(), kept.size if kept else "medium", lang)
        names = {phase.id: phase.name(lang) for phase in ws.models[ws.settings.base_model].phases}
        phases = st.multiselect(
            words.F_PHASES(lang), [*names], [p for p in (kept.phases if kept else ()) if p in names],
            format_func=names.__getitem__, placeholder="",
        )  # fmt: skip
    return {
        "key": key.strip(), "name": _both(name, name_en), "done": _both(done, done_en),
        "customer": customer.strip(), "shown": shown, "industry": industry, "size": size,
        "phases": tuple(phases),
    }  # fmt: skip


def _one_of(label: Text, options: Any, chosen: str, lang: Lang) -> str:
    known = {**{chosen: None}, **options} if chosen not in options else dict(options)
    listed = list(known)
    return str(
        st.selectbox(
            label(lang), listed, listed.index(chosen),
            format_func=lambda one: known[one](lang) if known[one] else one,
        )
    )  # fmt: skip


def _both(de: str, en: str) -> dict[str, str]:
    """A text in both languages; the one that was typed stands for the other."""
    return {"de": de.strip() or en.strip(), "en": en.strip() or de.strip()}


def _go_live(ws: Workspace, kept: Project | None, lang: Lang) -> dt.date:
    """Stands before the form: the windows of a new project are proposed by it as soon as it is chosen."""
    live = kept.go_live if kept else (ws.now().date().replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    chosen = st.date_input(
        words.F_LIVE(lang), live, format="DD.MM.YYYY", width=320, key=f"wm_live_{kept.id if kept else 'new'}",
        help=None if kept else words.F_LIVE_ABOUT(lang), min_value=dt.date(1970, 1, 1),
        max_value=dt.date(2100, 12, 31),
    )  # fmt: skip
    return chosen if isinstance(chosen, dt.date) else live


def _windows(kept: Project | None, live: dt.date, lang: Lang, *, fixed: bool) -> dict[str, Any]:
    """The two windows; those of a new project as whole months around go-live."""
    baseline, after = (kept.baseline, kept.after) if kept else months_around(live)
    first, second = st.columns(2, gap="large")
    about = kept.id if kept else live
    spans = [
        place.date_input(
            label(lang), (window.first, window.last), format="DD.MM.YYYY", key=f"wm_{name}_{about}",
            disabled=fixed and name == "baseline",
            help=words.F_WINDOW_ABOUT(lang), min_value=dt.date(1970, 1, 1), max_value=dt.date(2100, 12, 31),
        )
        for place, name, label, window in (
            (first, "baseline", words.F_BASELINE, baseline), (second, "after", words.F_AFTER, after)
        )
    ]  # fmt: skip
    return {"go_live": live, "baseline": spans[0], "after": spans[1]}


def _project(kept: Project | None, said: dict[str, Any]) -> Project:
    """The project as typed. UsageFault says what is missing or does not fit."""
    if not all((said["key"], said["name"]["de"], said["customer"], said["done"]["de"])):
        raise UsageFault(words.NEEDED)
    for name in ("baseline", "after"):
        if len(said[name]) != 2:
            raise UsageFault(words.F_WINDOW_BOTH)
        said[name] = Window(first=said[name][0], last=said[name][1])
    base = kept.model_dump() if kept else {}
    try:
        return Project.model_validate({**base, **said})
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageFault(words.FIXED_NEEDS.fill(reason=reason)) from error
