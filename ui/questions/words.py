"""What the texts of all questions share: their parts, and names of entries in plain text. No Streamlit.

Names count units from 1, as the labels do; indices are 0-based.
"""

from dataclasses import dataclass

from backprop import MLPConfig
from ui.names.symbols import symbol

_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


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


def below_name(layer: int) -> str:
    """Name of the variable that enters a layer."""
    return f"a{layer - 1}" if layer > 1 else "x"


def weight(layer: int, row: int, column: int, letter: str = "w") -> str:
    """Name of one weight, such as w²₃₁; w²₃,₁₂ where an index has two digits. The indices are 0-based."""
    r, c = (str(i + 1).translate(_DIGITS) for i in (row, column))
    comma = "," if max(row, column) >= 9 else ""
    return f"{symbol(f'{letter}{layer}')}{r}{comma}{c}"


def slope_formula(activation: str, z: str, a: str) -> str:
    """f′ in terms of z or of the activation a."""
    return {
        "relu": f"1 if {z} > 0, else 0",
        "tanh": f"1 − ({a})²",
        "sigmoid": f"{a} · (1 − {a})",
        "identity": "1",
    }[activation]


def sum_above(config: MLPConfig, layer: int) -> tuple[str, str]:
    """What comes after a layer, and the letter it is written with: (z2, w) for a hidden layer."""
    return (f"z{layer + 1}", "w") if layer < config.depth else (f"a{layer}", "∂")
