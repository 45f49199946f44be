"""How a page in a room hears of what changes, without a run of its own for every look. See look.js."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.state.rooms.rooms import rooms

_LOOK = st.components.v2.component("backprop.look", js=bundle(Path(__file__).with_name("look.js")))

EVERY, EVERY_OF_HOST = 1500, 1000
"""Milliseconds between two looks, more or less."""


def keep_looking(room: str, who: str, version: str, every: int = EVERY) -> None:
    """Let this fragment run again as soon as `Rooms.glance` gives `who` another version than it has drawn."""
    data = {"room": room, "who": who, "server": rooms().name, "version": version, "every": every}
    _LOOK(key="room_look", data=data, on_look_change=_looked)


def _looked() -> None:
    """Nothing to do but to run again."""
