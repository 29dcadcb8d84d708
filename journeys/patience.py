"""Patience: how long silence before the purchase is borne, by phase, segment and price tier."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import InputFault, did_you_mean
from core.settings import PatienceRule, Settings
from core.text import Text
from journeys.model import JourneyModel


def check_patience(models: Iterable[JourneyModel], settings: Settings) -> None:
    """Raises InputFault for a rule without effect: its phase is in no model, or after the purchase."""
    patient = {phase.id for model in models for phase in model.phases if not phase.after_purchase}
    for rule in settings.patience:
        if rule.phase not in patient:
            raise InputFault(
                Text(
                    de="Die Einstellungen nennen eine Geduld für „{phase}“. Geduld gibt es nur für Phasen "
                    "bis zum Kauf: {known}.",
                    en="The settings name a patience for “{phase}”. There is patience only for phases up to "
                    "the purchase: {known}.",
                ).fill(phase=rule.phase, known=", ".join(_closest_first(rule.phase, sorted(patient))))
            )


def _closest_first(word: str, known: list[str]) -> list[str]:
    return sorted(known, key=lambda name: name != did_you_mean(word, known))


def patience_sql(model: JourneyModel, settings: Settings) -> tuple[str, dict[str, object]]:
    """Patience in days by a contact's phase_no, segment and price_tier (NULL: none), and its bound values.

    A rule that names a price tier goes before one that names a segment, that before the phase's own patience.
    """
    values: dict[str, object] = {}
    lines: list[str] = []
    for number, phase in enumerate(model.phases, 1):
        if phase.after_purchase:
            continue
        rules = [rule for rule in settings.patience if rule.phase == phase.id]
        for place, rule in enumerate(sorted(rules, key=_particularity, reverse=True)):
            condition = f"phase_no = {number}"
            for column, wanted in (("segment", rule.segment), ("price_tier", rule.price_tier)):
                if wanted is not None:
                    name = f"patience_{number}_{place}_{column}"
                    values[name] = wanted
                    condition += f" AND {column} = ${name}"
            lines.append(f"WHEN {condition} THEN {rule.days}")
        if phase.patience_days is not None:
            lines.append(f"WHEN phase_no = {number} THEN {phase.patience_days}")
    return (f"CASE {' '.join(lines)} END" if lines else "CAST(NULL AS INTEGER)"), values


def _particularity(rule: PatienceRule) -> tuple[bool, bool]:
    return rule.price_tier is not None, rule.segment is not None
