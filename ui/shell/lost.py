"""A page that is not there leads to one that is."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

SERVED = ("static", "media", "component", "app", "_stcore", "~")
"""First parts of paths at which Streamlit, or Community Cloud, has files; `_stcore` may come later, too."""


class LeadBack:
    """Answer what a browser asks for below a page, such as /walkthrough/anything, with the page above it.

    Streamlit 1.67 answers with its own page, which looks for its scripts below the path and stays blank.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        answer = self.app
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            above = page_above(scope["path"].removeprefix(scope.get("root_path", "")))
            if above is not None:
                query = scope["query_string"].decode("latin-1")
                answer = RedirectResponse(f"{above}?{query}" if query else above, status_code=307)
        await answer(scope, receive, send)


def page_above(path: str) -> str | None:
    """Relative address of the page named first in a path that goes on after it; None for any other path."""
    first, *more = path.lstrip("/").split("/")
    if not any(more) or first in SERVED or "_stcore" in more:
        return None
    return "../" * len(more) + first
