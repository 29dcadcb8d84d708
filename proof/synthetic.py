"""Synthetic control: a mix of control units that ran like the treated before go-live, and went on without it.

Abadie, Diamond and Hainmueller (2010): weights of zero or more that sum to one, chosen on the outcomes of
all periods before; judged by how large the gap after is, against the gap before, among all units.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, comb

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from core.text import Text
from proof import assumptions
from proof.autoregressive import Floats
from proof.effect import Check, Coefficient, Effect, Point
from proof.measured import Measured
from proof.numerals import number_words
from proof.options import DEFAULTS, Options
from proof.panel import told_apart
from proof.refusals import PERIODS, not_fitted, not_positive, refusal, too_few, too_few_units
from proof.window import end_of
from proof.windows import Rows

FEWEST_DONORS = 19
"""With fewer no permutation p-value can reach 0.05 (1 / 20)."""
FEWEST_BEFORE = 5
"""Periods before go-live; weights chosen on fewer fit anything."""
MOST_PLACEBOS = 199
"""Where several units are treated together, so many sets of controls are tried."""
FIT = 2.0
"""The treated may be missed by at most so many times what the donors are missed by (median)."""
PLACEBO_AT, WEIGHT_SHOWN = 2 / 3, 0.005


@dataclass(frozen=True, kw_only=True)
class _Gap:
    """Treated minus mix, period by period, and the weights of the mix."""

    gaps: Floats
    weights: Floats

    def miss(self, periods: slice) -> float:
        """Root mean square of the gaps."""
        return float(np.sqrt((self.gaps[periods] ** 2).mean()))


@dataclass(frozen=True, kw_only=True)
class _Study:
    """Period x unit of the treated and of the donors; `before`: how many periods lie before go-live."""

    treated: pd.DataFrame
    donors: pd.DataFrame
    before: int
    dropped: int
    options: Options

    @property
    def target(self) -> Floats:
        return np.asarray(self.treated.mean(axis=1), dtype=float)

    @property
    def others(self) -> Floats:
        return self.donors.to_numpy(float)

    @property
    def early(self) -> slice:
        return slice(0, self.before)

    @property
    def late(self) -> slice:
        return slice(self.before, None)

    @property
    def tiny(self) -> float:
        """Misses below this are none: they would divide by rounding errors."""
        return 1e-9 * max(float(np.abs(self.target).max()), 1e-300)

    def until(self, periods: int, before: int) -> _Study:
        """The same for the first periods only, with go-live moved back."""
        return replace(
            self, treated=self.treated.iloc[:periods], donors=self.donors.iloc[:periods], before=before
        )

    def gap(self, without: int | None = None) -> _Gap:
        """The gap of the treated; `without`: a donor that is left out."""
        others = self.others if without is None else np.delete(self.others, without, axis=1)
        return _gap(self.target, others, self.before)

    def placebos(self) -> list[_Gap]:
        """The gaps of donors in the place of the treated, as many at once as were treated."""
        columns, together = range(self.donors.shape[1]), self.treated.shape[1]
        if together == 1 or comb(len(columns), together) <= MOST_PLACEBOS:
            sets = list(combinations(columns, together))
        else:
            random = np.random.default_rng(self.options.seed)
            sets = [
                tuple(random.choice(len(columns), size=together, replace=False)) for _ in range(MOST_PLACEBOS)
            ]
        others = self.others
        return [
            _gap(others[:, list(each)].mean(axis=1), np.delete(others, list(each), axis=1), self.before)
            for each in sets
        ]

    def p(self, found: _Gap, placebos: list[_Gap]) -> float:
        """Share of all units, the treated included, whose gap grows at least as much."""
        growth = [each.miss(self.late) / max(each.miss(self.early), self.tiny) for each in (found, *placebos)]
        return float((np.array(growth) >= growth[0] * (1 - 1e-12)).mean())

    def reach(self, found: _Gap, placebos: list[_Gap]) -> float:
        """Half the interval: how far 95 % of the mean gaps lie from zero where nothing happened, each in
        units of its own miss before, times the miss of the treated."""
        sizes = np.sort(
            [
                abs(float(each.gaps[self.late].mean())) / max(each.miss(self.early), self.tiny)
                for each in placebos
            ]
        )
        place = ceil(0.95 * (len(sizes) + 1)) - 1
        return float(sizes[min(place, len(sizes) - 1)]) * max(found.miss(self.early), self.tiny)


def synthetic(measured: Measured, options: Options = DEFAULTS) -> Effect:
    """The mean gap over the after window between the treated (their mean) and their synthetic control.

    Judged by its permutation p. Refused with fewer than 19 donors or five periods before go-live.
    """
    if reason := measured.fault:
        return refusal(measured, "synthetic", reason)
    if not measured.controlled or not told_apart(measured.rows):
        lacking = too_few_units("synthetic", (1, 1), (0, FEWEST_DONORS))
        return refusal(measured, "synthetic", lacking or not_fitted())
    study = _study(measured, options)
    treated, donors = study.treated.shape[1], study.donors.shape[1]
    late = len(study.treated) - study.before
    reason = too_few_units("synthetic", (treated, 1), (donors, FEWEST_DONORS)) or too_few(
        "synthetic", PERIODS, (study.before, FEWEST_BEFORE), (late, 1)
    )
    if reason:
        return refusal(measured, "synthetic", reason)
    if options.log:
        if wrong := int((study.treated <= 0).to_numpy().sum() + (study.donors <= 0).to_numpy().sum()):
            return refusal(measured, "synthetic", not_positive(wrong))
        study = replace(study, treated=study.treated.map(np.log), donors=study.donors.map(np.log))
    return _effect(measured, study)


def _study(measured: Measured, options: Options) -> _Study:
    """Periods in which all treated have values; donors with a gap are dropped and counted."""
    rows = Rows.of(measured)
    chosen = measured.rows.loc[rows.earlier.index.union(rows.after.index)]
    tables = [
        part.pivot_table(index="period", columns="unit", values="value", aggfunc="mean")
        for part in (chosen[chosen["treated"]], chosen[~chosen["treated"]])
    ]
    treated = tables[0].dropna(axis=0)
    donors = tables[1].reindex(treated.index)
    whole = donors.dropna(axis=1)
    return _Study(
        treated=treated, donors=whole, dropped=donors.shape[1] - whole.shape[1], options=options,
        before=int((treated.index < pd.Timestamp(measured.go_live)).sum()),
    )  # fmt: skip


def mixed(target: Floats, donors: Floats) -> Floats:
    """Weights of zero or more that sum to one and miss the target least (rows: periods, columns: donors)."""
    size = max(float(np.abs(donors).max()), float(np.abs(target).max()), 1e-300)
    # The last row holds the sum to one; it weighs so much that the rest cannot pull it away.
    heavy = 1e3 * np.sqrt(len(target))
    matrix = np.vstack([(donors - target[:, None]) / size, np.full(donors.shape[1], heavy)])
    wanted = np.zeros(len(target) + 1)
    wanted[-1] = heavy
    weights, _ = nnls(matrix, wanted, maxiter=50 * donors.shape[1])
    return np.asarray(weights / weights.sum())


def _gap(target: Floats, donors: Floats, before: int) -> _Gap:
    weights = mixed(target[:before], donors[:before])
    return _Gap(gaps=target - donors @ weights, weights=weights)


def _effect(measured: Measured, study: _Study) -> Effect:
    found, placebos = study.gap(), study.placebos()
    log, early, late = study.options.log, study.early, study.late
    change, reach = float(found.gaps[late].mean()), study.reach(found, placebos)
    target, mix = study.target, study.target - found.gaps
    if log:
        target, mix = np.exp(target), np.exp(mix)
    others = np.exp(study.others) if log else study.others
    after, expected = float(target[late].mean()), float(mix[late].mean())
    ends = (change, change - reach, change + reach)
    if log:
        expected = after / float(np.exp(change))
        shares = [float(np.expm1(each)) for each in ends]
        amounts = [expected * share for share in shares]
    else:
        amounts = list(ends)
        shares = [each / expected if expected else float("nan") for each in ends]
    relative = sorted(shares[1:])
    days = [stamp.date() for stamp in study.treated.index]
    weighty = [
        (str(name), float(weight))
        for name, weight in zip(study.donors.columns, found.weights, strict=True)
        if weight >= WEIGHT_SHOWN
    ]
    usual = float(np.median([each.miss(early) for each in placebos]))
    return Effect(
        design="synthetic", kpi=measured.kpi, kind=measured.kind, better=measured.better,
        unit_name=measured.unit_name, estimate=amounts[0], low=amounts[1], high=amounts[2],
        p=study.p(found, placebos), relative=shares[0], relative_low=relative[0], relative_high=relative[1],
        before=float(target[early].mean()), after=after, expected=expected,
        control_before=float(others[early].mean()), control_after=float(others[late].mean()),
        n_before=study.before, n_after=len(days) - study.before, n_treated=study.treated.shape[1],
        n_control=study.donors.shape[1], periods_before=study.before,
        periods_after=len(days) - study.before,
        baseline=(days[0], end_of(days[study.before - 1], measured.grain) - dt.timedelta(days=1)),
        window=(days[study.before], end_of(days[-1], measured.grain) - dt.timedelta(days=1)),
        coefficient=Coefficient(
            value=change, se=None, low=change - reach, high=change + reach, df=None,
            scale="log" if log else "unit",
        ),
        checks=(_fit(found.miss(early), usual), _backdated(study, measured)),
        notes=_notes(study, found), missing=measured.missing + study.dropped,
        points=tuple(
            Point(
                period=day, side="after" if place >= study.before else "before",
                treated=float(target[place]), beside=float(mix[place]),
            )
            for place, day in enumerate(days)
        ),
        weights=tuple(sorted(weighty, key=lambda pair: -pair[1])),
        method=Text(
            de="synthetische Vergleichsgruppe aus {count} Einheiten, Permutation",
            en="synthetic control from {count} units, permutation",
        ).fill(count=study.donors.shape[1]),
    )  # fmt: skip


def _fit(missed: float, usual: float) -> Check:
    fine = missed <= FIT * usual
    words = (
        Text(
            de="Die Mischung trifft den Verlauf vor dem Go-live (im Mittel {missed} daneben; bei den "
            "Vergleichseinheiten {usual}).",
            en="The mix meets the course before go-live (off by {missed} on average, controls by {usual}).",
        )
        if fine
        else Text(
            de="Keine Mischung trifft den Verlauf vor dem Go-live (im Mittel {missed} daneben; bei den "
            "Vergleichseinheiten {usual}).",
            en="No mix meets the course before go-live (off by {missed} on average, controls by {usual}).",
        )
    )
    figure = missed / usual if usual else None
    shown = words.fill(missed=number_words(missed, 2), usual=number_words(usual, 2))
    return Check(name="fit", passed=fine, text=shown, figure=figure)


def _backdated(study: _Study, measured: Measured) -> Check:
    """Weights chosen on the first two thirds: the rest of the time before go-live must show nothing."""
    at = round(study.before * PLACEBO_AT)
    if at < 2 or study.before - at < 1:
        return assumptions.placebo(None, None)
    past = study.until(study.before, at)
    p = past.p(past.gap(), past.placebos())
    return assumptions.placebo(p, measured.named(past.treated.index[at].date()))


def _notes(study: _Study, found: _Gap) -> tuple[Text, ...]:
    """Without any single donor of weight: how far the effect moves."""
    without = [
        float(study.gap(without=int(place)).gaps[study.late].mean())
        for place in np.flatnonzero(found.weights >= WEIGHT_SHOWN)
    ]
    notes = [
        Text(
            de="Lässt man je eine Vergleichseinheit weg, liegt die Wirkung zwischen {low} und {high}.",
            en="Leaving out one control unit at a time, the effect lies between {low} and {high}.",
        ).fill(low=_shown(min(without), study.options), high=_shown(max(without), study.options))
    ]
    if study.dropped:
        notes.append(
            Text(
                de="{count} Vergleichseinheiten mit fehlenden Werten bleiben außen vor.",
                en="{count} control units with missing values are left out.",
            ).fill(count=study.dropped)
        )
    return tuple(notes)


def _shown(change: float, options: Options) -> Text:
    if options.log:
        shown = number_words(100 * float(np.expm1(change)), 1)
        return Text(de="{x} Prozent", en="{x} percent").fill(x=shown)
    return number_words(change, 2)
