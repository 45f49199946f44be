"""Sections of the page "Batch"."""

from dataclasses import replace

import streamlit as st

from ui.draw.heatmap import chart_config
from ui.draw.prose import heading, page_link, paragraph
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, tag
from ui.names.symbols import symbol
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.parameters import IRIS, TEXTBOOK
from ui.state.settings import Settings
from ui.views.batch import words
from ui.views.batch.bars import bars_markup
from ui.views.batch.choice import FEW, BatchChoice
from ui.views.batch.data import batch_of, species_of
from ui.views.batch.figures import strip_figure
from ui.views.batch.outer import outer_markup
from ui.views.batch.products import products_markup


def has_flowers(settings: Settings) -> bool:
    """Whether there is more than one observation; a notice with a way out if not."""
    if settings.data != TEXTBOOK:
        return True
    iris = replace(settings, data=IRIS, edit="", taken=0).link("batch")
    text = paragraph(words.ONE_OBSERVATION) + page_link(words.BATCH_OF_IRIS, iris)
    st.markdown(text, unsafe_allow_html=True)
    return False


def batch_sections(choice: BatchChoice) -> None:
    """Both products of D with the cells to choose from, a bar a flower, outer products, links."""
    st.markdown(kept(_first_markup, choice), unsafe_allow_html=True)
    if len(choice.flowers) > FEW:
        _draw_strip(choice.settings, choice.flowers, choice.layer, choice.pick)
        st.markdown(_onward_markup(choice.settings), unsafe_allow_html=True)


def _first_markup(choice: BatchChoice) -> str:
    """All of it where the batch is small; of a large one, what stands above the strip."""
    few = len(choice.flowers) <= FEW
    last = _onward_markup(choice.settings) if few else _strip_heading(choice)
    return one_element(products_markup(choice), bars_markup(choice), outer_markup(choice), last)


def _onward_markup(settings: Settings) -> str:
    """Where to go from here."""
    links = (page_link(label, settings.link(page)) for label, page in words.ONWARD)
    return tag("div", *links, class_="bp-conclusion")


def _strip_heading(choice: BatchChoice) -> str:
    """What the strip shows: all rows of D, where the tables above leave some out."""
    z = symbol(f"z{choice.layer}")
    return heading(f"∂C/∂{z} of all {len(choice.flowers)}") + paragraph(
        words.strip(len(choice.shown), choice.pick)
    )


def _draw_strip(settings: Settings, flowers: tuple[int, ...], layer: int, pick: int) -> None:
    figure = kept(_strip, settings, flowers, layer, pick)
    alt = words.strip_alt(layer, len(flowers))
    name = file_name(settings, f"batch-z{layer}", data_name=f"{len(flowers)}flowers")
    st.plotly_chart(
        figure, width="stretch", theme=None, config=chart_config(name), alt=alt, key="batch_strip"
    )


def _strip(settings: Settings, flowers: tuple[int, ...], layer: int, pick: int) -> ReadyFigure:
    species = tuple(map(species_of, flowers))
    cotangents = kept(batch_of, settings, flowers, layer).cotangents
    return ReadyFigure(strip_figure(cotangents, flowers, species, layer, pick))
