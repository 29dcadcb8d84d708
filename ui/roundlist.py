"""All rounds: what runs, what is over, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from checklists.wording import level_text
from cockpit.roundhistory import Stage, stages
from cockpit.rounds import mark
from cockpit.workspace import Workspace
from core.text import Lang, Text
from store.state.round import Round
from ui import blocks
from ui.address import say_unknown
from ui.downloads import downloads
from ui.empty import offer_sample
from ui.links import plain_address
from ui.meters import Meter, meters
from ui.person import person
from ui.roundlinks import draw_links
from ui.roundopening import draw_opening
from ui.roundrunning import draw_again, draw_running
from ui.session import remembered
from ui.words import common
from ui.words import maturity as said
from ui.words import rounds as words


def draw_rounds(ws: Workspace, all_: Sequence[Round], head: DeltaGenerator, lang: Lang) -> None:
    """Links just made come first; then running rounds, closed ones, and opening a new one."""
    over = remembered(ws, "stages", mark(ws), lambda: stages(ws))
    closed = {stage.round.id for stage in over}
    running = [one for one in all_ if one.id not in closed]
    with head:
        sample = any(one.sample for one in all_)
        title = rounds_title(running, over) if all_ else words.FIRST_TITLE
        blocks.title(title(lang), sample=common.SAMPLE(lang) if sample else None)
    say_unknown(lang)
    who = person(ws, lang)
    draw_links(ws, lang)
    if not all_:
        blocks.prose(words.FIRST_ABOUT(lang))
    if running:
        _draw_meters(running, lang)
        for one in running:
            draw_running(ws, one, who, lang)
    if over:
        _draw_over(over, lang)
        draw_again(ws, [stage.round for stage in over], who, lang)
    draw_opening(ws, who, lang, expanded=not all_)
    if not all_ and ws.warehouse.head() is None:
        blocks.prose(words.FIRST_SAMPLE(lang))
        offer_sample(ws, lang)


def rounds_title(running: Sequence[Round], over: Sequence[Stage]) -> Text:
    """What runs, how far it is; or how many rounds there were."""
    if len(running) == 1:
        (one,) = running
        return words.TITLE_ONE_RUNNING.fill(
            team=one.team, submitted=one.submitted, invited=one.invited, day=one.closes_on
        )
    if running:
        many = words.ROUNDS_RUNNING.fill(n=len(running))
        return words.TITLE_RUNNING.fill(running=many, over=len(over))
    if len(over) == 1:
        return words.TITLE_ONE_OVER
    return words.TITLE_OVER.fill(n=len(over), teams=len({stage.round.team for stage in over}))


def _draw_meters(running: Sequence[Round], lang: Lang) -> None:
    blocks.heading(words.RUNNING(lang), words.RUNNING_SUB(lang))
    meters(
        [
            Meter(
                label=one.team,
                under=f"{one.checklist.name(lang)} · {words.UNTIL.fill(day=one.closes_on)(lang)}",
                done=one.submitted / (one.invited or 1),
                said=words.SUBMITTED.fill(n=one.submitted, of=one.invited)(lang),
            )
            for one in running
        ],
        words.RUNNING(lang),
    )


def _draw_over(over: Sequence[Stage], lang: Lang) -> None:
    """Closed rounds, the newest first; each leads to its results."""
    blocks.heading(words.CLOSED(lang))
    blocks.rows([_row(stage, lang) for stage in over], words.CLOSED(lang))
    rows = [
        (
            stage.round.team,
            stage.round.checklist.name(lang),
            pd.Timestamp(stage.day),
            stage.respondents,
            stage.score.overall,
        )
        for stage in over
    ]
    frame = pd.DataFrame(rows, columns=[column(lang) for column in words.CLOSED_COLUMNS])
    downloads(frame, words.CLOSED(lang), lang, "rounds")


def _row(stage: Stage, lang: Lang) -> blocks.Row:
    answered = said.ONE_RESPONDENT if stage.respondents == 1 else said.RESPONDENTS.fill(n=stage.respondents)
    about = words.CLOSED_ABOUT.fill(checklist=stage.round.checklist.name, day=stage.day, answered=answered)
    overall = stage.score.overall
    return blocks.Row(
        label=stage.round.team,
        below=about(lang),
        value="–" if overall is None else words.LEVEL.fill(level=level_text(overall))(lang),
        href=plain_address("maturity", lang, part="results", round=stage.round.id),
    )
