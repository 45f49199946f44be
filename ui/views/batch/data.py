"""The observations of a batch and what the core says about them."""

from dataclasses import replace
from random import Random

import numpy as np

from backprop import training_step
from backprop.activations import SMALLEST_PROBABILITY
from backprop.arrays import FloatArray, read_only
from backprop.noise import ROUNDING, beyond, derivative_noise
from backprop.study.layer_batch import LayerBatch, layer_batch
from ui.state.data import FLOWERS, SPECIES, load_iris, word_of_many
from ui.state.edits import format_edits, parse_edits
from ui.state.parameters import ALL, RANDOM
from ui.state.recording import all_observations, current_params, observation
from ui.state.settings import Settings

OWN = ("x", "y")

SUSPECT = 1e-8
"""Only where a flower has a smaller ∂C/∂z is it worth asking whether that is more than rounding."""


def species_of(flower: int) -> int:
    """Number of a flower's species, in the order of SPECIES."""
    return load_iris().species[flower]


def name_of(settings: Settings, member: int) -> str:
    """What links and the page call an observation: a flower's number from 0, others from 1."""
    return str(member if settings.given is None else member + 1)


def named(settings: Settings, member: int) -> str:
    """Such as flower 54, or observation 2."""
    return f"{word_of_many(settings.config)} {name_of(settings, member)}"


def chosen_flowers(kind: str, count: int, draw: int) -> tuple[int, ...]:
    """The flowers of a batch, ascending.

    Args:
        kind: "all", "random" or the name of a species.
        count: how many random ones.
        draw: seed of the random ones; with the same seed a larger batch keeps the flowers of a smaller one.
    """
    if kind == ALL:
        return tuple(range(FLOWERS))
    if kind == RANDOM:
        # random() of the standard library gives the same numbers in every version; sample() need not.
        random = Random(draw)
        shuffled = sorted(range(FLOWERS), key=lambda _: random.random())
        return tuple(sorted(shuffled[:count]))
    return tuple(flower for flower in range(FLOWERS) if SPECIES[species_of(flower)] == kind)


def batch_of(settings: Settings, members: tuple[int, ...], layer: int) -> LayerBatch:
    """One layer of the batch, with the current weights; edits of x and y belong to the sidebar's observation.

    What is nothing but rounding is 0: entries of D, activations that are the lowest probability that is kept,
    and means over the batch whose terms cancel.
    """
    rows = list(members)
    X, Y = (array[rows] for array in all_observations(settings))
    if settings.row in members:
        row = members.index(settings.row)
        X[row], Y[row] = observation(settings)
    batch = layer_batch(settings.config, current_params(settings), X, Y, layer)
    D = batch.cotangents.copy()
    suspects = (D != 0) & (np.abs(D) < SUSPECT)
    for n in np.flatnonzero(suspects.any(axis=1)).tolist():
        step = training_step(settings.config, current_params(settings), X[n], Y[n], settings.learning_rate)
        D[n][np.abs(D[n]) <= derivative_noise(step)[f"z{layer}"]] = 0
    A = batch.inputs if layer == 1 else beyond(batch.inputs, SMALLEST_PROBABILITY)
    terms = D[:, :, np.newaxis] * A[:, np.newaxis, :] / len(rows)
    batch = replace(batch, cotangents=read_only(D), inputs=A)
    return replace(batch, gradient=_without_rounding(batch.gradient, terms, 0))


def cotangents_below(batch: LayerBatch) -> FloatArray:
    """D W, shape (N, n_in); 0 where the paths cancel but for rounding."""
    terms = batch.cotangents[:, :, np.newaxis] * batch.weights
    return _without_rounding(batch.input_cotangents(), terms, 1)


def _without_rounding(sums: FloatArray, terms: FloatArray, axis: int) -> FloatArray:
    """The sums of these terms along this axis, 0 where only rounding is left; see `backprop.noise`."""
    largest = np.abs(terms).max(axis=axis)
    is_rounding = (largest == 0) | (np.abs(sums) <= ROUNDING * largest)
    return read_only(np.where(is_rounding, 0.0, sums))


def with_member(settings: Settings, member: int) -> Settings:
    """The settings with this observation; another one leaves behind what belongs to the sidebar's alone."""
    if member == settings.row:
        return settings
    kept = (edit for edit in parse_edits(settings.edit) if edit.name not in OWN)
    other = replace(settings, taken=0, edit=format_edits(kept))
    return replace(other, flower=member) if settings.given is None else replace(other, obs=member + 1)
