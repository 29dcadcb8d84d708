"""Maturity from files: score a table of answers, plan how to reach a target."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checklists.answers import read_answers
from checklists.loading import load_checklist, load_checklists
from checklists.model import Checklist
from checklists.plan import Plan, plan, plannable
from checklists.scoring import Score, score, team_values
from cockpit.ledger import check_known
from core.errors import CatalogFault, InputFault, UsageFault
from core.text import Text

FOLDER = "checklists"
"""Where a workspace keeps its own checklists."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A table of answers and what it comes to. `respondents` are the columns that were answered at all."""

    checklist: Checklist
    respondents: int
    score: Score


def checklist_of(workspace: Path, name: str) -> Checklist:
    """The checklist of that id, shipped or of the workspace, or the one in the TOML file of that path.

    CatalogFault where it is broken, UsageFault where there is none.
    """
    file = Path(name)
    if file.suffix == ".toml":
        if not file.is_file():
            raise InputFault(
                Text(de="Die Datei {file} gibt es nicht.", en="There is no file {file}.").fill(file=name)
            )
        found = load_checklist(file)
        if found.faults:
            raise CatalogFault(found.faults[0].text)
        if not found.entries:
            raise InputFault(
                Text(
                    de="Die Datei {file} enthält keinen Katalog.", en="The file {file} holds no catalog."
                ).fill(file=name)
            )
        return next(iter(found.entries.values()))
    found = load_checklists(workspace / FOLDER)
    for fault in found.faults:
        if fault.entry == name:
            raise CatalogFault(fault.text)
    check_known(name, tuple(found.entries), Text(de="Der Katalog", en="The catalog"))
    return found[name]


def score_file(checklist: Checklist, answers: Path) -> Scored:
    """What the answers in a CSV file come to. InputFault where it cannot be read."""
    given = read_answers(checklist, _text(answers))
    return Scored(
        checklist=checklist,
        respondents=sum(bool(own) for own in given.values()),
        score=score(checklist, team_values(checklist, given)),
    )


def plan_file(checklist: Checklist, answers: Path, target: int) -> Plan:
    """The cheapest way for a table of answers to the same target level in every dimension.

    Dimensions that do not have as many levels aim at their highest. UsageFault for a level that none has,
    InputFault for answers that cannot be read and for a checklist that knows no levels or no efforts.
    """
    plannable(checklist)
    values = score_file(checklist, answers).score.values
    tops = {dimension.id: max(dimension.levels) for dimension in checklist.dimensions}
    if not 1 <= target <= max(tops.values()):
        raise UsageFault(
            Text(
                de="Die Zielstufe {level} gibt es nicht, nur 1 bis {top}.",
                en="There is no target level {level}, only 1 to {top}.",
            ).fill(level=target, top=max(tops.values()))
        )
    return plan(checklist, values, {name: min(target, top) for name, top in tops.items()})


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputFault(
            Text(de="Die Datei {file} gibt es nicht.", en="There is no file {file}.").fill(file=file)
        ) from None
    except (UnicodeDecodeError, OSError) as error:
        raise InputFault(
            Text(
                de="Die Datei {file} lässt sich nicht lesen. Erwartet wird CSV in UTF-8.",
                en="The file {file} cannot be read. CSV in UTF-8 is expected.",
            ).fill(file=file)
        ) from error
