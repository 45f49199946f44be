"""Training: gradient descent over many epochs, with its history. Shapes: X (N, n_in), Y (N, n_out)."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, all_finite, read_only
from backprop.batch import Masks, forward_batch, mean_cost, mean_gradients
from backprop.forward import Values, values_of
from backprop.network import MLPConfig, Params, derived_params
from backprop.reverse import PathMasks
from backprop.sgd import require_learning_rate

ALL_CHECKPOINTS = 500
"""Up to this epoch the parameters of every one are kept, and about as many of all that follow."""


@dataclass(frozen=True, slots=True, eq=False)
class EpochReport:
    """Where training stands after `epoch` epochs; epoch 0 is the start.

    Attributes:
        epoch: how many epochs `params` have had.
        cost: mean cost of the whole training set with `params`.
        accuracy: share of its observations whose class is predicted, from 0 to 1.
        params: the parameters.
    """

    epoch: int
    cost: float
    accuracy: float
    params: Params


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRun:
    """The history of one training.

    Attributes:
        config, learning_rate, batch_size, seed: as given to `train`.
        costs: mean cost of the training set after 0, 1, …, E epochs, shape (E + 1,).
        accuracies: share of its observations whose class is predicted, shape (E + 1,).
        checkpoint_epochs: the epochs whose parameters were kept: all up to 500, every k-th beyond, and
            the last; at most 1,002. In memory that is at most 1,002 · (8 bytes · the number of
            parameters + 250 bytes · the number of layers).
        checkpoints: the parameters after those epochs.
    """

    config: MLPConfig
    learning_rate: float
    batch_size: int | None
    seed: int
    costs: FloatArray
    accuracies: FloatArray
    checkpoint_epochs: tuple[int, ...]
    checkpoints: tuple[Params, ...]

    @property
    def epochs(self) -> int:
        """How many epochs the training had: fewer than asked for where it was stopped."""
        return len(self.costs) - 1

    @property
    def params(self) -> Params:
        """The parameters after the last epoch."""
        return self.checkpoints[-1]

    def checkpoint(self, epoch: int) -> tuple[int, Params]:
        """The last checkpoint not after `epoch`: its epoch and its parameters.

        Raises:
            ValueError: if `epoch` is not one of this training.
        """
        _require_whole_number("epoch", epoch, 0, self.epochs)
        number = bisect_right(self.checkpoint_epochs, epoch) - 1
        return self.checkpoint_epochs[number], self.checkpoints[number]


class TrainingDiverged(ValueError):
    """The cost or a parameter is no longer finite.

    Attributes:
        epoch: after how many epochs.
        run: the history up to the epoch before.
    """

    def __init__(self, epoch: int, run: TrainingRun) -> None:
        super().__init__(epoch, run)
        self.epoch = epoch
        self.run = run

    def __str__(self) -> str:
        """The epoch, and what to try."""
        return (
            f"learning_rate: training diverged in epoch {self.epoch}, where the cost or a parameter stopped "
            f"being finite; try one below {self.run.learning_rate:g}, standardised X, or the full rule (no "
            "keep_paths)"
        )


@OVERFLOW_IS_REPORTED
def train(
    config: MLPConfig,
    params: Params,
    X: ArrayLike,
    Y: ArrayLike,
    epochs: int = 100,
    learning_rate: float = 0.1,
    batch_size: int | None = None,
    seed: int = 0,
    keep_paths: PathMasks | None = None,
    on_epoch: Callable[[EpochReport], bool | None] | None = None,
) -> TrainingRun:
    """Train by gradient descent; the same arguments give the same run.

    Args:
        config: the network.
        params: where it starts.
        X: one observation a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).
        epochs: how often every observation is used, from 0 up.
        learning_rate: η, from 0 up.
        batch_size: observations a step, 1..N; None takes all of them at once. The last batch of an
            epoch has what is left over.
        seed: of the order of the observations, new for every epoch; without effect on a full batch.
        keep_paths: see `backprop.reverse.backward_pass`.
        on_epoch: called with an EpochReport at the start and after every epoch. If it returns True, the
            training stops and what there is of it is returned. Its exceptions pass through.

    Raises:
        TrainingDiverged: a ValueError, when the cost or a parameter is no longer finite.
        ValueError: naming the argument that is wrong.
    """
    require_learning_rate(learning_rate)
    _require_whole_number("epochs", epochs, 0)
    _require_whole_number("seed", seed, 0)
    values, masks = forward_batch(config, params, X, Y, keep_paths)
    if not isfinite(mean_cost(values)):
        raise ValueError("params, X: expected numbers for which the cost is finite, got an overflow")
    if batch_size is not None:
        _require_whole_number("batch_size", batch_size, 1, len(values["x"]))
    descent = _Descent(config, masks, values["x"], values["y"], learning_rate, batch_size, seed)
    return _run(descent, _History(descent, epochs), params, 0, epochs, on_epoch)


@OVERFLOW_IS_REPORTED
def continue_training(
    run: TrainingRun,
    X: ArrayLike,
    Y: ArrayLike,
    epochs: int,
    keep_paths: PathMasks | None = None,
    on_epoch: Callable[[EpochReport], bool | None] | None = None,
) -> TrainingRun:
    """Go on with a training: the same run, bit for bit, as if it had been done in one go.

    Args:
        run: what has been done; its network, learning rate, batch size and seed go on.
        X: as it was for `run`; so are Y and keep_paths.
        Y: see X.
        epochs: of the whole training, from `run.epochs` up.
        keep_paths: see X.
        on_epoch: as for `train`; called at `run.epochs` first.

    Raises:
        TrainingDiverged, ValueError: as `train`.
    """
    _require_whole_number("epochs", epochs, run.epochs)
    values, masks = forward_batch(run.config, run.params, X, Y, keep_paths)
    descent = _Descent(
        run.config, masks, values["x"], values["y"], run.learning_rate, run.batch_size, run.seed
    )
    return _run(descent, _History(descent, epochs, run), run.params, run.epochs, epochs, on_epoch)


@dataclass(frozen=True, slots=True, eq=False)
class _Descent:
    """What stays the same from epoch to epoch; arguments as those of `train`, checked."""

    config: MLPConfig
    masks: Masks
    x: FloatArray
    y: FloatArray
    learning_rate: float
    batch_size: int | None
    seed: int

    def epoch(self, number: int, params: Params, values: Values) -> Params:
        """The parameters after one more epoch; `values` is the forward pass of all with `params`."""
        if self.batch_size is None:
            return self.step(params, values)
        # random() gives the same numbers in every version of NumPy; permutation() need not.
        order = np.random.default_rng([self.seed, number]).random(len(self.x)).argsort(kind="stable")
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            params = self.step(params, values_of(self.config, params, self.x[rows], self.y[rows]))
        return params

    def step(self, params: Params, values: Values) -> Params:
        """W ← W − η dC/dW and b ← b − η dC/db with the mean gradients of one batch."""
        weights, biases = mean_gradients(self.config, values, self.masks)
        learns = self.config.bias == "learned"
        moved = self.descend(params.biases, biases) if learns else params.biases
        return derived_params(self.descend(params.weights, weights), moved)

    def descend(self, arrays: Sequence[FloatArray], gradients: Sequence[FloatArray]) -> list[FloatArray]:
        pairs = zip(arrays, gradients, strict=True)
        return [read_only(array - self.learning_rate * gradient) for array, gradient in pairs]


class _History:
    """What is kept of the epochs, growing while training goes on."""

    def __init__(self, descent: _Descent, epochs: int, earlier: TrainingRun | None = None) -> None:
        self.descent = descent
        # Every epoch up to 500 is a checkpoint, then every k-th, so that there are at most 500 more.
        self.every = max(1, ceil((epochs - ALL_CHECKPOINTS) / ALL_CHECKPOINTS))
        self.costs: list[float] = []
        self.accuracies: list[float] = []
        self.checkpoints: dict[int, Params] = {}
        if earlier is not None:
            self.take(earlier)

    def take(self, earlier: TrainingRun) -> None:
        """Begin with all of an earlier run but its last epoch, which is reported again."""
        self.costs += earlier.costs[:-1].tolist()
        self.accuracies += earlier.accuracies[:-1].tolist()
        checkpoints = zip(earlier.checkpoint_epochs, earlier.checkpoints, strict=True)
        self.checkpoints.update(
            (epoch, params)
            for epoch, params in checkpoints
            if epoch == earlier.epochs or not self.is_thinned(epoch)
        )

    def is_thinned(self, epoch: int) -> bool:
        """Whether the parameters of this epoch are not kept, once the next one has come."""
        return epoch > ALL_CHECKPOINTS and (epoch - ALL_CHECKPOINTS) % self.every != 0

    def add(self, report: EpochReport) -> None:
        """Keep the report; its parameters stay at least until the next one comes."""
        self.costs.append(report.cost)
        self.accuracies.append(report.accuracy)
        if self.is_thinned(report.epoch - 1):
            self.checkpoints.pop(report.epoch - 1, None)
        self.checkpoints[report.epoch] = report.params

    def first_overflow(self) -> int | None:
        """The first epoch whose cost or parameters are not finite, if any is."""
        last = len(self.costs) - 1
        if isfinite(self.costs[last]) and _is_finite(self.checkpoints[last]):
            return None  # what is not finite stays so, thus all that came before is finite, too
        return next((epoch for epoch, params in self.checkpoints.items() if not _is_finite(params)), last)

    def run(self, end: int) -> TrainingRun:
        """The record of all epochs before `end`."""
        kept = {epoch: params for epoch, params in self.checkpoints.items() if epoch < end}
        return TrainingRun(
            config=self.descent.config,
            learning_rate=self.descent.learning_rate,
            batch_size=self.descent.batch_size,
            seed=self.descent.seed,
            costs=read_only(np.array(self.costs[:end])),
            accuracies=read_only(np.array(self.accuracies[:end])),
            checkpoint_epochs=tuple(kept),
            checkpoints=tuple(kept.values()),
        )


def _run(
    descent: _Descent,
    history: _History,
    params: Params,
    first: int,
    epochs: int,
    on_epoch: Callable[[EpochReport], bool | None] | None,
) -> TrainingRun:
    """From epoch `first` on, until all are done, `on_epoch` says stop, or the cost is not finite."""
    classes = predicted_classes(descent.y)
    for epoch in range(first, epochs + 1):
        values = values_of(descent.config, params, descent.x, descent.y)
        report = _report(epoch, params, values, classes)
        history.add(report)
        if not isfinite(report.cost):
            break
        stop = on_epoch(report) if on_epoch is not None else False
        if stop or epoch == epochs:
            break
        params = descent.epoch(epoch, params, values)
    diverged = history.first_overflow()
    if diverged is not None:
        raise TrainingDiverged(diverged, history.run(diverged))
    return history.run(epoch + 1)


def _is_finite(params: Params) -> bool:
    return all(all_finite(array) for _, array in params.items())


def _report(epoch: int, params: Params, values: Values, classes: NDArray[np.intp]) -> EpochReport:
    """Cost and accuracy from the forward pass of all observations."""
    output = values[f"a{len(params.weights)}"]
    right = np.count_nonzero(predicted_classes(output) == classes)
    return EpochReport(epoch, mean_cost(values), right / len(output), params)


def predicted_classes(outputs: FloatArray) -> NDArray[np.intp]:
    """The class of every observation: the largest of several outputs, or whether a single one is above ½.

    Args: outputs, shape (N, n_out). Returns: shape (N,).
    """
    several = outputs.shape[1] > 1
    return np.asarray(outputs.argmax(axis=1) if several else outputs[:, 0] > 0.5, dtype=np.intp)


def _require_whole_number(name: str, value: int, low: int, high: int | None = None) -> None:
    """Raise ValueError unless `value` is a whole number from `low` to `high`."""
    is_whole = isinstance(value, int | np.integer)
    if not is_whole or value < low or (high is not None and value > high):
        expected = f"from {low} up" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name}: expected a whole number {expected}, got {value!r}")
