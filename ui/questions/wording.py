"""What a question says, by kind of quantity. Plain text, no Streamlit."""

from collections.abc import Callable

from backprop import MLPConfig
from backprop.practice import Quantity
from ui.questions import words_backward, words_forward, words_parameters
from ui.questions.words import Wording


def wording(config: MLPConfig, quantity: Quantity, observations: int = 1, whole: float = 1.0) -> Wording:
    """The texts of a question; `observations` is the N of a mean, `whole` the sum of all targets."""
    if quantity.kind == "mean_gradient":
        return words_parameters.mean_gradient(config, quantity, observations)
    if quantity.kind == "path_sum":
        return words_backward.path_sum(config, quantity, whole)
    return _WORDINGS[quantity.kind](config, quantity)


_WORDINGS: dict[str, Callable[[MLPConfig, Quantity], Wording]] = {
    "pre_activation": words_forward.pre_activation,
    "activation": words_forward.activation,
    "cost": words_forward.cost,
    "cost_slope": words_backward.cost_slope,
    "jacobian": words_backward.jacobian,
    "slope": words_backward.slope,
    "path_term": words_backward.path_term,
    "through_activation": words_backward.through_activation,
    "weight_gradient": words_parameters.weight_gradient,
    "bias_gradient": words_parameters.bias_gradient,
    "weight_step": words_parameters.weight_step,
    "new_weight": words_parameters.new_weight,
    "new_bias": words_parameters.new_bias,
}
