"""Sections of the weight update page."""

from itertools import pairwise

import streamlit as st

from backprop import MLPConfig
from ui.draw.page import show
from ui.draw.prose import page_link
from ui.draw.svg import tag
from ui.state.cache import kept
from ui.state.choices import ask, numbers
from ui.state.parameters import MAX_TAKEN, OUTPUT
from ui.state.recording import recorded_step
from ui.state.settings import Settings, take_steps
from ui.views.update.facts import layer_of_largest_change
from ui.views.update.scenes import update_scene
from ui.views.update.words import page as words

MOST_WEIGHTS = 128
"""Larger networks show one layer at a time, since nobody reads them all."""

LAYER = "update_layer"
"""The chosen layer, and the one that the page opened with before it."""


def buttons(settings: Settings) -> None:
    """Those that take the step, and the way to it in the walkthrough."""
    with st.container(horizontal=True, key="update_step"):
        _take_button("Take this step", 1, settings, primary=True)
        _take_button("Take 10", 10, settings)
        st.button(
            "Reset",
            key="take_reset",
            on_click=take_steps,
            args=(-MAX_TAKEN,),
            disabled=not settings.taken,
        )
        st.markdown(kept(_taken_markup, settings), unsafe_allow_html=True)


def experiment(settings: Settings) -> None:
    """Slide η: the cost, the outputs, and all layers, the last first; of a large network the chosen one."""
    layers = tuple(range(settings.config.depth, 0, -1))
    if _weights(settings.config) > MOST_WEIGHTS:
        layers = (_chosen_layer(settings),)
    show(kept(update_scene, settings, layers), "lr")


def _weights(config: MLPConfig) -> int:
    return sum(above * below for below, above in pairwise(config.layer_sizes))


def _chosen_layer(settings: Settings) -> int:
    """The layer that the reader chose, else the one with the largest change."""
    config = settings.config
    options = [*numbers(config.depth - 1), OUTPUT]
    default = options[layer_of_largest_change(recorded_step(settings)) - 1]
    label = words.layer_to_see(_weights(config))
    chosen = ask(LAYER, label=label, name="Layer", options=options, default=default)
    return config.depth if chosen == OUTPUT else int(chosen)


def _take_button(label: str, count: int, settings: Settings, primary: bool = False) -> None:
    st.button(
        label,
        key=f"take_{count}",
        type="primary" if primary else "secondary",
        on_click=take_steps,
        args=(count,),
        disabled=settings.taken + count > MAX_TAKEN,
    )


def _taken_markup(settings: Settings) -> str:
    link = page_link(words.IN_THE_WALKTHROUGH, settings.step_link("after"))
    return tag("div", link) + tag("p", words.taken(settings.taken, MAX_TAKEN), class_="bp-taken")
