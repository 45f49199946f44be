"""The registry of primitives: every operation of a multilayer perceptron, by its name.

What a primitive is: `backprop.kinds`. Nothing else lists activations or costs, so another one is one more
entry, in `backprop.activations` or `backprop.costs`.

Shapes in this module: W (m, n), b (m,), x (n,), z (m,), upstream as z.
Source of the formulas: the article "The Total Derivative" (May 2025), sections 2.2 and 3.2.
"""

import numpy as np

from backprop.activations import ACTIVATIONS
from backprop.arrays import FloatArray
from backprop.costs import COSTS
from backprop.kinds import Activation, Cost, Primitive, identity_matrix

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


AFFINE = Primitive(
    "affine",
    affine,
    jacobian=(affine_jacobian_weights, affine_jacobian_bias, affine_jacobian_input),
    vjp=(affine_vjp_weights, affine_vjp_bias, affine_vjp_input),
    dense=(False, False, True),
)

PRIMITIVES: dict[str, Primitive] = {primitive.name: primitive for primitive in (AFFINE, *ACTIVATIONS, *COSTS)}


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
