"""What the first visitor after an import would wait for, worked out before: the default views' results."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from cockpit.news import Seen
from cockpit.overview import overview
from cockpit.scope import scope_of
from cockpit.workspace import Workspace
from core.view import View

SECONDS = 3600
"""Nobody waits for a page here: a long history may take its time."""

_log = logging.getLogger(__name__)


def prepare(ws: Workspace, progress: Callable[[float], None] | None = None) -> None:
    """Keeps beside the current snapshot what the overview, the handbook and the filter bar show of it without
    filters, in every journey model, and the cells that filters read. `progress` goes from 0 to 1.

    A failure is logged and costs the next visitor time, nothing else.
    """
    try:
        scope, head = scope_of(ws), ws.warehouse.head()
        if scope is None or head is None:
            return
        for number, (model, _, _) in enumerate(scope.models, 1):
            with ws.warehouse.open(model=model, seconds=SECONDS) as snapshot:
                reading = replace(ws, opened=snapshot)
                overview(reading, View(model=model))
                if head.parent:  # whoever saw the snapshot before asks what came since
                    overview(reading, View(model=model), Seen(at=head.made_at, snapshot=head.parent))
            if progress:
                progress(number / len(scope.models))
    except Exception:  # noqa: BLE001 - the import has been stored: nothing that happens here may say otherwise
        _log.exception("The results of the new snapshot could not be worked out in advance.")
