"""Qualification in a view: who is worth the effort, what a closing costs, why cases are lost, what waits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

import pandas as pd

from cockpit.scene import Scene, set_scene
from cockpit.workspace import Workspace
from core.contract import contract
from core.period import Period
from core.query import Query
from core.text import Text, same
from core.view import View
from journeys.funnel import Rate
from metrics import decided, entered, waiting
from metrics.availability import unmet
from metrics.entered import Cell
from metrics.factrows import told
from metrics.facts import facts
from metrics.qualification import Absent, CostOfClosing, Decided, Group, Qualified, Reason, Talks, Unattended
from metrics.rates import difference
from metrics.sides import sides

__all__ = ["QualificationView", "qualification"]

DEFAULT_PERIOD = "r12"
USUAL_DIMENSION = "segment"
WON, LOST = "event:won", "event:lost"
EFFORT = "contacts.cost|contacts.handling_minutes"


@dataclass(frozen=True, kw_only=True)
class QualificationView:
    """The sections in a view; each is Absent where the data lack what it needs.

    `all` is every closing of the period. `groups` are B2B and B2C where the segments say so, else the most
    frequent values of `dimension` (a column of contacts; `dimension_name` is what people call it).
    """

    model: str
    period: Period
    data_end: dt.datetime
    snapshot: str
    currency: str
    window_days: int
    all: Decided | Absent
    qualified: Qualified | Absent
    reasons: tuple[Reason, ...] | Absent
    competitors: tuple[Reason, ...] | Absent
    costs: CostOfClosing | Absent
    dimension: str
    dimension_name: Text
    groups: tuple[Group, ...] | Absent
    tiers: tuple[Group, ...] | Absent
    talks: Talks | Absent
    unattended: Unattended | Absent


def qualification(ws: Workspace, view: View) -> QualificationView | None:
    """The sections in a view, by default of the last twelve whole months; None while there are no contacts.

    Raises UsageFault for an unknown model, dimension or period.
    """
    if ws.warehouse.head() is None:
        return None
    view = replace(view, period=view.period or DEFAULT_PERIOD)
    with ws.open(view.model) as snapshot:
        scene = set_scene(ws, snapshot, view)
        return _Counted(scene, _dimension(scene)).view()


def _dimension(scene: Scene) -> str:
    """What groups are told apart by: the view's breakdown where entries have it, else the segment."""
    by = scene.view.by
    known = by is not None and facts()["entries"].has_dimension(by, scene.dimensions)
    return by if by is not None and known else USUAL_DIMENSION


class _Counted:
    """A scene with its entries and closings counted once for all sections."""

    def __init__(self, scene: Scene, dimension: str) -> None:
        self.scene = scene
        self.dimension = dimension
        self.cells: tuple[Cell, ...] = ()
        self.cases = pd.DataFrame()
        self.without_entries = self._absent("entries", "event:won")
        self.without_closings = self._absent("closings", WON, LOST)
        where, snapshot = scene.view.where, scene.snapshot
        if self.without_entries is None:
            end = scene.frame.data_end
            dims = self._dims("entries")
            kept = self._kept(entered.cells_query(told(facts()["entries"], scene.frame, dims), dims, end))
            self.cells = entered.cells(snapshot.rows(entered.entries_query(kept, where, dimension)))
        if self.without_closings is None:
            rows = told(facts()["closings"], scene.frame, self._dims("closings", *decided.CARRIED))
            query = decided.closings_query(self._kept(rows), where, scene.period, dimension)
            self.cases = snapshot.frame(query)

    def _dims(self, fact: str, *carried: str) -> tuple[str, ...]:
        """What a fact's rows are told apart by: what they carry, what the view asks for, what is offered."""
        scene, has = self.scene, facts()[fact].has_dimension
        offered = {name for name in scene.offered if has(name, scene.dimensions)} if self._lasting else set()
        return tuple(sorted({*carried, *offered, self.dimension, *scene.view.where}))

    @property
    def _lasting(self) -> bool:
        """Whether the view's dimensions are among the offered ones: others have relations of their own, which
        last no longer than the view."""
        return {*self.scene.view.where, self.dimension} <= {*self.scene.offered, USUAL_DIMENSION}

    def _kept(self, rows: Query) -> Query:
        return self.scene.kept(rows, lambda: rows) if self._lasting else rows

    def _absent(self, fact: str, *needs: str) -> Absent | None:
        """Why a section over this fact cannot be drawn, or None where it can."""
        lacking = unmet([*facts()[fact].needs, *needs], self.scene.feeds)
        if lacking:
            return Absent(needs=lacking)
        names = self.scene.view.where
        if not all(facts()[fact].has_dimension(name, self.scene.dimensions) for name in names):
            return Absent(filtered=True)
        return None

    def view(self) -> QualificationView:
        scene = self.scene
        label = contract()["contacts"].columns.get(self.dimension)
        header = scene.snapshot.manifest.dimensions.get(self.dimension, self.dimension)
        return QualificationView(
            model=scene.model.id,
            period=scene.period,
            data_end=scene.frame.data_end,
            snapshot=scene.snapshot.id,
            currency=scene.settings.currency,
            window_days=scene.settings.window_days,
            all=self.without_closings or decided.decided(self.cases),
            qualified=self.qualified(),
            reasons=self.reasons(decided.REASON),
            competitors=self.reasons(decided.COMPETITOR),
            costs=self.costs(),
            dimension=self.dimension,
            dimension_name=label.label if label else same(header),
            groups=self.groups(),
            tiers=self.tiers(),
            talks=self.talks(),
            unattended=self.unattended(),
        )

    @property
    def begun(self) -> tuple[Cell, ...]:
        return entered.began_in(self.scene.period, self.cells)

    def _decided(self, chosen: pd.Series[bool]) -> Decided | None:
        return decided.decided(self.cases[chosen]) if self.without_closings is None else None

    def qualified(self) -> Qualified | Absent:
        absent = self._absent("entries", "event:qualified", "event:won")
        if absent is not None:
            return absent
        known = self.without_closings is None
        flag = self.cases["qualified"].astype(bool) if known else pd.Series(dtype=bool)
        first = Group(
            key="qualified",
            entered=entered.counted([cell for cell in self.begun if cell.state == "qualified"]),
            decided=self._decided(flag),
        )
        others = Group(
            key="others",
            entered=entered.counted([cell for cell in self.begun if cell.state != "qualified"]),
            decided=self._decided(~flag),
        )
        unfit = [cell for cell in self.begun if cell.state == "disqualified"]
        return Qualified(
            qualified=first,
            others=others,
            disqualified=Group(key="disqualified", entered=entered.counted(unfit), decided=None)
            if unfit
            else None,
            funnel=difference(_funnel(first), _funnel(others)),
            winning=difference(_winning(first), _winning(others)),
        )

    def reasons(self, column: str) -> tuple[Reason, ...] | Absent:
        absent = self._absent("closings", LOST, f"contacts.{column}")
        if absent is not None or self.without_closings is not None:
            return absent or self.without_closings or ()
        return decided.reasons(self.cases, column)

    def costs(self) -> CostOfClosing | Absent:
        absent = self._absent("entries", WON, EFFORT)
        if absent is not None:
            return absent
        frame = self.scene.frame
        return entered.cost_of_closing(
            self.cells,
            window_days=frame.settings.window_days,
            data_start=frame.data_start,
            data_end=frame.data_end,
        )

    def groups(self) -> tuple[Group, ...] | Absent:
        absent = self._absent("entries", WON, f"contacts.{self.dimension}")
        if absent is not None:
            return absent
        frequent = Counter[str]()
        for cell in self.begun:
            frequent[cell.group] += cell.entries
        shown = sides(name for name, _ in frequent.most_common())
        members: dict[str, list[str]] = {}
        for segment, name in shown.items():
            members.setdefault(name, []).append(segment)
        return tuple(self._group(name, members[name]) for name in members)

    def _group(self, name: str, segments: list[str]) -> Group:
        known = self.without_closings is None
        return Group(
            key=name,
            entered=entered.counted([cell for cell in self.begun if cell.group in segments]),
            decided=self._decided(self.cases["in_group"].isin(segments)) if known else None,
        )

    def tiers(self) -> tuple[Group, ...] | Absent:
        if self.without_closings is not None:
            return self.without_closings
        found = decided.tiers(self.cases, self.scene.settings.price_tiers)
        if not found:
            return Absent(needs=("contacts.price_tier",))
        return tuple(Group(key=tier, entered=None, decided=counts) for tier, counts in found)

    def talks(self) -> Talks | Absent:
        absent = self._absent("entries", "event:talk", WON)
        return absent if absent is not None else entered.talks(self.begun)

    def unattended(self) -> Unattended | Absent:
        absent = self._absent("open_offers", "contacts.direction")
        if absent is not None:
            return absent
        scene, now = self.scene, waiting.as_of(self.scene.frame)
        dims = self._dims("open_offers", *waiting.CARRIED)
        rows = told(facts()["open_offers"], waiting.latest(scene.frame), dims)
        query = waiting.offers_query(self._kept(rows), scene.view.where, now, scene.frame.data_end)
        return waiting.unattended(scene.snapshot.rows(query), now)


def _funnel(group: Group) -> Rate | None:
    return group.entered.rate if group.entered else None


def _winning(group: Group) -> Rate | None:
    return group.decided.rate if group.decided else None
