"""What the parts for a prospect say: which proof to show first, what projects like these brought."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text
from metrics.result import Unit
from proof.effect import Verdict

# fit
TITLE_OPEN = Text(
    de="{n} Nachweise zur Auswahl; für wen suchen Sie?", en="{n} proofs to choose from; whom are they for?"
)
TITLE = Text(de="Zuerst zeigen: {first}, {change}", en="Show first: {first}, {change}")
TITLE_WORD = Text(de="Zuerst zeigen: {first}", en="Show first: {first}")
TITLE_NONE = Text(
    de="Für diesen Interessenten gibt es noch keinen Nachweis", en="There is no proof for this prospect yet"
)
NONE_ABOUT = Text(
    de="Ein Nachweis erscheint hier, sobald er eine Verbesserung zeigt und der Kunde eingewilligt hat. "
    "Was fehlt, steht unter „Alle Nachweise“.",
    en="A proof appears here once it shows an improvement and the customer has consented. What is missing "
    "stands under “All proofs”.",
)
META_OPEN = Text(
    de="Jede Angabe über den Interessenten ordnet die Nachweise neu",
    en="whatever you say about the prospect puts the proofs in a new order",
)
META = Text(de="{n} Nachweise dürfen gezeigt werden", en="{n} proofs may be shown")
META_ONE = Text(de="Ein Nachweis darf gezeigt werden", en="One proof may be shown")
SAME_INDUSTRY = Text(de="{n} aus der Branche {name}", en="{n} from {name}")
NO_INDUSTRY = Text(de="keiner aus der Branche {name}", en="none from {name}")
SAME_PHASE = Text(de="{n} zur Phase {name}", en="{n} for the phase {name}")
NO_PHASE = Text(de="keiner zur Phase {name}", en="none for the phase {name}")
SIZE = Text(de="Größe", en="Size")
SIZE_IS = Text(de="Größe: {name}", en="Size: {name}")
HURTS = Text(de="Wo es drückt", en="Where it hurts")
HURTS_IS = Text(de="Es drückt in: {name}", en="It hurts in: {name}")
ROLE_OF = Text(de="Gegenüber", en="Counterpart")
ROLE_IS = Text(de="Gegenüber: {name}", en="Counterpart: {name}")
OPEN = Text(de="offen", en="open")
LIST = Text(de="In dieser Reihenfolge zeigen", en="Show in this order")
ORDER = Text(
    de="Zuerst zählt, ob ein Nachweis aktuell ist, dann der Reihe nach: Phase, Belastbarkeit, Branche, eine "
    "Einheit, in der die Rolle rechnet, Unternehmensgröße, ob der Kunde genannt werden darf, Alter.",
    en="First comes whether a proof is up to date, then in turn: phase, strength of evidence, industry, a "
    "unit that the role reckons in, company size, whether the customer may be named, age.",
)
WHY = Text(de="Warum hier: {reasons}", en="Why here: {reasons}")
ROLES = Text(
    de="Was jede Rolle im Einkaufsgremium hören muss", en="What each role in the buying centre needs to hear"
)
ROLES_SUB = Text(
    de="eine Rolle öffnen: ihre Sorge, das Argument, die Nachweise in ihrer Reihenfolge",
    en="open a role: its worry, the argument, the proofs in its order",
)
WORRY = Text(de="Sorge", en="Worry")
ARGUMENT = Text(de="Argument", en="Argument")
PROOF = Text(de="Was als Nachweis überzeugt", en="What convinces as proof")
FIRST = Text(de="Zuerst zeigen", en="Show first")
ALL_ROLES = Text(de="Alle Rollen", en="All roles")

# range
RANGE_TITLE = Text(
    de="{kpi}: Die mittlere Hälfte der {n} Projekte lag zwischen {low} und {high}",
    en="{kpi}: the middle half of the {n} projects lay between {low} and {high}",
)
RANGE_FEW = Text(
    de="{kpi}: erst {n} vergleichbare Projekte; eine Spanne gibt es ab fünf",
    en="{kpi}: only {n} comparable projects; a range is shown from five on",
)
RANGE_ONE = Text(
    de="{kpi}: erst ein vergleichbares Projekt; eine Spanne gibt es ab fünf",
    en="{kpi}: only one comparable project; a range is shown from five on",
)
RANGE_ZERO = Text(
    de="{kpi}: noch kein vergleichbares Projekt; eine Spanne gibt es ab fünf",
    en="{kpi}: no comparable project yet; a range is shown from five on",
)
RANGE_META = Text(
    de="Änderung gegenüber dem, was ohne das Projekt zu erwarten war; Misserfolge zählen mit",
    en="change against what was to be expected without the project; failures count too",
)
LEFT_OUT_ONE = Text(
    de="Ein Projekt fehlt, weil sein Vergleich nicht brauchbar ist.",
    en="One project is left out because its comparison is not usable.",
)
LEFT_OUT = Text(
    de="{n} Projekte fehlen, weil ihr Vergleich nicht brauchbar ist.",
    en="{n} projects are left out because their comparisons are not usable.",
)
NO_CLAIMS = Text(de="Noch kein Nachweis, also auch keine Spanne", en="No proof yet, so no range either")
EACH = Text(de="Jedes Projekt mit seinem 95-%-Intervall", en="Each project with its 95% interval")
EACH_SUB = Text(
    de="relative Änderung, vom schwächsten zum stärksten; gestrichelt: keine Wirkung",
    en="relative change, from the weakest to the strongest; dashed: no effect",
)
MIDDLE_HALF = Text(de="Mittlere Hälfte", en="Middle half")
MIDDLE_UNDER = Text(de="Punkt: Median der {n} Projekte", en="dot: median of the {n} projects")
FROM_TO = Text(de="{low} bis {high}", en="{low} to {high}")
STRENGTH = Text(de="Belastbarkeit {grade}", en="strength {grade}")
SAID: Mapping[Verdict, Text] = {
    "improved": Text(de="verbessert", en="improved"),
    "worsened": Text(de="verschlechtert", en="worsened"),
    "no_effect": Text(de="keine Wirkung", en="no effect"),
    "too_few": Text(de="zu wenige Daten", en="too few data"),
}

# calculator
CALCULATOR = Text(de="Was das für Ihren Interessenten hieße", en="What that would mean for your prospect")
CALCULATOR_SUB = Text(
    de="drei Angaben des Interessenten genügen", en="three figures of the prospect are enough"
)
CALCULATOR_NEEDS = Text(
    de="Der Rechner braucht eine Spanne, also mindestens fünf vergleichbare Projekte.",
    en="The calculator needs a range, so at least five comparable projects.",
)
TODAY = Text(de="{kpi} heute ({unit})", en="{kpi} today ({unit})")
CASES = Text(de="Fälle im Jahr", en="Cases a year")
_ONE: dict[Unit, Text] = {
    "hours": Text(
        de="Was eine Stunde je Fall kostet ({currency})", en="What an hour per case costs ({currency})"
    ),
    "days": Text(de="Was ein Tag je Fall kostet ({currency})", en="What a day per case costs ({currency})"),
    "minutes": Text(
        de="Was eine Minute je Fall kostet ({currency})", en="What a minute per case costs ({currency})"
    ),
    "percent": Text(de="Was ein Fall wert ist ({currency})", en="What one case is worth ({currency})"),
}
WORTH = Text(
    de="Was eine Einheit je Fall wert ist ({currency})", en="What one unit per case is worth ({currency})"
)
LEVELS = {
    "low": Text(de="vorsichtig", en="cautious"),
    "middle": Text(de="mittel", en="middle"),
    "high": Text(de="günstig", en="favourable"),
}
LEVELS_UNDER = {
    "low": Text(
        de="etwa drei Viertel der Projekte erreichten mehr",
        en="about three quarters of the projects did better",
    ),
    "middle": Text(de="die Hälfte erreichte mehr", en="half of them did better"),
    "high": Text(de="nur etwa ein Viertel erreichte mehr", en="only about a quarter did better"),
}
A_YEAR = Text(de="{gain} im Jahr", en="{gain} a year")
AFTERWARDS = Text(de="{today} → {after} ({change})", en="{today} → {after} ({change})")
ASSUMES = Text(
    de="Angenommen ist: Die Wirkung ist anteilig zum heutigen Wert, es bleiben so viele Fälle wie heute, und "
    "jede Einheit ist gleich viel wert. Das ist eine Spanne aus anderen Unternehmen, keine Garantie.",
    en="Assumed: the effect is proportional to today’s value, there are as many cases as today, and each "
    "unit is worth the same. This is a range from other companies, no guarantee.",
)
OUTCOME_TITLE = Text(
    de="Zwischen {low} und {high} im Jahr, in der Mitte {middle}",
    en="Between {low} and {high} a year, {middle} in the middle",
)
TELL = Text(de="Als gesagt festhalten", en="Note as told")
TELL_ABOUT = Text(
    de="Was ein Interessent gehört hat, wird später das Soll seines Projekts.",
    en="What a prospect was told later becomes the target of their project.",
)
PROSPECT = Text(de="Interessent", en="Prospect")
PROSPECT_NEEDED = Text(
    de="Bitte nennen Sie den Interessenten, dem Sie das gesagt haben.",
    en="Please name the prospect whom you told this.",
)
TOLD = Text(de="Festgehalten für {prospect}.", en="Noted for {prospect}.")
TOLD_BEFORE = Text(de="Was schon gesagt wurde", en="What was told before")
TOLD_LINE = Text(
    de="{day}: {prospect}, {kpi}: {low} bis {high} im Jahr",
    en="{day}: {prospect}, {kpi}: {low} to {high} a year",
)


def worth_of(unit: Unit) -> Text:
    """What the third input of the calculator asks for."""
    return _ONE.get(unit, WORTH)
