"""How answers fall on the steps of a scale, as small columns that follow the theme and read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.disclosure import Distribution
from checklists.model import Choice
from checklists.wording import DONT_KNOW
from core.text import Lang
from ui.blocks import esc

TALLEST = 44  # pixels


def columns(seen: Distribution, choices: Sequence[Choice], lang: Lang, *, named: bool = False) -> str:
    """A column for each step, and one for "don't know", with its count on top; `named`: what they mean below.

    The tallest column stands for the most frequent answer of this distribution.
    """
    counts = dict(seen.counts)
    steps = [(choice.name(lang), counts.get(choice.value, 0), "") for choice in choices]
    steps.append((DONT_KNOW(lang), seen.dont_know, "wm-unsure"))
    most = max(people for _, people, _ in steps) or 1
    drawn = "".join(_column(people, most, kind) for _, people, kind in steps)
    below = "".join(f"<span>{esc(name)}</span>" for name, _, _ in steps)
    names = f'<span class="wm-steps" aria-hidden="true">{below}</span>' if named else ""
    told = ", ".join(f"{name}: {people}" for name, people, _ in steps)
    return f'<span class="wm-hist" role="img" aria-label="{esc(told)}">{drawn}</span>{names}'


def _column(people: int, most: int, kind: str) -> str:
    if not people:
        return '<span><i class="wm-none" style="height:1px"></i></span>'
    height = max(round(TALLEST * people / most), 3)
    return f'<span>{people}<i class="{kind}" style="height:{height}px"></i></span>'
