"""Addresses and texts: a link says its view, user text is neither markup nor Markdown."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from core.view import View
from ui.blocks import linked
from ui.escaping import as_markdown
from ui.links import WHERE, address


def test_an_address_names_everything_that_makes_the_view() -> None:
    view = View(model="five_phase", period="r12:2026-09", where={"segment": ("B2B", "B2C"), "lang": ("x&y",)})
    parts = urlsplit(address("phases", "en", view, phase="purchase"))
    assert parts.path == "phases"
    assert parse_qs(parts.query) == {
        "lang": ["en"],
        "model": ["five_phase"],
        "basis": ["r12"],
        "month": ["2026-09"],
        WHERE + "segment": ["B2B", "B2C"],
        WHERE + "lang": ["x&y"],
        "phase": ["purchase"],
    }


def test_each_section_of_the_funnel_page_names_its_own_period() -> None:
    def said(view: View, part: str) -> dict[str, list[str]]:
        return parse_qs(urlsplit(address("funnel", "de", view, part=part)).query)

    year, always = View(period="r12:2026-09"), View(period=None)
    assert (said(year, "funnel")["entered"], said(year, "funnel")["month"]) == (["r12"], ["2026-09"])
    assert said(always, "funnel")["entered"] == ["all"]
    assert said(year, "qualification")["span"] == ["r12"]
    assert "month" not in said(year, "offers")
    assert "month" not in said(View(period="r12"), "qualification")


@given(st.text(min_size=1), st.text())
def test_text_and_address_of_a_link_are_escaped(text: str, href: str) -> None:
    made = linked(text, href or None)
    inside = made.removeprefix("<a href=").removesuffix("</a>")
    assert inside.count("<") == 0
    assert made.count("<a ") == bool(href)


def test_markdown_shows_the_text_itself() -> None:
    assert as_markdown("![x](http://e.com/a.png)") == r"\!\[x\]\(http\://e\.com/a\.png\)"
