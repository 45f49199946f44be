"""Texts of questions about the forward pass. No Streamlit."""

from backprop import MLPConfig
from backprop.practice import Quantity
from ui.names.symbols import symbol
from ui.questions.words.wording import Wording, below_name


def pre_activation(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i,) = quantity.layer, quantity.index
    z, below = symbol(f"z{layer}", i), symbol(below_name(layer))
    row = symbol(f"w{layer}", i)
    return Wording(
        z,
        f", the weighted sum of unit {i + 1} of layer {layer}?",
        f"{z} = Σⱼ {row}ⱼ · {below}ⱼ + {symbol(f'b{layer}', i)}",
        f"A unit multiplies everything that enters it by its own row of {symbol(f'W{layer}')}, adds up, and adds its bias.",
        f"Which row of {symbol(f'W{layer}')} belongs to unit {i + 1}, and what does it multiply?",
    )


def activation(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (i,) = quantity.layer, quantity.index
    kind = config.activation(layer)
    z, a = symbol(f"z{layer}", i), symbol(f"a{layer}", i)
    if kind == "softmax":
        zs = symbol(f"z{layer}")
        return Wording(
            a,
            f", the probability of output {i + 1}?",
            f"{a} = exp({z}) / Σₖ exp({zs}ₖ)",
            "Softmax divides each exponential by the sum of all of them, so that every output depends on every z.",
            "What must all probabilities add up to, and so what do you divide by?",
        )
    formula = {
        "relu": f"max(0, {z})",
        "tanh": f"tanh {z}",
        "sigmoid": f"1 / (1 + exp(−{z}))",
        "identity": z,
    }[kind]
    return Wording(
        a,
        f", the activation of unit {i + 1} of layer {layer}?",
        f"{a} = {formula}",
        f"The activation {kind} takes each z by itself: one z in, one a out.",
        f"What does {kind} do with a number such as {z}?",
    )


def cost(config: MLPConfig, quantity: Quantity) -> Wording:
    a = symbol(f"a{config.depth}")
    formula = {
        "cross_entropy": f"C = −Σₖ yₖ · ln {a}ₖ",
        "binary_cross_entropy": f"C = −Σₖ (yₖ · ln {a}ₖ + (1 − yₖ) · ln(1 − {a}ₖ))",
        "squared_error": f"C = ½ · Σₖ ({a}ₖ − yₖ)²",
    }[config.loss]
    return Wording(
        "C",
        ", the cost?",
        formula,
        "The cost is one number: how wrong the outputs are.",
        "Which terms of the sum are not 0?"
        if config.loss == "cross_entropy"
        else "What does each output add to the sum?",
    )
