"""The page without a room: open one, enter one, or read the codes that a class has sent."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.prose import page_heading
from ui.state.address import asked
from ui.state.pages import TITLES
from ui.state.rooms.codes import code_of, new_secret, read_code
from ui.state.settings import current_settings
from ui.views.classroom import words

_GO = st.components.v2.component("backprop.go", js=bundle(Path(__file__).with_name("go.js")))


def lobby() -> None:
    """The way in, for the host and for everybody."""
    page_heading(TITLES["class"], words.LEAD)
    with st.container(key="lobby", horizontal=True):
        with st.container(border=True):
            st.subheader(words.OPEN_ROOM)
            st.markdown(words.OPEN_ROOM_LEAD)
            st.button(words.OPEN_ROOM, key="room_open", type="primary", on_click=_open)
        with st.container(border=True), st.form("room_enter", border=False):
            st.subheader(words.ENTER)
            st.text_input(words.CODE, key="room_code", max_chars=12, autocomplete="off")
            st.form_submit_button(words.ENTER, key="room_go", on_click=_enter)
            if said := st.session_state.pop("room_wrong", ""):
                st.warning(said)
    _GO(key="room_go_there", data={"to": st.session_state.pop("room_to", "")})


def _open() -> None:
    secret = new_secret()
    wanted = asked("ask")
    more = {"ask": wanted} if wanted else {}
    st.session_state["room_to"] = current_settings().link("class", **more, room=code_of(secret), host=secret)


def _enter() -> None:
    try:
        code = read_code(str(st.session_state.get("room_code") or ""))
    except ValueError:
        st.session_state["room_wrong"] = words.NO_CODE
        return
    st.session_state["room_to"] = f"class?{urlencode({'room': code})}"
