"""The primitives: every operation of a multilayer perceptron with its derivatives, as data.

A primitive maps its inputs to one output. For each input it has two rules:

- `jacobian(output, *inputs)` returns ∂output/∂input in numerator layout,
  shape (*output.shape, *input.shape);
- `vjp(upstream, output, *inputs)` returns upstream · ∂output/∂input without forming the Jacobian.

`None` in place of a rule marks an input that is never differentiated (the target y).
Every function also accepts a batch, one observation a row; its results then have N as first axis
(except ∂z/∂x = W and ∂z/∂b = I, which are the same for every observation).
Batches are best kept column by column in memory (Fortran order): NumPy runs down their long columns up to
twice as fast as along their short rows. The rules keep that order; hence `order="F"` in them.

An activation or a cost also brings what a page needs to know of it: how it is written, in `Formulas`, and
its properties. Nothing else lists activations or costs, so another one is one more entry of `PRIMITIVES`.

Shapes in this module: W (m, n), b (m,), x (n,), z and a (m,), y (m,), upstream the output's shape.
Source of the formulas: the article "The Total Derivative" (May 2025), sections 2.2 and 3.2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from backprop.arrays import FloatArray, read_only

Rule = Callable[..., FloatArray]

SMALLEST_PROBABILITY = np.finfo(np.float64).tiny
"""Smallest normal float. Probabilities stay at or above it, so that −y/a stays finite."""

LARGEST_PROBABILITY = 1 - np.finfo(np.float64).epsneg
"""Largest float below 1. Sigmoids stay at or below it, so that 1/(1 − a) stays finite."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """One operation with its derivative rules, one of each kind for every input.

    `dense` says for every input whether a column of its Jacobian can have more than one non-zero entry.
    Dense means several paths (the total derivative); not dense means one (the single-variable rule).
    """

    name: str
    forward: Callable[..., FloatArray]
    jacobian: tuple[Rule | None, ...]
    vjp: tuple[Rule | None, ...]
    dense: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Formulas:
    """How an activation or a cost is written: templates for `str.format`.

    An activation has {z} and {a} in them, a cost {a} and {y}; softmax shows what a dense one has besides.

    Attributes:
        value, derivative: LaTeX of one entry, or of the whole cost.
        vector: LaTeX of the Jacobian of an activation; that of a cost is its `derivative`, of vectors.
        plain, plain_derivative: text of one entry, or of the whole cost, with names put in.
        written, written_derivative: the same as text, with numbers put in. Σ[…] is a sum over k, and a
            number in it that of unit k. {zi} and {ai} are the names of z and a: then the text is a reason.
        numpy, numpy_derivative: expressions of NumPy, of vectors.
        exact: where `numpy` may overflow, an expression that cannot.
        beside: of a dense Jacobian, `plain_derivative` beside the diagonal, with {other} for a of the column.
    """

    value: str
    derivative: str
    plain: str
    plain_derivative: str
    written: str
    written_derivative: str
    numpy: str
    numpy_derivative: str
    vector: str = ""
    exact: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Activation(Primitive):
    """a = f(z), element by element if it is not dense.

    Attributes:
        formulas: how it is written.
        linear: whether its slope is a constant, or one on either side of 0, and so exact.
        kinked: whether its slope jumps at z = 0.
        switches: whether it puts units off, where z ≤ 0, and leaves z as it is elsewhere.
        limits: values at which a is held where the true one is beyond.
    """

    formulas: Formulas
    linear: bool = False
    kinked: bool = False
    switches: bool = False
    limits: tuple[float, float] = (-np.inf, np.inf)

    def __post_init__(self) -> None:
        if not self.formulas.vector:
            raise ValueError(f"{self.name}: expected formulas with the vector form of its Jacobian, got none")

    @property
    def is_held(self) -> bool:
        """Whether there is a limit to a, as there is to a probability."""
        return self.limits[0] > -np.inf


@dataclass(frozen=True, slots=True)
class Cost(Primitive):
    """C of a and y.

    Attributes:
        formulas: how it is written.
        label: what it is called.
        outputs: the activations it is offered with, each by the option that a menu has for the two. With
            a dense one it needs an entry in SHORTCUTS: pages tell there that the sum cancels.
        domain: the a between which it is finite.
        of_targets: whether an output whose target is 0 adds nothing to it.
    """

    formulas: Formulas
    label: str
    outputs: Mapping[str, str]
    domain: tuple[float, float] = (-np.inf, np.inf)
    of_targets: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether it has a domain, as one of probabilities has, and not one of errors."""
        return self.domain[0] > -np.inf


@lru_cache(maxsize=64)
def identity_matrix(m: int) -> FloatArray:
    """The m × m identity, made once and read-only."""
    return read_only(np.eye(m))


@lru_cache(maxsize=64)
def all_but_itself(m: int) -> FloatArray:
    """The m × m matrix that sums for every entry all others; made once and read-only."""
    return read_only(1.0 - np.eye(m))


# --- z = W x + b ------------------------------------------------------------------------------------


def affine(W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """z = W x + b, shape (m,); for a batch Z = X Wᵀ + b, shape (N, m). Source: section 2.2."""
    z: FloatArray = np.matmul(x, W.mT, order="F") + b
    return z


def affine_jacobian_weights(z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """∂z/∂W, shape (m, m, n): entry [k, i, j] is x_j where k = i, else 0. Source: section 3.2.1, step III."""
    m, n = W.shape
    jacobian = np.zeros((*x.shape[:-1], m * m, n))
    jacobian[..., :: m + 1, :] = x[..., None, :]  # rows 0, m + 1, … are those with k = i
    return jacobian.reshape(*x.shape[:-1], m, m, n)


def affine_jacobian_bias(z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """∂z/∂b, shape (m, m): the identity."""
    return identity_matrix(len(b))


def affine_jacobian_input(z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """∂z/∂x, shape (m, n): W itself, dense. Source: section 3.2.3, step I."""
    return W


def affine_vjp_weights(
    upstream: FloatArray, z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray
) -> FloatArray:
    """∂C/∂W = upstream ⊗ x, shape (m, n), or (N, m, n) for a batch. Source: section 3.2.1, step V."""
    return upstream[..., :, None] * x[..., None, :]


def affine_vjp_bias(
    upstream: FloatArray, z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray
) -> FloatArray:
    """∂C/∂b = upstream, shape (m,)."""
    return upstream


def affine_vjp_input(
    upstream: FloatArray, z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray
) -> FloatArray:
    """∂C/∂x_j = Σ_k upstream_k W_kj, shape (n,): the total derivative. Source: section 3.2.3, eq. 5."""
    cotangent: FloatArray = np.matmul(upstream, W, order="F")
    return cotangent


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


def elementwise(
    name: str, forward: Rule, derivative: Rule, formulas: Formulas, **properties: Any
) -> Activation:
    """An element-wise activation from its derivative(a, z), shape (m,), and properties of Activation."""

    def jacobian(a: FloatArray, z: FloatArray) -> FloatArray:
        return derivative(a, z)[..., None] * identity_matrix(a.shape[-1])

    def vjp(upstream: FloatArray, a: FloatArray, z: FloatArray) -> FloatArray:
        return upstream * derivative(a, z)

    return Activation(name, forward, (jacobian,), (vjp,), dense=(False,), formulas=formulas, **properties)


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


# --- costs ------------------------------------------------------------------------------------------


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


def cost(name: str, forward: Rule, derivative: Rule, formulas: Formulas, **properties: Any) -> Cost:
    """A scalar cost from its derivative(C, a, y), shape (m,), and properties of Cost. y has no rule."""

    def vjp(upstream: FloatArray, C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
        return upstream[..., None] * derivative(C, a, y)

    rules, pulls = (derivative, None), (vjp, None)
    return Cost(name, forward, rules, pulls, dense=(False, False), formulas=formulas, **properties)


PRIMITIVES: dict[str, Primitive] = {
    primitive.name: primitive
    for primitive in (
        Primitive(
            "affine",
            affine,
            jacobian=(affine_jacobian_weights, affine_jacobian_bias, affine_jacobian_input),
            vjp=(affine_vjp_weights, affine_vjp_bias, affine_vjp_input),
            dense=(False, False, True),
        ),
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
            outputs={"sigmoid-squared": "sigmoid", "identity": "identity"},
        ),
    )
}


# --- the registry, as the pages ask it; each time anew, so that an entry added later counts -----------


def hidden_activations() -> tuple[str, ...]:
    """Names of the activations a hidden layer may have: the element-wise ones."""
    return tuple(
        name for name, rule in PRIMITIVES.items() if isinstance(rule, Activation) and not rule.dense[0]
    )


def output_options() -> dict[str, tuple[str, str]]:
    """(activation, cost) of the last layer, by the option that a menu has for them."""
    costs = (rule for rule in PRIMITIVES.values() if isinstance(rule, Cost))
    return {option: (activation, cost.name) for cost in costs for option, activation in cost.outputs.items()}


def activation_rule(name: str) -> Activation:
    """The activation of this name."""
    rule = PRIMITIVES[name]
    assert isinstance(rule, Activation)
    return rule


def is_kinked(name: str) -> bool:
    """Whether the primitive of this name is an activation with a kink at 0."""
    rule = PRIMITIVES[name]
    return isinstance(rule, Activation) and rule.kinked


def cost_rule(name: str) -> Cost:
    """The cost of this name."""
    rule = PRIMITIVES[name]
    assert isinstance(rule, Cost)
    return rule


# --- last layer and cost as one function of z, where the two partly cancel -----------------------------


def softmax_cross_entropy_gradient(a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂z = a Σy − y, which is a − y for one-hot y: the zeros and the division cancel. Step IV."""
    dz: FloatArray = a * y.sum(axis=-1, keepdims=True) - y
    return dz


def sigmoid_binary_cross_entropy_gradient(a: FloatArray, y: FloatArray) -> FloatArray:
    """∂C/∂z = a − y."""
    return a - y


@dataclass(frozen=True, slots=True)
class Shortcut:
    """C and ∂C/∂z of the last layer in one go, without ∂C/∂a and ∂a/∂z, and how such a C is written.

    Attributes:
        cost: C from z, a and y, also where a has lost digits, or is at its limit.
        gradient: ∂C/∂z from a and y.
        value: LaTeX of C, as in Formulas, with {z} and {y}, and {a} for what it is otherwise.
        written: with numbers put in; {whole} is the sum of all targets and "·", where that is not 1.
        numpy: the same for NumPy.
        remark, exact: the lines of a notebook, which loses no digit.
    """

    cost: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
    gradient: Callable[[FloatArray, FloatArray], FloatArray]
    value: str
    written: str
    numpy: str
    remark: str
    exact: str


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
