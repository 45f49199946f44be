"""Texts of questions about the way back to z."""

from math import isclose

from backprop import MLPConfig
from backprop.practice import Quantity
from ui.names.numbers import every
from ui.names.symbols import entry_symbol, symbol
from ui.questions.words.wording import Wording, above_name


def cost_slope(config: MLPConfig, quantity: Quantity) -> Wording:
    (k,) = quantity.index
    a, y = symbol(f"a{config.depth}", k), symbol("y", k)
    formula = config.cost.formulas.plain_derivative.format(a=a, y=y)
    return Wording(
        f"∂C/∂{a}",
        "?",
        f"∂C/∂{a} = {formula}",
        "The backward pass begins with the derivative of the cost by each output.",
        f"Differentiate the cost by {a}; all other outputs stay as they are.",
    )


def jacobian(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (k, j) = quantity.layer, quantity.index
    output = symbol(above_name(config, layer), k)
    if layer < config.depth:
        wrt, entry = symbol(f"a{layer}", j), entry_symbol(f"W{layer + 1}", (k, j))
        return Wording(
            f"∂{output}/∂{wrt}",
            "?",
            f"∂{output}/∂{wrt} = {entry}",
            "A weighted sum changes with each of its inputs by the weight of that input.",
            f"Which weight multiplies {wrt} in {output}? Its row is the unit it leads to.",
        )
    a, wrt = symbol(f"a{layer}"), symbol(f"z{layer}", j)
    formulas = config.rule(layer).formulas
    formula = formulas.plain_derivative if k == j else formulas.beside
    formula = formula.format(a=symbol(f"a{layer}", k), other=symbol(f"a{layer}", j))
    return Wording(
        f"∂{output}/∂{wrt}",
        "?",
        f"∂{output}/∂{wrt} = {formula}",
        f"Softmax: ∂{a}ₖ/∂zᵢ is aₖ · (1 − aₖ) on the diagonal and −aₖ · aᵢ beside it: it is dense.",
        "Is this entry on the diagonal of the Jacobian or beside it?",
    )


def slope(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (j,) = quantity.layer, quantity.index
    rule = config.rule(layer)
    z, a = symbol(f"z{layer}", j), symbol(f"a{layer}", j)
    derivative = rule.formulas.plain_derivative.format(z=z, a=a)
    return Wording(
        f"∂{a}/∂{z}",
        f", the derivative of {rule.name} at {z}?",
        f"∂{a}/∂{z} = {derivative}",
        "An activation is taken element by element, so its Jacobian has numbers on the diagonal only.",
        f"Is {z} above 0?"
        if rule.switches
        else f"Write the derivative of {rule.name} with {z if z in derivative else a} in it.",
    )


def path_term(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (k, j) = quantity.layer, quantity.index
    output = above_name(config, layer)
    hidden = layer < config.depth
    wrt = symbol(f"a{layer}" if hidden else f"z{layer}", j)
    local = entry_symbol(f"W{layer + 1}", (k, j)) if hidden else f"∂{symbol(output, k)}/∂{wrt}"
    return Wording(
        "the path term",
        f" of {wrt} through {symbol(output, k)}?",
        f"path term = ∂C/∂{symbol(output, k)} · {local}",
        "Along one path, derivatives are multiplied.",
        f"By how much does {symbol(output, k)} change with {wrt}, and the cost with {symbol(output, k)}?",
    )


def path_sum(config: MLPConfig, quantity: Quantity, whole: float = 1.0) -> Wording:
    """`whole` is the sum of all targets."""
    layer, (j,) = quantity.layer, quantity.index
    output = symbol(above_name(config, layer))
    if layer < config.depth:
        count = config.layer_sizes[layer + 1]
        several = count > 1
        wrt = symbol(f"a{layer}", j)
        column = entry_symbol(f"W{layer + 1}", ("k", j))
        return Wording(
            f"∂C/∂{wrt}",
            f", the sum over {every(count, 'path')}?" if several else "?",
            f"∂C/∂{wrt} = Σₖ ∂C/∂{output}ₖ · {column}",
            f"{wrt} reaches the cost through every {output}ₖ: multiply along each path, then add up all of them. That is the total derivative."
            if several
            else f"{wrt} reaches the cost through {output}₁ alone: one path, one product.",
            f"Through how many sums {output}ₖ does {wrt} reach the cost?",
        )
    wrt = symbol(f"z{layer}", j)
    a, times = symbol(f"a{layer}", j), "" if isclose(whole, 1) else " · Σ y"
    return Wording(
        f"∂C/∂{wrt}",
        ", through the softmax?",
        f"∂C/∂{wrt} = Σₖ ∂C/∂{output}ₖ · ∂{output}ₖ/∂{wrt} = {a}{times} − {symbol('y', j)}",
        f"Every output {output}ₖ depends on {wrt}, so the derivative is a sum over all outputs; with cross-entropy it comes out as a{times} − y.",
        f"Which outputs depend on {wrt}: its own, or all of them?",
    )


def through_activation(config: MLPConfig, quantity: Quantity) -> Wording:
    layer, (j,) = quantity.layer, quantity.index
    rule = config.rule(layer)
    z, a = symbol(f"z{layer}", j), symbol(f"a{layer}", j)
    derivative = rule.formulas.plain_derivative.format(z=z, a=a)
    return Wording(
        f"∂C/∂{z}",
        f", behind the {rule.name}?",
        f"∂C/∂{z} = ∂C/∂{a} · ∂{a}/∂{z}, and ∂{a}/∂{z} = {derivative}",
        f"{z} reaches the cost through {a} alone: one path, one product, the single-variable chain rule.",
        f"Is unit {j + 1} on or off?" if rule.switches else f"How much does {a} change with {z}?",
    )
