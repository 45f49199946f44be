"""What everybody in the room sees: the question, a field or buttons, and what became of the answer."""

from time import monotonic
from typing import Any

import streamlit as st

from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.questions.polls import Poll, kind_of_answer, poll_of
from ui.questions.tasks import Sentence
from ui.state.rooms.brought import is_name
from ui.state.rooms.room import CLOSED, MOST_WRITTEN, OPEN, SHOWN, Refused
from ui.state.rooms.rooms import Seen, rooms
from ui.views.classroom import words
from ui.views.classroom.memory import own_name, remember
from ui.views.classroom.reveal import reveal_markup

EVERY = 2.0
"""Seconds between two looks at the room."""

MOST_TYPED = 60


@st.fragment(run_every=EVERY)
def participant_page(room: str) -> None:
    """The page of somebody who has opened the link of a room."""
    name = st.session_state.get("room_known_as") or own_name()
    seen = rooms().look(room, name, monotonic())
    mine = {"name": name, "key": seen.key if seen else "", "answer": seen.answer if seen else ""}
    told = remember(room, mine=mine)
    if told:
        seen = _take(room, told.get("mine"), seen)
    with st.container(key="room"):
        if seen is None:
            st.html(_box(words.no_room(room), words.NO_ROOM_YET if told else words.LOOK_AGAIN))
        elif not seen.key:
            st.html(_box(words.IN_THE_ROOM, words.WAIT))
        else:
            _question(room, st.session_state.get("room_known_as") or name, seen)


def _take(room: str, mine: Any, seen: Seen | None) -> Seen | None:
    """Go by the name that the browser has, and bring the answer that another server had."""
    if not isinstance(mine, dict) or not is_name(mine.get("name")):
        return seen
    state = st.session_state
    if "room_known_as" not in state:  # once: a session is one browser
        state["room_known_as"] = mine["name"]
        rooms().rename(room, own_name(), mine["name"])
    name, now = state["room_known_as"], monotonic()
    seen = rooms().look(room, name, now)
    answer = mine.get("answer")
    is_lost = seen and seen.phase == OPEN and not seen.answer and seen.key == mine.get("key")
    if is_lost and isinstance(answer, str) and answer:
        _try(room, mine["key"], name, answer)
        seen = rooms().look(room, name, now)
    return seen


def _question(room: str, name: str, seen: Seen) -> None:
    poll = poll_of(seen.asked)
    st.html(tag("h1", scripts(poll.asked.prompt), class_="bp-prompt"))
    if seen.phase == OPEN:
        _form(room, name, seen, poll)
    said = st.session_state.pop("room_refused", "")
    if said:
        st.html(tag("p", scripts(said), class_="bp-field-error", role="alert"))
    st.html(tag("div", _status(seen, poll), role="status", class_="bp-said"))


def _form(room: str, name: str, seen: Seen, poll: Poll) -> None:
    key = f"room_answer:{seen.key}"
    args = (room, seen.key, name, poll)
    if poll.options:
        for place, option in enumerate(poll.options):
            st.button(
                scripts_free(option),
                key=f"{key}:{place}",
                type="primary" if option == seen.answer else "secondary",
                width="stretch",
                on_click=_choose,
                args=(*args, option),
            )
        return
    with st.form("room_form", border=False):
        if isinstance(poll.asked, Sentence):
            st.text_area(words.YOUR_SENTENCE, seen.answer, key=key, max_chars=MOST_WRITTEN, height=120)
        else:
            st.text_input(words.YOUR_NUMBER, seen.answer, key=key, max_chars=MOST_TYPED, autocomplete="off")
        st.form_submit_button(
            words.SEND, key="room_send", type="primary", width="stretch", on_click=_send, args=args
        )


def scripts_free(option: str) -> str:
    """As a label of a button, in which Markdown means nothing."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()#+-.!~|<>:$" else each for each in option)


def _send(room: str, key: str, name: str, poll: Poll) -> None:
    text = str(st.session_state.get(f"room_answer:{key}") or "").strip()
    _choose(room, key, name, poll, text.encode(errors="ignore").decode())


def _choose(room: str, key: str, name: str, poll: Poll, text: str) -> None:
    try:
        if text:
            kind_of_answer(poll, text)
    except ValueError as error:
        st.session_state["room_refused"] = str(error)
        return
    _try(room, key, name, text)


def _try(room: str, key: str, name: str, text: str) -> None:
    try:
        rooms().answer(room, key, name, text, monotonic())
    except Refused as refused:
        st.session_state["room_refused"] = str(refused)


def _status(seen: Seen, poll: Poll) -> str:
    if seen.phase == SHOWN:
        return reveal_markup(poll, seen.answer)
    if seen.phase == CLOSED:
        return _said(words.closed(seen.answer))
    return _said(words.answered(seen.answer)) if seen.answer else ""


def _said(text: str) -> str:
    return paragraph(text, "bp-answered")


def _box(title: str, text: str) -> str:
    return tag("h1", scripts(title), class_="bp-prompt") + paragraph(text)
