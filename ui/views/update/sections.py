"""Sections of the weight update page."""

from collections.abc import Iterable
from itertools import pairwise

import streamlit as st

from backprop import MLPConfig, forward_pass
from backprop.study.sweep import sweep_learning_rates
from ui.draw.heatmap import chart_config
from ui.draw.prose import page_link
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, scripts, tag
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import file_name, word_for
from ui.state.choices import ask, numbers
from ui.state.parameters import MAX_TAKEN, OUTPUT
from ui.state.recording import all_flowers, recorded_step
from ui.state.settings import Settings, take_steps
from ui.views.update import words
from ui.views.update.facts import layer_of_largest_change
from ui.views.update.figures import update_figure
from ui.views.update.markup import update_formula, update_table, verdict
from ui.views.update.picture import outer_size, outer_svg, outputs_svg
from ui.views.update.sweep import sweep_figure

MOST_WEIGHTS = 128
"""Larger networks show one layer at a time: the largest would be 1.3 MB a change, and nobody reads it all."""

LAYER = "update_layer"
"""The chosen layer, and the one that the page opened with before it."""


def verdict_and_buttons(settings: Settings) -> None:
    """Did the step help, and the buttons that take it."""
    with st.container(horizontal=True, key="update_step"):
        st.markdown(kept(_verdict_markup, settings), unsafe_allow_html=True)
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


def cost_and_outputs(settings: Settings) -> None:
    """The cost over the learning rate, and the outputs before and after."""
    figure, alt, _ = kept(_sweep, settings)
    with st.container(horizontal=True, key="update_outcome"):
        st.plotly_chart(
            figure,
            width="stretch",
            theme=None,
            config=chart_config(file_name(settings, "cost-over-eta")),
            alt=alt,
            key="sweep",
        )
        st.markdown(kept(_outputs_markup, settings), unsafe_allow_html=True)


def layer_updates(settings: Settings) -> None:
    """What a longer step does; then every layer, the last first, or of a large network the chosen one.

    For each W, its step and the new W, and the outer product behind the step.
    """
    *_, below_sweep = kept(_sweep, settings)
    above = [below_sweep]
    layers: Iterable[int] = range(settings.config.depth, 0, -1)
    if _weights(settings.config) > MOST_WEIGHTS:
        st.markdown(one_element(*above), unsafe_allow_html=True)
        above, layers = [], [_chosen_layer(settings)]
    for layer in layers:
        head, figure, foot = kept(_layer, settings, layer)
        st.markdown(one_element(*above, head), unsafe_allow_html=True)
        _layer_chart(settings, layer, figure)
        above = [foot]
    st.markdown(one_element(*above), unsafe_allow_html=True)


def _weights(config: MLPConfig) -> int:
    return sum(above * below for below, above in pairwise(config.layer_sizes))


def _chosen_layer(settings: Settings) -> int:
    """The layer that the reader chose, else the one with the largest change."""
    config = settings.config
    options = [*numbers(config.depth - 1), OUTPUT]
    default = options[layer_of_largest_change(recorded_step(settings)) - 1]
    st.space("small")
    label = words.layer_to_see(_weights(config))
    chosen = ask(LAYER, label=label, name="Layer", options=options, default=default)
    return config.depth if chosen == OUTPUT else int(chosen)


def _layer_chart(settings: Settings, layer: int, figure: ReadyFigure) -> None:
    st.plotly_chart(
        figure,
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


def _taken_markup(settings: Settings) -> str:
    link = page_link("In the walkthrough →", settings.step_link("after"))
    return tag("div", link) + tag("p", words.taken(settings.taken, MAX_TAKEN), class_="bp-taken")


def _verdict_markup(settings: Settings) -> str:
    return tag("div", verdict(recorded_step(settings)))


def _sweep(settings: Settings) -> tuple[ReadyFigure, str, str]:
    """The cost over the learning rate: the curve, the same in words, and what stands below it."""
    step, word = recorded_step(settings), word_for(settings)
    sweep = sweep_learning_rates(step, *all_flowers(settings))
    text = tag("p", scripts(words.longer_steps(step, sweep, word)), class_="bp-note bp-sweep")
    link = page_link("Many steps: Training →", settings.link("training"))
    return ReadyFigure(sweep_figure(step, sweep, word)), words.curve_alt(step, sweep, word), text + link


def _outputs_markup(settings: Settings) -> str:
    step = recorded_step(settings)
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    return tag("div", outputs_svg(step, after), class_="bp-outputs")


def _layer(settings: Settings, layer: int) -> tuple[str, ReadyFigure, str]:
    """What stands above a layer's heatmaps, the heatmaps, and what stands below."""
    step = recorded_step(settings)
    W, b = symbol(f"W{layer}"), symbol(f"b{layer}")
    head = tag(
        "div",
        tag("h2", scripts(f"Layer {layer}: {W} and {b}"), class_="bp-heading"),
        tag("div", mathml(update_formula(step, layer)), class_="bp-inline-formula"),
        page_link("In the walkthrough →", settings.step_link(f"update.{layer}")),
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
    return head, ReadyFigure(update_figure(step, layer)), "".join(foot)
