"""Where the cost once stood still at a floor of the probabilities, it has its value now."""

import numpy as np
import pytest

from backprop import init_params, loss_and_gradients, train
from backprop.study.rules import RULES, keep_paths
from tests.expected import settings_of
from ui.names.numbers import short
from ui.state.data import load_iris
from ui.state.recording import recorded_step
from ui.state.training_runs import params_after, split_iris
from ui.views.lab.runs import LabPlan, _compare
from ui.views.lab.summary import summaries


def test_one_update_too_long():
    step = recorded_step(settings_of(flower=10, seed=0, act="identity", lr=10))
    assert f"{step.loss_after:.1f}" == "880.9"


def test_a_bias_of_1000():
    assert f"{recorded_step(settings_of(edit='b2_1_1000')).loss_before:.2f}" == "999.48"


def test_a_training_with_eta_10():
    settings = settings_of(epoch=100, lr=10)
    split = split_iris(settings.split)
    params = params_after(settings.plan, 100)
    test = list(split.test)
    cost, _ = loss_and_gradients(settings.config, params, split.X[test], split.Y[test])
    assert f"{cost:,.0f}" == "259,386"


def test_the_lab_with_the_diagonal_of_softmax():
    config, seed = settings_of().config, 868
    (diagonal,) = (rule for rule in RULES if rule.name == "diagonal")
    iris = load_iris()
    run = train(
        config, init_params(config, seed), iris.X, iris.Y, 200, 0.1, keep_paths=keep_paths(diagonal, config)
    )
    assert short(run.costs[-1]) == "622"

    class Unwatched:
        def go_on(self, share: float) -> None:
            pass

    result = _compare(LabPlan(config, 0.1, 200, seed, 1, 0), Unwatched())
    (shown,) = (summary for summary in summaries(result) if summary.name == "diagonal")
    assert shown.cost == shown.final_costs[0] == pytest.approx(run.costs[-1])
    assert np.array_equal(result.runs["diagonal"][0].costs, run.costs)
