"""Loading what pages need while the server starts, so that the first visitor does not wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Thread

PAGES = (
    "pages.overview",
    "pages.phases",
    "pages.funnel",
    "pages.maturity",
    "pages.actions",
    "pages.projects",
    "pages.claims",
    "pages.handbook",
    "pages.data",
)


@asynccontextmanager
async def warming(_: object) -> AsyncIterator[None]:
    """A lifespan of the app: the server listens at once, the imports go on beside it."""
    Thread(target=load, args=(PAGES,), daemon=True).start()
    yield


def load(modules: Sequence[str]) -> None:
    for module in modules:
        import_module(module)
