"""Loading what pages need while the server starts, so that the first visitor does not wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Thread

PAGES = ("pages.overview", "pages.phases", "pages.funnel", "pages.handbook", "pages.data")


@asynccontextmanager
async def warming(_: object) -> AsyncIterator[None]:
    """A lifespan of the app: the server listens at once, the imports go on beside it."""
    Thread(target=_load, daemon=True).start()
    yield


def _load() -> None:
    for page in PAGES:
        import_module(page)
