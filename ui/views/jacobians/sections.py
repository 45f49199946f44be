"""Sections of the Jacobians page."""

import numpy as np
import streamlit as st

from backprop import TrainingStep, VJPStep
from backprop.study.routes import weight_routes
from ui.draw.heatmap import chart_config
from ui.draw.prose import link, page_link
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, scripts, tag
from ui.draw.words import heatmap_alt
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import file_name, word_for
from ui.state.choices import ask, numbers
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.jacobians import words
from ui.views.jacobians.figures import fits_all_blocks, jacobian_figure, jacobian_symbol, weight_routes_figure
from ui.views.jacobians.route_tables import (
    in_and_out,
    output_comparison,
    pass_ledger,
    weights_comparison,
)
from ui.views.jacobians.rules import rule, walkthrough_step
from ui.views.jacobians.strip import default_key, jacobian_strip, key_of

WIDE_FIGURE = 640
EXPLANATION_WIDTH = 350
LEGEND = tag("p", words.COLOURS, class_="bp-caption")


def chosen_jacobian(step: TrainingStep) -> VJPStep:
    """The Jacobian that the URL asks for; a notice and the default where this network has no such one."""
    keys = {key_of(vjp_step): vjp_step for vjp_step in step.vjp_steps}
    return keys[ask("jacobian", options=tuple(keys), default=default_key(step))]


def strip(settings: Settings, chosen: VJPStep) -> None:
    """All Jacobians, small; each is a link."""
    st.markdown(kept(_strip_markup, settings, key_of(chosen)), unsafe_allow_html=True)


def large_jacobian(settings: Settings, chosen: VJPStep) -> None:
    """The chosen Jacobian with its numbers, and what it means."""
    block = 0 if fits_all_blocks(chosen) else _chosen_block(settings, chosen)
    figure, alt = kept(_jacobian_figure, settings, chosen.output, chosen.wrt, block)
    vectors, text = kept(_explanation_markup, settings, chosen.output, chosen.wrt)
    name = f"jacobian-{chosen.output}-{chosen.wrt}"
    if not fits_all_blocks(chosen):
        name += f"-block{block + 1}"
    drawn = figure, alt, "jacobian", file_name(settings, name)
    if figure.to_dict()["layout"]["width"] > WIDE_FIGURE:
        _draw(*drawn)
        st.markdown(vectors + text, unsafe_allow_html=True)
    else:
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=figure.to_dict()["layout"]["width"]):
                _draw(*drawn)
                st.markdown(vectors, unsafe_allow_html=True)
            st.markdown(text, unsafe_allow_html=True, width=EXPLANATION_WIDTH)


def routes_section(settings: Settings, chosen: VJPStep) -> None:
    """Jacobians against shortcuts: at the output, at the chosen layer's weights, and in the whole pass."""
    layer = int(chosen.output[1:] or settings.config.depth)
    above, figure, alt, below = kept(_routes, settings, layer)
    st.markdown(above, unsafe_allow_html=True)
    _draw(figure, alt, "routes", file_name(settings, f"routes-W{layer}"))
    st.markdown(below, unsafe_allow_html=True)


def _chosen_block(settings: Settings, chosen: VJPStep) -> int:
    """Which block of a large 3-index Jacobian to show; draws the links to all of them."""
    count = len(chosen.jacobian)
    block = int(ask("block", options=numbers(count), among=f"a number from 1 to {count}")) - 1
    st.markdown(_block_links(settings, key_of(chosen), count, block), unsafe_allow_html=True)
    return block


def _draw(figure: ReadyFigure, alt: str, key: str, name: str) -> None:
    # app.css lets wide figures scroll sideways in their own box where the screen is narrow.
    box = "wide_figure" if figure.to_dict()["layout"]["width"] > WIDE_FIGURE else "figure"
    st.plotly_chart(
        figure,
        width=figure.to_dict()["layout"]["width"],
        theme=None,
        config=chart_config(name),
        alt=alt,
        key=f"{box}_{key}",
    )


def _jacobian_figure(settings: Settings, output: str, wrt: str, block: int) -> tuple[ReadyFigure, str]:
    """The heatmap, and what it says to people who cannot see it."""
    step = recorded_step(settings)
    vjp_step = step.vjp(output, wrt)
    title, shown = jacobian_symbol(vjp_step), np.atleast_2d(vjp_step.jacobian)
    if not fits_all_blocks(vjp_step):
        title, shown = f"{title}, block {block + 1} of {len(shown)}", shown[block]
    return ReadyFigure(jacobian_figure(step, vjp_step, block)), heatmap_alt(title, shown)


def _strip_markup(settings: Settings, chosen: str) -> str:
    return jacobian_strip(settings, recorded_step(settings), chosen)


def _explanation_markup(settings: Settings, output: str, wrt: str) -> tuple[str, str]:
    """What goes into the Jacobian's product and comes out, and what the Jacobian means."""
    step = recorded_step(settings)
    vjp_step = step.vjp(output, wrt)
    many = " bp-many-paths" if vjp_step.paths > 1 else ""
    parts = [
        tag("p", scripts(words.badge(vjp_step)), class_=f"bp-badge{many}"),
        tag("div", mathml(rule(step, vjp_step), block=True), class_="bp-formula"),
        tag("p", scripts(words.meaning(step, vjp_step, word_for(settings)))),
    ]
    step_id = walkthrough_step(step, vjp_step)
    if step_id is not None:
        href = settings.step_link(step_id)
        parts.append(tag("p", page_link(words.IN_THE_WALKTHROUGH, href)))
    return LEGEND + in_and_out(vjp_step), tag("div", *parts, class_="bp-explanation")


def _routes(settings: Settings, layer: int) -> tuple[str, ReadyFigure, str, str]:
    """What stands above the heatmaps of both routes, they themselves in colour and in words, what below."""
    step = recorded_step(settings)
    z, W = symbol(f"z{step.config.depth}"), symbol(f"W{layer}")
    at_output = (
        tag("h2", words.FULL_AGAINST_SHORTCUT, class_="bp-heading"),
        tag("h3", f"At the output: ∂C/∂{z}", class_="bp-subheading"),
        tag("p", scripts(words.output_sentence(step))),
        output_comparison(step),
    )
    at_weights = (
        tag("h3", f"At the weights: dC/d{W}", class_="bp-subheading"),
        tag("p", scripts(words.weights_sentence(step, layer))),
    )
    return (
        one_element("".join(at_output), "".join(at_weights)),
        ReadyFigure(weight_routes_figure(step, layer)),
        words.routes_alt(layer, weight_routes(step, layer)),
        one_element(
            weights_comparison(step, layer),
            tag("h2", words.WHOLE_PASS, class_="bp-heading") + pass_ledger(step),
        ),
    )


def _block_links(settings: Settings, key: str, count: int, chosen: int) -> str:
    links = (
        link(
            str(block + 1),
            settings.link("jacobians", jacobian=key, block=block + 1),
            aria_current="true" if block == chosen else None,
        )
        for block in range(count)
    )
    return tag("nav", tag("span", words.blocks(count)), *links, class_="bp-blocks", aria_label="Blocks")
