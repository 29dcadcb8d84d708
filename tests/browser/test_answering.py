"""A respondent's way: from the link to the answers, by keyboard alone, in two windows, on a phone."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cockpit import rounds
from cockpit.answering import link
from cockpit.workspace import Workspace, open_workspace
from core.text import Lang
from store.state.round import Invitation
from tests.browser.serving import served
from tests.browser.test_every_page import check
from tests.browser.visiting import Theme, Visit, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@dataclass(frozen=True)
class Asked:
    """A running round with its answering process."""

    ws: Workspace
    round_id: str
    places: tuple[Invitation, ...]
    server: str

    def link(self, place: int) -> str:
        path = link(self.ws, self.places[place].token).split("/", 3)[3]
        return f"{self.server}/{path}"

    def answers(self, place: int) -> dict[str, object]:
        """What the store holds."""
        kept = rounds.seat(self.ws, self.places[place].token).answers
        return {statement: own.answer for statement, own in kept.items() if own.answer is not None}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, log_file: Path) -> Iterator[Asked]:
    ws = open_workspace(tmp_path_factory.mktemp("asked") / "workspace")
    made = rounds.open_round(
        ws, "journey_quick", team="Vertrieb", closes_on=dt.date(2099, 1, 1), person="Lena"
    )
    people = [(f"Person {number}", "Vertrieb") for number in range(12)]
    places = rounds.invite(ws, made.id, people, "Lena")
    with served(ws.root, "shell/answering.py", log_file) as server:
        yield Asked(ws, made.id, tuple(places), server)


@pytest.fixture
def visits() -> Iterator[list[Visit]]:
    opened: list[Visit] = []
    yield opened
    for one in opened:
        one.page.context.close()


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "answering.log"


def entered(
    chromium: Browser,
    asked: Asked,
    place: int,
    visits: list[Visit],
    *,
    width: int = 1440,
    theme: Theme = "light",
) -> Visit:
    """A respondent who has opened their link."""
    seen = visit(chromium, asked.link(place), width=width, theme=theme)
    visits.append(seen)
    return seen


def show(seen: Visit, asked: Asked, part: str, lang: Lang = "de") -> None:
    """Another screen, by its address, as after a reload."""
    seen.page.goto(f"{asked.server}/?lang={lang}&part={part}")
    seen.settle()


def box(page: Page, statement: str) -> Locator:
    return page.locator(f".st-key-wm_q_box_{statement}")


def step(page: Page, statement: str, name: str) -> Locator:
    return box(page, statement).get_by_role("radio", name=name, exact=True)


def tab_to(page: Page, target: Locator, most: int = 80) -> None:
    """Press Tab until the target has the keyboard, as somebody without a mouse does."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


def test_a_link_opens_the_sheet_and_its_token_is_in_no_address_and_no_log(
    chromium: Browser, asked: Asked, log_file: Path, visits: list[Visit]
) -> None:
    seen = entered(chromium, asked, 0, visits)
    token = asked.places[0].token
    assert "Person 0, Vertrieb" in seen.text
    assert token not in seen.page.url
    assert seen.page.evaluate("document.cookie.includes('einladung')") is False, "a script can read it"
    assert seen.page.evaluate("performance.getEntries().every(e => !e.name.includes('einladung'))")
    assert seen.page.evaluate("document.referrer") == ""
    (cookie,) = (one for one in seen.page.context.cookies() if one["name"] == "wegmarke_einladung")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    seen.page.reload()
    seen.settle()
    assert "Person 0, Vertrieb" in seen.text
    printed = log_file.read_text(encoding="utf-8")
    assert token not in printed
    assert "einladung" not in printed


def test_answers_are_given_by_keyboard_alone_and_are_there_after_a_reload_and_on_another_device(
    chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    page = entered(chromium, asked, 1, visits).page
    tab_to(page, page.get_by_role("button", name="Beginnen"))
    page.keyboard.press("Enter")
    expect(page.locator("h1.wm-title")).to_be_focused()
    tab_to(page, step(page, "quick_origin", "Nein"))
    page.keyboard.press("ArrowDown")
    expect(step(page, "quick_origin", "In Teilen")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(box(page, "quick_origin").get_by_role("status")).to_contain_text("Gespeichert")
    tab_to(page, step(page, "quick_criteria", "Nein"))
    page.keyboard.press("Space")
    expect(box(page, "quick_criteria").get_by_role("status")).to_contain_text("Gespeichert")
    expect(page.get_by_role("progressbar")).to_contain_text("2 von 12")
    tab_to(page, step(page, "quick_proof", "Nein"))
    page.keyboard.press("ArrowUp")
    expect(step(page, "quick_proof", "Weiß nicht")).to_be_checked()
    expect(box(page, "quick_proof").get_by_role("status")).to_contain_text("Gespeichert")
    tab_to(page, page.get_by_role("button", name="Weiter:"))
    page.keyboard.press("Enter")
    expect(page.locator("h1.wm-title")).to_be_focused()
    expect(page.get_by_text("Bereich 2 von 4")).to_be_visible()
    assert asked.answers(1) == {"quick_origin": 0.5, "quick_criteria": 0.0, "quick_proof": "dont_know"}
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-wm_q_box_quick_difference input").first).to_be_focused()

    page.reload()
    visits[-1].settle()
    expect(page.get_by_text("Bereich 2 von 4")).to_be_visible()
    elsewhere = entered(chromium, asked, 1, visits)
    show(elsewhere, asked, "winning", "en")
    expect(step(elsewhere.page, "quick_origin", "Mostly")).to_be_checked()
    expect(step(elsewhere.page, "quick_proof", "Don't know")).to_be_checked()
    expect(box(elsewhere.page, "quick_origin").get_by_role("status")).to_contain_text("Saved")


def test_confidence_and_evidence_are_kept_as_they_are_typed(
    chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    seen = entered(chromium, asked, 2, visits)
    show(seen, asked, "winning")
    mine = box(seen.page, "quick_origin")
    mine.locator("summary").click()
    mine.get_by_role("radio", name="Sehr sicher").or_(mine.get_by_text("Sehr sicher")).first.click()
    mine.get_by_label("Was spricht dafür?").fill("CRM-Feld *Herkunft*")
    mine.get_by_label("Link zu einem Beleg").fill("https://example.org/a")
    mine.get_by_text("Darf ohne meinen Namen gezeigt werden").click()
    expect(mine.get_by_role("status")).to_contain_text("Gespeichert")
    seen.settle()
    kept = rounds.seat(asked.ws, asked.places[2].token).answers["quick_origin"]
    assert (kept.confidence, kept.evidence_for, kept.link, kept.may_be_shown, kept.answer) == (
        3, "CRM-Feld *Herkunft*", "https://example.org/a", True, None,
    )  # fmt: skip


def test_of_two_windows_the_slower_one_overwrites_nothing_and_shows_the_newer_answer(
    chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    one, other = (entered(chromium, asked, 3, visits) for _ in range(2))
    for seen in (one, other):
        show(seen, asked, "winning")
    step(one.page, "quick_origin", "Durchgängig").locator("..").locator("..").click()
    expect(box(one.page, "quick_origin").get_by_role("status")).to_contain_text("Gespeichert")
    step(other.page, "quick_origin", "Nein").locator("..").locator("..").click()
    expect(box(other.page, "quick_origin").get_by_role("status")).to_contain_text("in einem anderen Fenster")
    expect(step(other.page, "quick_origin", "Durchgängig")).to_be_checked()
    assert asked.answers(3) == {"quick_origin": 1.0}
    # Having seen it, the person can change it.
    step(other.page, "quick_origin", "Nein").locator("..").locator("..").click()
    expect(box(other.page, "quick_origin").get_by_role("status")).to_contain_text("Gespeichert")
    assert asked.answers(3) == {"quick_origin": 0.0}


def test_a_newer_link_replaces_an_older_one_in_the_same_browser(
    chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    seen = entered(chromium, asked, 4, visits)
    seen.page.goto(asked.link(5))
    seen.settle()
    assert "Person 5" in seen.text
    assert "Person 4" not in seen.text


def test_the_review_leads_to_what_is_open_and_submits(
    chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    seen = entered(chromium, asked, 6, visits)
    show(seen, asked, "winning")
    step(seen.page, "quick_origin", "Nein").locator("..").locator("..").click()
    expect(box(seen.page, "quick_origin").get_by_role("status")).to_contain_text("Gespeichert")
    show(seen, asked, "_review")
    expect(seen.page.locator("h1.wm-title")).to_have_text("11 Aussagen sind noch ohne Antwort")
    seen.page.locator(".st-key-wm_open_quick_proof button").click()
    expect(box(seen.page, "quick_proof").locator("input").first).to_be_focused()
    show(seen, asked, "_review")
    seen.page.get_by_role("button", name="Abgeben").click()
    expect(seen.page.locator("h1.wm-title")).to_contain_text("Danke")
    check(seen, "de")
    assert rounds.seat(asked.ws, asked.places[6].token).submitted_at is not None


SCREENS: list[tuple[str, Lang, Theme, int]] = [
    ("_start", "de", "light", 390),
    ("_start", "en", "dark", 1440),
    ("winning", "de", "dark", 390),
    ("winning", "en", "light", 1440),
    ("_review", "de", "light", 1440),
    ("_review", "en", "dark", 390),
]


@pytest.mark.parametrize(("part", "lang", "theme", "width"), SCREENS)
def test_every_screen_is_whole_and_fits(
    part: str, lang: Lang, theme: Theme, width: int, chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    seen = entered(chromium, asked, 7, visits, width=width, theme=theme)
    show(seen, asked, part, lang)
    check(seen, lang)
    if part == "winning":
        for choice in seen.page.get_by_role("radiogroup").first.locator("> div").all():
            size = choice.bounding_box()
            assert size is not None
            assert size["height"] >= 44, "too small for a thumb"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_without_a_link_with_a_wrong_one_and_after_closing_it_says_so(
    lang: Lang, chromium: Browser, asked: Asked, visits: list[Visit]
) -> None:
    nobody = visit(chromium, f"{asked.server}/?lang={lang}")
    visits.append(nobody)
    assert ("persönlichen Link" if lang == "de" else "personal link") in nobody.text
    check(nobody, lang)
    for wrong in ("AAAAAAAAAAAAAAAAAAAAAA", "%3Cscript%3E", "a/b"):
        nobody.page.goto(f"{asked.server}/einladung/{wrong}")
        nobody.page.goto(f"{asked.server}/?lang={lang}")
        nobody.settle()
        assert ("gilt nicht" if lang == "de" else "not valid") in nobody.text
    check(nobody, lang)
    short = rounds.open_round(
        asked.ws, "journey_quick", team="Service", closes_on=dt.date(2099, 1, 1), person="Lena"
    )
    (place,) = rounds.invite(asked.ws, short.id, [("Eva", "Service")], "Lena")
    late = visit(chromium, f"{asked.server}/einladung/{place.token}")
    visits.append(late)
    late.page.goto(f"{asked.server}/?lang={lang}&part=winning")
    late.settle()
    rounds.close_round(asked.ws, short.id, "Lena")
    step(late.page, "quick_origin", "Nein" if lang == "de" else "No").locator("..").locator("..").click()
    status = box(late.page, "quick_origin").get_by_role("status")
    expect(status).to_contain_text("Nicht gespeichert" if lang == "de" else "Not saved")
    late.page.reload()
    late.settle()
    assert ("geschlossen" if lang == "de" else "closed") in late.text
    assert late.page.locator("[data-testid=stRadio]").count() == 0
    check(late, lang)


@pytest.mark.parametrize(
    "path",
    ["data", "phases", "funnel", "kpis", "_stcore/metrics", "_stcore/upload_file/a/b", "pages/data.py"],
)
def test_nothing_else_of_the_product_is_served(path: str, asked: Asked) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{asked.server}/{path}", timeout=10)  # noqa: S310 - our own address
    assert refused.value.code == 404
    assert "script-src" in refused.value.headers["Content-Security-Policy"]
    assert refused.value.headers["Referrer-Policy"] == "no-referrer"
    refused.value.close()


def test_a_foreign_website_gets_no_socket(asked: Asked) -> None:
    for origin, code in (("https://example.org", 403), (asked.server, 101)):
        host, port = asked.server.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(
                "\r\n".join(
                    [
                        "GET /_stcore/stream HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket",
                        "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Origin: {origin}", "", "",
                    ]
                ).encode()
            )  # fmt: skip
            assert f" {code} " in line.recv(200).decode(errors="replace").splitlines()[0]
