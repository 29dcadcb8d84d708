"""The strongest design that the data support, why not a stronger one, and what the naive figure would say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from core.text import Text
from proof.differences import differences
from proof.effect import DESIGNS, Design, Effect, Grade
from proof.grading import appearance, grade, verdict
from proof.interrupted import interrupted
from proof.measured import Measured
from proof.options import DEFAULTS, Options
from proof.plain import plain
from proof.synthetic import synthetic

METHODS: Mapping[Design, Callable[[Measured, Options], Effect]] = {
    "did": differences,
    "synthetic": synthetic,
    "its": interrupted,
    "plain": plain,
}
"""From the strongest to the weakest."""
_ORDER: tuple[Grade, ...] = ("A", "B", "C", "X")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`design` is the strongest that the data support and `effect` what it found; `not_stronger` says of each
    stronger one why not."""

    design: Design
    effect: Effect
    why: Text
    not_stronger: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The chosen effect, and the plain one beside it where the chosen is another. `differs`: the plain figure
    says something else, by more than the intervals allow or in its verdict; then both are shown.
    `not_stronger`: why no stronger design was chosen."""

    chosen: Effect
    naive: Effect | None
    differs: bool
    not_stronger: tuple[Text, ...] = ()


def propose(measured: Measured, options: Options = DEFAULTS) -> Proposal:
    """The design with the best grade, of equal ones the stronger: one whose checks fail is no support."""
    tried: list[tuple[Effect, Grade]] = []
    for design, method in METHODS.items():
        found = method(measured, options)
        tried.append((found, grade(found).grade))
        if tried[-1][1] == ("B" if design == "its" else "A"):
            break
    best = min(tried, key=lambda pair: (_ORDER.index(pair[1]), pair[0].refused is not None))[0]
    best = tried[-1][0] if best.refused is not None else best
    stronger = [effect for effect, _ in tried[: [effect for effect, _ in tried].index(best)]]
    return Proposal(
        design=best.design,
        effect=best,
        why=_WHY[best.design],
        not_stronger=tuple(_why_not(effect) for effect in stronger),
    )


def _why_not(effect: Effect) -> Text:
    if effect.refused and DESIGNS[effect.design].de in effect.refused.de:
        return effect.refused  # it names the design already
    reason = effect.refused or next((check.text for check in effect.failed), None) or grade(effect).reason
    return Text(de="{design}: {reason}", en="{design}: {reason}").fill(
        design=_capital(DESIGNS[effect.design]), reason=reason
    )


def _capital(text: Text) -> Text:
    return Text(de=text.de[0].upper() + text.de[1:], en=text.en[0].upper() + text.en[1:])


def effect(
    measured: Measured, design: Design | Literal["auto"] = "auto", options: Options = DEFAULTS
) -> Effect:
    """The effect by one design; auto takes the strongest that the data support."""
    if design == "auto":
        return propose(measured, options).effect
    return METHODS[design](measured, options)


def compare(
    measured: Measured, design: Design | Literal["auto"] = "auto", options: Options = DEFAULTS
) -> Comparison:
    """The chosen effect and what a plain before/after over the same windows would say."""
    reasons: tuple[Text, ...] = ()
    if design == "auto":
        proposal = propose(measured, options)
        chosen, reasons = proposal.effect, proposal.not_stronger
    else:
        chosen = METHODS[design](measured, options)
    if chosen.design == "plain" or chosen.refused is not None:
        return Comparison(chosen=chosen, naive=None, differs=False, not_stronger=reasons)
    treated = replace(measured, rows=measured.rows[measured.rows["treated"]])
    naive = plain(treated, options)
    return Comparison(chosen=chosen, naive=naive, differs=_differ(chosen, naive), not_stronger=reasons)


def _differ(chosen: Effect, naive: Effect) -> bool:
    """Neither estimate lies in the other's interval, or the plain one looks like a change that the better
    design does not show."""
    if naive.refused is not None:
        return False
    if appearance(naive) in ("improved", "worsened") and appearance(naive) != verdict(chosen):
        return True
    return _outside(chosen, naive) and _outside(naive, chosen)


def _outside(one: Effect, other: Effect) -> bool:
    if one.estimate is None or other.low is None or other.high is None:
        return False
    return not other.low <= one.estimate <= other.high


_WHY: Mapping[Design, Text] = {
    "did": Text(
        de="Es gibt Werte einer Vergleichsgruppe vor und nach dem Go-live.",
        en="There are values of a control group before and after go-live.",
    ),
    "synthetic": Text(
        de="Nur wenige sind betroffen, aber es gibt viele Vergleichseinheiten über viele Perioden.",
        en="Only few are treated, but there are many control units over many periods.",
    ),
    "its": Text(
        de="Es gibt keine brauchbare Vergleichsgruppe, aber einen langen eigenen Verlauf vor und nach dem "
        "Go-live.",
        en="There is no usable control group, but a long course of its own before and after go-live.",
    ),
    "plain": Text(
        de="Es bleibt nur der Vergleich von vorher und nachher.",
        en="Only the comparison of before and after is left.",
    ),
}
