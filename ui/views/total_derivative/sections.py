"""Sections of the total derivative page."""

import numpy as np
import streamlit as st

from backprop.total_derivative import OUTERS, PRESETS, TotalDerivative, curve, evaluate
from ui.draw.prose import link, page_link
from ui.draw.svg import tag
from ui.names.equations import mathml
from ui.state.address import publish
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.parameters import EARLIEST, LATEST
from ui.state.settings import Settings
from ui.views.total_derivative import words
from ui.views.total_derivative.formulas import example_formula, formulas
from ui.views.total_derivative.picture import bars_svg, curve_svg, graph_svg

POINTS = 121


def preset_links(settings: Settings) -> None:
    """The prepared examples, each a link, and the way to the same sum in the network."""
    st.markdown(kept(_presets_markup, settings), unsafe_allow_html=True)


@st.fragment
def experiment() -> None:
    """Choose the functions, slide t, see every path. A fragment: nothing else runs when t moves."""
    outer, inners, t = _controls()
    st.markdown(kept(_experiment_markup, outer, inners, t), unsafe_allow_html=True)
    publish()


def _controls() -> tuple[str, tuple[str, ...], float]:
    """The keys of f and of its inner functions, and t."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="functions"):
        outer = ask("f")
        inners = tuple(ask(name) for name in OUTERS[outer].variables)
        t = float(ask("t"))
    return outer, inners, t + 0.0  # not −0


def _presets_markup(settings: Settings) -> str:
    links = []
    for preset in PRESETS.values():
        chosen = dict(zip(OUTERS[preset.outer].variables, preset.inners, strict=True))
        href = settings.link("total_derivative", f=preset.outer, **chosen, t=f"{preset.t:g}")
        short_title, _, _ = preset.title.partition(":")
        links.append(link(short_title, href, title=preset.title, class_="bp-chip"))
    step = settings.step_link(f"{settings.config.depth - 1}.II")
    network = page_link(words.IN_THE_NETWORK, step)
    return tag("nav", *links, network, class_="bp-chips", aria_label="Prepared examples")


def _curve(outer: str, inners: tuple[str, ...]) -> TotalDerivative:
    return curve(outer, inners, np.linspace(EARLIEST, LATEST, POINTS))


def _experiment_markup(outer: str, inners: tuple[str, ...], t: float) -> str:
    result = evaluate(outer, inners, t)
    pictures = (graph_svg(result), bars_svg(result), curve_svg(result, kept(_curve, outer, inners)))
    return tag(
        "div",
        tag("div", mathml(example_formula(outer, inners)), class_="bp-inline-formula"),
        tag("div", *pictures, class_="bp-trio"),
        tag("p", words.verdict(result), class_="bp-verdict", data_testid="verdict"),
        tag("p", words.colours(result), class_="bp-caption"),
        formulas(result),
    )
