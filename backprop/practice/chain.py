"""Predict the slope of f(u_1(t), …, u_m(t)): the sum over paths of two factors each, and what goes wrong."""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np

from backprop.practice.formulas import Quantity, Term
from backprop.practice.judging import Problem, WrongValue
from backprop.practice.spans import Range, Span, answers_to, as_read, as_shown, as_terms, with_digits, written

CHAIN_MISTAKES = ("added", "factor_alone", "one_path", "paths_averaged", "paths_multiplied")
"""Factors added; one factor alone (part 2i or 2i + 1); path i alone; the mean of the paths; their product."""


def chain_problem(factors: Sequence[tuple[float, float]]) -> Problem:
    """The slope from (∂f/∂u_i, du_i/dt) of each path. Source: article, section 2.0.2."""
    row, column = (np.array(each, dtype=np.float64) for each in zip(*factors, strict=True))
    right = float(row @ column)
    shown = as_shown(as_shown(row) * as_shown(column)).sum()
    plain = [(see(see(row) * see(column))).sum() for see in (as_read, as_terms)]
    ends = Span(right, shown.low, shown.high)
    answers = answers_to(ends, right)
    wrong = tuple(
        WrongValue(name, part, value, within)
        for name, part, value in _wrong(factors)
        if value not in answers
        for within in (_taken_for(value),)
    )
    computed = written(Span(right, *(end for span in plain for end in (span.low, span.high))))
    nearly = with_digits(ends, 1), with_digits(ends, 2)
    terms = tuple(Term(pair, prod(pair)) for pair in factors)
    return Problem(Quantity("chain", 0, ()), right, computed, answers, nearly, terms, wrong)


def _wrong(factors: Sequence[tuple[float, float]]) -> Iterator[tuple[str, int | None, float]]:
    products = [prod(pair) for pair in factors]
    if len(factors) == 1:
        yield "added", None, sum(factors[0])
        for part, factor in enumerate(factors[0]):
            yield "factor_alone", part, factor
        return
    for part, product in enumerate(products):
        yield "one_path", part, product
    yield "paths_averaged", None, sum(products) / len(products)
    yield "paths_multiplied", None, prod(products)
    yield "added", None, float(sum(map(sum, factors)))


def _taken_for(value: float) -> Range:
    """Answers within what rounding the factors to three digits can make of it."""
    return answers_to(Span(value - 0.005 * abs(value), value + 0.005 * abs(value)), value)
