"""Numerical Jacobians: local derivatives of one equation by central differences."""

import numpy as np

from backprop.arrays import OVERFLOW_IS_REPORTED, BoolArray, FloatArray, read_only
from backprop.gradcheck import NEAR_KINK, STEP, TOLERANCE, Difference, Reason
from backprop.primitives import PRIMITIVES
from backprop.tape import Equation, Tape


def numerical_jacobian(tape: Tape, output: str, wrt: str, h: float = STEP) -> tuple[FloatArray, BoolArray]:
    """The values of `jacobian_difference`, 0 where not judged, and the mask of the entries that are."""
    difference = jacobian_difference(tape, output, wrt, h)
    return difference.values, read_only(difference.judged)


@OVERFLOW_IS_REPORTED
def jacobian_difference(tape: Tape, output: str, wrt: str, h: float = STEP) -> Difference:
    """∂output/∂wrt through the equation that computes output, one entry of wrt moved by ±h at a time.

    Args:
        tape: a forward pass.
        output: name of an output, other than the cost, whose local derivative is its cotangent.
        wrt: name of one of the inputs of its equation.
        h: the step.

    Returns:
        The Jacobian and its reasons, both of shape (*output.shape, *wrt.shape).

    Raises:
        ValueError: if no equation of the tape leads from wrt to output.
    """
    equation = next((e for e in tape.equations[:-1] if e.output == output and wrt in e.inputs), None)
    if equation is None:
        raise ValueError(f"output, wrt: expected an output and an input of one equation, got {output}, {wrt}")
    value = tape[wrt]
    moves = h * np.eye(value.size).reshape(-1, *value.shape)
    ends = []
    for end in (value + moves, value - moves):
        inputs = [end if name == wrt else tape[name] for name in equation.inputs]
        ends.append(PRIMITIVES[equation.primitive].forward(*inputs))
    moved = ((value + h) - (value - h)).ravel()
    numeric = (ends[0] - ends[1]).T / np.where(moved > 0, moved, 1.0)  # column e moves entry e of wrt
    rounding = 4 * np.spacing(_largest_terms(tape, equation))[:, np.newaxis] / np.where(moved > 0, moved, 1.0)
    reasons = np.select(
        [
            ~np.isfinite(numeric),
            np.broadcast_to(moved <= 0, numeric.shape),
            np.broadcast_to(
                (equation.primitive == "relu") & (np.abs(value).ravel() <= NEAR_KINK * h), numeric.shape
            ),
            (rounding > TOLERANCE * np.maximum(1.0, np.abs(numeric))),
        ],
        [Reason.OVERFLOW, Reason.STEP_LOST, Reason.KINK, Reason.RESULT_ROUNDED],
        Reason.JUDGED,
    ).astype(np.int8)
    shape = (*tape[output].shape, *value.shape)
    values = np.where((reasons == Reason.JUDGED) & (np.abs(numeric) > rounding), numeric, 0.0)
    return Difference(read_only(values.reshape(shape)), read_only(reasons.reshape(shape)))


def _largest_terms(tape: Tape, equation: Equation) -> FloatArray:
    """By what the rounding of every output is measured: the sizes of the terms in its sum; shape (m,)."""
    if equation.primitive != "affine":
        return np.abs(tape[equation.output])
    W, b, x = (np.abs(tape[name]) for name in equation.inputs)
    return np.asarray(W @ x + b)
