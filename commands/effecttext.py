"""An effect on a terminal: what was found, the figures, the grade and why, the checks, what else to know."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.effects import Answer
from core.text import Text, same
from exports.text_table import clean
from proof.effect import DESIGNS, Effect
from proof.figures import Figures, figures
from proof.numerals import digits, number_words, p_words
from proof.words import grade_words
from terminal import LANG, emit, print_table

FIGURE = Text(de="Ergebnis", en="Result")
VALUE = Text(de="Wert", en="Value")
CHECK = Text(de="Prüfung", en="Check")
FOUND = Text(de="Befund", en="Finding")
PASSED = {
    True: Text(de="bestanden", en="passed"),
    False: Text(de="nicht bestanden", en="failed"),
    None: Text(de="nicht prüfbar", en="could not be run"),
}
FEW = 0.01
"""Figures below this read better per thousand or hundred thousand."""


def print_effect(found: Answer) -> None:
    chosen = found.comparison.chosen
    shown = figures(chosen)
    _say(found.words.title)
    _say(found.words.sentence)
    if shown is not None:
        emit("")
        print_table([FIGURE, VALUE], list(_figures(chosen, shown)), numbers_from=2)
    emit("")
    if chosen.refused is None:
        _say(_judged(found))
    if chosen.checks:
        emit("")
        print_table(
            [CHECK, FOUND], [[PASSED[check.passed], check.text] for check in chosen.checks], numbers_from=2
        )
    notes = list(_notes(found, shown))
    if notes:
        emit("")
    for note in notes:
        _say(note)
    if shown is not None:
        emit("")
        _say(found.words.footnote)


def _say(text: Text) -> None:
    emit(clean(text(LANG)))


def _judged(found: Answer) -> Text:
    """`Note B, unterbrochene Zeitreihe: guter Vergleich … Gemessen …`"""
    graded = found.graded
    about = Text(de="Note {grade}, {design}: {words}.", en="Grade {grade}, {design}: {words}.").fill(
        grade=graded.grade, design=DESIGNS[found.comparison.chosen.design], words=grade_words(graded.grade)
    )
    if graded.grade == "X":
        return about
    return Text(de="{about} {reason}", en="{about} {reason}").fill(about=about, reason=graded.reason)


def _figures(effect: Effect, shown: Figures) -> Iterable[list[Text]]:
    """Level before, expected and after; the difference, its share and the model's own figure, with
    intervals; p."""
    yield [Text(de="vorher", en="before"), shown.before.text]
    if effect.design != "plain":
        yield [Text(de="zu erwarten gewesen", en="to be expected"), shown.expected.text]
    yield [Text(de="nachher", en="after"), shown.after.text]
    yield [Text(de="Unterschied", en="difference"), _with_interval(shown.signed.text, shown.interval)]
    if shown.signed_relative is not None and shown.relative_interval is not None:
        share = _with_interval(shown.signed_relative, shown.relative_interval)
        yield [Text(de="in Prozent", en="in percent"), share]
    known = effect.coefficient
    if known is not None and known.scale == "log":
        yield [Text(de="im Logarithmus", en="in logarithms"), _on_scale(known.value, known.low, known.high)]
    if known is not None and known.se is not None:
        yield [Text(de="Standardfehler", en="standard error"), number_words(known.se, digits(known.se, 3))]
    if effect.p is not None:
        p = p_words(effect.p)
        bare = (said.removeprefix("p ").removeprefix("= ") for said in (p.de, p.en))
        yield [same("p"), Text(de=next(bare), en=next(bare))]


def _with_interval(figure: Text, interval: Text) -> Text:
    return Text(de="{figure} (95-%-Intervall {interval})", en="{figure} (95% interval {interval})").fill(
        figure=figure, interval=interval
    )


def _on_scale(value: float, low: float | None, high: float | None) -> Text:
    places = max(3, digits(value, 3))
    if low is None or high is None:
        return number_words(value, places)
    return _with_interval(
        number_words(value, places),
        Text(de="{low} bis {high}", en="{low} to {high}").fill(
            low=number_words(low, places), high=number_words(high, places)
        ),
    )


def _notes(found: Answer, shown: Figures | None) -> Iterable[Text]:
    chosen = found.comparison.chosen
    if chosen.outliers:
        yield Text(de="Weit außerhalb liegen: {names}.", en="Far off lie: {names}.").fill(
            names=same(", ".join(chosen.outliers))
        )
    checked = {check.text for check in chosen.checks}
    yield from (each for each in found.graded.cautions if each not in checked)
    yield from chosen.notes
    naive = found.comparison.naive
    plain = figures(naive) if naive is not None and found.comparison.differs else None
    if plain is not None and shown is not None:
        yield Text(
            de="Der bloße Vergleich von vorher und nachher führt in die Irre: Er ergäbe {naive} statt "
            "{chosen}.",
            en="Merely comparing before and after misleads: it would give {naive} instead of {chosen}.",
        ).fill(naive=plain.signed_told, chosen=shown.signed_told)
    if shown is not None and chosen.kind == "count" and 0 < abs(shown.after.value) < FEW:
        yield Text(
            de="Mit --per 100000 stehen die Werte je 100.000 da.",
            en="With --per 100000 the figures are per 100,000.",
        )
    if found.comparison.not_stronger:
        yield Text(de="Warum kein stärkeres Verfahren:", en="Why no stronger design:")
        for reason in found.comparison.not_stronger:
            yield Text(de="- {reason}", en="- {reason}").fill(reason=reason)
