"""What the page of a project says about promises to prospects and the Soll they become."""

from __future__ import annotations

from core.text import Text

FROM = Text(
    de="Soll aus der Zusage vom {day} an {prospect}: {low} bis {high}, Mitte {middle} ({today} → {target})",
    en="Target from the promise of {day} to {prospect}: {low} to {high}, middle {middle} "
    "({today} → {target})",
)
ACTUAL = Text(de="Ist: {actual}", en="Actual: {actual}")
NO_ACTUAL = Text(de="Ist: noch offen", en="Actual: still open")
CHANGED = Text(
    de="Das Soll steht heute bei {now}; zugesagt waren {target}.",
    en="The target is {now} today; {target} had been promised.",
)
LATE = Text(
    de="Zugesagt, als der Nachher-Zeitraum schon lief.",
    en="Promised when the after window had begun already.",
)
OFFERED = Text(de="Was diesem Kunden zugesagt wurde", en="What this customer was promised")
OTHERS = Text(de="Zusagen an andere zu dieser Kennzahl ({n})", en="Promises to others about this KPI ({n})")
OFFERED_SUB = Text(
    de="Eine Zusage zu dieser Kennzahl kann das Soll des Projekts werden.",
    en="A promise about this KPI can become the project's target.",
)
OFFER = Text(
    de="{day} an {prospect}: {kpi} {low} bis {high}, Mitte {middle}, also {target}.",
    en="{day} to {prospect}: {kpi} {low} to {high}, middle {middle}, that is {target}.",
)
ADOPT = Text(de="Übernehmen als Soll", en="Take as target")
ADOPTED = Text(
    de="Die Zusage an {prospect} ist jetzt das Soll.", en="The promise to {prospect} is the target now."
)
RELEASE = Text(de="Zusage lösen", en="Release promise")
RELEASED = Text(
    de="Die Zusage ist gelöst. Das Soll bleibt, wie es ist.",
    en="The promise is released. The target stays as it is.",
)
BEGINS_FROM = Text(
    de="Aus der Zusage vom {day} an {prospect}. Das Soll ist die Mitte dessen, was zugesagt wurde.",
    en="From the promise of {day} to {prospect}. The target is the middle of what was promised.",
)
MAKE_PROJECT = Text(de="Projekt dazu anlegen", en="Make a project of it")
ITS_PROJECT = Text(de="ist das Soll eines Projekts", en="is the target of a project")
