"""The shelf of projects: what became of each in a line, grouped by verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cockpit.projectresults import ProjectResult
from core.text import Lang
from proof.sectors import industry_name
from ui import blocks
from ui.links import plain_address
from ui.projectwords import (
    GROUPS,
    badge,
    before_and_after,
    grade_sentence,
    group_of,
    project_title,
    shelf_title,
    target_words,
)
from ui.words import common
from ui.words import projects as words


def draw_shelf_title(found: Sequence[ProjectResult], today: dt.date, lang: Lang) -> None:
    sample = common.SAMPLE(lang) if any(each.project.sample for each in found) else None
    meta = words.SHOWN_BY.fill(day=today)(lang) if found else ""
    blocks.title(shelf_title(found)(lang), sample=sample, meta=meta)


def draw_shelf(found: Sequence[ProjectResult], currency: str, lang: Lang) -> None:
    """A line for each project, linked to its page."""
    for group in GROUPS:
        held = [each for each in found if group_of(each.first) == group]
        held.sort(key=lambda each: badge(each.first))  # the strongest evidence first, then the latest
        if held:
            blocks.heading(f"{words.GROUPS[group](lang)} ({len(held)})")
            items = "".join(_line(each, currency, lang) for each in held)
            st.html(f'<ul class="wm-shelf" aria-label="{blocks.esc(words.GROUPS[group](lang))}">{items}</ul>')


def _line(found: ProjectResult, currency: str, lang: Lang) -> str:
    project, first, title = found.project, found.first, project_title(found)(lang)
    meta = [
        "" if project.name(lang) in title else project.name(lang),
        project.customer,
        industry_name(project.industry)(lang),
        words.GO_LIVE.fill(day=project.go_live)(lang),
        words.STATUSES[project.status](lang),
    ]
    figures, target = before_and_after(first, currency), target_words(first, currency)
    grade = grade_sentence(first)
    grade_text = grade(lang) if grade else ""
    return (
        f'<li><a class="wm-project" href="{blocks.esc(plain_address("projects", lang, project=project.id))}">'
        f'<span class="wm-grade wm-grade-{_tone(badge(first))}" title="{blocks.esc(grade_text)}">'
        f'<span aria-hidden="true">{blocks.esc(badge(first))}</span>'
        f'<span class="wm-hidden">{blocks.esc(grade_text)}</span></span>'
        f'<span class="wm-project-what"><span class="wm-strong">{blocks.esc(title)}</span>'
        f'<span class="wm-small">{blocks.esc(" · ".join(part for part in meta if part))}</span></span>'
        f'<span class="wm-n"><span>{blocks.esc(figures(lang) if figures else "")}</span>'
        f'<span class="wm-small">{blocks.esc(target(lang) if target else "")}</span></span></a></li>'
    )


def _tone(letter: str) -> str:
    return letter if letter in "ABCX" else "none"
