"""The page without a room: open one, enter one, or read the codes that a class has sent."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.prose import heading, page_heading, paragraph
from ui.draw.svg import scripts, tag
from ui.questions.polls import TO_CHOOSE, found_codes, poll_at
from ui.state.address import asked
from ui.state.pages import TITLES
from ui.state.rooms.codes import code_of, new_secret, read_code
from ui.state.settings import Settings, current_settings
from ui.views.classroom import words
from ui.views.classroom.codes import codes_section, has_codes
from ui.views.classroom.own_rooms import offer_rooms

_GO = st.components.v2.component("backprop.go", js=bundle(Path(__file__).with_name("go.js")))


def lobby() -> None:
    """The way in, for the host and for everybody."""
    page_heading(TITLES["class"], words.LEAD)
    settings, wanted = current_settings(), asked("ask") or ""
    codes = found_codes(settings, wanted.split("-"))
    count = len({code.removesuffix(TO_CHOOSE) for code in wanted.split("-")})
    with st.container(key="lobby", horizontal=True):
        with st.container(border=True):
            _heading(words.OPEN_ROOM, words.OPEN_ROOM_LEAD)
            if wanted:
                st.html(_first_asked(settings, codes, count))
            st.button(words.OPEN_ROOM, key="room_open", type="primary", on_click=_open)
            offer_rooms(settings.link("class", **_asking(wanted)), bool(codes))
        with st.container(border=True), st.form("room_enter", border=False):
            _heading(words.ENTER, words.ENTER_LEAD)
            st.text_input(words.CODE, key="room_code", max_chars=12, autocomplete="off")
            st.form_submit_button(words.ENTER, key="room_go", on_click=_enter)
            if said := st.session_state.pop("room_wrong", ""):
                st.html(tag("p", said, class_="bp-field-error", role="alert"))
    if not has_codes():  # who reads codes has been told, and scrolls less
        steps = (tag("li", tag("b", name), f" {text}") for name, text in words.HOW_STEPS)
        notes = paragraph(words.BY_KEYS) + paragraph(words.WHAT_A_ROOM_IS)
        st.html(heading(words.HOW) + tag("div", tag("ol", *steps), tag("div", notes), class_="bp-how"))
    codes_section(settings)
    _GO(key="room_go_there", data={"to": st.session_state.pop("room_to", "")})


def _first_asked(settings: Settings, codes: Sequence[str], count: int) -> str:
    """Which question comes first, of `count` that the link asks."""
    if not codes:
        return paragraph(words.NONE_OF_THEM)
    first = tag("p", words.FIRST, " ", tag("strong", scripts(poll_at(settings, codes[0]).asked.prompt)))
    more = paragraph(words.then_asked(len(codes) - 1, count - len(codes)))
    return tag("div", first, more if len(codes) > 1 or count > len(codes) else "", class_="bp-first-asked")


def _asking(wanted: str) -> dict[str, str]:
    return {"ask": wanted} if wanted else {}


def _heading(title: str, lead: str) -> None:
    st.html(tag("h2", title, class_="bp-subheading") + paragraph(lead))


def _open() -> None:
    secret = new_secret()
    link = current_settings().link("class", **_asking(asked("ask") or ""), room=code_of(secret), host=secret)
    st.session_state["room_to"] = link


def _enter() -> None:
    try:
        code = read_code(str(st.session_state.get("room_code") or ""))
    except ValueError:
        st.session_state["room_wrong"] = words.NO_CODE
        return
    st.session_state["room_to"] = f"class?{urlencode({'room': code})}"
