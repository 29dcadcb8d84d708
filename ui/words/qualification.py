"""What the sections about qualification, closings and open offers say."""

from __future__ import annotations

from core.text import Text

ABSENT = Text(de="Sichtbar mit: {needs}.", en="Visible with: {needs}.")
FILTERED = Text(
    de="Für diesen Filter nicht verfügbar: Die Zahlen dahinter kennen das Merkmal nicht.",
    en="Not available for this filter: the figures behind it do not know the attribute.",
)
TOO_FEW = Text(de="zu wenige", en="too few")
INTERVAL = Text(de="95-%-Intervall {lower} bis {upper}", en="95% interval {lower} to {upper}")
OF = Text(de="{a} von {b}", en="{a} of {b}")
CASES = Text(de="n = {n}", en="n = {n}")
WITHOUT = Text(de="ohne Angabe", en="not stated")
HOW = Text(de="So wird gerechnet", en="How it is computed")

SUBJECT = Text(
    de="Wer den Aufwand wert ist, und was ein Abschluss kostet",
    en="Who is worth the effort, and what a closing costs",
)
QUALIFIED = Text(de="Qualifizierte und andere Eintritte", en="Qualified and other entries")
QUALIFIED_FINDING = Text(
    de="Qualifizierte Eintritte werden zu {a} zum Auftrag, alle übrigen zu {b}",
    en="{a} of the qualified entries become an order, {b} of all others",
)
QUALIFIED_FEW = Text(
    de="Qualifizierte und andere Eintritte: noch zu wenige mit abgelaufenem Fenster",
    en="Qualified and other entries: too few with a closed window yet",
)
QUALIFIED_SUB = Text(
    de="Trichterquote: Aufträge binnen {days} Tagen / Eintritte in die Kundenreise, deren Fenster abgelaufen "
    "ist; begonnen im Zeitraum ({period})",
    en="Funnel rate: orders within {days} days / entries into the journey whose window has closed; begun in "
    "the period ({period})",
)
DIFFERENCE = Text(
    de="Unterschied {value}, 95-%-Intervall {lower} bis {upper}.",
    en="Difference {value}, 95% interval {lower} to {upper}.",
)
CAVEAT = Text(
    de="Ein Zusammenhang, keine Ursache: Qualifiziert wird erst nach dem Eintritt. Wer vorher abspringt, "
    "zählt zu den übrigen, und wer lange genug bleibt, um qualifiziert zu werden, kauft auch eher.",
    en="An association, no cause: entries are qualified some time after they began. Whoever drops out before "
    "counts among the others, and whoever stays long enough to be qualified is more likely to buy anyway.",
)
SIDES = {
    "qualified": Text(de="Qualifiziert", en="Qualified"),
    "others": Text(de="Alle übrigen", en="All others"),
    "disqualified": Text(de="davon als unpassend bewertet", en="of these judged unfit"),
}
ENTRIES = Text(de="{n} Eintritte, {running} laufen noch", en="{n} entries, {running} still running")

GROUP = Text(de="Gruppe", en="Group")
LOWER = Text(de="{name}: von", en="{name}: from")
UPPER = Text(de="{name}: bis", en="{name}: to")
MEASURE = Text(de="Messgröße", en="Measure")
MEASURES = {
    "entries": Text(de="Eintritte", en="Entries"),
    "running": Text(de="davon Fenster läuft noch", en="of these window running"),
    "closed": Text(de="davon Fenster abgelaufen", en="of these window closed"),
    "won": Text(de="davon Auftrag im Fenster", en="of these order within the window"),
    "funnel": Text(de="Trichterquote", en="Funnel rate"),
    "cost": Text(de="Kosten je Abschluss", en="Cost per closing"),
    "cases": Text(de="Entschiedene Fälle", en="Cases decided"),
    "orders": Text(de="davon gewonnen", en="of these won"),
    "rate": Text(de="Erfolgsquote nach Anzahl", en="Win rate by count"),
    "by_value": Text(de="Erfolgsquote nach Wert", en="Win rate by value"),
    "days": Text(de="Tage bis zum Auftrag (Median)", en="Days to order (median)"),
    "late": Text(de="neun von zehn Aufträgen bis", en="nine of ten orders by"),
    "value": Text(de="Mittlerer Auftragswert", en="Mean order value"),
}
CLOSINGS_OF = Text(de="{n} Abschlüsse", en="{n} closings")
ORDERS_OF = Text(de="{n} Aufträge", en="{n} orders")
MATRIX_NOTE = Text(
    de="Eintritte, Trichterquote und Kosten: begonnen im Zeitraum ({period}), Quote und Kosten nur über "
    "abgelaufene Fenster. Erfolgsquote, Tage und Wert: im Zeitraum entschieden.",
    en="Entries, funnel rate and cost: begun in the period ({period}), rate and cost over closed windows "
    "only. Win rate, days and value: decided in the period.",
)

GROUPS = Text(de="Nach {dimension}", en="By {dimension}")
GROUPS_FINDING = Text(
    de="{a} gewinnt {x} der entschiedenen Fälle, {b} {y}", en="{a} wins {x} of the cases decided, {b} {y}"
)
GROUPS_FINDING_VALUE = Text(
    de="{finding}; ein Auftrag bringt {v} gegenüber {w}", en="{finding}; an order brings {v} against {w}"
)
GROUPS_SUB = Text(
    de="Erfolgsquote mit 95-%-Intervall; im Zeitraum entschieden ({period})",
    en="Win rate with 95% interval; decided in the period ({period})",
)
TIERS = Text(de="Preisklassen", en="Price tiers")
TIERS_FINDING = Text(
    de="„{slow}“ braucht bis zum Auftrag {x}, „{quick}“ {y}",
    en="“{slow}” takes {x} to the order, “{quick}” {y}",
)
TIERS_SUB = Text(
    de="Median der Tage vom ersten Kontakt bis zum Auftrag; im Zeitraum entschieden ({period})",
    en="Median days from the first contact to the order; decided in the period ({period})",
)
TIERS_ABSENT = Text(
    de="Sichtbar mit der Spalte „Preisklasse“ oder mit Schwellen unter „price_tiers“ in den Einstellungen.",
    en="Visible with the column “Price tier” or with thresholds under “price_tiers” in the settings.",
)

TALKS = Text(de="Gespräche ohne Kauf", en="Talks without a purchase")
TALKS_FINDING = Text(
    de="{share} der Gespräche galten Menschen, die nicht gekauft haben",
    en="{share} of the talks were with people who have not bought",
)
TALKS_FINDING_COST = Text(de="{finding}: {cost}", en="{finding}: {cost}")
TALKS_SUB = Text(
    de="Gespräche vor dem Auftrag zu Eintritten im Zeitraum ({period}), über die entschieden ist: gewonnen, "
    "verloren oder Fenster abgelaufen",
    en="Talks before the order, of entries begun in the period ({period}) that are decided: won, lost or "
    "window closed",
)
TALKS_ALL = Text(de="Alle Gespräche", en="All talks")
TALKS_VAIN = Text(
    de="mit Kunden, die bis heute nicht gekauft haben", en="with customers who have not bought to date"
)
TALKS_COUNT = Text(de="{n} Gespräche", en="{n} talks")
TALK_COLUMNS = (
    Text(de="Gespräche", en="Talks"),
    Text(de="Anzahl", en="Number"),
    Text(de="Stunden", en="Hours"),
    Text(de="Kosten", en="Cost"),
)
TALKS_IN = Text(
    de="Die Gespräche ohne Kauf gehören zu {n} Eintritten. Nicht jedes war vergebens: Ein frühes Nein spart "
    "beiden Seiten Aufwand.",
    en="The talks without a purchase belong to {n} entries. Not all were in vain: an early no saves both "
    "sides effort.",
)
TALKS_OPEN = Text(
    de="{n} weitere Gespräche gehören zu Eintritten, über die noch nicht entschieden ist.",
    en="{n} further talks belong to entries that are not decided yet.",
)
TALKS_NEED = Text(
    de="Stunden und Kosten werden sichtbar mit der Spalte „Bearbeitungsminuten“ oder „Kosten“.",
    en="Hours and costs become visible with the column “Handling minutes” or “Cost”.",
)

WINNING = Text(de="Erfolgsquote", en="Win rate")
WINNING_FINDING = Text(
    de="{rate} der entschiedenen Fälle sind gewonnen, nach Wert {value}",
    en="{rate} of the cases decided were won, {value} by value",
)
WINNING_FINDING_COUNT = Text(
    de="{rate} der entschiedenen Fälle sind gewonnen", en="{rate} of the cases decided were won"
)
WINNING_SUB = Text(
    de="gewonnen / (gewonnen + verloren), im Zeitraum entschieden ({period}); offene zählen nicht",
    en="won / (won + lost), decided in the period ({period}); open ones do not count",
)
BY_COUNT = Text(de="nach Anzahl", en="by count")
BY_VALUE = Text(de="nach Wert", en="by value")
NO_CASES = Text(de="Im Zeitraum wurde kein Fall entschieden.", en="No case was decided in the period.")
FEW_CASES = Text(
    de="Erst {n} Fälle entschieden: zu wenige für eine Quote", en="Only {n} cases decided: too few for a rate"
)

REASONS = Text(de="Verlustgründe", en="Loss reasons")
COMPETITORS = Text(de="Wettbewerber", en="Competitors")
UNKNOWN_REASON = Text(de="Grund unbekannt", en="Reason unknown")
UNKNOWN_COMPETITOR = Text(de="keiner genannt", en="none named")
REASONS_FINDING = Text(
    de="Häufigster Verlustgrund: {name} ({share})", en="Most frequent loss reason: {name} ({share})"
)
REASONS_UNKNOWN = Text(
    de="Bei {share} der verlorenen Fälle ist der Grund unbekannt",
    en="The reason is unknown in {share} of the lost cases",
)
COMPETITORS_FINDING = Text(
    de="Am häufigsten verloren an: {name} ({share})", en="Most often lost to: {name} ({share})"
)
REASONS_SUB = Text(de="{n} verlorene Fälle, {period}", en="{n} lost cases, {period}")
CASES_OF = Text(de="{n} Fälle", en="{n} cases")
NO_LOSSES = Text(de="Im Zeitraum ging kein Fall verloren.", en="No case was lost in the period.")
MORE_REASONS = Text(
    de="{n} weitere stehen in der Tabelle zum Herunterladen.", en="{n} more stand in the table to download."
)
REASON_COLUMNS = (
    Text(de="Name", en="Name"),
    Text(de="Verlorene Fälle", en="Lost cases"),
    Text(de="Anteil in Prozent", en="Share in percent"),
    Text(de="Anteil: von", en="Share: from"),
    Text(de="Anteil: bis", en="Share: to"),
    Text(de="Verlorener Wert", en="Value lost"),
)
WINNING_COLUMNS = (
    Text(de="Erfolgsquote", en="Win rate"),
    Text(de="Gewonnen", en="Won"),
    Text(de="Entschieden", en="Decided"),
    Text(de="Prozent", en="Percent"),
    Text(de="von", en="from"),
    Text(de="bis", en="to"),
)
REASON_BELOW = Text(de="{n} Fälle · {value}", en="{n} cases · {value}")

COSTS = Text(de="Kosten je Abschluss", en="Cost per closing")
COSTS_FINDING = Text(
    de="Ein Abschluss kostet bei neuen Kunden {new}, bei Bestandskunden {existing}",
    en="A closing costs {new} with new customers, {existing} with existing ones",
)
COSTS_FINDING_NEW = Text(
    de="Ein Abschluss kostet bei neuen Kunden {new}", en="A closing costs {new} with new customers"
)
COSTS_SUB = Text(
    de="Alle Kosten der Eintritte eines Quartals bis zur Unterschrift, höchstens {days} Tage / ihre "
    "Abschlüsse, {currency}. Ganzer Datenbestand, abgelaufene Quartale",
    en="All costs of a quarter's entries up to the signature, {days} days at most / their closings, "
    "{currency}. Whole history, closed quarters",
)
NO_COSTS = Text(
    de="Noch hat keine Kohorte Kosten und Abschlüsse.", en="No cohort has costs and closings yet."
)
COSTS_HOLLOW = Text(
    de="Hohle Punkte: Das Fenster läuft noch; Kosten sind schon da, Abschlüsse folgen. Kosten sind die "
    "gebuchten, sonst Bearbeitungszeit mal Stundensatz.",
    en="Hollow points: the window still runs; costs are there already, closings follow. Costs are those "
    "booked, else handling time at the hourly rate.",
)
COSTS_CUT = Text(
    de="Im ersten Quartal beginnen die Daten: Dort wirken alle Kunden neu, es zählt nicht mit.",
    en="The data begin within the first quarter: everybody looks new there, and it is left out.",
)
COSTS_ALT = Text(
    de="Kosten je Abschluss nach Quartal des Eintritts: {lines}",
    en="Cost per closing by quarter of entry: {lines}",
)
COSTS_LINE = Text(de="{name} zuletzt {value}", en="{name} last {value}")
NEW = Text(de="Neue Kunden", en="New customers")
EXISTING = Text(de="Bestandskunden", en="Existing customers")
QUARTER = Text(de="Q{q}/{year}", en="Q{q}/{year}")
STILL = Text(de="läuft noch", en="still running")
CLOSED = Text(de="abgelaufen", en="closed")
CUT = Text(de="angeschnitten", en="cut off")
COST_COLUMNS = (
    Text(de="Eintritt", en="Entry"),
    Text(de="Kunden", en="Customers"),
    Text(de="Eintritte", en="Entries"),
    Text(de="Abschlüsse", en="Closings"),
    Text(de="Kosten", en="Cost"),
    Text(de="Kosten je Abschluss", en="Cost per closing"),
    Text(de="Fenster", en="Window"),
)

MONDAY = Text(de="Angebote ohne Nachfassen", en="Unattended offers")
MONDAY_FINDING = Text(
    de="Für Montag: {n} offene Angebote über {value} ohne Kontakt von uns seit mehr als 14 Tagen",
    en="For Monday: {n} open offers worth {value} without contact from us for more than 14 days",
)
MONDAY_ONE = Text(
    de="Für Montag: ein offenes Angebot über {value} ohne Kontakt von uns seit mehr als 14 Tagen",
    en="For Monday: one open offer worth {value} without contact from us for more than 14 days",
)
MONDAY_NONE = Text(
    de="Kein offenes Angebot wartet länger als 14 Tage auf uns",
    en="No open offer has been waiting for us for more than 14 days",
)
MONDAY_SUB = Text(
    de="Stand {day}, unabhängig vom Zeitraum; {open} Angebote über {value} sind offen: weder gewonnen noch "
    "verloren noch durch ein neueres ersetzt. Die wertvollsten zuerst",
    en="As of {day}, whatever the period; {open} offers worth {value} are open: neither won nor lost nor "
    "replaced by a newer one. The most valuable first",
)
MONDAY_CUT = Text(
    de="Die Liste zeigt die {n} wertvollsten von {all}.", en="The list shows the {n} most valuable of {all}."
)
LAPSED = Text(
    de="Kunde gilt nach seinem Schweigen schon als verloren", en="Counted as lost by silence already"
)
MONDAY_COLUMNS = (
    Text(de="Kunde", en="Customer"),
    Text(de="Kundenreise", en="Journey"),
    Text(de="Angebotswert", en="Offer value"),
    Text(de="Tage seit Angebot", en="Days since offer"),
    Text(de="Tage ohne Kontakt von uns", en="Days without contact from us"),
    Text(de="Angeboten am", en="Offered on"),
    Text(de="Danach zuletzt kontaktiert", en="Last contacted since"),
    Text(de="Team", en="Team"),
    Text(de="Segment", en="Segment"),
    Text(de="Produkt", en="Product"),
    Text(de="Anmerkung", en="Note"),
)
