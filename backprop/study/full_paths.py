"""Every full path from one hidden activation to the last layer, against what backpropagation multiplies.

Layers are 1..L and units 0-based. Summing at every unit once, and using that sum for all paths below it,
is what makes backpropagation cheap: the list written out here grows with the product of the widths.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from backprop.arrays import FloatArray, read_only
from backprop.network import MLPConfig
from backprop.study.paths import require_path
from backprop.tape import TrainingStep


@dataclass(frozen=True, slots=True, eq=False)
class FullPaths:
    """Every path from one hidden activation to z of the last layer, written out.

    Attributes:
        units: the unit passed in each layer l + 1..L, shape (paths, L − l).
        factors: from the cost back: ∂C/∂z^L, then w and σ′ by turns down to w^{l+1},
            shape (paths, 2 (L − l)).
        products: shape (paths,); their sum is ∂C/∂a_j.
    """

    units: np.ndarray
    factors: FloatArray
    products: FloatArray

    def through(self, k: int) -> float:
        """Sum of the products of the paths that start with z_k: term k of the ledger."""
        return float(self.products[self.units[:, 0] == k].sum())


def full_paths(step: TrainingStep, layer: int, unit: int) -> FullPaths:
    """Every full path of a unit. Their number is the product of the widths after it.

    Raises:
        ValueError: if there is no such unit.
    """
    require_path(step.config, layer, unit)
    last, widths = step.config.depth, step.config.layer_sizes[layer + 1 :]
    units = np.indices(widths).reshape(len(widths), -1).T
    at = {layer + 1 + column: units[:, column] for column in range(len(widths))}
    factors = [step.cotangent(f"z{last}")[at[last]]]
    for upper in range(last, layer + 1, -1):
        below = upper - 1
        slope = step.vjp(f"a{below}", f"z{below}").jacobian.diagonal()
        factors += [step.params[f"W{upper}"][at[upper], at[below]], slope[at[below]]]
    factors.append(step.params[f"W{layer + 1}"][at[layer + 1], unit])
    stacked = np.stack(factors, axis=1)
    return FullPaths(units, read_only(stacked), read_only(stacked.prod(axis=1)))


@dataclass(frozen=True, slots=True)
class PathCount:
    """How much work the paths are, from ∂C/∂z^L on.

    Attributes:
        paths: from one unit to z of the last layer.
        enumerated: multiplications to write out every path of this unit.
        shared: multiplications of backpropagation for this unit.
        enumerated_layer, shared_layer: the same for every unit of the layer.
    """

    paths: int
    enumerated: int
    shared: int
    enumerated_layer: int
    shared_layer: int


def path_count(config: MLPConfig, layer: int) -> PathCount:
    """Paths and multiplications for a unit of a hidden layer.

    A path with D weights has 2 D factors (∂C/∂z^L, D weights, D − 1 slopes), so 2 D − 1 multiplications.
    Backpropagation multiplies once for each weight and each slope after the layer, whatever the paths.
    """
    require_path(config, layer, 0)
    sizes = config.layer_sizes
    paths = prod(sizes[layer + 1 :])
    alone = paths * (2 * (config.depth - layer) - 1)
    above = sum(sizes[upper] * sizes[upper - 1] + sizes[upper - 1] for upper in range(layer + 2, len(sizes)))
    return PathCount(
        paths=paths,
        enumerated=alone,
        shared=above + sizes[layer + 1],
        enumerated_layer=alone * sizes[layer],
        shared_layer=above + sizes[layer + 1] * sizes[layer],
    )
