"""The numbers of an effect as they are shown. Rounding never beautifies: it goes towards no effect.

The change is cut towards zero, its interval widened outwards, before and after are moved towards each other:
2.49 never becomes 2.5, and nobody who subtracts what is shown finds more than there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

from core.text import Text, same
from metrics.result import Unit
from metrics.wording import NARROW, SPACE, figure
from proof.effect import Effect
from proof.numerals import number_words

MOST_DECIMALS = 6
LARGE = 100.0
"""From here on whole numbers suffice."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A number as it is shown, with its unit, and the value that the text stands for."""

    text: Text
    value: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What may be shown of an effect. `change`: without sign; `signed`: with it; `relative`: without sign, in
    percent, None where the expected figure is not above zero; `interval`: of the change, signed;
    `relative_interval`: the same as shares. `as_share`: the effect is a ratio and told as one;
    `signed_relative`: the share with its sign and the decimals of its interval."""

    change: Shown
    signed: Shown
    low: Shown
    high: Shown
    interval: Text
    before: Shown
    after: Shown
    expected: Shown
    relative: Shown | None
    relative_interval: Text | None
    as_share: bool
    signed_relative: Text | None

    @property
    def told(self) -> Text:
        """What a title says: the change, of a ratio its share."""
        return self.relative.text if self.as_share and self.relative is not None else self.change.text

    @property
    def signed_told(self) -> Text:
        """What a title says, with its sign."""
        return (
            self.signed_relative if self.as_share and self.signed_relative is not None else self.signed.text
        )

    @property
    def told_interval(self) -> Text:
        """The interval of what a title says."""
        if self.as_share and self.relative_interval is not None:
            return self.relative_interval
        return self.interval

    @property
    def change_and_share(self) -> Text:
        """`5,6 Tage (10 %)`; of a ratio `11,4 % (0,0003)`."""
        if self.relative is None:
            return self.change.text
        first, second = self.change.text, self.relative.text
        if self.as_share:
            first, second = second, first
        return Text(de="{first} ({second})", en="{first} ({second})").fill(first=first, second=second)


def figures(effect: Effect, currency: str = "EUR") -> Figures | None:
    """The figures of an effect that has an interval; None for one that was refused."""
    if effect.estimate is None or effect.low is None or effect.high is None or effect.after is None:
        return None
    before = effect.before if effect.before is not None else effect.after - effect.estimate
    expected = effect.expected if effect.expected is not None else before
    places = decimals(effect.estimate, effect.low, effect.high)
    unit = effect.unit_name
    size = cut(abs(effect.estimate), places)
    change = quantity(size, places, unit, currency, change=True)
    signed = math.copysign(size, effect.estimate) if size else 0.0
    low, high = _down(effect.low, places), _up(effect.high, places)
    return Figures(
        change=Shown(text=change, value=size),
        signed=Shown(text=with_sign(change, signed), value=signed),
        low=_bound(low, places, unit, currency),
        high=_bound(high, places, unit, currency),
        interval=_interval(low, high, places, unit, currency),
        before=_level(_towards(before, effect.after, places), places, unit, currency),
        after=_level(_towards(effect.after, expected, places), places, unit, currency),
        expected=_level(_towards(expected, effect.after, places), places, unit, currency),
        relative=_share(effect),
        relative_interval=_share_interval(effect),
        as_share=effect.is_ratio,
        signed_relative=_signed_relative(effect),
    )


def levels(effect: Effect, currency: str = "EUR") -> tuple[Shown, Shown] | None:
    """Before and after alone, for two figures without an interval; None where one is missing."""
    if effect.before is None or effect.after is None:
        return None
    change = effect.after - effect.before
    whole = float(effect.before).is_integer() and float(effect.after).is_integer()
    places = 0 if whole else decimals(change, -abs(change), abs(change))
    pairs = ((effect.before, effect.after), (effect.after, effect.before))
    before, after = (
        _level(_towards(value, other, places), places, effect.unit_name, currency) for value, other in pairs
    )
    return before, after


def decimals(estimate: float, low: float, high: float) -> int:
    """As many as show two digits of the change, one below a hundred, and that an interval excludes zero."""
    size = abs(estimate)
    places = 0 if size >= LARGE or not size else max(1, 1 - math.floor(math.log10(size)))
    if not size:
        places = 0 if max(abs(low), abs(high)) >= LARGE else 1
    nearest = min(abs(low), abs(high)) if low > 0 or high < 0 else 0.0
    while nearest and places < MOST_DECIMALS and not cut(nearest, places):
        places += 1
    return min(places, MOST_DECIMALS)


def cut(size: float, places: int) -> float:
    """A size without the digits beyond `places`; what differs by rounding errors alone counts as equal."""
    return math.floor(size * 10.0**places * (1 + 1e-12) + 1e-9) / 10.0**places


def _down(value: float, places: int) -> float:
    return math.floor(value * 10.0**places + 1e-9) / 10.0**places


def _up(value: float, places: int) -> float:
    return math.ceil(value * 10.0**places - 1e-9) / 10.0**places


def _towards(value: float, other: float, places: int) -> float:
    """The value rounded towards the other one, never beyond it by more than one step."""
    return _up(value, places) if value < other else _down(value, places)


def _level(value: float, places: int, unit: str, currency: str) -> Shown:
    return Shown(text=quantity(value, places, unit, currency), value=value)


def _bound(value: float, places: int, unit: str, currency: str) -> Shown:
    return Shown(
        text=with_sign(quantity(abs(value), places, unit, currency, change=True), value), value=value
    )


def _interval(low: float, high: float, places: int, unit: str, currency: str) -> Text:
    """`−6,8 bis −4,5 Tage`."""
    first = with_sign(number_words(abs(low), places), low)
    last = with_sign(quantity(abs(high), places, unit, currency, change=True), high)
    return Text(de="{low} bis {high}", en="{low} to {high}").fill(low=first, high=last)


def with_sign(text: Text, value: float) -> Text:
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return Text(de=f"{sign}{text.de}", en=f"{sign}{text.en}")


def _share(effect: Effect) -> Shown | None:
    """The relative change in percent, cut towards zero."""
    share = effect.relative
    if share is None or not math.isfinite(share) or not effect.expected or effect.expected <= 0:
        return None
    size = abs(share) * 100
    places = 0 if size >= 10 or not size else min(MOST_DECIMALS, 1 - math.floor(math.log10(size)))
    shares = _shares(effect)
    if effect.is_ratio and shares is not None:
        places = decimals(*shares)
    shown = cut(size, places)
    return Shown(text=quantity(shown, places, "percent", "EUR"), value=shown)


def _shares(effect: Effect) -> tuple[float, float, float] | None:
    """The relative change and its interval in percent; None where the expected figure is not above zero."""
    share, low, high = effect.relative, effect.relative_low, effect.relative_high
    if share is None or low is None or high is None or not effect.expected or effect.expected <= 0:
        return None
    found = (100 * share, 100 * low, 100 * high)
    return found if all(math.isfinite(each) for each in found) else None


def _signed_relative(effect: Effect) -> Text | None:
    shares = _shares(effect)
    if shares is None:
        return None
    places = decimals(*shares)
    size = cut(abs(shares[0]), places)
    shown = quantity(size, places, "percent", "EUR")
    return with_sign(shown, math.copysign(size, shares[0]) if size else 0.0)


def _share_interval(effect: Effect) -> Text | None:
    """`−16,2 bis −6,5 %`, widened outwards."""
    shares = _shares(effect)
    if shares is None:
        return None
    places = decimals(*shares)
    low, high = _down(shares[1], places), _up(shares[2], places)
    first = with_sign(number_words(abs(low), places), low)
    last = with_sign(quantity(abs(high), places, "percent", "EUR"), high)
    return Text(de="{low} bis {high}", en="{low} to {high}").fill(low=first, high=last)


def quantity(value: float, places: int, unit: str, currency: str, *, change: bool = False) -> Text:
    """A number with its unit; the change of a percentage is in percentage points."""
    shown = number_words(value, places)
    if unit == "percent" and change:
        return Text(de=f"{shown.de}{SPACE}Prozentpunkte", en=f"{shown.en}{SPACE}percentage points")
    suffix = _suffix(unit, currency)
    if suffix is None:
        return shown
    space = SPACE if len(suffix.de) > 1 and suffix.de[0].isalpha() else NARROW
    tight = "" if unit == "percent" else space
    return Text(de=f"{shown.de}{space}{suffix.de}", en=f"{shown.en}{tight}{suffix.en}")


def _suffix(unit: str, currency: str) -> Text | None:
    """What stands behind the number: a unit of metrics as it is written there, another one as it is."""
    for known in get_args(Unit):
        if unit == known:
            return figure(1.0, known, currency)[1]
    return same(unit) if unit.strip() else None


def signed_share(share: float) -> Text:
    """A relative change in percent with its sign, cut towards zero: `−32 %`, `+4,8 %`."""
    size = abs(share) * 100
    places = 0 if size >= 10 or not size else 1
    return with_sign(
        quantity(cut(size, places), places, "percent", "EUR"), share if cut(size, places) else 0.0
    )
