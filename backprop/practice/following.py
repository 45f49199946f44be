"""What follows from numbers of the reader's own: the step once more, with theirs in place of those computed.

Each number comes with its slack, how far rounding may have moved it, to first order: by half a unit of the
last digit of what the reader gave, and by the digits of x, y and the parameters that are not shown. Shapes
and names as in `workings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from backprop.arrays import FloatArray
from backprop.network import MLPConfig
from backprop.practice.mistakes import derivative_of
from backprop.practice.spans import shown
from backprop.practice.workings import Workings, workings_of
from backprop.tape import TrainingStep

Key = tuple[str, int]
"""Kind of a quantity and its layer: all its entries together."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """Numbers of the reader's own, nan where none is given, and half a unit of the last digit of each."""

    values: FloatArray
    half: FloatArray


def delta_kind(config: MLPConfig, layer: int) -> str:
    """What ∂C/∂z of a layer is: through softmax a sum over paths."""
    return "path_sum" if config.is_dense(layer) else "through_activation"


def slope_kind(config: MLPConfig, layer: int) -> str:
    """What ∂C/∂a of a layer is: the derivative of the cost, or a sum over paths."""
    return "cost_slope" if layer == config.depth else "path_sum"


def quantities_of(config: MLPConfig) -> dict[Key, tuple[int, ...]]:
    """Every kind of quantity that a solution can have, by layer, with the shape of its array."""
    shapes: dict[Key, tuple[int, ...]] = {("cost", config.depth): ()}
    for layer in range(1, config.depth + 1):
        below, units, *above = config.layer_sizes[layer - 1 : layer + 2]
        vectors = ["pre_activation", "activation", slope_kind(config, layer), delta_kind(config, layer)]
        matrices = ["weight_gradient", "weight_step", "new_weight"]
        vectors += [] if config.is_dense(layer) else ["slope"]
        vectors += ["bias_gradient"] if config.has_biases else []
        vectors += ["new_bias"] if config.bias == "learned" else []
        shapes |= {(kind, layer): (units,) for kind in vectors}
        shapes |= {(kind, layer): (units, below) for kind in matrices}
        if above or config.is_dense(layer):
            shapes |= {(kind, layer): (*(above or (units,)), units) for kind in ("jacobian", "path_term")}
    return shapes


class Followed:
    """A step in which each number of the reader's own replaces the one that is computed.

    With no such numbers all is as in the recorded step.

    Attributes:
        reached: what comes out for all entries of a kind, before the reader's own take its place.
        slack: how far rounding may have moved each of them.
        used: what was gone on with.
        loose: the slack of that.
        works: the workings of each layer, from what was gone on with.
        at_once: ∂C/∂z of the last layer as a − y, shape (n_out,), where it can be had so, else None.
    """

    def __init__(self, step: TrainingStep, own: Mapping[Key, Own]) -> None:
        self.step, self.own = step, own
        self.reached: dict[Key, FloatArray] = {}
        self.slack: dict[Key, FloatArray] = {}
        self.used: dict[Key, FloatArray] = {}
        self.loose: dict[Key, FloatArray] = {}
        self.at_once: FloatArray | None = None
        self.works = {layer: workings_of(step, layer) for layer in range(1, step.config.depth + 1)}
        with np.errstate(all="ignore"):
            a, loose = self._forward()
            delta, loose = self._cost(a, loose)
            for layer in range(step.config.depth, 0, -1):
                delta, loose = self._layer_back(layer, delta, loose)

    def has(self, kind: str, layer: int, index: tuple[int, ...]) -> bool:
        """Whether the reader has given this number."""
        own = self.own.get((kind, layer))
        return own is not None and bool(np.isfinite(own.values[index]))

    def _take(
        self, kind: str, layer: int, value: FloatArray, slack: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Keep what comes out, and go on with the reader's own."""
        self.reached[kind, layer], self.slack[kind, layer] = value, slack
        own = self.own.get((kind, layer))
        if own is not None:
            is_own = np.isfinite(own.values)
            value, slack = np.where(is_own, own.values, value), np.where(is_own, own.half, slack)
        self.used[kind, layer], self.loose[kind, layer] = value, slack
        return value, slack

    def _forward(self) -> tuple[FloatArray, FloatArray]:
        a = self.step.tape["x"]
        loose, z = not_shown(a), None
        for layer, work in self.works.items():
            W, rule, below, below_pre = work.weights, work.config.rule(layer), a, z
            slack = np.abs(W) @ loose + not_shown(W) @ np.abs(a) + not_shown(work.bias)
            z, slack = self._take("pre_activation", layer, W @ a + work.bias, slack)
            a = rule.forward(z)
            if work.is_dense:
                slack = np.abs(derivative_of(rule)(a, z)) @ slack
            else:
                slack = np.abs(rule.forward(z + slack) - rule.forward(z - slack)) / 2
            a, loose = self._take("activation", layer, a, slack)
            self.works[layer] = replace(
                work, below=below, below_pre=below_pre, pre_activation=z, activation=a
            )
        return a, loose

    def _cost(self, a: FloatArray, loose: FloatArray) -> tuple[FloatArray, FloatArray]:
        """C and ∂C/∂a of the last layer, with its slack."""
        config, y, last = self.step.config, self.step.tape["y"], self.step.config.depth
        work, rule = self.works[last], derivative_of(self.step.config.cost)
        C = np.asarray(self.step.loss_before)
        if not np.array_equal(a, self.step.tape[f"a{last}"]):
            C = np.asarray(config.cost.forward(a, y))
        upstream = rule(C, a, y)
        change = not_shown(y) + loose
        C, _ = self._take("cost", last, C, np.abs(upstream) @ change)
        slack = np.abs(rule(C, a + loose, y) - rule(C, a - loose, y)) / 2
        slack += np.abs(rule(C, a, y + not_shown(y)) - upstream)
        upstream, slack = self._take("cost_slope", last, upstream, slack)
        self.works[last] = replace(work, cost=float(C), upstream=upstream)
        if config.shortcut is not None:
            self.at_once = config.shortcut.gradient(a, y)
        return upstream, slack

    def _layer_back(
        self, layer: int, upstream: FloatArray, loose: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """From ∂C/∂z of the layer after, or ∂C/∂a of the last, to ∂C/∂z; gradients and updates on the way."""
        work = self.works[layer]
        z, a, dense = work.pre_activation, work.activation, work.is_dense
        z_slack, a_slack = self.loose["pre_activation", layer], self.loose["activation", layer]
        local = derivative_of(work.config.rule(layer))
        jacobian, slope = work.jacobian, work.slope
        jacobian_slack, slope_slack = np.zeros_like(jacobian), np.zeros_like(slope)
        if dense:
            jacobian = local(a, z)
            jacobian_slack = a_slack[:, None] + a_slack
        elif not work.is_last:
            jacobian_slack = not_shown(jacobian)
        if dense or not work.is_last:
            jacobian, jacobian_slack = self._take("jacobian", layer, jacobian, jacobian_slack)
        if not dense:
            slope = local(a, z).diagonal()
            ends = [local(a + sign * a_slack, z + sign * z_slack).diagonal() for sign in (1, -1)]
            slope, slope_slack = self._take("slope", layer, slope, np.abs(ends[0] - ends[1]) / 2)
        self.works[layer] = work = replace(work, upstream=upstream, jacobian=jacobian, slope=slope)
        sums, slack = self._sums(work, loose, jacobian_slack)
        if not dense:
            slack = slack * np.abs(slope) + slope_slack * np.abs(sums)
            sums, slack = self._take("through_activation", layer, sums * slope, slack)
        self._gradients(work, sums, slack)
        return sums, slack

    def _sums(
        self, work: Workings, loose: FloatArray, jacobian_slack: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Σ_k upstream_k · jacobian_kj, which of an element-wise last layer is ∂C/∂a itself."""
        if work.is_last and not work.is_dense:
            return work.upstream, loose
        terms = work.upstream[:, None] * work.jacobian
        slack = loose[:, None] * np.abs(work.jacobian) + np.abs(work.upstream)[:, None] * jacobian_slack
        terms, slack = self._take("path_term", work.layer, terms, slack)
        return self._take("path_sum", work.layer, terms.sum(axis=0), slack.sum(axis=0))

    def _gradients(self, work: Workings, delta: FloatArray, loose: FloatArray) -> None:
        layer, rate, below = work.layer, work.rate, work.below
        kept = self.loose.get(("activation", layer - 1), not_shown(below))
        slack = np.outer(loose, np.abs(below)) + np.outer(np.abs(delta), kept)
        gradient, slack = self._take("weight_gradient", layer, np.outer(delta, below), slack)
        step, slack = self._take("weight_step", layer, -rate * gradient, rate * slack)
        self._take("new_weight", layer, work.weights + step, slack + not_shown(work.weights))
        if work.config.has_biases:
            gradient, slack = self._take("bias_gradient", layer, delta, loose)
        if work.config.bias == "learned":
            self._take("new_bias", layer, work.bias - rate * gradient, rate * slack + not_shown(work.bias))


def not_shown(values: FloatArray) -> FloatArray:
    """How far the numbers are from what is shown of them."""
    off: FloatArray = np.abs(values - shown(values))
    return off
