"""What the answering process answers to: the respondent's page and what a browser needs to draw it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from cockpit.answering import INVITATION

PAGE = ("/", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/favicon.png")
PARTS_OF_IT = (f"/{INVITATION}/", "/static/", "/app/static/", "/media/")


class AnsweringAlone:
    """ASGI middleware: every other path and method is not found, every other website's socket refused.

    Streamlit asks a server on the internet for this machine's address when a foreign website knocks; turned
    away here, it never does.
    """

    def __init__(self, app: ASGIApp, address: str = "") -> None:
        self.app = app
        self._known = urlsplit(address).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http" if not _served(scope["path"]) or scope["method"] not in ("GET", "HEAD"):
                await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            case "websocket" if not (_served(scope["path"]) and self._from_here(Headers(scope=scope))):
                await WebSocketClose(code=1008)(scope, receive, send)
            case _:
                await self.app(scope, receive, send)

    def _from_here(self, headers: Headers) -> bool:
        """Browsers always say where a page comes from; behind a proxy that is the announced address."""
        return urlsplit(headers.get("origin", "")).netloc in {headers.get("host"), self._known} - {"", None}


def _served(path: str) -> bool:
    return path in PAGE or path.startswith(PARTS_OF_IT)
