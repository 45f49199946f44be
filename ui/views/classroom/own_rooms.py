"""The rooms that this browser has opened lately: see own_rooms.js."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.views.classroom import words

_OWN = st.components.v2.component(
    "backprop.own_rooms",
    html='<div class="bp-own-rooms"></div>',
    js=bundle(Path(__file__).with_name("own_rooms.js")),
    isolate_styles=False,
)


def keep_room(room: str, secret: str, rounds: int) -> None:
    """Let the host's browser keep the way back; with each round it is young again."""
    _OWN(key="own_room", data={"keep": {"room": room, "host": secret}, "rounds": rounds})


def offer_rooms(link: str, asks: bool) -> None:
    """Links to these rooms, which the browser makes: the server hears of a secret only from who opens one.

    Args:
        link: to the page, with the settings and what is asked.
        asks: whether anything is.
    """
    label = words.ASK_IN_ROOM if asks else words.BACK_TO_ROOM
    _OWN(key="own_rooms", data={"link": link, "lead": words.OWN_ROOMS, "label": label})
