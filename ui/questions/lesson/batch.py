"""Stop 9: the other sum."""

from dataclasses import dataclass

import numpy as np

from backprop import training_step
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.practice import interesting_means, mean_problem
from ui.questions.lesson.building import Stop, choice, draw, is_idle, nothing
from ui.questions.questions import question
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.questions.words.choices import Choice
from ui.state.data import observation_word
from ui.state.parameters import IRIS
from ui.state.recording import all_observations, current_params, observation, recorded_step
from ui.state.settings import Settings

BATCH, STRIDE = 6, 25
"""Flowers of stop 9, two of each species."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The observations of stop 9.

    Attributes:
        names: of the rows.
        X, Y: shapes (N, n_in) and (N, n_out).
        D: ∂C/∂z of the last layer, shape (N, units).
        A: what enters it, shape (N, inputs).
    """

    names: tuple[str, ...]
    X: FloatArray
    Y: FloatArray
    D: FloatArray
    A: FloatArray


def batch_of(settings: Settings) -> Batch:
    """The shown observation and up to five others."""
    X, Y = all_observations(settings)
    count = min(BATCH, len(X))
    stride = STRIDE if settings.data == IRIS else 1
    rows = [(settings.row + n * stride) % len(X) for n in range(count)]
    x, y = observation(settings)
    X, Y = np.vstack([x, X[rows[1:]]]), np.vstack([y, Y[rows[1:]]])
    config, params, last = settings.config, current_params(settings), settings.config.depth
    steps = [training_step(config, params, *each, 0.0) for each in zip(X, Y, strict=True)]
    D = np.array([step.cotangent(f"z{last}") for step in steps])
    A = np.array([step.tape[input_of(last)] for step in steps])
    word = observation_word(config)
    names = tuple(f"{word} {row if settings.data == IRIS else row + 1}" for row in rows)
    return Batch(names, X, Y, D, A)


def mean_entry(settings: Settings, variant: int) -> Exercise | None:
    """An entry of the mean of dC/dW."""
    batch, config, last = batch_of(settings), settings.config, settings.config.depth
    params = current_params(settings)
    found = [
        each for each in interesting_means(config, params, batch.X, batch.Y, most=99) if each.layer == last
    ]
    if variant >= len(found):
        return None
    i, j = found[variant].index
    asked = mean_problem(config, params, batch.X, batch.Y, last, (i, j))
    return Exercise(
        "9b", question(recorded_step(settings), asked, batch.names), ("batch", (i, j)), link=("batch", ())
    )


def batch(settings: Settings) -> Stop:
    """Stop 9."""
    config = settings.config
    if len(all_observations(settings)[0]) == 1:
        return Stop(9, (), missing=words.ONE_OBSERVATION)
    if config.layer_sizes[-1] == 1:
        return Stop(9, (), missing=words.ONE_OUTPUT)
    mean = None if is_idle(settings) else mean_entry(settings, 0)
    if mean is None:
        return Stop(9, (), missing=nothing(settings))
    word = observation_word(config)
    sums = choice(
        settings,
        words.WHICH_SUM,
        words.sums_right(word),
        {
            words.sums_both(word): words.SUMS_BOTH_REMARK,
            words.sums_swapped(word): words.SUMS_SWAPPED_REMARK,
            words.SUMS_UNITS: words.SUMS_UNITS_REMARK,
        },
        words.SUMS_PRINCIPLE,
    )
    exercises = (Exercise("9a", sums, mean.picture), mean, Exercise("9c", _broken(settings), mean.picture))
    return Stop(9, exercises, words.SAY_BATCH)


def _broken(settings: Settings) -> Choice:
    """A derivation of four lines of which one is broken, another one with another seed."""
    dense = settings.config.is_dense(settings.config.depth) and settings.config.shortcut is not None
    lines = [
        words.LINE_COST_DENSE if dense else words.LINE_COST,
        words.LINE_SUM,
        words.LINE_MASK,
        words.LINE_MEAN,
    ]
    broken = [
        (1, words.BROKEN_INDEX, words.WHY_INDEX),
        (1, words.BROKEN_SUM, words.WHY_SUM),
        (3, words.BROKEN_MEAN, words.WHY_MEAN),
        *([(0, words.BROKEN_COST, words.WHY_COST)] if dense else []),
    ]
    place, line, why = broken[draw(settings, "broken") % len(broken)]
    lines[place] = line
    return Choice(words.BROKEN, tuple(lines), line, (words.BROKEN_REMARK,) * 3, why, "")
