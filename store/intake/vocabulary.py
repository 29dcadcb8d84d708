"""The words that exports use, and what they usually mean: content as data, in words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.contract import Event
from core.query import plain_name
from core.text import Text
from store.intake.mapping import Reading, TouchpointRule


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Meaning(_Frozen):
    words: tuple[str, ...]
    phase: str | None = None
    event: Event | None = None
    direction: Literal["inbound", "outbound"] | None = None
    after: Reading | None = None


class _OutcomeWords(_Frozen):
    headers: tuple[str, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]
    closing: tuple[str, ...]


class _Empty(_Frozen):
    markers: tuple[str, ...]


class _Listed(_Frozen):
    words: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()


class Subject(_Frozen):
    row: Literal["ticket", "order"]
    headers: tuple[str, ...]
    created: Text
    done: tuple[str, ...] = ()


class Vocabulary(_Frozen):
    """What words in headers, values and touchpoint names usually mean, in German and English."""

    touchpoint: tuple[_Meaning, ...]
    five_phase: dict[str, str]
    outcome: _OutcomeWords
    upkeep: _Listed
    subject: tuple[Subject, ...]
    person: _Listed
    identity: _Listed
    empty: _Empty


@cache
def vocabulary() -> Vocabulary:
    """The words as `words.toml` beside this file holds them."""
    file = Path(__file__).with_name("words.toml")
    return Vocabulary.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def meanings(touchpoints: Sequence[str], phases: Sequence[str]) -> dict[str, TouchpointRule]:
    """What touchpoints probably mean, by the words in their names; those without a known word are left out.

    `phases` are the base model's: phases of the seven-phase model are translated where it has others.
    """
    found = {}
    for touchpoint in touchpoints:
        plain = f"_{plain_name(touchpoint)}_"
        for meaning in vocabulary().touchpoint:
            if any(word in plain for word in meaning.words):
                after = meaning.after
                found[touchpoint] = TouchpointRule(
                    phase=_phase(meaning.phase, phases),
                    event=meaning.event,
                    direction=meaning.direction,
                    after_order=Reading(phase=_phase(after.phase, phases), event=after.event)
                    if after
                    else None,
                )
                break
    return found


def _phase(phase: str | None, phases: Sequence[str]) -> str | None:
    if phase is None or not phases or phase in phases:
        return phase
    coarse = vocabulary().five_phase.get(phase)
    return coarse if coarse in phases else None
