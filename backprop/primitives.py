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

# --- z = W x + b, or W x without biases -------------------------------------------------------------


def affine(W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """z = W x + b, shape (m,); for a batch Z = X Wᵀ + b, shape (N, m). Source: section 2.2."""
    z: FloatArray = np.matmul(x, W.mT, order="F") + b
    return z


def linear(W: FloatArray, x: FloatArray) -> FloatArray:
    """z = W x, shape (m,); for a batch Z = X Wᵀ, shape (N, m)."""
    z: FloatArray = np.matmul(x, W.mT, order="F")
    return z


def weights_jacobian(z: FloatArray, W: FloatArray, *bias_and_input: FloatArray) -> FloatArray:
    """∂z/∂W, shape (m, m, n): entry [k, i, j] is x_j where k = i, else 0. Source: section 3.2.1, step III."""
    (m, n), x = W.shape, bias_and_input[-1]
    jacobian = np.zeros((*x.shape[:-1], m * m, n))
    jacobian[..., :: m + 1, :] = x[..., None, :]  # rows 0, m + 1, … are those with k = i
    return jacobian.reshape(*x.shape[:-1], m, m, n)


def bias_jacobian(z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """∂z/∂b, shape (m, m): the identity."""
    return identity_matrix(len(b))


def input_jacobian(z: FloatArray, W: FloatArray, *bias_and_input: FloatArray) -> FloatArray:
    """∂z/∂x, shape (m, n): W itself, dense. Source: section 3.2.3, step I."""
    return W


def weights_vjp(
    upstream: FloatArray, z: FloatArray, W: FloatArray, *bias_and_input: FloatArray
) -> FloatArray:
    """∂C/∂W = upstream ⊗ x, shape (m, n), or (N, m, n) for a batch. Source: section 3.2.1, step V."""
    return upstream[..., :, None] * bias_and_input[-1][..., None, :]


def bias_vjp(upstream: FloatArray, z: FloatArray, W: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """∂C/∂b = upstream, shape (m,)."""
    return upstream


def input_vjp(upstream: FloatArray, z: FloatArray, W: FloatArray, *bias_and_input: FloatArray) -> FloatArray:
    """∂C/∂x_j = Σ_k upstream_k W_kj, shape (n,): the total derivative. Source: section 3.2.3, eq. 5."""
    cotangent: FloatArray = np.matmul(upstream, W, order="F")
    return cotangent


AFFINE = Primitive(
    "affine",
    affine,
    jacobian=(weights_jacobian, bias_jacobian, input_jacobian),
    vjp=(weights_vjp, bias_vjp, input_vjp),
    dense=(False, False, True),
)

LINEAR = Primitive(
    "linear",
    linear,
    jacobian=(weights_jacobian, input_jacobian),
    vjp=(weights_vjp, input_vjp),
    dense=(False, True),
)

PRIMITIVES: dict[str, Primitive] = {rule.name: rule for rule in (AFFINE, LINEAR, *ACTIVATIONS, *COSTS)}


# --- the registry, as the pages ask it; each time anew, so that an entry added later counts -----------


def hidden_activations() -> tuple[str, ...]:
    """Names of the activations a hidden layer may have: the element-wise ones."""
    return tuple(
        name for name, rule in PRIMITIVES.items() if isinstance(rule, Activation) and not rule.dense[0]
    )


def output_options(scale: str = "") -> dict[str, tuple[str, str]]:
    """(activation, cost) of the last layer, by the option that a menu has for them.

    Args:
        scale: an option of `scale_options`: where a cost comes in several sizes, the one that is taken.
    """
    sizes = {rule.scale_of: rule.name for rule in _costs() if rule.scale_of and rule.scale == scale}
    return {
        option: (activation, sizes.get(rule.name, rule.name))
        for rule in _costs()
        for option, activation in rule.outputs.items()
    }


def scale_options() -> tuple[str, ...]:
    """The sizes that a cost can come in, the usual one first: half, sum, mean."""
    return tuple(dict.fromkeys(rule.scale for rule in _costs() if rule.scale))


def output_pairs() -> tuple[tuple[str, str], ...]:
    """Every (activation, cost) that the last layer may have."""
    scales = scale_options() or ("",)
    return tuple(dict.fromkeys(pair for scale in scales for pair in output_options(scale).values()))


def _costs() -> list[Cost]:
    return [rule for rule in PRIMITIVES.values() if isinstance(rule, Cost)]


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
