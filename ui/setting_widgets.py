"""The settings as widgets, each bound to its parameter of the URL."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import streamlit as st

from backprop import HIDDEN_ACTIVATIONS
from ui import textbook
from ui.captions import describe_inputs, is_measured, name_observation
from ui.data import FLOWERS
from ui.edits import MAX_LENGTH
from ui.presets import START
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
)

_TRAINING = ("split", "batch")
"""What only a training depends on: fields of its page."""

_WITHOUT_FIELD = ("step", "taken", "data", "edit", "epoch")
"""What buttons, links, the stage and the film set."""


def setting_widgets(page: str) -> None:
    """Draw the settings that have a field on this page, and those the URL keeps besides."""
    shown = _TRAINING if page == "training" else ()
    kept = _needed([key for key in (*_WITHOUT_FIELD, *_TRAINING) if key not in shown])
    with st.container(key="settings", horizontal=True):  # two beside each other: app.css
        _draw(*shown)
        _fields()
        if kept:
            with st.container(key="link_state"):  # hidden by app.css
                _draw(*kept)


def _fields() -> None:
    """The settings every page has, top to bottom."""
    # Flower and seed stay, hidden by app.css, where they have no meaning: links keep them.
    flower, seed = _meaning()
    with nullcontext() if flower else st.container(key="flower_link_state"):
        _draw("flower")
        st.caption(_flower_caption())
    with nullcontext() if seed else st.container(key="seed_link_state"):
        _draw("seed")
    _draw("lr", "hidden", "act", "out")
    activation, loss = OUTPUT_KINDS[st.session_state["out"]]
    st.caption(f"{activation} outputs, {COST_NAMES[loss]} cost")


def _flower_caption() -> str:
    """The species, and the measurements if the network gets them."""
    edit = st.session_state.get("edit", st.query_params.get("edit", ""))
    settings = replace(START, flower=int(st.session_state["flower"]), edit=edit)
    said = describe_inputs if is_measured(settings) else name_observation
    return said(settings).split(", ", 1)[1]


def _meaning() -> tuple[bool, bool]:
    """Whether the flower and the seed have a meaning: the textbook has its own example and weights."""
    data, hidden = (st.session_state.get(key, st.query_params.get(key)) for key in ("data", "hidden"))
    is_textbook = data == TEXTBOOK
    return not is_textbook, not (is_textbook and hidden == "-".join(map(str, textbook.HIDDEN)))


def _needed(keys: Sequence[str]) -> list[str]:
    """Those of the settings without a field that need a hidden widget, which keeps them in the URL.

    Defaults are not in the URL, and a widget costs every run of every page about half a millisecond.
    """
    state, in_url = st.session_state, st.query_params.to_dict()
    return [key for key in keys if key in in_url or state.setdefault(key, DEFAULTS[key]) != DEFAULTS[key]]


def _draw(*keys: str) -> None:
    for key in keys:
        _WIDGETS[key](key=key, bind="query-params")


_WIDGETS: Mapping[str, Callable[..., object]] = {
    "flower": partial(
        st.number_input,
        "Flower",
        0,
        FLOWERS - 1,
        value=int(DEFAULTS["flower"]),
        help="One of Fisher's 150 irises: 0–49 setosa, 50–99 versicolor, 100–149 virginica.",
    ),
    "seed": partial(
        st.number_input,
        "Seed",
        0,
        MAX_SEED,
        value=int(DEFAULTS["seed"]),
        help="Of the random initial weights: the same seed, layers and activation give the same weights "
        "everywhere. In a training it also shuffles the flowers.",
    ),
    "lr": partial(
        st.number_input,
        "Learning rate η",
        0.0,
        MAX_LEARNING_RATE,
        value=float(DEFAULTS["lr"]),
        step=0.05,
        format="%g",
        help="How far a step goes: η times the derivative, the other way. With 0 nothing moves.",
    ),
    "hidden": partial(
        st.text_input,
        "Hidden layers",
        value=str(DEFAULTS["hidden"]),
        max_chars=20,
        help=f"Units of each hidden layer, such as 5 or 6-5: up to {MAX_HIDDEN_LAYERS} layers "
        f"of up to {MAX_UNITS} units.",
    ),
    "act": partial(
        st.selectbox,
        "Activation",
        HIDDEN_ACTIVATIONS,
        help="Of every hidden unit, in all hidden layers. The outputs have their own.",
    ),
    "out": partial(
        st.selectbox,
        "Output",
        tuple(OUTPUT_KINDS),
        help="Softmax: every output depends on every z, so even ∂C/∂z is a total derivative. "
        "The others are element-wise: one path each.",
    ),
    "split": partial(
        st.number_input,
        "Split",
        0,
        MAX_SEED,
        value=int(DEFAULTS["split"]),
        help="Seed of the split into 105 training and 45 test flowers, a third of each species.",
    ),
    "batch": partial(
        st.selectbox,
        "Batch size",
        BATCH_SIZES,
        index=BATCH_SIZES.index(str(DEFAULTS["batch"])),
        help="Training flowers a step: full takes all 105 at once, 1 a single one.",
    ),
    "step": partial(st.number_input, "Step", 0, MAX_STEP, value=0),
    "taken": partial(st.number_input, "Steps taken", 0, MAX_TAKEN, value=0),
    "epoch": partial(st.number_input, "Epoch", UNTRAINED, MAX_EPOCHS, value=UNTRAINED),
    "data": partial(st.selectbox, "Data", tuple(DATA)),
    "edit": partial(st.text_input, "Edit", max_chars=MAX_LENGTH),
}
