"""The film's payload and a session's jobs, against the core."""

import json
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics

from backprop import TrainingDiverged, init_params, loss_and_gradients, predict, train
from backprop.study.evaluation import classes_at
from tests.expected import settings_of, training_of
from ui.state.data import load_iris
from ui.state.own import read_network, write_network
from ui.state.parameters import DEFAULT_PLANE, PLANES, PRINCIPAL
from ui.state.recording import recorded_step
from ui.state.training_runs import kept_run, run_training, split_iris
from ui.views.training.film import film_links, reported_epoch
from ui.views.training.payload import KEPT_FILMS, MOST_PARAMETERS, film_payload, kept_film, run_lengths
from ui.views.training.session import Trainings
from ui.views.training.views import CELLS, iris_view, planes_of


def plan_of(split=1, batch="16", **link):
    return replace(settings_of(**link), split=split, batch=batch).plan


def film_of(plan, epochs, plane=DEFAULT_PLANE):
    return json.loads(film_payload(plan, epochs, plane, lambda done: None))


def floats(text):
    return np.frombuffer(b64decode(text), "<f8")


def cells_of(text):
    """The classes of a region, from its run lengths."""
    letters = np.array([ord(letter) - ord("a") for letter in text if not letter.isdecimal()])
    lengths = "".join(letter if letter.isdecimal() else " " for letter in text).split()
    return np.repeat(letters, np.array(lengths, dtype=int))


@pytest.mark.parametrize(
    "link", [{}, {"split": 7, "batch": "full", "hidden": "6-4", "act": "tanh", "out": "sigmoid"}], ids=str
)
def test_every_epoch_has_the_cores_numbers(link):
    plan = plan_of(**link)
    film, run, split = film_of(plan, 12), run_training(plan, 12), split_iris(plan.split)
    sets = {"training": list(split.training), "test": list(split.test)}
    species = np.array(load_iris().species)
    for epoch in (0, 5, 12):
        params, wrong = run.checkpoints[epoch], []
        for name, rows in sets.items():
            X, Y = split.X[rows], split.Y[rows]
            said = predict(plan.config, params, X).argmax(axis=1)
            cost, gradients = loss_and_gradients(plan.config, params, X, Y)
            assert floats(film["series"][f"{name}_cost"])[epoch] == cost
            assert floats(film["series"][f"{name}_accuracy"])[epoch] == (said == species[rows]).mean()
            counts = np.frombuffer(b64decode(film["confusions"][name]), np.uint8).reshape(13, 3, 3)
            expected = metrics.confusion_matrix(species[rows], said, labels=range(3))
            np.testing.assert_array_equal(counts[epoch], expected)
            wrong += [row for row, one in zip(rows, said, strict=True) if one != species[row]]
            if name == "training":
                for layer, gradient in enumerate(gradients.weights, start=1):
                    shown = floats(film["series"][f"gradient_norm_{layer}"])[epoch]
                    assert shown == pytest.approx(np.linalg.norm(gradient), rel=1e-12)
        assert film["wrong"][epoch] == wrong
        values = floats(film["weights"]["values"]).reshape(13, -1)[epoch]
        np.testing.assert_array_equal(values, np.concatenate([a.ravel() for _, a in params.items()]))
    assert [matrix["name"] for matrix in film["weights"]["matrices"]][:2] == ["W1", "b1"]


@pytest.mark.parametrize("plane", [DEFAULT_PLANE, PRINCIPAL])
def test_regions_are_the_cores_classes_on_the_plane(plane):
    plan = plan_of()
    regions, run = film_of(plan, 3, plane)["regions"], run_training(plan, 3)
    assert regions["epochs"] == [0, 1, 2, 3]
    for epoch, text in zip(regions["epochs"], regions["classes"], strict=True):
        expected = classes_at(plan.config, run.checkpoints[epoch], iris_view(1, plane).points)
        np.testing.assert_array_equal(cells_of(text), expected)


XOR = write_network(
    read_network("X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]\ninputs = left, right")
)


@pytest.mark.parametrize(("act", "lr"), [("tanh", 1), ("sigmoid", 2)])
def test_xor_is_learned_from_its_four_observations(act, lr):
    settings = settings_of(data="own", own=XOR, hidden="2", act=act, out="sigmoid", lr=lr, epoch=400)
    plan, X = settings.plan, np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    (plane,) = planes_of(plan)
    film = film_of(plan, 400, plane)
    run = train(plan.config, init_params(plan.config, 859), X, [[0], [1], [1], [0]], 400, lr)
    np.testing.assert_array_equal(floats(film["series"]["training_cost"]), run.costs)
    assert floats(film["series"]["training_accuracy"])[-1] == 1
    assert film["wrong"][-1] == []
    answers = floats(film["answers"]["values"]).reshape(401, 4)
    np.testing.assert_array_equal(answers[400], predict(plan.config, run.params, X)[:, 0])
    assert ((answers[400] > 0.5) == [False, True, True, False]).all()
    assert np.abs(answers[400] - [0, 1, 1, 0]).max() < 0.1
    assert (film["confusions"], film["sets"]) == (None, {"training": 4})
    assert [flower[:3] for flower in film["plane"]["flowers"]] == [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    region = cells_of(film["regions"]["classes"][-1]).reshape(CELLS, CELLS)
    assert region[[8, 8, -9, -9], [8, -9, 8, -9]].tolist() == [0, 1, 1, 0]
    for epoch, params in ((400, run.params), (0, init_params(plan.config, 859))):
        step = recorded_step(replace(settings, epoch=epoch, obs=3))
        np.testing.assert_array_equal(step.tape["x"], [1, 0])
        for name, array in params.items():
            np.testing.assert_array_equal(step.params[name], array)


@pytest.mark.parametrize("batch", ["full", "2", "16"])
def test_numbers_without_classes_have_costs_and_answers_and_begin_with_given_weights(batch):
    text = "x = [1, 2; 3, 4; 0, 1]\ny = [0.5, 1; 2, 0; 1, 1]\nW1 = [0.1, 0.2; 0.3, 0.4]\nb1 = [0, 1]"
    own = write_network(read_network(text))
    plan = settings_of(data="own", own=own, hidden="none", out="identity", lr=0.02, batch=batch).plan
    film, given = film_of(plan, 5, ""), read_network(text)
    size = {"full": None, "2": 2, "16": None}[batch]
    run = train(plan.config, given.params, given.X, given.Y, 5, 0.02, size, 859)
    np.testing.assert_array_equal(floats(film["series"]["training_cost"]), run.costs)
    answers = floats(film["answers"]["values"]).reshape(6, 3, 2)
    np.testing.assert_array_equal(answers[5], predict(plan.config, run.params, given.X))
    assert film["steps"] == (2 if batch == "2" else 1)
    assert not {"training_accuracy", "test_cost"} & film["series"].keys()
    assert (planes_of(plan), film["plane"], film["regions"]) == ({}, None, None)
    assert film["answers"]["targets"] == given.Y.tolist()
    assert film["answers"]["observations"] == ["1: (1, 2)", "2: (3, 4)", "3: (0, 1)"]


def test_other_features_are_held_at_the_training_mean():
    split = split_iris(1)
    view = iris_view(1, "sepal width and petal width")
    centimetres = split.mean + split.deviation * view.points
    np.testing.assert_allclose(centimetres[:, [0, 2]], split.mean[[0, 2]] * np.ones((CELLS**2, 1)))
    assert f"{split.mean[0]:.2f} cm" in view.drawing["sentence"]


def test_ticks_are_centimetres():
    split, view = split_iris(1), iris_view(1, DEFAULT_PLANE)
    for feature, axis in zip((2, 3), view.drawing["axes"], strict=True):
        assert len(axis["ticks"]) > 3
        for place, label in axis["ticks"]:
            assert split.mean[feature] + split.deviation[feature] * place == pytest.approx(float(label))


def test_all_flowers_lie_inside_every_plane():
    for plane in PLANES:
        drawing = iris_view(3, plane).drawing
        (left, right), (low, high) = (axis["ends"] for axis in drawing["axes"])
        assert len(drawing["flowers"]) == 150
        assert all(left < u < right and low < v < high for u, v, _, _ in drawing["flowers"])
        tests = [flower for flower, (*_, is_test) in enumerate(drawing["flowers"]) if is_test]
        assert tuple(tests) == split_iris(3).test


def test_what_the_floor_of_probabilities_leaves_of_a_gradient_is_0():
    plan = plan_of(lr=10)
    film, run, split = film_of(plan, 30), run_training(plan, 30), split_iris(plan.split)
    rows = list(split.training)
    _, gradients = loss_and_gradients(plan.config, run.checkpoints[30], split.X[rows], split.Y[rows])
    assert all(0 < np.abs(gradient).max() < 1e-300 for gradient in gradients.weights)
    for layer in (1, 2):
        shown = floats(film["series"][f"gradient_norm_{layer}"])
        assert shown[30] == 0 < shown[0]


def test_run_lengths():
    assert run_lengths(np.array([0, 0, 2, -1, -1, 1])) == "a2c1-2b1"


def test_the_default_run_reaches_95_percent():
    accuracies = floats(film_of(plan_of(), 100)["series"]["test_accuracy"])
    assert accuracies[-1] >= 0.95


@pytest.mark.parametrize(("hidden", "epochs", "most"), [("5", 100, 120_000), ("16-16-16-16", 500, 330_000)])
def test_size_of_the_payload(hidden, epochs, most):
    text = film_payload(plan_of(hidden=hidden, batch="full"), epochs, DEFAULT_PLANE, lambda done: None)
    film = json.loads(text)
    assert len(text) < most
    assert film["regions"]["epochs"][-1] == epochs
    assert len(film["regions"]["epochs"]) <= 101
    parameters = sum(a.size for _, a in run_training(plan_of(hidden=hidden, batch="full"), 0).params.items())
    assert (film["weights"] is None) == (parameters > MOST_PARAMETERS)


def test_films_are_kept_as_the_same_text_and_not_too_many():
    first = film_payload(plan_of(seed=1), 1, DEFAULT_PLANE, lambda done: None)
    assert film_payload(plan_of(seed=1), 1, DEFAULT_PLANE, lambda done: None) is first
    for seed in range(2, KEPT_FILMS + 2):
        film_of(plan_of(seed=seed), 1)
    assert kept_film(plan_of(seed=1), 1, DEFAULT_PLANE) is None
    assert kept_film(plan_of(seed=2), 1, DEFAULT_PLANE) is not None


def test_links_lead_to_the_weights_of_the_film_whatever_was_changed_since():
    plain = settings_of(flower=3, lr=0.2)
    changed = replace(plain, taken=3, edit="W1.1.1~2")
    assert film_links(changed) == film_links(plain)
    for (_, href), page in zip(film_links(plain), ("walkthrough", "batch", "update"), strict=True):
        assert href == replace(plain, epoch=0).link(page)


@pytest.mark.parametrize(
    ("state", "epoch"),
    [
        ([37, 2], 37),
        ([0, 1], 0),
        (None, None),
        ([501, 1], None),
        ([-1, 1], None),
        (["7", 1], None),
        ([7], None),
    ],
)
def test_only_an_epoch_is_taken_from_the_film(state, epoch):
    assert reported_epoch({"epoch": state}) == epoch


def finish(trainings):
    assert trainings.started.job.wait(60)
    return trainings.take_note()


def test_a_session_takes_note_of_a_training_once():
    trainings, plan = Trainings(), plan_of(seed=77)
    assert trainings.take_note() is None
    started = trainings.begin(plan, 6, DEFAULT_PLANE, leads_to_end=True)
    assert finish(trainings) is started
    assert trainings.take_note() is None
    assert (trainings.outcome(plan).epochs, trainings.outcome(plan).diverged) == (6, None)
    assert started.job.fraction == pytest.approx(1, abs=0.1)
    assert kept_film(plan, 6, DEFAULT_PLANE) is not None
    trainings.forget(plan)
    assert trainings.outcome(plan) is None


def test_pausing_keeps_what_there_is_and_continuing_gives_the_same_run():
    trainings, plan = Trainings(), plan_of(seed=78, batch="1")
    started = trainings.begin(plan, 400, DEFAULT_PLANE, leads_to_end=True)
    while started.latest is None or started.latest.epoch < 2:
        assert started.job.is_running
    started.job.stop()
    finish(trainings)
    reached = trainings.outcome(plan).epochs
    assert 2 <= reached < 400
    assert kept_run(plan).epochs == reached
    trainings.begin(plan, reached + 3, DEFAULT_PLANE, leads_to_end=True)
    finish(trainings)
    assert trainings.outcome(plan).epochs == reached + 3
    continued = kept_run(plan)
    fresh = plan_of(seed=78, batch="1", flower=3)
    assert fresh == plan  # the flower has no part in it
    np.testing.assert_array_equal(continued.costs, training_of(plan, reached + 3).costs)


def test_a_training_that_diverges_is_known_with_its_epoch():
    trainings, plan = Trainings(), plan_of(out="identity", lr=10)
    trainings.begin(plan, 100, DEFAULT_PLANE, leads_to_end=True)
    finish(trainings)
    with pytest.raises(TrainingDiverged) as caught:
        run_training(plan, 100)
    outcome = trainings.outcome(plan)
    assert (outcome.epochs, outcome.diverged) == (caught.value.run.epochs, caught.value.epoch)
    film = film_of(plan, outcome.epochs)
    np.testing.assert_array_equal(floats(film["series"]["training_cost"]), caught.value.run.costs)


def test_a_training_that_was_left_goes_on_when_its_reader_is_back():
    trainings, plan = Trainings(), plan_of(seed=79, batch="1")
    left = trainings.begin(plan, 300, DEFAULT_PLANE, leads_to_end=True)
    while left.latest is None or left.latest.epoch < 2:
        assert left.job.is_running
    left.job.was_left = True
    left.job.stop()
    assert finish(trainings) is None
    assert trainings.outcome(plan) is None
    again = trainings.started
    assert (again.plan, again.epochs, again.plane, again.leads_to_end) == (plan, 300, DEFAULT_PLANE, True)
    while again.latest is None:
        assert again.job.is_running
    assert again.latest.epoch >= 2
    trainings.stop()
