"""What a network has learned, epoch by epoch. Shapes: X (N, n_in), Y (N, n_out), E epochs, L layers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, read_only, require_shape
from backprop.batch import forward_batch, mean_cost, mean_gradients, outputs_of
from backprop.forward import Values, values_of
from backprop.network import MLPConfig, Params
from backprop.train import TrainingRun, predicted_classes

IntArray = NDArray[np.intp]
NO_CLASS = -1
"""In place of a class where the outputs overflow."""


class _Outcome(NamedTuple):
    """Of one set at one epoch: what `TrainingHistory` has of them all."""

    cost: float
    accuracy: float
    predicted: IntArray
    confusion: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class TrainingHistory:
    """What a training did to every set of observations and to the layers, epoch after epoch.

    Attributes:
        costs, accuracies: of every set, shape (sets, E + 1).
        confusions: of every set, shape (sets, E + 1, classes, classes).
        predicted: class of every observation, one array a set, of shape (E + 1, N).
        weight_norms: ‖W^l‖, the root of the sum of squares, shape (L, E + 1).
        gradient_norms: ‖dC/dW^l‖ with C the mean cost of the first set, shape (L, E + 1); infinite or NaN
            where it overflows.
    """

    costs: FloatArray
    accuracies: FloatArray
    confusions: IntArray
    predicted: tuple[IntArray, ...]
    weight_norms: FloatArray
    gradient_norms: FloatArray


def confusion_matrix(actual: IntArray, predicted: IntArray, classes: int) -> IntArray:
    """How often class i was taken for class j, at [i, j]; shape (classes, classes).

    Args:
        actual: classes 0..classes − 1, shape (N,).
        predicted: the same, shape (N,).
        classes: how many there are.
    """
    require_shape("predicted", predicted, actual.shape)
    counts = np.bincount(classes * actual + predicted, minlength=classes**2)
    return np.asarray(counts.reshape(classes, classes), dtype=np.intp)


def has_classes(Y: FloatArray) -> bool:
    """Whether targets, shape (N, n_out), name classes: one-hot ones, or 0 and 1 of a single output."""
    are_bits = bool(((Y == 0) | (Y == 1)).all())
    return are_bits and (Y.shape[1] == 1 or bool((Y.sum(axis=1) == 1).all()))


@OVERFLOW_IS_REPORTED
def training_history(
    run: TrainingRun,
    sets: Sequence[tuple[ArrayLike, ArrayLike]],
    epochs: int | None = None,
    on_epoch: Callable[[int], object] | None = None,
) -> TrainingHistory:
    """Evaluate the parameters of every epoch on every set.

    Args:
        run: a training all of whose epochs are checkpoints.
        sets: pairs (X, Y); the first is the one it was trained on.
        epochs: the last epoch to evaluate; None takes all.
        on_epoch: called with every epoch that has been evaluated.

    Raises:
        ValueError: if a shape does not fit, or the run has not kept all of these epochs.
    """
    last = run.epochs if epochs is None else epochs
    if run.checkpoint_epochs[: last + 1] != tuple(range(last + 1)):
        raise ValueError(f"epochs: expected a run that has kept every epoch up to {last}")
    checked = [forward_batch(run.config, run.params, X, Y, None)[0] for X, Y in sets]
    outcomes: list[list[_Outcome]] = [[] for _ in sets]
    norms = []
    for epoch, params in enumerate(run.checkpoints[: last + 1]):
        passes = [values_of(run.config, params, values["x"], values["y"]) for values in checked]
        for known, values in zip(outcomes, passes, strict=True):
            known.append(_outcome(run.config, values))
        gradients, _ = mean_gradients(run.config, passes[0], {})
        norms.append(([norm(W) for W in params.weights], [norm(W) for W in gradients]))
        if on_epoch is not None:
            on_epoch(epoch)
    weight_norms, gradient_norms = np.moveaxis(np.array(norms), 0, -1)
    return TrainingHistory(
        costs=read_only(np.array([[one.cost for one in known] for known in outcomes])),
        accuracies=read_only(np.array([[one.accuracy for one in known] for known in outcomes])),
        confusions=read_only(np.array([[one.confusion for one in known] for known in outcomes])),
        predicted=tuple(read_only(np.array([one.predicted for one in known])) for known in outcomes),
        weight_norms=read_only(weight_norms),
        gradient_norms=read_only(gradient_norms),
    )


def norm(array: FloatArray) -> float:
    """The root of the sum of squares of all entries; infinite only if an entry is."""
    largest = float(np.abs(array).max())
    if largest == 0 or not np.isfinite(largest):
        return largest
    return largest * float(np.sqrt(np.square(array / largest).sum()))  # the squares alone could overflow


@OVERFLOW_IS_REPORTED
def classes_at(config: MLPConfig, params: Params, X: ArrayLike) -> IntArray:
    """The predicted class of every observation, NO_CLASS where the outputs overflow; shape (N,).

    Raises:
        ValueError: if a shape does not fit or an entry of X is not finite.
    """
    outputs = outputs_of(config, params, X)
    return np.where(np.isfinite(outputs).all(axis=1), predicted_classes(outputs), NO_CLASS)


def _outcome(config: MLPConfig, values: Values) -> _Outcome:
    """From the forward pass of a set."""
    actual, predicted = predicted_classes(values["y"]), predicted_classes(values[f"a{config.depth}"])
    right = np.count_nonzero(actual == predicted)
    classes = max(2, config.layer_sizes[-1])  # a single output tells two classes apart
    confusion = confusion_matrix(actual, predicted, classes)
    return _Outcome(mean_cost(values), right / len(actual), predicted, confusion)
