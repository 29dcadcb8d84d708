"""The app for respondents alone: `./run invite` serves it, apart from the cockpit and from all it shows."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cockpit.answering import INVITATION, announce, withdraw
from cockpit.workspace import open_workspace
from shell.headers import SecurityHeaders
from shell.narrowing import AnsweringAlone
from shell.warming import load
from ui.answers import COOKIE, NO_LINK
from ui.session import root

ADDRESS = "WEGMARKE_ANSWERING_ADDRESS"
"""Environment variable: the address under which respondents reach this process."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,100}")
_DAYS_KEPT = 60  # of the cookie; how long a link is valid is the round's to say


async def enter(request: Request) -> Response:
    """Takes the token out of the address into a cookie that no script can read, and goes on to the sheet.

    The newest link counts, even a broken one: its page says that it is not valid.
    """
    token = request.path_params["token"]
    answer = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        COOKIE,
        token if _TOKEN.fullmatch(token) else NO_LINK,
        max_age=_DAYS_KEPT * 24 * 3600,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@asynccontextmanager
async def announcing(_: object) -> AsyncIterator[None]:
    """While the process runs the workspace knows its address, so that the cockpit can show whole links."""
    Thread(target=load, args=(("pages.answering",),), daemon=True).start()
    address = os.environ.get(ADDRESS, "")
    ws = open_workspace(root())
    if address:
        announce(ws, address)
    yield
    if address:
        withdraw(ws, address)


app = st.App(
    Path(__file__).with_name("respondent.py"),
    routes=[Route(f"/{INVITATION}/{{token:path}}", enter, methods=["GET"])],
    middleware=[
        Middleware(SecurityHeaders, referrer="no-referrer"),
        Middleware(AnsweringAlone, address=os.environ.get(ADDRESS, "")),
    ],
    lifespan=announcing,
)
