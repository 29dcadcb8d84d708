"""The respondent's page: what is asked, what becomes of an answer, what is said to whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from cockpit import rounds
from cockpit.answering import sheet
from cockpit.workspace import Workspace, open_workspace
from core.text import Lang
from store.state.round import Own
from tests.pages.opening import SECONDS, address, markup

ENTRY = Path(__file__).resolve().parents[2] / "shell" / "respondent.py"


@dataclass(frozen=True)
class Asked:
    ws: Workspace
    round_id: str
    token: str

    def own(self, statement: str = "quick_origin") -> Own:
        return rounds.seat(self.ws, self.token).answers[statement]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setenv("WEGMARKE_WORKSPACE", str(tmp_path))
    monkeypatch.setattr(ContextProxy, "cookies", {})  # without a browser there is none
    ws = open_workspace(tmp_path)
    made = rounds.open_round(
        ws, "journey_quick", team="Vertrieb & Co", closes_on=dt.date(2099, 1, 1), person="Lena"
    )
    (place,) = rounds.invite(ws, made.id, [("Anna *Berg*", "Vertrieb")], "Lena")
    return Asked(ws, made.id, place.token)


def opened(token: str | None, part: str = "", lang: Lang = "de") -> AppTest:
    """The page as a window shows it whose cookie holds the token."""
    app = AppTest.from_file(str(ENTRY), default_timeout=SECONDS)
    if token is not None:
        app.session_state["wm_token"] = token
    app.query_params["lang"] = lang
    if part:
        app.query_params["part"] = part
    return app.run()


def choose(app: AppTest, option: str | None, statement: str = "quick_origin") -> None:
    app.radio(key=f"wm_q_answer_{statement}").set_value(option).run()


@pytest.mark.parametrize(
    ("lang", "word"), [("de", "sieht niemand mehr als"), ("en", "nobody sees more than")]
)
def test_it_begins_with_who_is_asked_and_who_sees_what(asked: Asked, lang: Lang, word: str) -> None:
    shown = markup(opened(asked.token, lang=lang))
    assert word in shown
    assert "Anna *Berg*, Vertrieb" in shown
    assert "Vertrieb &amp; Co" in shown


def test_a_round_declared_open_says_that_single_answers_will_be_seen(asked: Asked) -> None:
    made = rounds.open_round(
        asked.ws, "journey_quick", team="A", closes_on=dt.date(2099, 1, 1), person="L", is_open=True
    )
    (place,) = rounds.invite(asked.ws, made.id, [("Eva", "")], "L")
    assert "auch einzelne Antworten zu sehen" in markup(opened(place.token))


def test_each_step_of_the_scale_has_its_criterion_and_the_two_ways_out_are_apart(asked: Asked) -> None:
    app = opened(asked.token, "winning")
    scale = app.radio(key="wm_q_answer_quick_origin")
    assert scale.options[-2:] == ["Trifft nicht zu", "Weiß nicht"]
    assert len(scale.proto.captions) == len(scale.options) == 6
    assert all(scale.proto.captions)
    assert scale.value is None
    assert "\\" not in scale.label, "it is read out as it stands"


def test_an_answer_is_kept_at_once_and_acknowledged_and_the_progress_goes_on(asked: Asked) -> None:
    app = opened(asked.token, "winning")
    choose(app, "0.5")
    assert asked.own().answer == 0.5
    assert "✓ Gespeichert" in markup(app)
    assert "1 von 12 beantwortet · hier 1 von 3" in markup(app)
    for option in ("not_applicable", "dont_know"):
        choose(app, option)
        assert asked.own().answer == option
    app.checkbox(key="wm_q_shown_quick_origin").check().run()
    app.text_area(key="wm_q_for_quick_origin").set_value(" Liste *Messe* ").run()
    own = asked.own()
    assert (own.answer, own.evidence_for, own.may_be_shown) == ("dont_know", "Liste *Messe*", True)


def test_a_window_opened_anew_begins_where_the_person_stopped(asked: Asked) -> None:
    for statement in sheet(asked.ws, asked.token).dimensions[0].statements:
        rounds.answer(asked.ws, asked.token, Own(statement=statement.id, answer=1.0))
    app = opened(asked.token)
    assert address(app)["part"] == ["selling"]
    app.button(key="wm_back").click().run()
    assert address(app)["part"] == ["winning"]
    assert app.radio(key="wm_q_answer_quick_origin").value == "1.0"
    assert "Gespeichert am" in markup(app)


def test_the_slower_of_two_windows_overwrites_nothing(asked: Asked) -> None:
    app = opened(asked.token, "winning")
    other = opened(asked.token, "winning")
    choose(other, "1.0")
    app.text_area(key="wm_q_for_quick_origin").set_value("mein Beleg").run()
    assert asked.own().answer == 1.0
    assert asked.own().evidence_for == ""
    shown = markup(app)
    assert "in einem anderen Fenster geändert" in shown
    assert "Nicht übernommen: „mein Beleg“" in shown
    assert app.radio(key="wm_q_answer_quick_origin").value == "1.0"
    choose(app, "0.0")
    assert asked.own().answer == 0.0


def test_a_window_that_goes_on_elsewhere_shows_what_another_one_changed(asked: Asked) -> None:
    """Else its next entry would carry the old answer under the new version."""
    app = opened(asked.token, "winning")
    choose(app, "0.5")
    rounds.answer(asked.ws, asked.token, replace(asked.own(), answer=1.0))
    app.query_params["lang"] = "en"
    app.run()
    assert app.radio(key="wm_q_answer_quick_origin").value == "1.0"
    app.checkbox(key="wm_q_shown_quick_origin").check().run()
    assert (asked.own().answer, asked.own().may_be_shown) == (1.0, True)


def test_the_review_counts_what_is_open_and_leads_there(asked: Asked) -> None:
    rounds.answer(asked.ws, asked.token, Own(statement="quick_origin", answer=1.0))
    app = opened(asked.token, "_review")
    assert "11 Aussagen sind noch ohne Antwort" in markup(app)
    app.button(key="wm_open_quick_proof").click().run()
    assert address(app)["part"] == ["winning"]
    assert "st-key-wm_q_box_quick_proof" in markup(app)


def test_handing_in_can_be_followed_by_changes_until_the_round_closes(asked: Asked) -> None:
    app = opened(asked.token, "_review")
    app.button(key="wm_submit").click().run()
    assert "Danke, Ihre Antworten sind abgegeben" in markup(app)
    assert rounds.seat(asked.ws, asked.token).submitted_at is not None
    app.button(key="wm_to_winning").click().run()
    choose(app, "0.25")
    assert asked.own().answer == 0.25


def test_what_comes_after_the_closing_is_refused_in_words(asked: Asked) -> None:
    app = opened(asked.token, "winning")
    review = opened(asked.token, "_review")
    choose(app, "0.25")
    rounds.close_round(asked.ws, asked.round_id, "Lena")
    choose(app, "1.0")
    assert "Diese Runde ist geschlossen" in markup(app)
    review.button(key="wm_submit").click().run()
    assert "Diese Runde ist geschlossen" in markup(review)
    kept = asked.ws.state.rounds.results(asked.round_id, asked.ws.now())
    assert kept.respondents == 1, "what was answered before counts without a submission"
    late = opened(asked.token, "winning")
    assert "Diese Runde ist geschlossen" in markup(late)
    assert len(late.radio) == 0


@pytest.mark.parametrize(
    ("token", "lang", "word"),
    [
        (None, "de", "persönlichen Link"),
        (None, "en", "personal link"),
        ("A" * 22, "de", "Dieser Link gilt nicht"),
        ("-", "en", "This link is not valid"),
    ],
)
def test_without_a_valid_link_there_is_nothing_but_a_sentence(
    asked: Asked, token: str | None, lang: Lang, word: str
) -> None:
    app = opened(token, "winning", lang)
    assert word in markup(app)
    assert len(app.radio) == 0
    assert len(app.button) == 0


def test_a_partial_round_asks_what_it_is_about_and_no_more(asked: Asked) -> None:
    rounds.answer(asked.ws, asked.token, Own(statement="quick_origin", answer=1.0))
    rounds.close_round(asked.ws, asked.round_id, "Lena")
    _, (place,) = rounds.begin_again(
        asked.ws, asked.round_id, closes_on=dt.date(2099, 1, 1), person="Lena", asked=["quick_proof"]
    )
    app = opened(place.token, "winning")
    assert [one.key for one in app.radio] == ["wm_q_answer_quick_proof"]
    assert "von 1 beantwortet" in markup(app)
