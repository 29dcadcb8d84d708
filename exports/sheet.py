"""What one claim says on paper: words of one language and numbers already written, as exporters take them.

Whoever builds a sheet has passed the consent gate: an anonymous sheet holds no name, logo or small n, neither
shown nor hidden, because an exporter writes whatever it is given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from core.text import Lang

FactRole = Literal["before", "after", "change", "interval", "n", "other"]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A number as it is shown. `place` names it within its claim (`before`, `after`, `change`, `low` ...)."""

    place: str
    label: str  # what it is, for a reader: "vorher", "95-%-Intervall"
    text: str  # as shown, unit included: "16,1 Tage", "−5,6 bis −2,6 Tage"
    value: float | None
    role: FactRole = "other"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words of a customer, without quotation marks; `person` and `role` are empty where consent forbids."""

    text: str
    person: str
    role: str
    picture: bytes | None = None  # PNG or JPEG


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line or bar group of a chart; a value that is missing is None.

    A `level` is the figure of a whole window, drawn straight across its labels; a `line` has single values.
    """

    name: str
    values: tuple[float | None, ...]
    role: Literal["treated", "control", "expected"]
    form: Literal["line", "level"] = "line"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Values over labels. `before_after` has exactly two labels; `series` is time; `groups` are bars."""

    kind: Literal["before_after", "series", "groups"]
    title: str  # what is shown, its unit written out
    unit: str  # as it stands beside a number: "h", "%", "Tage"; empty for a count
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int  # how many every value is shown with; values are rounded to them before they leave
    change_at: int | None  # the first label after the change, for `series`
    change_label: str = ""
    alt: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One claim in one language."""

    claim: str
    lang: Lang
    title: str  # the finding
    sentence: str
    footnote: str
    grade: Literal["A", "B", "C", "X"]
    grade_sentence: str  # "Belastbarkeit A: mit Vergleichsgruppe" and its reason
    provenance: str  # computed, or confirmed by the customer in writing
    subject: str  # the customer's name, or "Maschinenbau, 50 bis 249 Mitarbeitende" when anonymous
    period: str  # "09/2025–08/2026", both windows
    logo: bytes | None  # PNG or JPEG
    quote: Quote | None
    chart: Chart | None
    facts: tuple[Shown, ...]
    key: tuple[str, ...] = ()  # places of the one or two facts that are shown large
    evidence: tuple[tuple[str, ...], ...] | None  # header and rows; None where consent forbids
    watermark: str | None  # "Intern"
    notes: str  # source, n, method: the speaker notes
    snapshot: str
    kpi_version: str
    made_on: dt.date
    as_of: dt.date | None = None  # when it was frozen; the data may have moved on since
    good_until: dt.date | None = None
    anonymous: bool = False
    sample: bool = False  # made up: every file says so

    @property
    def key_facts(self) -> tuple[Shown, ...]:
        """The facts of `key`, in its order."""
        by_place = {fact.place: fact for fact in self.facts}
        return tuple(by_place[place] for place in self.key if place in by_place)


@dataclass(frozen=True, kw_only=True)
class CaseStudy:
    """Claims of one project with the story around them; the story is text of people."""

    title: str
    situation: str
    approach: str
    result: str
    sheets: tuple[Sheet, ...]
