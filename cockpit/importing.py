"""Importing files: preview what will happen, then store it, all files in one commit or none."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cockpit.arriving import (
    Arrived,
    Arriving,
    Progress,
    arrive,
    present_parts,
    scaled,
    scratch_folder,
    wall_clock,
)
from cockpit.holding import hold_snapshots
from cockpit.people import name_of
from cockpit.workspace import SETTINGS, Workspace
from core.contract import contract
from core.errors import InputFault, UsageFault
from core.period import Month
from core.settings import Settings
from core.text import Text
from store.intake.deciding import Question, answered
from store.intake.mapping import Mapping, dump_mapping, load_mapping, parse_mapping
from store.intake.preview import Outlook, first_rows, last_by, outlook, unassigned
from store.intake.reading import Layout, Reader
from store.intake.records import Reason, Records
from store.warehouse.data_end import BY_PERIOD
from store.warehouse.manifest import Batch, Import, SourceCounts

__all__ = [
    "FileReport", "ImportReport", "Mapping", "Preview", "Question", "answer", "dump_mapping", "import_file",
    "import_files", "load_mapping", "parse_mapping", "preview", "rejects",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import would do. Nothing has been stored.

    `records` is the independent count of the file's rows: records = new + unchanged + changed + rejected.
    While `questions` has a blocking one, `counts`, `reasons` and `rows` show the file as it would be read by
    the suggested or first answer, and importing demands an answer. `origin` says where the mapping comes
    from: given, remembered or proposed.
    `unassigned`: contacts of touchpoints without a phase. `rows` are the first contacts or rows as read.
    `confidence` (0 to 1) is how sure a proposed mapping is; 1 for a given or remembered one.
    """

    file: str
    layout: Layout
    mapping: Mapping
    origin: str
    confidence: float
    questions: tuple[Question, ...]
    notices: tuple[Text, ...]
    records: int
    counts: SourceCounts
    reasons: tuple[Reason, ...]
    unassigned: dict[str, int]
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    data_end: dt.datetime | None
    rows: pd.DataFrame

    @property
    def blocked(self) -> bool:
        return any(question.blocking for question in self.questions)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What became of one file. `counts.records` = new + unchanged + changed + rejected = rows in the file."""

    file: str
    counts: SourceCounts
    reasons: tuple[Reason, ...]
    unassigned: dict[str, int]
    mapping: Mapping
    import_id: str


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """The new snapshot, the one before it, what became of each file, and sources that gave way to it."""

    snapshot: str
    previous: str | None
    files: tuple[FileReport, ...]
    dropped: tuple[str, ...] = ()

    def sentence(self) -> Text:
        """The outcome in one sentence for each file."""
        parts = [
            Text(
                de="{file}: Zeilen gelesen: {records}, davon {new} neu, {changed} geändert, {unchanged} "
                "unverändert, {rejected} abgelehnt. {made}",
                en="{file}: rows read: {records}, of them {new} new, {changed} changed, {unchanged} "
                "unchanged, {rejected} rejected. {made}",
            ).fill(
                file=each.file, records=each.counts.records, new=each.counts.new,
                changed=each.counts.changed, unchanged=each.counts.unchanged, rejected=each.counts.rejected,
                made=_made(each.counts),
            )
            for each in self.files
        ]  # fmt: skip
        return Text(de=" ".join(p.de for p in parts), en=" ".join(p.en for p in parts))


def _made(counts: SourceCounts) -> Text:
    """What the rows became: contacts, or rows of the table that was filled."""
    if counts.table == "contacts":
        return Text(
            de="Kontakte: {n}, davon {planned} geplant.", en="Contacts: {n}, of them {planned} planned."
        ).fill(n=counts.contacts, planned=counts.planned)
    return Text(de="{table}: {n}.", en="{table}: {n}.").fill(
        table=contract()[counts.table].label, n=counts.contacts
    )


def preview(
    ws: Workspace,
    file: Path,
    mapping: Mapping | None = None,
    *,
    name: str | None = None,
    sheet: str | None = None,
    now: dt.datetime | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read the file and say what importing it would do.

    Without a mapping the one last used for files of this shape is taken, else one is proposed. `name` is what
    the file is called (uploads have temporary paths). Raises InputFault where the file cannot be read.
    """
    shown = name or file.name
    with scratch_folder(ws) as folder:
        arriving = Arriving(file, mapping, shown, sheet)
        with Reader(folder) as reader:
            read = arrive(ws, arriving, reader, folder, scaled(progress, 0.0, 0.9), strict=False)
        mapped = read.decided.mapping
        moment = now or wall_clock(ws)
        end = _data_end(ws, mapped, read.records, moment, folder)
        expected = outlook(read.records, mapped.mode, present_parts(ws, mapped), end, folder / "spill")
        rows = first_rows(read.records, folder / "spill")
        if progress:
            progress(1.0)
        return Preview(
            file=shown,
            layout=read.raw.layout,
            mapping=mapped,
            origin=read.origin,
            confidence=read.confidence,
            questions=read.decided.questions,
            notices=read.raw.layout.notices,
            records=read.raw.records,
            counts=_counts(mapped, read, expected),
            reasons=read.records.reasons,
            unassigned=unassigned(read.records, mapped),
            first_at=read.records.first_at,
            last_at=read.records.last_at,
            data_end=end,
            rows=rows,
        )


def answer(mapping: Mapping, answers: dict[str, str]) -> Mapping:
    """The mapping with answers to a preview's questions filled in."""
    return answered(mapping, answers)


def import_file(
    ws: Workspace,
    file: Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    name: str | None = None,
    sheet: str | None = None,
    now: dt.datetime | None = None,
    person: str | None = None,
) -> ImportReport:
    """Import one file. Raises InputFault where anything is open or wrong; then nothing has been stored.

    `person` is who did it, for the audit trail: the name typed in this workspace if not given.
    """
    return _import(ws, [Arriving(file, mapping, name or file.name, sheet)], progress, now, person=person)


def import_files(
    ws: Workspace,
    files: Sequence[tuple[Path, Mapping | None]],
    progress: Progress | None = None,
    *,
    now: dt.datetime | None = None,
    without: Collection[str] = (),
    person: str | None = None,
) -> ImportReport:
    """Import several files in one commit: all of them or none. Sources in `without` are left out."""
    return _import(
        ws, [Arriving(file, mapping, file.name) for file, mapping in files], progress, now, without,
        person=person,
    )  # fmt: skip


def rejects(ws: Workspace, import_id: str) -> pd.DataFrame:
    """The rejects of an import: row_no, column, value, reason_de, reason_en. UsageFault for no such one."""
    known = {done.id: done for kept in ws.warehouse.snapshots() for done in kept.imports}
    if import_id not in known:
        raise UsageFault(
            Text(de="Den Import „{id}“ gibt es nicht.", en="There is no import “{id}”.").fill(id=import_id)
        )
    kept = known[import_id].rejects
    columns = ["row_no", "column", "value", "reason_de", "reason_en"]
    if kept is None:
        return pd.DataFrame(columns=columns)
    return pd.read_parquet(ws.root / "rejects" / kept)[columns]


def _import(
    ws: Workspace,
    files: Sequence[Arriving],
    progress: Progress | None,
    now: dt.datetime | None,
    without: Collection[str] = (),
    *,
    person: str | None = None,
) -> ImportReport:
    moment = now or wall_clock(ws)
    who = person if person is not None else name_of(ws)
    before = ws.warehouse.head()
    with scratch_folder(ws) as folder, Reader(folder) as reader:
        done: list[tuple[Arrived, Batch, str]] = []
        for number, file in enumerate(files):
            here = folder / str(number)
            here.mkdir()
            tell = scaled(progress, 0.6 * number / len(files), 0.6 / len(files))
            read = arrive(ws, file, reader, here, tell, strict=True)
            mapped = read.decided.demand()
            _stated_end(mapped, moment)
            _not_twice(ws, file.path, mapped, read, folder)
            done.append((read, _batch(mapped, read, file), file.name))
        # The made-up firm's settings go with its data.
        own = ws.settings.sample and not all(batch.sample for _, batch, _ in done)
        settings = Settings() if own else ws.settings
        commit = ws.warehouse.commit(
            [batch for _, batch, _ in done], ws.models, settings, scaled(progress, 0.6, 0.4),
            without=without,
        )  # fmt: skip
        if own:
            (ws.root / SETTINGS).unlink(missing_ok=True)
        if not all(batch.sample for _, batch, _ in done):
            ws.state.remove_sample(person=who, at=moment)
            hold_snapshots(ws)
        made = ws.warehouse.manifest(commit.snapshot)
    sources = ", ".join(dict.fromkeys(batch.source for _, batch, _ in done))
    ws.state.audit.write(who, "import", f"{commit.snapshot}: {sources}", ws.now())
    for read, _, _ in done:
        layout, mapped = read.raw.layout, read.decided.mapping
        if not mapped.sample:
            # The next file covers more time: the stated data end is this file's alone.
            kept = dump_mapping(mapped.model_copy(update={"data_end": None}))
            ws.state.mappings.remember(layout.fingerprint, mapped.source, kept, moment)
    return ImportReport(
        snapshot=commit.snapshot,
        previous=commit.previous,
        files=tuple(
            _report(read, name, counts, made.imports[number])
            for number, ((read, _, name), counts) in enumerate(zip(done, commit.sources, strict=True))
        ),
        dropped=tuple(sorted(set(before.sources) - set(made.sources))) if before else (),
    )


def _report(read: Arrived, name: str, counts: SourceCounts, stored: Import) -> FileReport:
    mapped = read.decided.mapping
    return FileReport(
        file=name,
        counts=counts,
        reasons=read.records.reasons,
        unassigned=unassigned(read.records, mapped),
        mapping=mapped,
        import_id=stored.id,
    )


def _batch(mapping: Mapping, read: Arrived, file: Arriving) -> Batch:
    records = read.records
    return Batch(
        source=mapping.source,
        table=mapping.table,
        mode=mapping.mode,
        data_end=_end_of(mapping.data_end) if mapping.data_end else None,
        sample=mapping.sample,
        touchpoints=dict(mapping.touchpoints),
        dimensions=records.dimensions,
        mapping=dump_mapping(mapping),
        records=records.path,
        rejects=records.rejects if records.reasons else None,
        original=file.path,
        original_name=file.name,
        rejected=read.raw.rejected + records.rejected,
        distinct=True,
    )


def _counts(mapping: Mapping, read: Arrived, expected: Outlook) -> SourceCounts:
    return SourceCounts(
        source=mapping.source,
        table=mapping.table,
        new=expected.new,
        unchanged=expected.unchanged,
        changed=expected.changed,
        removed=expected.removed,
        rejected=read.raw.rejected + read.records.rejected,
        contacts=read.records.contacts,
        planned=expected.planned,
    )


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max)


def _stated_end(mapping: Mapping, now: dt.datetime) -> None:
    if mapping.data_end and mapping.data_end > now.date():
        raise InputFault(
            Text(
                de="Das Datenende {day} liegt in der Zukunft. Gemeint ist der letzte Tag, "
                "den die Datei abdeckt.",
                en="The data end {day} lies in the future. State the last day that the file covers.",
            ).fill(day=mapping.data_end)
        )


def _data_end(
    ws: Workspace, mapping: Mapping, records: Records, now: dt.datetime, folder: Path
) -> dt.datetime | None:
    """The last instant that the source will cover: this file's or, unless it replaces them, earlier ones'."""
    head = ws.warehouse.head()
    before = head.sources.get(mapping.source) if head and mapping.mode != "replace" else None
    own = _covered(mapping, records, now, folder)
    ends = [end for end in (own, before.data_end if before else None) if end is not None]
    return max(ends, default=None)


def _covered(mapping: Mapping, records: Records, now: dt.datetime, folder: Path) -> dt.datetime | None:
    """The last instant that a file covers: as stated, else of its last row that is not in the future."""
    column = contract()[mapping.table].time
    if mapping.data_end:
        return _end_of(mapping.data_end)
    if column is None or records.last_at is None:
        return None
    late = records.last_at > now
    last = last_by(records, column, now, folder / "spill") if late else records.last_at
    if last is None or mapping.table not in BY_PERIOD:
        return last
    return min(_end_of(Month.of(last).end - dt.timedelta(days=1)), now)


def _not_twice(ws: Workspace, file: Path, mapping: Mapping, read: Arrived, folder: Path) -> None:
    """Refuse to append a file again that is already in the source but would count as all new.

    Without a key a record is recognised by its fields, so another mapping of the same file would double it.
    """
    if mapping.mode != "append" or not (present := present_parts(ws, mapping)):
        return
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    kept, snapshot = {manifest.id: manifest for manifest in ws.warehouse.snapshots()}, ws.warehouse.head()
    seen = False
    while snapshot is not None and not seen:
        seen = any(
            done.original == digest and done.counts.source == mapping.source for done in snapshot.imports
        )
        snapshot = kept.get(snapshot.parent) if snapshot.parent else None
    if seen and outlook(read.records, mapping.mode, present, None, folder / "spill").unchanged == 0:
        raise InputFault(
            Text(
                de="Diese Datei steht schon in der Quelle „{source}“, nur mit einer anderen Zuordnung. Noch "
                "einmal angehängt würde alles doppelt zählen. Wählen Sie den Modus „replace“.",
                en="This file is already in the source “{source}”, only with another mapping. Appending it "
                "again would count everything twice. Choose the mode “replace”.",
            ).fill(source=mapping.source)
        )
