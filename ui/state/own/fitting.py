"""Arrays that are given, to observations and parameters whose shapes fit each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from backprop import Params
from backprop.arrays import FloatArray, read_only
from ui.names.arrays import Array
from ui.names.statements import Problem
from ui.state.own import words
from ui.state.own.network import MAX_INPUTS, MAX_OBSERVATIONS, MAX_OUTPUTS, MAX_UNITS

Fitted = tuple[FloatArray, FloatArray, Params | None]


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What a text gives.

    Attributes:
        arrays: x, y, W1, b1, … by name; None for what could not be read.
        names: of the inputs and outputs.
        lines: where each name stands.
        is_transposed: whether weights are given as (in, out).
    """

    arrays: Mapping[str, Array | None]
    names: Mapping[str, Sequence[str]]
    lines: Mapping[str, int]
    is_transposed: bool

    @property
    def depth(self) -> int:
        """The highest layer that has weights; 0 without any."""
        return max((int(name[1:]) for name in self.arrays if name[0] == "W"), default=0)

    @property
    def has_biases(self) -> bool:
        """Whether there is any."""
        return any(name[0] == "b" for name in self.arrays)

    @property
    def weights(self) -> list[Array] | None:
        """W1, W2, …; None if there are none, or if one could not be read."""
        found = [array for layer in range(1, self.depth + 1) if (array := self.arrays.get(f"W{layer}"))]
        return found if found and len(found) == self.depth else None

    def line(self, name: str) -> int:
        """Where it stands, 0 if it does not."""
        return self.lines.get(name, 0)


def fit(given: Given, problems: list[Problem]) -> Fitted | None:
    """Observations and parameters; None, and what is wrong among the problems, if they do not fit."""
    before = len(problems)
    problems += _missing(given)
    x, y = given.arrays.get("x"), given.arrays.get("y")
    if x is None or y is None:
        return None
    X, Y = min(product(_readings(x), _readings(y)), key=lambda pair: len(_misfits(given, *pair)))
    problems += _misfits(given, X, Y)
    if len(problems) > before or None in given.arrays.values():
        return None
    return read_only(X), read_only(Y), _params(given, X.shape[1])


def _missing(given: Given) -> Iterator[Problem]:
    for name in ("x", "y"):
        if name not in given.arrays:
            yield Problem(0, words.missing(name))
    for layer in range(1, given.depth):
        if f"W{layer}" not in given.arrays:
            yield Problem(given.line(f"W{given.depth}"), words.weights_missing(layer, given.depth))
    biases = [int(name[1:]) for name in given.arrays if name[0] == "b"]
    if biases and not given.depth:
        yield Problem(given.line(f"b{biases[0]}"), words.biases_alone(biases[0]))
    elif biases:
        for layer in biases:
            if layer > given.depth:
                yield Problem(given.line(f"b{layer}"), words.bias_of_no_layer(layer, given.depth))
        missing = [layer for layer in range(1, given.depth + 1) if layer not in biases]
        if missing:
            yield Problem(given.line(f"b{biases[0]}"), words.all_or_no_biases(missing))


def _readings(array: Array) -> list[FloatArray]:
    """Observations by rows, as the array has it, or turned about where it is one row or one column.

    A column is one observation under a small letter, x or y, and several under a capital one.
    """
    as_it_is = array.values
    if min(array.shape) > 1 or array.shape == (1, 1):
        return [as_it_is]
    turned = np.ascontiguousarray(as_it_is.T)
    is_vector = array.shape[1] == 1 and array.name.strip(" \"'")[:1].islower()
    return [turned, as_it_is] if is_vector else [as_it_is, turned]


def _misfits(given: Given, X: FloatArray, Y: FloatArray) -> list[Problem]:
    """What does not fit if these are the observations."""
    problems = []
    (count, inputs), (targets, outputs) = X.shape, Y.shape
    x_line, y_line = given.line("x"), given.line("y")
    if count != targets:
        problems.append(Problem(y_line, words.as_many_targets(count, targets)))
    for line, what, size, most in (
        (x_line, "observation", count, MAX_OBSERVATIONS),
        (x_line, "input", inputs, MAX_INPUTS),
        (y_line, "output", outputs, MAX_OUTPUTS),
    ):
        if size > most:
            problems.append(Problem(line, words.too_many(what, most, size)))
    for what, size in (("inputs", inputs), ("outputs", outputs)):
        if what in given.names and len(given.names[what]) != size:
            problems.append(
                Problem(given.line(what), words.as_many_names(what, size, len(given.names[what])))
            )
    return problems + _misfits_of_layers(given, inputs, outputs)


def _misfits_of_layers(given: Given, inputs: int, outputs: int) -> list[Problem]:
    problems, before = [], inputs
    for layer, array in enumerate(given.weights or (), start=1):
        W = _matrix(array, before, given.is_transposed)
        is_last = layer == given.depth
        units = len(W)
        if W.shape[1] != before:
            fits_turned = units == before and (not is_last or W.shape[1] == outputs)
            problems.append(
                Problem(
                    array.line, words.wrong_columns(layer, before, W.shape, fits_turned, given.is_transposed)
                )
            )
            units = W.shape[1] if fits_turned else units
        elif is_last and units != outputs:
            problems.append(Problem(array.line, words.wrong_rows(layer, outputs, units, given.is_transposed)))
        if not is_last and units > MAX_UNITS:
            problems.append(Problem(array.line, words.too_many("unit", MAX_UNITS, units)))
        bias = given.arrays.get(f"b{layer}")
        if bias is not None and (min(bias.shape) > 1 or bias.values.size not in (1, units)):
            problems.append(Problem(bias.line, words.wrong_bias(layer, units, bias.shape)))
        before = units
        if problems and array.ndim == 0:  # perhaps it is but one weight, as the next ones are
            break
    return problems


def _matrix(array: Array, before: int, is_transposed: bool) -> FloatArray:
    """W with a row for every unit; a list is a column where there is one input, or else a row."""
    W = array.values
    if array.ndim < 2:
        return W.reshape(-1, 1) if before == 1 else W.reshape(1, -1)
    return np.ascontiguousarray(W.T) if is_transposed else W


def _params(given: Given, inputs: int) -> Params | None:
    weights, biases, before = [], [], inputs
    for layer, array in enumerate(given.weights or (), start=1):
        weights.append(_matrix(array, before, given.is_transposed))
        before = len(weights[-1])
        if bias := given.arrays.get(f"b{layer}"):
            biases.append(np.broadcast_to(bias.values.ravel(), (before,)))
    return Params(tuple(weights), tuple(biases)) if weights else None
