"""Every page once per language, cold as the first request to a fresh server, in each theme and width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from cockpit.workspace import open_workspace
from core.text import LANGS, Lang
from tests.browser.serving import served
from tests.browser.visiting import Theme, Visit, visit
from ui.links import PATHS, PageId
from ui.words.claims import PARTS as CLAIMS_PARTS
from ui.words.data import PARTS
from ui.words.maturity import PARTS as MATURITY_PARTS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PAGES: tuple[PageId, ...] = tuple(PATHS)
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1440, 390)

# What axe finds in Streamlit itself: rule, and what the part of the page says. Nothing else is let pass.
OF_STREAMLIT = {
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'),
    ("color-contrast", '<span class="token '),  # the colours of words in a block of code
}

# Page and language are tried together, all of them; theme and width so that every pair of values meets
# (theme = language + first bit of the page's place, width = language + second bit: an orthogonal array).
COLD = [
    pytest.param(page, lang, THEMES[(place + turn) % 2], WIDTHS[(place // 2 + turn) % 2], id=f"{page}-{lang}")
    for place, page in enumerate(PAGES)
    for turn, lang in enumerate(LANGS)
]


def test_the_choice_of_themes_and_widths_meets_every_pair() -> None:
    rows = [case.values for case in COLD]
    for first in range(4):
        for second in range(first):
            pairs = {(row[first], row[second]) for row in rows}
            assert len(pairs) == len({row[first] for row in rows}) * len({row[second] for row in rows})


@pytest.fixture
def opened(chromium: Browser) -> Iterator[list[Visit]]:
    visits: list[Visit] = []
    yield visits
    for one in visits:
        one.page.context.close()


@pytest.mark.parametrize(("page", "lang", "theme", "width"), COLD)
def test_a_page_opened_cold_is_whole(
    page: PageId,
    lang: Lang,
    theme: Theme,
    width: int,
    chromium: Browser,
    own_sample: Path,
    opened: list[Visit],
) -> None:
    with served(own_sample) as server:
        seen = visit(
            chromium, f"{server}/{PATHS[page]}?{urlencode({'lang': lang})}", width=width, theme=theme
        )
        opened.append(seen)
        check(seen, lang)
        assert len(seen.text) > 400


@pytest.mark.parametrize(("page", "lang", "theme", "width"), COLD)
def test_a_page_without_data_says_what_it_needs_and_offers_the_sample(
    page: PageId,
    lang: Lang,
    theme: Theme,
    width: int,
    chromium: Browser,
    empty_server: str,
    opened: list[Visit],
) -> None:
    other = THEMES[1 - THEMES.index(theme)]
    seen = visit(
        chromium, f"{empty_server}/{PATHS[page]}?{urlencode({'lang': lang})}", width=width, theme=other
    )
    opened.append(seen)
    check(seen, lang)
    offer = "Beispieldaten" if lang == "de" else "sample data"
    assert offer.lower() in seen.text.lower()


# Each section of the Data page in both languages; theme and width change from one to the next.
SECTIONS = [
    pytest.param(part, lang, THEMES[(place + turn) % 2], WIDTHS[(place // 2 + turn) % 2], id=f"{part}-{lang}")
    for place, part in enumerate(PARTS)
    for turn, lang in enumerate(LANGS)
]


@pytest.mark.parametrize(("part", "lang", "theme", "width"), SECTIONS)
def test_every_section_of_the_data_page_is_whole(
    part: str, lang: Lang, theme: Theme, width: int, chromium: Browser, server: str, opened: list[Visit]
) -> None:
    address = f"{server}/{PATHS['data']}?{urlencode({'lang': lang, 'part': part})}"
    seen = visit(chromium, address, width=width, theme=theme)
    opened.append(seen)
    check(seen, lang)
    pressed = seen.page.locator("[aria-checked=true], [aria-pressed=true]").all_inner_texts()
    assert PARTS[part](lang) in pressed


# The sections beside the funnel, and the funnel broken down, in both languages.
FUNNELS = [
    pytest.param({"part": "qualification"}, "de", "light", 390, id="qualification-de"),
    pytest.param({"part": "qualification"}, "en", "dark", 1440, id="qualification-en"),
    pytest.param({"part": "offers"}, "de", "dark", 1440, id="offers-de"),
    pytest.param({"part": "offers"}, "en", "light", 390, id="offers-en"),
    pytest.param({"by": "segment", "window": "none"}, "de", "dark", 390, id="broken-down-de"),
    pytest.param({"by": "channel", "window": "365"}, "en", "light", 1440, id="broken-down-en"),
]


@pytest.mark.parametrize(("query", "lang", "theme", "width"), FUNNELS)
def test_every_section_of_the_funnel_page_is_whole(
    query: dict[str, str],
    lang: Lang,
    theme: Theme,
    width: int,
    chromium: Browser,
    server: str,
    opened: list[Visit],
) -> None:
    address = f"{server}/{PATHS['funnel']}?{urlencode({'lang': lang, **query})}"
    seen = visit(chromium, address, width=width, theme=theme)
    opened.append(seen)
    check(seen, lang)


# Every section of the page about maturity in both languages; theme and width change from one to the next.
MATURITY = [
    pytest.param(part, lang, THEMES[(place + turn) % 2], WIDTHS[(place // 2 + turn) % 2], id=f"{part}-{lang}")
    for place, part in enumerate(MATURITY_PARTS)
    for turn, lang in enumerate(LANGS)
]


@pytest.mark.parametrize(("part", "lang", "theme", "width"), MATURITY)
def test_every_section_of_the_page_about_maturity_is_whole(
    part: str, lang: Lang, theme: Theme, width: int, chromium: Browser, server: str, opened: list[Visit]
) -> None:
    query = {"lang": lang, "part": part, "steps": "all"}
    seen = visit(chromium, f"{server}/{PATHS['maturity']}?{urlencode(query)}", width=width, theme=theme)
    opened.append(seen)
    if part == "rounds":
        for head in seen.page.locator("[data-testid=stExpander] summary").all():
            head.click()
        seen.settle()
    check(seen, lang)


# The views of the actions and one of them, each in one language and theme.
ACTIONS = [
    pytest.param({"part": "roadmap"}, "de", "dark", 390, id="roadmap"),
    pytest.param({"part": "jourfixe"}, "en", "light", 1440, id="jourfixe"),
    pytest.param({"part": "new", "new": "leak", "ref": "preference"}, "de", "light", 390, id="new"),
    pytest.param({"action": "2"}, "de", "dark", 1440, id="one"),
]


@pytest.mark.parametrize(("query", "lang", "theme", "width"), ACTIONS)
def test_every_view_of_the_actions_is_whole(
    query: dict[str, str],
    lang: Lang,
    theme: Theme,
    width: int,
    chromium: Browser,
    server: str,
    opened: list[Visit],
) -> None:
    wanted = urlencode({"lang": lang, **query})
    seen = visit(chromium, f"{server}/{PATHS['actions']}?{wanted}", width=width, theme=theme)
    opened.append(seen)
    check(seen, lang)


# Every part of the page of proofs in both languages; theme and width change from one to the next.
CLAIMS = [
    pytest.param(part, lang, THEMES[(place + turn) % 2], WIDTHS[(place // 2 + turn) % 2], id=f"{part}-{lang}")
    for place, part in enumerate(CLAIMS_PARTS)
    for turn, lang in enumerate(LANGS)
]


@pytest.mark.parametrize(("part", "lang", "theme", "width"), CLAIMS)
def test_every_part_of_the_page_of_proofs_is_whole(
    part: str, lang: Lang, theme: Theme, width: int, chromium: Browser, server: str, opened: list[Visit]
) -> None:
    query = {"lang": lang, "part": part, "role": "finance" if lang == "en" else ""}
    seen = visit(chromium, f"{server}/{PATHS['claims']}?{urlencode(query)}", width=width, theme=theme)
    opened.append(seen)
    check(seen, lang)
    pressed = seen.page.locator("[aria-checked=true], [aria-pressed=true]").all_inner_texts()
    assert CLAIMS_PARTS[part](lang) in pressed


# One proof of each kind and its case study: ready, by the customer's word, without consent, stale. And one
# project of each kind: a success, a series, too few data, the customer's word; the form to make one and to
# change one. Keys are those of the sample.
PROVEN = [
    pytest.param("claims", "claim", "F-01", "de", "dark", 390, id="ready"),
    pytest.param("claims", "claim", "F-06", "en", "light", 390, id="by-word"),
    pytest.param("claims", "claim", "F-08", "en", "dark", 1440, id="no-consent"),
    pytest.param("claims", "claim", "F-09", "de", "light", 1440, id="stale"),
    pytest.param("claims", "story", "F-01", "en", "light", 1440, id="story-en"),
    pytest.param("claims", "story", "F-02", "de", "dark", 390, id="story-de"),
    pytest.param("projects", "project", "F-01", "de", "light", 390, id="project-success"),
    pytest.param("projects", "project", "F-02", "en", "dark", 1440, id="project-series"),
    pytest.param("projects", "project", "F-06", "de", "dark", 1440, id="project-by-word"),
    pytest.param("projects", "project", "F-07", "en", "light", 390, id="project-too-few"),
    pytest.param("projects", "edit", "F-03", "de", "light", 1440, id="project-change"),
    pytest.param("projects", "new", "", "en", "dark", 390, id="project-new"),
]


@pytest.mark.parametrize(("page", "what", "key", "lang", "theme", "width"), PROVEN)
def test_every_view_of_a_proof_and_of_a_project_is_whole(
    page: PageId,
    what: str,
    key: str,
    lang: Lang,
    theme: Theme,
    width: int,
    chromium: Browser,
    server: str,
    sample_workspace: Path,
    opened: list[Visit],
) -> None:
    query = {"lang": lang, **_named(sample_workspace, what, key)}
    seen = visit(chromium, f"{server}/{PATHS[page]}?{urlencode(query)}", width=width, theme=theme)
    opened.append(seen)
    for head in seen.page.locator("[data-testid=stExpander] summary").all():
        head.click()
    seen.settle()
    check(seen, lang)
    assert len(seen.text) > 400


def _named(workspace: Path, what: str, key: str) -> dict[str, str]:
    """The query that shows a project of the sample, its proof, its case study, or a form."""
    if what == "new":
        return {"do": "new"}
    state = open_workspace(workspace).state
    project = next(each.id for each in state.projects.all() if each.key == key)
    if what == "claim":
        return {"claim": next(each.id for each in state.claims.offered() if each.project == project)}
    if what == "story":
        return {"part": "stories", "story": project}
    return {"project": project, **({"do": "edit"} if what == "edit" else {})}


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_a_kpi_broken_down_with_its_rows_and_its_query_open_is_whole(
    theme: Theme, width: int, chromium: Browser, server: str, opened: list[Visit]
) -> None:
    wanted = {"lang": "en", "kpi": "win_rate", "by": "segment", "basis": "r12"}
    seen = visit(chromium, f"{server}/{PATHS['kpis']}?{urlencode(wanted)}", width=width, theme=theme)
    opened.append(seen)
    seen.page.locator("[data-testid=stExpander] summary").click()
    seen.settle()
    assert "SELECT" in seen.text
    check(seen, "en")


@pytest.fixture(scope="session")
def empty_server(empty_workspace: Path) -> Iterator[str]:
    with served(empty_workspace) as address:
        yield address


def check(seen: Visit, lang: Lang) -> None:
    """What must hold for every page, whatever it shows."""
    assert seen.outside == [], "asked somebody else for something"
    assert "Traceback" not in seen.text
    assert seen.page.locator("[data-testid=stException]").count() == 0, seen.text
    assert seen.overflow() <= 0, "is wider than its window"
    assert seen.page.evaluate("document.documentElement.lang") == lang
    assert seen.complaints == []
    assert violations(seen) == []


def violations(seen: Visit) -> list[str]:
    """What axe-core objects to, without what Streamlit itself causes."""
    found = Axe().run(seen.page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:300]} ({node.get('failureSummary', '')})"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in node["html"] for name, part in OF_STREAMLIT)
    ]
