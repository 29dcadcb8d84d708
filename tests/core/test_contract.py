from hypothesis import given
from hypothesis import strategies as st

from core.contract import EVENT_LABELS, EVENTS, contract
from core.query import identifier, plain_name


def test_every_required_and_dating_column_exists() -> None:
    for name, table in contract().items():
        needed = {*table.required, *([table.time] if table.time else [])}
        assert needed <= set(table.columns), name


def test_no_alias_means_two_columns_of_one_table_and_each_is_a_plain_name() -> None:
    for name, table in contract().items():
        aliases = [alias for column in table.columns.values() for alias in column.aliases]
        assert len(set(aliases)) == len(aliases), name
        assert [plain_name(alias) for alias in aliases] == aliases, name


def test_every_event_has_a_name_in_both_languages() -> None:
    assert set(EVENT_LABELS) == set(EVENTS)


@given(st.text())
def test_any_header_becomes_a_safe_column_name(header: str) -> None:
    name = plain_name(header)
    assert name.isascii()
    assert name.isidentifier()


@given(st.text())
def test_a_quoted_identifier_cannot_be_left(name: str) -> None:
    inside = identifier(name)[1:-1]
    assert '"' not in inside.replace('""', "")
    assert inside.replace('""', '"') == name
