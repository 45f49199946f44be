"""Costs C of a and y with their derivatives and formulas: another one is one more entry of COSTS.

Shapes: a and y (m,), C (), or (N, m) and (N,) for a batch. Source of the formulas: the article
"The Total Derivative" (May 2025), section 3.2.
"""

from functools import lru_cache

import numpy as np

from backprop.activations import SMALLEST_PROBABILITY
from backprop.arrays import FloatArray, read_only
from backprop.kinds import Formulas, Shortcut, cost


@lru_cache(maxsize=64)
def all_but_itself(m: int) -> FloatArray:
    """The m × m matrix that sums for every entry all others; made once and read-only."""
    return read_only(1.0 - np.eye(m))


def cross_entropy(a: FloatArray, y: FloatArray) -> FloatArray:
    """C = −Σ_k y_k ln a_k, shape () or (N,) for a batch."""
    C: FloatArray = -np.vecdot(y, np.log(a))
    return C


def cross_entropy_derivative(C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂a = −y / a, shape (m,). Source: section 3.2.1, step I."""
    return -y / a


def cross_entropy_of_softmax(z: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """C = Σ_k y_k (ln Σ_i e^{z_i} − z_k), exact for any z; a = softmax(z).

    −ln a_k is ln(1 + Σ_{i≠k} a_i / a_k), which keeps its digits where a_k rounds to 1. Where a probability
    is kept from falling further, its true size is still in z.
    """
    if a.min() > SMALLEST_PROBABILITY:
        others = np.matmul(a, all_but_itself(a.shape[-1]), order="F")
        C: FloatArray = np.vecdot(y, np.log1p(others / a))
        return C
    below = z.max(axis=-1, keepdims=True) - z
    others = np.exp(-np.sort(below, axis=-1)[..., 1:]).sum(axis=-1, keepdims=True)
    return np.asarray(np.vecdot(y, np.log1p(others) + below))


def binary_cross_entropy(a: FloatArray, y: FloatArray) -> FloatArray:
    """C = −Σ_k (y_k ln a_k + (1 − y_k) ln(1 − a_k)), shape () or (N,) for a batch."""
    C: FloatArray = -np.vecdot(y, np.log(a)) - np.vecdot(1.0 - y, np.log1p(-a))
    return C


def binary_cross_entropy_derivative(C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂a = −y / a + (1 − y) / (1 − a), shape (m,)."""
    return (1.0 - y) / (1.0 - a) - y / a


def binary_cross_entropy_of_sigmoid(z: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """C = Σ_k (ln(1 + e^{z_k}) − y_k z_k), exact for any z: of large numbers only what is left is added."""
    size = np.abs(z)
    C: FloatArray = (0.5 * (z + size) - y * z + np.log1p(np.exp(-size))).sum(axis=-1)
    return C


def squared_error(a: FloatArray, y: FloatArray) -> FloatArray:
    """C = ½ Σ_k (a_k − y_k)², shape () or (N,) for a batch."""
    C: FloatArray = 0.5 * np.vecdot(a - y, a - y)
    return C


def squared_error_derivative(C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂a = a − y, shape (m,)."""
    return a - y


def sum_squared_error(a: FloatArray, y: FloatArray) -> FloatArray:
    """C = Σ_k (a_k − y_k)², shape () or (N,) for a batch."""
    C: FloatArray = np.vecdot(a - y, a - y)
    return C


def sum_squared_error_derivative(C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂a = 2 (a − y), shape (m,)."""
    return 2.0 * (a - y)


def mean_squared_error(a: FloatArray, y: FloatArray) -> FloatArray:
    """C = Σ_k (a_k − y_k)² / m, shape () or (N,) for a batch: the mean over the m outputs."""
    C: FloatArray = np.vecdot(a - y, a - y) / a.shape[-1]
    return C


def mean_squared_error_derivative(C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂a = 2 (a − y) / m, shape (m,)."""
    slope: FloatArray = 2.0 * (a - y) / a.shape[-1]
    return slope


COSTS = (
    cost(
        "cross_entropy",
        cross_entropy,
        cross_entropy_derivative,
        Formulas(
            value=r"-\sum_k {y} \ln {a}",
            derivative=r"-\frac{{{y}}}{{{a}}}",
            plain="−Σₖ {y}ₖ · ln {a}ₖ",
            plain_derivative="−{y} / {a}",
            written="−(Σ[{y} · ln {a}])",
            written_derivative="−{y} / {a}",
            numpy="-(y * np.log({a})).sum()",
            numpy_derivative="-y / {a}",
        ),
        label="cross-entropy",
        outputs={"softmax": "softmax"},
        domain=(0.0, np.inf),
        of_targets=True,
    ),
    cost(
        "binary_cross_entropy",
        binary_cross_entropy,
        binary_cross_entropy_derivative,
        Formulas(
            value=r"-\sum_k \left( {y} \ln {a} + (1 - {y}) \ln (1 - {a}) \right)",
            derivative=r"\frac{{1 - {y}}}{{1 - {a}}} - \frac{{{y}}}{{{a}}}",
            plain="−Σₖ ({y}ₖ · ln {a}ₖ + (1 − {y}ₖ) · ln(1 − {a}ₖ))",
            plain_derivative="−{y} / {a} + (1 − {y}) / (1 − {a})",
            written="−(Σ[{y} · ln {a} + (1 − {y}) · ln(1 − {a})])",
            written_derivative="(1 − {y}) / (1 − {a}) − {y} / {a}",
            numpy="-(y * np.log({a}) + (1 - y) * np.log(1 - {a})).sum()",
            numpy_derivative="(1 - y) / (1 - {a}) - y / {a}",
        ),
        label="binary cross-entropy",
        outputs={"sigmoid": "sigmoid"},
        domain=(0.0, 1.0),
    ),
    cost(
        "squared_error",
        squared_error,
        squared_error_derivative,
        Formulas(
            value=r"\frac{{1}}{{2}} \sum_k ({a} - {y})^2",
            derivative="{a} - {y}",
            plain="½ · Σₖ ({a}ₖ − {y}ₖ)²",
            plain_derivative="{a} − {y}",
            written="½ · (Σ[({a} − {y})²])",
            written_derivative="{a} − {y}",
            numpy="0.5 * (({a} - y) ** 2).sum()",
            numpy_derivative="{a} - y",
        ),
        label="squared error",
        outputs={"sigmoid-squared": "sigmoid", "identity": "identity", "tanh": "tanh", "relu": "relu"},
        scale="half",
    ),
    cost(
        "sum_squared_error",
        sum_squared_error,
        sum_squared_error_derivative,
        Formulas(
            value=r"\sum_k ({a} - {y})^2",
            derivative=r"2 \, ({a} - {y})",
            plain="Σₖ ({a}ₖ − {y}ₖ)²",
            plain_derivative="2 · ({a} − {y})",
            written="Σ[({a} − {y})²]",
            written_derivative="2 · ({a} − {y})",
            numpy="(({a} - y) ** 2).sum()",
            numpy_derivative="2 * ({a} - y)",
        ),
        label="sum of squared errors",
        outputs={},
        scale="sum",
        scale_of="squared_error",
    ),
    cost(
        "mean_squared_error",
        mean_squared_error,
        mean_squared_error_derivative,
        Formulas(
            value=r"\frac{{1}}{{{n}}} \sum_k ({a} - {y})^2",
            derivative=r"\frac{{2}}{{{n}}} ({a} - {y})",
            plain="(Σₖ ({a}ₖ − {y}ₖ)²) / {n}",
            plain_derivative="2 · ({a} − {y}) / {n}",
            written="(Σ[({a} − {y})²]) / {n}",
            written_derivative="2 · ({a} − {y}) / {n}",
            numpy="(({a} - y) ** 2).mean()",
            numpy_derivative="2 * ({a} - y) / len(y)",
        ),
        label="mean squared error",
        outputs={},
        scale="mean",
        scale_of="squared_error",
    ),
)


# --- last layer and cost as one function of z, where the two partly cancel -----------------------------


def softmax_cross_entropy_gradient(a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂z = a Σy − y, which is a − y for one-hot y: the zeros and the division cancel. Step IV."""
    dz: FloatArray = a * y.sum(axis=-1, keepdims=True) - y
    return dz


def sigmoid_binary_cross_entropy_gradient(a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂z = a − y."""
    return a - y


SHORTCUTS: dict[tuple[str, str], Shortcut] = {
    ("softmax", "cross_entropy"): Shortcut(
        cross_entropy_of_softmax,
        softmax_cross_entropy_gradient,
        value=r"-\sum_k {y} \ln {a} = \ln \sum_k e^{{{z}}} - \sum_k {y} {z}",
        written="{whole}ln(Σ[exp({z})]) − (Σ[{y} · {z}])",
        numpy="np.logaddexp.reduce({z}){whole} - y @ {z}",
        remark="with -ln a_k = ln(sum_i e^(z_i - z_k)), where no digit is lost",
        exact="y @ np.logaddexp.reduce({z} - {z}[:, None], axis=1)",
    ),
    ("sigmoid", "binary_cross_entropy"): Shortcut(
        binary_cross_entropy_of_sigmoid,
        sigmoid_binary_cross_entropy_gradient,
        value=r"\sum_k \left( \ln (1 + e^{{{z}}}) - {y} {z} \right)",
        written="Σ[ln(1 + exp({z})) − {y} · {z}]",
        numpy="(np.logaddexp(0, {z}) - y * {z}).sum()",
        remark="from {z}, where no digit is lost",
        exact="(y * np.logaddexp(0, -{z}) + (1 - y) * np.logaddexp(0, {z})).sum()",
    ),
}
"""By activation and cost of the last layer."""
