"""What the case studies say."""

from __future__ import annotations

from core.text import LANGS, Lang, Text

TITLE = Text(
    de="{n} von {all} Fallstudien sind von Hand geschrieben",
    en="{n} of {all} case studies are written by hand",
)
TITLE_DRAFTS = Text(
    de="{all} Fallstudien stehen als Entwurf bereit", en="{all} case studies are there as drafts"
)
TITLE_DRAFT = Text(de="Eine Fallstudie steht als Entwurf bereit", en="One case study is there as a draft")
NONE = Text(de="Noch keine Fallstudie", en="No case study yet")
ABOUT = Text(
    de="Ausgangslage, Vorgehen, Ergebnis und Zitat neben den Zahlen des Nachweises; als Folien oder PDF",
    en="situation, approach, result and quote next to the proof’s figures; as slides or PDF",
)
LIST = Text(de="Fallstudien", en="Case studies")
PAGE = Text(de="Fallstudie", en="Case study")
ALL = Text(de="Alle Fallstudien", en="All case studies")
PROOF = Text(de="Nachweis {claim}", en="Proof {claim}")
DRAFT = Text(
    de="Entwurf aus den Projektdaten, noch nicht von Hand bearbeitet",
    en="draft from the project’s data, not edited by hand yet",
)
DRAFT_SHORT = Text(de="Entwurf", en="draft")
EDITED = Text(de="zuletzt bearbeitet am {at} von {person}", en="last edited on {at} by {person}")
WRITTEN_IN = Text(de="von Hand bearbeitet: {langs}", en="edited by hand: {langs}")
LANGUAGES: dict[Lang, Text] = dict(
    zip(LANGS, (Text(de="Deutsch", en="German"), Text(de="Englisch", en="English")), strict=True)
)
HEADLINE = Text(de="Überschrift", en="Headline")
SITUATION = Text(de="Ausgangslage", en="Situation")
APPROACH = Text(de="Vorgehen", en="Approach")
RESULT = Text(de="Ergebnis", en="Result")
FIGURES = Text(de="Die Zahlen", en="The figures")
TAKE = Text(de="Fallstudie mitnehmen", en="Take the case study away")
EDIT = Text(de="Text bearbeiten", en="Edit the text")
EDIT_SUB = Text(
    de="Der Text gehört Ihnen, die Zahlen gehören dem Nachweis: Was in eckigen Klammern steht, kommt von "
    "dort und bleibt auf seinem Stand.",
    en="The text is yours, the figures are the proof’s: what stands in brackets comes from there and keeps "
    "up with it.",
)
MARKS = Text(de="Was in eckigen Klammern stehen kann", en="What can stand in brackets")
LOOSE = Text(
    de="Diese Zahlen stehen in keinem Nachweis: {numbers}. Bitte prüfen Sie, ob Sie dafür einstehen.",
    en="No proof has these numbers: {numbers}. Please check whether you answer for them.",
)
UNSAVED = Text(
    de="Noch nicht gespeichert. Dateien enthalten den gespeicherten Stand.",
    en="Not saved yet. Files hold what has been saved.",
)
SAVE = Text(de="Speichern", en="Save")
SAVED = Text(de="Die Fallstudie ist gespeichert.", en="The case study is saved.")
MEANWHILE = Text(
    de="{person} hat diese Fallstudie am {at} gespeichert, während Sie schrieben. Ihr Text steht noch hier.",
    en="{person} saved this case study on {at} while you were writing. Your text is still here.",
)
KEEP_MINE = Text(de="Meinen Text speichern", en="Save my text")
TAKE_THEIRS = Text(de="Gespeicherten Text übernehmen", en="Take over the saved text")
