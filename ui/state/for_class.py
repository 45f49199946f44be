"""Links that ask a class, and what the page that is shown would ask it: Share offers that, too."""

import streamlit as st

from ui.state.settings import Settings

_SHOWN = "asked_here"


def class_link(settings: Settings, *codes: str) -> str:
    """The page "Class" with these questions of a view first; without any, with all that the view has."""
    return settings.link("class", ask="-".join(codes)) if codes else settings.link("class")


def show_question(settings: Settings, *codes: str) -> None:
    """Take note of what this run's page asks."""
    st.session_state[_SHOWN] = settings, codes


def question_shown() -> tuple[Settings, tuple[str, ...]] | None:
    """What the page of this run asks; None if it asks nothing."""
    found: tuple[Settings, tuple[str, ...]] | None = st.session_state.get(_SHOWN)
    return found


def forget_question() -> None:
    """Another page follows."""
    st.session_state.pop(_SHOWN, None)
