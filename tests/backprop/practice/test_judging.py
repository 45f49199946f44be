"""Which numbers are right, nearly right, a mistake, or none of these."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import MLPConfig, Params, training_step
from backprop.practice import (
    Problem,
    Quantity,
    judge,
    problem,
)
from backprop.practice.spans import Span, answers_to, as_shown, shown
from tests.backprop.networks import FIGURE_1, random_step
from tests.backprop.practice.asked import names, off_units


def two_output_step():
    """Two paths: all but one is the other one alone; with these numbers that is the lost sign too."""
    config = MLPConfig((1, 1, 2), "identity", "identity", "squared_error")
    params = Params((np.ones((1, 1)), np.array([[1.0], [2.0]])), (np.zeros(1), np.zeros(2)))
    return training_step(config, params, [1.0], [0.0, 3.0], 0.25)  # ∂C/∂z2 = (1, −1); paths 1 and −2


def test_two_mistakes_with_the_same_number_are_both_named():
    asked = problem(two_output_step(), Quantity("path_sum", 1, (0,)))
    assert asked.right == -1
    assert names(asked, 1.0) == {("one_path", 0), ("wrong_sign", None)}
    assert names(asked, -2.0) == {("one_path", 1)}


def test_the_same_wrong_gradient_by_two_ways(step):
    """A dead unit: the mask forgotten, and nothing else, unless another mistake gives 0."""
    unit = int(off_units(step)[0])
    asked = problem(step, Quantity("through_activation", 1, (unit,)))
    upstream = step.cotangent("a1")[unit]
    assert names(asked, upstream) == {("slope_forgotten", None)}


def test_a_mistake_that_changes_nothing_is_no_mistake(step):
    """A unit that is on: the mask is 1, so forgetting it gives the right number."""
    on = int(np.flatnonzero(step.tape["z1"] > 0)[0])
    asked = problem(step, Quantity("through_activation", 1, (on,)))
    assert judge(asked, step.cotangent("a1")[on]).right
    assert "slope_forgotten" not in {wrong.mistake for wrong in asked.wrong}
    still = replace(step, updates=random_step(FIGURE_1, learning_rate=1.0).updates)
    assert "rate_forgotten" not in {w.mistake for w in problem(still, Quantity("new_bias", 2, (0,))).wrong}


def test_an_unknown_number_is_not_recognised(step):
    verdict = judge(problem(step, Quantity("path_sum", 1, (2,))), 1234.5)
    assert (verdict.right, verdict.mistakes) == (False, ())


def test_what_is_right_of_one_product():
    """0.1234 · 1.005 is 0.1240; shown are 0.123 and 1.00 or 1.01, which give 0.123 to 0.124."""
    assert_range(product_of(0.1234, 1.0049), 0.1230, 0.12400466, margin=0.0005)
    assert_range(product_of(0.1234, -1.0049), -0.12400466, -0.1230, margin=0.0005)
    assert_range(product_of(12.34, 100.0), 1230, 1234, margin=5)  # three digits, or all four
    assert_range(product_of(0.25, 4.0), 1, 1, margin=0.005)
    assert_range(product_of(0.0, 4.0), 0, 0, margin=0)
    assert_range(product_of(0.9996, 1.0), 0.9996, 1, margin=0.005)  # shown as 1.00


def product_of(upstream: float, weight: float) -> Problem:
    """The problem of one path whose two factors are these."""
    config = MLPConfig((1, 1, 1), "identity", "identity", "squared_error")
    params = Params((np.ones((1, 1)), np.array([[weight]])), (np.zeros(1), np.array([-weight])))
    step = training_step(config, params, [1.0], [-upstream], 0.0)  # a² = 0, so ∂C/∂a² = upstream
    return problem(step, Quantity("path_term", 1, (0, 0)))


def assert_range(asked: Problem, low: float, high: float, margin: float) -> None:
    assert (asked.computed.low, asked.computed.high) == pytest.approx((low, high), rel=2e-6)
    lower = low - (0.0005 if low == 0.9996 else margin)
    assert (asked.range.low, asked.range.high) == pytest.approx((lower, high + margin), rel=2e-6)


def test_halves_may_be_shown_either_way_and_noise_makes_no_difference():
    assert as_shown(0.3125).high == pytest.approx(0.313, rel=1e-12)
    either = as_shown(0.2885)  # a little less than a half, as a float
    assert (either.low, either.high) == pytest.approx((0.288, 0.289), rel=1e-12)
    assert shown(np.array([0.2885, -2.125, 1234.5, 123456.7, 0.0, 2.2251e-308])) == pytest.approx(
        [0.289, -2.13, 1235, 123000, 0, 2.23e-308], rel=1e-12
    )


def test_a_span_computes_with_all_that_it_holds():
    both = Span([1.0, -2.0], [2.0, 3.0])
    for made, low, high in (
        (both * both, [1, -6], [4, 9]),
        (both * np.array([-1.0, 2.0]), [-2, -4], [-1, 6]),
        (2.0 * both, [2, -4], [4, 6]),
        (both + 1.0, [2, -1], [3, 4]),
        (both / 2, [0.5, -1], [1, 1.5]),
        (both.sum(), -1, 5),
    ):
        np.testing.assert_array_equal(made.low, low)
        np.testing.assert_array_equal(made.high, high)


def test_any_size_of_number_and_of_its_rounding():
    """A sum that cancels: nothing of it is left but what rounding leaves."""
    tiny = answers_to(Span(-0.001, 0.002), 1e-310)
    assert (tiny.low, tiny.high) == pytest.approx((-0.001005, 0.002005), rel=1e-5)
    coarse = answers_to(Span(0.98, 1.004), 1.0)  # shown with two decimals, 1.00
    assert (coarse.low, coarse.high) == pytest.approx((0.9795, 1.009), rel=1e-5)
    other = answers_to(Span(9.994, 9.996), 10.04)  # with one, 10.0
    assert (other.low, other.high) == pytest.approx((9.989, 10.001), rel=1e-3)
    nothing = answers_to(Span(0.0), 0.0)
    assert (nothing.low, nothing.high) == (0, 0)
    assert str(nothing.low) == "0.0"


def test_digits_decide_between_right_and_nearly(step):
    asked = problem(step, Quantity("path_term", 1, (1, 2)))
    assert asked.right == pytest.approx(0.91861, abs=1e-5)
    for answer, digits, unit, right, nearly in (
        (0.919, 3, 0.001, True, False),
        (0.9186, 4, 0.0001, True, False),
        (0.92, 2, 0.01, False, True),
        (0.9, 1, 0.1, False, True),
        (0.920, 3, 0.001, False, False),
        (0.91, 2, 0.01, False, False),
        (0.8, 1, 0.1, False, False),
    ):
        verdict = judge(asked, answer, digits, unit)
        assert (verdict.right, verdict.nearly) == (right, nearly), answer


def test_two_digits_of_a_mistake_are_recognised_and_one_is_not(step):
    asked = problem(step, Quantity("path_term", 1, (1, 2)))
    sign = next(wrong for wrong in asked.wrong if wrong.mistake == "wrong_sign")
    assert sign in judge(asked, -0.92, 2, 0.01).mistakes
    assert sign not in judge(asked, -0.93, 2, 0.01).mistakes
    assert judge(asked, -0.9, 1, 0.1).mistakes == ()
    assert sign not in judge(asked, -0.92, 3, 0.01).mistakes


@pytest.mark.parametrize(
    ("kind", "layer", "index"),
    [
        ("sum", 1, (0,)),
        ("path_sum", 0, (0,)),
        ("path_sum", 3, (0,)),
        ("path_sum", 1, (5,)),
        ("path_sum", 1, (-1,)),
        ("path_sum", 1, (0, 0)),
        ("new_weight", 1, (0, 4)),
    ],
)
def test_a_quantity_that_does_not_exist_is_refused(step, kind, layer, index):
    with pytest.raises(ValueError, match=r"^(kind|layer|index): expected "):
        problem(step, Quantity(kind, layer, index))
