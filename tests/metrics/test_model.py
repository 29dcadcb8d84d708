"""KPI definitions: what is refused, and by which file and field; what every shipped definition has."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from core.contract import EVENTS, contract
from core.period import Month, Period
from core.settings import Settings
from journeys.model import load_models
from metrics.ages import age_cells, ages_query
from metrics.availability import needs
from metrics.behind import chosen_query, rows_query
from metrics.cells import adding_cells, aggregates_of, over_cells, value_cells
from metrics.compile import (
    Slice,
    measures,
    monthly_query,
    period_query,
    prepared_query,
    ranked_query,
    shared_query,
)
from metrics.expressions import compared_with, parse
from metrics.facts import Fact, Frame, fact_sql, facts, places
from metrics.model import CATALOG, Kpi, load_kpis

KPIS = load_kpis()
MONTHS = tuple(Month(2024, 1).until(Month(2024, 3)))
FRAME = Frame(
    months=MONTHS,
    data_start=dt.datetime(2024, 1, 1),
    data_end=dt.datetime(2024, 3, 31),
    horizon=dt.datetime(2024, 3, 31),
    settings=Settings(hourly_rates={"O'Neill": 95.5}),
    phases=("awareness", "purchase", "loyalty"),
    after_purchase=("loyalty",),
)
CUT = Slice(frame=FRAME, by="channel", where={"channel": ("Web", "x'; DROP TABLE contacts; --")})

GOOD: dict[str, Any] = {
    "kind": "ratio",
    "of": "closings",
    "numerator": "count(*) FILTER (WHERE won)",
    "denominator": "count(*)",
    "unit": "percent",
    "direction": "up",
    "name": {"de": "Quote", "en": "Rate"},
    "question": {"de": "Wie?", "en": "How?"},
    "how": {"de": "So.", "en": "So."},
}


SURVIVAL: dict[str, Any] = {
    "kind": "survival", "of": "offer_fates", "end": "won_days", "competing": "lost_days",
    "horizon_days": "60", "numerator": None, "denominator": None,
}  # fmt: skip


def faults(tmp_path: Path, **changes: Any) -> dict[str, str]:
    """What is wrong with an own KPI: field -> reason."""
    fields = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    lines = [
        f"{name} = {{ de = {value['de']!r}, en = {value['en']!r} }}"
        if isinstance(value, dict)
        else f'{name} = "{value}"'
        for name, value in fields.items()
    ]
    (tmp_path / "own.toml").write_text("[mine]\n" + "\n".join(lines), encoding="utf-8")
    catalog = load_kpis(tmp_path)
    assert set(KPIS.entries) <= set(catalog.entries)  # nothing else breaks
    assert ("mine" in catalog.entries) != bool(catalog.faults)
    assert all((fault.file, fault.entry) == ("own.toml", "mine") for fault in catalog.faults)
    return {fault.field: fault.reason for fault in catalog.faults}


def test_a_good_definition_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path) == {}
    assert faults(tmp_path, **SURVIVAL) == {}
    assert faults(tmp_path, **SURVIVAL, quantile="0.25", unit="days") == {}


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"numerator": "sum(valu)"}, "numerator", "did you mean “value”"),
        ({"numerator": "sum(read_csv('/etc/passwd'))"}, "numerator", "not allowed"),
        ({"numerator": "(SELECT count(*) FROM contacts)"}, "numerator", "not allowed"),
        ({"numerator": "count(*); DROP TABLE contacts"}, "numerator", "not allowed"),
        ({"numerator": "count(*) FILTER (WHERE contacts.won)"}, "numerator", "without its table"),
        ({"numerator": "value + 1"}, "numerator", "aggregate is wanted"),
        ({"numerator": "sum(value) + value"}, "numerator", "outside of an aggregate"),
        ({"numerator": "sum(count(*))"}, "numerator", "inside an aggregate"),
        ({"numerator": "count(* FILTER"}, "numerator", "cannot be read"),
        ({"numerator": "sum(value) OVER ()"}, "numerator", "not allowed"),
        ({"where": "count(*) > 3"}, "where", "one value per row"),
        ({"numerator": None}, "numerator", "needs a numerator"),
        ({"value": "value"}, "value", "has no value"),
        ({"kind": "mean", "numerator": None, "denominator": None}, "value", "needs a value"),
        ({"of": "closing"}, "of", "did you mean “closings”"),
        ({"denominator_of": "surveyz"}, "denominator_of", "did you mean “surveys”"),
        ({"per": "phase"}, "of", "has no phase"),
        ({"direction": "sideways"}, "direction", "Input should be"),
        ({"colour": "red"}, "colour", "Extra inputs"),
        ({"how": None}, "how", "Field required"),
        ({"kind": "survial"}, "kind", "Input should be"),
        ({"horizon_days": "90"}, "horizon_days", "only a survival has horizon_days"),
        ({"end": "days"}, "end", "only a survival has end"),
        ({**SURVIVAL, "of": "closings"}, "of", "cannot be followed; those of these can: journey_fates"),
        ({**SURVIVAL, "end": None}, "end", "needs an end"),
        ({**SURVIVAL, "horizon_days": None}, "horizon_days", "needs horizon_days"),
        ({**SURVIVAL, "horizon_days": "0"}, "horizon_days", "greater than or equal to 1"),
        ({**SURVIVAL, "end": "won_day"}, "end", "did you mean “won_days”"),
        ({**SURVIVAL, "end": "won_at"}, "end", "unknown column “won_at”"),
        ({**SURVIVAL, "end": "min(won_days)"}, "end", "one value per row"),
        ({**SURVIVAL, "competing": "event = 'lost'"}, "competing", "unknown column “event”"),
        ({**SURVIVAL, "quantile": "1.5"}, "quantile", "less than 1"),
        ({**SURVIVAL, "quantile": "0.5"}, "unit", "with a quantile is in days"),
        ({**SURVIVAL, "unit": "days"}, "unit", "without a quantile is in percent"),
        ({**SURVIVAL, "settles": "window"}, "settles", "waits for its horizon by itself"),
        ({**SURVIVAL, "n": "count(*)"}, "n", "counts its starts"),
        ({**SURVIVAL, "value": "won_days"}, "value", "has no value"),
    ],
)
def test_a_broken_definition_names_its_field_and_what_to_do(
    tmp_path: Path, changes: dict[str, Any], field: str, reason: str
) -> None:
    found = faults(tmp_path, **changes)
    assert field in found
    assert reason in found[field]


def test_at_least_forty_five_definitions_load_and_none_is_broken() -> None:
    assert KPIS.faults == ()
    assert len(KPIS.entries) >= 45


def test_every_phase_is_served_by_at_least_four() -> None:
    models = load_models()
    served = Counter(kpi.phase for kpi in KPIS.entries.values())
    for phase in models["seven_phase"].phase_ids:
        assert served[phase] >= 4, phase
    assert {phase for phase in served if phase} <= set(models["seven_phase"].phase_ids)


def test_every_kpi_that_a_journey_model_names_exists() -> None:
    for model in load_models().entries.values():
        for phase in model.phases:
            assert {phase.headline, *phase.kpis} <= set(KPIS.entries), phase.id


@pytest.mark.parametrize("kpi", KPIS.entries.values(), ids=lambda kpi: kpi.id)
def test_every_definition_reads_well_in_both_languages(kpi: Kpi) -> None:
    for lang in ("de", "en"):
        assert kpi.question(lang).endswith("?")
        assert kpi.how(lang).endswith(".")
        assert len(kpi.name(lang)) <= 60
    german = " ".join(text.de for text in (kpi.name, kpi.question, kpi.how) if text)
    assert '"' not in german
    if kpi.unit == "points":
        assert "Prozent" in kpi.how.de or "Punkt" in kpi.how.de


@pytest.mark.parametrize("kpi", KPIS.entries.values(), ids=lambda kpi: kpi.id)
def test_every_need_names_a_column_a_table_or_an_event_of_the_contract(kpi: Kpi) -> None:
    tables = contract()
    for need in needs(kpi):
        for one in need.split("|"):
            if one.startswith("event:"):
                assert one.removeprefix("event:") in EVENTS
            else:
                table, _, column = one.partition(".")
                assert column in tables[table].columns if column else table in tables


def test_every_column_of_a_fact_is_in_its_sql() -> None:
    for fact in facts().values():
        tree = sqlglot.parse_one(fact_sql(fact, FRAME), read="duckdb")
        assert isinstance(tree, exp.Select)
        names = set(tree.named_selects)
        assert {"row_key", "dated_at", "customer_id"} <= names, fact.id
        assert set(fact.columns) <= names, fact.id


@pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.id)
def test_every_query_is_understood_by_the_engine_that_comes_after(fact: Fact) -> None:
    cut = CUT if fact.has_dimension("channel") else Slice(frame=FRAME)
    period = Period(MONTHS[0], MONTHS[2])
    about = [kpi for kpi in KPIS.entries.values() if fact in kpi.used_facts]
    counted = [measure for kpi in about for measure in measures(kpi) if measure.fact is fact]
    columns = [measure.sql for measure in counted]
    prepared = prepared_query(fact, fact.columns, FRAME, cut.dimensions)
    aggregates = aggregates_of(measure.tree for measure in counted)
    cells = adding_cells(prepared, aggregates, cut.dimensions, per_phase=False)
    queries = [
        monthly_query(prepared, columns, cut, per_phase="phase" in fact.columns),
        monthly_query(cells, [over_cells(m.tree, aggregates) for m in counted], cut, per_phase=False),
        period_query(prepared, columns, cut, [period], per_phase=False),
        *(shared_query(place, FRAME, cut.dimensions) for place in places(fact)),
    ]
    for kpi in about:
        if kpi.fact is fact:
            chosen = chosen_query(kpi, cut, period, phase=None, below=False)
            queries.append(rows_query(kpi, cut, chosen, below=False, limit=100))
        if kpi.fact is fact and kpi.kind == "median":
            queries.append(ranked_query(value_cells(prepared, kpi, cut.dimensions), kpi, cut, [period]))
        if kpi.kind == "survival":
            queries.append(ages_query(age_cells(prepared, kpi, cut.dimensions), kpi, cut, [period]))
            chosen = chosen_query(kpi, cut, period, phase=None, below=True)
            queries.append(rows_query(kpi, cut, chosen, below=True, limit=100))
    for query in queries:
        tree = sqlglot.parse_one(query.sql, read="duckdb")
        tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert tree.find(exp.DateDiff, exp.Quantile, exp.Median, exp.ArgMin, exp.ArgMax) is None


def test_words_of_users_are_bound_and_never_part_of_the_sql() -> None:
    fact, columns = facts()["contacts"], [measure.sql for measure in measures(KPIS["csat"])]
    prepared = prepared_query(fact, fact.columns, FRAME, CUT.dimensions)
    query = monthly_query(prepared, columns, CUT, per_phase=False)
    assert "DROP" not in query.sql
    assert "x'; DROP TABLE contacts; --" in query.values.values()
    assert "O''Neill" in query.sql  # a team of the settings, as a quoted literal


def test_a_new_way_of_counting_is_a_new_version_and_new_words_are_not() -> None:
    kpi = KPIS["win_rate"]
    reworded = kpi.model_copy(update={"name": GOOD["name"]})
    again = Kpi.model_validate({**kpi.model_dump(), "name": GOOD["name"]})
    stricter = Kpi.model_validate({**kpi.model_dump(), "minimum_n": 30})
    assert again.version == kpi.version == reworded.version
    assert stricter.version != kpi.version


def test_events_in_an_expression_are_found_with_their_alternatives() -> None:
    tree = parse(
        "count(*) FILTER (WHERE event = 'won') / count(*) FILTER (WHERE event IN ('won', 'lost'))",
        {"event"},
        aggregate=True,
    )
    assert set(compared_with(tree, "event")) == {("won",), ("won", "lost")}


def test_no_definition_is_in_two_files() -> None:
    names = [
        name for file in CATALOG.glob("*.toml") for name in tomllib.loads(file.read_text(encoding="utf-8"))
    ]
    assert len(names) == len(set(names)) == len(KPIS.entries)
