"""Which question the host asks next: the link's in their order, then all others that this view has."""

from typing import NamedTuple

import streamlit as st

from ui.draw.prose import widget_text
from ui.questions.polls import TO_CHOOSE, codes_of, found_codes, however_answered, poll_at, poll_text
from ui.questions.questions import Question
from ui.state.address import asked
from ui.state.cache import kept
from ui.state.rooms.rooms import Board
from ui.state.settings import Settings
from ui.views.classroom import words


class Offer(NamedTuple):
    """A question that can be asked.

    Attributes:
        code: without the way to answer it.
        label: where it is from, and what it asks.
        is_typed: whether the link wants a number typed where there is a choice, too.
        has_options: whether there is one.
    """

    code: str
    label: str
    is_typed: bool
    has_options: bool


def offers(settings: Settings, wanted: str) -> tuple[Offer, ...]:
    """Those of a link that this view has, in its order, then the others."""
    own = {
        code.removesuffix(TO_CHOOSE): place
        for place, code in enumerate(found_codes(settings, wanted.split("-")), 1)
    }
    found = []
    for code in found_codes(settings, [*wanted.split("-"), *codes_of(settings)]):
        plain = code.removesuffix(TO_CHOOSE)
        poll = poll_at(settings, plain)
        label = words.of_code(plain, poll.asked.prompt, own.get(plain, 0))
        has_options = isinstance(poll.asked, Question) and _has_options(settings, plain)
        found.append(Offer(plain, label, plain in own and plain == code, has_options))
    return (*found,)


def _has_options(settings: Settings, code: str) -> bool:
    try:
        return bool(poll_at(settings, code + TO_CHOOSE).options)
    except ValueError:
        return False


def pick(settings: Settings, board: Board) -> str:
    """A popover with all of them; the code of the one that comes next, empty where there is none."""
    found = {each.code: each for each in kept(offers, settings, asked("ask") or "")}
    if not found:
        st.caption(words.NOTHING_TO_ASK)
        return ""
    done = {however_answered(each.asked) for each in board.votes}
    following = next((n for n, code in enumerate(found) if poll_text(settings, code) not in done), 0)
    key = f"class_pick:{len(done)}"
    held = st.session_state.get(key)
    name = words.name_of_code(held if held in found else [*found][following])
    with st.popover(words.next_one(name), key="host_pick"):
        # Before the list, which is long.
        way = st.container()
        code = st.radio(words.PICK, [*found], following, lambda each: widget_text(found[each].label), key=key)
        with way:
            return _way(found[code])


def _way(offer: Offer) -> str:
    """The code with how it is answered."""
    if not offer.has_options:
        return offer.code
    ways = (words.CHOOSE, words.TYPE)
    way = st.segmented_control(
        words.WAY,
        ways,
        default=words.TYPE if offer.is_typed else words.CHOOSE,
        required=True,
        key=f"class_way:{offer.code}",
    )
    return offer.code + TO_CHOOSE if way == words.CHOOSE else offer.code
