"""Whether a room has changed, for a tenth of what a run of its page costs: phones ask all the time."""

from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.state.rooms.rooms import rooms


async def look(request: Request) -> PlainTextResponse:
    """The name of this process's rooms, and the version of what this browser sees of one."""
    room, who = (request.query_params.get(key, "") for key in ("room", "who"))
    said = f"room {rooms().name} {rooms().glance(room, who, monotonic())}"
    return PlainTextResponse(said, headers={"Cache-Control": "no-store"})


LOOK = Route("/room", look)
"""Beside the page "class", so that one address relative to it serves behind any prefix."""
