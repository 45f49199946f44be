"""The examples: each shows what it says, with the numbers it says, wherever a link leads."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from backprop.study.paths import cancellation
from tests.expected import settings_of, step_of
from ui.names.numbers import percent, short, signed
from ui.names.timeline import timeline
from ui.state.data import SPECIES, load_iris
from ui.state.pages import PAGES as ALL_PAGES
from ui.state.presets import PRESETS, START, active_preset
from ui.state.training_runs import params_after, split_iris

PAGES = [page.path for page in ALL_PAGES if page.shows_network]
BY_NAME = {preset.name: preset for preset in PRESETS}


def example(name):
    preset = BY_NAME[name]
    return preset, step_of(preset.settings)


def settings_in(link: str):
    """The settings that a link asks for."""
    query = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    return settings_of(
        **{key: value for key, value in query.items() if key not in ("jacobian", "layer", "unit")}
    )


def test_all_units_are_on_and_single_paths_are_wrong():
    preset, step = example("Figure 1, all units on")
    assert step.config.layer_sizes == (4, 5, 3)
    assert (step.tape["z1"] > 0).all()
    vjp = step.vjp("z2", "a1")
    assert vjp.paths == 3
    wrong = vjp.path_terms[0] * vjp.cotangent < 0
    assert wrong.sum() == 4
    assert wrong[preset.unit[1] - 1]
    # No one or two paths are the sum: the smallest term is far from nothing.
    assert np.abs(vjp.path_terms).min() > 0.03
    assert preset.look == (
        "All five hidden units are on, each with three paths, one through each z². For four of the five, "
        "path ① alone has the wrong sign; only the sum of all three is ∂C/∂a¹."
    )


def test_confident_and_wrong():
    preset, step = example("Confident and wrong")
    outputs, target = step.tape["a2"], int(step.tape["y"].argmax())
    assert (SPECIES[outputs.argmax()], SPECIES[target]) == ("versicolor", "virginica")
    split, plan = split_iris(preset.settings.split), preset.settings.plan
    assert preset.settings.flower in split.test
    params, iris = params_after(plan, 100), load_iris()
    z = (
        np.maximum(0, split.X @ params.weights[0].T + params.biases[0]) @ params.weights[1].T
        + params.biases[1]
    )
    right = np.mean(z.argmax(axis=1) == iris.Y.argmax(axis=1))
    error = step.cotangent("z2")
    np.testing.assert_allclose(error, outputs - step.tape["y"], atol=1e-12)
    assert preset.look == (
        f"After 100 epochs this network is right for {right:.0%} of the flowers, yet it takes this "
        f"virginica, which it never saw, for a versicolor, with {outputs.max():.3f}. So a − y is almost as "
        f"large as it can be: {error[1]:+.3f} and −{-error[2]:.3f}."
    ).replace("%", " %")


def test_dead_relu():
    preset, step = example("Dead ReLU")
    layer, unit = preset.unit[0], preset.unit[1] - 1
    assert (layer, unit, preset.settings.epoch) == (1, 0, 2)
    X = split_iris(preset.settings.split).X
    on = [
        int((X @ params.weights[0][unit] + params.biases[0][unit] > 0).sum())
        for params in (params_after(preset.settings.plan, epoch) for epoch in (0, 2, 10))
    ]
    assert on[1:] == [0, 0]
    vjp = step.vjp("z2", "a1")
    assert np.abs(vjp.path_terms[:, unit]).min() > 0.05
    assert step.cotangent("z1")[unit] == 0
    assert not step.gradients["W1"][unit].any()
    assert preset.look == (
        f"Two epochs with η = {preset.settings.learning_rate:g} have pushed a¹₁, at first on for {on[0]} of "
        "the 150 flowers, below 0 for all of them. Its three paths are alive, ∂C/∂a¹₁ = "
        f"−{-vjp.cotangent[unit]:.2f}, but ReLU is flat there: ∂C/∂z¹₁ is 0, and its weights learn nothing "
        "more."
    )
    # Nothing more: not one of its weights moves in the epochs that follow.
    early, late = (params_after(preset.settings.plan, epoch) for epoch in (2, 10))
    np.testing.assert_array_equal(early.weights[0][unit], late.weights[0][unit])
    assert early.biases[0][unit] == late.biases[0][unit]


def test_cancelling_paths():
    preset, step = example("Cancelling paths")
    vjp = step.vjp("z2", "a1")
    assert preset.unit == (1, 4)
    assert step.tape["z1"][3] > 0
    terms, total = vjp.path_terms[:, 3], vjp.cotangent[3]
    cancels = 1 - abs(total) / np.abs(terms).sum()
    assert cancellation(vjp.path_terms)[3] == pytest.approx(cancels)
    assert preset.look == (
        f"The paths into a¹₄ carry {signed(terms[0])}, {signed(terms[1])} and {signed(terms[2])}. Their sum "
        f"is only {signed(total)}: {percent(cancels)} cancels, and no single path is anywhere near."
    ).replace("\u00a0", " ")
    assert min(map(abs, terms)) > 10 * abs(total)


def test_saturated_softmax():
    preset, step = example("Saturated softmax")
    assert preset.settings.edit == "b2_1_25"
    assert 1 - 1e-9 < step.tape["a2"][0] < 1
    assert np.abs(step.vjp("a2", "z2").jacobian).max() < 1e-10
    assert step.cotangent("a2")[2] < -1e10
    np.testing.assert_allclose(step.cotangent("z2"), step.tape["a2"] - step.tape["y"], atol=1e-12)
    assert step.cotangent("z2")[2] == pytest.approx(-1)
    assert preset.look == (
        "One bias, edited to 25, makes a²₁ almost 1. No entry of ∂a²/∂z² is above 1e−10 in size, ∂C/∂a²₃ is "
        "below −1e10, yet their product is a − y as ever: the error still gets through."
    )


def test_textbook():
    preset, step = example("Textbook 2-2-2")
    w5 = step.params_after.weights[1][0, 0]
    # Mazur's cost after the update, which leaves the biases alone.
    a = step.tape["x"]
    for W, b in zip(step.params_after.weights, step.params.biases, strict=True):
        a = 1 / (1 + np.exp(-(W @ a + b)))
    his = 0.5 * ((a - step.tape["y"]) ** 2).sum()
    assert preset.look == (
        f"Mazur's example: cost {step.loss_before:.9f} before the update; his w₅, our w²₁₁, goes from "
        f"{step.params.weights[1][0, 0]} to {w5:.8f}. Here the biases learn, too, so the cost after it is "
        f"{step.loss_after:.9f} and not his {his:.5f}."
    )
    assert step.loss_before == pytest.approx(0.298371109, abs=5e-10)
    assert w5 == pytest.approx(0.35891648, abs=5e-9)
    assert his == pytest.approx(0.291027924, abs=2e-7)  # he rounds on the way
    assert step.params_after.biases[0][0] != step.params.biases[0][0]


def test_element_wise_output():
    preset, step = example("Element-wise output")
    jacobian = step.vjp("a2", "z2").jacobian
    assert (jacobian == np.diag(jacobian.diagonal())).all()
    assert step.vjp("a2", "z2").paths == 1
    assert step.vjp("z2", "a1").paths == 3
    assert step.vjp("z2", "a1").path_terms.all()
    assert step.config.output_activation == "sigmoid"
    assert preset.look == (
        "Sigmoid outputs: ∂a²/∂z² is a diagonal, so each z² has one path and the single-variable rule is "
        "the whole truth there. ∂C/∂a¹ still needs the sum of three."
    )


def test_vanishing_gradient():
    preset, step = example("Vanishing gradient")
    assert step.config.layer_sizes == (4, 2, 2, 2, 2, 3)
    assert {step.config.activation(layer) for layer in range(1, 5)} == {"tanh"}
    norms = [float(np.linalg.norm(step.gradients[f"W{layer}"])) for layer in range(1, 6)]
    assert norms == sorted(set(norms))
    assert norms[-1] >= 100 * norms[0]
    assert preset.look == (
        f"Four layers of two tanh units. Every layer shrinks the gradient: ‖dC/dW⁵‖ is {short(norms[-1])}, "
        f"‖dC/dW¹‖ only {short(norms[0])}. The steps of the first layer are invisible beside those of the "
        "last."
    )


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("Figure 1, all units on", "paths?flower=51&seed=41&unit=4"),
        ("Confident and wrong", "walkthrough?seed=5&lr=0.3&epoch=100&step=9"),
        ("Dead ReLU", "paths?seed=48&lr=2.5&epoch=2&unit=1"),
        ("Cancelling paths", "paths?flower=0&seed=482&unit=4"),
        ("Saturated softmax", "jacobians?edit=b2_1_25&jacobian=a2-z2"),
        (
            "Textbook 2-2-2",
            "update?lr=0.5&hidden=2&act=sigmoid&out=sigmoid-squared&data=textbook",
        ),
        ("Element-wise output", "jacobians?out=sigmoid&jacobian=a2-z2"),
        ("Vanishing gradient", "update?seed=1132&hidden=2-2-2-2&act=tanh"),
    ],
)
def test_the_best_page_opens_at_what_the_text_speaks_of(name, link):
    preset = BY_NAME[name]
    assert preset.link(preset.best) == link
    assert preset.link("training") == link


def test_a_unit_behind_the_first_layer_keeps_its_layer_in_the_link():
    deep = replace(BY_NAME["Vanishing gradient"], unit=(3, 2))
    assert deep.link("paths").endswith("&act=tanh&layer=3&unit=2")
    assert "unit" not in deep.link("update")
    assert "unit" not in BY_NAME["Vanishing gradient"].link("paths")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("page", [*PAGES, "training", "total-derivative"])
def test_links_lead_to_the_example_on_the_same_page(preset, page):
    link = preset.link(page)
    assert settings_in(link.replace("step=", "unit=")) == preset.settings
    shown = page if page in PAGES else preset.best
    assert urlsplit(link).path == (shown or ".")
    assert active_preset(settings_in(link.replace("step=", "unit="))) is preset


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_what_links_ask_for_is_there(preset):
    step = step_of(preset.settings)
    ids = [stop.id for stop in timeline(step.config)]
    position = int(parse_qs(urlsplit(preset.link("walkthrough")).query)["step"][0])
    assert ids[position] == preset.step
    assert preset.jacobian in {f"{vjp.output}-{vjp.wrt}" for vjp in step.vjp_steps}
    assert preset.best in PAGES
    if preset.unit:
        layer, unit = preset.unit
        assert unit <= step.config.layer_sizes[layer]


def test_an_example_is_active_until_a_setting_that_counts_differs():
    assert active_preset(START) is None
    for preset in PRESETS:
        other = "tanh" if preset.settings.output == "identity" else "identity"
        for change in ({"taken": 1}, {"learning_rate": 0.7}, {"edit": "x_1_3"}, {"output": other}):
            assert active_preset(replace(preset.settings, **change)) is None
    textbook = BY_NAME["Textbook 2-2-2"].settings
    assert active_preset(replace(textbook, flower=3, seed=4, split=9)) is BY_NAME["Textbook 2-2-2"]
    trained = BY_NAME["Confident and wrong"].settings
    assert active_preset(replace(trained, split=9)) is None
    cancelling = BY_NAME["Cancelling paths"].settings
    assert active_preset(replace(cancelling, split=9, batch="8")) is BY_NAME["Cancelling paths"]
    assert active_preset(replace(cancelling, flower=3)) is None
