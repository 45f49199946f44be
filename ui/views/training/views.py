"""The planes on which decision regions are drawn, with axes and observations."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from backprop import MLPConfig
from backprop.arrays import FloatArray
from backprop.study.evaluation import has_classes
from backprop.study.planes import Plane, feature_plane, principal_plane
from backprop.train import predicted_classes
from ui.draw.axes import nice_values
from ui.names.numbers import as_typed, short
from ui.state.cache import kept
from ui.state.data import FEATURES, SPECIES, input_names, load_iris, output_names
from ui.state.own import network_of
from ui.state.parameters import PAIRS, PRINCIPAL
from ui.state.training_runs import Split, TrainingPlan, split_iris
from ui.views.training import words

CELLS = 48
"""Of a decision region, along each axis."""

MARGIN, OWN_MARGIN = 0.08, 0.25
"""Of the drawn plane beyond the outermost observations, as a share of its width."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One plane, ready to draw.

    Attributes:
        points: where a grid's cells are among the inputs, shape (CELLS², n_in).
        drawing: axes, observations and what the other inputs are held at, for the payload.
    """

    points: FloatArray
    drawing: dict[str, Any]


def planes_of(plan: TrainingPlan) -> dict[str, str]:
    """By key: the planes of two inputs of one's own numbers; none where there are not two, or no classes."""
    if plan.given is None or not has_classes(plan.given.Y):
        return {}
    names = input_names(plan.config)
    return {f"{i + 1}-{j + 1}": f"{names[i]} and {names[j]}" for i, j in combinations(range(len(names)), 2)}


def view_of(plan: TrainingPlan, name: str) -> View | None:
    """A plane through what this plan learns from; None where there is nothing to draw."""
    if not plan.own:
        return kept(iris_view, plan.split, name)
    return kept(_own_view, plan.config, plan.own, name) if name else None


def iris_view(split_seed: int, name: str) -> View:
    """A plane of PLANES through the flowers of this split."""
    split = split_iris(split_seed)
    plane, titles, sentence = _principal(split) if name == PRINCIPAL else _features(split, name)
    places = plane.coordinates(split.X)
    ends = [_ends(places[:, axis], MARGIN) for axis in (0, 1)]
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


def _own_view(config: MLPConfig, own: str, name: str) -> View:
    """The plane of two inputs, such as "1-2", through the mean of all observations."""
    given, pair = network_of(own), [int(number) - 1 for number in name.split("-")]
    means, names = given.X.mean(axis=0), input_names(config)
    plane = feature_plane(means, *pair)
    places = plane.coordinates(given.X)
    ends = [_ends(places[:, axis], OWN_MARGIN) for axis in (0, 1)]
    axes = [
        {
            "title": names[place],
            "ends": span,
            "ticks": [(x, as_typed(round(x, 9))) for x in nice_values(*span)],
        }
        for place, span in zip(pair, ends, strict=True)
    ]
    held = [f"{names[i]} ({short(means[i])})" for i in range(len(names)) if i not in pair]
    output = output_names(config)[0]
    drawing = {
        "name": " and ".join(names[place] for place in pair),
        "axes": axes,
        "sentence": words.own_plane(held, len(given.X)),
        "flowers": [
            [float(x), float(y), int(kind), 0]
            for (x, y), kind in zip(places, predicted_classes(given.Y), strict=True)
        ],
        "species": output_names(config) if given.Y.shape[1] > 1 else words.two_classes(output),
    }
    return View(plane.grid(*(_centres(*span) for span in ends)), drawing)


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


def _ends(places: FloatArray, margin: float) -> tuple[float, float]:
    low, high = float(places.min()), float(places.max())
    width = high - low or max(1.0, abs(low))
    return low - margin * width, high + margin * width


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
