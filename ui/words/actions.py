"""What the page of actions says."""

from __future__ import annotations

from actions.effect import Verdict
from actions.model import Origin
from core.text import Text

PAGE = Text(de="Maßnahmen", en="Actions")
PARTS = {
    "list": Text(de="Liste", en="List"),
    "roadmap": Text(de="Roadmap", en="Roadmap"),
    "jourfixe": Text(de="Jour fixe", en="Jour fixe"),
    "new": Text(de="Neue Maßnahme", en="New action"),
}
VIEW = Text(de="Ansicht", en="View")

# the page
NONE_ABOUT = Text(
    de="Jede Maßnahme nennt, wer was bis wann tut und welche Kennzahl sich bewegen soll. Sie entsteht auf "
    "einem von drei Wegen:",
    en="Each action says who does what by when, and which KPI should move. It comes about in one of three "
    "ways:",
)
NONE_WAYS: dict[str, Text] = {
    "maturity": Text(de="aus dem Plan einer Reifegrad-Runde", en="from the plan of a maturity round"),
    "funnel": Text(de="gegen ein Leck im Trichter", en="against a leak in the funnel"),
    "actions": Text(de="von Hand, mit einem Satz", en="by hand, with one sentence"),
}
AS_OF = Text(de="Stand {day}", en="As of {day}")
SAMPLE = Text(de="Beispielmaßnahmen", en="Sample actions")
SAMPLE_ONE = Text(de="Beispielmaßnahme", en="Sample action")
CHIP_WAITING = Text(de="{n} warten", en="{n} waiting")
CHIP_UNOWNED = Text(de="{n} ohne Verantwortliche", en="{n} without an owner")
CLOSED = Text(de="{n} abgeschlossen", en="{n} closed")

# who acts
PERSON = Text(de="Ihr Name", en="Your name")
PERSON_ABOUT = Text(
    de="Steht bei allem, was Sie ändern. Einmal eingetragen, nicht geprüft.",
    en="Stands beside everything you change. Entered once, not verified.",
)
PERSON_SHOWN = Text(de="{name} (ungeprüft)", en="{name} (unverified)")
PERSON_NEEDED = Text(
    de="Bitte tragen Sie zuerst Ihren Namen ein (oben auf der Seite).",
    en="Please enter your name first (at the top of the page).",
)
TAKE = Text(de="Übernehmen", en="Take it")
TAKE_IT = Text(de="Ich übernehme das", en="I take this one")

# the list
SHOW = Text(de="Anzeigen", en="Show")
SHOWN = {
    "running": Text(de="laufende", en="running"),
    "overdue": Text(de="überfällige", en="overdue"),
    "all": Text(de="alle", en="all"),
}
OWNER_IS = Text(de="Verantwortlich: {name}", en="Owner: {name}")
PHASE_IS = Text(de="Phase: {name}", en="Phase: {name}")
ORIGIN_IS = Text(de="Herkunft: {name}", en="Origin: {name}")
ALL = Text(de="alle", en="all")
FILTERED_OUT = Text(de="Keine Maßnahme passt zu diesen Filtern.", en="No action fits these filters.")
LATE_SHORT = Text(de="überfällig", en="overdue")
GROUPS = {
    "overdue": Text(de="Überfällig", en="Overdue"),
    "soon": Text(de="Fällig bis {day}", en="Due by {day}"),
    "later": Text(de="Später", en="Later"),
    "undated": Text(de="Ohne Termin", en="Without a date"),
    "closed": Text(de="Abgeschlossen", en="Closed"),
}
DAYS_ONE = Text(de="1 Tag Aufwand", en="1 day of work")
DAYS = Text(de="{n} Tage Aufwand", en="{n} days of work")
SHOULD_MOVE = Text(de="{kpi} {expected}", en="{kpi} {expected}")
SHOULD_MOVE_BY = Text(de="{kpi} {expected} (um {amount})", en="{kpi} {expected} (by {amount})")
POINTS = Text(de="{n} Prozentpunkte", en="{n} percentage points")
HEADS = (
    Text(de="Maßnahme", en="Action"),
    Text(de="Verantwortlich", en="Owner"),
    Text(de="Fällig", en="Due"),
    Text(de="Status", en="Status"),
)
UNOWNED = Text(de="Noch bei niemandem", en="Nobody has these yet")
UNOWNED_SUB = Text(
    de="Wer eine übernimmt, steht mit Namen in der Liste.", en="Whoever takes one stands in the list by name."
)
COLUMNS = (
    Text(de="Nr.", en="No."),
    Text(de="Maßnahme", en="Action"),
    Text(de="Status", en="Status"),
    Text(de="Verantwortlich", en="Owner"),
    Text(de="Fällig am", en="Due on"),
    Text(de="Tage überfällig", en="Days overdue"),
    Text(de="Aufwand (Tage)", en="Effort (days)"),
    Text(de="Phase", en="Phase"),
    Text(de="Herkunft", en="Origin"),
    Text(de="Kennzahl", en="KPI"),
    Text(de="Erwartung", en="Expectation"),
    Text(de="Erwartete Änderung", en="Expected change"),
    Text(de="Ausgangswert", en="Value at the start"),
    Text(de="Einheit", en="Unit"),
    Text(de="Ausgangsmonat", en="Month of the start"),
    Text(de="Setzt voraus (Nr.)", en="Presupposes (no.)"),
    Text(de="Notiz", en="Note"),
    Text(de="Angelegt am", en="Created on"),
    Text(de="Angelegt von", en="Created by"),
    Text(de="Geändert am", en="Changed on"),
    Text(de="Abgeschlossen am", en="Closed on"),
)

# one action
BACK = Text(de="‹ Alle Maßnahmen", en="‹ All actions")
NUMBER = Text(de="Maßnahme {n}", en="Action {n}")
ORIGIN_LINK: dict[Origin, Text] = {
    "plan": Text(de="Zum Plan der Runde", en="To the plan of the round"),
    "leak": Text(de="Zum Verlust im Trichter", en="To the leak in the funnel"),
}
CREATED = Text(de="angelegt am {day} von {who}", en="created on {day} by {who}")
UNNAMED = Text(de="unbekannt", en="unknown")
EDIT = Text(de="Ändern", en="Change")
F_TITLE = Text(de="Was wird getan?", en="What is to be done?")
F_OWNER = Text(de="Wer?", en="Who?")
F_DUE = Text(de="Bis wann?", en="By when?")
F_STATUS = Text(de="Status", en="Status")
F_EFFORT = Text(de="Aufwand in Tagen", en="Effort in days")
F_PHASE = Text(de="Phase", en="Phase")
F_KPI = Text(de="Welche Kennzahl soll sich bewegen?", en="Which KPI should move?")
F_EXPECTED = Text(de="Wohin?", en="Where to?")
F_AMOUNT = Text(de="Um wie viel? (in der Einheit der Kennzahl)", en="By how much? (in the unit of the KPI)")
F_NEEDS = Text(de="Was muss vorher erledigt sein?", en="What must be done first?")
F_NEEDS_NONE = Text(de="nichts", en="nothing")
F_NOTE = Text(de="Notiz", en="Note")
F_NONE = Text(de="–", en="–")
SAVE = Text(de="Speichern", en="Save")
SAVED = Text(de="Gespeichert.", en="Saved.")
RELOAD = Text(de="Neuen Stand laden", en="Load how it stands now")
ADD = Text(de="Maßnahme anlegen", en="Create the action")
ADDED = Text(de="Angelegt als Nr. {n}.", en="Created as no. {n}.")
NEW_ABOUT = Text(
    de="Ein Satz genügt; alles Weitere lässt sich später ergänzen. Mit einer Kennzahl wird ihr heutiger Wert "
    "festgehalten, damit sich später sagen lässt, was seither geschah.",
    en="One sentence is enough; everything else can be added later. With a KPI its present value is kept, so "
    "that one can say later what happened since.",
)
LEAK_TITLE = Text(de="Verlust in {phase} verringern: ", en="Reduce the leak in {phase}: ")
LEAK_LINK = Text(de="Maßnahme dagegen anlegen", en="Create an action against it")

HISTORY = Text(de="Verlauf", en="History")
HISTORY_SUB = Text(de="jede Änderung, die neueste zuerst", en="every change, the newest first")
FIELDS = {
    "created": Text(de="angelegt", en="created"),
    "title": Text(de="Titel", en="Title"),
    "note": Text(de="Notiz", en="Note"),
    "owner": Text(de="Verantwortlich", en="Owner"),
    "due": Text(de="Fällig", en="Due"),
    "status": Text(de="Status", en="Status"),
    "effort_days": Text(de="Aufwand in Tagen", en="Effort in days"),
    "kpi": Text(de="Kennzahl", en="KPI"),
    "expected": Text(de="Erwartung", en="Expectation"),
    "expected_amount": Text(de="Erwartete Änderung", en="Expected change"),
    "phase": Text(de="Phase", en="Phase"),
    "needs": Text(de="Setzt voraus", en="Presupposes"),
}
CHANGED = Text(de="{field}: {before} → {after}", en="{field}: {before} → {after}")

# what the KPI did since
SINCE = Text(de="Was die Kennzahl seither tat", en="What the KPI did since")
SINCE_CAUTION = Text(
    de="Ein zeitliches Zusammentreffen, kein Beweis, dass die Maßnahme gewirkt hat.",
    en="A coincidence in time, no proof that the action worked.",
)
FROM_TO = Text(
    de="{kpi}: {before} ({month_before}, n = {n_before}) → {after} ({month_after}, n = {n_after})",
    en="{kpi}: {before} ({month_before}, n = {n_before}) → {after} ({month_after}, n = {n_after})",
)
BEFORE_ONLY = Text(
    de="{kpi}: {before} ({month_before}, n = {n_before}) beim Anlegen",
    en="{kpi}: {before} ({month_before}, n = {n_before}) at the start",
)
NO_BASELINE = Text(
    de="{kpi}: Beim Anlegen gab es noch keinen Wert.", en="{kpi}: there was no value yet at the start."
)
SINCE_SIGNAL = {
    (True, "high"): Text(
        de="▲ Signal: seit {m} höher, wie erwartet", en="▲ Signal: higher since {m}, as expected"
    ),
    (True, "low"): Text(
        de="▼ Signal: seit {m} niedriger, wie erwartet", en="▼ Signal: lower since {m}, as expected"
    ),
    (False, "high"): Text(
        de="▲ Signal: seit {m} höher, anders als erwartet", en="▲ Signal: higher since {m}, not as expected"
    ),
    (False, "low"): Text(
        de="▼ Signal: seit {m} niedriger, anders als erwartet",
        en="▼ Signal: lower since {m}, not as expected",
    ),
    (None, "high"): Text(de="▲ Signal: seit {m} höher", en="▲ Signal: higher since {m}"),
    (None, "low"): Text(de="▼ Signal: seit {m} niedriger", en="▼ Signal: lower since {m}"),
}
SINCE_WORDS: dict[Verdict, Text] = {
    "normal": Text(de="seither normale Schwankung", en="normal variation since"),
    "began_before": Text(
        de="Das Signal begann schon vorher ({m})", en="The signal began before that already ({m})"
    ),
    "untested": Text(de="seither nicht auf Signale prüfbar", en="cannot be tested for signals since"),
    "no_new_month": Text(de="noch kein neuer Monat in den Daten", en="no new month in the data yet"),
    "redefined": Text(
        de="Die Kennzahl wurde inzwischen anders definiert", en="The KPI has been defined anew meanwhile"
    ),
    "no_figure": Text(de="heute ohne vergleichbaren Wert", en="without a comparable value today"),
}
BEGUN = Text(de="Beginn der Maßnahme", en="The action begins")

# roadmap
ROADMAP = Text(de="Wer wann woran arbeitet", en="Who works on what when")
ROADMAP_SUB = Text(
    de="{first} bis {last} · Länge: Arbeitstage bis zum Termin · schraffiert: Vorschlag ohne Termin",
    en="{first} to {last} · length: days of work up to the date · hatched: proposed, no date set",
)
ROADMAP_CLASH = {
    False: Text(de="{n} Termine widersprechen sich", en="{n} dates contradict each other"),
    True: Text(
        de="Ein Termin widerspricht dem, was er voraussetzt", en="One date contradicts what it presupposes"
    ),
}
AFTER = Text(de="nach Nr. {names}", en="after no. {names}")
CLASH = Text(
    de="wartet auf Nr. {names}, die bis dahin nicht fertig sind", en="waits for no. {names}, not done by then"
)
QUARTER = Text(de="Q{n} {year}", en="Q{n} {year}")
NOW = Text(de="heute", en="today")
PROPOSED = Text(de="Vorschlag: {begin} bis {end}", en="Proposed: {begin} to {end}")
UNTIL = Text(de="bis {end}", en="by {end}")
ROADMAP_COLUMNS = (
    Text(de="Verantwortlich", en="Owner"),
    Text(de="Nr.", en="No."),
    Text(de="Maßnahme", en="Action"),
    Text(de="Beginn", en="Begin"),
    Text(de="Ende", en="End"),
    Text(de="Vorschlag", en="Proposed"),
    Text(de="Status", en="Status"),
    Text(de="Wartet auf (Nr.)", en="Waits for (no.)"),
)
YES_NO = {True: Text(de="ja", en="yes"), False: Text(de="nein", en="no")}
ROADMAP_EMPTY = Text(
    de="Es läuft keine Maßnahme; die Roadmap ist leer.", en="No action is running; the roadmap is empty."
)

# jour fixe
JF_PARTS = {
    "overdue": Text(de="Überfällig ({n})", en="Overdue ({n})"),
    "due": Text(de="Fällig bis {day} ({n})", en="Due by {day} ({n})"),
    "waiting": Text(de="Wartet ({n})", en="Waiting ({n})"),
    "done": Text(de="Seit dem letzten Mal erledigt ({n})", en="Done since the last time ({n})"),
}
JF_NOTHING = Text(
    de="Nichts ist überfällig, nichts wird in den nächsten {n} Tagen fällig, nichts wartet.",
    en="Nothing is overdue, nothing falls due in the next {n} days, nothing waits.",
)
JF_TAP = Text(de="Ein Tippen ändert den Status.", en="One tap changes the status.")
JF_LAST = Text(de="Letzter Jour fixe: {at}.", en="Last jour fixe: {at}.")
JF_NEVER = Text(de="Noch kein Jour fixe abgeschlossen.", en="No jour fixe was closed yet.")
JF_STATUS_OF = Text(de="Status von Maßnahme {n}", en="Status of action {n}")
JF_HOLD = Text(de="Jour fixe abschließen", en="Close the jour fixe")
JF_HOLD_ABOUT = Text(
    de="Was danach erledigt wird, steht beim nächsten Mal unter „erledigt“.",
    en="What is done after this stands under “done” the next time.",
)
JF_HELD = Text(de="Jour fixe abgeschlossen.", en="Jour fixe closed.")
