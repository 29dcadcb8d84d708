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
TITLE = Text(
    de="{contacts} Kontakte aus {n} Quellen, Stand {day}",
    en="{contacts} contacts from {n} sources, as of {day}",
)
TITLE_ONE = Text(
    de="{contacts} Kontakte aus einer Quelle, Stand {day}",
    en="{contacts} contacts from one source, as of {day}",
)
TITLE_UNDATED = Text(de="{n} Quellen, aber noch keine Kontakte", en="{n} sources, but no contacts yet")
TITLE_UNDATED_ONE = Text(de="Eine Quelle, aber noch keine Kontakte", en="One source, but no contacts yet")

UPLOAD = Text(de="Datei wählen: CSV, Excel oder Parquet", en="Choose a file: CSV, Excel or Parquet")
UPLOAD_ABOUT = Text(
    de=(
        "Nehmen Sie einen Export aus CRM, Shop oder Service, so wie er ist. Sie sehen zuerst, wie er gelesen "
        "wird; gespeichert wird erst, wenn Sie auf „Einlesen“ klicken. Sehr große Dateien liest "
        "„./run import DATEI“ ohne Browser."
    ),
    en=(
        "Take an export from CRM, shop or service, as it is. You first see how it will be read; nothing is "
        "stored before you press “Import”. Very large files are read by “./run import FILE”, without a "
        "browser."
    ),
)
SAMPLE_GOES = Text(
    de="Mit Ihrer ersten eigenen Datei verschwinden die Beispieldaten; gemischt wird beides nie.",
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
    de="Zeilen der Datei: {records} · Kontakte: {contacts}, davon geplant: {planned} · Daten bis {day}",
    en="Rows in the file: {records} · contacts: {contacts}, planned: {planned} · data until {day}",
)
OUTLOOK_TABLE = Text(
    de="Zeilen der Datei: {records} · {table}: {n} · Daten bis {day}",
    en="Rows in the file: {records} · {table}: {n} · data until {day}",
)
OUTLOOK_ROWS = Text(de="Zeilen in der Datei: {records}", en="Rows in the file: {records}")
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
REJECTED = Text(de="Abgelehnte Zeilen und Zellen", en="Rejected rows and cells")
REJECTED_SUB = Text(
    de="Eine abgelehnte Zeile fehlt ganz, eine abgelehnte Zelle bleibt leer",
    en="A rejected row is left out as a whole, a rejected cell stays empty",
)
REJECTED_COLUMNS = (
    Text(de="Spalte", en="Column"), Text(de="Grund", en="Reason"), Text(de="Zeilen", en="Rows"),
    Text(de="Zellen", en="Cells"),
)  # fmt: skip
UNASSIGNED = Text(de="Kontakte noch ohne Phase: {n}", en="Contacts without a phase yet: {n}")
UNASSIGNED_ABOUT = Text(
    de="Sie zählen mit, erscheinen aber in keiner Phase. Ordnen Sie unten die Touchpoints zu.",
    en="They are counted but show up in no phase. Assign their touchpoints below.",
)
FIRST_ROWS = Text(de="So werden die ersten Zeilen gelesen", en="How the first rows will be read")
FIRST_ROWS_SUB = Text(
    de="Die ersten 20 Einträge, die entstehen; eine Zeile der Datei kann mehrere ergeben",
    en="The first 20 entries that will be made; one row of the file may make several",
)
ROW_NO = Text(de="Zeile der Datei", en="Row in the file")
SHEET = Text(de="Tabellenblatt", en="Worksheet")
MAPPING_FAILED = Text(
    de="Mit dieser Zuordnung lässt sich die Datei nicht lesen; es gilt wieder die vorige. {why}",
    en="The file cannot be read with this mapping; the one before applies again. {why}",
)
MAPPING = Text(de="Zuordnung", en="Mapping")
MAPPING_ABOUT = Text(
    de="Was jede Spalte der Datei bedeutet. Spalten ohne Bedeutung bleiben als eigene Merkmale erhalten.",
    en="What each column of the file means. Columns without a meaning stay as attributes of their own.",
)
SOURCE_NAME = Text(de="Name der Quelle", en="Name of the source")
MODE = Text(de="Eine neue Datei …", en="A new file …")
MODES = {
    "append": Text(de="fügt neue Zeilen hinzu", en="adds new rows"),
    "replace": Text(de="ersetzt alles Bisherige", en="replaces everything before"),
    "upsert": Text(de="ändert bekannte, ergänzt neue", en="changes known rows, adds new"),
}
KEY = Text(de="Spalten, die eine Zeile kennzeichnen", en="Columns that identify a row")
KEY_NONE = Text(de="keine: die ganze Zeile zählt", en="none: the whole row counts")
DATA_END = Text(de="Letzter Tag, den die Datei abdeckt", en="Last day the file covers")
FILE_COLUMN = Text(de="Spalte der Datei", en="Column of the file")
MEANS = Text(de="Bedeutung", en="Meaning")
OWN_ATTRIBUTE = Text(de="eigenes Merkmal", en="attribute of its own")
LEAVE_OUT = Text(de="weglassen", en="leave out")
FIXED = Text(de="Im Text der Zuordnung festgelegt: {name}", en="Set in the text of the mapping: {name}")
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
TO_PROJECTS = Text(de="Zu den Projekten", en="To the projects")
ANOTHER = Text(de="Weitere Datei einlesen", en="Import another file")
DISCARD = Text(de="Verwerfen", en="Discard")
DROPPED = Text(
    de="Entfernt, weil nun eigene Daten da sind: {names}.",
    en="Removed, as there are data of your own now: {names}.",
)

SOURCES = Text(de="Quellen und ihr Stand", en="Sources and how far they reach")
SOURCES_SUB = Text(
    de="Eine Kennzahl reicht so weit wie die älteste Quelle, die sie speist",
    en="A KPI reaches as far as the oldest of the sources that feed it",
)
SOURCE_COLUMNS = (
    Text(de="Quelle", en="Source"), Text(de="Inhalt", en="Content"), MODE,
    Text(de="Zeilen", en="Rows"), Text(de="Einträge", en="Entries"), Text(de="Geplant", en="Planned"),
    Text(de="Daten bis", en="Data until"),
)  # fmt: skip
PLANNED_ABOUT = Text(
    de="Geplante Kontakte: {n}. Sie liegen nach dem Datenende ihrer Quelle und gehen in keine Kennzahl ein.",
    en="Planned contacts: {n}. They lie after the data end of their source and enter no KPI.",
)
YES = Text(de="ja", en="yes")
NO = Text(de="nein", en="no")
IMPORTS = Text(de="Eingelesene Dateien", en="Imported files")
IMPORTS_SUB = Text(
    de="Was aus jeder Zeile wurde: neu + unverändert + geändert + abgelehnt = Zeilen der Datei",
    en="What became of each row: new + unchanged + changed + rejected = rows of the file",
)
IMPORT_COLUMNS = (
    Text(de="Datei", en="File"), Text(de="Quelle", en="Source"), Text(de="Zeitpunkt", en="Time"),
    Text(de="Zeilen", en="Rows"), Text(de="Neu", en="New"), Text(de="Unverändert", en="Unchanged"),
    Text(de="Geändert", en="Changed"), Text(de="Abgelehnt", en="Rejected"),
)  # fmt: skip
REJECTS_OF = Text(de="Ablehnungen aus „{file}“", en="Rejects from “{file}”")
REJECTS_SUB = Text(
    de="Welche Zeile und Zelle nicht gelesen werden konnte und warum. Abgelehnte Zeilen: {n}",
    en="Which row and cell could not be read, and why. Rejected rows: {n}",
)
PICK_IMPORT = Text(de="Ablehnungen zeigen aus", en="Show the rejects from")
REJECT_COLUMNS = (
    Text(de="Zeile", en="Row"), Text(de="Spalte", en="Column"), Text(de="Wert", en="Value"),
    Text(de="Grund", en="Reason"),
)  # fmt: skip
NO_REJECTS = Text(
    de="Aus den Dateien wurde keine Zeile abgelehnt.", en="No row of the files has been rejected."
)
UNASSIGNED_NOW = Text(de="Touchpoints ohne Phase", en="Touchpoints without a phase")
UNASSIGNED_NOW_SUB = Text(
    de="Sie zählen mit, stehen aber in keiner Phase. Lesen Sie die Datei mit ergänzter Zuordnung neu ein.",
    en="They are counted but show up in no phase. Import the file again with a completed mapping.",
)
UNASSIGNED_COLUMNS = (Text(de="Touchpoint", en="Touchpoint"), Text(de="Kontakte", en="Contacts"))

SNAPSHOTS = Text(de="{n} Datenstände sind aufgehoben", en="{n} states of the data are kept")
SNAPSHOTS_ONE = Text(de="Ein Datenstand ist aufgehoben", en="One state of the data is kept")
SNAPSHOTS_SUB = Text(
    de="Jedes Einlesen legt einen neuen Stand an. Es bleiben die letzten 30 und der letzte jedes Monats.",
    en="Every import makes a new state. The last 30 stay, and the last of each month.",
)
SNAPSHOT_COLUMNS = (
    Text(de="Schnappschuss", en="Snapshot"), Text(de="Zeitpunkt", en="Time"), Text(de="Stand", en="State"),
    Text(de="Kontakte", en="Contacts"), Text(de="Dateien", en="Files"), Text(de="Quellen", en="Sources"),
)  # fmt: skip
CURRENT = Text(de="aktuell", en="current")
PINNED = Text(de="festgehalten", en="pinned")
EARLIER = Text(de="aufgehoben", en="kept")
COMPARE = Text(de="Was sich zwischen zwei Ständen änderte", en="What changed between two states")
COMPARE_SUB = Text(
    de="Zeilen je Quelle und Kontakte je Phase, früherer Stand gegen späteren",
    en="Rows by source and contacts by phase, the earlier state against the later",
)
FROM = Text(de="Früherer Stand", en="Earlier state")
TO = Text(de="Späterer Stand", en="Later state")
SAME = Text(de="Zwischen beiden Ständen ist nichts anders.", en="Nothing differs between the two states.")
CHANGE_COLUMNS = (
    Text(de="Quelle", en="Source"), Text(de="Neu", en="New"), Text(de="Geändert", en="Changed"),
    Text(de="Entfernt", en="Removed"),
)  # fmt: skip
PHASE_COLUMNS = (
    Text(de="Phase", en="Phase"), Text(de="Kontakte vorher", en="Contacts before"),
    Text(de="Kontakte nachher", en="Contacts after"), Text(de="Unterschied", en="Difference"),
)  # fmt: skip
GO_BACK_TITLE = Text(de="Zu einem anderen Stand zurückkehren", en="Go back to another state")
GO_BACK = Text(de="Zu diesem Stand zurückkehren", en="Go back to this state")
GO_BACK_TO = Text(de="Zurückkehren zu", en="Go back to")
GO_BACK_ABOUT = Text(
    de="Nichts geht verloren: Alle Stände bleiben, und Sie können jederzeit zum neueren zurück.",
    en="Nothing is lost: all states stay, and you can return to the newer one at any time.",
)
WENT_BACK = Text(de="Der Stand {id} ist jetzt der aktuelle.", en="State {id} is now the current one.")
ONLY_ONE = Text(de="Es gibt erst einen Stand.", en="There is only one state so far.")

LIGHT = Text(
    de="{lit} von {all} Kennzahlen haben die Daten, die sie brauchen",
    en="{lit} of {all} KPIs have the data that they need",
)
LIGHT_ALL = Text(
    de="Alle {all} Kennzahlen haben die Daten, die sie brauchen",
    en="All {all} KPIs have the data that they need",
)
LIGHT_SUB = Text(
    de="Welche Angabe welche Kennzahlen möglich macht; was noch fehlt, steht zuerst",
    en="Which entry makes which KPIs possible; what is still missing comes first",
)
LIGHT_COLUMNS = (
    Text(de="Spalte, Ereignis oder Datei", en="Column, event or file"), Text(de="Vorhanden", en="Present"),
    Text(de="Anzahl", en="Count"), Text(de="Kennzahlen", en="KPIs"),
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
ERASE_TICK = Text(
    de="Bitte bestätigen Sie zuerst mit dem Häkchen, dass endgültig gelöscht werden soll.",
    en="Please tick the box first to confirm that you want to erase for good.",
)
ERASE_HELD_SUB = Text(de="Zeilen im aktuellen Stand, je Tabelle", en="Rows in the current state, by table")
ERASE_NONE = Text(
    de="Im aktuellen Stand ist nichts gespeichert. Gelöscht wird auch aus früheren Ständen.",
    en="Nothing is held in the current state. Erasing also reaches earlier states.",
)
HELD_COLUMNS = (Text(de="Kunde", en="Customer"), Text(de="Tabelle", en="Table"), Text(de="Zeilen", en="Rows"))
ERASE_SURE = Text(de="Ja, endgültig löschen (Kunden: {n})", en="Yes, erase for good (customers: {n})")
ERASE = Text(de="Endgültig löschen", en="Erase for good")
ERASED = Text(
    de="Gelöscht. Kunden: {n}, Zeilen: {rows}, aufgehobene Dateien: {originals}. Vorgang {id}.",
    en="Erased. Customers: {n}, rows: {rows}, kept files: {originals}. Erasure {id}.",
)
WHO = Text(de="Ihr Name für das Protokoll (nicht geprüft)", en="Your name for the record (not verified)")
WHO_NEEDED = Text(
    de="Bitte nennen Sie zuerst Ihren Namen: Das Protokoll hält fest, wer es war.",
    en="Please give your name first: the record keeps who did it.",
)
