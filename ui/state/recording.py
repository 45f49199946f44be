"""The recorded training step of a view, computed once for everybody who looks at the same one."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop import (
    GradientCheck,
    MLPConfig,
    Params,
    TrainingDiverged,
    TrainingStep,
    check_gradients,
    training_step,
)
from backprop.arrays import FloatArray
from backprop.primitives import activation_rule, cost_rule, output_options
from ui.state.cache import kept
from ui.state.data import load_iris
from ui.state.edits import edited, edited_params, fitting_edits, format_edits, parse_edits, target_problem
from ui.state.settings import Settings
from ui.state.training_runs import initial_params, params_after, split_iris

CHECKPOINT = 10
"""Parameters are kept after every so many steps taken, so that one step more needs few old ones again."""

ANY_TARGETS = next(
    option
    for option, (activation, cost) in output_options().items()
    if activation_rule(activation).linear and not cost_rule(cost).is_bounded
)
"""The output that can meet any targets, and whose cost takes them."""

LARGEST_PARAMETER = 1e6
"""Steps that lead beyond have diverged, and are not taken: squares of what follows would overflow."""


def recorded_step(settings: Settings) -> TrainingStep:
    """One step of gradient descent on the chosen flower. Immutable, so it is shared between sessions.

    Raises:
        ValueError: if the steps taken before it have diverged, or do with this one.
    """
    return kept(_recorded_step, settings)


def _recorded_step(settings: Settings) -> TrainingStep:
    step = _step_from(settings, current_params(settings))
    if settings.taken:
        _require_small(step.params_after)
    return step


def current_params(settings: Settings) -> Params:
    """The parameters after the steps taken: those of doing one update after another, bit for bit.

    Raises:
        ValueError: if they overflow on the way, or the training before has diverged.
    """
    if settings.taken == 0:
        return _start_params(settings)
    return kept(_params_after_steps, settings)


def _params_after_steps(settings: Settings) -> Params:
    start = (settings.taken - 1) // CHECKPOINT * CHECKPOINT
    params = current_params(replace(settings, taken=start))
    for _ in range(start, settings.taken):
        params = _step_from(settings, params).params_after
    return params


def possible_epoch(settings: Settings) -> int:
    """How many of the epochs can be shown: all of them, or as many as come before the training diverges."""
    if not settings.is_trained:
        return settings.epoch
    try:
        params_after(settings.plan, settings.epoch)
    except TrainingDiverged as error:
        return error.run.epochs
    return settings.epoch


def possible_taken(settings: Settings) -> int:
    """How many of the steps taken can be shown: all of them, or as many as do not diverge."""
    if settings.taken == 0 or _can_be_shown(settings):
        return settings.taken
    for taken in range(1, settings.taken):
        if not _can_be_shown(replace(settings, taken=taken)):
            return taken - 1
    return settings.taken - 1


def gradient_checks(settings: Settings) -> dict[str, GradientCheck]:
    """The numerical check of every derivative of the recorded step, by variable."""
    return {check.name: check for check in check_gradients(recorded_step(settings))}


def all_observations(settings: Settings) -> tuple[FloatArray, FloatArray]:
    """X (150, 4), standardised as these settings ask for, and Y (150, 3); without edits.

    Of numbers of a book or one's own, X (N, n_in) and Y (N, n_out) as they are given.
    """
    if settings.given is not None:
        return settings.given.X, settings.given.Y
    data = split_iris(settings.split) if settings.is_trained else load_iris()
    return data.X, data.Y


@lru_cache(maxsize=256)  # every run asks for it
def fitting_edit(settings: Settings) -> tuple[str, str]:
    """The part of the edits that this network can take, as in a link, and what is wrong with the rest."""
    _, y = observation(replace(settings, edit=""))
    edits, problem = fitting_edits(parse_edits(settings.edit), settings.config, y)
    return format_edits(edits), problem


def misfit_of_targets(output: str, Y: FloatArray) -> str:
    """Why targets, shape (N, n_out), do not go with the cost of an output's option; empty if they do."""
    activation, cost = output_options()[output]
    config = MLPConfig((1, Y.shape[1]), output_activation=activation, loss=cost)
    return next((problem for y in Y if (problem := target_problem(y, config))), "")


def observation(settings: Settings) -> tuple[FloatArray, FloatArray]:
    """x (n_in,) and y (n_out,) of the observation that is shown, with their edits."""
    X, Y = all_observations(settings)
    edits = parse_edits(settings.edit)
    return edited(X[settings.row], edits, "x"), edited(Y[settings.row], edits, "y")


def _start_params(settings: Settings) -> Params:
    """The weights before any step is taken: the initial ones, those of an epoch of training, or edited."""
    return edited_params(unedited_params(settings), parse_edits(settings.edit))


def unedited_params(settings: Settings) -> Params:
    """The weights before any step is taken and any edit is made."""
    if settings.is_trained:
        return params_after(settings.plan, settings.epoch)
    return initial_params(settings.plan)


def _step_from(settings: Settings, params: Params) -> TrainingStep:
    return training_step(settings.config, params, *observation(settings), settings.learning_rate)


def _require_small(params: Params) -> None:
    """Raise ValueError if a parameter is larger than LARGEST_PARAMETER."""
    for name, array in params.items():
        largest = float(np.abs(array).max())
        if largest > LARGEST_PARAMETER:
            raise ValueError(f"taken: expected {name} up to {LARGEST_PARAMETER:g}, got {largest:.3g}")


def _can_be_shown(settings: Settings) -> bool:
    try:
        recorded_step(settings)
    except ValueError:
        return False
    return True
