"""The warehouse of a workspace: commits, snapshots, going back, erasing."""

from __future__ import annotations

import datetime as dt
import errno
import os
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from duckdb import IOException, OutOfMemoryException

from core.catalog import Catalog
from core.errors import InputFault, UsageFault
from core.settings import Settings
from core.text import Text
from journeys.model import JourneyModel
from store.intake.mapping import TouchpointRule
from store.warehouse.comparing import SourceChange, compare
from store.warehouse.data_end import data_end, planned, planned_in
from store.warehouse.derive import Derived, contact_sources, derive
from store.warehouse.erased import Erased
from store.warehouse.erasing import erase_customers, returned_customers
from store.warehouse.files import Files
from store.warehouse.folding import fold
from store.warehouse.joining import joined
from store.warehouse.lock import only_writer
from store.warehouse.manifest import Batch, Commit, Erasure, Import, Manifest, Source
from store.warehouse.merge import merge
from store.warehouse.recipe import Recipe, same_inputs
from store.warehouse.rejects import keep_rejects
from store.warehouse.results import Results
from store.warehouse.retention import kept_snapshots
from store.warehouse.snapshot import SECONDS, Snapshot
from store.warehouse.workbench import Workbench, workbench

Progress = Callable[[float], None]
WAIT_SECONDS = 5.0


class Warehouse:
    """Snapshots of a workspace folder. Readers never wait; writers come one at a time (else Busy)."""

    def __init__(self, root: Path, *, wait: float = WAIT_SECONDS) -> None:
        self.root = root
        self.files = Files(root)
        self.files.make()
        self._erased = Erased(root)
        self._results = Results(root, self.files.scratch)
        self._wait = wait

    def commit(
        self,
        batches: Sequence[Batch],
        models: Catalog[JourneyModel],
        settings: Settings,
        progress: Progress | None = None,
        *,
        without: Collection[str] = (),
    ) -> Commit:
        """All batches in one new snapshot; sources named in `without` are left out of it.

        Importing own files leaves sample sources out; a sample beside own data is a UsageFault. Nothing is
        visible, and nothing lost, before the last step, which switches the pointer.
        """
        recipe = Recipe.of(models, settings)
        report = progress or _silent
        with self._writing() as folder:
            head = self.head()
            sources = dict(head.sources) if head else {}
            for name in [*without, *_displaced(batches, sources)]:
                sources.pop(name, None)
            imports: list[Import] = []
            kept: list[Future[str] | None] = []
            now = dt.datetime.now(ZoneInfo(settings.time_zone)).replace(tzinfo=None)
            given = [file for batch in batches for file in (batch.records, batch.rejects) if file]
            with workbench(self.files, folder, given) as bench, ThreadPoolExecutor(1) as beside:
                for number, batch in enumerate(batches):
                    imports.append(self._import(bench, batch, sources, now))
                    # Originals are copied while the tables are built.
                    original = None if imports[-1].original_erased else batch.original
                    kept.append(beside.submit(self.files.keep_original, original) if original else None)
                    report(0.4 * (number + 1) / len(batches))
                built = self._built(bench, sources, recipe, lambda done: report(0.4 + 0.6 * done))
                imports = [
                    done.model_copy(update={"original": copy.result() if copy else None})
                    for done, copy in zip(imports, kept, strict=True)
                ]
            return self._publish(sources, recipe, built, imports, now)

    def rebuild(
        self,
        models: Catalog[JourneyModel],
        settings: Settings,
        *,
        touchpoints: Mapping[str, Mapping[str, TouchpointRule]] | None = None,
        progress: Progress | None = None,
    ) -> Commit | None:
        """A new snapshot of the same source parts if models, settings or touchpoints have changed, else None.

        `touchpoints` replaces the touchpoint map of the sources it names.
        """
        recipe = Recipe.of(models, settings)
        current = self.head()
        changed = touchpoints or (current and current.built_from != recipe.fingerprint)
        if current is None or not (changed or self._erased.is_behind() or self._erased.unfinished()):
            return None  # asked at every start: it must not wait behind a writer
        with self._writing() as folder:
            head = self._head_or_fault()
            sources = dict(head.sources)
            for name, rules in (touchpoints or {}).items():
                sources[name] = sources[name].model_copy(update={"touchpoints": dict(rules)})
            if head.built_from == recipe.fingerprint and same_inputs(sources, head.sources):
                return None
            now = dt.datetime.now(ZoneInfo(settings.time_zone)).replace(tzinfo=None)
            with workbench(self.files, folder) as bench:
                built = self._built(bench, sources, recipe, progress or _silent)
            return self._publish(sources, recipe, built, [], now)

    def is_stale(self, models: Catalog[JourneyModel], settings: Settings) -> bool:
        """Whether models or settings have changed since the current snapshot was built."""
        head = self.head()
        return head is not None and head.built_from != Recipe.of(models, settings).fingerprint

    def head(self) -> Manifest | None:
        """The current snapshot, None in an empty workspace."""
        current = self.files.head_id()
        return self.files.manifest(current) if current else None

    def manifest(self, snapshot: str) -> Manifest:
        """UsageFault where there is none of that id."""
        return self.files.manifest(snapshot)

    def is_kept(self, snapshot: str) -> bool:
        """Whether there is a snapshot of that id."""
        return snapshot in self.files.manifest_ids()

    def snapshots(self) -> list[Manifest]:
        """All kept ones, newest first."""
        return [self.files.manifest(snapshot) for snapshot in self.files.manifest_ids()]

    def go_back(self, snapshot: str) -> Manifest:
        """Makes a kept snapshot the current one. Later ones stay, so that going forward again is possible."""
        with self._writing():
            manifest = self.files.manifest(snapshot)
            damaged = self.files.damaged(manifest.parts(), fully=True)
            if damaged:
                raise InputFault(
                    Text(
                        de="Der Schnappschuss {id} ist beschädigt ({count} Dateien); der jetzige bleibt.",
                        en="Snapshot {id} is damaged ({count} files); the current one stays.",
                    ).fill(id=snapshot, count=len(damaged))
                )
            self.files.point_to(snapshot)
            return manifest

    def pin(self, snapshot: str, *, pinned: bool = True) -> None:
        """A pinned snapshot is never pruned (a claim or a baseline rests on it)."""
        with self._writing():
            self.files.write_manifest(self.files.manifest(snapshot).model_copy(update={"pinned": pinned}))

    def open(
        self, snapshot: str | None = None, model: str | None = None, *, seconds: int = SECONDS
    ) -> Snapshot:
        """The snapshot (None: the current one) in a model's phases (None: the base model's).

        No question may take longer than `seconds`. InputFault where there are no data yet.
        """
        manifest = self.files.manifest(snapshot) if snapshot else self._head_or_fault()
        return Snapshot(self.files, manifest, model, seconds=seconds)

    def kept_result(self, snapshot: str, key: str) -> bytes | None:
        """What was kept for a snapshot under a key; None where nothing was. See results.py for keys."""
        return self._results.kept(snapshot, key)

    def keep_result(self, snapshot: str, key: str, data: bytes) -> None:
        """Keeps what a snapshot's data say, until it is pruned or a customer is erased. May raise OSError."""
        self._results.keep(snapshot, key, data)

    def verify(self, snapshot: str | None = None) -> list[str]:
        """Names of parts whose bytes are missing or no longer match their hash; empty is whole."""
        manifest = self.files.manifest(snapshot) if snapshot else self._head_or_fault()
        return self.files.damaged(manifest.parts(), fully=True)

    def compare(self, before: str, after: str) -> list[SourceChange]:
        """Records that are new, changed or gone from one kept snapshot to another, by source."""
        older, newer = self.files.manifest(before), self.files.manifest(after)
        with self.files.reading() as folder, workbench(self.files, folder) as bench:
            return compare(bench, older, newer)

    def erase(self, customer_ids: Collection[str]) -> Erasure:
        """Takes the customers' rows out of every snapshot, original and rejects file, and keeps them out."""
        ids = sorted({one for one in customer_ids if one})
        if not ids:
            raise UsageFault(
                Text(de="Bitte nennen Sie mindestens einen Kunden.", en="Please name at least one customer.")
            )
        with self._writing() as folder:
            return self._erase(folder, ids)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Nobody else writes while the block runs; an erasure that was broken off is finished before it."""
        with self._writing():
            yield

    def returned(self, mentioned: Collection[str]) -> list[str]:
        """Erased customers whom a workspace restored from a backup holds again: in its parts or `mentioned`.

        The next writer takes them out of the parts.
        """
        is_erased = self._erased.test()
        if is_erased is None:
            return []
        with self.files.reading() as folder, workbench(self.files, folder) as bench:
            held = returned_customers(bench, self._erased)
        named = sorted(mentioned)
        return sorted({*held, *(one for one, gone in zip(named, is_erased(named), strict=True) if gone)})

    def _head_or_fault(self) -> Manifest:
        head = self.head()
        if head is None:
            raise InputFault(
                Text(
                    de="In diesem Arbeitsbereich sind noch keine Daten. Importieren Sie eine Datei oder "
                    "laden Sie die Beispieldaten.",
                    en="There are no data in this workspace yet. Import a file or load the sample data.",
                )
            )
        return head

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        with _room(), only_writer(self.files.lock, self._wait), self.files.workbench() as folder:
            if unfinished := self._erased.unfinished():
                self._erase(folder, unfinished)
            if self._erased.is_behind():
                with workbench(self.files, folder) as bench:
                    returned = returned_customers(bench, self._erased)
                self._erase(folder, returned)
            yield folder

    def _erase(self, folder: Path, ids: Collection[str]) -> Erasure:
        self._results.drop()
        try:
            with workbench(self.files, folder, [self.files.originals]) as bench:
                return erase_customers(bench, self._erased, ids, dt.datetime.now())
        finally:  # whatever somebody counted meanwhile counted the erased customers too
            self._results.drop()

    def _import(
        self,
        bench: Workbench,
        batch: Batch,
        sources: dict[str, Source],
        now: dt.datetime,
    ) -> Import:
        """Merges a batch into `sources` and returns its record, which does not name the original yet."""
        before = sources.get(batch.source)
        if before and before.table != batch.table:
            raise InputFault(
                Text(
                    de="Die Quelle „{source}“ enthält schon die Tabelle „{before}“ und kann nicht auch "
                    "„{table}“ sein.",
                    en="The source “{source}” already holds the table “{before}” and cannot be “{table}” "
                    "as well.",
                ).fill(source=batch.source, before=before.table, table=batch.table)
            )
        merged = merge(bench, batch, before.parts if before else (), self._erased.test())
        end = data_end(bench, batch.table, merged.accepted, batch.data_end, now)
        if before and before.data_end and batch.mode != "replace":
            # What the source covered before it still covers; a file of older rows takes nothing away.
            end = max(end or before.data_end, before.data_end)
        sources[batch.source] = Source(
            table=batch.table,
            mode=batch.mode,
            data_end=end,
            sample=batch.sample,
            touchpoints={**(before.touchpoints if before else {}), **batch.touchpoints},
            dimensions={**(before.dimensions if before else {}), **batch.dimensions},
            mapping=batch.mapping,
            parts=merged.parts,
            planned=planned(bench, batch.table, merged.parts, end),
        )
        identity = f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}"
        return Import(
            id=identity,
            at=now,
            file=batch.original_name,
            original_erased=bool(merged.erased_rows),
            rejects=keep_rejects(bench, identity, batch.rejects, merged.erased_rows),
            counts=merged.counts.model_copy(
                update={"planned": planned_in(bench, batch.table, merged.accepted, end)}
            ),
        )

    def _built(
        self, bench: Workbench, sources: dict[str, Source], recipe: Recipe, progress: Progress
    ) -> dict[str, Any]:
        """The derived fields of the manifest, shared with the current snapshot where nothing changed."""
        head = self.head()
        if head and head.built_from == recipe.fingerprint and same_inputs(sources, head.sources):
            return {field.name: getattr(head, field.name) for field in fields(Derived)}
        made = fold(bench, head, sources, recipe) if head else None
        if made is None:
            for name, source in contact_sources(sources).items():
                sources[name] = source.model_copy(update={"parts": joined(bench, source.parts)})
            made = derive(bench, sources, recipe, progress)
        return {field.name: getattr(made, field.name) for field in fields(Derived)}

    def _publish(
        self,
        sources: dict[str, Source],
        recipe: Recipe,
        built: dict[str, Any],
        imports: Sequence[Import],
        now: dt.datetime,
    ) -> Commit:
        """Writes the manifest, switches the pointer, prunes."""
        head = self.head()
        number = max((int(kept.split("-")[0]) for kept in self.files.manifest_ids()), default=0) + 1
        manifest = Manifest(
            id=f"{number:06d}-{uuid.uuid4().hex[:8]}",
            number=number,
            made_at=now,
            parent=head.id if head else None,
            base_model=recipe.base.id,
            sources=sources,
            built_from=recipe.fingerprint,
            imports=(*(head.imports if head else ()), *imports),
            erasures=head.erasures if head else (),
            **built,
        )
        self.files.write_manifest(manifest)
        self.files.point_to(manifest.id)
        self._prune()
        return Commit(
            snapshot=manifest.id,
            previous=head.id if head else None,
            sources=tuple(done.counts for done in imports),
        )

    def _prune(self) -> None:
        """Forgets snapshots past retention, then the files that no kept manifest names."""
        found = self.snapshots()
        kept = kept_snapshots(found, self.files.head_id())
        for manifest in found:
            if manifest.id not in kept:
                self.files.drop_manifest(manifest.id)
        self.files.sweep([manifest for manifest in found if manifest.id in kept])
        self._results.drop(except_for=kept)


def _displaced(batches: Sequence[Batch], sources: Mapping[str, Source]) -> list[str]:
    """Sample sources that make room for own data. Own data never make room for a sample: UsageFault."""
    if not batches:
        return []
    if all(batch.sample for batch in batches):
        if any(not source.sample for source in sources.values()):
            raise UsageFault(
                Text(
                    de="In diesem Arbeitsbereich liegen eigene Daten; Beispieldaten kommen nicht dazu.",
                    en="This workspace holds data of your own; sample data are not mixed in.",
                )
            )
        return []
    return [name for name, source in sources.items() if source.sample]


@contextmanager
def _room() -> Iterator[None]:
    """A full disk or too little memory is something a person can do something about: InputFault."""
    try:
        yield
    except (OSError, IOException, OutOfMemoryException) as error:
        reason = str(error)
        if not isinstance(error, OutOfMemoryException) and os.strerror(errno.ENOSPC) not in reason:
            raise
        raise InputFault(
            Text(
                de="Der Platz auf der Festplatte oder im Speicher reicht nicht. Es wurde nichts "
                "geändert. ({reason})",
                en="There is too little room on the disk or in memory. Nothing was changed. ({reason})",
            ).fill(reason=reason.splitlines()[0])
        ) from error


def _silent(_: float) -> None:
    """For callers that do not watch."""
