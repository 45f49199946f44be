"""The network on one observation: every number with its sum, or one weight lit."""

from collections.abc import Sequence

from backprop import TrainingStep
from backprop.network import input_of
from ui.draw.scenes import Told, WholeNetwork, following
from ui.names.symbols import symbol
from ui.state.data import input_names, observation_word, output_names
from ui.steps.payload import dead_units
from ui.steps.tables import layers_of_network, network_tables
from ui.views.lesson.scenes import words


def network(step: TrainingStep, hidden: Sequence[str] = (), marked: Sequence[str] = ()) -> WholeNetwork:
    """Every unit and weight.

    Args:
        step: the recorded step.
        hidden: names of units, such as a1:2, whose numbers are not told yet.
        marked: names of units and weights, such as W2:0:3, that stand out.
    """
    config, depth = step.config, step.config.depth
    columns = layers_of_network(step)
    columns[depth]["labels"] = list(output_names(config))
    columns[0]["labels"] = [f"{name} {symbol('x', place)}" for place, name in enumerate(input_names(config))]
    heads = [(words.INPUTS, "")]
    heads += [
        (words.layer_of(layer, depth), f"{config.activation(layer)}({symbol(f'z{layer}')})")
        for layer in range(1, depth + 1)
    ]
    return WholeNetwork(
        words.network_alt(config.layer_sizes),
        columns,
        network_tables(step),
        dead_units(config, step.tape),
        (),
        [*heads, (words.COST_HEAD, "")],
        0,
        following([0]),
        observation_word(config),
        lit="sums",
        hidden=hidden,
        marked=marked,
    )


def sums(step: TrainingStep, first: str, hidden: Sequence[str] = ()) -> Told:
    """The sum behind every unit and what becomes of it; `first` is told where nothing is lit."""
    texts = {
        f"sum:a{layer}:{unit}": sum_of(step, layer, unit, f"a{layer}:{unit}" in hidden)
        for layer in range(1, step.config.depth + 1)
        for unit in range(step.config.layer_sizes[layer])
    }
    last, cost = symbol(f"a{step.config.depth}"), step.config.cost.label
    texts["sum:C:0"] = words.cost_of(last, cost, float(step.tape["C"]))
    return Told(texts, texts[f"sum:{first}"])


def sum_of(step: TrainingStep, layer: int, unit: int, is_hidden: bool) -> str:
    """Such as z¹₂ = 0.775 · (−1.14) + … + 0 = −2.48; relu makes a¹₂ = 0 of it."""
    tape, z = step.tape, symbol(f"z{layer}", unit)
    factors = zip(tape[f"W{layer}"][unit].tolist(), tape[input_of(layer)].tolist(), strict=True)
    bias = float(tape[f"b{layer}"][unit]) if step.config.has_biases else None
    terms = words.weighted_sum(z, list(factors), bias)
    if is_hidden:
        return words.sum_to_come(terms)
    a = symbol(f"a{layer}", unit)
    value, activation = float(tape[f"a{layer}"][unit]), step.config.activation(layer)
    total = float(tape[f"z{layer}"][unit])
    if step.config.is_dense(layer):
        return words.sum_and_dense(terms, total, activation, symbol(f"z{layer}"), a, value)
    return words.sum_and_activation(terms, total, activation, a, value)
