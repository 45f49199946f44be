"""The backward pass: one loop over the tape, last equation first, applying the rules of the primitives."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import (
    OVERFLOW_IS_REPORTED,
    BoolArray,
    FloatArray,
    as_float_array,
    read_only,
    require_finite,
)
from backprop.kinds import Rule
from backprop.primitives import PRIMITIVES
from backprop.tape import Equation, Tape, VJPStep

PathMasks = Mapping[tuple[str, str], ArrayLike]
"""{("z2", "a1"): mask}: which entries of the Jacobian ∂z2/∂a1 count; the mask has its shape."""

ONE = read_only(np.ones(()))
"""∂C/∂C, where every backward pass begins."""

APPEND_AXES = ((...,), (..., None), (..., None, None))
"""Index that appends 0, 1 or 2 axes to an array."""


@OVERFLOW_IS_REPORTED
def backward_pass(tape: Tape, keep_paths: PathMasks | None = None) -> tuple[VJPStep, ...]:
    """One VJPStep for each (output, input) pair, last equation first.

    Args:
        tape: a forward pass.
        keep_paths: masks that drop paths, to see what a wrong rule computes. Jacobians without a
            mask keep all their paths.

    Raises:
        ValueError: if a mask names no Jacobian of this tape, or has another shape, or a cotangent
            overflows.
    """
    values = {variable.name: variable.value for variable in tape.variables}
    masks = require_masks(tape.equations, values, keep_paths)
    cotangents = {tape.cost: ONE}
    steps = []
    for equation in reversed(tape.equations):
        for argument, wrt in enumerate(equation.inputs):
            if PRIMITIVES[equation.primitive].vjp[argument] is None:
                continue
            upstream = cotangents[equation.output]
            step = pull_back(values, equation, argument, upstream, masks.get((equation.output, wrt)))
            accumulate(cotangents, wrt, step.cotangent)
            steps.append(step)
    # Products of what is not finite are not finite either, so an overflow shows in the last cotangent.
    require_finite(f"tape, ∂C/∂{steps[-1].wrt}", steps[-1].cotangent)
    return tuple(steps)


def pull_back(
    values: Mapping[str, FloatArray],
    equation: Equation,
    argument: int,
    upstream: FloatArray,
    kept: BoolArray | None,
) -> VJPStep:
    """Carry ∂C/∂output back through one equation to its input number `argument`."""
    jacobian_rule, vjp_rule = rules_towards(equation, argument)
    output = values[equation.output]
    inputs = [*map(values.__getitem__, equation.inputs)]
    jacobian = jacobian_rule(output, *inputs)
    path_terms = path_products(upstream, jacobian, inputs[argument].ndim)
    if kept is None:
        cotangent = vjp_rule(upstream, output, *inputs)
    else:
        path_terms = path_terms * kept
        cotangent = path_terms.sum(axis=tuple(range(upstream.ndim)))
    for array in (jacobian, path_terms, cotangent):
        array.setflags(write=False)
    return VJPStep(
        output=equation.output,
        wrt=equation.inputs[argument],
        upstream=upstream,
        jacobian=jacobian,
        kept=kept,
        path_terms=path_terms,
        cotangent=cotangent,
        paths=output.size if PRIMITIVES[equation.primitive].dense[argument] else 1,
    )


def rules_towards(equation: Equation, argument: int) -> tuple[Rule, Rule]:
    """The rules of ∂output/∂(input number `argument`), and of a cotangent's way back through it."""
    primitive = PRIMITIVES[equation.primitive]
    jacobian, vjp = primitive.jacobian[argument], primitive.vjp[argument]
    if jacobian is None or vjp is None:
        raise ValueError(f"argument: {primitive.name} has no derivative towards its input number {argument}")
    return jacobian, vjp


def path_products(upstream: FloatArray, jacobian: FloatArray, wrt_ndim: int) -> FloatArray:
    """Upstream times jacobian, entry by entry along the output's axes; wrt_ndim axes follow those."""
    return upstream[APPEND_AXES[wrt_ndim]] * jacobian


def accumulate(cotangents: dict[str, FloatArray], name: str, cotangent: FloatArray) -> None:
    """Add one use's share to ∂C/∂name: a variable that is used twice has the sum of both."""
    cotangents[name] = cotangents[name] + cotangent if name in cotangents else cotangent


def require_masks(
    equations: Sequence[Equation], example: Mapping[str, FloatArray], keep_paths: PathMasks | None
) -> dict[tuple[str, str], BoolArray]:
    """The masks as arrays of bool.

    Args:
        equations: those of the network.
        example: every variable by name, for one observation.
        keep_paths: the masks to check.

    Raises:
        ValueError: if a key names no Jacobian of these equations, a mask has not the Jacobian's
            shape, or an entry is neither 0 nor 1.
    """
    if keep_paths is None:
        return {}
    if not isinstance(keep_paths, Mapping):
        raise ValueError(f"keep_paths: expected a mapping of pairs to masks, got {keep_paths!r}")
    known = [
        (equation.output, wrt)
        for equation in equations
        for wrt, rule in zip(equation.inputs, PRIMITIVES[equation.primitive].vjp, strict=True)
        if rule is not None
    ]
    masks = {}
    for pair, mask in keep_paths.items():
        if pair not in known:
            raise ValueError(f"keep_paths: expected a pair among {known}, got {pair!r}")
        output, wrt = pair
        name = f"keep_paths[{output}, {wrt}]"
        array = as_float_array(name, mask, example[output].shape + example[wrt].shape)
        if not np.isin(array, (0, 1)).all():
            raise ValueError(f"{name}: expected a mask of 0 and 1, got {mask!r}")
        masks[pair] = read_only(array.astype(np.bool_))
    return masks
