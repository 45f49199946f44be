"""One sentence for every mistake: which it was, and what to do instead."""

from collections.abc import Callable
from dataclasses import dataclass

from backprop import MLPConfig
from backprop.network import input_of
from backprop.practice import MISTAKES, Quantity
from backprop.primitives import hidden_activations
from ui.names.numbers import as_typed, every, listed
from ui.names.symbols import circled, entry_symbol, symbol
from ui.questions.words.wording import above_name
from ui.state.data import word_of_many


@dataclass(frozen=True, slots=True)
class Case:
    """What a sentence is about; `parts` are the paths or observations, 0-based."""

    config: MLPConfig
    quantity: Quantity
    rate: float
    parts: tuple[int, ...]
    observations: tuple[str, ...]

    @property
    def layer(self) -> int:
        """The layer l of the quantity."""
        return self.quantity.layer

    @property
    def kind(self) -> str:
        """The kind of the quantity."""
        return self.quantity.kind

    @property
    def wrt(self) -> str:
        """The variable whose derivative is the sum: a of a hidden layer, z of a softmax layer."""
        letter = "a" if self.layer < self.config.depth else "z"
        return symbol(f"{letter}{self.layer}", self.quantity.index[-1 if self.kind == "path_term" else 0])


def one_path(case: Case) -> str:
    count = case.config.layer_sizes[case.layer + 1]
    which = listed(map(circled, case.parts), " or ")
    where = "" if case.kind == "path_sum" else f" in ∂C/∂{case.wrt}"
    above = symbol(above_name(case.config, case.layer))
    paths = every(count, "path").capitalize()
    return f"That is path {which} alone{where}. {paths} through {above} count: add up their products."


def missing_path(case: Case) -> str:
    return f"You left out path {listed(map(circled, case.parts), ' or ')}. Every path counts."


def paths_averaged(case: Case) -> str:
    where = "" if case.kind == "path_sum" else f" in ∂C/∂{case.wrt}"
    return f"That is the mean of the paths{where}. The total derivative is their sum."


def one_observation(case: Case) -> str:
    names = [case.observations[n] if case.observations else str(n + 1) for n in case.parts]
    return f"That is {listed(names, ' or ')} alone. The gradient of a batch is the mean over all its {word_of_many(case.config)}s."


def softmax_diagonal(case: Case) -> str:
    if case.kind == "jacobian":
        return "You took the entries beside the diagonal for 0. Softmax is dense: ∂aₖ/∂zᵢ = −aₖ · aᵢ."
    return "That keeps only the diagonal of the softmax Jacobian, −yₖ · (1 − aₖ). Every output depends on every z, so the other entries count too."


def slope_forgotten(case: Case) -> str:
    rule = case.config.rule(case.layer)
    z, a = (symbol(f"{letter}{case.layer}", case.quantity.index[0]) for letter in "za")
    if case.kind == "slope":
        return f"1 is the derivative of a unit that passes {z} on unchanged. Look at {z}."
    if rule.switches:
        return f"You forgot the mask: {z} is not above 0, so the unit is off and ∂{a}/∂{z} = 0."
    return f"You forgot the derivative of {rule.name}, ∂{a}/∂{z} = {rule.formulas.plain_derivative.format(z=z, a=a)}."


def wrong_slope(case: Case) -> str:
    rule, (i, *_) = case.config.rule(case.layer), case.quantity.index
    z, a = (symbol(f"{letter}{case.layer}", i) for letter in "za")
    took = listed([(a, f"1 − {a}", f"({a})²")[part] for part in case.parts], " or ")
    return f"You took {took} for the derivative of {rule.name}, which is {rule.formulas.plain_derivative.format(z=z, a=a)}."


def target_forgotten(case: Case) -> str:
    return f"You forgot to subtract the target {symbol('y', case.quantity.index[0])}."


def factor_forgotten(case: Case) -> str:
    n = case.config.layer_sizes[-1]
    times = listed([("twice", "half", f"{n} times", f"1/{n} of")[part] for part in case.parts], " or ")
    formula = case.config.cost.formulas.plain.format(a=symbol(f"a{case.config.depth}"), y="y")
    return f"That is {times} the right number: look at the factor in C = {formula}."


def other_logarithm(case: Case) -> str:
    return f"That is the logarithm to base {listed([('10', '2')[part] for part in case.parts], ' or ')}. The cost takes the natural one, ln."


def transposed(case: Case) -> str:
    if case.kind in ("weight_gradient", "weight_step"):
        return f"You swapped row and column: the row belongs to {symbol(f'z{case.layer}')}, the column to {symbol(input_of(case.layer))}."
    if case.kind == "pre_activation":
        W = symbol(f"W{case.layer}")
        return f"You went down a column of {W}: the weights of a unit are its row. {W} was transposed."
    W, z, a = (symbol(name) for name in (f"W{case.layer + 1}", f"z{case.layer + 1}", f"a{case.layer}"))
    return f"You read {W} transposed: the weight from {a}ⱼ to {z}ₖ is in row k, column j."


def transposed_step(case: Case) -> str:
    return "You took the step of the weight with row and column swapped."


def wrong_sign(case: Case) -> str:
    if case.kind in ("weight_step", "new_weight", "new_bias"):
        return "You went along the gradient: the step goes against it, so subtract."
    return "The size is right, but the sign is wrong."


def new_weights(case: Case) -> str:
    W = symbol(f"W{case.layer + 1}")
    return f"You went back through the new {W}. All gradients of a step are taken at the old weights."


def rate_forgotten(case: Case) -> str:
    return f"You forgot the learning rate: the step is −η times the gradient, with η = {as_typed(case.rate)}."


def step_alone(case: Case) -> str:
    return "That is the step alone: add it to the old value."


def gradient_alone(case: Case) -> str:
    return f"That is the gradient itself. The new value is the old one minus η times the gradient, with η = {as_typed(case.rate)}."


def mean_forgotten(case: Case) -> str:
    return f"You forgot the factor 1/N: that is the sum, and the mean divides it by {len(case.observations)}."


def z_for_a_below(case: Case) -> str:
    z, a = (symbol(f"{letter}{case.layer - 1}") for letter in "za")
    return f"You took {z} for {a}: what enters layer {case.layer} is a, after the activation."


def z_for_a(case: Case) -> str:
    z, a = (symbol(f"{letter}{case.layer}", case.quantity.index[0]) for letter in "za")
    if case.kind == "activation":
        return f"That is {z} itself: the activation {case.config.activation(case.layer)} is still to come."
    return f"You put {z} where {a} belongs."


def other_activation(case: Case) -> str:
    z = symbol(f"z{case.layer}", case.quantity.index[0])
    took = listed([f"{hidden_activations()[part]}({z})" for part in case.parts], " or ")
    return f"That is {took}. The activation of this layer is {case.config.activation(case.layer)}."


def a_for_z(case: Case) -> str:
    z, a = (symbol(f"{letter}{case.layer}", case.quantity.index[0]) for letter in "za")
    return f"That is {a}, after the activation. {z} comes before it."


def bias_forgotten(case: Case) -> str:
    return f"You forgot the bias {symbol(f'b{case.layer}', case.quantity.index[0])}."


def not_normalised(case: Case) -> str:
    return "That is the exponential alone: divide it by the sum of all of them."


def upstream_forgotten(case: Case) -> str:
    if case.kind == "through_activation":
        a = symbol(f"a{case.layer}", case.quantity.index[0])
        return f"That is the derivative of the activation alone: multiply it by ∂C/∂{a}."
    if case.kind in ("weight_gradient", "weight_step", "new_weight"):
        i, j = case.quantity.index
        return f"That takes {symbol(input_of(case.layer), j)} alone for the gradient: multiply it by ∂C/∂{symbol(f'z{case.layer}', i)}."
    above = f"z{case.layer + 1}"
    is_term = case.kind == "path_term"
    if is_term or case.config.layer_sizes[case.layer + 1] == 1:
        k = case.quantity.index[0] if is_term else 0
        w = entry_symbol(f"W{case.layer + 1}", (k, case.quantity.index[-1]))
        return f"That is {w} alone: multiply it by ∂C/∂{symbol(above, k)}."
    return f"That adds up the weights alone: multiply each by its ∂C/∂{symbol(above)}ₖ first."


def input_forgotten(case: Case) -> str:
    i, j = case.quantity.index
    below = symbol(input_of(case.layer), j)
    return f"That takes ∂C/∂{symbol(f'z{case.layer}', i)} for the gradient: multiply it by {below}."


def weight_for_input(case: Case) -> str:
    i, j = case.quantity.index
    w, below = entry_symbol(f"W{case.layer}", (i, j)), symbol(input_of(case.layer), j)
    return f"You multiplied ∂C/∂{symbol(f'z{case.layer}', i)} by the weight {w}. For its gradient, multiply by {below}."


def weights_forgotten(case: Case) -> str:
    above = symbol(f"z{case.layer + 1}")
    if case.kind == "path_term" or case.config.layer_sizes[case.layer + 1] == 1:
        k = case.quantity.index[0] if case.kind == "path_term" else 0
        w = entry_symbol(f"W{case.layer + 1}", (k, case.quantity.index[-1]))
        return f"That is ∂C/∂{symbol(f'z{case.layer + 1}', k)} alone: multiply it by {w}."
    return f"That adds up ∂C/∂{above}ₖ alone: multiply each by its weight first."


def activation_for_weight(case: Case) -> str:
    above, j = f"z{case.layer + 1}", case.quantity.index[-1]
    w = entry_symbol(f"W{case.layer + 1}", ("k", j))
    return f"You multiplied ∂C/∂{symbol(above)}ₖ by {symbol(f'a{case.layer}', j)}. On the way back, multiply by the weight {w}."


SENTENCES: dict[str, Callable[[Case], str]] = {mistake: globals()[mistake] for mistake in MISTAKES}
"""By name of the mistake: its function above has the same."""
