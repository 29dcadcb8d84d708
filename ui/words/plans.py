"""What the page about maturity says of plans: targets, actions, what they come to."""

from __future__ import annotations

from core.text import Text
from ui.words.maturity import Mark

TITLE_FIRST = Text(
    de="{team}: {n} Maßnahmen mit {days} Tagen Aufwand führen zum Ziel; beginnen mit „{dimension}“",
    en="{team}: {n} actions of {days} days reach the target; begin with “{dimension}”",
)
TITLE_ONE = Text(
    de="{team}: Eine Maßnahme mit {days} Tagen Aufwand führt zum Ziel, im Bereich „{dimension}“",
    en="{team}: one action of {days} days reaches the target, in “{dimension}”",
)
TITLE_MET = Text(de="{team}: Alle Zielstufen sind erreicht", en="{team}: all target levels are reached")
TITLE_NONE = Text(de="{team}: kein Plan möglich", en="{team}: no plan is possible")

PROPOSED = Text(
    de="Sie haben noch keine Zielstufen gesetzt. Vorgeschlagen ist überall die nächste Stufe.",
    en="You have not set any targets yet. Proposed is the next level everywhere.",
)
TARGETS = Text(de="Zielstufen ändern", en="Change the targets")
TARGETS_SET = Text(de="Zielstufen setzen", en="Set the targets")
TARGETS_ABOUT = Text(
    de="Ziele meinen die Stufe, nicht das Niveau: Jede Stufe bis dorthin muss halten. Leer heißt: kein Ziel.",
    en="Targets mean the gated level: every level up to it must hold. Empty means: no target.",
)
TARGET_COLUMNS = (
    Text(de="Bereich", en="Dimension"),
    Text(de="Stufe heute", en="Gated level today"),
    Text(de="Zielstufe", en="Target"),
)
TARGETS_SAVE = Text(de="Ziele speichern", en="Save the targets")
TARGETS_SAVED = Text(de="Die Zielstufen sind gespeichert.", en="The targets are saved.")
TARGETS_NEEDED = Text(de="Bitte setzen Sie mindestens eine Zielstufe.", en="Please set at least one target.")

SHOWN = Text(de="Umfang", en="How much")
HOW_MUCH = {
    "first": Text(de="Die ersten drei", en="The first three"),
    "all": Text(de="Der ganze Plan", en="The whole plan"),
}
FIRST = Text(de="Damit beginnen: die ersten {n} Maßnahmen", en="Begin with this: the first {n} actions")
FIRST_ONE = Text(de="Damit beginnen", en="Begin with this")
FIRST_SUB = Text(
    de="{days} Tage Aufwand, in der Reihenfolge, in der sie aufeinander aufbauen.",
    en="{days} days of work, in the order in which they build on each other.",
)
WHOLE = Text(de="Der ganze Plan: {n} Maßnahmen, {days} Tage", en="The whole plan: {n} actions, {days} days")
WHOLE_SUB = Text(
    de="Die Maßnahmen mit dem geringsten Gesamtaufwand, die alle Zielstufen erreichen (exakt gerechnet), "
    "in einer Reihenfolge, die achtet, was was voraussetzt.",
    en="The actions of least total effort that reach all targets (solved exactly), in an order that respects "
    "what presupposes what.",
)
STEP = Text(de="{n}. {action}", en="{n}. {action}")
STEP_ABOUT = Text(de="{dimension}, Stufe {level}", en="{dimension}, level {level}")
STEP_NEEDS = Text(de="nach Nr. {numbers}", en="after no. {numbers}")
STEP_KPI = Text(de="soll bewegen: {kpi}", en="should move: {kpi}")
STEP_RUNNING = Text(de="läuft schon: {owner}, fällig {due}", en="already running: {owner}, due {due}")
STEP_TAKEN = Text(de="schon als Maßnahme angelegt", en="already an action")
NO_DATE = Text(de="ohne Termin", en="no date")
NO_OWNER = Text(de="ohne Verantwortliche", en="no owner")
DAYS = Text(de="{n} Tage", en="{n} days")
ONE_DAY = Text(de="1 Tag", en="1 day")

AFTERWARDS = Text(de="Danach: Niveau {before} → {after}", en="Afterwards: level {before} → {after}")
AFTERWARDS_SUB = Text(
    de="Wenn alle Maßnahmen des Plans umgesetzt sind und ihre Aussagen durchgängig gelten",
    en="Once all actions of the plan are carried out and their statements hold throughout",
)
KEYS: dict[Mark, Text] = {
    "holds": Text(de="Stufe heute", en="gated level today"),
    "was": Text(de="Niveau heute", en="level today"),
    "now": Text(de="Niveau danach", en="level afterwards"),
}
FROM_TO_LEVEL = Text(de="Stufe {before} → {after}", en="gated {before} → {after}")
PLAN = Text(de="Plan", en="Plan")
PLAN_COLUMNS = (
    Text(de="Nr.", en="No."),
    Text(de="Bereich", en="Dimension"),
    Text(de="Stufe", en="Level"),
    Text(de="Aussage", en="Statement"),
    Text(de="Maßnahme", en="Action"),
    Text(de="Tage", en="Days"),
    Text(de="Setzt voraus (Nr.)", en="Presupposes (no.)"),
    Text(de="Kennzahl", en="KPI"),
)

TAKE = Text(de="Als Maßnahmen anlegen", en="Turn into actions")
TAKE_ABOUT = Text(
    de="Wer macht was bis wann: Tragen Sie ein, was schon feststeht. Ein Klick legt alle "
    "angekreuzten Schritte an.",
    en="Who does what by when: enter what is settled. One click turns every ticked step into an action.",
)
TAKE_COLUMNS = (
    Text(de="Anlegen", en="Take"),
    Text(de="Maßnahme", en="Action"),
    Text(de="Verantwortlich", en="Owner"),
    Text(de="Bis", en="Due"),
)
TAKEN = Text(de="{n} Maßnahmen sind angelegt.", en="{n} actions were made.")
TAKEN_ONE = Text(de="Eine Maßnahme ist angelegt.", en="One action was made.")
TAKE_NONE = Text(de="Bitte kreuzen Sie mindestens einen Schritt an.", en="Please tick at least one step.")
ALL_TAKEN = Text(
    de="Alle gezeigten Schritte sind schon als Maßnahmen angelegt.",
    en="All steps shown are already actions.",
)
ACTIONS_PAGE = Text(de="Zu den Maßnahmen", en="To the actions")
