"""The record of a network of one's own, and the lines it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backprop import Params
from backprop.arrays import FloatArray
from ui.names.numbers import exact

MAX_HIDDEN_LAYERS, MAX_UNITS = 4, 16
MAX_INPUTS = MAX_OUTPUTS = 8
MAX_OBSERVATIONS = 16
MAX_NAME = 20
HIGHEST_RATE = 10.0

LINES = {
    "act": "activation",
    "out": "output",
    "err": "error",
    "bias": "bias",
    "hidden": "hidden",
    "lr": "eta",
}
"""What settings are called in a text, by their keys in a link."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnNetwork:
    """Observations, and weights and biases if there are any.

    Attributes:
        X: inputs, shape (N, n_in): 1 to 16 observations of 1 to 8 inputs, read-only.
        Y: targets, shape (N, n_out): 1 to 8 outputs, read-only.
        params: W_l of shape (units of layer l, units of layer l − 1), with up to 4 hidden layers of up to 16
            units, and b_l; biases is empty where none are given. None: random ones of the seed.
        inputs, outputs: what they are called; empty if they have no names.
        settings: parameters of a link that the text states, such as {"act": "sigmoid", "lr": "0.5"}.
    """

    X: FloatArray
    Y: FloatArray
    params: Params | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def hidden(self) -> tuple[int, ...] | None:
        """Units of the hidden layers, as the weights have them; None without weights."""
        return tuple(len(W) for W in self.params.weights[:-1]) if self.params else None


def network_text(network: OwnNetwork) -> str:
    """Lines that can be pasted again: names, numbers with all their digits, settings."""
    lines = [f"{name} = {value}" for name, value in _lines(network, ", ")]
    lines += [
        f"{LINES[key]} = {value.replace('-', ', ') if key == 'act' else value}"
        for key, value in network.settings.items()
    ]
    return "\n".join(lines) + "\n"


def compact_text(network: OwnNetwork) -> str:
    """The same lines with as few characters as can be, and without settings."""
    return "\n".join(f"{name}={value}" for name, value in _lines(network, " "))


def _lines(network: OwnNetwork, separator: str) -> list[tuple[str, str]]:
    lines = [
        (key, ", ".join(names))
        for key, names in (("inputs", network.inputs), ("outputs", network.outputs))
        if names
    ]
    for name, values in (("x", network.X), ("y", network.Y)):
        is_one = len(values) == 1
        lines.append((name if is_one else name.upper(), _array(values[0] if is_one else values, separator)))
    if network.params:
        weights = [(f"W{layer}", W) for layer, W in enumerate(network.params.weights, start=1)]
        biases = [(f"b{layer}", b) for layer, b in enumerate(network.params.biases, start=1)]
        # An array's name ends in its layer, so that b1 comes after W1.
        named = sorted(weights + biases, key=lambda pair: int(pair[0][1:]))
        lines += [(name, _array(values, separator)) for name, values in named]
    return lines


def _array(values: FloatArray, separator: str) -> str:
    if not values.ndim:
        return exact(float(values) + 0.0).removesuffix(".0")
    between = separator if values.ndim == 1 else separator.strip(" ") + separator[1:]
    return f"[{between.join(_array(each, separator) for each in values)}]"
