"""Take pictures of pages: `python -m tests.browser.looking http://127.0.0.1:8501 out --path phases`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.installed import browser as installed_browser
from tests.browser.visiting import Theme, visit

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CONTENT_HEIGHT = """() => Math.ceil(
    document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().bottom)"""


@dataclass(frozen=True, kw_only=True)
class Look:
    """One way to look at a page. `path` may hold a view: `phases?phase=preference`."""

    path: str
    lang: str = "de"
    theme: Theme = "light"
    width: int = 1440

    @property
    def name(self) -> str:
        page = self.path.split("?")[0] or "overview"
        return f"{page}-{self.lang}-{self.theme}-{self.width}"


def looks(paths: Sequence[str]) -> Iterator[Look]:
    """Every page in both languages, themes and widths."""
    themes: tuple[Theme, ...] = ("light", "dark")
    for path, lang, theme, width in product(paths, ("de", "en"), themes, (1440, 390)):
        yield Look(path=path, lang=lang, theme=theme, width=width)


def picture(browser: Browser, server: str, look: Look, file: Path) -> list[str]:
    """Open the page as a new visitor and store what they see; returns what the browser complained of."""
    sign = "&" if "?" in look.path else "?"
    seen = visit(browser, f"{server}/{look.path}{sign}lang={look.lang}", width=look.width, theme=look.theme)
    try:
        height = int(seen.page.evaluate(CONTENT_HEIGHT))
        # A window much taller than its content would leave the picture half empty.
        seen.page.set_viewport_size({"width": look.width, "height": max(height, 600)})
        seen.page.wait_for_timeout(300)
        seen.page.screenshot(path=file)
        return [*seen.complaints, *(f"asked for {url}" for url in seen.outside)]
    finally:
        seen.page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--path", action="append", help="a page, such as phases?phase=preference")
    parser.add_argument("--lang", choices=("de", "en"))
    parser.add_argument("--theme", choices=("light", "dark"))
    parser.add_argument("--width", type=int)
    wanted = parser.parse_args()
    program = installed_browser()
    if program is None:
        parser.error("no Chromium, Chrome or Edge is installed")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    asked = (wanted.lang, wanted.theme, wanted.width)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        for look in looks(wanted.path or ["", "phases"]):
            has = (look.lang, look.theme, look.width)
            if all(want in (None, value) for want, value in zip(asked, has, strict=True)):
                for complaint in picture(browser, wanted.server, look, wanted.folder / f"{look.name}.png"):
                    print(f"{look.name}: {complaint}")
        browser.close()


if __name__ == "__main__":
    main()
