"""The settings as widgets in the sidebar, and the checks that keep bad links and bad input out."""

from collections.abc import Callable, Mapping
from math import isfinite

import streamlit as st

from backprop import HIDDEN_ACTIVATIONS
from ui.data import FLOWERS, describe_flower
from ui.recording import possible_taken
from ui.settings import (
    COST_NAMES,
    DEFAULTS,
    MAX_HIDDEN_LAYERS,
    MAX_LEARNING_RATE,
    MAX_SEED,
    MAX_STEP,
    MAX_TAKEN,
    MAX_UNITS,
    OUTPUT_KINDS,
    current_settings,
    parse_hidden,
    shorten,
)


def sidebar() -> None:
    """Draw the settings, in the sidebar, and tell what had to be put right."""
    if "taken_possible" in st.session_state:
        st.session_state["taken"] = st.session_state.pop("taken_possible")
    notices = [*st.session_state.pop("notices", ()), *_repair()]
    with st.sidebar:
        _widgets()
    if _problems():
        # A text field takes what the URL says in its first run, whatever it was told; not in the next.
        st.session_state["notices"] = notices
        st.rerun()
    _keep_taken_possible(notices)
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
    _steps_taken(int(st.session_state["taken"]))


def _steps_taken(taken: int) -> None:
    """Say that the weights are not the initial ones any more, with the way back."""
    if taken == 0:
        return
    steps = "1 update step" if taken == 1 else f"{taken} update steps"
    st.markdown(f"**The weights have changed**: {steps} on this flower, with this η.")
    st.button("Back to the initial weights", key="reset_taken", on_click=take_steps, args=(-taken,))


def take_steps(count: int) -> None:
    """Callback: so many more steps are taken; a negative number goes back."""
    taken = int(st.session_state["taken"]) + count
    st.session_state["taken"] = min(MAX_TAKEN, max(0, taken))


def _keep_taken_possible(notices: list[str]) -> None:
    """Where so many steps diverge, run again with as many as do not, and say so."""
    settings = current_settings()
    possible = possible_taken(settings)
    if possible == settings.taken:
        return
    st.session_state["taken_possible"] = possible
    st.session_state["notices"] = [
        *notices,
        f"Steps taken: with η = {settings.learning_rate:g}, {settings.taken} of them make the weights "
        f"grow without limit. You see as many as can be shown, {possible}.",
    ]
    st.rerun()


# --- putting right what a link or a text field got wrong ---------------------------------------------


def _repair() -> list[str]:
    """Replace what is wrong by the default, and say so.

    Widgets ignore what they cannot take from the URL without a word; here the reader is told.
    """
    problems = _problems()
    for key in problems:
        st.session_state[key] = DEFAULTS[key]
    return [f"{message} You see the default, {DEFAULTS[key]}." for key, message in problems.items()]


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
}
