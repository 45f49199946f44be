"""What a network is: its configuration and its parameters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np

from backprop.arrays import FloatArray, as_float_array, read_only
from backprop.costs import SHORTCUTS
from backprop.kinds import Activation, Cost, Shortcut
from backprop.primitives import activation_rule, cost_rule, hidden_activations, output_options

HIDDEN_ACTIVATIONS = hidden_activations()
OUTPUTS = tuple(output_options().values())
"""Every pair (output_activation, loss). Both as this package has them, without entries added later."""


def input_of(layer: int) -> str:
    """Name of what enters a layer, from 1 up: x, a1, a2, …"""
    return f"a{layer - 1}" if layer > 1 else "x"


@dataclass(frozen=True, slots=True)
class MLPConfig:
    """A multilayer perceptron and its cost.

    Args:
        layer_sizes: units of the input, of each hidden layer, and of the output; at least two numbers.
        hidden_activation: an element-wise activation of the registry.
        output_activation, loss: a pair that a cost of the registry is offered with.

    Raises:
        ValueError: if an argument is none of these.
    """

    layer_sizes: tuple[int, ...]
    hidden_activation: str = "relu"
    output_activation: str = "softmax"
    loss: str = "cross_entropy"

    def __post_init__(self) -> None:
        try:
            sizes = tuple(self.layer_sizes)
        except TypeError:  # nothing to iterate over
            sizes = (self.layer_sizes,)  # type: ignore[assignment]
        if len(sizes) < 2 or not all(isinstance(size, int | np.integer) and size >= 1 for size in sizes):
            raise ValueError(f"layer_sizes: expected two or more whole numbers from 1 up, got {sizes}")
        if not isinstance(self.hidden_activation, str) or self.hidden_activation not in hidden_activations():
            raise ValueError(
                f"hidden_activation: expected one of {', '.join(hidden_activations())}, "
                f"got {self.hidden_activation!r}"
            )
        pair = (self.output_activation, self.loss)
        pairs = output_options().values()
        if not all(isinstance(name, str) for name in pair) or pair not in pairs:
            choices = ", ".join(" + ".join(pair) for pair in pairs)
            raise ValueError(
                f"output_activation, loss: expected one of {choices}, "
                f"got {self.output_activation} + {self.loss}"
            )
        object.__setattr__(self, "layer_sizes", tuple(int(size) for size in sizes))

    @property
    def depth(self) -> int:
        """Number of layers with parameters, L."""
        return len(self.layer_sizes) - 1

    def activation(self, layer: int) -> str:
        """Name of the activation of layer 1..L."""
        return self.output_activation if layer == self.depth else self.hidden_activation

    def rule(self, layer: int) -> Activation:
        """The activation of layer 1..L."""
        return activation_rule(self.activation(layer))

    def is_dense(self, layer: int) -> bool:
        """Whether each a of layer 1..L depends on every z, and not on its own alone."""
        return self.rule(layer).dense[0]

    @property
    def cost(self) -> Cost:
        """The cost."""
        return cost_rule(self.loss)

    @property
    def shortcut(self) -> Shortcut | None:
        """Where ∂C/∂a and ∂a/∂z of the last layer partly cancel, so that ∂C/∂z comes out as a − y."""
        return SHORTCUTS.get((self.output_activation, self.loss))


@dataclass(frozen=True, slots=True, eq=False)
class Params:
    """Weights and biases of every layer, or any quantity of the same shapes, such as their gradients.

    Args:
        weights: W_l of shape (units of layer l, units of layer l − 1), for l = 1..L.
        biases: b_l of shape (units of layer l,).

    The arrays are copied, made float64 and read-only.

    Raises:
        ValueError: if shapes do not fit each other, or an entry is not finite.
    """

    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]

    def __post_init__(self) -> None:
        counts = _count_layers("weights", self.weights), _count_layers("biases", self.biases)
        if counts[0] != counts[1] or not counts[0]:
            raise ValueError(
                "weights, biases: expected the same number of layers, one or more, "
                f"got {counts[0]} and {counts[1]}"
            )
        weights: list[FloatArray] = []
        biases: list[FloatArray] = []
        units: int | str = "n"
        for layer, (W, b) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            weights.append(as_float_array(f"W{layer}", W, ("m", units)))
            units = weights[-1].shape[0]
            biases.append(as_float_array(f"b{layer}", b, (units,)))
        object.__setattr__(self, "weights", tuple(weights))
        object.__setattr__(self, "biases", tuple(biases))

    def __getitem__(self, name: str) -> FloatArray:
        """The array called `name`: W1, b1, W2, …"""
        if match := re.fullmatch(r"([Wb])([1-9]\d*)", name):
            arrays = self.weights if match[1] == "W" else self.biases
            if int(match[2]) <= len(arrays):
                return arrays[int(match[2]) - 1]
        raise KeyError(f"{name}: expected W1, b1, …, W{len(self.weights)} or b{len(self.weights)}")

    def items(self) -> Iterator[tuple[str, FloatArray]]:
        """("W1", W1), ("b1", b1), ("W2", W2), …"""
        names = parameter_names(len(self.weights))
        for (weight, bias), W, b in zip(names, self.weights, self.biases, strict=True):
            yield weight, W
            yield bias, b


def _count_layers(name: str, arrays: Iterable[FloatArray]) -> int:
    try:
        return len(arrays)  # type: ignore[arg-type]  # what has no length is the caller's mistake
    except TypeError as error:
        raise ValueError(f"{name}: expected one array a layer, got {arrays!r}") from error


@lru_cache(maxsize=64)
def parameter_names(depth: int) -> tuple[tuple[str, str], ...]:
    """("W1", "b1"), …, one pair for each of `depth` layers."""
    return tuple((f"W{layer}", f"b{layer}") for layer in range(1, depth + 1))


def derived_params(weights: Iterable[FloatArray], biases: Iterable[FloatArray]) -> Params:
    """Params of read-only arrays that the core has computed: neither copied nor checked again."""
    params = object.__new__(Params)
    object.__setattr__(params, "weights", tuple(weights))
    object.__setattr__(params, "biases", tuple(biases))
    return params


def require_params(config: MLPConfig, params: Params) -> None:
    """Raise ValueError unless `params` has the shapes that `config` asks for."""
    sizes = (params.weights[0].shape[1], *[b.size for b in params.biases])
    if sizes != config.layer_sizes:
        raise ValueError(f"params: expected layer sizes {config.layer_sizes}, got those of layers {sizes}")


def init_params(config: MLPConfig, seed: int) -> Params:
    """Random weights, biases 0: uniform He for layers that switch units off, uniform Glorot for all others.

    Uniform rather than normal: the same seed then gives the same bits on every platform, since
    only exact operations are used.

    Source: He et al. 2015 (variance 2 / fan-in); Glorot and Bengio 2010 (variance 2 / (fan-in + fan-out)).

    Raises:
        ValueError: if `seed` is not a whole number from 0 up.
    """
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"seed: expected a whole number from 0 up, got {seed!r}")
    rng = np.random.default_rng(seed)
    weights, biases = [], []
    for layer in range(1, config.depth + 1):
        fan_out, fan_in = config.layer_sizes[layer], config.layer_sizes[layer - 1]
        fan = fan_in if config.rule(layer).switches else fan_in + fan_out
        limit = sqrt(6 / fan)  # a uniform variable on ±limit has variance limit² / 3
        weights.append(read_only(limit * (2 * rng.random((fan_out, fan_in)) - 1)))
        biases.append(read_only(np.zeros(fan_out)))
    return Params(tuple(weights), tuple(biases))
