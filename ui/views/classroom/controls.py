"""The host's buttons, always in the same places; those that make no sense now are off.

Right, or a clicker's forward key, always does the next thing: ask, close, show, ask the next. Left turns
between the question and its votes: before they are shown, without what is right, so that people can talk
and vote again.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

import streamlit as st

from ui.questions.polls import poll_at
from ui.state.rooms.room import CLOSED, OPEN, SHOWN, Refused
from ui.state.rooms.rooms import Board, Vote, rooms
from ui.state.settings import Settings
from ui.views.classroom import words
from ui.views.classroom.picking import pick
from ui.views.classroom.results import results

PAUSE = 0.7
"""Seconds for which buttons that say something new do nothing: what was pressed was meant for what they said
before, by a key held down, a second click, or while another window of the host has gone on."""

SAID_FOR = 8.0
"""Seconds for which a refusal is on the screen."""

_LARGE, _TURNED, _DRAWN, _REFUSED = "class_large", "class_turned", "class_drawn", "class_refused"
"""Keys of the session: whether the code fills the screen; the moment of the room at which the host has turned
to the other side; the moment that the buttons are drawn for, and since when; what was refused, and until when
that is said."""


def controls(room: str, secret: str, settings: Settings, board: Board) -> None:
    """What goes on in the room at the left, what comes next and what is left of it at the right."""
    vote = board.current
    buttons = st.container(key="host_buttons", horizontal=True)
    with st.container(key="host_more", horizontal=True):
        code = pick(settings, board)
        results(room, settings, board)
    label, call, *args = _next(vote, poll_at(settings, code).text if code else "")
    to_do = (_do, call, room, secret, *args)
    is_off = (vote is None or vote.phase == SHOWN) and not code
    _note_drawn(_moment(vote))
    is_idle = vote is None or vote.phase == OPEN
    turn, has_votes = (_turn, _moment(vote)), vote is not None and has_votes_on(vote)
    again = (_do, rooms().ask, room, secret, vote.asked if vote else "", vote.key if vote else "")
    with buttons:
        _button(label, "next", "Right", to_do, is_off, is_main=True)
        _button(words.AGAIN, "again", "v", again, is_idle)
        _button(words.QUESTION if has_votes else words.VOTES, "turn", "Left", turn, is_idle)
        code_label = words.CLOSE_CODE if is_large() else words.CODE_LARGE
        _button(code_label, "code", "q", (_fill, not is_large()), vote is None)
        with st.container(key="host_clicker"):  # a button has one key, and clickers send these
            _button(label, "down", "PageDown", to_do, is_off)
            _button(words.VOTES, "up", "PageUp", turn, is_idle)
            # Never off: who presses it as soon as the code is there may be sooner than the button.
            _button(words.CLOSE_CODE, "escape", "Escape", (_fill, False), False)


def _next(vote: Vote | None, text: str) -> tuple[Any, ...]:
    """What comes next: the button's label, what is called, and with what besides room and secret."""
    if vote is None:
        return words.ASK, rooms().ask, text, ""
    if vote.phase == OPEN:
        return words.CLOSE, rooms().close, vote.key
    if vote.phase == CLOSED:
        return words.SHOW, rooms().show, vote.key
    return words.ASK_NEXT, rooms().ask, text, vote.key


def _button(
    label: str, name: str, shortcut: str, call: tuple[Any, ...], is_off: bool, is_main: bool = False
) -> None:
    st.button(
        label,
        key=f"host_{name}",
        type="primary" if is_main else "secondary",
        shortcut=shortcut,
        on_click=call[0],
        args=call[1:],
        disabled=is_off,
    )


def _do(call: Callable[..., None], *args: str) -> None:
    now, state = monotonic(), st.session_state
    if now - state[_DRAWN][1] < PAUSE:
        return
    state[_LARGE] = False
    state.pop(_REFUSED, None)
    try:
        call(*args, now)
    except Refused as refused:
        refuse(str(refused))


def _note_drawn(moment: str) -> None:
    """Take note of since when the buttons say what they say; on a new page they may be pressed at once."""
    state, now = st.session_state, monotonic()
    if _DRAWN not in state:
        state[_DRAWN] = moment, now - PAUSE
    elif state[_DRAWN][0] != moment:
        state[_DRAWN] = moment, now


def refuse(text: str) -> None:
    """Let `refused` say it for a while."""
    st.session_state[_REFUSED] = text, monotonic() + SAID_FOR


def refused() -> str:
    """What is to be said, if anything."""
    text, until = st.session_state.get(_REFUSED, ("", 0.0))
    return str(text) if monotonic() < until else ""


def is_large() -> bool:
    """Whether the code fills the screen."""
    return bool(st.session_state.get(_LARGE))


def _fill(is_wanted: bool) -> None:
    st.session_state[_LARGE] = is_wanted


def has_votes_on(vote: Vote) -> bool:
    """Whether the votes are looked at, not the question: once they are shown, unless the host has turned."""
    is_turned = st.session_state.get(_TURNED) == _moment(vote)
    return vote.phase != OPEN and (vote.phase == SHOWN) != is_turned


def _turn(moment: str) -> None:
    state = st.session_state
    state[_TURNED] = "" if state.get(_TURNED) == moment else moment
    state[_LARGE] = False


def _moment(vote: Vote | None) -> str:
    return f"{vote.key} {vote.phase}" if vote else ""
