"""A training as a film: every epoch's numbers, weights and decision regions as one compact text.

Series are base64 of little-endian float64, so they keep every digit in 11 characters a number. Sizes:
some 110 kB for 4-5-3 and 100 epochs; 500 epochs at most 0.3 MB where weights are left out, as they are
for more than MOST_PARAMETERS parameters, and 0.8 MB where they are not.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import numpy as np

from backprop import Params, TrainingRun, predict
from backprop.arrays import FloatArray
from backprop.study.evaluation import IntArray, TrainingHistory, classes_at, has_classes, training_history
from backprop.train import predicted_classes
from ui.names.symbols import symbol
from ui.state.cache import Store
from ui.state.data import output_names, word_of_many
from ui.state.training_runs import TrainingPlan, run_training, split_iris
from ui.views.training import words
from ui.views.training.views import CELLS, view_of

MOST_PARAMETERS = 100
"""Of a network whose weights are shown one by one; of larger ones only the norms are."""

SMALLEST_GRADIENT = 1e-290
"""A smaller norm is 0: it is what the lowest probability that is kept, 2e−308, has left over."""

MOST_REGIONS = 100
KEPT_FILMS = 16

Share = Callable[[float], object]
"""Called every few milliseconds with the share of the work that is done; lets others work."""

_films: Store[tuple[TrainingPlan, int, str], str] = Store(KEPT_FILMS)


def film_payload(plan: TrainingPlan, epochs: int, plane: str, share: Share) -> str:
    """The first `epochs` epochs of a training as JSON; the same string for everybody who asks for it.

    Args:
        plan: the training.
        epochs: as many as it has without diverging, or fewer.
        plane: on which decision regions are drawn, one of ui.state.parameters.PLANES.
        share: see Share.
    """
    text = kept_film(plan, epochs, plane)
    if text is None:
        text = json.dumps(build_film(plan, epochs, plane, share), allow_nan=False, separators=(",", ":"))
        _films.put((plan, epochs, plane), text)
    return text


def kept_film(plan: TrainingPlan, epochs: int, plane: str) -> str | None:
    """The same if it is in memory."""
    return _films.get((plan, epochs, plane))


def build_film(plan: TrainingPlan, epochs: int, plane: str, share: Share) -> dict[str, Any]:
    """Everything the film draws.

    Keys: `noun` (what one observation is called); `epochs`; `sets` (their sizes); `steps` (updates an
    epoch); `series` (of every set cost and, where targets name classes, accuracy, and the norms, each over
    the epochs); `confusions` (of every set, over the epochs; None without a test set); `answers` (None with
    one); `wrong` (observations whose class is not predicted, for every epoch); `weights` (None for large
    networks); `regions` and `plane` (None where there is nothing to draw).
    """
    run = run_training(plan, epochs, lambda _: not share(0) and None)
    data = plan.data
    sets = {"training": (data.X, data.Y)} | ({"test": data.test} if data.test else {})
    history = training_history(run, [*sets.values()], epochs, lambda epoch: share(0.5 * epoch / (epochs + 1)))
    checkpoints = run.checkpoints[: epochs + 1]
    view = view_of(plan, plane)
    return {
        "noun": word_of_many(plan.config),
        "epochs": epochs,
        "sets": {name: len(X) for name, (X, _) in sets.items()},
        "steps": plan.steps,
        "series": _series(history, [*sets], has_classes(data.Y)),
        "confusions": dict(zip(sets, map(_bytes, history.confusions), strict=True)) if data.test else None,
        "answers": None if data.test else _answers(plan, checkpoints),
        "wrong": _wrong(history, plan, [Y for _, Y in sets.values()]),
        "weights": _weights(checkpoints),
        "regions": _regions(run, epochs, view.points, share) if view else None,
        "plane": view.drawing if view else None,
    }


def _series(history: TrainingHistory, sets: list[str], tells_classes: bool) -> dict[str, str]:
    series = {f"{name}_cost": costs for name, costs in zip(sets, history.costs, strict=True)}
    if tells_classes:
        for name, accuracies in zip(sets, history.accuracies, strict=True):
            series[f"{name}_accuracy"] = accuracies
    for layer, values in enumerate(history.gradient_norms, start=1):
        series[f"gradient_norm_{layer}"] = np.where(values < SMALLEST_GRADIENT, 0.0, values)
    for layer, values in enumerate(history.weight_norms, start=1):
        series[f"weight_norm_{layer}"] = values
    return {name: _floats(values) for name, values in series.items()}


def _wrong(history: TrainingHistory, plan: TrainingPlan, targets: list[FloatArray]) -> list[list[int]]:
    """For every epoch the observations of all sets whose class is not predicted, by their numbers."""
    classes = map(predicted_classes, targets)
    wrong = [predicted != actual for predicted, actual in zip(history.predicted, classes, strict=True)]
    numbers = np.arange(plan.observations)
    if not plan.own:
        split = split_iris(plan.split)
        numbers = np.array([*split.training, *split.test])
    return [numbers[np.concatenate(epoch)].tolist() for epoch in zip(*wrong, strict=True)]


def _answers(plan: TrainingPlan, checkpoints: tuple[Params, ...]) -> dict[str, Any]:
    """What the network answers to every observation in every epoch, beside what it should."""
    X, Y = plan.data.X, plan.data.Y
    outputs, names = (
        np.array([predict(plan.config, params, X) for params in checkpoints]),
        output_names(plan.config),
    )
    classes = predicted_classes(Y) if len(names) > 1 and has_classes(Y) else ()
    return {
        "observations": words.observations(X.tolist()),
        "outputs": names,
        "targets": Y.tolist(),
        "classes": [names[k] for k in classes],
        "values": _floats(outputs),
    }


def _weights(checkpoints: tuple[Params, ...]) -> dict[str, Any] | None:
    """All parameters of all epochs, and how they make up matrices; None if there are too many."""
    names = [(name, array.shape) for name, array in checkpoints[0].items()]
    if sum(array.size for _, array in checkpoints[0].items()) > MOST_PARAMETERS:
        return None
    table = np.array([np.concatenate([a.ravel() for _, a in params.items()]) for params in checkpoints])
    matrices = [{"name": name, "title": symbol(name), "shape": (*shape, 1)[:2]} for name, shape in names]
    return {"matrices": matrices, "values": _floats(table)}


def _regions(run: TrainingRun, epochs: int, points: FloatArray, share: Share) -> dict[str, Any]:
    """The classes at the points of a grid for at most MOST_REGIONS + 1 epochs, the first and last too."""
    every = max(1, -(-epochs // MOST_REGIONS))
    shown = sorted({*range(0, epochs + 1, every), epochs})
    texts = []
    for number, epoch in enumerate(shown):
        texts.append(run_lengths(classes_at(run.config, run.checkpoints[epoch], points)))
        share(0.5 + 0.5 * number / len(shown))
    return {"cells": CELLS, "epochs": shown, "classes": texts}


def run_lengths(classes: IntArray) -> str:
    """Such as a12b3: a for class 0, b for class 1, …, - for none, each with how often it comes in a row."""
    starts = np.flatnonzero(np.diff(classes, prepend=classes[0] - 1))
    lengths = np.diff(starts, append=len(classes))
    letters = ("-abcdefghijklmnop"[classes[start] + 1] for start in starts)
    return "".join(f"{letter}{length}" for letter, length in zip(letters, lengths, strict=True))


def _floats(values: FloatArray) -> str:
    return b64encode(values.astype("<f8").tobytes()).decode("ascii")


def _bytes(values: IntArray) -> str:
    return b64encode(values.astype(np.uint8).tobytes()).decode("ascii")
