"""Why there is no effect: always with the number that is missing."""

from __future__ import annotations

from core.text import Text
from proof.effect import DESIGNS, Design, Effect
from proof.measured import Measured


def refusal(measured: Measured, design: Design, reason: Text) -> Effect:
    """An effect without figures."""
    return Effect(
        design=design, kpi=measured.kpi, kind=measured.kind, better=measured.better,
        unit_name=measured.unit_name, missing=measured.missing, method=DESIGNS[design], refused=reason,
    )  # fmt: skip


def too_few(design: Design, what: Text, before: tuple[int, int], after: tuple[int, int]) -> Text | None:
    """The refusal where a side has fewer than it needs: each pair is (there are, needed). None: enough."""
    lacks = [
        side.fill(what=what, have=have, need=need, lack=need - have)
        for side, (have, need) in ((_BEFORE, before), (_AFTER, after))
        if have < need
    ]
    if not lacks:
        return None
    return _both(_NEEDS.fill(design=DESIGNS[design]), *lacks)


def too_few_units(design: Design, treated: tuple[int, int], control: tuple[int, int]) -> Text | None:
    """The same for units of the two groups."""
    lacks = [
        side.fill(have=have, need=need, lack=need - have)
        for side, (have, need) in ((_TREATED, treated), (_CONTROL, control))
        if have < need
    ]
    if not lacks:
        return None
    return _both(_NEEDS.fill(design=DESIGNS[design]), *lacks)


def _both(*parts: Text) -> Text:
    return Text(de=" ".join(part.de for part in parts), en=" ".join(part.en for part in parts))


_NEEDS = Text(de="Zu wenig für: {design}.", en="Too little for: {design}.")
_BEFORE = Text(
    de="Vor dem Go-live gibt es {have} {what}, nötig sind {need}; es fehlen {lack}.",
    en="There are {have} {what} before go-live, {need} are needed; {lack} are missing.",
)
_AFTER = Text(
    de="Nach dem Go-live gibt es {have} {what}, nötig sind {need}; es fehlen {lack}.",
    en="There are {have} {what} after go-live, {need} are needed; {lack} are missing.",
)
_TREATED = Text(
    de="Es gibt {have} betroffene Einheiten, nötig sind {need}; es fehlen {lack}.",
    en="There are {have} treated units, {need} are needed; {lack} are missing.",
)
_CONTROL = Text(
    de="Es gibt {have} Vergleichseinheiten, nötig sind {need}; es fehlen {lack}.",
    en="There are {have} control units, {need} are needed; {lack} are missing.",
)
PERIODS = Text(de="Perioden", en="periods")
VALUES = Text(de="Werte", en="values")
CASES = Text(de="Fälle", en="cases")


def not_fitted() -> Text:
    """The model has more terms than the data can bear."""
    return Text(
        de="Das Modell lässt sich mit diesen Daten nicht rechnen: Ein Zeitraum ist leer, oder alle Werte "
        "einer Seite sind null.",
        en="The model cannot be computed with these data: a window is empty, or all values of a side are "
        "zero.",
    )


def not_positive(count: int) -> Text:
    """A logarithm needs values above zero."""
    return Text(
        de="{count} Werte sind nicht größer als null; ihr Logarithmus ist nicht bestimmt.",
        en="{count} values are not above zero; their logarithm is not defined.",
    ).fill(count=count)
