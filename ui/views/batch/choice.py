"""What the reader of the page has chosen: the batch, layer, cell, one of the batch. All of it in the URL."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from backprop import MLPConfig
from backprop.study.layer_batch import LayerBatch
from ui.state.cache import kept
from ui.state.choices import ask, from_one, numbers
from ui.state.parameters import AUTO, BIAS, OUTPUT, PARAMETERS, RANDOM
from ui.state.settings import Settings
from ui.views.batch import words
from ui.views.batch.data import batch_of, chosen_flowers, name_of


@dataclass(frozen=True, slots=True)
class BatchChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        members: the observations of the batch, 0-based, ascending.
        layer: 1..L.
        row: row k of dC/dW, 0-based.
        column: column j of dC/dW, 0-based; the one after the last input is the bias.
        pick: the one whose sum over paths is shown, one of `members`.
    """

    settings: Settings
    members: tuple[int, ...]
    layer: int
    row: int
    column: int
    pick: int

    @property
    def texts(self) -> tuple[str, str, str]:
        """Row, column and observation as links have them."""
        columns = columns_of(self.settings.config, self.layer)
        return str(self.row + 1), columns[self.column], name_of(self.settings, self.pick)


def columns_of(config: MLPConfig, layer: int) -> list[str]:
    """The columns of dC/dW of a layer as links have them; the bias, if any, last."""
    biases = [BIAS] if config.has_biases else []
    return [*numbers(config.layer_sizes[layer - 1]), *biases]


def choose_batch(settings: Settings) -> BatchChoice:
    """The controls at the top of the page, and what they are set to."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        members = _flowers() if settings.given is None else _given(len(settings.given.X))
        chosen = ask("batch_layer", options=[*numbers(settings.config.depth - 1), OUTPUT])
    layer = settings.config.depth if chosen == OUTPUT else int(chosen)
    batch = kept(batch_of, settings, members, layer)
    row, column = _cell(batch, columns_of(settings.config, layer))
    return BatchChoice(settings, members, layer, row, column, _picked(settings, batch, members, row, column))


def _flowers() -> tuple[int, ...]:
    kind = ask("flowers")
    count, draw = (int(_random(key, kind)) for key in ("n", "draw"))
    return chosen_flowers(kind, count, draw)


def _given(count: int) -> tuple[int, ...]:
    """The first of the given observations, all of them by default."""
    several = {"high": count, "default": count, "help": words.FIRST}
    return tuple(range(int(ask("n", **several))))


def _picked(settings: Settings, batch: LayerBatch, members: tuple[int, ...], row: int, column: int) -> int:
    """The one that the URL asks for; where there is no such one, that which pulls the cell most."""
    known, more = {name_of(settings, member): member for member in members}, {}
    if settings.given is not None:
        count = len(settings.given.X)
        more = {"options": [AUTO, *numbers(count)], "among": f"{AUTO} or 1 to {count}", "name": "Observation"}
    strongest = members[int(np.abs(batch.observation_terms(row, column)).argmax())]
    return known.get(ask("pick", **more), strongest)


def _random(key: str, kind: str) -> str:
    """How many random flowers, or which; of others it makes no difference."""
    return ask(key) if kind == RANDOM else PARAMETERS[key].default_text


def _cell(batch: LayerBatch, columns: list[str]) -> tuple[int, int]:
    """Row and column; where the URL leaves one open, the cell that the batch disputes most."""
    units, inputs = batch.weights.shape
    row = ask("row", options=[AUTO, *numbers(units)], among=from_one(units, AUTO))
    named = f"{AUTO}, {BIAS}" if BIAS in columns else AUTO
    column = ask("col", options=[AUTO, *columns], among=from_one(inputs, named))
    rows = range(units) if row == AUTO else [int(row) - 1]
    wanted = range(inputs) if column == AUTO else [columns.index(column)]
    return batch.most_disputed(rows, wanted)
