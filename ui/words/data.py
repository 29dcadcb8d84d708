"""What the Data page says."""

from __future__ import annotations

from core.text import Text

PAGE = Text(de="Daten", en="Data")
PART = Text(de="Bereich", en="Section")
PARTS = {
    "import": Text(de="Einlesen", en="Import"),
    "sources": Text(de="Quellen", en="Sources"),
    "snapshots": Text(de="Schnappschüsse", en="Snapshots"),
    "columns": Text(de="Spalten und Kennzahlen", en="Columns and KPIs"),
    "erase": Text(de="Kunden löschen", en="Erase customers"),
}
TITLE_EMPTY = Text(de="Noch keine Daten: Lesen Sie eine Datei ein", en="No data yet: import a file")
TITLE = Text(
    de="{contacts} Kontakte aus {n} Quellen, Stand {day}",
    en="{contacts} contacts from {n} sources, as of {day}",
)
TITLE_ONE = Text(
    de="{contacts} Kontakte aus einer Quelle, Stand {day}",
    en="{contacts} contacts from one source, as of {day}",
)
TITLE_UNDATED = Text(de="{n} Quellen, aber noch keine Kontakte", en="{n} sources, but no contacts yet")

UPLOAD = Text(de="Datei wählen: CSV, Excel oder Parquet", en="Choose a file: CSV, Excel or Parquet")
UPLOAD_ABOUT = Text(
    de=(
        "Export aus CRM, Shop oder Service, so wie er ist. Sie sehen zuerst, wie er gelesen wird; "
        "gespeichert wird erst, wenn Sie es sagen. Sehr große Dateien liest „./run import DATEI“ ohne "
        "Browser."
    ),
    en=(
        "An export from CRM, shop or service, as it is. You first see how it will be read; nothing is stored "
        "before you say so. Very large files are read by “./run import FILE” without a browser."
    ),
)
SAMPLE_GOES = Text(
    de="Mit Ihrer ersten eigenen Datei verschwinden die Beispieldaten; beides wird nie gemischt.",
    en="The sample data go with your first own file; the two are never mixed.",
)
REMOVE_SAMPLE = Text(de="Beispieldaten entfernen", en="Remove the sample data")
READING = Text(de="Die Datei wird gelesen …", en="Reading the file …")
STORING = Text(de="Die Daten werden gespeichert …", en="Storing the data …")
OUTLOOK = Text(
    de="{file}: {new} neue, {changed} geänderte, {unchanged} unveränderte, {rejected} abgelehnte Zeilen",
    en="{file}: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected rows",
)
OUTLOOK_SUB = Text(
    de="{records} Zeilen in der Datei, daraus {contacts} Kontakte, davon {planned} geplant; Daten bis {day}",
    en="{records} rows in the file, making {contacts} contacts, {planned} of them planned; data until {day}",
)
OUTLOOK_ROWS = Text(de="{records} Zeilen in der Datei", en="{records} rows in the file")
ORIGINS = {
    "given": Text(de="Zuordnung von Ihnen", en="Mapping given by you"),
    "remembered": Text(
        de="Zuordnung wiedererkannt: Eine Datei dieser Form haben Sie schon eingelesen",
        en="Mapping recognised: you have imported a file of this shape before",
    ),
    "proposed": Text(
        de="Zuordnung vorgeschlagen; bitte prüfen Sie sie, bevor Sie einlesen",
        en="Mapping proposed; please check it before you import",
    ),
}
QUESTIONS = Text(de="Bitte entscheiden Sie zuerst", en="Please decide first")
OPEN = Text(de="noch offen", en="still open")
REJECTED = Text(de="Abgelehnte Zeilen und Zellen", en="Rejected rows and cells")
REJECTED_COLUMNS = (
    Text(de="Spalte", en="Column"), Text(de="Grund", en="Reason"), Text(de="Zeilen", en="Rows"),
    Text(de="Zellen", en="Cells"),
)  # fmt: skip
UNASSIGNED = Text(de="{n} Kontakte haben noch keine Phase", en="{n} contacts have no phase yet")
UNASSIGNED_ABOUT = Text(
    de="Sie zählen mit, erscheinen aber in keiner Phase. Ordnen Sie unten die Touchpoints zu.",
    en="They are counted but show up in no phase. Assign their touchpoints below.",
)
FIRST_ROWS = Text(de="So werden die ersten Zeilen gelesen", en="How the first rows will be read")
MAPPING = Text(de="Zuordnung", en="Mapping")
MAPPING_ABOUT = Text(
    de="Was jede Spalte der Datei bedeutet. Spalten ohne Bedeutung bleiben als eigene Merkmale erhalten.",
    en="What each column of the file means. Columns without a meaning stay as attributes of their own.",
)
SOURCE_NAME = Text(de="Name der Quelle", en="Name of the source")
TABLE = Text(de="Die Datei enthält", en="The file holds")
MODE = Text(de="Was eine neue Datei bedeutet", en="What a new file means")
MODES = {
    "append": Text(de="Neue Zeilen kommen dazu", en="New rows are added"),
    "replace": Text(de="Sie ersetzt alles Bisherige der Quelle", en="It replaces all of the source so far"),
    "upsert": Text(
        de="Sie ändert bekannte Zeilen und ergänzt neue", en="It changes known rows and adds new ones"
    ),
}
KEY = Text(de="Schlüsselspalten (welche Zeile welche ist)", en="Key columns (which row is which)")
DATA_END = Text(de="Letzter Tag, den die Datei abdeckt", en="Last day the file covers")
FILE_COLUMN = Text(de="Spalte der Datei", en="Column of the file")
MEANS = Text(de="Bedeutung", en="Meaning")
OWN_ATTRIBUTE = Text(de="eigenes Merkmal", en="attribute of its own")
LEAVE_OUT = Text(de="weglassen", en="leave out")
FIXED = Text(de="fest zugeordnet: {name}", en="set: {name}")
TOUCHPOINTS = Text(de="Touchpoints", en="Touchpoints")
TOUCHPOINT_COLUMNS = (
    Text(de="Touchpoint", en="Touchpoint"), Text(de="Phase", en="Phase"), Text(de="Ereignis", en="Event"),
)  # fmt: skip
NO_PHASE = Text(de="ohne Phase", en="no phase")
NO_EVENT = Text(de="ohne Ereignis", en="no event")
AS_TOML = Text(de="Zuordnung als Text (TOML)", en="Mapping as text (TOML)")
AS_TOML_ABOUT = Text(
    de=(
        "Hier geht alles: feste Werte, zusammengesetzte Daten, Stufen, Abschluss. Dieselbe Datei nimmt "
        "„./run import DATEI --mapping ZUORDNUNG.toml“."
    ),
    en=(
        "Everything is possible here: constants, dates put together, stages, outcome. The same file is taken "
        "by “./run import FILE --mapping MAPPING.toml”."
    ),
)
APPLY = Text(de="Zuordnung übernehmen und neu lesen", en="Apply the mapping and read again")
STORE = Text(de="Einlesen", en="Import")
STORED = Text(de="Eingelesen", en="Imported")
TO_OVERVIEW = Text(de="Zum Überblick", en="To the overview")
ANOTHER = Text(de="Weitere Datei einlesen", en="Import another file")
DISCARD = Text(de="Verwerfen", en="Discard")
DROPPED = Text(
    de="Entfernt, weil nun eigene Daten da sind: {names}.", en="Removed now that there are own data: {names}."
)

SOURCES = Text(de="Quellen und ihr Stand", en="Sources and how far they reach")
SOURCES_SUB = Text(
    de="Eine Kennzahl reicht so weit wie die älteste Quelle, die sie speist",
    en="A KPI reaches as far as the oldest of the sources that feed it",
)
SOURCE_COLUMNS = (
    Text(de="Quelle", en="Source"), Text(de="Inhalt", en="Content"), Text(de="Neue Dateien", en="New files"),
    Text(de="Zeilen", en="Rows"), Text(de="Einträge", en="Entries"), Text(de="Geplant", en="Planned"),
    Text(de="Daten bis", en="Data until"), Text(de="Beispiel", en="Sample"),
)  # fmt: skip
PLANNED_ABOUT = Text(
    de="{n} Kontakte liegen nach dem Datenende ihrer Quelle: Sie gelten als geplant und zählen nirgends.",
    en="{n} contacts lie after their source's data end: they count as planned and enter no figure.",
)
YES = Text(de="ja", en="yes")
NO = Text(de="nein", en="no")
IMPORTS = Text(de="Eingelesene Dateien", en="Imported files")
IMPORTS_SUB = Text(
    de="Zeilen = neu + unverändert + geändert + abgelehnt", en="Rows = new + unchanged + changed + rejected"
)
IMPORT_COLUMNS = (
    Text(de="Datei", en="File"), Text(de="Quelle", en="Source"), Text(de="Zeitpunkt", en="Time"),
    Text(de="Zeilen", en="Rows"), Text(de="Neu", en="New"), Text(de="Unverändert", en="Unchanged"),
    Text(de="Geändert", en="Changed"), Text(de="Abgelehnt", en="Rejected"),
)  # fmt: skip
REJECTS_OF = Text(de="Ablehnungen aus „{file}“", en="Rejects from “{file}”")
REJECTS_SUB = Text(
    de="{n} abgelehnte Zeilen; Zeilennummer, Spalte, Wert und Grund",
    en="{n} rejected rows; row, column, value, reason",
)
PICK_IMPORT = Text(de="Datei", en="File")
REJECT_COLUMNS = (
    Text(de="Zeile", en="Row"), Text(de="Spalte", en="Column"), Text(de="Wert", en="Value"),
    Text(de="Grund", en="Reason"),
)  # fmt: skip
NO_REJECTS = Text(de="Keine Datei hat abgelehnte Zeilen.", en="No file has rejected rows.")
UNASSIGNED_NOW = Text(de="Touchpoints ohne Phase", en="Touchpoints without a phase")
UNASSIGNED_NOW_SUB = Text(
    de="Sie zählen mit, stehen aber in keiner Phase. Lesen Sie die Datei mit ergänzter Zuordnung neu ein.",
    en="They are counted but show up in no phase. Import the file again with a completed mapping.",
)
UNASSIGNED_COLUMNS = (Text(de="Touchpoint", en="Touchpoint"), Text(de="Kontakte", en="Contacts"))

SNAPSHOTS = Text(de="{n} Stände aufgehoben", en="{n} states kept")
SNAPSHOTS_SUB = Text(
    de="Jeder Import legt einen neuen Stand an; die letzten 30 und je Monat der letzte bleiben",
    en="Every import makes a new state; the last 30 stay, and the last of each month",
)
SNAPSHOT_COLUMNS = (
    Text(de="Schnappschuss", en="Snapshot"), Text(de="Zeitpunkt", en="Time"), Text(de="Stand", en="State"),
    Text(de="Kontakte", en="Contacts"), Text(de="Dateien", en="Files"), Text(de="Quellen", en="Sources"),
)  # fmt: skip
CURRENT = Text(de="aktuell", en="current")
PINNED = Text(de="festgehalten", en="pinned")
EARLIER = Text(de="aufgehoben", en="kept")
COMPARE = Text(de="Was sich zwischen zwei Ständen änderte", en="What changed between two states")
FROM = Text(de="von", en="from")
TO = Text(de="bis", en="to")
SAME = Text(de="Zwischen beiden Ständen ist nichts anders.", en="Nothing differs between the two states.")
CHANGE_COLUMNS = (
    Text(de="Quelle", en="Source"), Text(de="Neu", en="New"), Text(de="Geändert", en="Changed"),
    Text(de="Entfernt", en="Removed"),
)  # fmt: skip
PHASE_COLUMNS = (
    Text(de="Phase", en="Phase"), Text(de="Kontakte vorher", en="Contacts before"),
    Text(de="Kontakte nachher", en="Contacts after"), Text(de="Unterschied", en="Difference"),
)  # fmt: skip
GO_BACK = Text(de="Zu diesem Stand zurückkehren", en="Go back to this state")
GO_BACK_TO = Text(de="Zurückkehren zu", en="Go back to")
GO_BACK_ABOUT = Text(
    de="Nichts geht verloren: Alle Stände bleiben, und Sie können jederzeit wieder vor.",
    en="Nothing is lost: all states stay, and you can go forward again at any time.",
)
WENT_BACK = Text(de="Der Stand {id} ist jetzt der aktuelle.", en="State {id} is now the current one.")
ONLY_ONE = Text(de="Es gibt erst einen Stand.", en="There is only one state so far.")

LIGHT = Text(
    de="{lit} von {all} Kennzahlen leuchten; {dark} warten auf Daten",
    en="{lit} of {all} KPIs are lit; {dark} are waiting for data",
)
LIGHT_SUB = Text(
    de="Was fehlt, zuerst: jede Zeile nennt die Kennzahlen, die damit sichtbar werden",
    en="What is missing comes first: each row names the KPIs that it would light up",
)
LIGHT_COLUMNS = (
    Text(de="Spalte, Ereignis oder Datei", en="Column, event or file"), Text(de="Vorhanden", en="Present"),
    Text(de="Kennzahlen", en="KPIs"), Text(de="Anzahl", en="Count"),
)  # fmt: skip

ERASE_ABOUT = Text(
    de=(
        "Auf Verlangen einer Person (Art. 17 DSGVO) verschwinden alle ihre Zeilen aus jedem Stand, den "
        "aufgehobenen Dateien, den Ablehnungen und den Eingaben. Das lässt sich nicht rückgängig machen. "
        "Spätere Dateien bringen sie nicht zurück."
    ),
    en=(
        "On a person's request (Art. 17 GDPR) all their rows go from every state, the files kept, the "
        "rejects and what was entered. This cannot be undone. Later files do not bring them back."
    ),
)
ERASE_IDS = Text(de="Kundennummern, eine je Zeile", en="Customer ids, one per line")
ERASE_LOOK = Text(de="Nachsehen", en="Look up")
ERASE_HELD = Text(de="Was über sie gespeichert ist", en="What is held of them")
ERASE_NONE = Text(
    de="Im aktuellen Stand ist nichts gespeichert. Gelöscht wird auch aus früheren Ständen.",
    en="Nothing is held in the current state. Erasing also reaches earlier states.",
)
HELD_COLUMNS = (Text(de="Kunde", en="Customer"), Text(de="Tabelle", en="Table"), Text(de="Zeilen", en="Rows"))
ERASE_SURE = Text(de="Ja, {n} Kunden endgültig löschen", en="Yes, erase {n} customers for good")
ERASE = Text(de="Endgültig löschen", en="Erase for good")
ERASED = Text(
    de="{n} Kunden gelöscht: {rows} Zeilen entfernt, {originals} aufgehobene Dateien gelöscht. Vorgang {id}.",
    en="{n} customers erased: {rows} rows removed, {originals} kept files deleted. Erasure {id}.",
)
WHO = Text(de="Ihr Name für das Protokoll (nicht geprüft)", en="Your name for the record (not verified)")
WHO_NEEDED = Text(
    de="Bitte nennen Sie zuerst Ihren Namen: Das Protokoll hält fest, wer es war.",
    en="Please give your name first: the record keeps who did it.",
)
