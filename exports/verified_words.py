"""What became of a file that came back, in a sentence: for the page and for the command line."""

from __future__ import annotations

from core.text import Text
from exports.verifying import Verification

CANNOT = Text(
    de="Nicht prüfbar: Die Datei trägt kein Verzeichnis ihrer Zahlen. Sie stammt nicht von hier, oder ein "
    "anderes Programm hat es beim Speichern entfernt.",
    en="Cannot verify: the file carries no register of its numbers. It is not from here, or another program "
    "removed it when saving.",
)
FOREIGN = Text(
    de="Nicht von uns: Das Verzeichnis der Zahlen trägt nicht die Unterschrift dieser Installation; es ist "
    "von anderswo oder gefälscht.",
    en="Not ours: the register of numbers does not bear the signature of this installation; it is "
    "from elsewhere or forged.",
)
ALTERED = Text(
    de="Die Datei wurde geändert: Zahlen anders oder fehlend {altered}, hinzugekommen {foreign}, Stellen mit "
    "anderen Wörtern oder Bildern {words} ({n} Zahlen geprüft).",
    en="The file was altered: numbers different or missing {altered}, added {foreign}, places with other "
    "words or pictures {words} ({n} numbers checked).",
)
UNKNOWN = Text(
    de="Die Datei ist, wie sie ausgegeben wurde, aber {unknown} von {n} Zahlen gehören zu einem Nachweis, "
    "den diese Installation nicht mehr kennt.",
    en="The file is as it was handed out, but {unknown} of {n} numbers belong to a proof that this "
    "installation no longer knows.",
)
CHANGED = Text(
    de="Die Datei ist, wie sie ausgegeben wurde; {changed} von {n} Zahlen wären nach heutigem Stand andere.",
    en="The file is as it was handed out; by today's data {changed} of {n} numbers would be different.",
)
ERASED = Text(
    de="Die Datei ist, wie sie ausgegeben wurde: {n} Zahlen geprüft. Die Quelldaten sind gelöscht; nach den "
    "aufbewahrten Nachweiswerten stimmen sie.",
    en="The file is as it was handed out: {n} numbers checked. The source data are erased; by the evidence "
    "that was kept they are right.",
)
SAME = Text(
    de="Die Datei ist, wie sie ausgegeben wurde, und gilt heute noch: {n} Zahlen geprüft.",
    en="The file is as it was handed out and still holds today: {n} numbers checked.",
)
WORDS = Text(de="Wörter oder Bild geändert: {place}", en="Words or picture changed: {place}")
DROPPED = Text(
    de="{place}: Die Tabelle dahinter fehlt; ein anderes Programm hat sie beim Speichern entfernt. Was das "
    "Diagramm zeigt, wurde verglichen.",
    en="{place}: the sheet behind it is gone; another program removed it when saving. What the chart shows "
    "was compared.",
)


def summary(found: Verification) -> Text:
    """The worst that is true of the file as a whole."""
    if found.origin != "ours":
        return CANNOT if found.origin == "none" else FOREIGN
    counts, n = found.counts, len(found.findings)
    if not found.sound:
        unknown = sum(1 for one in found.findings if one.outcome == "not_ours" and one.made is not None)
        added = counts["not_ours"] - unknown
        if unknown and not (added or counts["altered"] or found.words):
            return UNKNOWN.fill(unknown=unknown, n=n)
        return ALTERED.fill(altered=counts["altered"], foreign=added, words=len(found.words), n=n)
    if counts["changed"]:
        return CHANGED.fill(changed=counts["changed"], n=n)
    return (ERASED if counts["erased_same"] else SAME).fill(n=n)


def remarks(found: Verification) -> list[Text]:
    """What is to be said of single places beside their numbers."""
    return [WORDS.fill(place=place) for place in found.words] + [
        DROPPED.fill(place=place) for place in found.dropped
    ]
