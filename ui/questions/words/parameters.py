"""Texts of questions about gradients and updates of weights and biases."""

from backprop import MLPConfig
from backprop.network import input_of
from backprop.practice import Quantity
from ui.names.numbers import counted
from ui.names.symbols import entry_symbol, symbol
from ui.questions.words.wording import Wording
from ui.state.data import word_of_many


def weight_gradient(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i, j) = quantity.layer, quantity.index
    w, z = entry_symbol(f"W{layer}", (i, j)), symbol(f"z{layer}", i)
    below = symbol(input_of(layer), j)
    return Wording(
        f"dC/d{w}",
        f", the gradient of the weight from {below} to {z}?",
        f"dC/d{w} = ∂C/∂{z} · {below}",
        f"A weight feeds one sum only: ∂C/∂{z}, which holds all paths behind it, times what the weight multiplies.",
        f"What does {w} multiply in {z}?",
    )


def bias_gradient(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i,) = quantity.layer, quantity.index
    b, z = symbol(f"b{layer}", i), symbol(f"z{layer}", i)
    return Wording(
        f"dC/d{b}",
        "?",
        f"dC/d{b} = ∂C/∂{z} · 1",
        "A bias is added to its own sum, so its gradient is the derivative of that sum.",
        f"By how much does {z} change when {b} grows by 1?",
    )


def weight_step(config: MLPConfig, quantity: Quantity) -> Wording:
    w = entry_symbol(f"W{quantity.layer}", quantity.index)
    return Wording(
        f"the step of {w}",
        "?",
        f"step = −η · dC/d{w}",
        "The step goes against the gradient, and η says how far.",
        "Which way does the cost go when the weight grows?",
    )


def new_weight(config: MLPConfig, quantity: Quantity) -> Wording:
    return _after_the_update(entry_symbol(f"W{quantity.layer}", quantity.index), "weight")


def new_bias(config: MLPConfig, quantity: Quantity) -> Wording:
    return _after_the_update(symbol(f"b{quantity.layer}", quantity.index[0]), "bias")


def _after_the_update(name: str, what: str) -> Wording:
    return Wording(
        f"the new {name}",
        ", after the update?",
        f"{name} ← {name} − η · dC/d{name}",
        f"The new {what} is the old one with a step against its gradient, η times as long.",
        f"Does the {what} go up or down when its gradient is positive?",
    )


def mean_gradient(config: MLPConfig, quantity: Quantity, observations: int) -> Wording:
    layer, (i, j) = quantity.layer, quantity.index
    w, z, below = entry_symbol(f"W{layer}", (i, j)), symbol(f"z{layer}", i), symbol(input_of(layer), j)
    batch = counted(observations, word_of_many(config))
    return Wording(
        f"dC/d{w}",
        f" of the batch, the mean over {batch}?",
        f"dC/d{w} = (sum of ∂C/∂{z} · {below} over {batch}) / {observations}",
        "This sum is over observations, not over paths, and the mean divides it by N.",
        "The cost of a batch is a mean. What does that make of its gradient?",
    )
