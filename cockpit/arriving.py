"""A file on its way in: read, recognised or proposed, decided and mapped into a scratch folder of its own."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from cockpit.workspace import Workspace
from core.errors import InputFault, WegmarkeError, did_you_mean
from core.text import Text
from store.intake.cells import Place, Shape
from store.intake.deciding import Decided, Question, answered, decide
from store.intake.mapping import Mapping, parse_mapping
from store.intake.proposing import propose
from store.intake.reading import RawTable, Reader
from store.intake.records import Records, apply

Progress = Callable[[float], None]
LEFTOVERS = "import-"
_STALE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Arriving:
    """A file on its way in: where it lies, how to read it (None: recognise or propose), what it is called."""

    path: Path
    mapping: Mapping | None
    name: str
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A file that has been read and mapped into a scratch folder."""

    raw: RawTable
    decided: Decided
    records: Records
    origin: str
    confidence: float


def arrive(
    ws: Workspace, file: Arriving, reader: Reader, folder: Path, progress: Progress, *, strict: bool
) -> Arrived:
    """Read, decide and map one file into `folder`. Faults name the file. `strict`: no open questions."""
    spill, mapping = folder / "spill", file.mapping
    try:
        if not file.path.is_file():
            raise InputFault(Text(de="Diese Datei gibt es nicht.", en="There is no such file."))
        layout = reader.sniff(file.path, sheet=file.sheet)
        raw = reader.read(file.path, layout, folder / "raw.parquet", _part(progress, 0.0, 0.4))
        place = place_of(ws)
        shape = Shape(raw.layout.columns, raw.layout.typed, raw.native, raw.seen)
        origin, confidence = "given", 1.0
        extra: tuple[Question, ...] = ()
        if mapping is None:
            remembered = ws.state.mappings.recall(layout.fingerprint)
            if remembered:
                mapping, origin = parse_mapping(remembered.toml, remembered.source), "remembered"
            else:
                proposal = propose(
                    raw.path, shape, place, spill, name=file.name, typed=dict(raw.layout.typed)
                )
                mapping, origin = proposal.mapping, "proposed"
                confidence, extra = proposal.confidence, proposal.questions
        _phases_exist(ws, mapping)
        decided = decide(raw.path, mapping, shape, place, spill)
        decided = Decided(mapping=decided.mapping, questions=(*extra, *decided.questions))
        if strict:
            decided.demand()
        records = apply(
            raw.path, _assumed(decided), shape, place, out=folder / "mapped", scratch=spill,
            raw_rejects=raw.rejects, present=present_parts(ws, mapping), progress=_part(progress, 0.4, 0.6),
        )  # fmt: skip
    except WegmarkeError as error:
        raise type(error)(
            Text(de="{file}: {text}", en="{file}: {text}").fill(file=file.name, text=error.text)
        ) from error
    return Arrived(raw=raw, decided=decided, records=records, origin=origin, confidence=confidence)


def _assumed(decided: Decided) -> Mapping:
    """The mapping a preview reads by: open questions answered as suggested, else by their first choice."""
    answers = {
        question.field: question.suggestion or question.choices[0].value
        for question in decided.questions
        if question.blocking and question.choices
    }
    return answered(decided.mapping, answers) if answers else decided.mapping


def _phases_exist(ws: Workspace, mapping: Mapping) -> None:
    """Phases that the mapping names are phases of the workspace's base model; else an InputFault."""
    known = list(place_of(ws).phases)
    named = [(f"touchpoints.{t}", rule.phase) for t, rule in mapping.touchpoints.items()]
    named += [
        (f"touchpoints.{t}.after_order", rule.after_order.phase)
        for t, rule in mapping.touchpoints.items()
        if rule.after_order
    ]
    if mapping.outcome:
        named += [("outcome.won_phase", mapping.outcome.won_phase)]
        named += [("outcome.lost_phase", mapping.outcome.lost_phase)]
    for field, phase in named:
        if phase is not None and known and phase not in known:
            hint = did_you_mean(phase, known)
            raise InputFault(
                Text(
                    de="Feld „{field}“: Die Phase „{phase}“ gibt es im Modell nicht; es kennt {known}. "
                    "{hint}",
                    en="Field “{field}”: the model has no phase “{phase}”; it knows {known}. {hint}",
                ).fill(
                    field=field,
                    phase=phase,
                    known=", ".join(known),
                    hint=Text(de="Meinten Sie „{w}“?", en="Did you mean “{w}”?").fill(w=hint) if hint else "",
                )
            )


def present_parts(ws: Workspace, mapping: Mapping) -> list[Path]:
    """The parts that the mapping's source has at the moment."""
    head = ws.warehouse.head()
    source = head.sources.get(mapping.source) if head else None
    return [ws.warehouse.files.path(part) for part in source.parts] if source else []


def place_of(ws: Workspace) -> Place:
    model = ws.models.entries.get(ws.settings.base_model)
    return Place(
        time_zone=ws.settings.time_zone,
        currency=ws.settings.currency,
        phases=model.phase_ids if model else (),
        kpis=tuple(
            sorted({name for kpi in ws.kpis.entries.values() for name in (kpi.id, kpi.name.de, kpi.name.en)})
        ),
    )


def wall_clock(ws: Workspace) -> dt.datetime:
    """The clock on the wall in the workspace's time zone."""
    return dt.datetime.now(ZoneInfo(ws.settings.time_zone)).replace(tzinfo=None)


@contextmanager
def scratch_folder(ws: Workspace) -> Iterator[Path]:
    """A scratch folder of its own; what imports that were killed left behind goes after a day."""
    scratch = ws.root / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    for left in scratch.glob(f"{LEFTOVERS}*"):
        if left.stat().st_mtime < time.time() - _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=LEFTOVERS, dir=scratch, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def scaled(progress: Progress | None, start: float, share: float) -> Progress:
    return lambda done: progress(start + share * done) if progress else None


def _part(progress: Progress, start: float, share: float) -> Progress:
    return lambda done: progress(start + share * done)
