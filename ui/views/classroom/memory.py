"""What browsers in a room keep, and bring along when their server has gone. See memory.js."""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.draw.bundle import bundle
from ui.state.rooms.codes import new_name

_MEMORY = st.components.v2.component("backprop.room", js=bundle(Path(__file__).with_name("memory.js")))


def own_name() -> str:
    """The name under which this session begins: a browser that has been here has another one."""
    name: str = st.session_state.setdefault("room_name", new_name())
    return name


def remember(room: str, **news: Any) -> Any:
    """Tell the browser what to keep of a room, and get what it had kept before, once it has told: else None.

    Args:
        room: its code.
        news: `mine` of somebody who answers, `rounds` of the host.
    """
    session = own_name()
    data = {"room": room, "session": session, **news}
    told = _MEMORY(key="room_memory", data=data, default={"kept": None}, on_kept_change=_heard).get("kept")
    # What is left from before the server went away is older than what the browser tells this session.
    return told if isinstance(told, dict) and told.get("session") == session else None


def _heard() -> None:
    """Nothing to do but to run again."""
