import pytest

from core.errors import UsageFault, did_you_mean
from core.view import View, parse_where


def test_several_values_of_one_dimension_are_kept_together() -> None:
    assert parse_where(["channel=Messe", "segment=B2B", "channel=Web = neu"]) == {
        "channel": ("Messe", "Web = neu"),
        "segment": ("B2B",),
    }


@pytest.mark.parametrize("condition", ["channel", "=Messe", " =x"])
def test_a_filter_without_dimension_or_sign_is_refused(condition: str) -> None:
    with pytest.raises(UsageFault):
        parse_where([condition])


def test_the_order_of_filters_does_not_matter_for_a_cache() -> None:
    one = View(where={"a": ("1",), "b": ("2",)})
    two = View(where={"b": ("2",), "a": ("1",)})
    assert one.key() == two.key()


def test_a_typing_error_is_answered_with_the_closest_word() -> None:
    assert did_you_mean("chanel", ["segment", "channel"]) == "channel"
    assert did_you_mean("xyz", ["segment"]) == ""
