"""Snapshots as a person sees them: which there are, what changed between two, going back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from store.warehouse.comparing import SourceChange
from store.warehouse.manifest import Import, Manifest


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A kept snapshot. `imports` are those that made it (none: made by changed settings or models).

    `contacts` are the counted ones, `planned` lie after their source's data end.
    """

    id: str
    number: int
    made_at: dt.datetime
    current: bool
    pinned: bool
    sample: bool
    sources: tuple[str, ...]
    imports: tuple[Import, ...]
    contacts: int
    planned: int
    erasures: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What changed from one snapshot to another. `phases` maps a phase to contacts (before, after).

    The phase "" stands for contacts without one.
    """

    before: str
    after: str
    sources: tuple[SourceChange, ...]
    phases: dict[str, tuple[int, int]]

    @property
    def nothing(self) -> bool:
        return not self.sources and all(before == after for before, after in self.phases.values())


def listed(ws: Workspace) -> list[Listed]:
    """All kept snapshots, the newest first."""
    head = ws.warehouse.head()
    kept = ws.warehouse.snapshots()
    by_id = {manifest.id: manifest for manifest in kept}
    return [
        Listed(
            id=manifest.id,
            number=manifest.number,
            made_at=manifest.made_at,
            current=head is not None and manifest.id == head.id,
            pinned=manifest.pinned,
            sample=manifest.sample,
            sources=tuple(sorted(manifest.sources)),
            imports=_own_imports(manifest, by_id.get(manifest.parent or "")),
            contacts=manifest.counted,
            planned=sum(source.planned for source in manifest.sources.values()),
            erasures=len(manifest.erasures),
        )
        for manifest in kept
    ]


def difference(ws: Workspace, before: str, after: str) -> Difference:
    """What the snapshot `after` has otherwise than `before`. UsageFault where one of them is not kept."""
    older, newer = ws.warehouse.manifest(before), ws.warehouse.manifest(after)
    phases = list(dict.fromkeys([*_phases(newer), *_phases(older)]))
    return Difference(
        before=before,
        after=after,
        sources=tuple(ws.warehouse.compare(before, after)),
        phases={
            phase: (_contacts(older, phase), _contacts(newer, phase))
            for phase in phases
            if _contacts(older, phase) or _contacts(newer, phase)
        },
    )


def go_back(ws: Workspace, snapshot: str, person: str) -> Manifest:
    """Makes a kept snapshot the current one and writes down who did. Nothing is lost: later ones stay."""
    manifest = ws.warehouse.go_back(snapshot)
    ws.state.audit.write(person, "go_back", snapshot, ws.now())
    return manifest


def _own_imports(manifest: Manifest, parent: Manifest | None) -> tuple[Import, ...]:
    before = {done.id for done in parent.imports} if parent else set()
    return tuple(
        done
        for done in manifest.imports
        if done.id not in before and (parent is not None or done.at == manifest.made_at)
    )


def _phases(manifest: Manifest) -> tuple[str, ...]:
    return (*manifest.models[manifest.base_model].phases, "")


def _contacts(manifest: Manifest, phase: str) -> int:
    return manifest.by_phase.get(phase, 0) if phase else sum(manifest.unassigned.values())
