"""What the parts about consent, prospects, the calculator and checking files say."""

from __future__ import annotations

from core.text import Text

# consent
TITLE = Text(
    de="{n} von {all} Projekten haben eine gültige Einwilligung",
    en="{n} of {all} projects have a valid consent",
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
ANSWER_LINE = Text(
    de="{day}: {standing}, {kind}, {end}; Fassung {version}",
    en="{day}: {standing}, {kind}, {end}; version {version}",
)
DEED_LINE = Text(
    de="{at} · {who} · {what}: {standing}, {kind}{fields}",
    en="{at} · {who} · {what}: {standing}, {kind}{fields}",
)
DEED_PLAIN = Text(de="{at} · {who} · {what}", en="{at} · {who} · {what}")
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

# prospect
PROSPECT_TITLE = Text(
    de="{n} Nachweise passen; zuerst zeigen: {first}", en="{n} proofs fit; show first: {first}"
)
PROSPECT_ONE = Text(de="Ein Nachweis passt: {first}", en="One proof fits: {first}")
PROSPECT_NONE = Text(
    de="Für diesen Interessenten gibt es noch keinen Nachweis", en="There is no proof for this prospect yet"
)
SIZE = Text(de="Größe", en="Size")
SIZE_IS = Text(de="Größe: {name}", en="Size: {name}")
HURTS = Text(de="Wo es drückt", en="Where it hurts")
HURTS_IS = Text(de="Es drückt in: {name}", en="It hurts in: {name}")
ROLE_OF = Text(de="Gegenüber", en="Counterpart")
ROLE_IS = Text(de="Gegenüber: {name}", en="Counterpart: {name}")
OPEN = Text(de="offen", en="open")
WHY = Text(de="Warum an dieser Stelle: {reasons}", en="Why in this place: {reasons}")
WORRY = Text(de="Sorge", en="Worry")
ARGUMENT = Text(de="Argument", en="Argument")
PROOF = Text(de="Nachweis, der überzeugt", en="Proof that convinces")
ROLES = Text(
    de="Wer mitentscheidet, und was jede Rolle hören muss",
    en="Who decides too, and what each role needs to hear",
)
ORDER = Text(
    de="Reihenfolge: Phase, Belastbarkeit, Branche, Größe der Zahl für die Rolle, Unternehmensgröße, "
    "Freigabe, Alter.",
    en="Order: phase, strength, industry, the unit that convinces the role, size, clearance, age.",
)

# range and calculator
RANGE_TITLE = Text(
    de="{kpi}: Die mittlere Hälfte der {n} Projekte lag zwischen {low} und {high}",
    en="{kpi}: the middle half of the {n} projects lay between {low} and {high}",
)
RANGE_FEW = Text(
    de="{kpi}: Erst {n} vergleichbare Projekte; eine Spanne gibt es ab fünf",
    en="{kpi}: only {n} comparable projects; a range is shown from five on",
)
RANGE_SUB = Text(
    de="Änderung gegenüber dem, was ohne Projekt zu erwarten war · {n} Projekte, Misserfolge "
    "eingeschlossen{left}",
    en="Change against what was to be expected without the project · {n} projects, failures included{left}",
)
LEFT_OUT = Text(de="; {n} ohne brauchbaren Vergleich", en="; {n} without a usable comparison")
NO_CLAIMS = Text(de="Noch kein Nachweis, also auch keine Spanne", en="No proof yet, so no range either")
QUARTILES = Text(
    de="schwächeres Viertel {low} · Mitte {middle} · stärkeres Viertel {high}",
    en="weaker quarter {low} · middle {middle} · stronger quarter {high}",
)
CALCULATOR = Text(de="Was das für Ihren Interessenten hieße", en="What that would mean for your prospect")
TODAY = Text(de="Wert heute ({unit})", en="Value today ({unit})")
CASES = Text(de="Fälle im Jahr", en="Cases a year")
WORTH = Text(de="Wert je Einheit in {currency}", en="Worth of one unit in {currency}")
WORTH_RATE = Text(de="Wert je Fall in {currency}", en="Worth of one case in {currency}")
LEVELS = {
    "low": Text(de="vorsichtig (schwächeres Viertel)", en="cautious (weaker quarter)"),
    "middle": Text(de="mittel (Median)", en="middle (median)"),
    "high": Text(de="günstig (stärkeres Viertel)", en="favourable (stronger quarter)"),
}
A_YEAR = Text(de="{gain} im Jahr", en="{gain} a year")
AFTERWARDS = Text(de="{today} → {after} ({change})", en="{today} → {after} ({change})")
ASSUMES = Text(
    de="Angenommen ist: Die Wirkung ist anteilig zum heutigen Wert, es kommen so viele Fälle wie "
    "heute, und jede "
    "Einheit ist gleich viel wert. Das ist eine Spanne aus anderen Unternehmen, keine Zusage.",
    en="Assumed: the effect is proportional to today’s value, as many cases come as today, and each "
    "unit is worth "
    "the same. This is a range from other companies, no promise.",
)
TELL = Text(de="Als gesagt festhalten", en="Note as told")
TELL_ABOUT = Text(
    de="Was ein Interessent gehört hat, wird später das Soll seines Projekts.",
    en="What a prospect was told later becomes the target of their project.",
)
PROSPECT = Text(de="Interessent", en="Prospect")
TOLD = Text(de="Festgehalten für {prospect}.", en="Noted for {prospect}.")
TOLD_BEFORE = Text(de="Was schon gesagt wurde", en="What was told before")
TOLD_LINE = Text(
    de="{day}: {prospect}, {kpi}: {low} bis {high} im Jahr",
    en="{day}: {prospect}, {kpi}: {low} to {high} a year",
)

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
VERIFIED = {
    "same": Text(
        de="{n} Zahlen geprüft: alle wie damals und wie heute",
        en="{n} figures checked: all as they left and as today",
    ),
    "trouble": Text(
        de="{bad} von {n} Zahlen stimmen nicht mehr", en="{bad} of {n} figures are no longer right"
    ),
}
PLACE = Text(de="Stelle", en="Place")
OUTCOME = Text(de="Ergebnis", en="Outcome")
IN_FILE = Text(de="in der Datei", en="in the file")
WHEN_MADE = Text(de="beim Anlegen", en="when made")
TODAY_SAYS = Text(de="heute", en="today")
ORIGINS = {
    "foreign": Text(
        de="Diese Datei kommt nicht von hier, oder ihr Verzeichnis ist gefälscht.",
        en="This file is not from here, or its list is forged.",
    ),
    "none": Text(
        de="Die Datei trägt kein Verzeichnis; sie lässt sich nicht prüfen.",
        en="The file carries no list; it cannot be checked.",
    ),
}
