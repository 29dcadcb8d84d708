"""Industries and size classes, read from sectors.toml beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from core.text import Text, same


@cache
def _lists() -> Mapping[str, Mapping[str, Text]]:
    raw = tomllib.loads(Path(__file__).with_name("sectors.toml").read_text(encoding="utf-8"))
    return {
        name: {key: Text.model_validate(text) for key, text in entries.items()}
        for name, entries in raw.items()
    }


def industries() -> Mapping[str, Text]:
    """All industries by id, in the order of the file."""
    return _lists()["industries"]


def sizes() -> Mapping[str, Text]:
    """All size classes by id, from small to large."""
    return _lists()["sizes"]


def industry_name(industry: str) -> Text:
    """The industry's name; a word that is no entry stands for itself in both languages."""
    return industries().get(industry) or same(industry)


def size_name(size: str) -> Text:
    return sizes().get(size) or same(size)


def anonymous_name(industry: str, size: str) -> Text:
    """How a customer is called that must not be named: `Maschinenbau, 50 bis 249 Mitarbeitende`."""
    return Text(de="{industry}, {size}", en="{industry}, {size}").fill(
        industry=industry_name(industry), size=size_name(size)
    )
