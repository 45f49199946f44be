"""Every rule of the registry against numerical derivatives, against autograd, and against each other."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop.activations import LARGEST_PROBABILITY
from backprop.costs import SHORTCUTS
from backprop.kinds import Activation, Cost
from backprop.primitives import PRIMITIVES

# The same operations written for autograd, from their textbook formulas alone.
INDEPENDENT = {
    "affine": lambda W, b, x: anp.dot(W, x) + b,
    "linear": anp.dot,
    "relu": lambda z: anp.where(z > 0, z, 0.0),
    "tanh": anp.tanh,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "identity": lambda z: z * 1.0,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z)),
    "cross_entropy": lambda a, y: -anp.sum(y * anp.log(a)),
    "binary_cross_entropy": lambda a, y: -anp.sum(y * anp.log(a) + (1 - y) * anp.log(1 - a)),
    "squared_error": lambda a, y: anp.sum((a - y) ** 2) / 2,
    "sum_squared_error": lambda a, y: anp.sum((a - y) ** 2),
    "mean_squared_error": lambda a, y: anp.mean((a - y) ** 2),
}
COSTS = tuple(name for name in INDEPENDENT if name.endswith(("entropy", "error")))
RULES = [
    (name, argument)
    for name, primitive in PRIMITIVES.items()
    for argument, rule in enumerate(primitive.jacobian)
    if rule is not None
]


def random_inputs(name: str, m: int, n: int, seed: int) -> list[np.ndarray]:
    """Inputs in the domain of a primitive, away from the kink of ReLU."""
    rng = np.random.default_rng(seed)
    if name in ("affine", "linear"):
        bias = [rng.normal(size=m)] if name == "affine" else []
        return [rng.normal(size=(m, n)), *bias, rng.normal(size=n)]
    if name in COSTS:
        return [rng.uniform(0.05, 0.95, size=m), np.eye(m)[rng.integers(m)]]
    return [rng.choice([-1.0, 1.0], size=m) * rng.uniform(0.05, 3, size=m)]


def output_and_jacobian(name, argument, inputs):
    primitive = PRIMITIVES[name]
    output = np.asarray(primitive.forward(*inputs))
    return output, primitive.jacobian[argument](output, *inputs)


def test_every_primitive_has_an_independent_twin():
    assert PRIMITIVES.keys() == INDEPENDENT.keys()


sizes = {"m": st.integers(1, 6), "n": st.integers(1, 6), "seed": st.integers(0, 10_000)}


@pytest.mark.parametrize(("name", "argument"), RULES)
@given(**sizes)
def test_forward_and_jacobian_against_autograd(name, argument, m, n, seed):
    inputs = random_inputs(name, m, n, seed)
    output, jacobian = output_and_jacobian(name, argument, inputs)
    np.testing.assert_allclose(output, INDEPENDENT[name](*inputs), rtol=1e-12, atol=1e-13)
    expected = autograd.jacobian(INDEPENDENT[name], argument)(*inputs)
    np.testing.assert_allclose(jacobian, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("name", "argument"), RULES)
@given(**sizes)
def test_jacobian_against_central_differences(name, argument, m, n, seed):
    inputs = random_inputs(name, m, n, seed)
    _, jacobian = output_and_jacobian(name, argument, inputs)
    for index in np.ndindex(inputs[argument].shape):
        ends = []
        for h in (1e-6, -1e-6):
            moved = [value.copy() for value in inputs]
            moved[argument][index] += h
            ends.append(PRIMITIVES[name].forward(*moved))
        slope = (ends[0] - ends[1]) / 2e-6
        np.testing.assert_allclose(jacobian[(..., *index)], slope, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(("name", "argument"), RULES)
@given(**sizes)
def test_adjoint_identity(name, argument, m, n, seed):
    """⟨ȳ, J v⟩ = ⟨Jᵀ ȳ, v⟩ ties the vjp rule to the jacobian rule."""
    inputs = random_inputs(name, m, n, seed)
    output, jacobian = output_and_jacobian(name, argument, inputs)
    rng = np.random.default_rng(seed + 1)
    upstream = rng.normal(size=output.shape)
    v = rng.normal(size=inputs[argument].shape)
    pulled = PRIMITIVES[name].vjp[argument](upstream, output, *inputs)
    pushed = np.tensordot(jacobian, v, axes=v.ndim)
    assert np.sum(pulled * v) == pytest.approx(np.sum(upstream * pushed), rel=1e-12, abs=1e-11)


@pytest.mark.parametrize(("name", "argument"), RULES)
def test_dense_says_whether_a_column_can_have_several_entries(name, argument):
    inputs = random_inputs(name, 4, 3, seed=1)
    output, jacobian = output_and_jacobian(name, argument, inputs)
    columns = jacobian.reshape(output.size, -1)
    assert ((columns != 0).sum(axis=0) > 1).any() == PRIMITIVES[name].dense[argument]


@pytest.mark.parametrize("name", PRIMITIVES)
def test_a_batch_gives_what_its_observations_give(name):
    singles = [random_inputs(name, 4, 3, seed) for seed in range(5)]
    if name in ("affine", "linear"):
        for single in singles[1:]:
            single[:-1] = singles[0][:-1]
        batch = [*singles[0][:-1], np.stack([single[-1] for single in singles])]
    else:
        batch = [np.stack(values) for values in zip(*singles, strict=True)]
    primitive = PRIMITIVES[name]
    outputs = primitive.forward(*batch)
    upstream = np.random.default_rng(9).normal(size=outputs.shape)
    for n, single in enumerate(singles):
        output = primitive.forward(*single)
        np.testing.assert_allclose(outputs[n], output, rtol=1e-13, atol=1e-14)
        for vjp in filter(None, primitive.vjp):
            batched = vjp(upstream, outputs, *batch)[n]
            np.testing.assert_allclose(batched, vjp(upstream[n], output, *single), rtol=1e-12, atol=1e-13)
        for jacobian in filter(None, primitive.jacobian):
            alone, together = jacobian(output, *single), jacobian(outputs, *batch)
            if together.ndim > alone.ndim:  # ∂z/∂x = W and ∂z/∂b = I are the same for all
                together = together[n]
            np.testing.assert_allclose(together, alone, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("pair", SHORTCUTS, ids="-".join)
@given(**sizes)
def test_output_shortcut_is_the_product_of_the_two_jacobians(pair, m, n, seed):
    """Also for targets that are not one-hot and do not sum to 1."""
    activation, cost = (PRIMITIVES[name] for name in pair)
    rng = np.random.default_rng(seed)
    z, y = rng.normal(size=m), rng.uniform(0, 2, size=m)
    a = activation.forward(z)
    product = cost.jacobian[0](cost.forward(a, y), a, y) @ activation.jacobian[0](a, z)
    np.testing.assert_allclose(SHORTCUTS[pair].gradient(a, y), product, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("pair", SHORTCUTS, ids="-".join)
@given(**sizes)
def test_cost_from_z_is_the_cost_from_a(pair, m, n, seed):
    activation, cost = (PRIMITIVES[name] for name in pair)
    rng = np.random.default_rng(seed)
    z, y = rng.normal(size=m), rng.uniform(0, 1, size=m)
    a = activation.forward(z)
    expected = cost.forward(a, y)
    assert SHORTCUTS[pair].cost(z, a, y) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("pair", SHORTCUTS, ids="-".join)
def test_saturated_output_keeps_the_product_right(pair):
    """At z = ±1000 the factors −y/a and ∂a/∂z are extreme; their product is still a − y."""
    activation, cost = (PRIMITIVES[name] for name in pair)
    z, y = np.array([-1000.0, 1000.0]), np.array([1.0, 0.0])
    a = activation.forward(z)
    upstream = cost.jacobian[0](cost.forward(a, y), a, y)
    assert (a > 0).all()
    assert np.isfinite([cost.forward(a, y), *upstream]).all()
    np.testing.assert_allclose(upstream @ activation.jacobian[0](a, z), [-1.0, 1.0], rtol=1e-12)
    np.testing.assert_allclose(activation.vjp[0](upstream, a, z), [-1.0, 1.0], rtol=1e-12)


def test_sigmoid_stays_strictly_between_0_and_1():
    a = PRIMITIVES["sigmoid"].forward(np.array([-1e4, -40.0, 0.0, 40.0, 1e4]))
    assert (a > 0).all()
    assert (a <= LARGEST_PROBABILITY).all()
    assert LARGEST_PROBABILITY < 1
    assert a[2] == 0.5


def test_relu_has_derivative_0_at_0():
    relu, z = PRIMITIVES["relu"], np.array([-1.0, 0.0, 1e-300])
    np.testing.assert_array_equal(relu.vjp[0](np.ones(3), relu.forward(z), z), [0.0, 0.0, 1.0])


RULES_WITH_FORMULAS = [rule for rule in PRIMITIVES.values() if isinstance(rule, Activation | Cost)]


@pytest.mark.parametrize("rule", RULES_WITH_FORMULAS, ids=lambda rule: rule.name)
def test_lines_of_numpy_compute_the_rule(rule):
    inputs = random_inputs(rule.name, 3, 2, seed=1)
    output, jacobian = output_and_jacobian(rule.name, 0, inputs)
    names = {"np": np} | dict(zip("ay" if isinstance(rule, Cost) else "z", inputs, strict=True))
    if isinstance(rule, Activation):
        names["a"] = output
        jacobian = jacobian if rule.dense[0] else jacobian.diagonal()
    formulas = rule.formulas
    for line, expected in (
        (formulas.numpy, output),
        (formulas.exact or formulas.numpy, output),
        (formulas.numpy_derivative, jacobian),
    ):
        np.testing.assert_allclose(eval(line.format(z="z", a="a"), names), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("pair", SHORTCUTS)
def test_lines_of_numpy_compute_the_cost_from_z(pair):
    activation, cost = (PRIMITIVES[name] for name in pair)
    z, y = np.array([-1.5, 0.3, 2.0]), np.array([0.0, 1.0, 0.0])
    formulas, expected = SHORTCUTS[pair], cost.forward(activation.forward(z), y)
    for line in (formulas.numpy.format(z="z", whole=""), formulas.exact.format(z="z")):
        assert eval(line, {"np": np, "z": z, "y": y}) == pytest.approx(expected, rel=1e-12)
