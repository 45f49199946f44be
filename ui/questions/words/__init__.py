"""What a question says, by kind of quantity, and what is said to a mistake."""

from collections.abc import Callable

from backprop import MLPConfig
from backprop.practice import Quantity
from ui.questions.words import backward, forward, parameters
from ui.questions.words.wording import Wording


def wording(config: MLPConfig, quantity: Quantity, observations: int = 1, whole: float = 1.0) -> Wording:
    """The texts of a question; `observations` is the N of a mean, `whole` the sum of all targets."""
    if quantity.kind == "mean_gradient":
        return parameters.mean_gradient(config, quantity, observations)
    if quantity.kind == "path_sum":
        return backward.path_sum(config, quantity, whole)
    return _WORDINGS[quantity.kind](config, quantity)


_WORDINGS: dict[str, Callable[[MLPConfig, Quantity], Wording]] = {
    texts.__name__: texts
    for texts in (
        forward.pre_activation,
        forward.activation,
        forward.cost,
        backward.cost_slope,
        backward.jacobian,
        backward.slope,
        backward.path_term,
        backward.through_activation,
        parameters.weight_gradient,
        parameters.bias_gradient,
        parameters.weight_step,
        parameters.new_weight,
        parameters.new_bias,
    )
}
