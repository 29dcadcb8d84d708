"""What the form of a project says."""

from __future__ import annotations

from core.text import Text

F_KEY = Text(de="Kürzel, wie es in Dateien steht", en="Code, as files write it")
F_NAME = Text(de="Name des Projekts", en="Name of the project")
F_NAME_EN = Text(de="Name auf Englisch", en="Name in English")
F_CUSTOMER = Text(de="Kunde", en="Customer")
F_SHOWN = Text(de="Wie der Kunde gezeigt werden darf", en="How the customer may be shown")
F_INDUSTRY = Text(de="Branche", en="Industry")
F_SIZE = Text(de="Größe", en="Size")
F_DONE = Text(de="Was getan wird", en="What is done")
F_DONE_EN = Text(de="Was getan wird, auf Englisch", en="What is done, in English")
F_EN_ABOUT = Text(
    de="Leer: Der deutsche Text steht auch in englischen Unterlagen.",
    en="Empty: the German text stands in English documents too.",
)
F_PHASES = Text(de="Berührte Phasen", en="Phases touched")
F_LIVE = Text(de="Go-live", en="Go-live")
F_BASELINE = Text(de="Basiszeitraum", en="Baseline")
F_AFTER = Text(de="Nachher-Zeitraum", en="After window")
F_WINDOW_ABOUT = Text(de="Erster und letzter Tag, ganze Perioden.", en="First and last day, whole periods.")
F_WINDOW_BOTH = Text(
    de="Bitte wählen Sie bei beiden Zeiträumen den ersten und den letzten Tag.",
    en="Please choose the first and the last day of both windows.",
)
F_KPIS = Text(de="Kennzahlen", en="KPIs")
F_KPIS_ABOUT = Text(
    de="Nach der ersten Zeile wird das Projekt beurteilt. Die Werte kommen aus Messwerten, in denen die "
    "Kennzahl so heißt wie hier, oder aus der gewählten Quelle. Filter und Vergleich gelten nur für "
    "Kennzahlen, die über Kontakte gezählt werden: etwa segment=B2B, als Vergleich ein zweiter Filter oder "
    "„Rest“.",
    en="The project is judged by the first line. The values come from measurements in which the KPI is "
    "called as here, or from the source chosen. Filter and comparison are for KPIs counted over contacts "
    "only: such as segment=B2B, as comparison a second filter or “rest”.",
)
F_FILTERS = Text(de="Filtern lässt sich nach {names}.", en="Filters may name {names}.")
F_MEASURED = Text(
    de="Gemessen sind für „{project}“: {kpis}, von {first} bis {last}.",
    en="Measured for “{project}”: {kpis}, from {first} to {last}.",
)
F_LIVE_ABOUT = Text(
    de="Die beiden Zeiträume werden danach vorgeschlagen: zwölf Monate davor und zwölf danach.",
    en="Both windows are proposed by it: twelve months before and twelve after.",
)
F_FROZEN = Text(
    de="Der Basiszeitraum ist eingefroren; ändern lassen sich Namen, Soll, Go-live und Nachher-Zeitraum.",
    en="The baseline is frozen; names, targets, go-live and the after window can be changed.",
)
K_NAME = Text(de="Kennzahl", en="KPI")
K_UNIT = Text(de="Einheit", en="Unit")
K_BETTER = Text(de="besser ist", en="better is")
K_TARGET = Text(de="Soll", en="Target")
K_SOURCE = Text(de="Werte aus", en="Values from")
K_WHERE = Text(de="Filter", en="Filter")
K_CONTROL = Text(de="Vergleich", en="Comparison")
BETTER = {"higher": Text(de="höher", en="higher"), "lower": Text(de="niedriger", en="lower")}
SAME_NAME = Text(de="Messwerte gleichen Namens", en="Measurements of that name")
FROM_MEASURED = Text(de="Messwerte: {name}", en="Measurements: {name}")
FROM_CONTACTS = Text(de="Kontakte: {name}", en="Contacts: {name}")
FROM_PHASE = Text(de="Kontakte: {name}, {phase}", en="Contacts: {name}, {phase}")
REST = Text(de="Rest", en="rest")
K_NEEDED = Text(de="Mindestens eine Kennzahl ist nötig.", en="At least one KPI is needed.")
K_LACKS = Text(
    de="„{kpi}“ braucht noch eine Einheit und die Angabe, ob höher oder niedriger besser ist.",
    en="“{kpi}” still needs a unit, and whether higher or lower is better.",
)
W_TITLE = Text(de="Angabe des Kunden", en="The customer’s word")
W_ABOUT = Text(
    de="Nur für Kennzahlen, die der Kunde schriftlich bestätigt hat und zu denen es keine Daten gibt.",
    en="Only for KPIs that the customer has confirmed in writing and for which there are no data.",
)
W_BEFORE = Text(de="Wert vorher", en="Figure before")
W_AFTER = Text(de="Wert nachher", en="Figure after")
W_PERSON = Text(de="Bestätigt von", en="Confirmed by")
W_ROLE = Text(de="Funktion", en="Role")
W_ON = Text(de="Am", en="On")
W_DOCUMENT = Text(de="Schriftstück", en="Document")
W_NEEDED = Text(
    de="Für die Angabe des Kunden fehlen Werte, Person oder Datum.",
    en="The customer’s word lacks figures, person or date.",
)
NEEDED = Text(
    de="Kürzel, Name, Kunde und was getan wird dürfen nicht leer sein.",
    en="Code, name, customer and what is done must not be empty.",
)
FIXED_NEEDS = Text(
    de="Die Angaben passen nicht zusammen: {reason}", en="The entries do not fit together: {reason}"
)
