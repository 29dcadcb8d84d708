"""What the page of proofs says."""

from __future__ import annotations

from typing import get_args

from core.text import Text
from proof.consent import Allowed
from proof.effect import Grade

PAGE = Text(de="Nachweise", en="Proofs")
ONE = Text(de="Nachweis", en="Proof")
PARTS = {
    "shelf": Text(de="Alle Nachweise", en="All proofs"),
    "prospect": Text(de="Für einen Interessenten", en="For a prospect"),
    "range": Text(de="Spanne und Rechner", en="Range and calculator"),
    "stories": Text(de="Fallstudien", en="Case studies"),
    "consent": Text(de="Einwilligungen", en="Consents"),
    "verify": Text(de="Datei prüfen", en="Check a file"),
}
VIEW = Text(de="Ansicht", en="View")
ALL = Text(de="Alle Nachweise", en="All proofs")

# the shelf
NONE = Text(de="Noch keine Nachweise", en="No proofs yet")
NONE_ABOUT = Text(
    de="Ein Nachweis friert ein, was ein Projekt an einer Kennzahl gezeigt hat: Zahlen, Worte, "
    "Belastbarkeit. "
    "Er entsteht auf der Seite eines Projekts, dessen Nachher-Zeitraum vorbei ist, und verlässt das Haus nur "
    "mit Einwilligung des Kunden.",
    en="A proof freezes what a project has shown of a KPI: figures, words, strength of evidence. It is made "
    "from a project whose after window is over, and leaves the house only with the customer’s consent.",
)
TITLE = Text(
    de="{ready} von {all} Nachweisen können Sie heute zeigen",
    en="You can show {ready} of {all} proofs today",
)
TITLE_ONE = Text(
    de="Einen von {all} Nachweisen können Sie heute zeigen",
    en="You can show one of {all} proofs today",
)
TITLE_NONE = Text(
    de="Keinen der {all} Nachweise können Sie heute zeigen",
    en="You can show none of the {all} proofs today",
)
AS_OF = Text(
    de="verbessert, aktuell und vom Kunden freigegeben · nachgerechnet am {day}",
    en="improved, up to date and cleared by the customer · worked out again on {day}",
)
CHIP_STALE = Text(de="{n} veraltet", en="{n} stale")
CHIP_BLOCKED = Text(de="{n} ohne Einwilligung", en="{n} without consent")
SEARCH = Text(de="Kunde, Projekt, Stichwort", en="Customer, project, keyword")
INDUSTRY = Text(de="Branche", en="Industry")
INDUSTRY_IS = Text(de="Branche: {name}", en="Industry: {name}")
PHASE = Text(de="Phase", en="Phase")
PHASE_IS = Text(de="Phase: {name}", en="Phase: {name}")
KPI = Text(de="Kennzahl", en="KPI")
KPI_IS = Text(de="Kennzahl: {name}", en="KPI: {name}")
GRADE = Text(de="Belastbarkeit", en="Strength")
GRADE_IS = Text(de="Belastbarkeit: {name}", en="Strength: {name}")
CONSENT = Text(de="Einwilligung", en="Consent")
CONSENT_IS = Text(de="Einwilligung: {name}", en="Consent: {name}")
AGE = Text(de="Alter", en="Age")
AGE_IS = Text(de="Alter: {name}", en="Age: {name}")
ANY = Text(de="alle", en="any")
AGES = {"180": Text(de="bis 6 Monate", en="up to 6 months"), "365": Text(de="bis 1 Jahr", en="up to 1 year")}
OPTION = Text(de="{said} ({n})", en="{said} ({n})")
FILTERED_OUT = Text(
    de="Kein Nachweis passt zu dieser Auswahl; insgesamt gibt es {all}.",
    en="No proof fits this choice; there are {all} in all.",
)
FILTERED = Text(de="{n} von {all} passen zu Ihrer Auswahl", en="{n} of {all} fit your choice")
RESET = Text(de="Auswahl aufheben", en="Clear the choice")
GROUPS = {
    "ready": Text(de="Heute zu zeigen", en="Ready to show"),
    "stale": Text(de="Zuerst erneuern", en="Renew first"),
    "blocked": Text(de="Vom Kunden nicht freigegeben", en="Not cleared by the customer"),
    "no_gain": Text(de="Zeigt keine Verbesserung", en="Shows no improvement"),
}
GROUPS_SUB = {
    "ready": Text(
        de="vorher → nachher, Änderung mit Intervall, n und Zeitraum; ein Klick führt zu Folie, PDF, Bild, "
        "Excel und Satz für eine Mail",
        en="before → after, change with interval, n and period; one click leads to slide, PDF, picture, "
        "Excel and sentence for a mail",
    ),
    "stale": Text(
        de="Die Daten von heute sagen etwas anderes; öffnen und erneuern, dann wieder zeigen",
        en="today’s data say otherwise; open and renew, then show again",
    ),
    "blocked": Text(
        de="Sie lassen sich lesen, aber nicht mitnehmen, bis eine Einwilligung vorliegt",
        en="they can be read but not taken away until there is a consent",
    ),
    "no_gain": Text(
        de="zählen in der Spanne mit, damit nicht nur die besten Fälle sprechen",
        en="they count in the range, so that not only the best cases speak",
    ),
}
STRENGTH = Text(de="Belastbarkeit {grade}: {means}", en="Strength {grade}: {means}")
BY_WORD = Text(de="Angabe des Kunden, nicht nachgerechnet", en="The customer’s word, not recomputed")
CHANGE = Text(de="{change} (95-%-Intervall {interval})", en="{change} (95% interval {interval})")
CHANGE_EXPECTED = Text(
    de="{change} gegenüber dem Erwarteten (95-%-Intervall {interval})",
    en="{change} against what was expected (95% interval {interval})",
)
NO_INTERVAL = Text(de="ohne Intervall: nur zwei Werte bekannt", en="no interval: only two figures are known")
WINDOWS = Text(de="{before} gegen {after}", en="{before} against {after}")
COUNTS = Text(de="n = {before} und {after}", en="n = {before} and {after}")
UNCLAIMED = Text(de="Noch kein Nachweis", en="No proof yet")
UNCLAIMED_SUB = Text(
    de="Projekte, die etwas zeigen, wofür es noch keinen Nachweis gibt",
    en="Projects that show something for which there is no proof yet",
)
MAKE = Text(de="Nachweis anlegen", en="Make a proof")
MADE = Text(de="Der Nachweis {claim} ist angelegt.", en="Proof {claim} has been made.")
ALLOWED: dict[Allowed, Text] = {
    "named": Text(de="mit Namen", en="by name"),
    "anonymous": Text(de="anonym", en="anonymous"),
    "internal": Text(de="nur intern", en="internal only"),
    "none": Text(de="nicht freigegeben", en="not cleared"),
}
GRADES: tuple[Grade, ...] = get_args(Grade)
USED = Text(de="an {n} Interessenten gegeben, {won} gewonnen", en="given to {n} prospects, {won} won")
USED_ONCE = Text(de="an einen Interessenten gegeben, {won} gewonnen", en="given to one prospect, {won} won")
NEVER_USED = Text(de="noch niemandem gegeben", en="given to nobody yet")
STALE = Text(de="veraltet", en="stale")
EXPIRED = Text(de="abgelaufen", en="expired")

# one claim
MADE_ON = Text(de="angelegt am {day} von {person}", en="made on {day} by {person}")
VALID = Text(de="gültig bis {day}", en="valid until {day}")
PROJECT = Text(de="Projekt: {name}", en="Project: {name}")
STORY_OF = Text(de="Fallstudie lesen und bearbeiten", en="Read and edit the case study")
UNKNOWN = Text(
    de="Den Nachweis {claim} gibt es nicht, oder er wird nicht mehr angeboten.",
    en="There is no proof {claim}, or it is no longer offered.",
)
PICTURE_SUB = Text(de="{unit} · {windows}", en="{unit} · {windows}")
COMPUTED = Text(de="Aus Daten berechnet.", en="Computed from data.")
BY_WORD_ABOUT = Text(
    de="Schriftlich bestätigt; bekannt sind nur zwei Werte. Sagen Sie „nach Angabe des Kunden“ dazu.",
    en="Confirmed in writing; only two figures are known. Say “according to the customer” with it.",
)
STALE_ABOUT = Text(
    de="Bitte so nicht mehr zeigen. Erneuern schreibt Zahlen und Sätze mit den heutigen Daten neu; dieser "
    "Nachweis bleibt prüfbar.",
    en="Please do not show it like this any more. Renewing rewrites figures and sentences with today’s data; "
    "this proof can still be checked.",
)
EXPIRED_ABOUT = Text(
    de="Nachweise gelten zwei Jahre. Erneuern rechnet mit den heutigen Daten nach.",
    en="Proofs hold for two years. Renewing works it out again on today’s data.",
)
FIGURES = Text(de="Die Zahlen", en="The figures")
WHY_STALE = Text(
    de="Veraltet: Die Daten von heute sagen etwas anderes", en="Stale: today’s data say otherwise"
)
STALE_LINE = Text(de="{label}: {was}, heute {now}", en="{label}: {was}, today {now}")
STALE_WAY = Text(de="Veraltet: {label} {was}, heute {now}", en="Stale: {label} {was}, today {now}")
EXPIRED_ON = Text(de="Abgelaufen am {day}", en="Expired on {day}")
GONE = Text(de="nicht mehr vorhanden", en="no longer there")
LOST = Text(
    de="Die Daten von heute zeigen an dieser Stelle nichts mehr; der Nachweis steht noch, wie er war.",
    en="Today’s data show nothing in this place any more; the proof still stands as it was.",
)
RENEW = Text(de="Auf heutigen Daten erneuern", en="Renew on today’s data")
RENEWED = Text(de="Erneuert: Der neue Nachweis ist {claim}.", en="Renewed: the new proof is {claim}.")
RETIRE = Text(de="Nicht mehr anbieten", en="Stop offering it")
RETIRED = Text(de="{claim} wird nicht mehr angeboten.", en="{claim} is no longer offered.")
TAKE = Text(de="Mitnehmen", en="Take away")
TAKE_SUB = Text(
    de="Jede Datei trägt ein signiertes Verzeichnis ihrer Zahlen und kann später geprüft werden.",
    en="Every file carries a signed list of its figures and can be checked later.",
)
RECIPIENT = Text(de="Für wen (Interessent oder Angebot)", en="For whom (prospect or deal)")
LANGUAGE = Text(de="Sprache der Datei", en="Language of the file")
LANGUAGES = {"de": Text(de="Deutsch", en="German"), "en": Text(de="Englisch", en="English")}
PPTX = Text(de="PowerPoint", en="PowerPoint")
PDF = Text(de="PDF", en="PDF")
PNG_SLIDE = Text(de="Bild (Folie)", en="Picture (slide)")
PNG_SOCIAL = Text(de="Bild (Social)", en="Picture (social)")
XLSX = Text(de="Excel", en="Excel")
SENTENCE_TAKE = Text(de="Satz für eine Mail zeigen", en="Show the sentence for a mail")
SAVE_FILE = Text(de="{name} noch einmal speichern", en="Save {name} again")
NOT_OUT = Text(de="Darf das Haus nicht verlassen", en="Must not leave the house")
NAME_FIRST = Text(
    de="Ihr Name, dann erscheinen die Dateien: Wer etwas hinausgibt, wird vermerkt",
    en="Your name, then the files appear: it is noted who hands something out",
)
USES = Text(de="Wem Sie ihn gegeben haben", en="Whom it was given to")
USES_SUB = Text(
    de="Halten Sie fest, wie es ausging: So zeigt sich, welcher Nachweis Aufträge bringt.",
    en="Note how it ended: that shows which proof brings orders.",
)
USE_LINE = Text(de="{formats} · {day} · {who}", en="{formats} · {day} · {who}")
NO_RECIPIENT = Text(de="ohne Angabe", en="not said")
DEAL_OF = Text(de="Ausgang bei {name}", en="Outcome with {name}")
SETTLED = Text(de="Vermerkt: {name}, {deal}.", en="Noted: {name}, {deal}.")

# on other pages
PHASE_PROVEN = Text(
    de="{n} Verbesserungen sind in dieser Phase nachgewiesen", en="{n} improvements are proven in this phase"
)
PHASE_ONE = Text(
    de="Eine Verbesserung ist in dieser Phase nachgewiesen", en="One improvement is proven in this phase"
)
PHASE_NONE = Text(
    de="In dieser Phase ist noch keine Verbesserung nachgewiesen",
    en="No improvement is proven in this phase yet",
)
PHASE_HELP = Text(
    de="{n} Nachweise aus anderen Phasen helfen hier bei der Entscheidung",
    en="{n} proofs from other phases help customers decide here",
)
PHASE_HELP_ONE = Text(
    de="Ein Nachweis aus einer anderen Phase hilft hier bei der Entscheidung",
    en="One proof from another phase helps customers decide here",
)
OF_PHASE = Text(de="Nachweise dieser Phase", en="Proofs of this phase")
HELPING = Text(
    de="Aus anderen Phasen, aber hier hilfreich: Wer abwägt, will sehen, was danach kommt.",
    en="From other phases, but of help here: whoever weighs wants to see what comes after.",
)
TOGETHER = Text(de="Mehrere in einer Datei", en="Several in one file")
TOGETHER_SUB = Text(
    de="aus dem, was Sie heute zeigen können; in der Reihenfolge, in der Sie wählen",
    en="from what you can show today; in the order in which you choose",
)
TOGETHER_CHOOSE = Text(de="Nachweise wählen", en="Choose proofs")
