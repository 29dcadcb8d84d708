"""The printed handbook says what the catalog says."""

from __future__ import annotations

from cockpit.booklet import BOOKLET, booklet
from metrics.model import load_kpis


def test_the_printed_handbook_is_current() -> None:
    written = BOOKLET.read_text(encoding="utf-8")
    assert written == booklet(), "run: python -m cockpit.booklet"


def test_every_kpi_is_in_it_once_per_language() -> None:
    text = booklet()
    for kpi in load_kpis().entries.values():
        assert text.count(f"(`{kpi.id}`)") == 2, kpi.id
