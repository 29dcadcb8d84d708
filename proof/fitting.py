"""Which proofs to show a prospect, and why in that order; what each role of a buying centre wants to know."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from core.text import Text
from metrics.result import Unit
from proof.consent import Allowed
from proof.effect import Grade, Verdict
from proof.sectors import sizes

_GRADES: dict[Grade, int] = {"A": 0, "B": 1, "C": 2, "X": 3}
_ALLOWED: dict[Allowed, int] = {"named": 0, "anonymous": 1, "internal": 2, "none": 3}


class BuyingRole(BaseModel):
    """A role in a buying centre. `units`: in which units a figure convinces it most, best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    worry: Text
    argument: Text
    proof: Text
    units: tuple[Unit, ...]


@cache
def buying_roles() -> Mapping[str, BuyingRole]:
    """The roles by id, in the order of roles.toml."""
    raw = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
    return {name: BuyingRole.model_validate(entry) for name, entry in raw.items()}


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """Whom a proof is sought for; what is not known is None."""

    industry: str | None = None
    size: str | None = None
    phase: str | None = None
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A claim as far as choosing it is concerned. `age`: days since it was made. `by_word`: the customer says
    that it got better; then nothing was computed, and verdict and grade say nothing."""

    claim: str
    industry: str
    size: str
    phases: tuple[str, ...]
    unit: Unit
    grade: Grade
    verdict: Verdict
    allowed: Allowed
    stale: bool
    age: int
    by_word: bool = False

    @property
    def shows_gain(self) -> bool:
        """Whether there is an improvement to show: established by a usable comparison, or told."""
        return self.by_word or (self.verdict == "improved" and self.grade != "X")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A candidate in its place, with the reasons for it, the strongest first."""

    candidate: Candidate
    reasons: tuple[Text, ...]


def fitting(candidates: Iterable[Candidate], prospect: Prospect) -> tuple[Fit, ...]:
    """The claims that show an improvement and may leave the house, the one to show first at the top.

    In order: the phase that hurts, strength of evidence, industry, a unit that convinces the role, nearness
    of size, how openly the customer may be named, age. Stale claims come last: they need renewing first.
    """
    shown = [each for each in candidates if each.shows_gain and each.allowed != "none"]
    shown.sort(key=lambda each: _order(each, prospect))
    return tuple(Fit(candidate=each, reasons=_reasons(each, prospect)) for each in shown)


def _order(each: Candidate, prospect: Prospect) -> tuple[object, ...]:
    return (
        each.stale,
        prospect.phase is not None and prospect.phase not in each.phases,
        _GRADES[each.grade],
        prospect.industry is not None and prospect.industry != each.industry,
        _unit_place(each, prospect),
        _size_distance(each, prospect),
        _ALLOWED[each.allowed],
        each.age,
        each.claim,
    )


def _unit_place(each: Candidate, prospect: Prospect) -> int:
    role = buying_roles().get(prospect.role or "")
    if role is None:
        return 0
    return role.units.index(each.unit) if each.unit in role.units else len(role.units)


def _size_distance(each: Candidate, prospect: Prospect) -> int:
    """How many classes apart; a size that is not known stands beside none."""
    order = list(sizes())
    if prospect.size not in order or each.size not in order:
        return 0 if prospect.size is None else len(order)
    return abs(order.index(prospect.size) - order.index(each.size))


def _reasons(each: Candidate, prospect: Prospect) -> tuple[Text, ...]:
    said: list[Text] = []
    if prospect.phase is not None and prospect.phase in each.phases:
        said.append(Text(de="betrifft die Phase, die drückt", en="concerns the phase that hurts"))
    said.append(_STRENGTH.get(each.grade, _BY_WORD))
    if prospect.industry is not None and prospect.industry == each.industry:
        said.append(Text(de="gleiche Branche", en="same industry"))
    if prospect.role is not None and _unit_place(each, prospect) == 0:
        said.append(
            Text(de="in einer Größe, die diese Rolle überzeugt", en="in a figure that convinces this role")
        )
    if prospect.size is not None:
        match _size_distance(each, prospect):
            case 0:
                said.append(Text(de="gleiche Größe", en="same size"))
            case 1:
                said.append(Text(de="ähnliche Größe", en="similar size"))
    if each.allowed == "named":
        said.append(Text(de="Kunde darf genannt werden", en="the customer may be named"))
    if each.allowed == "internal":
        said.append(Text(de="nur intern verwendbar", en="for internal use only"))
    if each.stale:
        said.append(Text(de="veraltet, bitte zuerst erneuern", en="stale, please renew it first"))
    return tuple(said)


_BY_WORD = Text(de="nach Angabe des Kunden", en="according to the customer")
_STRENGTH: dict[Grade, Text] = {
    "A": Text(de="Belastbarkeit A", en="strength of evidence A"),
    "B": Text(de="Belastbarkeit B", en="strength of evidence B"),
    "C": Text(de="Belastbarkeit C", en="strength of evidence C"),
}
