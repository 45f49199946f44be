"""How to get into a room: its code, the link, and a QR code that a phone reads from the back row."""

from urllib.parse import quote, urlencode

import streamlit as st

from ui.draw.qr import qr_code
from ui.draw.svg import tag
from ui.state.address import app_address
from ui.state.cache import kept
from ui.views.classroom import words


def invitation(room: str, present: int) -> None:
    """The way in, beside the board: large before the first question, small after it."""
    link = room_link(room)
    code = kept(qr_code, link)
    parts = [
        # As a picture: st.html takes an SVG's drawing out.
        tag("img", src=f"data:image/svg+xml,{quote(code.svg)}", class_="bp-room-qr", alt=words.qr(link))
        if code
        else "",
        tag("p", tag("strong", room), class_="bp-room-code", data_room=room),
        tag("p", link.partition("://")[2] or link, class_="bp-room-link"),
        tag("p", words.present(present), class_="bp-room-present", data_present=str(present)),
    ]
    st.html("".join(parts))


def room_link(room: str) -> str:
    """The link of those who answer; without the app's address where Streamlit does not know it."""
    app = app_address(st.context.url, "class")
    return f"{app}/class?{urlencode({'room': room})}"
