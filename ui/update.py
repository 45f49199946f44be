"""Sections of the weight update page."""

from collections.abc import Iterable
from itertools import pairwise

import streamlit as st

from backprop import MLPConfig, forward_pass
from backprop.sweep import Sweep, sweep_learning_rates
from ui.caching import USUAL, kept_by_view
from ui.choices import pills, repair
from ui.chrome import page_link
from ui.equations import mathml
from ui.figures.heatmap import CONFIG, Figure
from ui.figures.ready import ReadyFigure
from ui.figures.update import update_figure
from ui.figures.update_sweep import describe_sweep, sweep_figure
from ui.recording import all_flowers, recorded_step
from ui.settings import MAX_TAKEN, Settings
from ui.sidebar import take_steps
from ui.stage.names import symbol
from ui.stage.steps import find_step
from ui.svg import scripts, tag
from ui.update_svg import outer_size, outer_svg, outputs_svg
from ui.update_texts import (
    outer_sentence,
    scale_sentence,
    sweep_sentence,
    update_formula,
    update_table,
    verdict,
)

MOST_WEIGHTS = 128
"""Larger networks show one layer at a time: the largest would be 1.3 MB a change, and nobody reads it all."""

OUTPUT = "output"


def verdict_and_buttons(settings: Settings) -> None:
    """Did the step help, and the buttons that take it."""
    text, buttons = st.columns(2, vertical_alignment="center")
    text.markdown(_verdict_markup(settings), unsafe_allow_html=True)
    with buttons:
        with st.container(horizontal=True, gap="small"):
            _take_button("Take this step", 1, settings, primary=True)
            _take_button("Take 10", 10, settings)
            st.button(
                "Reset",
                key="take_reset",
                on_click=take_steps,
                args=(-MAX_TAKEN,),
                disabled=not settings.taken,
            )
            st.html(page_link("In the walkthrough →", _step_link(settings, "after")), width="content")
        st.caption(_taken_text(settings))


def cost_and_outputs(settings: Settings) -> None:
    """The cost over the learning rate, and the outputs before and after."""
    curve, outputs = st.columns([2, 1])
    with curve:
        step, sweep = recorded_step(settings), _sweep(settings)
        st.plotly_chart(
            ReadyFigure(_sweep_figure(settings)),
            width="stretch",
            theme=None,
            config=CONFIG,
            alt=describe_sweep(step, sweep),
            key="sweep",
        )
    outputs.markdown(_outputs_markup(settings), unsafe_allow_html=True)
    st.markdown(
        tag("p", scripts(sweep_sentence(step, sweep)), class_="bp-note bp-sweep")
        + page_link("Many steps: Training →", settings.link("training")),
        unsafe_allow_html=True,
    )


def layer_updates(settings: Settings) -> None:
    """Every layer, the last first; of a large network the one the reader chooses."""
    for layer in _shown_layers(settings.config):
        _layer_update(settings, layer)


def _shown_layers(config: MLPConfig) -> Iterable[int]:
    weights = sum(above * below for below, above in pairwise(config.layer_sizes))
    if weights <= MOST_WEIGHTS:
        return range(config.depth, 0, -1)
    options = [*(str(layer) for layer in range(1, config.depth)), OUTPUT]
    label = f"Layer to see: one at a time, since this network has {weights} weights"
    st.space("small")
    repair("Layer", "update_layer", options, OUTPUT)
    chosen = pills(label, "update_layer", options, OUTPUT)
    return [config.depth if chosen == OUTPUT else int(chosen)]


def _layer_update(settings: Settings, layer: int) -> None:
    """W, its step and the new W of one layer, and the outer product behind the step."""
    head, foot = _layer_markup(settings, layer)
    st.markdown(head, unsafe_allow_html=True)
    W = symbol(f"W{layer}")
    with st.container(key=f"wide_figure_update_{layer}"):
        st.plotly_chart(
            ReadyFigure(_update_figure(settings, layer)),
            width="stretch",
            theme=None,
            config=CONFIG,
            alt=f"Three heatmaps: {W} now, its step −η dC/d{W}, and new {W}. The tables below hold them.",
            key=f"update_{layer}",
        )
    st.markdown(foot, unsafe_allow_html=True)


def _take_button(label: str, count: int, settings: Settings, primary: bool = False) -> None:
    st.button(
        label,
        key=f"take_{count}",
        type="primary" if primary else "secondary",
        on_click=take_steps,
        args=(count,),
        disabled=settings.taken + count > MAX_TAKEN,
    )


def _taken_text(settings: Settings) -> str:
    if settings.taken == 0:
        return "The new weights become the current ones on every page and in the link."
    steps = "1 step" if settings.taken == 1 else f"{settings.taken} steps"
    return f"{steps} taken, of up to {MAX_TAKEN}. Every page and the link use these weights."


@kept_by_view()
def _verdict_markup(settings: Settings) -> str:
    return tag("div", verdict(recorded_step(settings)))


@kept_by_view()
def _sweep(settings: Settings) -> Sweep:
    return sweep_learning_rates(recorded_step(settings), *all_flowers(settings))


@kept_by_view()
def _sweep_figure(settings: Settings) -> Figure:
    return sweep_figure(recorded_step(settings), _sweep(settings))


@kept_by_view(usual=2 * USUAL)  # they have two layers
def _update_figure(settings: Settings, layer: int) -> Figure:
    return update_figure(recorded_step(settings), layer)


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
    explanation = tag("p", scripts(outer_sentence(step, layer)), class_="bp-beside")
    foot = (
        tag("p", scripts(scale_sentence(step, layer)), class_="bp-note"),
        tag("div", tag("div", picture, class_="bp-scroll"), explanation, class_="bp-pair"),
        update_table(step, layer),
    )
    return head, "".join(foot)


def _step_link(settings: Settings, step_id: str) -> str:
    return settings.link("walkthrough", step=find_step(settings.config, step_id))
