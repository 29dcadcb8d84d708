"""Verdict: what a comparison found. Grade: how good the comparison is. Words need both."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import Text
from proof.effect import Check, Effect, Grade, Verdict

FEWEST_PERIODS_OF_A = 3
SIGNIFICANT = 0.05


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A grade with the sentence that says why; `cautions`: what else a reader should know about it."""

    grade: Grade
    reason: Text
    cautions: tuple[Text, ...] = ()


def appearance(effect: Effect) -> Verdict:
    """What the figures look like by their interval alone, whatever the checks say. Never to be claimed."""
    low, high = effect.low, effect.high
    if effect.refused is not None or effect.estimate is None or low is None or high is None:
        return "too_few"
    if not (low > 0 or high < 0):
        return "no_effect"
    if effect.design == "synthetic" and (effect.p is None or effect.p > SIGNIFICANT):
        return "no_effect"
    return "improved" if (effect.estimate > 0) == (effect.better == "higher") else "worsened"


def verdict(effect: Effect) -> Verdict:
    """Improved or worsened only where the interval excludes zero and the comparison may be used: what a
    failed check explains is not shown by it. For synthetic control the permutation p decides as well."""
    found = appearance(effect)
    if found in ("improved", "worsened") and _fault(effect) is not None:
        return "no_effect"
    return found


def grade(effect: Effect, *, retrospective: bool = False, definition_changed: bool = False) -> Graded:
    """The grade after DESIGN: A controlled, three periods before, all checks passed; B interrupted series, or
    controlled without enough periods to check; C plain; X not usable.

    `retrospective`: the baseline was chosen after go-live. `definition_changed`: the KPI was defined
    otherwise on one side.
    """
    cautions = (_RETROSPECTIVE,) if retrospective else ()
    if definition_changed:
        return Graded(grade="X", reason=_NOT_USABLE.fill(why=_CHANGED), cautions=cautions)
    fault = _fault(effect)
    if fault is not None:
        return Graded(grade="X", reason=_NOT_USABLE.fill(why=fault), cautions=cautions)
    unknown = tuple(check.text for check in effect.checks if check.passed is None)
    if effect.design == "plain":
        return Graded(grade="C", reason=_C, cautions=cautions)
    if effect.design == "its":
        return Graded(grade="B", reason=_B_SERIES, cautions=(*cautions, *unknown))
    if unknown or effect.periods_before < FEWEST_PERIODS_OF_A:
        return Graded(grade="B", reason=_B_CONTROLLED, cautions=(*cautions, *unknown))
    return Graded(grade="A", reason=_A.fill(periods=effect.periods_before), cautions=cautions)


def _fault(effect: Effect) -> Text | None:
    """Why a comparison may not be used; None: it may. Without its history a plain one may not either."""
    if effect.refused is not None:
        return effect.refused
    failed = [check for check in effect.checks if check.passed is False]
    if effect.design == "plain":
        failed += [check for check in effect.checks if check.passed is None]
    return _first(failed)


def _first(checks: list[Check]) -> Text | None:
    return checks[0].text if checks else None


_A = Text(
    de="Gegen eine Vergleichsgruppe gemessen, {periods} Perioden vor dem Go-live, alle Prüfungen bestanden.",
    en="Measured against a control group, {periods} periods before go-live, all checks passed.",
)
_B_SERIES = Text(
    de="Gegen den fortgeschriebenen eigenen Verlauf gemessen, ohne Vergleichsgruppe.",
    en="Measured against its own course carried on, without a control group.",
)
_B_CONTROLLED = Text(
    de="Gegen eine Vergleichsgruppe gemessen, aber ob beide vorher gleich verliefen, war nicht zu prüfen.",
    en="Measured against a control group, but whether both ran alike before could not be tested.",
)
_C = Text(
    de="Nur vorher und nachher verglichen: Andere Ursachen sind nicht ausgeschlossen.",
    en="Only before and after were compared: other causes are not ruled out.",
)
_NOT_USABLE = Text(de="Als Beleg nicht verwendbar. {why}", en="Not usable as evidence. {why}")
_CHANGED = Text(
    de="Die Kennzahl war vorher anders definiert als nachher.",
    en="The KPI was defined differently before and after.",
)
_RETROSPECTIVE = Text(
    de="Der Basiszeitraum wurde erst nach dem Go-live gewählt.",
    en="The baseline was chosen only after go-live.",
)
