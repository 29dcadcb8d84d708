"""What the page for respondents says."""

from __future__ import annotations

from core.text import Text

PAGE = Text(de="Antworten", en="Answer")

NO_LINK_TITLE = Text(de="Bitte öffnen Sie Ihren persönlichen Link", en="Please open your personal link")
NO_LINK = Text(
    de="Diese Seite gehört zu einer Einladung. Öffnen Sie den Link, den Sie bekommen haben; danach "
    "finden Sie auf diesem Gerät auch ohne ihn hierher zurück.",
    en="This page belongs to an invitation. Open the link that you were given; after that you will "
    "find your way back on this device without it.",
)
WRONG_LINK_TITLE = Text(de="Dieser Link gilt nicht", en="This link is not valid")
WRONG_LINK = Text(
    de="Vielleicht wurde er beim Kopieren abgeschnitten. Öffnen Sie ihn noch einmal ganz, oder lassen Sie "
    "sich von der Person, die Sie eingeladen hat, einen neuen geben.",
    en="It may have been cut off when it was copied. Open all of it once more, or ask whoever invited you "
    "for a new one.",
)

FOR_YOU = Text(de="{person}, {role}", en="{person}, {role}")
UNTIL = Text(de="bis {day}", en="until {day}")
START_TITLE = Text(de="{name}: Ihre Sicht auf {team}", en="{name}: how you see {team}")
MINUTES = Text(de="{n} Aussagen, etwa {minutes} Minuten", en="{n} statements, about {minutes} minutes")
HOW_TITLE = Text(de="So geht es", en="How it works")
HOW = (
    Text(
        de="Sie antworten allein. Wählen Sie je Aussage, wie weit sie bei Ihnen im Alltag gilt; unter jeder "
        "Antwort steht, woran Sie das erkennen.",
        en="You answer alone. For each statement choose how far it holds in your daily work; below each "
        "answer it says how to tell.",
    ),
    Text(
        de="„Weiß nicht“ heißt: Sie können es nicht beurteilen. Es zählt wie „Nein“ und wird gesondert "
        "ausgewiesen. „Trifft nicht zu“ heißt: Das kommt bei Ihnen nicht vor; es zählt nicht mit.",
        en="“Don't know” means that you cannot tell. It counts like “No” and is reported on its own. “Not "
        "applicable” means that there is no such thing where you work; it does not count at all.",
    ),
    Text(
        de="Jede Antwort wird sofort gespeichert. Sie können jederzeit aufhören, auf einem anderen Gerät "
        "weitermachen und bis zum {day} alles ändern.",
        en="Every answer is saved at once. You can stop at any time, go on with another device, and change "
        "everything until {day}.",
    ),
)
WHO_TITLE = Text(de="Wer was sieht", en="Who sees what")
WHO_BEFORE = Text(
    de="Solange die Runde läuft, sieht niemand mehr als die Zahl der Abgaben, auch die Leitung nicht.",
    en="While the round is running nobody sees more than the number of submissions, managers included.",
)
WHO_AFTER = Text(
    de="Danach zeigt die Auswertung, wie sich die Antworten verteilen, ohne Namen und nur für Aussagen mit "
    "mindestens {n} Antworten; nach Rollen nur, wo jede gezeigte Rolle so viele hat.",
    en="After that the results show how answers are distributed, without names and only for statements with "
    "at least {n} answers; by role only where each role shown has that many.",
)
WHO_OPEN = Text(
    de="Diese Runde ist offen: Nach dem Schließen sind auch einzelne Antworten zu sehen. In einer kleinen "
    "Runde lässt sich erkennen, von wem sie stammen.",
    en="This round is open: once it is closed single answers can be seen as well. In a small round people "
    "can tell whose they are.",
)
WHO_TEXTS = Text(
    de="Ihre Belege liest nur, wer die Auswertung öffnet, ohne Ihren Namen und nur, wo Sie es erlauben. Am "
    "Stil kann man Sie trotzdem erkennen.",
    en="What you write as evidence is shown with the results, without your name and only where you allow "
    "it. People may still recognise your style.",
)
WHO_TRAIL = Text(
    de="Das Protokoll hält fest, wann Sie etwas gespeichert haben, nie was.",
    en="The audit trail notes when you saved something, never what.",
)
WHO_HOLDS = Text(
    de="Wer die Datenbank oder eine Sicherung davon in der Hand hat, kann sie lesen. Wer Ihren Link hat, "
    "auch wer ihn erstellt hat, kann Ihre Antworten sehen und ändern: Geben Sie ihn nicht weiter.",
    en="Whoever holds the database or a backup of it can read it. Whoever has your link, including whoever "
    "made it, can see and change your answers: do not pass it on.",
)

BEGIN = Text(de="Beginnen", en="Begin")
RESUME = Text(de="Weiter, wo Sie aufgehört haben", en="Go on where you stopped")
BACK = Text(de="Zurück", en="Back")
NEXT = Text(de="Weiter: {name}", en="Next: {name}")
TO_REVIEW = Text(de="Übersicht und Abgabe", en="Review and submit")
TO_START = Text(de="Hinweise", en="About this")
STEP = Text(de="Bereich {place} von {all}", en="Area {place} of {all}")
PROGRESS = Text(de="{done} von {all} beantwortet", en="{done} of {all} answered")
PROGRESS_HERE = Text(de="hier {done} von {all}", en="here {done} of {all}")
PROGRESS_NAME = Text(de="Fortschritt", en="Progress")

NOT_APPLICABLE = Text(de="Trifft nicht zu", en="Not applicable")
NOT_APPLICABLE_MEANS = Text(
    de="Das kommt bei uns nicht vor; es zählt nicht mit.",
    en="There is no such thing where we work; it does not count.",
)
DONT_KNOW = Text(de="Weiß nicht", en="Don't know")
DONT_KNOW_MEANS = Text(
    de="Ich kann es nicht beurteilen; es zählt wie „Nein“.",
    en="I cannot tell; it counts like “No”.",
)
MORE = Text(de="Sicherheit und Belege (freiwillig)", en="Confidence and evidence (optional)")
CONFIDENCE = Text(de="Wie sicher sind Sie?", en="How sure are you?")
CONFIDENCES = {
    1: Text(de="Unsicher", en="Unsure"),
    2: Text(de="Ziemlich sicher", en="Fairly sure"),
    3: Text(de="Sehr sicher", en="Very sure"),
}
WOULD_SHOW = Text(de="Das würde es belegen: {evidence}", en="What would show it: {evidence}")
EVIDENCE_FOR = Text(de="Was spricht dafür?", en="What speaks for it?")
EVIDENCE_AGAINST = Text(de="Was spricht dagegen?", en="What speaks against it?")
LINK = Text(de="Link zu einem Beleg", en="Link to evidence")
MAY_BE_SHOWN = Text(de="Darf ohne meinen Namen gezeigt werden", en="May be shown without my name")

SAVED = Text(de="Gespeichert {time}", en="Saved {time}")
SAVED_ON = Text(de="Gespeichert am {moment}", en="Saved {moment}")
CHANGED = Text(
    de="Das wurde in einem anderen Fenster geändert. Hier steht jetzt der neuere Stand; Ihre letzte "
    "Eingabe wurde nicht übernommen.",
    en="This was changed in another window. The newer state is shown now; your last entry was not taken "
    "over.",
)
RENEWED = Text(
    de="In einem anderen Fenster geändert; hier steht der neuere Stand.",
    en="Changed in another window; the newer state is shown here.",
)
NOT_SAVED = Text(de="Nicht gespeichert. {reason}", en="Not saved. {reason}")
TRY_AGAIN = Text(de="Noch einmal speichern", en="Save once more")
YOU_WROTE = Text(de="Nicht übernommen: „{text}“", en="Not taken over: “{text}”")

REVIEW_TITLE = Text(de="Alles beantwortet, bereit zur Abgabe", en="Everything answered, ready to submit")
REVIEW_TITLE_OPEN_ONE = Text(de="Eine Aussage ist noch ohne Antwort", en="One statement has no answer yet")
REVIEW_TITLE_OPEN = Text(de="{n} Aussagen sind noch ohne Antwort", en="{n} statements have no answer yet")
REVIEW_ABOUT = Text(
    de="Sie können auch mit Lücken abgeben. Was niemand beantwortet, zählt als „Nein“ und wird ausgewiesen.",
    en="You can submit with gaps as well. What nobody answers counts as “No” and is reported.",
)
OF = Text(de="{done} von {all}", en="{done} of {all}")
GO_TO_OPEN = Text(de="Noch offen: {statement}", en="Still open: {statement}")
SUBMIT = Text(de="Abgeben", en="Submit")
SUBMIT_AGAIN = Text(de="Noch einmal abgeben", en="Submit once more")
SUBMITTED_TITLE = Text(de="Danke, Ihre Antworten sind abgegeben", en="Thank you, your answers are submitted")
SUBMITTED = Text(
    de="Abgegeben am {moment}. Bis zum {day} können Sie jede Antwort noch ändern; eine Änderung gilt sofort.",
    en="Submitted {moment}. Until {day} you can still change every answer; a change counts at once.",
)
CLOSED_TITLE = Text(de="Diese Runde ist geschlossen", en="This round is closed")
CLOSED = Text(
    de="Antworten sind nicht mehr möglich. Was Sie geantwortet haben, ist gespeichert und zählt, auch wenn "
    "Sie nicht abgegeben haben; über Ihren Link ist es nicht mehr zu sehen.",
    en="Answers are no longer possible. What you answered is kept and counts, even if you did not submit; "
    "through your link it can no longer be seen.",
)
CLOSED_NEXT = Text(
    de="Was das Team gemeinsam gesagt hat, zeigt Ihnen, wer Sie eingeladen hat.",
    en="Whoever invited you will show you what the team has said together.",
)
