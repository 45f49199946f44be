"""Which unit and which of its paths tell the story of a step: one choice for every page."""

import numpy as np

from backprop.arrays import FloatArray
from backprop.noise import activation_slopes
from backprop.tape import TrainingStep, VJPStep


def telling_unit(step: TrainingStep, vjp_step: VJPStep) -> int:
    """Among the units that are on, one whose paths pull both ways, with the largest path terms.

    Where no unit is on, or none has paths of both signs, that wish is dropped. Of equal ones the first.
    Of the z of outputs it is the one of which the path on the diagonal alone tells least.
    """
    if vjp_step.wrt[0] == "z":
        return int(np.abs(vjp_step.path_terms.diagonal() - vjp_step.cotangent).argmax())
    all_merits = merits(step, vjp_step)
    return all_merits.index(max(all_merits))


def telling_path(products: FloatArray) -> int:
    """The path that stands for the single-variable rule, which knows but one: the farthest from the sum.

    So it is the one that misleads most. Of equal ones, and where no path carries anything, the first.
    """
    return int(np.abs(products - products.sum()).argmax())


def merits(step: TrainingStep, vjp_step: VJPStep) -> list[tuple[bool, bool, float]]:
    """For every unit: whether it is on, whether its paths pull both ways, and the sum of their sizes.

    The z of a softmax, into which paths lead as well, has no activation before it: each counts as on.
    """
    terms, layer = vjp_step.path_terms, int(vjp_step.wrt[1:])
    on = activation_slopes(step, layer) != 0 if vjp_step.wrt[0] == "a" else np.ones(terms.shape[1], np.bool_)
    mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
    return list(zip(on.tolist(), mixed.tolist(), np.abs(terms).sum(axis=0).tolist(), strict=True))
