"""The stage as a Streamlit component."""

import streamlit as st

from ui.address import asked, put
from ui.chrome import page_link
from ui.settings import Settings
from ui.stage.bundle import asset, bundle
from ui.stage.export import file_name, standalone_html
from ui.stage.payload import stage_payload
from ui.stage.quiz import QUIZ_KEY, stage_questions

_STAGE = st.components.v2.component(
    "backprop.stage",
    css=asset("stage.css"),
    js=bundle("streamlit"),
)


def stage(settings: Settings) -> None:
    """Draw the stage for the recorded step of these settings, at the step in the URL."""
    _STAGE(
        key="stage",
        data={"payload": stage_payload(settings), "questions": _questions(settings), "start": _start()},
        default={"step": None},
        on_step_change=_on_step_change,
        on_quiz_change=lambda: None,  # the run itself is the answer: it finds the quiz in the address
    )


def stage_footer(settings: Settings) -> None:
    """What goes under the stage: the walkthrough as a file, and the pages that take its steps apart."""
    links = (
        page_link("Every Jacobian →", settings.link("jacobians")),
        page_link("Derivative paths →", settings.link("paths")),
        page_link("Weight update →", settings.link("update")),
        page_link("A batch →", settings.link("batch")),
        page_link("Training →", settings.link("training")),
        page_link("Practice →", settings.link("practice")),
    )
    with st.container(horizontal=True, vertical_alignment="center", key="stage_footer"):
        _download_button(settings)
        st.markdown(" ".join(links), unsafe_allow_html=True)


def _download_button(settings: Settings) -> None:
    """Offer the walkthrough of these settings as one HTML file, made when it is asked for."""
    st.download_button(
        "Download this walkthrough",
        data=lambda: standalone_html(settings),
        file_name=file_name(settings),
        mime="text/html",
        on_click="ignore",
        help="One HTML file with the same keys, for a learning platform or a lecture without network. "
        "Add #step=13 to its address to open it at a step, and &quiz=1 to open it as a quiz.",
    )


def _questions(settings: Settings) -> str:
    """The quiz's questions where the address has quiz=1, else nothing: they are a third of the payload.

    The stage switches the quiz by itself and keeps it in the address, as it does with present=1.
    """
    return stage_questions(settings) if asked(QUIZ_KEY) == "1" else ""


def _start() -> int:
    """The step the stage is told to show.

    The stage moves by itself and reports where it is. Only a step that did not come from there (a link,
    Back, another page) is sent to it; the payload then stays the same while the reader steps, and
    Streamlit does not send it again.
    """
    state, step = st.session_state, int(asked("step") or 0)
    mounted = state.get("stage")
    if mounted is None or mounted.get("step") != step:
        state["stage_start"] = step
    return int(state["stage_start"])


def _on_step_change() -> None:
    step = st.session_state["stage"].get("step")
    if isinstance(step, int):
        put("step", step or None)
