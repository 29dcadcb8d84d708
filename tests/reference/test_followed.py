"""A KPI that follows cases, over a real file: the figure that the file's description names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from cockpit.evaluation import evaluate
from cockpit.handbook import explain
from cockpit.importing import import_file, load_mapping
from cockpit.workspace import Workspace, open_workspace
from core.query import Query
from core.view import View
from tests.reference.conftest import HERE, reference_file

KPIS = """
[won_expected]
kind = "survival"
of = "journey_fates"
end = "won_days"
competing = "lost_days"
horizon_days = {horizon}
unit = "percent"
direction = "up"
name = {{ de = "Erwartete Auftragsquote", en = "Expected order rate" }}
question = {{ de = "Wie viele?", en = "How many?" }}
how = {{ de = "Ab dem ersten Kontakt.", en = "From the first contact." }}

[days_until]
kind = "survival"
of = "journey_fates"
end = "won_days"
competing = "lost_days"
horizon_days = {horizon}
quantile = 0.2597
unit = "days"
direction = "down"
name = {{ de = "Tage", en = "Days" }}
question = {{ de = "Wann?", en = "When?" }}
how = {{ de = "Ab dem ersten Kontakt.", en = "From the first contact." }}
"""
YEARS = View(period="2016-01..2017-12")


def workspace(tmp_path: Path, horizon: int) -> Workspace:
    root = tmp_path / "workspace"
    (root / "kpis").mkdir(parents=True)
    (root / "kpis" / "crm.toml").write_text(KPIS.format(horizon=horizon), encoding="utf-8")
    ws = open_workspace(root)
    assert ws.kpis.faults == ()
    import_file(ws, reference_file("crm"), load_mapping(HERE / "mappings" / "crm.toml"))
    return ws


@pytest.mark.parametrize(
    ("horizon", "followed", "share"), [(138, 5_991, 51.94), (120, 6_402, 50.00), (365, 358, 51.94)]
)
def test_opportunities_of_the_crm_are_won_as_known(
    tmp_path: Path, horizon: int, followed: int, share: float
) -> None:
    ws = workspace(tmp_path, horizon)
    rate, days = evaluate(ws, YEARS, ["won_expected", "days_until"])
    assert rate.estimate is not None
    assert rate.value == pytest.approx(share, abs=0.005)
    assert (rate.n, rate.estimate.followed, rate.estimate.days) == (8_300, followed, horizon)
    assert rate.estimate.lower < share < rate.estimate.upper
    if horizon == 138:
        assert days.value == 59  # half of those who are won by then
    assert explain(ws, "won_expected", YEARS).value == pytest.approx(rate.value)


def test_statsmodels_reads_the_same_from_the_single_opportunities(tmp_path: Path) -> None:
    ws = workspace(tmp_path, 138)
    with ws.warehouse.open() as snapshot:
        rows = snapshot.frame(Query(sql="SELECT first_at, won_at, lost_at FROM journeys"))
        end = min(s.data_end for s in snapshot.manifest.sources.values() if s.data_end is not None)
    seen = (end - rows["first_at"]).dt.days
    won, lost = ((rows[name] - rows["first_at"]).dt.days for name in ("won_at", "lost_at"))
    status = np.where(won <= seen, 1, np.where(lost <= seen, 2, 0))
    time = np.where(status == 1, won, np.where(status == 2, lost, seen))
    theirs = CumIncidenceRight(time + 1.0, status)
    course = explain(ws, "won_expected", YEARS).course
    for point in course:
        place = np.searchsorted(theirs.times, point.day + 1, side="right") - 1
        assert point.share == pytest.approx(100 * theirs.cinc[0][place] if place >= 0 else 0.0)
        assert point.competing == pytest.approx(100 * theirs.cinc[1][place] if place >= 0 else 0.0)
    assert course[-1].day == 138
