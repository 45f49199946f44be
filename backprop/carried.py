"""What the derivatives of a step carry: 0 where they are nothing but rounding. No Streamlit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray, read_only
from backprop.gradcheck import STEP
from backprop.noise import ROUNDING, carries_nothing, cost_noise, derivative_noise, path_noise
from backprop.primitives import SMALLEST_PROBABILITY


def beyond(value: FloatArray, noise: FloatArray | float) -> FloatArray:
    """An array with 0 for the entries that are no larger than their noise."""
    return read_only(np.where(np.abs(value) > noise, value, 0.0))


# A page asks for these many times; of a large network they take some milliseconds.
noise_of: Callable[[TrainingStep], Mapping[str, FloatArray]] = lru_cache(maxsize=8)(derivative_noise)
terms_noise: Callable[[TrainingStep, str, str], FloatArray] = lru_cache(maxsize=16)(path_noise)


def carried(step: TrainingStep, output: str, wrt: str) -> VJPStep:
    """The step from ∂C/∂output to ∂C/∂wrt, with 0 for factors, terms and sums that are rounding.

    Behind z of a step that `carries_nothing` all of them are.
    """
    vjp_step, noise = step.vjp(output, wrt), noise_of(step)
    if output[0] == "z" and carries_nothing(step):
        upstream, terms, cotangent = (
            read_only(np.zeros(array.shape))
            for array in (vjp_step.upstream, vjp_step.path_terms, vjp_step.cotangent)
        )
        return replace(vjp_step, upstream=upstream, path_terms=terms, cotangent=cotangent)
    return replace(
        vjp_step,
        upstream=beyond(vjp_step.upstream, noise[output]),
        path_terms=beyond(vjp_step.path_terms, terms_noise(step, output, wrt)),
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
    noise, names = noise_of(step), (f"W{layer}", f"b{layer}")
    if all((np.abs(step.gradients[name]) <= noise[name]).all() for name in names):
        return True
    return all((update.before == update.after).all() for update in step.updates if update.name in names)


@lru_cache(maxsize=16)
def slope_noise(step: TrainingStep, name: str) -> FloatArray:
    """Below this a numeric slope towards `name` is rounding: of the two costs it compares, or of itself."""
    return np.maximum(noise_of(step)[name], cost_noise(step) / STEP)
