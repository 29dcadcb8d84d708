"""Which browser the tests drive: an installed Chromium, Chrome or Edge, else Playwright's own download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ON_THE_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
    "chrome", "msedge",
)  # fmt: skip
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def browser() -> Path | None:
    """The browser's program: what `WEGMARKE_BROWSER` names, an installed one, a downloaded one, or None."""
    named = [os.environ.get("WEGMARKE_BROWSER", "")]
    found = [shutil.which(name) or "" for name in ON_THE_PATH]
    for candidate in (*named, *found, *ELSEWHERE):
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.is_file() else None


def main() -> int:
    """Find a browser or download one; the exit code says whether there is one now."""
    if browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = browser()
    print(f"browser: {found or 'none'}", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
