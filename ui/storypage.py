"""Case studies: all of them in a list; one as it reads, next to its figures, ready to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.claims import Entry
from cockpit.exporting import export_story, preview
from cockpit.stories import edited_langs
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang
from proof.handouts import Story
from ui import blocks
from ui.address import write
from ui.claimcard import arrow, change_words, claim_address, draw_quote, group_of, strength
from ui.claimparts import Desk
from ui.claimtake import Kind, draw_files, for_whom
from ui.links import plain_address
from ui.person import ask_name, person
from ui.storyform import draw_fields, is_unsaved, typed_story
from ui.words import claims, common
from ui.words import stories as words

KINDS: tuple[Kind, ...] = (("pptx", "pptx", "slide"), ("pdf", "pdf", "slide"))
_CHOSEN = "story"


def story_address(project: str, lang: Lang) -> str:
    return plain_address("claims", lang, part="stories", story=project)


def draw_stories(on: Desk, lang: Lang) -> None:
    """Every project that has a proof has a case study; each leads to its page."""
    projects = {entry.project.id: entry for entry in reversed(on.entries)}
    if not projects:
        with on.head:
            blocks.title(words.NONE(lang))
        blocks.prose(claims.NONE_ABOUT(lang))
        return
    langs = {project: edited_langs(on.ws, project) for project in projects}
    n, everything = sum(map(bool, langs.values())), len(projects)
    title = words.TITLE if n else words.TITLE_DRAFT if everything == 1 else words.TITLE_DRAFTS
    sample = common.SAMPLE(lang) if any(entry.claim.sample for entry in on.entries) else None
    with on.head:
        blocks.title(title.fill(n=n, all=everything)(lang), sample=sample, meta=words.ABOUT(lang))
    lines = []
    order = list(claims.GROUPS)
    for project, entry in sorted(projects.items(), key=lambda each: order.index(group_of(each[1]))):
        names = ", ".join(words.LANGUAGES[each](lang) for each in langs[project])
        state = words.WRITTEN_IN.fill(langs=names) if names else words.DRAFT_SHORT
        below = [entry.project.customer, arrow(entry, lang), state(lang)]
        lines.append(
            blocks.Row(
                label=entry.project.name(lang), href=story_address(project, lang),
                value=claims.ALLOWED[entry.permission.allowed](lang),
                below=" · ".join(filter(None, below)),
            )
        )  # fmt: skip
    with st.container(width=900):
        blocks.rows(lines, words.LIST(lang))


def chosen_story(on: Sequence[Entry]) -> list[Entry]:
    """The proofs of the project whose case study the URL names; none where it names none."""
    said = st.query_params.get(_CHOSEN, "")
    found = [entry for entry in on if entry.project.id == said]
    if found:
        order = [kpi.key for kpi in found[0].project.kpis]
        write("part", ["stories"])
        write(_CHOSEN, [said])
        return sorted(found, key=lambda each: order.index(each.kpi.key))
    return []


def draw_story(ws: Workspace, shown: Sequence[Entry], lang: Lang) -> None:
    """One case study as it reads, its figures beside it, the files, then the fields."""
    first = shown[0]
    now, kept = typed_story(ws, first.project.id, lang)
    ways: list[tuple[str, str | None]] = [
        (f"← {words.ALL(lang)}", plain_address("claims", lang, part="stories")),
        *((words.PROOF.fill(claim=each.claim.id)(lang), claim_address(each, lang)) for each in shown),
        (
            claims.PROJECT.fill(name=first.project.name)(lang),
            plain_address("projects", lang, project=first.project.id),
        ),
    ]
    blocks.small_print(ways)
    _title(first, now.told, kept, lang)
    who = person(ws, lang)
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        for label, text in (
            (words.SITUATION, now.told.situation),
            (words.APPROACH, now.told.approach),
            (words.RESULT, now.told.result),
        ):
            if text.strip():
                blocks.prose(text, label(lang))
        draw_quote(first, lang)
    with right:
        _figures(shown, lang)
        _take(ws, first, who, lang, unsaved=is_unsaved(now.written, kept))
    blocks.rule()
    draw_fields(ws, now, kept, who, lang)
    blocks.foot([(common.LINK_HERE(lang), story_address(first.project.id, lang))])


def _title(first: Entry, told: Story, kept: Story, lang: Lang) -> None:
    sample = common.SAMPLE(lang) if first.claim.sample else None
    chips = [words.PAGE(lang), first.project.customer, claims.ALLOWED[first.permission.allowed](lang)]
    meta = words.DRAFT
    if kept.edited_at is not None:
        meta = words.EDITED.fill(at=kept.edited_at, person=kept.edited_by)
    blocks.title(told.title or first.project.name(lang), chips, sample=sample, meta=meta(lang))


def _figures(shown: Sequence[Entry], lang: Lang) -> None:
    blocks.heading(words.FIGURES(lang))
    lines = [
        blocks.Row(
            label=each.kpi.name(lang), below=strength(each)(lang), value=arrow(each, lang),
            beside=change_words(each, lang), href=claim_address(each, lang),
        )
        for each in shown
    ]  # fmt: skip
    blocks.rows(lines, words.FIGURES(lang))


def _take(ws: Workspace, first: Entry, who: str, lang: Lang, *, unsaved: bool) -> None:
    try:
        preview(first, lang)
    except UsageFault as fault:
        blocks.heading(claims.NOT_OUT(lang), fault.text(lang))
        return
    blocks.heading(words.TAKE(lang), words.UNSAVED(lang) if unsaved else claims.TAKE_SUB(lang))
    if not who:
        ask_name(ws, claims.NAME_FIRST(lang), lang)
        return
    use = for_whom(who, lang)
    project = first.project.id
    draw_files(lambda to, _: export_story(ws, project, to, use), f"story-{first.claim.id}", lang, KINDS)
