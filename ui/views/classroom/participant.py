"""What everybody in the room sees: the question, a field or buttons, and what became of the answer."""

from pathlib import Path
from time import monotonic
from typing import Any

import streamlit as st

from ui.draw.prose import paragraph, widget_text
from ui.draw.svg import scripts, tag
from ui.questions.polls import Poll, kind_of_answer, poll_of
from ui.questions.tasks import Sentence
from ui.state.rooms.brought import is_name
from ui.state.rooms.room import CLOSED, MOST_WRITTEN, OPEN, SHOWN, Refused, plain
from ui.state.rooms.rooms import Seen, rooms, version_of
from ui.views.classroom import words
from ui.views.classroom.looking import keep_looking
from ui.views.classroom.memory import own_name, remember
from ui.views.classroom.reveal import as_read, given_markup, reveal_markup

MOST_TYPED = 60

NOTHING = {"name": "", "key": "", "answer": ""}
_NAME, _MINE = "room_name_of", "room_mine"
"""Of this browser in a room, what it goes by, and the key of a round with its answer; kept by the session."""


def participant_page(room: str) -> None:
    """The page of somebody who has opened the link of a room."""
    st.html(Path(__file__).with_name("participant.css"))
    _participant(room)


@st.fragment
def _participant(room: str) -> None:
    state = st.session_state
    name = state.get(f"{_NAME}:{room}") or own_name()
    seen = rooms().look(room, name, monotonic())
    if seen and seen.answer:
        state[f"{_MINE}:{room}"] = (seen.key, seen.answer)
    # Not of rooms that are not there: a mistyped code is nothing to remember.
    mine = {"name": name, "key": seen.key, "answer": seen.answer} if seen else {**NOTHING}
    told = remember(room, mine=mine)
    if told and f"{_NAME}:{room}" not in state and _hear(room, told.get("mine")):
        name = state[f"{_NAME}:{room}"]
        seen = rooms().look(room, name, monotonic())
    if seen and _bring_back(room, name, seen):
        seen = rooms().look(room, name, monotonic())
    is_away = keep_looking(room, name, version_of(seen))
    with st.container(key="room"):
        if seen is None:
            why = words.AWAY if is_away else words.NO_ROOM_YET if told else words.LOOK_AGAIN
            st.html(_box(words.no_room(room), why))
        elif not seen.key:
            st.html(_box(words.IN_THE_ROOM, words.WAIT))
        else:
            _question(room, name, seen)
        st.html(tag("p", words.LOST, class_="bp-lost"))


def _hear(room: str, mine: Any) -> bool:
    """Go by the name that the browser has, from now on: a session is one browser. Whether it has one."""
    match mine:
        case {"name": str(name), "key": str(key), "answer": str(answer)} if is_name(name):
            state = st.session_state
            state[f"{_NAME}:{room}"] = name
            if len(answer) <= MOST_WRITTEN:
                state.setdefault(f"{_MINE}:{room}", (key, answer))
            rooms().rename(room, own_name(), name)
            return True
    return False


def _bring_back(room: str, name: str, seen: Seen) -> bool:
    """Give the answer again that another server had, or this one before it forgot the room, if it is lost."""
    key, answer = st.session_state.get(f"{_MINE}:{room}", ("", ""))
    if seen.phase != OPEN or seen.answer or seen.key != key or not answer:
        return False
    del st.session_state[f"{_MINE}:{room}"]  # once: what is refused stays refused
    _choose(room, key, name, poll_of(seen.asked), plain(answer))
    return True


def _question(room: str, name: str, seen: Seen) -> None:
    poll = poll_of(seen.asked)
    context = paragraph(poll.context, "bp-context") if poll.context else ""
    st.html(tag("h1", scripts(poll.asked.prompt), class_="bp-prompt") + context)
    if seen.phase == OPEN:
        _form(room, name, seen, poll)
    said = st.session_state.pop("room_refused", "")
    error = tag("p", scripts(said), class_="bp-field-error", role="alert") if said else ""
    known = given_markup(poll) if seen.phase != SHOWN else ""
    st.html(error + tag("div", _status(seen, poll), role="status", class_="bp-said") + known)


def _form(room: str, name: str, seen: Seen, poll: Poll) -> None:
    key = f"room_answer:{seen.key}"
    args = (room, seen.key, name, poll)
    if poll.options:
        for place, (letter, option) in enumerate(poll.lettered.items()):
            is_chosen = option == seen.answer
            st.button(
                words.option(letter, widget_text(option), is_chosen),
                key=f"{key}:{place}",
                type="primary" if is_chosen else "secondary",
                width="stretch",
                on_click=_choose,
                args=(*args, option),
            )
        return
    with st.form("room_form", border=False):
        if isinstance(poll.asked, Sentence):
            st.text_area(words.YOUR_SENTENCE, seen.answer, key=key, max_chars=MOST_WRITTEN, height=120)
        else:
            st.text_input(
                words.YOUR_NUMBER,
                seen.answer,
                key=key,
                max_chars=MOST_TYPED,
                autocomplete="off",
                placeholder=words.NUMBERS,
            )
        st.form_submit_button(
            words.SEND, key="room_send", type="primary", width="stretch", on_click=_send, args=args
        )


def _send(room: str, key: str, name: str, poll: Poll) -> None:
    _choose(room, key, name, poll, plain(str(st.session_state.get(f"room_answer:{key}") or "")))


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
    answer = as_read(poll, seen.answer)
    if letter := poll.letter_of(seen.answer):
        answer = words.with_letter(letter, answer)
    if seen.phase == CLOSED:
        return _said(words.closed(answer))
    return _said(words.answered(answer)) if answer else ""


def _said(text: str) -> str:
    return paragraph(text, "bp-answered")


def _box(title: str, text: str) -> str:
    return tag("h1", scripts(title), class_="bp-prompt") + paragraph(text)
