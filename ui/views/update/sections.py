"""Sections of the weight update page."""

from collections.abc import Iterable
from itertools import pairwise

import streamlit as st

from backprop import MLPConfig, forward_pass
from backprop.study.sweep import Sweep, sweep_learning_rates
from ui.draw.heatmap import chart_config
from ui.draw.prose import page_link
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, scripts, tag
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.names.timeline import find_step
from ui.state.caching import USUAL, kept_by_view
from ui.state.captions import file_name, word_for
from ui.state.choices import pills
from ui.state.recording import all_flowers, recorded_step
from ui.state.setting_widgets import take_steps
from ui.state.settings import MAX_TAKEN, Settings
from ui.views.update import words
from ui.views.update.facts import layer_of_largest_change
from ui.views.update.figures import update_figure
from ui.views.update.markup import update_formula, update_table, verdict
from ui.views.update.picture import outer_size, outer_svg, outputs_svg
from ui.views.update.sweep import sweep_figure

MOST_WEIGHTS = 128
"""Larger networks show one layer at a time: the largest would be 1.3 MB a change, and nobody reads it all."""

OUTPUT = "output"
LAYER = "update_layer"
"""The chosen layer, and the one that the page opened with before it."""


def verdict_and_buttons(settings: Settings) -> None:
    """Did the step help, and the buttons that take it."""
    with st.container(horizontal=True, key="update_step"):
        st.markdown(_verdict_markup(settings), unsafe_allow_html=True)
        _take_button("Take this step", 1, settings, primary=True)
        _take_button("Take 10", 10, settings)
        st.button(
            "Reset",
            key="take_reset",
            on_click=take_steps,
            args=(-MAX_TAKEN,),
            disabled=not settings.taken,
        )
        st.markdown(_taken_markup(settings), unsafe_allow_html=True)


def cost_and_outputs(settings: Settings) -> None:
    """The cost over the learning rate, and the outputs before and after."""
    with st.container(horizontal=True, key="update_outcome"):
        st.plotly_chart(
            _sweep_figure(settings),
            width="stretch",
            theme=None,
            config=chart_config(file_name(settings, "cost-over-eta")),
            alt=_sweep_description(settings),
            key="sweep",
        )
        st.markdown(_outputs_markup(settings), unsafe_allow_html=True)


def layer_updates(settings: Settings) -> None:
    """What a longer step does; then every layer, the last first, or of a large network the chosen one.

    For each W, its step and the new W, and the outer product behind the step.
    """
    above = [_sweep_markup(settings)]
    layers: Iterable[int] = range(settings.config.depth, 0, -1)
    if _weights(settings.config) > MOST_WEIGHTS:
        st.markdown(one_element(*above), unsafe_allow_html=True)
        above, layers = [], [_chosen_layer(settings)]
    for layer in layers:
        head, foot = _layer_markup(settings, layer)
        st.markdown(one_element(*above, head), unsafe_allow_html=True)
        _layer_chart(settings, layer)
        above = [foot]
    st.markdown(one_element(*above), unsafe_allow_html=True)


def _weights(config: MLPConfig) -> int:
    return sum(above * below for below, above in pairwise(config.layer_sizes))


def _chosen_layer(settings: Settings) -> int:
    """The layer that the reader chose, else the one with the largest change."""
    config = settings.config
    options = [*(str(layer) for layer in range(1, config.depth)), OUTPUT]
    default = options[layer_of_largest_change(recorded_step(settings)) - 1]
    st.space("small")
    chosen = pills(words.layer_to_see(_weights(config)), LAYER, options, default, name="Layer")
    return config.depth if chosen == OUTPUT else int(chosen)


def _layer_chart(settings: Settings, layer: int) -> None:
    st.plotly_chart(
        _update_figure(settings, layer),
        width="stretch",
        theme=None,
        config=chart_config(file_name(settings, f"update-W{layer}")),
        alt=words.heatmaps_alt(layer),
        key=f"wide_figure_update_{layer}",
    )


def _take_button(label: str, count: int, settings: Settings, primary: bool = False) -> None:
    st.button(
        label,
        key=f"take_{count}",
        type="primary" if primary else "secondary",
        on_click=take_steps,
        args=(count,),
        disabled=settings.taken + count > MAX_TAKEN,
    )


@kept_by_view()
def _taken_markup(settings: Settings) -> str:
    link = page_link("In the walkthrough →", _step_link(settings, "after"))
    return tag("div", link) + tag("p", words.taken(settings.taken, MAX_TAKEN), class_="bp-taken")


@kept_by_view()
def _verdict_markup(settings: Settings) -> str:
    return tag("div", verdict(recorded_step(settings)))


@kept_by_view()
def _sweep(settings: Settings) -> Sweep:
    return sweep_learning_rates(recorded_step(settings), *all_flowers(settings))


@kept_by_view()
def _sweep_markup(settings: Settings) -> str:
    text = scripts(words.longer_steps(recorded_step(settings), _sweep(settings), word_for(settings)))
    link = page_link("Many steps: Training →", settings.link("training"))
    return tag("p", text, class_="bp-note bp-sweep") + link


@kept_by_view()
def _sweep_description(settings: Settings) -> str:
    return words.curve_alt(recorded_step(settings), _sweep(settings), word_for(settings))


@kept_by_view()
def _sweep_figure(settings: Settings) -> ReadyFigure:
    return ReadyFigure(sweep_figure(recorded_step(settings), _sweep(settings), word_for(settings)))


@kept_by_view(usual=2 * USUAL)  # they have two layers
def _update_figure(settings: Settings, layer: int) -> ReadyFigure:
    return ReadyFigure(update_figure(recorded_step(settings), layer))


@kept_by_view()
def _outputs_markup(settings: Settings) -> str:
    step = recorded_step(settings)
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    return tag("div", outputs_svg(step, after), class_="bp-outputs")


@kept_by_view(usual=2 * USUAL)  # they have two layers
def _layer_markup(settings: Settings, layer: int) -> tuple[str, str]:
    """What stands above a layer's heatmaps, and what below."""
    step = recorded_step(settings)
    W, b = symbol(f"W{layer}"), symbol(f"b{layer}")
    head = tag(
        "div",
        tag("h2", scripts(f"Layer {layer}: {W} and {b}"), class_="bp-heading"),
        tag("div", mathml(update_formula(step, layer)), class_="bp-inline-formula"),
        page_link("In the walkthrough →", _step_link(settings, f"update.{layer}")),
        class_="bp-outcome",
    )
    width, _ = outer_size(step, layer)
    picture = tag("div", outer_svg(step, layer), style=f"width: {width:.0f}px")
    explanation = tag("p", scripts(words.outer_product(step, layer, word_for(settings))), class_="bp-beside")
    foot = (
        tag("p", scripts(words.colours(step, layer)), class_="bp-note"),
        tag("div", tag("div", picture, class_="bp-scroll"), explanation, class_="bp-pair"),
        update_table(step, layer),
    )
    return head, "".join(foot)


def _step_link(settings: Settings, step_id: str) -> str:
    return settings.link("walkthrough", step=find_step(settings.config, step_id))
