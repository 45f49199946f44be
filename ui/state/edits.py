"""Numbers the reader has put in place of others: inputs, targets, weights, biases. In a link they are text.

`W1_2_3_0.5~x_1_-1.2` is w¹₂₃ = 0.5 and x₁ = −1.2: name, row, column (counted from 1, as in the labels) and
value. URLs keep letters, digits and - . _ ~ as they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isclose

from backprop import MLPConfig, Params
from backprop.arrays import FloatArray, read_only
from ui.names.numbers import apart
from ui.state import words

MAX_EDITS = 120
MAX_LENGTH = 4400
LARGEST = 1000.0

_PLACE = r"[1-9]\d?"
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d{1,3})?"
_EDIT = re.compile(rf"([Wbxy]\d?)_({_PLACE}(?:_{_PLACE})?)_({_NUMBER})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Edit:
    """One number.

    Attributes:
        name: of the array, such as W1, b2, x or y.
        index: of the entry, 0-based: (row, column) in W, (row,) in the others.
        value: what is there now.
    """

    name: str
    index: tuple[int, ...]
    value: float

    def __str__(self) -> str:
        """As in a link."""
        number = repr(float(self.value)).removesuffix(".0")
        return "_".join([self.name, *(str(i + 1) for i in self.index), number])


@lru_cache(maxsize=256)  # a change asks up to twenty times, for as many as 120 edits
def parse_edits(text: str) -> tuple[Edit, ...]:
    """The edits of a link, the last one of every entry.

    Raises:
        ValueError: saying what was expected and what came.
    """
    if not text:
        return ()
    if len(text) > MAX_LENGTH:
        raise ValueError(f"expected at most {MAX_LENGTH} characters, got {len(text)} of them")
    edits = {(edit.name, edit.index): edit for edit in map(_parse_edit, text.split("~"))}
    if len(edits) > MAX_EDITS:
        raise ValueError(f"expected at most {MAX_EDITS} numbers, got {len(edits)}")
    return tuple(edits.values())


def format_edits(edits: Iterable[Edit]) -> str:
    """The edits as a link has them."""
    return "~".join(map(str, edits))


def fitting_edits(
    edits: Iterable[Edit], config: MLPConfig, target: FloatArray
) -> tuple[tuple[Edit, ...], str]:
    """The edits that this network can take, and what is wrong with the first that it cannot.

    Args:
        edits: what was asked for.
        config: the network.
        target: y without edits, shape (n_out,).
    """
    shapes = _shapes(config)
    good, problem = [], ""
    for edit in edits:
        shape = shapes.get(edit.name)
        if shape is None:
            problem = problem or words.no_array(edit.name)
        elif len(edit.index) != len(shape) or any(i >= n for i, n in zip(edit.index, shape, strict=True)):
            problem = problem or words.no_place(edit.name, shape, edit)
        else:
            good.append(edit)
    wrong_target = target_problem(edited(target, good, "y"), config)
    if wrong_target:
        good = [edit for edit in good if edit.name != "y"]
    return tuple(good), problem or wrong_target


def edited(array: FloatArray, edits: Iterable[Edit], name: str) -> FloatArray:
    """The array of this name with its edits."""
    mine = [edit for edit in edits if edit.name == name]
    if not mine:
        return array
    changed = array.copy()
    for edit in mine:
        changed[edit.index] = edit.value
    return read_only(changed)


def edited_params(params: Params, edits: Iterable[Edit]) -> Params:
    """The parameters with their edits."""
    edits = tuple(edits)
    return Params(
        tuple(edited(W, edits, f"W{layer}") for layer, W in enumerate(params.weights, start=1)),
        tuple(edited(b, edits, f"b{layer}") for layer, b in enumerate(params.biases, start=1)),
    )


def _shapes(config: MLPConfig) -> Mapping[str, tuple[int, ...]]:
    sizes = config.layer_sizes
    shapes: dict[str, tuple[int, ...]] = {"x": sizes[:1], "y": sizes[-1:]}
    for layer, (before, units) in enumerate(pairwise(sizes), start=1):
        shapes[f"W{layer}"] = (units, before)
        if config.has_biases:
            shapes[f"b{layer}"] = (units,)
    return shapes


def _parse_edit(text: str) -> Edit:
    match = _EDIT.fullmatch(text)
    if match is None:
        raise ValueError(words.wrong(words.EDITS, text))
    name, places, number = match.groups()
    value = float(number)
    if abs(value) > LARGEST:
        raise ValueError(words.wrong(words.values(-LARGEST, LARGEST), text))
    return Edit(name, tuple(int(place) - 1 for place in places.split("_")), value)


def target_problem(y: FloatArray, config: MLPConfig) -> str:
    """Why these targets, shape (n_out,), do not go with the cost; empty if they do."""
    if not config.cost.is_bounded:
        return ""
    if (y < 0).any() or (y > 1).any():
        return words.TARGETS_TO_1
    if config.is_dense(config.depth) and not isclose(float(y.sum()), 1.0, abs_tol=1e-6):
        return words.targets_add_up(apart(float(y.sum()), 1.0)[0])
    return ""
