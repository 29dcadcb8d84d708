"""Actions without a browser: who does what by when, for a reminder every morning and for other programs."""

from __future__ import annotations

from typing import Annotated

from actions import wording
from actions.listing import Wanted
from cockpit.actions import listed
from cockpit.workspace import open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, help_of, option
from core.errors import UsageFault
from core.text import Text, same
from exports.json_text import json_text
from terminal import emit, in_words, print_table, tell

NOTHING = same("–")


@app.command("actions", help=help_of("actions"))
def actions(
    *,
    overdue: Annotated[bool, option("overdue")] = False,
    owner: Annotated[str | None, option("owner", "NAME")] = None,
    closed: Annotated[bool, option("closed")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    everything = listed(ws)
    if owner and owner not in everything.owners:
        raise UsageFault(
            Text(
                de="Für „{name}“ gibt es keine Maßnahme. Verantwortlich sind: {all}.",
                en="There is no action for “{name}”. Owners are: {all}.",
            ).fill(name=owner, all=", ".join(everything.owners) or NOTHING)
        )
    found = listed(ws, Wanted(owners=(owner,) if owner else (), overdue=overdue, running=not closed))
    if as_json:
        emit(json_text({"today": found.today, "counts": found.counts, "actions": list(found.actions)}))
        return
    if found.actions:
        print_table(
            [
                Text(de="Nr.", en="No."),
                Text(de="Maßnahme", en="Action"),
                Text(de="Verantwortlich", en="Owner"),
                Text(de="Fällig", en="Due"),
                Text(de="Status", en="Status"),
                Text(de="Tage überfällig", en="Days overdue"),
            ],
            [
                [
                    same(str(one.id)),
                    one.title,
                    wording.owner(one),
                    wording.due_words(one, found.today)[0],
                    wording.STATUSES[one.status],
                    _or_nothing(one.days_late(found.today)),
                ]
                for one in found.actions
            ],
            numbers_from=5,
        )
    tell(wording.actions_title(found.counts, found.today))


def _or_nothing(days: int | None) -> Text:
    return NOTHING if days is None else in_words(days)
