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
    forward_pass,
    init_params,
    numerical_derivative,
    training_step,
)
from backprop.check import check_gradient
from backprop.differences import NEAR_KINK, REASONS, STEP, TOLERANCE, jacobian_difference
from backprop.forward import network_equations
from backprop.tape import Tape, Variable
from tests.backprop.networks import every_kind, random_batch, random_params, random_step


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


def one_unit(weight, x=1.0, y=0.0, output="identity", loss="squared_error", second=1.0, hidden="identity"):
    """A 1-1-1 network without biases: z1 = weight · x, z2 = second · a1."""
    config = MLPConfig((1, 1, 1), hidden, output, loss)
    params = Params((np.array([[weight]]), np.array([[second]])), (np.zeros(1), np.zeros(1)))
    return training_step(config, params, [x], [y], 0.0)


REASONS_SEEN = {
    "the cost overflows within the step": (
        lambda: one_unit(1e154, x=(1 - 1e-7) * np.sqrt(np.finfo(float).max) / 1e154),
        "x",
    ),
    "the probability is too close to 0 or 1 for a float": (
        lambda: one_unit(1000.0, output="sigmoid", loss="binary_cross_entropy"),
        "a2",
    ),
    "the step is lost in the rounding of the value": (lambda: one_unit(1.0, x=1e11, y=1e11), "x"),
    "a ReLU input lies too near 0, its kink": (lambda: one_unit(1.0, x=9e-6, hidden="relu"), "W1"),
    "the change is lost in the rounding of the cost": (lambda: one_unit(1.0, y=1e4, second=1e-3), "W1"),
    "the change is lost in the rounding of the layers between": (lambda: unsteady_step(), "x"),
    "the cost bends too much within the step": (lambda: one_unit(1e6, x=3e-7, hidden="tanh"), "x"),
    "what backpropagation found is nothing but rounding": (
        lambda: one_unit(1.0, second=1e11, output="sigmoid", loss="binary_cross_entropy", y=1.0),
        "W1",
    ),
}


@pytest.mark.parametrize("reason", REASONS_SEEN)
def test_an_entry_that_is_not_judged_says_why(reason):
    make, name = REASONS_SEEN[reason]
    checks = {check.name: check for check in check_gradients(make())}
    check = checks[name]
    index = (0,) * check.analytic.ndim
    assert check.why_not(index) == reason
    assert not check.judged[index]
    assert check.numeric[index] == check.error[index] == 0
    assert checks["b2"].agrees


def test_there_is_a_network_for_every_reason_and_none_for_a_judged_entry():
    assert ["", *REASONS_SEEN] == [reason for reason in REASONS if "result" not in reason]
    check = check_gradient(random_step(MLPConfig((4, 5, 3))), "W1")
    assert check.why_not((4, 3)) == ""
    assert check.judged[4, 3]


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


def test_outputs_near_their_limits_are_moved_by_a_millionth_of_the_way():
    """ln a bends too much for a whole step where a is 10⁻⁷ or 1 − 10⁻⁷."""
    for z, y in ((-16.0, 1.0), (16.0, 0.0), (-16.0, 0.0), (16.0, 1.0)):
        step = one_unit(z, output="sigmoid", loss="binary_cross_entropy", y=y)
        check = check_gradient(step, "a2")
        assert check.judged.all() or abs(check.analytic[0]) < 2
        assert check.agrees
        assert check.numeric == pytest.approx(np.where(check.judged, check.analytic, 0), rel=1e-6)


def test_kinks_are_not_judged():
    """z1 = (0, 1, −1): only what moves the first unit's z across 0 cannot be judged."""
    params = Params((np.array([[0.0], [1.0], [-1.0]]), np.ones((2, 3))), (np.zeros(3), np.zeros(2)))
    step = training_step(MLPConfig((1, 3, 2)), params, [1.0], [1.0, 0.0], 0.1)
    judged = {check.name: check.judged for check in check_gradients(step)}
    np.testing.assert_array_equal(judged["z1"], [False, True, True])
    np.testing.assert_array_equal(judged["W1"], [[False], [True], [True]])
    np.testing.assert_array_equal(judged["b1"], [False, True, True])
    assert judged["a1"].all()
    assert judged["W2"].all()
    assert all(check.agrees for check in check_gradients(step))


@pytest.mark.parametrize("distance", [9e-6, 11e-6])
def test_a_kink_reaches_ten_steps_far(distance):
    params = Params((np.array([[1.0]]), np.ones((2, 1))), (np.zeros(1), np.zeros(2)))
    step = training_step(MLPConfig((1, 1, 2)), params, [distance], [1.0, 0.0], 0.1)
    _, judged = numerical_derivative(step.config, step.tape, "z1")
    assert judged.all() == (distance > 10e-6)


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
    """FAULTS N5. Most entries are judged all the same."""
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


def test_the_cost_is_judged_beyond_the_smallest_probability():
    """z = (0, 1000) and class 0: the cost is 1000 though a₁ is kept from falling below 2 · 10⁻³⁰⁸."""
    params = Params((np.array([[0.0], [1000.0]]),), (np.zeros(2),))
    step = training_step(MLPConfig((1, 2)), params, [1.0], [1.0, 0.0], 1e-3)
    assert step.loss_before == 1000.0
    checks = {check.name: check for check in check_gradients(step)}
    np.testing.assert_allclose(checks["z1"].numeric, [-1.0, 1.0], atol=1e-6)
    assert checks["z1"].judged.all()
    assert checks["W1"].judged.all()
    np.testing.assert_array_equal(checks["a1"].judged, [False, True])
    assert all(check.agrees for check in checks.values())


def test_change_lost_in_a_large_cost_is_not_judged():
    """C ≈ 5 · 10⁵ is rounded by 6 · 10⁻¹¹: too much beside the change of 2 · 10⁻⁶ by the second output."""
    params = Params((np.array([[1e3], [1.0]]),), (np.zeros(2),))
    config = MLPConfig((1, 2), output_activation="identity", loss="squared_error")
    step = training_step(config, params, [1.0], [0.0, 0.0], 1e-3)
    _, judged = numerical_derivative(config, step.tape, "z1")
    np.testing.assert_array_equal(judged, [True, False])


def unsteady_step():
    """Hidden values near 10⁸ cancel, leaving their rounding error to the numerical derivative."""
    params = Params(
        (np.array([[1e8], [1e8 + 0.3]]), np.array([[1.0, -1.0]])), (np.array([0.1, 0.7]), np.zeros(1))
    )
    config = MLPConfig((1, 2, 1), "identity", "identity", "squared_error")
    return training_step(config, params, [1.1], [0.5], 0.0)


def test_a_difference_that_depends_on_its_step_is_not_judged():
    checks = {check.name: check for check in check_gradients(unsteady_step())}
    step = unsteady_step()
    numeric, judged = numerical_derivative(step.config, step.tape, "x")
    assert judged.all()
    assert np.abs(numeric - checks["x"].analytic).max() > 1e-3
    assert not checks["x"].judged.any()
    np.testing.assert_array_equal(checks["x"].numeric, 0)
    assert checks["x"].agrees


def test_a_difference_that_is_only_rounding_is_0():
    """Softmax of (0, 3, 0) is as high in a₁ as in a₃, so a target of both has no slope between them."""
    params = Params((np.array([[0.0], [3.0], [0.0]]),), (np.zeros(3),))
    step = training_step(MLPConfig((1, 3)), params, [1.0], [0.5, 0.0, 0.5], 0.1)
    for name in ("z1", "W1", "x"):
        check = check_gradient(step, name)
        assert check.judged.all()
        tiny = np.abs(check.analytic) < 1e-10
        assert (check.numeric[tiny] == 0).all()
        assert (check.numeric[~tiny] != 0).all()
    dead = one_unit(-1.0, hidden="relu", y=1.0)
    assert check_gradient(dead, "W1").numeric == 0
    flat = one_unit(20.0, hidden="tanh", y=0.3)  # σ′ is 2 · 10⁻¹⁷, and the cost is rounded all the same
    assert check_gradient(flat, "z1").numeric == 0


def test_numerical_derivative_takes_any_step(step):
    for h in (1e-4, 1e-6):
        numeric, judged = numerical_derivative(step.config, step.tape, "W1", h)
        np.testing.assert_allclose(numeric[judged], step.gradients["W1"][judged], atol=1e-5)


def test_checking_leaves_the_step_alone(rng):
    config = MLPConfig((4, 5, 3))
    params = random_params(config, rng)
    X, Y = random_batch(config, rng, 1)
    step = training_step(config, params, X[0], Y[0], 0.1)
    before = {variable.name: variable.value.copy() for variable in step.tape.variables}
    check_gradients(step)
    for name, value in before.items():
        np.testing.assert_array_equal(step.tape[name], value)


# --- of one equation ---------------------------------------------------------------------------------


def worst_error(step):
    worst = 0.0
    for vjp in step.vjp_steps[1:]:
        difference = jacobian_difference(step.tape, vjp.output, vjp.wrt)
        assert difference.values.shape == vjp.jacobian.shape
        assert difference.judged.all()
        worst = max(worst, np.abs(difference.values - vjp.jacobian).max())
    return worst


@every_kind
def test_every_jacobian_of_the_pass_agrees(config):
    assert worst_error(random_step(config)) < 1e-8


def test_a_jacobian_of_softmax_that_keeps_its_diagonal_only_is_rejected(monkeypatch):
    def diagonal_only(a, z):
        return np.diag(a * (1 - a))

    mutant = dataclasses.replace(PRIMITIVES["softmax"], jacobian=(diagonal_only,))
    monkeypatch.setitem(PRIMITIVES, "softmax", mutant)
    assert worst_error(random_step(MLPConfig((4, 5, 3)))) > 1e-3


def test_a_jacobian_is_not_judged_at_a_kink():
    config = MLPConfig((1, 2, 1), "relu", "identity", "squared_error")
    params = Params((np.array([[0.0], [1.0]]), np.array([[1.0, 1.0]])), (np.zeros(2), np.zeros(1)))
    tape = forward_pass(config, params, [1.0], [0.0])
    difference = jacobian_difference(tape, "a1", "z1")
    np.testing.assert_array_equal(difference.judged, [[False, True], [False, True]])


LARGE = {
    "the step is lost in the rounding of the value": (1.0, 1e12),
    "the cost overflows within the step": (1.797693e308, 1.0),
}


@pytest.mark.parametrize("reason", LARGE)
def test_large_numbers_are_not_judged(reason):
    """z₁ = w x with a large w or x; z₂ = x / 1000 is judged where x itself can be moved."""
    weight, x = LARGE[reason]
    config = MLPConfig((1, 2), output_activation="identity", loss="squared_error")
    params = Params((np.array([[weight], [1e-3]]),), (np.array([0.0, 0.0]),))
    values = {"x": np.array([x]), "W1": params["W1"], "b1": params["b1"], "z1": params["W1"] @ [x]}
    variables = tuple(Variable(name, "", 0, value) for name, value in values.items())
    difference = jacobian_difference(Tape(variables, network_equations(config)), "z1", "x")
    assert REASONS[difference.reasons[0, 0]] == reason
    assert difference.values[0, 0] == 0
    assert not difference.judged[0, 0]
    assert difference.judged[1, 0] == (x == 1)


def test_sums_are_rounded_like_their_largest_term():
    """z = 10⁶ a − 10⁶ b is 1, but its terms are rounded by 10⁻¹⁰: too much beside a change of 10⁻⁶."""
    config = MLPConfig((2, 1), output_activation="identity", loss="squared_error")
    tape = forward_pass(config, Params((np.array([[1e6, -1e6]]),), (np.ones(1),)), [1.0, 1.0], [0.0])
    assert tape["z1"] == 1
    assert REASONS[jacobian_difference(tape, "z1", "b1").reasons[0, 0]] == (
        "the change is lost in the rounding of the result"
    )


def test_an_equation_that_is_not_there_is_named():
    tape = random_step(MLPConfig((4, 5, 3))).tape
    with pytest.raises(ValueError, match="expected an output and an input of one equation, got z1, a2"):
        jacobian_difference(tape, "z1", "a2")
