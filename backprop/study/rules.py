"""Right and wrong chain rules as data, and how far each one's gradient is from the numerical one.

A rule says which derivative paths it keeps; `keep_paths` turns that into masks for a network. With all
paths kept it is the total derivative. Sources: article, eq. 5 and section 3.2.1.
Shapes: X (N, n_in), Y (N, n_out).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from backprop.arrays import BoolArray, FloatArray, read_only
from backprop.batch import loss_and_gradients
from backprop.differences import Difference
from backprop.network import MLPConfig, Params
from backprop.reverse import PathMasks


@dataclass(frozen=True, slots=True)
class ChainRule:
    """Which derivative paths count.

    Attributes:
        name: of the rule.
        hidden: paths from a hidden activation into the next layer: all of them, the one through unit k
            of that layer, or none, which leaves every hidden layer without a gradient.
        softmax: entries of the softmax Jacobian: all, or the diagonal.
        output_weights: whether the weights of the last layer get a gradient.
    """

    name: str
    hidden: Literal["all", "one", "none"] = "all"
    softmax: Literal["all", "diagonal"] = "all"
    output_weights: Literal["all", "none"] = "all"


RULES = (
    ChainRule("total"),
    ChainRule("single", hidden="one"),
    ChainRule("diagonal", softmax="diagonal"),
    ChainRule("last", hidden="none"),
    ChainRule("biases", hidden="none", output_weights="none"),
)


def rules_for(config: MLPConfig) -> tuple[ChainRule, ...]:
    """The rules that differ for this network.

    With element-wise outputs, or one, the diagonal is all there is; with one path behind every hidden unit
    one path is the sum; without a hidden layer no sum is dropped; without learned biases none learns alone.
    """
    differ = {
        "single": any(units > 1 for units in config.layer_sizes[2:]),
        "diagonal": config.is_dense(config.depth) and config.layer_sizes[-1] > 1,
        "last": config.depth > 1,
        "biases": config.bias == "learned",
    }
    return tuple(rule for rule in RULES if differ.get(rule.name, True))


def path_count(config: MLPConfig) -> int:
    """How many choices of k there are: units of the narrowest layer above a hidden one, or of the output."""
    return min(config.layer_sizes[2:], default=config.layer_sizes[-1])


def keep_paths(rule: ChainRule, config: MLPConfig, k: int = 0) -> PathMasks:
    """The masks of a rule; none for the total derivative.

    Args:
        rule: the rule.
        config: the network.
        k: the unit, 0-based, through which a single path goes: the same number in every layer above a
            hidden one.

    Raises:
        ValueError: if a layer has no unit k.
    """
    if not 0 <= k < path_count(config):
        raise ValueError(f"k: expected a unit from 0 to {path_count(config) - 1}, got {k!r}")
    sizes, last = config.layer_sizes, config.depth
    masks: dict[tuple[str, str], BoolArray] = {}
    if rule.hidden != "all":
        for layer in range(2, last + 1):
            mask = np.zeros((sizes[layer], sizes[layer - 1]), dtype=np.bool_)
            mask[k] = rule.hidden == "one"
            masks[f"z{layer}", f"a{layer - 1}"] = read_only(mask)
    if rule.softmax == "diagonal" and config.is_dense(last):
        masks[f"a{last}", f"z{last}"] = read_only(np.eye(sizes[last], dtype=np.bool_))
    if rule.output_weights == "none":
        none = np.zeros((sizes[last], sizes[last], sizes[last - 1]), dtype=np.bool_)
        masks[f"z{last}", f"W{last}"] = read_only(none)
    return masks


def gradient_error(
    config: MLPConfig,
    params: Params,
    X: FloatArray,
    Y: FloatArray,
    masks: PathMasks,
    numeric: Difference,
) -> float:
    """How far a rule's mean gradient is from the numerical one.

    The largest |rule − numerical| over all judged parameters, as a share of the largest |numerical|; of 1
    if that is 0.

    Raises:
        ValueError: as `loss_and_gradients`.
    """
    gradients = flat(loss_and_gradients(config, params, X, Y, masks)[1])
    difference = np.abs(gradients - numeric.values)[numeric.judged]
    largest = float(np.abs(numeric.values).max())
    return float(difference.max(initial=0.0)) / (largest or 1.0)


def flat(params: Params) -> FloatArray:
    """Every entry, in the order of `Params.items`, shape (P,)."""
    return np.concatenate([array.ravel() for _, array in params.items()])
