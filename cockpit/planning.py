"""The targets that the workspace holds, and what is doubtful about them."""

from __future__ import annotations

from cockpit.kept import kept_rows
from cockpit.workspace import Workspace
from core.text import Text
from metrics.targets import TARGETS, doubts, plan


def target_doubts(ws: Workspace) -> tuple[Text, ...]:
    """Targets that no KPI answers to, and fractions where per cent are counted; none without data."""
    if ws.warehouse.head() is None:
        return ()
    with ws.open() as snapshot:
        plans = [plan(row) for row in kept_rows(ws, snapshot, TARGETS)]
    return doubts(plans, ws.kpis.entries.values())
