"""Which numbers of a step come before which: on the timeline, and as what they are computed from."""

from collections.abc import Iterator

from backprop.network import MLPConfig
from backprop.practice.following import delta_kind, slope_kind
from backprop.practice.formulas import Quantity
from backprop.practice.mistakes import GRADIENTS, UPDATES

ORDER = (
    *("pre_activation", "activation", "cost", "cost_slope", "jacobian", "path_term", "path_sum", "slope"),
    *("through_activation", "weight_gradient", "bias_gradient", "weight_step", "new_weight", "new_bias"),
)
"""Every kind of number in the order in which a layer has them."""


def place(config: MLPConfig, quantity: Quantity) -> tuple[int, ...]:
    """What sorts quantities as the timeline has them: forward, back, update."""
    kind, layer, last = quantity.kind, quantity.layer, quantity.layer == config.depth
    rank = ORDER.index(kind)
    if kind == "slope" and last:
        rank = ORDER.index("jacobian")
    if rank < ORDER.index("cost"):
        return (0, layer, rank, *quantity.index)
    return (2 if kind in UPDATES else 1, -layer, rank, *quantity.index)


def inputs_of(config: MLPConfig, quantity: Quantity) -> Iterator[Quantity]:
    """The numbers that a quantity is computed from at once, parameters and observation left out."""
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    last, sizes = layer == config.depth, config.layer_sizes
    first = index[0] if index else 0

    def of(kind: str, layer: int, *indices: int) -> Iterator[Quantity]:
        return (Quantity(kind, layer, (i,)) for i in indices if layer)

    if kind == "pre_activation":
        yield from of("activation", layer - 1, *range(sizes[layer - 1]))
    elif kind == "activation":
        yield from of("pre_activation", layer, *(range(sizes[layer]) if config.is_dense(layer) else index))
    elif kind in ("cost", "cost_slope") or (kind == "jacobian" and last):
        yield from of("activation", layer, *(index or range(sizes[layer])))
    elif kind == "slope":
        yield from of("activation", layer, first)
        yield from of("pre_activation", layer, first)
    elif kind == "path_term":
        yield from (
            of("cost_slope", layer, first) if last else of(delta_kind(config, layer + 1), layer + 1, first)
        )
        yield Quantity("jacobian", layer, index)
    elif kind in ("path_sum", "through_activation"):
        if kind == "path_sum":
            paths = sizes[layer] if last else sizes[layer + 1]
            yield from (Quantity("path_term", layer, (k, first)) for k in range(paths))
        else:
            yield from of(slope_kind(config, layer), layer, first)
            yield from of("slope", layer, first)
        if last and config.shortcut is not None:
            yield from of("activation", layer, first)
    elif kind in GRADIENTS:
        yield from of(delta_kind(config, layer), layer, first)
        yield from of("activation", layer - 1, *index[1:])
    elif kind != "jacobian":
        before = {"weight_step": "weight_gradient", "new_weight": "weight_step", "new_bias": "bias_gradient"}
        yield Quantity(before[kind], layer, index)
