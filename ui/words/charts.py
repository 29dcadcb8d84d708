"""What charts say beside their points."""

from __future__ import annotations

from core.text import Text

SUB = Text(de="{unit} je Monat, n = {n} {limits}", en="{unit}, monthly, n = {n} {limits}")
RANGE = Text(de="{low}–{high}", en="{low}–{high}")
NOTES = Text(de="Notizen: {notes}", en="Notes: {notes}")
CHANGE = Text(de="Veränderung zum Vorjahresmonat, {unit}", en="Change from a year before, {unit}")
LIMITS = Text(
    de="· gepunktet: Mittel, Band: natürliche Grenzen (XmR)", en="· dotted: mean, band: natural limits (XmR)"
)
NO_LIMITS = Text(de="· noch zu wenig Verlauf für Grenzen", en="· too little history for limits yet")
UNTESTED = Text(
    de="· ohne Grenzen: die Monate werden nicht auf Signale geprüft",
    en="· without limits: the months are not tested for signals",
)
ALT = Text(de="{kpi} je Monat, zuletzt {value}: {words}", en="{kpi} per month, last {value}: {words}")
NEW_BASIS = Text(de="neue Basis", en="new baseline")
BY_HAND = Text(de="Basis neu gesetzt: {note}", en="baseline reset: {note}")
RUNNING = Text(de="läuft noch", en="still running")
YES_NO = {True: Text(de="ja", en="yes"), False: Text(de="nein", en="no")}
RULES = {
    "outside_limits": Text(de="außerhalb der Grenzen", en="outside the limits"),
    "run_of_eight": Text(de="acht in Folge", en="eight in a row"),
    "three_of_four": Text(de="drei von vier", en="three of four"),
}
COLUMNS = (
    Text(de="Monat", en="Month"),
    Text(de="Wert", en="Value"),
    Text(de="Zähler", en="Numerator"),
    Text(de="Nenner", en="Denominator"),
    Text(de="n", en="n"),
    Text(de="Vollständig", en="Complete"),
    Text(de="Mittel", en="Mean"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
    Text(de="Signal", en="Signal"),
)
