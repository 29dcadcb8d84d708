"""The effect in a table: estimated by a design, judged, in words, with the naive figure beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from cockpit.effectfile import WAVES
from core.text import same
from proof.designs import Comparison, compare
from proof.effect import Design, Effect, Verdict
from proof.grading import Graded, grade, verdict
from proof.measured import Measured
from proof.options import DEFAULTS, Options
from proof.words import Wording, wording


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An effect with its verdict, grade and words, and the naive figure where it says something else."""

    comparison: Comparison
    verdict: Verdict
    graded: Graded
    words: Wording
    naive: tuple[Verdict, Graded] | None

    def as_json(self) -> dict[str, object]:
        """The effect's own fields, verdict, grade and words on top; the naive effect beside them."""
        chosen = _fields(self.comparison.chosen) | {
            "verdict": self.verdict,
            "grade": self.graded.grade,
            "grade_reason": self.graded.reason,
            "cautions": self.graded.cautions,
            "title": self.words.title,
            "sentence": self.words.sentence,
            "footnote": self.words.footnote,
            "not_stronger": self.comparison.not_stronger,
            "differs": self.comparison.differs,
        }
        naive = self.comparison.naive
        if naive is None or self.naive is None:
            return chosen | {"naive": None}
        beside = {
            "verdict": self.naive[0],
            "grade": self.naive[1].grade,
            "grade_reason": self.naive[1].reason,
        }
        return chosen | {"naive": _fields(naive) | beside}


def _fields(effect: Effect) -> dict[str, object]:
    return {name: getattr(effect, name) for name in Effect.__dataclass_fields__}


def answer(found: Measured, design: Design | Literal["auto"], options: Options = DEFAULTS) -> Answer:
    """The effect of a measured KPI by one design, judged and in words."""
    comparison = compare(found, design, options)
    if found.counted or set(found.rows["period"].dt.date) == set(WAVES):
        comparison = _undated(comparison)
    chosen, naive = comparison.chosen, comparison.naive
    if found.notes:
        chosen = replace(chosen, notes=(*found.notes, *chosen.notes))
        comparison = replace(comparison, chosen=chosen)
    graded, judged = grade(chosen), verdict(chosen)
    return Answer(
        comparison=comparison,
        verdict=judged,
        graded=graded,
        words=wording(chosen, judged, graded, same(found.kpi)),
        naive=None if naive is None else (verdict(naive), grade(naive)),
    )


def _undated(comparison: Comparison) -> Comparison:
    """Without the days that stand for before and after, or for numbers, where the file has none."""
    chosen = replace(comparison.chosen, baseline=None, window=None)
    naive = comparison.naive and replace(comparison.naive, baseline=None, window=None)
    return replace(comparison, chosen=chosen, naive=naive)
