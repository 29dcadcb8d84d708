"""Words that several pages share."""

from __future__ import annotations

from core.text import Text

LANGUAGE = Text(de="Sprache", en="Language")

BASIS = Text(de="Zeitraum", en="Period")
BASES = {
    "month": Text(de="Monat", en="Month"),
    "ytd": Text(de="Geschäftsjahr", en="Year to date"),
    "r12": Text(de="12 Monate", en="12 months"),
}
WHOLE_HISTORY = Text(de="gesamter Verlauf", en="whole history")
EVERYTHING = Text(de="Gesamter Verlauf", en="Whole history")
MONTH = Text(de="Monat", en="Month")
COMPARE = Text(de="Vergleich", en="Comparison")
COMPARISONS = {
    "last_year": Text(de="gegenüber Vorjahr", en="against last year"),
    "previous": Text(de="gegenüber Vorperiode", en="against the period before"),
    "plan": Text(de="gegenüber Plan", en="against plan"),
}
COMPARED = {
    "last_year": Text(de="Vorjahr {value}", en="Last year {value}"),
    "previous": Text(de="zuvor {value}", en="Before {value}"),
    "plan": Text(de="Plan {value}", en="Plan {value}"),
}
MODEL = Text(de="Journey-Modell", en="Journey model")
PHASES_COUNT = Text(de="{n} Phasen", en="{n} phases")
FILTER = Text(de="Filter", en="Filter")
FILTER_SET = Text(de="Filter ({n})", en="Filter ({n})")
FILTER_NONE = Text(
    de="Ihre Daten haben kein Merkmal, nach dem sich filtern ließe.",
    en="Your data has no attribute to filter by.",
)
ALL = Text(de="alle", en="all")

SAMPLE = Text(de="Beispieldaten", en="Sample data")
WHOLE = Text(de="{period}, abgeschlossen", en="{period}, complete")
RUNNING = Text(de="{period}, noch nicht abgeschlossen", en="{period}, not yet complete")
ALL_SCOPES = Text(de="alle Segmente und Produkte", en="all segments and products")
DATA_END = Text(de="Datenstand {day}", en="Data as of {day}")
JOURNEYS = Text(de="{n} Kundenreisen", en="{n} customer journeys")
MODEL_CHIP = Text(de="Fünf-Phasen-Sicht", en="Five-phase view")
COARSE_NOTE = Text(
    de=(
        "Zusammengefasste Phasen: Besuche, Übergänge und Verluste werden neu berechnet und können von der "
        "Sieben-Phasen-Sicht abweichen."
    ),
    en=(
        "Merged phases: visits, conversions and losses are computed anew and may differ from the "
        "seven-phase view."
    ),
)

TARGET = Text(de="Ziel {value}", en="Target {value}")
TARGET_MISSED = Text(de="Ziel {value} verfehlt", en="Target {value} missed")
TARGET_MET = Text(de="Ziel {value} erreicht", en="Target {value} met")
OWNER = Text(de="verantwortlich: {name}", en="owner: {name}")
GOOD = Text(de="günstig", en="good")
BAD = Text(de="ungünstig", en="bad")
OF = Text(de="{a} von {b}", en="{a} of {b}")
N = Text(de="n = {n}", en="n = {n}")

CSV = Text(de="CSV", en="CSV")
EXCEL = Text(de="Excel", en="Excel")
DOWNLOAD_CSV = Text(de="„{name}“ als CSV herunterladen", en="Download “{name}” as CSV")
DOWNLOAD_EXCEL = Text(de="„{name}“ als Excel-Datei herunterladen", en="Download “{name}” as an Excel file")
LINK_HERE = Text(de="Link zu dieser Ansicht", en="Link to this view")
SNAPSHOT = Text(de="Schnappschuss {id}", en="Snapshot {id}")
EVERY_FIGURE = Text(
    de="Jede Zahl führt zu ihrer Herleitung: Zähler, Nenner, Zeilen.",
    en="Every figure leads to how it was computed: numerator, denominator, rows.",
)

EMPTY_TITLE = Text(de="Noch keine Daten", en="No data yet")
EMPTY_NEEDS = Text(
    de=(
        "Diese Seite braucht eine Datei mit Kontakten: eine Zeile je Kontakt mit Kunde, Zeitpunkt und "
        "Touchpoint, als CSV, Parquet oder Excel. Auch ein CRM-Export mit einer Datumsspalte je Stufe genügt."
    ),
    en=(
        "This page needs a file of contacts: one row per contact with customer, time and touchpoint, as CSV, "
        "Parquet or Excel. A CRM export with one date column per stage will do as well."
    ),
)
EMPTY_SAMPLE = Text(de="Beispieldaten laden", en="Load sample data")
EMPTY_SAMPLE_ABOUT = Text(
    de=(
        "Oder sehen Sie sich zuerst das Beispiel an: ein Dienstleister mit 6.000 Kunden, drei Jahre, frei "
        "erfunden. Sobald Sie eigene Daten einlesen, verschwindet es."
    ),
    en=(
        "Or look at the sample first: a service firm with 6,000 customers over three years, entirely made "
        "up. It goes away as soon as you import data of your own."
    ),
)
EMPTY_OWN = Text(de="Eigene Datei einlesen", en="Import your own file")
UNKNOWN = Text(
    de="Der Link nennt, was es in diesen Daten nicht gibt: {names}. Gezeigt wird die Ansicht ohne das.",
    en="The link names what this data does not have: {names}. The view is shown without it.",
)
LOADING_SAMPLE = Text(de="Beispieldaten werden eingelesen …", en="Importing the sample data …")
PREPARING = Text(de="Die Kennzahlen werden berechnet …", en="Computing the KPIs …")
COMPUTING = Text(de="Wird berechnet …", en="Computing …")
