"""The recorded step against numbers of an automatic-differentiation library."""

import numpy as np
import pytest

from backprop import check_gradients, loss_and_gradients
from tests.backprop.random_networks import GOLDEN, golden_network

CLOSE = {"rtol": 1e-12, "atol": 1e-13}


@pytest.fixture(params=GOLDEN, ids=lambda case: case["name"])
def case(request):
    return request.param


@pytest.fixture
def step(case):
    return golden_network(case).step(learning_rate=case["learning_rate"])


def test_values(case, step):
    for name, expected in case["values"].items():
        np.testing.assert_allclose(step.tape[name], expected, **CLOSE, err_msg=name)


def test_jacobians(case, step):
    for name, expected in case["jacobians"].items():
        np.testing.assert_allclose(step.vjp(*name.split("/")).jacobian, expected, **CLOSE, err_msg=name)


def test_path_terms(case, step):
    for name, expected in case["path_terms"].items():
        above = f"z{int(name[1:]) + 1}"
        np.testing.assert_allclose(step.vjp(above, name).path_terms, expected, **CLOSE, err_msg=name)


def test_cotangents_and_gradients(case, step):
    for name, expected in case["cotangents"].items():
        np.testing.assert_allclose(step.cotangent(name), expected, **CLOSE, err_msg=name)
    for name, expected in case["gradients"].items():
        np.testing.assert_allclose(step.gradients[name], expected, **CLOSE, err_msg=name)


def test_update(case, step):
    for name, expected in case["updated"].items():
        np.testing.assert_allclose(step.params_after[name], expected, **CLOSE, err_msg=name)
    assert step.loss_after == pytest.approx(case["loss_after"], rel=1e-12)


def test_batch_of_one(case):
    network = golden_network(case)
    loss, gradients = loss_and_gradients(network.config, network.params, network.X, network.Y)
    assert loss == pytest.approx(case["values"]["C"], rel=1e-12)
    for name, expected in case["gradients"].items():
        np.testing.assert_allclose(gradients[name], expected, **CLOSE, err_msg=name)


def test_gradient_check_agrees_and_judges_everything(case, step):
    is_saturated = case["values"]["C"] > 1000  # where no difference can tell ln a
    for check in check_gradients(step):
        assert check.judged.all() or is_saturated, check.name
        assert check.agrees, (check.name, check.error.max())


def test_the_textbook_example_has_its_known_cost():
    (mazur,) = [case for case in GOLDEN if case["name"].startswith("mazur")]
    step = golden_network(mazur).step(learning_rate=0.5)
    assert step.loss_before == pytest.approx(0.298371109, abs=5e-10)
