"""What the overview says."""

from __future__ import annotations

from core.text import Text

PAGE = Text(de="Überblick", en="Overview")
TRACK = Text(de="Die Phasen der Kundenreise", en="The phases of the customer journey")
ONWARD = Text(
    de="{share} der beendeten Besuche in {phase} gehen weiter ({a} von {b}, 12 Monate)",
    en="{share} of the visits that ended in {phase} moved on ({a} of {b}, 12 months)",
)
CHART = Text(
    de="{kpi}, je Monat, mit natürlichen Grenzen: {words}",
    en="{kpi}, per month, with natural limits: {words}",
)
NO_HEADLINE = Text(de="keine Kennzahl", en="no KPI")
SIGNALS = {
    0: Text(de="Keine Veränderung ist ein Signal", en="No change is a signal"),
    1: Text(de="Eine Veränderung ist ein Signal", en="One change is a signal"),
}
SIGNALS_MANY = Text(de="{n} Veränderungen sind ein Signal", en="{n} changes are signals")
CHECKED = Text(
    de="{n} Kennzahlen geprüft; zufällig wären etwa {f} zu erwarten",
    en="{n} KPIs checked; about {f} would be expected by chance",
)
MORE = Text(de="und {n} weitere im Kennzahlen-Handbuch", en="and {n} more in the KPI handbook")
UNCHECKED = Text(de="Signale lassen sich noch nicht erkennen", en="Signals cannot be told yet")
UNCHECKED_ABOUT = Text(
    de="Dafür braucht eine Kennzahl mindestens acht Monate Verlauf und genug Fälle.",
    en="A KPI needs a course of at least eight months and enough cases for that.",
)
NO_SIGNALS = Text(
    de="Alles schwankt wie gewohnt. Pfeile gibt es nur für Signale.",
    en="Everything varies as usual. Arrows are for signals only.",
)
BALANCE = Text(de="Was Kunden sagen und was sie zahlen", en="What customers say and what they pay")
BALANCE_SUB = Text(
    de="{period} · Aufwand und Zufriedenheit neben Geld", en="{period} · effort and satisfaction beside money"
)
BALANCE_NONE = Text(
    de="Dafür fehlen Bewertungen (CES, CSAT oder NPS) und Auftragswerte.",
    en="This needs scores (CES, CSAT or NPS) and order values.",
)
HINTS = Text(de="Was im Bild noch fehlt", en="What the picture lacks")

# what not to miss: the costliest leak, the weakest dimension, overdue actions
STANDING = Text(de="Worauf es jetzt ankommt", en="What matters now")
LEAK_NONE = Text(
    de="Kein Leck lässt sich beziffern: zu wenige Fälle.", en="No leak can be put in money: too few cases."
)
WEAKEST = Text(de="Am wenigsten reif", en="Least mature")
WEAKEST_SAID = Text(de="{dimension}, Niveau {level} von 5", en="{dimension}, level {level} of 5")
WEAKEST_SUB = Text(de="{team}, n = {n}, Runde vom {day}", en="{team}, n = {n}, round of {day}")
NO_ROUND = Text(de="Noch keine Reifegrad-Runde abgeschlossen", en="No maturity round has been closed yet")
NO_ROUND_SUB = Text(
    de="Eine Runde dauert fünfzehn Minuten je Person.", en="A round takes fifteen minutes a person."
)
ACTIONS = Text(de="Maßnahmen", en="Actions")
ACTIONS_LATE = {
    0: Text(de="Keine der {running} laufenden ist überfällig", en="None of {running} running is overdue"),
    1: Text(de="Eine von {running} laufenden ist überfällig", en="One of {running} running is overdue"),
}
ACTIONS_LATE_MANY = Text(
    de="{n} von {running} laufenden sind überfällig", en="{n} of {running} running are overdue"
)
ACTIONS_SUB = Text(
    de="{waiting} warten, {unowned} ohne Verantwortliche", en="{waiting} wait, {unowned} without an owner"
)
ACTIONS_NONE = Text(de="Es läuft keine Maßnahme", en="No action is running")
ACTIONS_NONE_SUB = Text(de="aus einem Plan, einem Leck oder von Hand", en="from a plan, a leak or by hand")

# the overview as a file
TAKE_ALONG = {"pdf": Text(de="Als PDF", en="As PDF"), "pptx": Text(de="Als Folie", en="As slide")}
TAKE_ALONG_ABOUT = Text(
    de="Der Überblick auf einer Seite, so wie er hier gefiltert ist",
    en="The overview on one page, filtered as it is here",
)
FILE = Text(de="ueberblick", en="overview")
