"""What the host sees, on the projector: the way in, the question, the count, then what the room thinks."""

from collections.abc import Callable
from time import monotonic

import streamlit as st

from ui.draw.given import given_tables
from ui.draw.prose import page_heading, paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import as_typed
from ui.questions.polls import TO_CHOOSE, Poll, codes_of, found_codes, poll_at, poll_of, poll_text
from ui.questions.questions import Question
from ui.state.address import asked
from ui.state.cache import kept
from ui.state.rooms.brought import write_rounds
from ui.state.rooms.room import CLOSED, OPEN, SHOWN, Refused
from ui.state.rooms.rooms import Board, rooms
from ui.state.settings import Settings, current_settings
from ui.views.classroom import words
from ui.views.classroom.board import first_vote, shown_markup
from ui.views.classroom.invitation import invitation
from ui.views.classroom.memory import brought_rounds, remember
from ui.views.classroom.own_rooms import keep_room
from ui.views.classroom.results import results

EVERY = 1.0
"""Seconds between two looks at the room."""

_PICK, _WAY = "class_pick", "class_way"


def host_page(room: str, secret: str) -> None:
    """The page of who has opened the room; its link alone has the secret."""
    try:
        rooms().enter(room, secret, monotonic())
    except Refused as refused:
        page_heading(words.ROOM, str(refused))
        return
    st.html(tag("div", class_="bp-room"))
    _host(room, secret)


@st.fragment(run_every=EVERY)
def _host(room: str, secret: str) -> None:
    settings = current_settings()
    try:
        board = _board(room, secret)
    except Refused as refused:  # forgotten meanwhile: the whole page begins again
        st.session_state["class_refused"] = str(refused)
        st.rerun()
    keep_room(room, secret, len(board.votes))
    with st.container(key="host"):
        with st.container(key="host_board"):
            _question(board)
        with st.container(key="host_side"):
            invitation(room, board.present)
        with st.container(key="host_controls", horizontal=True, vertical_alignment="bottom"):
            _controls(room, secret, settings, board)
            results(room, settings, board)
    if said := st.session_state.pop("class_refused", ""):
        st.warning(said)


def _board(room: str, secret: str) -> Board:
    now = monotonic()
    told = remember(room, rounds=write_rounds(rooms().kept(room, secret, now)[-2:]))
    if told and st.session_state.get("class_brought") != told["session"]:
        st.session_state["class_brought"] = told["session"]
        rooms().learn(room, secret, brought_rounds(told.get("rounds")), now)
    return rooms().board(room, secret, now)


def _question(board: Board) -> None:
    """The question on the board, and its answers once they are shown."""
    vote = board.current
    if vote is None:
        st.html(tag("h1", words.JOIN, class_="bp-prompt") + paragraph(words.JOIN_LEAD))
        return
    poll = poll_of(vote.asked)
    parts = [tag("h1", scripts(poll.asked.prompt), class_="bp-prompt")]
    if vote.phase == SHOWN:
        parts.append(shown_markup(poll, vote, first_vote(board, vote)))
    else:
        parts += [_known(poll), paragraph(words.count(vote.count, board.present), "bp-counted")]
    st.html("".join(parts))


def _known(poll: Poll) -> str:
    """What is known, and what there is to choose from."""
    note = f"η = {as_typed(poll.rate)}" if poll.rate is not None else ""
    said = given_tables(poll.given, note) if poll.given else ""
    return said + tag("ol", *(tag("li", scripts(each)) for each in poll.options), class_="bp-offered")


def _controls(room: str, secret: str, settings: Settings, board: Board) -> None:
    vote = board.current
    after = vote.key if vote else ""
    if vote and vote.phase == OPEN:
        _turn(words.CLOSE, rooms().close, room, secret, after)
        return
    if vote and vote.phase == CLOSED:
        _turn(words.SHOW, rooms().show, room, secret, after)
    code = _picked(settings, board)
    if code:
        is_main = vote is None or vote.phase == SHOWN
        _ask_button(words.ASK, room, secret, poll_at(settings, code).text, after, is_main)
    if vote:
        _ask_button(words.AGAIN, room, secret, vote.asked, after, False)


def _turn(label: str, call: Callable[..., None], *args: str) -> None:
    st.button(label, key="host_turn", type="primary", shortcut="Right", on_click=_do, args=(call, *args))


def _ask_button(label: str, room: str, secret: str, text: str, after: str, is_main: bool) -> None:
    st.button(
        label,
        key="host_ask" if label == words.ASK else "host_again",
        type="primary" if is_main else "secondary",
        shortcut="Right" if is_main else ("v" if label == words.AGAIN else None),
        on_click=_do,
        args=(rooms().ask, room, secret, text, after),
    )


def _do(call: Callable[..., None], *args: str) -> None:
    try:
        call(*args, monotonic())
    except Refused as refused:
        st.session_state["class_refused"] = str(refused)


def _picked(settings: Settings, board: Board) -> str:
    """The question that comes next: the first of the link's that was not asked, or the one that is picked."""
    codes = kept(_offered, settings, asked("ask") or "")
    if not codes:
        st.caption(words.NOTHING_TO_ASK)
        return ""
    done = {each.asked.replace(f"{TO_CHOOSE}?", "?") for each in board.votes}
    plain_codes = [code.removesuffix(TO_CHOOSE) for code in codes]
    following = next((n for n, code in enumerate(plain_codes) if poll_text(settings, code) not in done), 0)
    picked = st.selectbox(
        words.PICK,
        codes,
        index=following,
        key=f"{_PICK}:{len(board.votes)}",
        format_func=lambda code: words.of_code(code, kept(poll_at, settings, code).asked.prompt),
    )
    poll = kept(poll_at, settings, picked)
    if isinstance(poll.asked, Question):
        plain = picked.removesuffix(TO_CHOOSE)
        ways = [words.TYPE, *([words.CHOOSE] if _has_options(settings, plain) else [])]
        way = st.segmented_control(words.WAY, ways, default=ways[-1], required=True, key=f"{_WAY}:{plain}")
        return plain + TO_CHOOSE if way == words.CHOOSE else plain
    return picked


def _has_options(settings: Settings, code: str) -> bool:
    try:
        return bool(kept(poll_at, settings, code + TO_CHOOSE).options)
    except ValueError:
        return False


def _offered(settings: Settings, wanted: str) -> tuple[str, ...]:
    """The questions of the link that this view has, then all others."""
    return found_codes(settings, [*wanted.split("-"), *codes_of(settings)])
