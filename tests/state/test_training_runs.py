"""Trainings in memory: the same plan gives the same weights, whatever was trained before."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from backprop import TrainingDiverged, predict
from tests.expected import settings_of, training_of
from ui.state import cache, training_runs
from ui.state.cache import Store
from ui.state.data import load_iris
from ui.state.recording import all_observations, current_params, possible_epoch, recorded_step
from ui.state.training_runs import KEPT_RUNS, kept_run, params_after, run_training, split_iris


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(training_runs, "_runs", Store(KEPT_RUNS))
    monkeypatch.setattr(cache, "_parts", type(cache._parts)(cache._parts.default_factory))


def assert_same(params, expected):
    for name, array in params.items():
        np.testing.assert_array_equal(array, expected[name], err_msg=name)


@pytest.mark.parametrize("seed", [0, 1, 9999])
def test_split_is_stratified_and_standardised_with_the_training_flowers(seed):
    iris, split = load_iris(), split_iris(seed)
    assert sorted(split.training + split.test) == list(range(150))
    species = np.array(iris.species)
    assert np.bincount(species[list(split.training)]).tolist() == [35, 35, 35]
    scaler = StandardScaler().fit(iris.centimetres[list(split.training)])
    np.testing.assert_allclose(split.X, scaler.transform(iris.centimetres), atol=1e-12)
    np.testing.assert_allclose(split.mean, scaler.mean_)
    np.testing.assert_allclose(split.deviation, scaler.scale_)
    assert split.training != split_iris(seed + 1).training


def test_weights_of_a_link_are_those_of_training_trained():
    for view in (
        {"epoch": 37},
        {"epoch": 3, "batch": "1", "split": 4, "lr": 0.5},
        {"epoch": 0, "batch": "full"},
    ):
        settings = settings_of(**view)
        assert_same(current_params(settings), training_of(settings.plan, settings.epoch).params)


def test_an_earlier_epoch_a_later_one_and_one_go_agree():
    plan = settings_of(batch="8").plan
    expected = training_of(plan, 12)
    for epoch in (5, 12, 2, 0):
        assert_same(params_after(plan, epoch), expected.checkpoint(epoch)[1])
    assert kept_run(plan).epochs == 12


def test_what_is_in_memory_is_not_done_again():
    plan, seen = settings_of().plan, []
    first = run_training(plan, 6)
    assert run_training(plan, 4, lambda report: seen.append(report.epoch)) is first
    assert seen == []
    run_training(plan, 8, lambda report: seen.append(report.epoch))
    assert seen == [6, 7, 8]


def test_a_stopped_training_is_kept_and_goes_on():
    plan = settings_of().plan
    run = run_training(plan, 50, lambda report: report.epoch == 7)
    assert run.epochs == 7
    assert kept_run(plan) is run
    assert_same(run_training(plan, 9).params, training_of(plan, 9).params)


def test_a_training_that_is_interrupted_is_kept_and_goes_on():
    class Interruption(BaseException):
        pass

    def interrupt(report):
        if report.epoch == 5:
            raise Interruption

    plan = settings_of().plan
    with pytest.raises(Interruption):
        run_training(plan, 50, interrupt)
    assert kept_run(plan).epochs == 5
    assert_same(run_training(plan, 9).params, training_of(plan, 9).params)


def test_the_size_of_a_training_counts_steps_and_layers():
    sizes = {batch: settings_of(batch=batch).plan.size(10) for batch in ("full", "16", "1")}
    assert sizes == {"full": 10 * 5 * 3, "16": 10 * 11 * 3, "1": 10 * 109 * 3}
    assert settings_of(hidden="6-5", batch="full").plan.size(10) == 10 * 5 * 4


def test_memory_is_bounded():
    plans = [settings_of(split=split).plan for split in range(KEPT_RUNS + 3)]
    for plan in plans:
        run_training(plan, 1)
        assert kept_run(plans[0]) is not None  # asked for again and again, so it stays
    kept = [kept_run(plan) is not None for plan in plans]
    assert kept == [True] + [False] * 3 + [True] * (KEPT_RUNS - 1)


def test_a_training_that_diverges_says_so_each_time_and_keeps_what_came_before():
    settings = settings_of(out="identity", lr=10, batch="1", epoch=40)
    seen = []
    for _ in range(2):
        with pytest.raises(TrainingDiverged) as caught:
            run_training(settings.plan, 40, lambda report: seen.append(report.epoch))
    assert seen.count(0) == 1
    assert kept_run(settings.plan).epochs == caught.value.epoch - 1
    assert possible_epoch(settings) == caught.value.epoch - 1
    assert np.isfinite(recorded_step(replace(settings, epoch=possible_epoch(settings))).loss_before)


def test_that_a_kept_training_diverges_next_is_found_out_once(monkeypatch):
    plan = settings_of(out="identity", lr=9.5, batch="1").plan
    with pytest.raises(TrainingDiverged) as caught:
        run_training(plan, 40)
    last = caught.value.epoch - 1
    training_runs._runs.drop(plan)
    run_training(plan, last)
    for _ in range(2):
        with pytest.raises(TrainingDiverged):
            run_training(plan, last + 1)
        monkeypatch.setattr(training_runs, "_train", None)  # the second time nothing is trained


def test_a_shorter_training_does_not_take_the_place_of_a_longer_one():
    plan = settings_of(split=77).plan
    longer = run_training(plan, 5)
    shorter = training_of(plan, 3)
    training_runs._keep(plan, training_runs._Kept(shorter, diverges=False))
    assert kept_run(plan) is longer


def test_a_trained_view_is_standardised_as_its_training():
    X, _ = all_observations(settings_of(epoch=0))
    np.testing.assert_array_equal(X, split_iris(1).X)
    np.testing.assert_array_equal(all_observations(settings_of())[0], load_iris().X)
    step = recorded_step(settings_of(epoch=20, flower=3))
    np.testing.assert_array_equal(step.tape["x"], X[3])


def test_default_training_reaches_95_percent_on_flowers_it_has_not_seen():
    settings = settings_of(epoch=100)
    split = split_iris(settings.split)
    outputs = predict(settings.config, current_params(settings), split.X[list(split.test)])
    right = outputs.argmax(axis=1) == split.Y[list(split.test)].argmax(axis=1)
    assert right.mean() >= 0.95
