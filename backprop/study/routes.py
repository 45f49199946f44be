"""Two routes to the same derivative: through the whole Jacobian, and by the shortcut that skips its zeros.

Shapes: m units in a layer, n in the one before it.
"""

from dataclasses import dataclass

import numpy as np

from backprop.arrays import FloatArray, read_only
from backprop.tape import TrainingStep, VJPStep


@dataclass(frozen=True, slots=True)
class RouteCost:
    """What one backward step needs by either route.

    Attributes:
        entries: numbers in the Jacobian.
        filled: how many of them can differ from 0, by its structure.
        full: multiplications of upstream · Jacobian, entry by entry.
        shortcut: multiplications of the rule that backpropagation uses instead.
    """

    entries: int
    filled: int
    full: int
    shortcut: int


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """One derivative by both routes.

    Attributes:
        full: upstream · Jacobian with every entry written down.
        shortcut: the same by the shortcut; same shape.
        cost: what each route needs.
    """

    full: FloatArray
    shortcut: FloatArray
    cost: RouteCost

    @property
    def difference(self) -> float:
        """Largest |full − shortcut|: rounding, or a mistake."""
        return float(np.abs(self.full - self.shortcut).max())


def route_cost(vjp_step: VJPStep) -> RouteCost:
    """What one backward step needs.

    A dense Jacobian has no shortcut. A sparse one has one entry for each entry of the variable, so one
    multiplication each is enough, and none where that entry is 1 (biases; the cost's own ∂C/∂C).
    """
    size = vjp_step.jacobian.size
    filled = vjp_step.cotangent.size * vjp_step.paths
    shortcut = 0 if vjp_step.wrt.startswith("b") or vjp_step.upstream.ndim == 0 else filled
    return RouteCost(entries=size, filled=filled, full=size, shortcut=shortcut)


def pass_cost(step: TrainingStep) -> RouteCost:
    """The sum over what a training step needs; its shortcut at the output counts where there is one."""
    costs = [route_cost(vjp_step) for vjp_step in step.vjp_steps if is_needed(vjp_step)]
    shortcut = sum(cost.shortcut for cost in costs)
    routes = output_routes(step)
    if step.config.shortcut:
        z, a = _output_names(step)
        shortcut += routes.cost.shortcut - route_cost(step.vjp(a, z)).shortcut
    return RouteCost(
        entries=sum(cost.entries for cost in costs),
        filled=sum(cost.filled for cost in costs),
        full=sum(cost.full for cost in costs),
        shortcut=shortcut,
    )


def is_needed(vjp_step: VJPStep) -> bool:
    """Whether a training step needs this Jacobian: all but ∂z¹/∂x, since x is no parameter."""
    return vjp_step.wrt != "x"


def output_routes(step: TrainingStep) -> Routes:
    """∂C/∂z of the last layer: ∂C/∂a · ∂a/∂z against a − y, or against σ′ * ∂C/∂a where nothing cancels.

    Source: article, section 3.2.1, step IV.
    """
    z, a = _output_names(step)
    vjp_step = step.vjp(a, z)
    cost = route_cost(vjp_step)
    shortcut = step.config.shortcut
    if shortcut is None:
        return Routes(_over_paths(vjp_step), vjp_step.cotangent, cost)
    cancelled = RouteCost(cost.entries, cost.filled, cost.full, shortcut=0)
    return Routes(
        _over_paths(vjp_step), read_only(shortcut.gradient(step.tape[a], step.tape["y"])), cancelled
    )


def diagonal_route(step: TrainingStep) -> FloatArray:
    """∂C/∂z of the last layer from the diagonal of ∂a/∂z only: one path, wrong for softmax. Shape (m,)."""
    z, a = _output_names(step)
    terms = step.vjp(a, z).path_terms
    return read_only((terms * np.eye(len(terms))).sum(axis=0))


def weight_routes(step: TrainingStep, layer: int) -> Routes:
    """∂C/∂W^l, shape (m, n): ∂C/∂z · ∂z/∂W with its m · m · n entries, against the outer product ∂C/∂z ⊗ a.

    Source: article, section 3.2.1, steps III and V.
    """
    vjp_step = step.vjp(f"z{layer}", f"W{layer}")
    return Routes(_over_paths(vjp_step), vjp_step.cotangent, route_cost(vjp_step))


def _over_paths(vjp_step: VJPStep) -> FloatArray:
    """Σ over the output's entries of upstream · Jacobian, zeros included."""
    return read_only(vjp_step.path_terms.sum(axis=tuple(range(vjp_step.upstream.ndim))))


def _output_names(step: TrainingStep) -> tuple[str, str]:
    return f"z{step.config.depth}", f"a{step.config.depth}"
