"""Cells: numbers, dates, flags and texts are read by one declared form a column, or not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputFault
from store.engine import connect
from store.intake import casting, dates
from store.intake.cells import Place
from store.intake.mapping import DateFormat
from store.intake.mapping import Decimal as Sign
from tests.intake.raw_tables import read_by

BASE = """
source = "t"
{top}
[columns]
customer_id = "k"
occurred_at = {{ constant = 2024-01-01 }}
touchpoint = {{ constant = "x" }}
{columns}
"""


class Reader:
    """Reads single texts through the product's own SQL."""

    def __init__(self, folder: Path) -> None:
        self._connection = connect(temp=folder)

    def number(self, text: str, sign: Sign, *, money: bool = True) -> float | None:
        sql = casting.number_sql(casting.bare_sql("t", "EUR", money), sign)
        return self._one(sql, text)  # type: ignore[return-value]

    def time(self, text: str, form: DateFormat, pivot: int = 68) -> dt.datetime | None:
        sql = dates.time_sql("t", form, pivot, "'Europe/Berlin'")
        return self._one(sql, text)  # type: ignore[return-value]

    def parts(self, day: str, month: str, year: str) -> dt.datetime | None:
        sql = f"SELECT {dates.parts_sql('$d', '$m', '$y', 68)}"
        ((value,),) = self._connection.execute(sql, {"d": day, "m": month, "y": year}).fetchall()
        return value  # type: ignore[no-any-return]

    def _one(self, sql: str, text: str) -> object:
        bound = f"SELECT {sql} FROM (SELECT {casting.text_sql('$text')} AS t)"
        return self._connection.execute(bound, {"text": text}).fetchall()[0][0]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(tmp_path_factory.mktemp("reader"))


def german(number: Decimal) -> str:
    return f"{number:,}".replace(",", "\0").replace(".", ",").replace("\0", ".")


@given(
    number=st.decimals(-(10**9), 10**9, places=2),
    unit=st.sampled_from(["", " €", "€ ", "EUR ", " EUR", " Euro"]),
)
def test_a_number_reads_back_in_the_way_it_was_written(read: Reader, number: Decimal, unit: str) -> None:
    for text, sign in ((german(number), ","), (f"{number:,}", "."), (str(number), ".")):
        with_unit = text + unit if unit.startswith(" ") else unit + text
        assert read.number(with_unit, sign) == float(number)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("1.234", 1234.0, 1.234),
        ("1,234", 1.234, 1234.0),
        ("12.34", None, 12.34),
        ("0.125", None, 0.125),
        ("1.234.567", 1234567.0, None),
        ("1 234,5", 1234.5, None),
        ("1'234.50", None, 1234.5),
        ("(1.234,56)", -1234.56, None),
        ("12,50-", -12.5, None),
        ("−5", -5.0, -5.0),
        ("1e3", None, 1000.0),
        ("12.34.56", None, None),
        ("0x1F", None, None),
        ("1_000", None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("TEUR 5", None, None),
        ("5 USD", None, None),
        ("12 €/h", None, None),
        ("12,5 %", None, None),
        ("2024-01-02", None, None),
        ("9" * 400, None, None),
    ],
)
def test_a_number_is_read_strictly(read: Reader, text: str, comma: float | None, point: float | None) -> None:
    assert read.number(text, ",") == comma
    assert read.number(text, ".") == point


def test_a_percent_sign_belongs_to_numbers_that_are_no_money(read: Reader) -> None:
    assert read.number("12,5 %", ",", money=False) == 12.5


WRITTEN: dict[DateFormat, str] = {
    "iso": "%Y-%m-%d", "d.m.y": "%d.%m.%Y", "m/d/y": "%m/%d/%Y", "d/m/y": "%d/%m/%Y", "y/m/d": "%Y/%m/%d",
    "d-m-y": "%d-%m-%Y", "m-d-y": "%m-%d-%Y", "ymd": "%Y%m%d",
}  # fmt: skip


@given(
    moment=st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2100, 1, 1)).map(
        lambda t: t.replace(microsecond=0)
    ),
    clock=st.sampled_from(["", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M:%S %p", ", %H:%M Uhr"]),
)
def test_a_date_reads_back_in_the_form_it_was_written(read: Reader, moment: dt.datetime, clock: str) -> None:
    whole = moment if "%S" in clock else moment.replace(second=0)
    whole = whole if clock else dt.datetime.combine(moment.date(), dt.time())
    for form, pattern in WRITTEN.items():
        assert read.time(moment.strftime(pattern + clock), form) == whole


@given(st.datetimes(dt.datetime(1974, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
def test_offset_and_epoch_times_become_the_wall_clock_of_the_workspace(
    read: Reader, moment: dt.datetime
) -> None:
    moment = moment.replace(microsecond=0)
    wall = moment.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    assert read.time(moment.isoformat(), "iso") == wall
    assert read.time(moment.isoformat().replace("+00:00", "Z"), "iso") == wall
    elsewhere = moment.astimezone(ZoneInfo("America/New_York"))
    assert read.time(elsewhere.isoformat(sep=" "), "iso") == wall
    assert read.time(str(int(moment.timestamp())), "epoch_s") == wall
    assert read.time(str(int(moment.timestamp() * 1000)), "epoch_ms") == wall


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31.02.2024", "d.m.y"), ("00.00.0000", "d.m.y"), ("31.12.9999", "d.m.y"), ("2024-13-01", "iso"),
        ("2024-01-01 25:00", "iso"), ("1.234,5", "d.m.y"), ("13/13/2024", "m/d/y"),
        ("3/4/2024 13:00 PM", "m/d/y"), ("1700000000", "iso"), ("45000", "epoch_s"), ("heute", "iso"),
    ],
)  # fmt: skip
def test_what_is_no_date_of_the_form_is_not_read(read: Reader, text: str, form: DateFormat) -> None:
    assert read.time(text, form) is None


def test_two_digit_years_follow_the_pivot(read: Reader) -> None:
    assert read.time("1.2.24", "d.m.y") == dt.datetime(2024, 2, 1)
    assert read.time("1.2.69", "d.m.y") == dt.datetime(1969, 2, 1)
    assert read.time("1.2.69", "d.m.y", pivot=75) == dt.datetime(2069, 2, 1)


def test_months_of_a_period_column_are_their_first_day(read: Reader) -> None:
    assert read.time("2024-03", "y-m") == read.time("03.2024", "m.y") == read.time("3/2024", "m.y")
    assert read.time("2024-03", "y-m") == dt.datetime(2024, 3, 1)


@pytest.mark.parametrize("name", ["jan", "Jan.", "Januar", "JANUARY", "1", "01", "1.0"])
def test_a_date_is_put_together_from_parts_with_month_names(read: Reader, name: str) -> None:
    assert read.parts("31", name, "2010") == dt.datetime(2010, 1, 31)


@pytest.mark.parametrize(
    ("day", "month"), [("31", "feb"), ("0", "1"), ("1", "13"), ("x", "1"), ("1", "Jänuar")]
)
def test_parts_that_make_no_date_are_not_read(read: Reader, day: str, month: str) -> None:
    assert read.parts(day, month, "2010") is None


@pytest.mark.parametrize(
    ("values", "why"),
    [(["3/4/2024", "5/6/2024"], "Tag und Monat"), (["13/4/2024", "4/13/2024"], "Beide Schreibweisen")],
)
def test_dates_that_can_be_read_two_ways_are_asked_about(tmp_path: Path, values: list[str], why: str) -> None:
    mapping = BASE.format(top="", columns="").replace("{ constant = 2024-01-01 }", '"d"')
    with pytest.raises(InputFault, match=why) as fault:
        read_by(tmp_path, mapping, ["k", "d"], [["a", value] for value in values])
    assert "columns.occurred_at.format" in fault.value.text.de


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["3/4/2024", "5/13/2024"], dt.datetime(2024, 3, 4)),
        (["3/4/2024", "13/5/2024"], dt.datetime(2024, 4, 3)),
        (["4/4/2024", "5/5/2024"], dt.datetime(2024, 4, 4)),
        (["03.04.2024"], dt.datetime(2024, 4, 3)),
        (["1712102400"], dt.datetime(2024, 4, 3, 2)),
    ],
)
def test_one_value_that_fits_one_reading_only_decides_the_column(
    tmp_path: Path, values: list[str], first: dt.datetime
) -> None:
    mapping = BASE.format(top="", columns="").replace("{ constant = 2024-01-01 }", '"d"')
    _, table, _ = read_by(tmp_path, mapping, ["k", "d"], [["a", value] for value in values])
    assert table["occurred_at"][0] == first


@pytest.mark.parametrize("values", [["1.234"], ["1,234", "5"], ["1.234,5", "1,234.5"]])
def test_numbers_that_can_be_read_two_ways_are_asked_about(tmp_path: Path, values: list[str]) -> None:
    with pytest.raises(InputFault, match="Komma und Punkt"):
        read_by(tmp_path, BASE.format(top="", columns='value = "v"'), ["k", "v"], [["a", v] for v in values])


@pytest.mark.parametrize(
    ("values", "total"), [(["1.234", "0,5"], 1234.5), (["1.234", "0.5"], 1.734), (["7", "8"], 15.0)]
)
def test_one_value_decides_the_numbers_of_the_whole_column(
    tmp_path: Path, values: list[str], total: float
) -> None:
    _, table, rejects = read_by(
        tmp_path, BASE.format(top="", columns='value = "v"'), ["k", "v"], [["a", v] for v in values]
    )
    assert table["value"].sum() == pytest.approx(total)
    assert rejects.empty


@pytest.mark.parametrize("cell", ["$ 5", "5 USD", "5 £", "CHF 12"])
def test_a_second_currency_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(InputFault, match="zweite Währung"):
        read_by(tmp_path, BASE.format(top="", columns='value = "v"'), ["k", "v"], [["a", "5 €"], ["b", cell]])


def test_a_second_currency_in_a_column_of_its_own_is_refused(tmp_path: Path) -> None:
    mapping = BASE.format(top='currency = "w"', columns='value = "v"')
    _, table, _ = read_by(tmp_path, mapping, ["k", "v", "w"], [["a", "5", "EUR"], ["b", "6", "€"]])
    assert table["value"].sum() == 11
    with pytest.raises(InputFault, match="in Zeile 2 steht „USD“"):
        read_by(tmp_path, mapping, ["k", "v", "w"], [["a", "5", "EUR"], ["b", "6", "USD"]])


def test_the_workspace_currency_may_be_another(tmp_path: Path) -> None:
    mapping = BASE.format(top="", columns='value = "v"')
    _, table, _ = read_by(tmp_path, mapping, ["k", "v"], [["a", "$5"]], Place(currency="USD"))
    assert table["value"].tolist() == [5.0]


def test_scores_outside_their_scale_are_left_out_and_reported(tmp_path: Path) -> None:
    mapping = BASE.format(top="", columns='nps = "n"\nresolved = "r"\ndirection = "d"')
    rows = [["a", "10", "ja", "Inbound"], ["b", "11", "vielleicht", "seitwärts"], ["c", "0", "X", "outbound"]]
    records, table, rejects = read_by(tmp_path, mapping, ["k", "n", "r", "d"], rows)
    assert (records.accepted, records.rejected) == (3, 0)
    assert table["nps"].fillna(-1).tolist() == [10, -1, 0]
    assert table["resolved"].astype(object).where(table["resolved"].notna(), None).tolist() == [
        True,
        None,
        True,
    ]
    assert rejects[["row_no", "column", "value"]].values.tolist() == [
        [2, "d", "seitwärts"],
        [2, "n", "11"],
        [2, "r", "vielleicht"],
    ]
    assert not rejects["fatal"].any()


def test_ids_stay_text(tmp_path: Path) -> None:
    ids = ["NA", "007", "12345678901234567890123", "1e5", "=1+1", "<b>x</b>", "'; DROP TABLE x; --"]
    _, table, rejects = read_by(tmp_path, BASE.format(top="", columns=""), ["k"], [[i] for i in ids])
    assert table["customer_id"].tolist() == ids
    assert rejects.empty


def test_an_overlong_id_or_one_with_control_characters_rejects_the_row(tmp_path: Path) -> None:
    records, table, rejects = read_by(
        tmp_path, BASE.format(top="", columns=""), ["k"], [["x" * 301], ["a\x01b"], ["ok"]]
    )
    assert table["customer_id"].tolist() == ["ok"]
    assert records.rejected == len(rejects) == 2


def test_words_of_the_file_are_translated_by_the_mapping(tmp_path: Path) -> None:
    columns = 'segment = { header = "s", values = { F = "B2B", P = "B2C" } }\n'
    columns += 'value = { header = "v", values = { "k.A." = "" } }'
    _, table, rejects = read_by(
        tmp_path,
        BASE.format(top="", columns=columns),
        ["k", "s", "v"],
        [["a", "f", "1"], ["b", "P ", "k.A."], ["c", "X", "2"]],
    )
    assert table["segment"].tolist() == ["B2B", "B2C", "X"]
    assert table["value"].sum() == 3
    assert rejects.empty


def test_a_constant_that_does_not_fit_its_column_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="passt nicht"):
        read_by(tmp_path, BASE.format(top="", columns='value = { constant = "viel" }'), ["k"], [["a"]])


def test_a_header_that_the_file_lacks_is_named_with_the_closest_one(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="Meinten Sie „Kunde“"):
        read_by(tmp_path, BASE.format(top="", columns="").replace('"k"', '"Kunden"'), ["Kunde"], [["a"]])


def test_an_empty_table_of_values_reads_as_nothing(tmp_path: Path) -> None:
    _, table, rejects = read_by(
        tmp_path, BASE.format(top="", columns='value = "v"'), ["k", "v"], [["a", None]]
    )
    assert table["value"].isna().all()
    assert isinstance(rejects, pd.DataFrame)
    assert rejects.empty


def test_a_row_number_and_a_date_from_parts_make_a_contact(tmp_path: Path) -> None:
    mapping = """
source = "calls"
[columns]
customer_id = { row_number = true }
occurred_at = { parts = { day = "day", month = "month", year = 2010 } }
touchpoint = { constant = "Anruf" }
"""
    rows: list[list[str | None]] = [["19", "oct"], ["31", "feb"], ["1", None]]
    records, table, rejects = read_by(tmp_path, mapping, ["day", "month"], rows)
    assert table[["customer_id", "occurred_at"]].to_numpy().tolist() == [["1", pd.Timestamp(2010, 10, 19)]]
    assert records.rejected == 2
    assert rejects[["row_no", "column", "value"]].to_numpy().tolist() == [
        [2, "day + month", "31 feb"], [3, "day + month", "1"],
    ]  # fmt: skip
