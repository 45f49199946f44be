"""A question with its right and its wrong values, and the judgement of an answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray
from backprop.network import MLPConfig, Params
from backprop.practice.formulas import FORMULAS, Quantity, Term, terms_of
from backprop.practice.mistakes import MISTAKES, WORKED_OUT, Mistake, derivative_of
from backprop.practice.spans import (
    SHOWN_DIGITS,
    Range,
    See,
    Span,
    answers_to,
    as_read,
    as_shown,
    as_terms,
    ends_of,
    shown,
    with_digits,
    written,
)
from backprop.practice.workings import Workings, mean_workings, workings_of
from backprop.tape import TrainingStep

ALL_DIGITS = 17
"""Digits of a number that is not rounded."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """What a mistake gives.

    Attributes:
        mistake: a key of MISTAKES.
        part: the path or the observation it is about, 0-based, else None.
        value: the wrong number.
        range: answers in it are taken for it.
    """

    mistake: str
    part: int | None
    value: float
    range: Range


@dataclass(frozen=True, slots=True)
class Problem:
    """A quantity, and what may be answered.

    Attributes:
        quantity: what is asked.
        right: its value.
        computed: what the exact numbers, the shown ones, and the shown terms give; right with any digits.
        range: what any mix of them gives, rounded to three digits or to the decimals of the result.
        nearly: what the right number may be rounded to with one digit, and with two.
        terms: the products it is the sum of.
        wrong: what the mistakes give, without those that give a right answer here.
    """

    quantity: Quantity
    right: float
    computed: Range
    range: Range
    nearly: tuple[Range, Range]
    terms: tuple[Term, ...]
    wrong: tuple[WrongValue, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is: right, nearly (right, but of too few digits), what some mistakes give, or none."""

    right: bool = False
    nearly: bool = False
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


def judge(problem: Problem, answer: float, digits: int = ALL_DIGITS, unit: float = 0.0) -> Verdict:
    """Right, or nearly, or every mistake that gives this number.

    Args:
        problem: what was asked.
        answer: the number that was given.
        digits: how many significant ones it was given with.
        unit: of the last of them; mistakes are recognised from two digits on.
    """
    if answer in problem.computed or (digits >= SHOWN_DIGITS and answer in problem.range):
        return Verdict(right=True)
    if 0 < digits < SHOWN_DIGITS and (answer in problem.nearly[digits - 1] or answer in problem.range):
        return Verdict(nearly=True)
    return Verdict(
        mistakes=tuple(each for each in problem.wrong if is_taken_for(each.range, answer, digits, unit))
    )


def is_taken_for(wrong: Range, answer: float, digits: int = ALL_DIGITS, unit: float = 0.0) -> bool:
    """Whether an answer is the wrong number of a mistake; arguments as in `judge`."""
    slack = unit / 2 if digits == SHOWN_DIGITS - 1 else 0.0
    return max(wrong.low - answer, answer - wrong.high, 0.0) <= slack


def _problem(work: Workings, quantity: Quantity) -> Problem:
    _require(work, quantity)
    ways = ways_of(work, quantity.kind)
    right = _value(work, quantity)
    others = tuple(_other_ways_of(work, quantity))
    ends = _hull(right, *(_ends(way, quantity, as_shown) for way in ways), *others)
    plain = _hull(right, *(_ends(way, quantity, see) for way in ways for see in (as_read, as_terms)), *others)
    answers = answers_to(ends, right)
    wrong = tuple(
        WrongValue(name, part, value, answers_of(value, spans))
        for name, part, value, spans in wrong_values(ways, quantity)
        if isfinite(value) and value not in answers
    )
    nearly = with_digits(ends, 1), with_digits(ends, 2)
    return Problem(quantity, right, written(plain), answers, nearly, terms_of(work, quantity), wrong)


def ways_of(work: Workings, kind: str) -> list[Workings]:
    """The workings, and those of `as_derived` where they are others."""
    if kind not in WORKED_OUT:
        return [work]
    targets = [work.target]
    if (shown(work.target) != work.target).any():
        targets.append(shown(work.target))
    return [work, *(as_derived(replace(work, target=target), kind) for target in targets)]


def as_derived(work: Workings, kind: str) -> Workings:
    """The workings where what a reader works out from other numbers comes from the shown ones.

    What is worked out depends on the kind asked for: a from z; C and ∂C/∂a from a; f′(z) and the softmax
    Jacobian from a, up to ∂C/∂z. All else is read, and so as it was.
    """
    config, y = work.config, work.target
    z, a = shown(work.pre_activation), shown(work.activation)
    activation = config.rule(work.layer)
    derived = replace(work, pre_activation=z)
    with np.errstate(all="ignore"):
        if kind == "activation":
            return replace(derived, activation=activation.forward(z))
        if kind == "cost":  # an output that is shown as 1 has ln(1 − a) = −∞, times 0 where y is 1
            cost = config.cost.forward
            whole = float(cost(a, y))
            each = [cost(a[k : k + 1], y[k : k + 1]) for k in range(len(y))]
            return replace(derived, cost=float(np.nansum(each)) if np.isnan(whole) else whole)
        if kind == "cost_slope":
            slopes = derivative_of(config.cost)(np.asarray(work.cost), a, y)
            return replace(derived, upstream=np.where(np.isnan(slopes), -y / a, slopes))
        local = derivative_of(activation)(a, z)
        if work.is_dense:
            return replace(derived, jacobian=local)
        return replace(derived, slope=local.diagonal())


def _value(work: Workings, quantity: Quantity) -> float:
    return float(FORMULAS[quantity.kind](work, *quantity.index)) + 0.0  # no −0 of a dead unit


def answers_of(value: float, spans: Iterable[Span]) -> Range:
    """The answers that are taken for a wrong number."""
    return answers_to(_hull(value, *spans), value)


def _ends(work: Workings, quantity: Quantity, see: See) -> Span:
    """What may be computed from the numbers shown; see FORMULAS."""
    with np.errstate(all="ignore"):
        return Span(*ends_of(FORMULAS[quantity.kind](work, *quantity.index, see=see)))


def _hull(value: float, *spans: Span) -> Span:
    """The smallest span that holds all of them; what is not finite cannot be answered, and is left out."""
    ends = [float(end) for span in spans for end in ends_of(span)]
    return Span(value, *(end for end in ends if isfinite(end)))


def _other_ways_of(work: Workings, quantity: Quantity) -> Iterator[Span]:
    """Ways to the right number that no formula of FORMULAS goes."""
    kind, j, dense = quantity.kind, quantity.index[0] if quantity.index else 0, work.is_dense
    if kind == "mean_gradient":  # the sum, which is shown
        yield as_shown(FORMULAS["path_sum"](work, quantity.index[-1])) / work.observations
    elif kind == "activation" and dense:
        yield from _softmax(work.pre_activation, j)
    elif work.is_last and work.config.shortcut and kind == ("path_sum" if dense else "through_activation"):
        whole = as_shown(work.target).sum() if dense else 1.0
        yield as_shown(work.activation[j]) * whole + as_shown(-work.target[j])


def _softmax(z: FloatArray, j: int) -> Iterator[Span]:
    """e^{z_j} / Σ_k e^{z_k}, where z, the powers and their sum may be rounded before they are used."""
    read = as_shown(z)
    with np.errstate(all="ignore"):
        powers = as_shown(Span(np.exp(read.low), np.exp(read.high)))
        others = [float(np.delete(end, j).sum()) for end in (powers.high, powers.low)]
        low, high = float(powers.low[j]), float(powers.high[j])
        yield Span(low / (low + others[0]), high / (high + others[1]))
        tables = [each for exact in (np.exp(z), np.exp(shown(z))) for each in (exact, shown(exact))]
        sums = shown(np.array([each.sum() for each in tables]))
        for each in tables:
            yield Span(*(each[j] / sums))


def wrong_values(
    ways: Sequence[Workings], quantity: Quantity, mistakes: Iterable[Mistake] = tuple(MISTAKES.values())
) -> Iterator[tuple[str, int | None, float, tuple[Span, ...]]]:
    """Every mistake that can be made in this quantity, made: from the exact numbers, and from others too."""
    for mistake in mistakes:
        if quantity.kind not in mistake.kinds:
            continue
        with np.errstate(all="ignore"):
            for made in zip(*(mistake.make(way, quantity) for way in ways), strict=True):
                part, work, changed = made[0]
                spans = tuple(_ends(each, changed, as_shown) for _, each, _ in made)
                yield mistake.name, part, _value(work, changed), spans


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
