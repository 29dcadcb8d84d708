"""What the page of proofs says."""

from __future__ import annotations

from core.text import Text
from proof.consent import Allowed
from proof.effect import Grade

PAGE = Text(de="Nachweise", en="Proofs")
PARTS = {
    "shelf": Text(de="Regal", en="Shelf"),
    "prospect": Text(de="Für einen Interessenten", en="For a prospect"),
    "range": Text(de="Spanne und Rechner", en="Range and calculator"),
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
    de="{ready} von {all} Nachweisen dürfen heute hinaus und zeigen eine Verbesserung",
    en="{ready} of {all} proofs may go out today and show an improvement",
)
TITLE_ONE = Text(
    de="Einer von {all} Nachweisen darf heute hinaus und zeigt eine Verbesserung",
    en="One of {all} proofs may go out today and shows an improvement",
)
TITLE_NONE = Text(
    de="Keiner der {all} Nachweise darf heute hinaus und zeigt eine Verbesserung",
    en="None of the {all} proofs may go out today and shows an improvement",
)
AS_OF = Text(de="gegen die Daten vom {day} gehalten", en="held against the data of {day}")
CHIP_STALE = Text(de="{n} veraltet", en="{n} stale")
CHIP_BLOCKED = Text(de="{n} ohne Einwilligung", en="{n} without consent")
SEARCH = Text(de="Suchen: Kunde, Projekt, Satz", en="Search: customer, project, words")
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
FILTERED_OUT = Text(de="Kein Nachweis passt zu dieser Auswahl.", en="No proof fits this choice.")
GROUPS = {
    "ready": Text(de="Bereit", en="Ready"),
    "stale": Text(de="Zuerst erneuern", en="Renew first"),
    "blocked": Text(de="Darf nicht hinaus", en="Must not go out"),
    "no_gain": Text(de="Zeigt keine Verbesserung", en="Shows no improvement"),
}
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
GRADES: dict[Grade, Text] = {
    "A": Text(de="A", en="A"),
    "B": Text(de="B", en="B"),
    "C": Text(de="C", en="C"),
    "X": Text(de="X", en="X"),
}
USED = Text(de="{n}-mal verwendet, {won} gewonnen", en="used {n} times, {won} won")
NEVER_USED = Text(de="noch nicht verwendet", en="not used yet")
STALE = Text(de="veraltet", en="stale")
EXPIRED = Text(de="abgelaufen", en="expired")

# one claim
MADE_ON = Text(de="angelegt am {day} von {person}", en="made on {day} by {person}")
VALID = Text(de="gültig bis {day}", en="valid until {day}")
PROJECT = Text(de="Projekt: {name}", en="Project: {name}")
FIGURES = Text(de="Die Zahlen", en="The figures")
WHY_STALE = Text(
    de="Veraltet: Die Daten von heute sagen etwas anderes", en="Stale: today’s data say otherwise"
)
STALE_LINE = Text(de="{label}: {was}, heute {now}", en="{label}: {was}, today {now}")
GONE = Text(de="nicht mehr vorhanden", en="no longer there")
LOST = Text(
    de="Die Daten von heute zeigen an dieser Stelle nichts mehr; der Nachweis steht noch, wie er war.",
    en="Today’s data show nothing in this place any more; the proof still stands as it was.",
)
RENEW = Text(de="Auf heutigen Daten erneuern", en="Renew on today’s data")
RENEWED = Text(de="Erneuert: Der neue Nachweis ist {claim}.", en="Renewed: the new proof is {claim}.")
RETIRE = Text(de="Aus dem Regal nehmen", en="Take off the shelf")
RETIRED = Text(de="{claim} ist aus dem Regal genommen.", en="{claim} has been taken off the shelf.")
QUOTE = Text(de="Was der Kunde sagt", en="What the customer says")
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
SENTENCE = Text(de="Satz für eine Mail", en="Sentence for a mail")
SENTENCE_TAKE = Text(de="Satz zeigen", en="Show the sentence")
NOT_OUT = Text(de="Darf nicht hinaus", en="Must not go out")
NAME_FIRST = Text(
    de="Bitte nennen Sie zuerst Ihren Namen: Wer etwas hinausgibt, wird vermerkt.",
    en="Please give your name first: it is noted who hands something out.",
)
USES = Text(de="Wo er verwendet wurde", en="Where it was used")
USE_LINE = Text(de="{day} · {format} · {who}", en="{day} · {format} · {who}")
NO_RECIPIENT = Text(de="ohne Angabe", en="not said")
DEAL = Text(de="Ausgang", en="Outcome")
SETTLED = Text(de="Vermerkt.", en="Noted.")

# on other pages
NEWEST = Text(
    de="Neuester Nachweis, Belastbarkeit {grade}: {title} ({day})",
    en="Newest proof, strength {grade}: {title} ({day})",
)
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
OF_PHASE = Text(de="Nachweise dieser Phase", en="Proofs of this phase")
HELPING = Text(
    de="Aus anderen Phasen, aber hier hilfreich: Wer abwägt, will sehen, was danach kommt.",
    en="From other phases, but of help here: whoever weighs wants to see what comes after.",
)
TOGETHER = Text(de="Mehrere in einer Datei", en="Several in one file")
TOGETHER_SUB = Text(
    de="nur, was heute hinaus darf und eine Verbesserung zeigt",
    en="only what may go out today and shows an improvement",
)
TOGETHER_CHOOSE = Text(de="Nachweise wählen", en="Choose proofs")

# case study
STORY = Text(de="Fallstudie", en="Case study")
STORY_SUB = Text(
    de="Der Text gehört Ihnen; die Zahlen bleiben an den Nachweis gebunden.",
    en="The text is yours; the figures stay bound to the proof.",
)
DRAFT = Text(
    de="Entwurf aus den Projektdaten, noch nicht gespeichert",
    en="Draft from the project’s data, not saved yet",
)
EDITED = Text(de="zuletzt bearbeitet am {at} von {person}", en="last edited on {at} by {person}")
HEADLINE = Text(de="Überschrift", en="Headline")
SITUATION = Text(de="Ausgangslage", en="Situation")
APPROACH = Text(de="Vorgehen", en="Approach")
RESULT = Text(de="Ergebnis", en="Result")
SAVE = Text(de="Speichern", en="Save")
SAVED = Text(de="Gespeichert.", en="Saved.")
