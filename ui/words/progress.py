"""What the page about maturity says of the way from round to round."""

from __future__ import annotations

from core.text import Text

PROGRESS_FIRST = Text(
    de="{team}: die erste Runde; den Verlauf zeigt die zweite",
    en="{team}: the first round; the second will show the course",
)
PROGRESS_UP = Text(
    de="{team}: Niveau {before} → {after}, am meisten gestiegen: {dimension}",
    en="{team}: level {before} → {after}, risen most: {dimension}",
)
PROGRESS_OVERALL = Text(de="{team}: Niveau {before} → {after}", en="{team}: level {before} → {after}")
PROGRESS_HEAD = Text(de="Runde für Runde, Bereich für Bereich", en="Round by round, dimension by dimension")
PROGRESS_SUB = Text(
    de="Niveau 0 bis 5 über die Zeit, {first} bis {last}; hervorgehoben {team}, gestrichelt andere Teams.",
    en="Level 0 to 5 over time, {first} to {last}; {team} in colour, other teams dashed.",
)
COURSE = Text(de="{team} {levels}", en="{team} {levels}")
COURSE_ALT = Text(de="{dimension}: {courses}", en="{dimension}: {courses}")
CHANGED_HEAD = Text(
    de="Was sich seit der letzten Runde geändert hat", en="What has changed since the last round"
)
CHANGED_SUB = Text(
    de="Aussagen, deren Teamwert gestiegen (▲) oder gefallen (▼) ist, größte Änderung zuerst",
    en="Statements whose team value rose (▲) or fell (▼), largest change first",
)
ROSE = Text(de="▲ {dimension}: Stufe {before} → {after}", en="▲ {dimension}: gated level {before} → {after}")
FELL = Text(de="▼ {dimension}: Stufe {before} → {after}", en="▼ {dimension}: gated level {before} → {after}")
SAME_LEVEL = Text(de="{dimension}: Stufe {after} wie zuvor", en="{dimension}: gated level {after} as before")
LEVELS_FROM_TO = Text(de="Niveau {before} → {after}", en="level {before} → {after}")
CHANGED_STATEMENT = Text(de="{sign} {statement}", en="{sign} {statement}")
FROM_TO = Text(de="{before} → {after}", en="{before} → {after}")
NOTHING_CHANGED = Text(de="Kein Teamwert hat sich geändert.", en="No team value has changed.")
CHANGES = Text(de="Änderungen je Aussage", en="Changes by statement")
CHANGE_COLUMNS = (
    Text(de="Bereich", en="Dimension"),
    Text(de="Aussage", en="Statement"),
    Text(de="Zuvor", en="Before"),
    Text(de="Heute", en="Today"),
)
MORE_MOVED = Text(
    de="In {n} weiteren Bereichen gab es kleine Änderungen; die Tabelle nennt sie alle.",
    en="There were small changes in {n} more dimensions; the table has them all.",
)
MORE_CHANGED = Text(de="weitere kleine Änderungen: {n}", en="further small changes: {n}")
PROGRESS_COLUMNS = (
    Text(de="Team", en="Team"),
    Text(de="Runde vom", en="Round of"),
    Text(de="Bereich", en="Dimension"),
    Text(de="Niveau", en="Level"),
    Text(de="Stufe", en="Gated level"),
    Text(de="Antwortende", en="Respondents"),
)
