"""What goes with moving on from a phase, in a view."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cockpit.ledger import model_of, phase_of, selection_of
from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from journeys.triggers import (
    FEWEST,
    MOVED,
    OPEN,
    Trigger,
    candidates_of,
    compare,
    sightings_query,
    stays_of,
    stays_query,
)

__all__ = ["Trigger", "TriggersView", "triggers"]


@dataclass(frozen=True, kw_only=True)
class TriggersView:
    """The triggers of a phase, the strongest evidence first. They are associations, never causes.

    `running` visits had not ended at the landmark; `undecided` of them are still open and left out, `moved`
    of the decided moved forward. `looked_at` candidates were tested, `too_small` others were seen (or not
    seen) by too few visits. `confidence` is the level of all intervals in percent, adjusted for selection.
    `note` says why there is nothing to say.
    """

    model: str
    phase: str
    name: Text
    landmark_days: float | None
    running: int
    undecided: int
    moved: int
    looked_at: int
    too_small: int
    confidence: float
    triggers: tuple[Trigger, ...]
    period: Period
    data_end: dt.datetime
    snapshot: str
    note: Text | None

    @property
    def decided(self) -> int:
        return self.running - self.undecided

    @property
    def selected(self) -> tuple[Trigger, ...]:
        """Those that hold after correction for all that was looked at."""
        return tuple(trigger for trigger in self.triggers if trigger.selected)


def triggers(ws: Workspace, view: View, phase: str) -> TriggersView | None:
    """The triggers of a phase; None while there are no contacts. `view.period` None: twelve whole months.

    Raises UsageFault for a phase that the model does not have, an unknown model, dimension or period.
    """
    head = ws.warehouse.head()
    model = model_of(ws, view.model)
    wanted = phase_of(model, phase)
    selection = selection_of(ws, replace(view, period=view.period or "r12", by=None), head)
    if head is None or selection is None or selection.period is None:
        return None
    number = model.phase_ids.index(phase) + 1
    with ws.open(model.id) as snapshot:
        stays = stays_of(snapshot.arrow(stays_query(selection, number)))
        hours = stays.landmark
        running = stays.running(hours or 0)
        seen = [] if hours is None else candidates_of(running, snapshot.arrow(sightings_query(number, hours)))
    undecided, moved = running.count(OPEN), running.count(MOVED)
    decided = len(running.visit) - undecided
    found = compare(seen, decided=decided, moved=moved)
    return TriggersView(
        model=model.id,
        phase=phase,
        name=wanted.name,
        landmark_days=None if hours is None else hours / 24,
        running=len(running.visit),
        undecided=undecided,
        moved=moved,
        looked_at=len(found.triggers),
        too_small=found.too_small,
        confidence=100 * found.confidence,
        triggers=found.triggers,
        period=selection.period,
        data_end=selection.data_end,
        snapshot=head.id,
        note=None if found.triggers else _nothing_to_say(hours, decided, moved),
    )


def _nothing_to_say(hours: int | None, decided: int, moved: int) -> Text:
    """Why no value could be tested."""
    if hours is None:
        return Text(
            de="Im Zeitraum ist noch kein Besuch dieser Phase zu Ende gegangen.",
            en="No visit of this phase has ended in the period yet.",
        )
    running = {"n": decided, "days": round(hours / 24, 1), "fewest": 2 * FEWEST}
    if decided < 2 * FEWEST:
        return Text(
            de="Nur {n} entschiedene Besuche liefen nach {days} Tagen (Median der Phase) noch; "
            "verglichen wird ab {fewest}.",
            en="Only {n} decided visits were still running after {days} days (the phase's median); "
            "they are compared from {fewest} on.",
        ).fill(**running)
    if moved == decided:
        return Text(
            de="Alle {n} entschiedenen Besuche, die nach {days} Tagen (Median der Phase) noch liefen, gingen "
            "weiter: Da gibt es nichts zu vergleichen.",
            en="All {n} decided visits still running after {days} days (the phase's median) moved on: "
            "there is nothing to compare.",
        ).fill(**running)
    if moved == 0:
        return Text(
            de="Keiner der {n} entschiedenen Besuche, die nach {days} Tagen (Median der Phase) noch liefen, "
            "ging weiter: Da gibt es nichts zu vergleichen.",
            en="None of the {n} decided visits still running after {days} days (the phase's median) moved "
            "on: there is nothing to compare.",
        ).fill(**running)
    return Text(
        de="Kein Touchpoint, kein Inhalt und keine Rolle kommt bei mindestens {fewest} Besuchen vor und "
        "fehlt bei mindestens ebenso vielen.",
        en="No touchpoint, content or role occurs in at least {fewest} visits and is missing in as many.",
    ).fill(fewest=FEWEST)
