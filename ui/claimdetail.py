"""One proof on its page: title, figures, picture, strength, quote, and whether it is still true."""

from __future__ import annotations

import streamlit as st

from cockpit.claims import Entry, renew, retire
from cockpit.workspace import Workspace
from core.text import Lang
from metrics.wording import unit_words
from ui import blocks, charts
from ui.actionform import tell
from ui.claimcard import arrow, badge, basis_words, strength, tone_of
from ui.links import plain_address
from ui.person import named
from ui.projectcharts import (
    Ink,
    compared_windows,
    course,
    course_words,
    is_fitted,
    level_behind,
    slope,
)
from ui.session import faults_shown
from ui.storypage import story_address
from ui.theme import palette
from ui.words import claims as words
from ui.words import common
from ui.words import projects as project_words


def draw_ways(shown: Entry, lang: Lang) -> None:
    """The quiet line over a proof: back to all, to its project, to its case study."""
    project = shown.project
    blocks.small_print([
        (f"← {words.ALL(lang)}", plain_address("claims", lang)),
        (words.STORY_OF(lang), story_address(project.id, lang)),
        (words.PROJECT.fill(name=project.name)(lang), plain_address("projects", lang, project=project.id)),
    ])  # fmt: skip


def draw_claim_title(shown: Entry, lang: Lang) -> None:
    """The finding; below it whose, what may be done with it, since when."""
    claim, project = shown.claim, shown.project
    chips = [project.customer, words.ALLOWED[shown.permission.allowed](lang)]
    if shown.expired:
        chips.append(words.EXPIRED(lang))
    elif not shown.fresh:
        chips.append(words.STALE(lang))
    sample = common.SAMPLE(lang) if claim.sample else None
    made = words.MADE_ON.fill(day=claim.made_at.date(), person=claim.made_by)(lang)
    meta = f"{claim.id} · {made} · {words.VALID.fill(day=claim.expires_on)(lang)}"
    blocks.title(claim.title(lang), chips, sample=sample, meta=meta)


def draw_stale(ws: Workspace, shown: Entry, who: str, lang: Lang) -> None:
    """What today's data say otherwise, what to do about it, and the button that renews."""
    if shown.fresh:
        return
    lines: list[tuple[str, str | None]] = [
        (words.STALE_LINE.fill(label=one.label, was=one.was, now=one.now or words.GONE)(lang), None)
        for one in shown.stale
    ]
    if shown.today is None:
        lines = [(words.LOST(lang), None)]
    if lines:
        blocks.heading(words.WHY_STALE(lang), words.STALE_ABOUT(lang))
        blocks.sentences(lines)
    else:
        blocks.heading(words.EXPIRED_ON.fill(day=shown.claim.expires_on)(lang), words.EXPIRED_ABOUT(lang))
    with st.container(horizontal=True, gap="small", key="wm_claim_deeds"):
        again = shown.today is not None and st.button(words.RENEW(lang), type="primary", key="claim_renew")
        gone = st.button(words.RETIRE(lang), key="claim_retire")
    if again and named(who, lang):
        with faults_shown(lang):
            made = renew(ws, shown.claim.id, who)
            tell(words.RENEWED.fill(claim=made.id))
            st.query_params["claim"] = made.id
            st.rerun()
    if gone and named(who, lang):
        with faults_shown(lang):
            retire(ws, shown.claim, who)
            tell(words.RETIRED.fill(claim=shown.claim.id))
            del st.query_params["claim"]
            st.rerun()


def draw_figures(shown: Entry, currency: str, lang: Lang) -> None:
    """Before and after as a picture, the course where there is one, and every number of the claim."""
    effect, kpi, claim = shown.claim.effect, shown.kpi, shown.claim
    ink = Ink(lang=lang, colours=palette(), unit=kpi.unit, currency=currency)
    alt = f"{kpi.name(lang)}: {arrow(shown, lang)}"
    if effect.before is not None and effect.after is not None:
        sub = words.PICTURE_SUB.fill(unit=unit_words(kpi.unit, currency), windows=basis_words(shown, lang))
        blocks.heading(f"{kpi.name(lang)}: {arrow(shown, lang)}", sub(lang))
        charts.draw(slope(effect, ink), alt, key=f"claim_slope_{claim.id}")
    if len(effect.points) > 2:
        since = project_words.SERIES.fill(first=f"{min(point.period for point in effect.points):%m/%Y}")
        windows = compared_windows(effect)
        blocks.heading(since(lang), course_words(effect.points, effect, ink, shaded=bool(windows)))
        figure = course(
            effect.points, shown.project.go_live, ink,
            expected=is_fitted(effect), windows=windows, level=level_behind(effect),
        )  # fmt: skip
        charts.draw(figure, alt, key=f"claim_course_{claim.id}")
    rows = [blocks.Row(label=one.label(lang), value=one.text(lang)) for one in claim.figures]
    if rows:
        blocks.heading(words.FIGURES(lang))
        blocks.rows(rows, words.FIGURES(lang))
    blocks.note(claim.footnote(lang))


def draw_grade(shown: Entry, lang: Lang) -> None:
    """How strong the evidence is, as a sentence with its reason; where the figures come from; the consent."""
    claim = shown.claim
    if claim.provenance == "customer":
        lines = [words.BY_WORD_ABOUT(lang)]
    else:
        lines = [claim.grade_reason(lang), words.COMPUTED(lang)]
    text = "".join(f"<p>{blocks.esc(line)}</p>" for line in [*lines, shown.permission.said(lang)])
    head = f'<p class="wm-strong">{blocks.esc(strength(shown)(lang))}</p>'
    letter, tone = blocks.esc(badge(shown)), tone_of(shown)
    circle = f'<span class="wm-grade wm-grade-{tone}" aria-hidden="true">{letter}</span>'
    st.html(f'<div class="wm-gradebox"><div>{head}{text}</div>{circle}</div>')
