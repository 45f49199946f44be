"""What each kind of step of the timeline shows."""

from collections.abc import Callable

from backprop import TrainingStep
from ui.names.timeline import TimelineStep
from ui.steps import forward, gradients, jacobians, pull_back, update
from ui.steps.parts import Content

CONTENT: dict[str, Callable[[TrainingStep, int], Content]] = {
    "affine": forward.affine,
    "activation": forward.activation,
    "cost": forward.cost,
    "cost_jacobian": jacobians.cost_jacobian,
    "activation_jacobian": jacobians.activation_jacobian,
    "weights_jacobian": jacobians.weights_jacobian,
    "input_jacobian": jacobians.input_jacobian,
    "through_activation": pull_back.through_activation,
    "through_affine": pull_back.through_affine,
    "weights_gradient": gradients.weights_gradient,
    "bias_gradient": gradients.bias_gradient,
    "layer_gradients": gradients.layer_gradients,
    "update": update.update,
    "after": update.after,
}
"""Kind of step: the function that describes it. `forward.input` is not among them: it needs to know more."""


def describe(step: TrainingStep, stop: TimelineStep) -> Content:
    """The content of one stop of the timeline after the first."""
    return CONTENT[stop.kind](step, stop.layer)
