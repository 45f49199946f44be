"""Whatever comes in: a valid result, or a ValueError that names the argument."""

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backprop import MLPConfig, Params, init_params, loss_and_gradients, train, training_step
from tests.backprop.networks import FIGURE_1

PARAMS = init_params(FIGURE_1, 0)
X, Y = np.linspace(-1, 1, 8).reshape(2, 4), np.eye(3)[:2]
NAMES = {
    "layer_sizes": "layer_sizes",
    "hidden_activation": "hidden_activation",
    "output_activation": "output_activation, loss",
    "loss": "output_activation, loss",
}
quickly = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-3, max_value=6),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.sampled_from(["relu", "softmax", "cross_entropy", "nan", 10**400, np.int64(3), np.float32(2), np.nan]),
)
lists = st.recursive(scalars, lambda inner: st.lists(inner, max_size=5), max_leaves=20)
dtypes = st.one_of(
    arrays.floating_dtypes(sizes=(16, 32, 64)),
    arrays.integer_dtypes(),
    arrays.boolean_dtypes(),
    arrays.complex_number_dtypes(),
    arrays.datetime64_dtypes(),
    arrays.unicode_string_dtypes(max_len=3),
)
shapes = st.one_of(
    st.sampled_from([(4,), (3,), (2, 4), (2, 3), (5, 4), (3, 5)]), arrays.array_shapes(min_dims=0, max_side=5)
)
ndarrays = dtypes.flatmap(lambda dtype: arrays.arrays(dtype, shapes))
objects = st.sampled_from(
    [object(), {}, {"a": 1}, set(), range(4), np.ma.masked_all(4), np.array([None] * 4), lambda: 0]
)
anything = st.one_of(scalars, lists, ndarrays, objects)
fitting = st.sampled_from([(4,), (3,), (2, 4), (2, 3)]).flatmap(
    lambda shape: arrays.arrays(np.float64, shape)
)


def assert_finite(*found):
    for array in found:
        assert np.isfinite(array).all()


def valid_or_named(function, *names):
    """What the function returns, or None after a ValueError that begins with one of the names."""
    try:
        return function()
    except ValueError as error:
        message = str(error)
    assert message.startswith(names), message
    assert "expected" in message or "diverged" in message
    return None


@given(anything, anything, anything, anything, st.sets(st.sampled_from(list(NAMES))))
@quickly
@example(sizes=0, hidden=np.zeros(2), output="", loss="", which={"hidden_activation"})
@example(sizes=np.array(3), hidden="", output="", loss="", which={"layer_sizes"})
@example(sizes=0, hidden="", output=np.zeros(2), loss="", which={"output_activation"})
def test_config(sizes, hidden, output, loss, which):
    given_values = {
        "layer_sizes": sizes,
        "hidden_activation": hidden,
        "output_activation": output,
        "loss": loss,
    }
    options = {"layer_sizes": (4, 3)} | {name: given_values[name] for name in which}
    config = valid_or_named(lambda: MLPConfig(**options), *set(NAMES.values()))
    if config is not None:
        assert len(config.layer_sizes) >= 2
        assert all(type(size) is int and size >= 1 for size in config.layer_sizes)
        assert hash(config) == hash(
            MLPConfig(config.layer_sizes, config.hidden_activation, config.output_activation, config.loss)
        )


@given(anything, anything)
@quickly
@example(weights=None, biases=[])
@example(weights=np.ones((1, 2, 2)), biases=np.ones((1, 2)))
def test_params(weights, biases):
    params = valid_or_named(lambda: Params(weights, biases), "weights", "biases", "W", "b")
    if params is not None:
        assert_finite(*(array for _, array in params.items()))


@given(st.lists(anything, max_size=2), st.lists(anything, max_size=2))
@quickly
def test_params_of_lists(weights, biases):
    test_params.hypothesis.inner_test(weights, biases)


@given(st.one_of(anything, fitting), st.one_of(anything, fitting), anything)
@quickly
@example(x=[1e308] * 4, y=[0, 0, 1], rate=0.1)
@example(x=[0] * 4, y=[1e308, 0, 1], rate=1e308)
@example(x=[0] * 4, y=[0, 0, 1], rate=10**400)
@example(x=np.zeros(4, dtype=complex), y=[0, 0, 1], rate=0.1)
def test_training_step(x, y, rate):
    for arguments in ((x, Y[0], 0.1), (X[0], y, 0.1), (X[0], Y[0], rate), (x, y, rate)):
        step = valid_or_named(
            lambda given_=arguments: training_step(FIGURE_1, PARAMS, *given_),
            *("x", "y", "learning_rate", "params", "tape"),
        )
        if step is not None:
            assert_finite(step.loss_before, step.loss_after, *(vjp.cotangent for vjp in step.vjp_steps))


@given(st.one_of(anything, fitting), st.one_of(anything, fitting))
@quickly
def test_loss_and_gradients(inputs, targets):
    for arguments in ((inputs, Y), (X, targets), (inputs, targets)):
        found = valid_or_named(
            lambda given_=arguments: loss_and_gradients(FIGURE_1, PARAMS, *given_), "X", "Y", "params"
        )
        if found is not None:
            assert_finite(found[0], *(array for _, array in found[1].items()))


@given(anything, anything, anything, anything)
@quickly
def test_train(epochs, rate, size, seed):
    few = epochs if not isinstance(epochs, int) or epochs < 20 else epochs % 20
    for options in ({"epochs": few}, {"learning_rate": rate}, {"batch_size": size}, {"seed": seed}):
        run = valid_or_named(
            lambda given_=options: train(FIGURE_1, PARAMS, X, Y, **({"epochs": 2} | given_)),
            *("epochs", "learning_rate", "batch_size", "seed", "params"),
        )
        if run is not None:
            assert_finite(run.costs, run.accuracies, *(array for _, array in run.params.items()))


pairs = st.one_of(
    st.sampled_from([("z2", "a1"), ("a2", "z2"), ("a1", "z1"), ("z1", "W1"), ("C", "a2"), ("z1", "x")]),
    st.tuples(st.text(max_size=3), st.text(max_size=3)),
    st.text(max_size=3),
    st.integers(),
)
masks = st.one_of(anything, arrays.arrays(np.int8, shapes, elements=st.integers(0, 1)))


@given(st.one_of(st.dictionaries(pairs, masks, max_size=2), anything))
@quickly
def test_keep_paths(keep):
    """Of a mapping at least the entries, of anything else the argument is named."""
    calls = (
        lambda: training_step(FIGURE_1, PARAMS, X[0], Y[0], 0.1, keep),
        lambda: loss_and_gradients(FIGURE_1, PARAMS, X, Y, keep),
        lambda: train(FIGURE_1, PARAMS, X, Y, epochs=1, keep_paths=keep),
    )
    for call in calls:
        valid_or_named(call, "keep_paths", "learning_rate", "params")
