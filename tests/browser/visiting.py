"""A visit to one page: opened as a person would, with everything written down that a person would not see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

Theme = Literal["light", "dark"]
MILLISECONDS_TO_DRAW = 60_000
HEIGHT = 3000  # Streamlit scrolls inside a container: a tall window shows the whole page


@dataclass
class Visit:
    """An open page, and what it asked for, complained about, or let slip."""

    page: Page
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def settle(self) -> None:
        """Wait until the script has run, nothing is greyed out and no spinner turns."""
        page = self.page
        page.wait_for_selector("[data-testid=stApp]", timeout=MILLISECONDS_TO_DRAW)
        page.wait_for_function(
            """() => {
                const app = document.querySelector('[data-testid=stApp]');
                return app && app.dataset.testScriptState === 'notRunning'
                    && app.dataset.testConnectionState === 'CONNECTED'
                    && !document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton]')
                    && !document.querySelector('[data-stale=true]')
                    && document.querySelector('[data-testid=stMain]')?.innerText.trim().length > 0;
            }""",
            timeout=MILLISECONDS_TO_DRAW,
        )
        page.wait_for_timeout(400)  # charts draw one frame later

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                """() => Math.max(...[...document.querySelectorAll('html, [data-testid=stMain]')]
                    .map(e => e.scrollWidth - e.clientWidth))"""
            )
        )


def visit(browser: Browser, address: str, *, width: int = 1440, theme: Theme = "light") -> Visit:
    """Open an address in a window of its own. Requests to anywhere else are refused and written down."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=theme, locale="en-GB"
    )
    visit = Visit(page=context.new_page())
    here = urlsplit(address).netloc

    def guard(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme in ("http", "https") and url.netloc != here:
            visit.outside.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def complaint(message: ConsoleMessage) -> None:
        # On a page that is not the first, Streamlit's front end looks for its server below the page's path.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            visit.complaints.append(message.text)

    context.route("**/*", guard)
    visit.page.on("console", complaint)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.goto(address)
    visit.settle()
    return visit
