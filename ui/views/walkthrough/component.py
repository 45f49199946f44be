"""The stage as a Streamlit component."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from ui.draw.library import component, packed
from ui.draw.prose import page_link
from ui.names.timeline import timeline
from ui.names.words import TO_CLASS
from ui.questions.polls import STEP
from ui.questions.quiz import QUIZ_KEY, stage_questions
from ui.state.address import asked, is_on_screen, put
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.for_class import class_link, show_question
from ui.state.parameters import MAX_STEP
from ui.state.settings import Settings
from ui.steps.payload import stage_payload
from ui.views.walkthrough import words

_STAGE = component("stage")


class _Place(NamedTuple):
    """Where the stage is: its step, whether it asks before it shows, whether it is alone on the screen."""

    step: int
    quiz: bool
    present: bool


def stage(settings: Settings) -> None:
    """Draw the stage for the recorded step of these settings, at the place in the address."""
    _STAGE(
        key="stage",
        data=packed(
            {"place": _told(), "toClass": {"text": TO_CLASS, "href": class_link(settings, STEP)}},
            payload=kept(stage_payload, settings),
            questions=_questions(settings),
        ),
        default={"place": None},
        on_place_change=_on_place_change,
    )


def show_stop(settings: Settings) -> None:
    """Say which stop is shown: its number can be asked, where it has one."""
    stops = timeline(settings.config)
    place = min(int(asked("step") or 0), len(stops) - 1)
    show_question(settings, f"{STEP}.{stops[place].id}")


def stage_footer(settings: Settings, standalone: Callable[[], str]) -> None:
    """What goes under the stage: the walkthrough as a file, and the pages that take its steps apart.

    Args:
        settings: of the view.
        standalone: makes the file, when it is asked for.
    """
    links = " ".join(page_link(label, settings.link(page)) for label, page in words.LINKS)
    with st.container(horizontal=True, vertical_alignment="center", key="stage_footer"):
        _download_button(settings, standalone)
        st.markdown(links, unsafe_allow_html=True)


def _download_button(settings: Settings, standalone: Callable[[], str]) -> None:
    """Offer the walkthrough of these settings as one HTML file."""
    st.download_button(
        words.DOWNLOAD,
        data=standalone,
        file_name=file_name(settings, "walkthrough", "html"),
        mime="text/html",
        on_click="ignore",
        help=words.DOWNLOAD_HELP,
    )


def _questions(settings: Settings) -> str:
    """The quiz's questions where the address has quiz=1, else nothing: they are a third of the payload."""
    return kept(stage_questions, settings) if asked(QUIZ_KEY) == "1" else ""


def _told() -> dict[str, Any]:
    """The place the stage is told to show, with the number of that news.

    The stage moves by itself and reports where it is. Only a place that did not come from there (a link,
    Back, another page) is news; what is told stays the same while the reader steps, and Streamlit does
    not send it again.
    """
    state = st.session_state
    place = _Place(int(asked("step") or 0), asked(QUIZ_KEY) == "1", asked("present") == "1")
    reported = _reported(state.get("stage", {}))
    told, knowing, news = state.get("stage_told", (None, None, 0))
    if is_on_screen():  # its own place from before the server was away
        state["stage_told"] = told, _, news = place, reported, 0
    elif told is None or (place != reported and (place, reported) != (told, knowing)):
        state["stage_told"] = told, _, news = place, reported, news + 1
    return {**told._asdict(), "news": news}


def _on_place_change() -> None:
    place = _reported(st.session_state["stage"])
    if place is not None:
        put("step", place.step or None)
        put(QUIZ_KEY, 1 if place.quiz else None)
        put("present", 1 if place.present else None)


def _reported(state: Mapping[str, Any]) -> _Place | None:
    """The place that the stage was moved to; None if it was not, or what came is no place."""
    match state.get("place"):
        case {"step": int(step), "quiz": bool(quiz), "present": bool(present)} if 0 <= step <= MAX_STEP:
            return _Place(step, quiz, present)
    return None
