"""Activations a = f(z) with their derivatives and formulas: another one is one more entry of ACTIVATIONS.

Shapes: z and a (m,), or (N, m) for a batch. Source of the formulas: the article "The Total Derivative"
(May 2025), sections 2.2 and 3.2.
"""

import numpy as np

from backprop.arrays import FloatArray
from backprop.kinds import Activation, Formulas, elementwise, identity_matrix

SMALLEST_PROBABILITY = np.finfo(np.float64).tiny
"""Smallest normal float. Probabilities stay at or above it, so that −y/a stays finite."""

LARGEST_PROBABILITY = 1 - np.finfo(np.float64).epsneg
"""Largest float below 1. Sigmoids stay at or below it, so that 1/(1 − a) stays finite."""


# --- element-wise activations: the Jacobian is diagonal ---------------------------------------------


def relu(z: FloatArray) -> FloatArray:
    """a = max(0, z)."""
    return np.maximum(z, 0.0)


def relu_derivative(a: FloatArray, z: FloatArray) -> FloatArray:
    """1 where z > 0, else 0: the sign of a. At 0 it is taken as 0. Source: section 3.2.3, step III."""
    return np.sign(a)


def sigmoid(z: FloatArray) -> FloatArray:
    """a = 1 / (1 + e^−z), kept strictly between 0 and 1; no overflow for any z."""
    return np.clip(np.exp(-np.logaddexp(0.0, -z)), SMALLEST_PROBABILITY, LARGEST_PROBABILITY)


def sigmoid_derivative(a: FloatArray, z: FloatArray) -> FloatArray:
    """a (1 − a)."""
    return a * (1.0 - a)


def tanh_derivative(a: FloatArray, z: FloatArray) -> FloatArray:
    """1 − a²."""
    return 1.0 - a * a


def identity(z: FloatArray) -> FloatArray:
    """a = z, as a new array."""
    return +z


def identity_derivative(a: FloatArray, z: FloatArray) -> FloatArray:
    """1."""
    return np.ones_like(z)


# --- softmax: the Jacobian is dense -----------------------------------------------------------------


def softmax(z: FloatArray) -> FloatArray:
    """a_k = e^{z_k} / Σ_i e^{z_i}, shifted by max z so that nothing overflows."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    a: FloatArray = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return np.maximum(a, SMALLEST_PROBABILITY)


def softmax_jacobian(a: FloatArray, z: FloatArray) -> FloatArray:
    """∂a/∂z = diag(a) − a aᵀ, shape (m, m). The article keeps only the diagonal: section 3.2.1, step II."""
    return a[..., None] * (identity_matrix(a.shape[-1]) - a[..., None, :])


def softmax_vjp(upstream: FloatArray, a: FloatArray, z: FloatArray) -> FloatArray:
    """a * (upstream − Σ_k upstream_k a_k), shape (m,): every a_k depends on every z_i."""
    mean: FloatArray = np.vecdot(upstream, a)
    return a * (upstream - mean[..., None])


ACTIVATIONS = (
    elementwise(
        "relu",
        relu,
        relu_derivative,
        Formulas(
            value=r"\max(0, {z})",
            derivative=r"1 \text{{ if }} {z} > 0 \text{{, else }} 0",
            vector=r"\operatorname{{diag}}(\operatorname{{relu}}'({z}))",
            plain="max(0, {z})",
            plain_derivative="1 if {z} > 0, else 0",
            written="max(0, {z})",
            written_derivative="{zi} = {z} > 0",
            numpy="np.maximum(0, {z})",
            numpy_derivative="({z} > 0) * 1.0",
        ),
        linear=True,
        kinked=True,
        switches=True,
    ),
    elementwise(
        "tanh",
        np.tanh,
        tanh_derivative,
        Formulas(
            value=r"\tanh {z}",
            derivative="1 - ({a})^2",
            vector=r"\operatorname{{diag}}(1 - {a} * {a})",
            plain="tanh {z}",
            plain_derivative="1 − ({a})²",
            written="tanh({z})",
            written_derivative="1 − {a}²",
            numpy="np.tanh({z})",
            numpy_derivative="1 - {a} ** 2",
        ),
    ),
    elementwise(
        "sigmoid",
        sigmoid,
        sigmoid_derivative,
        Formulas(
            value=r"\frac{{1}}{{1 + e^{{-{z}}}}}",
            derivative="{a} (1 - {a})",
            vector=r"\operatorname{{diag}}({a} * (1 - {a}))",
            plain="1 / (1 + exp(−{z}))",
            plain_derivative="{a} · (1 − {a})",
            written="1 / (1 + exp(−{z}))",
            written_derivative="{a} · (1 − {a})",
            numpy="1 / (1 + np.exp(-{z}))",
            exact="np.exp(-np.logaddexp(0, -{z}))",
            numpy_derivative="{a} * (1 - {a})",
        ),
        limits=(SMALLEST_PROBABILITY, LARGEST_PROBABILITY),
    ),
    elementwise(
        "identity",
        identity,
        identity_derivative,
        Formulas(
            value="{z}",
            derivative="1",
            vector=r"\mathbf{{I}}",
            plain="{z}",
            plain_derivative="1",
            written="{z}",
            written_derivative="{ai} is {zi} itself",
            numpy="{z}.copy()",
            numpy_derivative="np.ones_like({z})",
        ),
        linear=True,
    ),
    Activation(
        "softmax",
        softmax,
        (softmax_jacobian,),
        (softmax_vjp,),
        dense=(True,),
        formulas=Formulas(
            value=r"\frac{{e^{{{z}}}}}{{\sum_i e^{{{each}}}}}",
            derivative=r"{a} (\delta_{{{indices}}} - {other})",
            vector=r"\operatorname{{diag}}({a}) - {a} \, {turned}",
            plain="exp({z}) / Σₖ exp({zs}ₖ)",
            plain_derivative="{a} · (1 − {a})",
            beside="−{a} · {other}",
            written="exp({z}) / (Σ[exp({z})])",
            written_derivative="{a} · (1 − {a})",
            numpy="np.exp({z} - {z}.max()) / np.exp({z} - {z}.max()).sum()",
            numpy_derivative="np.diag({a}) - np.outer({a}, {a})",
        ),
        limits=(SMALLEST_PROBABILITY, np.inf),
    ),
)
