"""Sections of the page "Batch"."""

from dataclasses import replace

import streamlit as st

from ui.draw.heatmap import chart_config
from ui.draw.page import show
from ui.draw.prose import heading, page_link, paragraph
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, tag
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.data import word_of_many
from ui.state.parameters import IRIS, TEXTBOOK
from ui.state.settings import Settings
from ui.views.batch import words
from ui.views.batch.choice import BatchChoice
from ui.views.batch.data import batch_of, named, species_of
from ui.views.batch.figures import strip_figure
from ui.views.batch.scenes import ENDS, FEW, KEYS, batch_scene


def lead(settings: Settings) -> str:
    """What the page is about."""
    return words.lead(word_of_many(settings.config))


def has_batch(settings: Settings) -> bool:
    """Whether there is more than one observation; a notice with a way out if not."""
    if settings.given is None or len(settings.given.X) > 1:
        return True
    iris = replace(settings, data=IRIS, edit="", taken=0).link("batch")
    said = paragraph(words.single_observation(settings.data == TEXTBOOK))
    st.markdown(said + page_link(words.BATCH_OF_IRIS, iris), unsafe_allow_html=True)
    return False


def batch_sections(choice: BatchChoice) -> None:
    """The scene with the cells to choose from; of a large batch all of D; links."""
    settings, members, layer = choice.settings, choice.members, choice.layer
    show(kept(batch_scene, settings, members, layer), *KEYS, at=choice.texts)
    if len(members) > FEW:
        st.markdown(_strip_heading(choice), unsafe_allow_html=True)
        _draw_strip(settings, members, layer, choice.pick)
    st.markdown(_onward_markup(settings), unsafe_allow_html=True)


def _onward_markup(settings: Settings) -> str:
    """Where to go from here."""
    links = (page_link(label, settings.link(page)) for label, page in words.ONWARD)
    return tag("div", *links, class_="bp-conclusion")


def _strip_heading(choice: BatchChoice) -> str:
    """What the strip shows: all rows of D, where the tables above leave some out."""
    z = symbol(f"z{choice.layer}")
    title = heading(f"∂C/∂{z} of all {len(choice.members)}")
    return one_element(title + paragraph(words.strip(2 * ENDS, named(choice.settings, choice.pick))))


def _draw_strip(settings: Settings, members: tuple[int, ...], layer: int, pick: int) -> None:
    noun = word_of_many(settings.config)
    figure = kept(_strip, settings, members, layer, pick)
    alt = words.strip_alt(layer, len(members), noun)
    name = file_name(settings, f"batch-z{layer}", data_name=f"{len(members)}{noun}s")
    st.plotly_chart(
        figure, width="stretch", theme=None, config=chart_config(name), alt=alt, key="batch_strip"
    )


def _strip(settings: Settings, members: tuple[int, ...], layer: int, pick: int) -> ReadyFigure:
    cotangents = kept(batch_of, settings, members, layer).cotangents
    names = [named(settings, member) for member in members]
    species = tuple(map(species_of, members)) if settings.given is None else ()
    return ReadyFigure(strip_figure(cotangents, names, species, layer, members.index(pick)))
