"""A pasted solution: what its names mean, what cannot be read, and the verdict on each line."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import MLPConfig, Params, training_step
from backprop.practice import Quantity, batch_of
from tests.backprop.networks import FIGURE_1, random_step
from tests.backprop.practice.solutions import worked_out
from tests.expected import settings_of, step_of
from ui.questions.solution import read_solution
from ui.questions.verdicts import first_wrong, verdicts_of
from ui.questions.words.solution import MARKS

BOOK = step_of(settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5))
IRIS = random_step(FIGURE_1, seed=4)


def lines(text, step=IRIS):
    return read_solution(step, text)


def quantities(text, step=IRIS):
    return [answer.quantity for line in lines(text, step) for answer in line.answers]


@pytest.mark.parametrize(
    ("names", "kind", "layer", "count"),
    [
        ("z1|z^1|z¹|z_1|net1", "pre_activation", 1, 5),
        ("a1|a^1|h1", "activation", 1, 5),
        ("a2|ŷ|yhat|y_pred", "activation", 2, 3),
        ("dC/da2|∂C/∂a²|da2|dL/da2|grad_a2", "cost_slope", 2, 3),
        ("delta2|δ²|dC/dz2|∂C/∂z²|dz2|dE/dz2", "path_sum", 2, 3),
        ("delta1|δ1|dC/dz1|delta_1", "through_activation", 1, 5),
        ("dC/da1|∂C/∂a¹|da1", "path_sum", 1, 5),
        ("db2|dC/db2|b2.grad", "bias_gradient", 2, 3),
        ("b1_new|b1+|new b1|b1 (new)", "new_bias", 1, 5),
        ("da1/dz1|∂a¹/∂z¹", "slope", 1, 5),
    ],
)
def test_names_of_vectors(names, kind, layer, count):
    numbers = ", ".join(f"0.{n + 1}5" for n in range(count))
    for name in names.split("|"):
        expected = [Quantity(kind, layer, (unit,)) for unit in range(count)]
        assert quantities(f"{name} = [{numbers}]") == expected, name
        assert quantities(f"{name} = [{numbers.replace(', ', '; ')}]") == expected, name


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        ("C", Quantity("cost", 2, ())),
        ("loss", Quantity("cost", 2, ())),
        ("dW2[1,2]", Quantity("weight_gradient", 2, (0, 1))),
        ("dW2[3][5]", Quantity("weight_gradient", 2, (2, 4))),
        ("dW2(1,2)", Quantity("weight_gradient", 2, (0, 1))),
        ("dC/dw2_12", Quantity("weight_gradient", 2, (0, 1))),
        ("∂C/∂w²₁₂", Quantity("weight_gradient", 2, (0, 1))),
        ("w2_12+", Quantity("new_weight", 2, (0, 1))),
        ("W2_new[1,2]", Quantity("new_weight", 2, (0, 1))),
        ("W2[1,2]_new", Quantity("new_weight", 2, (0, 1))),
        ("ΔW2[1,2]", Quantity("weight_step", 2, (0, 1))),
        ("a1_2", Quantity("activation", 1, (1,))),
        ("a¹₂", Quantity("activation", 1, (1,))),
        ("delta2[3]", Quantity("path_sum", 2, (2,))),
        ("dC/da1_4", Quantity("path_sum", 1, (3,))),
        ("da2_1/dz2_3", Quantity("jacobian", 2, (0, 2))),
        ("net_h2", Quantity("pre_activation", 1, (1,))),
        ("out_{o1}", Quantity("activation", 2, (0,))),
        ("dE_total/dout_o3", Quantity("cost_slope", 2, (2,))),
        ("∂E/∂net_h1", Quantity("through_activation", 1, (0,))),
        ("dout_h2/dnet_h2", Quantity("slope", 1, (1,))),
        ("dz2_3/da1_5", Quantity("jacobian", 1, (2, 4))),
    ],
)
def test_names_of_single_numbers(name, quantity):
    assert quantities(f"{name} = 0.25") == [quantity]


def test_indices_in_brackets_count_from_0_where_one_is_0():
    assert quantities("dW1[0,1] = 1\na1[2] = 3") == [
        Quantity("weight_gradient", 1, (0, 1)),
        Quantity("activation", 1, (2,)),
    ]
    assert quantities("dW1[1,1] = 1\na1_2 = 3")[0].index == (0, 0)


def test_matrices_turned_missing_entries_and_digits():
    (line,) = lines("dW2 = [[.1, ?, 1/3, 4, 5], [1e-3, , 3, 4, 5], [1, 2, 3, 4, 5.250]]")
    assert len(line.answers) == 13
    assert line.answers[-1].digits == 4
    assert line.answers[0].unit == pytest.approx(0.1)
    rows = [[10 * i + j + 1 for j in range(3)] for i in range(5)]
    (turned,) = lines(f"dW2 = {rows}")
    assert turned.answers[1].quantity.index == (1, 0)
    assert "a column for each unit" in turned.note
    (diagonal,) = lines(f"da1/dz1 = {np.diag([1, 0, 1, 1, 0]).tolist()}")
    assert [answer.value for answer in diagonal.answers] == [1, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foo = 3", "Expected a name such as a1"),
        ("a = 0.5 0.6", "Expected the layer in the name"),
        ("a3 = 1", "Expected a layer from 1 to 2, got 3."),
        ("a1 = 1 2", "Expected 5 numbers, got 1 × 2."),
        (
            "h1 = 0.5",
            "Expected 5 numbers, got one. A single one is named by its place, such as a1_2 or W1_12.",
        ),
        ("dW1 = [[1, 2], [3, 4]]", "Expected 5 × 4, got 2 × 2."),
        ("dW2_47 = 1", "Expected an entry of 3 × 5"),
        ("a1_2 = 1 2 3", "Expected one number for one entry"),
        ("dC/dx = 1 2 3 4", "there is nothing to compare it with"),
        ("dz1/dW1 = 1", "there is nothing to compare it with"),
        ("a1 = abc", "Expected"),
        ("a1 = [1, 2", "is never closed"),
        ("just words", "Expected"),
        ("da1/dz1 = [[1,1,0,0,0],[0,1,0,0,0],[0,0,1,0,0],[0,0,0,1,0],[0,0,0,0,1]]", "beside its diagonal"),
        ("a1 = 1e999", "Expected"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, said):
    verdicts = verdicts_of(IRIS, f"C = 1\n{text}")
    told = next(verdict for verdict in verdicts if not verdict.mark)
    assert told.line == 2
    assert said in " ".join(told.said)
    assert verdicts[0].name == "C"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 200_000])
def test_nothing_and_too_much_is_refused(text):
    with pytest.raises(ValueError, match="Expected"):
        verdicts_of(IRIS, text)


@pytest.mark.parametrize("bias", ["fixed", "none"])
def test_biases_that_do_not_learn(bias):
    config = MLPConfig((2, 1), output_activation="sigmoid", loss="squared_error", bias=bias)
    params = Params((np.array([[0.4, 0.6]]),), () if bias == "none" else (np.array([0.1]),))
    step = training_step(config, params, [1.0, 0.5], [1.0], 0.5)
    said = {
        verdict.line: " ".join(verdict.said) for verdict in verdicts_of(step, "z = 0.7\ndb1 = 1\nb1_new = 1")
    }
    assert ("no biases" in said[3]) is (bias == "none")
    assert ("not updated" in said[3]) is (bias == "fixed")
    assert ("no biases" in said[2]) is (bias == "none")


def test_numbers_of_the_network_are_no_answers():
    verdicts = verdicts_of(
        BOOK, "eta = 0.5\nW1 = [[.15, .20], [.25, .3]]\nx = 0.05 0.1\ny = 1 2\nb1 = 0.35 0.35\nz1 = .378 .393"
    )
    assert {verdict.line: verdict.mark for verdict in verdicts} == {
        **dict.fromkeys((1, 2, 3, 5), "given"),
        4: "other",
        6: "right",
    }
    (new,) = verdicts_of(BOOK, "W2 = [[0.35891648, 0.408666186], [0.511301270, 0.561370121]]")
    assert (new.mark, new.name) == ("right", "the new W²")


def test_a_whole_solution_has_one_verdict_a_line():
    """Mazur's numbers, where the last activation's derivative was forgotten, and what follows from that."""
    text = """
        a1 = 0.593269992 0.596884378
        a2 = [0.75136507, 0.772928465]
        C = 0.298371109
        dC/da2 = 0.74136507 -0.217071535
        delta2 = 0.741 -0.217
        dW2 = [[0.44, 0.443], [-0.129, -0.13]]
        w2_11+ = 0.18
        delta1 = 7.77 8.88
    """
    verdicts = verdicts_of(BOOK, text)
    assert [(verdict.line, verdict.mark) for verdict in verdicts] == [
        *((2, "right"), (3, "right"), (4, "right"), (5, "right")),
        *((6, "wrong"), (7, "follows"), (9, "wrong"), (8, "follows")),
    ]
    first = first_wrong(verdicts)
    assert (first.line, first.name, first.stop) == (6, "∂C/∂z²", "2.IV")
    assert "You forgot the derivative of sigmoid" in first.said[0]
    assert verdicts[5].said == ("Right for your ∂C/∂z², which is wrong.",)
    assert verdicts[6].said[0] == "None of the usual mistakes gives this."


@pytest.mark.parametrize(
    ("text", "mark"), [("0.000", "nearly"), ("-0,000", "nearly"), ("0.0", "wrong"), ("0", "wrong")]
)
def test_a_rounded_0_is_nearly_right_and_an_exact_one_wrong(text, mark):
    assert 0 < BOOK.gradients["W1"][0, 0] < 0.0005
    assert verdicts_of(BOOK, f"dW1_11 = {text}")[0].mark == mark


def test_some_entries_of_a_line_are_named():
    done = worked_out(BOOK)
    W = done["new_weight", 2].copy()
    W[0, 1] = BOOK.params["W2"][0, 1] + 0.5 * done["weight_gradient", 2][0, 1]
    (verdict,) = verdicts_of(BOOK, f"W2_new = {W.tolist()}")
    assert verdict.said[0] == "Three of 4 right."
    assert verdict.said[1].startswith("the new w²₁₂: You went along the gradient")


def test_means_over_a_batch_are_known_and_their_sums():
    x, y = BOOK.tape["x"], BOOK.tape["y"]
    batch = batch_of(BOOK, [x, x + 1, x - 0.3], [y, y, y])
    mean, total = batch.means["weight_gradient", 1], batch.sums["weight_gradient", 1]
    names = ["observation 1", "observation 2", "observation 3"]
    right, wrong = (
        verdicts_of(BOOK, f"dW1 = {values.tolist()}", batch, names)[0] for values in (mean, total)
    )
    assert (right.mark, right.said) == ("right", ("As the mean over all observations.",))
    assert wrong.mark == "wrong"
    assert "1/N" in wrong.said[0]
    assert "divides it by 3" in wrong.said[0]


def test_every_mark_has_a_sign_and_a_word():
    for mark in MARKS.values():
        sign, _, word = mark.partition(" ")
        assert not sign.isalnum()
        assert word


def test_every_mistake_can_be_said_of_every_network():
    """Whatever is pasted has a verdict: random numbers for all quantities of all kinds of network."""
    rng = np.random.default_rng(5)
    for config in (
        MLPConfig((3, 4, 2), "tanh"),
        MLPConfig((2, 1), output_activation="relu", loss="mean_squared_error"),
        MLPConfig((1, 1, 1, 1), ("sigmoid", "relu"), "tanh", "sum_squared_error"),
    ):
        step = random_step(replace(config), seed=2)
        for scale in (-1, 0.5, 2, 10):
            done = worked_out(step)
            text = "\n".join(
                f"{name} = {(scale * done[key] + rng.choice([0, 1e-9])).tolist()}"
                for key, name in (
                    (("pre_activation", 1), "z1"),
                    (("activation", config.depth), f"a{config.depth}"),
                    (("weight_gradient", 1), "dW1"),
                    (("new_weight", config.depth), f"W{config.depth}+"),
                )
            )
            assert all(verdict.mark for verdict in verdicts_of(step, text))
