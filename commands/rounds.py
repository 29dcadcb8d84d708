"""Rounds without a browser: open one, make links for those who answer, see how many have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path
from typing import Annotated

from cockpit import rounds as use
from cockpit.answering import answering_address, link
from cockpit.people import name_of
from cockpit.workspace import Workspace, open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, argument, help_of, option
from core.errors import InputFault, UsageFault
from core.text import Text, same
from exports.json_text import json_text
from store.state.round import Invitation, Round
from terminal import emit, in_words, print_table, tell

_SHORT = 8  # of a round's id; enough to tell it from the others
TEAM, ROUND = Text(de="Team", en="Team"), Text(de="Runde", en="Round")


@app.command("rounds", help=help_of("rounds"))
def rounds(
    *, workspace: InWorkspace = DEFAULT_WORKSPACE, as_json: AsJson = False, lang: InLang = "de"
) -> None:
    ws = open_workspace(workspace)
    found, now = use.rounds(ws), ws.now()
    if as_json:
        emit(
            json_text(
                [
                    {
                        "id": one.id,
                        "checklist": one.checklist.id,
                        "version": one.checklist.version,
                        "team": one.team,
                        "closes_on": one.closes_on,
                        "over": one.over(now),
                        "invited": one.invited,
                        "submitted": one.submitted,
                    }
                    for one in found
                ]
            )
        )
        return
    if not found:
        tell(Text(de="Es gibt noch keine Runde.", en="There is no round yet."))
        return
    running, closed = Text(de="läuft", en="running"), Text(de="geschlossen", en="closed")
    print_table(
        [
            ROUND,
            Text(de="Katalog", en="Catalog"),
            TEAM,
            Text(de="Schluss", en="Closes"),
            Text(de="Stand", en="Status"),
            Text(de="eingeladen", en="invited"),
            Text(de="abgegeben", en="submitted"),
        ],
        [
            [
                same(one.id[:_SHORT]),
                same(one.checklist.id),
                same(one.team),
                in_words(one.closes_on),
                closed if one.over(now) else running,
                in_words(one.invited),
                in_words(one.submitted),
            ]
            for one in found
        ],
        numbers_from=5,
    )


@app.command("round", help=help_of("round"))
def round_(
    catalog: Annotated[str, argument("catalog", "CATALOG")],
    people: Annotated[list[str] | None, argument("people", "[NAME=ROLE...]")] = None,
    *,
    team: Annotated[str, option("team", "TEAM")],
    until: Annotated[str, option("until", "YYYY-MM-DD")],
    minimum: Annotated[int, option("minimum", "N")] = 3,
    is_open: Annotated[bool, option("open")] = False,
    file: Annotated[Path | None, option("people", "FILE.csv")] = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    invited = _people(people, file)
    use.check_people(invited, minimum, is_open=is_open)
    made = use.open_round(
        ws, catalog, team=team, closes_on=_day(until), person=who(ws), minimum=minimum, is_open=is_open
    )
    _tell_links(ws, made, use.invite(ws, made.id, invited, who(ws)), as_json=as_json)


@app.command("links", help=help_of("links"))
def links(
    round_id: Annotated[str, argument("round", "ROUND")],
    people: Annotated[list[str] | None, argument("people", "[NAME=ROLE...]")] = None,
    *,
    file: Annotated[Path | None, option("people", "FILE.csv")] = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    found = found_round(ws, round_id)
    _tell_links(ws, found, use.invite(ws, found.id, _people(people, file), who(ws)), as_json=as_json)


def _tell_links(ws: Workspace, made: Round, places: Sequence[Invitation], *, as_json: bool) -> None:
    """The links on stdout, once; beside them what to know about them."""
    rows = [{"person": one.person, "role": one.role, "link": link(ws, one.token)} for one in places]
    if as_json:
        emit(json_text({"round": made.id, "links": rows}))
    else:
        print_table(
            [Text(de="Person", en="Person"), Text(de="Rolle", en="Role"), Text(de="Link", en="Link")],
            [[same(row["person"]), same(row["role"]), same(row["link"])] for row in rows],
            numbers_from=3,
        )
    tell(
        Text(
            de="Runde {id}, {team}, bis {day}. Die Links stehen nur hier und nur jetzt: Jede Person bekommt "
            "ihren eigenen; wer einen hat, kann damit antworten.",
            en="Round {id}, {team}, until {day}. The links are shown here and now only: each person gets "
            "their own; whoever has one can answer with it.",
        ).fill(id=made.id[:_SHORT], team=made.team, day=made.closes_on)
    )
    if answering_address(ws) is None:
        tell(
            Text(
                de="Noch führen sie ins Leere: ./run invite startet die Seite, auf der geantwortet wird (für "
                "andere Rechner mit --host). Startet sie unter einer anderen Adresse, ist vorn in den Links "
                "diese einzusetzen.",
                en="As yet they lead nowhere: ./run invite starts the page on which people answer (for other "
                "machines with --host). If it starts at another address, put that at the front of the links.",
            )
        )


def _people(named: Sequence[str] | None, file: Path | None) -> list[tuple[str, str]]:
    """(name, role) pairs as typed, and those of a file with a line `name;role` each."""
    lines = list(named or [])
    pairs = [(name.strip(), role.strip()) for name, _, role in (line.partition("=") for line in lines)]
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputFault(
                Text(
                    de="{file} lässt sich nicht als Text in UTF-8 lesen.",
                    en="{file} cannot be read as text in UTF-8.",
                ).fill(file=file)
            ) from error
        rows = (line.partition(";" if ";" in line else ",") for line in text.splitlines() if line.strip())
        pairs += [(name.strip(' "'), role.strip(' "')) for name, _, role in rows]
    return pairs


def found_round(ws: Workspace, wanted: str) -> Round:
    """The round of an id or of its beginning. UsageFault where it is none or not the only one."""
    fitting = [one for one in use.rounds(ws) if one.id.startswith(wanted)]
    if len(fitting) != 1:
        raise UsageFault(
            Text(
                de="Die Kennung „{id}“ passt zu {n} Runden; ./run rounds zeigt alle.",
                en="The id “{id}” fits {n} rounds; ./run rounds shows all.",
            ).fill(id=wanted, n=len(fitting))
        )
    return fitting[0]


def _day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise UsageFault(
            Text(
                de="Das Datum „{said}“ ist keines; erwartet wird etwa 2026-12-31.",
                en="“{said}” is no date; expected is something like 2026-12-31.",
            ).fill(said=said)
        ) from error


def who(ws: Workspace) -> str:
    return name_of(ws) or getuser()
