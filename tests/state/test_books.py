"""The examples from books: what is printed there, digit by digit, and what their notes say of it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from backprop import TrainingStep, training_step
from tests.expected import step_of
from ui.state.books import BOOKS
from ui.state.own import write_network
from ui.state.presets import PRESETS, Preset, active_preset

BY_NAME = {preset.name: preset for preset in PRESETS if preset.source}

# By example: settings that differ, and numbers as they are printed there, "_" where there is none. A name is
# a variable of the tape; with d before it its derivative, with + behind it what the update makes of it, and
# with − before both its negative, which is what many books call the error.
PRINTED = {
    "Mazur 2-2-2, fixed biases": [
        (
            {},
            {
                "z1": "0.3775 _",
                "a1": "0.593269992 0.596884378",
                "z2": "1.105905967 _",
                "a2": "0.75136507 0.772928465",
                "C": "0.298371109",
                "da2": "0.74136507 _",
                "dz2": "0.138498562 _",
                "dW2": "0.082167041 _ _ _",
                "da1": "0.036350306 _",
                "dW1": "0.000438568 _ _ _",
                "W1+": "0.149780716 0.19956143 0.24975114 0.29950229",
                "W2+": "0.35891648 0.408666186 0.511301270 0.561370121",
                "b1+": "0.35 0.35",
            },
        )
    ],
    "Han, Kamber, Pei 3-2-1": [
        (
            {},
            {
                "z1": "-0.7 0.1",
                "a1": "0.332 0.525",
                "z2": "-0.105",
                "a2": "0.474",
                "-dz1": "-0.0087 -0.0065",
                "W1+": "0.192 0.4 -0.508 -0.306 0.1 0.194",
                "b1+": "-0.408 0.194",
                "W2+": "-0.261 -0.138",
                "b2+": "0.218",
            },
        )
    ],
    "Negnevitsky 2-2-1, XOR": [
        (
            {},
            {
                "a1": "0.5250 0.8808",
                "a2": "0.5097",
                "-dz2": "-0.1274",
                "-dz1": "0.0381 -0.0147",
                "W1+": "0.5038 0.4038 0.8985 0.9985",
                "b1+": "-0.7962 0.0985",
                "W2+": "-1.2067 1.0888",
                "b2+": "-0.3127",
            },
        )
    ],
    "Goodfellow 2-2-1, ReLU XOR": [
        ({"obs": 1}, {"z1": "0 -1", "a1": "0 0", "a2": "0", "C": "0"}),
        ({"obs": 2}, {"z1": "1 0", "a1": "1 0", "a2": "1", "C": "0"}),
        ({"obs": 3}, {"z1": "1 0", "a1": "1 0", "a2": "1", "C": "0"}),
        ({"obs": 4}, {"z1": "2 1", "a1": "2 1", "a2": "0", "C": "0"}),
    ],
    "Zhou 2-2-1, mean squared": [({}, {"a1": "0.0474 0.0474", "a2": "0.524"})],
    "hmkcode 2-2-1, linear": [
        ({}, {"a1": "0.85 0.48", "a2": "0.191", "C": "0.327", "dz2": "-0.809"}),
        ({}, {"W1+": "0.12 0.23 0.13 0.10", "W2+": "0.17 0.17"}),
        ({"taken": 1}, {"a2": "0.26"}),
    ],
    "Miller 2-3-1, no biases": [
        (
            {},
            {"z1": "1.0 1.3 0.8", "a1": "0.73105857863 0.78583498304 0.6899744811", "a2": "0.77"},
        )
    ],
    "Ng 1-1-1, ReLU output": [
        ({}, {"a1": "2", "a2": "7", "C": "2"}),
        ({}, {"dz2": "2", "dW2": "4", "db2": "2", "da1": "6", "dW1": "6", "db1": "6"}),
    ],
    "Nielsen 1-1-1-1-1, exploding": [({}, {"z1": "0", "z2": "0", "z3": "0", "z4": "0"})],
    "Nielsen 1-1, slow": [({}, {"a1": "0.98"})],
    "Jurafsky, Martin 2-1": [
        ({}, {"a1": "0.5", "dW1": "-1.5 -1.0", "db1": "-0.5", "W1+": "0.15 0.1", "b1+": "0.05"})
    ],
    "CS231n 2-1, sigmoid": [
        ({}, {"z1": "1.00", "a1": "0.73", "da1": "1.00", "dz1": "0.20"}),
        ({}, {"dW1": "-0.20 -0.39", "db1": "0.20", "dx": "0.39 -0.59"}),
    ],
    "Karpathy 2-1, tanh": [
        ({}, {"z1": "0.8814", "a1": "0.7071", "da1": "1.0", "dz1": "0.5"}),
        ({}, {"dW1": "1.0 0.0", "db1": "0.5", "dx": "-1.5 0.5"}),
    ],
    "CS231n 4-3, softmax": [({}, {"z1": "-2.85 0.86 0.28", "a1": "_ 0.631 0.353", "C": "1.04"})],
}


def value_of(step, name: str):
    """The numbers that a name of PRINTED means, in one row."""
    if name.startswith("-"):
        return -value_of(step, name[1:])
    if name.endswith("+"):
        return step.params_after[name[:-1]].ravel()
    if name.startswith("d"):
        is_parameter = name[1] in "Wb"
        return (step.gradients[name[1:]] if is_parameter else step.cotangent(name[1:])).ravel()
    return np.ravel(step.tape[name])


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_book_prints_is_what_is_computed(name):
    for changed, printed in PRINTED[name]:
        step = step_of(replace(BY_NAME[name].settings, **changed))
        for what, text in printed.items():
            for value, digits in zip(value_of(step, what), text.split(), strict=True):
                if digits != "_":
                    rounded = f"{value:.{len(digits.partition('.')[2])}f}"
                    assert float(rounded) == float(digits), f"{what}: {value}"


def test_every_example_has_printed_numbers():
    assert [*PRINTED] == [name for name in BY_NAME if name != "Textbook 2-2-2"]
    assert {book.name for book in BOOKS} < BY_NAME.keys()


def minus(text: str) -> str:
    """Numbers with the minus that readers see."""
    return re.sub(r"-(?=\d)", "−", text)


def example(name: str) -> tuple[Preset, TrainingStep]:
    return BY_NAME[name], step_of(BY_NAME[name].settings)


def test_mazur_with_fixed_biases():
    preset, step = example("Mazur 2-2-2, fixed biases")
    assert step.loss_after == pytest.approx(0.291027924, abs=2e-7)
    assert preset.look == (
        "Mazur's own way: the biases stay as they are, and the cost after the update is "
        f"{step.loss_after:.7f}; "
        "he prints 0.291027924, since he rounds on the way. His w₁, our w¹₁₁, goes from "
        f"{step.params['W1'][0, 0]} to {step.params_after['W1'][0, 0]:.9f}."
    )
    assert {"bias=fixed", "data=textbook"} < set(preset.link("update").split("?")[1].split("&"))


def test_han():
    preset, step = example("Han, Kamber, Pei 3-2-1")
    (err6,), (err4, err5) = -step.cotangent("z2"), -step.cotangent("z1")
    assert preset.look == minus(
        f"The book's Err₄ = {err4:.4f} and Err₅ = {err5:.4f} are −∂C/∂z¹. Its Err₆ = "
        f"{round(0.474 * (1 - 0.474) * (1 - 0.474), 4)} is {err6:.4f} here, since it rounds on the way; its "
        f"w₄₆, our w²₁₁, goes to {step.params_after['W2'][0, 0]:.3f} and its w₁₄, our w¹₁₁, to "
        f"{step.params_after['W1'][0, 0]:.3f}."
    )


def test_negnevitsky():
    preset, step = example("Negnevitsky 2-2-1, XOR")
    assert preset.settings.given.X.tolist() == [[1, 1], [0, 1], [1, 0], [0, 0]]
    assert preset.look == minus(
        f"XOR, the first of four observations: {step.tape['a2'][0]:.4f} instead of {step.tape['y'][0]:g}. A "
        f"threshold θ of the book is −b here, and its δ₅ = {-step.cotangent('z2')[0]:.4f} is "
        "−∂C/∂z²; one step "
        f"takes its w₃₅, our w²₁₁, from {step.params['W2'][0, 0]} to {step.params_after['W2'][0, 0]:.4f}."
    )


def test_goodfellow():
    preset, step = example("Goodfellow 2-2-1, ReLU XOR")
    steps = [step_of(replace(preset.settings, obs=obs)) for obs in (1, 2, 3, 4)]
    assert not any(gradient.any() for each in steps for _, gradient in each.gradients.items())
    without = step_of(replace(preset.settings, obs=1, activation="identity")).tape
    h, output = without["a1"].astype(int).tolist(), without["a2"][0]
    assert preset.look == minus(
        f"XOR, solved by hand: all four costs are {sum(each.loss_before for each in steps):g}, so every "
        f"derivative is 0 and nothing moves. Without ReLU, (0, 0) would give h = ({h[0]}, {h[1]}) "
        "and an output "
        f"of {output:g}."
    )
    assert step.tape["z1"].tolist() == h


def test_zhou():
    preset, step = example("Zhou 2-2-1, mean squared")
    factors = (
        step.cotangent("a2")[0],
        step.vjp("a2", "z2").jacobian[0, 0] * step.params["W2"][0, 0],
        step.vjp("a1", "z1").jacobian[0, 0] * step.tape["x"][0],
    )
    assert np.prod(factors) == pytest.approx(step.gradients["W1"][0, 0])
    assert round(-0.952 * 0.249 * -0.0904, 4) == 0.0214  # his factors
    assert preset.look == minus(
        f"Alice, the first of four people, gets {step.tape['a2'][0]:.3f} instead of "
        f"{step.tape['y'][0]:g}. Her "
        f"∂C/∂w¹₁₁ is {factors[0]:.3f} · {factors[1]:.3f} · {factors[2]:.4f} = "
        f"{np.prod(factors):.4f}; he prints "
        "0.0214, since he rounds on the way."
    )


def test_hmkcode():
    preset, step = example("hmkcode 2-2-1, linear")
    after = step_of(replace(preset.settings, taken=1)).tape["a2"][0]
    assert not step.params.biases
    assert preset.look == minus(
        f"No biases, no activation: every derivative is Δ = {step.cotangent('a2')[0]:.3f} times "
        "what lies on its "
        f"path. One step takes the prediction from {step.tape['a2'][0]:.3f} to {after:.3f}, his {after:.2f}."
    )


def test_miller():
    preset, step = example("Miller 2-3-1, no biases")
    old, delta = step.params["W2"][0, 0], -step.cotangent("z2")[0]
    his = 0.7746924929149283 * (1 - 0.7746924929149283) * -0.77
    assert preset.look == minus(
        "He divides −∂C/∂z² by a¹ where the chain rule multiplies: so his w₇, our w²₁₁, goes from "
        f"{old} to {old + his / 0.73105:.4f}, and here, with η = {preset.settings.learning_rate:g}, to "
        f"{step.params_after['W2'][0, 0]:.4f}. His {his:.4f} for −∂C/∂z² is {delta:.4f} here, "
        "since he rounds on "
        "the way."
    )


def test_ng():
    preset, step = example("Ng 1-1-1, ReLU output")
    error, a1, w2, x = step.cotangent("z2")[0], step.tape["a1"][0], step.params["W2"][0, 0], step.tape["x"][0]
    assert step.tape["z1"][0] > 0
    assert step.tape["z2"][0] > 0
    bumped = step_of(replace(preset.settings, edit="W1_1_1_2.001")).loss_before
    assert preset.look == (
        f"ReLU is on in both units, so slopes are 1 and the chain is plain: ∂C/∂w² = {error:g} · {a1:g} = "
        f"{step.gradients['W2'][0, 0]:g}, and ∂C/∂w¹ = {error:g} · {w2:g} · {x:g} = "
        f"{step.gradients['W1'][0, 0]:g}. He checks it: with w¹ = 2.001 the cost is not "
        f"{step.loss_before:g} but "
        f"{bumped:.3f}."
    )


def test_nielsen_exploding():
    preset, step = example("Nielsen 1-1-1-1-1, exploding")
    weights = {float(step.params[f"W{layer}"][0, 0]) for layer in range(1, 5)}
    slopes = {float(step.vjp(f"a{layer}", f"z{layer}").jacobian[0, 0]) for layer in range(1, 5)}
    assert (weights, slopes) == ({100}, {0.25})
    assert preset.look == (
        f"Each weight is {weights.pop():g} and each z is {step.tape['z1'][0]:g}, so every layer "
        "back multiplies by "
        f"100 · ¼ = {step.cotangent('z3')[0] / step.cotangent('z4')[0]:g}: ∂C/∂b¹ is "
        f"{step.gradients['b1'][0] / step.gradients['b4'][0]:g} times ∂C/∂b⁴. He leaves open x, here "
        f"{step.tape['x'][0]:g}, and the cost, here with a target of {step.tape['y'][0]:g}."
    )


def after_300(settings, params) -> float:
    for _ in range(300):
        params = training_step(
            settings.config, params, np.ones(1), np.zeros(1), settings.learning_rate
        ).params_after
    return training_step(settings.config, params, np.ones(1), np.zeros(1), 0).tape["a1"][0]


def test_nielsen_slow():
    preset, step = example("Nielsen 1-1, slow")
    other = step_of(replace(preset.settings, edit="W1_1_1_0.6~b1_1_0.9"))
    ends = [after_300(preset.settings, each.params) for each in (step, other)]
    assert preset.look == (
        f"Badly wrong and slow: at {step.tape['a1'][0]:.2f} the sigmoid is flat, and ∂C/∂w is only "
        f"{step.gradients['W1'][0, 0]:.4f}. With his other start, w = 0.6 and b = 0.9, it is "
        f"{other.gradients['W1'][0, 0]:.3f} at {other.tape['a1'][0]:.2f}; after 300 steps the outputs are "
        f"{ends[0]:.2f} and {ends[1]:.2f}."
    )


def test_jurafsky():
    preset, step = example("Jurafsky, Martin 2-1")
    (g1, g2), (gb,) = step.gradients["W1"][0], step.gradients["b1"]
    (w1, w2), (b,) = step.params_after["W1"][0], step.params_after["b1"]
    assert preset.look == minus(
        f"With all weights 0 the sigmoid says {step.tape['a1'][0]:g}, so the gradient is "
        f"{step.cotangent('z1')[0]:g} times the inputs: {g1:.1f}, {g2:.1f}, and {gb:g} for b. One "
        "step makes the "
        f"weights {w1:g} and {w2:g}, and b {b:g}."
    )


@pytest.mark.parametrize(("name", "digits"), [("CS231n 2-1, sigmoid", 2), ("Karpathy 2-1, tanh", 4)])
def test_neurons_without_a_cost_begin_with_1(name, digits):
    preset, step = example(name)
    assert step.tape["y"] == pytest.approx(step.tape["a1"] - 1, abs=1e-15)
    assert step.cotangent("a1") == pytest.approx(1, abs=1e-15)
    (w1, w2), a, z = step.gradients["W1"][0], step.tape["a1"][0], step.cotangent("z1")[0]
    begins = "begin with a derivative of 1; here the target is a − 1, which makes ∂C/∂a that 1. "
    if digits == 2:
        said = (
            f"The notes have no cost and {begins}The output is {a:.2f}, ∂C/∂z is {z:.2f}, the weights get "
            f"{w1:.2f} and {w2:.2f}, the bias {step.gradients['b1'][0]:.2f}."
        )
    else:
        begins = begins.replace("begin", "begins")
        said = (
            f"He has no cost and {begins}The output is {a:.4f}, ∂C/∂z is {z:.1f}, w₁ gets {w1:.1f}, and w₂, "
            f"whose input is {step.tape['x'][1]:g}, gets nothing."
        )
        assert w2 == 0
    assert preset.look == minus(said)


def test_softmax_regression():
    preset, step = example("CS231n 4-3, softmax")
    error = step.cotangent("z1")
    np.testing.assert_allclose(error, step.tape["a1"] - step.tape["y"], atol=1e-15)
    figure = round(0.058 / (0.058 + 2.36 + 1.32), 3)  # of its own, rounded numbers
    assert preset.look == minus(
        "Softmax regression: without a hidden layer the only sum over paths is softmax's. The "
        "right class, the "
        f"third, gets {step.tape['a1'][2]:.3f}, so the cost is {step.loss_before:.2f} and a − y is "
        f"{error[0]:.4f}, {error[1]:.3f} and {error[2]:.3f}; the figure has {figure} for the first, since it "
        "rounds on the way."
    )


@pytest.mark.parametrize("name", BY_NAME)
def test_whoever_types_the_numbers_sees_the_example(name):
    settings = BY_NAME[name].settings
    typed = replace(settings.given, inputs=(), outputs=tuple("abcdefgh")[: settings.given.Y.shape[1]])
    assert active_preset(replace(settings, data="own", own=write_network(typed))) is BY_NAME[name]
    other = replace(settings.given, Y=settings.given.Y / 2 + 0.125)
    assert active_preset(replace(settings, data="own", own=write_network(other))) is None


@pytest.mark.parametrize("name", BY_NAME)
def test_links_are_short(name):
    assert len(BY_NAME[name].link("walkthrough")) < 250
