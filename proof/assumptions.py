"""Assumptions of a comparison as checks: each says what was tested, by which figure, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.text import Text
from proof.autoregressive import Floats
from proof.effect import Check
from proof.numerals import number_words, p_words
from proof.seasons import Terms
from proof.series import Series

LEVEL = 0.05
"""A check fails below this p-value."""
FAR = 4.0
"""Robust standard deviations (1.4826 x median absolute deviation) beyond which a value is named."""
SIMULATED, SEED = 999, 20240101
"""Series of white noise that a model's residuals are held against."""
MISSING_SHARE = 0.1
"""More than this share of a series' periods without a value and the series is not a whole one."""


def placebo(p: float | None, when: Text | None) -> Check:
    """A made-up go-live before the real one must show nothing."""
    if p is None or when is None:
        return Check(
            name="placebo",
            passed=None,
            text=Text(
                de="Ein Scheintermin vor dem Go-live war nicht zu prüfen: Davor liegen zu wenige Perioden.",
                en="No placebo date before go-live could be tested: too few periods lie before it.",
            ),
        )
    words = (
        Text(
            de="Am Scheintermin {when} vor dem Go-live zeigt sich nichts ({p}).",
            en="Nothing shows at the placebo date {when} before go-live ({p}).",
        )
        if p >= LEVEL
        else Text(
            de="Schon am Scheintermin {when}, vor dem Go-live, zeigt sich ein Unterschied ({p}).",
            en="A difference shows already at the placebo date {when}, before go-live ({p}).",
        )
    )
    return Check(name="placebo", passed=p >= LEVEL, text=words.fill(when=when, p=p_words(p)), figure=p)


def autocorrelation(
    shocks: Floats, basis: Floats, rho: float, *, modelled: bool, holds: bool | None = None
) -> Check:
    """Ljung and Box: what the model leaves over must not hang together; or the finding must hold with errors
    that allow for it as well (`holds`; None: there are none)."""
    p = ljung_box(shocks, basis)
    fine = p >= LEVEL
    model = (
        Text(de="Autokorrelation {rho} im Modell", en="autocorrelation {rho} in the model").fill(
            rho=number_words(rho, 2)
        )
        if modelled
        else Text(de="ohne Autokorrelation gerechnet", en="computed without autocorrelation")
    )
    words = (
        Text(
            de="Die Abweichungen hängen nicht voneinander ab (Ljung-Box {p}; {model}).",
            en="The deviations do not depend on each other (Ljung-Box {p}; {model}).",
        )
        if fine
        else Text(
            de="Die Abweichungen hängen noch voneinander ab (Ljung-Box {p}; {model}).",
            en="The deviations still depend on each other (Ljung-Box {p}; {model}).",
        )
    )
    if not fine and holds:
        words = Text(
            de="Die Abweichungen hängen noch voneinander ab (Ljung-Box {p}; {model}); mit Fehlern, die das "
            "zulassen (Newey-West), bleibt es beim selben Befund.",
            en="The deviations still depend on each other (Ljung-Box {p}; {model}); with errors that allow "
            "for that (Newey-West) the finding is the same.",
        )
    return Check(
        name="autocorrelation",
        passed=fine or bool(holds),
        text=words.fill(p=p_words(p), model=model),
        figure=p,
    )


def ljung_box(shocks: Floats, basis: Floats) -> float:
    """p-value that residuals are not autocorrelated: the statistic of Ljung and Box (1978) over a fifth of
    their number, at most ten lags, against its own distribution for white noise from which the same model
    was taken out. Its chi square would be far off with as many terms as a season has."""
    lags = max(1, min(10, len(shocks) // 5))
    if float(np.ptp(shocks)) < 1e-9:
        return 1.0
    noise = np.random.default_rng(SEED).normal(size=(SIMULATED, len(shocks)))
    noise -= noise @ basis @ basis.T
    drawn, real = _statistic(noise, lags), _statistic(shocks[None, :], lags)[0]
    return float((1 + (drawn >= real).sum()) / (1 + SIMULATED))


def _statistic(residuals: Floats, lags: int) -> Floats:
    """Ljung and Box's statistic of each row."""
    n = residuals.shape[1]
    size = (residuals**2).sum(axis=1)
    found = np.zeros(len(residuals))
    for lag in range(1, lags + 1):
        found += ((residuals[:, lag:] * residuals[:, :-lag]).sum(axis=1) / size) ** 2 / (n - lag)
    return np.asarray(found * n * (n + 2))


def season_in_model(which: Terms) -> Check:
    """An interrupted series has its season among its terms."""
    words = {
        "fourier": Text(
            de="Die Saison ist im Modell (zwei Fourier-Paare).",
            en="The season is in the model (two Fourier pairs).",
        ),
        "months": Text(
            de="Die Saison ist im Modell (ein Glied je Monat).",
            en="The season is in the model (one term a month).",
        ),
        "weekdays": Text(de="Die Wochentage sind im Modell.", en="The weekdays are in the model."),
        "none": Text(
            de="Die Saison ist nicht im Modell und es zeigt sich keine.",
            en="The season is not in the model, and none shows.",
        ),
    }
    return Check(name="season", passed=True, text=words[which])


def season_left_out(p: float | None) -> Check:
    """A season that was left out on request must not be there."""
    if p is None:
        return Check(
            name="season",
            passed=None,
            text=Text(
                de="Ob es eine Saison gibt, lässt sich nicht prüfen: Es liegen keine zwei Jahre davor.",
                en="Whether there is a season cannot be tested: no two years lie before.",
            ),
        )
    if p >= LEVEL:
        return Check(name="season", passed=True, text=season_in_model("none").text, figure=p)
    words = Text(
        de="Es gibt eine Saison, die nicht im Modell ist ({p}).",
        en="There is a season that is not in the model ({p}).",
    )
    return Check(name="season", passed=False, text=words.fill(p=p_words(p)), figure=p)


def whole(before: Series, after: Series) -> Check:
    """Few periods of a series may be missing."""
    gaps = before.gaps + after.gaps
    share = gaps / max(len(before) + len(after) + gaps, 1)
    words = (
        Text(de="Keine Periode fehlt.", en="No period is missing.")
        if not gaps
        else Text(
            de="{gaps} Perioden ohne Wert ({share} Prozent).",
            en="{gaps} periods without a value ({share} percent).",
        )
    )
    return Check(
        name="whole",
        passed=share <= MISSING_SHARE,
        text=words.fill(gaps=gaps, share=number_words(100 * share, 1)),
        figure=share,
    )


def outliers(deviations: Floats, names: Sequence[str]) -> tuple[str, ...]:
    """The names of values that lie far off, by their robust z-score."""
    if len(deviations) < 5:
        return ()
    middle = float(np.median(deviations))
    spread = 1.4826 * float(np.median(np.abs(deviations - middle)))
    if spread <= 1e-12 * max(float(np.abs(deviations).max()), 1.0):
        return ()
    far = np.abs(deviations - middle) / spread > FAR
    return tuple(name for name, off in zip(names, far, strict=True) if off)
