"""Planes through the space of the inputs, on which a network's decisions can be drawn. Shapes: X (N, n)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray, as_float_array, read_only, require_shape


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The points origin + u · axes[0] + v · axes[1].

    Attributes:
        origin: shape (n,).
        axes: two orthonormal directions, shape (2, n).
    """

    origin: FloatArray
    axes: FloatArray

    def coordinates(self, X: FloatArray) -> FloatArray:
        """(u, v) of every observation, projected onto the plane at a right angle; shape (N, 2)."""
        require_shape("X", X, ("N", len(self.origin)))
        return np.asarray((X - self.origin) @ self.axes.T)

    def grid(self, u: FloatArray, v: FloatArray) -> FloatArray:
        """The points of a grid, one a row: first all u of v[0], then of v[1]; shape (len(v) · len(u), n)."""
        uv = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
        return np.asarray(self.origin + uv @ self.axes)


def feature_plane(origin: ArrayLike, first: int, second: int) -> Plane:
    """The plane of two features; all others stay as in `origin`, shape (n,), which is 0 in these two.

    u and v are then the values of the two features.
    """
    point = np.array(as_float_array("origin", origin, ("n",)))
    if not (first != second and 0 <= first < len(point) and 0 <= second < len(point)):
        raise ValueError(f"first, second: expected two of 0..{len(point) - 1}, got {first} and {second}")
    point[[first, second]] = 0
    return Plane(read_only(point), read_only(np.eye(len(point))[[first, second]]))


def principal_plane(X: ArrayLike) -> tuple[Plane, FloatArray]:
    """The plane through the mean along the first two principal components, and the share of each.

    The signs are such that the entry of largest size of each direction is positive.

    Returns: the plane, and which share of the variance lies along each direction, shape (2,).
    Source: Pearson 1901; the directions are right singular vectors of the centred observations.

    Raises:
        ValueError: if there are fewer than two features or observations, or no variance at all.
    """
    x = as_float_array("X", X, ("N", "n"))
    if min(x.shape) < 2:
        raise ValueError(f"X: expected two or more observations and features, got shape {x.shape}")
    mean = x.mean(axis=0)
    _, sizes, directions = np.linalg.svd(x - mean, full_matrices=False)
    variances = sizes**2
    if variances.sum() == 0:
        raise ValueError("X: expected observations that differ, got the same one again and again")
    axes = directions[:2]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1, keepdims=True), axis=1)
    return Plane(read_only(mean), read_only(axes * np.sign(largest))), read_only(
        variances[:2] / variances.sum()
    )
