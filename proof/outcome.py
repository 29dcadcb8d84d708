"""What a comparison of groups gave, and the effect that it makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.text import Text
from proof.contrasts import Found
from proof.effect import Check, Coefficient, Effect
from proof.interrupted import span
from proof.measured import Measured
from proof.options import Options
from proof.series import series
from proof.windows import Rows, cells, points


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a shape of data gave. `figures`: mean of the treated before and after, of the others likewise;
    `units`: how many of each group; `lost`: units or periods left out."""

    found: Found
    figures: tuple[float, float, float, float]
    units: tuple[int, int]
    checks: tuple[Check, ...]
    notes: tuple[Text, ...] = ()
    outliers: tuple[str, ...] = ()
    lost: int = 0


def assembled(rows: Rows, measured: Measured, options: Options, outcome: Outcome) -> Effect:
    """The effect that an outcome makes, with both groups' figures and courses."""
    found = outcome.found
    before, after, control_before, control_after = outcome.figures
    ends = (found.value, found.low, found.high)
    if options.log:
        expected = after / float(np.exp(found.value))
        shares = [float(np.expm1(each)) for each in ends]
        amounts = [expected * share for share in shares]
    else:
        expected = after - found.value
        amounts = list(ends)
        shares = [each / expected if expected else float("nan") for each in ends]
    relative = sorted(shares[1:])
    sides = [series(side[side["treated"]], measured) for side in (rows.before, rows.after)]
    treated = [side[side["treated"]] for side in (rows.before, rows.after)]
    return Effect(
        design="did", kpi=measured.kpi, kind=measured.kind, better=measured.better,
        unit_name=measured.unit_name, estimate=amounts[0], low=amounts[1], high=amounts[2], p=found.p,
        relative=shares[0], relative_low=relative[0], relative_high=relative[1], before=before, after=after,
        control_before=control_before, control_after=control_after, expected=expected,
        n_before=len(treated[0]), n_after=len(treated[1]), n_treated=outcome.units[0],
        n_control=outcome.units[1], periods_before=rows.periods_before, periods_after=len(sides[1]),
        baseline=span(sides[0], measured), window=span(sides[1], measured),
        coefficient=Coefficient(
            value=found.value, se=found.se, low=found.low, high=found.high, df=found.df,
            scale="log" if options.log else "unit", clustered_se=found.clustered_se,
        ),
        cells=cells(rows, measured), checks=outcome.checks, notes=outcome.notes,
        missing=max(measured.missing, outcome.lost), outliers=outcome.outliers,
        points=points(rows, measured), method=found.method,
    )  # fmt: skip
