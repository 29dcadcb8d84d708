"""Where the values of a project's KPI may come from, in words and as options to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cockpit.projectsources import MeasuredKpi, measured_kpis
from cockpit.workspace import Workspace
from core.text import Lang, Text
from proof.project import FromContacts, FromMeasurements, ProjectKpi
from ui.words import projectform as words

SAME_NAME = "same"
_MEASURED, _COUNTED = "measured:", "counted:"


def span_words(text: Text, measured: Sequence[MeasuredKpi]) -> Text:
    """A text about what files hold of one project: its name there, the KPIs, the first and the last month."""
    return text.fill(
        project=measured[0].project, kpis=", ".join(each.name for each in measured),
        first=f"{min(each.first for each in measured):%m/%Y}",
        last=f"{max(each.last for each in measured):%m/%Y}",
    )  # fmt: skip


def source_options(
    ws: Workspace, held: Sequence[ProjectKpi], measured: Sequence[MeasuredKpi], lang: Lang
) -> dict[str, str]:
    """Options by their id: measurements of the KPI's own name, those that files hold (of this project first),
    and the KPIs of the handbook, those that stand for each phase once for each."""
    options = {SAME_NAME: words.SAME_NAME(lang)}
    names = [each.name for each in (*measured, *measured_kpis(ws))]
    names += [kpi.origin.kpi for kpi in held if isinstance(kpi.origin, FromMeasurements)]
    options |= {_MEASURED + name: words.FROM_MEASURED.fill(name=name)(lang) for name in names}
    phases = ws.models[ws.settings.base_model].phases
    counted = sorted(ws.kpis.entries.values(), key=lambda kpi: kpi.name(lang))
    for kpi in counted:
        if kpi.per == "phase":
            options |= {
                f"{_COUNTED}{kpi.id}:{phase.id}": words.FROM_PHASE.fill(name=kpi.name, phase=phase.name)(lang)
                for phase in phases
            }
        else:
            options[_COUNTED + kpi.id] = words.FROM_CONTACTS.fill(name=kpi.name)(lang)
    for kpi_held in held:
        options.setdefault(source_option(kpi_held), source_option(kpi_held))
    return options


def source_option(kpi: ProjectKpi) -> str:
    """The id of the option that a KPI's values come from. Measurements are named, so that a KPI that is
    called otherwise one day keeps its own."""
    origin = kpi.origin
    if isinstance(origin, FromMeasurements):
        return _MEASURED + origin.kpi
    if isinstance(origin, FromContacts):
        return _COUNTED + ":".join(part for part in (origin.kpi, origin.phase) if part)
    return SAME_NAME


def origin_of(option: str, name: str) -> dict[str, Any]:
    """What an option means for a KPI of that name, as fields of an origin."""
    if option.startswith(_COUNTED):
        kpi, _, phase = option.removeprefix(_COUNTED).partition(":")
        return {"by": "contacts", "kpi": kpi, "phase": phase or None}
    return {"by": "measurements", "kpi": name if option == SAME_NAME else option.removeprefix(_MEASURED)}
