"""The lab's trainings: those of the core, in a store of bounded size, by several people at once."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import MLPConfig, TrainingDiverged, init_params, train
from backprop.study.rules import RULES, keep_paths
from tests.expected import settings_of
from tests.views.lab_results import CONFIG
from tests.waiting import until
from ui.state.cache import Store
from ui.state.data import load_iris
from ui.state.turns import Ended
from ui.views.lab import choice, runs
from ui.views.lab.runs import KEPT_RUNS, LabPlan, LabResult, finished, start


@pytest.fixture
def empty_store(monkeypatch):
    monkeypatch.setattr(runs, "_runs", Store(KEPT_RUNS))


def plan_of(**changed) -> LabPlan:
    return replace(LabPlan(CONFIG, 0.1, 6, 30, 2, 1), **changed)


def run(plan) -> LabResult:
    job = start(plan)
    assert job.wait(30)
    return job.result()


def test_trainings_are_those_of_the_core(empty_store):
    iris = load_iris()
    result = run(plan_of())
    assert (result.seeds, result.is_complete) == ((30, 31), True)
    for rule in RULES:
        for seed, ours in zip(result.seeds, result.runs[rule.name], strict=True):
            masks = keep_paths(rule, CONFIG, 1)
            expected = train(CONFIG, init_params(CONFIG, seed), iris.X, iris.Y, 6, 0.1, keep_paths=masks)
            np.testing.assert_array_equal(ours.costs, expected.costs)
            np.testing.assert_array_equal(ours.accuracies, expected.accuracies)
            assert (ours.error <= 1e-6) == (rule.name == "total")
    assert finished(plan_of()) is finished(plan_of())
    assert finished(plan_of()).runs == result.runs


def test_a_seed_that_diverges_is_a_result(empty_store):
    config = MLPConfig((4, 5, 3), "identity", "identity", "squared_error")
    plan = plan_of(config=config, learning_rate=10.0, epochs=200, seeds=1)
    total = run(plan).runs["total"][0]
    iris = load_iris()
    with pytest.raises(TrainingDiverged) as error:
        train(config, init_params(config, 30), iris.X, iris.Y, 200, 10.0)
    assert total.diverged == error.value.epoch
    assert np.isfinite(total.costs[: total.diverged]).all()
    assert len(total.costs) == 201
    assert np.isinf(total.costs[total.diverged :]).all()
    assert (total.accuracies[total.diverged :] == 0).all()


def test_stopping_keeps_the_finished_seeds_and_going_on_does_the_rest(empty_store):
    plan = plan_of(epochs=150, seeds=20)
    job = start(plan)
    until(lambda: finished(plan).seeds)
    job.stop()
    assert job.wait(5)
    with pytest.raises(Ended):
        job.result()
    result = finished(plan)
    assert 0 < len(result.seeds) < 20
    assert result.seeds == tuple(plan.all_seeds)[: len(result.seeds)]
    assert {len(of_rule) for of_rule in result.runs.values()} == {len(result.seeds)}
    assert all(len(one.costs) == 151 for of_rule in result.runs.values() for one in of_rule)
    short = replace(plan, seeds=len(result.seeds))
    assert run(short).runs == result.runs  # the same objects: nothing is trained again


def test_of_several_who_ask_for_the_same_one_trains_and_each_stops_for_itself(empty_store, monkeypatch):
    trained = []
    monkeypatch.setattr(runs, "_train", lambda *args, real=runs._train: trained.append(1) or real(*args))
    plan = plan_of(epochs=60, seeds=8)
    jobs = [start(plan) for _ in range(3)]
    jobs[0].stop()
    assert all(job.wait(30) for job in jobs)
    assert jobs[1].result().runs == jobs[2].result().runs
    assert jobs[1].result().is_complete
    assert len(trained) <= 8 * len(plan.rules) + 1  # what was stopped in its midst is done again


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"flower": 3}, True),
        ({"lr": 0.2}, False),
        ({"seed": 31}, False),
        ({"hidden": "6"}, False),
    ],
)
def test_a_comparison_fits_settings_with_its_network_rate_and_seed(changed, fits):
    here = settings_of(seed=30)
    plan = plan_of(config=here.config, learning_rate=here.learning_rate)
    assert plan.fits(settings_of(**{"seed": 30} | changed)) is fits


def test_the_size_of_a_comparison_grows_with_all_that_is_done():
    sizes = [plan_of(**change).size for change in ({}, {"epochs": 7}, {"seeds": 3})]
    assert sizes == [
        2 * 3 * (len(RULES) * 6 + 43),
        2 * 3 * (len(RULES) * 7 + 43),
        3 * 3 * (len(RULES) * 6 + 43),
    ]


def test_a_change_of_path_trains_only_the_single_path_anew(empty_store):
    first, second = run(plan_of()), run(plan_of(k=2))
    assert second.runs["total"] == first.runs["total"]
    assert second.runs["single"] != first.runs["single"]


def test_the_store_is_bounded(empty_store, monkeypatch):
    monkeypatch.setattr(runs, "_runs", Store(7))
    result = run(plan_of())
    assert len(runs._runs) == 7
    assert result.is_complete
    assert finished(plan_of()).seeds == (31,)


def test_back_on_the_page_the_choice_is_as_it_was_unless_the_link_says_else(monkeypatch):
    left = {"lab_seeds": ["3"], "lab_path": [], "lab_order": ["skip"]}
    for here, then in ({}, {"lab_seeds": ["3"], "lab_order": ["skip"]}), ({"lab_path": ["2"]},) * 2:
        state = {"lab_memory": left, "view": dict(here)}
        monkeypatch.setattr(choice.st, "session_state", state)
        choice._remember(list(left))
        assert state["view"] == then
