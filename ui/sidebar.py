"""The sidebar: examples, the table editor, the settings, and what had to be put right in them."""

from contextlib import nullcontext
from dataclasses import replace
from typing import NoReturn

import streamlit as st

from ui.captions import describe_observation
from ui.chrome import page_link
from ui.data import observation_word
from ui.editor import edit_dialog, edits_summary
from ui.presets import START, preset_menu, preset_note
from ui.recording import fitting_edit, possible_epoch, possible_taken
from ui.setting_checks import TEXT_FIELDS, problems, repair
from ui.setting_widgets import setting_widgets
from ui.settings import MAX_TAKEN, TEXTBOOK, UNTRAINED, Settings, current_settings
from ui.svg import tag


def sidebar(page: str) -> None:
    """Draw the settings, in the sidebar, and tell what had to be put right.

    Args:
        page: URL path of the page that follows.
    """
    st.session_state.update(st.session_state.pop("possible", {}))
    notices = [*st.session_state.pop("notices", ()), *repair()]
    with st.sidebar:
        top = st.container(horizontal=True, key="top")
        setting_widgets(page)
    if problems(TEXT_FIELDS):
        # A text field takes what the URL says in its first run, whatever it was told; not in the next.
        st.session_state["notices"] = notices
        st.rerun()
    settings = current_settings()
    _keep_possible(settings, notices)
    for notice in dict.fromkeys(notices):
        st.warning(notice, icon=":material/info:")
    with top:
        _examples_and_edits(page, settings)
        _weights(settings)
    preset_note(page, settings)


def _examples_and_edits(page: str, settings: Settings) -> None:
    """Above the settings: prepared views, the table editor, and the ways back from both."""
    preset_menu(page, settings)
    st.button("Edit numbers", key="edit_numbers", width="stretch", on_click=_open_editor)
    if settings.data == TEXTBOOK:
        back = replace(START, flower=settings.flower, seed=settings.seed)
        st.markdown(
            tag("p", f"{describe_observation(replace(settings, edit=''))}.")
            + page_link("Back to the irises", back.link(page)),
            unsafe_allow_html=True,
        )
    if settings.edit:
        st.markdown(f"{edits_summary(settings)}.")
        label = "Put them back" if "~" in settings.edit else "Put it back"
        st.button(label, key="reset_edits", on_click=_reset_edits)
    # Not the button's own value: that is gone where a notice made the script run twice.
    if st.session_state.get("wanted_dialog") == "edit":
        del st.session_state["wanted_dialog"]
        edit_dialog(settings)


def _open_editor() -> None:
    st.session_state["wanted_dialog"] = "edit"  # see ui.take_along


def _reset_edits() -> None:
    st.session_state["edit"] = ""


def _weights(settings: Settings) -> None:
    """Say that the weights are not the initial ones any more, with the way back."""
    changes = []
    if settings.is_trained:
        changes.append(
            f"{_count(settings.epoch, 'epoch')} of training (batch size {settings.batch}, split "
            f"{settings.split}, with this η), whose flowers also standardise x"
        )
    if settings.taken:
        word = observation_word(settings.config)
        changes.append(f"{_count(settings.taken, 'update step')} on this {word}, with this η")
    if changes:
        st.markdown(f"**The weights have changed**: {'; then '.join(changes)}.")
        st.button("Back to the initial weights", key="reset_weights", on_click=_reset_weights)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _reset_weights() -> None:
    st.session_state["epoch"] = UNTRAINED
    st.session_state["taken"] = 0


def take_steps(count: int) -> None:
    """Callback: so many more steps are taken; a negative number goes back."""
    taken = int(st.session_state["taken"]) + count
    st.session_state["taken"] = min(MAX_TAKEN, max(0, taken))


def _keep_possible(settings: Settings, notices: list[str]) -> None:
    """Where an edit does not fit, or training or steps taken diverge, run again with what can be shown."""
    edit, problem = fitting_edit(settings)
    if problem:
        _run_again(notices, {"edit": edit}, f"Edits: {problem}. You see the network without {_those(edit)}.")
    with st.spinner("Training the network…") if settings.is_trained else nullcontext():
        epoch, taken = possible_epoch(settings), settings.taken
    if epoch == settings.epoch:
        taken = possible_taken(settings)
    if (epoch, taken) == (settings.epoch, settings.taken):
        return
    what, asked, shown = ("Epoch", settings.epoch, epoch)
    if epoch == settings.epoch:
        what, asked, shown = ("Steps taken", settings.taken, taken)
    notice = (
        f"{what}: with η = {settings.learning_rate:g}, {asked} of them make the weights "
        f"grow without limit. You see as many as can be shown, {shown}."
    )
    _run_again(notices, {"epoch": epoch, "taken": taken}, notice)


def _those(edit: str) -> str:
    return "those that do not fit" if edit else "them"


def _run_again(notices: list[str], possible: dict[str, str | int], notice: str) -> NoReturn:
    """Run again with these values in place of what cannot be shown; the widgets are drawn already."""
    st.session_state["possible"] = possible
    st.session_state["notices"] = [*notices, notice]
    st.rerun()
