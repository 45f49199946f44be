"""Networks of one's own: every spelling reads the same, what is wrong is told, links keep every digit."""

import json
import pickle
import zlib
from base64 import urlsafe_b64encode
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop import MLPConfig, Params, training_step
from backprop.primitives import output_options
from tests.expected import settings_of, step_of
from ui.export.arrays import arrays_csv, arrays_json
from ui.state.own import OwnNetwork, network_of, network_text, read_network, write_network
from ui.state.packed import MOST_CHARACTERS, MOST_UNPACKED

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/own.json").read_text(encoding="utf-8"))
MAZUR = """x = 0.05 0.10
y = 0.01 0.99
W1 = [[0.15, 0.20], [0.25, 0.30]]
b1 = 0.35
W2 = [[0.40, 0.45], [0.50, 0.55]]
b2 = 0.60
"""
SETTINGS = "activation = sigmoid\noutput = sigmoid\nerror = half\nbias = fixed\neta = 0.5\n"


def same(one: OwnNetwork, other: OwnNetwork) -> bool:
    """Whether both are the same to the last digit, but for the settings."""
    arrays = [
        (network.X, network.Y, *(network.params.weights + network.params.biases if network.params else ()))
        for network in (one, other)
    ]
    return (
        (one.inputs, one.outputs, one.hidden) == (other.inputs, other.outputs, other.hidden)
        and len(arrays[0]) == len(arrays[1])
        and all(np.array_equal(a, b) for a, b in zip(*arrays, strict=True))
    )


def test_a_worked_example_is_read_with_its_numbers():
    network = read_network(MAZUR + SETTINGS)
    stated = {"act": "sigmoid", "out": "sigmoid-squared", "err": "half", "bias": "fixed", "lr": "0.5"}
    assert network.settings == stated
    assert network.hidden == (2,)
    activation, loss = output_options(stated["err"])[stated["out"]]
    config = MLPConfig((2, 2, 2), stated["act"], activation, loss, stated["bias"])
    step = training_step(config, network.params, network.X[0], network.Y[0], learning_rate=0.5)
    assert float(step.loss_before) == pytest.approx(0.298371109, abs=1e-9)
    assert step.params_after["W2"][0, 0] == pytest.approx(0.35891648, abs=1e-8)
    assert float(step.loss_after) == pytest.approx(0.291027924, abs=1e-6)  # printed after rounding
    assert not network.X.flags.writeable
    assert not network.Y.flags.writeable


@pytest.mark.parametrize(
    "text",
    [
        MAZUR.replace("W1", "w¹").replace("b1", "bias 1").replace("x =", "Inputs:"),
        MAZUR.replace(".", ",").replace(", ", " ").replace("] [", "]; ["),
        MAZUR.replace("x = 0.05 0.10", "x1 = 0.05, x2 = 0.10").replace("y = 0.01 0.99", "t1 = .01; t2 = .99"),
        MAZUR.replace("0.05 0.10", "[[0.05], [0.10]]").replace("0.01 0.99", "[0.01; 0.99]"),
        MAZUR.replace("x = 0.05 0.10", "X = np.array([[0.05, 0.10]])"),
        MAZUR.replace("b1 = 0.35", "b1 = [[0.35], [0.35]]").replace("b2 = 0.60", "b_2 = (0.6, 0.6)"),
        MAZUR.replace("[[0.15, 0.20], [0.25, 0.30]]", "\n0.15\t0.20\n0.25\t0.30"),
        "% MATLAB\nx = [0.05; 0.1];\ny = [0.01; 0.99];\nW1 = [0.15 0.20; ...\n 0.25 0.30];\n"
        "b1 = [7/20; 7/20];\nW2 = [0.40 0.45; 0.50 0.55];\nb2 = [0.6; 0.6];",
        json.dumps({"x": [0.05, 0.1], "y": [0.01, 0.99], "W1": [[0.15, 0.2], [0.25, 0.3]], "b1": [0.35] * 2})[
            :-1
        ]
        + ', "W2": [[0.4, 0.45], [0.5, 0.55]], "b2": 0.6}',
        MAZUR.replace("W1 = [[0.15, 0.20], [0.25, 0.30]]", "w1_11=0.15, w1_12=0.2\nw¹₂₁=.25, w¹₂₂=.3"),
        '{"weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],\n'
        ' "biases": [[0.35, 0.35], [0.6, 0.6]], "x": [0.05, 0.1], "y": [0.01, 0.99]}',
        "b = [array([0.35, 0.35]), array([0.6, 0.6])]\nW = [array([[0.15, 0.2 ],\n       [0.25, 0.3 ]]), "
        "array([[0.4 , 0.45],\n       [0.5 , 0.55]])]\nx = array([0.05, 0.1 ])\ny = array([0.01, 0.99])",
        MAZUR + "dW1 = [[1, 2], [3, 4]]\nz1 = 0.3775\nE = 0.298\n∂C/∂W² = 3\n",
    ],
)
def test_every_spelling_of_a_network_reads_the_same(text):
    assert same(read_network(text), read_network(MAZUR))


def test_semicolons_part_the_weights_of_one_unit_where_commas_are_decimal():
    lines = "x = 0,5 1,5\ny = 1\nW1 = [[0,1; 0,2], [0,3; -0,4]]\nW2 = {}"
    for weights in ("0,7; -0,8", "[0,7; -0,8]", "(0,7; -0,8)"):
        network = read_network(lines.format(weights))
        np.testing.assert_array_equal(network.params.weights[1], [[0.7, -0.8]])
    with pytest.raises(ValueError, match="W2 with 2 columns"):
        read_network(lines.format("[[0,7]; [-0,8]]"))


def test_weights_can_be_given_as_in_by_out():
    text = "x = 1 2 3\ny = 1\nW1 = [[1, 2], [3, 4], [5, 6]]\nW2 = [[7], [8]]\n"
    network = read_network(text, is_transposed=True)
    np.testing.assert_array_equal(network.params.weights[0], [[1, 3, 5], [2, 4, 6]])
    np.testing.assert_array_equal(network.params.weights[1], [[7, 8]])
    assert network.params.biases == ()
    assert network.settings == {"bias": "none"}
    with pytest.raises(ValueError, match=r"Line 3: .* switch “\(in, out\)” on") as caught:
        read_network(text)
    assert "Line 4" in str(caught.value)
    with pytest.raises(ValueError, match=r"switch “\(in, out\)” off"):
        read_network("x = 1 2 3\ny = 1\nW1 = [[1, 2, 3], [4, 5, 6]]\nW2 = [7, 8]", is_transposed=True)


@pytest.mark.parametrize(
    ("text", "X", "Y"),
    [
        (
            "X = [[0,0],[0,1],[1,0],[1,1]]\nY = [0, 1, 1, 0]",
            [[0, 0], [0, 1], [1, 0], [1, 1]],
            [[0], [1], [1], [0]],
        ),
        ("X = [[0], [1]]\nY = [[0], [1]]", [[0], [1]], [[0], [1]]),
        ("x = [[0], [1]]\ny = [[0], [1]]", [[0, 1]], [[0, 1]]),
        ("x = [0, 1]\ny = [0, 1]\nW1 = [[0.5]]", [[0], [1]], [[0], [1]]),
        ("X = [[0], [1]]\ny = 1\n", [[0, 1]], [[1]]),
        ("x = 2\ny = 3", [[2]], [[3]]),
        ("x1\tx2\ty\n0\t0,5\t0\n0\t1\t1\t\nhidden = 2", [[0, 0.5], [0, 1]], [[0], [1]]),
        ("x1 x2 y\n0 0 1\n0 1 1\nW1 =\n3 4\nb1 = 0", [[0, 0], [0, 1]], [[1], [1]]),
        ("x,y\n0,1\n1,0", [[0], [1]], [[1], [0]]),
        ("x_1 x_2 t_1 t_2\n0.05 0.10 0.01 0.99\nW1\n1\t2\n3\t4", [[0.05, 0.1]], [[0.01, 0.99]]),
    ],
)
def test_rows_are_observations_unless_that_does_not_fit(text, X, Y):
    network = read_network(text)
    np.testing.assert_array_equal(network.X, X)
    np.testing.assert_array_equal(network.Y, Y)


XY = "x = 1 2\ny = 1\n"


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (XY + "eta = 0,5", {"lr": "0.5"}),
        (XY + "Learning rate: 1/4", {"lr": "0.25"}),
        (XY + "η = 1e-2", {"lr": "0.01"}),
        (XY + "act = relu, tanh\nhidden = 3, 2", {"act": "relu-tanh", "hidden": "3-2"}),
        (XY + "activation = relu-tanh\noutput = linear\nhidden=2-2", {"act": "relu-tanh", "out": "identity"}),
        (XY + "activations = tanh tanh sigmoid; hidden = 2-2", {"act": "tanh", "out": "sigmoid"}),
        (XY + "activation = logistic", {"act": "sigmoid"}),
        (XY + "activation = relu, softmax", {"act": "relu", "out": "softmax"}),
        (
            XY + "W1 = 1 2\nactivation = σ\nloss = MSE",
            {"out": "sigmoid-squared", "err": "mean", "bias": "none"},
        ),
        (XY + "output = sigmoid", {"out": "sigmoid"}),
        (XY + "output = sigmoid\nerror = cross-entropy", {"out": "sigmoid"}),
        (XY + "outputs = Sigmoid\nE = ½", {"out": "sigmoid-squared", "err": "half"}),
        (XY + "output = sigmoid-squared\nerror = sum", {"out": "sigmoid-squared", "err": "sum"}),
        (
            XY + "out = softmax\nbias = no\nhidden = none",
            {"out": "softmax", "bias": "none", "hidden": "none"},
        ),
        (XY + "W1 = 1 2\nb1 = 0\nbias = constant", {"bias": "fixed"}),
        (XY + 'inputs = "area", age_group\noutputs = yes', {}),
    ],
)
def test_settings_are_parameters_of_a_link(text, settings):
    found = read_network(text).settings
    assert {key: found.get(key) for key in settings} == settings
    assert set(found) - set(settings) <= {"hidden"}


def test_inputs_and_outputs_have_names():
    network = read_network("x = 1 2\ny = 0 1\ninputs = 'length (cm)', age_group\nOutputs: größer, nein\n")
    assert network.inputs == ("length (cm)", "age group")
    assert network.outputs == ("größer", "nein")
    assert network_of(write_network(network)).inputs == network.inputs


@pytest.mark.parametrize(("text", "sentence"), GOLDEN["errors"])
def test_what_is_wrong_is_told_with_its_line(text, sentence):
    with pytest.raises(ValueError, match="Expected") as caught:
        read_network(text)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).count("\n") == 0


def test_weights_of_a_book_that_numbers_them_are_told_once_and_not_taken_for_layers():
    book = "x1 = 1; x2 = 0; y = 1\nw1 = .15\nw2 = .2\nw5 = .4\nb1 = .35\n"
    for lines, named in (
        ("w6 = .45", "w6 is a"),
        ("w6 = .45\nw11 = 1\nw_12 = 1\nw13 = 1", "w6, w11 and others are"),
    ):
        with pytest.raises(ValueError, match="Line 6: Expected a matrix for each layer") as caught:
            read_network(book + lines)
        assert str(caught.value).endswith(
            f"such as w1_12 = 0.20: {named} single weight{'s' * (' are' in named)}."
        )
        assert "\n" not in str(caught.value)
    with pytest.raises(ValueError, match="a matrix W1 to W5"):  # no single weight: a layer too many
        read_network(XY + "W6 = [[1]]")


def test_all_problems_are_told_at_once_and_not_too_many():
    with pytest.raises(ValueError, match="Line 1") as caught:
        read_network("x = 1 abc\ny = 1\nfoo = 1\nW1 = [1, 2\nb1 = 1\neta = 20")
    assert [said.partition(":")[0] for said in str(caught.value).split("\n")] == [
        "Line 1",
        "Line 3",
        "Line 4",
        "Line 6",
    ]
    with pytest.raises(ValueError, match="And 69 more problems") as caught:
        read_network(XY + "foo = 1\n" * 81)
    assert str(caught.value).count("\n") == 12


@st.composite
def networks(draw):
    """Any network there can be."""
    numbers = draw(
        st.sampled_from([
            st.floats(-1000, 1000),
            st.floats(-1, 1).map(lambda value: round(value, 2)),
            st.integers(-3, 3).map(float),
        ])
    )  # fmt: skip

    def array(*shape):
        count = int(np.prod(shape))
        few = draw(st.lists(numbers, min_size=1, max_size=min(count, 12)))
        return np.resize(few, shape)

    count = draw(st.sampled_from([1, 1, 2, 3, 16]))
    sizes = draw(st.lists(st.integers(1, 5), max_size=4))
    sizes = [draw(st.integers(1, 8)), *sizes, draw(st.integers(1, 8))]
    names = [
        draw(st.sampled_from([(), tuple(f"{word} {number}" for number in range(size))]))
        for word, size in (("größe", sizes[0]), ("class", sizes[-1]))
    ]
    params = None
    if draw(st.booleans()):
        biases = [array(m) for m in sizes[1:]] if draw(st.booleans()) else []
        params = Params(tuple(array(m, n) for n, m in pairwise(sizes)), tuple(biases))
    return OwnNetwork(array(count, sizes[0]), array(count, sizes[-1]), params, *names)


@given(networks())
def test_texts_and_links_keep_every_digit(network):
    text = network_text(network)
    assert same(read_network(text), network)
    assert network_text(read_network(text)).startswith(text)
    assert same(pickle.loads(pickle.dumps(network)), network)
    with suppress(ValueError):  # too long for a link
        value = write_network(network)
        assert len(value) <= MOST_CHARACTERS
        assert same(network_of(value), network)
        assert not network_of(value).settings


@given(networks())
def test_other_spellings_read_the_same(network):
    text = network_text(network)
    matlab = text.replace("], [", "; ").replace("[[", "[").replace("]]", "]").replace(", ", " ")
    if network.params and not network.inputs and not network.outputs:
        assert same(read_network(matlab), network)
        assert same(read_network(text.replace("-", "−").replace(", ", " , ")), network)
        turned = OwnNetwork(network.X, network.Y, _turned(network.params))
        assert same(read_network(_text_of_turned(turned), is_transposed=True), network)


def _turned(params):
    return [W.T for W in params.weights], params.biases


def _text_of_turned(network):
    weights, biases = network.params
    lines = network_text(OwnNetwork(network.X, network.Y)).splitlines()
    lines += [f"W{layer} = {W.tolist()}" for layer, W in enumerate(weights, start=1)]
    lines += [f"b{layer} = {b.tolist()}" for layer, b in enumerate(biases, start=1)]
    return "\n".join(lines)


def test_settings_stand_in_the_text_and_not_in_the_link():
    network = read_network(MAZUR + SETTINGS + "hidden = 2")
    assert network_text(network).endswith(
        "activation = sigmoid\noutput = sigmoid-squared\nerror = half\nbias = fixed\nhidden = 2\neta = 0.5\n"
    )
    assert read_network(network_text(network)).settings == network.settings
    several = read_network(XY + "hidden=2-2-2\nact = relu tanh sigmoid")
    assert "activation = relu, tanh, sigmoid\n" in network_text(several)
    assert read_network(network_text(several)).settings == several.settings
    assert write_network(network) == write_network(read_network(MAZUR))


@pytest.mark.parametrize(("value", "text"), GOLDEN["links"])
def test_links_of_today_stay_readable(value, text):
    assert same(network_of(value), read_network(text))
    assert write_network(read_network(text)) == value


def test_what_is_too_long_for_a_link_says_so():
    numbers = np.random.default_rng(0).normal(size=(16, 8))
    said = (
        r"^These numbers need [\d,]+ characters, and a link holds 2,000: save them as a file, and paste its"
    )
    with pytest.raises(ValueError, match=said):
        write_network(OwnNetwork(numbers, numbers / 3))


def packed(text: bytes, version="1") -> str:
    return version + urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "1!",
        "1AAAA",
        "2" + packed(b"x=1\ny=1")[1:],
        packed(b"x=1\ny=1")[:-4],
        packed(b"x=1\ny=1") + "AAAA",
        packed(b"x=1\ny=1").replace("eN", "eＮ"),
        packed(b"\xff\xfe"),
        packed(b"x=" + b"1 " * MOST_UNPACKED),
        "1" + "A" * MOST_CHARACTERS,
    ],
)
def test_a_link_that_was_not_written_here_is_refused(value):
    with pytest.raises(ValueError, match="Expected own numbers as this app writes them into a link"):
        network_of(value)


def test_a_link_is_checked_like_a_text():
    assert network_of(packed(b"x=1\ny=1\nlr=0.5")).settings == {}
    with pytest.raises(ValueError, match="Line 1: Expected values from −1000 to 1000, got “2000”"):
        network_of(packed(b"x=2000\ny=1"))


def test_the_json_export_is_a_network():
    settings = settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5)
    step = step_of(settings)
    network = read_network(arrays_json(settings, ""))
    np.testing.assert_array_equal(network.X[0], step.tape["x"])
    np.testing.assert_array_equal(network.params.weights[1], step.tape["W2"])
    np.testing.assert_array_equal(network.params.biases[0], step.tape["b1"])
    stated = {"act": "sigmoid", "out": "sigmoid-squared", "err": "half", "bias": "learned", "lr": "0.5"}
    assert network.settings == stated


HOSTILE = "xyWb12=[,;] 0.5\n-?\t(){}\"'inputs act eta hidden relu <b>`$_*|\\\x00\ud800🙂٣ﬁ\u202e"


@given(st.text(HOSTILE, max_size=60), st.sampled_from(["", XY, MAZUR]), st.booleans())
def test_any_text_is_a_network_or_sentences(text, before, is_transposed):
    said = "."
    try:
        network = read_network(before + text, is_transposed)
        assert np.isfinite(network.X).all()
        assert same(network_of(write_network(network)), network)
    except ValueError as error:
        said = str(error)
    assert said.endswith(".")
    assert len(said) < 4000


@given(st.text(max_size=60))
def test_any_value_of_own_is_a_network_or_a_sentence(value):
    for link in (value, f"1{value}", packed(value.encode(errors="replace"))):
        with suppress(ValueError):
            network_of(link)


def test_a_megabyte_is_refused_at_once():
    start = perf_counter()
    with pytest.raises(ValueError, match=r"^Expected at most 100,000 characters, got 1,000,000\.$"):
        read_network("1" * 1_000_000)
    assert perf_counter() - start < 0.1


@pytest.mark.parametrize(
    "link",
    [{}, {"hidden": "1", "out": "identity"}, {"hidden": "none"}, {"hidden": "6-5", "bias": "none"}],
    ids=str,
)
def test_the_csv_file_of_the_arrays_can_be_pasted(link):
    settings = settings_of(**link)
    step = step_of(settings)
    text = arrays_csv(settings)
    for pasted in (text, f"\ufeff{text}".replace("\n", "\r\n")):
        network = read_network(pasted)
        assert network.X.tolist() == [step.tape["x"].tolist()]
        assert network.Y.tolist() == [step.tape["y"].tolist()]
        for mine, theirs in zip(network.params.weights, step.params.weights, strict=True):
            assert mine.tolist() == theirs.tolist()
        if link.get("bias") != "none":
            for mine, theirs in zip(network.params.biases, step.params.biases, strict=True):
                assert mine.tolist() == theirs.tolist()
    with pytest.raises(ValueError, match="Line 3: Expected 6 cells, array, kind"):
        read_network("\n".join([*text.splitlines()[:2], "x,value", *text.splitlines()[3:]]))
    with pytest.raises(ValueError, match="got “abc”"):
        read_network(text.replace(text.splitlines()[1], "x,value,0,,,abc"))
