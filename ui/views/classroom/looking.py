"""How a page in a room hears of what changes, without a run of its own for every look. See look.js."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.state.rooms.rooms import rooms

_LOOK = st.components.v2.component("backprop.look", js=bundle(Path(__file__).with_name("look.js")))

EVERY, EVERY_OF_HOST = 1500, 1000
"""Milliseconds between two looks, more or less."""

AWAY = "away"
"""What look.js tells of a room that is elsewhere."""


def keep_looking(room: str, who: str, version: str, every: int = EVERY) -> bool:
    """Let this fragment run again as soon as `Rooms.glance` gives `who` another version than it has drawn.

    Returns:
        whether the browser has just told that the room is at another server, where it does not come.
    """
    data = {"room": room, "who": who, "server": rooms().name, "version": version, "every": every}
    return _LOOK(key="room_look", data=data, on_look_change=_looked).get("look") == AWAY


def _looked() -> None:
    """Nothing to do but to run again."""
