"""One path against the sum of all: which unit is shown, why, and what is said of it."""

import numpy as np
import pytest

from tests.expected import CHAIN, NEURON, own_link, settings_of, step_of
from tests.steps.saying import RANDOM
from ui.steps.thesis import thesis_note, thesis_of, thesis_sentence


@pytest.mark.parametrize("view", RANDOM, ids=str)
def test_the_thesis_is_of_a_sum_or_says_that_there_is_none(view):
    step = step_of(settings_of(**view))
    thesis, said = thesis_of(step), thesis_sentence(thesis_of(step))
    vjp = step.vjp(thesis.output, thesis.wrt)
    assert len(thesis.products) == vjp.paths
    assert sum(thesis.products) == pytest.approx(vjp.cotangent[thesis.unit], abs=1e-12)
    products = np.array(thesis.upstream) * np.array(thesis.weights)
    np.testing.assert_allclose(products, thesis.products, rtol=1e-9, atol=1e-12)
    if thesis.numeric is not None and any(thesis.products):
        assert ("The sum of" in said) == (vjp.paths > 1)
        assert ("nothing is added up" in said) == (vjp.paths == 1)
        assert said.endswith("and the numeric slope agrees.")


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (
            {"hidden": "none", "out": "sigmoid"},
            "There is no hidden layer, and each output takes its own z alone: z¹₁ has one path to the cost, "
            "so nothing is added up. ∂C/∂z¹₁ = +0.560, and the numeric slope agrees.",
        ),
        (
            own_link(NEURON, out="sigmoid"),
            "There is no hidden layer, and there is one output: z¹₁ has one path to the cost, so nothing is "
            "added up. ∂C/∂z¹₁ = −0.259, and the numeric slope agrees.",
        ),
        (
            own_link(CHAIN, out="sigmoid-squared"),
            "a¹₁ has one path to the cost, so nothing is added up. ∂C/∂a¹₁ = −0.0151, and the numeric slope "
            "agrees.",
        ),
        (
            own_link(NEURON, out="softmax"),
            "Softmax with one output is 1, whatever comes in: every derivative is 0, and nothing can be "
            "learned.",
        ),
        (
            {"out": "relu", "edit": "b2_1_-9~b2_2_-9~b2_3_-9"},
            "The outputs are off: ∂C/∂z² is 0, so every path carries 0, and so does their sum.",
        ),
        (
            {"hidden": "none", "out": "relu", "edit": "b1_1_-9~b1_2_-9~b1_3_-9"},
            "The outputs are off: ∂C/∂z¹ is 0.",
        ),
        (
            own_link(CHAIN, out="identity", edit="W2_1_1_0~b2_1_.8"),
            "Learned to the last digit: the only path carries 0 but for rounding.",
        ),
        (
            own_link(CHAIN, out="relu", edit="b2_1_-8"),
            "The output is off: ∂C/∂z² is 0, and so is all behind it.",
        ),
        (
            {"hidden": "none", "edit": "x_1_0~x_2_0~x_3_0~x_4_0~y_1_.5~y_2_.5~y_3_0~b1_3_-999"},
            "Learned to the last digit: what the paths carry adds up to 0 but for rounding.",
        ),
    ],
    ids=str,
)
def test_what_the_thesis_says_where_it_is_no_sum(view, sentence):
    assert thesis_sentence(thesis_of(step_of(settings_of(**view)))) == sentence


@pytest.mark.parametrize(
    ("view", "note"),
    [
        ({}, " is shown: for no other is the path through its own output farther from the sum."),
        ({"out": "tanh"}, " stands for all of them: each has one path."),
        (own_link(NEURON), " is that of the only output."),
    ],
    ids=str,
)
def test_why_it_is_this_output_that_the_thesis_shows(view, note):
    step = step_of(settings_of(**{"hidden": "none"} | view))
    thesis = thesis_of(step)
    assert thesis_note(thesis) == thesis.name + note
    vjp = step.vjp("a1", "z1")
    missed = np.abs(vjp.path_terms.diagonal() - vjp.cotangent)
    assert missed[thesis.unit] == missed.max()
