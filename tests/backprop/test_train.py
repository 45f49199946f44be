import pickle

import numpy as np
import pytest
from sklearn.datasets import load_iris

from backprop import (
    MLPConfig,
    Params,
    TrainingDiverged,
    continue_training,
    init_params,
    loss_and_gradients,
    predict,
    train,
)
from tests.backprop.networks import FIGURE_1, assert_same_params

LINEAR = MLPConfig((1, 1), output_activation="identity", loss="squared_error")


@pytest.fixture(scope="module")
def iris():
    data = load_iris()
    return (data.data - data.data.mean(axis=0)) / data.data.std(axis=0), np.eye(3)[data.target]


@pytest.fixture
def start():
    return init_params(FIGURE_1, seed=0)


def descend_by_hand(params, batches):
    """W − 0.1 dC/dW for one batch after the other, as arrays by name."""
    arrays = dict(params.items())
    for X, Y in batches:
        params = Params(
            tuple(array for name, array in arrays.items() if name[0] == "W"),
            tuple(array for name, array in arrays.items() if name[0] == "b"),
        )
        _, gradients = loss_and_gradients(FIGURE_1, params, X, Y)
        arrays = {name: array - 0.1 * gradients[name] for name, array in arrays.items()}
    return arrays


def assert_same_arrays(params, arrays):
    for name, array in params.items():
        np.testing.assert_allclose(array, arrays[name], rtol=1e-10, atol=1e-12, err_msg=name)


def test_full_batch_is_gradient_descent(iris, start):
    run = train(FIGURE_1, start, *iris, epochs=7)
    assert_same_arrays(run.params, descend_by_hand(start, [iris] * 7))
    assert run.epochs == 7


def test_history_belongs_to_the_checkpoints(iris, start):
    X, Y = iris
    run = train(FIGURE_1, start, X, Y, epochs=5, batch_size=40)
    assert run.checkpoint_epochs == (0, 1, 2, 3, 4, 5)
    for epoch in range(6):
        at, params = run.checkpoint(epoch)
        assert at == epoch
        assert run.costs[epoch] == pytest.approx(loss_and_gradients(FIGURE_1, params, X, Y)[0], rel=1e-12)
        right = predict(FIGURE_1, params, X).argmax(axis=1) == Y.argmax(axis=1)
        assert run.accuracies[epoch] == right.mean()
    assert_same_params(run.checkpoints[0], start)
    assert run.params is run.checkpoints[-1]


def test_default_run_learns_iris(iris, start):
    run = train(FIGURE_1, start, *iris, epochs=200)
    assert run.costs[-1] < 0.25 < run.costs[0]
    assert run.accuracies[-1] > 0.9


def test_mini_batches_are_shuffled_by_seed_and_epoch(iris, start):
    def order(seed, epoch):
        return np.random.default_rng([seed, epoch]).random(150).argsort(kind="stable")

    X, Y = iris
    run = train(FIGURE_1, start, X, Y, epochs=2, batch_size=40, seed=5)
    rows = [order(5, epoch)[first : first + 40] for epoch in (0, 1) for first in range(0, 150, 40)]
    assert [len(some) for some in rows] == [40, 40, 40, 30] * 2
    assert_same_arrays(run.params, descend_by_hand(start, [(X[some], Y[some]) for some in rows]))


def test_reproducible(iris, start):
    runs = [train(FIGURE_1, start, *iris, epochs=3, batch_size=7, seed=seed) for seed in (4, 4, 5)]
    assert_same_params(runs[0].params, runs[1].params, 0)
    np.testing.assert_array_equal(runs[0].costs, runs[1].costs)
    assert (runs[0].params["W1"] != runs[2].params["W1"]).any()


def test_seed_does_not_touch_a_full_batch(iris, start):
    runs = [train(FIGURE_1, start, *iris, epochs=3, seed=seed) for seed in (4, 5)]
    assert_same_params(runs[0].params, runs[1].params, 0)


def test_a_shorter_run_is_the_beginning_of_a_longer_one(iris, start):
    short, long = (train(FIGURE_1, start, *iris, epochs=epochs, batch_size=20) for epochs in (3, 6))
    assert_same_params(short.params, long.checkpoint(3)[1], 0)
    np.testing.assert_array_equal(short.costs, long.costs[:4])


@pytest.mark.parametrize("batch_size", [None, 16])
def test_masks_of_ones_train_as_without(iris, start, batch_size):
    ones = {("z2", "a1"): np.ones((3, 5)), ("a2", "z2"): np.ones((3, 3)), ("z1", "W1"): np.ones((5, 5, 4))}
    plain = train(FIGURE_1, start, *iris, epochs=5, batch_size=batch_size)
    masked = train(FIGURE_1, start, *iris, epochs=5, batch_size=batch_size, keep_paths=ones)
    assert_same_params(masked.params, plain.params)


def test_a_single_path_learns_but_not_so_well(iris, start):
    """The mistake goes unnoticed because training still works."""
    only_k = np.zeros((3, 5))
    only_k[1] = 1
    right, single = (
        train(FIGURE_1, start, *iris, epochs=200, keep_paths=keep) for keep in (None, {("z2", "a1"): only_k})
    )
    assert right.costs[-1] < single.costs[-1] < single.costs[0]


def test_on_epoch_sees_every_epoch(iris, start):
    reports = []
    run = train(FIGURE_1, start, *iris, epochs=4, on_epoch=reports.append)
    assert [report.epoch for report in reports] == [0, 1, 2, 3, 4]
    assert [report.cost for report in reports] == run.costs.tolist()
    assert [report.accuracy for report in reports] == run.accuracies.tolist()
    assert [report.params for report in reports] == list(run.checkpoints)


def test_on_epoch_stops_by_true(iris, start):
    stopped = train(FIGURE_1, start, *iris, epochs=50, on_epoch=lambda report: report.epoch == 3)
    assert stopped.epochs == 3
    assert_same_params(stopped.params, train(FIGURE_1, start, *iris, epochs=3).params, 0)


def test_exceptions_of_on_epoch_pass_through(iris, start):
    def interrupt(report):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(FIGURE_1, start, *iris, on_epoch=interrupt)


def test_no_epoch_at_all(iris, start):
    run = train(FIGURE_1, start, *iris, epochs=0)
    assert len(run.costs) == len(run.accuracies) == 1
    assert_same_params(run.params, start, 0)


@pytest.mark.parametrize("epochs", [500, 501, 999, 1000, 1001, 3700])
def test_checkpoints_are_bounded(epochs):
    run = train(LINEAR, init_params(LINEAR, 0), [[1.0]], [[2.0]], epochs=epochs)
    kept = run.checkpoint_epochs
    assert kept[:501] == tuple(range(501))
    assert kept[-1] == epochs
    assert len(kept) == len(run.checkpoints) <= 1002
    gaps = set(np.diff(kept[500:-1]))
    assert len(gaps) <= 1
    assert max(gaps, default=1) <= -(-epochs // 500)
    assert len(run.costs) == epochs + 1


def test_nearest_checkpoint_before(iris):
    run = train(LINEAR, init_params(LINEAR, 0), [[1.0]], [[2.0]], epochs=2000)
    assert [run.checkpoint(epoch)[0] for epoch in (0, 499, 500, 501, 502, 503, 1999, 2000)] == [
        *(0, 499, 500, 500, 500, 503, 1997, 2000)
    ]


def test_stopping_late_keeps_the_last_epoch():
    start = init_params(LINEAR, 0)
    run = train(LINEAR, start, [[1.0]], [[2.0]], 5000, on_epoch=lambda report: report.epoch == 777)
    assert run.checkpoint_epochs[-1] == 777
    assert_same_params(run.params, train(LINEAR, start, [[1.0]], [[2.0]], 777).params, 0)


def test_divergence_is_reported_with_its_epoch_and_what_to_try(iris):
    config = MLPConfig((4, 5, 3), output_activation="identity", loss="squared_error")
    with pytest.raises(
        TrainingDiverged, match=r"^learning_rate: training diverged in epoch \d+.* below 50"
    ) as e:
        train(config, init_params(config, 0), *iris, epochs=200, learning_rate=50.0)
    error = e.value
    assert isinstance(error, ValueError)
    assert 1 < error.epoch < 200
    assert f"epoch {error.epoch}," in str(error)
    assert error.run.epochs == error.epoch - 1
    assert np.isfinite(error.run.costs).all()
    assert all(np.isfinite(array).all() for _, array in error.run.params.items())
    shorter = train(config, init_params(config, 0), *iris, epochs=error.epoch - 1, learning_rate=50.0)
    assert_same_params(shorter.params, error.run.params, 0)


@pytest.mark.parametrize("epochs", [1, 10])
def test_a_parameter_that_overflows_behind_a_finite_cost_is_found(epochs):
    """b1 jumps to −∞ in the first epoch, where the unit is dead and the cost does not show it."""
    config = MLPConfig((1, 1, 1), "relu", "identity", "squared_error")
    start = Params(([[1.0]], [[1e160]]), ([0.0], [0.0]))
    with pytest.raises(TrainingDiverged) as e:
        train(config, start, [[1e-160]], [[0.0]], epochs=epochs, learning_rate=1e150)
    assert e.value.epoch == 1
    assert e.value.run.checkpoint_epochs == (0,)


def test_run_and_error_can_be_pickled(iris, start):
    run = train(FIGURE_1, start, *iris, epochs=3)
    again = pickle.loads(pickle.dumps(run))
    assert_same_params(again.params, run.params, 0)
    error = pickle.loads(pickle.dumps(TrainingDiverged(4, run)))
    assert error.epoch == 4
    assert str(error) == str(TrainingDiverged(4, run))


def test_start_is_left_alone(iris, start):
    before = {name: array.copy() for name, array in start.items()}
    X, Y = (array.copy() for array in iris)
    train(FIGURE_1, start, X, Y, epochs=3, batch_size=8)
    for name, array in start.items():
        np.testing.assert_array_equal(array, before[name])
    np.testing.assert_array_equal(X, iris[0])
    np.testing.assert_array_equal(Y, iris[1])


def test_single_output_counts_by_halves():
    config = MLPConfig((1, 1), output_activation="sigmoid", loss="binary_cross_entropy")
    run = train(
        config, init_params(config, 0), [[-1.0], [1.0]], [[0.0], [1.0]], epochs=100, learning_rate=1.0
    )
    assert run.accuracies[-1] == 1.0


def assert_same_run(run, other):
    np.testing.assert_array_equal(run.costs, other.costs)
    np.testing.assert_array_equal(run.accuracies, other.accuracies)
    assert run.checkpoint_epochs == other.checkpoint_epochs
    for params, expected in zip(run.checkpoints, other.checkpoints, strict=True):
        assert_same_params(params, expected)


@pytest.mark.parametrize(("first", "total", "batch_size"), [(0, 3, None), (4, 9, 40), (9, 9, 40), (2, 3, 1)])
def test_continued_training_is_training_in_one_go(iris, start, first, total, batch_size):
    kept = {("z2", "a1"): np.arange(15).reshape(3, 5) != 7}
    options = {"learning_rate": 0.3, "batch_size": batch_size, "seed": 3, "keep_paths": kept}
    run = train(FIGURE_1, start, *iris, epochs=first, **options)
    seen = []
    longer = continue_training(
        run, *iris, epochs=total, keep_paths=kept, on_epoch=lambda report: seen.append(report.epoch)
    )
    assert_same_run(longer, train(FIGURE_1, start, *iris, epochs=total, **options))
    assert seen == list(range(first, total + 1))
    assert len(run.costs) == first + 1


def test_continued_training_thins_its_checkpoints_as_training_in_one_go():
    X, Y = np.array([[1.0], [-1.0]]), np.array([[0.5], [0.1]])
    start = init_params(LINEAR, seed=1)
    run = train(LINEAR, start, X, Y, epochs=900, learning_rate=0.01)
    longer = continue_training(run, X, Y, epochs=3100)
    assert len(longer.checkpoints) < 1003
    assert_same_run(longer, train(LINEAR, start, X, Y, epochs=3100, learning_rate=0.01))


def test_continued_training_needs_no_fewer_epochs_than_it_had(iris, start):
    run = train(FIGURE_1, start, *iris, epochs=4)
    with pytest.raises(ValueError, match="epochs: expected a whole number from 4 up, got 3"):
        continue_training(run, *iris, epochs=3)
