"""What the words, the bars and the curve of the total derivative page all go by."""

from itertools import accumulate

import numpy as np

from backprop.total_derivative import OUTERS, TotalDerivative

ROUNDING = 1e-12
"""A sum smaller than this share of its terms is what rounding leaves of 0."""

QUOTIENT, SMALLEST = 1e-6, 1e-3
"""A difference quotient is good to this share of f, or of the products, or of the second number where both
are smaller still; of all examples none has a slope between 0 and four times that."""

CONSTANT = "constant"


def without_noise(value: float, scale: float, share: float = ROUNDING) -> float:
    """`value`, or 0 where it is rounding noise beside what it was made from, which is of the size `scale`."""
    return 0.0 if abs(value) <= share * scale else value


def slope(result: TotalDerivative) -> float:
    """df/dt: the sum of the products, 0 where they cancel but for rounding."""
    return running_totals(result)[-1]


def running_totals(result: TotalDerivative) -> list[float]:
    """The sum of the products up to each path, without rounding noise."""
    terms = result.terms.tolist()  # a scene asks 121 times: a fifth of the time that NumPy takes for three
    return list(map(without_noise, accumulate(terms), accumulate(map(abs, terms))))


def numeric_slope(result: TotalDerivative) -> float:
    """The difference quotient, 0 where it is no more than its own error."""
    return without_noise(float(result.numeric), _size(result), QUOTIENT)


def quotient_agrees(result: TotalDerivative) -> bool:
    """Whether the difference quotient tells the sum of the products right, as far as it can tell."""
    return abs(float(result.numeric) - slope(result)) <= QUOTIENT * _size(result)


def moving(result: TotalDerivative) -> list[int]:
    """Numbers of the variables that depend on t at all."""
    return [number for number, inner in enumerate(result.inners) if inner != CONSTANT]


def carrying(result: TotalDerivative) -> list[int]:
    """Numbers of the paths whose product is not 0 at this t."""
    return np.flatnonzero(result.terms).tolist()


def lone_path(result: TotalDerivative) -> int:
    """The path that a reader of the single-variable rule follows: the first that carries something.

    Where none does, the first whose variable moves; where none moves, the first.
    """
    return next(iter((*carrying(result), *moving(result), 0)))


def lone_error(result: TotalDerivative) -> float:
    """By how much that path alone misses the slope."""
    size = float(np.abs(result.terms).sum())
    return without_noise(float(result.terms[lone_path(result)]) - slope(result), size)


def names_of(result: TotalDerivative, numbers: list[int], join: str = "and") -> str:
    """Such as "x", "x and y", "x, y and z"; empty where there are none."""
    names = [OUTERS[result.outer].variables[number] for number in numbers]
    return f" {join} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _size(result: TotalDerivative) -> float:
    return float(max(np.abs(result.terms).sum(), abs(result.f), SMALLEST))
