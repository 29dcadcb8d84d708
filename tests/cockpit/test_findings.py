"""What results say together: signals ranked, the sentence above them, nothing claimed without one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cockpit.findings import finding, leading, ranked
from core.text import Text
from metrics.wording import NARROW
from tests.results import DROPPED, STEADY, result

PHASES = {"preference": Text(de="Preference", en="Preference")}


def test_the_title_states_phase_kpi_since_when_and_from_what_to_what() -> None:
    dropped = result(DROPPED, phase="preference")
    lead = leading([dropped], ranked([dropped]))
    assert finding(lead, [dropped], PHASES, "EUR") == Text(
        de=f"Preference: Erfolgsquote seit Juli niedriger, 26,4{NARROW}% statt 35,2{NARROW}%",
        en="Preference: Win rate lower since July, 26.4% instead of 35.2%",
    )


def test_without_a_signal_the_title_says_so() -> None:
    steady = result(STEADY)
    assert ranked([steady]) == ()
    assert finding(None, [steady], {}, "EUR")("de").startswith("Keine Kennzahl zeigt ein Signal")
    assert "reicht der Verlauf noch nicht" in finding(None, [result(STEADY[:5])], {}, "EUR")("de")


def test_bad_news_on_a_station_leads_before_stronger_bad_news_elsewhere_and_before_good_news() -> None:
    station = result([*STEADY[:-4], 30.0, 30.5, 29.5, 30.0], kpi="station")
    elsewhere = result(DROPPED, kpi="elsewhere")
    good = result([*STEADY[:-4], 90.0, 90.0, 90.0, 90.0], kpi="good")
    changes = ranked([station, elsewhere, good])
    assert [change.result.kpi for change in changes] == ["good", "elsewhere", "station"]
    assert (lead := leading([station], changes)) is not None
    assert lead.result.kpi == "station"


@given(st.floats(0.1, 50), st.floats(0.1, 50))
def test_a_larger_drop_is_never_ranked_behind_a_smaller_one(one: float, other: float) -> None:
    drops = {name: 33 - size for name, size in (("one", one), ("other", other))}
    results = [result([*STEADY, low, low, low, low], kpi=name) for name, low in drops.items()]
    order = [change.result.kpi for change in ranked(results)]
    sizes = [drops[name] for name in order]
    assert sizes == sorted(sizes)


def test_a_change_from_a_baseline_without_variation_has_a_finite_strength() -> None:
    (change,) = ranked([result([0.0] * 20 + [5.0])])
    assert change.strength == 3.0
