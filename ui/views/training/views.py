"""The planes on which decision regions are drawn, with axes and flowers."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop.arrays import FloatArray
from backprop.study.planes import Plane, feature_plane, principal_plane
from ui.names.numbers import as_typed, short
from ui.state.data import FEATURES, SPECIES, load_iris
from ui.state.parameters import PAIRS, PRINCIPAL
from ui.state.training_runs import Split, split_iris
from ui.views.training import words

CELLS = 48
"""Of a decision region, along each axis."""

MARGIN = 0.08
"""Of the drawn plane beyond the outermost flowers, as a share of its width."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One plane, ready to draw.

    Attributes:
        points: where a grid's cells are among the inputs, shape (CELLS², 4).
        drawing: axes, flowers and what the other measurements are held at, for the payload.
    """

    points: FloatArray
    drawing: dict[str, Any]


def view_of(split_seed: int, name: str) -> View:
    """A plane of PLANES through the flowers of this split."""
    split = split_iris(split_seed)
    plane, titles, sentence = _principal(split) if name == PRINCIPAL else _features(split, name)
    places = plane.coordinates(split.X)
    ends = [_ends(places[:, axis]) for axis in (0, 1)]
    species = load_iris().species
    test = set(split.test)
    axes = [
        {"title": titles[axis], "ends": ends[axis], "ticks": _ticks(split, name, axis, *ends[axis])}
        for axis in (0, 1)
    ]
    flowers = [
        [round(float(x), 3), round(float(y), 3), species[flower], int(flower in test)]
        for flower, (x, y) in enumerate(places)
    ]
    drawing = {"name": name, "axes": axes, "sentence": sentence, "flowers": flowers, "species": SPECIES}
    return View(plane.grid(*(_centres(*pair) for pair in ends)), drawing)


def _features(split: Split, name: str) -> tuple[Plane, list[str], str]:
    pair = PAIRS[name]
    held = [feature for feature in range(len(FEATURES)) if feature not in pair]
    means = " and ".join(f"{FEATURES[feature]} ({short(split.mean[feature])} cm)" for feature in held)
    plane = feature_plane(np.zeros(len(FEATURES)), *pair)
    return plane, [f"{FEATURES[feature]}, cm" for feature in pair], words.pair_plane(means)


def _principal(split: Split) -> tuple[Plane, list[str], str]:
    plane, shares = principal_plane(split.X[list(split.training)])
    titles = [words.component(axis, share) for axis, share in enumerate(shares, start=1)]
    return plane, titles, words.PRINCIPAL_PLANE


def _ends(places: FloatArray) -> tuple[float, float]:
    low, high = float(places.min()), float(places.max())
    margin = MARGIN * (high - low)
    return low - margin, high + margin


def _centres(low: float, high: float) -> FloatArray:
    edges = np.linspace(low, high, CELLS + 1)
    return np.asarray((edges[:-1] + edges[1:]) / 2)


def _ticks(split: Split, name: str, axis: int, low: float, high: float) -> list[tuple[float, str]]:
    """Where whole or half units lie on an axis: centimetres of a feature, or standard deviations."""
    mean, deviation = 0.0, 1.0
    if name != PRINCIPAL:
        feature = PAIRS[name][axis]
        mean, deviation = float(split.mean[feature]), float(split.deviation[feature])
    low, high = mean + deviation * low, mean + deviation * high
    unit = 1.0 if high - low > 3.2 else 0.5
    values = unit * np.arange(np.ceil(low / unit), np.floor(high / unit) + 1)
    return [((float(value) - mean) / deviation, as_typed(float(value))) for value in values]
