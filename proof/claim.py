"""A claim: an effect frozen with the words and numbers it may be stated in."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.text import Text
from proof.effect import Effect, Grade, Verdict
from proof.evidence import EvidenceTable
from proof.project import Project
from proof.window import Window
from proof.words import Provenance, verdict_words

Role = Literal["before", "after", "change", "interval", "n", "other"]

PROVENANCES: dict[Provenance, Text] = {
    "computed": Text(de="aus Daten berechnet", en="computed from data"),
    "customer": Text(
        de="nach Angabe des Kunden, schriftlich bestätigt",
        en="according to the customer, confirmed in writing",
    ),
}
VALID_YEARS = 2
"""A claim not renewed by then expires: customers, markets and methods move on."""

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that can be mistaken for another


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(_Frozen):
    """A number as it is shown: where, what it is, in whose words. `value` in the KPI's unit."""

    place: str
    label: Text
    text: Text
    value: float | None
    role: Role = "other"


class Claim(_Frozen):
    """What may be said about a project's KPI, as it was on `made_at`.

    `anonymous_footnote` tells no number of units below ten.
    `figures`: every number that any document shows, by place. `n`: the smaller of the cases before and after.
    `version` goes back with a change; 0: not stored yet.
    """

    id: str
    project: str
    kpi: str
    made_at: dt.datetime
    made_by: str
    snapshot: str
    kpi_version: str
    title: Text
    sentence: Text
    footnote: Text
    anonymous_footnote: Text
    grade: Grade
    grade_reason: Text
    verdict: Verdict
    provenance: Provenance
    figures: tuple[Figure, ...]
    effect: Effect
    evidence: EvidenceTable | None
    n: int | None
    expires_on: dt.date
    sample: bool = False
    version: int = 0

    def expired(self, today: dt.date) -> bool:
        return today > self.expires_on

    def figure(self, place: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.place == place), None)


class Change(_Frozen):
    """What a recomputation gives instead of what a claim shows. `place`: a figure's, `grade` or `verdict`."""

    place: str
    label: Text
    was: Text
    now: Text | None = Field(description="None where there is no such figure any more")


def compared(claim: Claim, project: Project) -> tuple[Window, Window]:
    """Both windows as they were compared; the project's where the comparison names none (a customer's word).
    An interrupted series rests on all of its history, a window may end where the data do."""
    effect = claim.effect
    before, after = (
        Window(first=ends[0], last=ends[1]) if ends else window
        for ends, window in ((effect.baseline, project.baseline), (effect.window, project.after))
    )
    return before, after


def new_id() -> str:
    """A claim's id as people read it out: `W-7K3Q9A`."""
    return "W-" + "".join(secrets.choice(_LETTERS) for _ in range(6))


def expiry(made_on: dt.date) -> dt.date:
    """The last day a claim made on that day may be used."""
    try:
        return made_on.replace(year=made_on.year + VALID_YEARS)
    except ValueError:  # 29 February
        return made_on.replace(year=made_on.year + VALID_YEARS, day=28)


def changes(claim: Claim, fresh: Claim) -> tuple[Change, ...]:
    """Why a claim is stale: displayed numbers, grade or verdict that today's data give otherwise."""
    found: list[Change] = []
    for was in claim.figures:
        now = fresh.figure(was.place)
        if now is None or now.text != was.text:
            found.append(
                Change(place=was.place, label=was.label, was=was.text, now=now.text if now else None)
            )
    if claim.grade != fresh.grade:
        found.append(
            Change(
                place="grade",
                label=Text(de="Belastbarkeit", en="Strength of evidence"),
                was=_letter(claim.grade),
                now=_letter(fresh.grade),
            )
        )
    if claim.verdict != fresh.verdict:
        found.append(
            Change(
                place="verdict",
                label=Text(de="Urteil", en="Verdict"),
                was=verdict_words(claim.verdict),
                now=verdict_words(fresh.verdict),
            )
        )
    return tuple(found)


def _letter(grade: Grade) -> Text:
    return Text(de=grade, en=grade)
