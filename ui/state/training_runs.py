"""Trainings, kept for everybody who asks for the same one; a longer one goes on from a shorter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np

from backprop import (
    EpochReport,
    MLPConfig,
    Params,
    TrainingDiverged,
    TrainingRun,
    continue_training,
    init_params,
    train,
)
from backprop.arrays import FloatArray, read_only
from ui.state.cache import Store, kept
from ui.state.data import Iris, load_iris
from ui.state.own import OwnNetwork, network_of
from ui.state.turns import turn_of_script

TEST = 45
"""Flowers to test on, of 150."""

EVALUATION = 4
"""What evaluating an epoch and drawing its decision region costs, in steps of training."""

KEPT_RUNS = 24
"""Trainings in memory. One has at most 501 checkpoints: 0.5 MB for 4-5-3, 5 MB for four layers of 16."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The flowers to learn from and those to test on.

    Attributes:
        training, test: numbers of the flowers, ascending.
        mean, deviation: of the training flowers, in centimetres, shape (4,).
        X: all flowers, standardised with these, shape (150, 4).
        Y: one-hot species of all flowers, shape (150, 3).
    """

    training: tuple[int, ...]
    test: tuple[int, ...]
    mean: FloatArray
    deviation: FloatArray
    X: FloatArray
    Y: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """What a training learns from, and what it is tested on.

    Attributes:
        X, Y: to learn from, shapes (N, n_in) and (N, n_out).
        test: the same of what it is tested on; None where all there is is learned from.
    """

    X: FloatArray
    Y: FloatArray
    test: tuple[FloatArray, FloatArray] | None


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What a training depends on, but for its length: the same plan gives the same weights.

    Attributes:
        config: the network.
        seed: of its initial weights, and of the order of the observations in mini-batches.
        learning_rate: η.
        split: seed of the split into training and test flowers.
        batch_size: observations a step; None takes all at once.
        own: numbers to learn from in place of flowers, as a link has them; "" for flowers.
    """

    config: MLPConfig
    seed: int
    learning_rate: float
    split: int
    batch_size: int | None
    own: str = ""

    @property
    def given(self) -> OwnNetwork | None:
        """The numbers in place of flowers; None for flowers."""
        return network_of(self.own) if self.own else None

    @property
    def data(self) -> TrainingData:
        """What it learns from."""
        given = self.given
        return TrainingData(given.X, given.Y, None) if given else iris_data(self.split)

    @property
    def observations(self) -> int:
        """How many it learns from."""
        return len(self.data.X)

    @property
    def steps(self) -> int:
        """Updates an epoch."""
        return ceil(self.observations / (self.batch_size or self.observations))

    def size(self, epochs: int) -> int:
        """How long so many epochs take, as `ui.state.turns.Turn` measures it; each is evaluated, too."""
        return epochs * (self.steps + EVALUATION) * len(self.config.layer_sizes)


@lru_cache(maxsize=64)
def split_iris(seed: int) -> Split:
    """105 flowers to train on, 35 of each species, and 45 to test, 15 of each; drawn with this seed."""
    # Imported here for the reason given in ui.state.data.load_iris.
    from sklearn.model_selection import train_test_split

    iris: Iris = load_iris()
    training, test = train_test_split(
        np.arange(len(iris.species)), test_size=TEST, stratify=iris.species, random_state=seed
    )
    mean = read_only(iris.centimetres[training].mean(axis=0))
    deviation = read_only(iris.centimetres[training].std(axis=0))
    X = read_only((iris.centimetres - mean) / deviation)
    return Split(tuple(sorted(training.tolist())), tuple(sorted(test.tolist())), mean, deviation, X, iris.Y)


@lru_cache(maxsize=64)
def iris_data(split: int) -> TrainingData:
    """The training flowers of a split, and its test flowers."""
    flowers = split_iris(split)
    training, test = list(flowers.training), list(flowers.test)
    return TrainingData(
        read_only(flowers.X[training]),
        read_only(flowers.Y[training]),
        test=(read_only(flowers.X[test]), read_only(flowers.Y[test])),
    )


def initial_params(plan: TrainingPlan) -> Params:
    """What a training begins with: the weights that are given, if they fit, or random ones of the seed."""
    given, config = plan.given, plan.config
    if given is None or given.params is None or given.hidden != config.layer_sizes[1:-1]:
        return kept(init_params, config, plan.seed)  # all 150 flowers begin with the same
    biases = given.params.biases or tuple(map(np.zeros, config.layer_sizes[1:]))
    return Params(given.params.weights, biases if config.has_biases else ())


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    run: TrainingRun
    diverges: bool


_runs: Store[TrainingPlan, _Kept] = Store(KEPT_RUNS)


def kept_run(plan: TrainingPlan) -> TrainingRun | None:
    """The longest training with this plan that is in memory."""
    found = _runs.get(plan)
    return found.run if found else None


def run_training(
    plan: TrainingPlan, epochs: int, on_epoch: Callable[[EpochReport], bool | None] | None = None
) -> TrainingRun:
    """A training with this plan of at least so many epochs, unless `on_epoch` stops it before.

    What is in memory is not done again, and `on_epoch` is called for the rest only. Where it stops the
    training, be it by an exception, what there is stays in memory.

    Raises:
        TrainingDiverged: if it diverges before; at once where that is known.
    """
    found = _runs.get(plan)
    if found and found.run.epochs >= epochs:
        return found.run
    if found and found.diverges:
        raise TrainingDiverged(found.run.epochs + 1, found.run)
    interruptions: list[BaseException] = []

    def stops(report: EpochReport) -> bool:
        try:
            return bool(on_epoch and on_epoch(report))
        except BaseException as error:  # that by which Streamlit ends a script is not an Exception
            interruptions.append(error)
            return True

    try:
        run = _train(plan, epochs, found.run if found else None, stops)
    except TrainingDiverged as error:
        _keep(plan, _Kept(error.run, diverges=True))
        raise
    _keep(plan, _Kept(run, diverges=False))
    for interruption in interruptions:
        raise interruption
    return run


def params_after(plan: TrainingPlan, epoch: int) -> Params:
    """The parameters after so many epochs, trained now if they are not in memory. Not for jobs.

    Raises:
        TrainingDiverged: if it diverges before.
    """
    run = kept_run(plan)
    if run is None or run.epochs < epoch:
        with turn_of_script(plan, plan.size(epoch), "Training the network…") as turn:
            run = run_training(plan, epoch, lambda _: turn.share())
    return run.checkpoint(epoch)[1]


def _train(
    plan: TrainingPlan, epochs: int, earlier: TrainingRun | None, on_epoch: Callable[[EpochReport], bool]
) -> TrainingRun:
    X, Y = plan.data.X, plan.data.Y
    if earlier is not None:
        return continue_training(earlier, X, Y, epochs, on_epoch=on_epoch)
    start = initial_params(plan)
    rate, batch_size, seed = plan.learning_rate, plan.batch_size, plan.seed
    return train(plan.config, start, X, Y, epochs, rate, batch_size, seed, on_epoch=on_epoch)


def _keep(plan: TrainingPlan, new: _Kept) -> None:
    """Keep it, unless somebody has come further meanwhile."""
    there = _runs.get(plan)
    if there is None or there.run.epochs <= new.run.epochs:
        _runs.put(plan, new)
