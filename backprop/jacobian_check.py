"""Numerical Jacobians: local derivatives of one equation by central differences."""

import numpy as np

from backprop.arrays import BoolArray, FloatArray, read_only
from backprop.gradcheck import STEP
from backprop.primitives import PRIMITIVES
from backprop.tape import Tape


def numerical_jacobian(tape: Tape, output: str, wrt: str, h: float = STEP) -> tuple[FloatArray, BoolArray]:
    """∂output/∂wrt through the equation that computes output, one entry of wrt moved by ±h at a time.

    Args:
        tape: a forward pass.
        output: name of an output, other than the cost, whose local derivative is its cotangent.
        wrt: name of one of the inputs of its equation.
        h: the step.

    Returns:
        The Jacobian and the mask of the entries that could be judged, both of shape
        (*output.shape, *wrt.shape). An entry is not judged where a ReLU input lies within 10 h of its kink.

    Raises:
        ValueError: if no equation of the tape leads from wrt to output.
    """
    equation = next((e for e in tape.equations[:-1] if e.output == output and wrt in e.inputs), None)
    if equation is None:
        raise ValueError(f"output, wrt: expected an output and an input of one equation, got {output}, {wrt}")
    value = tape[wrt]
    moves = h * np.eye(value.size).reshape(-1, *value.shape)
    ends = []
    for moved in (value + moves, value - moves):
        inputs = [moved if name == wrt else tape[name] for name in equation.inputs]
        ends.append(PRIMITIVES[equation.primitive].forward(*inputs))
    # Row e of the difference belongs to entry e of wrt: the Jacobian's columns come first.
    jacobian = ((ends[0] - ends[1]) / (2 * h)).T.reshape(*tape[output].shape, *value.shape)
    judged = np.ones(jacobian.shape, dtype=np.bool_)
    if equation.primitive == "relu":
        judged &= np.abs(value) > 10 * h
    return read_only(jacobian), judged
