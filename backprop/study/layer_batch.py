"""One layer of a batch taken apart: the two matrix products of D, and which index each of them sums.

Dᵀ A / N sums over the observations n and gives the gradient of the weights. D W sums over the paths k and
gives ∂C/∂a of the layer below, for every observation on its own. Source: article, section 3.2.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import FloatArray, read_only
from backprop.batch import forward_batch, loss_and_gradients, per_observation_gradients
from backprop.network import MLPConfig, Params, input_of


@dataclass(frozen=True, slots=True, eq=False)
class LayerBatch:
    """What both products of one layer are made of, for a batch of N observations.

    Attributes:
        losses: cost of every observation, shape (N,).
        inputs: A, one observation a row, shape (N, n_in + 1); the last column is the 1 that feeds the bias,
            and is missing, here and below, in a network without biases.
        cotangents: D, one ∂C_n/∂z a row, shape (N, units).
        weights: W, shape (units, n_in).
        gradient: mean of the outer products of all observations, shape (units, n_in + 1); the last column
            belongs to the bias.
        difference: largest distance between `gradient` and what `loss_and_gradients` says.
    """

    losses: FloatArray
    inputs: FloatArray
    cotangents: FloatArray
    weights: FloatArray
    gradient: FloatArray
    difference: float

    def outer_product(self, n: int) -> FloatArray:
        """∂C_n/∂z ⊗ (a, 1): the gradient of observation n alone, shape (units, n_in + 1)."""
        product: FloatArray = np.outer(self.cotangents[n], self.inputs[n])
        return product

    def observation_terms(self, k: int, j: int) -> FloatArray:
        """D[n, k] · A[n, j] for every n, shape (N,): their mean is entry (k, j) of the gradient."""
        return self.cotangents[:, k] * self.inputs[:, j]

    def path_terms(self, n: int, j: int) -> FloatArray:
        """D[n, k] · W[k, j] for every k, shape (units,): their sum is ∂C_n/∂a_j."""
        terms: FloatArray = self.cotangents[n] * self.weights[:, j]
        return terms

    def input_cotangents(self) -> FloatArray:
        """D W: ∂C_n/∂a for every observation, shape (N, n_in)."""
        return self.cotangents @ self.weights

    def disagreement(self) -> FloatArray:
        """How much the observations work against each other in every entry, shape (units, n_in + 1).

        The smaller one of what pulls the entry up and what pulls it down, over N: 0 where all agree.
        """
        terms = self.cotangents[:, :, None] * self.inputs[:, None, :]
        up, down = (np.maximum(pull, 0).mean(axis=0) for pull in (terms, -terms))
        lesser: FloatArray = np.minimum(up, down)
        return lesser

    def most_disputed(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
        """Among these rows and columns the entry with the largest `disagreement`; if 0, the largest entry."""
        cells = np.ix_(rows, columns)
        score = self.disagreement()[cells]
        if not score.any():
            score = np.abs(self.gradient[cells])
        k, j = np.unravel_index(score.argmax(), score.shape)
        return rows[int(k)], columns[int(j)]


def layer_batch(config: MLPConfig, params: Params, X: ArrayLike, Y: ArrayLike, layer: int) -> LayerBatch:
    """Take layer `layer` (1..L) of a batch apart.

    Args:
        config: the network.
        params: its parameters.
        X: one observation a row, shape (N, n_in).
        Y: their targets, shape (N, n_out).
        layer: of which W and b are looked at.

    Raises:
        ValueError: if there is no such layer, a shape does not fit, an entry is not finite, or the cost or a
            gradient overflows.
    """
    if not 1 <= layer <= config.depth:
        raise ValueError(f"layer: expected 1 to {config.depth}, got {layer}")
    values, _ = forward_batch(config, params, X, Y, None)
    below = values[input_of(layer)]
    single = per_observation_gradients(config, params, X, Y)
    _, batch = loss_and_gradients(config, params, X, Y)
    own = slice(layer - 1, layer)  # of all layers; empty of no biases
    means = [array.mean(axis=0) for array in (*single.weights[own], *single.biases[own])]
    gradient = np.column_stack(means)
    at_once = np.column_stack((*batch.weights[own], *batch.biases[own]))
    ones = [np.ones(len(below))] if config.has_biases else []
    return LayerBatch(
        losses=single.losses,
        inputs=read_only(np.column_stack((below, *ones))),
        cotangents=single.cotangents[layer - 1],
        weights=params.weights[layer - 1],
        gradient=read_only(gradient),
        difference=float(np.abs(gradient - at_once).max()),
    )
