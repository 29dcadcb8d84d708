"""The sample's actions: what the invented firm does about its findings, under way whenever one looks."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from actions.effect import Baseline
from actions.model import Action, Draft
from cockpit.actions import advised, baselines
from cockpit.workspace import Workspace
from core.text import Text
from store.state.actions import New
from store.state.round import Round

FILE = Path(__file__).resolve().parent.parent / "sample_data" / "actions.toml"

Entry = Mapping[str, Any]
Figures = Mapping[tuple[str, str | None, str], Baseline]


def load_actions(ws: Workspace) -> list[Action]:
    """Writes the sample's actions down anew, in place of those of an earlier load.

    Days count from the present, so that some are overdue on any day. The sample's data and rounds must be
    there: each action's KPI is frozen as it stood in a past month, each plan's step belongs to a round.
    """
    entries: list[Entry] = tomllib.loads(FILE.read_text(encoding="utf-8"))["actions"]
    now = ws.now().replace(hour=10, minute=0, second=0, microsecond=0)
    rounds = {one.team: one for one in reversed(ws.state.rounds.all(sample=True))}
    ws.state.actions.remove_sample()
    drafts = [_draft(ws, entry, rounds, now.date()) for entry in entries]
    figures = _figures(ws, entries, drafts)
    made: list[Action] = []
    for entry, draft in zip(entries, drafts, strict=True):
        needs = tuple(made[place].id for place in entry.get("needs", ()))
        figure = figures.get((draft.kpi or "", draft.phase, entry["month"]))
        made.append(_written(ws, entry, New(draft=replace(draft, needs=needs), baseline=figure), now))
    return made


def _draft(ws: Workspace, entry: Entry, rounds: Mapping[str, Round], today: dt.date) -> Draft:
    due = today + dt.timedelta(days=entry["due"]) if "due" in entry else None
    if "statement" in entry:
        return advised(ws, rounds[entry["team"]], (entry["statement"], entry["owner"], due))
    return Draft(
        title=Text(**entry["title"]), note=entry["note"], origin=entry["origin"],
        origin_ref=entry.get("ref", ""), owner=entry["owner"], due=due, effort_days=entry.get("effort_days"),
        kpi=entry["kpi"], expected=entry["expected"], expected_amount=entry.get("expected_amount"),
        phase=entry["phase"],
    )  # fmt: skip


def _figures(ws: Workspace, entries: Sequence[Entry], drafts: Sequence[Draft]) -> Figures:
    """The KPIs' figures in the months that the entries name; one evaluation a month."""
    wanted = {
        (draft.kpi, draft.phase, str(entry["month"]))
        for entry, draft in zip(entries, drafts, strict=True)
        if draft.kpi is not None
    }
    return {
        (kpi, phase, month): figure
        for month in sorted({month for _, _, month in wanted})
        for (kpi, phase), figure in baselines(
            ws, {(kpi, phase) for kpi, phase, other in wanted if other == month}, month
        ).items()
    }


def _written(ws: Workspace, entry: Entry, new: New, now: dt.datetime) -> Action:
    """The action with what has happened to it since."""
    kept = ws.state.actions
    leader = ws.state.rounds.all(sample=True)[0].opened_by
    (made,) = kept.add([new], person=leader, at=now - dt.timedelta(days=entry["ago"]), sample=True)
    for event in entry["history"]:
        at = now - dt.timedelta(days=event["ago"])
        made = kept.change(made.id, made.version, {"status": event["status"]}, person=event["who"], at=at)
    return made
