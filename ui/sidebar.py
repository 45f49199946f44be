"""The settings as widgets in the sidebar, and the checks that keep bad links and bad input out."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import NoReturn

import streamlit as st

from backprop import HIDDEN_ACTIVATIONS
from ui.data import FLOWERS, describe_flower
from ui.edits import MAX_LENGTH, parse_edits
from ui.recording import fitting_edit, possible_epoch, possible_taken
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
    UNTRAINED,
    current_settings,
    parse_hidden,
    shorten,
)


def sidebar(page: str) -> None:
    """Draw the settings, in the sidebar, and tell what had to be put right.

    Args:
        page: URL path of the page that follows.
    """
    st.session_state.update(st.session_state.pop("possible", {}))
    notices = [*st.session_state.pop("notices", ()), *_repair()]
    with st.sidebar:
        _widgets()
        _training(is_shown=page == "training")
        _weights(int(st.session_state["epoch"]), int(st.session_state["taken"]))
    if _problems():
        # A text field takes what the URL says in its first run, whatever it was told; not in the next.
        st.session_state["notices"] = notices
        st.rerun()
    _keep_possible(notices)
    for notice in dict.fromkeys(notices):
        st.warning(notice, icon=":material/info:")


def _widgets() -> None:
    """All settings, top to bottom."""
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
    left, right = st.columns(2)
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


def _weights(epoch: int, taken: int) -> None:
    """Say that the weights are not the initial ones any more, with the way back."""
    changes = []
    if epoch != UNTRAINED:
        batch, split = st.session_state["batch"], st.session_state["split"]
        changes.append(
            f"{_count(epoch, 'epoch')} of training (batch size {batch}, split {split}, with this η), whose "
            "flowers also standardise x"
        )
    if taken:
        changes.append(f"{_count(taken, 'update step')} on this flower, with this η")
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


# --- putting right what a link or a text field got wrong ---------------------------------------------


def _repair() -> list[str]:
    """Replace what is wrong by the default, and say so.

    Widgets ignore what they cannot take from the URL without a word; here the reader is told.
    """
    problems = _problems()
    for key in problems:
        st.session_state[key] = DEFAULTS[key]
    return [f"{message} You see the default, {DEFAULTS[key] or 'none'}." for key, message in problems.items()]


def _problems() -> dict[str, str]:
    """What is wrong with each setting that is, by its key."""
    problems = {}
    for key, check in _CHECKS.items():
        raw = st.session_state.get(key, st.query_params.get(key))
        message = check(str(raw)) if raw is not None else None
        if message is not None:
            problems[key] = message
    return problems


def _number(
    label: str, low: float, high: float, kind: type[int] | type[float]
) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as a number of this kind between low and high, or None."""

    def problem(text: str) -> str | None:
        try:
            value = kind(text)
        except ValueError:
            value = kind(low) - 1
        if isfinite(value) and low <= value <= high:
            return None
        what = "a whole number" if kind is int else "a number"
        return f"{label}: expected {what} from {low:g} to {high:g}, got {shorten(text)}."

    return problem


def _choice(label: str, options: tuple[str, ...]) -> Callable[[str], str | None]:
    """A check: what is wrong with a text as one of the options, or None."""

    def problem(text: str) -> str | None:
        if text in options:
            return None
        return f"{label}: expected one of {', '.join(options)}, got {shorten(text)}."

    return problem


def _edit_problem(text: str) -> str | None:
    try:
        parse_edits(text)
    except ValueError as error:
        return f"Edits: {error}."
    return None


def _hidden_problem(text: str) -> str | None:
    try:
        parse_hidden(text)
    except ValueError as error:
        return str(error)
    return None


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "flower": _number("Flower", 0, FLOWERS - 1, int),
    "seed": _number("Seed", 0, MAX_SEED, int),
    "lr": _number("Learning rate", 0, MAX_LEARNING_RATE, float),
    "hidden": _hidden_problem,
    "act": _choice("Activation", HIDDEN_ACTIVATIONS),
    "out": _choice("Output", tuple(OUTPUT_KINDS)),
    "step": _number("Step", 0, MAX_STEP, int),
    "taken": _number("Steps taken", 0, MAX_TAKEN, int),
    "epoch": _number("Epoch", UNTRAINED, MAX_EPOCHS, int),
    "split": _number("Split", 0, MAX_SEED, int),
    "batch": _choice("Batch size", BATCH_SIZES),
    "data": _choice("Data", tuple(DATA)),
    "edit": _edit_problem,
}
