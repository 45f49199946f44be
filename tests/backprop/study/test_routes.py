import numpy as np
import pytest

from backprop import OUTPUTS, MLPConfig, init_params, training_step
from backprop.study.routes import (
    diagonal_route,
    is_needed,
    output_routes,
    pass_cost,
    route_cost,
    weight_routes,
)

FIGURE_1 = MLPConfig((4, 5, 3))


def recorded(config=FIGURE_1, seed=3):
    rng = np.random.default_rng(seed)
    target = np.eye(config.layer_sizes[-1])[1]
    return training_step(
        config, init_params(config, seed), rng.normal(size=config.layer_sizes[0]), target, 0.1
    )


@pytest.mark.parametrize(("activation", "loss"), OUTPUTS)
@pytest.mark.parametrize("sizes", [(4, 5, 3), (2, 7, 1, 4), (3, 2)])
def test_both_routes_lead_to_the_same_derivative(sizes, activation, loss):
    step = recorded(MLPConfig(sizes, "tanh", activation, loss))
    last = step.config.depth
    output = output_routes(step)
    upstream, jacobian = step.cotangent(f"a{last}"), step.vjp(f"a{last}", f"z{last}").jacobian
    np.testing.assert_allclose(output.full, upstream @ jacobian, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(output.shortcut, output.full, rtol=1e-9, atol=1e-12)
    assert output.difference <= 1e-12
    for layer in range(1, last + 1):
        weights = weight_routes(step, layer)
        below = step.tape[f"a{layer - 1}" if layer > 1 else "x"]
        expected = np.outer(step.cotangent(f"z{layer}"), below)
        np.testing.assert_allclose(weights.full, expected, rtol=1e-12, atol=1e-15)
        np.testing.assert_array_equal(weights.shortcut, expected)
        assert weights.difference == np.abs(weights.full - weights.shortcut).max()


def test_shortcut_at_the_output_is_a_minus_y():
    step = recorded()
    np.testing.assert_array_equal(output_routes(step).shortcut, step.tape["a2"] - step.tape["y"])


def test_diagonal_of_softmax_has_nothing_for_wrong_classes():
    step = recorded()
    a, y = step.tape["a2"], step.tape["y"]
    np.testing.assert_allclose(diagonal_route(step), -y * (1 - a), rtol=1e-12)
    assert np.abs(diagonal_route(step) - output_routes(step).full).max() > 1e-3


def test_costs_of_figure_1():
    """∂z²/∂W² has 45 entries, 15 of them not structurally zero."""
    step = recorded()
    costs = {
        pair: route_cost(step.vjp(*pair))
        for pair in [
            ("z2", "W2"),
            ("z2", "a1"),
            ("a2", "z2"),
            ("z2", "b2"),
            ("a1", "z1"),
            ("z1", "W1"),
            ("C", "a2"),
        ]
    }
    numbers = {
        "/".join(pair): (cost.entries, cost.filled, cost.full, cost.shortcut) for pair, cost in costs.items()
    }
    assert numbers == {
        "z2/W2": (45, 15, 45, 15),
        "z2/a1": (15, 15, 15, 15),
        "a2/z2": (9, 9, 9, 9),
        "z2/b2": (9, 3, 9, 0),
        "a1/z1": (25, 5, 25, 5),
        "z1/W1": (100, 20, 100, 20),
        "C/a2": (3, 3, 3, 0),
    }
    cost = output_routes(step).cost
    assert (cost.entries, cost.full, cost.shortcut) == (9, 9, 0)


def test_filled_entries_are_where_the_jacobian_can_differ_from_zero():
    step = recorded(MLPConfig((4, 6, 5, 3), "tanh"))
    for vjp_step in step.vjp_steps:
        hit = np.count_nonzero(vjp_step.jacobian)
        if vjp_step.wrt == f"a{step.config.depth}":
            assert hit == 1  # −y / a has one entry only because y is one-hot
        else:
            assert route_cost(vjp_step).filled == hit, (vjp_step.output, vjp_step.wrt)


def test_pass_cost_is_the_sum_with_a_minus_y_for_the_output():
    step = recorded()
    needed = [vjp_step for vjp_step in step.vjp_steps if vjp_step.wrt != "x"]
    assert [*filter(is_needed, step.vjp_steps)] == needed
    assert len(needed) == len(step.vjp_steps) - 1
    total = pass_cost(step)
    assert total.entries == total.full == sum(vjp_step.jacobian.size for vjp_step in needed)
    assert total.shortcut == sum(route_cost(vjp_step).shortcut for vjp_step in needed) - 9
    element_wise = recorded(MLPConfig((4, 5, 3), "relu", "identity", "squared_error"))
    assert pass_cost(element_wise).shortcut == sum(
        route_cost(v).shortcut for v in element_wise.vjp_steps if v.wrt != "x"
    )


def test_figure_1_needs_55_multiplications_by_hand():
    assert pass_cost(recorded()).shortcut == 55
