"""Whether a plain before/after comparison may be read at all: what its own past says about it.

A baseline that was the worst stretch is followed by better ones without anybody's doing (regression to the
mean); a trend or a season goes on without anybody's doing. All three need periods before the baseline.
"""

from __future__ import annotations

import numpy as np

from core.text import Text
from proof import assumptions, seasons
from proof.autoregressive import Floats
from proof.effect import Check
from proof.measured import Measured
from proof.numerals import p_words
from proof.segmented import Break, of_counts, of_means
from proof.series import Series, series

FEWEST_HISTORY = 3
"""Periods before the baseline that a history has at least; and never fewer than the baseline itself has."""


def history_checks(measured: Measured, estimate: float, *, shows: bool) -> tuple[Check, ...]:
    """Checks of a plain comparison; `shows`: whether its interval excludes zero. What shows nothing cannot be
    explained away: then only the baseline itself is judged."""
    history, baseline, after = (
        series(rows[rows["treated"]], measured)
        for rows in (measured.history_rows, measured.before_rows, measured.after_rows)
    )
    needed = max(FEWEST_HISTORY, len(baseline))
    if len(history) < needed:
        return (_no_history(len(history), needed),)
    earlier = measured.earlier_rows
    before = series(earlier[earlier["treated"]], measured)
    worst = _stretch(before, len(baseline), estimate, measured)
    if not shows:
        return (worst,)
    chosen = measured.rows.loc[earlier.index.union(measured.after_rows.index)]
    both = series(chosen[chosen["treated"]], measured)
    return (
        worst,
        _against(both, measured, estimate, trend=False),
        _against(both, measured, estimate, trend=True),
        _season(both, measured, estimate, before=before, windows=(baseline, after)),
    )


def _no_history(have: int, needed: int) -> Check:
    words = Text(
        de="Vor dem Basiszeitraum gibt es {have} Perioden, nötig sind {need}; es fehlen {lack}. Ob er ein "
        "schlechter Ausschnitt war, lässt sich nicht sagen.",
        en="There are {have} periods before the baseline, {need} are needed; {lack} are missing. Whether it "
        "was a bad stretch cannot be said.",
    )
    return Check(
        name="history",
        passed=None,
        text=words.fill(have=have, need=needed, lack=needed - have),
        figure=float(have),
    )


def _stretch(before: Series, length: int, estimate: float, measured: Measured) -> Check:
    """The baseline against every stretch of the same length before it."""
    means = np.array([float(before.values[i : i + length].mean()) for i in range(len(before) - length + 1)])
    earlier, last = means[:-1], means[-1]
    high = measured.better == "higher"
    slack = 1e-9 * max(1.0, abs(last))
    lowest, highest = last < earlier.min() - slack, last > earlier.max() + slack
    worst, best = (lowest, highest) if high else (highest, lowest)
    gained = (estimate > 0) == high
    if worst:
        words = Text(
            de="Der Basiszeitraum ist der schlechteste Abschnitt seiner Vorgeschichte: Danach wird es meist "
            "von selbst besser.",
            en="The baseline is the worst stretch of its history: after that, things mostly get better by "
            "themselves.",
        )
    elif best and not gained:
        words = Text(
            de="Der Basiszeitraum ist der beste Abschnitt seiner Vorgeschichte: Danach wird es meist von "
            "selbst schlechter.",
            en="The baseline is the best stretch of its history: after that, things mostly get worse by "
            "themselves.",
        )
    else:
        words = Text(
            de="Der Basiszeitraum ist kein besonders schlechter Abschnitt ({count} Abschnitte davor).",
            en="The baseline is not a particularly bad stretch ({count} stretches before it).",
        ).fill(count=len(earlier))
    rank = float((earlier < last).mean() if high else (earlier > last).mean())
    return Check(name="history", passed=not (worst or (best and not gained)), text=words, figure=rank)


def _against(both: Series, measured: Measured, estimate: float, *, trend: bool) -> Check:
    """The change must also stand against the whole past, as a level and as a straight line."""
    found = _change(both, measured, np.empty((len(both), 0)), trend=trend)
    if trend:
        name = "trend"
        stands = Text(
            de="Der Unterschied geht über die Fortsetzung des bisherigen Verlaufs hinaus ({p}).",
            en="The difference goes beyond the continuation of the trend so far ({p}).",
        )
        falls = Text(
            de="Der Unterschied kann die Fortsetzung des bisherigen Verlaufs sein ({p}).",
            en="The difference may be the continuation of the trend so far ({p}).",
        )
    else:
        name = "level"
        stands = Text(
            de="Der Unterschied besteht auch gegenüber der ganzen Zeit davor ({p}).",
            en="The difference also stands against the whole time before ({p}).",
        )
        falls = Text(
            de="Gegenüber der ganzen Zeit davor ist kein Unterschied zu sehen ({p}).",
            en="Against the whole time before, no difference shows ({p}).",
        )
    return _judged(name, found, estimate, stands, falls)


def _season(
    both: Series, measured: Measured, estimate: float, *, before: Series, windows: tuple[Series, Series]
) -> Check:
    """Both windows hold the same times of the year, or the season does not explain the change."""
    if seasons.alike(windows[0].periods, windows[1].periods, measured.grain):
        return Check(
            name="season",
            passed=True,
            text=Text(
                de="Beide Zeiträume umfassen dieselben Zeiten des Jahres.",
                en="Both windows hold the same times of the year.",
            ),
        )
    if not seasons.known(before, measured.grain):
        return Check(
            name="season",
            passed=None,
            text=Text(
                de="Die Zeiträume umfassen verschiedene Zeiten des Jahres, und für die Saison reicht die "
                "Zeit davor nicht (zwei Jahre). Abhilfe: dieselben Monate vergleichen.",
                en="The windows hold different times of the year, and the time before does not suffice for "
                "the season (two years). Remedy: compare the same months.",
            ),
        )
    which = seasons.chosen("auto", before, before.values, measured.grain)
    found = _change(both, measured, seasons.terms(both.periods, measured.grain, which), trend=True)
    return _judged(
        "season",
        found,
        estimate,
        Text(
            de="Die Saison erklärt den Unterschied nicht ({p}).",
            en="The season does not explain the difference ({p}).",
        ),
        Text(
            de="Die Saison kann den Unterschied erklären ({p}).",
            en="The season may explain the difference ({p}).",
        ),
    )


def _change(both: Series, measured: Measured, season: Floats, *, trend: bool) -> Break | None:
    late = np.array([period >= measured.go_live for period in both.periods], dtype=bool)
    try:
        if measured.kind == "count":
            exposure = both.exposure if bool(np.isfinite(both.exposure).all()) else np.ones(len(both))
            return of_counts(
                both.counts, exposure, both.positions, late, season, trend=trend, slope=False,
                autocorrelated=True,
            )  # fmt: skip
        return of_means(
            both.values, both.positions, late, season, trend=trend, slope=False,
            weights=both.weights if measured.kind == "rate" else None,
        )  # fmt: skip
    except ValueError:
        return None


def _judged(name: str, found: Break | None, estimate: float, stands: Text, falls: Text) -> Check:
    if found is None:
        return Check(
            name=name,
            passed=None,
            text=Text(
                de="Es gibt zu wenige Perioden, um den bisherigen Verlauf zu prüfen.",
                en="There are too few periods to test the course so far.",
            ),
        )
    fine = found.p < assumptions.LEVEL and found.change.value * estimate > 0
    return Check(
        name=name, passed=fine, text=(stands if fine else falls).fill(p=p_words(found.p)), figure=found.p
    )
