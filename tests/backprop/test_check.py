"""The checker agrees with the right rules wherever it judges, and rejects wrong ones."""

import dataclasses
from contextlib import suppress

import numpy as np
import pytest

from backprop import (
    HIDDEN_ACTIVATIONS,
    OUTPUTS,
    PRIMITIVES,
    MLPConfig,
    Params,
    check_gradients,
    init_params,
    training_step,
)
from backprop.check import check_gradient
from backprop.differences import NEAR_KINK, STEP, TOLERANCE, jacobian_difference
from tests.backprop.networks import every_kind, one_unit, random_batch, random_params, random_step


@every_kind
def test_right_rules_pass(config):
    step = random_step(config)
    checks = check_gradients(step)
    assert [check.name for check in checks] == [vjp.wrt for vjp in step.vjp_steps]
    for check in checks:
        assert check.judged.all()
        assert check.agrees
        np.testing.assert_array_equal(check.analytic, step.cotangent(check.name))
        np.testing.assert_allclose(check.numeric, check.analytic, rtol=1e-6, atol=1e-6)
        assert check.error.max() <= 1e-6


MUTANTS = {
    "weights: sign flipped": ("affine", 0, lambda u, z, W, b, x: -np.outer(u, x)),
    "weights: upstream of the wrong unit": ("affine", 0, lambda u, z, W, b, x: np.outer(u[::-1], x)),
    "bias: doubled": ("affine", 1, lambda u, z, W, b, x: 2 * u),
    "input: W transposed": ("affine", 2, lambda u, z, W, b, x: W @ u),
    "input: one path missing": ("affine", 2, lambda u, z, W, b, x: u[1:] @ W[1:]),
    "input: one path only": ("affine", 2, lambda u, z, W, b, x: u[1] * W[1]),
    "softmax: diagonal only": ("softmax", 0, lambda u, a, z: u * a * (1 - a)),
    "softmax: sum over the wrong index": ("softmax", 0, lambda u, a, z: a * (u - u.sum() * a)),
    "relu: mask forgotten": ("relu", 0, lambda u, a, z: +u),
    "relu: mask inverted": ("relu", 0, lambda u, a, z: u * (z < 0)),
    "tanh: plus for minus": ("tanh", 0, lambda u, a, z: u * (1 + a * a)),
    "sigmoid: of a for z": ("sigmoid", 0, lambda u, a, z: u * z * (1 - z)),
    "identity: squashed": ("identity", 0, lambda u, a, z: u * a),
    "cross-entropy: sign flipped": ("cross_entropy", 0, lambda u, C, a, y: y / a),
    "binary cross-entropy: half of it": ("binary_cross_entropy", 0, lambda u, C, a, y: -y / a),
    "squared error: doubled": ("squared_error", 0, lambda u, C, a, y: 2 * (a - y)),
}
HOME = {
    "relu": MLPConfig((3, 3, 3, 3)),
    "tanh": MLPConfig((3, 3, 3, 3), "tanh"),
    "sigmoid": MLPConfig((3, 3, 3, 3), "sigmoid"),
    "binary_cross_entropy": MLPConfig((3, 3, 3, 3), "tanh", "sigmoid", "binary_cross_entropy"),
    "squared_error": MLPConfig((3, 3, 3, 3), "tanh", "identity", "squared_error"),
    "identity": MLPConfig((3, 3, 3, 3), "identity"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_wrong_rules_are_rejected(monkeypatch, mutant, seed):
    name, argument, wrong = MUTANTS[mutant]
    right = PRIMITIVES[name]
    vjp = tuple(wrong if i == argument else rule for i, rule in enumerate(right.vjp))
    config = HOME.get(name, HOME["relu"])
    assert all(check.agrees for check in check_gradients(random_step(config, seed)))
    monkeypatch.setitem(PRIMITIVES, name, dataclasses.replace(right, vjp=vjp))
    assert not all(check.agrees for check in check_gradients(random_step(config, seed)))


def test_dropped_path_is_rejected_where_it_is_missing():
    keep = np.ones((3, 5))
    keep[0, 2] = 0
    step = random_step(MLPConfig((4, 5, 3), "tanh"), keep_paths={("z2", "a1"): keep})
    checks = {check.name: check for check in check_gradients(step)}
    np.testing.assert_array_equal(np.flatnonzero(checks["a1"].error > 1e-6), [2])
    assert checks["z2"].agrees
    assert not checks["a1"].agrees
    assert not checks["W1"].agrees


def test_a_check_allows_a_millionth_of_1_or_of_the_slope():
    """∂C/∂a is off by a share of itself here: a rule that is wrong by little."""
    assert (STEP, TOLERANCE, NEAR_KINK) == (1e-6, 1e-6, 10)
    for size in (0.5, 1.0, 50.0):
        step = one_unit(1.0, y=1.0 - size)  # ∂C/∂a2 = size
        for off, agrees in ((0.9e-6, True), (-0.9e-6, True), (1.1e-6, False), (-1.1e-6, False)):
            wrong = size + off * max(1, size)
            steps = tuple(
                dataclasses.replace(vjp, cotangent=np.array([wrong])) if vjp.wrt == "a2" else vjp
                for vjp in step.vjp_steps
            )
            check = check_gradient(dataclasses.replace(step, vjp_steps=steps), "a2")
            assert check.agrees == agrees
            assert check.error == pytest.approx(abs(off), rel=0.02)
            assert check.judged.all()


EXTREME_SCALES = {"z up to 30": 3.0, "z up to 1000": 30.0, "z far beyond": 100.0}


@every_kind
@pytest.mark.parametrize("scale", EXTREME_SCALES.values(), ids=EXTREME_SCALES)
def test_extreme_weights_stay_finite_and_agree_where_judged(config, scale):
    """No warning either: pytest turns warnings into errors."""
    for seed in range(4):
        step = random_step(config, seed, scale, learning_rate=0.0)
        for vjp in step.vjp_steps:
            for array in (vjp.upstream, vjp.jacobian, vjp.path_terms, vjp.cotangent):
                assert np.isfinite(array).all(), (vjp.output, vjp.wrt)
        for check in check_gradients(step):
            assert np.isfinite(check.numeric).all()
            assert check.agrees, check.name


@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_one_output_at_plus_and_minus_1000(output, loss):
    config = MLPConfig((1, 2), output_activation=output, loss=loss)
    for sign in (1, -1):
        params = Params((np.array([[1000.0 * sign], [-1000.0 * sign]]),), (np.zeros(2),))
        step = training_step(config, params, [1.0], [1.0, 0.0], 1e-3)
        assert np.isfinite(step.loss_before)
        assert all(check.agrees for check in check_gradients(step))


def extreme_step(seed):
    """A network of any kind with up to three numbers typed over, and up to three steps with η = 10 taken."""
    rng = np.random.default_rng(seed)
    sizes = [(4, 5, 3), (4, 2, 3), (4, 1, 1), (2, 2, 2), (4, 6, 5, 3), (4, 3, 3, 3, 3)][rng.integers(6)]
    output = OUTPUTS[rng.integers(len(OUTPUTS))]
    config = MLPConfig(sizes, HIDDEN_ACTIVATIONS[rng.integers(len(HIDDEN_ACTIVATIONS))], *output)
    arrays = {name: array.copy() for name, array in init_params(config, seed).items()}
    arrays["x"] = rng.normal(size=sizes[0])
    for _ in range(rng.integers(4)):
        array = arrays[rng.choice(list(arrays))]
        array[tuple(rng.integers(length) for length in array.shape)] = rng.choice(
            [1000, -1000, 750, -750, 37, -37, 1e-3, 0]
        )
    params = Params(*(tuple(arrays[f"{kind}{n}"] for n in range(1, len(sizes))) for kind in "Wb"))
    y = np.eye(sizes[-1])[rng.integers(sizes[-1])]
    step = training_step(config, params, arrays["x"], y, 0.1)
    for _ in range(rng.integers(4)):
        step = training_step(config, step.params_after, arrays["x"], y, 10.0)
    return step


def test_right_rules_are_never_called_wrong_however_extreme_the_network():
    """Most entries are judged all the same."""
    judged = entries = 0
    for seed in range(60):
        with suppress(ValueError):  # what overflows is no step
            step = extreme_step(seed)
            for check in check_gradients(step):
                assert check.agrees, (seed, check.name)
                judged += check.judged.sum()
                entries += check.judged.size
            for vjp in step.vjp_steps[1:]:
                difference = jacobian_difference(step.tape, vjp.output, vjp.wrt)
                off = np.abs(difference.values - vjp.jacobian)[difference.judged]
                size = np.maximum(1, np.abs(vjp.jacobian))[difference.judged]
                assert (off <= 1e-6 * size).all(), (seed, vjp.output, vjp.wrt)
    assert entries > 2_000
    assert judged > 0.85 * entries


@pytest.mark.parametrize("shift", [-1000, -750, 750, 1000])
def test_a_missing_path_is_found_in_a_saturated_network(shift):
    """The cost still has its slope where the probability has none left."""
    config = MLPConfig((4, 5, 3), "tanh")
    step = random_step(config)
    params = Params(step.params.weights, (step.params.biases[0], step.params.biases[1] + [shift, 0, 0]))
    keep = np.ones((3, 5))
    keep[:, 2] = 0
    for y in np.eye(3):
        right = training_step(config, params, step.tape["x"], y, 0.1)
        wrong = training_step(config, params, step.tape["x"], y, 0.1, keep_paths={("z2", "a1"): keep})
        assert check_gradient(right, "a1").agrees
        assert check_gradient(right, "a1").judged.all()
        assert check_gradient(wrong, "a1").agrees == (abs(right.cotangent("a1")[2]) < 1e-6)


def test_checking_leaves_the_step_alone(rng):
    config = MLPConfig((4, 5, 3))
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, 1)
    step = training_step(config, params, X[0], Y[0], 0.1)
    before = {variable.name: variable.value.copy() for variable in step.tape.variables}
    check_gradients(step)
    for name, value in before.items():
        np.testing.assert_array_equal(step.tape[name], value)
