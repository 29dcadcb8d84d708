import datetime as dt

import pytest
from pydantic import ValidationError

from core.text import Text, same


def test_numbers_and_dates_are_written_as_their_language_writes_them() -> None:
    text = Text(de="{n} Kontakte bis {day}", en="{n} contacts until {day}")
    filled = text.fill(n=1234567.5, day=dt.date(2026, 10, 31))
    assert filled.de == "1.234.567,5 Kontakte bis 31.10.2026"
    assert filled.en == "1,234,567.5 contacts until 31 Oct 2026"


def test_a_nested_text_speaks_the_language_around_it() -> None:
    filled = Text(de="Phase {name}", en="Phase {name}").fill(name=Text(de="Kauf", en="Purchase"))
    assert (filled.de, filled.en) == ("Phase Kauf", "Phase Purchase")


def test_braces_in_a_users_value_mean_nothing() -> None:
    filled = Text(de="Kunde {name}", en="Customer {name}").fill(name="{0.__class__} {x}")
    assert filled.de == "Kunde {0.__class__} {x}"


def test_a_text_missing_one_language_is_refused() -> None:
    with pytest.raises(ValidationError):
        Text(de="Trichter", en="  ")


def test_an_empty_name_still_shows_something() -> None:
    assert same("").de == "–"
