"""What the invented firm's customers measured before and after: fault hours by building, complaints, months.

Each project has its own truth, which the product must find: see projects/projekte.toml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sample_data.chance import Chance
from sample_data.records import Row

FAULT_HOURS = "Störungsdauer"
COMPLAINTS = "Reklamationsquote"
EVERYTHING = "alle"
"""Where a customer's buildings are not told apart."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """One group of buildings of a project over whole months from `first` on.

    `level`: mean hours until the heating runs again; `spread`: between buildings; `noise`: standard deviation
    of a month of a building; `drift`: change a month for everybody; `effect`: change from `live` on.
    `faults`: mean number of faults of a building in a month.
    """

    project: str
    group: str
    buildings: int
    first: dt.date
    months: int
    live: dt.date
    level: float
    spread: float = 2.0
    noise: float = 2.4
    drift: float = 0.0
    effect: float = 0.0
    faults: float = 14.0
    shock: float = 0.0
    """Change from `live` on that comes to everybody, touched by the project or not."""


COURSES = (
    # Monitored buildings recover faster, the others do not: a controlled success.
    Course(project="F-01", group="umgestellt", buildings=12, first=dt.date(2024, 9, 1), months=26,
           live=dt.date(2025, 9, 1), level=27.4, drift=-0.05, effect=-9.2),
    Course(project="F-01", group="Vergleich", buildings=12, first=dt.date(2024, 9, 1), months=26,
           live=dt.date(2025, 9, 1), level=26.8, drift=-0.05),
    # One long series without anybody to compare with.
    Course(project="F-02", group="umgestellt", buildings=1, first=dt.date(2022, 7, 1), months=52,
           live=dt.date(2025, 7, 1), level=21.5, noise=1.3, effect=-6.1, faults=85),
    # The central hotline made it worse.
    Course(project="F-04", group="umgestellt", buildings=9, first=dt.date(2024, 10, 1), months=24,
           live=dt.date(2025, 10, 1), level=18.2, effect=5.4),
    Course(project="F-04", group="Vergleich", buildings=10, first=dt.date(2024, 10, 1), months=24,
           live=dt.date(2025, 10, 1), level=18.9),
    # A mild winter helped everybody: before and after alone look like a success.
    Course(project="F-05", group="umgestellt", buildings=10, first=dt.date(2024, 11, 1), months=24,
           live=dt.date(2025, 11, 1), level=25.1, shock=-6.8),
    Course(project="F-05", group="Vergleich", buildings=11, first=dt.date(2024, 11, 1), months=24,
           live=dt.date(2025, 11, 1), level=24.6, shock=-6.8),
    # Three months after are no after.
    Course(project="F-07", group="umgestellt", buildings=1, first=dt.date(2026, 5, 1), months=6,
           live=dt.date(2026, 9, 1), level=22.0, effect=-6.0, faults=18),
    Course(project="F-08", group="umgestellt", buildings=8, first=dt.date(2024, 6, 1), months=24,
           live=dt.date(2025, 6, 1), level=31.0, effect=-7.3),
    Course(project="F-08", group="Vergleich", buildings=9, first=dt.date(2024, 6, 1), months=24,
           live=dt.date(2025, 6, 1), level=30.2),
    Course(project="F-09", group="umgestellt", buildings=9, first=dt.date(2024, 11, 1), months=24,
           live=dt.date(2025, 11, 1), level=23.8, effect=-4.6),
    Course(project="F-09", group="Vergleich", buildings=9, first=dt.date(2024, 11, 1), months=24,
           live=dt.date(2025, 11, 1), level=24.1),
)  # fmt: skip

COMPLAINT_MONTHS = (dt.date(2023, 9, 1), 36)
COMPLAINTS_LIVE = dt.date(2026, 3, 1)
COMPLAINTS_BEFORE, COMPLAINTS_SINCE = 0.132, 0.081


def measurements(chance: Chance) -> list[Row]:
    """All measured values, long: project, KPI, month, building, group, and value or numerator over cases."""
    rows = [row for course in COURSES for row in _hours(chance, course)]
    return rows + list(_complaints(chance))


def _hours(chance: Chance, course: Course) -> Iterator[Row]:
    stream = chance.stream(f"measured {course.project} {course.group}")
    several = course.buildings > 1
    levels = course.level + several * course.spread * stream.normal(size=course.buildings)
    letter = "G" if course.group == "umgestellt" else "V"
    for step in range(course.months):
        month = _later(course.first, step)
        since = course.effect + course.shock if month >= course.live else 0.0
        for number, level in enumerate(levels, 1):
            faults = int(stream.poisson(course.faults)) + 1
            value = float(level) + course.drift * step + since + course.noise * float(stream.normal())
            yield _row(
                course.project, FAULT_HOURS, month, course.group, value=round(value, 1), cases=faults,
                building=f"{letter}{number:02d}" if several else EVERYTHING,
            )  # fmt: skip


def _complaints(chance: Chance) -> Iterator[Row]:
    """Complaints among service calls, without anybody to compare with and for half a year since."""
    first, months = COMPLAINT_MONTHS
    stream = chance.stream("measured complaints")
    for step in range(months):
        month = _later(first, step)
        calls = int(stream.integers(150, 210))
        rate = COMPLAINTS_SINCE if month >= COMPLAINTS_LIVE else COMPLAINTS_BEFORE
        complaints = int(stream.binomial(calls, rate))
        yield _row("F-03", COMPLAINTS, month, "umgestellt", numerator=complaints, denominator=calls)


def _row(
    project: str,
    kpi: str,
    month: dt.date,
    group: str,
    *,
    building: str = EVERYTHING,
    value: float | None = None,
    cases: int | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
) -> Row:
    return {
        "Projekt": project, "Kennzahl": kpi, "Monat": month, "Gebäude": building, "Gruppe": group,
        "Wert": value, "Fälle": cases, "Zähler": numerator, "Nenner": denominator,
    }  # fmt: skip


def _later(first: dt.date, months: int) -> dt.date:
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)
