"""What the page of projects says."""

from __future__ import annotations

from core.text import Text
from proof.attained import Standing
from proof.effect import Design, Verdict
from proof.project import Shown, Status
from proof.window import Grain

PAGE = Text(de="Projekte", en="Projects")
NEW = Text(de="Neues Projekt", en="New project")
ALL = Text(de="Alle Projekte", en="All projects")

# the shelf
NONE = Text(de="Noch keine Projekte", en="No projects yet")
NONE_ABOUT = Text(
    de="Ein Projekt vergleicht eine Kennzahl vor und nach einem Go-live. Die Werte kommen aus einer Datei "
    "mit Messwerten (Projekt, Kennzahl, Zeitraum, Wert) oder werden über Ihre Kontakte gezählt. Mit dem "
    "Start wird der Basiszeitraum eingefroren.",
    en="A project compares a KPI before and after a go-live. The values come from a file of measurements "
    "(project, KPI, period, value) or are counted over your contacts. Starting it freezes the baseline.",
)
UNCLAIMED = Text(
    de="Messwerte sind da, ein Projekt dazu noch nicht",
    en="There are measurements, but no project for them yet",
)
UNCLAIMED_ONE = Text(
    de="„{project}“ anlegen ({kpis}; {first} – {last})", en="Enter “{project}” ({kpis}; {first} – {last})"
)
UNCLAIMED_MORE = Text(de="und {n} weitere", en="and {n} more")
PROVEN = Text(
    de="Bei {n} von {all} Projekten ist eine Verbesserung belegt",
    en="{n} of {all} projects are shown to have improved things",
)
PROVEN_ONE = Text(
    de="Bei einem von {all} Projekten ist eine Verbesserung belegt",
    en="One of {all} projects is shown to have improved things",
)
PROVEN_NONE = Text(
    de="Noch bei keinem der {all} Projekte ist eine Verbesserung belegt",
    en="None of the {all} projects is shown to have improved things yet",
)
AND_WORSE = Text(de="{title}, bei {n} eine Verschlechterung", en="{title}, {n} to have made them worse")
AND_WORSE_ONE = Text(de="{title}, bei einem eine Verschlechterung", en="{title}, one to have made them worse")
SHOWN_BY = Text(
    de="belegt heißt: Belastbarkeit A oder B; Stand {day}", en="shown means: strength A or B; as of {day}"
)
GROUPS = {
    "improved": Text(de="Besser geworden", en="Better than before"),
    "worsened": Text(de="Schlechter geworden", en="Worse than before"),
    "no_effect": Text(de="Keine Wirkung nachgewiesen", en="No effect shown"),
    "customer": Text(de="Nach Angabe des Kunden", en="According to the customer"),
    "too_few": Text(de="Zu wenige Daten", en="Too few data"),
    "open": Text(de="Noch nichts zu vergleichen", en="Nothing to compare yet"),
}
GO_LIVE = Text(de="Go-live {day}", en="Go-live {day}")
ARROW = Text(de="{before} → {after}", en="{before} → {after}")
ACTUAL_IS = Text(de="nachher {actual}", en="after {actual}")
TARGETS: dict[tuple[Standing, bool], Text] = {
    ("reached", True): Text(de="Soll {target} erreicht", en="Target {target} met"),
    ("reached", False): Text(de="Soll {target} knapp erreicht", en="Target {target} only just met"),
    ("missed", True): Text(de="Soll {target} verfehlt", en="Target {target} missed"),
    ("missed", False): Text(de="Soll {target} knapp verfehlt", en="Target {target} only just missed"),
}
TARGET_OPEN = Text(de="Soll {target}, noch offen", en="Target {target}, still open")
TARGET_SO_FAR = Text(de="Soll {target}, bisher {actual}", en="Target {target}, so far {actual}")

STATUSES: dict[Status, Text] = {
    "planned": Text(de="geplant", en="planned"),
    "running": Text(de="läuft", en="running"),
    "watching": Text(de="wird beobachtet", en="being watched"),
    "closed": Text(de="geschlossen", en="closed"),
}
SHOWNS: dict[Shown, Text] = {
    "named": Text(de="Kunde darf genannt werden", en="customer may be named"),
    "anonymous": Text(de="nur anonym", en="anonymous only"),
    "internal": Text(de="nur intern", en="internal only"),
}
GRADE = Text(de="Belastbarkeit {grade}: {words}", en="Strength {grade}: {words}")
BY_WORD = Text(de="Angabe des Kunden", en="The customer’s word")
COMPUTED = Text(de="Aus Daten berechnet.", en="Computed from data.")
CONFIRMED = Text(
    de="Schriftlich bestätigt von {person} am {day}, nicht nachgerechnet.",
    en="Confirmed in writing by {person} on {day}, not recomputed.",
)
CONFIRMED_IN = Text(de="Beleg: {document}.", en="Document: {document}.")

# one project
RETROSPECTIVE = Text(de="Basiszeitraum nachträglich gewählt", en="Baseline chosen in hindsight")
FROM_TO = Text(de="Vorher {before}, nachher {after}", en="Before {before}, after {after}")
FROM_TO_EXPECTED = Text(
    de="Vorher {before}, nachher {after}; zu erwarten waren {expected}",
    en="Before {before}, after {after}; {expected} to be expected",
)
PICTURE_SUB = Text(
    de="{kpi}, {unit}, {baseline} gegen {after}",
    en="{kpi}, {unit}, {baseline} against {after}",
)
BARS = Text(
    de="gestrichelt: ohne das Projekt zu erwarten, mit 95-%-Intervall",
    en="dashed: to be expected without the project, with its 95% interval",
)
SERIES = Text(de="Verlauf seit {first}", en="Course since {first}")
COURSES: dict[Verdict, Text] = {
    "improved": Text(
        de="Seit dem Go-live besser, als ohne das Projekt zu erwarten war",
        en="Since go-live better than was to be expected without the project",
    ),
    "worsened": Text(
        de="Seit dem Go-live schlechter, als ohne das Projekt zu erwarten war",
        en="Since go-live worse than was to be expected without the project",
    ),
    "no_effect": Text(
        de="Seit dem Go-live kein gesicherter Unterschied zu dem, was zu erwarten war",
        en="Since go-live no demonstrable difference from what was to be expected",
    ),
}
OFTEN: dict[Grain, Text] = {
    "day": Text(de="täglich", en="daily"),
    "week": Text(de="wöchentlich", en="weekly"),
    "month": Text(de="monatlich", en="monthly"),
    "quarter": Text(de="vierteljährlich", en="quarterly"),
    "year": Text(de="jährlich", en="yearly"),
}
SERIES_SUB = {
    "its": Text(
        de="{unit}, {often}; gestrichelt: ohne das Projekt zu erwarten",
        en="{unit}, {often}; dashed: to be expected without the project",
    ),
    "control": Text(de="{unit}, {often}; grau: Vergleichsgruppe", en="{unit}, {often}; grey: control group"),
    "alone": Text(de="{unit}, {often}", en="{unit}, {often}"),
}
LEVEL = Text(
    de="gestrichelt: zu erwarten, mit 95-%-Intervall", en="dashed: to be expected, with its 95% interval"
)
SHADED = Text(de="hinterlegt: verglichene Zeiträume", en="shaded: the windows that are compared")
BEFORE = Text(de="vorher", en="before")
AFTER = Text(de="nachher", en="after")
TREATED = Text(de="Projekt", en="project")
CONTROL = Text(de="Vergleich", en="control")
EXPECTED = Text(de="erwartet", en="expected")
LIVE = Text(de="Go-live {day}", en="go-live {day}")
ALT = Text(de="{kpi}: vorher {before}, nachher {after}.", en="{kpi}: before {before}, after {after}.")
ALT_SERIES = Text(
    de="{kpi} über {n} Perioden mit der Linie des Go-live.",
    en="{kpi} over {n} periods with the line of the go-live.",
)

RESULT = Text(de="Soll und Ist", en="Target and actual")
ROW_BEFORE = Text(de="Vorher", en="Before")
ROW_AFTER = Text(de="Nachher (Ist)", en="After (actual)")
ROW_EXPECTED = Text(de="Ohne das Projekt zu erwarten", en="Expected without the project")
ROW_TARGET = Text(de="Soll", en="Target")
ROW_EFFECT = Text(de="Wirkung", en="Effect")
ROW_SO_FAR = Text(de="Bisher (Ist)", en="So far (actual)")
STANDINGS: dict[tuple[Standing, bool], Text] = {
    ("reached", True): Text(de="✓ erreicht", en="✓ met"),
    ("reached", False): Text(de="✓ erreicht, aber knapp", en="✓ met, but only just"),
    ("missed", True): Text(de="✗ verfehlt", en="✗ missed"),
    ("missed", False): Text(de="✗ verfehlt, aber knapp", en="✗ missed, but only just"),
    ("open", True): Text(de="noch offen", en="still open"),
}
PERIODS = Text(de="{n} Perioden", en="{n} periods")
PERIODS_OF = Text(de="{n} von {all} Perioden", en="{n} of {all} periods")
ACTUAL_INTERVAL = Text(
    de="95-%-Intervall {low} bis {high}; {periods}", en="95% interval {low} to {high}; {periods}"
)
TARGET_CLOSE = Text(
    de="Das Soll liegt im Intervall des Ist: Ob es erreicht oder verfehlt ist, kann auch Zufall sein.",
    en="The target lies within the interval of the actual figure: whether it is met or missed may be chance.",
)
NO_TARGET = Text(de="nicht gesetzt", en="not set")
INTERVAL = Text(de="95-%-Intervall {interval}", en="95% interval {interval}")
TARGET_NOT_EFFECT = Text(
    de="Das Soll ist erreicht, aber nicht nachweislich durch das Projekt.",
    en="The target is met, but not demonstrably because of the project.",
)

DESIGNS_TITLE = Text(de="So wurde verglichen: {design}", en="How it was compared: {design}")
DESIGNS: dict[Design, Text] = {
    "did": Text(de="gegen eine Vergleichsgruppe", en="against a control group"),
    "synthetic": Text(de="gegen eine synthetische Vergleichsgruppe", en="against a synthetic control group"),
    "its": Text(de="gegen den fortgeschriebenen eigenen Verlauf", en="against its own course carried on"),
    "plain": Text(de="nur vorher gegen nachher", en="before against after alone"),
}
NOT_STRONGER = Text(de="Warum kein stärkerer Vergleich", en="Why no stronger comparison")
CHECKS = Text(de="Voraussetzungen", en="Assumptions")
CHECK = {
    True: Text(de="erfüllt", en="holds"),
    False: Text(de="nicht erfüllt", en="does not hold"),
    None: Text(de="nicht prüfbar, gilt als nicht erfüllt", en="cannot be checked, which is not passing"),
}
OUTLIERS = Text(de="Ausreißer: {names}.", en="Outliers: {names}.")
MISSING = Text(de="Fehlende Werte: {n}.", en="Missing values: {n}.")

SIDE_BY_SIDE = Text(
    de="Der einfache Vergleich sagt etwas anderes", en="The plain comparison says something else"
)
SIDE_NAIVE = Text(de="Nur vorher und nachher", en="Before and after alone")
SIDE_CHOSEN = Text(de="Mit dem stärkeren Vergleich", en="With the stronger comparison")
SIDE_ABOUT = Text(
    de="Gilt der stärkere Vergleich: Er rechnet heraus, was auch ohne das Projekt geschehen wäre.",
    en="The stronger comparison counts: it takes out what would have happened without the project.",
)
NO_INTERVAL = Text(de="kein Intervall", en="no interval")

BASELINE = Text(de="Der Basiszeitraum ist eingefroren", en="The baseline is frozen")
FROZEN = Text(
    de="{window}, eingefroren am {day} von {person} auf Schnappschuss {snapshot}, {n} Werte je Periode und "
    "Gruppe. Spätere Importe ändern ihn nicht. Prüfsumme {digest}.",
    en="{window}, frozen on {day} by {person} on snapshot {snapshot}, {n} values by period and group. Later "
    "imports do not change it. Checksum {digest}.",
)
SUPPRESSED = Text(
    de="Zellen mit weniger als zehn Fällen, die nicht in der Belegtabelle stehen: {n}. Gerechnet wird mit "
    "dem festgehaltenen Schnappschuss.",
    en="Cells with fewer than ten cases, which are not in the evidence table: {n}. The snapshot that was "
    "kept is what counts.",
)
MOVED = Text(
    de="Die Daten von heute sagen für {n} eingefrorene Werte etwas anderes; gerechnet wird mit den "
    "eingefrorenen.",
    en="Today’s data say something else for {n} frozen values; the frozen ones count.",
)
MOVED_LINE = Text(
    de="{period}, {group}: eingefroren {frozen}, heute {now}",
    en="{period}, {group}: frozen {frozen}, today {now}",
)
FRACTIONS = Text(
    de="Alle Werte von „{kpi}“ liegen zwischen 0 und 1 und gelten als Prozent (höchstens 1 %). Sind Anteile "
    "gemeint (0,3 für 30 %), importieren Sie die Datei bitte mit Prozentwerten, ehe Sie einfrieren.",
    en="All values of “{kpi}” lie between 0 and 1 and count as per cent (1% at most). If shares are meant "
    "(0.3 for 30%), please import the file with per cent values before you freeze.",
)
GONE = Text(de="nicht mehr vorhanden", en="no longer there")
REDEFINED = Text(
    de="Die Kennzahl wird heute anders gezählt als beim Einfrieren; vorher und nachher sind nicht "
    "vergleichbar.",
    en="The KPI is counted in another way today than when it was frozen; before and after cannot be "
    "compared.",
)
EVIDENCE = Text(de="Belegtabelle {kpi}", en="Evidence table {kpi}")
EVIDENCE_COLUMNS = (
    Text(de="Periode", en="Period"),
    Text(de="Gruppe", en="Group"),
    Text(de="Wert", en="Value"),
    Text(de="Zähler", en="Numerator"),
    Text(de="Nenner", en="Denominator"),
    Text(de="Fälle", en="Cases"),
)
DONE = Text(de="Was getan wurde", en="What was done")

# what can be done
START = Text(de="Starten und Basiszeitraum einfrieren", en="Start and freeze the baseline")
START_ABOUT = Text(
    de="Definition, Filter, Schnappschuss und Werte des Basiszeitraums werden festgehalten. Danach lassen "
    "sie sich nicht mehr ändern.",
    en="Definition, filter, snapshot and values of the baseline are kept. They cannot be changed afterwards.",
)
STARTED = Text(de="Gestartet. Der Basiszeitraum ist eingefroren.", en="Started. The baseline is frozen.")
CLOSE = Text(de="Projekt schließen", en="Close the project")
CLOSED = Text(de="Das Projekt ist geschlossen.", en="The project is closed.")
EDIT = Text(de="Bearbeiten", en="Edit")
SAVE = Text(de="Speichern", en="Save")
CREATE = Text(de="Projekt anlegen", en="Create project")
SAVED = Text(de="Gespeichert.", en="Saved.")
CREATED = Text(de="Das Projekt ist angelegt.", en="The project has been created.")
REMIND_ACTION = Text(de="Als Maßnahme aufnehmen", en="Take it up as an action")
REMIND_TITLE = Text(
    de="Freigabe für das Projekt „{name}“ einholen", en="Ask for consent for the project “{name}”"
)
REMINDED = Text(de="Als Maßnahme {n} aufgenommen.", en="Taken up as action {n}.")

# overview
PROOFS_AND_SOON = Text(de="Was zuletzt nachgewiesen wurde", en="What was proven last")
NEWEST = Text(
    de="Neuester Nachweis, Belastbarkeit {grade}, {day}", en="Newest proof, strength {grade}, {day}"
)
SOON_ABOUT = Text(de="Bald auszuwerten", en="Soon to be judged")
SOON = Text(de="{name}: Der Nachher-Zeitraum endet am {day}", en="{name}: the after window ends on {day}")
SOON_MORE = Text(de="{n} Projekte in den nächsten 30 Tagen", en="{n} projects within the next 30 days")
