"""Proofs for a prospect: the phase that hurts first, then strength; failures and the forbidden never."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.text import LANGS
from proof.fitting import Candidate, Prospect, buying_roles, fitting
from proof.sectors import industries, sizes


def candidate(claim: str = "W-1", **other: object) -> Candidate:
    usual: dict[str, object] = {
        "claim": claim, "industry": "metal", "size": next(iter(sizes())), "phases": ("purchase",),
        "unit": "days", "grade": "B", "verdict": "improved", "allowed": "named", "stale": False, "age": 10,
    }  # fmt: skip
    return Candidate(**{**usual, **other})  # type: ignore[arg-type]


CANDIDATES = st.builds(
    candidate,
    claim=st.uuids().map(str),
    industry=st.sampled_from(list(industries())[:3]),
    size=st.sampled_from(list(sizes())),
    phases=st.sampled_from([("purchase",), ("preference", "purchase"), ()]),
    unit=st.sampled_from(["days", "percent", "eur"]),
    grade=st.sampled_from(["A", "B", "C", "X"]),
    verdict=st.sampled_from(["improved", "worsened", "no_effect", "too_few"]),
    allowed=st.sampled_from(["named", "anonymous", "internal", "none"]),
    stale=st.booleans(),
    age=st.integers(0, 900),
)
PROSPECTS = st.builds(
    Prospect,
    industry=st.none() | st.sampled_from(list(industries())[:3]),
    size=st.none() | st.sampled_from(list(sizes())),
    phase=st.none() | st.sampled_from(["purchase", "loyalty"]),
    role=st.none() | st.sampled_from(list(buying_roles())),
)


@given(st.lists(CANDIDATES, max_size=12), PROSPECTS)
def test_only_improvements_that_may_leave_are_offered_each_with_a_reason(
    candidates: list[Candidate], prospect: Prospect
) -> None:
    fits = fitting(candidates, prospect)
    offered = {fit.candidate.claim for fit in fits}
    assert offered == {
        each.claim
        for each in candidates
        if each.verdict == "improved" and each.grade != "X" and each.allowed != "none"
    }
    assert all(fit.reasons for fit in fits)
    stale = [fit.candidate.stale for fit in fits]
    assert stale == sorted(stale), "what must be renewed comes last"


@given(st.permutations([candidate(f"W-{n}", age=n, grade="ABC"[n % 3]) for n in range(6)]), PROSPECTS)
def test_the_order_does_not_depend_on_the_order_asked(listed: list[Candidate], prospect: Prospect) -> None:
    usual = fitting([candidate(f"W-{n}", age=n, grade="ABC"[n % 3]) for n in range(6)], prospect)
    assert fitting(listed, prospect) == usual


def test_a_proof_for_the_phase_that_hurts_goes_before_a_stronger_one_elsewhere() -> None:
    strong = candidate("W-strong", grade="A", phases=("loyalty",))
    apt = candidate("W-apt", grade="C", phases=("purchase",))
    fits = fitting([strong, apt], Prospect(phase="purchase", industry="metal"))
    assert [fit.candidate.claim for fit in fits] == ["W-apt", "W-strong"]
    assert "gleiche Branche" in [reason.de for reason in fits[0].reasons]


def test_the_controller_sees_euros_first() -> None:
    euros, days = candidate("W-eur", unit="eur"), candidate("W-days", unit="days", age=1)
    fits = fitting([days, euros], Prospect(role="finance"))
    assert fits[0].candidate is euros


def test_a_customers_word_is_shown_after_everything_computed_and_says_so() -> None:
    told = candidate("W-told", grade="X", verdict="too_few", by_word=True)
    fits = fitting([told, candidate("W-plain", grade="C", age=900)], Prospect())
    assert [fit.candidate.claim for fit in fits] == ["W-plain", "W-told"]
    assert "nach Angabe des Kunden" in [reason.de for reason in fits[1].reasons]


def test_every_role_says_worry_argument_and_proof_in_both_languages() -> None:
    for role in buying_roles().values():
        for lang in LANGS:
            assert role.worry(lang).endswith("?")
            assert role.argument(lang) != role.proof(lang)
