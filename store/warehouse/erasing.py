"""Erasing customers: out of every snapshot, kept original and rejects file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa

from core.query import identifier
from journeys.building import VISITS_PER_JOURNEY
from store.engine import parquet
from store.warehouse.chunks import as_dictionaries
from store.warehouse.data_end import planned
from store.warehouse.derive import summaries
from store.warehouse.erased import Erased
from store.warehouse.files import place
from store.warehouse.manifest import Erasure, Fold, Import, Manifest, Model, Part
from store.warehouse.naming import Naming, naming
from store.warehouse.tally import Tally
from store.warehouse.views import create_contacts, layers_of
from store.warehouse.workbench import Workbench

_ORDERS = (
    ("customer", "journey", "occurred_at", "phase_no", "row_key"),
    ("customer", "visit"),
    ("file_no", "row_no", "contact_no"),
    ("row_no", "contact_no"),
    ("customer", "journey"),
)
"""What the rows of contacts, visits, source parts (joined or not) and journeys are ordered by."""


def erase_customers(bench: Workbench, erased: Erased, ids: Collection[str], at: dt.datetime) -> Erasure:
    """Erases the customers everywhere below the workspace. Under the writer lock only; may be repeated.

    Originals that name a customer are deleted whole, and so are all of a source that held one where none of
    them can be told to. Manifests keep which part became which under the erasure's id.
    """
    erased.begin(ids)
    erased.add(ids)
    manifests = [bench.files.manifest(kept) for kept in bench.files.manifest_ids()]
    bench.do("CREATE OR REPLACE TEMP TABLE leaving AS SELECT unnest($ids) AS customer_id", {"ids": list(ids)})
    cleaned: dict[str, Part | None] = {}
    rows = 0
    journeys = _journeys_of_sightings(manifests)
    for part in {part.sha256: part for manifest in manifests for part in manifest.parts()}.values():
        seen_in = journeys.get(part.sha256)
        rest = _cleaned(bench, part) if seen_in is None else _cleaned_sightings(bench, part, seen_in)
        if rest != part:
            cleaned[part.sha256] = rest
            rows += (part.rows - (rest.rows if rest else 0)) if part.records else 0
    originals = _originals_to_go(bench, manifests, cleaned, ids)
    for file in sorted(bench.files.rejects.iterdir()):
        _clean_rejects(bench, file.name, ids)
    erasure = Erasure(
        id=uuid.uuid4().hex[:12],
        at=at,
        customers=len(ids),
        parts={old: new.sha256 if new else None for old, new in cleaned.items()},
        originals=tuple(sorted(originals)),
        rows=rows,
    )
    known: dict[tuple[str, ...], dict[str, Any]] = {}
    kept = [_without(bench, manifest, cleaned, erasure, known) for manifest in manifests]
    for manifest in kept:
        bench.files.write_manifest(manifest)
    bench.files.sweep(kept)
    erased.end()
    return erasure


def returned_customers(bench: Workbench, erased: Erased) -> list[str]:
    """Erased customers whom some part holds all the same (the workspace was restored from a backup)."""
    is_erased = erased.test()
    manifests = [bench.files.manifest(kept) for kept in bench.files.manifest_ids()]
    found: set[str] = set()
    for part in {part.sha256: part for manifest in manifests for part in manifest.parts()}.values():
        origin = bench.over([part])
        if is_erased and "customer_id" in bench.columns(origin):
            held = [row[0] for row in bench.rows(f"SELECT DISTINCT customer_id FROM {origin}")]
            found.update(name for name, gone in zip(held, is_erased(held), strict=True) if gone)
    return sorted(found)


def _cleaned(bench: Workbench, part: Part) -> Part | None:
    """The part without the leaving customers: itself where it has none of them, None where nobody else is in.

    A derived part stays even when it is empty, since its columns are still needed.
    """
    origin = bench.over([part])
    columns = bench.columns(origin)
    if "customer_id" not in columns:
        return part
    (count,) = bench.row(f"SELECT count(*) FROM {origin} SEMI JOIN leaving USING (customer_id)")
    if not count:
        return part
    if count == part.rows and part.records:
        return None
    order = next(order for order in _ORDERS if set(order) <= set(columns))
    records = 0
    if part.records:
        numbered = "file_no, row_no" if "file_no" in columns else "row_no"
        (records,) = bench.row(
            f"""SELECT count(*) FROM (SELECT DISTINCT {numbered} FROM {origin}
            WHERE coalesce(customer_id NOT IN (FROM leaving), true))"""
        )
    return bench.write(
        f"""SELECT * FROM {origin} WHERE coalesce(customer_id NOT IN (FROM leaving), true)
        ORDER BY {", ".join(map(identifier, order))}""",
        records=records,
        files=part.files,
    )


def _journeys_of_sightings(manifests: Sequence[Manifest]) -> dict[str, tuple[Part, ...]]:
    """By part of `sightings`, which name no customers: the parts of `journeys` that tell whose they are."""
    layers = [
        model
        for manifest in manifests
        for models in (manifest.models, *(fold.models for fold in manifest.folds))
        for model in models.values()
    ]
    return {part.sha256: model.journeys for model in layers for part in model.sightings}


def _cleaned_sightings(bench: Workbench, part: Part, journeys: Sequence[Part]) -> Part:
    """The part of `sightings` without those in the journeys of leaving customers."""
    origin = bench.over([part])
    theirs = (
        f"visit // {VISITS_PER_JOURNEY} IN "
        f"(SELECT journey FROM {bench.over(journeys)} SEMI JOIN leaving USING (customer_id))"
    )
    (count,) = bench.row(f"SELECT count(*) FROM {origin} WHERE {theirs}")
    if not count:
        return part
    return bench.write(f"SELECT * FROM {origin} WHERE NOT ({theirs}) ORDER BY kind, visit, after, value")


def _originals_to_go(
    bench: Workbench,
    manifests: Sequence[Manifest],
    cleaned: Mapping[str, Part | None],
    ids: Collection[str],
) -> set[str]:
    """Hashes of originals that name a customer, and of those that may without our being able to see it."""
    by_source: dict[str, set[str]] = {}
    held: set[str] = set()
    for manifest in manifests:
        for done in manifest.imports:
            if done.original:
                by_source.setdefault(done.counts.source, set()).add(done.original)
        for name, source in manifest.sources.items():
            if any(part.sha256 in cleaned for part in source.parts):
                held.add(name)
    found = {
        original: naming(bench, bench.files.originals / f"{original}.bin", ids)
        for original in sorted(set().union(*by_source.values()))
    }
    going = {original for original, verdict in found.items() if verdict is Naming.NAMED}
    for name in held:
        suspects = by_source.get(name, set())
        unseen = {original for original in suspects if found[original] is Naming.CANNOT_TELL}
        going |= unseen if suspects & going else suspects
    return going


def _clean_rejects(bench: Workbench, name: str, ids: Collection[str]) -> None:
    """Takes out the rejects whose value or reason holds a customer's id."""
    file = bench.files.rejects / name
    origin = parquet([file])
    held = """list_bool_or(list_transform($ids, lambda id:
        contains(concat_ws(chr(10), value, reason_de, reason_en), id)))"""
    (count,) = bench.row(f"SELECT count(*) FROM {origin} WHERE {held}", {"ids": list(ids)})
    if not count:
        return
    target = bench.folder / f"{uuid.uuid4().hex}.parquet"
    bench.do(
        f"COPY (SELECT * FROM {origin} WHERE NOT {held} ORDER BY ALL) TO $target (FORMAT parquet)",
        {"ids": list(ids), "target": str(target)},
    )
    place(target, file)


def _without(
    bench: Workbench,
    manifest: Manifest,
    cleaned: Mapping[str, Part | None],
    erasure: Erasure,
    known: dict[tuple[str, ...], dict[str, Any]],
) -> Manifest:
    """The manifest over the cleaned parts, counted anew; `known` shares figures between manifests."""

    def rest(parts: Sequence[Part]) -> tuple[Part, ...]:
        left = (cleaned.get(part.sha256, part) for part in parts)
        return tuple(part for part in left if part is not None)

    def without_original(done: Import) -> Import:
        if done.original not in erasure.originals:
            return done
        return done.model_copy(update={"original": None, "original_erased": True})

    imports = tuple(map(without_original, manifest.imports))
    erasures = (*manifest.erasures, erasure)
    if not any(part.sha256 in cleaned for part in manifest.parts()):
        return manifest.model_copy(update={"imports": imports, "erasures": erasures})
    sources = {
        name: source.model_copy(update={"parts": rest(source.parts)})
        for name, source in manifest.sources.items()
    }

    def of_models(models: Mapping[str, Model]) -> dict[str, Model]:
        return {
            name: model.model_copy(
                update={
                    "visits": rest(model.visits),
                    "journeys": rest(model.journeys),
                    "sightings": rest(model.sightings),
                }
            )
            for name, model in models.items()
        }

    def of_fold(fold: Fold) -> Fold:
        return fold.model_copy(update={"contacts": rest(fold.contacts), "models": of_models(fold.models)})

    smaller = manifest.model_copy(
        update={
            "contacts": rest(manifest.contacts),
            "models": of_models(manifest.models),
            "folds": tuple(map(of_fold, manifest.folds)),
        }
    )
    key = tuple(part.sha256 for source in sources.values() for part in source.parts)
    key += tuple(part.sha256 for part in smaller.contacts)
    key += tuple(part.sha256 for fold in smaller.folds for part in fold.contacts)
    if key not in known:
        create_contacts(bench.con, bench.files, layers_of(smaller, "contacts"))
        tally = Tally()
        for batch in bench.batches("FROM contacts"):
            tally.add(as_dictionaries(pa.table(batch)))
        known[key] = summaries(bench.cursor(), sources, tally)
    return smaller.model_copy(
        update={
            "sources": {
                name: source.model_copy(
                    update={"planned": planned(bench, source.table, source.parts, source.data_end)}
                )
                for name, source in sources.items()
            },
            "imports": imports,
            "erasures": erasures,
            **known[key],
        }
    )
