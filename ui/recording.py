"""The recorded training step of a view, computed once for everybody who looks at the same one."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop import GradientCheck, Params, TrainingStep, check_gradients, init_params, training_step
from ui.data import load_iris
from ui.settings import Settings

CHECKPOINT = 10
"""Parameters are kept after every so many steps taken, so that one step more needs few old ones again."""

LARGEST_PARAMETER = 1e6
"""Steps that lead beyond have diverged, and are not taken: squares of what follows would overflow."""


@lru_cache(maxsize=512)
def recorded_step(settings: Settings) -> TrainingStep:
    """One step of gradient descent on the chosen flower. Immutable, so it is shared between sessions.

    Raises:
        ValueError: if the steps taken before it have diverged, or do with this one.
    """
    step = _step_from(settings, current_params(settings))
    if settings.taken:
        _require_small(step.params_after)
    return step


@lru_cache(maxsize=512)
def current_params(settings: Settings) -> Params:
    """The parameters after the steps taken: those of doing one update after another, bit for bit.

    Raises:
        ValueError: if they overflow on the way.
    """
    if settings.taken == 0:
        return init_params(settings.config, settings.seed)
    start = (settings.taken - 1) // CHECKPOINT * CHECKPOINT
    params = current_params(replace(settings, taken=start))
    for _ in range(start, settings.taken):
        params = _step_from(settings, params).params_after
    return params


def possible_taken(settings: Settings) -> int:
    """How many of the steps taken can be shown: all of them, or as many as do not diverge."""
    if settings.taken == 0 or _can_be_shown(settings):
        return settings.taken
    for taken in range(1, settings.taken):
        if not _can_be_shown(replace(settings, taken=taken)):
            return taken - 1
    return settings.taken - 1


@lru_cache(maxsize=512)
def gradient_checks(settings: Settings) -> dict[str, GradientCheck]:
    """The numerical check of every derivative of the recorded step, by variable."""
    return {check.name: check for check in check_gradients(recorded_step(settings))}


def _step_from(settings: Settings, params: Params) -> TrainingStep:
    iris = load_iris()
    x, y = iris.X[settings.flower], iris.Y[settings.flower]
    return training_step(settings.config, params, x, y, settings.learning_rate)


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
