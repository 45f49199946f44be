"""What the reader of the page has chosen: flowers, layer, cell, flower. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from backprop.network import input_of
from backprop.study.layer_batch import LayerBatch
from ui.names.symbols import entry_symbol, symbol
from ui.state.cache import kept
from ui.state.choices import ask, numbers
from ui.state.data import FLOWERS
from ui.state.parameters import ALL, AUTO, BIAS, OUTPUT, PARAMETERS, RANDOM
from ui.state.settings import Settings
from ui.views.batch.data import batch_of, chosen_flowers, species_of, with_flower

FEW = 8
"""Up to so many flowers are all shown; of more, those that move the cell most."""
SHOWN = 6

NARROW, WINDOW = 5, 3
"""Layers up to so many units are written out; of wider ones, so many columns around the chosen one."""


@dataclass(frozen=True, slots=True)
class BatchChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        kind: an option of the parameter `flowers`.
        count: how many random flowers.
        draw: seed of the random flowers.
        flowers: the flowers of the batch, ascending.
        layer: 1..L.
        row: row k of dC/dW, 0-based.
        column: column j of dC/dW, 0-based; the one after the last input is the bias.
        pick: the flower whose sum over paths is shown, one of `flowers`.
    """

    settings: Settings
    kind: str
    count: int
    draw: int
    flowers: tuple[int, ...]
    layer: int
    row: int
    column: int
    pick: int

    @property
    def batch(self) -> LayerBatch:
        """What the core says about the batch."""
        return kept(batch_of, self.settings, self.flowers, self.layer)

    @property
    def inputs(self) -> int:
        """How many inputs the layer has; also the column of the bias."""
        return self.settings.config.layer_sizes[self.layer - 1]

    @property
    def units(self) -> int:
        """How many units the layer has."""
        return self.settings.config.layer_sizes[self.layer]

    @property
    def below(self) -> str:
        """Name of the layer's inputs, such as a1 or x."""
        return input_of(self.layer)

    @property
    def cell(self) -> str:
        """Name of the chosen weight or bias, such as w²₂₅ or b²₂."""
        if self.column == self.inputs:
            return symbol(f"b{self.layer}", self.row)
        return entry_symbol(f"W{self.layer}", (self.row, self.column))

    @property
    def terms(self) -> list[float]:
        """What every flower of the batch says about the chosen cell."""
        terms: list[float] = self.batch.observation_terms(self.row, self.column).tolist()
        return terms

    @property
    def shown(self) -> tuple[int, ...]:
        """The flowers whose numbers are written out, ascending: all of a few, else the extreme ones."""
        if len(self.flowers) <= FEW:
            return self.flowers
        ranked = [flower for _, flower in sorted(zip(self.terms, self.flowers, strict=True))]
        others = [flower for flower in ranked if flower != self.pick]
        # As many from either end, so that both pulls are there.
        ends = [flower for pair in zip(others, reversed(others), strict=True) for flower in pair]
        return tuple(sorted([self.pick, *ends[: SHOWN - 1]]))

    @property
    def unit_window(self) -> range:
        """The units whose ∂C/∂z stand beside A: all of a few, else those around the chosen row."""
        return _window(self.row, self.units)

    @property
    def input_window(self) -> range:
        """The inputs whose weights stand above D W: all of a few, else those around the chosen column."""
        return _window(0 if self.column == self.inputs else self.column, self.inputs)

    def position(self, flower: int) -> int:
        """Which observation of the batch a flower is."""
        return self.flowers.index(flower)

    def link(self, **changed: str | int) -> str:
        """Relative URL of this page with some parameters changed."""
        own = _link_to_batch(self.settings, self.kind, self.count, self.draw, self.layer)
        column = BIAS if self.column == self.inputs else self.column + 1
        cell = {"row": self.row + 1, "col": column, **changed}
        # Numbers and the letter of the bias, in fifty links: urlencode would take most of their time.
        return own + "".join([f"&{key}={value}" for key, value in cell.items()])

    def walkthrough(self, flower: int) -> str:
        """Relative URL of the walkthrough's step where this flower's outer product is formed."""
        return _link_to_walkthrough(self.settings, flower, self.layer)


@lru_cache(maxsize=16)  # saves 0.4 ms a view
def _link_to_batch(settings: Settings, kind: str, count: int, draw: int, layer: int) -> str:
    """The page with this batch and layer, without a cell: some fifty links of a view begin with it."""
    own: dict[str, str | int] = {"flowers": kind}
    if kind == RANDOM:
        own = {"n": count, "draw": draw}
    if layer < settings.config.depth:
        own["batch_layer"] = layer
    return settings.link("batch", **own)


@lru_cache(maxsize=1024)  # saves 0.25 ms a view
def _link_to_walkthrough(settings: Settings, flower: int, layer: int) -> str:
    """A view asks three times for the link of each of its flowers."""
    step = "V" if layer == settings.config.depth else "VI"
    there = with_flower(settings, flower)
    return there.step_link(f"{layer}.{step}")


def choose_batch(settings: Settings) -> BatchChoice:
    """The controls at the top of the page, and what they are set to."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = ask("flowers")
        count, draw = (int(_random(key, kind)) for key in ("n", "draw"))
        chosen = ask("batch_layer", options=[*numbers(settings.config.depth - 1), OUTPUT])
    layer = settings.config.depth if chosen == OUTPUT else int(chosen)
    flowers = chosen_flowers(kind, count, draw)
    batch = kept(batch_of, settings, flowers, layer)
    # These three are hidden by app.css: the links of the tables set them.
    row, column = _cell(batch)
    pick = ask("pick")
    flower = int(pick) if pick != AUTO and int(pick) in flowers else _strongest(batch, flowers, row, column)
    return BatchChoice(settings, kind, count, draw, flowers, layer, row, column, flower)


def describe_batch(choice: BatchChoice) -> str:
    """Such as "6 random flowers", "the 50 setosas", "all 150 flowers"."""
    if choice.kind == ALL:
        return f"all {FLOWERS} flowers"
    if choice.kind == RANDOM:
        return "1 random flower" if choice.count == 1 else f"{choice.count} random flowers"
    return f"the {len(choice.flowers)} flowers of {choice.kind}"


def _window(centre: int, count: int) -> range:
    if count <= NARROW:
        return range(count)
    first = min(max(centre - WINDOW // 2, 0), count - WINDOW)
    return range(first, first + WINDOW)


def species_class(flower: int) -> str:
    """Class of the colour of a flower's species."""
    return f"bp-species-{species_of(flower)}"


def _random(key: str, kind: str) -> str:
    """How many random flowers, or which; of others it makes no difference."""
    return ask(key) if kind == RANDOM else PARAMETERS[key].default_text


def _cell(batch: LayerBatch) -> tuple[int, int]:
    """Row and column; where the URL leaves one open, the cell that the flowers dispute most."""
    units, inputs = batch.weights.shape
    columns = [*numbers(inputs), BIAS]
    row = ask("row", options=[AUTO, *numbers(units)], among=f"{AUTO} or 1 to {units}")
    column = ask("col", options=[AUTO, *columns], among=f"{AUTO}, {BIAS} or 1 to {inputs}")
    rows = range(units) if row == AUTO else [int(row) - 1]
    wanted = range(inputs) if column == AUTO else [columns.index(column)]
    return batch.most_disputed(rows, wanted)


def _strongest(batch: LayerBatch, flowers: Sequence[int], row: int, column: int) -> int:
    return flowers[int(np.abs(batch.observation_terms(row, column)).argmax())]
