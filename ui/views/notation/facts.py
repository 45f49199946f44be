"""The numbers that the differences from the article are told with."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from backprop import TrainingStep, VJPStep


class Diagonal(NamedTuple):
    """What the diagonal of ∂a/∂z alone leaves out.

    Attributes:
        left_out: the entry off the diagonal that is farthest from 0.
        entry: of z, 0-based, where one path alone is farthest from the sum.
        alone, total: that path's term and the sum.
        paths: so many are summed.
    """

    left_out: float
    entry: int
    alone: float
    total: float
    paths: int


def diagonal_only(vjp: VJPStep) -> Diagonal:
    """Of a square Jacobian that is not diagonal."""
    paths = len(vjp.jacobian)
    off_diagonal = vjp.jacobian[~np.eye(paths, dtype=bool)]
    alone = vjp.path_terms.diagonal()
    k = int(np.abs(vjp.cotangent - alone).argmax())
    left_out = off_diagonal[np.abs(off_diagonal).argmax()]
    return Diagonal(_or_zero(left_out), k, _or_zero(alone[k]), _or_zero(vjp.cotangent[k]), paths)


def units_off(step: TrainingStep, layers: Sequence[int]) -> tuple[int, int]:
    """How many units of these layers have z ≤ 0, and how many of them z = 0."""
    z = np.concatenate([step.tape[f"z{layer}"] for layer in layers])
    return int((z <= 0).sum()), int((z == 0).sum())


def _or_zero(value: float) -> float:
    """0 for what only the lowest probability that is kept has left over; see backprop.activations."""
    return float(value) if abs(value) > np.finfo(float).tiny else 0.0
