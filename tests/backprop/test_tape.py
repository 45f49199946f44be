"""The records: what they hold, that they cannot be changed, and that they can be pickled."""

import dataclasses
import importlib
import pickle
import pkgutil

import numpy as np
import pytest

import backprop
from backprop import (
    check_gradients,
    loss_and_gradients,
    per_observation_gradients,
    predict,
    train,
    training_step,
)
from tests.backprop.networks import FIGURE_1, every_kind, random_params, random_step


def arrays_in(value, path=""):
    """Every array in a record, with the way to it."""
    if isinstance(value, np.ndarray):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from arrays_in(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from arrays_in(item, f"{path}[{i}]")


def records(config):
    rng = np.random.default_rng(0)
    params = random_params(config, rng)
    X, Y = rng.normal(size=(3, config.layer_sizes[0])), rng.uniform(size=(3, config.layer_sizes[-1]))
    masks = {("z2", "a1"): np.ones((config.layer_sizes[2], config.layer_sizes[1]))}
    step = random_step(config, keep_paths=masks)
    return {
        "training step": step,
        "gradient checks": check_gradients(step),
        "batch": loss_and_gradients(config, params, X, Y),
        "masked batch": loss_and_gradients(config, params, X, Y, masks),
        "predictions": predict(config, params, X),
        "observations": per_observation_gradients(config, params, X, Y),
        "run": train(config, params, X, Y, epochs=2, batch_size=2, learning_rate=0.01),
    }


@every_kind
def test_arrays_are_read_only_and_records_picklable(config):
    for name, record in records(config).items():
        arrays = dict(arrays_in(record))
        assert arrays
        for path, array in arrays.items():
            assert not array.flags.writeable, f"{name}{path}"
        again = dict(arrays_in(pickle.loads(pickle.dumps(record))))
        assert again.keys() == arrays.keys()
        for path, array in arrays.items():
            np.testing.assert_array_equal(again[path], array, err_msg=f"{name}{path}")


def test_records_are_frozen(step):
    for record in (step, step.tape, step.tape.variables[0], step.vjp_steps[0], step.updates[0], step.params):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            setattr(record, dataclasses.fields(record)[0].name, None)


def test_input_is_copied_not_kept(params):
    x, y = np.ones(4), np.eye(3)[0]
    step = training_step(FIGURE_1, params, x, y, 0.1)
    x[:] = 7
    y[:] = 7
    np.testing.assert_array_equal(step.tape["x"], np.ones(4))
    np.testing.assert_array_equal(step.tape["y"], np.eye(3)[0])


def test_variables_in_the_order_of_the_pass(step):
    assert [(v.name, v.role, v.layer, v.value.shape) for v in step.tape.variables] == [
        ("x", "input", 0, (4,)),
        ("W1", "weight", 1, (5, 4)),
        ("b1", "bias", 1, (5,)),
        ("z1", "pre_activation", 1, (5,)),
        ("a1", "activation", 1, (5,)),
        ("W2", "weight", 2, (3, 5)),
        ("b2", "bias", 2, (3,)),
        ("z2", "pre_activation", 2, (3,)),
        ("a2", "activation", 2, (3,)),
        ("y", "target", 2, (3,)),
        ("C", "cost", 2, ()),
    ]
    assert step.tape.cost == "C"


@pytest.mark.parametrize(
    ("look_up", "message"),
    [
        (lambda step: step.tape["z3"], "z3: expected one of x, W1, b1, z1"),
        (lambda step: step.vjp("z2", "x"), r"\(z2, x\): expected one of \(C, a2\), \(a2, z2\)"),
        (lambda step: step.cotangent("y"), "y: expected one of a2, z2, W2"),
        (lambda step: step.params["W3"], "W3: expected W1, b1, …, W2 or b2"),
    ],
)
def test_unknown_names(step, look_up, message):
    with pytest.raises(KeyError, match=message):
        look_up(step)


def test_cost_has_cotangent_1(step):
    assert step.cotangent("C") == 1


def test_every_record_of_the_core_is_immutable_and_has_no_other_attributes():
    """Arrays have no one answer to ==, so records that hold some are compared by identity."""
    records = {}
    for module in pkgutil.iter_modules(backprop.__path__, "backprop."):
        for name, record in vars(importlib.import_module(module.name)).items():
            if isinstance(record, type) and dataclasses.is_dataclass(record):
                records[name] = record
    assert len(records) > 20
    for name, record in records.items():
        assert record.__dataclass_params__.frozen, name
        assert "__slots__" in vars(record), name
        types = [str(field.type) for field in dataclasses.fields(record)]
        holds_arrays = any("rray" in kind and "Callable" not in kind and "Rule" not in kind for kind in types)
        assert not (holds_arrays and record.__dataclass_params__.eq), name
