"""The backward pass: order, sums over paths, masks, and a variable that is used twice."""

import dataclasses
import pickle

import numpy as np
import pytest

from backprop import Equation, Tape, Variable, backward_pass
from backprop.arrays import read_only
from tests.backprop.random_networks import KINDS, SIZES, random_network


@pytest.fixture(params=KINDS, ids="-".join)
def kind(request):
    return request.param


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_path_terms_sum_to_the_cotangent(kind, sizes):
    for vjp in random_network(kind, sizes).step().vjp_steps:
        over_output = tuple(range(vjp.upstream.ndim))
        np.testing.assert_allclose(vjp.path_terms.sum(axis=over_output), vjp.cotangent, atol=1e-12)
        upstream = vjp.upstream.reshape(vjp.upstream.shape + (1,) * vjp.cotangent.ndim)
        np.testing.assert_array_equal(vjp.path_terms, upstream * vjp.jacobian)


def test_steps_come_in_the_order_of_use():
    steps = random_network(KINDS[0], (4, 6, 5, 3)).step().vjp_steps
    assert [(step.output, step.wrt) for step in steps] == [
        ("C", "a3"), ("a3", "z3"), ("z3", "W3"), ("z3", "b3"), ("z3", "a2"),
        ("a2", "z2"), ("z2", "W2"), ("z2", "b2"), ("z2", "a1"),
        ("a1", "z1"), ("z1", "W1"), ("z1", "b1"), ("z1", "x"),
    ]  # fmt: skip


def test_paths_count_the_units_between():
    step = random_network(("relu", "softmax", "cross_entropy"), (4, 6, 5, 3)).step()
    paths = {(vjp.output, vjp.wrt): vjp.paths for vjp in step.vjp_steps}
    assert paths["z3", "a2"] == 3
    assert paths["z2", "a1"] == 5
    assert paths["z1", "x"] == 6
    assert paths["a3", "z3"] == 3
    assert {paths[pair] for pair in [("C", "a3"), ("a2", "z2"), ("z3", "W3"), ("z2", "b2")]} == {1}


def test_paths_of_an_element_wise_output_are_one():
    assert random_network(("relu", "sigmoid", "binary_cross_entropy")).step().vjp("a2", "z2").paths == 1


def test_masks_of_ones_change_nothing(kind):
    network = random_network(kind)
    step = network.step()
    ones = {(vjp.output, vjp.wrt): np.ones_like(vjp.jacobian) for vjp in step.vjp_steps}
    masked = network.step(keep_paths=ones)
    for before, after in zip(step.vjp_steps, masked.vjp_steps, strict=True):
        np.testing.assert_allclose(after.cotangent, before.cotangent, atol=1e-13)


def test_a_dropped_path_is_missing_from_the_sum_and_from_all_before_it():
    network = random_network(("tanh", "softmax", "cross_entropy"))
    right = network.step()
    mask = np.ones((3, 5))
    mask[1, 2] = 0
    step = network.step(keep_paths={("z2", "a1"): mask})
    expected = right.vjp("z2", "a1").path_terms * mask
    np.testing.assert_allclose(step.vjp("z2", "a1").path_terms, expected)
    np.testing.assert_allclose(step.cotangent("a1"), expected.sum(axis=0))
    slope = 1 - right.tape["a1"] ** 2
    np.testing.assert_allclose(step.gradients["W1"], np.outer(expected.sum(axis=0) * slope, right.tape["x"]))
    np.testing.assert_array_equal(step.gradients["W2"], right.gradients["W2"])
    np.testing.assert_array_equal(step.vjp("z2", "a1").jacobian, right.vjp("z2", "a1").jacobian)


def test_diagonal_softmax_has_no_entry_for_the_wrong_classes():
    network = random_network(("relu", "softmax", "cross_entropy"))
    step = network.step(keep_paths={("a2", "z2"): np.eye(3)})
    a, y = step.tape["a2"], step.tape["y"]
    np.testing.assert_allclose(step.cotangent("z2"), -y * (1 - a), atol=1e-14)


def test_one_path_is_its_path_term_alone():
    network = random_network(("relu", "softmax", "cross_entropy"))
    only_k = np.zeros((3, 5))
    only_k[1] = 1
    single = network.step(keep_paths={("z2", "a1"): only_k})
    np.testing.assert_array_equal(single.cotangent("a1"), network.step().vjp("z2", "a1").path_terms[1])
    np.testing.assert_array_equal(single.vjp("z2", "a1").kept, only_k)


def test_no_path_kept_leaves_nothing_before_it():
    step = random_network(KINDS[0]).step(keep_paths={("z2", "a1"): np.zeros((3, 5))})
    assert not step.gradients["W1"].any()
    assert step.gradients["W2"].any()


def test_upstream_is_the_cotangent_of_the_output(kind):
    step = random_network(kind, (3, 6, 5, 4, 2)).step()
    for vjp in step.vjp_steps:
        np.testing.assert_array_equal(vjp.upstream, step.cotangent(vjp.output))


def test_shares_of_a_variable_that_is_used_twice_are_added():
    """C = ½ ‖W a + a‖² with a = tanh(x): a is the input and also the bias of one equation."""
    x = read_only(np.array([0.5, -1.0]))
    a = read_only(np.tanh(x))
    W = read_only(np.array([[1.0, 2.0], [3.0, 4.0]]))
    z = read_only(W @ a + a)
    y = read_only(np.zeros(2))
    C = read_only(np.asarray(0.5 * z @ z))
    names = {"x": x, "a": a, "W": W, "z": z, "y": y, "C": C}
    variables = tuple(Variable(name, "", 0, value) for name, value in names.items())
    equations = (
        Equation("tanh", ("x",), "a"),
        Equation("affine", ("W", "a", "a"), "z"),
        Equation("squared_error", ("z", "y"), "C"),
    )
    tape = Tape(variables, equations)
    steps = backward_pass(tape)
    both = z + W.T @ z
    np.testing.assert_allclose(steps[-1].upstream, both)
    np.testing.assert_allclose(steps[-1].cotangent, both * (1 - a**2))
    recorded = dataclasses.replace(random_network(KINDS[0]).step(), tape=tape, vjp_steps=steps)
    np.testing.assert_allclose(recorded.cotangent("a"), both)


def test_records_are_read_only_and_picklable():
    step = random_network(KINDS[0]).step()
    for vjp in step.vjp_steps:
        for array in (vjp.upstream, vjp.jacobian, vjp.path_terms, vjp.cotangent):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0
    copy = pickle.loads(pickle.dumps(step))
    np.testing.assert_array_equal(copy.params_after["W1"], step.params_after["W1"])


@pytest.mark.parametrize(
    ("masks", "message"),
    [
        ({("z1", "a2"): np.ones((5, 3))}, r"keep_paths: expected a pair among .* got \('z1', 'a2'\)"),
        ({("C", "y"): np.ones(3)}, "keep_paths: expected a pair among"),
        ({("z2", "a1"): np.ones((5, 3))}, r"keep_paths\[z2, a1\]: expected shape \(3, 5\), got \(5, 3\)"),
        ({("z2", "a1"): np.full((3, 5), 0.5)}, r"keep_paths\[z2, a1\]: expected a mask of 0 and 1"),
    ],
)
def test_bad_masks_are_named(masks, message):
    with pytest.raises(ValueError, match=message):
        random_network(KINDS[0]).step(keep_paths=masks)


def test_unknown_names_are_named():
    step = random_network(KINDS[0]).step()
    with pytest.raises(KeyError, match=r"\(z2, x\): expected one of \(C, a2\)"):
        step.vjp("z2", "x")
    with pytest.raises(KeyError, match="q: expected one of x, W1"):
        step.tape["q"]
    with pytest.raises(KeyError, match="y: expected one of a2, z2"):
        step.cotangent("y")
