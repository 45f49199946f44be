"""Every message of the core as a whole: the argument, what was expected, what came."""

import dataclasses

import numpy as np
import pytest

from backprop import (
    MLPConfig,
    Params,
    TrainingDiverged,
    backward_pass,
    continue_training,
    forward_pass,
    init_params,
    loss_and_gradients,
    numerical_derivative,
    per_observation_gradients,
    predict,
    sgd_update,
    train,
    training_step,
)
from backprop.arrays import as_float_array, require_finite, require_shape
from backprop.differences import jacobian_difference
from backprop.network import require_params
from backprop.primitives import PRIMITIVES
from backprop.reverse import pull_back
from backprop.study.evaluation import confusion_matrix, training_history
from backprop.study.layer_batch import layer_batch
from backprop.study.paths import ledger, nudge, single_path_mask, survey_paths
from backprop.study.planes import feature_plane, principal_plane
from backprop.study.rules import RULES, keep_paths
from backprop.study.sweep import sweep_learning_rates
from backprop.total_derivative import INNERS, curve, evaluate
from tests.backprop.networks import FIGURE_1

SQUARED_ERRORS = ", ".join(
    f"{output} + {size}squared_error"
    for size in ("", "sum_", "mean_")
    for output in ("sigmoid", "identity", "tanh", "relu")
)
PARAMS = init_params(FIGURE_1, 0)
X, Y = np.ones((2, 4)), np.eye(3)[:2]
STEP = training_step(FIGURE_1, PARAMS, X[0], Y[0], 0.1)
RUN = train(FIGURE_1, PARAMS, X, Y, epochs=2)
HUGE = Params(tuple(1e200 * np.ones_like(W) for W in PARAMS.weights), PARAMS.biases)
LINEAR = MLPConfig((4, 3), "relu", "identity", "squared_error")
LARGE_LINEAR = Params((1e300 * np.ones((3, 4)),), (np.zeros(3),))


KNOWN_PAIRS = (
    "[('z1', 'W1'), ('z1', 'b1'), ('z1', 'x'), ('a1', 'z1'), ('z2', 'W2'), ('z2', 'b2'), ('z2', 'a1'), "
    "('a2', 'z2'), ('C', 'a2')]"
)

MESSAGES = {
    "arrays: complex numbers": (
        lambda: as_float_array("v", np.array([1j]), ("n",)),
        "v: expected real numbers of shape (n,), got array([0.+1.j])",
    ),
    "arrays: no numbers": (
        lambda: as_float_array("v", ["a"], (1, "n")),
        "v: expected numbers of shape (1, n), got ['a']",
    ),
    "arrays: another shape": (
        lambda: require_shape("v", np.zeros((2, 0)), (2, "n")),
        "v: expected shape (2, n), got (2, 0)",
    ),
    "arrays: another number of axes": (
        lambda: require_shape("v", np.zeros(2), ()),
        "v: expected shape (), got (2,)",
    ),
    "arrays: not finite": (
        lambda: require_finite("v", np.array([[0.0, 1.0], [np.inf, np.nan]])),
        "v: expected finite numbers, got inf at [1, 0]",
    ),
    "arrays: one number, not finite": (
        lambda: require_finite("v", np.array(np.nan)),
        "v: expected finite numbers, got nan",
    ),
    "batch: cost": (
        lambda: loss_and_gradients(LINEAR, LARGE_LINEAR, X, Y),
        "params, X: expected numbers for which the cost is finite, got inf",
    ),
    "batch: cost of one observation": (
        lambda: per_observation_gradients(LINEAR, LARGE_LINEAR, X, Y),
        "params, X, cost: expected finite numbers, got inf at [0]",
    ),
    "batch: gradient": (
        lambda: loss_and_gradients(LINEAR, *overflowing_gradient()),
        "params, X, gradient of a weight: expected finite numbers, got inf at [0, 0]",
    ),
    "batch: gradient of one observation": (
        lambda: per_observation_gradients(LINEAR, *overflowing_gradient()),
        "params, X, gradient of a weight: expected finite numbers, got inf at [0, 0, 0]",
    ),
    "batch: outputs": (
        lambda: predict(LINEAR, LARGE_LINEAR, 1e10 * X),
        "params, X, outputs: expected finite numbers, got inf at [0, 0]",
    ),
    "batch: targets": (
        lambda: loss_and_gradients(FIGURE_1, PARAMS, X, Y[:, :2]),
        "Y: expected shape (2, 3), got (2, 2)",
    ),
    "batch: observations": (
        lambda: predict(FIGURE_1, PARAMS, X[:, :3]),
        "X: expected shape (N, 4), got (2, 3)",
    ),
    "evaluation: counts": (
        lambda: confusion_matrix(np.array([0, 1]), np.array([0]), 2),
        "predicted: expected shape (2,), got (1,)",
    ),
    "evaluation: checkpoints": (
        lambda: training_history(dataclasses.replace(RUN, checkpoint_epochs=(0, 2)), [(X, Y)], 2),
        "epochs: expected a run that has kept every epoch up to 2",
    ),
    "forward: cost": (
        lambda: forward_pass(LINEAR, LARGE_LINEAR, X[0], Y[0]),
        "params, x: expected numbers for which the cost is finite, got C = inf",
    ),
    "forward: x": (
        lambda: forward_pass(FIGURE_1, PARAMS, X[0, :3], Y[0]),
        "x: expected shape (4,), got (3,)",
    ),
    "forward: y": (
        lambda: forward_pass(FIGURE_1, PARAMS, X[0], Y[0, :2]),
        "y: expected shape (3,), got (2,)",
    ),
    "gradcheck: step": (
        lambda: numerical_derivative(FIGURE_1, STEP.tape, "x", 0.0),
        "h: expected a finite number above 0, got 0.0",
    ),
    "gradcheck: endless step": (
        lambda: numerical_derivative(FIGURE_1, STEP.tape, "x", np.inf),
        "h: expected a finite number above 0, got inf",
    ),
    "gradcheck: name": (
        lambda: numerical_derivative(FIGURE_1, STEP.tape, "y"),
        "name: expected one of x, W1, b1, z1, a1, W2, b2, z2, a2, got 'y'",
    ),
    "jacobian check": (
        lambda: jacobian_difference(STEP.tape, "C", "a2"),
        "output, wrt: expected an output and an input of one equation, got C, a2",
    ),
    "layer batch: 0": (
        lambda: layer_batch(FIGURE_1, PARAMS, X, Y, 0),
        "layer: expected 1 to 2, got 0",
    ),
    "layer batch: 3": (
        lambda: layer_batch(FIGURE_1, PARAMS, X, Y, 3),
        "layer: expected 1 to 2, got 3",
    ),
    "network: one size": (
        lambda: MLPConfig((4,)),
        "layer_sizes: expected two or more whole numbers from 1 up, got (4,)",
    ),
    "network: no sizes": (
        lambda: MLPConfig(4),
        "layer_sizes: expected two or more whole numbers from 1 up, got (4,)",
    ),
    "network: no units": (
        lambda: MLPConfig((4, 0)),
        "layer_sizes: expected two or more whole numbers from 1 up, got (4, 0)",
    ),
    "network: activation": (
        lambda: MLPConfig((4, 3), "softmax"),
        "hidden_activation: expected one of relu, tanh, sigmoid, identity, got 'softmax'",
    ),
    "network: output": (
        lambda: MLPConfig((4, 3), "relu", "softmax", "squared_error"),
        "output_activation, loss: expected one of softmax + cross_entropy, sigmoid + binary_cross_entropy, "
        f"{SQUARED_ERRORS}, got softmax + squared_error",
    ),
    "network: output that is no text": (
        lambda: MLPConfig((4, 3), "relu", "softmax", None),
        "output_activation, loss: expected one of softmax + cross_entropy, sigmoid + binary_cross_entropy, "
        f"{SQUARED_ERRORS}, got softmax + None",
    ),
    "network: output of another cost": (
        lambda: MLPConfig((4, 3), "relu", "tanh", "cross_entropy"),
        "output_activation, loss: expected one of softmax + cross_entropy, sigmoid + binary_cross_entropy, "
        f"{SQUARED_ERRORS}, got tanh + cross_entropy",
    ),
    "network: too few activations": (
        lambda: MLPConfig((4, 3, 2, 1), ("relu",), "identity", "squared_error"),
        "hidden_activation: expected one of relu, tanh, sigmoid, identity, or 2 of them, one a hidden "
        "layer, got ('relu',)",
    ),
    "network: a wrong activation among several": (
        lambda: MLPConfig((4, 3, 3), ["softmax"]),
        "hidden_activation: expected one of relu, tanh, sigmoid, identity, or 1 of them, one a hidden "
        "layer, got ['softmax']",
    ),
    "network: biases by halves": (
        lambda: MLPConfig((4, 3), bias="some"),
        "bias: expected one of learned, fixed, none, got 'some'",
    ),
    "network: too few names": (
        lambda: MLPConfig((4, 3), inputs=("area", "age")),
        "inputs: expected 4 names, or none, got 2",
    ),
    "network: names that are none": (
        lambda: MLPConfig((4, 3), outputs="abc"),
        "outputs: expected a tuple of names, got 'abc'",
    ),
    "network: biases where none are wanted": (
        lambda: training_step(dataclasses.replace(FIGURE_1, bias="none"), PARAMS, X[0], Y[0], 0.1),
        "params: expected no biases, since bias is 'none', got some",
    ),
    "network: no biases where some are wanted": (
        lambda: training_step(FIGURE_1, Params(PARAMS.weights, ()), X[0], Y[0], 0.1),
        "params: expected biases, since bias is 'learned', got none",
    ),
    "network: layers": (
        lambda: Params(PARAMS.weights, PARAMS.biases[:1]),
        "weights, biases: expected the same number of layers, one or more, or no biases at all, got 2 and 1",
    ),
    "network: no layers": (
        lambda: Params((), ()),
        "weights, biases: expected the same number of layers, one or more, or no biases at all, got 0 and 0",
    ),
    "network: no tuple of weights": (
        lambda: Params(None, ()),
        "weights: expected one array a layer, got None",
    ),
    "network: no tuple of biases": (lambda: Params((), 1.5), "biases: expected one array a layer, got 1.5"),
    "network: weights of the first layer": (
        lambda: Params(([1.0],), ([1.0],)),
        "W1: expected shape (m, n), got (1,)",
    ),
    "network: weights of the second layer": (
        lambda: Params((np.ones((2, 1)), np.ones((1, 3))), ([1.0, 1.0], [1.0])),
        "W2: expected shape (m, 2), got (1, 3)",
    ),
    "network: biases": (
        lambda: Params((np.ones((2, 1)),), ([1.0],)),
        "b1: expected shape (2,), got (1,)",
    ),
    "network: another one's parameters": (
        lambda: require_params(LINEAR, PARAMS),
        "params: expected layer sizes (4, 3), got those of layers (4, 5, 3)",
    ),
    "network: seed": (
        lambda: init_params(FIGURE_1, -1),
        "seed: expected a whole number from 0 up, got -1",
    ),
    "network: no whole seed": (
        lambda: init_params(FIGURE_1, 1.0),
        "seed: expected a whole number from 0 up, got 1.0",
    ),
    "paths: layer below": (
        lambda: ledger(STEP, 0, 0),
        "layer: expected a hidden layer from 1 to 1, got 0",
    ),
    "paths: output layer": (
        lambda: survey_paths(MLPConfig((4, 2, 5, 3)), PARAMS, X, Y, 3),
        "layer: expected a hidden layer from 1 to 2, got 3",
    ),
    "paths: unit": (lambda: ledger(STEP, 1, 5), "unit: expected 0 to 4, got 5"),
    "paths: no unit": (lambda: ledger(STEP, 1, -1), "unit: expected 0 to 4, got -1"),
    "paths: path": (lambda: ledger(STEP, 1, 0, {3, 0}), "paths: expected 0 to 2, got [0, 3]"),
    "paths: no path": (lambda: single_path_mask(FIGURE_1, 1, -1), "paths: expected 0 to 2, got [-1]"),
    "paths: nudge": (lambda: nudge(STEP, 1, 0, np.nan), "epsilon: expected finite numbers, got nan"),
    "planes: twice the same": (
        lambda: feature_plane(np.zeros(4), 1, 1),
        "first, second: expected two of 0..3, got 1 and 1",
    ),
    "planes: first": (
        lambda: feature_plane(np.zeros(4), 4, 1),
        "first, second: expected two of 0..3, got 4 and 1",
    ),
    "planes: second": (
        lambda: feature_plane(np.zeros(4), 0, -1),
        "first, second: expected two of 0..3, got 0 and -1",
    ),
    "planes: origin": (lambda: feature_plane(0.0, 0, 1), "origin: expected shape (n,), got ()"),
    "planes: one observation": (
        lambda: principal_plane(np.zeros((1, 4))),
        "X: expected two or more observations and features, got shape (1, 4)",
    ),
    "planes: one feature": (
        lambda: principal_plane(np.arange(4.0).reshape(4, 1)),
        "X: expected two or more observations and features, got shape (4, 1)",
    ),
    "planes: no variance": (
        lambda: principal_plane(np.ones((3, 4))),
        "X: expected observations that differ, got the same one again and again",
    ),
    "planes: coordinates": (
        lambda: feature_plane(np.zeros(4), 0, 1).coordinates(np.zeros((2, 3))),
        "X: expected shape (N, 4), got (2, 3)",
    ),
    "reverse: overflow": (
        lambda: backward_pass(
            forward_pass(
                LINEAR, Params((np.full((3, 4), 1e170),), (np.zeros(3),)), 1e-20 * X[0], 1e150 * Y[0]
            )
        ),
        "tape, ∂C/∂x: expected finite numbers, got inf at [0]",
    ),
    "reverse: no rule": (
        lambda: pull_back({}, STEP.tape.equations[-1], 1, np.ones(()), None),
        "argument: cross_entropy has no derivative towards its input number 1",
    ),
    "reverse: no mapping": (
        lambda: backward_pass(STEP.tape, [1]),
        "keep_paths: expected a mapping of pairs to masks, got [1]",
    ),
    "reverse: no such pair": (
        lambda: backward_pass(STEP.tape, {("C", "y"): np.ones(3)}),
        f"keep_paths: expected a pair among {KNOWN_PAIRS}, got ('C', 'y')",
    ),
    "reverse: shape of a mask": (
        lambda: backward_pass(STEP.tape, {("z2", "a1"): np.ones((5, 3))}),
        "keep_paths[z2, a1]: expected shape (3, 5), got (5, 3)",
    ),
    "reverse: no mask": (
        lambda: backward_pass(STEP.tape, {("a2", "z2"): [[1, 2, 0]] * 3}),
        "keep_paths[a2, z2]: expected a mask of 0 and 1, got [[1, 2, 0], [1, 2, 0], [1, 2, 0]]",
    ),
    "rules: path": (
        lambda: keep_paths(RULES[0], MLPConfig((4, 5, 2, 3)), 2),
        "k: expected a unit from 0 to 1, got 2",
    ),
    "rules: no path": (lambda: keep_paths(RULES[0], FIGURE_1, -1), "k: expected a unit from 0 to 2, got -1"),
    "sgd: shapes": (
        lambda: sgd_update(PARAMS, init_params(LINEAR, 0), 0.1),
        "gradients: expected weights of shapes [(5, 4), (3, 5)], got [(3, 4)]",
    ),
    "sgd: a parameter overflows": (
        lambda: sgd_update(PARAMS, HUGE, 1e200),
        "learning_rate, W1 after the step: expected finite numbers, got -inf at [0, 0]",
    ),
    "sgd: learning rate": (
        lambda: sgd_update(PARAMS, PARAMS, -0.1),
        "learning_rate: expected a finite number from 0 up, got -0.1",
    ),
    "sgd: huge learning rate": (
        lambda: sgd_update(PARAMS, PARAMS, 10**400),
        f"learning_rate: expected a finite number from 0 up, got {10**400}",
    ),
    "sgd: cost after the step": (
        lambda: training_step(LINEAR, PARAMS_OF_LINEAR, X[0], Y[0], 1e200),
        "learning_rate, cost after the step: expected finite numbers, got inf",
    ),
    "sweep: observations": (
        lambda: sweep_learning_rates(STEP, X[:, :3], Y),
        "X: expected shape (N, 4), got (2, 3)",
    ),
    "sweep: targets": (
        lambda: sweep_learning_rates(STEP, X, Y[:1]),
        "Y: expected shape (2, 3), got (1, 3)",
    ),
    "total derivative: no function": (
        lambda: evaluate("f", (), 1.0),
        "outer: expected one of 2xy3, product, sum, squares, sinx-y, xyz, xy-z2, square, sin, got 'f'",
    ),
    "total derivative: no path": (
        lambda: evaluate("2xy3", ("t", "t2", "sin"), 1.0),
        "inners: expected 2 keys, one for each of x, y, got ('t', 't2', 'sin')",
    ),
    "total derivative: no such path": (
        lambda: evaluate("2xy3", ("t", "f"), 1.0),
        f"inners: expected keys among {', '.join(INNERS)}, got ('t', 'f')",
    ),
    "total derivative: a text of paths": (
        lambda: evaluate("square", "t", 1.0),
        f"inners: expected keys among {', '.join(INNERS)}, got 't'",
    ),
    "total derivative: overflow": (
        lambda: curve("square", ("decay",), [1.0, -400.0]),
        "ts: expected numbers for which f and its slope are finite, got [   1. -400.]",
    ),
    "total derivative: overflow at one t": (
        lambda: evaluate("square", ("decay",), -400.0),
        "t: expected numbers for which f and its slope are finite, got -400.0",
    ),
    "train: epochs": (
        lambda: train(FIGURE_1, PARAMS, X, Y, epochs=-1),
        "epochs: expected a whole number from 0 up, got -1",
    ),
    "train: fewer epochs than before": (
        lambda: continue_training(RUN, X, Y, 1),
        "epochs: expected a whole number from 2 up, got 1",
    ),
    "train: seed": (
        lambda: train(FIGURE_1, PARAMS, X, Y, seed=-1),
        "seed: expected a whole number from 0 up, got -1",
    ),
    "train: no batch": (
        lambda: train(FIGURE_1, PARAMS, X, Y, batch_size=0),
        "batch_size: expected a whole number from 1 to 2, got 0",
    ),
    "train: batch of more than all": (
        lambda: train(FIGURE_1, PARAMS, X, Y, batch_size=3),
        "batch_size: expected a whole number from 1 to 2, got 3",
    ),
    "train: checkpoint": (
        lambda: RUN.checkpoint(3),
        "epoch: expected a whole number from 0 to 2, got 3",
    ),
    "train: cost": (
        lambda: train(LINEAR, LARGE_LINEAR, X, Y),
        "params, X: expected numbers for which the cost is finite, got an overflow",
    ),
    "train: divergence": (
        lambda: train(LINEAR, PARAMS_OF_LINEAR, X, Y, learning_rate=1e200),
        "learning_rate: training diverged in epoch 1, where the cost or a parameter stopped being finite; "
        "try one below 1e+200, standardised X, or the full rule (no keep_paths)",
    ),
}
PARAMS_OF_LINEAR = init_params(LINEAR, 0)


def overflowing_gradient():
    """a − y is 10¹⁵⁰ and x 10¹⁶⁰: their product is no float, but the cost is."""
    return Params((np.zeros((3, 4)),), (np.full(3, 1e150),)), np.full((1, 4), 1e160), Y[:1]


@pytest.mark.parametrize("case", MESSAGES)
def test_the_message_is(case):
    call, message = MESSAGES[case]
    with pytest.raises(ValueError) as caught:  # noqa: PT011 the whole message is compared
        call()
    assert str(caught.value) == message


KEY_ERRORS = {
    "parameter": (lambda: PARAMS["W3"], "W3: expected W1, b1, …, W2 or b2"),
    "parameter 0": (lambda: PARAMS["b0"], "b0: expected W1, b1, …, W2 or b2"),
    "variable": (lambda: STEP.tape["z3"], "z3: expected one of x, W1, b1, z1, a1, W2, b2, z2, a2, y, C"),
    "backward step": (
        lambda: STEP.vjp("z2", "a2"),
        "(z2, a2): expected one of (C, a2), (a2, z2), (z2, W2), (z2, b2), (z2, a1), (a1, z1), (z1, W1), "
        "(z1, b1), (z1, x)",
    ),
    "cotangent": (
        lambda: STEP.cotangent("y"),
        "y: expected one of a2, z2, W2, b2, a1, z1, W1, b1, x",
    ),
}


@pytest.mark.parametrize("case", KEY_ERRORS)
def test_what_has_no_such_name_says_which_there_are(case):
    call, message = KEY_ERRORS[case]
    with pytest.raises(KeyError) as caught:
        call()
    assert caught.value.args == (message,)


def test_a_training_that_diverged_keeps_what_came_before():
    with pytest.raises(TrainingDiverged) as caught:
        train(LINEAR, PARAMS_OF_LINEAR, X, Y, learning_rate=1e200)
    assert caught.value.epoch == 1
    assert caught.value.args == (1, caught.value.run)
    assert caught.value.run.epochs == 0


def test_no_rule_for_what_is_not_differentiated(monkeypatch):
    affine = PRIMITIVES["affine"]
    monkeypatch.setitem(PRIMITIVES, "affine", dataclasses.replace(affine, vjp=(*affine.vjp[:2], None)))
    with pytest.raises(ValueError, match=r"^argument: affine has no derivative towards its input number 2$"):
        loss_and_gradients(FIGURE_1, PARAMS, X, Y)
