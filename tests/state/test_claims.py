"""Claims, consents and case studies in the state: frozen, retired, never overwritten by the second of two."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from core.errors import UsageFault
from core.text import Text, same
from proof.claim import Claim, Figure, changes, expiry, new_id
from proof.consent import Consent
from proof.effect import Effect
from proof.handouts import Handout, Promise, Story
from proof.promises import Inputs, Outcome
from store.state.database import ChangedMeanwhile
from store.state.state import State
from tests.proof.test_projects import a_project

NOW = dt.datetime(2026, 11, 2, 9)


def a_claim(project: str, **other: object) -> Claim:
    figure = Figure(
        place="change", label=Text(de="Veränderung", en="Change"),
        text=Text(de="−25,5 %", en="−25.5%"), value=-25.5, role="change",
    )  # fmt: skip
    usual: dict[str, object] = {
        "id": new_id(), "project": project, "kpi": "days", "made_at": NOW, "made_by": "Ada",
        "snapshot": "000001-aa", "kpi_version": "1", "title": same("t"), "sentence": same("s"),
        "footnote": same("f"), "anonymous_footnote": same("a"),
        "grade": "A", "grade_reason": same("r"), "verdict": "improved",
        "provenance": "computed", "figures": (figure,),
        "effect": Effect(
            design="did", kpi="days", kind="mean", better="lower", unit_name="days", estimate=-4.1,
            method=same("m"),
        ),
        "evidence": None, "n": 40, "expires_on": expiry(NOW.date()), "sample": True,
    }  # fmt: skip
    return Claim.model_validate({**usual, **other})


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path)


def project_in(state: State) -> str:
    return state.projects.add(a_project(sample=True), person="Ada", at=NOW).id


def a_consent(project: str, **other: object) -> Consent:
    usual: dict[str, object] = {"project": project, "standing": "given", "kind": "named", "on": NOW.date()}
    return Consent.model_validate({**usual, **other})


def a_use(claim: Claim, **other: object) -> Handout:
    usual: dict[str, object] = {
        "claim": claim.id, "at": NOW, "who": "Ada", "format": "pdf", "lang": "de", "allowed": "named",
    }  # fmt: skip
    return Handout.model_validate({**usual, **other})


def test_a_claim_comes_back_as_it_was_frozen(state: State) -> None:
    kept = state.claims.keep(a_claim(project_in(state)))
    assert state.claims.get(kept.id) == kept
    assert state.claims.offered() == [kept]
    assert state.claims.held_snapshots() == {"000001-aa"}


def test_a_renewed_claim_leaves_the_shelf_and_can_still_be_verified(state: State) -> None:
    project = project_in(state)
    old = state.claims.keep(a_claim(project))
    new = state.claims.keep(a_claim(project, made_at=NOW + dt.timedelta(days=1)), replacing=old.id)
    assert [claim.id for claim in state.claims.offered()] == [new.id]
    assert state.claims.get(old.id).title == old.title


def test_where_a_claim_was_used_and_what_came_of_it(state: State) -> None:
    claim = state.claims.keep(a_claim(project_in(state)))
    given = state.consents.record(a_consent(claim.project), person="Ada", at=NOW)
    out = a_use(claim, format="pptx", recipient="Muster AG")
    (used,) = state.claims.hand_out([(out, given)])
    won = state.claims.settle(used.id, used.version, "won", person="Ada", at=NOW)
    assert state.claims.handouts([claim.id]) == [won]
    with pytest.raises(ChangedMeanwhile):
        state.claims.settle(used.id, used.version, "lost", person="Bob", at=NOW)
    assert "Muster AG" not in str(state.audit.latest())


def test_what_a_prospect_was_told_becomes_a_projects_aim(state: State) -> None:
    told = state.promises.tell(a_promise())
    project = state.projects.get(project_in(state))
    bound = state.promises.bind(told, project, "days", 14.4, person="Ada", at=NOW)
    assert state.promises.told() == [bound]
    assert (bound.project, bound.aim, bound.outcomes) == (project.id, "days", told.outcomes)
    aimed = state.projects.get(project.id)
    assert aimed.kpi("days").target == 14.4
    assert aimed.version > project.version
    assert "Muster AG" not in str(state.audit.latest())


def test_a_promise_is_the_aim_of_one_project_and_of_what_the_person_saw(state: State) -> None:
    told = state.promises.tell(a_promise())
    one = state.projects.get(project_in(state))
    other = state.projects.add(a_project(key="P-2"), person="Ada", at=NOW)
    state.projects.change(other, person="Bob", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        state.promises.bind(told, other, "days", 14.4, person="Ada", at=NOW)
    assert state.promises.told() == [told], "neither of the two was stored"
    bound = state.promises.bind(told, one, "days", 14.4, person="Ada", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        state.promises.bind(told, state.projects.get(one.id), "days", 13.0, person="Ada", at=NOW)
    with pytest.raises(UsageFault, match="anderen Projekts"):
        state.promises.bind(bound, state.projects.get(other.id), "days", 14.4, person="Ada", at=NOW)
    free = state.promises.release(bound, person="Ada", at=NOW)
    assert (free.project, free.aim) == ("", "")
    assert state.projects.get(one.id).kpi("days").target == 14.4


def test_a_promise_alone_is_something_that_people_entered(state: State) -> None:
    assert not state.holds_own()
    state.promises.tell(a_promise(sample=True))
    assert not state.holds_own()
    state.promises.tell(a_promise())
    assert state.holds_own()


def a_promise(**other: object) -> Promise:
    usual: dict[str, object] = {
        "at": NOW, "who": "Ada", "prospect": "Muster AG", "kpi": "days",
        "inputs": Inputs(today=16, cases=5, worth=2),
        "outcomes": (Outcome(level="low", relative=-0.1, after=14.4, gain=16),), "claims": ("W-1",),
    }  # fmt: skip
    return Promise.model_validate({**usual, **other})


def test_nothing_leaves_once_the_consent_is_withdrawn_however_early_the_file_was_made(state: State) -> None:
    claim = state.claims.keep(a_claim(project_in(state)))
    other = state.claims.keep(a_claim(project_in_too(state)))
    given = state.consents.record(a_consent(claim.project), person="Ada", at=NOW)
    there = state.consents.record(a_consent(other.project), person="Ada", at=NOW)
    gone = given.model_copy(update={"standing": "withdrawn", "withdrawn_on": NOW.date()})
    state.consents.change(gone, person="Ada", at=NOW)
    both = [(a_use(other), there), (a_use(claim), given)]
    with pytest.raises(UsageFault, match="widerrufen"):
        state.claims.hand_out(both)
    assert state.claims.handouts() == [], "a file with several claims leaves with all or not at all"


def test_a_file_made_by_a_consent_that_has_changed_since_does_not_leave(state: State) -> None:
    claim = state.claims.keep(a_claim(project_in(state)))
    named = state.consents.record(a_consent(claim.project, quote="Gut."), person="Ada", at=NOW)
    state.consents.change(named.model_copy(update={"kind": "anonymous"}), person="Ada", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        state.claims.hand_out([(a_use(claim), named)])
    lonely = state.claims.keep(a_claim(project_in_too(state)))
    with pytest.raises(UsageFault, match="keine Einwilligung"):
        state.claims.hand_out([(a_use(lonely), None)])
    assert state.claims.handouts() == []


def test_a_consent_that_ends_today_serves_today_and_not_tomorrow(state: State) -> None:
    claim = state.claims.keep(a_claim(project_in(state)))
    last = state.consents.record(a_consent(claim.project, until=NOW.date()), person="Ada", at=NOW)
    state.claims.hand_out([(a_use(claim, at=NOW.replace(hour=23, minute=59)), last)])
    with pytest.raises(UsageFault, match="abgelaufen"):
        state.claims.hand_out([(a_use(claim, at=NOW + dt.timedelta(days=1)), last)])


def test_a_claim_off_the_shelf_is_not_handed_out_any_more(state: State) -> None:
    old = state.claims.keep(a_claim(project_in(state)))
    given = state.consents.record(a_consent(old.project), person="Ada", at=NOW)
    state.claims.retire(old.id, old.version, person="Ada", at=NOW)
    with pytest.raises(UsageFault, match="nicht mehr angeboten"):
        state.claims.hand_out([(a_use(old), given)])


def project_in_too(state: State) -> str:
    return state.projects.add(a_project(key="P-9", sample=True), person="Ada", at=NOW).id


def test_consents_keep_their_order_and_the_second_of_two_is_told(state: State) -> None:
    project = project_in(state)
    asked = Consent(project=project, standing="requested", kind="named", on=NOW.date(), person="Öz")
    first = state.consents.record(asked, person="Ada", at=NOW)
    change = {"standing": "given", "quote": "=1+1 „gut“", "picture": b"\x89PNG", "logo": b"\x89PNG\0\xff"}
    given = first.model_copy(update=change)
    stored = state.consents.change(given, person="Ada", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        state.consents.change(given, person="Bob", at=NOW)
    assert state.consents.of(project) == (stored,)
    assert (stored.picture, stored.logo) == (b"\x89PNG", b"\x89PNG\0\xff")
    trail = str(state.audit.latest())
    assert "given named quote picture logo" in trail
    assert "Öz" not in trail
    assert "gut" not in trail


def test_the_story_of_a_case_is_not_overwritten_by_the_second_of_two(state: State) -> None:
    project = project_in(state)
    one = state.stories.put(Story(project=project, lang="de", situation="a"), person="Ada", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        state.stories.put(Story(project=project, lang="de", situation="b"), person="Bob", at=NOW)
    two = state.stories.put(one.model_copy(update={"situation": "c"}), person="Ada", at=NOW)
    assert state.stories.get(project, "de") == two
    assert state.stories.get(project, "en") is None


def test_the_sample_goes_with_its_claims_consents_and_uses(state: State) -> None:
    project = project_in(state)
    claim = state.claims.keep(a_claim(project))
    given = state.consents.record(a_consent(project, sample=True), person="Ada", at=NOW)
    state.claims.hand_out([(a_use(claim), given)])
    state.promises.tell(a_promise(sample=True))
    own = state.promises.tell(a_promise())
    assert state.projects.remove_sample(person="Ada", at=NOW) == 1
    assert state.claims.offered() == []
    assert state.claims.handouts() == []
    assert state.consents.all() == {}
    assert state.promises.told() == [own]


def test_an_erased_customers_id_goes_from_the_words_of_a_claim_and_from_nothing_else(state: State) -> None:
    claim = state.claims.keep(a_claim(project_in(state), title=same("Für A und K1 besser"), grade="A"))
    assert {"K1", "A"} <= state.words()
    state.erase(["K1", "A"])
    left = state.claims.get(claim.id)
    assert left.title.de == "Für [gelöscht] und [gelöscht] besser"
    assert left.model_copy(update={"title": claim.title, "version": claim.version}) == claim


def test_an_unknown_claim_is_said_to_be_unknown(state: State) -> None:
    with pytest.raises(UsageFault, match="W-404"):
        state.claims.get("W-404")


def test_a_claim_is_stale_where_a_shown_number_the_grade_or_the_verdict_differs() -> None:
    claim = a_claim("p")
    assert changes(claim, a_claim("p")) == ()
    other = claim.figures[0].model_copy(update={"text": Text(de="−25,4 %", en="−25.4%")})
    fresh = a_claim("p", figures=(other,), grade="B", verdict="no_effect")
    assert [each.place for each in changes(claim, fresh)] == ["change", "grade", "verdict"]
    same_text = claim.figures[0].model_copy(update={"value": -25.5001})
    assert changes(claim, a_claim("p", figures=(same_text,))) == (), "only what is shown counts"
