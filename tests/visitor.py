"""A visitor of the app without a browser: Streamlit's own messages over a real WebSocket."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode
from weakref import WeakSet

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60
"""Seconds after which an answer is taken for lost."""

MOST_RUNS_KEPT = 10
"""The configuration's global.maxCachedMessageAge."""


def is_the_end_of_a_run(answer: ForwardMsg) -> bool:
    """A run that ends early goes on with another."""
    ends = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    return answer.WhichOneof("type") == "script_finished" and answer.script_finished in ends


_SOCKETS: ContextVar[WeakSet[ClientConnection]] = ContextVar("sockets")


def run_visits(main: Coroutine[Any, Any, Any]) -> Any:
    """As asyncio.run; whatever happened, every connection that `socket_to` made is closed afterwards."""

    async def visits() -> Any:
        _SOCKETS.set(WeakSet())
        try:
            return await main
        finally:
            for socket in list(_SOCKETS.get()):
                socket.transport.abort()
                await socket.wait_closed()

    return asyncio.run(visits())


async def socket_to(url: str, cookie: str = "") -> ClientConnection:
    """A connection as a browser makes it, for what runs in `run_visits`."""
    socket = await connect(
        url.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=["streamlit"],
        additional_headers={"Cookie": cookie} if cookie else None,
        max_size=None,
        compression=None,
        proxy=None,
    )
    _SOCKETS.get().add(socket)
    return socket


class Visitor:
    """One session. `widgets` holds the ids of the widgets seen so far, by their keys; `fragments` those of
    the fragments they stand in, `data` what components were sent, by the same keys.

    Like a browser it keeps large messages for two runs, with how many have ended since; the server then sends
    their hashes alone.
    """

    def __init__(self, socket: ClientConnection, query: dict[str, object]):
        self.socket = socket
        self.query = query
        self.page_hash = ""
        self.pages: dict[str, str] = {}
        self.widgets: dict[str, str] = {}
        self.states: dict[str, WidgetState] = {}
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}
        self.received = 0
        self.exceptions: list[str] = []
        self.texts: list[str] = []
        self.fragments: dict[str, str] = {}
        self.data: dict[str, Any] = {}

    @classmethod
    async def arrive(cls, url: str, page: str = "", cookie: str = "", **query: object) -> "Visitor":
        """Open a session with this link and wait for its page."""
        visitor = cls(await socket_to(url, cookie), query)
        await visitor.run(page_name=page)
        return visitor

    async def set_number(self, key: str, value: int) -> None:
        """Change a field for whole numbers, as a click on its plus would."""
        self.state(key).int_value = value
        self.query[key] = value
        await self.run()

    async def press(self, key: str = "None") -> None:
        """Press a button; the one without a key if none is given."""
        self.state(key).trigger_value = True
        await self.run(fragment_id=self.fragments.get(key, ""))
        del self.states[key]

    async def go_to(self, page: str) -> None:
        """Follow a link to another page, this view kept."""
        self.page_hash = self.pages[page]
        await self.run()

    def state(self, key: str) -> WidgetState:
        """What the widget with this key will be said to hold."""
        if key not in self.states:
            assert key in self.widgets, (key, self.exceptions)
            self.states[key] = WidgetState(id=self.widgets[key])
        return self.states[key]

    async def run(self, page_name: str = "", fragment_id: str = "") -> None:
        """Ask for a run of the script, or of a fragment, and wait until it has ended."""
        await self.ask(page_name, fragment_id)
        await self.wait_for(is_the_end_of_a_run)
        aged = {name: (said, runs + 1) for name, (said, runs) in self.kept.items()}
        self.kept = {name: (said, runs) for name, (said, runs) in aged.items() if runs <= MOST_RUNS_KEPT}

    async def ask(self, page_name: str = "", fragment_id: str = "") -> None:
        """Ask for a run of the script, or of a fragment."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.fragment_id = fragment_id
        rerun.query_string = urlencode(self.query)
        rerun.page_script_hash = self.page_hash
        rerun.page_name = page_name
        rerun.widget_states.widgets.extend(self.states.values())
        rerun.cached_message_hashes.extend(self.kept)
        await self.send(message)

    async def send(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())

    async def wait_for(self, is_end: Callable[[ForwardMsg], bool]) -> None:
        """Read what the server says until `is_end` of a message."""
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await self.socket.recv()
                self.received += len(data)
                answer = ForwardMsg.FromString(data)
                self._note(self._whole(answer))
                if is_end(answer):
                    return

    async def leave(self, goodbye: bool = True) -> None:
        """Close the tab, or let the network do it."""
        if goodbye:
            await self.socket.close()
        else:
            self.socket.transport.abort()

    def _whole(self, answer: ForwardMsg) -> ForwardMsg:
        """The message itself where only its hash was sent."""
        if answer.WhichOneof("type") == "ref_hash":
            answer, _ = self.kept[answer.ref_hash]
        elif not answer.metadata.cacheable:
            return answer
        self.kept[answer.hash] = answer, 0
        return answer

    def _note(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.texts.clear()
        elif kind == "navigation":
            self.page_hash = answer.navigation.page_script_hash
            self.pages = {page.url_pathname: page.page_script_hash for page in answer.navigation.app_pages}
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._note_element(answer.delta.new_element, answer.delta.fragment_id)

    def _note_element(self, element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        content = getattr(element, kind)
        if kind == "exception":
            self.exceptions.append(content.message)
        elif kind in ("markdown", "html", "alert"):
            self.texts.append(getattr(content, "body", ""))
        widget_id = getattr(content, "id", "")
        if isinstance(widget_id, str) and widget_id.startswith("$$ID"):
            key = widget_id.rpartition("-")[2]
            self.widgets[key], self.fragments[key] = widget_id, fragment
            if kind == "bidi_component" and content.WhichOneof("data") == "json":
                self.data[key] = json.loads(content.json)
