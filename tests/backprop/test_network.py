import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, init_params

PINNED_W1 = [0.33548624824817913, -0.5639050832878074, -1.124380644784199, -1.1842605976919982]
PINNED_W2 = [
    0.32639931186911136,
    -0.1923937373005942,
    -0.6320313931606384,
    0.3836290585002494,
    0.04391497471944276,
]
GLOROT_ACTIVATIONS = [name for name in HIDDEN_ACTIVATIONS if name != "relu"]


def test_he_for_relu_layers_and_glorot_for_the_others():
    params = init_params(MLPConfig((300, 200, 100)), seed=1)
    for W, limit in ((params["W1"], np.sqrt(6 / 300)), (params["W2"], np.sqrt(6 / (200 + 100)))):
        assert np.abs(W).max() <= limit
        assert np.abs(W).max() > 0.999 * limit
        assert W.var() == pytest.approx(limit**2 / 3, rel=0.02)
        assert W.mean() == pytest.approx(0, abs=0.02 * limit)


@pytest.mark.parametrize("activation", GLOROT_ACTIVATIONS)
def test_glorot_for_hidden_layers_without_relu(activation):
    W = init_params(MLPConfig((300, 200, 3), activation), seed=1)["W1"]
    assert W.var() == pytest.approx(2 / (300 + 200), rel=0.02)


def test_biases_start_at_0():
    for name, value in init_params(MLPConfig((4, 5, 3)), seed=0).items():
        assert name.startswith("W") or not value.any()


def test_same_seed_same_bits_on_every_platform():
    params = init_params(MLPConfig((4, 5, 3)), seed=0)
    assert params["W1"][0].tolist() == PINNED_W1
    assert params["W2"][2].tolist() == PINNED_W2


def test_another_seed_another_start():
    config = MLPConfig((4, 5, 3))
    assert (init_params(config, 0)["W1"] != init_params(config, 1)["W1"]).all()
    np.testing.assert_array_equal(init_params(config, 7)["W1"], init_params(config, 7)["W1"])


@given(sizes=st.lists(st.integers(1, 9), min_size=2, max_size=6), seed=st.integers(0, 2**40))
def test_any_depth_and_width(sizes, seed):
    config = MLPConfig(tuple(sizes))
    params = init_params(config, seed)
    assert config.depth == len(sizes) - 1
    assert [W.shape for W in params.weights] == list(zip(sizes[1:], sizes[:-1], strict=True))
    assert [b.shape for b in params.biases] == [(units,) for units in sizes[1:]]


NOT_SIZES = st.one_of(
    st.lists(st.integers(1, 5), max_size=1),
    st.lists(st.integers(1, 5), min_size=1).map(lambda sizes: [*sizes, 0]),
    st.lists(st.integers(1, 5), min_size=1).map(lambda sizes: [*sizes, -3]),
    st.lists(st.floats(), min_size=2),
    st.sampled_from(["45", "", ("4", "5"), None, 4]),
)


@given(sizes=NOT_SIZES)
def test_bad_sizes(sizes):
    with pytest.raises(ValueError, match=r"^layer_sizes: expected two or more whole numbers from 1 up, got"):
        MLPConfig(sizes)


@given(name=st.sampled_from(["", "ReLU", "softmax", None, 3]))
def test_bad_activation(name):
    with pytest.raises(
        ValueError, match=r"^hidden_activation: expected one of relu, tanh, sigmoid, identity"
    ):
        MLPConfig((2, 2), hidden_activation=name)


@given(
    pair=st.tuples(
        st.sampled_from(["softmax", "sigmoid", "identity", "relu", ""]),
        st.sampled_from(["cross_entropy", "binary_cross_entropy", "squared_error", "hinge"]),
    ).filter(lambda pair: pair not in OUTPUTS)
)
def test_bad_output(pair):
    with pytest.raises(ValueError, match=r"^output_activation, loss: expected one of softmax \+ cross_entr"):
        MLPConfig((2, 2), output_activation=pair[0], loss=pair[1])


@given(seed=st.integers(max_value=-1) | st.floats() | st.sampled_from(["1", None]))
def test_bad_seed(seed):
    with pytest.raises(ValueError, match=r"^seed: expected a whole number from 0 up, got"):
        init_params(MLPConfig((2, 2)), seed)


def test_config_is_a_value():
    assert MLPConfig([4, np.int64(5), 3]) == MLPConfig((4, 5, 3))
    assert hash(MLPConfig([4, 5, 3])) == hash(MLPConfig((4, 5, 3)))
    assert [MLPConfig((4, 5, 3), "tanh").activation(layer) for layer in (1, 2)] == ["tanh", "softmax"]


def test_params_by_name():
    params = Params(([[1.0, 2.0]], [[3.0]]), ([4.0], [5.0]))
    assert [(name, array.tolist()) for name, array in params.items()] == [
        ("W1", [[1.0, 2.0]]),
        ("b1", [4.0]),
        ("W2", [[3.0]]),
        ("b2", [5.0]),
    ]
    assert params["b2"] is params.biases[1]
    for name in ("W0", "W3", "b3", "w1", "W", "W01", "z1"):
        with pytest.raises(KeyError, match="expected W1, b1, …, W2 or b2"):
            params[name]


def test_params_are_copies():
    W = np.ones((1, 2))
    params = Params((W,), (np.zeros(1),))
    W[0, 0] = 9
    assert params["W1"].tolist() == [[1.0, 1.0]]
