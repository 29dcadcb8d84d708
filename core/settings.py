"""Settings of a workspace (`settings.toml`): calendar, working hours, rates, patience, suppression."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InputFault
from core.text import Text


class PatienceRule(BaseModel):
    """A patience in days for one phase, where a segment or a price tier needs another than the model's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: str
    days: Annotated[int, Field(gt=0)]
    segment: str | None = None
    price_tier: str | None = None


class Settings(BaseModel):
    """What a company says about itself once. Hours are naive: no holidays, one time zone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    company: str = ""
    sample: bool = False
    base_model: str = "seven_phase"
    currency: str = "EUR"
    time_zone: str = "Europe/Berlin"
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    working_days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5)
    working_hours: tuple[Annotated[float, Field(ge=0, le=24)], Annotated[float, Field(ge=0, le=24)]] = (9, 17)
    hourly_rates: dict[str, float] = {}
    default_hourly_rate: Annotated[float, Field(ge=0)] = 80.0
    price_tiers: dict[str, float] = {}
    patience: tuple[PatienceRule, ...] = ()
    window_days: Annotated[int, Field(gt=0)] = 180
    repurchase_months: Annotated[int, Field(gt=0)] = 12
    start_days: Annotated[int, Field(gt=0)] = 30
    suppress_below: Annotated[int, Field(ge=0)] = 5


def load_settings(file: Path) -> Settings:
    """The settings of a workspace; the defaults where there is no file. A broken one is an InputFault."""
    if not file.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except ValidationError as error:
        reason = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    raise InputFault(
        Text(
            de="Die Einstellungen in {file} lassen sich nicht lesen: {reason}",
            en="The settings in {file} cannot be read: {reason}",
        ).fill(file=file.name, reason=reason)
    )
