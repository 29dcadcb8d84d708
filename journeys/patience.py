"""Patience: how long silence before the purchase is borne, by phase, segment and price tier."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.errors import InputFault, did_you_mean
from core.settings import PatienceRule, Settings
from core.text import Text
from journeys.columns import Ints
from journeys.model import JourneyModel
from journeys.story import Story


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


def patience_days(story: Story, model: JourneyModel, settings: Settings) -> Ints:
    """By contact: the patience in days of its phase, segment and price tier; -1: none.

    A rule that names a price tier goes before one that names a segment, that before the phase's own patience.
    """
    own = [-1 if phase.patience_days is None else phase.patience_days for phase in model.phases]
    found = np.array([-1, *own], dtype=np.int32)[story.phase]
    for number, phase in enumerate(model.phases, 1):
        if phase.after_purchase:
            continue
        # What is written last holds: the most particular rule, of equal ones the first in the settings.
        rules = [rule for rule in reversed(settings.patience) if rule.phase == phase.id]
        for rule in sorted(rules, key=_particularity):
            fits = story.phase == number
            for column, wanted in (("segment", rule.segment), ("price_tier", rule.price_tier)):
                if wanted is not None:
                    fits &= story.texts[column].is_word(wanted)
            found[fits] = rule.days
    return found


def _particularity(rule: PatienceRule) -> tuple[bool, bool]:
    return rule.price_tier is not None, rule.segment is not None
