"""The settings as widgets, each kept in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from backprop.primitives import cost_rule, hidden_activations, output_options
from ui.names.numbers import as_typed
from ui.state import textbook
from ui.state.address import asked, keep, put, seed
from ui.state.captions import describe_inputs, is_measured, name_observation
from ui.state.data import FLOWERS
from ui.state.presets import START
from ui.state.recording import fitting_edit
from ui.state.settings import (
    BATCH_SIZES,
    DEFAULTS,
    MAX_HIDDEN_LAYERS,
    MAX_LEARNING_RATE,
    MAX_SEED,
    MAX_TAKEN,
    MAX_UNITS,
    TEXTBOOK,
)

_FIELDS = ("lr", "hidden", "act", "out")
"""What every page has, below flower and seed."""

_TRAINING = ("split", "batch")
"""What only a training depends on: fields of its page."""


def setting_widgets(page: str) -> None:
    """Draw the settings that have a field on this page; the address keeps the others."""
    with st.container(key="settings", horizontal=True):  # two beside each other: app.css
        _draw(*(_TRAINING if page == "training" else ()))
        has_flower, has_seed = _meaning()
        if has_flower:
            _draw("flower")
            st.caption(_flower_caption())
        if has_seed:
            _draw("seed")
        _draw(*_FIELDS)
        activation, loss = output_options()[st.session_state["out"]]
        st.caption(f"{activation} outputs, {cost_rule(loss).label} cost")


def _flower_caption() -> str:
    """The species, and the measurements if the network gets them."""
    settings = replace(START, flower=int(st.session_state["flower"]), edit=asked("edit") or "")
    settings = replace(settings, edit=fitting_edit(settings)[0])
    said = describe_inputs if is_measured(settings) else name_observation
    return said(settings).split(", ", 1)[1]


def _meaning() -> tuple[bool, bool]:
    """Whether the flower and the seed have a meaning: the textbook has its own example and weights."""
    is_textbook = asked("data") == TEXTBOOK
    hidden = st.session_state.get("hidden", asked("hidden") or DEFAULTS["hidden"])
    return not is_textbook, not (is_textbook and hidden == "-".join(map(str, textbook.HIDDEN)))


def _draw(*keys: str) -> None:
    for key in keys:
        default = DEFAULTS[key]
        kind = int if isinstance(default, int) else str
        value = kind(asked(key) or default)
        seed(key, value)
        value = st.session_state.get(key, value)  # as the default too: see ui.state.choices
        widget = _WIDGETS[key]
        begun: dict[str, object] = {"value": value}
        if key in _OPTIONS:
            options = tuple(_OPTIONS[key]())
            begun = {"options": options, "index": options.index(str(value))}
        keep(key, str(widget(key=key, **begun)), str(default))


_OPTIONS: Mapping[str, Callable[[], Iterable[str]]] = {
    "act": hidden_activations,
    "out": output_options,
    "batch": lambda: BATCH_SIZES,
}

_WIDGETS: Mapping[str, partial[object]] = {
    "flower": partial(
        st.number_input,
        "Flower",
        0,
        FLOWERS - 1,
        help="One of Fisher's 150 irises: 0–49 setosa, 50–99 versicolor, 100–149 virginica.",
    ),
    "seed": partial(
        st.number_input,
        "Seed",
        0,
        MAX_SEED,
        help="Of the random initial weights: the same seed, layers and activation give the same weights "
        "everywhere. In a training it also shuffles the flowers.",
    ),
    "lr": partial(
        st.text_input,
        "Learning rate η",
        help=f"How far a step goes: η times the derivative, the other way. With 0 nothing moves. Up to "
        f"{as_typed(MAX_LEARNING_RATE)}, such as 0.1, 0,05, 1e-3 or 1/3.",
    ),
    "hidden": partial(
        st.text_input,
        "Hidden layers",
        help=f"Units of each hidden layer, such as 5 or 6-5: up to {MAX_HIDDEN_LAYERS} layers "
        f"of up to {MAX_UNITS} units.",
    ),
    "act": partial(
        st.selectbox,
        "Activation",
        help="Of every hidden unit, in all hidden layers. The outputs have their own.",
    ),
    "out": partial(
        st.selectbox,
        "Output",
        help="Softmax: every output depends on every z, so even ∂C/∂z is a total derivative. "
        "The others are element-wise: one path each.",
    ),
    "split": partial(
        st.number_input,
        "Split",
        0,
        MAX_SEED,
        help="Seed of the split into 105 training and 45 test flowers, a third of each species.",
    ),
    "batch": partial(
        st.selectbox,
        "Batch size",
        help="Training flowers a step: full takes all 105 at once, 1 a single one.",
    ),
}


def take_steps(count: int) -> None:
    """Callback: so many more steps are taken; a negative number goes back."""
    put("taken", min(MAX_TAKEN, max(0, int(asked("taken") or 0) + count)) or None)
