"""Folding an import that only adds contacts into the tables that are there, instead of building them anew.

All contacts of the customers that it touches are told again, from the source parts and by the same code as in
a build, and stored beside the built tables. A list of superseded customers says whose rows hold where.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.query import identifier
from store.warehouse.chunks import Meanings, store
from store.warehouse.contacts import stored, tell
from store.warehouse.derive import Derived, contact_sources, own_dimensions, summaries
from store.warehouse.manifest import Fold, Manifest, Source
from store.warehouse.recipe import Recipe
from store.warehouse.tally import Tally
from store.warehouse.views import create_derived, superseded_rows
from store.warehouse.workbench import Workbench

MOST_FOLDS = 15
SHARE = 8
ALWAYS = 10_000
"""Folded contacts may be one in SHARE of those built, or ALWAYS."""

_HASHES = ("record_key", "record_hash")


def fold(bench: Workbench, head: Manifest, sources: Mapping[str, Source], recipe: Recipe) -> Derived | None:
    """The derived tables with what the sources have more than in `head`; None where a build is due.

    That is: where there were no contacts, where something was changed or removed, where what makes the tables
    is another, where a phase of some model has data for the first time (or no more), and where too much has
    been folded in already.
    """
    before, feeding = contact_sources(head.sources), contact_sources(sources)
    if not any(source.parts for source in before.values()):
        return None  # there is nothing to fold into
    if not _only_adds(head, before, feeding, recipe):
        return None
    origin = stored(bench, feeding)
    columns = [name for name in bench.columns(origin) if name not in _HASHES]
    if ("journey_id" in columns) != ("journey_id" in bench.columns(stored(bench, before))):
        return None
    _touch(bench, before, feeding)
    bench.do(
        f"""CREATE OR REPLACE TABLE touched_row AS
        SELECT {", ".join(f"r.{identifier(name)}" for name in columns)} FROM {origin} r
        SEMI JOIN touched USING (customer_id)"""
    )
    (rows,) = bench.row("SELECT count(*) FROM touched_row")
    held = sum(part.rows for each in head.folds for part in each.contacts)
    if held + rows > max(sum(part.rows for part in head.contacts) // SHARE, ALWAYS):
        return None
    known = Meanings.of(recipe, head.meaning_pairs)
    create_derived(bench.con, bench.files, head, recipe.base.id)
    bench.do(
        """CREATE OR REPLACE TABLE known AS
        SELECT customer_id, journey_id, customer, journey FROM journeys
        SEMI JOIN touched USING (customer_id)"""
    )
    last = bench.row("SELECT coalesce(max(customer), 0), coalesce(max(journey), 0) FROM journeys")
    first_new = (1 + last[0], 1 + last[1])
    told = tell(bench, "touched_row", feeding, recipe, known="known", first_new=first_new, before=before)
    number = 1 + max((each.number for each in head.folds), default=0)
    stream = bench.batches(told.contacts.sql, told.contacts.values)
    made = store(
        bench, stream, recipe, known, own_dimensions(feeding), journey_ids=told.journey_ids, fold=number,
        expected=rows,
    )  # fmt: skip
    total = Tally.of(head).plus(made.before, -1).plus(made.tally)
    if Meanings.of(recipe, total.meanings).walked != known.walked:
        return None  # what was stored is named by no manifest and swept
    superseded = bench.write(
        f"""SELECT * FROM (
            SELECT customer, journey, fold FROM {superseded_rows(bench.files, head)} s
            ANTI JOIN numbered USING (customer)
            UNION ALL SELECT customer, journey, {number} FROM numbered)
        ORDER BY customer, journey"""
    )
    same = {
        name: profile
        for name, profile in head.profile.items()
        if name in sources and sources[name].parts == head.sources[name].parts
    }
    return Derived(
        contacts=head.contacts,
        models=head.models,
        folds=(*head.folds, Fold(number=number, contacts=made.contacts, models=made.models)),
        superseded=superseded,
        **summaries(bench, sources, total, same),
    )


def _only_adds(
    head: Manifest, before: Mapping[str, Source], feeding: Mapping[str, Source], recipe: Recipe
) -> bool:
    """Whether the same recipe meets the same sources of contacts, with nothing but further parts."""
    return (
        head.built_from == recipe.fingerprint
        and len(head.folds) < MOST_FOLDS
        and before.keys() == feeding.keys()
        and all(
            after.parts[: len(before[name].parts)] == before[name].parts
            and after.touchpoints == before[name].touchpoints
            and (was := before[name].data_end) is not None
            and after.data_end is not None
            and after.data_end >= was
            for name, after in feeding.items()
        )
    )


def _touch(bench: Workbench, before: Mapping[str, Source], feeding: Mapping[str, Source]) -> None:
    """`touched`: the customers of contacts that are new, or counted only now that the data reach further."""
    bench.do("CREATE OR REPLACE TABLE touched (customer_id VARCHAR)")
    for name, after in feeding.items():
        was = before[name]
        new = after.parts[len(was.parts) :]
        if new:
            bench.do(
                f"INSERT INTO touched SELECT customer_id FROM {bench.over(new)} WHERE occurred_at <= $end",
                {"end": after.data_end},
            )
        if was.planned and after.data_end != was.data_end:
            bench.do(
                f"""INSERT INTO touched SELECT customer_id FROM {bench.over(was.parts)}
                WHERE occurred_at > $was AND occurred_at <= $end""",
                {"was": was.data_end, "end": after.data_end},
            )
    bench.do("CREATE OR REPLACE TABLE touched AS SELECT DISTINCT customer_id FROM touched")
