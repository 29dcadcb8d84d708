"""Rounds of a checklist: open one, let people answer, close it, begin again from what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from checklists.loading import load_checklists
from checklists.model import Checklist
from cockpit.maturity import FOLDER, checklist_of
from cockpit.workspace import Workspace
from core.catalog import Catalog
from core.errors import UsageFault
from core.text import Text
from store.state.rounds import Invitation, Own, Round, Seat


def checklists(ws: Workspace) -> Catalog[Checklist]:
    """The checklists that a round can be opened with, the workspace's own among them."""
    return load_checklists(ws.root / FOLDER)


def open_round(
    ws: Workspace,
    checklist: str,
    *,
    team: str,
    closes_on: dt.date,
    person: str,
    scope: str = "",
    minimum: int = 3,
    is_open: bool = False,
    targets: Mapping[str, int] | None = None,
) -> Round:
    """A round over a checklist as it is now. UsageFault for a team without a name or a day that is past."""
    now = ws.now()
    if not team.strip():
        raise UsageFault(Text(de="Bitte nennen Sie das Team.", en="Please name the team."))
    _check_day(closes_on, now)
    return ws.state.rounds.begin(
        checklist_of(ws.root, checklist),
        team=team.strip(), scope=scope.strip(), closes_on=closes_on, person=person, at=now,
        minimum=minimum, is_open=is_open, targets=targets,
    )  # fmt: skip


def invite(ws: Workspace, round_id: str, people: Sequence[tuple[str, str]], person: str) -> list[Invitation]:
    """A link's token for each (name, role); told once. UsageFault where nobody or somebody without a name is
    named."""
    _check_names(people)
    return ws.state.rounds.invite(round_id, people, person=person, at=ws.now())


def check_people(people: Sequence[tuple[str, str]], minimum: int, *, is_open: bool) -> None:
    """Whether (name, role) pairs can make a round of that minimum. UsageFault in words where they cannot.

    With fewer people than the minimum nothing could ever be shown; one or two need a round declared open,
    because their answers could be told apart whatever is hidden.
    """
    _check_names(people)
    if not is_open and len(people) < minimum:
        raise UsageFault(
            Text(
                de="Ab {minimum} Antworten zeigt die Runde Ergebnisse, eingetragen sind {n} Personen. Laden "
                "Sie mehr Personen ein, oder erklären Sie die Runde für offen: Dann sind einzelne Antworten "
                "zu sehen, und alle wissen es vorher.",
                en="The round shows results from {minimum} answers on, and {n} people are entered. Invite "
                "more people, or declare the round open: then single answers can be seen, and everybody "
                "knows beforehand.",
            ).fill(minimum=minimum, n=len(people))
        )


def seat(ws: Workspace, token: str) -> Seat:
    """What a respondent has answered so far."""
    return ws.state.rounds.seat(token, ws.now())


def answer(ws: Workspace, token: str, own: Own) -> Own:
    """Keeps an answer at once; what comes back is stored for good."""
    return ws.state.rounds.save(token, own, ws.now())


def submit(ws: Workspace, token: str) -> Seat:
    """Says that one is done; answers can still be changed until the round is over."""
    return ws.state.rounds.submit(token, ws.now())


def close_round(ws: Workspace, round_id: str, person: str) -> Round:
    """Ends a round before its closing date."""
    return ws.state.rounds.close(round_id, person=person, at=ws.now())


def rounds(ws: Workspace) -> list[Round]:
    """All rounds, the newest first."""
    return ws.state.rounds.all()


def declare_open(ws: Workspace, round_id: str, person: str) -> Round:
    """Lets single answers be seen after closing. UsageFault once there is an answer, InputFault once over."""
    return ws.state.rounds.declare_open(round_id, person=person, at=ws.now())


def over(ws: Workspace) -> list[Round]:
    """The rounds that are over, the newest first."""
    now = ws.now()
    return [one for one in rounds(ws) if one.over(now)]


def mark(ws: Workspace) -> tuple[tuple[str, int, bool], ...]:
    """Changes whenever what rounds say may change: for results that are kept between runs."""
    now = ws.now()
    return tuple((one.id, one.version, one.over(now)) for one in rounds(ws))


def begin_again(
    ws: Workspace,
    round_id: str,
    *,
    closes_on: dt.date,
    person: str,
    asked: Sequence[str] | None = None,
) -> tuple[Round, list[Invitation]]:
    """A new round for the same people that starts from their old answers; `asked`: only these statements.

    UsageFault while the old one runs, for a day that is past, and for statements that it does not have.
    """
    now = ws.now()
    _check_day(closes_on, now)
    if asked is not None:
        known = {statement.id for statement in ws.state.rounds.get(round_id).checklist.statements}
        if not asked or not set(asked) <= known:
            raise UsageFault(
                Text(
                    de="Bitte wählen Sie aus, welche Aussagen noch einmal beantwortet werden.",
                    en="Please choose which statements are to be answered once more.",
                )
            )
    return ws.state.rounds.begin_again(round_id, closes_on=closes_on, person=person, at=now, asked=asked)


def aim(ws: Workspace, round_id: str, targets: Mapping[str, int], version: int, person: str) -> Round:
    """The target levels that a team agrees on. `version` is what the person saw: ChangedMeanwhile where
    somebody else was faster. UsageFault for a level that the dimension does not have."""
    tops = {one.id: max(one.levels) for one in ws.state.rounds.get(round_id).checklist.dimensions}
    if any(not 1 <= level <= tops.get(name, 0) for name, level in targets.items()):
        raise UsageFault(
            Text(de="Eine dieser Zielstufen gibt es nicht.", en="One of these target levels does not exist.")
        )
    return ws.state.rounds.aim(round_id, targets, version=version, person=person, at=ws.now())


def _check_day(closes_on: dt.date, now: dt.datetime) -> None:
    if closes_on < now.date():
        raise UsageFault(
            Text(
                de="Der Schlusstag {day} liegt in der Vergangenheit.",
                en="The closing date {day} lies in the past.",
            ).fill(day=closes_on)
        )


def _check_names(people: Sequence[tuple[str, str]]) -> None:
    if not people:
        raise UsageFault(
            Text(de="Bitte tragen Sie ein, wer antworten soll.", en="Please enter who is to answer.")
        )
    if any(not name.strip() for name, _ in people):
        raise UsageFault(Text(de="In der Tabelle fehlt ein Name.", en="A name is missing in the table."))
    names = [name.strip().casefold() for name, _ in people]
    if len(set(names)) < len(names):
        raise UsageFault(Text(de="Zwei Personen haben denselben Namen.", en="Two people have the same name."))
