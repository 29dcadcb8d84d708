"""Results as JSON: the field names of the result types, ISO dates, nothing rounded, nothing left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pandas as pd
from pydantic import BaseModel

from core.period import Month, Period


def json_text(value: object) -> str:
    """`value` as indented JSON text that every strict reader takes.

    Dataclasses and models become objects, tables lists of objects, both languages of a text stay; months are
    `2026-10`, times ISO; a number that is none (NaN, infinite) is null. TypeError for what has no such form.
    """
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2)


def plain(value: Any) -> Any:  # noqa: PLR0911, PLR0912 - one line for each kind of value
    """`value` in lists, dicts, strings, numbers, booleans and None."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Month():
            return str(value)
        case Period():
            return {"first": str(value.first), "last": str(value.last), "basis": value.basis}
        case dt.datetime() | dt.date():
            return None if value is pd.NaT else value.isoformat()
        case PurePath():
            return str(value)
        case pd.DataFrame():
            return [plain(row) for row in value.to_dict(orient="records")]
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=str)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "item"):  # a single number of numpy
        return plain(value.item())
    raise TypeError(f"{type(value).__name__} has no JSON form")
