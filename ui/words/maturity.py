"""What the page about maturity says of a round that is over."""

from __future__ import annotations

from typing import Literal

from checklists.performance import Against
from core.text import Text

Mark = Literal["holds", "gained", "aimed", "beyond", "now", "was", "team"]
"""What a picture of levels draws."""

PAGE = Text(de="Reifegrad", en="Maturity")
PART = Text(de="Bereich", en="Section")
PARTS = {
    "results": Text(de="Ergebnis", en="Results"),
    "statements": Text(de="Aussagen", en="Statements"),
    "performance": Text(de="Reife und Leistung", en="Maturity and performance"),
    "plan": Text(de="Plan", en="Plan"),
    "progress": Text(de="Verlauf", en="Progress"),
    "rounds": Text(de="Runden", en="Rounds"),
}
ROUND = Text(de="Runde", en="Round")
ROUND_NAME = Text(de="{team} · {checklist} · {day}", en="{team} · {checklist} · {day}")

# The finding, and what stands under it.
TITLE_AGENDA = Text(
    de="{team}: Niveau {level} von 5; am uneinigsten bei „{dimension}“",
    en="{team}: level {level} of 5; most divided about “{dimension}”",
)
TITLE_CONTRADICTIONS = Text(
    de="{team}: {n} Aussagen widersprechen den gemessenen Zahlen",
    en="{team}: {n} statements contradict what is measured",
)
TITLE_CONTRADICTION = Text(
    de="{team}: Eine Aussage widerspricht den gemessenen Zahlen",
    en="{team}: one statement contradicts what is measured",
)
TITLE_LEVEL = Text(de="{team}: Niveau {level} von 5", en="{team}: level {level} of 5")
TITLE_SCORE = Text(de="{team}: insgesamt {level}", en="{team}: overall {level}")
TITLE_NOTHING = Text(
    de="{team}: zu wenige Antworten, um etwas zu zeigen",
    en="{team}: too few answers to show anything",
)
CLOSED_ON = Text(de="geschlossen am {day}", en="closed on {day}")
RESPONDENTS = Text(de="{n} Antwortende", en="{n} respondents")
ONE_RESPONDENT = Text(de="eine Person hat geantwortet", en="one respondent")
OPEN_CHIP = Text(de="offene Runde", en="open round")
PARTIAL_CHIP = Text(
    de="Teilrunde: {n} Aussagen neu beantwortet", en="partial round: {n} statements answered anew"
)
VERSION = Text(de="Katalogfassung {version}", en="catalog version {version}")
SCOPE = Text(de="Ausschnitt: {scope}", en="scope: {scope}")

# The agenda.
AGENDA_ONE = Text(de="Darüber zuerst sprechen", en="Talk about this first")
AGENDA = Text(de="Über diese {n} Aussagen zuerst sprechen", en="Talk about these {n} statements first")
AGENDA_SUB = Text(
    de="Größte Uneinigkeit zuerst (Streuung mal Gewicht). Spalten: Zahl der Antworten je Schritt der Skala.",
    en="Widest disagreement first (spread times weight). Columns: number of answers per step of the scale.",
)
AGENDA_NONE = Text(
    de="Das Team ist sich einig: Zu keiner Aussage gehen die Antworten auseinander.",
    en="The team agrees: there is no statement that answers differ on.",
)
AGENDA_ALONE = Text(
    de="Eine Person hat geantwortet, Uneinigkeit gibt es also nicht. Was jetzt am meisten bringt, steht "
    "im Plan und im Schnellcheck.",
    en="One person answered, so there is no disagreement. What brings most now stands in the plan and in the "
    "quick check.",
)
AGENDA_NOTHING_SHOWN = Text(
    de="Zu keiner Aussage gibt es die {minimum} Antworten, ab denen etwas zu sehen ist.",
    en="No statement has the {minimum} answers from which on something can be seen.",
)
NOT_APPLICABLE = Text(de="trifft nicht zu", en="not applicable")
ROLES_HIDDEN = Text(
    de="Rollen sind nur zu sehen, wo jede mindestens {minimum} Antworten hat; kleinere sind zusammengefasst.",
    en="Roles are shown only where each has at least {minimum} answers; smaller ones are folded together.",
)
WORKSHOP_SHEET = Text(de="Workshop-Blatt (PDF)", en="Workshop sheet (PDF)")
WORKSHOP_HELP = Text(
    de="Eine Seite A4 mit der Tagesordnung zum Ausdrucken", en="One A4 page with the agenda, to print"
)
QUICK_CHECK = Text(de="Schnellcheck (PDF)", en="Quick check (PDF)")
QUICK_NAME = Text(
    de="Ihr Name, dann erscheint der Schnellcheck: Wer Nachweise hinausgibt, wird vermerkt",
    en="Your name, then the quick check appears: it is noted who hands proofs out",
)
QUICK_HELP = Text(
    de="Niveau, Profil und drei Empfehlungen für den Interessenten",
    en="Level, profile and three recommendations for the prospect",
)
QUICK_FILE = Text(de="schnellcheck", en="quick-check")
WORKSHOP_FILE = Text(de="workshop-blatt", en="workshop-sheet")

# The profile.
PROFILE_WEAKEST = Text(
    de="Am schwächsten: {weakest} (Niveau {low}); am stärksten: {strongest} ({high})",
    en="Weakest: {weakest} (level {low}); strongest: {strongest} ({high})",
)
PROFILE = Text(de="Profil nach Bereichen", en="Profile by dimension")
PROFILE_SUB = Text(
    de="Niveau: wie viel insgesamt erfüllt ist, 0 bis 5. Stufe: die höchste, die mit allen darunter hält "
    "(Mittel der Antworten ab {threshold}).",
    en="Level: how much holds in all, 0 to 5. Gated level: the highest that holds with all below it (mean of "
    "the answers from {threshold} on).",
)
HOLDS = Text(de="Stufe {level}", en="gated {level}")
HOLDS_AIM = Text(de="Stufe {level}, Ziel {aim}", en="gated {level}, target {aim}")
NO_LEVEL = Text(de="entfällt", en="does not apply")
BEFORE = Text(de="zuvor {level}", en="before {level}")
UNANSWERED_N = Text(de="{n} ohne Antwort", en="{n} unanswered")
HIDDEN_N = Text(de="{n} ausgeblendet", en="{n} hidden")
DONT_KNOW_N = Text(de="{n}-mal „weiß nicht“", en="{n} × “don’t know”")
NOT_APPLICABLE_N = Text(de="{n} treffen nicht zu", en="{n} not applicable")
HIDDEN_NOTE = Text(
    de="{n} Aussagen haben weniger als {minimum} Antworten und sind ausgeblendet, damit niemandes Antwort "
    "zu erkennen ist. Im Niveau zählen sie wie nicht beantwortet, also 0.",
    en="{n} statements have fewer than {minimum} answers and are hidden, so that nobody’s answer can be "
    "told. In the level they count as not answered, that is 0.",
)
HIDDEN_ONE = Text(
    de="Eine Aussage hat weniger als {minimum} Antworten und ist ausgeblendet, damit niemandes Antwort "
    "zu erkennen ist. Im Niveau zählt sie wie nicht beantwortet, also 0.",
    en="One statement has fewer than {minimum} answers and is hidden, so that nobody’s answer can be told. "
    "In the level it counts as not answered, that is 0.",
)
KEYS: dict[Mark, Text] = {
    "holds": Text(de="Stufe, die hält", en="level that holds"),
    "gained": Text(de="durch den Plan", en="by the plan"),
    "aimed": Text(de="fehlt zum Ziel", en="missing to the target"),
    "now": Text(de="Niveau", en="level"),
    "was": Text(de="letzte Runde", en="last round"),
    "team": Text(de="andere Teams", en="other teams"),
}
FOOT = Text(
    de="Rollen und Aussagen mit zu wenigen Antworten zeigt das Produkt nirgends, auch nicht in Dateien.",
    en="Roles and statements with too few answers are shown nowhere, not in files either.",
)
SCORES = Text(de="Werte nach Bereichen", en="Scores by dimension")
PROFILE_COLUMNS = (
    Text(de="Bereich", en="Dimension"),
    Text(de="Niveau", en="Level"),
    Text(de="Stufe", en="Gated level"),
    Text(de="Zielstufe", en="Target"),
    Text(de="Niveau der letzten Runde", en="Level of the last round"),
    Text(de="Ohne Antwort", en="Unanswered"),
    Text(de="Ausgeblendet", en="Hidden"),
    Text(de="Weiß nicht (Antworten)", en="Don’t know (answers)"),
    Text(de="Trifft nicht zu (Aussagen)", en="Not applicable (statements)"),
)
TEAM_LEVEL = Text(de="Niveau {team}", en="Level of {team}")

# Statement by statement, and contradictions.
CONTRADICTIONS = Text(
    de="{n} Aussagen widersprechen den gemessenen Zahlen", en="{n} statements contradict what is measured"
)
CONTRADICTION = Text(
    de="Eine Aussage widerspricht den gemessenen Zahlen", en="One statement contradicts what is measured"
)
CONTRADICTIONS_SUB = Text(
    de="Behauptet: Teamwert ab 0,75 (1 = durchgängig). Gemessen: die Kennzahl aus den Kontaktdaten.",
    en="Claimed: team value from 0.75 on (1 = throughout). Measured: the KPI from the contact data.",
)
CLAIMED = Text(de="behauptet: {value}", en="claimed: {value}")
NO_CONTRADICTION = Text(
    de="Keine Aussage widerspricht den Zahlen: {n} Aussagen wurden mit Kennzahlen verglichen.",
    en="No statement contradicts the figures: {n} statements were compared with KPIs.",
)
NOTHING_COMPARED = Text(
    de="Keine Aussage ließ sich mit einer Kennzahl vergleichen, weil deren Daten fehlen.",
    en="No statement could be compared with a KPI, because the data for it are missing.",
)
DIMENSION = Text(de="Bereich", en="Dimension")
STATEMENTS_OF = Text(
    de="{dimension}: {n} von {of} Aussagen gelten weitgehend",
    en="{dimension}: {n} of {of} statements largely hold",
)
STATEMENTS_SUB = Text(
    de="Balken: Zahl der Antworten je Schritt, mit dem Maßstab darunter. Teamwert: Mittel von 0 bis 1; „weiß "
    "nicht“ zählt 0.",
    en="Bars: number of answers per step, with its criterion below. Team value: mean from 0 to 1; “don’t "
    "know” counts 0.",
)
STATEMENT_HEAD = Text(de="Stufe {level}: {statement}", en="Level {level}: {statement}")
STATEMENT_VALUE = Text(de="Teamwert {value} · n = {n}", en="team value {value} · n = {n}")
STATEMENT_SPREAD = Text(de="Streuung {spread}", en="spread {spread}")
STATEMENT_HIDDEN = Text(
    de="Ausgeblendet: weniger als {minimum} Antworten.", en="Hidden: fewer than {minimum} answers."
)
STATEMENT_SILENT = Text(de="Niemand hat geantwortet; zählt 0.", en="Nobody answered; counts 0.")
STATEMENT_LEFT = Text(
    de="Trifft nach Ansicht der Mehrheit nicht zu und zählt nicht mit.",
    en="Does not apply in the view of most, and is not counted.",
)
REMARK_FOR = Text(de="Dafür spricht: {text}", en="In favour: {text}")
REMARK_AGAINST = Text(de="Dagegen spricht: {text}", en="Against: {text}")
REMARK_LINK = Text(de="Beleg: {link}", en="Evidence: {link}")
STATEMENTS_TABLE = Text(de="Alle Aussagen", en="All statements")
STATEMENT_COLUMNS = (
    Text(de="Bereich", en="Dimension"),
    Text(de="Stufe", en="Level"),
    Text(de="Aussage", en="Statement"),
    Text(de="Teamwert", en="Team value"),
    Text(de="Streuung", en="Spread"),
    Text(de="Antworten", en="Answers"),
    Text(de="Weiß nicht", en="Don’t know"),
    Text(de="Trifft nicht zu", en="Not applicable"),
)

# Maturity against performance.
FIRST_HERE = Text(de="Hier zuerst", en="Act here first")
PERFORMANCE_FIRST = Text(
    de="{team}, hier zuerst: {phases}; dort ist die Kennzahl schwach und die Reife gering",
    en="{team}, act here first: {phases}; there the KPI is weak and maturity low",
)
PERFORMANCE_NONE = Text(
    de="{team}: Keine Phase ist zugleich schwach und unreif", en="{team}: no phase is both weak and immature"
)
PERFORMANCE_SUB = Text(
    de="Waagerecht: Niveau der Runde, 0 bis 5. Senkrecht: was die Kennzahl der Phase vom Ziel erreicht, in "
    "Prozent; ohne Ziel vom Vorjahr oder vom eigenen Mittel (hohl). Mehr ist immer besser.",
    en="Across: level of the round, 0 to 5. Up: how much of its target the phase’s KPI reaches, in percent; "
    "without a target, of last year or of its own mean (hollow). More is always better.",
)
FIRST_SUB = Text(
    de="Rot: Kennzahl unter {weak} % ihres Maßstabs und Niveau unter {middle}.",
    en="Red: KPI below {weak}% of what it is held against, and level below {middle}.",
)
X_AXIS = Text(de="Niveau (0 bis 5)", en="Level (0 to 5)")
Y_AXIS = Text(de="Kennzahl in % ihres Ziels", en="KPI in % of its target")
REACHED_LINE = Text(de="100 % = erreicht", en="100% = reached")
OF_AGAINST: dict[Against, Text] = {
    "target": Text(de="Ziel {value}", en="target {value}"),
    "last_year": Text(de="Vorjahr {value}", en="last year {value}"),
    "baseline": Text(de="eigenes Mittel {value}", en="own mean {value}"),
}
NOT_COMPARED = Text(
    de="nicht im Bild: {names} (kein Wert oder kein Maßstab)",
    en="not in the picture: {names} (no value or nothing to hold it against)",
)
PERFORMANCE_EMPTY = Text(
    de="Für dieses Bild fehlen Kennzahlen: Es braucht Kontaktdaten und Bereiche, die zu Phasen gehören.",
    en="This picture lacks KPIs: it needs contact data, and dimensions that belong to phases.",
)
PERFORMANCE_ALT = Text(
    de="Punktbild von {n} Phasen: Niveau waagerecht, Zielerreichung senkrecht. {first}",
    en="Scatter of {n} phases: level across, share of the target up. {first}",
)
PERFORMANCE_COLUMNS = (
    Text(de="Phase", en="Phase"),
    Text(de="Niveau", en="Level"),
    Text(de="Kennzahl", en="KPI"),
    Text(de="Wert", en="Value"),
    Text(de="Verglichen mit", en="Held against"),
    Text(de="Prozent davon", en="Percent of it"),
    Text(de="n", en="n"),
    Text(de="Zeitraum", en="Period"),
)
KPI_LINE = Text(de="{kpi}: {value}, {against}", en="{kpi}: {value}, {against}")
LEVEL_IS = Text(de="Niveau {level}", en="level {level}")
PERCENT_OF = Text(de="{percent} erreicht", en="{percent} reached")
