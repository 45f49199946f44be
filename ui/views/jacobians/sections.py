"""Sections of the Jacobians page."""

import numpy as np
import streamlit as st

from backprop import VJPStep
from backprop.study.routes import weight_routes
from ui.draw.heatmap import chart_config
from ui.draw.page import show
from ui.draw.prose import link, page_link
from ui.draw.ready import ReadyFigure
from ui.draw.svg import scripts, tag
from ui.draw.words import heatmap_alt
from ui.names.equations import mathml
from ui.state.cache import kept
from ui.state.captions import file_name, word_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.jacobians import words
from ui.views.jacobians.choice import chosen_block
from ui.views.jacobians.figures import fits_all_blocks, jacobian_figure, weight_routes_figure
from ui.views.jacobians.rules import key_of, rule, walkthrough_step
from ui.views.jacobians.scenes import routes_scene, strip_scene

WIDE_FIGURE = 640


def strip(settings: Settings, chosen: VJPStep) -> None:
    """All Jacobians, small; each is a link."""
    show(kept(strip_scene, settings, key_of(chosen)), key="strip")


def large_jacobian(settings: Settings, chosen: VJPStep) -> None:
    """The chosen Jacobian with its numbers, and what it means."""
    block = 0
    if not fits_all_blocks(chosen):
        block = chosen_block(len(chosen.jacobian))
        markup = _block_links(settings, key_of(chosen), len(chosen.jacobian), block)
        st.markdown(markup, unsafe_allow_html=True)
    figure, alt = kept(_jacobian_figure, settings, chosen.output, chosen.wrt, block)
    text = kept(_explanation_markup, settings, chosen.output, chosen.wrt)
    name = f"jacobian-{chosen.output}-{chosen.wrt}"
    if not fits_all_blocks(chosen):
        name += f"-block{block + 1}"
    drawn = figure, alt, "jacobian", file_name(settings, name)
    width = figure.to_dict()["layout"]["width"]
    if width > WIDE_FIGURE:
        _draw(*drawn)
        st.markdown(text, unsafe_allow_html=True)
    else:
        with st.container(horizontal=True, gap="medium", key="large_jacobian"):
            _draw(*drawn)
            st.markdown(text, unsafe_allow_html=True)


def routes_section(settings: Settings, chosen: VJPStep) -> None:
    """Jacobians against shortcuts: at the output, in the whole pass, and at the chosen layer's weights."""
    layer = int(chosen.output[1:] or settings.config.depth)
    show(kept(routes_scene, settings, chosen.output, chosen.wrt, layer), key="routes")
    figure, alt = kept(_routes_figure, settings, layer)
    _draw(figure, alt, "routes", file_name(settings, f"routes-W{layer}"))


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
    title, shown = words.jacobian(vjp_step), np.atleast_2d(vjp_step.jacobian)
    if not fits_all_blocks(vjp_step):
        title, shown = f"{title}, block {block + 1} of {len(shown)}", shown[block]
    return ReadyFigure(jacobian_figure(step, vjp_step, block)), heatmap_alt(title, shown)


def _routes_figure(settings: Settings, layer: int) -> tuple[ReadyFigure, str]:
    step = recorded_step(settings)
    alt = words.routes_alt(layer, weight_routes(step, layer))
    return ReadyFigure(weight_routes_figure(step, layer)), alt


def _explanation_markup(settings: Settings, output: str, wrt: str) -> str:
    """What the Jacobian means."""
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
        parts.append(tag("p", page_link(words.IN_THE_WALKTHROUGH, settings.step_link(step_id))))
    return tag("div", *parts, class_="bp-explanation")


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
