"""The examples: each shows what it says, with the numbers it says, wherever a link leads."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from backprop.paths import cancellation
from tests.expected import settings_of, step_of
from ui.data import load_iris
from ui.numbers import short, signed
from ui.presets import PAGES, PRESETS, START, active_preset
from ui.stage.steps import timeline
from ui.training_runs import params_after, split_iris

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


def test_the_first_flower_has_all_units_on_and_wrong_single_paths():
    preset, step = example("Figure 1 on a first flower")
    assert step.config.layer_sizes == (4, 5, 3)
    assert (step.tape["z1"] > 0).all()
    vjp = step.vjp("z2", "a1")
    assert np.abs(vjp.path_terms).min() > 0.03
    wrong = vjp.path_terms[0] * vjp.cotangent < 0
    assert wrong.sum() == 4
    assert wrong[preset.unit[1] - 1]


def test_confident_and_wrong():
    preset, step = example("Confident and wrong")
    outputs, target = step.tape["a2"], int(step.tape["y"].argmax())
    assert (outputs.argmax(), target) == (1, 2)
    assert outputs.max() >= 0.9
    assert short(outputs.max()) in preset.look
    assert all(signed(step.cotangent("z2")[k]) in preset.look for k in (1, 2))
    assert preset.settings.flower in split_iris(preset.settings.split).test
    params, iris = params_after(preset.settings.plan, 100), load_iris()
    X = split_iris(preset.settings.split).X
    z = np.maximum(0, X @ params.weights[0].T + params.biases[0]) @ params.weights[1].T + params.biases[1]
    right = np.mean(z.argmax(axis=1) == iris.Y.argmax(axis=1))
    assert f"{right:.0%}".replace("%", " %") in preset.look


def test_dead_relu():
    preset, step = example("Dead ReLU")
    unit = preset.unit[1] - 1
    assert step.tape["z1"][unit] <= 0
    vjp = step.vjp("z2", "a1")
    assert signed(vjp.cotangent[unit]) in preset.look
    assert (vjp.path_terms[:, unit] != 0).all()
    assert step.cotangent("z1")[unit] == 0
    assert not step.gradients["W1"][unit].any()


def test_cancelling_paths():
    preset, step = example("Cancelling paths")
    vjp = step.vjp("z2", "a1")
    unit = preset.unit[1] - 1
    assert cancellation(vjp.path_terms)[unit] >= 0.9
    assert step.tape["z1"][unit] > 0
    terms = [*vjp.path_terms[:, unit], vjp.cotangent[unit]]
    assert all(signed(term) in preset.look for term in terms)
    assert f"{cancellation(vjp.path_terms)[unit]:.0%}".replace("%", " %") in preset.look
    assert min(map(abs, terms[:3])) > 10 * abs(terms[3])


def test_saturated_softmax():
    _, step = example("Saturated softmax")
    assert np.abs(step.vjp("a2", "z2").jacobian).max() < 1e-10
    assert step.cotangent("a2")[2] < -1e10
    np.testing.assert_allclose(step.cotangent("z2"), step.tape["a2"] - step.tape["y"], atol=1e-12)
    assert step.cotangent("z2")[2] == pytest.approx(-1)


def test_textbook():
    preset, step = example("Textbook 2-2-2")
    w5 = step.params_after.weights[1][0, 0]
    for number in (f"{step.loss_before:.9f}", f"{step.loss_after:.9f}", f"{w5:.8f}"):
        assert number in preset.look
    assert step.loss_before == pytest.approx(0.298371109, abs=5e-10)
    assert w5 == pytest.approx(0.35891648, abs=5e-9)
    # Mazur's cost after the update, which leaves the biases alone.
    a = step.tape["x"]
    for W, b in zip(step.params_after.weights, step.params.biases, strict=True):
        a = 1 / (1 + np.exp(-(W @ a + b)))
    assert f"{0.5 * ((a - step.tape['y']) ** 2).sum():.5f}" in preset.look


def test_element_wise_output():
    _, step = example("Element-wise output")
    jacobian = step.vjp("a2", "z2").jacobian
    assert (jacobian == np.diag(jacobian.diagonal())).all()
    assert step.vjp("a2", "z2").paths == 1
    assert step.vjp("z2", "a1").paths == 3


def test_vanishing_gradient():
    preset, step = example("Vanishing gradient")
    norms = [float(np.linalg.norm(step.gradients[f"W{layer}"])) for layer in range(1, 6)]
    assert norms == sorted(norms)
    assert norms[-1] >= 100 * norms[0]
    assert short(norms[-1]) in preset.look
    assert short(norms[0]) in preset.look


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
        for change in ({"taken": 1}, {"learning_rate": 0.7}, {"edit": "x_1_3"}, {"output": "identity"}):
            assert active_preset(replace(preset.settings, **change)) is None
    textbook = BY_NAME["Textbook 2-2-2"].settings
    assert active_preset(replace(textbook, flower=3, seed=4, split=9)) is BY_NAME["Textbook 2-2-2"]
    trained = BY_NAME["Confident and wrong"].settings
    assert active_preset(replace(trained, split=9)) is None
    dead = BY_NAME["Dead ReLU"].settings
    assert active_preset(replace(dead, split=9, batch="8")) is BY_NAME["Dead ReLU"]
    assert active_preset(replace(dead, flower=3)) is None
