"""What the texts of all questions share: their parts, and the names of what is below and above a layer.

Names count units from 1, as the labels do; indices are 0-based.
"""

from dataclasses import dataclass

from backprop import MLPConfig
from ui.state.parsing import format_activations


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one question.

    Attributes:
        name: of the quantity, such as ∂C/∂a¹₅.
        ask: the question after "What is ∂C/∂a¹₅", such as ", the sum over all 3 paths?".
        formula: how it is computed, in symbols.
        principle: the rule behind it, in one sentence.
        first_hint: a question that leads to the formula.
    """

    name: str
    ask: str
    formula: str
    principle: str
    first_hint: str


def above_name(config: MLPConfig, layer: int) -> str:
    """What a derivative goes back from: z2 to the hidden layer a1, a2 to the z of the last layer."""
    return f"z{layer + 1}" if layer < config.depth else f"a{layer}"


def network(config: MLPConfig) -> str:
    """Such as 4 → 5 → 3 units, relu, softmax output, cross-entropy."""
    hidden = format_activations(config.hidden_activations).replace("-", " then ")
    biases = "" if config.bias == "learned" else "no biases" if config.bias == "none" else "fixed biases"
    parts = (
        f"{' → '.join(map(str, config.layer_sizes))} units",
        hidden,
        f"{config.output_activation} output",
        config.cost.label,
        biases,
    )
    return ", ".join(filter(None, parts))
