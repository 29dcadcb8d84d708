"""What is said about a KPI that follows cases from their beginning (survival)."""

from __future__ import annotations

from core.text import Text

TITLE_SHARE = Text(
    de="Nach {days} Tagen sind {share} am Ziel, {other} endeten anders",
    en="After {days} days {share} have got there, {other} ended otherwise",
)
TITLE_SHARE_ALONE = Text(
    de="Nach {days} Tagen sind {share} am Ziel", en="After {days} days {share} have got there"
)
TITLE_QUANTILE = Text(
    de="Nach {until} Tagen sind {quantile} am Ziel", en="After {until} days {quantile} have got there"
)
TITLE_NOT_REACHED = Text(
    de="{quantile} werden nicht erreicht: Nach {days} Tagen sind {share} am Ziel",
    en="{quantile} are not reached: after {days} days {share} have got there",
)
TITLE_YOUNG = Text(
    de="Bis Tag {days} sind {share} am Ziel; bis Tag {horizon} reichen die Daten nicht",
    en="By day {days} {share} have got there; the data do not reach until day {horizon}",
)
SUB = Text(
    de="Anteil über die Tage seit dem Beginn (Aalen-Johansen) · {period} · Band: 95-%-Intervall · "
    "n\u00a0=\u00a0{n}",
    en="Share by days since the beginning (Aalen-Johansen) · {period} · band: 95% interval · "
    "n\u00a0=\u00a0{n}",
)
ALT = Text(
    de="{kpi}: Der Anteil steigt mit den Tagen seit dem Beginn auf {share} an Tag {days}",
    en="{kpi}: the share rises with the days since the beginning to {share} on day {days}",
)
AXIS = Text(de="Tage, darunter die noch offenen Fälle", en="days, below them the cases still open")
OTHERWISE = Text(de="anders geendet: {share}", en="ended otherwise: {share}")
AFTER_DAYS = Text(de="Tag {n}", en="day {n}")
AT_RISK = Text(de="({lower} bis {upper}), offen: {n}", en="({lower} to {upper}), open: {n}")
UNTIL = Text(de="{n} Tage", en="{n} days")

# The calculation.
INTERVAL = Text(de="95-%-Intervall", en="95% interval")
BETWEEN = Text(de="{lower} bis {upper}", en="{lower} to {upper}")
FROM = Text(de="ab {lower}, nach oben offen", en="from {lower}, open above")
SHARE_BY = Text(de="Am Ziel bis Tag {days}", en="There by day {days}")
ENDED = Text(de="Bisher am Ziel", en="There so far")
COMPETED = Text(de="Anders geendet", en="Ended otherwise")
OPEN = Text(de="Offen", en="Open")
OPEN_ABOUT = Text(
    de="zählen, solange sie zu sehen sind, höchstens {horizon} Tage",
    en="count for as long as they are seen, {horizon} days at most",
)
STARTS = Text(de="Begonnen (n)", en="Begun (n)")
FOLLOWED = Text(de="{n} davon vor mindestens {horizon} Tagen", en="{n} of them at least {horizon} days ago")
COLUMNS = (
    Text(de="Tag", en="Day"),
    Text(de="Am Ziel (Prozent)", en="There (percent)"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
    Text(de="Anders geendet (Prozent)", en="Ended otherwise (percent)"),
    Text(de="An dem Tag noch offen", en="Still open on that day"),
)
COURSE = Text(de="Verlauf nach Tagen", en="Course by days")
GAPS = Text(
    de="{kpi}: Monate ohne Punkt haben {quantile} nicht erreicht",
    en="{kpi}: months without a point have not reached {quantile}",
)
WHOLE_MONTHS = Text(
    de="{kpi}: {rule}; gezeigt sind Monate, deren Fälle alle {horizon} Tage Zeit hatten",
    en="{kpi}: {rule}; shown are months whose cases have all had {horizon} days",
)
ONLY_WHOLE = Text(
    de="erst, wenn alle Fälle des Zeitraums {horizon} Tage Zeit hatten",
    en="only when all cases of the period have had {horizon} days",
)
