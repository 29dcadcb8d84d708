"""What the section about triggers says: association, never cause."""

from __future__ import annotations

from core.text import Text
from journeys.triggers import Kind

PAGE = Text(de="Was mit dem Weitergehen einhergeht", en="What goes with moving on")
ABOUT = Text(
    de=(
        "Wie viel öfter Besuche danach weitergingen, die es bis zum Stichtag gesehen hatten, als die "
        "übrigen. Ein Zusammenhang, keine Ursache: Wer ohnehin kaufen will, sucht auch das Gespräch."
    ),
    en=(
        "How much more often visits that had seen it by the landmark moved on afterwards than the others. An "
        "association, not a cause: who wants to buy anyway also looks for a talk."
    ),
)
MORE_OFTEN: dict[Kind, Text] = {
    "touchpoint": Text(
        de="Besuche mit „{value}“ gehen öfter weiter: {a} statt {b}",
        en="Visits with “{value}” move on more often: {a} instead of {b}",
    ),
    "content": Text(
        de="Besuche mit dem Inhalt „{value}“ gehen öfter weiter: {a} statt {b}",
        en="Visits with the content “{value}” move on more often: {a} instead of {b}",
    ),
    "role": Text(
        de="Besuche mit der Rolle „{value}“ gehen öfter weiter: {a} statt {b}",
        en="Visits with the role “{value}” move on more often: {a} instead of {b}",
    ),
}
LESS_OFTEN: dict[Kind, Text] = {
    "touchpoint": Text(
        de="Besuche mit „{value}“ gehen seltener weiter: {a} statt {b}",
        en="Visits with “{value}” move on less often: {a} instead of {b}",
    ),
    "content": Text(
        de="Besuche mit dem Inhalt „{value}“ gehen seltener weiter: {a} statt {b}",
        en="Visits with the content “{value}” move on less often: {a} instead of {b}",
    ),
    "role": Text(
        de="Besuche mit der Rolle „{value}“ gehen seltener weiter: {a} statt {b}",
        en="Visits with the role “{value}” move on less often: {a} instead of {b}",
    ),
}
NOTHING_HOLDS = Text(
    de="Weitergehen: nichts, was sich vom Zufall trennen lässt",
    en="Moving on: nothing that can be told from chance",
)
KINDS: dict[Kind, Text] = {
    "touchpoint": Text(de="Touchpoint", en="Touchpoint"),
    "content": Text(de="Inhalt", en="Content"),
    "role": Text(de="Rolle", en="Role"),
}
MOVED = Text(de="{a} statt {b}, n\u00a0=\u00a0{n}", en="{a} instead of {b}, n\u00a0=\u00a0{n}")
BETWEEN = Text(de="({lower} bis {upper})", en="({lower} to {upper})")
SAME = Text(de="gleich oft", en="equally often")
COUNTED = Text(
    de=(
        "Stichtag ist {after} nach Beginn des Besuchs: Kürzer dauert die Hälfte der Besuche. {running} "
        "Besuche liefen dann noch ({period}); {undecided} davon sind unentschieden und nicht mitgezählt. "
        "Geprüfte Merkmale: {looked_at}; farbig ist, was auch nach der Korrektur für so viele Prüfungen gilt "
        "(Benjamini-Hochberg, 10 %). Intervalle zum Niveau {level}."
    ),
    en=(
        "The landmark is {after} after a visit's beginning: half of the visits are shorter. {running} "
        "visits were still running then ({period}); {undecided} of them are undecided and left out. "
        "Candidates tested: {looked_at}; coloured is what holds after correction for so many tests "
        "(Benjamini-Hochberg, 10%). Intervals at the {level} level."
    ),
)
MORE = Text(
    de="Weitere {n} stehen in der Tabelle zum Herunterladen.", en="{n} more are in the table to download."
)
YES_NO = {True: Text(de="ja", en="yes"), False: Text(de="nein", en="no")}
COLUMNS = (
    Text(de="Art", en="Kind"),
    Text(de="Merkmal", en="Value"),
    Text(de="Gesehen", en="Seen"),
    Text(de="Davon weiter", en="Of these moved on"),
    Text(de="Nicht gesehen", en="Not seen"),
    Text(de="Davon weiter (nicht gesehen)", en="Of these moved on (not seen)"),
    Text(de="Verhältnis", en="Ratio"),
    Text(de="Untere Grenze", en="Lower limit"),
    Text(de="Obere Grenze", en="Upper limit"),
    Text(de="p (Fisher)", en="p (Fisher)"),
    Text(de="q (Benjamini-Hochberg)", en="q (Benjamini-Hochberg)"),
    Text(de="Hält der Korrektur stand", en="Holds after correction"),
)
