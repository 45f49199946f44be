"""How to get into a room: its code, the link, and a QR code that a phone reads from the back row."""

from urllib.parse import quote, urlencode

import streamlit as st

from ui.draw.qr import qr_code
from ui.draw.svg import tag
from ui.state.address import app_address
from ui.state.cache import kept
from ui.views.classroom import words


def invitation(room: str, more: str = "", lead: str = "") -> str:
    """The way in as HTML: the drawing, the code and the link, with `lead` before and `more` after them."""
    link = room_link(room)
    code = kept(qr_code, link)
    # As a picture: st.html takes an SVG's drawing out.
    source = f"data:image/svg+xml,{quote(code.svg)}" if code else ""
    picture = tag("img", src=source, class_="bp-room-qr", alt=words.qr(link)) if code else ""
    text = tag(
        "div",
        lead,
        tag("p", tag("strong", room), class_="bp-room-code", data_room=room),
        tag("p", link.partition("://")[2] or link, class_="bp-room-link"),
        more,
        class_="bp-room-way",
    )
    return tag("div", picture, text, class_="bp-invitation")


def room_link(room: str) -> str:
    """The link of those who answer; without the app's address where Streamlit does not know it."""
    app = app_address(st.context.url, "class")
    return f"{app}/class?{urlencode({'room': room})}"
