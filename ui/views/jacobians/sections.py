"""Sections of the Jacobians page."""

import streamlit as st

from backprop import VJPStep
from ui.draw.heatmap import chart_config
from ui.draw.page import show
from ui.draw.prose import link, page_link
from ui.draw.svg import scripts, tag
from ui.names.equations import mathml
from ui.state.cache import kept
from ui.state.captions import file_name, word_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.jacobians import words
from ui.views.jacobians.figures import Picture, jacobian_picture, routes_picture
from ui.views.jacobians.matrices import fits_all_blocks
from ui.views.jacobians.rules import key_of, rule, walkthrough_step
from ui.views.jacobians.scenes import jacobian_scene, routes_scene, strip_scene


def strip(settings: Settings, chosen: VJPStep) -> None:
    """All Jacobians, small; each is a link."""
    show(kept(strip_scene, settings, key_of(chosen)), key="strip")


def large_jacobian(settings: Settings, chosen: VJPStep, block: int) -> None:
    """The chosen Jacobian with its numbers, and what it means; `block` is the one to show if not all fit."""
    if not fits_all_blocks(chosen):
        markup = _block_links(settings, key_of(chosen), len(chosen.jacobian), block)
        st.markdown(markup, unsafe_allow_html=True)
    text = kept(_explanation_markup, settings, chosen.output, chosen.wrt)
    with st.container(horizontal=True, gap="medium", key="large_jacobian"):
        show(kept(jacobian_scene, settings, chosen.output, chosen.wrt, block), key="jacobian_scene")
        st.markdown(text, unsafe_allow_html=True)


def routes_section(settings: Settings, chosen: VJPStep) -> None:
    """Jacobians against shortcuts: at the output, in the whole pass, and at the chosen layer's weights."""
    show(kept(routes_scene, settings, chosen.output, chosen.wrt, _layer(settings, chosen)), key="routes")


def pictures(settings: Settings, chosen: VJPStep, block: int) -> None:
    """The large matrices as charts with a button that saves them, drawn while somebody wants them."""
    with st.expander(words.SAVE, on_change="rerun", key="pictures") as expander:
        if not expander.open:
            return
        layer, name = _layer(settings, chosen), f"jacobian-{chosen.output}-{chosen.wrt}"
        if not fits_all_blocks(chosen):
            name += f"-block{block + 1}"
        _draw(kept(jacobian_picture, settings, chosen.output, chosen.wrt, block), file_name(settings, name))
        _draw(kept(routes_picture, settings, layer), file_name(settings, f"routes-W{layer}"))


def _draw(picture: Picture, name: str) -> None:
    figure, alt = picture
    width = figure.to_dict()["layout"]["width"]
    st.plotly_chart(figure, width=width, theme=None, config=chart_config(name), alt=alt)


def _layer(settings: Settings, chosen: VJPStep) -> int:
    """Whose weights the routes lead to: the layer of what the Jacobian is of, the last one of the cost's."""
    return int(chosen.output[1:] or settings.config.depth)


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
