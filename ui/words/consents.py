"""What the parts about consent and checking files say."""

from __future__ import annotations

from core.text import Text

# consent
TITLE = Text(
    de="{n} von {all} Projekten haben eine gültige Einwilligung",
    en="{n} of {all} projects have a valid consent",
)
NO_PROJECT = Text(
    de="Noch kein Projekt, also auch keine Einwilligung", en="No project yet, so no consent either"
)
NO_PROJECT_ABOUT = Text(
    de="Eine Einwilligung gehört zu einem Projekt: Legen Sie zuerst eines an.",
    en="A consent belongs to a project: make one first.",
)
UNASKED = Text(
    de="{name} ist geschlossen, aber niemand hat den Kunden gefragt",
    en="{name} is closed, but nobody has asked the customer",
)
SILENT = Text(
    de="{name}: seit {n} Tagen angefragt, noch keine Antwort",
    en="{name}: requested {n} days ago, no answer yet",
)
ENDS_IN = Text(
    de="{name}: Die Einwilligung läuft in {n} Tagen ab, am {day}",
    en="{name}: the consent ends in {n} days, on {day}",
)
ENDS_TODAY = Text(
    de="{name}: Die Einwilligung gilt heute zum letzten Mal",
    en="{name}: the consent holds for the last time today",
)
TO_DO = Text(de="Jetzt zu fragen", en="To be asked now")
PROJECT = Text(de="Projekt", en="Project")
STANDING = Text(de="Stand", en="Standing")
KIND = Text(de="Wie der Kunde gezeigt werden darf", en="How the customer may be shown")
PERSON = Text(de="Wer eingewilligt hat", en="Who consented")
ROLE = Text(de="Funktion", en="Role")
QUOTE = Text(de="Zitat", en="Quote")
PICTURE = Text(
    de="Bild der Person (PNG oder JPEG, freiwillig)", en="Picture of the person (PNG or JPEG, optional)"
)
LOGO = Text(
    de="Logo (PNG oder JPEG; gezeigt nur bei „mit Namen“)", en="Logo (PNG or JPEG; shown only for “by name”)"
)
STORED = {
    "picture": Text(de="Gespeichertes Bild", en="Stored picture"),
    "logo": Text(de="Gespeichertes Logo", en="Stored logo"),
}
REMOVE = {
    "picture": Text(de="Bild entfernen", en="Remove picture"),
    "logo": Text(de="Logo entfernen", en="Remove logo"),
}
PICTURE_NOTE = Text(
    de="Bilder werden neu gezeichnet gespeichert, ohne Ort, Kamera und Kommentare.",
    en="Pictures are stored drawn anew, without place, camera or comments.",
)
DOCUMENT = Text(de="Beleg (Mail, Brief)", en="Document (mail, letter)")
ON = Text(de="Vom", en="As of")
UNTIL = Text(de="Gilt bis (leer: unbefristet)", en="Valid until (empty: no end)")
RECORD = Text(de="Antwort des Kunden festhalten", en="Record the customer’s answer")
SAVE = Text(de="Festhalten", en="Record")
RECORDED = Text(de="Festgehalten. {said}", en="Recorded. {said}")
ALREADY_OUT = Text(de="Das ist bereits hinausgegangen", en="This has gone out already")
TELL_THEM = Text(
    de="Es darf nichts mehr hinaus. Wer schon eine Datei hat, sollte das erfahren.",
    en="Nothing may go out any more. Whoever has a file already should be told.",
)
ANSWERS = Text(de="Antworten und Verlauf", en="Answers and history")
ANSWER_GIVEN = Text(
    de="{day}: {standing}, {kind}, {end} (Fassung {version})",
    en="{day}: {standing}, {kind}, {end} (version {version})",
)
ANSWER = Text(
    de="{day}: {standing}, {kind} (Fassung {version})", en="{day}: {standing}, {kind} (version {version})"
)
WHO_DID = Text(de="Wer was eingetragen hat", en="Who entered what")
DEED_PLAIN = Text(de="{at}, {who}: {what}", en="{at}, {who}: {what}")
DEED = Text(de="{at}, {who}: {standing}, {kind}", en="{at}, {who}: {standing}, {kind}")
DEED_FIELDS = Text(
    de="{at}, {who}: {standing}, {kind}; geändert: {fields}",
    en="{at}, {who}: {standing}, {kind}; changed: {fields}",
)
FIELDS = {
    "quote": Text(de="Zitat", en="quote"),
    "person": Text(de="Person", en="person"),
    "role": Text(de="Funktion", en="role"),
    "picture": Text(de="Bild", en="picture"),
    "logo": Text(de="Logo", en="logo"),
    "document": Text(de="Beleg", en="document"),
    "on": Text(de="Datum", en="date"),
    "until": Text(de="Ende", en="end"),
    "withdrawn_on": Text(de="Widerruf", en="withdrawal"),
}
NO_HISTORY = Text(
    de="Noch niemand hat hier etwas eingetragen; Beispieldaten zählen nicht.",
    en="Nobody has entered anything here yet; sample data do not count.",
)

# erasing on request
FORGET = Text(de="Auf Verlangen löschen (Art. 17 DSGVO)", en="Erase on request (Art. 17 GDPR)")
FORGET_WHAT = {
    "people": Text(de="Angaben zu Personen", en="What is kept of people"),
    "customer": Text(de="Den Kunden samt Personen", en="The customer and their people"),
}
FORGET_ABOUT = {
    "people": Text(
        de="Gelöscht werden Name, Funktion, Zitat, Bild, Logo und Beleg. Eine Einwilligung gilt danach als "
        "widerrufen, weil niemand mehr zeigen kann, wer sie gab. Zahlen, Nachweise und die Liste der "
        "Weitergaben bleiben.",
        en="Name, role, quote, picture, logo and document are erased. A consent counts as withdrawn then, "
        "because nobody can show any more who gave it. Figures, proofs and the list of what went out stay.",
    ),
    "customer": Text(
        de="Gelöscht wird außerdem der Name des Kunden in Projekt, Nachweisen und allem, was Menschen "
        "eingegeben haben; die Fallstudie wird gelöscht, die Nachweise verlassen das Regal. Zahlen, "
        "Evidenz und die Liste der Weitergaben bleiben ohne Namen.",
        en="The customer's name is erased too, in the project, its proofs and all that people entered; the "
        "case study is deleted, the proofs leave the shelf. Figures, evidence and the list of what went out "
        "stay without a name.",
    ),
}
FORGET_OUT_THERE = Text(
    de="Sicherungen und Dateien, die schon draußen sind, erreicht das nicht.",
    en="Backups and files that are out already are not reached by this.",
)
FORGET_SURE = Text(de="Ja, endgültig löschen", en="Yes, erase for good")
FORGET_DO = Text(de="Löschen", en="Erase")
FORGET_TICK = Text(
    de="Bitte bestätigen Sie, dass endgültig gelöscht werden soll.",
    en="Please confirm that it is to be erased for good.",
)
FORGOTTEN = Text(
    de="Gelöscht. Weitergaben, deren Empfänger es erfahren sollten: {n}.",
    en="Erased. Uses whose recipients should be told: {n}.",
)
OUT_LINE = Text(
    de="{day}: {claim} als {format} an {to}, von {who}", en="{day}: {claim} as {format} to {to}, by {who}"
)
LETTER = Text(de="Anfrage an den Kunden", en="Request to the customer")
LETTER_SUB = Text(de="zum Kopieren in eine Mail", en="to copy into a mail")
LETTER_TO = Text(de="Anrede, etwa Frau Dr. Aßmann", en="Addressed to, such as Dr Aßmann")
LETTER_COMPANY = Text(de="Ihr Unternehmen", en="Your company")
LETTER_CONTACT = Text(de="Widerruf an (Mailadresse)", en="Withdrawals to (mail address)")
LETTER_LANG = Text(de="Sprache des Briefs", en="Language of the letter")
LETTER_KIND = Text(de="Gefragt wird nach", en="Asks for")
LETTER_UNTIL = Text(de="Gültig bis", en="Valid until")
LETTER_NO_CLAIM = Text(
    de="Der Brief nennt das Ergebnis. Bilden Sie dafür zuerst einen Nachweis aus diesem Projekt.",
    en="The letter states the result. Make a proof from this project first.",
)
TEXT_VERSION = Text(de="Fassung {version}", en="version {version}")

# verify
VERIFY_TITLE = Text(de="Stimmt eine Datei noch, die hinausging?", en="Is a file that went out still right?")
VERIFY_ABOUT = Text(
    de="PowerPoint, PDF, Excel oder Bild: Jede Zahl wird mit dem Verzeichnis in der Datei und mit den "
    "Daten von "
    "heute verglichen.",
    en="PowerPoint, PDF, Excel or picture: every figure is compared with the list inside the file and with "
    "today’s data.",
)
FILE = Text(de="Datei", en="File")
PLACE = Text(de="Stelle", en="Place")
OUTCOME = Text(de="Ergebnis", en="Outcome")
IN_FILE = Text(de="in der Datei", en="in the file")
WHEN_MADE = Text(de="beim Anlegen", en="when made")
TODAY_SAYS = Text(de="heute", en="today")
