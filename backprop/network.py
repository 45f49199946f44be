"""What a network is: its configuration and its parameters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from math import sqrt

import numpy as np

from backprop.arrays import FloatArray, as_float_array, read_only
from backprop.costs import SHORTCUTS
from backprop.kinds import Activation, Cost, Formulas, Shortcut
from backprop.primitives import activation_rule, cost_rule, hidden_activations, output_pairs

HIDDEN_ACTIVATIONS = hidden_activations()
OUTPUTS = output_pairs()
"""Every pair (output_activation, loss). Both as this package has them, without entries added later."""
BIASES = ("learned", "fixed", "none")
"""Biases that the update moves; that stay as they are, as in several textbooks; no b anywhere."""


def input_of(layer: int) -> str:
    """Name of what enters a layer, from 1 up: x, a1, a2, …"""
    return f"a{layer - 1}" if layer > 1 else "x"


@dataclass(frozen=True, slots=True)
class MLPConfig:
    """A multilayer perceptron and its cost.

    Args:
        layer_sizes: units of the input, of each hidden layer, and of the output; at least two numbers.
        hidden_activation: an element-wise activation of the registry for all hidden layers, or one a layer.
        output_activation, loss: a pair that a cost of the registry is offered with.
        bias: one of BIASES.
        inputs, outputs: what they are called, one name each; empty where they have none.

    Raises:
        ValueError: if an argument is none of these.
    """

    layer_sizes: tuple[int, ...]
    hidden_activation: str | tuple[str, ...] = "relu"
    output_activation: str = "softmax"
    loss: str = "cross_entropy"
    bias: str = "learned"
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        try:
            sizes = tuple(self.layer_sizes)
        except TypeError:  # nothing to iterate over
            sizes = (self.layer_sizes,)  # type: ignore[assignment]
        if len(sizes) < 2 or not all(isinstance(size, int | np.integer) and size >= 1 for size in sizes):
            raise ValueError(f"layer_sizes: expected two or more whole numbers from 1 up, got {sizes}")
        object.__setattr__(self, "hidden_activation", _checked_hidden(self.hidden_activation, len(sizes) - 2))
        pair = (self.output_activation, self.loss)
        pairs = output_pairs()
        if not all(isinstance(name, str) for name in pair) or pair not in pairs:
            choices = ", ".join(" + ".join(pair) for pair in pairs)
            raise ValueError(
                f"output_activation, loss: expected one of {choices}, "
                f"got {self.output_activation} + {self.loss}"
            )
        if not isinstance(self.bias, str) or self.bias not in BIASES:
            raise ValueError(f"bias: expected one of {', '.join(BIASES)}, got {self.bias!r}")
        for argument, count in (("inputs", sizes[0]), ("outputs", sizes[-1])):
            object.__setattr__(self, argument, _checked_names(argument, getattr(self, argument), count))
        object.__setattr__(self, "layer_sizes", tuple(int(size) for size in sizes))

    @property
    def depth(self) -> int:
        """Number of layers with parameters, L."""
        return len(self.layer_sizes) - 1

    def activation(self, layer: int) -> str:
        """Name of the activation of layer 1..L."""
        if layer == self.depth:
            return self.output_activation
        named = self.hidden_activation
        return named if isinstance(named, str) else named[layer - 1]

    @property
    def hidden_activations(self) -> tuple[str, ...]:
        """Names of the activations of the hidden layers, one each."""
        return tuple(self.activation(layer) for layer in range(1, self.depth))

    @property
    def has_biases(self) -> bool:
        """Whether there is a b, be it learned or fixed."""
        return self.bias != "none"

    def rule(self, layer: int) -> Activation:
        """The activation of layer 1..L."""
        return activation_rule(self.activation(layer))

    def is_dense(self, layer: int) -> bool:
        """Whether each a of layer 1..L depends on every z, and not on its own alone."""
        return self.rule(layer).dense[0]

    @property
    def cost(self) -> Cost:
        """The cost, with the number of outputs in its formulas."""
        cost = cost_rule(self.loss)
        formulas = _with_outputs(cost.formulas, self.layer_sizes[-1])
        return cost if formulas is cost.formulas else replace(cost, formulas=formulas)

    @property
    def shortcut(self) -> Shortcut | None:
        """Where ∂C/∂a and ∂a/∂z of the last layer partly cancel, so that ∂C/∂z comes out as a − y."""
        return SHORTCUTS.get((self.output_activation, self.loss))


def _checked_hidden(names: object, layers: int) -> str | tuple[str, ...]:
    """The activations as given, a tuple where there is one for each of the hidden layers."""
    known = hidden_activations()
    expected = f"hidden_activation: expected one of {', '.join(known)}"
    if isinstance(names, tuple | list):
        if len(names) != layers or not all(isinstance(name, str) and name in known for name in names):
            raise ValueError(f"{expected}, or {layers} of them, one a hidden layer, got {names!r}")
        return tuple(names)
    if not isinstance(names, str) or names not in known:
        raise ValueError(f"{expected}, got {names!r}")
    return names


def _checked_names(argument: str, names: object, count: int) -> tuple[str, ...]:
    if not isinstance(names, tuple | list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{argument}: expected a tuple of names, got {names!r}")
    if len(names) not in (0, count):
        raise ValueError(f"{argument}: expected {count} names, or none, got {len(names)}")
    return tuple(names)


@lru_cache(maxsize=64)
def _with_outputs(formulas: Formulas, outputs: int) -> Formulas:
    """The formulas with this number in place of {n}; the same where they have none."""
    texts = {field.name: getattr(formulas, field.name) for field in fields(Formulas)}
    changed = {name: text.replace("{n}", str(outputs)) for name, text in texts.items() if "{n}" in text}
    return replace(formulas, **changed) if changed else formulas


@dataclass(frozen=True, slots=True, eq=False)
class Params:
    """Weights and biases of every layer, or any quantity of the same shapes, such as their gradients.

    Args:
        weights: W_l of shape (units of layer l, units of layer l − 1), for l = 1..L.
        biases: b_l of shape (units of layer l,); empty for a network without biases.

    The arrays are copied, made float64 and read-only.

    Raises:
        ValueError: if shapes do not fit each other, or an entry is not finite.
    """

    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]

    def __post_init__(self) -> None:
        counts = _count_layers("weights", self.weights), _count_layers("biases", self.biases)
        if counts[1] not in (counts[0], 0) or not counts[0]:
            raise ValueError(
                "weights, biases: expected the same number of layers, one or more, or no biases at all, "
                f"got {counts[0]} and {counts[1]}"
            )
        weights: list[FloatArray] = []
        units: int | str = "n"
        for layer, W in enumerate(self.weights, start=1):
            weights.append(as_float_array(f"W{layer}", W, ("m", units)))
            units = weights[-1].shape[0]
        biases = [
            as_float_array(f"b{layer}", b, (len(weights[layer - 1]),))
            for layer, b in enumerate(self.biases, start=1)
        ]
        object.__setattr__(self, "weights", tuple(weights))
        object.__setattr__(self, "biases", tuple(biases))

    def __getitem__(self, name: str) -> FloatArray:
        """The array called `name`: W1, b1, W2, …"""
        if match := re.fullmatch(r"([Wb])([1-9]\d*)", name):
            arrays = self.weights if match[1] == "W" else self.biases
            if int(match[2]) <= len(arrays):
                return arrays[int(match[2]) - 1]
        depth = len(self.weights)
        known = f"W1, b1, …, W{depth} or b{depth}" if self.biases else f"W1, …, W{depth}"
        raise KeyError(f"{name}: expected {known}")

    def items(self) -> Iterator[tuple[str, FloatArray]]:
        """("W1", W1), ("b1", b1), ("W2", W2), …"""
        for layer, W in enumerate(self.weights):
            yield f"W{layer + 1}", W
            if self.biases:
                yield f"b{layer + 1}", self.biases[layer]

    def with_arrays(self, arrays: Mapping[str, FloatArray]) -> "Params":
        """The same with these read-only arrays in place of those of their names; nothing is checked."""
        weights = [arrays.get(f"W{layer}", W) for layer, W in enumerate(self.weights, start=1)]
        biases = [arrays.get(f"b{layer}", b) for layer, b in enumerate(self.biases, start=1)]
        return derived_params(weights, biases)


def _count_layers(name: str, arrays: Iterable[FloatArray]) -> int:
    try:
        return len(arrays)  # type: ignore[arg-type]  # what has no length is the caller's mistake
    except TypeError as error:
        raise ValueError(f"{name}: expected one array a layer, got {arrays!r}") from error


def derived_params(weights: Iterable[FloatArray], biases: Iterable[FloatArray]) -> Params:
    """Params of read-only arrays that the core has computed: neither copied nor checked again."""
    params = object.__new__(Params)
    object.__setattr__(params, "weights", tuple(weights))
    object.__setattr__(params, "biases", tuple(biases))
    return params


def require_params(config: MLPConfig, params: Params) -> None:
    """Raise ValueError unless `params` has the shapes that `config` asks for."""
    sizes = (params.weights[0].shape[1], *map(len, params.weights))
    if sizes != config.layer_sizes:
        raise ValueError(f"params: expected layer sizes {config.layer_sizes}, got those of layers {sizes}")
    if bool(params.biases) != config.has_biases:
        expected, got = ("biases", "none") if config.has_biases else ("no biases", "some")
        raise ValueError(f"params: expected {expected}, since bias is {config.bias!r}, got {got}")


def init_params(config: MLPConfig, seed: int) -> Params:
    """Random weights, uniform: He for layers that switch units off, Glorot for all others; biases 0, if any.

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
    return Params(tuple(weights), tuple(biases) if config.has_biases else ())
