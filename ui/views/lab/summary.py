"""The lab's numbers over all seeds, rule by rule."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from backprop.arrays import FloatArray
from backprop.differences import TOLERANCE
from ui.state.data import FLOWERS
from ui.views.lab.runs import LabResult, RuleRun

LEVEL, LEVEL_COST = 2, 0.01
"""Rules whose median accuracies are no more than so many flowers apart end level: neither is ahead.

Of one's own observations there are too few: there the median costs decide, in shares of the starting one.
"""

REACHED, REACHED_COST = 0.9, 0.1
"""Accuracy that a training is asked to end with, or share of its starting cost."""

_HUGE = 1e300


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Median and quartiles over the seeds, each of shape (E + 1,)."""

    median: FloatArray
    lower: FloatArray
    upper: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class RuleSummary:
    """One rule over n seeds; a diverged training has cost ∞ and accuracy 0.

    Attributes:
        name: of the rule.
        costs, accuracies: the curves.
        final_costs, final_accuracies: after the last epoch, shape (n,).
        cost, accuracy: their medians; start_cost, start_accuracy: the same at the start.
        reached: how many trainings end with an accuracy of REACHED or more.
        diverged: how many diverged.
        error: the largest gradient-check error of the seeds.
        caught: for how many seeds the check fails.
        by_cost: whether the cost ranks the rules, not accuracy.
    """

    name: str
    costs: Band
    accuracies: Band
    final_costs: FloatArray
    final_accuracies: FloatArray
    cost: float
    accuracy: float
    start_cost: float
    start_accuracy: float
    reached: int
    diverged: int
    error: float
    caught: int
    by_cost: bool

    @property
    def seeds(self) -> int:
        """How many trainings there are."""
        return len(self.final_costs)

    @property
    def is_gone(self) -> bool:
        """Whether half of the trainings or more diverged, so that the median cost is infinite."""
        return 2 * self.diverged >= self.seeds


def summaries(result: LabResult) -> tuple[RuleSummary, ...]:
    """Every rule of a result with one seed or more, in the order of the plan."""
    return tuple(_summary(name, runs, bool(result.plan.own)) for name, runs in result.runs.items())


def ranked(rules: tuple[RuleSummary, ...]) -> tuple[RuleSummary, ...]:
    """Best first: by median accuracy, then by median cost; or by that alone."""
    return tuple(sorted(rules, key=lambda rule: (0 if rule.by_cost else -rule.accuracy, rule.cost)))


def wins(one: RuleSummary, other: RuleSummary) -> int:
    """From how many seeds `one` ends ahead, by more than what is level."""
    if one.by_cost:
        costs = zip(one.final_costs, other.final_costs, strict=True)
        return sum(_saved(mine, its, one.start_cost) > LEVEL_COST for mine, its in costs)
    flowers = ((one.final_accuracies - other.final_accuracies) * FLOWERS).round(6)
    return int(np.count_nonzero(flowers > LEVEL))


def lead(one: RuleSummary, other: RuleSummary) -> float:
    """By how many flowers the median accuracy of `one` is above that of the other; 0 where they end level.

    Of one's own observations: by which share of the starting cost its median cost is below.
    """
    if one.by_cost:
        saved = _saved(one.cost, other.cost, one.start_cost)
        return saved if abs(saved) > LEVEL_COST else 0.0
    flowers = round((one.accuracy - other.accuracy) * FLOWERS, 6)
    return flowers if abs(flowers) > LEVEL else 0.0


def predicted_pairs(
    order: tuple[str, ...], rules: tuple[RuleSummary, ...]
) -> tuple[tuple[float, RuleSummary, RuleSummary], ...]:
    """Every pair of rules as predicted, the better one first, after its lead: below 0 where it is wrong."""
    by_name = {rule.name: rule for rule in rules}
    pairs = combinations([by_name[name] for name in order], 2)
    return tuple((lead(better, worse), better, worse) for better, worse in pairs)


def _saved(cost: float, other: float, start: float) -> float:
    """By which share of the starting cost a cost is below another; 0 where both are infinite."""
    return 0.0 if cost == other else (other - cost) / (start or 1.0)


def _summary(name: str, runs: tuple[RuleRun, ...], by_cost: bool) -> RuleSummary:
    costs = _band(np.array([run.costs for run in runs]))
    accuracies = _band(np.array([run.accuracies for run in runs]))
    final_accuracies = np.array([run.accuracies[-1] for run in runs])
    errors = [run.error for run in runs]
    reached = final_accuracies >= REACHED
    if by_cost:
        reached = np.array([run.costs[-1] <= REACHED_COST * run.costs[0] for run in runs])
    return RuleSummary(
        name=name,
        costs=costs,
        accuracies=accuracies,
        final_costs=np.array([run.costs[-1] for run in runs]),
        final_accuracies=final_accuracies,
        cost=float(costs.median[-1]),
        accuracy=float(accuracies.median[-1]),
        start_cost=float(costs.median[0]),
        start_accuracy=float(accuracies.median[0]),
        reached=int(np.count_nonzero(reached)),
        diverged=sum(run.diverged is not None for run in runs),
        error=max(errors),
        caught=sum(error > TOLERANCE for error in errors),
        by_cost=by_cost,
    )


def _band(curves: FloatArray) -> Band:
    """Of curves (n, E + 1); what lies between a number and infinity is infinite."""
    finite = np.where(np.isfinite(curves), curves, _HUGE)
    lower, median, upper = np.quantile(finite, (0.25, 0.5, 0.75), axis=0)
    return Band(*(np.where(band >= _HUGE / 1e6, np.inf, band) for band in (median, lower, upper)))
