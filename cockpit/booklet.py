"""The KPI handbook on paper: docs/kpi-handbook.md, written by `python -m cockpit.booklet`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.text import LANGS, Lang, Text
from journeys.model import load_models
from metrics.availability import needs
from metrics.facts import facts
from metrics.model import Kpi, load_kpis
from metrics.wording import need_words

BOOKLET = Path(__file__).parent.parent / "docs" / "kpi-handbook.md"

_ABOUT = """# KPI handbook

Written from `metrics/catalog/*.toml` by `python -m cockpit.booklet`; do not edit it by hand. German comes
first, English follows. A ratio over several months is the sum of its numerators divided by the sum of its
denominators, never an average of averages. Below the minimum n no value is shown.
"""

_WORDS: dict[str, Text] = {
    "whole": Text(de="Die ganze Kundenreise", en="The whole journey"),
    "each": Text(de="Für jede Phase", en="For each phase"),
    "how": Text(de="Berechnung", en="Computation"),
    "pitfalls": Text(de="Achtung", en="Mind"),
    "needs": Text(de="Braucht", en="Needs"),
    "about": Text(de="Zählt über", en="Counts over"),
    "minimum": Text(de="Mindestzahl n", en="Minimum n"),
    "or": Text(de="oder", en="or"),
}


def booklet() -> str:
    """The handbook of the shipped KPIs as Markdown, in both languages, by phase."""
    kpis = list(load_kpis().entries.values())
    names = {phase.id: phase.name for phase in load_models()["seven_phase"].phases}
    parts = [_ABOUT]
    for lang in LANGS:
        parts.append(f"# {'Kennzahlen' if lang == 'de' else 'KPIs'}\n")
        parts += _chapter(_WORDS["each"], [kpi for kpi in kpis if kpi.per == "phase"], lang)
        parts += _chapter(_WORDS["whole"], [k for k in kpis if k.phase is None and k.per is None], lang)
        for phase, name in names.items():
            parts += _chapter(name, [kpi for kpi in kpis if kpi.phase == phase], lang)
    return "\n".join(parts)


def _chapter(name: Text, kpis: Iterable[Kpi], lang: Lang) -> list[str]:
    return [f"## {name(lang)}\n", *(_entry(kpi, lang) for kpi in kpis)]


def _entry(kpi: Kpi, lang: Lang) -> str:
    needed = ", ".join(
        f" {_WORDS['or'](lang)} ".join(need_words(one)(lang) for one in need.split("|"))
        for need in needs(kpi)
    )
    about = " ".join(facts()[fact.id].about(lang) for fact in kpi.used_facts)
    lines = [f"### {kpi.name(lang)} (`{kpi.id}`)\n", f"{kpi.question(lang)}\n"]
    lines.append(f"- **{_WORDS['how'](lang)}:** {kpi.how(lang)}")
    if kpi.pitfalls is not None:
        lines.append(f"- **{_WORDS['pitfalls'](lang)}:** {kpi.pitfalls(lang)}")
    lines.append(f"- **{_WORDS['about'](lang)}:** {about}")
    if needed:
        lines.append(f"- **{_WORDS['needs'](lang)}:** {needed}")
    lines.append(f"- **{_WORDS['minimum'](lang)}:** {kpi.minimum_n}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    BOOKLET.write_text(booklet(), encoding="utf-8")
