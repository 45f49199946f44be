"""Which numbers of a recorded step carry digits, and which are nothing but rounding.

A float is rounded by up to half of eps = 2.2 · 10⁻¹⁶ of its size. A sum or difference keeps the error of its
largest term, so what is left of numbers of size s carries nothing below some eps · s: `is_noise`. Errors then
travel like derivatives: through an equation y(x) an error of x becomes |∂y/∂x| times as large, and so does an
error of ∂C/∂y on its way back to ∂C/∂x. `derivative_noise` follows them through the whole step. Above all,
∂C/∂z = a − y of a converged output is such a difference: below 8 eps it is noise, and so is all behind it.
`carried` is what is left: a backward step with 0 where it is nothing but rounding.

A page asks for these many times, and of a large network they take some milliseconds, so the last are kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop.activations import SMALLEST_PROBABILITY
from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, read_only
from backprop.kinds import Activation
from backprop.network import input_of
from backprop.primitives import PRIMITIVES
from backprop.tape import TrainingStep, VJPStep

ROUNDING = 8 * float(np.finfo(np.float64).eps)
"""Share of the largest term by which a short sum may be off: eight roundings."""


def is_noise(value: float, *of: float) -> bool:
    """Whether `value`, a sum or difference of the numbers `of`, is 0 as far as their digits tell.

    is_noise(0.1 + 0.2 - 0.3, 0.1, 0.2, 0.3) is true; so is is_noise(0.0, …) of whatever numbers.
    """
    return abs(value) <= ROUNDING * max(map(abs, of), default=0.0)


def beyond(value: FloatArray, noise: FloatArray | float) -> FloatArray:
    """An array with 0 for the entries that are no larger than their noise."""
    return read_only(np.where(np.abs(value) > noise, value, 0.0))


@lru_cache(maxsize=8)
@OVERFLOW_IS_REPORTED
def value_noise(step: TrainingStep) -> Mapping[str, FloatArray]:
    """How far rounding may have moved every z and a, by name, each of its variable's shape; x is exact."""
    noise = {"x": np.zeros(step.config.layer_sizes[0])}
    for equation in step.tape.equations[:-1]:
        output = np.abs(step.tape[equation.output])
        rule = PRIMITIVES[equation.primitive]
        if not isinstance(rule, Activation):
            W, *b, x = (np.abs(step.tape[name]) for name in equation.inputs)
            noise[equation.output] = W @ noise[equation.inputs[-1]] + ROUNDING * (W @ x + sum(b))
        else:
            (z,) = equation.inputs
            jacobian = np.abs(step.vjp(equation.output, z).jacobian)
            noise[equation.output] = jacobian @ noise[z] + ROUNDING * output
            if rule.is_held:  # kept from falling further
                noise[equation.output] += rule.limits[0]
    return {name: read_only(array) for name, array in noise.items()}


def cost_noise(step: TrainingStep) -> float:
    """Below what change the cost tells nothing: its own rounding, and that of z of the last layer."""
    z = f"z{step.config.depth}"
    moved = value_noise(step)[z]
    return float(ROUNDING * step.loss_before + np.abs(step.cotangent(z)) @ moved + 0.5 * moved @ moved)


SMALL = 2.0**-17
"""About as long a step as central differences want, in units of what they are taken of."""

MET = 1e-9
"""Outputs this near to their targets meet them."""


@lru_cache(maxsize=16)
def carries_nothing(step: TrainingStep) -> bool:
    """Whether ∂C/∂z of the last layer is nothing but rounding, and so all that comes back from there.

    A sum over paths is no more exact than its least exact path, so its entries are judged together: 10⁻⁹⁷
    beside one that is 0 but for 10⁻³² says nothing.
    """
    z = f"z{step.config.depth}"
    return bool(np.abs(step.cotangent(z)).max() <= derivative_noise(step)[z].max())


def is_learned(step: TrainingStep) -> bool:
    """Whether nothing comes back because the target is met, and not because wrong outputs are saturated."""
    a = f"a{step.config.depth}"
    near = np.maximum(MET, value_noise(step)[a])
    return carries_nothing(step) and bool((np.abs(step.tape[a] - step.tape["y"]) <= near).all())


@lru_cache(maxsize=8)
@OVERFLOW_IS_REPORTED
def derivative_noise(step: TrainingStep) -> Mapping[str, FloatArray]:
    """By variable and in its shape: the size below which a derivative of the cost carries no digit."""
    noise = _noise_at_output(step)
    for vjp_step in step.vjp_steps:
        if vjp_step.wrt[0] == "W":
            noise[vjp_step.wrt] = _noise_of_weights(step, vjp_step, noise)
        elif vjp_step.wrt not in noise:
            noise[vjp_step.wrt] = _noise_of_terms(step, vjp_step, noise).sum(axis=0)
    return {name: read_only(array) for name, array in noise.items()}


@lru_cache(maxsize=16)
@OVERFLOW_IS_REPORTED
def path_noise(step: TrainingStep, output: str, wrt: str) -> FloatArray:
    """The same for each path term of ∂output/∂wrt, such as z2 and a1, in the shape of `path_terms`."""
    return read_only(_noise_of_terms(step, step.vjp(output, wrt), derivative_noise(step)))


def carried(step: TrainingStep, output: str, wrt: str) -> VJPStep:
    """The step from ∂C/∂output to ∂C/∂wrt, with 0 for factors, terms and sums that are rounding.

    Behind z of a step that `carries_nothing` all of them are.
    """
    vjp_step, noise = step.vjp(output, wrt), derivative_noise(step)
    if output[0] == "z" and carries_nothing(step):
        upstream, terms, cotangent = (
            read_only(np.zeros(array.shape))
            for array in (vjp_step.upstream, vjp_step.path_terms, vjp_step.cotangent)
        )
        return replace(vjp_step, upstream=upstream, path_terms=terms, cotangent=cotangent)
    return replace(
        vjp_step,
        upstream=beyond(vjp_step.upstream, noise[output]),
        path_terms=beyond(vjp_step.path_terms, path_noise(step, output, wrt)),
        cotangent=beyond(vjp_step.cotangent, noise[wrt]),
    )


def activation_slopes(step: TrainingStep, layer: int) -> FloatArray:
    """The diagonal of ∂a^l/∂z^l, shape (n,): 0 where a is so near its limit that 1 − a is rounding.

    The other limit of a sigmoid is the lowest probability that is kept: what is no larger is 0 as well.
    """
    a, z = f"a{layer}", f"z{layer}"
    noise = np.maximum(ROUNDING * np.abs(step.tape[a]), SMALLEST_PROBABILITY)
    return beyond(step.vjp(a, z).jacobian.diagonal(), noise)


def is_rounding(step: TrainingStep, layer: int) -> bool:
    """Whether no step of a layer is more than rounding noise, or none is large enough to be taken."""
    noise, updates = derivative_noise(step), [u for u in step.updates if u.name[1:] == str(layer)]
    if all((np.abs(update.gradient) <= noise[update.name]).all() for update in updates):
        return True
    return all((update.before == update.after).all() for update in updates)


def _noise_at_output(step: TrainingStep) -> dict[str, FloatArray]:
    """Of ∂C/∂a and ∂C/∂z of the last layer, where a − y is a difference."""
    a, z = f"a{step.config.depth}", f"z{step.config.depth}"
    size = np.maximum(np.abs(step.tape[a]), np.abs(step.tape["y"]))
    difference = ROUNDING * size + value_noise(step)[a]
    vjp_step, cost = step.vjp(a, z), step.config.cost
    upstream = np.abs(vjp_step.upstream)
    if cost.is_bounded:  # ∂C/∂a is as exact as a itself: −y / a, or (1 − y) / (1 − a)
        low, high = cost.domain
        to_limit = np.minimum(step.tape[a] - low, high - step.tape[a])
        of_a = upstream * (ROUNDING + difference / to_limit)
    else:
        of_a = _curvature(step) * difference
    if step.config.shortcut:
        return {a: of_a, z: difference}
    of_slope = (upstream + of_a) * _slope_noise(step, vjp_step)
    return {a: of_a, z: of_a @ np.abs(vjp_step.jacobian) + of_slope}


def _curvature(step: TrainingStep) -> FloatArray:
    """|∂²C/∂a²| of a cost of errors, by central differences: near enough to tell how far rounding goes."""
    a, y, (towards_a, _) = step.tape[f"a{step.config.depth}"], step.tape["y"], step.config.cost.jacobian
    assert towards_a is not None
    h = SMALL * np.maximum(1.0, np.abs(a))  # or it would be lost in a large output
    slopes = [towards_a(step.tape["C"], end, y) for end in (a + h, a - h)]
    return np.asarray(np.abs(slopes[0] - slopes[1]) / ((a + h) - (a - h)))


def _slope_noise(step: TrainingStep, vjp_step: VJPStep) -> FloatArray:
    """Of σ′: 1 − a² and a (1 − a) lose digits where a is near 1, and follow z; 0 and 1 are exact.

    A sigmoid's a (1 − a) is nothing where a is the lowest probability that is kept.
    """
    a = np.abs(step.tape[vjp_step.output])
    rule = step.config.rule(int(vjp_step.output[1:]))
    if rule.linear:
        return np.zeros(a.shape)
    kept = rule.limits[0] if rule.is_held else 0.0
    return ROUNDING * a + 2 * vjp_step.jacobian.diagonal() * value_noise(step)[vjp_step.wrt] + kept


def _noise_of_weights(step: TrainingStep, vjp_step: VJPStep, noise: Mapping[str, FloatArray]) -> FloatArray:
    """Of ∂C/∂W = upstream ⊗ a: what `_noise_of_terms` sums, without its zeros."""
    below = _below(vjp_step.wrt)
    upstream, of_upstream = np.abs(vjp_step.upstream), noise[vjp_step.output]
    return (
        np.outer(of_upstream, np.abs(step.tape[below]))
        + np.outer(upstream + of_upstream, value_noise(step)[below])
        + ROUNDING * np.abs(vjp_step.cotangent)
    )


def _below(W: str) -> str:
    """What the weights W are multiplied with: a1 for W2."""
    return input_of(int(W[1:]))


def _noise_of_terms(step: TrainingStep, vjp_step: VJPStep, noise: Mapping[str, FloatArray]) -> FloatArray:
    """Of upstream · Jacobian: the noise of either factor times the other, and that of the product."""
    output, wrt = vjp_step.output, vjp_step.wrt
    axes = (..., *[np.newaxis] * (vjp_step.jacobian.ndim - vjp_step.upstream.ndim))
    terms = noise[output][axes] * np.abs(vjp_step.jacobian) + ROUNDING * np.abs(vjp_step.path_terms)
    if output[0] == "a":
        of_jacobian = np.diag(_slope_noise(step, vjp_step))
    elif wrt[0] == "W":
        of_jacobian = np.eye(len(vjp_step.upstream))[:, :, np.newaxis] * value_noise(step)[_below(wrt)]
    else:
        return terms
    return terms + (np.abs(vjp_step.upstream) + noise[output])[axes] * of_jacobian
