"""Sections of the total derivative page."""

import streamlit as st

from backprop.total_derivative import OUTERS, PRESETS
from ui.draw.page import show
from ui.draw.prose import link, page_link
from ui.draw.svg import tag
from ui.names.equations import mathml
from ui.names.timeline import step_with_sum
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.parameters import real
from ui.state.settings import Settings
from ui.views.total_derivative import words
from ui.views.total_derivative.scenes import example_formula, experiment_scene


def preset_links(settings: Settings) -> None:
    """The prepared examples, each a link, and the way to the same sum in the network."""
    st.markdown(kept(_presets_markup, settings), unsafe_allow_html=True)


def experiment() -> None:
    """Choose the functions, slide t, see every path.

    No fragment: who slides and at once goes to another page would find it empty.
    """
    outer, inners, between = _controls()
    show(kept(experiment_scene, outer, inners, between), "t")


def _controls() -> tuple[str, tuple[str, ...], float | None]:
    """The keys of f and of its inner functions, and a t that is not on the slider."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="functions"):
        outer = ask("f")
        inners = tuple(ask(name) for name in OUTERS[outer].variables)
        st.markdown(kept(_formula_markup, outer, inners), unsafe_allow_html=True)
    t = real("t").place(ask("t"))
    return outer, inners, None if t in real("t").positions else t


def _formula_markup(outer: str, inners: tuple[str, ...]) -> str:
    return tag("div", mathml(example_formula(outer, inners)), class_="bp-inline-formula")


def _presets_markup(settings: Settings) -> str:
    links = []
    for preset in PRESETS.values():
        chosen = dict(zip(OUTERS[preset.outer].variables, preset.inners, strict=True))
        href = settings.link("total_derivative", f=preset.outer, **chosen, t=f"{preset.t:g}")
        short_title, _, _ = preset.title.partition(":")
        links.append(link(short_title, href, title=preset.title, class_="bp-chip"))
    step_id = step_with_sum(settings.config)
    network = page_link(words.IN_THE_NETWORK, settings.step_link(step_id)) if step_id else ""
    return tag("nav", *links, network, class_="bp-chips", aria_label="Prepared examples")
