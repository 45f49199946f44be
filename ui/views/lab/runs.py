"""The lab's trainings: every rule from the same seeds, shared and kept for everybody."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop import EpochReport, MLPConfig, Params, TrainingDiverged, init_params, train
from backprop.arrays import FloatArray, read_only
from backprop.differences import Difference, numerical_gradient
from backprop.study.evaluation import has_classes
from backprop.study.rules import ChainRule, gradient_error, keep_paths, rules_for
from ui.state.cache import Store, kept
from ui.state.data import load_iris
from ui.state.jobs import Job
from ui.state.own import network_of
from ui.state.settings import Settings

KEPT_RUNS = 2000
"""Trainings in memory; one takes 16 bytes an epoch: 3 kB for 200, 8 kB for 500, so 16 MB at most."""


@dataclass(frozen=True, slots=True)
class LabPlan:
    """What a comparison depends on: the same plan gives the same numbers.

    Attributes:
        config: the network; it learns from all 150 flowers, or from all that is given, all at once.
        learning_rate: η.
        epochs: of every training.
        first_seed: of the initial weights of the first training; the next seed follows, and so on.
        seeds: how many there are.
        k: the unit of the single path, 0-based.
        own: numbers to learn from in place of flowers, as a link has them; "" for flowers.
    """

    config: MLPConfig
    learning_rate: float
    epochs: int
    first_seed: int
    seeds: int
    k: int
    own: str = ""

    @property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """X (N, n_in) and Y (N, n_out), as a network gets them."""
        data = network_of(self.own) if self.own else load_iris()
        return data.X, data.Y

    @property
    def observations(self) -> int:
        """How many it learns from."""
        return len(self.data[0])

    @property
    def tells_classes(self) -> bool:
        """Whether accuracy has a meaning."""
        return has_classes(self.data[1])

    @property
    def rules(self) -> tuple[ChainRule, ...]:
        """The rules to compare."""
        return rules_for(self.config)

    @property
    def all_seeds(self) -> range:
        """Every seed."""
        return range(self.first_seed, self.first_seed + self.seeds)

    @property
    def size(self) -> int:
        """How long it takes, as a `Turn` measures it: trainings, and a slope for each parameter."""
        sizes = self.config.layer_sizes
        parameters = sum((before + 1) * units for before, units in pairwise(sizes))
        return self.seeds * (len(self.rules) * self.epochs + parameters) * len(sizes)

    def fits(self, settings: Settings) -> bool:
        """Whether these settings still ask for this network, η and first seed."""
        plan = settings.plan
        mine = self.config, self.learning_rate, self.first_seed, self.own
        return mine == (plan.config, plan.learning_rate, plan.seed, plan.own)


@dataclass(frozen=True, slots=True, eq=False)
class RuleRun:
    """One training with one rule from one seed.

    Attributes:
        costs: mean cost after 0, 1, …, E epochs, shape (E + 1,); infinite from where it diverged on.
        accuracies: share of observations whose class is predicted, shape (E + 1,); 0 from there on.
        diverged: the epoch in which it diverged, if it did.
        error: of the rule's gradient at the start; see `backprop.study.rules.gradient_error`.
    """

    costs: FloatArray
    accuracies: FloatArray
    diverged: int | None
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class LabResult:
    """The seeds that are finished: all rules have been trained from them.

    Attributes:
        plan: what was asked for.
        seeds: the finished ones, in order.
        runs: by the rule's name, one for each of `seeds`.
    """

    plan: LabPlan
    seeds: tuple[int, ...]
    runs: dict[str, tuple[RuleRun, ...]]

    @property
    def is_complete(self) -> bool:
        """Whether no seed is missing."""
        return len(self.seeds) == self.plan.seeds


_Key = tuple[MLPConfig, str, float, int, int, ChainRule, int]
_runs: Store[_Key, RuleRun] = Store(KEPT_RUNS)


def finished(plan: LabPlan) -> LabResult:
    """What is in memory of a plan."""
    return _result(plan, {seed: runs for seed in plan.all_seeds if (runs := _look_up(plan, seed))})


def start(plan: LabPlan) -> Job[LabResult]:
    """The job for a plan. Of several for the same one, the first trains, and the others find it done."""
    return Job(lambda job: _compare(plan, job), plan, plan.size, plan.fits)


def _compare(plan: LabPlan, job: Job[LabResult]) -> LabResult:
    """Seed after seed, every rule; what is finished stays in memory when it is stopped."""
    return _result(
        plan,
        {
            seed: _look_up(plan, seed) or _train_seed(plan, seed, number, job)
            for number, seed in enumerate(plan.all_seeds)
        },
    )


def _train_seed(plan: LabPlan, seed: int, number: int, job: Job[LabResult]) -> tuple[RuleRun, ...]:
    """Every rule from one seed, number `number` of the plan."""
    params = init_params(plan.config, seed)
    numeric = numerical_gradient(
        plan.config, params, *plan.data, on_entry=lambda: job.go_on(number / plan.seeds)
    )
    runs = []
    for position, rule in enumerate(plan.rules):
        key = _key(plan, seed, rule)
        run = _runs.get(key)
        before = (number + position / len(plan.rules)) / plan.seeds
        if run is None:
            run = _train(plan, rule, params, numeric, before, job)
            _runs.put(key, run)
        runs.append(run)
    return tuple(runs)


def _train(
    plan: LabPlan, rule: ChainRule, params: Params, numeric: Difference, before: float, job: Job[LabResult]
) -> RuleRun:
    """One training, `before` of the job having been done."""
    X, Y = plan.data
    masks = keep_paths(rule, plan.config, plan.k)
    share = 1 / (plan.seeds * len(plan.rules) * plan.epochs)

    def on_epoch(report: EpochReport) -> None:
        job.go_on(before + share * report.epoch)

    error = gradient_error(plan.config, params, X, Y, masks, numeric)
    try:
        run = train(
            plan.config,
            params,
            X,
            Y,
            plan.epochs,
            plan.learning_rate,
            keep_paths=masks,
            on_epoch=on_epoch,
        )
    except TrainingDiverged as failure:
        return _until_divergence(plan, failure, error)
    return RuleRun(run.costs, run.accuracies, None, error)


def _until_divergence(plan: LabPlan, failure: TrainingDiverged, error: float) -> RuleRun:
    costs, accuracies = np.full(plan.epochs + 1, np.inf), np.zeros(plan.epochs + 1)
    costs[: failure.epoch], accuracies[: failure.epoch] = failure.run.costs, failure.run.accuracies
    return RuleRun(read_only(costs), read_only(accuracies), failure.epoch, error)


def _result(plan: LabPlan, done: dict[int, tuple[RuleRun, ...]]) -> LabResult:
    return kept(_assemble, plan, tuple(done), tuple(done.values()))


def _assemble(plan: LabPlan, seeds: tuple[int, ...], seed_runs: tuple[tuple[RuleRun, ...], ...]) -> LabResult:
    """One object for the same runs, so that what is drawn of it can be cached."""
    runs = {
        rule.name: tuple(of_seed[position] for of_seed in seed_runs)
        for position, rule in enumerate(plan.rules)
    }
    return LabResult(plan, seeds, runs)


def _key(plan: LabPlan, seed: int, rule: ChainRule) -> _Key:
    k = plan.k if rule.hidden == "one" else 0
    return plan.config, plan.own, plan.learning_rate, plan.epochs, seed, rule, k


def _look_up(plan: LabPlan, seed: int) -> tuple[RuleRun, ...] | None:
    """The runs of all rules from a seed, if all are in memory."""
    runs = [_runs.get(_key(plan, seed, rule)) for rule in plan.rules]
    found = tuple(run for run in runs if run is not None)
    return found if len(found) == len(runs) else None
