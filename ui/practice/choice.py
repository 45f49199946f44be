"""Which question the reader sees: kind, number, level. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.data import observation_word
from ui.practice.catalogue import KINDS, RULE, kinds_of
from ui.practice.workings_table import LAST_TERM, LEVELS
from ui.settings import Settings, shorten

FIRST, MOST = 1, 99


@dataclass(frozen=True, slots=True)
class PracticeChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        kind: a key of KINDS that these settings can ask.
        number: of the question, from 1.
        level: an option of LEVELS; choices have none, and leave it as it is.
    """

    settings: Settings
    kind: str
    number: int
    level: str

    @property
    def is_choice(self) -> bool:
        """Whether the question is one with options."""
        return self.kind == RULE

    @property
    def name(self) -> str:
        """Name of the question among all questions of a session."""
        return self.settings.link("practice", kind=self.kind, q=self.number, level=self.level)


def choose_question(settings: Settings) -> PracticeChoice:
    """The controls at the top of the page, and what they are set to."""
    offered = kinds_of(settings)
    left_out = _missing(offered, observation_word(settings.config))
    left, middle, right = st.columns((5.6, 3.4, 1.6))
    with left:
        kind = _pills("What is asked", "kind", offered, offered[0], left_out)
    with middle:
        level = _pills(
            "What is left blank",
            "level",
            LEVELS,
            LAST_TERM,
            "From a worked example to a whole step on your own.",
            disabled=kind == RULE,
        )
    with right:
        number = _number()
    return PracticeChoice(settings, kind, number, level)


def next_question(level: str | None = None) -> None:
    """Go on by one, at another level if one is given. In callbacks only."""
    state = st.session_state
    state["q"] = float(int(state["q"]) % MOST + 1)
    if level is not None:
        state["level"] = level


def _missing(offered: Sequence[str], word: str) -> str | None:
    left_out = [kind for kind in KINDS if kind not in offered]
    if not left_out:
        return None
    return f"Nothing worth asking on this network and {word}: {', '.join(left_out)}."


def _number() -> int:
    asked = _asked("q")
    problem = asked is not None and not _is_number(asked)
    if problem:
        _notice("Question", f"a whole number from {FIRST} to {MOST}", str(asked), str(FIRST))
        st.session_state["q"] = float(FIRST)
    # Floats, since a field of whole numbers raises OverflowError where the URL says inf (Streamlit 1.67).
    number = st.number_input(
        "Question",
        float(FIRST),
        float(MOST),
        float(FIRST),
        1.0,
        format="%.0f",
        key="q",
        bind="query-params",
    )
    return FIRST if problem else int(number)


def _is_number(text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return FIRST <= number <= MOST and number.is_integer()


def _pills(
    label: str,
    key: str,
    options: Sequence[str],
    default: str,
    help_text: str | None = None,
    disabled: bool = False,
) -> str:
    """One of the options; a notice and the default where the URL or an older choice has no such one."""
    asked = _asked(key)
    if asked is not None and asked not in options:
        _notice(label, f"one of {', '.join(options)}", asked, default)
        st.session_state[key] = default
    chosen = st.pills(
        label,
        options,
        default=default,
        required=True,
        key=key,
        bind="query-params",
        help=help_text,
        wrap=True,
        disabled=disabled,
    )
    return str(chosen or default)


def _asked(key: str) -> str | None:
    """What the widget holds, or what the URL asks for before the widget's first run."""
    value = st.session_state.get(key, st.query_params.get(key))
    return None if value is None else str(value)


def _notice(label: str, expected: str, asked: str, shown: str) -> None:
    st.warning(
        f"{label}: expected {expected}, got {shorten(asked)}. You see {shown}.", icon=":material/info:"
    )
