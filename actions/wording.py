"""Actions in words: their status, where they come from, when they are due, how many are late."""

from __future__ import annotations

import datetime as dt

from actions.listing import AHEAD_DAYS, Counts
from actions.model import Action, Expected, Origin, Status
from core.text import Text, same

STATUSES: dict[Status, Text] = {
    "open": Text(de="offen", en="open"),
    "in_progress": Text(de="in Arbeit", en="in progress"),
    "waiting": Text(de="wartet", en="waiting"),
    "done": Text(de="erledigt", en="done"),
    "dropped": Text(de="verworfen", en="dropped"),
}
ORIGINS: dict[Origin, Text] = {
    "plan": Text(de="Reifegradplan", en="Maturity plan"),
    "hand": Text(de="von Hand", en="By hand"),
    "map": Text(de="Journey Map", en="Journey map"),
    "reason": Text(de="Kontaktgrund", en="Contact reason"),
    "leak": Text(de="Verlust im Trichter", en="Leak in the funnel"),
    "project": Text(de="Projekt", en="Project"),
}
EXPECTED: dict[Expected, Text] = {
    "up": Text(de="soll steigen", en="should rise"),
    "down": Text(de="soll sinken", en="should fall"),
}
NONE = Text(de="Noch keine Maßnahmen", en="No actions yet")
ALL_CLOSED = {
    False: Text(de="Alle {n} Maßnahmen sind abgeschlossen", en="All {n} actions are closed"),
    True: Text(de="Die einzige Maßnahme ist abgeschlossen", en="The only action is closed"),
}
OVERDUE_NONE = Text(
    de="Keine der {running} laufenden Maßnahmen ist überfällig",
    en="None of {running} running actions is overdue",
)
OVERDUE_ONE = Text(
    de="Eine von {running} laufenden Maßnahmen ist überfällig",
    en="One of {running} running actions is overdue",
)
OVERDUE = Text(
    de="{n} von {running} laufenden Maßnahmen sind überfällig",
    en="{n} of {running} running actions are overdue",
)
RUNNING_ONE = {
    False: Text(de="Die eine laufende Maßnahme ist im Plan", en="The one running action is on schedule"),
    True: Text(de="Die eine laufende Maßnahme ist überfällig", en="The one running action is overdue"),
}
SOON_ONE = {
    False: Text(de="; eine wird bis {day} fällig", en="; one falls due by {day}"),
    True: Text(de="; eine weitere wird bis {day} fällig", en="; one more falls due by {day}"),
}
SOON = {
    False: Text(de="; {n} werden bis {day} fällig", en="; {n} fall due by {day}"),
    True: Text(de="; {n} weitere werden bis {day} fällig", en="; {n} more fall due by {day}"),
}
NOBODY = Text(de="noch niemand", en="nobody yet")
NO_DAY = Text(de="ohne Termin", en="no date")
LATE_ONE = Text(de="seit gestern überfällig", en="overdue since yesterday")
LATE = Text(de="seit {n} Tagen überfällig", en="overdue for {n} days")
TODAY = Text(de="heute fällig", en="due today")
CLOSED_ON = Text(de="am {day}", en="on {day}")


def actions_title(found: Counts, today: dt.date) -> Text:
    """How many of the running ones are overdue, and how many fall due next."""
    if not found.all:
        return NONE
    if not found.running:
        return ALL_CLOSED[found.all == 1].fill(n=found.all)
    if found.running == 1:
        return RUNNING_ONE[found.overdue == 1]
    first = {0: OVERDUE_NONE, 1: OVERDUE_ONE}.get(found.overdue, OVERDUE)
    title = first.fill(n=found.overdue, running=found.running)
    if not found.soon:
        return title
    day = today + dt.timedelta(days=AHEAD_DAYS)
    then = (SOON_ONE if found.soon == 1 else SOON)[found.overdue > 0].fill(n=found.soon, day=day)
    return Text(de=title.de + then.de, en=title.en + then.en)


def owner(action: Action) -> Text:
    return same(action.owner) if action.owner else NOBODY


def due_words(action: Action, today: dt.date) -> tuple[Text, Text | None]:
    """The day, and what is to be said about it: how long overdue, or due today."""
    if not action.running:
        return CLOSED_ON.fill(day=(action.closed_at or action.changed_at).date()), None
    if action.due is None:
        return NO_DAY, None
    days = (today - action.due).days
    day = Text(de="{d}", en="{d}").fill(d=action.due)
    if days == 0:
        return day, TODAY
    if days < 0:
        return day, None
    return day, (LATE_ONE if days == 1 else LATE.fill(n=days))
