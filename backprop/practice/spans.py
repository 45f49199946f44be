"""Numbers as a reader has them: rounded to the digits that are shown, so that results differ by a little.

A `Span` holds every number between two, entry by entry. A formula applied to spans of the exact and of the
shown numbers gives all results that anybody can reach who computes with either, or with a mix of both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray

SHOWN_DIGITS = 3
"""Computed numbers are shown with so many significant digits, halves up."""

WHOLE_UP_TO = 1e5
"""Below it all digits before the point are shown."""

EPSILON = 1e-9
"""So near to a half that it may be shown rounded either way."""

KEPT_DIGITS = 7
"""Digits of the ends of a range; it is wider than computed by less than the last of them."""


class Span:
    """All numbers from `low` to `high`, entry by entry, with the arithmetic that formulas need."""

    __slots__ = ("high", "low")
    __array_ufunc__ = None  # array * span is left to the span

    def __init__(self, *ends: ArrayLike) -> None:
        """The smallest span that holds all of `ends`, which are arrays of one shape, or numbers."""
        arrays = [np.asarray(end, dtype=np.float64) for end in ends]
        self.low = np.minimum.reduce(arrays)
        self.high = np.maximum.reduce(arrays)

    def __add__(self, other: Any) -> "Span":
        low, high = ends_of(other)
        return Span(self.low + low, self.high + high)

    def __mul__(self, other: Any) -> "Span":
        low, high = ends_of(other)
        return Span(self.low * low, self.low * high, self.high * low, self.high * high)

    def __truediv__(self, count: float) -> "Span":
        return Span(self.low / count, self.high / count)

    __rmul__ = __mul__

    def sum(self) -> "Span":
        """The sum of all entries."""
        return Span(self.low.sum(), self.high.sum())


See = Callable[[Any], Any]
"""How the numbers of a formula are taken: `exactly`, `as_read`, `as_terms`, or (`as_shown`) any of these."""


def exactly(value: Any) -> Any:
    """The number itself."""
    return value


def as_shown(value: Any) -> Span:
    """A number, an array or a span, from what it is to what is shown of it."""
    low, high = ends_of(value)
    return Span(low, high, _rounded(low, -EPSILON * np.sign(low)), _rounded(high, EPSILON * np.sign(high)))


def as_read(value: Any) -> Span:
    """The shown number alone; what is computed of shown numbers keeps all its digits."""
    return value if isinstance(value, Span) else Span(shown(np.asarray(value, dtype=np.float64)))


def as_terms(value: Any) -> Span:
    """The exact number; what is computed of exact numbers is shown."""
    return Span(shown(value.low), shown(value.high)) if isinstance(value, Span) else Span(value)


def ends_of(value: Any) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest number of a span; of a number twice itself."""
    if isinstance(value, Span):
        return value.low, value.high
    array = np.asarray(value, dtype=np.float64)
    return array, array


def shown(values: FloatArray) -> FloatArray:
    """The numbers that can be read: rounded to three significant digits, all of them before the point."""
    return _rounded(values, EPSILON)


def readable(value: float) -> float:
    """The one number that can be read, the same as when it is typed again."""
    return float(f"{float(shown(np.asarray(value))):.{KEPT_DIGITS}g}")


def _rounded(values: FloatArray, nudge: float | FloatArray) -> FloatArray:
    """With `nudge` added to the digits that are kept, before halves go up."""
    size = np.abs(values)
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(size))
        places = np.where((power >= SHOWN_DIGITS) & (size < WHOLE_UP_TO), 0, SHOWN_DIGITS - 1 - power)
        first, second = 10.0 ** (places // 2), 10.0 ** (places - places // 2)  # at once it would overflow
        rounded = np.sign(values) * np.floor(size * first * second + 0.5 + nudge) / first / second
    return np.where(np.isfinite(rounded), rounded, values)


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both included."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


def written(ends: Span) -> Range:
    """All numbers of a span of one, and what three digits of them are."""
    low, high = float(ends.low), float(ends.high)
    return _outward(min(low, readable(low)), max(high, readable(high)))


def answers_to(ends: Span, value: float) -> Range:
    """What may be answered: anything in the span, rounded to three digits or as `value` is shown.

    Args:
        ends: what a reader may compute.
        value: the exact number, whose shown digits say how many decimals may be expected.
    """
    low, high, last = float(ends.low), float(ends.high), _unit(value)
    return _outward(
        min(low - _unit(low) / 2, _to_unit(low, last), readable(value)),
        max(high + _unit(high) / 2, _to_unit(high, last), readable(value)),
    )


def _to_unit(number: float, unit: float) -> float:
    """Rounded to a multiple of the unit, which makes no difference where the unit is tiny."""
    return floor(number / unit + 0.5) * unit if unit > EPSILON * abs(number) else number


def with_digits(ends: Span, digits: int) -> Range:
    """What a number of the span may be rounded to where only so many digits are given."""
    return _outward(_to_digits(float(ends.low), digits, -1), _to_digits(float(ends.high), digits, 1))


def _to_digits(number: float, digits: int, side: int) -> float:
    """Rounded; a half goes down or up, by `side`."""
    nudged = number + side * EPSILON * abs(number)
    return float(f"{nudged:.{digits - 1}e}")


def _unit(number: float) -> float:
    """One unit of the third digit; 0 for 0."""
    return float(f"1e{floor(log10(abs(number))) - SHOWN_DIGITS + 1}") if number else 0.0


def _outward(low: float, high: float) -> Range:
    hair = 10.0 ** (1 - KEPT_DIGITS)
    ends = (low - hair * abs(low), high + hair * abs(high))
    return Range(*(float(f"{end:.{KEPT_DIGITS - 1}e}") + 0.0 for end in ends))  # no −0
