"""What the KPI handbook says."""

from __future__ import annotations

from core.text import Text

PAGE = Text(de="Kennzahlen", en="KPIs")
KPI = Text(de="Kennzahl", en="KPI")
TITLE = Text(de="{kpi}: {value}", en="{kpi}: {value}")
TITLE_WORDS = Text(de="{kpi}: {value}, {words}", en="{kpi}: {value}, {words}")
ACROSS = Text(de="Gesamte Reise", en="Whole journey")
OWN = Text(de="eigene Kennzahl", en="own KPI")
HOW = Text(de="So wird gerechnet", en="How it is computed")
PITFALL = Text(de="Worauf Sie achten sollten", en="What to watch out for")
RECKONED = Text(de="Die Rechnung", en="The calculation")
RECKONED_SUB = Text(de="{period} · Daten bis {day} · n = {n}", en="{period} · data until {day} · n = {n}")
VALUE = Text(de="Wert", en="Value")
NUMERATOR = Text(de="Zähler", en="Numerator")
DENOMINATOR = Text(de="Nenner", en="Denominator")
CASES = Text(de="Fälle (n)", en="Cases (n)")
TARGET = Text(de="Ziel", en="Target")
BEFORE = Text(de="Vorperiode", en="Period before")
LAST_YEAR = Text(de="Vorjahr", en="Last year")
MINIMUM = Text(de="gezeigt ab n = {n}", en="shown from n = {n}")
COUNTED = Text(de="Gezählt werden", en="What is counted")
GROUPS = Text(de="Aufgeteilt nach {name}", en="Broken down by {name}")
GROUPS_SUB = Text(
    de="{kpi}, {period}; „–“ steht für Fälle ohne Angabe",
    en="{kpi}, {period}; “–” stands for cases without an entry",
)
GROUPS_DARK = Text(de="Gruppen ohne Wert", en="Groups without a value")
BY = Text(de="Aufteilen nach", en="Break down by")
NOT_BROKEN = Text(de="nicht aufgeteilt", en="not broken down")
ROWS = Text(de="Die Zeilen dahinter", en="The rows behind it")
ROWS_SUB = Text(
    de="Was der Zähler zählt, in zeitlicher Folge: die ersten {shown} von {all} Zeilen, alle als Datei",
    en="What the numerator counts, in order of time: the first {shown} of {all} rows, all of them as a file",
)
ROWS_WHOLE = Text(
    de="Was der Zähler zählt, in zeitlicher Folge. Zeilen: {all}",
    en="What the numerator counts, in order of time. Rows: {all}",
)
ROWS_BELOW = Text(de="Die Zeilen des Nenners", en="The rows behind the denominator")
ROWS_BELOW_SUB = Text(
    de="Was der Nenner zählt, in zeitlicher Folge: die ersten {shown} von {all} Zeilen, alle als Datei",
    en="What the denominator counts, in order of time: the first {shown} of {all} rows, all as a file",
)
ROWS_BELOW_WHOLE = Text(
    de="Was der Nenner zählt, in zeitlicher Folge. Zeilen: {all}",
    en="What the denominator counts, in order of time. Rows: {all}",
)
NO_ROWS = Text(de="Keine Zeilen im Zeitraum.", en="No rows in the period.")
SQL = Text(de="Die Abfrage, die diese Zahl ergab (SQL)", en="The query behind this figure (SQL)")
SQL_SUB = Text(
    de="Genau so wurde gefragt. Die Werte stehen getrennt davon in der Tabelle.",
    en="This is exactly what was asked. The values stand apart from it in the table.",
)
BOUND = Text(de="Werte in der Abfrage", en="Values in the query")
BOUND_COLUMNS = (Text(de="Name", en="Name"), Text(de="Wert", en="Value"))
ORIGIN = Text(de="Woher die Zahl stammt", en="Where the figure comes from")
ORIGIN_SUB = Text(
    de="Datenstand, Fassung der Definition und Quellen",
    en="State of the data, version of the definition, and sources",
)
SNAPSHOT = Text(de="Schnappschuss {id} vom {at}", en="Snapshot {id} of {at}")
VERSION = Text(de="Definition in der Fassung {version}", en="Definition version {version}")
SOURCE = Text(de="Quelle „{name}“, Stand {day}", en="Source “{name}”, as of {day}")
SOURCE_UNDATED = Text(de="Quelle „{name}“", en="Source “{name}”")
UNTIL_NEEDS = Text(de="So wird sie sichtbar", en="What lights it up")
ALL_KPIS = Text(
    de="{lit} von {all} Kennzahlen haben einen Wert; Signale: {signals}",
    en="{lit} of {all} KPIs have a value; signals: {signals}",
)
ALL_SUB = Text(
    de="{period}. Jeder Name führt zu Rechnung, Verlauf und Zeilen.",
    en="{period}. Each name leads to the calculation, the course and the rows.",
)
ALL_COLUMNS = (
    Text(de="Phase", en="Phase"),
    Text(de="Kennzahl", en="KPI"),
    Text(de="Wert", en="Value"),
    Text(de="Einheit", en="Unit"),
    Text(de="Zähler", en="Numerator"),
    Text(de="Nenner", en="Denominator"),
    Text(de="n", en="n"),
    Text(de="Zeitraum", en="Period"),
    Text(de="Vorperiode", en="Period before"),
    Text(de="Vorjahr", en="Last year"),
    Text(de="Ziel", en="Target"),
    Text(de="Verantwortlich", en="Owner"),
    Text(de="Befund", en="Finding"),
)
BROKEN = Text(
    de="Eigene Kennzahlen, die wegen eines Fehlers fehlen: {n}",
    en="KPIs of your own that are left out because of a mistake: {n}",
)
GROUP_COLUMNS = (
    Text(de="Gruppe", en="Group"),
    Text(de="Wert", en="Value"),
    Text(de="Zähler", en="Numerator"),
    Text(de="Nenner", en="Denominator"),
    Text(de="n", en="n"),
    Text(de="Befund", en="Finding"),
)
