"""What the reader of the page has chosen: flowers, layer, cell, flower. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from backprop.study.layer_batch import LayerBatch
from ui.state.cache import kept
from ui.state.choices import ask, numbers
from ui.state.parameters import AUTO, BIAS, OUTPUT, PARAMETERS, RANDOM
from ui.state.settings import Settings
from ui.views.batch.data import batch_of, chosen_flowers


@dataclass(frozen=True, slots=True)
class BatchChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        flowers: the flowers of the batch, ascending.
        layer: 1..L.
        row: row k of dC/dW, 0-based.
        column: column j of dC/dW, 0-based; the one after the last input is the bias.
        pick: the flower whose sum over paths is shown, one of `flowers`.
    """

    settings: Settings
    flowers: tuple[int, ...]
    layer: int
    row: int
    column: int
    pick: int

    @property
    def texts(self) -> tuple[str, str, str]:
        """Row, column and flower as links have them."""
        inputs = self.settings.config.layer_sizes[self.layer - 1]
        return str(self.row + 1), columns_of(inputs)[self.column], str(self.pick)


def columns_of(inputs: int) -> list[str]:
    """The columns of dC/dW as links have them, the bias last."""
    return [*numbers(inputs), BIAS]


def choose_batch(settings: Settings) -> BatchChoice:
    """The controls at the top of the page, and what they are set to."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = ask("flowers")
        count, draw = (int(_random(key, kind)) for key in ("n", "draw"))
        chosen = ask("batch_layer", options=[*numbers(settings.config.depth - 1), OUTPUT])
    layer = settings.config.depth if chosen == OUTPUT else int(chosen)
    flowers = chosen_flowers(kind, count, draw)
    batch = kept(batch_of, settings, flowers, layer)
    row, column = _cell(batch)
    pick = ask("pick")
    flower = int(pick) if pick != AUTO and int(pick) in flowers else _strongest(batch, flowers, row, column)
    return BatchChoice(settings, flowers, layer, row, column, flower)


def _random(key: str, kind: str) -> str:
    """How many random flowers, or which; of others it makes no difference."""
    return ask(key) if kind == RANDOM else PARAMETERS[key].default_text


def _cell(batch: LayerBatch) -> tuple[int, int]:
    """Row and column; where the URL leaves one open, the cell that the flowers dispute most."""
    units, inputs = batch.weights.shape
    columns = columns_of(inputs)
    row = ask("row", options=[AUTO, *numbers(units)], among=f"{AUTO} or 1 to {units}")
    column = ask("col", options=[AUTO, *columns], among=f"{AUTO}, {BIAS} or 1 to {inputs}")
    rows = range(units) if row == AUTO else [int(row) - 1]
    wanted = range(inputs) if column == AUTO else [columns.index(column)]
    return batch.most_disputed(rows, wanted)


def _strongest(batch: LayerBatch, flowers: Sequence[int], row: int, column: int) -> int:
    return flowers[int(np.abs(batch.observation_terms(row, column)).argmax())]
