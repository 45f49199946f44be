"""A question with its right and its wrong values, and the judgement of an answer."""

from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
from numpy.typing import ArrayLike

from backprop.network import MLPConfig, Params
from backprop.practice.formulas import FORMULAS, Quantity, Term, terms_of
from backprop.practice.mistakes import MISTAKES
from backprop.practice.workings import Workings, mean_workings, workings_of
from backprop.tape import TrainingStep

OF_THE_RESULT = 0.02
"""An answer may be off by so much of the result: two factors of three digits are each off by up to 0.5 %."""

OF_THE_LARGEST_TERM = 0.01
"""Where terms cancel, rounded ones leave an error of their own size."""

OF_A_PROBABILITY = 0.005
"""Exponentials of rounded numbers are off by more."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """What a mistake gives.

    Attributes:
        mistake: a key of MISTAKES.
        part: the path or the observation it is about, 0-based, else None.
        value: the wrong number.
        tolerance: answers as near as this are taken for it.
    """

    mistake: str
    part: int | None
    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Problem:
    """A quantity, and what may be answered.

    Attributes:
        quantity: what is asked.
        right: its value.
        tolerance: answers as near as this are right.
        terms: the products it is the sum of.
        wrong: what the mistakes give, without those that give a right answer here.
    """

    quantity: Quantity
    right: float
    tolerance: float
    terms: tuple[Term, ...]
    wrong: tuple[WrongValue, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is: right, or what some mistakes give, or (neither) not recognised."""

    right: bool
    mistakes: tuple[WrongValue, ...] = ()


def problem(step: TrainingStep, quantity: Quantity) -> Problem:
    """The problem of a recorded step.

    Raises:
        ValueError: if the quantity has no such kind, layer or index.
    """
    return _problem(workings_of(step, quantity.layer), quantity)


def mean_problem(
    config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, layer: int, index: tuple[int, int]
) -> Problem:
    """The problem of one entry (i, j) of the mean gradient of W^layer over the observations X, Y.

    Raises:
        ValueError: see `mean_workings`.
    """
    work = mean_workings(config, params, X, Y, layer, index[0])
    return _problem(work, Quantity("mean_gradient", layer, index))


def judge(problem: Problem, answer: float) -> Verdict:
    """Right, or every mistake that gives this number."""
    if abs(answer - problem.right) <= problem.tolerance:
        return Verdict(right=True)
    made = [wrong for wrong in problem.wrong if abs(answer - wrong.value) <= wrong.tolerance]
    return Verdict(right=False, mistakes=tuple(made))


def tolerance_of(work: Workings, quantity: Quantity, value: float, largest: float) -> float:
    """How far from `value` an answer may be.

    A new weight is asked for to one unit of its third digit, or its step would drown.

    Args:
        work: the workings of its layer.
        quantity: what is asked.
        value: the number, right or wrong.
        largest: the largest term it is the sum of.
    """
    if quantity.kind in ("new_weight", "new_bias"):
        size = max(abs(value), largest)
        return float(10.0 ** (floor(log10(size)) - 2)) if size else 0.0
    relative = OF_THE_RESULT * abs(value)
    if quantity.kind == "activation" and work.is_softmax:
        return max(relative, OF_A_PROBABILITY)
    return max(relative, OF_THE_LARGEST_TERM * largest)


def _problem(work: Workings, quantity: Quantity) -> Problem:
    _require(work, quantity)
    terms = terms_of(work, quantity)
    right = FORMULAS[quantity.kind](work, *quantity.index) + 0.0  # no −0 of a dead unit
    summed = len(terms) > 1
    largest = max(abs(term.product) for term in terms) if summed else 0.0
    tolerance = tolerance_of(work, quantity, right, largest)
    wrong = tuple(
        WrongValue(name, part, value, tolerance_of(work, quantity, value, largest))
        for name, part, value in _wrong_values(work, quantity)
        if isfinite(value) and abs(value - right) > tolerance
    )
    return Problem(quantity, right, tolerance, terms, wrong)


def _wrong_values(work: Workings, quantity: Quantity) -> list[tuple[str, int | None, float]]:
    """Every mistake that can be made in this quantity, made."""
    with np.errstate(all="ignore"):
        return [
            (mistake.name, part, FORMULAS[changed.kind](wrong_work, *changed.index))
            for mistake in MISTAKES.values()
            if quantity.kind in mistake.kinds
            for part, wrong_work, changed in mistake.make(work, quantity)
        ]


def _require(work: Workings, quantity: Quantity) -> None:
    if quantity.kind not in FORMULAS:
        raise ValueError(f"kind: expected one of {', '.join(FORMULAS)}, got {quantity.kind!r}")
    shape = shape_of(work, quantity.kind)
    fits = len(shape) == len(quantity.index) and all(
        0 <= i < size for i, size in zip(quantity.index, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"index: expected one within shape {shape}, got {quantity.index}")


def shape_of(work: Workings, kind: str) -> tuple[int, ...]:
    """Shape of the array that holds all quantities of a kind in a layer."""
    units, below = work.weights.shape
    if kind == "cost":
        return ()
    if kind in ("jacobian", "path_term"):
        return work.jacobian.shape
    if kind in ("weight_gradient", "weight_step", "new_weight", "mean_gradient"):
        return (units, below)
    return (units,)
