"""Mappings as files: what they say survives writing and reading, and a broken one names file and field."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contract import EVENTS
from core.errors import InputFault
from store.intake.mapping import (
    ColumnRule,
    Mapping,
    Outcome,
    Parts,
    Reading,
    Stage,
    TouchpointRule,
    dump_mapping,
    load_mapping,
    parse_mapping,
)

LONG = """
source = "service"
[columns]
customer_id = "Kunde"
occurred_at = "Datum"
touchpoint = "Vorgang"
"""

SPEND = """
source = "spend"
table = "spend"
[columns]
period = "Monat"
amount = "Betrag"
"""

headers = st.text(min_size=1, max_size=12)
constants = st.one_of(
    st.text(max_size=8),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9),
    st.dates(dt.date(1900, 1, 1), dt.date(2199, 1, 1)),
)
rules = st.one_of(
    st.builds(ColumnRule, header=headers, values=st.dictionaries(headers, constants, max_size=2)),
    st.builds(ColumnRule, constant=constants),
    st.just(ColumnRule(row_number=True)),
    st.builds(ColumnRule, first_of=st.tuples(headers, headers), decimal=st.sampled_from([None, ".", ","])),
    st.builds(ColumnRule, parts=st.builds(Parts, day=headers, month=headers, year=st.integers(1990, 2030))),
)
readings = st.builds(
    Reading, phase=st.sampled_from([None, "awareness", "loyalty"]), event=st.sampled_from([None, *EVENTS])
)
touchpoints = st.builds(
    TouchpointRule,
    phase=st.sampled_from([None, "awareness", "purchase"]),
    event=st.sampled_from([None, *EVENTS]),
    after_order=st.one_of(st.none(), readings),
    direction=st.sampled_from([None, "inbound", "outbound"]),
)
mappings = st.builds(
    Mapping,
    source=st.text(min_size=1, max_size=20),
    mode=st.sampled_from(["append", "replace", "upsert"]),
    key=st.tuples(headers),
    data_end=st.one_of(st.none(), st.dates()),
    sample=st.booleans(),
    dates=st.sampled_from([None, "iso", "d.m.y"]),
    columns=st.fixed_dictionaries(
        {"customer_id": rules, "occurred_at": rules, "touchpoint": rules}, optional={"value": rules}
    ),
    stages=st.lists(st.builds(Stage, column=headers, touchpoint=headers), max_size=2).map(tuple),
    outcome=st.one_of(st.none(), st.builds(Outcome, column=headers, date=rules, won=st.tuples(headers))),
    touchpoints=st.dictionaries(headers, touchpoints, max_size=3),
)


@given(mappings)
def test_a_mapping_written_as_toml_reads_back_the_same(mapping: Mapping) -> None:
    assert parse_mapping(dump_mapping(mapping)) == mapping


def test_a_plain_header_may_stand_for_a_rule() -> None:
    assert parse_mapping(LONG).columns["customer_id"] == ColumnRule(header="Kunde")


def test_a_wide_table_is_updated_by_its_journey_unless_the_file_says_otherwise() -> None:
    wide = """
source = "crm"
[columns]
customer_id = "Kunde"
journey_id = "Angebot"
[[stages]]
column = "Angebot am"
touchpoint = "Angebot"
"""
    assert (parse_mapping(wide).mode, parse_mapping(wide).key) == ("upsert", ("Angebot",))
    assert parse_mapping('mode = "append"\n' + wide.strip()).mode == "append"
    assert parse_mapping(LONG).mode == "append"


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("source = ", "–", "Invalid value"),
        (LONG + "colour = 3", "columns.colour", "valid dictionary"),
        (LONG.replace('"Kunde"', "{ header = 'a', constant = 1 }"), "columns.customer_id", "exactly one of"),
        (LONG.replace("customer_id", "customer"), "–", "cannot be used as a name"),
        (LONG.replace('occurred_at = "Datum"', ""), "–", "columns lacks occurred_at"),
        (LONG + "'Größe' = 'x'", "–", "groesse"),
        ('table = "contact"\n' + LONG, "–", "did you mean “contacts”"),
        ('mode = "upsert"\n' + LONG, "–", "upsert needs key"),
        (LONG + "[touchpoints.Messe]\nevent = 'party'", "touchpoints.Messe.event", "Input should be"),
        (SPEND + '[[stages]]\ncolumn = "c"\ntouchpoint = "d"', "–", "belong to contacts"),
    ],
)  # fmt: skip
def test_a_broken_mapping_names_the_file_and_the_field(
    tmp_path: Path, text: str, field: str, words: str
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault) as fault:
        load_mapping(file)
    assert "broken.toml" in fault.value.text.de
    assert f"“{field}”" in fault.value.text.en
    assert words in fault.value.text.en


def test_a_missing_mapping_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="gibt es nicht"):
        load_mapping(tmp_path / "none.toml")


def test_a_mapping_in_another_encoding_is_a_clear_fault(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('source = "Köln"'.encode("latin-1"))
    with pytest.raises(InputFault, match=r"latin\.toml"):
        load_mapping(file)


def test_the_example_of_the_documentation_is_a_mapping() -> None:
    page = (Path(__file__).parents[2] / "docs" / "mappings.md").read_text(encoding="utf-8")
    example = parse_mapping(page.split("```toml\n")[1].split("```")[0])
    assert example.outcome is not None
    assert example.touchpoints["Angebot"].after_order == Reading(phase="loyalty", event="offer")
