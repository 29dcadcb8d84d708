"""What the page about funnel and qualification says of the funnel, its course and its leaks."""

from __future__ import annotations

from core.text import Text
from journeys.course import Attribution, Counting

PAGE = Text(de="Trichter und Qualifizierung", en="Funnel and qualification")
PART = Text(de="Bereich", en="Section")
PARTS = {
    "funnel": Text(de="Trichter", en="Funnel"),
    "qualification": Text(de="Qualifizierung", en="Qualification"),
    "offers": Text(de="Montagsliste", en="Monday list"),
}

# What is chosen.
COUNTING = Text(de="Zählweise", en="Way of counting")
COUNTINGS: dict[Counting, Text] = {
    "reached": Text(de="Erreicht", en="Reached"),
    "ordered": Text(de="Schritt für Schritt", en="Step by step"),
}
COUNTED: dict[Counting, Text] = {
    "reached": Text(
        de=(
            "Gezählt wird „Erreicht“: Eine Phase zählt, sobald die Kundenreise in ihr oder in einer späteren "
            "gesehen wurde. Wer eine Phase überspringt, gilt nicht als verloren."
        ),
        en=(
            "Counted as “reached”: a phase counts as soon as the journey has been seen in it or in a later "
            "one. Who skips a phase is not called lost."
        ),
    ),
    "ordered": Text(
        de=(
            "Gezählt wird „Schritt für Schritt“: Eine Phase zählt nur, wenn alle Phasen vor ihr der Reihe "
            "nach gesehen wurden. Wer eine überspringt, fällt hier heraus."
        ),
        en=(
            "Counted “step by step”: a phase counts only if all phases before it were seen in their order. "
            "Who skips one drops out here."
        ),
    ),
}
START = Text(de="Beginn", en="Start")
STARTS = Text(de="von {phase}", en="from {phase}")
END = Text(de="Ziel", en="Goal")
ENDS = Text(de="bis {phase}", en="to {phase}")
WINDOW = Text(de="Fenster", en="Window")
WINDOWS = Text(de="{n} Tage", en="{n} days")
NO_WINDOW = Text(de="ohne Fenster", en="no window")
BY = Text(de="Aufgliedern", en="Break down")
BY_NAME = Text(de="nach {name}", en="by {name}")
NOT_BROKEN = Text(de="nicht aufgegliedert", en="not broken down")
ATTRIBUTION = Text(de="Wessen Wert zählt", en="Whose value counts")
ATTRIBUTIONS: dict[Attribution, Text] = {
    "first": Text(de="beim ersten Kontakt der Reise", en="at the journey's first contact"),
    "entry": Text(de="beim Eintritt in den Trichter", en="on entering the funnel"),
    "last": Text(de="beim letzten Kontakt im Fenster", en="at the last contact in the window"),
}

# The finding. {of} is 100 or 1,000 journeys, {n} how many of them arrive.
REACH = Text(
    de="Von {of} Kundenreisen ab {start} erreichen {n} binnen {days} Tagen {end}",
    en="Of {of} journeys from {start}, {n} reach {end} within {days} days",
)
WILL_REACH = Text(
    de="Von {of} Kundenreisen ab {start} erreichen voraussichtlich {n} binnen {days} Tagen {end}",
    en="Of {of} journeys from {start}, {n} are expected to reach {end} within {days} days",
)
MOST_STOP = Text(
    de="{finding}; von den übrigen bleiben die meisten in {phase} stehen",
    en="{finding}; of the others most stop at {phase}",
)
NOBODY_ENTERED = Text(
    de="Im Zeitraum beginnt keine Kundenreise in {start}", en="No journey enters {start} in the period"
)
ONE_PHASE = Text(
    de="{n} Kundenreisen in {start}; für einen Trichter fehlt eine spätere Phase mit Daten",
    en="{n} journeys in {start}; a funnel needs a later phase with data",
)
ENTERED = Text(de="{n} Kundenreisen ab {start}", en="{n} journeys from {start}")

# The steps.
FUNNEL = Text(de="Wie weit die Kundenreisen kommen", en="How far journeys get")
FUNNEL_SUB = Text(
    de="{n} Kundenreisen, die in {start} eintraten ({period}), {window}",
    en="{n} journeys that entered {start} ({period}), {window}",
)
WITHIN = Text(de="binnen {n} Tagen nach dem Eintritt", en="within {n} days of entering")
UNTIL_DATA_END = Text(de="ohne Fenster, bis zum Datenende", en="without a window, until the data end")
STEP_SHARE = Text(de="{n} · {share}", en="{n} · {share}")
OF_PREVIOUS = Text(de="{share} der vorigen", en="{share} of previous")
AT_LEAST = Text(de="mindestens {n}", en="at least {n}")
KEY_DONE = Text(de="erreicht", en="reached")
KEY_PENDING = Text(de="Fenster läuft noch: offen, nicht verloren", en="window still running: open, not lost")
KEY_PENDING_ENDLESS = Text(de="weder am Ziel noch verloren: offen", en="neither arrived nor lost: open")
KEY_GONE = Text(de="Fenster geschlossen, nicht erreicht", en="window closed, not reached")
KEY_GONE_ENDLESS = Text(de="verloren", en="lost")
TIES = Text(
    de="„Mindestens“: falls Kontakte mit gleichem Zeitstempel in der ungünstigsten Folge geschahen.",
    en="“At least”: if contacts with the same time stamp happened in the least favourable order.",
)

# Headline, expected rate, duration.
RATES = Text(de="Die Quote bis {end}", en="The rate up to {end}")
RATES_BOTH = Text(
    de="{end}: Trichterquote {rate}, erwartet {expected}", en="{end}: funnel rate {rate}, expected {expected}"
)
RATES_EXPECTED = Text(de="{end}: erwartet {expected}", en="{end}: expected {expected}")
RATES_SUB = Text(
    de="in Klammern 95-%-Intervalle · {n} Kundenreisen", en="95% intervals in brackets · {n} journeys"
)
RATE = Text(de="Trichterquote", en="Funnel rate")
RATE_ABOUT = Text(
    de="nur Reisen, deren Fenster geschlossen ist: {a} von {b}",
    en="only journeys whose window is closed: {a} of {b}",
)
RATE_NONE = Text(de="noch ist kein Fenster geschlossen", en="no window is closed yet")
RATE_NO_WINDOW = Text(de="gibt es nur mit Fenster", en="exists only with a window")
EXPECTED = Text(de="Erwartete Quote", en="Expected rate")
EXPECTED_ABOUT = Text(
    de="zählt auch laufende Reisen mit, so lange sie beobachtet sind",
    en="counts running journeys, too, for as long as they are observed",
)
EXPECTED_AFTER = Text(
    de="nach {days} Tagen, so weit die Daten reichen; zählt auch laufende Reisen mit",
    en="after {days} days, as far as the data reach; counts running journeys, too",
)
DURATION = Text(de="Dauer bis zum Ziel", en="Time to convert")
DURATION_ABOUT = Text(
    de="dann ist die Hälfte der erwarteten {rate} am Ziel", en="then half of the expected {rate} have arrived"
)
MEDIAN = Text(de="Median über alle", en="Median of all")
MEDIAN_ABOUT = Text(
    de="dann ist die Hälfte aller Reisen am Ziel", en="then half of all journeys have arrived"
)
RUNNING = Text(de="Fenster läuft noch", en="Window still running")
RUNNING_ENDLESS = Text(de="Noch offen", en="Still open")
RUNNING_ABOUT = Text(de="offen, zählt nicht als verloren", en="open, not counted as lost")
LOST = Text(de="Ausdrücklich verloren", en="Explicitly lost")
LOST_ABOUT = Text(de="vor dem Ziel verloren gemeldet", en="reported lost before the goal")
LOST_WON_BACK = Text(
    de="vor dem Ziel verloren gemeldet; {n} davon kamen später doch an",
    en="reported lost before the goal; {n} of them arrived later after all",
)
INTERVAL = Text(de="({lower} bis {upper})", en="({lower} to {upper})")
SHARE_OF_ALL = Text(de="{share} der Reisen", en="{share} of journeys")
WARNING = Text(de="Bitte beachten", en="Please note")

# The course.
COURSE = Text(
    de="Nach {days} Tagen ist die Hälfte derer am Ziel, die es schaffen",
    en="After {days} days, half of those who make it have arrived",
)
COURSE_PLAIN = Text(de="Wie die Quote mit der Zeit wächst", en="How the rate grows with time")
COURSE_SUB = Text(
    de=(
        "Erwartete Quote bis {end} über die Tage seit dem Eintritt in {start} (Aalen-Johansen) · Band: "
        "95-%-Intervall · n\u00a0=\u00a0{n}"
    ),
    en=(
        "Expected rate up to {end} by days since entering {start} (Aalen-Johansen) · band: 95% interval · "
        "n\u00a0=\u00a0{n}"
    ),
)
COURSE_ALT = Text(
    de="Erwartete Quote bis {end}: steigt mit den Tagen seit dem Eintritt auf {value} nach {days} Tagen",
    en="Expected rate up to {end}: rises with the days since entering to {value} after {days} days",
)
DAYS = Text(de="{n} Tage", en="{n} days")
DAY_UNIT = Text(de="Tage", en="days")
AFTER_DAYS = Text(de="nach {n} Tagen", en="after {n} days")

# Broken down.
GROUPS_DIFFER = Text(
    de="{name}: {best} kommt öfter ans Ziel als {worst}, {a} gegenüber {b}",
    en="{name}: {best} arrives more often than {worst}, {a} against {b}",
)
GROUPS_ALIKE = Text(
    de="{name}: kein Unterschied, der sich vom Zufall trennen lässt",
    en="{name}: no difference that can be told from chance",
)
GROUPS_SUB = Text(
    de="Erwartete Quote bis {end}, {window}, mit 95-%-Intervall · Wert {attribution}",
    en="Expected rate up to {end}, {window}, with 95% interval · value {attribution}",
)
GROUP_N = Text(de="n\u00a0=\u00a0{n}, {running} laufen noch", en="n\u00a0=\u00a0{n}, {running} still running")
GROUP_ALL = Text(de="Alle", en="All")
GROUP_NONE = Text(de="ohne Angabe", en="not stated")
TOO_FEW = Text(de="zu wenige", en="too few")
NOT_SHOWN = Text(
    de="Weitere {n} Kundenreisen haben seltenere Werte; sie stehen nicht im Bild.",
    en="{n} further journeys have rarer values; they are not in the picture.",
)

# Leaks.
COSTLIEST = Text(de="Das teuerste Leck", en="The costliest leak")
LEAKS = Text(de="Was die Lecks kosten", en="What the leaks cost")
LEAKS_WORST = Text(de="{phase} kostet am meisten: bis zu {money}", en="{phase} costs most: up to {money}")
LEAKS_WORST_YEAR = Text(
    de="{phase} kostet am meisten: bis zu {money} im Jahr", en="{phase} costs most: up to {money} a year"
)
LEAKS_SUB = Text(
    de=(
        "Obergrenze, falls die Verlorenen gekauft hätten wie die anderen · {period} · in Klammern "
        "95-%-Intervalle · Phasen nicht addieren: Dieselbe Reise kann in mehreren verloren gehen"
    ),
    en=(
        "Upper bound, if the lost had bought as the others did · {period} · 95% intervals in brackets · do "
        "not add the phases up: the same journey may be lost in several"
    ),
)
UP_TO = Text(de="bis {money}", en="up to {money}")
LEAK_LOST = {
    "journeys": Text(de="{n} Reisen", en="{n} journeys"),
    "customers": Text(de="{n} Kunden", en="{n} customers"),
}

# Tables to take away.
STEP_COLUMNS = (
    Text(de="Gruppe", en="Group"),
    Text(de="Phase", en="Phase"),
    Text(de="Kundenreisen", en="Journeys"),
    Text(de="Mindestens", en="At least"),
    Text(de="Noch offen", en="Still open"),
    Text(de="Prozent des Beginns", en="Percent of the start"),
    Text(de="Prozent der vorigen Phase", en="Percent of the phase before"),
)
RATE_COLUMNS = (
    Text(de="Gruppe", en="Group"),
    Text(de="Eingetreten", en="Entered"),
    Text(de="Fenster geschlossen", en="Window closed"),
    Text(de="Fenster läuft", en="Window running"),
    Text(de="Davon am Ziel (geschlossen)", en="Arrived (closed)"),
    Text(de="Trichterquote", en="Funnel rate"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
    Text(de="Erwartete Quote", en="Expected rate"),
    Text(de="Erwartet: untere Grenze", en="Expected: lower limit"),
    Text(de="Erwartet: obere Grenze", en="Expected: upper limit"),
    Text(de="Nach Tagen", en="After days"),
    Text(de="Tage bis zum Ziel", en="Days to convert"),
    Text(de="Median in Tagen", en="Median in days"),
    Text(de="Ausdrücklich verloren", en="Explicitly lost"),
)
COURSE_COLUMNS = (
    Text(de="Gruppe", en="Group"),
    Text(de="Tage seit dem Eintritt", en="Days since entering"),
    Text(de="Erwartete Quote", en="Expected rate"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
)
LEAK_COLUMNS = (
    Text(de="Phase", en="Phase"),
    Text(de="Verlorene", en="Lost"),
    Text(de="Einheit", en="Unit"),
    Text(de="Davon kauften (Prozent)", en="Would buy (percent)"),
    Text(de="Mittlerer Wert", en="Mean value"),
    Text(de="Grundlage", en="Basis"),
    Text(de="Bis zu", en="Up to"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
    Text(de="Hinweis", en="Note"),
)
LEAK_KINDS = {
    "journeys": Text(de="Kundenreisen", en="Journeys"),
    "customers": Text(de="Kunden", en="Customers"),
}
BASES = {
    "margin": Text(de="Deckungsbeitrag", en="Margin"),
    "revenue": Text(de="Umsatz", en="Revenue"),
    "value": Text(de="Auftragswert", en="Order value"),
}
EMPTY_NEEDS = Text(
    de=(
        "Ein Trichter braucht Kontakte in mindestens zwei Phasen: eine Zeile je Kontakt mit Kunde, Zeitpunkt "
        "und Touchpoint, als CSV, Parquet oder Excel. Ein CRM-Export mit einer Datumsspalte je Stufe genügt; "
        "steht darin auch, was gewonnen und verloren wurde, wird die erwartete Quote genauer."
    ),
    en=(
        "A funnel needs contacts in at least two phases: one row per contact with customer, time and "
        "touchpoint, as CSV, Parquet or Excel. A CRM export with one date column per stage will do; if it "
        "also says what was won and lost, the expected rate becomes more exact."
    ),
)
