"""What the page about one phase says."""

from __future__ import annotations

from core.text import Text

PAGE = Text(de="Phasen", en="Phases")
PHASE = Text(de="Phase", en="Phase")
SITUATION = Text(de="Die Lage des Kunden", en="The customer's situation")
GOAL = Text(de="Unser Ziel", en="Our goal")
MEASURES = Text(de="Typische Maßnahmen", en="Typical measures")
TITLE = Text(de="{phase}: {finding}", en="{phase}: {finding}")
NO_VISITS = Text(de="keine Besuche im Zeitraum", en="no visits in the period")
NONE_BEGAN = Text(de="Im Zeitraum begann kein Besuch.", en="No visit began in the period.")
MANY_OPEN = Text(
    de="alle {n} Besuche des Zeitraums sind noch offen", en="all {n} visits of the period are still open"
)
STILL_OPEN = Text(de="{open} von {n} Besuchen sind noch offen", en="{open} of {n} visits are still open")
MATURE = Text(
    de="{open}; zuletzt ausgereift ({month}): {share} gehen weiter",
    en="{open}; last mature ({month}): {share} move on",
)
ONWARD = Text(
    de="{share} der beendeten Besuche gehen weiter, {lost} gehen verloren",
    en="{share} of the visits that ended moved on, {lost} were lost",
)
ENDS = Text(de="Wie Besuche enden", en="How visits end")
ENDS_SUB = Text(
    de="{n} Besuche, die im Zeitraum begannen ({period}); die sechs Enden ergeben zusammen alle Besuche",
    en="{n} visits that began in the period ({period}); the six ends add up to all visits",
)
END_NAMES = {
    "advanced": Text(de="weiter in die nächste Phase", en="advanced to the next phase"),
    "skipped": Text(de="weiter, Phasen übersprungen", en="advanced, skipping phases"),
    "completed": Text(de="abgeschlossen", en="completed"),
    "back": Text(de="zurück in eine frühere Phase", en="moved back to an earlier phase"),
    "lost": Text(de="verloren", en="lost"),
    "open": Text(de="noch offen", en="still open"),
}
VISITS = Text(de="{n} Besuche", en="{n} visits")
CAME_FROM = Text(de="Woher sie kommen", en="Where they come from")
CAME_FROM_SUB = Text(de="Phase vor dem Besuch", en="Phase before the visit")
WENT_TO = Text(de="Wohin sie gehen", en="Where they go")
WENT_TO_SUB = Text(de="Phase nach dem Besuch", en="Phase after the visit")
MUST_DO = Text(de="Was nicht fehlen darf", en="What must not be missing")
MUST_DO_SUB = Text(
    de="Schritte, ihr Zeichen und der Anteil der {n} Besuche mit einem solchen Kontakt",
    en="Steps, their sign, and the share of the {n} visits with such a contact",
)
DONE = Text(de="{n} mit „{event}“", en="{n} with “{event}”")
NO_SIGN = Text(de="kein Zeichen in den Daten", en="no sign in the data")
KPIS = Text(de="Kennzahlen dieser Phase", en="KPIs of this phase")
KPI_WORDS = Text(de="{kpi}: {value}, {words}", en="{kpi}: {value}, {words}")
UNLIT = Text(de="Noch ohne Wert", en="Without a value yet")
UNLIT_SUB = Text(de="Was fehlt, damit diese Kennzahlen sichtbar werden", en="What is missing for these KPIs")
HOW = Text(de="So wird gerechnet", en="How it is computed")
MET = {
    "touchpoint": Text(de="Touchpoints", en="Touchpoints"),
    "channel": Text(de="Kanäle", en="Channels"),
    "content": Text(de="Inhalte", en="Contents"),
}
MET_SUB = Text(de="Kontakte in dieser Phase, {period}", en="Contacts in this phase, {period}")
MET_NONE = {
    "touchpoint": Text(de="Keine Kontakte im Zeitraum.", en="No contacts in the period."),
    "channel": Text(de="Sichtbar mit der Spalte „Kanal“.", en="Visible with the column “Channel”."),
    "content": Text(de="Sichtbar mit der Spalte „Inhalt“.", en="Visible with the column “Content”."),
}
MET_COLUMNS = (
    Text(de="Name", en="Name"),
    Text(de="Kontakte", en="Contacts"),
    Text(de="Kunden", en="Customers"),
)
PASSAGE_COLUMNS = (Text(de="Phase", en="Phase"), Text(de="Besuche", en="Visits"))
STEP_COLUMNS = (
    Text(de="Schritt", en="Step"),
    Text(de="Zeichen", en="Sign"),
    Text(de="Besuche mit Zeichen", en="Visits with the sign"),
    Text(de="Besuche", en="Visits"),
)
END_COLUMNS = (Text(de="Ende", en="End"), Text(de="Besuche", en="Visits"))
UNASSIGNED = Text(
    de=(
        "{n} Kontakte sind keiner Phase zugeordnet, vor allem: {names}. Die Zuordnung steht auf der Seite "
        "„Daten“."
    ),
    en="{n} contacts are assigned to no phase, above all: {names}. The Data page holds the assignment.",
)
