"""Sections of the Jacobians page."""

import numpy as np
import streamlit as st

from backprop import TrainingStep, VJPStep
from backprop.study.routes import weight_routes
from ui.draw.heatmap import chart_config, describe_heatmap
from ui.draw.prose import page_link
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, scripts, tag
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.names.timeline import find_step
from ui.state.caching import kept_by_view
from ui.state.captions import file_name, word_for
from ui.state.choices import option
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
    return keys[option("Jacobian", "jacobian", tuple(keys), default_key(step))]


def strip(settings: Settings, chosen: VJPStep) -> None:
    """All Jacobians, small; each is a link."""
    st.markdown(_strip_markup(settings, key_of(chosen)), unsafe_allow_html=True)


def large_jacobian(settings: Settings, chosen: VJPStep) -> None:
    """The chosen Jacobian with its numbers, and what it means."""
    block = 0 if fits_all_blocks(chosen) else _chosen_block(settings, chosen)
    figure = _jacobian_figure(settings, chosen.output, chosen.wrt, block)
    text = _explanation_markup(settings, chosen.output, chosen.wrt)
    vectors = LEGEND + in_and_out(chosen)
    if figure.to_dict()["layout"]["width"] > WIDE_FIGURE:
        _draw_jacobian(settings, chosen.output, chosen.wrt, block)
        st.markdown(vectors + text, unsafe_allow_html=True)
    else:
        with st.container(horizontal=True, gap="medium"):
            with st.container(width=figure.to_dict()["layout"]["width"]):
                _draw_jacobian(settings, chosen.output, chosen.wrt, block)
                st.markdown(vectors, unsafe_allow_html=True)
            st.markdown(text, unsafe_allow_html=True, width=EXPLANATION_WIDTH)


def routes_section(settings: Settings, chosen: VJPStep) -> None:
    """Jacobians against shortcuts: at the output, at the chosen layer's weights, and in the whole pass."""
    layer = int(chosen.output[1:] or settings.config.depth)
    text, cost = _weights_markup(settings, layer)
    st.markdown(one_element(_output_markup(settings), text), unsafe_allow_html=True)
    _draw_weight_routes(settings, layer)
    st.markdown(one_element(cost, _ledger_markup(settings)), unsafe_allow_html=True)


def _chosen_block(settings: Settings, chosen: VJPStep) -> int:
    """Which block of a large 3-index Jacobian to show; draws the links to all of them."""
    count = len(chosen.jacobian)
    options = [str(number) for number in range(1, count + 1)]
    block = int(option("Block", "block", options, "1", f"a number from 1 to {count}")) - 1
    st.markdown(_block_links(settings, key_of(chosen), count, block), unsafe_allow_html=True)
    return block


def _draw_jacobian(settings: Settings, output: str, wrt: str, block: int) -> None:
    vjp_step = recorded_step(settings).vjp(output, wrt)
    title, shown = jacobian_symbol(vjp_step), np.atleast_2d(vjp_step.jacobian)
    name = f"jacobian-{output}-{wrt}"
    if not fits_all_blocks(vjp_step):
        name += f"-block{block + 1}"
        title, shown = f"{title}, block {block + 1} of {len(shown)}", shown[block]
    alt = describe_heatmap(title, shown)
    _draw(_jacobian_figure(settings, output, wrt, block), alt, "jacobian", file_name(settings, name))


def _draw_weight_routes(settings: Settings, layer: int) -> None:
    alt = words.routes_alt(layer, weight_routes(recorded_step(settings), layer))
    _draw(_routes_figure(settings, layer), alt, "routes", file_name(settings, f"routes-W{layer}"))


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


@kept_by_view()
def _jacobian_figure(settings: Settings, output: str, wrt: str, block: int) -> ReadyFigure:
    step = recorded_step(settings)
    return ReadyFigure(jacobian_figure(step, step.vjp(output, wrt), block))


@kept_by_view()
def _routes_figure(settings: Settings, layer: int) -> ReadyFigure:
    return ReadyFigure(weight_routes_figure(recorded_step(settings), layer))


@kept_by_view()
def _strip_markup(settings: Settings, chosen: str) -> str:
    return jacobian_strip(settings, recorded_step(settings), chosen)


@kept_by_view()
def _explanation_markup(settings: Settings, output: str, wrt: str) -> str:
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
        href = settings.link("walkthrough", step=find_step(settings.config, step_id))
        parts.append(tag("p", page_link(words.IN_THE_WALKTHROUGH, href)))
    return tag("div", *parts, class_="bp-explanation")


@kept_by_view()
def _output_markup(settings: Settings) -> str:
    step = recorded_step(settings)
    heading = tag("h2", words.FULL_AGAINST_SHORTCUT, class_="bp-heading")
    title = tag("h3", f"At the output: ∂C/∂{symbol(f'z{step.config.depth}')}", class_="bp-subheading")
    return heading + title + tag("p", scripts(words.output_sentence(step))) + output_comparison(step)


@kept_by_view()
def _weights_markup(settings: Settings, layer: int) -> tuple[str, str]:
    step = recorded_step(settings)
    title = tag("h3", f"At the weights: dC/d{symbol(f'W{layer}')}", class_="bp-subheading")
    return title + tag("p", scripts(words.weights_sentence(step, layer))), weights_comparison(step, layer)


@kept_by_view()
def _ledger_markup(settings: Settings) -> str:
    heading = tag("h2", words.WHOLE_PASS, class_="bp-heading")
    return heading + pass_ledger(recorded_step(settings))


def _block_links(settings: Settings, key: str, count: int, chosen: int) -> str:
    links = (
        tag(
            "a",
            str(block + 1),
            data_app_link="",
            href=settings.link("jacobians", jacobian=key, block=block + 1),
            target="_self",
            aria_current="true" if block == chosen else None,
        )
        for block in range(count)
    )
    return tag("nav", tag("span", words.blocks(count)), *links, class_="bp-blocks", aria_label="Blocks")
