"""Which table a file holds, and which of its headers are which columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from core.contract import EVENTS, Column, contract
from core.query import plain_name
from core.text import Text, same
from store.intake.deciding import Choice, Question
from store.intake.mapping import ColumnRule, Parts, Spread
from store.intake.periodnames import period_of
from store.intake.recognising import Header, fits, meant, measures, names_periods, names_years
from store.intake.vocabulary import Subject, vocabulary


class Draft:
    """The headers of one file and what they could mean."""

    def __init__(self, headers: Sequence[Header], source: str, phases: Sequence[str]) -> None:
        self.headers, self.source = headers, source
        self.words: dict[str, Sequence[str]] = {"phase": phases, "event": EVENTS}

    def matches(self, table: str) -> dict[str, Header]:
        """Columns of a table that headers name, exactly or by an alias, where the values fit the kind."""
        found: dict[str, Header] = {}
        used: set[str] = set()
        columns = contract()[table].columns
        for exact in (True, False):
            for name, column in columns.items():
                said = [plain_name(column.label.de), plain_name(column.label.en)]
                words = [name] if exact else [*column.aliases, *said]
                wanted = {word.replace("_", "") for word in words}
                for header in self.headers:
                    if name in found or header.name in used:
                        continue
                    fitting = fits(header, column, self.words.get(name, ()))
                    fitting = fitting or (name == "period" and names_periods(header))
                    fitting = fitting or (table == "measurements" and measures(self.headers))
                    if header.compact in wanted and fitting:
                        found[name] = header
                        used.add(header.name)
        return found

    def table(self) -> str:
        """The table whose required columns are all there and most of whose columns are; contacts on a tie."""
        best, most = "contacts", 0.0
        for name, table in contract().items():
            found = self.matches(name)
            whole = all(column in found for column in table.required)
            whole = whole or (name == "measurements" and self.measures_one_project(found))
            if name == "contacts":
                whole = "customer_id" in found and ("occurred_at" in found or len(self.dated()) > 0)
                whole = whole or len(self.dated()) > 1
            specific = len(found) + (0.5 if name == "contacts" else 0)
            if name == "reach" and not {"impressions", "visits", "clicks"} & set(found):
                continue
            if whole and specific > most:
                best, most = name, specific
        return "measurements" if best != "measurements" and self.spread() else best

    def measures_one_project(self, found: Map[str, Header]) -> bool:
        """Whether the file holds a project's measurements without naming it, as one file a project does."""
        said = {"kpi", "period"} <= set(found) and bool({"value", "numerator"} & set(found))
        return said and "project" not in found and "customer_id" not in self.matches("contacts")

    def spread(self) -> tuple[Spread, ...]:
        """The columns of numbers that stand for periods, or for KPIs, beside a column that names projects."""
        found = self.matches("measurements")
        if "project" not in found or ("value" in found and {"kpi", "period"} <= set(found)):
            return ()
        if "kpi" in found and "period" not in found:
            dated = [(h, period_of(h.name)) for h in self.headers if h.looks != "time"]
            periods = tuple(Spread(column=h.name, period=day) for h, day in dated if day)
            return periods if len({each.period for each in periods}) == len(periods) > 1 else ()
        if "period" in found and "kpi" not in found:
            named = {h.name for name, h in found.items() if name in ("exposure", "unit", "group", "cluster")}
            return tuple(
                Spread(column=h.name, kpi=h.name)
                for h in self.headers
                if h.looks == "number" and h.name not in named | {found["project"].name}
            )
        return ()

    def dated(self) -> list[Header]:
        """Columns of dates on which something happened with the customer, unless there are no others."""
        dates = [header for header in self.headers if header.looks == "time"]
        upkeep = vocabulary().upkeep.words
        happened = [h for h in dates if not any(word in f"_{h.plain}_" for word in upkeep)]
        return happened or dates

    def subject(self) -> Subject | None:
        """What a row is, where the headers say so: a ticket, an order."""
        names = {header.plain for header in self.headers}
        return next((each for each in vocabulary().subject if names & set(each.headers)), None)

    def rule(self, header: Header, column: Column) -> ColumnRule:
        """A plain rule; markers of emptiness count as empty outside of texts."""
        if column.kind == "time" and names_years(header):
            return ColumnRule(parts=Parts(month=1, year=header.name))
        if column.words:
            return ColumnRule(header=header.name, values=meant(header, column))
        if column.kind == "text":
            return ColumnRule(header=header.name)
        return ColumnRule(header=header.name, values=dict.fromkeys(header.markers, ""))


def column_question(
    name: str, text: Text, headers: Sequence[Header], suggestion: str | None = None
) -> Question:
    """Which of the headers a column is; without a suggestion somebody has to say."""
    return Question(
        field=f"columns.{name}",
        kind="column",
        text=text,
        choices=tuple(Choice(value=h.name, label=same(h.name)) for h in headers),
        suggestion=suggestion,
        blocking=suggestion is None,
    )
