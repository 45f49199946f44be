"""Sections of the overview."""

import streamlit as st

from ui.draw.network_svg import network_svg
from ui.draw.prose import page_heading, page_link
from ui.draw.svg import scripts, tag
from ui.names.words import TITLE
from ui.state.cache import kept
from ui.state.captions import describe_observation, typed_entries, word_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.forward import why_from_z
from ui.steps.thesis import Thesis, thesis_note, thesis_of, thesis_sentence
from ui.views.overview import words
from ui.views.overview.page_map import page_map
from ui.views.overview.pass_map import pass_map
from ui.views.overview.thesis_svg import all_paths_svg, one_path_svg, sum_svg


def opening(settings: Settings) -> None:
    """What this is, and the way in."""
    way_in = page_link("Step through it →", settings.link("walkthrough"), primary=True)
    page_heading(TITLE, words.lead(word_for(settings)), way_in)


def network_picture(settings: Settings) -> None:
    """The network on the chosen flower."""
    # st.html drops SVG and MathML; st.markdown keeps them.
    st.markdown(kept(_network_markup, settings), unsafe_allow_html=True)


def thesis_picture(settings: Settings) -> None:
    """One path against the sum of all, with this flower's numbers, and the way to that very step."""
    st.markdown(kept(_thesis_markup, settings), unsafe_allow_html=True)


def map_and_beginnings(settings: Settings) -> None:
    """The map of the pass, where to begin, and every page."""
    st.markdown(kept(_map_markup, settings), unsafe_allow_html=True)


def _network_markup(settings: Settings) -> str:
    thesis, step = kept(_thesis, settings), recorded_step(settings)
    from_z = why_from_z(step.config, step.tape)
    caption = tag(
        "figcaption",
        tag("strong", describe_observation(settings)),
        tag("span", '<i class="bp-line bp-pos"></i>positive weight', class_="bp-key"),
        tag("span", '<i class="bp-line bp-neg"></i>negative weight', class_="bp-key"),
        tag("span", "thicker: larger", class_="bp-key"),
        tag("span", f'<i class="bp-ring"></i>{words.UNIT_BELOW}', class_="bp-key"),
        tag("span", scripts(from_z)) if from_z else "",
        class_="bp-caption",
    )
    marked = f"{thesis.wrt}:{thesis.unit}"
    network = network_svg(step, marked, typed_entries(settings, "x"))
    return tag("figure", caption, tag("div", network, class_="bp-wide"), class_="bp-figure")


def _thesis(settings: Settings) -> Thesis:
    return thesis_of(recorded_step(settings))


def _thesis_markup(settings: Settings) -> str:
    thesis = kept(_thesis, settings)
    last_hidden = settings.config.depth - 1
    link = page_link("See this step →", settings.step_link(f"{last_hidden}.II"))
    pictures = (one_path_svg(thesis), all_paths_svg(thesis), sum_svg(thesis))
    verdict = tag("p", scripts(thesis_sentence(thesis)), class_="bp-verdict")
    note = tag("p", scripts(thesis_note(thesis)), class_="bp-note")
    return tag(
        "figure",
        tag("div", *pictures, class_="bp-pictures"),
        tag("figcaption", tag("div", verdict, link, class_="bp-conclusion"), note),
        class_="bp-figure",
    )


def _map_markup(settings: Settings) -> str:
    return pass_map(settings, recorded_step(settings)) + page_map(settings)
