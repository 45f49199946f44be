"""Each derivative that backpropagation found against a central difference, entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from backprop.arrays import BoolArray, FloatArray, read_only
from backprop.differences import REASONS, STEP, TOLERANCE, Reason, Reasons, difference_quotient, scale_of
from backprop.noise import cost_noise, derivative_noise
from backprop.tape import TrainingStep

OTHER_STEPS = (STEP / 10, STEP * 10)


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """The derivative of the cost towards one variable, by the rules and by differences.

    Attributes:
        name: of the variable.
        analytic: ∂C/∂variable as backpropagation computed it.
        numeric: the central difference; 0 where not judged.
        reasons: a Reason for every entry, JUDGED where the difference can tell; all four arrays have the
            variable's shape.
        error: |analytic − numeric| / max(1, |numeric|), 0 where not judged.
    """

    name: str
    analytic: FloatArray
    numeric: FloatArray
    reasons: Reasons
    error: FloatArray

    @property
    def judged(self) -> BoolArray:
        """Where the difference can tell the derivative."""
        return np.asarray(self.reasons == Reason.JUDGED)

    @property
    def agrees(self) -> bool:
        """Whether every judged entry is within TOLERANCE."""
        return bool((self.error <= TOLERANCE).all())

    def why_not(self, index: int | Sequence[int]) -> str:
        """Why the entry is not judged, one of REASONS; "" where it is."""
        return REASONS[self.reasons[tuple(np.atleast_1d(index))]]


def check_gradients(step: TrainingStep) -> tuple[GradientCheck, ...]:
    """Check every cotangent and gradient of a recorded step, in the order of its backward pass."""
    names = dict.fromkeys(vjp_step.wrt for vjp_step in step.vjp_steps)
    return tuple(check_gradient(step, name) for name in names)


def check_gradient(step: TrainingStep, name: str) -> GradientCheck:
    """Check the cotangent or gradient of one variable, such as "a1"."""
    analytic = step.cotangent(name)
    difference = difference_quotient(step.config, step.tape, name)
    numeric, reasons = difference.values, difference.reasons
    distance = np.abs(analytic - numeric)
    wrong = difference.judged & (distance > TOLERANCE * scale_of(numeric))
    if wrong.any():
        reasons = np.where(wrong, _why_wrong(step, name, numeric, distance), reasons).astype(np.int8)
        numeric = read_only(np.where(reasons == Reason.JUDGED, numeric, 0.0))
    error = np.where(reasons == Reason.JUDGED, distance / scale_of(numeric), 0.0)
    return GradientCheck(name, analytic, numeric, read_only(reasons), read_only(error))


def _why_wrong(step: TrainingStep, name: str, numeric: FloatArray, distance: FloatArray) -> Reasons:
    """Whose fault it is that `numeric` lies `distance` from the rules; JUDGED where it is that of the rules.

    A difference that another step changes as much is at fault itself: it shows rounding, as far as that
    reaches, or else curvature. The rules are not to blame where all they found is rounding.
    """
    spread = np.max([_spread(step, name, numeric, h) for h in OTHER_STEPS], axis=0)
    noise = derivative_noise(step)[name]
    return np.select(
        [
            (10 * spread >= distance) & (distance <= cost_noise(step) / STEP),
            10 * spread >= distance,
            np.maximum(distance, np.abs(step.cotangent(name))) <= noise,
        ],
        [Reason.LAYERS_ROUNDED, Reason.BENDS, Reason.NOISE],
        Reason.JUDGED,
    )


def _spread(step: TrainingStep, name: str, numeric: FloatArray, h: float) -> FloatArray:
    """How far the difference with another step lies from `numeric`; 0 where it tells nothing."""
    other = difference_quotient(step.config, step.tape, name, h)
    return np.where(other.judged, np.abs(other.values - numeric), 0.0)


@lru_cache(maxsize=16)
def slope_noise(step: TrainingStep, name: str) -> FloatArray:
    """Below this a numeric slope towards `name` is rounding: of the two costs it compares, or of itself."""
    return np.maximum(derivative_noise(step)[name], cost_noise(step) / STEP)
