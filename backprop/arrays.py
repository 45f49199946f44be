"""Arrays at the border of the core: float64, checked once, then read-only."""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
AnyArray = TypeVar("AnyArray", bound=NDArray[Any])

OVERFLOW_IS_REPORTED = np.errstate(over="ignore", invalid="ignore")
"""Decorator of public functions that raise ValueError where NumPy would warn."""


def read_only(array: AnyArray) -> AnyArray:
    """Mark `array` read-only, in place, and return it."""
    array.setflags(write=False)
    return array


def as_float_array(
    name: str, value: ArrayLike, shape: Sequence[int | str], order: Literal["K", "F"] = "K"
) -> FloatArray:
    """Copy `value` into a read-only float64 array after checking shape and finiteness.

    Args:
        name: name of the argument, for the error message.
        value: anything NumPy can turn into numbers.
        shape: expected shape; a string stands for a length that may be anything from 1 up.
        order: of the copy in memory: F for column by column, K for that of `value`.

    Raises:
        ValueError: if the shape differs, or an entry is not a finite number.
    """
    if getattr(getattr(value, "dtype", None), "kind", "") == "c":  # NumPy would drop the imaginary part
        raise ValueError(f"{name}: expected real numbers of shape {_show(shape)}, got {value!r}")
    try:
        array = np.array(value, dtype=np.float64, order=order)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name}: expected numbers of shape {_show(shape)}, got {value!r}") from error
    require_shape(name, array, shape)
    require_finite(name, array)
    return read_only(array)


def require_shape(name: str, array: NDArray[Any], shape: Sequence[int | str]) -> None:
    """Raise ValueError unless `array` has the expected shape (a string allows any length from 1 up)."""
    if array.shape == shape:
        return
    fits = array.ndim == len(shape)
    for got, expected in zip(array.shape, shape, strict=False):
        fits = fits and (got == expected or (isinstance(expected, str) and got >= 1))
    if not fits:
        raise ValueError(f"{name}: expected shape {_show(shape)}, got {array.shape}")


def all_finite(array: FloatArray) -> bool:
    """Whether no entry of `array` is NaN or infinite."""
    # The squared norm shows a NaN or an infinity three times faster than a look at every entry does;
    # it may also overflow by itself, so a closer look follows.
    entries = array.ravel(order="K")
    return isfinite(np.vdot(entries, entries)) or bool(np.isfinite(entries).all())


def require_finite(name: str, array: FloatArray) -> None:
    """Raise ValueError if an entry of `array` is NaN or infinite."""
    if not all_finite(array):
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        where = f" at {list(index)}" if index else ""
        raise ValueError(f"{name}: expected finite numbers, got {array[index]}{where}")


def _show(shape: Sequence[int | str]) -> str:
    """(4,) or (N, 4), as Python prints a tuple but without quotes."""
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
