"""Texts of questions about the forward pass."""

from backprop import MLPConfig
from backprop.network import input_of
from backprop.practice import Quantity
from ui.names.symbols import symbol
from ui.questions.words.wording import Wording


def pre_activation(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i,) = quantity.layer, quantity.index
    z, below = symbol(f"z{layer}", i), symbol(input_of(layer))
    row, W = symbol(f"w{layer}", i), symbol(f"W{layer}")
    bias, added = "", "and adds up"
    if config.has_biases:
        bias, added = f" + {symbol(f'b{layer}', i)}", "adds up, and adds its bias"
    return Wording(
        z,
        f", the weighted sum of unit {i + 1} of layer {layer}?",
        f"{z} = Σⱼ {row}ⱼ · {below}ⱼ{bias}",
        f"A unit multiplies everything that enters it by its own row of {W}{',' if config.has_biases else ''} {added}.",
        f"Which row of {symbol(f'W{layer}')} belongs to unit {i + 1}, and what does it multiply?",
    )


ONE_PROBABILITY = "Softmax of one output divides its exponential by itself: it is 1, whatever z is."


def activation(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i,) = quantity.layer, quantity.index
    rule = config.rule(layer)
    z, a = symbol(f"z{layer}", i), symbol(f"a{layer}", i)
    formula = f"{a} = {rule.formulas.plain.format(z=z, zs=symbol(f'z{layer}'))}"
    if rule.dense[0]:
        return Wording(
            a,
            f", the probability of output {i + 1}?",
            formula,
            ONE_PROBABILITY
            if config.layer_sizes[layer] == 1
            else "Softmax divides each exponential by the sum of all of them, so that every output depends on every z.",
            "What must all probabilities add up to, and so what do you divide by?",
        )
    return Wording(
        a,
        f", the activation of unit {i + 1} of layer {layer}?",
        formula,
        f"The activation {rule.name} takes each z by itself: one z in, one a out.",
        f"What does {rule.name} do with a number such as {z}?",
    )


def cost(config: MLPConfig, quantity: Quantity) -> Wording:
    a = symbol(f"a{config.depth}")
    formula = config.cost.formulas.plain.format(a=a, y="y")
    return Wording(
        "C",
        ", the cost?",
        f"C = {formula}",
        "The cost is one number: how wrong the outputs are.",
        "Which terms of the sum are not 0?"
        if config.cost.of_targets
        else "What does each output add to the sum?",
    )
