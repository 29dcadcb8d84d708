"""What a person saw at their last visit, and that they are here now."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from cockpit.news import Seen
from cockpit.workspace import Workspace


def arrive(ws: Workspace, person: str, snapshot: str) -> Seen | None:
    """Note that the person looks at the snapshot now; what they saw at the visit before, if there was one."""
    now = dt.datetime.now(ZoneInfo(ws.settings.time_zone)).replace(tzinfo=None)
    before = ws.state.visits.record(person, snapshot, now)
    return Seen(at=before.until, snapshot=before.snapshot) if before else None
