"""What the page about maturity says of rounds: opening, links, closing, beginning again."""

from __future__ import annotations

from core.text import Text

# Nothing there yet.
FIRST_TITLE = Text(
    de="Noch keine Runde: Öffnen Sie die erste, in fünfzehn Minuten ist sie beantwortet",
    en="No round yet: open the first one; it takes fifteen minutes to answer",
)
FIRST_ABOUT = Text(
    de="Eine Runde fragt ein Team, wie gut es seine Kunden vom ersten Interesse bis zur Empfehlung "
    "führt. Jede Person antwortet für sich, über einen eigenen Link. Danach zeigt diese Seite, wo das "
    "Team uneins ist, was als Nächstes zu tun ist und wie weit es seit der letzten Runde gekommen ist.",
    en="A round asks a team how well it leads its customers from the first interest to the "
    "recommendation. Each person answers alone, by a link of their own. Afterwards this page shows where "
    "the team is divided, what to do next and how far it came since the last round.",
)
FIRST_SAMPLE = Text(
    de="Oder sehen Sie sich zuerst die Beispieldaten an: zwei Teams, je drei Runden, frei erfunden.",
    en="Or look at the sample data first: two teams with three rounds each, entirely made up.",
)

# All rounds.
TITLE_RUNNING = Text(de="{running} laufen, {over} sind abgeschlossen", en="{running} running, {over} closed")
TITLE_ONE_RUNNING = Text(
    de="{team}: {submitted} von {invited} haben abgegeben, die Runde läuft bis {day}",
    en="{team}: {submitted} of {invited} have submitted; the round runs until {day}",
)
TITLE_OVER = Text(
    de="{n} Runden von {teams} Teams, keine läuft", en="{n} rounds of {teams} teams, none is running"
)
TITLE_ONE_OVER = Text(de="Eine Runde, abgeschlossen", en="One round, closed")
ROUNDS_RUNNING = Text(de="{n} Runden", en="{n} rounds")
RUNNING = Text(de="Laufende Runden", en="Running rounds")
RUNNING_SUB = Text(
    de="Bis zum Schluss ist nur die Zahl der Abgaben zu sehen.",
    en="Until they are closed only the number of submissions can be seen.",
)
SUBMITTED = Text(de="{n} von {of} abgegeben", en="{n} of {of} submitted")
UNTIL = Text(de="läuft bis {day}", en="runs until {day}")
CLOSED = Text(de="Abgeschlossene Runden", en="Closed rounds")
CLOSED_COLUMNS = (
    Text(de="Team", en="Team"),
    Text(de="Checkliste", en="Checklist"),
    Text(de="Abgeschlossen am", en="Closed on"),
    Text(de="Antwortende", en="Respondents"),
    Text(de="Niveau (0 bis 5)", en="Level (0 to 5)"),
)
CLOSED_ABOUT = Text(de="{checklist} · {day} · {answered}", en="{checklist} · {day} · {answered}")
LEVEL = Text(de="Niveau {level}", en="level {level}")

# Opening.
OPEN = Text(de="Neue Runde öffnen", en="Open a new round")
OPEN_SUBMIT = Text(de="Runde öffnen und Links erzeugen", en="Open the round and make the links")
CHECKLIST = Text(de="Checkliste", en="Checklist")
TEAM = Text(de="Team", en="Team")
TEAM_EXAMPLE = Text(de="z. B. Vertrieb Süd", en="e.g. Sales South")
SCOPE = Text(de="Ausschnitt (freiwillig)", en="Scope (optional)")
SCOPE_EXAMPLE = Text(de="z. B. Neukunden Maschinenbau", en="e.g. new customers in engineering")
CLOSES = Text(de="Letzter Tag zum Antworten", en="Last day to answer")
MINIMUM = Text(de="Ergebnisse ab … Antworten", en="Results from … answers on")
MINIMUM_HELP = Text(
    de="Eine Aussage und eine Rolle sind erst ab so vielen Antworten zu sehen.",
    en="A statement and a role can be seen only from so many answers on.",
)
TARGET = Text(de="Zielstufe überall", en="Target level everywhere")
NO_TARGET = Text(de="noch kein Ziel", en="no target yet")
TARGET_LEVEL = Text(de="Stufe {n}", en="level {n}")
IS_OPEN = Text(
    de="Offene Runde: Einzelne Antworten sind nach dem Schluss zu sehen, und alle wissen es vorher "
    "(nötig für ein oder zwei Personen)",
    en="Open round: single answers can be seen after closing, and everybody knows beforehand (needed for "
    "one or two people)",
)
PEOPLE = Text(de="Wer antwortet", en="Who answers")
PEOPLE_ABOUT = Text(
    de="Namen dienen nur den Links; Ergebnisse nennen niemanden. Rollen erscheinen nur, wo jede genug "
    "Antworten hat.",
    en="Names serve the links only; results name nobody. Roles appear only where each has enough answers.",
)
PERSON_COLUMNS = (Text(de="Name", en="Name"), Text(de="Rolle", en="Role"))

# Links.
LINKS = Text(de="{n} Links für {team}: jetzt kopieren", en="{n} links for {team}: copy them now")
LINK_ONE = Text(de="Ein Link für {team}: jetzt kopieren", en="One link for {team}: copy it now")
LINKS_ABOUT = Text(
    de="Die Links sind nur dieses eine Mal zu sehen; gespeichert ist davon nichts, was sich "
    "zurückrechnen ließe. Jeder gehört einer Person und gilt bis zum Schluss der Runde.",
    en="The links can be seen this once only; nothing is kept that they could be computed back from. "
    "Each belongs to one person and is valid until the round closes.",
)
LINKS_SERVER = Text(
    de="Noch nimmt niemand Antworten entgegen: Starten Sie auf diesem Rechner ./run invite --host "
    "ADRESSE, damit die Links erreichbar sind.",
    en="Nobody takes answers yet: start ./run invite --host ADDRESS on this machine, so that the links "
    "can be reached.",
)
LINK_FOR = Text(de="{person}", en="{person}")
LINK_FOR_ROLE = Text(de="{person} · {role}", en="{person} · {role}")
LINKS_DONE = Text(de="Alle Links sind verteilt", en="All links are handed out")
LINKS_CSV = Text(de="Links", en="Links")
LINK_COLUMNS = (
    Text(de="Name", en="Name"),
    Text(de="Rolle", en="Role"),
    Text(de="Link", en="Link"),
)

# Running and closing.
MANAGE = Text(de="{team}: einladen oder schließen", en="{team}: invite or close")
INVITE = Text(de="Weitere Personen einladen", en="Invite more people")
INVITE_SUBMIT = Text(de="Links erzeugen", en="Make the links")
DECLARE = Text(de="Runde für offen erklären", en="Declare the round open")
DECLARE_ABOUT = Text(
    de="Nur vor der ersten Antwort: Nach dem Schluss sind dann auch einzelne Antworten zu sehen.",
    en="Before the first answer only: single answers can then be seen too after closing.",
)
DECLARED = Text(de="Die Runde „{team}“ ist offen.", en="The round “{team}” is open.")
CLOSE = Text(de="Runde jetzt schließen", en="Close the round now")
CLOSE_SURE = Text(
    de="Ja, schließen: Danach kann niemand mehr antworten, und die Runde wird nicht wieder geöffnet.",
    en="Yes, close it: nobody can answer afterwards, and the round is not opened again.",
)
CLOSE_TICK = Text(
    de="Bitte bestätigen Sie zuerst, dass die Runde geschlossen werden soll.",
    en="Please confirm first that the round is to be closed.",
)
CLOSED_NOW = Text(de="Die Runde „{team}“ ist geschlossen.", en="The round “{team}” is closed.")

# Beginning again.
AGAIN = Text(de="Runde wiederholen", en="Repeat a round")
AGAIN_ABOUT = Text(
    de="Eine neue Runde für dieselben Personen beginnt mit ihren alten Antworten; die alte bleibt, wie "
    "sie ist.",
    en="A new round for the same people starts from their old answers; the old one stays as it is.",
)
AGAIN_WHICH = Text(de="Welche Runde", en="Which round")
AGAIN_ALL = Text(de="Alle Aussagen noch einmal", en="All statements once more")
AGAIN_DONE = Text(
    de="Nur Aussagen, deren Maßnahmen erledigt sind ({n})", en="Only statements whose actions are done ({n})"
)
AGAIN_WHAT = Text(de="Was wird gefragt", en="What is asked")
AGAIN_NONE_DONE = Text(
    de="Noch keine Maßnahme aus dem Plan dieser Runde ist erledigt; eine Teilrunde hätte nichts zu fragen.",
    en="No action of this round’s plan is done yet; a partial round would have nothing to ask.",
)
AGAIN_SUBMIT = Text(de="Neue Runde beginnen", en="Begin the new round")
