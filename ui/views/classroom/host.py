"""What the host sees, on the projector: the way in, the question, the count, then what the room thinks."""

from pathlib import Path
from time import monotonic

import streamlit as st

from ui.draw.prose import page_heading
from ui.draw.svg import tag
from ui.questions.polls import poll_of
from ui.state.rooms.brought import write_rounds
from ui.state.rooms.room import MOST_ROUNDS, OPEN, SHOWN, Refused
from ui.state.rooms.rooms import HOST, Board, Vote, rooms
from ui.state.settings import current_settings
from ui.views.classroom import words
from ui.views.classroom.board import count_markup, first_vote, question_markup, told_markup, votes_markup
from ui.views.classroom.controls import controls, has_votes_on, is_large, refuse, refused
from ui.views.classroom.invitation import invitation
from ui.views.classroom.looking import EVERY_OF_HOST, keep_looking
from ui.views.classroom.memory import brought_rounds, remember
from ui.views.classroom.own_rooms import keep_room

LATEST = 2
"""Rounds for a page that has kept the others: the last one, and the one before, which has just ended."""


def host_page(room: str, secret: str) -> None:
    """The page of who has opened the room; its link alone has the secret."""
    try:
        rooms().enter(room, secret, monotonic())
    except Refused as reason:
        page_heading(words.ROOM, str(reason))
        return
    st.html(Path(__file__).with_name("host.css"))
    st.html(tag("div", class_="bp-room"))
    _host(room, secret)


@st.fragment
def _host(room: str, secret: str) -> None:
    version = rooms().glance(room, HOST, monotonic())
    # What is said goes by itself.
    if keep_looking(room, HOST, "" if refused() else version, EVERY_OF_HOST):
        refuse(words.AWAY)
    try:
        board = _board(room, secret)
    except Refused as reason:  # forgotten meanwhile: the whole page begins again
        refuse(str(reason))
        st.rerun()
    keep_room(room, secret, len(board.votes))
    on_board, beside = _views(room, board)
    with st.container(key="host"):
        with st.container(key="host_board"):
            st.html(on_board)
        with st.container(key="host_side"):
            st.html(beside)
        with st.container(key="host_controls", horizontal=True):
            controls(room, secret, current_settings(), board)
        if said := refused():
            st.html(tag("p", said, class_="bp-refused", role="alert"))


def _board(room: str, secret: str) -> Board:
    now = monotonic()
    # All of them to a page that is new, which another browser of the host's may have; then what can change.
    most = LATEST if st.session_state.get("class_kept") == room else MOST_ROUNDS
    st.session_state["class_kept"] = room
    told = remember(room, rounds=write_rounds(rooms().kept(room, secret, now, most)))
    if told and st.session_state.get("class_brought") != told["session"]:
        st.session_state["class_brought"] = told["session"]
        rooms().learn(room, secret, brought_rounds(told.get("rounds")), now)
    return rooms().board(room, secret, now)


def _views(room: str, board: Board) -> tuple[str, str]:
    """What is on the board, and what stands beside it."""
    vote = board.current
    if vote is None or is_large():
        return _way_in(room, board), tag("div")
    poll, small = poll_of(vote.asked), invitation(room)
    if not has_votes_on(vote):
        return question_markup(poll), small + _counted(vote, board)
    first, is_shown = first_vote(board, vote), vote.phase == SHOWN
    on_board = votes_markup(poll, [each for each in (first, vote) if each], is_shown)
    return on_board, small + (told_markup(poll, vote) if is_shown else _counted(vote, board))


def _way_in(room: str, board: Board) -> str:
    """The code over the whole screen: before the first question, and whenever somebody comes late."""
    vote, here = board.current, board.present
    people = tag("p", tag("b", f"{here:,}"), words.HERE, class_="bp-room-present", data_present=str(here))
    more = people + (count_markup(vote.count, here) if vote and vote.phase == OPEN else "")
    lead = tag("h1", words.JOIN, class_="bp-prompt") + tag("p", words.JOIN_LEAD, class_="bp-context")
    return invitation(room, more, lead)


def _counted(vote: Vote, board: Board) -> str:
    closed = tag("p", words.NOW_CLOSED, class_="bp-closed") if vote.phase != OPEN else ""
    return count_markup(vote.count, board.present) + closed
