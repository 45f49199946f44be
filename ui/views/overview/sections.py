"""Sections of the overview."""

import streamlit as st

from ui.draw.page import show
from ui.draw.prose import page_heading, page_link
from ui.names.words import TITLE
from ui.state.cache import kept
from ui.state.captions import word_for
from ui.state.choices import ask, from_one, numbers
from ui.state.parameters import AUTO
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.overview import words
from ui.views.overview.page_map import page_map
from ui.views.overview.pass_map import pass_map
from ui.views.overview.scenes import overview_scene


def opening(settings: Settings) -> None:
    """What this is, and the way in."""
    way_in = page_link(words.BEGIN, settings.link("lesson"), primary=True)
    page_heading(TITLE, words.lead(word_for(settings)), way_in)


def paths_through_the_network(settings: Settings) -> None:
    """The network on the chosen flower, and of a unit that the reader chooses the paths and their sum."""
    layers = len(settings.hidden) or 1  # the outputs, where there is no other
    layer = int(ask("layer", widget="", options=numbers(layers), default=str(layers), among=from_one(layers)))
    units = settings.config.layer_sizes[layer]
    ask("unit", widget="", options=[AUTO, *numbers(units)], among=from_one(units, AUTO))
    show(kept(overview_scene, settings, layer), "unit")


def map_and_beginnings(settings: Settings) -> None:
    """The map of the pass, where to begin, and every page."""
    st.markdown(kept(_map_markup, settings), unsafe_allow_html=True)


def _map_markup(settings: Settings) -> str:
    return pass_map(settings, recorded_step(settings)) + page_map(settings)
