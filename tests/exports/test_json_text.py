"""Results as JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Month, Period
from core.text import Text
from exports.json_text import json_text


@dataclass(frozen=True)
class Found:
    name: Text
    month: Month
    value: float | None
    rows: pd.DataFrame


def test_field_names_stay_months_are_short_and_both_languages_are_there() -> None:
    rows = pd.DataFrame({"at": [pd.Timestamp("2026-10-01 08:30")], "n": [3], "x": [np.nan], "k": ["NA"]})
    found = Found(name=Text(de="Größe", en="Size"), month=Month(2026, 10), value=0.1, rows=rows)
    assert json.loads(json_text([found])) == [
        {
            "name": {"de": "Größe", "en": "Size"},
            "month": "2026-10",
            "value": 0.1,
            "rows": [{"at": "2026-10-01T08:30:00", "n": 3, "x": None, "k": "NA"}],
        }
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            Period(Month(2026, 1), Month(2026, 3), "range"),
            {"first": "2026-01", "last": "2026-03", "basis": "range"},
        ),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (pd.NaT, None),
        (pd.NA, None),
        (float("inf"), None),
        (np.int64(7), 7),
        (np.float64("nan"), None),
        (np.bool_(True), True),
        (Path("a") / "b.csv", str(Path("a") / "b.csv")),
        ({"b", "a"}, ["a", "b"]),
        ({"x": (1, 2)}, {"x": [1, 2]}),
    ],
)
def test_every_kind_of_value_has_one_form(value: object, written: object) -> None:
    assert json.loads(json_text(value)) == written


def test_what_has_no_form_is_an_error_and_no_guess() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        json_text({"x": object()})


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_plain_values_come_back_as_they_went(value: object) -> None:
    assert json.loads(json_text(value)) == value
