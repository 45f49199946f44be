"""The settings as widgets in the sidebar, and the checks that keep bad links and bad input out."""

from contextlib import nullcontext
from dataclasses import replace
from typing import NoReturn

import streamlit as st

from backprop import HIDDEN_ACTIVATIONS
from ui import textbook
from ui.captions import describe_observation
from ui.chrome import page_link
from ui.data import FLOWERS, describe_flower, observation_word
from ui.editor import edit_dialog, edits_summary
from ui.edits import MAX_LENGTH
from ui.presets import START, preset_menu, preset_note
from ui.recording import fitting_edit, possible_epoch, possible_taken
from ui.setting_checks import problems, repair
from ui.settings import (
    BATCH_SIZES,
    COST_NAMES,
    DATA,
    DEFAULTS,
    MAX_EPOCHS,
    MAX_HIDDEN_LAYERS,
    MAX_LEARNING_RATE,
    MAX_SEED,
    MAX_STEP,
    MAX_TAKEN,
    MAX_UNITS,
    OUTPUT_KINDS,
    TEXTBOOK,
    UNTRAINED,
    Settings,
    current_settings,
)
from ui.svg import tag


def sidebar(page: str) -> None:
    """Draw the settings, in the sidebar, and tell what had to be put right.

    Args:
        page: URL path of the page that follows.
    """
    st.session_state.update(st.session_state.pop("possible", {}))
    notices = [*st.session_state.pop("notices", ()), *repair()]
    with st.sidebar:
        top = st.container()
        if page == "training":
            _training(is_shown=True)
        _widgets()
        if page != "training":
            _training(is_shown=False)
    if problems():
        # A text field takes what the URL says in its first run, whatever it was told; not in the next.
        st.session_state["notices"] = notices
        st.rerun()
    _keep_possible(notices)
    for notice in dict.fromkeys(notices):
        st.warning(notice, icon=":material/info:")
    settings = current_settings()
    with top:
        _examples_and_edits(page, settings)
        _weights(settings)
    preset_note(page, settings)


def _examples_and_edits(page: str, settings: Settings) -> None:
    """Above the settings: prepared views, the table editor, and the ways back from both."""
    left, right = st.columns(2)
    with left:
        preset_menu(page, settings)
    with right:
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


def _widgets() -> None:
    """All settings, top to bottom."""
    # Flower and seed stay, hidden by app.css, where they have no meaning: links keep them.
    flower, seed = _meaning()
    with st.container(key="flower_settings" if flower else "flower_link_state"):
        _flower()
    left, right = st.columns(2) if seed else (st.container(key="seed_link_state"), st.container())
    left.number_input(
        "Seed",
        0,
        MAX_SEED,
        value=int(DEFAULTS["seed"]),
        key="seed",
        bind="query-params",
        help="Of the random initial weights: the same seed gives the same weights everywhere.",
    )
    right.number_input(
        "Learning rate η",
        0.0,
        MAX_LEARNING_RATE,
        value=float(DEFAULTS["lr"]),
        step=0.05,
        format="%g",
        key="lr",
        bind="query-params",
    )
    left, right = st.columns(2)
    left.text_input(
        "Hidden layers",
        value=str(DEFAULTS["hidden"]),
        max_chars=20,
        key="hidden",
        bind="query-params",
        help=f"Units of each hidden layer, such as 5 or 6-5: up to {MAX_HIDDEN_LAYERS} layers "
        f"of up to {MAX_UNITS} units.",
    )
    right.selectbox(
        "Activation",
        HIDDEN_ACTIVATIONS,
        key="act",
        bind="query-params",
        help="Of every hidden unit.",
    )
    st.selectbox(
        "Output",
        tuple(OUTPUT_KINDS),
        key="out",
        bind="query-params",
        help="Softmax: every output depends on every z, so even ∂C/∂z is a total derivative. "
        "The others are element-wise: one path each.",
    )
    activation, loss = OUTPUT_KINDS[st.session_state["out"]]
    st.caption(f"{activation} outputs, {COST_NAMES[loss]} cost")
    with st.container(key="link_state"):  # hidden by app.css: it only keeps the numbers in the URL
        st.number_input("Step", 0, MAX_STEP, value=0, key="step", bind="query-params")
        st.number_input("Steps taken", 0, MAX_TAKEN, value=0, key="taken", bind="query-params")
        st.selectbox("Data", tuple(DATA), key="data", bind="query-params")
        st.text_input("Edit", max_chars=MAX_LENGTH, key="edit", bind="query-params")
        st.number_input(
            "Epoch", UNTRAINED, MAX_EPOCHS, value=int(DEFAULTS["epoch"]), key="epoch", bind="query-params"
        )


def _meaning() -> tuple[bool, bool]:
    """Whether the flower and the seed have a meaning: the textbook has its own example and weights."""
    data, hidden = (st.session_state.get(key, st.query_params.get(key)) for key in ("data", "hidden"))
    is_textbook = data == TEXTBOOK
    return not is_textbook, not (is_textbook and hidden == "-".join(map(str, textbook.HIDDEN)))


def _flower() -> None:
    st.number_input(
        "Flower",
        0,
        FLOWERS - 1,
        value=int(DEFAULTS["flower"]),
        key="flower",
        bind="query-params",
        help="One of Fisher's 150 irises: 0–49 setosa, 50–99 versicolor, 100–149 virginica.",
    )
    st.caption(describe_flower(int(st.session_state["flower"])).split(", ", 1)[1])


def _training(is_shown: bool) -> None:
    """What a training depends on beside the other settings. Links keep it on every page."""
    with st.container(key="training_settings" if is_shown else "training_link_state"):
        left, right = st.columns(2)
        left.number_input(
            "Split",
            0,
            MAX_SEED,
            value=int(DEFAULTS["split"]),
            key="split",
            bind="query-params",
            help="Seed of the split into 105 training and 45 test flowers, a third of each species.",
        )
        right.selectbox(
            "Batch size",
            BATCH_SIZES,
            index=BATCH_SIZES.index(str(DEFAULTS["batch"])),
            key="batch",
            bind="query-params",
            help="Training flowers a step: full takes all 105 at once, 1 a single one.",
        )


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


def _keep_possible(notices: list[str]) -> None:
    """Where an edit does not fit, or training or steps taken diverge, run again with what can be shown."""
    settings = current_settings()
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
