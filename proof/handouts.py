"""What left the house: which claim, as what, for whom, and what came of it; and what a prospect was told."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.text import Text
from metrics.result import Unit
from proof.consent import Allowed
from proof.project import Better
from proof.promises import Inputs, Level, Outcome

Format = Literal["pptx", "pdf", "png", "xlsx", "text"]
Deal = Literal["open", "won", "lost"]

FORMATS: dict[Format, Text] = {
    "pptx": Text(de="PowerPoint", en="PowerPoint"),
    "pdf": Text(de="PDF", en="PDF"),
    "png": Text(de="Bild", en="Picture"),
    "xlsx": Text(de="Excel", en="Excel"),
    "text": Text(de="Satz für eine Mail", en="Sentence for a mail"),
}
DEALS: dict[Deal, Text] = {
    "open": Text(de="offen", en="open"),
    "won": Text(de="gewonnen", en="won"),
    "lost": Text(de="verloren", en="lost"),
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Handout(_Frozen):
    """One use of one claim. `recipient`: the prospect or deal it was for, as typed. `digest`: SHA-256 of the
    file, "" for a sentence. `version` goes back with a change; 0: not stored yet."""

    id: int = 0
    claim: str
    at: dt.datetime
    who: str
    format: Format
    lang: Literal["de", "en"]
    recipient: str = Field(default="", max_length=300)
    deal: Deal = "open"
    allowed: Allowed
    digest: str = ""
    version: int = 0


class Promise(_Frozen):
    """What a calculator told a prospect: it becomes the Soll of the project that follows.

    `name`, `unit` and `better` say what was promised of; None in a promise of before they were kept.
    `project`: that project's id, "" before there is one; `aim`: the key of its KPI that the Soll is of.
    """

    id: int = 0
    at: dt.datetime
    who: str
    prospect: str = Field(min_length=1, max_length=300)
    kpi: str
    name: Text | None = None
    unit: Unit | None = None
    better: Better | None = None
    inputs: Inputs
    outcomes: tuple[Outcome, ...]
    claims: tuple[str, ...]
    project: str = ""
    aim: str = ""
    sample: bool = False
    version: int = 0

    def outcome(self, level: Level) -> Outcome:
        """The cautious, middle or favourable one."""
        return next(one for one in self.outcomes if one.level == level)


class Story(_Frozen):
    """The text around the figures of a case study, in one language, as people wrote it."""

    project: str
    lang: Literal["de", "en"]
    title: str = Field(default="", max_length=300)
    situation: str = Field(default="", max_length=5000)
    approach: str = Field(default="", max_length=5000)
    result: str = Field(default="", max_length=5000)
    edited_at: dt.datetime | None = None
    edited_by: str = ""
    version: int = 0
